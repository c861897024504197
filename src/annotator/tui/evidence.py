"""Which words of the passage stand behind what, as the coding screen shows and says it.

Records are told apart by their number, which stands in the margin and before their words, and not
by colour.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.coding.model import Coding
from annotator.tui.passage import Highlight
from annotator.work.outline import Row, RowKind

SEVERAL = "+"
"""Instead of a number: words of more than one record."""
_TOO_LONG = "#"
"""Instead of a number that does not fit a cell."""


class Words(NamedTuple):
    """A stretch `[start, end)` of the passage that stands behind an answer or a record.

    `place` is the row it belongs to, and `question` that row's title; the name of the place and the
    title are empty where the words are of the record as a whole.
    """

    start: int
    end: int
    place: tuple[str, str]
    question: str = ""


class Evidence:
    """All words that stand behind anything in a coding.

    Args:
        coding: The coding.
        rows: Its outline.
        start: Where the passage begins in its report, in code points.
    """

    def __init__(self, coding: Coding, rows: Sequence[Row], start: int) -> None:
        titles = {row.place: row.title for row in rows}
        order = {place: number for number, place in enumerate(titles)}
        words = [
            Words(
                span.start - start,
                span.end - start,
                (record, name),
                titles.get((record, name), name) if name else "",
            )
            for record, name, span in coding.spans()
        ]
        self.words = sorted(words, key=lambda one: order.get(one.place, len(order)))
        self._called: dict[str, tuple[str, ...]] = {"": ()}
        path: tuple[str, ...] = ()
        for row in rows:
            if row.kind is RowKind.RECORD:
                path = (*path[: row.depth], row.title)
                self._called[row.record] = path

    def number(self, record: str) -> str:
        """The number of the outermost record that a record lies in; empty for the passage."""
        called = self._called[record]
        return called[0].rsplit(" ", 1)[-1] if called else ""

    def highlights(self, here: Row) -> list[Highlight]:
        """The words as they are shown, those of the row in focus last and so on top.

        Args:
            here: The row in focus; of its record all words are stronger than those of others.
        """
        focus = self.number(here.record)
        ranked: list[tuple[int, Highlight]] = []
        for one in self.words:
            number = self.number(one.place[0])
            of_record = bool(here.record) and one.place == (here.record, "")
            if of_record or one.place == here.place:
                rank, style = 2, "evidence"
            elif number == focus:
                rank, style = 1, "record evidence"
            else:
                rank, style = 0, "other evidence"
            sign_style = "focus" if number == focus else "key"
            sign = self._sign(one.start)
            ranked.append((rank, Highlight(one.start, one.end, style, sign, sign_style)))
        return [shown for _, shown in sorted(ranked, key=lambda pair: pair[0])]

    def _sign(self, start: int) -> str:
        number = _one_of({self.number(one.place[0]) for one in self.words if one.start == start})
        return _TOO_LONG if len(number) > 1 else number

    def numbers_on(self, first: int, last: int) -> str:
        """The outermost record whose words stand on a stretch of the passage, or `SEVERAL`."""
        found = self._on(first, last)
        return _one_of({self.number(one.place[0]) for one in found}) if found else ""

    def said_of(self, first: int, last: int) -> str:
        """What a stretch of the passage is evidence of, as a sentence; empty if of nothing."""
        questions: dict[str, list[str]] = {}
        for one in self._on(first, last):
            named = questions.setdefault(", ".join(self._called[one.place[0]]), [])
            if one.question and one.question not in named:
                named.append(one.question)
        parts = [": ".join(filter(None, (a, ", ".join(b)))) for a, b in questions.items()]
        return f"Evidence of {' · '.join(parts)}" if parts else ""

    def _on(self, first: int, last: int) -> list[Words]:
        return [one for one in self.words if one.start < last and first < one.end]


def _one_of(numbers: set[str]) -> str:
    named = numbers - {""}
    return SEVERAL if len(named) > 1 else "".join(named)
