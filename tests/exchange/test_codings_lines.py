"""Codings as JSON lines: out and in without loss, and refused line by line."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exchange_projects import (
    REPORT,
    any_coding,
    claims,
    light,
    light_coding,
    make_project,
    passages,
    start_round,
    submit,
)

from annotator.codebook.reader import parse_codebook
from annotator.coding.form import to_form
from annotator.corpus.readers import read_file
from annotator.errors import AnnotatorError
from annotator.exchange.coding_lines import LineError, parse_line
from annotator.exchange.codings import (
    CodingsError,
    ImportedCodings,
    import_codings,
    read_codings,
    write_codings,
)
from annotator.exchange.passages import passages_json
from annotator.store.attention import marked_passages
from annotator.store.codings import NewCoding, add_codings, codings
from annotator.store.corpus import import_reports
from annotator.store.project import Project
from annotator.store.rounds import close_round, open_round, rounds
from annotator.store.verify import verify

Write = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with make_project(tmp_path, light()) as made:
        start_round(made)
        yield made


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that many tests may share, since none of them puts anything in."""
    with make_project(tmp_path_factory.mktemp("untouched"), light()) as made:
        start_round(made)
        yield made


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a codings file of these lines, given as data or as text."""

    def write(*lines: Any, name: str = "codings.jsonl") -> Path:
        path = tmp_path / name
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    return write


def line(**changed: Any) -> dict[str, Any]:
    coding = to_form(light_coding("isis", killed="12+"))
    whole = {"report": "daily-2016-12-01.txt", "passage": 1, "coder": "Rana", "coding": coding}
    return {**whole, **changed}


def lines_of(project: Project, **how: Any) -> list[dict[str, Any]]:
    stream = io.StringIO()
    count = write_codings(project, stream, **how)
    found = [json.loads(text) for text in stream.getvalue().splitlines()]
    assert len(found) == count
    return found


def save(project: Project, path: Path, **how: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write_codings(project, stream, **how)
    return path


def without_ids(project: Project) -> list[tuple[Any, ...]]:
    return [
        (
            row.report_key,
            row.number,
            row.coder,
            row.revision,
            row.form,
            row.submitted_at,
            row.seconds,
        )
        for row in codings(project, which="all")
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_coding_and_revision_comes_back_in_another_project(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    codebook = claims()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with (
        make_project(tmp_path / "one", codebook) as first,
        make_project(tmp_path / "two", codebook) as second,
    ):
        one = start_round(first)
        start_round(second)
        for passage in passages(first) * 2:
            for coder in ("Rana", "عمر"):
                submit(first, one, passage, coder, any_coding(chance, codebook, passage))
        path = save(first, tmp_path / "all.jsonl", which="all")
        result = import_codings(path, second, actor="lead")
        assert result.added == 12
        assert without_ids(second) == without_ids(first)
        again = import_codings(path, second, actor="lead")
        assert (again.added, again.already) == (0, 12)
        assert save(second, tmp_path / "again.jsonl", which="all").read_bytes() == path.read_bytes()


def test_a_line_says_where_when_and_under_which_codebook(project: Project, write: Write) -> None:
    import_codings(write(line(seconds=31.5)), project, actor="lead")
    (found,) = lines_of(project)
    assert list(found) == [
        "report", "passage", "coder", "codebook", "version", "round", "revision",
        "submitted_at", "seconds", "coding",
    ]  # fmt: skip
    assert (found["codebook"], found["version"]) == ("perpetrators", light().version)
    assert (found["round"], found["revision"], found["seconds"]) == ("main", 1, 31.5)
    assert found["submitted_at"].endswith("+00:00")
    assert found["coding"] == line()["coding"]


def test_latest_first_and_all_revisions_can_be_written(project: Project, write: Write) -> None:
    later = line(coding=to_form(light_coding("sdf", killed="3")))
    result = import_codings(write(line(), line(), later), project, actor="lead")
    assert (result.added, result.already) == (2, 1)
    said = {
        which: [one["coding"]["perpetrator"] for one in lines_of(project, which=which)]
        for which in ("latest", "first", "all")
    }
    assert said == {"latest": [["sdf"]], "first": [["isis"]], "all": [["isis"], ["sdf"]]}


def test_a_coding_that_the_coder_has_already_is_counted_and_left_out(
    project: Project, write: Write
) -> None:
    path = write(line(), line(coder="Omar"))
    assert import_codings(path, project, actor="lead").added == 2
    assert import_codings(path, project, actor="lead") == ImportedCodings(0, 2, 0)
    assert len(lines_of(project, which="all")) == 2


def test_two_histories_in_one_file_count_once(project: Project, write: Write) -> None:
    first = line(submitted_at="2016-12-21T10:00:00Z")
    second = line(submitted_at="2016-12-21T11:00:00Z", coding=to_form(light_coding("sdf")))
    result = import_codings(write(first, second, first, second), project, actor="lead")
    assert (result.added, result.already) == (2, 2)


def test_a_report_may_be_named_by_its_key_as_passages_gives_it(
    project: Project, write: Write
) -> None:
    entries = passages_json(project)
    lines = [line(report=one["report"], passage=one["passage"]) for one in entries]
    assert import_codings(write(*lines), project, actor="lead").added == 3


def test_words_alone_are_enough_for_evidence(project: Project, write: Write) -> None:
    answer = {"value": ["isis"], "evidence": ["regime shells"]}
    coding = {**line()["coding"], "perpetrator": answer}
    import_codings(write(line(coding=coding)), project, actor="lead")
    (found,) = lines_of(project)
    (span,) = found["coding"]["perpetrator"]["evidence"]
    assert (span["text"], span["end"] - span["start"]) == ("regime shells", 13)


def test_an_incomplete_coding_is_taken_and_counted(project: Project, write: Write) -> None:
    result = import_codings(write(line(coding={"killed": "9"})), project, actor="lead")
    assert (result.added, result.incomplete) == (1, 1)


WRONG = {
    "not JSON": ('{"report": ', "this is not JSON"),
    "a list": ("[1, 2]", "one JSON object"),
    "twice": ('{"report": "a", "report": "b"}', "'report' stands there twice"),
    "endless": ('{"report": NaN}', "NaN is no number"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "no coder": ({"report": "x", "passage": 1, "coding": {}}, "the field 'coder' is missing"),
    "empty coder": (line(coder=" "), "coder is a name"),
    "unknown report": (line(report="weekly.txt"), "no report 'weekly.txt' is in this project"),
    "unknown passage": (line(passage=4), "has the passages 1 to 3, not 4"),
    "passage as text": (line(passage="1"), "passage is the number"),
    "passage as truth": (line(passage=True), "passage is the number"),
    "coding as text": (line(coding="isis"), "coding is an object"),
    "unknown code": (line(coding={"perpetrator": ["iss"]}), "'iss' is none of its codes"),
    "unknown variable": (line(coding={"weapon": "x"}), "weapon: the codebook has no such"),
    "no such words": (
        line(coding={"killed": {"value": "9", "evidence": ["no such words"]}}),
        "the evidence 'no such words'",
    ),
    "wrong count": (line(coding={"killed": "many"}), "write a count as"),
    "other version": (line(version="9.0.0"), "made under perpetrators 9.0.0, but the round main"),
    "other codebook": (line(codebook="claims"), "made under claims"),
    "unknown round": (line(round="pilot"), "there is no round named pilot"),
    "time without zone": (line(submitted_at="2016-12-21T10:00:00"), "a time with its zone"),
    "negative time": (line(seconds=-1), "not negative"),
    "flag as a number": (line(flagged=1), "flagged is true or false"),
    "null character": (line(coder="Ra\x00na"), r"U\+0000"),
    "delete": ('{"report": "x\x7f"}', r"U\+007F"),
    "lone surrogate": (line(coder="Ra\ud800na"), r"U\+D800"),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_line_is_told_with_its_place_and_nothing_is_imported(
    untouched: Project, write: Write, wrong: object, sentence: str
) -> None:
    path = write(line(), "", wrong)
    with pytest.raises(CodingsError, match=sentence) as caught:
        import_codings(path, untouched, actor="lead")
    (problem,) = caught.value.problems
    assert problem.startswith(f"{path}:3: ")
    assert problem in caught.value.sentence
    assert lines_of(untouched) == []


@pytest.mark.parametrize("field", ["passage", "seconds", "revision"])
def test_a_number_of_thousands_of_digits_is_told_in_a_sentence(
    project: Project, write: Write, field: str
) -> None:
    text = json.dumps(line(**{field: 0})).replace(f'"{field}": 0', f'"{field}": {"9" * 5000}')
    with pytest.raises(CodingsError, match="a number is too long"):
        import_codings(write(text), project, actor="lead")


def test_all_wrong_lines_are_told_at_once(project: Project, write: Write) -> None:
    path = write(*(wrong for wrong, _ in WRONG.values()), line())
    found = read_codings(path, project)
    assert [problem.split(":")[1] for problem in found.problems] == [
        str(number) for number in range(1, len(WRONG) + 1)
    ]
    assert len(found.rows) == 1


def test_bytes_that_are_no_text_are_told_with_their_line(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "codings.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(line()).encode() + b"\n\xff\xfe{}\n")
    found = read_codings(path, project)
    assert len(found.rows) == 1
    assert [problem.split(": ")[0] for problem in found.problems] == [f"{path}:2"]


def test_a_file_that_cannot_be_read_or_is_empty_is_refused(
    project: Project, tmp_path: Path, write: Write
) -> None:
    for path, sentence in (
        (tmp_path / "none.jsonl", "cannot be read"),
        (tmp_path, "cannot be read"),
        (write("", "  "), "holds no codings"),
    ):
        with pytest.raises(AnnotatorError, match=sentence):
            import_codings(path, project, actor="lead")


def test_the_project_itself_is_no_file_of_codings(project: Project) -> None:
    with pytest.raises(AnnotatorError, match="is the project itself"):
        read_codings(project.path, project)


def test_a_closed_round_and_a_stranger_to_a_round_are_refused(
    project: Project, write: Write
) -> None:
    open_round(
        project, name="two", purpose="main", order="reading", seed=1, coders=["Omar"], actor="lead"
    )
    found = read_codings(write(line(round="two"), line(round="two", coder="Omar")), project)
    assert len(found.rows) == 1
    assert "Rana is not among the coders of the round two" in found.problems[0]
    assert "Several rounds are open" in read_codings(write(line()), project).problems[0]
    import_codings(write(line()), project, "main", actor="lead")
    main, _ = rounds(project)
    close_round(project, main.id, actor="lead")
    late = read_codings(write(line(round="main", coder="Late")), project)
    assert "The round main is closed" in late.problems[0]
    assert read_codings(write(line(round="main")), project).already == 1


def test_a_file_name_that_two_reports_share_is_refused(tmp_path: Path, write: Write) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    with make_project(tmp_path, light()) as project:
        start_round(project)
        path = folder / "daily-2016-12-01.txt"
        path.write_text(REPORT.replace("Umm al-Sinbil", "Ain al-Ward"), encoding="utf-8")
        source = read_file(path)
        import_reports(project, source, source.reports, "lead")
        (problem,) = read_codings(write(line()), project).problems
    assert "2 reports come from a file named daily-2016-12-01.txt" in problem


def test_line_ends_in_notes_become_those_of_the_reports(project: Project, write: Write) -> None:
    coding = {**line()["coding"], "killed": {"value": "9", "note": "first\r\nsecond\rthird"}}
    path = write(line(coding=coding))
    import_codings(path, project, actor="lead")
    (found,) = lines_of(project)
    assert found["coding"]["killed"]["note"] == "first\nsecond\nthird"
    assert import_codings(path, project, actor="lead").already == 1


def test_an_answer_to_a_question_that_is_not_asked_is_refused(tmp_path: Path, write: Write) -> None:
    source = claims().source.replace(
        "{id: remark, question: Anything else?, type: text}",
        "{id: remark, question: Anything else?, type: text, when: {mention: true}}",
    )
    with make_project(tmp_path, parse_codebook(source, "when.yaml")) as project:
        start_round(project)
        bad = line(coding={"mention": False, "remark": "x"})
        good = line(coding={"mention": True, "remark": "x"})
        found = read_codings(write(bad, good), project)
    assert len(found.rows) == 1
    assert "remark is answered, but by the other answers it is not asked" in found.problems[0]


def test_passages_have_their_exact_place_and_text(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        found = passages_json(project)
    text = REPORT.rstrip("\n")
    assert [list(one) for one in found] == [
        ["report", "title", "passage", "start", "end", "text"]
    ] * 3
    assert [one["passage"] for one in found] == [1, 2, 3]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found)
    assert {one["title"] for one in found} == {
        "Deaths on Tuesday in the villages of the eastern plain"
    }
    assert json.loads(json.dumps(found)) == found


def test_a_second_coding_of_a_coder_comes_through_as_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    stream = io.StringIO()
    with make_project(tmp_path / "one", light()) as one:
        round_ = start_round(one)
        place = passages(one)[0]
        first, second, third = (light_coding("isis", killed=killed) for killed in "345")
        add_codings(
            one,
            [
                NewCoding(round_.id, place.report_key, place.number, "amal", first),
                NewCoding(round_.id, place.report_key, place.number, "amal", second, occasion=2),
                NewCoding(
                    round_.id,
                    place.report_key,
                    place.number,
                    "amal",
                    third,
                    flagged=True,
                    occasion=2,
                ),
            ],
            "amal",
        )
        assert write_codings(one, stream, which="all") == 3
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.get("occasion", 1) for line in lines] == [1, 2, 2]
    assert [line.get("flagged", False) for line in lines] == [False, True, True]
    file = tmp_path / "codings.jsonl"
    file.write_text(stream.getvalue(), encoding="utf-8")
    with make_project(tmp_path / "two", light()) as two:
        start_round(two)
        assert import_codings(file, two, actor="lead").added == 3
        assert import_codings(file, two, actor="lead").already == 3
        found = list(codings(two, None, "all", occasion=None))
        assert [(row.occasion, row.revision, row.form["killed"]) for row in found] == [
            (1, 1, "3"),
            (2, 1, "4"),
            (2, 2, "5"),
        ]
        assert [(row.occasion, row.flagged) for row in marked_passages(two)] == [(2, True)]
        assert verify(two) == []


@pytest.mark.parametrize("occasion", [0, -1, 100, True, "2", 1.5, None])
def test_an_occasion_that_is_none_is_told(occasion: object) -> None:
    line = {"report": "r", "passage": 1, "coder": "a", "coding": {}, "occasion": occasion}
    with pytest.raises(LineError, match="occasion is 1, or 2"):
        parse_line(json.dumps(line).encode())
