"""What an action of a screen is: one thing a key can do.

Pure data, and importing it loads no screen. The actions themselves stand in `actions`,
`text_actions`, `review_actions` and `shared_actions`; `keymap` says which key does what,
`keys_text` what people read about it.
"""

from enum import StrEnum
from typing import NamedTuple


class Context(StrEnum):
    """Where the keys of an action hold. In different ones two actions may share a key."""

    ANSWERING = "answering"
    """The work itself: answering, or settling."""
    TEXT = "text"
    """In the passage, in the keymap `vi`: small letters and digits move and mark."""
    PANEL = "panel"
    """Something to read lies over the work. A key that means nothing there closes it and does
    what it does in the work."""
    CHOOSING = "choosing"
    """A list to choose from lies over the work; what is typed looks for something in it."""
    PROMPT = "prompt"
    """A line or a note is being typed at the bottom."""


class Action(NamedTuple):
    """One thing a key can do.

    Keys are named as a terminal sends them: a printable character, or one of `space`, `enter`,
    `tab`, `shift+tab`, `escape`, `backspace`, `delete`, `left`, …

    Attributes:
        id: What config files call it: `answer.undo`. The screen's method is `do_answer_undo`; if
            there is a method `why_not_answer_undo`, it says why it cannot be done now.
        keys: Its keys, in every keymap unless `vi` says otherwise.
        title: Two or three words for lists.
        help: What it does, in sentences.
        short: The word on the hint line; an action without one is not shown there.
        vi: Its keys in the keymap `vi`, where they are others.
        text: Its keys while the coder is in the text (keymap `vi`), beside the others; there they
            go before what they do elsewhere.
        text_short: The word on the hint line while the coder is in the text.
        undoable: Whether the key that undoes takes it back.
        needed: Whether it must keep a key, since without it a newcomer is lost or locked in.
        says_which: Whether the key pressed says what it is done to, so that its keys are fixed.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    short: str = ""
    vi: tuple[str, ...] | None = None
    text: tuple[str, ...] = ()
    text_short: str = ""
    undoable: bool = False
    needed: bool = False
    says_which: bool = False

    @property
    def method(self) -> str:
        """The name of the screen's method that does it."""
        return "do_" + self.id.replace(".", "_")

    @property
    def why_not(self) -> str:
        """The name of the screen's method that says why it cannot be done, if there is one."""
        return "why_not_" + self.id.replace(".", "_")


class Group(NamedTuple):
    """Actions that belong together under one heading, and where their keys hold."""

    title: str
    actions: tuple[Action, ...]
    context: Context = Context.ANSWERING
