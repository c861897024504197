"""The fields of the config file, each with what it means and what stands if it is left out.

One table for everything that speaks of a field: reading, `annotator config`, `docs/config.md`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, get_type_hints

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the id of their action."""

_NO_KEYS: Keys = MappingProxyType({})


class _Says(NamedTuple):
    """What is said of a field: its meaning, what it may be, and what it might be set to."""

    meaning: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str = ""


# Not a dataclass: every start of a screen makes this class, and a tuple is made in a quarter of
# the time.
class Settings(NamedTuple):
    """What the config file says, with the defaults for what it does not say."""

    coder: Annotated[
        str,
        _Says(
            "Your name as a coder; `annotator code` takes it where `--coder` is not given.",
            example="amal",
        ),
    ] = ""
    project: Annotated[
        str,
        _Says(
            "The project that commands work on where neither `--project` nor the variable "
            "`ANNOTATOR_PROJECT` names one: an absolute path, or one that begins with `~`. Left "
            "out, it is `annotator.db` in the folder you are in.",
            example="~/cases/aleppo.db",
        ),
    ] = ""
    keymap: Annotated[
        str,
        _Says(
            "The keymap of the screens: `arrows`, or `vi`, where one goes into the text to move "
            "and mark with small letters. `annotator keys` lists the keys of either.",
            choices=("arrows", "vi"),
        ),
    ] = "arrows"
    theme: Annotated[
        str,
        _Says(
            "The colours of the screens: `ansi` the sixteen of your terminal, `dark` and `light` "
            "colours of their own, `mono` none. `auto` is `ansi`, or `mono` on a terminal that has "
            "no colours. The variable `NO_COLOR` wins over this field.",
            choices=("auto", "ansi", "dark", "light", "mono"),
        ),
    ] = "auto"
    mouse: Annotated[
        bool,
        _Says(
            "Whether the screens take the mouse. It is never needed; without it, the terminal "
            "selects and copies text as it always does.",
        ),
    ] = True
    break_after_minutes: Annotated[
        int,
        _Says(
            "After how many minutes of work without a rest a break is proposed, in one sentence; "
            "five minutes away are a rest. 0 is never.",
            most=600,
        ),
    ] = 45
    pause_after_minutes: Annotated[
        int,
        _Says(
            "After how many minutes without a key the coding screen hides the text by itself, as "
            "the key for a pause does. 0 is never.",
            most=600,
        ),
    ] = 10
    longest_pause: Annotated[
        int,
        _Says(
            "How many seconds without a key count as time spent on a passage; of a longer pause "
            "no more than these.",
            least=10,
            most=600,
        ),
    ] = 60
    keys: Annotated[
        Keys,
        _Says(
            "Other keys for actions, by the action's id, which `annotator keys` lists.",
            example='"answer.undo" = ["U", "ctrl+z"]',
        ),
    ] = _NO_KEYS
    text_keys: Annotated[
        Keys,
        _Says(
            "Other keys for actions while you are in the text, in the keymap `vi`.",
            example='"mark.sentence" = ["s"]',
        ),
    ] = _NO_KEYS


class Field(NamedTuple):
    """A field of the config file.

    Attributes:
        name: What it is called in the file.
        default: What stands if it is left out; its type is the field's.
        meaning: What it is for, in Markdown.
        choices: The texts it may be; empty if it may be any.
        least: The smallest number it may be.
        most: The largest.
        example: What it might be set to.
    """

    name: str
    default: Any
    meaning: str
    choices: tuple[str, ...]
    least: int
    most: int
    example: str

    @property
    def is_table(self) -> bool:
        """Whether it is a table of its own in the file."""
        return isinstance(self.default, Mapping)

    @property
    def described(self) -> str:
        """What it may be, in words."""
        if self.choices:
            return " or ".join(f'"{choice}"' for choice in self.choices)
        if isinstance(self.default, bool):
            return "true or false"
        if isinstance(self.default, int):
            return f"a whole number from {self.least} to {self.most}"
        return "a table of keys" if self.is_table else "a text in quotes"

    def takes(self, value: object) -> bool:
        """Whether it may have a value, as far as its type, choices and bounds say."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return self.least <= value <= self.most
        return not self.choices or value in self.choices


def config_fields() -> dict[str, Field]:
    """The fields by name, those that are tables last, as in the file."""
    hints = get_type_hints(Settings, include_extras=True)
    defaults = Settings()._asdict()
    return {
        name: Field(name, defaults[name], *hint.__metadata__[0]) for name, hint in hints.items()
    }
