"""The real program on a terminal: a report coded by keyboard, left, come back to, reviewed."""

import re
from pathlib import Path

import pytest

from annotator.store.adjudications import adjudications
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from annotator.store.verify import verify
from projects import (
    LIGHT,
    SEED_REPORT,
    coding_program,
    copied,
    make_project,
    review_program,
    session_on,
)
from terminal import Terminal

OWN_SIZE: dict[str, str | None] = {"COLUMNS": None, "LINES": None}
COLOURS = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("seed") / "seed.db", LIGHT, SEED_REPORT)


@pytest.fixture
def project(seed: Path, tmp_path: Path) -> Path:
    return copied(seed, tmp_path)


def opened(path: Path, coder: str = "amal", **env: str | None) -> Terminal:
    return Terminal(coding_program(path, coder), env=OWN_SIZE | env)


def quit_with(terminal: Terminal, key: str = "Q") -> None:
    terminal.press(key)
    assert terminal.wait() == 0


def test_a_report_is_coded_left_come_back_to_and_reviewed(project: Path) -> None:
    with opened(project) as terminal:
        terminal.wait_for("done 0/5")
        terminal.press("a", "1", "enter")
        terminal.wait_for("done 1/5")
        terminal.press("right", "left", "space", "right", "right", "s", "tab")
        terminal.wait_for(">Cause of death")
        quit_with(terminal)
    with opened(project) as terminal:
        terminal.wait_for("done 1/5")
        screen = terminal.wait_for(">Cause of death")
        assert "¶2/5" in screen
        assert re.search(r'\* Perpetrator Regime shelling *"', screen)
        terminal.press("3", "tab", "1", "2", "+", "enter")
        terminal.wait_for(">Children")
        terminal.press("3", "enter", "enter")
        terminal.wait_for("done 2/5")
        for done in (3, 4, 5):
            terminal.press("-", "tab", "-", "enter")
            terminal.wait_for(f"done {done}/5")
        terminal.wait_for("Every passage is coded.")
        quit_with(terminal, "ctrl+c")

    with opened(project, "basim") as terminal:
        terminal.wait_for("done 0/5")
        terminal.wait_for("! Cause of death")
        assert "!>Perpetrator" in terminal.screen
        for done in range(1, 6):
            terminal.press("a", "1", "enter")
            terminal.wait_for(f"done {done}/5")
        quit_with(terminal)

    with Terminal(review_program(project), env=OWN_SIZE) as terminal:
        terminal.wait_for("left 4")
        screen = terminal.wait_for("1 take A  2 take B")
        assert "amal" not in screen
        assert "basim" not in screen
        terminal.press("1", "t")
        terminal.wait_for("settled 1  left 3")
        quit_with(terminal)

    with open_project(project) as found:
        assert verify(found) == []
        assert len(adjudications(found, rounds(found)[0].id)) == 1
    with session_on(project) as session:
        session.step_passage(-1)
        assert session.progress.done == 5


def test_one_perpetrator_one_cause_and_on_is_three_keys_a_passage(project: Path) -> None:
    keys = ["a", "1", "enter"] * 5
    with opened(project) as terminal:
        terminal.wait_for("done 0/5")
        terminal.press(*keys)
        terminal.wait_for("done 5/5")
    assert len(keys) == 3 * 5


@pytest.mark.parametrize("term", ["linux", "xterm", "screen", "vt100"])
def test_a_simple_terminal_is_enough(project: Path, term: str) -> None:
    with opened(project, TERM=term) as terminal:
        terminal.wait_for("done 0/5")
        terminal.press("a")
        screen = terminal.wait_for("*>Perpetrator Regime air")
        rows = screen.split("\n")
        assert rows[0].lstrip().startswith("amal · main · aleppo-2016-12-21.txt ¶1/5")
        assert "? keys  Q quit" in rows[23]
        quit_with(terminal)


def test_without_colour_nothing_is_coloured_and_all_is_said(project: Path) -> None:
    sent = {}
    for no_colour in ("1", None):
        with opened(project, NO_COLOR=no_colour) as terminal:
            terminal.wait_for("done 0/5")
            terminal.press("X", "space", "right", "a", "tab", "X", "enter")
            terminal.wait_for("!>Cause of death")
            terminal.wait_for("Not yet: Cause of death")
            assert re.search(r'\* Perpetrator Regime air.*…"', terminal.screen)
            terminal.press("B")
            terminal.wait_for("*a Regime air strikes")
            quit_with(terminal)
            sent[no_colour] = bytes(terminal.sent)
    assert COLOURS.search(sent[None])
    assert not COLOURS.search(sent["1"])


def test_the_screen_before_the_project_is_open_is_there_and_can_be_left(project: Path) -> None:
    with opened(project) as terminal:
        terminal.wait_for("amal")
        quit_with(terminal)


def test_a_project_that_is_not_there_is_one_sentence_and_no_screen_is_left(tmp_path: Path) -> None:
    with opened(tmp_path / "none.db") as terminal:
        assert terminal.wait(20) == 2
        said = " ".join(terminal.screen.split())
    assert "none.db" in said.replace(" ", "")
    assert "Traceback" not in said
    assert "done " not in said


HOSTILE = (
    "Shells \x1b]0;OWNED\x07fell on \x1b[31;42mTal\x1b[2J Amrit \x9b35m and \x9d0;X\x9c killed",
    "\u202etxt.exe\u202c nine \u2066people\u2069 \u200f\u061c died \u2028here \ufeff\x00\x08\x7f.",
)
NEVER_SENT = (
    b"OWNED\x07", b"\x1b]0;", b"\x1b[31;42m", b"\xc2\x9b", b"\xc2\x9d", b"\x08\x7f", b"\x00",
    *(sign.encode() for sign in "\u202e\u202c\u2066\u2069\u200f\u061c\u2028\ufeff"),
)  # fmt: skip


def test_nothing_in_a_report_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    path = make_project(tmp_path / "hostile.db", LIGHT, HOSTILE)
    with opened(path) as terminal:
        terminal.wait_for("done 0/2")
        terminal.type("P", "a", "tab", "N", "x", "enter", "I", "q")
        terminal.press("1", "enter")
        terminal.wait_for("done 1/2")
        terminal.wait_for("<U+202E>txt.exe")
        terminal.type("S", "a", "right", "?", "q")
        quit_with(terminal)
        sent = bytes(terminal.sent)
    assert not [sign for sign in NEVER_SENT if sign in sent]
