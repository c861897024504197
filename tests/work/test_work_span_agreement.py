"""Agreement on the words behind codings, on scripted projects whose spans are known."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from work_projects import codebook

from annotator.agreement import Continuum, Spans, span_matches, unitizing, unitizing_per_code
from annotator.coding.form import from_form
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.corpus.words import words
from annotator.errors import AnnotatorError
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import import_reports, iter_passages
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.store.rounds import open_round, rounds
from annotator.work.compared_codings import compared_codings
from annotator.work.evidence import MarkedText, evidence_for, records_by_unit, subjects
from annotator.work.span_agreement import EvidenceAgreement, span_agreement
from annotator.work.variable_agreement import Choices

BOOK = """\
codebook: words
version: 1.0.0
title: Words
units:
  claim:
    in: passage
    label: Claim
variables:
  - {id: mention, question: Is anyone said to be dead?, type: yes_no}
  - id: actors
    label: Actors
    question: Who is named?
    type: codes
    codes: [{id: regime, label: Regime}, {id: isis, label: Islamic State}]
  - id: tone
    question: How sure does it sound?
    type: scale
    evidence: none
    codes: [{id: low, label: Low}, {id: high, label: High}]
  - {id: total, label: Total, question: How many?, type: count}
  - id: cause
    label: Cause
    question: By what means?
    unit: claim
    type: code
    codes: [{id: shell, label: Shelling}, {id: mine, label: Mine}]
