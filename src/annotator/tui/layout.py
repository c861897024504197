"""How the coding screen is divided at each width, and how columns are put beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.tui.lines import PLAIN, Line, length

if TYPE_CHECKING:
    # The first screen stands before the codebook is loaded.
    from annotator.codebook.model import Code
    from annotator.work.outline import Row

SMALLEST = (60, 16)
"""Columns and rows below which a screen says what it needs instead of squeezing."""

BORDER = "│"

Target: TypeAlias = "Row | Code | str"
"""What a click stands for: a row to go to, a code to pick, the id of an action to do."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of the coding screen stand, from a width of the terminal on.

    Attributes:
        columns: The least width.
        side: Cells of the column beside the passage, with the questions.
        codes_below: Whether the codes stand in a strip under the passage rather than under the
            questions.
        entry: Cells of a further column with what the codebook says, notes and findings; 0 where
            these are only shown by their keys.
    """

    columns: int
    side: int
    codes_below: bool = False
    entry: int = 0

    def text(self, width: int) -> int:
        """The cells left for the passage on a terminal of this width."""
        return width - self.side - len(BORDER) - (self.entry and self.entry + len(BORDER))


LAYOUTS = (
    Layout(60, side=22, codes_below=True),
    Layout(70, side=26, codes_below=True),
    Layout(80, side=30),
    Layout(110, side=40),
    Layout(120, side=32, entry=34),
    Layout(150, side=38, entry=44),
    Layout(180, side=44, entry=58),
)
"""Every layout, the narrowest first."""


def layout_for(width: int) -> Layout:
    """The layout for a terminal of this many columns."""
    return next((one for one in reversed(LAYOUTS) if width >= one.columns), LAYOUTS[0])


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells `[first, last)` of a line that can be clicked."""

    first: int
    last: int
    target: Target


@dataclass(frozen=True, slots=True)
class Painted:
    """A line of the screen with what can be clicked in it."""

    line: Line = ()
    spots: tuple[Spot, ...] = ()

    @classmethod
    def of(cls, line: Line, target: "Target | None" = None) -> "Painted":
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
    moved = (replace(spot, first=spot.first + at, last=spot.last + at) for spot in right.spots)
    return Painted((*left.line, (gap, PLAIN), border, *right.line), (*left.spots, *moved))
