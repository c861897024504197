"""The coding session with claims: adding by a pick, going on, copies, order, checks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.codebook.model import CheckKind
from annotator.codebook.reader import parse_codebook
from annotator.coding.form import to_form
from annotator.coding.model import Answer, Override, Span, State
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from annotator.work.focus import Change
from annotator.work.session import CodingSession
from claim_projects import CHECKED
from projects import copied, make_project, session_in

NOT_STATED = {"state": "not_stated"}


@pytest.fixture(scope="module")
def checked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("checked") / "checked.db", CHECKED)


@pytest.fixture
def project(checked_file: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(copied(checked_file, tmp_path)) as opened:
        yield opened


@pytest.fixture
def session(project: Project) -> CodingSession:
    return session_in(project)


def words(session: CodingSession, first: int, last: int) -> Span:
    start = session.item.start
    return Span(start + first, start + last, session.item.text[first:last])


def play(session: CodingSession, keys: str) -> Change | None:
    """Press keys as the screen understands them (`W` marks words); what the last one did."""
    done: Change | None = None
    commands = {
        "tab": lambda: session.move_row(1),
        "B": lambda: session.move_row(-1),
        "enter": session.advance,
        "submit": session.submit,
        "C": lambda: session.add_record("claim"),
        "M": session.copy_record,
        "J": lambda: session.shift_record(1),
        "K": lambda: session.shift_record(-1),
        "Z": session.remove_record,
        "U": session.undo,
        "R": session.redo,
        "W": lambda: session.mark(words(session, 0, 6)),
    }
    for key in keys.split():
        if key in commands:
            done = commands[key]()
        elif session.row.is_typed:
            for character in key:
                done = session.type_key(character)
        else:
            done = session.press(key)
            assert done is not None, key
    return done


def claims(session: CodingSession) -> list[dict[str, Any]]:
    """The claims in plain form, without ids and words."""
    return [_bare(claim) for claim in to_form(session.coding).get("claim", [])]


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [_bare(inner) for inner in value] if name in ("act", "source") else value
        for name, value in record.items()
        if name not in ("id", "evidence")
    }


def fired(session: CodingSession) -> list[str]:
    return [one.check.id for one in session.findings]


KILLED = "C W k 4 enter 1 enter"
"""A claim with words, four dead, one a child; the coder is at the day, the acts come next."""


# --- adding by the first answer ---------------------------------------------------------------


def test_an_act_with_perpetrator_and_cause_is_two_keys_and_the_next_may_follow(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter")
    assert session.row.name == "+act"
    play(session, "r a")
    assert session.row.name == "+act"
    assert session.row.there == 1
    play(session, "u g")
    acts = [
        {"perpetrator": "rus", "cause": "air", "attribution": "firm"},
        {"perpetrator": "unk", "cause": "gun", "attribution": "firm"},
    ]
    assert claims(session)[0]["act"] == acts


def test_a_source_by_its_default_is_one_key(session: CodingSession) -> None:
    play(session, f"{KILLED} enter tab")
    assert session.row.name == "+source"
    play(session, "p")
    assert claims(session)[0]["source"] == [{"source_type": "publisher"}]


def test_words_marked_while_a_record_is_added_are_behind_its_first_answer(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter")
    span = words(session, 0, 6)
    session.press("r", span)
    act = session.coding.records[0].records[0]
    assert act.answers["perpetrator"] == Answer("rus", evidence=(span,))


def test_adding_an_act_is_one_step_to_undo_and_to_do_again(session: CodingSession) -> None:
    play(session, f"{KILLED} enter")
    before = session.coding
    change = play(session, "r U")
    assert change is not None
    assert change.message == "Undone: Act + Russian forces"
    assert session.coding == before
    play(session, "R")
    assert claims(session)[0]["act"] == [{"perpetrator": "rus", "attribution": "firm"}]


def test_a_key_of_the_line_that_adds_means_nothing_in_the_questions_of_the_claim(
    session: CodingSession,
) -> None:
    play(session, "C W")
    assert session.row.name == "kind"
    assert session.press("r") is None
    assert "act" not in claims(session)[0]


# --- where the coder is led -------------------------------------------------------------------


def test_a_new_claim_leads_through_what_wants_an_answer(session: CodingSession) -> None:
    visited = []
    for keys in ("C", "W", "k", "enter", "enter", "enter", "r", "a"):
        play(session, keys)
        visited.append(session.row.name)
    # The mode has its default, and roles and links may be left out: Tab goes there.
    assert visited == ["", "kind", "total", "children", "day", "+act", "cause", "+act"]


def test_tab_goes_everywhere(session: CodingSession) -> None:
    play(session, "C")
    names = [session.row.name]
    for _ in range(8):
        play(session, "tab")
        names.append(session.row.name)
    assert names == ["", "kind", "total", "mode", "day", "roles", "part_of", "+act", "+source"]


def test_what_is_answered_is_no_longer_stopped_at(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a p")
    assert {row.name for row in session.rows if row.wants and row.kind == "question"} == {
        "total",
        "children",
        "day",
    }


def test_going_on_leaves_out_the_line_that_adds_another(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a")
    session.go_to((session.row.record, "day"))
    play(session, "enter")
    assert session.row.name == "+source"


def test_going_on_from_the_last_question_submits(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a tab p")
    session.go_to((session.row.record, "day"))
    change = play(session, "enter")
    assert change == Change("Submitted.", passage=True)


def test_going_on_does_not_leave_a_field_that_holds_no_answer(session: CodingSession) -> None:
    play(session, "C W k 4-")
    change = play(session, "enter")
    assert change is not None
    assert change.refused
    assert session.row.name == "total"
    assert session.entry == "4-"


# --- reasons for none -------------------------------------------------------------------------


def test_a_reason_for_no_claim_is_one_key_and_submits(session: CodingSession) -> None:
    assert session.row.name == "claim"
    play(session, "c")
    assert session.coding.none == "context"
    assert play(session, "enter") == Change("Submitted.", passage=True)


def test_the_reason_gives_way_to_a_claim_and_comes_back_with_undo(session: CodingSession) -> None:
    play(session, "c C")
    assert session.coding.none == ""
    assert not [row for row in session.rows if row.kind == "none"]
    play(session, "U")
    assert session.coding.none == "context"


# --- copies and order -------------------------------------------------------------------------


def test_a_copied_claim_wants_words_of_its_own_first(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a B M")
    # The coder stood in the act, so the act was copied; now the claim around it.
    assert len(claims(session)[0]["act"]) == 2
    session.go_to((session.coding.records[0].id, ""))
    change = play(session, "M")
    assert change == Change()
    first, second = claims(session)
    assert first == second
    assert session.row.title == "Claim 2"
    assert session.row.wants
    refused = play(session, "submit")
    assert refused is not None
    assert "has no words marked" in refused.message


def test_claims_and_acts_change_places_and_stop_at_the_ends(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a u g")
    ids = [act.id for act in session.coding.records[0].records]
    session.go_to((ids[1], "cause"))
    play(session, "K")
    assert [act.id for act in session.coding.records[0].records] == ids[::-1]
    assert session.row.place == (ids[1], "cause")
    change = play(session, "K")
    assert change == Change("This is the first act already.", refused=True)
    play(session, "U")
    assert [act.id for act in session.coding.records[0].records] == ids
    play(session, "R J")
    assert [act.id for act in session.coding.records[0].records] == ids


def test_the_passage_itself_is_neither_copied_nor_moved(session: CodingSession) -> None:
    for key in ("M", "J", "K"):
        change = play(session, key)
        assert change is not None
        assert change.refused
    assert claims(session) == []


def test_copying_is_one_step_to_undo_and_to_do_again(session: CodingSession) -> None:
    play(session, f"{KILLED} enter r a")
    session.go_to((session.coding.records[0].id, ""))
    before = session.coding
    play(session, "M")
    after = session.coding
    play(session, "U")
    assert session.coding == before
    play(session, "R")
    assert session.coding == after


def test_jumping_goes_from_record_to_record_and_leaves_out_the_lines_that_add(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter r a u g")
    claim = session.coding.records[0]
    first, second = (act.id for act in claim.records)
    visited = []
    for step in (-1, -1, -1, -1, 1, 1, 1):
        session.move_record(step)
        visited.append(session.row.place)
    acts = [(first, ""), (second, "")]
    assert visited == [*reversed(acts), (claim.id, ""), (claim.id, ""), *acts, acts[1]]


# --- checks that speak ------------------------------------------------------------------------


def test_a_check_speaks_on_its_record_and_on_the_one_around_it_as_soon_as_it_can_be_decided(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter b")
    assert session.finding_here() is None
    play(session, "a")
    finding = session.finding_here()
    assert finding is not None
    act = session.coding.records[0].records[0].id
    assert (finding.check.id, finding.record) == ("W3", act)
    assert session.doubted == {act}
    session.go_to((act, "cause"))
    assert session.finding_here() == finding
    play(session, "g")
    assert session.finding_here() is None
    assert session.doubted == set()


def test_an_offer_speaks_before_what_may_wait(session: CodingSession) -> None:
    play(session, "C W k 1 enter 4 enter enter u b")
    assert fired(session) == ["W1", "S1", "S2"]
    for kinds, expected in (
        ((), "S1"),
        ((CheckKind.OFFER,), "S1"),
        ((CheckKind.WARN, CheckKind.CONFIRM), "W1"),
    ):
        finding = session.finding_here(*kinds)
        assert finding is not None
        assert finding.check.id == expected
    assert session.finding_here(CheckKind.ERROR) is None


def test_a_check_of_one_claim_is_not_heard_in_another(session: CodingSession) -> None:
    play(session, f"{KILLED} enter b a C")
    assert session.row.title == "Claim 2"
    assert session.finding_here() is None
    assert len(session.doubted) == 1


# --- letting a check stand --------------------------------------------------------------------


def guards(session: CodingSession) -> None:
    """A claim that a warning fires on: an air strike by border guards."""
    play(session, f"{KILLED} enter b a")


def test_a_warning_holds_the_passage_up_until_it_stands_for_a_reason(
    session: CodingSession, project: Project
) -> None:
    guards(session)
    refused = play(session, "submit")
    assert refused is not None
    assert refused.refused
    assert refused.message == "W3: Border guards are not known to have used this weapon"
    act = session.coding.records[0].records[0].id
    assert session.row.place == (act, "")
    finding = session.finding_here()
    assert finding is not None
    assert session.override(finding, "  the council says so ") == Change()
    assert session.coding.overrides == (Override("W3", act, "the council says so"),)
    assert session.finding_here() is None
    assert play(session, "submit") == Change("Submitted.", passage=True)
    session.step_passage(-1)
    assert session.item.submitted is not None
    assert session.item.submitted.overrides == (Override("W3", act, "the council says so"),)


def test_a_question_of_the_codebook_holds_up_and_stands_like_a_warning(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter r m")
    refused = play(session, "submit")
    assert refused is not None
    assert refused.message.startswith("I1: Does the passage itself say")
    finding = session.finding_here()
    assert finding is not None
    session.override(finding, "it does")
    assert play(session, "submit") == Change("Submitted.", passage=True)


def test_a_reason_taken_back_holds_the_passage_up_again(session: CodingSession) -> None:
    guards(session)
    finding = session.finding_here()
    assert finding is not None
    session.override(finding, "seen")
    session.override(finding, " ")
    assert session.coding.overrides == ()
    undone = play(session, "U")
    assert undone is not None
    assert undone.message == "Undone: W3 speaks again"
    assert [one.reason for one in session.coding.overrides] == ["seen"]
    undone = play(session, "U")
    assert undone is not None
    assert undone.message == "Undone: W3 stands: seen"
    refused = play(session, "submit")
    assert refused is not None
    assert refused.refused
    play(session, "R")
    assert play(session, "submit") == Change("Submitted.", passage=True)


def test_a_reason_for_a_check_that_no_longer_fires_is_not_submitted(
    session: CodingSession,
) -> None:
    guards(session)
    finding = session.finding_here()
    assert finding is not None
    session.override(finding, "seen")
    session.go_to((finding.record, "cause"))
    play(session, "g")
    assert session.coding.overrides != ()
    play(session, "submit")
    session.step_passage(-1)
    assert session.coding.overrides == ()


def test_an_error_never_stands_and_an_offer_needs_no_reason(session: CodingSession) -> None:
    play(session, "C W d 4 enter enter u b")
    assert fired(session) == ["E7", "S1", "S2"]
    for finding in session.findings:
        change = session.override(finding, "because")
        assert change == Change(f"{finding.check.id} cannot be overridden.", refused=True)
    assert session.coding.overrides == ()
    refused = play(session, "submit")
    assert refused is not None
    assert refused.message == "E7: A denial carries no numbers"
    assert session.row.title == "Claim 1"


def test_more_than_one_check_in_the_way_is_counted(session: CodingSession) -> None:
    play(session, "C W k 1 enter 4 enter enter b a r m")
    refused = play(session, "submit")
    assert refused is not None
    assert refused.message.startswith("W1: ")
    assert refused.message.endswith("(and 2 more)")


def test_an_untaken_offer_does_not_hold_the_passage_up(session: CodingSession) -> None:
    play(session, f"{KILLED} enter u b")
    assert play(session, "submit") == Change("Submitted.", passage=True)


# --- offers -----------------------------------------------------------------------------------


def test_an_offer_taken_is_marked_inferred_for_good_and_silent(
    session: CodingSession, project: Project
) -> None:
    play(session, f"{KILLED} enter u b")
    finding = session.finding_here()
    assert finding is not None
    assert session.take_offer(finding) == Change()
    implied = {"value": "heli", "inferred": True}
    attribution = {"value": "inferred", "inferred": True}
    act = {"perpetrator": implied, "cause": "barrel", "attribution": attribution}
    assert claims(session)[0]["act"] == [act]
    assert session.row.name == "+act"
    assert session.finding_here() is None
    assert fired(session) == ["S1"]
    play(session, "submit")
    session.step_passage(-1)
    assert claims(session)[0]["act"] == [act]


def test_the_offer_on_the_last_act_speaks_first(session: CodingSession) -> None:
    play(session, f"{KILLED} enter u b u g")
    named = []
    while (finding := session.finding_here(CheckKind.OFFER)) is not None:
        named.append((finding.check.id, finding.record))
        session.take_offer(finding)
    first, second = (act.id for act in session.coding.records[0].records)
    assert named == [("S2", second), ("S1", first)]
    attributions = [act["attribution"]["value"] for act in claims(session)[0]["act"]]
    assert attributions == ["inferred", "none"]


def test_an_offer_taken_is_undone_and_done_again_in_one_step(session: CodingSession) -> None:
    play(session, f"{KILLED} enter u b")
    before = session.coding
    finding = session.finding_here()
    assert finding is not None
    session.take_offer(finding)
    taken = session.coding
    undone = play(session, "U")
    assert undone is not None
    assert undone.message == "Undone: S1 taken"
    assert session.coding == before
    play(session, "R")
    assert session.coding == taken


def test_a_pick_by_hand_takes_the_mark_of_an_offer_away(session: CodingSession) -> None:
    play(session, f"{KILLED} enter u b")
    finding = session.finding_here()
    assert finding is not None
    session.take_offer(finding)
    session.go_to((finding.record, "perpetrator"))
    play(session, "r")
    act = session.coding.record(finding.record)
    assert act.answers["perpetrator"] == Answer("rus")
    assert act.answers["attribution"].inferred


def test_words_doubt_and_a_note_leave_the_mark_of_an_offer_where_it_is(
    session: CodingSession,
) -> None:
    play(session, f"{KILLED} enter u b")
    finding = session.finding_here()
    assert finding is not None
    session.take_offer(finding)
    session.go_to((finding.record, "perpetrator"))
    session.mark(words(session, 0, 6))
    session.toggle_unsure()
    session.set_note("whose else")
    assert session.row.answer == Answer(
        "heli",
        evidence=(words(session, 0, 6),),
        unsure=True,
        note="whose else",
        inferred=True,
    )


def test_only_an_offer_can_be_taken(session: CodingSession) -> None:
    guards(session)
    finding = session.finding_here()
    assert finding is not None
    before = session.coding
    change = session.take_offer(finding)
    assert change == Change("W3 offers nothing to take.", refused=True)
    assert session.coding == before


IMPLIED = """\
codebook: implied
version: 1.0.0
title: Implied answers that are no codes
units: {claim: {in: passage, label: Claim}}
variables:
  - id: tone
    question: How does it sound?
    type: code
    codes: [{id: calm, label: Calm, key: c}, {id: loud, label: Loud, key: l}]
  - {id: named, question: Is anyone named?, type: yes_no}
  - {id: number, question: How many?, type: count}
