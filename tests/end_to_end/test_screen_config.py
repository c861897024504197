"""The real program on a terminal, as a config file has it: keymap, keys, theme, mouse."""

import re
from pathlib import Path

import pytest

from projects import LIGHT, coding_program, make_project, review_program, session_on
from terminal import Terminal

COLOURED = re.compile(rb"\x1b\[[0-9;]*[34]8;2;")
"""A colour that is not one of the terminal's own."""
MOUSE_ON = b"\x1b[?1000h"
ALTERNATE_SCREEN = b"\x1b[?1049h"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "config.db", LIGHT)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


def opened(project: Path, config: Path) -> Terminal:
    env = {"ANNOTATOR_CONFIG": str(config), "COLUMNS": None, "LINES": None, "NO_COLOR": None}
    return Terminal(coding_program(project, "amal"), env={**env, "COLORTERM": "truecolor"})


def test_the_screen_takes_keymap_keys_theme_and_mouse_from_the_file(
    project: Path, config: Path
) -> None:
    config.write_text(
        'keymap = "vi"\ntheme = "dark"\nmouse = false\n[keys]\n"answer.undo" = ["^"]\n',
        encoding="utf-8",
    )
    with opened(project, config) as terminal:
        terminal.wait_for("done 0/3")
        terminal.wait_for("^ undo")
        terminal.type("s", "escape", "v", "w")
        assert terminal.screen.startswith(" TEXT · amal")
        terminal.type("v", "^")
        assert "Undone" in terminal.screen
        assert not terminal.screen.startswith(" TEXT")
        terminal.press("Q")
        assert terminal.wait() == 0
        sent = bytes(terminal.sent)
    assert COLOURED.search(sent)
    assert MOUSE_ON not in sent
    with session_on(project) as session:
        assert session.coding.answers["perpetrator"].value == ("regime_shelling",)
        assert session.coding.answers["perpetrator"].evidence == ()


def test_without_a_file_the_mouse_is_taken_and_the_terminal_keeps_its_colours(
    project: Path, config: Path
) -> None:
    config.write_text("", encoding="utf-8")
    with opened(project, config) as terminal:
        terminal.wait_for("done 0/3")
        terminal.press("Q")
        assert terminal.wait() == 0
        sent = bytes(terminal.sent)
    assert MOUSE_ON in sent
    assert not COLOURED.search(sent)


@pytest.mark.parametrize("program", ["code", "review"])
def test_a_wrong_file_is_said_in_one_sentence_and_no_screen_opens(
    project: Path, config: Path, program: str
) -> None:
    config.write_text('\n[keys]\n"answer.undo" = ["ctrl+i"]\n', encoding="utf-8")
    command = coding_program(project, "amal") if program == "code" else review_program(project)
    env = {"ANNOTATOR_CONFIG": str(config), "COLUMNS": "200"}
    with Terminal(command, columns=200, env=env) as terminal:
        assert terminal.wait() == 2
        assert terminal.screen.strip() == f"{config}:3: answer.undo: ctrl+i arrives as Tab."
        assert ALTERNATE_SCREEN not in terminal.sent
