"""Training in a coding session: after each passage its known answer, at the end the result.

Most sessions train nobody, so what holds codings against answers is loaded only when it is needed.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.coding.form import to_form
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.work.candidates import Offering
from annotator.work.desk_like import DeskLike
from annotator.work.focus import Change, Focus
from annotator.work.work_clock import HABITS, Habits

if TYPE_CHECKING:
    from annotator.work.lesson import Lesson
    from annotator.work.training_result import TrainingResult


class Learning(Offering):
    """The part of a coding session that trains the coder, in a round of training.

    Which lesson waits to be read is kept with the coder's place, so that it waits over a restart
    too. `verdict` is what came of the training when the session began, in words; empty before.
    Nothing here does anything in any other round.
    """

    def __init__(
        self,
        desk: DeskLike,
        clock: Callable[[], float] = time.monotonic,
        habits: Habits = HABITS,
    ) -> None:
        super().__init__(desk, clock, habits)
        # Anew at every start, in case the program ended between a submission and its verdict.
        self.verdict = self.assess()

    @property
    def trains(self) -> bool:
        """Whether passages have answers that the coder sees once they submitted them."""
        return self.desk.training is not None

    @property
    def lesson(self) -> "Lesson | None":
        """The answer beside the known one that waits to be read; None if none does."""
        waiting = self.focus.lesson
        return None if waiting is None else self._lesson_of(waiting)

    def learned(self) -> None:
        """Note that the lesson was read."""
        self.focus = self.focus._replace(lesson=None)
        self.keep_place()

    def why_no_lesson(self) -> str:
        """Why the known answer of the open passage cannot be read; empty if it can."""
        if not self.trains:
            return "There are no answers to look at in this round."
        return "" if self.item.submitted is not None else "Submit the passage to see its answer."

    def known_here(self) -> "Lesson":
        """The coder's answer to the open passage beside the known one, once it is submitted.

        Raises:
            AnnotatorError: There is none to be seen.
        """
        if why_not := self.why_no_lesson():
            raise AnnotatorError(why_not)
        return self._lesson_of(self.item.assignment_id)

    @property
    def result(self) -> "TrainingResult | None":
        """How far the coder meets the known answers so far; None where nobody is trained."""
        if self.desk.training is None:
            return None
        from annotator.work.training_result import training_result

        pairs = [(one.known, one.given) for one in self.desk.lessons()]
        return training_result(
            self.desk.coder,
            pairs,
            self.codebook,
            self.progress.assigned,
            self.desk.training.pass_at,
        )

    def skip(self, reason: SkipReason, note: str = "") -> Change:
        """Give the passage back to the lead; see `WorkingLife.skip`."""
        done = super().skip(reason, note)
        if done.refused or self.progress.open:
            return done
        return done._replace(message=f"{done.message} {self.assess()}".rstrip())

    def assess(self) -> str:
        """Put the result on record if no passage is open, and say it; empty if none is due.

        What is on record already is not put there again.
        """
        result = self.result if self.trains and not self.progress.open else None
        if result is None:
            return ""
        self.desk.record_assessment(result.as_json())
        return result.sentence

    def _focus_to_learn(self) -> Focus | None:
        """Where a coder is who is to read about the open passage; None if there is no lesson."""
        if not self.trains or self.item.submitted is not None:
            return None
        return Focus(lesson=self.item.assignment_id)

    def _lesson_of(self, assignment_id: int) -> "Lesson":
        from annotator.work.lesson import lesson

        item, known = self.desk.item(assignment_id), self.desk.known_answer(assignment_id)
        if item.submitted is None:
            raise AnnotatorError("Submit the passage to see its answer.")
        return lesson(
            item.report.name,
            item.number,
            item.text,
            known.form,
            to_form(item.submitted),
            known.trap,
            self.codebook,
        )
