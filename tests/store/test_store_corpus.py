from dataclasses import replace
from pathlib import Path

import pytest
from store_world import draft_of, source_of, text_of

from annotator.corpus.readers import read_file
from annotator.errors import AnnotatorError
from annotator.store.corpus import ImportResult, content_key, import_reports, iter_passages, reports
from event_log import events


def test_reports_come_out_as_they_went_in(project) -> None:
    first, second = reports(project)
    assert (first.name, second.name) == ("report-1.txt", "report-2.txt")
    assert (first.publisher, first.date, first.passages) == ("A monitor", "2016-12-21", 3)
    assert first.title == "Headline of report-1.txt"


def test_every_passage_is_the_exact_slice_of_its_report(project) -> None:
    found = list(iter_passages(project))
    assert [row.number for row in found] == [1, 2, 3, 1, 2, 3]
    text = text_of(1)
    for row in found[:3]:
        assert row.text == text[row.start : row.end]
    assert list(iter_passages(project, found[3].report_key)) == found[3:]


def test_importing_a_file_again_adds_nothing(project) -> None:
    draft = draft_of(text_of(1), "renamed.txt")
    before = events(project)
    result = import_reports(project, source_of(draft), [draft], "lead")
    assert result == ImportResult(added=0, already=1, passages=0)
    assert events(project) == before


def test_a_report_that_is_twice_in_a_file_is_added_once(project) -> None:
    draft = draft_of(text_of(9))
    result = import_reports(project, source_of(draft, draft), [draft, draft], "lead")
    assert (result.added, result.already) == (1, 1)


def test_equal_texts_with_different_given_ids_are_two_reports() -> None:
    one, two = (draft_of("Same.", meta={"id": given}) for given in ("1", "2"))
    assert content_key(one) != content_key(two) != content_key(draft_of("Same."))


def test_a_file_that_fails_half_way_adds_nothing(project) -> None:
    def drafts():
        for number in range(600):
            yield draft_of(f"Report number {number}.", f"{number}.txt")
        raise AnnotatorError("bad.csv:601: a row without text.")

    with pytest.raises(AnnotatorError, match=r"bad\.csv:601"):
        import_reports(project, source_of(draft_of("x")), drafts(), "lead")
    assert len(reports(project)) == 2
    assert len(events(project)) == 4


def test_a_file_longer_than_one_chunk_keeps_its_order(project) -> None:
    drafts = [draft_of(f"Report number {n}.", f"{n}.txt") for n in range(1_100)]
    source = source_of(*drafts)
    assert import_reports(project, source, iter(drafts), "lead").added == 1_100
    assert [row.name for row in reports(project)[2:]] == [f"{n}.txt" for n in range(1_100)]


def test_columns_that_came_with_a_report_are_kept(project) -> None:
    draft = replace(draft_of("A row."), row=3, meta={"id": "7", "url": "x"})
    import_reports(project, source_of(draft), [draft], "lead")
    row = reports(project)[-1]
    assert (row.row, row.meta) == (3, {"id": "7", "url": "x"})


def test_offsets_are_code_points_also_beyond_the_basic_plane(project) -> None:
    draft = draft_of("🕊 قُتل ثلاثة\n\n𝔘nknown 🕊 gunmen")
    import_reports(project, source_of(draft), [draft], "lead")
    key = content_key(draft)
    assert [row.text for row in iter_passages(project, key)] == draft.text.split("\n\n")


def test_a_text_file_goes_in_through_the_reader(project, tmp_path: Path) -> None:
    path = tmp_path / "daily-2016-03-04.txt"
    path.write_text("A monitor\n\nThe headline of the day\n\nOne man was killed in Tel Bara.\n")
    source = read_file(path)
    assert import_reports(project, source, source, "lead").passages == 1
    assert reports(project)[-1].date == "2016-03-04"
