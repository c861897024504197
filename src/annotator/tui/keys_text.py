"""What people read about keys: the hint line, the list of keys, the page of the documentation."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from annotator.tui.actions import SCREENS
from annotator.tui.key_names import shown_key
from annotator.tui.keymap import KEYMAPS, Keymap
from annotator.tui.registry import Action, Context, Group


def shown_keys(keys: tuple[str, ...]) -> list[str]:
    """Keys as people read them; a row of letters or digits as its two ends."""
    if len(keys) > 3 and all(len(key) == 1 and key.isalnum() for key in keys):
        return [f"{keys[0]}–{keys[-1]}"]
    return [shown_key(key) for key in keys]


@lru_cache(maxsize=32)
def hints(keymap: Keymap, width: int, context: Context = Context.ANSWERING) -> str:
    """The hint line: the first key and the short word of every action that has one.

    Where they do not all fit, those before the last two are left out from the right: the list of
    keys and the way out are what a newcomer cannot do without.

    Args:
        keymap: The keys of the screen.
        width: Cells of the line.
        context: Where the coder is; in the text only what has a key of its own there is named.
    """
    shown = [
        f"{shown_key(keys[0])} {word}" for keys, word in _hinted(keymap, context) if keys and word
    ]
    while len(shown) > 2 and len("  ".join(shown)) > width:
        del shown[-3]
    return "  ".join(shown)


def _hinted(keymap: Keymap, context: Context) -> Iterable[tuple[tuple[str, ...], str]]:
    for group in keymap.groups:
        for action in group.actions:
            if context is Context.TEXT and (action.text_short or not action.needed):
                yield keymap.text_keys(action), action.text_short
            elif group.context in (context, Context.ANSWERING):
                yield keymap.keys(action), action.short


def keys_text(keymap: Keymap) -> list[tuple[str, str]]:
    """All keys of a screen for a panel: pairs of keys (empty: a heading) and what they do."""
    lines: list[tuple[str, str]] = []
    for group in keymap.groups:
        lines.append(("", group.title))
        lines += [
            (all_keys(keymap, action), f"{action.title}. {action.help}")
            for action in group.actions
            if keymap.has(action)
        ]
    return lines


def all_keys(keymap: Keymap, action: Action) -> str:
    """Every key of an action as people read it, those it has in the text besides in brackets."""
    keys = " ".join(shown_keys(keymap.keys(action)))
    in_text = " ".join(shown_keys(keymap.text_keys(action)))
    return " ".join(part for part in (keys, in_text and f"({in_text})") if part)


def keys_json(screen: str, keymap: Keymap) -> list[dict[str, object]]:
    """All keys of a screen for a program.

    Args:
        screen: The name of the screen.
        keymap: Its keys.
    """
    return [
        {
            "screen": screen,
            "id": action.id,
            "title": action.title,
            "help": action.help,
            "context": group.context.value,
            "keys": list(keymap.keys(action)),
            "text_keys": list(keymap.text_keys(action)),
            "undoable": action.undoable,
        }
        for group in keymap.groups
        for action in group.actions
        if keymap.has(action)
    ]


_PAGE = """\
# Keys

Small letters and digits answer: they are the keys the codebook gives its codes.
Capitals, signs, arrows, Tab and Enter command. Nothing needs ctrl, alt or an F-key.

There are two keymaps. `arrows` is the one you get. In `vi` one goes into the text and out of it
again: in the text, which the status line calls TEXT, small letters and digits move and mark, and
every other key does what it does outside. Where the keys of `vi` are not those of `arrows` they
stand in a column of their own. [config.md](config.md) says how to choose a keymap and how to give
an action other keys, by the id in the last column; `annotator keys` lists those that you have.

This page is made from the action registry by `make docs`."""


def keys_markdown() -> str:
    """The page `docs/keys.md`."""
    parts = [_PAGE]
    shared = {group.title for group in _in_every_screen()}
    for screen, groups in SCREENS.items():
        own = [group.title for group in groups if group.title not in shared]
        parts += ["", f"## {screen}", *_tables(groups, own)]
    first = next(iter(SCREENS.values()))
    parts += ["", "## Everywhere", *_tables(first, shared)]
    return "\n".join(parts) + "\n"


def _in_every_screen() -> list[Group]:
    first, *others = SCREENS.values()
    return [group for group in first if all(group in other for other in others)]


def _tables(groups: tuple[Group, ...], titles: Collection[str]) -> Iterator[str]:
    arrows, vi = (Keymap(groups, name) for name in KEYMAPS)
    for group in groups:
        if group.title not in titles:
            continue
        yield from ("", f"### {group.title}", "")
        rows = [
            (_code(arrows.keys(action)), _in_vi(arrows, vi, action), action)
            for action in group.actions
        ]
        has_vi = any(in_vi for _, in_vi, _ in rows)
        yield f"| keys |{' in vi |' if has_vi else ''} action | what it does | id |"
        yield f"|---|{'---|' if has_vi else ''}---|---|---|"
        for keys, in_vi, action in rows:
            middle = f" {in_vi} |" if has_vi else ""
            yield f"| {keys} |{middle} {action.title} | {action.help} | `{action.id}` |"


def _in_vi(arrows: Keymap, vi: Keymap, action: Action) -> str:
    said = "" if vi.keys(action) == arrows.keys(action) else _code(vi.keys(action))
    in_text = _code(vi.text_keys(action))
    return ", ".join(part for part in (said, in_text and f"in the text {in_text}") if part)


def _code(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{key}`" for key in shown_keys(keys))
