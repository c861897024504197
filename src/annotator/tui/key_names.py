"""The names of keys: as terminals send them, as people read and write them.

What a key sends was read from Textual's parser (`textual._ansi_sequences`) and, for the keys that
terminals disagree on, from PuTTY, tmux and the Linux console.
"""

import re
import unicodedata

_SHOWN = {
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "Bksp",
    "insert": "Ins",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
_WRITTEN = {
    **{shown.lower(): name for name, shown in _SHOWN.items()},
    "return": "enter",
    " ": "space",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
    "command": "super",
    "win": "super",
    "meta": "alt",
}
_SHIFTED = ("tab", "left", "right", "up", "down", "home", "end")
"""Keys that most terminals send another way while shift is held."""
_SENT_AS = {"i": "Tab", "m": "Enter", "h": "Bksp", "[": "Esc"}
_HELD = ("shift", "ctrl", "alt")
_UNSENT = {
    "super", "hyper", "fn", "capslock", "caps_lock", "numlock", "num_lock", "scrolllock",
    "scroll_lock", "printscreen", "print_screen", "pause", "menu", "altgr",
    *(f"f{number}" for number in range(13, 36)),
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key's name as people read it."""
    if len(key) == 1:
        return key
    return "+".join(_SHOWN.get(part) or part.capitalize() for part in key.split("+"))


def key_named(written: str) -> str:
    """The name under which a key arrives that someone wrote down.

    Args:
        written: A printable character, or a name such as `Tab`, `pageup`, `PgUp`, `ctrl+k`.

    Raises:
        ValueError: No terminal sends such a key, or it arrives as another; the message is a
            sentence that says which.
    """
    single = unicodedata.normalize("NFC", written)
    if len(single) == 1 and single != " ":
        if not single.isprintable() or unicodedata.combining(single):
            raise ValueError(f"{written!r} is no key; write a sign that can be seen, or a name.")
        return single
    if not written.strip("+"):
        raise ValueError("A key without a name is no key.")
    parts = [part if len(part) == 1 else part.strip() for part in single.lower().split("+")]
    if single.endswith("++"):
        parts[-2:] = ["+"]
    *held, last = (_WRITTEN.get(part, part) for part in parts)
    name = "+".join([*held, last])
    if reason := _refused(held, last, name):
        raise ValueError(reason)
    return name


def _refused(held: list[str], last: str, name: str) -> str:
    """Why a key cannot be used; empty if it can."""
    modifiers = set(held)
    if unsent := next((part for part in (*held, last) if part in _UNSENT), ""):
        return f"No terminal sends {unsent}."
    if last in _HELD:
        return f"No terminal sends {last} alone."
    if unknown := next((part for part in held if part not in _HELD), ""):
        return f"There is no key {name}: {unknown} cannot be held down with another."
    if len(last) != 1 and last not in _SHOWN:
        from difflib import get_close_matches

        near = get_close_matches(last, [*_SHOWN, *_WRITTEN], 1)
        return f"There is no key {name}." + (f" Is {near[0]} meant?" if near else "")
    if "alt" in modifiers:
        return f"{name} does not arrive: many terminals keep Alt for their menus."
    if modifiers == {"shift"}:
        return _refused_with_shift(last, name)
    if "ctrl" in modifiers:
        return _refused_with_ctrl(modifiers, last, name)
    return ""


def _refused_with_shift(last: str, name: str) -> str:
    if last in _SHIFTED:
        return ""
    if len(last) == 1 and last.isalpha():
        return f'{name} arrives as the capital letter; write "{last.upper()}".'
    if len(last) == 1:
        return f"{name} arrives as the sign it types; write that sign."
    return f"{name} arrives as {shown_key(last)}."


def _refused_with_ctrl(modifiers: set[str], last: str, name: str) -> str:
    if last in _SENT_AS:
        return f"{name} arrives as {_SENT_AS[last]}."
    if last.isdigit():
        return f"{name} arrives as {last}, or as another control key."
    if last in ("space", "@"):
        return f"{name} arrives as ctrl+@, and on some terminals not at all."
    if last in ("left", "right", "up", "down"):
        return f"{name} arrives as {shown_key(last)} from PuTTY."
    if len(last) > 1:
        return f"{name} arrives as {shown_key(last)} on most terminals."
    if not re.fullmatch("[a-z]", last):
        return f"Terminals differ in what they send for {name}."
    if "shift" in modifiers:
        return f"{name} arrives as ctrl+{last}."
    return ""
