"""A panel that asks to choose: one key picks, the others only read or go back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.tui.lines import Line, line, paragraph
from annotator.tui.overlays import Panel

DIGITS = "123456789"


class Option(NamedTuple):
    """One thing to choose: what it is called, more about it, and what is done if it is chosen."""

    label: str
    more: str
    chosen: Callable[[], None]


@dataclass
class Choice(Panel):
    """A panel whose options are picked by the digits from 1, at most nine of them."""

    options: Sequence[Option] = ()

    def option(self, key: str) -> Option | None:
        """The option that a key picks, or None."""
        numbered = dict(zip(DIGITS, self.options, strict=False))
        return numbered.get(key)

    @property
    def keys(self) -> str:
        """The keys that pick, as people read them."""
        digits = DIGITS[: len(self.options)]
        return digits if len(digits) == 1 else f"{digits[0]}–{digits[-1]}"


def choice(title: str, about: str, options: Sequence[Option]) -> Choice:
    """A panel of options.

    Args:
        title: What is asked.
        about: A sentence under the options; none if empty.
        options: One to nine.
    """
    return Choice(title, lambda width: _lines(about, options, width), options=options)


def _lines(about: str, options: Sequence[Option], width: int) -> list[Line]:
    lines: list[Line] = [line("")]
    for digit, option in zip(DIGITS, options, strict=False):
        lines.append(((f"  {digit}  ", "key"), *line(option.label, "bold")))
        lines += paragraph(option.more, width, "dim", 5) if option.more else []
    if about:
        lines += [line(""), *paragraph(about, width, indent=2)]
    return lines
