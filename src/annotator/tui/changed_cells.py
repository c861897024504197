"""Sending a terminal only the cells that changed.

Textual sends a changed line from its left edge, and every stretch of one style with its own
beginning and end. What stands on the terminal is known, so most of that can be left out: over a
slow line that is the time a coder waits for the answer to a key. Nothing is left out that is not
known to stand there already.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import NamedTuple
from unicodedata import category

from rich.cells import cell_len
from textual.driver import Driver

_PLACE = re.compile(r"\n?\x1b\[(\d+);(\d+)H")
_STYLE = re.compile(r"\x1b\[([\d;]*)m")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SYNCHRONISED = frozenset({"\x1b[?2026h", "\x1b[?2026l"})
"""What Textual writes around an update; it changes no cell."""
_NO_STYLE = frozenset({"", "0"})
_PLAIN = "\x1b[m"

_UNKNOWN = ""
"""A cell of which nothing is known."""
_NEAR = 4
"""Unchanged cells between two changed ones that cost no more to send than to pass over."""
_ERASE_FROM = 4
"""Blanks at the end of a line from which on it is shorter to erase them."""


class _Line(NamedTuple):
    """A line of styled text by its cells.

    `cells` are what is compared: the letter of each with the marks that belong to it, behind the
    escape sequence of its style; a blank on which the style does not show is a blank. `letters`
    are what is sent, in `styles`, each of which ends before one of `ends`. From the cell `bare` on
    there are only blanks.
    """

    cells: tuple[str, ...]
    letters: tuple[str, ...]
    styles: tuple[str, ...]
    ends: tuple[int, ...]
    bare: int

    def sent(self, begin: int, end: int) -> str:
        """The cells `[begin, end)` as a terminal is sent them, from no style to no style."""
        parts: list[str] = []
        now = ""
        number = bisect_right(self.ends, begin)
        while begin < end:
            style, until = self.styles[number], min(end, self.ends[number])
            if style != now:
                parts.append(style if not now else f"\x1b[0;{style[2:]}" if style else _PLAIN)
                now = style
            parts += self.letters[begin:until]
            begin, number = until, number + 1
        if now:
            parts.append(_PLAIN)
        return "".join(parts)


class ShownCells:
    """What stands on a terminal, cell by cell, as far as it is known."""

    def __init__(self) -> None:
        self._width = 0
        self._rows: dict[int, list[str]] = {}

    def forget(self, width: int = 0) -> None:
        """Take nothing on the terminal for known any more.

        Args:
            width: How many columns it has now; 0 if that is not known either.
        """
        self._width = width
        self._rows.clear()

    def changed(self, written: str) -> str:
        """What has to be sent for an update: as little of it as changes the terminal alike.

        Args:
            written: What was to be written: places, and lines of styled text at them. Anything
                else is to be sent as it is, and nothing is known of the terminal afterwards.
        """
        if written in _SYNCHRONISED:
            return written
        before, *found = _PLACE.split(written)
        if before or not found:
            self.forget(self._width)
            return written
        sent: list[str] = []
        for row, column, text in zip(found[::3], found[1::3], found[2::3], strict=True):
            line = _read(text)
            if line is not None:
                sent.append(self._changed_in(int(row), int(column) - 1, line))
                continue
            sent.append(f"\x1b[{row};{column}H{text}")
            if _CONTROL.search(_STYLE.sub("", text)):
                self.forget(self._width)
            else:
                # How far a terminal moves for such a character is not known, nor whether it still
                # is in the line.
                for near in (int(row), int(row) + 1):
                    self._rows.pop(near, None)
        row, column, text = found[-3:]
        if not text:
            # Where the cursor is left.
            sent.append(f"\x1b[{row};{column}H")
        return "".join(sent)

    def _changed_in(self, row: int, first: int, line: _Line) -> str:
        """What has to be sent for a line, and take it as standing there from now on."""
        cells = line.cells
        last = first + len(cells)
        shown = self._rows.setdefault(row, [])
        if len(shown) < last:
            shown.extend([_UNKNOWN] * (last - len(shown)))
        old = shown[first:last]
        shown[first:last] = cells
        differing = list(compress(range(len(cells)), map(ne, old, cells)))
        if not differing:
            return ""
        # Of a line that reaches the edge, blanks at its end can be erased in one.
        bare = line.bare if last == self._width else last
        sent: list[str] = []
        at = -1
        for begin, end in _stretches(differing):
            place = f"\x1b[{row};{first + begin + 1}H" if at < 0 else f"\x1b[{begin - at}C"
            if end - max(begin, bare) >= _ERASE_FROM:
                sent += (place, line.sent(begin, bare), "\x1b[K")
                break
            sent += (place, line.sent(begin, end))
            at = end
        return "".join(sent)


def _stretches(differing: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches `[begin, end)` that differ, near ones as one."""
    begin = end = differing[0]
    for number in differing:
        if number > end + _NEAR:
            yield begin, end
            begin = number
        end = number + 1
    yield begin, end