checks:
  - id: S1
    offer: Who shouts is named
    when: {tone: loud}
    give: {named: true, number: "12+"}
"""


def test_a_yes_or_no_and_a_number_by_hand_are_no_longer_inferred(tmp_path: Path) -> None:
    with open_project(make_project(tmp_path / "implied.db", IMPLIED)) as project:
        session = session_in(project)
        play(session, "l")
        finding = session.finding_here()
        assert finding is not None
        session.take_offer(finding)
        assert session.coding.answers["named"] == Answer(True, inferred=True)
        session.go_to(("", "named"))
        play(session, "n")
        session.go_to(("", "number"))
        play(session, "12")
        assert session.coding.answers["named"] == Answer(False)
        assert to_form(session.coding)["number"] == "12"


# --- an open span of time ---------------------------------------------------------------------


def test_an_open_span_ends_on_the_day_of_the_report(session: CodingSession) -> None:
    play(session, f"{KILLED} 2011-03..")
    expected = {"start": "2011-03-01", "end": "2016-12-21", "precision": "5", "kind": "window"}
    assert claims(session)[0]["day"] == expected


def test_an_open_span_is_no_answer_where_the_report_has_no_date(tmp_path: Path) -> None:
    text = "Four people died."
    codebook = parse_codebook(CHECKED, "book.yaml")
    draft = ReportDraft(
        "report.txt", None, "", "", "", "en", text, "0" * 64, passages=((0, len(text)),)
    )
    source = SourceFile("report.txt", "0" * 64, len(text), "utf-8", (draft,))
    with create_project(
        tmp_path / "x.db", name="x", codebook_source=CHECKED, codebook=codebook, actor="maker"
    ) as project:
        import_reports(project, source, source, "maker")
        session = session_in(project)
        change = play(session, f"{KILLED} 2011-03..")
        assert change is not None
        assert change.message == (
            "this report has no date for an open span to end on; write its last day"
        )
        assert session.entry == "2011-03.."
        assert session.row.answer is None
        stuck = play(session, "enter")
        assert stuck is not None
        assert stuck.refused
        play(session, "2011-03-04")
        assert session.row.answer is not None


def test_not_stated_is_a_state_and_no_offer(session: CodingSession) -> None:
    play(session, "C W k n enter")
    total = session.coding.records[0].answers["total"]
    assert total == Answer(state=State.NOT_STATED)
