"""The steps of the tutorial, done by a session without a screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.cli.tutorial import make_tutorial
from annotator.coding.model import Span, State
from annotator.coding.skipping import SkipReason
from annotator.store.project import open_project
from annotator.work.session import CodingSession
from annotator.work.tutorial import Scene, Tutor
from annotator.work.tutorial_steps import STEPS
from projects import session_in

Do = Callable[[CodingSession], object]
SCREEN_ONLY = ("into the text", "move", "out of the text", "search")
SHOWN: dict[str, str] = {"help": "show.keys"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    with open_project(make_tutorial(tmp_path)) as project:
        yield session_in(project, "you")


def words(session: CodingSession, text: str) -> Span:
    start = session.item.start + session.item.text.index(text)
    return Span(start, start + len(text), text)


def cursor_to(word: str) -> Do:
    return lambda session: session.move_cursor(words(session, word).start)


def answered(name: str, *, taken: int | None = None, typed: str = "") -> Do:
    def do(session: CodingSession) -> None:
        session.go_to(("", name))
        if taken is None:
            session.type_entry(typed)
        else:
            session.take_candidate(taken)

    return do


def override(session: CodingSession) -> None:
    (finding,) = session.findings
    session.override(finding, "it names nobody")


def claim(sentence: str) -> Do:
    return lambda session: session.add_record("claim", words(session, sentence))


def snipers_and_unknown(session: CodingSession) -> None:
    session.press("s")
    session.go_to(("", "killed"))
    session.set_state(State.UNKNOWN)


def none_of_children(session: CodingSession) -> None:
    session.go_to(("", "children"))
    session.pick_none()


def council(session: CodingSession) -> None:
    claim("The local council counted four dead")(session)
    session.press("c")
    session.type_entry("4")


SCRIPT: list[tuple[str, Do]] = [
    ("move", cursor_to("Nine")),
    ("pick a code", lambda session: session.press("a")),
    (
        "mark the words that say so",
        lambda session: session.mark(words(session, "Government warplanes")),
    ),
    ("next question", lambda session: session.move_row(1)),
    ("take words that are offered", lambda session: session.take_candidate()),
    ("write a count", answered("children", typed="3+")),
    ("doubt", lambda session: session.toggle_unsure()),
    ("a note", lambda session: session.set_note("who says so?")),
    ("undo", lambda session: session.undo()),
    ("submit", lambda session: session.submit()),
    ("flag", lambda session: session.toggle_flag()),
    ("skip", lambda session: session.skip(SkipReason.LANGUAGE)),
    ("undo works there too", lambda session: session.undo()),
    ("pick another code", lambda session: session.press("u")),
    (
        "numbers of another language",
        lambda session: (answered("killed", taken=0)(session), session.take_candidate()),
    ),
    ("let a warning stand", override),
    ("submit", lambda session: session.submit()),
    ("search", cursor_to("six")),
    ("unknown", snipers_and_unknown),
    ("not stated", none_of_children),
    ("records", claim("A monitoring group counted at least six dead")),
    ("fill in a record", lambda session: (session.press("m"), session.take_candidate())),
    ("another record", council),
    ("help", lambda session: None),
    ("submit", lambda session: session.submit()),
]
"""What does each step of the keymap `arrows`, which has no way into the text."""


def tutor_for(*, plain: bool = False) -> Tutor:
    steps = [step for step in STEPS if step.title not in ("into the text", "out of the text")]
    return Tutor(steps, lambda action: f"<{action}>", plain=plain)


def title_of(tutor: Tutor) -> str:
    return tutor.step.title if tutor.step is not None else ""


@pytest.mark.parametrize("plain", [False, True])
def test_each_step_is_done_by_what_it_asks_for_and_by_nothing_before(
    session: CodingSession, plain: bool
) -> None:
    tutor = tutor_for(plain=plain)
    tutor.look(Scene(session))
    for title, do in SCRIPT:
        if plain and title in SCREEN_ONLY:
            continue
        assert title_of(tutor) == title
        assert not tutor.look(Scene(session)), f"{title} is done before anything was done for it"
        do(session)
        assert tutor.look(Scene(session, shown=SHOWN.get(title, ""))), f"{title}: {tutor.wrong}"
        assert tutor.wrong == ""
    assert tutor.step is None
    assert tutor.title == "That was the last step"
    assert ("<app.quit> leaves" in tutor.task) is not plain
    assert session.progress.done == 3


def test_in_the_keymap_with_a_text_mode_one_goes_in_and_out_of_it(session: CodingSession) -> None:
    tutor = Tutor(STEPS, str)
    assert not tutor.look(Scene(session))
    assert title_of(tutor) == "into the text"
    assert tutor.look(Scene(session, in_text=True))
    cursor_to("Nine")(session)
    assert tutor.look(Scene(session, in_text=True))
    assert title_of(tutor) == "out of the text"
    assert tutor.look(Scene(session))
    assert title_of(tutor) == "pick a code"


WRONG: list[tuple[str, Do, str]] = [
    ("pick a code", lambda session: session.press("s"), "“Snipers” is picked;"),
    ("pick a code", lambda session: session.pick_none(), "none of the codes applies"),
    (
        "mark the words that say so",
        lambda session: session.mark(words(session, "warplanes struck")),
        "Marked is “warplanes struck”, not “Government warplanes”; <answer.undo> undoes it",
    ),
    (
        "take words that are offered",
        answered("killed", typed="9"),
        "9 is right, but without words: <answer.undo>",
    ),
    ("take words that are offered", lambda session: session.take_candidate(1), "It says 3+ now"),
    ("write a count", answered("children", typed="3"), "3 says exactly three"),
    ("write a count", answered("children", typed="4"), "It says 4 now, not 3+"),
    (
        "doubt",
        lambda session: (session.go_to(("", "killed")), session.toggle_unsure()),
        "Another answer is marked now",
    ),
    ("submit", lambda session: session.clear(), "Missing: Children is not answered"),
    (
        "submit",
        lambda session: session.step_passage(1),
        "This is passage 2, the step is on passage 1: <passage.previous> goes there.",
    ),
    (
        "flag",
        lambda session: session.step_passage(-1),
        "This is passage 1, the step is on passage 2: <passage.next> goes there.",
    ),
    ("unknown", lambda session: (session.press("s"), session.set_state(State.NOT_STATED)), ""),
    ("records", lambda session: session.add_record("claim"), "A claim has no words yet"),
    ("records", claim("Snipers fired on a bus"), "A claim stands on “Snipers fired on a bus”"),
    ("fill in a record", lambda session: session.press("c"), "The claim is about another source"),
]


@pytest.mark.parametrize(("title", "do", "said"), WRONG)
def test_what_was_done_wrong_for_a_step_is_said(
    session: CodingSession, title: str, do: Do, said: str
) -> None:
    tutor = tutor_for()
    for before, right in SCRIPT:
        if before == title:
            break
        right(session)
        tutor.look(Scene(session))
    assert title_of(tutor) == title
    do(session)
    assert not tutor.look(Scene(session))
    assert said in tutor.wrong


def test_a_step_can_be_skipped_and_the_rest_still_done(session: CodingSession) -> None:
    tutor = tutor_for()
    for _ in range(len(SCRIPT)):
        assert tutor.step is not None
        tutor.skip(Scene(session))
        tutor.look(Scene(session))
        if tutor.step is None:
            break
    assert tutor.step is None
    tutor.skip(Scene(session))
    assert tutor.wrong == ""


def test_a_step_done_in_passing_is_passed_over(session: CodingSession) -> None:
    tutor = tutor_for()
    for title, do in SCRIPT[:6]:
        do(session)
        assert title != "doubt"
    assert tutor.look(Scene(session))
    assert title_of(tutor) == "doubt"
