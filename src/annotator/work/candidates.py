"""Candidates in a coding session: which one is offered first, and taking one with its words.

A candidate is words of the passage that may answer the question in focus
(`annotator.coding.candidates`). Nothing is answered until the coder takes it.
"""

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import is_not
from typing import TYPE_CHECKING

from annotator.codebook.model import EvidenceRule, Variable, VariableType
from annotator.coding import change
from annotator.coding.model import Span
from annotator.work.desk_like import DeskLike
from annotator.work.focus import NONE_LIT, Change, Focus
from annotator.work.offer_order import first_to_offer
from annotator.work.outline import Row, RowKind
from annotator.work.recent import question_of
from annotator.work.refusals import no_candidates
from annotator.work.work_clock import HABITS, Habits
from annotator.work.working_life import WorkingLife

if TYPE_CHECKING:
    from annotator.coding.candidates import Candidate, CandidateFinder


class Offering(WorkingLife):
    """The part of a coding session that offers candidates and takes them."""

    def __init__(
        self,
        desk: DeskLike,
        clock: Callable[[], float] = time.monotonic,
        habits: Habits = HABITS,
    ) -> None:
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._found_in = 0
        # Which is offered first, and for what: of which candidates, in which row and coding.
        self._first: tuple[tuple[object, ...], int | None] = ((), None)
        super().__init__(desk, clock, habits)

    @cached_property
    def _finder(self) -> "CandidateFinder":
        # Loaded with the first question: a passage is often shown before any is asked.
        from annotator.coding.candidates import CandidateFinder

        return CandidateFinder(self.codebook)

    @property
    def candidates(self) -> "tuple[Candidate, ...]":
        """The candidates of the question in focus, in the order of the text.

        None are offered while the text is hidden, nor on the line of a record or a reason.
        """
        variable = question_of(self.row, self.codebook)
        if variable is None or self.paused or self.covered:
            return ()
        found = self._found.get(variable.id)
        if found is None:
            found = self._finder.find(variable, self.item.text, self.report_day)
            self._found[variable.id] = found
        return found

    @property
    def candidate(self) -> int | None:
        """The number of the candidate that one key takes now; None if it takes none.

        On coming to a question it is the first that fits (`first_to_offer`), then the one the coder
        steps to; none while they type, or once they move through the text by themselves.
        """
        stepped, found = self.focus.candidate, self.candidates
        if self.focus.entry or stepped == NONE_LIT or not found:
            return None
        if stepped is not None:
            return stepped if stepped < len(found) else None
        row, variable = self.row, question_of(self.row, self.codebook)
        if variable is None:
            return None
        asked = (found, row, self.coding)
        if len(self._first[0]) != len(asked) or any(map(is_not, self._first[0], asked)):
            item = self.item
            first = first_to_offer(found, row, variable, self.coding, item.text, item.start)
            self._first = (asked, first)
        return self._first[1]

    def is_taken(self, candidate: "Candidate") -> bool:
        """Whether the words of a candidate stand behind the answer in focus already."""
        answer = self.row.answer
        taken = () if answer is None else answer.evidence
        return bool(taken) and self._span(candidate) in taken

    def step_candidate(self, step: int) -> Change:
        """Go to the next (+1) or previous (−1) candidate, and in the text to its words."""
        found = self.candidates
        if why_not := no_candidates(found):
            return Change(why_not, refused=True)
        if (stuck := self.leave_entry()) is not None:
            return stuck
        now = self.candidate
        if now is None:
            number = _beside(found, self.focus.cursor - self.item.start, step)
        else:
            number = (now + step) % len(found)
        self._move(self.row.place)
        cursor = self.item.start + found[number].start
        self.focus = self.focus._replace(cursor=cursor, candidate=number)
        self.keep_place()
        return Change()

    def leave_candidate(self) -> None:
        """Let no candidate be current, until the coder steps to one or goes to another question."""
        self.focus = self.focus._replace(candidate=NONE_LIT)

    def take_candidate(self, number: int | None = None) -> Change:
        """Answer the question in focus with a candidate, and put its words behind the answer.

        Goes on to the next question as picking a code does.

        Args:
            number: Which, from 0; left out, the one that is current.
        """
        row, variable = self.row, question_of(self.row, self.codebook)
        number = self.candidate if number is None else number
        if number is None or variable is None or not 0 <= number < len(self.candidates):
            return Change("There is no such candidate here.", refused=True)
        candidate = self.candidates[number]
        span = None if variable.evidence is EvidenceRule.NONE else self._span(candidate)
        label = f"{row.title}: {candidate.shown}"
        if row.kind is RowKind.ADD:
            return self._add_taken(row, variable, candidate, span)
        answer = change.take_candidate(row.answer, variable, candidate.value, span)
        coding, here = self._with(row, answer), self._at(row.place)
        if variable.type is not VariableType.CODES:
            here = self._following(coding, here)
        return self._save(coding, label, focus=here)

    # --- inside ----------------------------------------------------------------------------------

    def _add_taken(
        self, row: Row, variable: Variable, candidate: "Candidate", span: Span | None
    ) -> Change:
        """Add a record whose first question is answered by a candidate."""
        coding, new = change.add_record(self.coding, self.codebook, row.unit.id, row.record)
        # The default of the first question gives way to what the words say.
        answer = change.take_candidate(None, variable, candidate.value, span)
        coding = change.set_answer(coding, new, variable.id, answer)
        here = self._following(coding, self._at((new, variable.id)))
        return self._save(coding, f"{row.unit.label} + {candidate.shown}", focus=here)

    def _span(self, candidate: "Candidate") -> Span:
        words = self.item.text[candidate.start : candidate.end]
        return Span(self.item.start + candidate.start, self.item.start + candidate.end, words)

    def _load(self, assignment_id: int, focus: Focus | None = None) -> None:
        super()._load(assignment_id, focus)
        if assignment_id != self._found_in:
            self._found, self._found_in = {}, assignment_id


def _beside(found: Sequence["Candidate"], cursor: int, step: int) -> int:
    """The first candidate at or after the cursor, or the last one before it; from there around."""
    numbers = range(len(found))
    if step > 0:
        return next((number for number in numbers if found[number].start >= cursor), 0)
    before = (number for number in reversed(numbers) if found[number].start < cursor)
    return next(before, len(found) - 1)
