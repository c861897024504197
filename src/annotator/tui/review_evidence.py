"""Which words of the passage each side puts behind a part, as the review screen shows them.

Sides are told apart by their letters: in the margin of every line on which their words stand, each
in a column of its own, and in front of the words themselves. Nothing is said by colour alone.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.coding.model import Span
from annotator.tui.passage import Highlight

if TYPE_CHECKING:
    # Loads numpy; the screen is painted before that is done.
    from annotator.work.side_by_side import Part

SEVERAL = "+"
"""Instead of a letter: words of several sides begin here."""

_MOST_COLUMNS = 6
"""Sides with a column of their own in the margin; the words of more are shown by `SEVERAL`."""


class SideEvidence:
    """The words that the sides put behind one part.

    Args:
        part: The part; None where there is none, and so no words.
        letters: The letters of the sides, in their order.
        start: Where the passage begins in its report, in code points.
    """

    def __init__(self, part: "Part | None", letters: Sequence[str], start: int) -> None:
        found = [] if part is None else list(part.said.items())
        self._letters = letters
        self.words: list[tuple[str, Span]] = sorted(
            ((letter, span) for letter, said in found for span in said.evidence),
            key=lambda one: (one[1].start, one[1].end, one[0]),
        )
        self._stretches = [
            (letter, span.start - start, span.end - start) for letter, span in self.words
        ]

    @property
    def margin(self) -> int:
        """Cells of the margin: a column for each side, and a blank."""
        return min(len(self._letters), _MOST_COLUMNS) + 1

    def letters_on(self, first: int, last: int) -> str:
        """The margin of a line that shows the stretch `[first, last)` of the passage."""
        here = {letter for letter, start, end in self._stretches if start < last and first < end}
        own = self._letters[:_MOST_COLUMNS]
        columns = "".join(letter[-1] if letter in here else " " for letter in own)
        return columns + (SEVERAL if here - set(own) else " ")

    def highlights(self) -> list[Highlight]:
        """The words as they are shown: those of several sides are stronger than those of one."""
        edges = sorted({edge for _, *stretch in self._stretches for edge in stretch})
        found: list[Highlight] = []
        for first, last in pairwise(edges):
            sides = {letter for letter, start, end in self._stretches if start <= first < end}
            begins = {letter for letter, start, _ in self._stretches if start == first}
            if sides:
                style = "evidence" if len(sides) > 1 else "other evidence"
                sign = next(iter(begins), "") if len(begins) < 2 else SEVERAL
                found.append(Highlight(first, last, style, sign[-1:], "focus"))
        return found