"""
TEXTS = (
    "Shells fell on the market of Tal Amrit. Four people died, the council said.",
    "Residents of Dayr Nahr buried nine people. Mines killed two of them.",
)

Form = dict[str, Any]


def project_of(folder: Path, n_reports: int = 1, book: str = BOOK) -> Project:
    """Reports of two passages, and a round for all of them."""
    project = create_project(
        folder / "test.db",
        name="test",
        codebook_source=book,
        codebook=codebook(book),
        actor="maker",
    )
    drafts = []
    for number in range(n_reports):
        # Passages do not begin at 0, so that offsets in report and passage cannot be confused.
        head = f"Report {number}\n"
        text = head + "\n".join(TEXTS)
        second = len(head) + len(TEXTS[0]) + 1
        spans = ((len(head), second - 1), (second, len(text)))
        digest = sha256(text.encode()).hexdigest()
        draft = ReportDraft(
            f"{number}", None, "Publisher", "", "", "en", text, digest, passages=spans
        )
        drafts.append(draft)
    file = SourceFile("reports.jsonl", sha256(b"1").hexdigest(), 1, "utf-8", tuple(drafts))
    import_reports(project, file, file, "maker")
    open_round(
        project, name="main", purpose="main", order="reading", seed=1, coders=None, actor="maker"
    )
    return project


@pytest.fixture
def project(tmp_path):
    with project_of(tmp_path) as made:
        yield made


def code(project: Project, coder: str, *forms: Form | None) -> None:
    """Submit codings of the passages in reading order; None leaves one alone."""
    round_ = rounds(project)[0]
    book = project.codebook()
    add_codings(
        project,
        [
            NewCoding(
                round_.id,
                row.report_key,
                row.number,
                coder,
                from_form(form, book, row.text, row.start),
            )
            for row, form in zip(iter_passages(project), forms, strict=False)
            if form is not None
        ],
        coder,
    )


def measured(project: Project, **options: Any) -> dict[str, EvidenceAgreement]:
    found = span_agreement(project, compared_codings(project, **options))
    return {one.subject: one for one in found}


def marked(*codes_and_words: tuple[str, str]) -> Form:
    """An answer to the question who is named, all its codes with the same words behind them."""
    codes = list(dict.fromkeys(code for code, _ in codes_and_words))
    return {"value": codes, "evidence": list(dict.fromkeys(words for _, words in codes_and_words))}


def at(project: Project, place: int, words_there: str) -> tuple[str, int, int]:
    row = list(iter_passages(project))[place]
    start = row.start + row.text.index(words_there)
    return f"{row.report_key} {row.number}", start, start + len(words_there)


def by_hand(project: Project, *given: tuple[str, str, int, str]) -> Spans:
    """Spans from coder, code, place of the passage and the words; every coder coded all."""
    rows = list(iter_passages(project))
    continua = [
        Continuum(f"{row.report_key} {row.number}", row.end - row.start, row.start, row.report_key)
        for row in rows
    ]
    coders = {coder for coder, *_ in given}
    return Spans.from_rows(
        [
            (name, coder, code, start, end)
            for coder, code, place, text in given
            for name, start, end in (at(project, place, text),)
        ],
        continua,
        coded=[(one.name, coder) for one in continua for coder in coders],
    )


# --- what is compared ----------------------------------------------------------------------------


def test_words_behind_answers_are_compared_code_by_code(project):
    code(
        project,
        "ana",
        {"actors": marked(("regime", "Shells fell on the market"))},
        {"actors": marked(("isis", "Mines killed two"))},
    )
    code(
        project,
        "bob",
        {"actors": marked(("regime", "Shells fell"))},
        {"actors": marked(("regime", "Mines killed two"))},
    )
    found = measured(project)
    assert list(found) == ["actors"]
    actors = found["actors"]
    expected = by_hand(
        project,
        ("ana", "regime", 0, "Shells fell on the market"),
        ("ana", "isis", 1, "Mines killed two"),
        ("bob", "regime", 0, "Shells fell"),
        ("bob", "regime", 1, "Mines killed two"),
    )
    values = {(one.name, one.code): one.value for one in actors.estimates}
    assert values == {(one.name, one.code): one.value for one in unitizing(expected)}
    assert 0 < values["ualpha_binary", None] < 1
    assert [one.label for one in actors.codes] == ["Regime", "Islamic State"]
    by_code = {one.code: one.alpha.value for one in unitizing_per_code(expected)}
    assert {one.estimate.code: one.estimate.alpha.value for one in actors.codes} == by_code
    assert (actors.n_passages, actors.n_left_out) == (2, 0)
    assert (actors.unit, actors.basis) == ("passage", "words behind the answers, by code")


def test_boundaries_are_matched_in_words(project):
    code(project, "ana", {"total": {"value": "4", "evidence": ["Four people died"]}}, {})
    code(project, "bob", {"total": {"value": "4", "evidence": ["Four people died,"]}}, {})
    (total,) = measured(project).values()
    exact, near, *_ = total.matches
    assert (exact.name, exact.tolerance, exact.counted_in) == ("boundary_f1", 0, "words")
    # The comma belongs to no word, so that both spans end behind the same word.
    assert exact.value == near.value == 1.0
    in_positions, *_ = span_matches(
        by_hand(project, ("ana", "n", 0, "Four people died"), ("bob", "n", 0, "Four people died,"))
    )
    assert in_positions.value == 0.5
    assert [one.name for one in total.estimates] == ["ualpha_binary"]
    assert total.codes == ()
    assert words("died, the")[0] == (0, 4)


def test_records_are_compared_by_the_words_they_stand_on_joined_where_they_overlap(project):
    def claims(*texts: str) -> Form:
        return {"claim": [{"evidence": [text]} for text in texts]}

    code(project, "ana", claims("Shells fell on", "on the market", "Four people"), {})
    code(project, "bob", claims("Shells fell on the market"), claims("Mines"))
    (claim,) = measured(project).values()
    expected = by_hand(
        project,
        ("ana", "c", 0, "Shells fell on the market"),
        ("ana", "c", 0, "Four people"),
        ("bob", "c", 0, "Shells fell on the market"),
        ("bob", "c", 1, "Mines"),
    )
    (alpha,) = claim.estimates
    assert alpha.value == unitizing(expected)[1].value
    assert (claim.subject, claim.name, claim.unit) == ("claim", "Claim", "claim")
    assert claim.basis == "words that claim records stand on"
    assert alpha.n_values == 4


def test_codes_of_two_records_on_the_same_words_leave_each_code_by_itself(project):
    both = {
        "claim": [
            {"evidence": ["Shells"], "cause": {"value": "shell", "evidence": ["Shells fell"]}},
            {"evidence": ["Shells"], "cause": {"value": "mine", "evidence": ["Shells fell"]}},
        ]
    }
    one = {
        "claim": [
            {"evidence": ["Shells"], "cause": {"value": "shell", "evidence": ["Shells fell"]}}
        ]
    }
    code(project, "ana", both, {})
    code(project, "bob", one, {})
    cause = measured(project)["cause"]
    reasons = {one.name: one.reason for one in cause.estimates}
    assert reasons["ualpha_nominal"] == reasons["cualpha"] == "overlapping_codes"
    by_code = {one.label: one.estimate.alpha.value for one in cause.codes}
    assert by_code["Shelling"] == pytest.approx(1.0)
    assert by_code["Mine"] < 0


def test_a_yes_has_words_and_a_no_needs_none(project):
    code(
        project,
        "ana",
        {"mention": {"value": True, "evidence": ["Four people died"]}},
        {"mention": False},
    )
    code(project, "bob", {"mention": {"value": True, "evidence": ["Four people"]}}, {})
    (mention,) = measured(project).values()
    assert (mention.n_passages, mention.n_left_out) == (2, 0)
    assert [one.label for one in mention.codes] == ["Yes"]


def test_a_state_may_have_words_of_its_own(project):
    unknown = {"state": "unknown", "evidence": ["the council said"]}
    code(project, "ana", {"actors": unknown}, {"actors": []})
    code(project, "bob", {"actors": unknown}, {})
    (actors,) = measured(project).values()
    assert [one.label for one in actors.codes] == ["(unknown)"]
    assert actors.codes[0].estimate.alpha.value == pytest.approx(1.0)


# --- which codings count -------------------------------------------------------------------------


def test_an_answer_without_words_says_nothing_of_where_they_are(project):
    shells = {"actors": marked(("regime", "Shells"))}
    code(project, "ana", shells, {"actors": marked(("isis", "Mines"))})
    code(project, "bob", shells, {"actors": ["isis"]})
    code(project, "cem", shells, {})
    (actors,) = measured(project).values()
    assert actors.n_left_out == 1
    # Of the second passage ana and cem are left: one marked a word and one had none to mark.
    expected = Spans.from_rows(
        [
            *(
                (at(project, 0, "Shells")[0], coder, "regime", *at(project, 0, "Shells")[1:])
                for coder in ("ana", "bob", "cem")
            ),
            (at(project, 1, "Mines")[0], "ana", "isis", *at(project, 1, "Mines")[1:]),
        ],
        by_hand(project, ("x", "x", 0, "Shells")).continua,
        coded=[(at(project, 1, "Mines")[0], "cem")],
    )
    assert actors.estimates[0].value == unitizing(expected)[0].value


def test_what_is_left_out_is_told_though_nothing_is_left_to_measure(project):
    half = {"claim": [{"evidence": ["Shells"]}, {}]}
    code(project, "ana", half, {})
    code(project, "bob", half)
    (claim,) = measured(project).values()
    assert (claim.n_passages, claim.n_left_out) == (0, 2)
    assert [(one.value, one.reason) for one in claim.estimates] == [(None, "no_pairs")]
    assert {(one.value, one.reason) for one in claim.matches} == {(None, "no_pairs")}


def test_only_passages_that_two_coders_coded_count(project):
    code(project, "ana", {"actors": marked(("regime", "Shells"))}, {"actors": ["isis"]})
    code(project, "bob", {"actors": marked(("regime", "Shells"))})
    (actors,) = measured(project).values()
    assert (actors.n_passages, actors.n_left_out) == (1, 0)
    assert actors.estimates[0].n_units == 1


def test_first_codings_count_unless_the_latest_are_asked_for(project):
    code(project, "ana", {"actors": marked(("regime", "Shells"))})
    code(project, "bob", {"actors": marked(("regime", "market"))})
    code(project, "bob", {"actors": marked(("regime", "Shells"))})
    (first,) = measured(project).values()
    (latest,) = measured(project, which="latest").values()
    assert first.estimates[1].value < 0
    assert latest.estimates[1].value == pytest.approx(1.0)


def test_what_nobody_marked_words_for_is_not_listed(project):
    code(project, "ana", {"actors": ["regime"], "tone": "low"})
    code(project, "bob", {"actors": ["regime"], "tone": "low"})
    assert measured(project) == {}


def test_a_code_that_the_codebook_no_longer_has_stands_behind_those_it_has():
    book = codebook(BOOK)
    actors = next(one for one in subjects(book) if one.id == "actors")
    form = {"actors": {"value": ["gone", "isis"], "evidence": [{"start": 3, "end": 9}]}}
    records = {coder: records_by_unit(form, book) for coder in ("ana", "bob")}
    text = MarkedText(Continuum("p", 20), [], records)
    assert evidence_for(actors, [text]).spans.codes == ("isis", "gone")


# --- intervals and the form ----------------------------------------------------------------------


def test_intervals_are_over_reports(tmp_path):
    with project_of(tmp_path, n_reports=25) as project:
        texts = ("Shells", "Shells fell", "Shells fell on the market")
        ana = [{"actors": marked(("regime", texts[number % 2]))} for number in range(25)]
        bob = [{"actors": marked(("regime", texts[number % 3]))} for number in range(25)]
        second = {"actors": marked(("isis", "Mines"))}
        code(project, "ana", *(form for first in ana for form in (first, second)))
        code(project, "bob", *(form for first in bob for form in (first, second)))
        (actors,) = measured(project).values()
        expected = by_hand(
            project,
            *(("ana", "regime", 2 * number, texts[number % 2]) for number in range(25)),
            *(("bob", "regime", 2 * number, texts[number % 3]) for number in range(25)),
            *((coder, "isis", 2 * n + 1, "Mines") for coder in ("ana", "bob") for n in range(25)),
        )
        assert len({one.report for one in expected.continua}) == 25
        choices = Choices()
        found, wanted = actors.estimates[0], unitizing(expected, **choices.intervals)[0]
        assert found == wanted
        assert (found.ci_method, found.n_units) == ("bca", 50)
        choices = Choices(ci="percentile", replicates=200, seed=7)
        (actors,) = span_agreement(project, compared_codings(project), choices)
        wanted = unitizing(expected, **choices.intervals)[0]
        assert actors.estimates[0] == wanted != found
        assert wanted.resampling is not None
        assert (wanted.resampling.n_replicates, wanted.resampling.seed) == (200, 7)
        per_code = {one.code: one for one in unitizing_per_code(expected, **choices.intervals)}
        assert {one.estimate.code: one.estimate for one in actors.codes} == per_code
        assert {one.ci_method for one in actors.matches} == {"percentile", None}
        (actors,) = span_agreement(project, compared_codings(project), Choices(ci="jackknife"))
        methods = {one.ci_method for one in (*actors.estimates, *actors.matches)}
        assert methods == {"jackknife_t", None}


def test_passages_of_a_single_report_are_taken_as_independent(project):
    code(project, "ana", *({"actors": marked(("regime", one))} for one in ("Shells", "Mines")))
    code(project, "bob", *({"actors": marked(("regime", one))} for one in ("Shells", "them")))
    (actors,) = measured(project).values()
    assert actors.estimates[1].ci_method == "jackknife_t"


def test_the_plain_data_name_what_is_measured(project):
    code(project, "ana", {"actors": marked(("regime", "Shells"))})
    code(project, "bob", {"actors": marked(("regime", "Shells"))})
    (actors,) = measured(project).values()
    form = actors.as_json()
    assert (form["subject"], form["name"], form["passages"]) == ("actors", "Actors", 1)
    assert form["estimates"][0]["name"] == "ualpha_nominal"
    assert form["codes"][0]["label"] == "Regime"
    assert form["matches"][0]["chance_corrected"] is False


def test_the_confidence_is_a_share(project):
    code(project, "ana", {"actors": marked(("regime", "Shells"))})
    code(project, "bob", {"actors": marked(("regime", "Shells"))})
    with pytest.raises(AnnotatorError, match="share"):
        span_agreement(project, compared_codings(project), Choices(confidence=95))
