"""The registry of actions and the keymaps: one place for keys, hints, help, docs and methods."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.tui.actions import CODING, DESK, REVIEW
from annotator.tui.base import WorkScreen
from annotator.tui.coding import CodingScreen
from annotator.tui.desk import DeskScreen
from annotator.tui.form_lines import keys_lines
from annotator.tui.key_names import shown_key
from annotator.tui.keymap import KEYMAPS, Keymap
from annotator.tui.keys_text import all_keys, hints, keys_markdown, keys_text, shown_keys
from annotator.tui.registry import Action, Context, Group
from annotator.tui.review import ReviewScreen

SCREENS: list[type[WorkScreen]] = [CodingScreen, ReviewScreen, DeskScreen]
NEEDS_MORE_THAN_A_KEY = ("ctrl+", "alt+", "meta+", "super+", "shift+")
MAPS = [Keymap(groups, name) for groups in (CODING, REVIEW, DESK) for name in KEYMAPS]
every_map = pytest.mark.parametrize("keymap", MAPS, ids=lambda keymap: keymap.name)


def actions(groups: tuple[Group, ...]) -> list[Action]:
    return [action for group in groups for action in group.actions]


def own_letters(key: str) -> bool:
    return len(key) == 1 and (key.islower() or key.isdigit())


# --- the registry -----------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_has_its_method_and_every_such_method_its_action(
    screen: type[WorkScreen],
) -> None:
    methods = {name for name in dir(screen) if name.startswith("do_")}
    assert methods == {action.method for action in actions(screen.GROUPS)}
    reasons = {name for name in dir(screen) if name.startswith("why_not_")}
    assert reasons <= {action.why_not for action in actions(screen.GROUPS)}


@pytest.mark.parametrize("groups", [CODING, REVIEW, DESK])
def test_ids_are_said_once_and_every_action_says_what_it_does(groups: tuple[Group, ...]) -> None:
    ids = [action.id for action in actions(groups)]
    assert len(set(ids)) == len(ids)
    assert all(action.title and action.help.endswith(".") for action in actions(groups))


def test_every_action_has_keys_in_one_keymap_at_least() -> None:
    for action in [*actions(CODING), *actions(REVIEW), *actions(DESK)]:
        assert action.keys or action.vi or action.text, action.id


# --- the keymaps ------------------------------------------------------------------------------


@every_map
def test_no_two_actions_claim_one_key_where_both_hold(keymap: Keymap) -> None:
    assert keymap.clashes == []


def test_a_key_claimed_twice_in_one_context_is_a_clash_that_names_both() -> None:
    first, second = Action("a", ("k",), "A", "."), Action("b", ("k",), "B", ".")
    (clash,) = Keymap((Group("x", (first, second)),)).clashes
    assert (clash.key, clash.context) == ("k", Context.ANSWERING)
    assert (clash.first, clash.second) == (first, second)
    apart = (Group("x", (first,)), Group("y", (second,), Context.PANEL))
    assert Keymap(apart).clashes == []


@pytest.mark.parametrize("name", KEYMAPS)
def test_coding_leaves_small_letters_and_digits_to_the_codebook(name: str) -> None:
    keymap = Keymap(CODING, name)
    for group in CODING:
        for action in group.actions:
            if group.context is Context.ANSWERING:
                assert not [key for key in keymap.keys(action) if own_letters(key)], action.id


@every_map
def test_nothing_needs_ctrl_alt_shift_with_an_arrow_or_a_function_key(keymap: Keymap) -> None:
    for action in keymap.actions:
        keys = (*keymap.keys(action), *keymap.text_keys(action))
        plain = [key for key in keys if not key.startswith(NEEDS_MORE_THAN_A_KEY)]
        assert [key for key in plain if not (key[0] == "f" and key[1:].isdigit())], action.id


@every_map
def test_escape_is_never_the_only_key(keymap: Keymap) -> None:
    for action in keymap.actions:
        keys = {*keymap.keys(action), *keymap.text_keys(action)}
        assert keys - {"escape"}, action.id


def test_in_the_text_of_vi_small_letters_move_and_other_keys_do_what_they_always_do() -> None:
    vi, arrows = Keymap(CODING, "vi"), Keymap(CODING)
    for keymap, key, context, wanted in (
        (vi, "w", Context.TEXT, "cursor.right"),
        (vi, "enter", Context.TEXT, "text.leave"),
        (vi, "escape", Context.TEXT, "mark.drop"),
        (vi, "tab", Context.TEXT, "answer.next"),
        (vi, "X", Context.TEXT, "answer.clear"),
        (vi, "enter", Context.ANSWERING, "answer.enter"),
        (vi, "escape", Context.ANSWERING, "text.enter"),
        (arrows, "escape", Context.ANSWERING, "mark.drop"),
    ):
        found = keymap.find(context, key)
        assert found is not None
        assert found.id == wanted
    assert vi.find(Context.ANSWERING, "w") is None
    assert arrows.find(Context.TEXT, "w") is None
    assert arrows.find(Context.ANSWERING, "%") is None


def test_keys_by_id_stand_instead_of_those_of_the_keymap() -> None:
    keymap = Keymap(CODING, "vi", {"answer.undo": ("&",)}, {"answer.undo": ()})
    undo = keymap.action("answer.undo")
    assert keymap.find(Context.ANSWERING, "&") is undo
    assert keymap.find(Context.TEXT, "&") is undo
    assert keymap.find(Context.ANSWERING, "U") is None
    assert keymap.find(Context.TEXT, "u") is None


# --- what people read -------------------------------------------------------------------------


@every_map
@pytest.mark.parametrize("context", [Context.ANSWERING, Context.TEXT])
def test_all_hints_fit_80_columns(keymap: Keymap, context: Context) -> None:
    shown = hints(keymap, 78, context)
    assert cell_len(shown) <= 78
    for action in keymap.actions:
        word, keys = action.short, keymap.keys(action)
        if context is Context.TEXT and not (action.needed and action.short):
            word, keys = action.text_short, keymap.text_keys(action)
        if word and keys:
            assert f"{shown_key(keys[0])} {word}" in shown


@every_map
@pytest.mark.parametrize("context", [Context.ANSWERING, Context.TEXT])
@pytest.mark.parametrize("width", [20, 40, 58])
def test_where_hints_do_not_fit_keys_and_quit_stay(
    keymap: Keymap, context: Context, width: int
) -> None:
    shown = hints(keymap, width, context)
    assert cell_len(shown) <= width
    assert shown.endswith("? keys  Q quit")


@every_map
@pytest.mark.parametrize("width", [58, 78])
def test_the_panel_of_keys_has_every_action_whole(keymap: Keymap, width: int) -> None:
    lines = ["".join(text for text, _ in line) for line in keys_lines(keys_text(keymap), width)]
    assert all(cell_len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    for action in keymap.actions:
        entry = f"{all_keys(keymap, action)} {action.title}. {action.help}"
        assert " ".join(entry.split()) in said


def test_the_page_of_keys_has_every_action_with_its_keys_in_both_keymaps() -> None:
    rows = keys_markdown().splitlines()
    for keymap in MAPS:
        for action in keymap.actions:
            (row,) = [row for row in rows if row.endswith(f"| `{action.id}` |")]
            assert f"| {action.title} | {action.help} |" in row
            for key in (*keymap.keys(action), *keymap.text_keys(action)):
                if not action.says_which:
                    assert f"`{shown_key(key)}`" in row


def test_keys_are_shown_as_people_call_them_and_rows_of_keys_as_their_ends() -> None:
    assert shown_keys(("1", "2", "3", "4")) == ["1–4"]
    assert shown_keys(("tab", "down", "shift+tab", "K")) == ["Tab", "↓", "Shift+Tab", "K"]
    assert shown_keys(("ctrl+k", "shift+left", "f1", "+")) == ["Ctrl+K", "Shift+←", "F1", "+"]


CODERS_PAGE = Path(__file__).parents[2] / "docs" / "coding.md"


def test_the_page_for_coders_names_every_key_of_the_work_and_none_that_does_nothing() -> None:
    keymap = Keymap(CODING)
    text = re.sub(r"```.*?```", "", CODERS_PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    said = set(re.findall(r"`([^`]+)`", text))
    there = {shown_key(key) for one in keymap.actions for key in keymap.keys(one)}
    work = [action for group in CODING if group.context is Context.ANSWERING
            for action in group.actions if keymap.has(action)]  # fmt: skip
    assert [one.id for one in work if shown_key(keymap.keys(one)[0]) not in said] == []
    keys = {one for one in said if len(one) == 1 or (one[0].isupper() and one.isalpha())}
    assert keys <= there
