"""Tables of a desk as lines: columns, a cursor, and as many rows as there is room for."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.tui.columns import Painted, Spot
from annotator.tui.lines import PLAIN, line, padded, paragraph

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.store.places import Place

_LEAST_NAME = 18
"""Cells of the first column before columns that can be left out are."""

_CELL = 5
"""Cells of a column of a matrix."""
_MOST_LABEL = 24
_AT = ">"
_NOT_AT = " "


@dataclass(frozen=True, slots=True)
class Drill:
    """Passages that stand behind a figure: each with words to show beside it."""

    title: str
    items: "tuple[tuple[Place, str], ...]"

    @property
    def places(self) -> "tuple[Place, ...]":
        """The passages, each once."""
        return tuple(dict.fromkeys(place for place, _ in self.items))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: What stands above it.
        width: Its cells; 0 for what the others leave.
        right: Whether it is set to the right.
        can_go: Whether it is left out where the first column has no room.
    """

    heading: str
    width: int = 0
    right: bool = False
    can_go: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        key: What it is about, to find it again when the table was read anew.
        cells: A text for each column.
        drill: The passages behind it.
        about: What can be read of it at length, a paragraph each.
        entry: The question and the code of the codebook that it is about.
        style: The style of the row.
    """

    key: Hashable
    cells: tuple[str, ...]
    drill: Drill | None = None
    about: tuple[str, ...] = ()
    entry: tuple[str, str] = ("", "")
    style: str = PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is about, and what is said where it has no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str


def table_lines(table: Table, at: int, width: int, height: int) -> list[Painted]:
    """A table in so many lines, with the row in focus among them.

    Args:
        table: The table.
        at: The number of the row in focus; -1 for none.
        width: Cells of a line.
        height: How many lines there are.
    """
    head = [Painted(line(padded(table.title, width), "title"))]
    if not table.rows:
        return [*head, *map(Painted, paragraph(table.empty, width, "dim"))][:height]
    widths = _widths(table.columns, width - len(_AT))
    headings = tuple(one.heading for one in table.columns)
    head.append(Painted(line(_NOT_AT + _in_cells(headings, table.columns, widths), "dim")))
    first, last = window(len(table.rows), at, max(1, height - len(head)))
    for number in range(first, last):
        row = table.rows[number]
        mark, style = (_AT, "focus") if number == at else (_NOT_AT, row.style)
        text = mark + _in_cells(row.cells, table.columns, widths)
        head.append(Painted.of(line(text, style), str(number)))
    return head[:height]


def window(count: int, at: int, room: int) -> tuple[int, int]:
    """Which of so many rows are shown in so many lines: the one in focus in the middle."""
    first = max(0, min(at - room // 2, count - room))
    return first, min(count, first + room)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """The cells of each column, 0 for one that is left out; a blank comes after each."""
    widths = [one.width for one in columns]
    going = [number for number, one in enumerate(columns) if one.can_go]
    while going and width - sum(size + 1 for size in widths if size) <= _LEAST_NAME:
        widths[going.pop()] = -1
    left = width - sum(size + 1 for size in widths if size > 0) - 1
    return [max(1, left) if not size else max(0, size) for size in widths]


def _in_cells(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = []
    for text, column, width in zip(texts, columns, widths, strict=True):
        if width:
            shown = padded(text, width)
            cells.append(shown.rstrip().rjust(width) if column.right else shown)
    return " ".join(cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each of some values stands against each of them.

    Attributes:
        title: What it is about.
        values: The names of the rows and columns.
        counts: The figures, a row of them for each value.
        below: What is said of the cell in focus.
    """

    title: str
    values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    below: str


def matrix_lines(matrix: Matrix, at: tuple[int, int], width: int, height: int) -> list[Painted]:
    """A matrix in so many lines, with the cell in focus among them.

    Columns have the numbers of their values, which stand before the rows.

    Args:
        matrix: The matrix.
        at: Row and column in focus.
        width: Cells of a line.
        height: How many lines there are.
    """
    numbers = [str(number) for number in range(1, len(matrix.values) + 1)]
    names = [f"{number} {value}" for number, value in zip(numbers, matrix.values, strict=True)]
    label = min(_MOST_LABEL, width // 3)
    first, last = window(len(numbers), at[1], max(1, (width - label) // _CELL))
    below = paragraph(matrix.below, width, "bold")
    top, bottom = window(len(numbers), at[0], max(1, height - 2 - len(below)))
    lines = [Painted(line(padded(matrix.title, width), "title"))]
    heads = "".join(number.rjust(_CELL) for number in numbers[first:last])
    lines.append(Painted(line(" " * label + heads, "dim")))
    for row in range(top, bottom):
        pieces = [(padded(names[row], label), "bold" if row == at[0] else PLAIN)]
        spots = []
        for column in range(first, last):
            shown = str(matrix.counts[row][column] or "·").rjust(_CELL)
            if (row, column) == at:
                shown = f"[{shown.strip()}]".rjust(_CELL)
            style = "focus" if (row, column) == at else "dim" if row == column else PLAIN
            start = label + (column - first) * _CELL
            spots.append(Spot(start, start + _CELL, f"{row} {column}"))
            pieces.append((shown, style))
        lines.append(Painted(tuple(pieces), tuple(spots)))
    return [*lines, *map(Painted, below)][:height]