@lru_cache(maxsize=1024)
def _read(text: str) -> _Line | None:
    """A line of styled text by its cells; None if it is anything else, or they are not sure."""
    plain, *styled = _STYLE.split(text)
    if _CONTROL.search("".join((plain, *styled[1::2]))):
        return None
    cells: list[str] = []
    letters: list[str] = []
    styles: list[str] = []
    ends: list[int] = []
    style = ""
    for parameters, words in zip(("", *styled[::2]), (plain, *styled[1::2]), strict=True):
        if style and parameters not in _NO_STYLE:
            return None
        style = "" if parameters in _NO_STYLE else f"\x1b[{parameters}m"
        found = list(words) if words.isascii() else _letters(words)
        if found is None:
            return None
        if not found:
            continue
        if not style:
            cells += found
        elif " " not in words or _shows_on_blanks(style):
            cells += [style + letter for letter in found]
        else:
            cells += [letter if letter == " " else style + letter for letter in found]
        letters += found
        styles.append(style)
        ends.append(len(letters))
    if style:
        return None
    bare = next((n for n in range(len(cells), 0, -1) if cells[n - 1] != " "), 0)
    return _Line(tuple(cells), tuple(letters), tuple(styles), tuple(ends), bare)


def _letters(text: str) -> list[str] | None:
    """The letters of a text that take a cell each, with their marks; None if that is not sure."""
    letters: list[str] = []
    for letter in text:
        size = cell_len(letter)
        if size == 1:
            letters.append(letter)
        elif size == 0 and letters and category(letter) == "Mn" and not _selects(letter):
            letters[-1] += letter
        else:
            return None
    return letters


def _selects(letter: str) -> bool:
    """Whether a mark chooses another picture, whose cells are not sure."""
    return "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=128)
def _shows_on_blanks(style: str) -> bool:
    """Whether a style is seen where nothing is written: a background, a line, the reverse."""
    numbers = [int(number or 0) for number in style[2:-1].split(";")] if style else []
    while numbers:
        number = numbers.pop(0)
        if number == 38:
            # A colour of the letters: its number or its three parts follow.
            del numbers[: 2 if numbers[:1] == [5] else 4]
        elif number not in _ON_LETTERS_ONLY:
            return True
    return False


_ON_LETTERS_ONLY = frozenset({0, 1, 2, 3, 22, 23, *range(30, 38), 39, 49, *range(90, 98)})
"""Bold, dim, italic, the colours of letters, and the background that is there anyway."""


def sparing(driver: type[Driver], shown: ShownCells) -> type[Driver]:
    """A driver that sends its terminal only what changes it.

    Args:
        driver: The driver for the terminal.
        shown: What stands on the terminal; whoever changes its size must make it forget.
    """

    class Sparing(driver):  # type: ignore[misc, valid-type]
        """Writes less, to the same effect."""

        def write(self, data: str) -> None:
            """Send what changes the terminal; nothing where nothing does."""
            if sent := shown.changed(data):
                super().write(sent)

    return Sparing
