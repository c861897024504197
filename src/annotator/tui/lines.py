"""Lines of styled text, prepared without a screen: cutting, padding, wrapping by cells.

A line is a tuple of pieces, a piece a text and the name of its style. Names rather than styles keep
lines comparable, so a widget can see which of them changed, and keep colour in one place
(`annotator.tui.theme`).
"""

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from annotator.corpus.visible import visible

Piece = tuple[str, str]
Line = tuple[Piece, ...]

PLAIN = ""
"""The name of no style."""


def line(text: str, style: str = PLAIN) -> Line:
    """A line of one piece, with anything unseen in it spelled out."""
    return ((visible(text), style),)


def cut(text: str, width: int) -> str:
    """Text made safe to show and cut to at most `width` cells, with an ellipsis where cut."""
    shown = visible(text)
    if cell_len(shown) <= width:
        return shown
    if width <= 1:
        return "…"[:width]
    return set_cell_size(shown, width - 1).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """Text cut or filled with spaces to exactly `width` cells."""
    return set_cell_size(cut(text, width), width)


def length(pieces: Line) -> int:
    """How many cells a line takes."""
    return sum(cell_len(text) for text, _ in pieces)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text into lines of at most `width` cells, at white space where there is any.

    Args:
        text: Any text; a line feed is white space like any other.
        width: Cells a line may take, at least 1.

    Returns:
        `[start, end)` of each line in code points of `text`, without the white space around it.
        A word longer than a line is broken where the line is full, never inside a wide character
        or before a mark that belongs to the letter in front of it.
    """
    lines: list[tuple[int, int]] = []
    start = end = cells = 0
    for first, last in _chunks(text):
        size = cell_len(visible(text[first:last]))
        gap = cell_len(visible(text[end:first].replace("\n", " "))) if end > start else 0
        if end > start and cells + gap + size <= width:
            end, cells = last, cells + gap + size
            continue
        if end > start:
            lines.append((start, end))
        start = first
        if size > width:
            while (fitting := _fitting(text, start, last, width)) < last:
                lines.append((start, fitting))
                start = fitting
            size = cell_len(visible(text[start:last]))
        end, cells = last, size
    if end > start:
        lines.append((start, end))
    return lines or [(0, 0)]


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for position, character in enumerate(text):
        if character.isspace():
            if start is not None:
                yield start, position
            start = None
        elif start is None:
            start = position
    if start is not None:
        yield start, len(text)


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Where a too long word must be broken: at least one letter with its marks on the line."""
    position, cells = start, 0
    while position < end:
        following = position + 1
        while following < end and cell_len(visible(text[following])) == 0:
            following += 1
        cells += cell_len(visible(text[position:following]))
        if cells > width and position > start:
            return position
        position = following
    return end
