"""What a key sends to the terminal, where a slow line has to carry it."""

import statistics
from pathlib import Path

import pyte
import pytest

from annotator.codebook.shipped import find_codebook
from projects import coding_program, make_project
from terminal import Terminal

MOST_FOR_A_MOVE = 400
"""Bytes that a key which moves or extends a mark may send at 80 columns and 24 rows."""
MOST_FOR_A_CODE = 900
"""The same for a key that applies a code or undoes one."""
OWN_SIZE: dict[str, str | None] = {"COLUMNS": None, "LINES": None}

SENTENCES = (
    "Shells fell on the market of Tal Amrit and four people died, the council of the town said.",
    "قُتل ستة مدنيين في دير النهر جراء قصف مدفعي لقوات النظام، بينهم طفلان.",
    "A mine killed two farmers near Ain Zarba; their names are not known to the monitor.",
)
PASSAGE = " ".join(SENTENCES * 8)
"""Some 300 words in two scripts, more than a screen holds."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = find_codebook("claims").read_text(encoding="utf-8")
    return make_project(tmp_path_factory.mktemp("bytes") / "bytes.db", book, [PASSAGE])


def sent_by(terminal: Terminal, keys: list[str]) -> list[int]:
    counts = []
    for key in keys:
        before = len(terminal.sent)
        terminal.type(key)
        counts.append(len(terminal.sent) - before)
    return counts


def test_moving_and_marking_send_the_lines_they_touch_and_no_more(project: Path) -> None:
    assert 290 <= len(PASSAGE.split()) <= 400
    with Terminal(coding_program(project), env=OWN_SIZE) as terminal:
        terminal.wait_for("done 0/1")
        terminal.settle(0.5)
        # A claim with words of its own, so that there are numbers and styles to be painted.
        terminal.type("C", "S", "space", "k", "home")
        terminal.type("up", "up", "up", "up")
        moves = sent_by(terminal, ["right"] * 12 + ["down", "up"] * 3 + [")", "("] * 2)
        terminal.type("space")
        extends = sent_by(terminal, ["right"] * 12 + ["down", "V", "<", ">", ")"])
        terminal.press("Q")
        assert terminal.wait() == 0
    for counts in (moves, extends):
        assert statistics.median(counts) <= MOST_FOR_A_MOVE / 2
        assert max(counts) <= MOST_FOR_A_MOVE
        assert min(counts) > 0


def test_applying_and_undoing_a_code_sends_the_cells_that_changed_and_no_more(
    project: Path,
) -> None:
    with Terminal(coding_program(project), env=OWN_SIZE) as terminal:
        terminal.wait_for("done 0/1")
        terminal.settle(0.5)
        terminal.type("home", "S", "C")
        applied, undone = [], []
        for key in "kickmi":
            applied += sent_by(terminal, [key])
            assert "Kind of claim ───" in terminal.screen
            undone += sent_by(terminal, ["U"])
            assert "Undone: Kind of harm +" in terminal.screen
        terminal.press("Q")
        assert terminal.wait() == 0
    for counts in (applied, undone):
        assert max(counts) <= MOST_FOR_A_CODE
        assert min(counts) > 100


def test_what_another_program_wrote_over_is_painted_anew_by_a_key(project: Path) -> None:
    with Terminal(coding_program(project), env=OWN_SIZE) as terminal:
        terminal.wait_for("done 0/1")
        terminal.settle(0.5)
        before = len(terminal.sent)
        wanted = terminal.type("|")
        assert "Painted anew." in wanted
        anew = pyte.Screen(80, 24)
        pyte.ByteStream(anew).feed(bytes(terminal.sent[before:]))
        assert "\n".join(row.rstrip() for row in anew.display) == wanted
        terminal.press("Q")
        assert terminal.wait() == 0


@pytest.mark.slow
def test_what_is_sent_piece_by_piece_is_what_the_whole_screen_would_be(project: Path) -> None:
    keys = (
        *("home", "S", "C", "k", "i", "U", ".", ".", "space", "down", "right", "space", "right"),
        *("X", "tab", "tab", "1", "2", "backspace", "?", "down", "escape", "@", "s", "escape"),
        *("tab", "p", "F", "H", "a", "*", "6", "shift+tab", "U", "Y", "N"),
    )
    with Terminal(coding_program(project), env=OWN_SIZE) as terminal:
        terminal.wait_for("done 0/1")
        terminal.settle(0.5)
        for key in keys:
            piecemeal = terminal.type(key)
            if key in ("i", "X", "?", "@", "Y"):
                # Another size and back makes the program send everything.
                terminal.resize(90, 30)
                terminal.settle(0.3)
                terminal.resize(80, 24)
                terminal.settle(0.3)
                assert terminal.screen == piecemeal, key
        terminal.press("Q")
        assert terminal.wait() == 0
