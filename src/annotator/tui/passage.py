"""The passage on the screen: words, cursor, mark and evidence as lines of styled text.

Knows nothing of Textual. Offsets inside are code points of the passage's text; `start` turns them
into the report's.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from annotator.coding.model import Span
from annotator.corpus.visible import visible
from annotator.corpus.words import sentences, words
from annotator.tui.lines import Line, wrap


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch `[start, end)` of the passage to be shown in a named style."""

    start: int
    end: int
    style: str


class PassageText:
    """One passage, laid out for a width, with a word under the cursor and perhaps a mark.

    Args:
        text: The text of the passage.
        start: Where it begins in its report, in code points.
        cursor: Where in the report the cursor is to stand.
    """

    def __init__(self, text: str, start: int = 0, cursor: int = 0) -> None:
        self.text = text
        self.start = start
        self.words = words(text) or [(0, len(text))]
        self.word = self._word_at(cursor - start)
        self.anchor: int | None = None
        self.top = 0
        self._width = 0
        self._lines: list[tuple[int, int]] = []

    # --- cursor and mark -------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        """Where the cursor is, in code points of the report."""
        return self.start + self.words[self.word][0]

    @property
    def mark(self) -> Span | None:
        """The words marked now, as a span of the report."""
        if self.anchor is None:
            return None
        first, last = sorted((self.anchor, self.word))
        return self.span(self.words[first][0], self.words[last][1])

    def span(self, first: int, last: int) -> Span:
        """A stretch of the passage as a span of the report."""
        return Span(self.start + first, self.start + last, self.text[first:last])

    def begin_mark(self) -> None:
        """Begin to mark at the word under the cursor."""
        self.anchor = self.word

    def drop_mark(self) -> None:
        """Forget what is marked."""
        self.anchor = None

    def mark_sentence(self) -> None:
        """Mark the sentence the cursor is in."""
        at = self.words[self.word][0]
        for first, last in sentences(self.text):
            if first <= at < last:
                self._mark_between(first, last)
                return

    def mark_all(self) -> None:
        """Mark the whole passage."""
        self._mark_between(0, len(self.text))

    def _mark_between(self, first: int, last: int) -> None:
        self.anchor = self._word_at(first)
        self.word = self._word_at(last - 1)

    def move_words(self, step: int) -> None:
        """Go some words on or back, stopping at the ends."""
        self.word = max(0, min(self.word + step, len(self.words) - 1))

    def move_lines(self, step: int) -> None:
        """Go some lines down or up, to the word that stands nearest there."""
        here = self._line_of(self.words[self.word][0])
        there = max(0, min(here + step, len(self._lines) - 1))
        if there == here:
            self.word = len(self.words) - 1 if step > 0 else 0
            return
        column = self.words[self.word][0] - self._lines[here][0]
        first, last = self._lines[there]
        self.word = self._word_at(min(first + column, last - 1))

    def move_to_line_end(self, step: int) -> None:
        """Go to the last (+1) or first (−1) word of the line."""
        first, last = self._lines[self._line_of(self.words[self.word][0])]
        self.word = self._word_at(last - 1 if step > 0 else first)

    def move_sentences(self, step: int) -> None:
        """Go to the beginning of the next or the previous sentence."""
        at = self.words[self.word][0]
        starts = [self._word_at(first) for first, _ in sentences(self.text)]
        if step > 0:
            self.word = next((n for n in starts if self.words[n][0] > at), len(self.words) - 1)
        else:
            self.word = next((n for n in reversed(starts) if self.words[n][0] < at), 0)

    def move_to(self, offset: int) -> None:
        """Go to the word at an offset of the report."""
        self.word = self._word_at(offset - self.start)

    def go_to(self, line: int, column: int) -> None:
        """Go to the word at a cell of the screen: a line of the widget and a cell in it."""
        number = self.top + line
        if not 0 <= number < len(self._lines):
            return
        first, last = self._lines[number]
        # Wide characters make cells and code points differ; the nearest word is close enough
        # for a pointer, and exact wherever every character takes one cell.
        self.word = self._word_at(min(first + column, last - 1))

    def _word_at(self, offset: int) -> int:
        """The word at an offset of the passage, or the nearest one before it."""
        return max(0, bisect_right(self.words, (offset, len(self.text) + 1)) - 1)

    # --- layout ----------------------------------------------------------------------------------

    def lay_out(self, width: int) -> None:
        """Break the text into lines of this many cells."""
        if width != self._width:
            self._width = width
            self._lines = wrap(self.text, width)

    def _line_of(self, offset: int) -> int:
        return max(0, bisect_right(self._lines, (offset, len(self.text) + 1)) - 1)

    def scroll(self, height: int) -> None:
        """Move the window so that the cursor is in it, with a line of context around it."""
        line = self._line_of(self.words[self.word][0])
        margin = 1 if height > 3 else 0
        self.top = min(self.top, max(0, line - margin))
        self.top = max(self.top, line - height + 1 + margin)
        self.top = max(0, min(self.top, len(self._lines) - height))

    def view(self, width: int, height: int, evidence: Iterable[Highlight]) -> list[Line]:
        """The lines of the window: at most `height` lines of at most `width` cells.

        Args:
            width: Cells of a line.
            height: Lines of the window.
            evidence: Stretches to highlight, those given later over those given earlier.
        """
        self.lay_out(width)
        self.scroll(height)
        marks = list(evidence)
        if (mark := self.mark) is not None:
            marks.append(Highlight(mark.start - self.start, mark.end - self.start, "marked"))
        return [
            self._line(first, last, marks)
            for first, last in self._lines[self.top : self.top + height]
        ]

    @property
    def more(self) -> tuple[int, int]:
        """How many lines there are above and in all; for a sign that there is more to read."""
        return self.top, len(self._lines)

    @property
    def shown(self) -> list[tuple[int, int]]:
        """The stretches of the passage that the lines of the window show, from the top one on."""
        return self._lines[self.top :]

    def _line(self, first: int, last: int, marks: list[Highlight]) -> Line:
        here = self.words[self.word]
        edges = {first, last}
        for start, end in (here, *((mark.start, mark.end) for mark in marks)):
            edges |= {edge for edge in (start, end) if first < edge < last}
        cuts = sorted(edges)
        pieces = []
        for start, end in pairwise(cuts):
            name = ""
            for mark in marks:
                if mark.start <= start < mark.end:
                    name = mark.style
            if here[0] <= start < here[1]:
                name = f"cursor {name}".strip()
            pieces.append((visible(self.text[start:end].replace("\n", " ")), name))
        return tuple(pieces)
