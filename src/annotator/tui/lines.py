"""Lines of styled text, prepared without a screen: cutting, padding, wrapping by cells.

A line is a tuple of pieces, a piece a text and the name of its style. Names rather than styles keep
lines comparable, so a widget can see which of them changed, and keep colour in one place
(`annotator.tui.theme`).
"""

import re
from functools import lru_cache
from itertools import pairwise

from annotator.corpus.graphemes import boundaries, one_each, snapped
from annotator.corpus.visible import visible
from annotator.tui.cells import cells, clipped, on_screen

Piece = tuple[str, str]
Line = tuple[Piece, ...]

PLAIN = ""
"""The name of no style."""

_UNBROKEN = re.compile(r"\S+")


def line(text: str, style: str = PLAIN) -> Line:
    """A line of one piece, with anything unseen in it spelled out."""
    return ((visible(text), style),)


@lru_cache(maxsize=1024)
def cut(text: str, width: int) -> str:
    """Text made safe to show and cut to at most `width` cells, with an ellipsis where cut."""
    shown = visible(text)
    if cells(shown) <= width:
        return shown
    if width <= 1:
        return "…"[:width]
    return clipped(shown, width - 1).rstrip() + "…"


@lru_cache(maxsize=1024)
def padded(text: str, width: int) -> str:
    """Text cut or filled with spaces to exactly `width` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cells(shown))


def ruled(title: str, width: int) -> str:
    """A rule of exactly `width` cells with a title in it."""
    shown = cut(f"─ {title} ", width)
    return shown + "─" * (width - cells(shown))


@lru_cache(maxsize=1024)
def length(pieces: Line) -> int:
    """How many cells a line takes."""
    return sum(cells(text) for text, _ in pieces)


def paragraph(text: str, width: int, style: str = PLAIN, indent: int = 0) -> list[Line]:
    """A text as lines of at most `width` cells in one style, each set in by some spaces."""
    return [
        line(" " * indent + text[first:last], style) for first, last in wrap(text, width - indent)
    ]


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text into lines of at most `width` cells, at white space where there is any.

    Args:
        text: Any text; a line feed is white space like any other.
        width: Cells a line may take, at least 1.

    Returns:
        `[start, end)` of each line in code points of `text`, without the white space around it.
        A word longer than a line is broken where the line is full, never inside what a reader
        takes for one character (`annotator.corpus.graphemes`).
    """
    lines: list[tuple[int, int]] = []
    start = end = taken = 0
    for first, last in _unbroken(text):
        size = cells(on_screen(text[first:last]))
        gap = cells(on_screen(text[end:first])) if end > start else 0
        if end > start and taken + gap + size <= width:
            end, taken = last, taken + gap + size
            continue
        if end > start:
            lines.append((start, end))
        start, end, taken = first, last, size
        if size > width:
            *full, (start, end) = _broken(text, first, last, width)
            lines += full
            taken = cells(on_screen(text[start:end]))
    if end > start:
        lines.append((start, end))
    return lines or [(0, 0)]


def _unbroken(text: str) -> list[tuple[int, int]]:
    """The stretches without white space: where a line may be broken."""
    found = [match.span() for match in _UNBROKEN.finditer(text)]
    return found if one_each(text) else snapped(found, boundaries(text))


def _broken(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """A stretch that is longer than a line, in pieces that fit, of at least one character each."""
    pieces: list[tuple[int, int]] = []
    taken = 0
    for first, last in pairwise(boundaries(text[start:end])):
        size = cells(on_screen(text[start + first : start + last]))
        if taken and taken + size > width:
            pieces.append((pieces[-1][1] if pieces else start, start + first))
            taken = 0
        taken += size
    return [*pieces, (pieces[-1][1] if pieces else start, end)]
