"""Words of the passage as evidence, typed in quotes at plain prompts."""

from annotator.cli.entry import Quote, find_words, picks
from annotator.cli.lines import Lines
from annotator.cli.plain_view import PlainView
from annotator.cli.plain_walk import Place, Walk
from annotator.codebook.model import EvidenceRule
from annotator.coding.model import Span
from annotator.work.focus import Change
from annotator.work.outline import Row
from annotator.work.session import CodingSession


class PlainWords:
    """Puts words behind answers.

    Args:
        session: The session.
        view: Says what answers are.
        walk: The way through the passage.
        lines: Where it is said what came of it.
    """

    def __init__(self, session: CodingSession, view: PlainView, walk: Walk, lines: Lines) -> None:
        self._session = session
        self._view = view
        self._walk = walk
        self._say = lines.say

    def find(self, quote: Quote) -> Span:
        """Where the words of a quote stand in the passage.

        Raises:
            ValueError: They stand nowhere in it, or more than once.
        """
        return find_words(quote, self._session.item.text, self._session.item.start)

    def quote(self, quote: Quote, answered: list[Place]) -> None:
        """Put words behind the answer just given in the line, else behind the one in focus.

        Args:
            quote: The words.
            answered: The questions that the line has answered so far.

        Raises:
            ValueError: The words cannot be found or put there.
        """
        span = self.find(quote)
        if answered:
            self._walk.return_to(answered[-1])
        place = self._session.row.place
        done = self.put(span)
        must(done)
        self._tell(done)
        self._walk.return_to(place)
        if not answered:
            self._view.answer(self._session.row)

    def put(self, span: Span) -> Change:
        """Put words behind the answer; words that are behind it already stay there."""
        row = self._session.row
        if span in self._evidence(row):
            return Change(f"{row.title} has these words already.")
        if row.variable is not None and row.answer is None:
            return Change('Give the answer and its words in one line: a "the words"', refused=True)
        return self._session.mark(span)

    def add(self, rest: str) -> None:
        """Put the words in quotes behind the answer in focus, or take them away."""
        quotes = [part for part in picks(rest) if isinstance(part, Quote)]
        if not quotes:
            self._say('Give the words in quotes: .words "…"')
            return
        place = self._session.row.place
        try:
            for quote in quotes:
                self._tell(self._session.mark(self.find(quote)))
                self._walk.return_to(place)
        except ValueError as error:
            self._say(sentence(str(error)))
        self._view.answer(self._session.row)

    def _evidence(self, row: Row) -> tuple[Span, ...]:
        if row.variable is None or row.variable.evidence is EvidenceRule.NONE:
            return self._session.coding.record(row.record).evidence
        return row.answer.evidence if row.answer else ()

    def _tell(self, change: Change) -> None:
        if change.message:
            self._say(change.message)


def must(done: Change) -> None:
    """Raise what a change was refused for as a ValueError."""
    if done.refused:
        raise ValueError(done.message)


def sentence(text: str) -> str:
    """A message as a sentence: a capital letter at its beginning, a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
