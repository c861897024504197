"""Adopting a version: its number, what it means for codings, the round to recode them."""

import io
import json
from dataclasses import replace

import pytest
from work_projects import BOOK, codebook, coding, project_of, submit

from annotator.codebook.model import Codebook
from annotator.errors import AnnotatorError
from annotator.exchange.codings import write_codings
from annotator.store.adjudications import adjudicate
from annotator.store.assignments import assign
from annotator.store.corpus import reports
from annotator.store.events import Kind, append
from annotator.store.project import Project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import Purpose, named_round, open_round, rounds
from annotator.store.verify import verify
from annotator.work.adoption import adopt
from annotator.work.compared_versions import brought_together, comparable
from annotator.work.reliability import reliability

RENAMED = ("{id: mines, label: Mines}", "{id: explosives, label: Mines, renamed_from: mines}")
SPLIT = (
    "{id: russia, label: Russia}",
    "{id: jets, split_from: russia}\n      - {id: ships, split_from: russia}",
)


def version(number: str, *edits: tuple[str, str], text: str = BOOK) -> Codebook:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return codebook(text.replace("version: 1.0.0", f"version: {number}"))


@pytest.fixture
def project(tmp_path):
    made, main = project_of(tmp_path, 4)
    with made:
        submit(
            made,
            main,
            "ana",
            (1, {"actors": ["russia", "mines"]}),
            (2, {"actors": ["mines"]}),
            (3, {"kind": "daily", "none": "context"}),
        )
        submit(made, main, "bob", (1, {"actors": ["isis"]}))
        yield made


def exported(project: Project) -> list[dict]:
    stream = io.StringIO()
    write_codings(project, stream, which="all")
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def used(done) -> dict[str, int]:
    return {change.sentence: count for change, count in done.used}


def test_a_minor_version_is_adopted_and_loses_no_coding(project):
    before = exported(project)
    done = adopt(project, version("1.1.0", RENAMED), actor="lina")
    assert done.adopted
    assert done.look_again == ()
    assert used(done) == {"actors: mines is now called explosives": 2}
    assert exported(project) == before
    assert verify(project) == []
    assert project.codebook().version == "1.1.0"
    assert rounds(project)[0].codebook_sha256 == codebook().sha256
    again = adopt(project, version("1.1.0", RENAMED), actor="lina")
    assert (again.adopted, again.used) == (False, ())


def test_a_number_that_is_too_low_is_refused_and_nothing_is_adopted(project):
    with pytest.raises(AnnotatorError, match=r"major change .* write version: 2\.0\.0"):
        adopt(project, version("1.1.0", SPLIT), actor="lina", recode="again")
    assert project.codebook().version == "1.0.0"
    assert len(rounds(project)) == 1


def test_a_split_lists_the_passages_to_look_at_again_and_opens_a_round_of_them(project):
    key = reports(project)[0].key
    before = exported(project)
    done = adopt(project, version("2.0.0", SPLIT, RENAMED), actor="lina", recode="again")
    assert [(one.report_key, one.number) for one in done.look_again] == [(key, 1)]
    assert done.look_again[0].reasons == ("actors: russia was split into jets and ships",)
    assert used(done)["actors: russia was split into jets and ships"] == 1
    assert done.recode == "again"
    again = named_round(project, "again")
    assert (again.purpose, again.coders) == (Purpose.RECODE, None)
    assert project.codebook_version(again.codebook_sha256).version == "2.0.0"
    assert assign(project, again.id, "ana", "ana") == 1
    assert exported(project) == before
    assert json.loads(json.dumps(done.as_json()))["recode"] == "again"
    rebuild(project)
    assert verify(project) == []


def test_a_dry_run_says_all_that_adopting_does_and_writes_nothing(project):
    before = project.path.read_bytes()
    given = project, version("2.0.0", SPLIT, RENAMED)
    tried = adopt(*given, actor="lina", recode="again", dry_run=True)
    assert project.path.read_bytes() == before
    assert project.codebook().version == "1.0.0"
    assert [row.name for row in rounds(project)] == ["main"]
    done = adopt(*given, actor="lina", recode="again")
    assert (tried.done, done.done) == (False, True)
    assert replace(tried, done=True) == done
    with pytest.raises(AnnotatorError, match="already a round named again"):
        adopt(*given, actor="lina", recode="again", dry_run=True)
    assert not adopt(*given, actor="lina", dry_run=True).adopted


