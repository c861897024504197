"""Flags, skipping, notes on passages, shortcuts, pauses and covers in the coding session."""

import pytest

from annotator.coding.form import to_form
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.attention import marked_passages
from annotator.store.codings import codings
from annotator.store.corpus import iter_passages
from annotator.store.project import Project
from annotator.store.tags import tag_passages
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from annotator.work.work_clock import HABITS, REST, WorkClock
from projects import Clock, session_in


def number(session: CodingSession) -> int:
    return session.item.number


def answers(session: CodingSession) -> dict:
    """What the coding says beside the counts that every coding begins with."""
    begun = {"killed", "children", "women"}
    return {name: form for name, form in to_form(session.coding).items() if name not in begun}


def tag_graphic(project: Project, *numbers: int) -> None:
    key = next(iter_passages(project)).report_key
    tag_passages(project, "graphic", [(key, one) for one in numbers], actor="lina")


# --- flags ------------------------------------------------------------------------------------


def test_a_flag_is_kept_with_the_coding_that_is_begun(light: Project) -> None:
    session = session_in(light)
    session.press("a")
    assert "Flagged" in session.toggle_flag().message
    assert session.item.flagged
    again = session_in(light)
    assert again.item.flagged
    assert again.row.place == session.row.place
    assert answers(again) == {"perpetrator": ["regime_air"]}
    assert not again.toggle_flag().refused
    assert not session_in(light).item.flagged


