"""The coding session without a screen: answering, typing, evidence, records, submitting."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.codebook.reader import parse_codebook
from annotator.coding.form import to_form
from annotator.coding.model import Span, State
from annotator.errors import AnnotatorError
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.work.focus import Change
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from annotator.work.work_clock import HABITS
from projects import LIGHT, Clock, session_in


def play(session: CodingSession, keys: str) -> Change | None:
    """Press keys as the screen understands them; what the last one did."""
    done: Change | None = None
    for key in keys.split():
        row = session.row
        if key == "tab":
            done = session.move_row(1)
        elif key == "B":
            done = session.move_row(-1)
        elif key == "enter":
            done = session.submit()
        elif key == "backspace":
            done = session.type_backspace()
        elif key == "!":
            done = session.cycle_state()
        elif key in ("U", "R"):
            done = session.undo() if key == "U" else session.redo()
        elif key in ("A", "C"):
            done = session.add_record(session.addable_units()[0 if key == "A" else -1][0].id)
        elif key == "Z":
            done = session.remove_record()
        elif key == "W":
            done = session.mark(words(session, 0, 6))
        elif row.is_typed:
            for character in key:
                done = session.type_key(character)
        else:
            done = session.pick_none() if key == "-" else session.press(key)
    return done


def words(session: CodingSession, first: int, last: int) -> Span:
    """Words of the open passage as a span of the report."""
    start = session.item.start
    return Span(start + first, start + last, session.item.text[first:last])


# --- keys and what comes of them --------------------------------------------------------------


COUNTS = {name: {"state": "not_stated"} for name in ("killed", "children", "women")}

LIGHT_SCRIPTS = [
    ("a", {"perpetrator": ["regime_air"]}),
    ("a r", {"perpetrator": ["regime_air", "russia_air"]}),
    ("r a", {"perpetrator": ["regime_air", "russia_air"]}),
    ("a r a", {"perpetrator": ["russia_air"]}),
    ("a a", {}),
    ("-", {"perpetrator": []}),
    ("- a", {"perpetrator": ["regime_air"]}),
    ("a -", {"perpetrator": []}),
    ("a 1", {"perpetrator": ["regime_air"], "cause": ["air_strike"]}),
    ("1 a", {"perpetrator": ["regime_air"], "cause": ["air_strike"]}),
    ("! ", {"perpetrator": {"state": "not_stated"}}),
    ("! !", {"perpetrator": {"state": "unknown"}}),
    ("! ! !", {"perpetrator": {"state": "not_applicable"}}),
    ("! ! ! !", {"perpetrator": {"state": "not_stated"}}),
    ("! a", {"perpetrator": ["regime_air"]}),
    ("tab tab 12+", {"killed": "12+"}),
    ("tab tab 1 2 tab 3", {"killed": "12", "children": "3"}),
    ("tab tab ~30 backspace backspace 4", {"killed": "~4"}),
    ("tab tab n", {}),
    ("tab tab u", {"killed": {"state": "unknown"}}),
    ("tab tab x", {"killed": {"state": "not_applicable"}}),
    ("tab tab 10- 15", {"killed": "10-15"}),
    ("tab tab v12", {"killed": "v12"}),
    ("a U", {}),
    ("a U R", {"perpetrator": ["regime_air"]}),
]


@pytest.mark.parametrize(("keys", "form"), LIGHT_SCRIPTS, ids=[keys for keys, _ in LIGHT_SCRIPTS])
def test_keys_make_the_coding_they_stand_for(light: Project, keys: str, form: dict) -> None:
    session = session_in(light)
    play(session, keys)
    assert to_form(session.coding) == COUNTS | form
    assert to_form(session_in(light).coding) == COUNTS | form


SHELLS = {"start": 0, "end": 6, "text": "Shells"}

CLAIM_SCRIPTS = [
    ("y", {"mention": True}),
    ("n", {"mention": False}),
    ("y B n", {"mention": False}),
    ("y B y", {}),
    ("y 2", {"mention": True, "tone": "mid"}),
    ("2", {"tone": "mid"}),
    ("tab tab tab h i tab", {"remark": "hi"}),
    ("tab tab tab tab 2.5", {"share": 2.5}),
    ("C W k", {"claim": [{"id": "r1", "evidence": [SHELLS], "kind": "killing"}]}),
    ("C k 12+", {"claim": [{"id": "r1", "kind": "killing", "total": "12+"}]}),
    ("C Z", {}),
    ("C C Z", {"claim": [{"id": "r1"}]}),
    ("C A", {"claim": [{"id": "r1", "act": [{"id": "r2"}]}]}),
    (
        "C A r B m",
        {
            "claim": [
                {"id": "r1", "act": [{"id": "r2", "perpetrator": "regime", "cause": ["mine"]}]}
            ]
        },
    ),
]


@pytest.mark.parametrize(("keys", "form"), CLAIM_SCRIPTS, ids=[keys for keys, _ in CLAIM_SCRIPTS])
def test_keys_make_records_and_answers_in_them(claims: Project, keys: str, form: dict) -> None:
    session = session_in(claims)
    play(session, keys)
    assert to_form(session.coding) == form
    assert to_form(session_in(claims).coding) == form


def test_a_key_picks_in_the_question_in_focus_before_any_other(claims: Project) -> None:
    session = session_in(claims)
    session.go_to(("", "actors"))
    session.press("i")
    assert to_form(session.coding) == {"actors": ["isis"]}


def test_a_key_that_picks_nothing_does_nothing(light: Project) -> None:
    session = session_in(light)
    assert session.press("z") is None
    assert to_form(session.coding) == COUNTS


def test_a_key_that_two_other_questions_have_is_not_guessed(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C")
    session.add_record("act")
    assert session.row.name == "perpetrator"
    session.go_to(("r1", "day"))
    assert session.press("r") is None


def test_picking_one_code_of_a_single_question_goes_on_and_is_there_on_resuming(
    claims: Project,
) -> None:
    session = session_in(claims)
    session.press("y")
    assert session.row.name == "tone"
    assert session_in(claims).row.name == "tone"


def test_a_code_of_several_stays_on_its_question(light: Project) -> None:
    session = session_in(light)
    session.press("a")
    assert session.row.name == "perpetrator"


def test_clear_takes_answers_reasons_and_words_away(claims: Project) -> None:
    session = session_in(claims)
    session.press("y")
    session.move_row(-1)
    session.clear()
    session.go_to(("", "claim"))
    session.press("c")
    assert session.coding.none == "context"
    session.clear()
    assert to_form(session.coding) == {}
    play(session, "C W B")
    session.clear()
    assert to_form(session.coding) == {"claim": [{"id": "r1"}]}


def test_a_reason_for_no_record_goes_when_a_record_comes(claims: Project) -> None:
    session = session_in(claims)
    session.go_to(("", "claim"))
    session.press("c")
    session.add_record("claim")
    assert session.coding.none == ""
    assert ("", "claim") not in [row.place for row in session.rows]


# --- typing -----------------------------------------------------------------------------------


def test_typing_is_an_answer_as_soon_as_it_is_a_value(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    seen = []
    for character in "~30":
        session.type_key(character)
        seen.append(to_form(session_in(light).coding).get("killed"))
    assert seen == [None, "~3", "~30"]


def test_what_is_typed_and_no_value_is_kept_for_the_next_session(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("~")
    again = session_in(light)
    assert (again.row.name, again.entry) == ("killed", "~")
    again.type_key("4")
    assert str(again.row.answer.value) == "~4"


@pytest.mark.parametrize("leave", ["tab", "back", "code", "submit", "passage", "open"])
def test_a_field_with_text_that_is_no_value_is_not_left(light: Project, leave: str) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_entry("12 (")
    done = {
        "tab": lambda: session.move_row(1),
        "back": lambda: session.move_row(-1),
        "code": lambda: session.press("a"),
        "submit": session.submit,
        "passage": lambda: session.step_passage(1),
        "open": session.next_open,
    }[leave]()
    assert done.refused
    assert "12 (" in done.message
    assert (session.row.name, session.entry, session.item.number) == ("killed", "12 (", 1)


def test_a_record_is_not_added_while_text_that_is_no_value_stands_in_a_field(
    claims: Project,
) -> None:
    session = session_in(claims)
    session.go_to(("", "share"))
    session.type_entry("2.")
    assert session.add_record("claim").refused
    assert session.entry == "2."


def test_the_first_key_replaces_a_number_and_is_added_to_a_text(claims: Project) -> None:
    session = session_in(claims)
    session.go_to(("", "share"))
    session.type_entry("50")
    session.go_to(("", "remark"))
    session.type_entry("no")
    session.go_to(("", "share"))
    session.type_key("7")
    session.go_to(("", "remark"))
    session.type_key("t")
    assert to_form(session.coding) == {"share": 7, "remark": "not"}


def test_typing_over_an_empty_kind_of_answer_does_not_take_its_name_for_text(
    claims: Project,
) -> None:
    session = session_in(claims)
    session.go_to(("", "remark"))
    session.set_state(State.UNKNOWN)
    session.type_key("x")
    assert to_form(session.coding) == {"remark": "x"}


def test_one_visit_to_a_field_is_one_step_to_undo(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    for character in "12+":
        session.type_key(character)
    session.move_row(-1)
    session.move_row(1)
    session.type_key("5")
    session.undo()
    assert to_form(session.coding)["killed"] == "12+"
    session.undo()
    assert to_form(session.coding) == COUNTS


def test_moving_in_the_text_ends_the_visit_to_a_field(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("1")
    session.move_cursor(session.item.start + 7)
    session.type_key("2")
    assert to_form(session.coding)["killed"] == "2"
    session.undo()
    assert to_form(session.coding)["killed"] == "1"


def test_evidence_doubt_and_note_outlast_another_number(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("4")
    session.mark(words(session, 40, 44))
    session.toggle_unsure()
    session.set_note(" a child among them ")
    session.type_entry("5")
    assert to_form(session.coding)["killed"] == {
        "value": "5",
        "evidence": [{"start": 40, "end": 44, "text": "Four"}],
        "unsure": True,
        "note": "a child among them",
    }


def test_a_field_emptied_again_has_the_state_or_default_that_stood_there(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    play(session, "4 backspace")
    assert to_form(session.coding) == COUNTS
    assert session.type_backspace().refused
    assert to_form(session.coding) == COUNTS
    session.set_state(State.UNKNOWN)
    play(session, "12 backspace backspace")
    assert session.row.answer.state is State.UNKNOWN
    session.clear()
    assert session.row.answer is None


def test_a_value_taken_out_of_its_field_is_gone_and_missing(light: Project) -> None:
    session = session_in(light)
    play(session, "s 3")
    session.go_to(("", "killed"))
    play(session, "4 tab B backspace")
    assert "killed" not in to_form(session.coding)
    done = session.submit()
    assert (done.refused, done.message) == (True, "Not yet: Killed is not answered")


def test_evidence_doubt_and_note_outlast_a_restart_while_typing(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_entry("12")
    session.mark(words(session, 40, 44))
    session.set_note("so")
    session.toggle_unsure()
    for character in " (":
        session.type_key(character)
    assert session.row.answer is None
    again = session_in(light)
    for character in "12-20)":
        again.type_key(character)
    assert to_form(session_in(light).coding)["killed"] == {
        "value": "12 (12-20)",
        "evidence": [{"start": 40, "end": 44, "text": "Four"}],
        "unsure": True,
        "note": "so",
    }


def test_an_answer_in_a_record_outlasts_a_restart_while_typing_too(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C W k 12")
    session.mark(words(session, 40, 44))
    session.type_key("-")
    session_in(claims).type_key("9")
    again = session_in(claims)
    again.type_backspace()
    for character in "15":
        again.type_key(character)
    answer = session_in(claims).row.answer
    assert (str(answer.value), len(answer.evidence)) == ("12-15", 1)


def test_a_note_being_written_is_kept_until_it_is_done_or_left(light: Project) -> None:
    session = session_in(light)
    session.press("a")
    session.write_note("by the h")
    again = session_in(light)
    assert again.focus.note == "by the h"
    assert again.row.answer.note == ""
    again.set_note("by the headline")
    assert session_in(light).focus.note is None
    assert session_in(light).row.answer.note == "by the headline"
    again.write_note("no")
    again.write_note(None)
    assert session_in(light).focus.note is None
    assert session_in(light).row.answer.note == "by the headline"


def test_a_question_with_codes_is_not_typed_into(light: Project) -> None:
    assert session_in(light).type_entry("12").refused


# --- evidence ---------------------------------------------------------------------------------


def test_marked_words_go_behind_the_answer_and_away_again(light: Project) -> None:
    session = session_in(light)
    span = words(session, 0, 6)
    assert session.mark(span).refused
    session.press("s", span)
    assert session.coding.answer("", "perpetrator").evidence == (span,)
    other = words(session, 41, 45)
    session.press("s", other)
    assert session.coding.answer("", "perpetrator").evidence == (span, other)
    session.mark(span)
    assert session.coding.answer("", "perpetrator").evidence == (other,)
    assert session.coding.answer("", "perpetrator").value == ("regime_shelling",)


def test_words_of_a_question_that_takes_none_go_to_its_record_or_are_refused(
    claims: Project,
) -> None:
    session = session_in(claims)
    session.go_to(("", "claim"))
    assert session.mark(words(session, 0, 6)).refused
    play(session, "C W B")
    assert session.row.words == 1
    session.mark(words(session, 0, 6))
    assert session.row.words == 0


def test_doubt_and_note_need_an_answer(light: Project) -> None:
    session = session_in(light)
    assert session.toggle_unsure().refused
    assert session.set_note("why").refused
    assert to_form(session.coding) == COUNTS


# --- records ----------------------------------------------------------------------------------


def test_records_are_added_inside_the_one_in_focus_or_the_nearest_around_it(
    claims: Project,
) -> None:
    session = session_in(claims)
    assert [unit.id for unit, _ in session.addable_units()] == ["claim"]
    play(session, "C A")
    assert session.row.record == "r2"
    offered = [(unit.id, parent) for unit, parent in session.addable_units()]
    assert offered == [("act", "r1"), ("source", "r1"), ("claim", "")]
    session.add_record("source")
    assert session.row.place == ("r3", "speaker")
    assert session.add_record("verse").refused


def test_a_new_record_is_in_focus_in_the_next_session_too(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C")
    assert session_in(claims).row.place == ("r1", "")


def test_a_reason_for_no_record_of_one_unit_is_refused_while_another_has_some(
    claims: Project,
) -> None:
    session = session_in(claims)
    claim = session.codebook.unit("claim")
    site = replace(claim, id="site", label="Site")
    session.codebook = replace(session.codebook, units=(*session.codebook.units, site))
    session.add_record("claim")
    session.go_to(("", "site"))
    done = session.press("u")
    assert done is not None
    assert done.refused
    assert session.coding.none == ""


def test_links_to_a_record_that_is_removed_go_with_it(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C C")
    session.go_to(("r2", "part_of"))
    session.press("1")
    assert session.coding.answer("r2", "part_of").value == ("r1",)
    session.go_to(("r1", ""))
    session.remove_record()
    assert session.coding.answer("r2", "part_of") is None
    session.undo()
    assert session.coding.answer("r2", "part_of").value == ("r1",)
    assert session.remove_record().refused is False


def test_there_is_no_record_to_remove_in_the_passage_itself(claims: Project) -> None:
    assert session_in(claims).remove_record().refused


def test_jumping_goes_to_the_first_row_of_the_next_record(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C A C")
    session.go_to(("", "mention"))
    places = []
    for _ in range(4):
        session.move_record(1)
        places.append(session.row.place)
    assert places == [("r1", ""), ("r2", ""), ("r3", ""), ("r3", "")]
    session.move_record(-1)
    assert session.row.place == ("r2", "")


def test_a_question_that_is_asked_only_sometimes_comes_and_goes(claims: Project) -> None:
    session = session_in(claims)
    play(session, "C W k 12+")
    session.go_to(("r1", "kind"))
    session.press("d")
    assert ("r1", "total") not in [row.place for row in session.rows]
    assert str(session.coding.answer("r1", "total").value) == "12+"
    assert not session.submit().refused
    session.step_passage(-1)
    assert session.coding.answer("r1", "total") is None
    assert to_form(session.coding)["claim"][0]["kind"] == "denial"


# --- submitting -------------------------------------------------------------------------------


def test_a_gap_is_gone_to_and_named(light: Project) -> None:
    session = session_in(light)
    done = session.submit()
    assert done.refused
    assert "Perpetrator" in done.message
    assert "1 more" in done.message
    play(session, "a")
    done = session.submit()
    assert done.refused
    assert "Cause of death" in done.message
    assert session.row.name == "cause"
    assert session_in(light).row.name == "cause"


def test_three_presses_code_a_passage_and_open_the_next(light: Project) -> None:
    session = session_in(light)
    play(session, "s 3")
    done = session.submit()
    assert (done.passage, done.finished, session.item.number) == (True, False, 2)
    assert session.progress.done == 1
    assert session.coding == session_in(light, "basim").coding


def test_after_the_last_passage_the_session_says_so(light: Project) -> None:
    session = session_in(light)
    done = None
    for _ in range(3):
        done = play(session, "s 3 enter")
    assert done is not None
    assert done.finished
    assert "Every passage is coded" in done.message
    assert session.next_open().finished
    assert session.step_passage(1).refused
    assert (session.progress.done, session.progress.assigned) == (3, 3)
    assert session_in(light).item.number == 3


def test_submitting_again_makes_a_revision_only_if_something_changed(light: Project) -> None:
    session = session_in(light)
    play(session, "s 3 enter")
    session.step_passage(-1)
    assert session.item.revision == 1
    assert session.submit().message.startswith("Unchanged")
    session.step_passage(-1)
    play(session, "a")
    assert session.is_revision
    assert "revision 2" in session.submit().message
    session.step_passage(-1)
    assert session.item.revision == 2
    assert session.progress.done == 1
    assert to_form(session.coding)["perpetrator"] == ["regime_air", "regime_shelling"]


def test_what_is_changed_and_not_submitted_again_is_counted_and_gone_to(light: Project) -> None:
    session = session_in(light)
    for _ in range(2):
        play(session, "s 3 enter")
    session.step_passage(-1)
    assert (session.is_revision, session.unsubmitted, session.reminder) == (False, 0, "")
    play(session, "a")
    assert (session.is_revision, session.unsubmitted) == (True, 1)
    session.step_passage(-1)
    play(session, "r")
    assert session.unsubmitted == 2
    assert session_in(light, "basim").unsubmitted == 0
    assert (session.next_open().passage, session.item.number) == (True, 3)
    done = play(session, "s 3 enter")
    assert done.message == "Submitted. Every passage is coded. 2 changed, not submitted."
    assert not done.finished
    again = session_in(light)
    done = again.next_open()
    assert (done.refused, again.item.number) == (False, 1)
    assert done.message == "Every passage is coded; this one is changed, not submitted."
    again.next_open()
    assert again.item.number == 2
    assert "revision 2" in again.submit().message
    again.next_open()
    assert again.next_open().message == "Only this passage is changed and not submitted."
    assert again.submit().finished
    assert again.next_open().finished


def test_a_change_taken_back_is_nothing_to_submit(light: Project) -> None:
    session = session_in(light)
    play(session, "s 3 enter B")
    session.step_passage(-1)
    play(session, "B a a")
    assert (session.is_revision, session.unsubmitted) == (False, 0)
    session.undo()
    assert session.unsubmitted == 1


def test_the_next_open_passage_is_found_past_the_end(light: Project) -> None:
    session = session_in(light)
    session.step_passage(1)
    play(session, "s 3 enter")
    assert session.item.number == 3
    session.next_open()
    assert session.item.number == 1


# --- resuming and other windows ---------------------------------------------------------------


def test_a_session_goes_on_exactly_where_the_last_one_was(light: Project) -> None:
    session = session_in(light)
    session.step_passage(1)
    session.go_to(("", "killed"))
    session.move_cursor(session.item.start + 10)
    session.type_entry("12 (")
    session.keep_place()
    again = session_in(light)
    assert again.item.number == 2
    assert again.focus == session.focus
    assert again.entry == "12 ("


def test_moving_to_another_question_is_remembered_without_leaving(light: Project) -> None:
    session = session_in(light)
    session.move_row(1)
    assert session_in(light).row.name == "cause"


def test_of_two_windows_of_a_coder_the_second_is_refused_and_loses_nothing(
    light: Project,
) -> None:
    first, second = session_in(light), session_in(light)
    first.press("a")
    second.go_to(("", "killed"))
    shown = second.coding, second.focus
    for refused in (
        lambda: second.press("r"),
        lambda: second.type_key("5"),
        lambda: second.set_state(State.UNKNOWN),
        second.undo,
    ):
        with pytest.raises(AnnotatorError, match="another window"):
            refused()
    assert second.coding == shown[0]
    assert second.focus.entry == ""
    assert session_in(light).coding == first.coding
    first.press("r")
    assert to_form(first.coding)["perpetrator"] == ["regime_air", "russia_air"]


def test_the_window_that_lost_moves_no_more(light: Project) -> None:
    first, second = session_in(light), session_in(light)
    first.press("a")
    second.step_passage(1)
    second.move_row(1)
    again = session_in(light)
    assert (again.item.number, again.row.name) == (1, "perpetrator")


def test_two_coders_do_not_see_each_other(light: Project) -> None:
    amal, basim = session_in(light, "amal"), session_in(light, "basim")
    amal.press("a")
    basim.press("r")
    assert to_form(session_in(light, "amal").coding) == COUNTS | {"perpetrator": ["regime_air"]}
    assert to_form(session_in(light, "basim").coding) == COUNTS | {"perpetrator": ["russia_air"]}
    assert basim.undo().refused is False
    assert basim.undo().refused


def test_a_project_without_passages_is_refused_in_one_sentence(tmp_path: Path) -> None:
    book = parse_codebook(LIGHT, "book.yaml")
    path = tmp_path / "empty.db"
    with create_project(
        path, name="empty", codebook_source=LIGHT, codebook=book, actor="maker"
    ) as project:
        desk = desk_for(project, None, "amal")
        with pytest.raises(AnnotatorError, match="no passages for amal"):
            CodingSession(desk)


# --- time -------------------------------------------------------------------------------------


def seconds(project: Project) -> float:
    return session_in(project).item.draft_seconds


def test_time_between_keys_counts_and_a_long_pause_only_so_far(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    clock.now += 5
    session.press("a")
    assert seconds(light) == 5
    clock.now += 4000
    session.press("r")
    assert seconds(light) == 5 + HABITS.longest_pause


def test_time_of_reading_and_moving_before_the_first_answer_counts(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    for place in (5, 10, 15):
        clock.now += 40
        session.move_cursor(session.item.start + place)
    clock.now += 20
    session.move_row(1)
    session.press("1")
    assert seconds(light) == 140


def test_time_before_an_undo_counts_for_the_passage_it_was_spent_on(light: Project) -> None:
    clock = Clock()
    session = session_in(light, clock=clock)
    session.press("a")
    clock.now += 7
    session.undo()
    assert seconds(light) == 7
