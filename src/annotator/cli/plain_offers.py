"""Candidates at plain prompts: the words of the passage that are offered, and taking them."""

from annotator.cli.lines import Lines
from annotator.cli.plain_view import PlainView
from annotator.work.outline import RowKind
from annotator.work.recent import question_of
from annotator.work.session import CodingSession

_MOST = 5
"""So many are told with the question; a passage may have dozens."""


class PlainOffers:
    """Tells what words are offered for a question, and takes them.

    Args:
        session: The session.
        view: Says what answers are.
        lines: Where it is said.
    """

    def __init__(self, session: CodingSession, view: PlainView, lines: Lines) -> None:
        self._session = session
        self._view = view
        self._say = lines.say

    def tell(self) -> None:
        """Say with a question what words are offered for it, the likeliest first."""
        numbers = self._numbers()
        if not numbers:
            return
        self._say("Offered; .take and the number answers with these words:")
        self._list(numbers[:_MOST])
        if len(numbers) > _MOST:
            self._say(f"  and {len(numbers) - _MOST} more; .offers lists them")

    def all(self) -> None:
        """Say every candidate of the question in focus, in the order of the text."""
        if not self._session.candidates:
            self._say("No words of this passage are offered for this question.")
        self._list(list(range(len(self._session.candidates))))

    def take(self, rest: str) -> tuple[str, str] | None:
        """Answer the question in focus with candidates by their numbers.

        Returns:
            The question that was answered; None, having said why, if none was.
        """
        session = self._session
        row, numbers = session.row, [int(number) - 1 for number in rest.split()]
        there = len(session.candidates)
        if not all(0 <= number < there for number in numbers):
            offered = f"give a number from 1 to {there}" if there else "none is offered here"
            self._say(f"There is no such candidate; {offered}.")
            return None
        if len(numbers) > 1 and not row.takes_several:
            self._say("Only one answer can stand here; give one number.")
            return None
        before = {record.id for _, record in session.coding.walk()}
        for number in numbers:
            session.go_to(row.place)
            done = session.take_candidate(number)
            if done.refused:
                self._say(done.message)
                return None
        place = row.place
        if row.kind is RowKind.ADD and (variable := question_of(row, session.codebook)) is not None:
            new = next(record.id for _, record in session.coding.walk() if record.id not in before)
            place = new, variable.id
        for other in session.rows:
            if other.place == place:
                self._view.answer(other)
        return place

    # --- inside ----------------------------------------------------------------------------------

    def _numbers(self) -> list[int]:
        """The candidates worth telling: what fits the question, the likeliest first."""
        found, first = self._session.candidates, self._session.candidate
        if first is None:
            return []
        others = [
            number
            for number, one in enumerate(found)
            if one.near and number != first and not self._session.is_taken(one)
        ]
        return [first, *others]

    def _list(self, numbers: list[int]) -> None:
        text = self._session.item.text
        for number in numbers:
            one = self._session.candidates[number]
            words = " ".join(text[one.start : one.end].split())
            self._say(f'  {number + 1}  {one.shown} "{words}"')