def test_a_passage_that_was_recoded_is_not_looked_at_a_second_time(project):
    adopt(project, version("2.0.0", SPLIT), actor="lina", recode="again")
    submit(project, named_round(project, "again"), "ana", (1, {"actors": ["jets"]}))
    later = adopt(project, version("2.0.1", SPLIT, ("title: Claims", "title: C")), actor="lina")
    assert later.look_again == ()
    assert adopt(project, later.codebook, actor="lina", recode="more").recode is None
    assert [row.name for row in rounds(project)] == ["main", "again"]


def test_a_recode_round_can_be_opened_after_the_adoption(project):
    first = adopt(project, version("2.0.0", SPLIT), actor="lina")
    assert first.recode is None
    second = adopt(project, version("2.0.0", SPLIT), actor="lina", recode="again")
    assert (second.adopted, second.look_again) == (False, first.look_again)
    assert second.recode == "again"


def test_a_settlement_is_looked_at_again_too(project):
    key = reports(project)[0].key
    stands = coding({"actors": ["russia"]}, codebook())
    adjudicate(project, rounds(project)[0].id, key, 4, "lina", stands, "merge", "slip")
    done = adopt(project, version("2.0.0", SPLIT), actor="lina")
    assert [one.number for one in done.look_again] == [1, 4]


def test_the_name_of_a_recode_round_must_be_free(project):
    with pytest.raises(AnnotatorError, match="already a round named main"):
        adopt(project, version("2.0.0", SPLIT), actor="lina", recode="main")
    assert project.codebook().version == "1.0.0"


def test_another_codebook_is_adopted_only_on_purpose_and_one_can_go_back(project):
    other = codebook(BOOK.replace("codebook: claims", "codebook: other"))
    with pytest.raises(AnnotatorError, match="other is another codebook than claims"):
        adopt(project, other, actor="lina")
    done = adopt(project, other, actor="lina", recode="again", another=True)
    assert (done.adopted, done.diff, done.used, done.recode) == (True, None, (), None)
    with pytest.raises(AnnotatorError, match="another codebook than other"):
        adopt(project, codebook(), actor="lina")
    assert adopt(project, codebook(), actor="lina", another=True).adopted
    assert adopt(project, version("1.1.0", RENAMED), actor="lina").diff.level.word == "minor"


def test_codings_are_counted_by_the_names_of_the_version_before(project):
    adopt(project, version("1.1.0", RENAMED), actor="lina")
    twice = ("{id: mines, label: Mines}", "{id: bombs, label: Mines, renamed_from: explosives}")
    done = adopt(project, version("1.2.0", twice), actor="lina")
    assert used(done) == {"actors: explosives is now called bombs": 2}


# --- agreement over several versions -------------------------------------------------------------


def submit_under(project: Project, book: Codebook, coder: str, number: int, form: dict) -> None:
    """A coding under another version in the same round, as an event from elsewhere brings it."""
    main = rounds(project)[0]
    body = {
        "round": main.id,
        "report": reports(project)[0].key,
        "passage": number,
        "coder": coder,
        "codebook": book.sha256,
        "revision": 1,
        "seconds": 1.0,
        "submitted_at": "2024-01-01T00:00:00.000000+00:00",
        "coding": form,
    }
    with project.writing() as connection:
        append(connection, project.device, coder, Kind.CODING_SUBMITTED, body)


@pytest.fixture
def mixed(tmp_path):
    """Two coders who say the same under two versions, between which a code got another name."""

    def make(second: Codebook, code: str) -> Project:
        made, main = project_of(tmp_path, 2)
        submit(made, main, "ana", (1, {"actors": ["mines"]}), (2, {"actors": ["isis"]}))
        assign(made, main.id, "bob", "bob")
        adopt(made, second, actor="lina")
        submit_under(made, second, "bob", 1, {"actors": [code]})
        submit_under(made, second, "bob", 2, {"actors": ["isis"]})
        rebuild(made)
        return made

    return make


