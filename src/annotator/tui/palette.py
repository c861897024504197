"""The palette: everything there is to do on a screen, as a list to choose from."""

from collections.abc import Callable
from functools import partial

from annotator.tui.keymap import Keymap
from annotator.tui.keys_text import all_keys
from annotator.tui.overlays import Entry
from annotator.tui.registry import Action, Context, Group


def palette(
    keymap: Keymap, why_not: Callable[[Action], str], do: Callable[[Action], None]
) -> list[Entry]:
    """Every action of a screen, those that can be done in the work first.

    Args:
        keymap: The keys of the screen.
        why_not: Why an action cannot be done now; empty if it can.
        do: Does an action.
    """
    groups = sorted(keymap.groups, key=lambda group: group.context is not Context.ANSWERING)
    return [
        Entry(
            text=action.title,
            take=partial(do, action),
            keys=all_keys(keymap, action),
            about=f"{action.help} ({action.id})",
            words=f"{action.help} {action.id}",
            why_not=_why_not_here(group, action, keymap) or why_not(action),
        )
        for group in groups
        for action in group.actions
        if keymap.has(action)
    ]


def _why_not_here(group: Group, action: Action, keymap: Keymap) -> str:
    if group.context is not Context.ANSWERING:
        where = group.title.partition(" (")[0]
        return f"{where[0].lower()}{where[1:]} only."
    if action.says_which:
        return f"its key says what it is done to; press {all_keys(keymap, action)} itself."
    return ""
