"""The questions and the codes as blocks of lines, each with what a click on it stands for."""

from collections.abc import Collection

from annotator.coding.complete import Gap
from annotator.tui.cells import cells
from annotator.tui.columns import Painted, in_columns
from annotator.tui.form_lines import outline_lines, picker_lines, picker_window
from annotator.tui.keymap import KeyOf
from annotator.tui.lines import cut, line
from annotator.work.outline import Row

NONE_OF_THESE = "answer.none"
"""The action a click on `none of these` does."""

_FEWEST_ROWS = 5
_CODE_WIDTH = 19
"""Cells below which a code in a column is cut too short to be known."""
_FIELD_WIDTH = 29
"""The same of how a number or a date is written."""


class FormBlocks:
    """What is asked and what can be picked, for the row in focus.

    Args:
        rows: The outline of the coding.
        row: The row in focus.
        entry: What is being typed into its field.
        gaps: What is missing.
        doubted: The ids of the records that a check fires on and nobody has answered yet.
        key: The keys of actions.
    """

    def __init__(
        self,
        rows: tuple[Row, ...],
        row: Row,
        entry: str,
        gaps: list[Gap],
        doubted: Collection[str],
        key: KeyOf,
    ) -> None:
        self._rows = rows
        self._row = row
        self._entry = entry
        self._gaps = gaps
        self._doubted = doubted
        self._key = key

    def column(self, width: int, height: int) -> list[Painted]:
        """The questions, and below them the codes of the one in focus."""
        codes = self._codes(width, height)
        room = max(min(len(self._rows), _FEWEST_ROWS), height - 1 - len(codes))
        rows = self.questions(width, room)
        left = height - len(rows) - 1
        return [
            *rows,
            self._title(width),
            *(codes if len(codes) <= left else self._codes(width, left)),
        ]

    def questions(self, width: int, height: int) -> list[Painted]:
        """The questions alone."""
        rows = outline_lines(self._rows, self._row, self._gaps, self._doubted, width, height)
        return [Painted.of(line, row) for row, line in rows]

    def strip(self, width: int, most: int) -> list[Painted]:
        """The codes alone, in as many columns as there is room for, below their title.

        Args:
            width: Cells of a line.
            most: Lines that may be taken, the title among them.
        """
        narrowest = _CODE_WIDTH if self._row.codes else _FIELD_WIDTH
        count = max(1, (width + 1) // (narrowest + 1))
        column = (width + 1) // count - 1
        rows = most - 1
        items = self._codes(column, count * rows)
        rows = min(rows, -(-len(items) // count))
        return [self._title(width), *in_columns(items, count, column, rows)]

    def _codes(self, width: int, height: int) -> list[Painted]:
        lines = picker_lines(self._row, self._entry, width, height, self._key)
        if not self._row.codes:
            return [Painted(line) for line in lines]
        window = [code or NONE_OF_THESE for code in picker_window(self._row, height)]
        more = [Painted(line) for line in lines[len(window) :]]
        return [*map(Painted.of, lines, window), *more]

    def _title(self, width: int) -> Painted:
        title = f"─ {cut(self._row.title, width - 4)} "
        return Painted(line(title + "─" * (width - cells(title)), "dim"))