def actors(found) -> float:
    return next(one for one in found.variables if one.variable == "actors").estimates[0].value


def test_a_renamed_code_is_the_same_code_in_agreement_and_the_result_says_so(mixed):
    with mixed(version("1.1.0", RENAMED), "explosives") as project:
        found = reliability(project)
        assert actors(found) == 1.0
        assert found.versions == ("1.0.0", "1.1.0")
        assert found.notes == (
            "Codings under 1.0.0 are read under 1.1.0: actors mines as explosives.",
        )
        assert found.as_json()["codebook"]["notes"] == list(found.notes)


def test_a_major_change_is_refused_unless_it_is_to_be_mixed_and_then_named(mixed):
    with mixed(version("2.0.0", SPLIT, RENAMED), "explosives") as project:
        with pytest.raises(AnnotatorError, match=r"major change.*--mix-versions"):
            reliability(project)
        found = reliability(project, mixed=True)
        assert actors(found) == 1.0
        assert found.notes[-1] == (
            "Codings under 1.0.0 and 2.0.0 are compared across a major change: actors: russia was "
            "split into jets and ships."
        )


def test_values_whose_type_changed_are_left_out_of_a_mixture_and_that_is_said(tmp_path):
    made, main = project_of(tmp_path, 2)
    texts = (
        "{id: killed, question: How many were killed?, type: count}",
        "{id: killed, question: How many were killed?, type: text}",
    )
    with made as project:
        claim = {"total": "9", "act": [{"perpetrator": "isis"}]}
        submit(project, main, "ana", (1, {"killed": "9", "claim": [claim]}), (2, {"killed": "3"}))
        assign(project, main.id, "bob", "bob")
        second = version("2.0.0", texts)
        adopt(project, second, actor="lina")
        submit_under(project, second, "bob", 1, {"killed": "nine", "claim": [{"id": "r1"}]})
        submit_under(project, second, "bob", 2, {"killed": "three"})
        rebuild(project)
        found = reliability(project, mixed=True)
        assert found.notes[-1] == (
            "What codings under 1.0.0 say of killed is left out, because values have another form "
            "in 2.0.0."
        )
        back = version("3.0.0")
        adopt(project, back, actor="lina")
        assign(project, main.id, "cem", "cem")
        submit_under(project, back, "cem", 1, {"killed": "9"})
        submit_under(project, back, "cem", 2, {"killed": "4"})
        rebuild(project)
        killed = next(
            one for one in reliability(project, mixed=True).variables if one.variable == "killed"
        )
        assert killed.estimates[0].n_values == 4
        assert killed.estimates[0].value == 0.5


def test_different_codebooks_are_never_mixed():
    books = {one.sha256: one for one in (codebook(), codebook(BOOK.replace(": claims", ": b")))}
    with pytest.raises(AnnotatorError, match="major change"):
        comparable(books, "main", mixed=True)


def test_names_are_followed_through_versions_nobody_coded_under(project: Project) -> None:
    adopt(project, version("1.1.0", RENAMED), actor="lina")
    twice = ("{id: mines, label: Mines}", "{id: bombs, label: Mines, renamed_from: explosives}")
    last = version("1.2.0", twice)
    adopt(project, last, actor="lina")
    first = codebook()
    newest, names, _ = brought_together(project, {first.sha256: first, last.sha256: last})
    assert newest == last
    assert names[first.sha256]["actors"] == {"mines": "bombs"}


def test_a_round_opened_after_the_adoption_uses_the_new_version(project: Project) -> None:
    adopt(project, version("1.1.0", RENAMED), actor="lina")
    opened = open_round(
        project, name="two", purpose="main", order="reading", seed=0, coders=None, actor="lina"
    )
    assert project.codebook_version(opened.codebook_sha256).version == "1.1.0"
