"""No screen sends a terminal what hostile text would have it do, whatever is done on it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.tui.actions import SCREENS
from annotator.tui.keymap import Keymap
from annotator.tui.registry import Context
from hostile import CODER, MARK, SEEN_COMMAND, leaked, make_hostile_project
from projects import coding_program, copied, desk_program, review_program
from terminal import Terminal

OWN_SIZE: dict[str, str | None] = {"COLUMNS": None, "LINES": None}

PANELS = {
    "?": ["space", "space", "/", "r", "enter", "*"],
    "I": ["pagedown", "/", "w", "enter"],
    "@": ["down", "r", "a"],
    ":": ["s", "k"],
    "L": ["down", "down", "f", "l"],
    "G": ["x"],
    "/": ["m", "i", "enter"],
    "'": [],
    "F": ["pagedown"],
    "N": ["x"],
    '"': ["x"],
    "H": [],
    "E": ["5", "x"],
    "$": ["enter"],
    "=": [],
    "D": [],
    "!": [],
}
"""What can lie over the passage by the key that shows it, and keys that go on from there."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile_project(tmp_path_factory.mktemp("hostile") / "hostile.db")


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path)


def opened(command: Sequence[str], columns: int, rows: int) -> Terminal:
    return Terminal(command, columns=columns, rows=rows, env=OWN_SIZE)


def clean(terminal: Terminal) -> None:
    assert leaked(bytes(terminal.sent)) == "", terminal.screen


def back(terminal: Terminal) -> None:
    """To the work again, whatever lies over it; an escape takes a while, so only where it must."""
    terminal.press("shift+tab")
    terminal.settle(0.03)
    for said, key in (("q back", "q"), ("Esc back", "escape")):
        if said in terminal.screen.splitlines()[-1]:
            terminal.type(key)


@pytest.mark.parametrize(
    ("columns", "rows"), [(80, 24), pytest.param(150, 40, marks=pytest.mark.slow)]
)
def test_the_panels_of_the_coding_screen_show_hostile_text_spelled_out(
    project: Path, columns: int, rows: int
) -> None:
    shown = ""
    with opened(coding_program(project, CODER), columns, rows) as terminal:
        terminal.wait_for("done 0/")
        terminal.settle(0.3)
        for key, more in PANELS.items():
            for one in (key, *more):
                terminal.press(one)
                terminal.settle(0.03)
                shown += terminal.screen
            back(terminal)
            clean(terminal)
        terminal.press("Q")
        assert terminal.wait() == 0
        clean(terminal)
    assert SEEN_COMMAND in shown
    assert "<U+202E>" in shown


def keys_of(screen: str) -> list[str]:
    """A key for every action that works in the passage, but for leaving."""
    keymap = Keymap(SCREENS[screen])
    return [
        keymap.keys(action)[0]
        for group in keymap.groups
        if group.context is Context.ANSWERING
        for action in group.actions
        if keymap.has(action) and action.id != "app.quit"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 130])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_action_of_any_screen_sends_hostile_text_as_it_is(
    project: Path, screen: str, columns: int
) -> None:
    command, says = {
        "Coding": (coding_program(project, CODER), "done 0/"),
        "Review": (review_program(project), "left "),
        "Desk": (desk_program(project), "Who is how far"),
    }[screen]
    with opened(command, columns, 30) as terminal:
        terminal.wait_for(says)
        terminal.settle(0.3)
        for key in keys_of(screen):
            terminal.press(key)
            terminal.settle(0.05)
            terminal.press("down")
            terminal.settle(0.03)
            back(terminal)
            if "Paused." in terminal.screen:
                terminal.type("enter")
            assert terminal.running, (key, terminal.screen)
            assert leaked(bytes(terminal.sent)) == "", (key, terminal.screen)
        terminal.press("ctrl+c")
        assert terminal.wait() == 0
        clean(terminal)


def test_the_review_screen_shows_hostile_text_spelled_out(project: Path) -> None:
    shown = ""
    with opened(review_program(project), 100, 40) as terminal:
        terminal.wait_for("left 1")
        keys = "down pagedown F . I q ? q V q L escape O escape N x enter a E 1 Q S 1 w escape 1 s"
        for key in keys.split():
            shown += terminal.type(key)
            clean(terminal)
        terminal.press("Q")
        assert terminal.wait() == 0
        clean(terminal)
    assert SEEN_COMMAND in shown


def test_a_screen_that_cannot_open_says_so_without_hostile_bytes(tmp_path: Path) -> None:
    path = tmp_path / f"none\x1b[{MARK}m\x07\u202e.db"
    for command in (coding_program(path), review_program(path), desk_program(path)):
        with opened(command, 300, 24) as terminal:
            assert terminal.wait() == 2
            terminal.settle(0.1)
            clean(terminal)
            assert f"none␛[{MARK}m␇<U+202E>.db" in terminal.screen


def test_the_check_for_leaks_finds_each_kind() -> None:
    for raw in ("\x1b[7771m", "\x1b]52;c;x\x07", "\x1bPx", "\x9b1m", "\x07", "\x08", "\u202e",
                "\r7771", "\t7771", "\U000e0041", "\u200b"):  # fmt: skip
        assert leaked(f"a{raw}b".encode()), raw
    assert leaked(b"a\x9bb")
    assert leaked("\x1b[1;31mred\x1b[0m\r\n\x1b[?25l\x1b[2K–".encode()) == ""


def test_every_panel_key_is_one_of_the_coding_screen() -> None:
    assert set(PANELS) <= set(keys_of("Coding"))
