"""Which key does what on a screen, in one of the two built-in keymaps.

One rule keeps keys and codebooks apart: **small letters and digits answer** (they belong to the
codebook), **capitals, signs, arrows, Tab and Enter command**. The keymap `vi` keeps it by going
into the text and out again: only there do small letters move and mark.
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import NamedTuple

from annotator.config.settings import Keys, Settings
from annotator.tui.key_names import key_named, shown_key
from annotator.tui.registry import Action, Context, Group

KEYMAPS = ("arrows", "vi")
"""The names of the built-in keymaps; the first is the one that stands if none is chosen."""

KeyOf = Callable[[str], str]
"""For the id of an action, its key as people read it: `Keymap.key`."""

_PALETTE = "show.palette"
_NONE: Keys = MappingProxyType({})


class Clash(NamedTuple):
    """Two actions that claim one key in one context."""

    key: str
    context: Context
    first: Action
    second: Action


class Keymap:
    """The keys of one screen.

    Args:
        groups: The actions of the screen.
        name: One of `KEYMAPS`.
        keys: Keys by action id, instead of those the keymap gives.
        text_keys: Keys in the text by action id, instead of those the keymap gives.
    """

    def __init__(
        self,
        groups: tuple[Group, ...],
        name: str = KEYMAPS[0],
        keys: Keys = _NONE,
        text_keys: Keys = _NONE,
    ) -> None:
        self.name = name
        self.groups = groups
        self.clashes: list[Clash] = []
        self._by_id = {action.id: action for _, action in self._actions()}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._text_keys: dict[str, tuple[str, ...]] = {}
        self._by_key: dict[tuple[Context, str], Action] = {}
        for group, action in self._actions():
            own = action.vi if self.has_text and action.vi is not None else action.keys
            self._keys[action.id] = keys.get(action.id, own)
            in_text = text_keys.get(action.id, action.text) if self.has_text else ()
            self._text_keys[action.id] = in_text
            self._claim(group.context, self._keys[action.id], action)
            self._claim(Context.TEXT, in_text, action)

    @property
    def has_text(self) -> bool:
        """Whether one can go into the text, where small letters move and mark."""
        return self.name == "vi"

    def _actions(self) -> Iterator[tuple[Group, Action]]:
        return ((group, action) for group in self.groups for action in group.actions)

    def _claim(self, context: Context, keys: tuple[str, ...], action: Action) -> None:
        for key in keys:
            holder = self._by_key.setdefault((context, key), action)
            if holder is not action:
                self.clashes.append(Clash(key, context, holder, action))

    @property
    def actions(self) -> list[Action]:
        """Every action of the screen that there is in this keymap, in the order of its groups."""
        return [action for _, action in self._actions() if self.has(action)]

    def has(self, action: Action) -> bool:
        """Whether there is an action in this keymap: going into the text and back is not in all."""
        return self.has_text or bool(action.keys)

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action where its group's keys hold."""
        return self._keys[action.id]

    def action(self, action_id: str) -> Action:
        """The action of an id.

        Raises:
            KeyError: The screen has no such action.
        """
        return self._by_id[action_id]

    def text_keys(self, action: Action) -> tuple[str, ...]:
        """The keys an action has in the text beside those."""
        return self._text_keys[action.id]

    def key(self, action_id: str) -> str:
        """The first key of an action as people read it; where it has none, the way by its title.

        Raises:
            KeyError: The screen has no such action.
        """
        action = self.action(action_id)
        keys = self.keys(action) or self.text_keys(action)
        return shown_key(keys[0]) if keys else f"{self.key(_PALETTE)} {action.title}"

    def find(self, context: Context, key: str) -> Action | None:
        """The action of a key in a context; in the text, what it does elsewhere if nothing there.

        Args:
            context: Where the coder is.
            key: The key's name.
        """
        found = self._by_key.get((context, key))
        if found is None and context is Context.TEXT:
            return self._by_key.get((Context.ANSWERING, key))
        return found


def keymap_of(groups: tuple[Group, ...], settings: Settings) -> Keymap:
    """The keymap of a screen as the config file has it.

    Args:
        groups: The actions of the screen.
        settings: The config file's; `annotator.tui.key_settings` has found its keys right.
    """
    return Keymap(groups, settings.keymap, _named(settings.keys), _named(settings.text_keys))


def _named(keys: Keys) -> Keys:
    return {action_id: tuple(map(key_named, written)) for action_id, written in keys.items()}
