"""The real program under a mouse, as terminals without motion events send one."""

from pathlib import Path

import pytest

from projects import LIGHT, coding_program, make_project, session_on
from terminal import Terminal

DOWN, UP, WHEEL_UP, WHEEL_DOWN = "0M", "0m", "64M", "65M"
FIRST_LINE = 5
"""The row of the terminal, from 1, on which the passage begins below its head."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "mouse.db", LIGHT)


def mouse(what: str, column: int, row: int) -> str:
    """What a terminal sends (SGR encoding) for a button or the wheel at a cell, from 1."""
    return f"\x1b[<{what[:-1]};{column};{row}{what[-1]}"


def words(path: Path, question: str) -> list[str]:
    with session_on(path) as session:
        answer = session.coding.answers[question]
        return [span.text for span in answer.evidence]


def test_a_drag_is_a_button_going_down_on_one_word_and_up_on_another(project: Path) -> None:
    with Terminal(coding_program(project, "amal")) as terminal:
        terminal.wait_for("done 0/3")
        terminal.settle()
        terminal.type(mouse(DOWN, 15, FIRST_LINE), mouse(UP, 3, FIRST_LINE), "s")
        terminal.wait_for("*s Regime shelling")
        terminal.press("Q")
        assert terminal.wait() == 0
    assert words(project, "perpetrator") == ["Shells fell on"]


def test_a_click_a_key_and_a_click_mark_what_lies_between(project: Path) -> None:
    with Terminal(coding_program(project, "amal")) as terminal:
        terminal.wait_for("done 0/3")
        terminal.settle()
        for key in ("", "space"):
            terminal.type(key, mouse(DOWN, 10, FIRST_LINE), mouse(UP, 10, FIRST_LINE))
        terminal.type(mouse(DOWN, 20, FIRST_LINE + 1), mouse(UP, 20, FIRST_LINE + 1), "s")
        terminal.wait_for("*s Regime shelling")
        terminal.press("Q")
        assert terminal.wait() == 0
    assert words(project, "perpetrator") == [
        "fell on the market of Tal Amrit. Four people died, the council"
    ]


def test_the_wheel_moves_the_text_and_scrolls_a_panel(project: Path) -> None:
    with Terminal(coding_program(project, "amal")) as terminal:
        terminal.wait_for("done 0/3")
        terminal.settle()
        terminal.type("?")
        terminal.wait_for("Help (1-")
        terminal.type(mouse(WHEEL_DOWN, 10, 10))
        terminal.wait_for("Help (4-")
        terminal.type(mouse(WHEEL_UP, 10, 10), mouse(WHEEL_UP, 10, 10))
        terminal.wait_for("Help (1-")
        terminal.type("q", mouse(WHEEL_DOWN, 10, 10), "space", "s")
        terminal.wait_for("*s Regime shelling")
        terminal.press("Q")
        assert terminal.wait() == 0
    assert words(project, "perpetrator") == ["among"]


def test_a_click_goes_to_a_choice_and_another_one_takes_it(project: Path) -> None:
    with Terminal(coding_program(project, "amal")) as terminal:
        terminal.wait_for("done 0/3")
        terminal.settle()
        terminal.type(":", *"mark")
        rows = terminal.wait_for("Mark the passage").split("\n")
        row = 1 + next(number for number, text in enumerate(rows) if "Mark the passage" in text)
        terminal.type(mouse(WHEEL_DOWN, 10, row))
        terminal.wait_for("What to do (4 of")
        click = (mouse(DOWN, 10, row), mouse(UP, 10, row))
        terminal.type(*click)
        terminal.wait_for(">  Mark the passage".replace("  ", " "))
        terminal.settle(0.6)
        terminal.type(*click, "s")
        terminal.wait_for("*s Regime shelling")
        terminal.press("Q")
        assert terminal.wait() == 0
    assert words(project, "perpetrator")[0].startswith(
        "Shells fell on the market of Tal Amrit. Four"
    )
