"""The real program on terminals that can do little: no size, too small, no colour, few signs."""

import re
from pathlib import Path

import pytest

from annotator.tui.cells import cells
from projects import LIGHT, SEED_REPORT, coding_program, copied, make_project, session_on
from terminal import Terminal

OWN_SIZE: dict[str, str | None] = {"COLUMNS": None, "LINES": None}
COLOURS = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
BARS = re.compile(rb"\x1b\[(?:[0-9;]*;)?7[;m]")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("seed") / "seed.db", LIGHT, SEED_REPORT)


@pytest.fixture
def project(seed: Path, tmp_path: Path) -> Path:
    return copied(seed, tmp_path)


def opened(path: Path, columns: int = 80, rows: int = 24, **env: str | None) -> Terminal:
    return Terminal(coding_program(path), columns=columns, rows=rows, env=OWN_SIZE | env)


def code_one(terminal: Terminal) -> None:
    """Answer the two questions of a passage, with words, and leave."""
    terminal.press("S", "a", "1", "enter")
    terminal.wait_for("done 1/5")
    terminal.press("Q")
    assert terminal.wait() == 0


def test_a_terminal_without_a_size_is_taken_for_one_of_80_by_24(project: Path) -> None:
    with opened(project, 0, 0) as terminal:
        terminal.wait_for("done 0/5")
        # The last line of a painting may be on its way still.
        terminal.wait_for("Q quit")
        assert terminal.screen.split("\n")[23].strip().endswith("? keys  Q quit")
        code_one(terminal)


def test_a_terminal_too_small_says_so_takes_no_answer_and_works_when_it_grows(
    project: Path,
) -> None:
    with opened(project, 20, 5) as terminal:
        terminal.wait_for("This screen needs")
        terminal.settle(1.0)
        terminal.type("a", "enter", "?")
        terminal.resize(80, 24)
        terminal.wait_for("done 0/5")
        terminal.wait_for("!>Perpetrator")
        terminal.resize(20, 5)
        terminal.wait_for("This screen needs")
        terminal.press("Q")
        assert terminal.wait() == 0
    with session_on(project) as session:
        assert session.row.answer is None


def test_whatever_size_a_terminal_is_given_the_work_goes_on(project: Path) -> None:
    sizes = [(120, 40), (60, 16), (70, 20), (1, 1), (200, 50), (100, 30), (61, 17)]
    with opened(project, 80, 24) as terminal:
        terminal.wait_for("done 0/5")
        terminal.type("S")
        for columns, rows in sizes:
            terminal.resize(columns, rows)
            terminal.settle(0.3)
            if columns >= 60:
                lines = terminal.wait_for("Perpetrator").split("\n")
                assert len(lines) == rows
                assert max(map(cells, lines)) <= columns
                assert lines[-1].rstrip().endswith("Q quit")
                assert lines[0].startswith(" amal · main")
        code_one(terminal)
    with session_on(project) as session:
        session.step_passage(-1)
        assert session.coding.answers["perpetrator"].evidence


@pytest.mark.parametrize("term", ["linux", "xterm-256color", "vt100"])
def test_without_colour_none_is_sent_and_focus_marks_and_cursor_are_bars_all_the_same(
    project: Path, term: str
) -> None:
    with opened(project, NO_COLOR="1", TERM=term) as terminal:
        terminal.wait_for("done 0/5")
        terminal.settle()
        for keys in (("space",), ("right",)):
            before = len(terminal.sent)
            terminal.type(*keys)
            assert BARS.search(bytes(terminal.sent[before:]))
        code_one(terminal)
        assert not COLOURS.search(bytes(terminal.sent))


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_a_text_console_is_sent_no_line_arrow_or_quotation_mark_that_it_may_lack(
    project: Path, term: str
) -> None:
    with opened(project, TERM=term) as terminal:
        terminal.wait_for("done 0/5")
        terminal.type("?", "pagedown", "q", "I", "q", "tab", "tab", "1", "2", "space", "space")
        terminal.type("right", "space", "left", "F", "q", "down", "down", "down")
        said = bytes(terminal.sent).decode()
        assert not set(said) & set("│─↑↓←→…“”‘’–—")
        assert " | " in terminal.screen or " |" in terminal.screen
        # What every such font has, and every letter of the report, is left alone.
        assert "·" in said
        assert "¶" in said
        terminal.press("Q")
        assert terminal.wait() == 0
