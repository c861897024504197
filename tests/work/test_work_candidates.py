"""Candidates in the session: which is offered first, taking one, undoing it, where it came from."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.coding.form import to_form
from annotator.coding.model import Span
from annotator.store.project import open_project
from annotator.store.rebuild import rebuild
from annotator.store.verify import verify
from annotator.work.focus import Change
from annotator.work.session import CodingSession
from offer_projects import OFFERED, OFFERS
from projects import copied, make_project, session_in, session_on


@pytest.fixture(scope="module")
def offers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("offers") / "offers.db", OFFERS, OFFERED)


@pytest.fixture
def path(offers_file: Path, tmp_path: Path) -> Path:
    return copied(offers_file, tmp_path)


@pytest.fixture
def session(path: Path) -> Iterator[CodingSession]:
    with open_project(path) as project:
        yield session_in(project)


def offered(session: CodingSession) -> str | None:
    """The words and the value of the candidate that is current."""
    if session.candidate is None:
        return None
    one = session.candidates[session.candidate]
    return f"{session.item.text[one.start : one.end]} = {one.shown}"


def span(session: CodingSession, words: str) -> Span:
    at = session.item.text.index(words)
    return Span(session.item.start + at, session.item.start + at + len(words), words)


def claim(session: CodingSession) -> dict[str, Any]:
    """The first claim as plain data."""
    found: dict[str, Any] = to_form(session.coding)["claim"][0]
    return found


def add_claim(session: CodingSession, words: str) -> None:
    session.add_record("claim", span(session, words))


def take(session: CodingSession, times: int = 1) -> Change:
    for _ in range(times):
        done = session.take_candidate()
        assert not done.refused
    return done


FIRST = OFFERED[0].split(". ")[0]
SECOND = OFFERED[0].split(". ")[1]


def test_a_record_can_be_added_on_marked_words_and_goes_on_to_its_first_question(
    session: CodingSession,
) -> None:
    add_claim(session, FIRST)
    assert claim(session)["evidence"][0]["text"] == FIRST
    assert session.row.name == "kind"


def test_one_key_takes_value_and_words_and_goes_on(session: CodingSession) -> None:
    add_claim(session, FIRST)
    assert offered(session) == "killed = Killed"
    take(session)
    assert offered(session) == "At least 12 = 12+"
    take(session)
    assert offered(session) == "three = 3"
    take(session, 3)
    assert session.row.name == "voice"
    at = session.item.text.index
    assert claim(session) == {
        "id": "r1",
        "evidence": [{"start": 0, "end": len(FIRST), "text": FIRST}],
        "kind": {
            "value": "killing",
            "evidence": [{"start": at("killed"), "end": at("killed") + 6, "text": "killed"}],
            "candidate": True,
        },
        "total": {
            "value": "12+",
            "evidence": [{"start": 0, "end": 11, "text": "At least 12"}],
            "candidate": True,
        },
        "children": {
            "value": "3",
            "evidence": [{"start": at("three"), "end": at("three") + 5, "text": "three"}],
            "candidate": True,
        },
        "place": {
            "value": "Tal Amrit",
            "evidence": [{"start": at("Tal"), "end": at("Tal") + 9, "text": "Tal Amrit"}],
            "candidate": True,
        },
        "day": {
            "value": {
                "start": "2016-12-20",
                "end": "2016-12-20",
                "precision": "1",
                "kind": "event",
                "words": "Tuesday",
            },
            "evidence": [{"start": at("Tuesday"), "end": at("Tuesday") + 7, "text": "Tuesday"}],
            "candidate": True,
        },
    }


def test_a_question_that_takes_no_words_gets_the_value_alone(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "voice"))
    take(session)
    assert claim(session)["voice"] == {"value": "the council", "candidate": True}


def test_nothing_is_answered_by_looking_at_candidates(session: CodingSession) -> None:
    add_claim(session, FIRST)
    before = session.coding
    for _ in range(8):
        for step in (1, 1, -1):
            session.step_candidate(step)
        session.move_row(1)
    assert session.coding is before


def test_words_in_the_claims_own_words_come_first(session: CodingSession) -> None:
    add_claim(session, SECOND)
    session.go_to(("r1", "kind"))
    assert offered(session) == "wounded = Injured"
    take(session)
    assert offered(session) == "30 = 30"
    session.go_to(("r1", "place"))
    assert offered(session) == "Tal Sus = Tal Sus"


def test_words_that_another_record_has_taken_come_last(session: CodingSession) -> None:
    whole = session.item.text.rstrip(".")
    add_claim(session, whole)
    take(session, 2)
    add_claim(session, whole)
    assert offered(session) == "wounded = Injured"
    take(session)
    assert offered(session) == "30 = 30"


def test_a_number_beside_no_cue_is_not_current_but_can_be_stepped_to(
    session: CodingSession,
) -> None:
    add_claim(session, SECOND)
    session.go_to(("r1", "children"))
    # It stands outside the claim's words, yet beside a word for children.
    assert offered(session) == "three = 3"
    session.step_passage(1)
    session.step_passage(-1)
    session.go_to(("r1", "total"))
    assert [one.near for one in session.candidates] == [True, False, True]
    session.step_candidate(-1)
    assert offered(session) == "three = 3"


def test_the_means_offered_first_stands_nearest_to_the_party(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "+act"))
    assert offered(session) == "the army = Army"
    take(session)
    assert offered(session) == "shells = Shells"
    take(session)
    assert offered(session) == "the group = Group"
    take(session)
    assert offered(session) == "mines = Mines"
    take(session)
    assert offered(session) is None  # every party of the passage is taken
    acts = claim(session)["act"]
    assert [(act["party"]["value"], act["means"]["value"]) for act in acts] == [
        ("army", "shell"),
        ("group", "mine"),
    ]
    assert all(act["party"]["candidate"] for act in acts)


def test_several_codes_are_taken_one_after_the_other(session: CodingSession) -> None:
    assert offered(session) == "raid = Raid"
    take(session)
    assert (session.row.name, offered(session)) == ("topics", "siege = Siege")
    take(session)
    assert (session.row.name, offered(session)) == ("topics", None)
    form = to_form(session.coding)["topics"]
    assert (form["value"], form["candidate"]) == (["raid", "siege"], True)
    assert [one["text"] for one in form["evidence"]] == ["raid", "siege"]


def test_the_words_of_a_code_that_stands_already_are_added_to_it(session: CodingSession) -> None:
    session.press("r")
    take(session)
    session.step_candidate(1)
    assert offered(session) == "raid = Raid"
    take(session)
    form = to_form(session.coding)["topics"]
    assert form["value"] == ["raid", "siege"]
    assert [one["text"] for one in form["evidence"]] == ["raid", "siege"]
    assert "candidate" not in form  # one of the codes was picked by hand


def test_yes_is_offered_by_the_words_that_say_so(session: CodingSession) -> None:
    session.move_row(1)
    take(session)
    assert to_form(session.coding)["sure"]["value"] is True


def test_an_answer_given_by_hand_is_offered_only_words_for_itself(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.press("k")
    session.go_to(("r1", "kind"))
    assert offered(session) == "killed = Killed"
    session.press("i")
    session.go_to(("r1", "kind"))
    assert offered(session) == "wounded = Injured"
    session.go_to(("r1", "total"))
    session.type_entry("7")
    session.move_row(1)
    session.move_row(-1)
    assert offered(session) is None
    session.step_candidate(1)
    take(session)
    assert claim(session)["total"]["value"] != "7"


def test_a_date_typed_by_hand_is_offered_the_words_that_say_it(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "day"))
    session.type_entry("2016-12-20")
    session.move_row(1)
    session.move_row(-1)
    assert offered(session) == "Tuesday = 2016-12-20"
    take(session)
    day = claim(session)["day"]
    assert "candidate" not in day
    assert [one["text"] for one in day["evidence"]] == ["Tuesday"]


def test_stepping_ends_the_step_that_typing_makes(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "total"))
    session.type_key("7")
    session.step_candidate(1)
    session.type_key("8")
    session.undo()
    assert claim(session)["total"] == "7"


def test_taking_another_candidate_leaves_the_words_of_the_first_behind(
    session: CodingSession,
) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "total"))
    take(session)
    session.go_to(("r1", "total"))
    session.step_candidate(1)
    session.step_candidate(1)
    take(session)
    (words,) = claim(session)["total"]["evidence"]
    assert words["text"] == "three"
    assert claim(session)["total"]["value"] == "3"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("total", lambda session: session.type_entry("13")),
        ("total", lambda session: session.type_entry("12+")),
        ("total", lambda session: session.cycle_state()),
        ("kind", lambda session: session.press("i")),
    ],
)
def test_a_value_given_by_hand_takes_the_mark_away(
    session: CodingSession, name: str, change: Callable[[CodingSession], Change]
) -> None:
    add_claim(session, FIRST)
    take(session, 2)
    session.go_to(("r1", name))
    before = session.coding.answer("r1", name)
    assert before is not None
    assert before.candidate
    change(session)
    after = session.coding.answer("r1", name)
    assert after is not None
    assert not after.candidate


def test_doubt_note_and_more_words_leave_the_mark(session: CodingSession) -> None:
    add_claim(session, FIRST)
    take(session)
    session.go_to(("r1", "kind"))
    session.toggle_unsure()
    session.set_note("unclear")
    session.mark(span(session, "shells"))
    assert claim(session)["kind"]["candidate"] is True


def test_undo_takes_value_and_words_back_in_one_step(session: CodingSession) -> None:
    add_claim(session, FIRST)
    take(session)
    before = session.coding
    take(session)
    done = session.undo()
    assert done.message == "Undone: Total: 12+"
    assert session.coding == before
    session.redo()
    assert claim(session)["total"]["candidate"] is True


def test_undo_takes_an_act_that_was_added_back_in_one_step(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "+act"))
    before = session.coding
    take(session)
    session.undo()
    assert session.coding == before


def test_moving_in_the_text_puts_the_candidate_out_until_the_next_question(
    session: CodingSession,
) -> None:
    add_claim(session, FIRST)
    session.move_cursor(session.item.start + 20)
    assert offered(session) is None
    assert session.take_candidate().refused
    session.move_row(1)
    assert offered(session) == "At least 12 = 12+"


def test_stepping_begins_at_the_cursor_and_goes_round(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "total"))
    at = session.item.text.index
    session.move_cursor(session.item.start + at("three"))
    session.step_candidate(1)
    assert offered(session) == "three = 3"
    assert session.focus.cursor == session.item.start + at("three")
    session.step_candidate(-1)
    assert offered(session) == "At least 12 = 12+"
    session.step_candidate(-1)
    assert offered(session) == "30 = 30"
    session.step_candidate(1)
    assert offered(session) == "At least 12 = 12+"
    session.move_cursor(session.item.start)
    session.step_candidate(-1)
    assert offered(session) == "30 = 30"


def test_typing_puts_the_candidate_out(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "total"))
    session.type_key("1")
    assert offered(session) is None
    assert session.take_candidate().refused


def test_text_that_is_no_value_yet_holds_the_coder_at_its_field(session: CodingSession) -> None:
    add_claim(session, FIRST)
    session.go_to(("r1", "total"))
    session.type_key("~")
    assert "is no answer yet" in session.step_candidate(1).message


def test_a_copy_of_a_claim_says_nothing_of_candidates(session: CodingSession) -> None:
    add_claim(session, FIRST)
    take(session, 2)
    session.copy_record()
    copy = to_form(session.coding)["claim"][1]
    assert copy["total"] == "12+"


def test_arabic_passages_offer_their_words(session: CodingSession) -> None:
    session.step_passage(1)
    add_claim(session, session.item.text.rstrip("."))
    seen = []
    for _ in range(5):
        seen.append(offered(session))
        take(session)
    assert seen == [
        "قتل = Killed",
        "٩ = 9",
        "طفلان = 2",
        "مدينة تل عمريت = مدينة تل عمريت",
        "20 كانون الأول 2016 = 2016-12-20",
    ]


def test_a_passage_without_such_words_offers_nothing(session: CodingSession) -> None:
    session.step_passage(1)
    session.step_passage(1)
    assert session.candidates == ()
    assert session.step_candidate(1).refused
    assert session.take_candidate(0).refused


def test_where_the_coder_was_outlasts_a_restart(path: Path) -> None:
    with session_on(path) as session:
        add_claim(session, FIRST)
        session.go_to(("r1", "total"))
        session.step_candidate(1)
    with session_on(path) as session:
        assert offered(session) == "three = 3"
        session.move_cursor(session.item.start + 3)
        session.keep_place()
    with session_on(path) as session:
        assert offered(session) is None


def test_hidden_text_offers_nothing(session: CodingSession) -> None:
    session.pause()
    assert session.candidates == ()
    assert session.candidate is None
    session.resume()
    assert offered(session) == "raid = Raid"


def test_the_mark_is_kept_with_the_submitted_coding_and_rebuilt(path: Path) -> None:
    with open_project(path) as project:
        session = session_in(project)
        add_claim(session, FIRST)
        take(session, 2)
        assert not session.submit().refused
        session.step_passage(-1)
        assert session.item.submitted is not None
        assert session.item.submitted.answer("r1", "total") == session.coding.answer("r1", "total")
        assert claim(session)["total"]["candidate"] is True
        assert verify(project) == []
        rebuild(project)
        assert verify(project) == []