def test_a_flag_is_a_step_of_its_own_between_two_of_typing(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("1")
    session.toggle_flag()
    session.type_key("2")
    assert to_form(session.coding)["killed"] == "12"
    session.undo()
    assert to_form(session.coding)["killed"] == "1"
    assert "passage flagged" in session.undo().message
    assert not session.item.flagged


# --- skipping ---------------------------------------------------------------------------------


def test_a_skipped_passage_gives_way_to_the_next_and_undo_brings_it_back(light: Project) -> None:
    session = session_in(light)
    change = session.skip(SkipReason.GRAPHIC)
    assert change.passage
    assert "too graphic" in change.message
    assert (number(session), session.progress.open, session.progress.skipped) == (2, 2, 1)
    undone = session.undo()
    assert undone.passage
    assert (number(session), session.item.skipped, session.progress.open) == (1, None, 3)


def test_a_skipped_passage_can_be_opened_and_coded_after_all(light: Project) -> None:
    session = session_in(light)
    session.skip(SkipReason.OTHER, "  at the end of the day ")
    session.step_passage(-1)
    assert (session.item.skipped, session.item.skip_note) == (
        SkipReason.OTHER,
        "at the end of the day",
    )
    assert session.skip(SkipReason.GRAPHIC).refused
    session.press("a")
    session.go_to(("", "cause"))
    session.pick_none()
    assert not session.submit().refused
    assert (session.progress.done, session.progress.skipped) == (1, 0)
    assert marked_passages(light) == []


def test_a_skipped_passage_can_be_taken_back_without_coding_it(light: Project) -> None:
    session = session_in(light)
    session.skip(SkipReason.LANGUAGE)
    assert session.take_back().refused
    session.step_passage(-1)
    assert "Yours again" in session.take_back().message
    assert (session.item.skipped, session.progress.skipped) == (None, 0)
    assert "taken back" in session.undo().message
    assert session.item.skipped is SkipReason.LANGUAGE


def test_what_is_submitted_is_not_skipped(light: Project) -> None:
    session = session_in(light)
    session.pick_none()
    session.go_to(("", "cause"))
    session.pick_none()
    session.submit()
    session.step_passage(-1)
    refused = session.skip(SkipReason.CONFLICT)
    assert refused.refused
    assert "submitted" in refused.message
    assert session.item.done


def test_the_last_open_passage_skipped_ends_the_work_without_a_word_of_blame(
    light: Project,
) -> None:
    session = session_in(light)
    for _ in range(2):
        assert not session.skip(SkipReason.UNREADABLE).finished
    last = session.skip(SkipReason.UNREADABLE)
    assert last.finished
    assert "Every passage is coded or skipped." in last.message
    assert session.next_open().message == "Every passage is coded or skipped."
    assert number(session) == 3


def test_a_text_that_is_no_value_does_not_keep_a_coder_on_a_passage(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("1")
    session.type_key("-")
    assert session.step_passage(1).refused
    assert session.skip(SkipReason.GRAPHIC).passage


def test_a_skip_that_cannot_be_written_leaves_the_coder_where_they_were(light: Project) -> None:
    session, other = session_in(light), session_in(light)
    other.press("a")
    with pytest.raises(AnnotatorError, match="another window"):
        session.skip(SkipReason.GRAPHIC)
    assert (number(session), session.item.skipped) == (1, None)


# --- the note on the passage ------------------------------------------------------------------


def test_a_note_on_the_passage_is_part_of_the_coding(light: Project) -> None:
    session = session_in(light)
    session.set_passage_note("  is this one event?  ")
    assert session.coding.note == "is this one event?"
    assert session_in(light).coding.note == "is this one event?"
    assert "note on the passage" in session.undo().message
    assert session.coding.note == ""
    session.redo()
    session.pick_none()
    session.go_to(("", "cause"))
    session.pick_none()
    session.submit()
    [row] = codings(light)
    assert row.form["note"] == "is this one event?"
    session.step_passage(-1)
    assert not session.is_revision
    session.set_passage_note("")
    assert session.is_revision


def test_a_note_being_written_outlasts_the_session(light: Project) -> None:
    session = session_in(light)
    session.write_passage_note("half a sen")
    assert session_in(light).focus.passage_note == "half a sen"
    session.set_passage_note("half a sentence")
    assert session_in(light).focus.passage_note is None


# --- recent codes, the last answer ------------------------------------------------------------


def ids(session: CodingSession) -> list[str]:
    return [code.id for code in session.recent_codes()]


def finish(session: CodingSession) -> None:
    session.go_to(("", "cause"))
    session.pick_none()
    assert not session.submit().refused


def test_recent_codes_are_the_last_nine_picked_for_the_question_in_focus(light: Project) -> None:
    session = session_in(light)
    assert ids(session) == []
    for key in "arb":
        session.press(key)
    finish(session)
    session.press("r")
    expected = ["russia_air", "barrel_bombs", "regime_air"]
    expected[1] = next(code.id for code in session.row.codes if code.key == "b")
    assert ids(session) == expected
    assert ids(session_in(light)) == expected
    session.press("r")
    assert ids(session) == expected
    session.go_to(("", "cause"))
    assert ids(session) == []
    session.go_to(("", "killed"))
    assert ids(session) == []


def test_at_most_nine_codes_are_recent_and_none_that_was_undone(light: Project) -> None:
    session = session_in(light)
    keys = [code.key for code in session.row.codes][:11]
    assert len(keys) == 11
    for key in keys:
        session.press(key)
    session.undo()
    by_key = {code.key: code.id for code in session.row.codes}
    assert ids(session) == [by_key[key] for key in keys[9:0:-1]]


def test_recent_codes_are_the_coders_own(light: Project) -> None:
    session_in(light, "basim").press("a")
    assert ids(session_in(light, "amal")) == []


def test_the_last_answer_is_given_again_without_its_words(light: Project) -> None:
    session = session_in(light)
    assert session.repeat_last().refused
    session.press("a", span_of(session, 0, 6))
    session.press("b")
    session.toggle_unsure()
    first = session.coding.answers["perpetrator"]
    finish(session)
    change = session.repeat_last()
    assert not change.refused
    assert change.message.startswith("Perpetrator")
    assert change.message.endswith("as last time")
    again = session.coding.answers["perpetrator"]
    assert again.value == first.value
    assert (again.evidence, again.unsure, again.note) == ((), False, "")
    assert session.repeat_last().refused
    session.undo()
    assert answers(session) == {}


def span_of(session: CodingSession, start: int, end: int):
    from annotator.coding.model import Span

    at = session.item.start
    return Span(at + start, at + end, session.item.text[start:end])


def test_the_marked_words_stand_behind_an_answer_given_again(light: Project) -> None:
    session = session_in(light)
    session.press("a")
    finish(session)
    span = span_of(session, 0, 5)
    session.repeat_last(span)
    assert session.coding.answers["perpetrator"].evidence == (span,)


def test_a_count_typed_before_and_a_state_are_given_again(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    for key in "12+":
        session.type_key(key)
    session.go_to(("", "children"))
    session.type_key("u")
    session.go_to(("", "perpetrator"))
    session.pick_none()
    finish(session)
    session.go_to(("", "killed"))
    assert "12+" in session.repeat_last().message
    assert to_form(session.coding)["killed"] == "12+"
    assert session.row.name != "killed"
    session.go_to(("", "children"))
    assert "unknown" in session.repeat_last().message
    assert to_form(session.coding)["children"] == {"state": "unknown"}
    session.go_to(("", "women"))
    assert session.repeat_last().refused


def begun_claim(session: CodingSession, kind: str) -> None:
    session.go_to(session.rows[0].place)
    session.add_record("claim")
    session.mark(span_of(session, 0, 6))
    session.press(kind)


def test_in_records_the_last_one_answered_counts_whichever_it_was(claims: Project) -> None:
    session = session_in(claims)
    begun_claim(session, "k")
    session.go_to(("r1", "kind"))
    assert session.repeat_last().refused
    begun_claim(session, "j")
    begun_claim(session, "d")
    session.go_to(("r1", "kind"))
    assert "Denial" in session.repeat_last().message
    assert session.coding.answer("r1", "kind").value == "denial"


def test_a_link_is_not_repeated(claims: Project) -> None:
    session = session_in(claims)
    begun_claim(session, "k")
    session.go_to(("r1", "part_of"))
    assert session.repeat_last().refused
    assert session.recent_codes() == ()


def test_on_a_line_that_adds_the_last_code_and_the_last_record_are_at_hand(
    claims: Project,
) -> None:
    session = session_in(claims)
    begun_claim(session, "k")
    session.go_to(("r1", "+act"))
    assert session.copy_record().refused
    assert session.repeat_last().refused
    session.press("i")
    act = session.coding.record("r1").records[-1].id
    session.go_to((act, "cause"))
    session.press("m", span_of(session, 0, 6))
    session.go_to(("r1", "+act"))
    assert ids(session) == ["isis"]
    assert not session.copy_record().refused
    assert session.row.unit.id == "act"
    copy = session.coding.record(session.row.record)
    assert copy.id != act
    assert copy.answers["perpetrator"].value == "isis"
    assert copy.answers["cause"].value == ("mine",)
    assert copy.answers["cause"].evidence == ()
    session.go_to(("r1", "+act"))
    assert not session.repeat_last().refused
    acts = session.coding.record("r1").records
    assert [one.answers["perpetrator"].value for one in acts] == ["isis"] * 3


def test_the_reason_for_no_record_is_repeated_too(claims: Project) -> None:
    session = session_in(claims)
    session.go_to(("", "claim"))
    session.press("u")
    session.step_passage(1)
    session.go_to(("", "claim"))
    assert ids(session) == ["unreadable"]
    assert "Unreadable" in session.repeat_last().message
    assert session.coding.none == "unreadable"
    assert session.repeat_last().refused


# --- time, rest -------------------------------------------------------------------------------


def seconds(project: Project) -> float:
    return session_in(project).item.draft_seconds


def test_a_pause_takes_no_time_of_the_passage(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    session.press("a")
    clock.now += 10
    session.pause()
    clock.now += 40
    session.attend()
    clock.now += 40
    session.resume()
    clock.now += 5
    session.press("r")
    assert seconds(light) == 15


def test_reading_a_panel_counts_while_keys_are_pressed(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    session.press("a")
    for _ in range(4):
        clock.now += 40
        session.attend()
    clock.now += 1000
    session.press("r")
    assert seconds(light) == 160 + HABITS.longest_pause


def test_time_spent_reading_a_passage_counts_when_the_coder_comes_back_to_it(
    light: Project,
) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    clock.now += 20
    session.step_passage(1)
    clock.now += 7
    session.step_passage(-1)
    clock.now += 3
    session.press("a")
    assert seconds(light) == 23
    session.step_passage(1)
    session.press("a")
    assert seconds(light) == 7


def test_submitting_takes_the_time_along_once(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    clock.now += 20
    session.pick_none()
    session.go_to(("", "cause"))
    session.pick_none()
    clock.now += 5
    session.submit()
    [row] = codings(light)
    assert row.seconds == 25
    session.step_passage(-1)
    clock.now += 2
    session.press("a")
    assert seconds(light) == 2


def test_longest_pause_is_the_coders_to_choose(light: Project) -> None:
    clock = Clock()
    desk = desk_for(light, None, "amal")
    session = CodingSession(desk, clock, HABITS._replace(longest_pause=30))
    clock.now += 300
    session.press("a")
    assert seconds(light) == 30


def work(clock: Clock, on: WorkClock, minutes: float) -> None:
    for _ in range(round(minutes * 2)):
        clock.now += 30
        on.lap()


def test_a_break_is_proposed_once_and_anew_after_a_rest() -> None:
    clock = Clock()
    hands = WorkClock(HABITS._replace(break_after_minutes=45), clock)
    work(clock, hands, 44)
    assert hands.break_due() == 0
    work(clock, hands, 2)
    assert hands.break_due() == 46
    work(clock, hands, 30)
    assert hands.break_due() == 0
    clock.now += REST
    hands.lap()
    work(clock, hands, 43)
    assert hands.break_due() == 0
    work(clock, hands, 1)
    assert hands.break_due() == 45


def test_a_rest_in_a_pause_counts_as_one_even_if_keys_are_pressed_in_it() -> None:
    clock = Clock()
    hands = WorkClock(HABITS._replace(break_after_minutes=10), clock)
    work(clock, hands, 8)
    hands.counts = False
    work(clock, hands, REST / 60)
    hands.counts = True
    work(clock, hands, 8)
    assert hands.break_due() == 0


def test_no_break_is_proposed_to_who_wants_none() -> None:
    clock = Clock()
    hands = WorkClock(HABITS._replace(break_after_minutes=0), clock)
    work(clock, hands, 600)
    assert hands.break_due() == 0


# --- graphic passages -------------------------------------------------------------------------


def test_a_graphic_passage_is_covered_at_each_visit_until_it_is_asked_for(
    light: Project,
) -> None:
    tag_graphic(light, 2)
    session = session_in(light)
    assert not session.covered
    session.step_passage(1)
    assert session.covered
    session.uncover()
    session.press("a")
    session.undo()
    assert not session.covered
    session.step_passage(1)
    session.step_passage(-1)
    assert session.covered
    assert session_in(light).covered


def test_no_time_counts_while_the_text_is_covered(light: Project) -> None:
    tag_graphic(light, 1)
    clock = Clock()
    session = session_in(light, clock=clock)
    clock.now += 50
    session.uncover()
    clock.now += 4
    session.press("a")
    assert seconds(light) == 4


def test_a_covered_passage_can_be_skipped_unseen(light: Project) -> None:
    tag_graphic(light, 1, 2)
    session = session_in(light)
    session.skip(SkipReason.GRAPHIC)
    assert (number(session), session.covered) == (2, True)
    session.uncover()
    session.undo()
    assert (number(session), session.covered) == (1, True)
