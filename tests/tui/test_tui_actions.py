"""The registry of actions: one place for keys, hints, help, docs and methods."""

import pytest
from rich.cells import cell_len

from annotator.tui.actions import (
    CODING,
    REVIEW,
    Action,
    Group,
    by_key,
    hints,
    keys_markdown,
    keys_text,
    shown_key,
    shown_keys,
)
from annotator.tui.base import WorkScreen
from annotator.tui.coding import CodingScreen
from annotator.tui.form_lines import keys_lines
from annotator.tui.review import ReviewScreen

SCREENS: list[type[WorkScreen]] = [CodingScreen, ReviewScreen]
NEEDS_MORE_THAN_A_KEY = ("ctrl+", "alt+", "meta+", "super+")


def actions(groups: tuple[Group, ...]) -> list[Action]:
    return [action for group in groups for action in group.actions]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_has_its_method_and_every_such_method_its_action(
    screen: type[WorkScreen],
) -> None:
    methods = {name for name in dir(screen) if name.startswith("do_")}
    assert methods == {action.method for action in actions(screen.GROUPS)}


@pytest.mark.parametrize("groups", [CODING, REVIEW])
def test_no_two_actions_of_a_screen_claim_a_key(groups: tuple[Group, ...]) -> None:
    assert len(by_key(groups)) == sum(len(action.keys) for action in actions(groups))


def test_a_key_claimed_twice_is_an_error() -> None:
    group = Group("x", (Action("a", ("k",), "A", "."), Action("b", ("k",), "B", ".")))
    with pytest.raises(ValueError, match="k is claimed by a and b"):
        by_key((group,))


def test_coding_leaves_small_letters_and_digits_to_the_codebook() -> None:
    assert not [key for key in by_key(CODING) if len(key) == 1 and (key.islower() or key.isdigit())]


@pytest.mark.parametrize("groups", [CODING, REVIEW])
def test_every_action_has_a_key_that_needs_no_ctrl_alt_or_function_key(
    groups: tuple[Group, ...],
) -> None:
    for action in actions(groups):
        plain = [key for key in action.keys if not key.startswith(NEEDS_MORE_THAN_A_KEY)]
        assert [key for key in plain if not (key[0] == "f" and key[1:].isdigit())], action.id


@pytest.mark.parametrize("groups", [CODING, REVIEW])
def test_ids_are_said_once_and_every_action_says_what_it_does(groups: tuple[Group, ...]) -> None:
    ids = [action.id for action in actions(groups)]
    assert len(set(ids)) == len(ids)
    assert all(action.title and action.help.endswith(".") for action in actions(groups))


@pytest.mark.parametrize("groups", [CODING, REVIEW])
def test_all_hints_fit_80_columns(groups: tuple[Group, ...]) -> None:
    shown = hints(groups, 78)
    assert cell_len(shown) <= 78
    for action in actions(groups):
        if action.short:
            assert f"{shown_key(action.keys[0])} {action.short}" in shown


@pytest.mark.parametrize("groups", [CODING, REVIEW])
@pytest.mark.parametrize("width", [20, 40, 58])
def test_where_hints_do_not_fit_keys_and_quit_stay(groups: tuple[Group, ...], width: int) -> None:
    shown = hints(groups, width)
    assert cell_len(shown) <= width
    assert shown.endswith("? keys  Q quit")


@pytest.mark.parametrize("groups", [CODING, REVIEW])
@pytest.mark.parametrize("width", [58, 78])
def test_the_panel_of_keys_has_every_action_whole(groups: tuple[Group, ...], width: int) -> None:
    lines = ["".join(text for text, _ in line) for line in keys_lines(keys_text(groups), width)]
    assert all(cell_len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    for action in actions(groups):
        entry = f"{' '.join(shown_keys(action))} {action.title}. {action.help}"
        assert " ".join(entry.split()) in said


def test_the_page_of_keys_has_every_action() -> None:
    page = keys_markdown()
    for action in [*actions(CODING), *actions(REVIEW)]:
        assert f"| {action.title} | {action.help} | `{action.id}` |" in page


def test_rows_of_keys_are_shown_as_their_ends() -> None:
    assert shown_keys(by_key(REVIEW)["3"]) == ["1–9"]
    assert shown_keys(by_key(REVIEW)["tab"]) == ["Tab", "↓"]
