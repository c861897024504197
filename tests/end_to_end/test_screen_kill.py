"""`kill -9` at any moment of coding: what the screen showed is there afterwards."""

import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.coding.model import Coding
from annotator.store.project import open_project
from annotator.store.verify import verify
from annotator.tui.form_lines import outline_lines
from annotator.work.session import CodingSession
from projects import LIGHT, SEED_REPORT, coding_program, make_project, session_on
from terminal import Terminal

KEYS = ["a", "h", "s", "r", "1", "3", "4", "-", "X", "!", "U", "R", "B", "tab", "tab", "enter",
        "enter", "D", "s", "3", "a", "1", "}", "{"]  # fmt: skip
LEFT = 50
"""Cells of the passage and the border at 80 columns; the questions stand after them."""


class State(NamedTuple):
    """What a coder sees of a session, and what it holds."""

    done: int
    number: int
    outline: tuple[str, ...]
    coding: Coding


def state_of(session: CodingSession) -> State:
    lines = outline_lines(session.rows, session.row, session.gaps, (), 80 - LEFT, 5)
    return State(
        session.progress.done,
        session.item.number,
        tuple("".join(text for text, _ in line).rstrip() for _, line in lines),
        session.coding,
    )


def is_shown(state: State, screen: str) -> bool:
    rows = screen.split("\n")
    found = re.search(r"¶(\d)/5.* done (\d)/5", rows[0])
    if found is None or (state.number, state.done) != (int(found[1]), int(found[2])):
        return False
    return tuple(row[LEFT:].rstrip() for row in rows[1:6]) == state.outline


def apply(session: CodingSession, key: str) -> None:
    """Do to a session what the coding screen does to it for a key."""
    in_field = session.row.is_typed
    commands: dict[str, Callable[[], object]] = {
        "X": session.clear,
        "!": session.cycle_state,
        "U": session.undo,
        "R": session.redo,
        "D": session.toggle_unsure,
        "B": lambda: session.move_row(-1),
        "tab": lambda: session.move_row(1),
        "}": lambda: session.step_passage(1),
        "{": lambda: session.step_passage(-1),
    }
    if key in commands:
        commands[key]()
    elif key == "enter":
        is_last = session.row.place == session.rows[-1].place
        _ = session.move_row(1) if in_field and not is_last else session.submit()
    elif key == "-" and not (in_field and session.focus.entry):
        session.pick_none()
    elif in_field and (key.isdigit() or key == "-"):
        session.type_key(key)
    else:
        session.press(key)


def states_after(path: Path, keys: list[str], folder: Path) -> list[State]:
    """The states a coder goes through with these keys, from the project as it is."""
    copy = Path(shutil.copy(path, folder / "copy.db"))
    with session_on(copy) as session:
        states = [state_of(session)]
        for key in keys:
            apply(session, key)
            states.append(state_of(session))
    copy.unlink()
    return states


def live_and_die(path: Path, keys: list[str], states: list[State], chance: random.Random) -> int:
    """Press some of the keys, then kill; the number of the last state the screen showed."""
    shown = -1

    def look() -> None:
        nonlocal shown
        later = (n for n in range(max(shown, 0), len(states)) if is_shown(states[n], screen.screen))
        shown = next(later, shown)

    with Terminal(coding_program(path), env={"COLUMNS": None, "LINES": None}) as screen:
        screen.wait_for("done ")
        screen.settle()
        look()
        for key in keys[: chance.randint(1, len(keys))]:
            screen.press(key)
            screen.read(chance.choice([0, 0.001, 0.01, 0.03, 0.06]))
            look()
        time.sleep(chance.random() * 0.02)
        screen.kill()
        while screen.read(0.05):
            look()
        return shown


def killed(path: Path, folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    seen = 0
    for _ in range(times):
        keys = chance.choices(KEYS, k=30)
        states = states_after(path, keys, folder)
        shown = live_and_die(path, keys, states, chance)
        assert shown >= 0, "no painted screen was one the keys lead to"
        seen += shown
        with open_project(path) as project:
            assert verify(project) == []
        with session_on(path) as session:
            found = state_of(session)
        assert found in states[shown:], (keys, shown, states[shown], found)
    assert seen > times, "the kills came before anything was shown"


def test_what_was_shown_is_there_after_a_few_kills(tmp_path: Path) -> None:
    path = make_project(tmp_path / "test.db", LIGHT, SEED_REPORT)
    killed(path, tmp_path, times=4, seed=1)


@pytest.mark.slow
def test_what_was_shown_is_there_after_thirty_kills(tmp_path: Path) -> None:
    path = make_project(tmp_path / "test.db", LIGHT, SEED_REPORT)
    killed(path, tmp_path, times=30, seed=20161221)
