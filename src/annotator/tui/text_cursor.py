"""A word under the cursor in a text, and what is being marked, without any screen.

Offsets inside are code points of the passage's text; `start` turns them into the report's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from annotator.coding.model import Span
from annotator.corpus.graphemes import boundaries
from annotator.corpus.words import paragraphs, sentences, words

Stretch = tuple[int, int]
"""The numbers of the first and the last word of a stretch of text."""


class TextCursor:
    """A passage with a word under the cursor and perhaps a mark.

    A mark goes from its `anchor`, the word at its fixed end, to the word under the cursor; moving
    extends it. Either end may then be moved by single characters.

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
        # Where the mark begins and ends if not where its words do, and which of them moves.
        self._begin: int | None = None
        self._end: int | None = None
        self._end_moves = True

    @property
    def cursor(self) -> int:
        """Where the cursor is, in code points of the report."""
        return self.start + self.words[self.word][0]

    @property
    def mark(self) -> Span | None:
        """What is marked now, as a span of the report."""
        if self.anchor is None:
            return None
        return self.span(*self._marked(self.anchor))

    def _marked(self, anchor: int) -> tuple[int, int]:
        first, last = sorted((anchor, self.word))
        begin = self.words[first][0] if self._begin is None else self._begin
        return begin, self.words[last][1] if self._end is None else self._end

    def span(self, first: int, last: int) -> Span:
        """A stretch of the passage as a span of the report."""
        return Span(self.start + first, self.start + last, self.text[first:last])

    # --- marking ---------------------------------------------------------------------------------

    def begin_mark(self) -> None:
        """Begin to mark at the word under the cursor."""
        self._mark_words(self.word, self.word)

    def drop_mark(self) -> None:
        """Forget what is marked."""
        self.anchor = self._begin = self._end = None
        self._end_moves = True

    def mark_larger(self) -> None:
        """Mark the whole sentences of the mark or the cursor; if they are, paragraphs; then all."""
        now = sorted((self.word if self.anchor is None else self.anchor, self.word))
        trimmed = self.anchor is None or self._begin is not None or self._end is not None
        everything = [(0, len(self.words) - 1)]
        for stretches in (self._sentences, self._paragraphs, everything):
            wide = [_around(stretches, now[0])[0], _around(stretches, now[1])[1]]
            if wide != now or trimmed:
                self._mark_words(*wide)
                return

    def mark_all(self) -> None:
        """Mark the whole passage."""
        self._mark_words(0, len(self.words) - 1)

    def _mark_words(self, first: int, last: int) -> None:
        self.drop_mark()
        self.anchor = first
        self._place(last)

    def swap_ends(self) -> None:
        """Let the other end of the mark, if there is one, move from now on."""
        if self.anchor is not None:
            self._end_moves = not self._end_moves
            self.anchor, self.word = self.word, self.anchor

    def resize(self, step: int) -> bool:
        """Grow (+1) or trim (−1) the mark by one character at the end that moves.

        Returns:
            Whether it changed: it keeps one character at least and stays inside the passage.
        """
        if self.anchor is None:
            return False
        begin, end = self._marked(self.anchor)
        if self._end_moves:
            moved = self._cut_beside(end, step)
            if not begin < moved <= len(self.text):
                return False
            self._end = moved
            self.word = max(self.anchor, self._word_at(moved - 1))
        else:
            moved = self._cut_beside(begin, -step)
            if not 0 <= moved < end:
                return False
            self._begin = moved
            self.word = min(self.anchor, self._word_from(moved))
        return True

    def _cut_beside(self, offset: int, step: int) -> int:
        """Where the text may be cut next before or after an offset; outside of it at its ends."""
        cuts = self._cuts
        place = bisect_right(cuts, offset) if step > 0 else bisect_left(cuts, offset) - 1
        return cuts[place] if 0 <= place < len(cuts) else step * (len(self.text) + 1)

    # --- moving ----------------------------------------------------------------------------------

    def move_words(self, step: int) -> None:
        """Go some words on or back, stopping at the ends."""
        self._place(max(0, min(self.word + step, len(self.words) - 1)))

    def move_sentences(self, step: int) -> None:
        """Go to the beginning of the next (+1) or the previous (−1) sentence.

        A mark is extended by whole sentences: going on leads to the end of one.
        """
        self._place(self._beside(self._sentences, step))

    def move_paragraphs(self, step: int) -> None:
        """Go to the beginning of the next (+1) or the previous (−1) paragraph; as sentences."""
        self._place(self._beside(self._paragraphs, step))

    def move_to(self, offset: int) -> None:
        """Go to the word at an offset of the report."""
        self._place(self._word_at(offset - self.start))

    def _beside(self, stretches: Sequence[Stretch], step: int) -> int:
        if step < 0:
            return next((first for first, _ in reversed(stretches) if first < self.word), 0)
        ends = (last if self.anchor is not None else first for first, last in stretches)
        return next((end for end in ends if end > self.word), len(self.words) - 1)

    def _place(self, word: int) -> None:
        """Put the cursor on a word; the end of the mark that moves is there then."""
        self.word = word
        if self.anchor is None:
            return
        crossed = word < self.anchor if self._end_moves else word > self.anchor
        if crossed:
            self._begin = self._end = None
            self._end_moves = not self._end_moves
        elif self._end_moves:
            self._end = None
        else:
            self._begin = None

    # --- where things are ------------------------------------------------------------------------

    @cached_property
    def _cuts(self) -> list[int]:
        return boundaries(self.text)

    @cached_property
    def _sentences(self) -> list[Stretch]:
        return self._stretches(sentences(self.text))

    @property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins, in code points of the passage."""
        return [self.words[first][0] for first, _ in self._sentences]

    @cached_property
    def _paragraphs(self) -> list[Stretch]:
        return self._stretches(paragraphs(self.text))

    def _stretches(self, spans: list[tuple[int, int]]) -> list[Stretch]:
        """The words of stretches of the text; those without a word are none."""
        found = [(self._word_from(first), self._word_at(last - 1)) for first, last in spans]
        return [(first, last) for first, last in found if first <= last] or [
            (0, len(self.words) - 1)
        ]

    def _word_at(self, offset: int) -> int:
        """The word at an offset of the passage, or the nearest one before it."""
        return max(0, bisect_right(self.words, (offset, len(self.text) + 1)) - 1)

    def _word_from(self, offset: int) -> int:
        """The word at an offset of the passage, or the nearest one after it."""
        word = self._word_at(offset)
        return word + (self.words[word][1] <= offset and word + 1 < len(self.words))


def _around(stretches: Sequence[Stretch], word: int) -> Stretch:
    """The stretch that a word lies in, or the nearest one."""
    return next((stretch for stretch in stretches if word <= stretch[1]), stretches[-1])
