"""The keymap `vi` on the coding screen: into the text and out of it, and what a key means there."""

from pathlib import Path

import pytest

from annotator.coding.form import to_form
from annotator.config.settings import Settings
from annotator.tui.actions import CODING
from annotator.tui.keymap import Keymap, keymap_of
from projects import LIGHT, copied, make_project, session_on
from screens import coding_screen

VI = Keymap(CODING, "vi")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("projects") / "light.db", LIGHT)


@pytest.fixture
def light(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path)


def perpetrator(path: Path) -> object:
    with session_on(path) as session:
        return to_form(session.coding).get("perpetrator")


async def test_outside_of_the_text_small_letters_answer_as_in_the_other_keymap(light: Path) -> None:
    async with coding_screen(light, keymap=VI) as screen:
        assert await screen.press("s 3 enter") == "Submitted."


@pytest.mark.parametrize("into", ["escape", "%"])
async def test_in_the_text_small_letters_move_and_none_of_them_answers(
    light: Path, into: str
) -> None:
    async with coding_screen(light, keymap=VI) as screen:
        assert "TEXT" not in screen.status
        await screen.press(into)
        assert screen.status.strip().startswith("TEXT · amal")
        assert "v mark" in screen.hint
        idle = screen.message
        assert await screen.press("w l w b h k j") == idle
        assert "does nothing here" in await screen.press("z")
        assert "does nothing here" in await screen.press("3")
        await screen.press("i s")
        assert "TEXT" not in screen.status
    assert perpetrator(light) == ["regime_shelling"]


@pytest.mark.parametrize("out", ["i", "a", "enter"])
async def test_marked_words_go_to_the_code_picked_after_leaving_the_text(
    light: Path, out: str
) -> None:
    async with coding_screen(light, keymap=VI) as screen:
        await screen.press(f"% v w {out} s")
    words = [{"start": 0, "end": 11, "text": "Shells fell"}]
    assert perpetrator(light) == {"value": ["regime_shelling"], "evidence": words}


async def test_putting_marked_words_behind_an_answer_goes_back_to_answering(light: Path) -> None:
    async with coding_screen(light, keymap=VI) as screen:
        await screen.press("s B % v v")
        assert "TEXT" not in screen.status
        await screen.press("% s")
        assert "TEXT" in screen.status
        await screen.press("escape w u")
        assert screen.message.startswith("Undone")
        assert "TEXT" in screen.status


async def test_messages_and_hints_name_the_keys_one_has(light: Path) -> None:
    settings = Settings(
        keys={
            "answer.none": ("&",),
            "mark.toggle": ("ctrl+k",),
            "answer.undo": ("ctrl+z",),
            "show.keys": ("f1",),
            "show.codebook": (),
        }
    )
    async with coding_screen(light, keymap=keymap_of(CODING, settings)) as screen:
        assert screen.hint.startswith("Enter submit  Tab next  & none  Ctrl+Z undo  Ctrl+K mark")
        assert " & none of these" in screen.column
        message = await screen.press("ctrl+k")
        assert message.endswith("or Ctrl+K for the answer in focus.")
        assert await screen.press("?") == "? does nothing here; F1 lists the keys."
        assert await screen.press("I") == "I does nothing here; F1 lists the keys."
        assert screen.screen.key("show.codebook") == ": Codebook entry"
        await screen.press("&")
        assert screen.column[0].startswith("*>Perpetrator none of these")


@pytest.mark.parametrize("before", ["", "s N x", ":", "?", "E", "tab tab 4"])
async def test_ctrl_c_leaves_wherever_one_is_even_if_another_key_is_to_quit(
    light: Path, before: str
) -> None:
    keymap = keymap_of(CODING, Settings(keys={"app.quit": ("&",)}))
    async with coding_screen(light, keymap=keymap) as screen:
        await screen.press(before)
        assert screen.screen.app.return_code is None
        await screen.press("ctrl+c")
        assert screen.screen.app.return_code == 0
