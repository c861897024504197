"""Signs of trouble with a codebook, against what coders and leads are known to have done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from work_projects import project_of, submit

from annotator.codebook.reader import parse_codebook
from annotator.coding.form import from_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudicate
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import iter_passages
from annotator.store.project import Project, open_project
from annotator.store.rounds import named_round, open_round
from annotator.work.adoption import adopt
from annotator.work.trouble import EntryKind, Sign, TroubleReport
from annotator.work.trouble_signs import codebook_trouble
from claim_projects import CHECKED
from known_truth import Form, KnownTruth, Marks, Place, known_truth_project, plain


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", passages=200)


@pytest.fixture(scope="module")
def found(known: KnownTruth) -> TroubleReport:
    with open_project(known.path, read_only=True) as project:
        return codebook_trouble(project)


def where(known: KnownTruth, is_so: Callable[[list[Form]], bool]) -> set[Place]:
    """The passages of which something is so, of the first codings there are."""
    by_place = {
        place: [
            known.forms[place, coder] for coder in known.queues if (place, coder) in known.forms
        ]
        for place in known.places
    }
    return {place for place, forms in by_place.items() if is_so(forms)}


def seen(found: TroubleReport, name: str, sign: Sign) -> set[Place]:
    return {(one.where.report, one.where.number) for one in found.named(name).signs.get(sign, ())}


@pytest.mark.parametrize("code", ["regime_air", "regime_barrel", "unknown", "isis"])
def test_a_code_is_in_trouble_where_some_gave_it_and_some_did_not(
    known: KnownTruth, found: TroubleReport, code: str
) -> None:
    def differ(forms: list[Form]) -> bool:
        return len({code in plain(form["perpetrator"]) for form in forms}) == 2

    def used(forms: list[Form]) -> bool:
        return any(code in plain(form["perpetrator"]) for form in forms)

    def unsure(forms: list[Form]) -> bool:
        return any(
            isinstance(form["perpetrator"], dict) and code in plain(form["perpetrator"])
            for form in forms
        )

    name = f"perpetrator:{code}"
    assert seen(found, name, Sign.DISAGREEMENT) == where(known, differ) != set()
    assert seen(found, name, Sign.UNSURE) == where(known, unsure)
    assert found.named(name).used == len(where(known, used))
    assert found.named(name).score == len(where(known, differ) | where(known, unsure))


@pytest.mark.parametrize("variable", ["perpetrator", "killed", "women"])
def test_a_question_is_in_trouble_where_answers_differ_are_doubted_or_noted(
    known: KnownTruth, found: TroubleReport, variable: str
) -> None:
    def differ(forms: list[Form]) -> bool:
        return len({str(plain(form[variable])) for form in forms}) > 1

    def marked(field: str) -> Callable[[list[Form]], bool]:
        return lambda forms: any(
            isinstance(form[variable], dict) and field in form[variable] for form in forms
        )

    assert seen(found, variable, Sign.DISAGREEMENT) == where(known, differ)
    assert seen(found, variable, Sign.UNSURE) == where(known, marked("unsure")) != set()
    assert seen(found, variable, Sign.NOTE) == where(known, marked("note"))
    words = {one.words for one in found.named(variable).signs[Sign.UNSURE] if one.words}
    assert words <= {
        "The text says two things about this.",
        "Which entry covers this?",
        "لا أعرف أيهما",
    }


def test_the_worst_comes_first_and_the_same_again(known: KnownTruth, found: TroubleReport) -> None:
    codes = found.of_kinds(EntryKind.CODE)
    assert codes[0].entry.name == "perpetrator:regime_air"
    ranks = [(one.score, one.share) for one in found.found]
    assert ranks == sorted(ranks, reverse=True)
    with open_project(known.path, read_only=True) as project:
        assert codebook_trouble(project) == found
        assert codebook_trouble(project, which="latest") != found


def test_what_a_lead_settles_counts_for_what_is_in_dispute_there(tmp_path: Path) -> None:
    known = known_truth_project(
        tmp_path / "settled.db", passages=60, codings=3, marks=Marks(0, 0, 0, 0, 0, 0, 0)
    )
    with open_project(known.path) as project:
        row = named_round(project, "main")
        before = codebook_trouble(project)
        worst = before.of_kinds(EntryKind.CODE)[0]
        name = worst.entry.name
        unclear, merged = worst.passages[:2]
        settle(project, row.id, known, unclear[1:], "take", "rule_unclear", "Which aircraft?")
        settle(project, row.id, known, merged[1:], "merge", "slip", "")
        after = codebook_trouble(project).named(name)
    assert after.count(Sign.RULE_UNCLEAR) == after.count(Sign.MERGED) == 1
    assert after.signs[Sign.RULE_UNCLEAR][0] == (unclear, "Which aircraft?")
    assert after.score == worst.score + 1


def settle(
    project: Project,
    round_id: str,
    known: KnownTruth,
    place: Place,
    outcome: str,
    reason: str,
    note: str,
) -> None:
    passage = next(row for row in iter_passages(project) if (row.report_key, row.number) == place)
    coding = from_form(known.truth[place], known.codebook, passage.text, passage.start)
    adjudicate(project, round_id, *place, "lina", coding, outcome, reason, note)


def claim(*acts: tuple[str, str, str]) -> dict[str, object]:
    return {
        "id": "c1",
        "kind": "killing",
        "mode": "single",
        "evidence": ["Shells"],
        "act": [
            {"id": name, "perpetrator": perpetrator, "cause": cause, "attribution": "firm"}
            for name, perpetrator, cause in acts
        ],
    }


def test_a_record_only_some_have_is_trouble_of_its_unit_and_not_of_what_lies_in_it(
    tmp_path: Path,
) -> None:
    project, round_ = project_of(tmp_path, 2, CHECKED)
    with project:
        both = claim(("a1", "rus", "air"), ("a2", "heli", "barrel"))
        submit(project, round_, "amal", (1, {"claim": [both]}), (2, {"claim": [both]}))
        submit(
            project,
            round_,
            "basim",
            (1, {"none": "context"}),
            (2, {"claim": [claim(("a1", "rus", "air"))]}),
        )
        found = codebook_trouble(project)
        places = {one.entry.name: [seen.number for seen in one.passages] for one in found.found}
    assert places == {"claim": [1], "act": [2]}


def test_a_warning_let_stand_counts_for_what_it_looks_at_and_a_question_for_itself(
    tmp_path: Path,
) -> None:
    project, round_ = project_of(tmp_path, 1, CHECKED)
    with project:
        form = {
            "claim": [claim(("a1", "border", "mine"))],
            "overrides": [
                {"check": "I1", "record": "a1", "reason": "It says so."},
                {"check": "W3", "record": "a1", "reason": "The report insists."},
            ],
        }
        submit(project, round_, "amal", (1, form))
        found = codebook_trouble(project)
    assert {one.entry.name: one.count(Sign.OVERRIDE) for one in found.found} == {
        "perpetrator": 1,
        "perpetrator:border": 1,
        "W3": 1,
        "I1": 1,
    }
    assert found.named("perpetrator:border").signs[Sign.OVERRIDE][0].words == "The report insists."


def test_reasons_for_no_record_are_entries_too(tmp_path: Path) -> None:
    project, round_ = project_of(tmp_path, 1, CHECKED)
    with project:
        submit(project, round_, "amal", (1, {"none": "context"}))
        submit(project, round_, "basim", (1, {"none": "unreadable"}))
        found = codebook_trouble(project)
    assert [one.entry.name for one in found.found] == ["none:context", "none:unreadable"]


def test_codings_before_a_major_change_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "old.db", passages=30)
    source = known.codebook.source
    newer = parse_codebook(source.replace("version: 1.0.2", "version: 2.0.0"), "new.yaml")
    with open_project(known.path) as project:
        old = codebook_trouble(project)
        adopt(project, newer, actor="lina")
        assert codebook_trouble(project) == old
        row = open_round(
            project,
            name="next",
            purpose="main",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
        )
        coding = Coding()
        add_codings(project, [NewCoding(row.id, *known.places[0], "zoe", coding)], "zoe")
        found = codebook_trouble(project)
        only = codebook_trouble(project, "main")
    assert found.codebook.version == "2.0.0"
    assert (found.n_passages, found.found) == (1, ())
    assert f"{len(known.forms)} codings are left out" in found.notes[-1]
    assert only.found == old.found


def test_an_entry_is_found_by_its_id_where_only_one_has_it(found: TroubleReport) -> None:
    assert found.named("regime_air").entry.name == "perpetrator:regime_air"
    with pytest.raises(AnnotatorError, match=r"several entries; name one of .*cause:other"):
        found.named("other")
    with pytest.raises(AnnotatorError, match="has no entry “nothing”"):
        found.named("nothing")


def test_a_project_without_rounds_has_no_trouble(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "bare.db", passages=5, codings=0)
    with open_project(known.path, read_only=True) as project:
        found = codebook_trouble(project)
    assert (found.rounds, found.found, found.n_passages) == ((), (), 0)
