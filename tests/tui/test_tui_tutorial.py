"""The tutorial on its screen, walked from the first step to the last by keys."""

from pathlib import Path

import pytest

from annotator.cli.tutorial import make_tutorial
from annotator.config.settings import Settings
from annotator.tui.actions import CODING
from annotator.tui.keymap import KEYMAPS, Keymap
from annotator.tui.tutorial import TutorialScreen, tutorial_keymap
from annotator.work.tutorial_steps import STEPS
from projects import session_on
from screens import Driver, tutorial_screen

PATHS: dict[str, list[tuple[str, str]]] = {
    "arrows": [("move", "right_parenthesis")],
    "vi": [("into the text", "escape"), ("move", "right_parenthesis"), ("out of the text", "i")],
}
"""The keys of the steps that differ between keymaps: they come first."""

WALK = [
    ("pick a code", "a"),
    ("mark the words that say so", "left_parenthesis space right space"),
    ("next question", "tab"),
    ("take words that are offered", "space"),
    ("write a count", "3 plus"),
    ("doubt", "D"),
    ("a note", "N w h o enter"),
    ("undo", "U"),
    ("submit", "enter"),
    ("flag", "T"),
    ("skip", "E 2"),
    ("undo works there too", "U"),
    ("pick another code", "u"),
    ("numbers of another language", "tab space space"),
    ("let a warning stand", "W n o n e enter"),
    ("submit", "enter"),
    ("search", "slash s i x enter"),
    ("unknown", "s tab exclamation_mark exclamation_mark"),
    ("not stated", "tab minus"),
    ("records", "S A"),
    ("fill in a record", "m space"),
    ("another record", "left_parenthesis left_parenthesis S C c 4"),
    ("help", "question_mark"),
    ("submit", "q enter enter"),
]


def current(screen: Driver) -> str:
    assert isinstance(screen.screen, TutorialScreen)
    step = screen.screen.tutor.step
    return step.title if step is not None else ""


@pytest.mark.parametrize(
    "keymap", [pytest.param(name, marks=[pytest.mark.slow] * (name == "vi")) for name in KEYMAPS]
)
async def test_the_whole_tutorial_can_be_done_by_the_keys_it_tells(
    tmp_path: Path, keymap: str
) -> None:
    path = make_tutorial(tmp_path)
    async with tutorial_screen(path, Settings(keymap=keymap)) as screen:
        walk = PATHS[keymap] + WALK
        for number, (title, keys) in enumerate(walk, 1):
            assert current(screen) == title
            assert f"Step {number} of {len(walk)}: {title}" in screen.body
            *before, last = keys.split()
            await screen.press(" ".join(before))
            if len(before) < 2:
                assert current(screen) == title, "done before the last key of the step"
            await screen.press(last)
        assert "That was the last step" in screen.body
        assert "Q leaves" in screen.body
        assert "done 3/3" in screen.status


async def test_a_step_tells_the_key_that_the_config_file_gives(tmp_path: Path) -> None:
    settings = Settings(keys={"cursor.next_sentence": ("|",), "passage.flag": ("&",)})
    async with tutorial_screen(make_tutorial(tmp_path), settings) as screen:
        assert "| and ( by sentences" in screen.body
        assert "^ skips it" in screen.body
        await screen.press("vertical_line")
        assert current(screen) == "pick a code"


async def test_in_the_text_a_step_tells_the_keys_that_hold_there(tmp_path: Path) -> None:
    async with tutorial_screen(make_tutorial(tmp_path), Settings(keymap="vi")) as screen:
        await screen.press("escape")
        assert "l and h go by words, ) and ( by sentences." in screen.body
        await screen.press("l h w w w w w w w w w w w")
        assert current(screen) == "out of the text"


async def test_what_is_wrong_is_said_below_the_step_and_goes_when_it_is_mended(
    tmp_path: Path,
) -> None:
    async with tutorial_screen(make_tutorial(tmp_path), Settings()) as screen:
        await screen.press("right_parenthesis s")
        assert "“Snipers” is picked;" in screen.body
        await screen.press("a")
        assert "“Snipers” is picked;" in screen.body
        await screen.press("s")
        assert "Right. Step 3" in screen.body
        await screen.press("N")
        assert "“Snipers” is picked;" not in screen.body


async def test_a_step_is_skipped_by_its_key_and_stays_in_view_beside_panels(
    tmp_path: Path,
) -> None:
    async with tutorial_screen(make_tutorial(tmp_path), Settings(), size=(60, 16)) as screen:
        await screen.type(tutorial_keymap(Settings()).key("tutorial.skip"))
        assert "Step 2 of 25: pick a code" in screen.body
        for key in ("question_mark", "q", "colon", "escape", "I"):
            await screen.press(key)
            assert "Step 2 of 25: pick a code" in screen.body, key


async def test_in_the_palette_and_in_help_stands_how_to_skip(tmp_path: Path) -> None:
    async with tutorial_screen(make_tutorial(tmp_path), Settings()) as screen:
        await screen.press("colon s k i p space t h e")
        assert "Skip the step" in screen.body


@pytest.mark.parametrize("keymap", KEYMAPS)
def test_it_takes_less_than_five_minutes_by_the_keystroke_level_model(
    tmp_path: Path, keymap: str
) -> None:
    """An estimate (Card, Moran and Newell 1980), with reading.

    The words at 238 a minute (Brysbaert 2019, non-fiction read in silence), each step 1.35 s to
    think, each key 0.5 s, their figure for codes at random.
    """
    with session_on(make_tutorial(tmp_path)) as session:
        texts = [session.item.text]
        while session.step_passage(1).passage:
            texts.append(session.item.text)
    walk = PATHS[keymap] + WALK
    told = {step.title: step.screen for step in STEPS}
    words = sum(len(text.split()) for text in [*texts, *(told[title] for title, _ in walk)])
    keys = sum(len(pressed.split()) for _, pressed in walk)
    assert len(texts) == 3
    assert words / 238 * 60 + 1.35 * len(walk) + 0.5 * keys < 5 * 60


@pytest.mark.parametrize("keymap", KEYMAPS)
def test_every_action_a_step_names_is_an_action_of_the_coding_screen(keymap: str) -> None:
    keys = Keymap(CODING, keymap)
    named = {action for step in STEPS for action in step.actions}
    assert {keys.action(action).id for action in named} == named
    assert keys.clashes == []
    assert tutorial_keymap(Settings(keymap=keymap)).clashes == []


def test_where_every_spare_key_is_taken_the_palette_skips() -> None:
    ids = ("passage.flag", "passage.note", "check.list", "check.take")
    taken = dict(zip(ids, (("&",), ("^",), ("|",), ("~",)), strict=True))
    assert tutorial_keymap(Settings(keys=taken)).key("tutorial.skip") == ": Skip the step"
