"""`annotator keys`: what every key does on the screens."""

from enum import StrEnum
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured_for_screen
from annotator.cli.output import print_json, say

EXAMPLES = ("annotator keys", "annotator keys --keymap vi", "annotator keys --json")


class KeymapName(StrEnum):
    """The built-in keymaps."""

    ARROWS = "arrows"
    VI = "vi"


def keys(
    keymap: Annotated[
        KeymapName | None,
        typer.Option(
            help="A built-in keymap as it is; without this, the keys you have by your config file.",
            show_default=False,
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List what every key does on each screen, and the id of each action."""
    from annotator.tui.actions import SCREENS
    from annotator.tui.keymap import Keymap, keymap_of
    from annotator.tui.keys_text import all_keys, keys_json

    settings = configured_for_screen() if keymap is None else None
    maps = {
        title: keymap_of(groups, settings) if settings else Keymap(groups, keymap or "")
        for title, groups in SCREENS.items()
    }
    if as_json:
        print_json([entry for title, one in maps.items() for entry in keys_json(title, one)])
        return
    for title, one in maps.items():
        in_text = " (in brackets: in the text)" if one.has_text else ""
        say(f"{title} screen, keymap {one.name}{in_text}")
        for group in one.groups:
            say(f"\n {group.title}")
            for action in filter(one.has, group.actions):
                keys_ = all_keys(one, action) or "(none)"
                say(f"  {keys_:<14} {action.title}. {action.help} ({action.id})")
        say()
