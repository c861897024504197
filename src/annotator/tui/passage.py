"""The passage on the screen: words, cursor, mark and evidence as lines of styled text.

Knows nothing of Textual. Offsets inside are code points of the passage's text; cells are those of
the window, counted from 0 at its left.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.corpus.graphemes import one_each
from annotator.corpus.words import paragraphs
from annotator.tui.cells import cells, on_screen, places
from annotator.tui.lines import PLAIN, Line, Piece, wrap
from annotator.tui.text_cursor import TextCursor
from annotator.tui.theme import ON_CURSOR

LEAD = 1
"""Cells in front of every line, for the signs of what begins with the line."""
_MOST_KEPT = 500
"""Lines kept as they were made."""


class Highlight(NamedTuple):
    """A stretch `[start, end)` of the passage to be shown in a named style.

    A `sign` of one cell is painted over the blank in front of the stretch, if there is one, in a
    style of its own: what tells stretches apart for eyes that see no colour.
    """

    start: int
    end: int
    style: str
    sign: str = ""
    sign_style: str = "key"


class PassageText(TextCursor):
    """One passage, laid out for a width, with a word under the cursor and perhaps a mark.

    Args:
        text: The text of the passage.
        start: Where it begins in its report, in code points.
        cursor: Where in the report the cursor is to stand.
    """

    def __init__(self, text: str, start: int = 0, cursor: int = 0) -> None:
        super().__init__(text, start, cursor)
        self.top = 0
        # An offset that has to be in the window rather than the cursor.
        self.look_at: int | None = None
        # Where the cursor wants to be on a line while it goes up and down.
        self._column: int | None = None
        self._width = 0
        self._height = 1
        # Lines as they were made before: most are needed again with the next key.
        self._made: dict[tuple[object, ...], Line] = {}
        # Until it is laid out for a width: one line.
        self._lines = [(0, len(text))]
        self._cut_anywhere = one_each(text)

    # --- moving by lines -------------------------------------------------------------------------

    def move_lines(self, step: int) -> None:
        """Go some lines down or up, to the word that stands nearest there.

        Lines without a word are passed over; at the ends, to the first or the last word.
        """
        at = self.words[self.word][0]
        here = self._line_of(at)
        column = self.cell_of(at)[0] if self._column is None else self._column
        last = len(self._lines) - 1
        there = max(0, min(here + step, last))
        way = 1 if step > 0 else -1
        while there != here and 0 <= there <= last:
            word = self._begun_on(there, self.offset_at(there, column))
            if word is not None and (word - self.word) * way > 0:
                self._place(word)
                self._column = column
                return
            there += way
        self._place(len(self.words) - 1 if step > 0 else 0)

    def move_pages(self, step: int) -> None:
        """Go some windows down or up, a line less each, so that the eye finds its place."""
        self.move_lines(step * max(1, self._height - 1))

    def move_to_line_end(self, step: int) -> None:
        """Go to the last (+1) or first (−1) word of the line."""
        number = self._line_of(self.words[self.word][0])
        word = self._begun_on(number, 0 if step < 0 else len(self.text))
        self._place(self.word if word is None else word)

    def go_to(self, line: int, cell: int) -> bool:
        """Go to the word at a cell of a line of the window; whether there is text there."""
        if not 0 <= line < len(self.shown):
            return False
        number = self.top + line
        offset = self.offset_at(number, cell)
        word = self._word_at(offset)
        if self.words[word][1] <= offset:
            begun = self._begun_on(number, offset)
            word = word if begun is None else begun
        self._place(word)
        return True

    def _begun_on(self, number: int, offset: int) -> int | None:
        """Of the words that begin on a line the one nearest to an offset, before it if it can be.

        Returns:
            The word's number; None where no word begins on the line.
        """
        first, last = (bisect_left(self.words, (edge,)) for edge in self._lines[number])
        return max(first, min(self._word_at(offset), last - 1)) if first < last else None

    def _place(self, word: int) -> None:
        super()._place(word)
        self._column = None

    # --- cells -----------------------------------------------------------------------------------

    def cell_of(self, offset: int) -> tuple[int, int]:
        """Where an offset of the passage is painted: the cell in its line, and the line's number.

        Lines are counted from the first of the passage, which need not be in the window.
        """
        number = self._line_of(offset)
        first, last = self._lines[number]
        return LEAD + cells(on_screen(self.text[first : min(offset, last)])), number

    def offset_at(self, number: int, cell: int) -> int:
        """The character of a line that is painted at a cell: the offset where it begins.

        Cells before the line's first belong to its first character, those after its last to the
        last.
        """
        first, last = self._lines[number]
        cell -= LEAD
        found = 0
        for position, at, size in places(self.text[first:last]):
            if at > cell and size:
                break
            found = position if size else found
        return first + found

    @property
    def cursor_cell(self) -> tuple[int, int]:
        """The cell and the line of the window where the word under the cursor begins.

        Its first cell where the word is out of the window.
        """
        cell, number = self.cell_of(self.words[self.word][0])
        line = number - self.top
        return (cell, line) if 0 <= line < self._height else (LEAD, 0)

    # --- layout ----------------------------------------------------------------------------------

    def lay_out(self, width: int) -> None:
        """Break the text into lines of this many cells, a new one for each paragraph."""
        if width != self._width:
            self._width = width
            self._column = None
            self._made.clear()
            parts = paragraphs(self.text) or [(0, len(self.text))]
            self._lines = [
                (first + start, first + end)
                for first, last in parts
                for start, end in wrap(self.text[first:last], width - LEAD)
            ]

    def _line_of(self, offset: int) -> int:
        return max(0, bisect_right(self._lines, (offset, len(self.text) + 1)) - 1)

    def _scroll(self, height: int) -> None:
        """Move the window to the cursor, or to what is to be looked at, with a line around it."""
        self._height = height
        line = self._line_of(self.words[self.word][0] if self.look_at is None else self.look_at)
        margin = 1 if height > 3 else 0
        self.top = min(self.top, max(0, line - margin))
        self.top = max(self.top, line - height + 1 + margin)
        self.top = max(0, min(self.top, len(self._lines) - height))

    def view(self, width: int, height: int, evidence: Iterable[Highlight]) -> list[Line]:
        """The lines of the window: at most `height` lines of at most `width` cells.

        Args:
            width: Cells of a line, `LEAD` among them.
            height: Lines of the window.
            evidence: Stretches to highlight, those given later over those given earlier.
        """
        self.lay_out(width)
        self._scroll(height)
        marks = list(evidence)
        if (mark := self.mark) is not None:
            marks.append(Highlight(mark.start - self.start, mark.end - self.start, "marked"))
        if not self._cut_anywhere:
            marks = [self._whole(mark) for mark in marks]
        return [self._line(first, last, marks) for first, last in self.shown]

    def _whole(self, mark: Highlight) -> Highlight:
        """A highlight that cuts through no character, whatever it was taken from."""
        cuts = self._cuts
        first = cuts[max(0, bisect_right(cuts, mark.start) - 1)]
        last = cuts[min(bisect_left(cuts, mark.end), len(cuts) - 1)]
        return Highlight(first, last, mark.style, mark.sign, mark.sign_style)

    def _is_blank(self, offset: int) -> bool:
        """Whether an offset is painted as one blank, with no mark on it."""
        return on_screen(self.text[offset]) == " " and (
            self._cut_anywhere or (self._is_cut(offset) and self._is_cut(offset + 1))
        )

    def _is_cut(self, offset: int) -> bool:
        place = bisect_left(self._cuts, offset)
        return place < len(self._cuts) and self._cuts[place] == offset

    @property
    def more(self) -> tuple[int, int]:
        """How many lines there are above and in all; for a sign that there is more to read."""
        return self.top, len(self._lines)

    @property
    def shown(self) -> list[tuple[int, int]]:
        """The stretches of the passage that the lines of the window show, from the top one on."""
        return self._lines[self.top : self.top + self._height]

    def _line(self, first: int, last: int, marks: list[Highlight]) -> Line:
        here = self.words[self.word]
        on_line = tuple([mark for mark in marks if mark.start < last and first < mark.end])
        made_of = (first, here if here[0] < last and first < here[1] else None, on_line)
        if made_of not in self._made:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[made_of] = self._pieces(first, last, on_line)
        return self._made[made_of]

    def _pieces(self, first: int, last: int, marks: Sequence[Highlight]) -> Line:
        here = self.words[self.word]
        signs = {mark.start - 1: (mark.sign, mark.sign_style) for mark in marks if mark.sign}
        edges = {first, last}
        for start, end in (here, *((mark.start, mark.end) for mark in marks)):
            edges |= {edge for edge in (start, end) if first < edge < last}
        signed = [at for at in signs if first <= at and self._is_blank(at)]
        for at in signed:
            edges |= {at, at + 1}
        pieces: list[Piece] = [signs.get(first - 1, (" " * LEAD, PLAIN))]
        for start, end in pairwise(sorted(edges)):
            name = PLAIN
            for mark in marks:
                if mark.start <= start < mark.end:
                    name = mark.style
            if here[0] <= start < here[1]:
                name = f"{ON_CURSOR}{name}".strip()
            if start in signed:
                pieces.append(signs[start])
            else:
                pieces.append((on_screen(self.text[start:end]), name))
        return tuple(pieces)
