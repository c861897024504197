"""Lines in columns beside each other, each line with what a click on it stands for."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.codebook.model import Code
from annotator.tui.layout import BORDER
from annotator.tui.lines import PLAIN, Line, length
from annotator.work.outline import Row

Target = Row | Code | str
"""What a click stands for: a row to go to, a code to pick, the id of an action to do."""


class Spot(NamedTuple):
    """Cells `[first, last)` of a line that can be clicked."""

    first: int
    last: int
    target: Target


class Painted(NamedTuple):
    """A line of the screen with what can be clicked in it."""

    line: Line = ()
    spots: tuple[Spot, ...] = ()

    @classmethod
    def of(cls, line: Line, target: Target | None = None) -> "Painted":
        """A line that stands for one thing from end to end, or for none."""
        return cls(line, () if target is None else (Spot(0, length(line), target),))


_NOTHING = Painted()


def beside(
    left: Sequence[Painted], width: int, right: Sequence[Painted], borders: Sequence[str]
) -> list[Painted]:
    """Two columns with a border between them.

    Args:
        left: The lines of the left column.
        width: Its cells.
        right: The lines of the right column.
        borders: The sign between them on each line; as many lines are returned.
    """
    return [
        _joined(
            left[number] if number < len(left) else _NOTHING,
            right[number] if number < len(right) else _NOTHING,
            width,
            (border, "dim" if border == BORDER else "key"),
        )
        for number, border in enumerate(borders)
    ]


def in_columns(items: Sequence[Painted], count: int, width: int, rows: int) -> list[Painted]:
    """Lines laid out in several columns, to be read down the first, then down the second.

    Args:
        items: The lines, none longer than a column.
        count: How many columns there are.
        width: Cells of a column; a blank is put between two.
        rows: Lines of a column.
    """
    found = list(items[:rows])
    for column in range(1, count):
        at = column * (width + 1) - 1
        more = items[column * rows : (column + 1) * rows]
        for number, item in enumerate(more):
            found[number] = _joined(found[number], item, at, (" ", PLAIN))
    return found


def _joined(left: Painted, right: Painted, width: int, border: tuple[str, str]) -> Painted:
    gap = " " * max(0, width - length(left.line))
    at = width + len(border[0])
    moved = [Spot(spot.first + at, spot.last + at, spot.target) for spot in right.spots]
    filled = (*left.line, (gap, PLAIN)) if gap else left.line
    return Painted((*filled, border, *right.line), (*left.spots, *moved))
