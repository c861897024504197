"""What makes long days of coding bearable: flags, skipping, notes, shortcuts, pauses, covers."""

import time
from collections.abc import Callable
from dataclasses import replace

from annotator.codebook.model import Code, EvidenceRule, Variable, VariableType
from annotator.coding import change
from annotator.coding.model import Answer, Span
from annotator.coding.skipping import SkipReason
from annotator.work.desk_like import DeskLike
from annotator.work.focus import Change, Focus
from annotator.work.outline import Row, RowKind, shown_answer
from annotator.work.recent import last_answer, question_of, recent_codes
from annotator.work.recording import Recording
from annotator.work.work_clock import HABITS, Habits


class WorkingLife(Recording):
    """The part of a coding session that looks after the coder.

    `paused` says that the coder is away, `covered` that the text of the passage is not to be shown
    until they ask for it. In both no time counts.

    Args:
        desk: The coder's view of the project.
        clock: Seconds that never go back; for tests.
        habits: How the coder wants to be looked after.
    """

    def __init__(
        self,
        desk: DeskLike,
        clock: Callable[[], float] = time.monotonic,
        habits: Habits = HABITS,
    ) -> None:
        self.paused = False
        self.covered = False
        self._visited = 0
        super().__init__(desk, clock, habits)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The outline of the coding as it stands; without words of a text that is covered."""
        rows = super().rows
        if not self.covered:
            return rows
        return tuple(row._replace(shown="") if row.kind is RowKind.RECORD else row for row in rows)

    # --- flags, skipping -------------------------------------------------------------------------

    def toggle_flag(self) -> Change:
        """Ask the lead to look at the passage, or no longer."""
        self._count_time()
        flagged = not self.item.flagged
        self.desk.flag(self.item.assignment_id, self.focus.write(), flagged=flagged)
        self.item = self.item._replace(flagged=flagged)
        self._typing = False
        return Change("Flagged: the lead will look at it." if flagged else "No longer flagged.")

    def skip(self, reason: SkipReason, note: str = "") -> Change:
        """Give the passage back to the lead and open the next one; what was coded stays a draft.

        Args:
            reason: Why.
            note: Anything more the coder wants to say.
        """
        if why_not := self.why_no_skip():
            return Change(why_not, refused=True)
        self.keep_place()
        following = self.desk.skip(self.item.assignment_id, reason, note.strip())
        self._load(following or self.item.assignment_id)
        what = f"Skipped ({reason.words}): the lead has it back; undo gives it to you again."
        if following is None:
            ended = f"{what} {self.ended} {self.reminder}".rstrip()
            return Change(ended, passage=True, finished=not self.unsubmitted)
        return Change(what, passage=True)

    def why_no_skip(self) -> str:
        """Why the passage cannot be given back; empty if it can."""
        if self.item.done:
            return "This passage is submitted; flag it if the lead should look at it."
        return "This passage is skipped already." if self.item.skipped else ""

    def take_back(self) -> Change:
        """Put a passage that was skipped into the queue again."""
        if self.item.skipped is None:
            return Change("This passage is not skipped.", refused=True)
        self._count_time()
        self.desk.take_back(self.item.assignment_id, self.focus.write())
        self.item = self.item._replace(skipped=None, skip_note="")
        self._progress = None
        self._typing = False
        return Change("Yours again: no longer skipped.")

    # --- the note on the passage -----------------------------------------------------------------

    def set_passage_note(self, note: str) -> Change:
        """Write a note on the whole passage; an empty one takes it away."""
        here = self.focus._replace(passage_note=None)
        return self._save(
            replace(self.coding, note=note.strip()), "note on the passage", focus=here
        )

    def write_passage_note(self, text: str | None) -> None:
        """Keep a note on the passage that is being written; None gives it up."""
        focus = self.focus._replace(passage_note=text)
        self._keep(focus)
        self.focus = focus

    # --- shortcuts -------------------------------------------------------------------------------

    def recent_codes(self) -> tuple[Code, ...]:
        """The codes the coder picked last for the question in focus, the last one first.

        At most nine, from this round, whatever passage it was on; what was undone does not count.
        """
        row = self.row
        if not row.codes:
            return ()
        return recent_codes(row, self.desk.past_edits(), self.codebook)

    def repeat_last(self, span: Span | None = None) -> Change:
        """Answer the question in focus as the coder answered it last, without its words.

        Args:
            span: The marked words, which become evidence as for a code that is picked.
        """
        row = self.row
        if row.kind in (RowKind.ADD, RowKind.NONE):
            codes = self.recent_codes()
            if not codes:
                return Change("There is nothing to repeat here yet.", refused=True)
            if codes[0].id in row.chosen:
                return Change(f"{row.title} says {codes[0].label} already.", refused=True)
            done = self.pick(codes[0], span)
            return done._replace(message=done.message or f"{row.title}: {codes[0].label}, as last")
        variable = question_of(row, self.codebook)
        if variable is None or variable.type is VariableType.LINK:
            return Change("There is no question here to answer as before.", refused=True)
        here = (self.item.assignment_id, row.record)
        last = last_answer(variable, self.desk.past_edits(), self.codebook, besides=here)
        if last is None:
            return Change(f"You have not answered {row.title} elsewhere yet.", refused=True)
        return self._repeat(row, variable, last, span)

    def _repeat(self, row: Row, variable: Variable, last: Answer, span: Span | None) -> Change:
        kept = change.by_hand(row.answer or last)
        answer = replace(kept, value=last.value, state=last.state)
        if span is not None and variable.evidence is not EvidenceRule.NONE:
            answer = replace(answer, evidence=change.add_evidence(answer.evidence, span))
        shown = f"{row.title}: {shown_answer(last, variable.codes or row.codes)}"
        if answer == row.answer:
            return Change(f"{shown} stands here already.", refused=True)
        here = self._at(row.place)
        if variable.type is not VariableType.CODES:
            here = self._following(self._with(row, answer), here)
        done = self._answer(row, answer, shown, focus=here)
        return done._replace(message=f"{shown}, as last time")

    # --- rest ------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Go away from the work: no time counts until `resume`."""
        self.keep_place()
        self.paused = True
        self._set_counting()

    def resume(self) -> None:
        """Come back to the work."""
        self._count_time()
        self.paused = False
        self._set_counting()

    def uncover(self) -> None:
        """Show the text of a passage that is tagged as graphic, for as long as it is open."""
        self._count_time()
        self.covered = False
        # The row in focus may show words now.
        self._row = None
        self._set_counting()

    def attend(self) -> None:
        """Note that the coder is there, whatever they look at."""
        self._count_time()

    def break_due(self) -> int:
        """The minutes worked without a rest, once, when a break is due; 0 else."""
        return self._time.break_due()

    def _set_counting(self) -> None:
        self._time.counts = not (self.paused or self.covered)

    def _load(self, assignment_id: int, focus: Focus | None = None) -> None:
        super()._load(assignment_id, focus)
        if assignment_id != self._visited:
            self._visited = assignment_id
            self.covered, self._row = self.item.graphic, None
        self._set_counting()
