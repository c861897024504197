"""The palette and the help: every action is in both, does what its key does, or says why not."""

from pathlib import Path

import pytest
from textual import events

from annotator.tui.actions import CODING, REVIEW
from annotator.tui.keymap import KEYMAPS, Keymap
from annotator.tui.keys_text import all_keys
from annotator.tui.palette import palette
from annotator.tui.registry import Action, Context
from projects import CLAIMS, LIGHT, copied, make_project
from screens import Driver, coding_screen


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("projects")
    return {
        "light": make_project(folder / "light.db", LIGHT),
        "claims": make_project(folder / "claims.db", CLAIMS),
    }


@pytest.fixture
def light(files: dict[str, Path], tmp_path: Path) -> Path:
    return copied(files["light"], tmp_path)


@pytest.fixture
def claims(files: dict[str, Path], tmp_path: Path) -> Path:
    return copied(files["claims"], tmp_path)


def current(screen: Driver) -> str:
    return next(row for row in screen.body.split("\n")[2:] if row.startswith("> "))


# --- the palette ------------------------------------------------------------------------------


@pytest.mark.parametrize("groups", [CODING, REVIEW])
@pytest.mark.parametrize("name", KEYMAPS)
def test_every_action_is_in_the_palette_with_its_keys(
    groups: tuple[object, ...], name: str
) -> None:
    keymap = Keymap(groups, name)  # type: ignore[arg-type]
    entries = palette(keymap, lambda _: "", lambda _: None)
    found = {entry.about: entry for entry in entries}
    assert len(found) == len(keymap.actions)
    for group in keymap.groups:
        for action in filter(keymap.has, group.actions):
            entry = found[f"{action.help} ({action.id})"]
            assert (entry.text, entry.keys) == (action.title, all_keys(keymap, action))
            elsewhere = group.context is not Context.ANSWERING
            assert bool(entry.why_not) == (elsewhere or action.says_which)


def test_an_entry_does_its_action_and_says_why_it_cannot() -> None:
    keymap = Keymap(CODING)
    done: list[Action] = []
    undo = keymap.action("answer.undo")
    entries = palette(keymap, lambda one: "not now." if one is undo else "", done.append)
    for entry in entries:
        if not entry.why_not:
            entry.take()
    assert undo not in done
    assert keymap.action("answer.redo") in done
    assert next(entry.why_not for entry in entries if entry.text == "Undo") == "not now."


async def test_what_is_typed_finds_an_action_by_title_help_or_id_and_enter_does_it(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        await screen.type(":none of")
        assert current(screen).startswith("> None of these")
        assert screen.hint == "type to find  ↑ ↓ choose  Enter take  Esc back"
        await screen.press("enter")
        assert screen.column[0].startswith("*>Perpetrator none of these")
        for typed in ("take the away answer", "answer.clear"):
            await screen.type(f":{typed}")
            assert current(screen).startswith("> Clear")
            await screen.press("escape")
        await screen.type(":clear")
        await screen.press("enter")
        assert screen.column[0] == "!>Perpetrator"


async def test_what_cannot_be_done_says_why_and_the_list_stays(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type(":Doubt")
        assert "Not now: There is no answer here to be unsure of." in screen.body
        assert await screen.press("enter") == "There is no answer here to be unsure of."
        assert current(screen).startswith("> Doubt")
        await screen.press("backspace " * 6)
        assert "│" in screen.body


@pytest.mark.parametrize("keys", ["escape", "shift+tab", "backspace"])
async def test_the_palette_is_left_without_doing_anything(light: Path, keys: str) -> None:
    async with coding_screen(light) as screen:
        await screen.press(f": {keys}")
        assert "│" in screen.body
        assert "saved" not in screen.status


async def test_keys_move_in_the_list_and_pasted_text_is_looked_for(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press(": down tab up")
        assert current(screen).startswith("> Next question")
        await screen.press("end")
        last = current(screen)
        await screen.press("pageup pagedown")
        assert current(screen) == last
        await screen.press("home")
        assert current(screen).startswith("> Submit, go on")
        screen.screen.post_message(events.Paste("Redo"))
        await screen.pilot.pause()
        assert current(screen).startswith("> Redo")
        assert "Nothing here is called so." in await screen.press("x y enter")


async def test_the_third_time_the_message_names_the_key(light: Path) -> None:
    async with coding_screen(light) as screen:
        told = "Next question has a key: Tab."
        for times in (1, 2, 3):
            await screen.type(":next question")
            message = await screen.press("enter")
            assert (told in message) == (times == 3)


async def test_the_program_can_be_left_from_the_palette(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type(":quit")
        await screen.press("ctrl+c")
        assert screen.screen.app.return_code == 0


# --- help -------------------------------------------------------------------------------------


async def test_help_begins_with_what_is_in_focus_and_the_keys_that_work_there(
    claims: Path,
) -> None:
    async with coding_screen(claims) as screen:
        await screen.press("?")
        rows = screen.body.split("\n")
        assert rows[1].strip() == "Mention"
        assert rows[2].strip() == "Is anyone said to be dead?"
        assert [row.split() for row in rows[4:7]] == [["Keys", "here"], ["y", "Yes"], ["n", "No"]]
        await screen.press("? C ?")
        assert "Which words is claim 1 about?" in screen.body
        assert "M         More like this" in screen.body


async def test_help_on_a_field_says_what_can_be_typed(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab ?")
        assert "9 exact    ~30 about" in screen.body
        assert "n not stated u unknown x n/a" in screen.body


async def test_words_are_found_in_the_help(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type("?/drop the")
        assert screen.message == "Find: drop the_"
        assert screen.body.split("\n")[1].strip().startswith("Esc ,")
        await screen.press("x")
        assert "That stands nowhere here." in screen.body
        await screen.press("escape")
        assert screen.body.split("\n")[0].strip().startswith("Help (1-")
        assert await screen.press("*") == "/ first: it looks for words."
        await screen.type("/undo")
        await screen.press("enter * #")
        assert "undo" in screen.body.split("\n")[1].lower()


# --- keys -------------------------------------------------------------------------------------

CONTEXTS = {
    Context.ANSWERING: (),
    Context.PANEL: ("?",),
    Context.CHOOSING: (":",),
    Context.PROMPT: ("s", "N"),
}
"""The keys that lead to where the keys of a context hold, with the light codebook."""


@pytest.mark.slow
@pytest.mark.parametrize("name", KEYMAPS)
@pytest.mark.parametrize("context", [*CONTEXTS, Context.TEXT])
async def test_every_key_of_every_action_reaches_its_method(
    light: Path, name: str, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    keymap = Keymap(CODING, name)
    group_context = Context.ANSWERING if context is Context.TEXT else context
    actions = [
        action
        for group in CODING
        for action in filter(keymap.has, group.actions)
        if group.context is group_context
    ]
    async with coding_screen(light, keymap=keymap) as screen:
        done: list[str] = []
        for action in actions:
            monkeypatch.setattr(
                screen.screen, action.method, lambda one=action.id: done.append(one)
            )
            monkeypatch.setattr(screen.screen, action.why_not, str, raising=False)
        monkeypatch.setattr(screen.screen, "in_text", context is Context.TEXT)
        for before in CONTEXTS.get(context, ()):
            screen.screen.take_key(before)
        for action in actions:
            keys = keymap.keys(action)
            if context is Context.TEXT:
                keys = keymap.text_keys(action)
            for key in keys:
                done.clear()
                await screen.press(key)
                assert done == [action.id], key
