"""Where a key of the coding screen goes: into the field, to a code, or to an action.

Apart from the screen, so that recorded keys can be replayed through a session without one.
"""

from enum import Enum
from typing import TYPE_CHECKING

from annotator.codebook.model import VariableType
from annotator.tui.keymap import Keymap
from annotator.tui.registry import Context

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.work.session import CodingSession

_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_SIGNS = {
    VariableType.COUNT: frozenset(_DIGITS + "~<>≤≥vnux"),
    VariableType.DATE: frozenset(_DIGITS + "nux"),
    VariableType.NUMBER: frozenset(_DIGITS + "-.nux"),
}
"""What goes into a field; every other key picks or commands as it does outside of one."""
_INNER_SIGNS = {
    VariableType.COUNT: frozenset("+-–(),="),
    VariableType.DATE: frozenset("-.we"),
    VariableType.NUMBER: frozenset(),
}
"""What goes into a field once something stands there."""

_OFFERS = frozenset({"candidate.next", "candidate.previous"})


class Goes(Enum):
    """What a key is for."""

    FIELD = "field"
    CODE = "code"
    ACTION = "action"


def where_goes(
    key: str, session: "CodingSession", keymap: Keymap, context: Context, *, marking: bool
) -> Goes:
    """Where a key goes now.

    One that goes to a code and picks none in the question in focus is an action's after all.

    Args:
        key: The key's name.
        session: The session.
        keymap: The keys of the screen.
        context: Where the coder is.
        marking: Whether words are being marked: then the keys that move and mark go first.
    """
    action = keymap.find(context, key)
    acts = action.id if action is not None else ""
    if marking and acts.startswith(("cursor.", "mark.")):
        return Goes.ACTION
    variable = session.row.variable if session.row.is_typed else None
    offers = _offers(acts, session, marking=marking)
    if variable is not None and not offers and _types(key, variable.type, session, marking=marking):
        return Goes.FIELD
    is_answer = len(key) == 1 and (key.islower() or key.isdigit())
    return Goes.CODE if is_answer else Goes.ACTION


def _offers(action_id: str, session: "CodingSession", *, marking: bool) -> bool:
    """Whether an action steps through candidates or takes one, before anything is typed."""
    if session.focus.entry or not session.candidates:
        return False
    takes = action_id == "mark.toggle" and session.candidate is not None and not marking
    return takes or action_id in _OFFERS


def _types(key: str, kind: VariableType, session: "CodingSession", *, marking: bool) -> bool:
    """Whether a key goes into the field: any character of a text, else what numbers take."""
    if key == "backspace":
        return True
    if kind is VariableType.TEXT:
        return len(key) == 1 or (key == "space" and bool(session.entry))
    entry = session.focus.entry
    if key == "space":
        # Within `12 (12-20)` or `2016 w`; anywhere else it marks words.
        inside = bool(entry) and not entry.endswith(" ")
        return inside and kind is not VariableType.NUMBER and not marking
    if entry and kind is VariableType.DATE and len(key) == 1 and key.isalpha():
        # `3 May 2014` is no date here; typed whole, it is refused whole, and M copies nothing.
        return True
    return key in _SIGNS[kind] or (bool(entry) and key in _INNER_SIGNS[kind])
