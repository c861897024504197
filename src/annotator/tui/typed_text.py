"""A text while it is being typed: where the cursor is, what keys change, how it breaks into rows.

A cursor stands before a character, or behind the last one; a character is what a reader takes for
one (`annotator.corpus.graphemes`), so that a letter and its marks, or a joined emoji, come and go
together.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from annotator.corpus.graphemes import boundaries
from annotator.tui.cells import cells, on_screen, places

_CURSOR = 1
"""Cells kept free at the end of a row for a cursor behind its last character."""


class TypedText(NamedTuple):
    """A text and the cursor in it.

    Attributes:
        text: The text; where it has several lines, line feeds part them.
        at: The cursor, in code points.
        goal: The cell that moving up and down keeps to; −1 where the cursor came otherwise.
    """

    text: str
    at: int
    goal: int = -1

    # --- changing --------------------------------------------------------------------------------

    def typed(self, text: str) -> "TypedText":
        """With a text put in at the cursor, which stands behind it then."""
        whole = f"{self.text[: self.at]}{text}{self.text[self.at :]}"
        return _snapped(whole, self.at + len(text))

    def erased(self) -> "TypedText":
        """Without the character before the cursor."""
        before = self.left().at
        return _snapped(self.text[:before] + self.text[self.at :], before)

    def deleted(self) -> "TypedText":
        """Without the character the cursor stands on."""
        return _snapped(self.text[: self.at] + self.text[self.right().at :], self.at)

    # --- moving ----------------------------------------------------------------------------------

    def left(self) -> "TypedText":
        """One character back."""
        cuts = boundaries(self.text)
        return self._put(cuts[max(0, bisect_left(cuts, self.at) - 1)])

    def right(self) -> "TypedText":
        """One character on."""
        cuts = boundaries(self.text)
        return self._put(cuts[min(len(cuts) - 1, bisect_right(cuts, self.at))])

    def row_start(self, width: int) -> "TypedText":
        """To the start of the row, in rows of `width` cells."""
        return self._put(self.rows(width)[self.row(width)][0])

    def row_end(self, width: int) -> "TypedText":
        """To the end of the row: of one that goes on below, before its last character."""
        return self._put(self._last_of(width, self.row(width)))

    def up(self, width: int) -> "TypedText":
        """One row up, in the same cell as far as may be; from the first one to its start."""
        row = self.row(width)
        return self._to_row(width, row - 1) if row else self._put(0)

    def down(self, width: int) -> "TypedText":
        """One row down, in the same cell as far as may be; from the last one to its end."""
        if self.on_last_row(width):
            return self._put(len(self.text))
        return self._to_row(width, self.row(width) + 1)

    def on_last_row(self, width: int) -> bool:
        """Whether no row stands below the cursor, in rows of `width` cells."""
        return self.row(width) == len(self.rows(width)) - 1

    def with_new_line(self) -> "TypedText":
        """With an empty line at the end and the cursor on it; where there is one, that stays."""
        text = self.text if self.text.endswith("\n") or not self.text else f"{self.text}\n"
        return TypedText(text, len(text))

    def _put(self, at: int) -> "TypedText":
        return self._replace(at=at, goal=-1)

    def _to_row(self, width: int, row: int) -> "TypedText":
        goal = self.goal if self.goal >= 0 else self.cell(width)
        start, at = self.rows(width)[row][0], self._last_of(width, row)
        for offset, cell, size in places(self.text[start:at]):
            if goal < cell + size:
                at = start + offset
                break
        return self._replace(at=at, goal=goal)

    def _last_of(self, width: int, row: int) -> int:
        """The last place for a cursor on a row: the end of one that goes on is the next one's."""
        rows = self.rows(width)
        start, end = rows[row]
        goes_on = row + 1 < len(rows) and rows[row + 1][0] == end
        return start + boundaries(self.text[start:end])[-2] if goes_on else end

    # --- in rows ---------------------------------------------------------------------------------

    def rows(self, width: int) -> list[tuple[int, int]]:
        """The text in rows that take at most `width` cells with the cursor behind them.

        Args:
            width: Cells, at least 3.

        Returns:
            `[start, end)` of each row in code points, at least one row; of a line feed neither.
        """
        found: list[tuple[int, int]] = []
        start = 0
        for said in self.text.split("\n"):
            found += [(start + first, start + last) for first, last in _broken(said, width)]
            start += len(said) + 1
        return found

    def row(self, width: int) -> int:
        """The number of the row that the cursor is on, from 0, in rows of `width` cells."""
        return bisect_right(self.rows(width), self.at, key=lambda one: one[0]) - 1

    def cell(self, width: int) -> int:
        """The cell of its row where the cursor stands, from 0, in rows of `width` cells."""
        start, _ = self.rows(width)[self.row(width)]
        return cells(on_screen(self.text[start : self.at]))

    def window(self, width: int) -> tuple[int, int]:
        """What can be seen of the text on one row: from its beginning, if that shows the cursor.

        Args:
            width: Cells of the row, at least 3.

        Returns:
            `[start, end)` in code points, with room for the cursor behind the last character.
        """
        end = self.right().at
        there = list(places(self.text[:end]))
        taken = there[-1][1] + there[-1][2] if there else 0
        # Behind the last character the cursor takes a cell of its own.
        most = width - (_CURSOR if self.at == len(self.text) else 0)
        start, cut_off = next(
            ((first, cell) for first, cell, _ in there if taken - cell <= most), (0, 0)
        )
        for first, cell, size in places(self.text[end:]):
            if taken - cut_off + cell + size > width:
                return start, end + first
        return start, len(self.text)


def _snapped(text: str, at: int) -> TypedText:
    """A text with the cursor nowhere inside a character: what was put in may join with the rest."""
    cuts = boundaries(text)
    return TypedText(text, cuts[bisect_left(cuts, at)])


def _broken(said: str, width: int) -> Iterator[tuple[int, int]]:
    """A line of a text in rows, broken behind white space where there is any.

    A blank may stand where the cursor would behind a full row; any other character may not.
    """
    start, start_cell, word, word_cell = 0, 0, 0, 0
    after_blank = False
    for first, cell, size in places(said):
        is_blank = said[first].isspace()
        if after_blank:
            word, word_cell = first, cell
        while first > start and cell + size - start_cell > width - (0 if is_blank else _CURSOR):
            at, at_cell = (word, word_cell) if word > start else (first, cell)
            yield start, at
            start, start_cell = at, at_cell
        after_blank = is_blank
    yield start, len(said)
