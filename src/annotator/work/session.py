"""The coding session: one coder going through their passages, every change durable at once.

This is the only object the coding screen and the plain prompts hold. Each method that changes
something writes it to the project before it returns, so what a screen shows as saved is saved;
it then says in a `Change` what there is to paint anew. The session reaches the project through
the coder's desk alone and so cannot see anyone else's work.

Its parts stand on each other: `sitting` (the open passage and how a change is written),
`answering` (questions), `recording` (records and checks), `working_life` (what makes long days
bearable), `candidates` (words of the passage offered as answers), `learning` (training), and here
the way through the passages.
"""

from collections.abc import Callable
from dataclasses import replace

from annotator.coding.checks import Finding, blocking
from annotator.coding.complete import pruned
from annotator.coding.model import Coding
from annotator.store.desk import Here, Step
from annotator.store.models import StepKind
from annotator.work.focus import Change, Focus
from annotator.work.learning import Learning
from annotator.work.outline import RowKind

_MOST_DIGITS = 9
"""Longer numbers name no place in any queue."""


class CodingSession(Learning):
    """A coder at work on the passages of one round; see `WorkingLife` for how one is made."""

    # --- moving ----------------------------------------------------------------------------------
    def advance(self) -> Change:
        """Go on to the next row that wants the coder; with none left, submit."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        later = self.rows[self._position + 1 :]
        # A line that adds another record is an offer; one that adds the first is a question.
        wanted = next((row for row in later if row.wants and not row.there), None)
        return self.submit() if wanted is None else self.go_to(wanted.place)

    def move_row(self, step: int) -> Change:
        """Go to the next (+1) or previous (−1) row; stops at the ends."""
        return self._go(max(0, min(self._position + step, len(self.rows) - 1)))

    def move_record(self, step: int) -> Change:
        """Go to the first row of the next or previous record (or the passage's own questions)."""
        starts = [
            number
            for number, row in enumerate(self.rows)
            if not number or row.kind is RowKind.RECORD
        ]
        here = max(start for start in starts if start <= self._position)
        wanted = starts.index(here) + step
        if step < 0 and self.rows[here].record != self.row.record:
            # From a line that adds one, the record before it is the last of those inside.
            wanted = starts.index(here)
        return self._go(starts[max(0, min(wanted, len(starts) - 1))])

    def go_to(self, place: tuple[str, str]) -> Change:
        """Go to a row by its place."""
        return self._go(next(n for n, row in enumerate(self.rows) if row.place == place))

    def move_cursor(self, cursor: int) -> None:
        """Remember where in the text the coder is; kept durably with the next change.

        Who moves through the text has done with the field; text that is no value stays in it. No
        candidate is current then.
        """
        self._count_time()
        self.focus = self.focus._replace(cursor=cursor)
        if self.leave_entry() is None:
            self._move(self.row.place)
        self.leave_candidate()

    # --- passages --------------------------------------------------------------------------------
    def submit(self) -> Change:
        """Submit the coding as it stands and open the next open passage.

        Refused, with the first gap in focus, while something is missing.
        """
        if (stuck := self.leave_entry()) is not None:
            return stuck
        missing = self.gaps
        if missing:
            gap = missing[0]
            self._move_to_gap(gap)
            more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
            return Change(f"Not yet: {gap.sentence}{more}", refused=True)
        standing = blocking(self.findings)
        if standing:
            return self._refuse_for(standing)
        fired = {(one.check.id, one.record) for one in self.findings}
        coding = pruned(self.coding, self.codebook)
        kept = tuple(one for one in coding.overrides if (one.check, one.record) in fired)
        coding = replace(coding, overrides=kept)
        self._count_time()
        learn = self._focus_to_learn()
        following = "" if learn is None else learn.write()
        done = self.desk.submit(self.item.assignment_id, coding, following, self._unkept)
        self._unkept = 0.0
        what = f"Submitted again, revision {done.revision}." if done.revision > 1 else "Submitted."
        if done.unchanged:
            what = "Unchanged; nothing new was submitted."
        if done.next is None:
            self._load(self.item.assignment_id, learn)
            said = (what, self.ended, self.assess(), self.reminder)
            ended = " ".join(sentence for sentence in said if sentence)
            return Change(ended, passage=True, finished=not self.unsubmitted)
        self._load(done.next, learn)
        return Change(what, passage=True)

    def _refuse_for(self, standing: list[Finding]) -> Change:
        """Refuse to submit for a check that blocks, and go to where it fires."""
        first = standing[0]
        rows = [row for row in self.rows if row.record == first.record]
        empty = [row for row in rows if row.kind is RowKind.ADD and not row.there]
        # What is not there yet is added on the line that adds the first of it.
        there = next(iter((*empty, *rows) if first.missing else rows), self.row)
        self._move(there.place)
        self.keep_place()
        more = f" (and {len(standing) - 1} more)" if len(standing) > 1 else ""
        return Change(f"{first.check.id}: {first.sentence}{more}", refused=True)

    def step_passage(self, step: int) -> Change:
        """Go to the next (+1) or previous (−1) passage of the coder's order, done or not."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        other = self.desk.neighbour(self.item.assignment_id, step)
        if other is None:
            end = "last" if step > 0 else "first"
            return Change(f"This is the {end} passage.", refused=True)
        self._open(other)
        return Change(passage=True)

    def next_open(self) -> Change:
        """Go to the next passage that is not coded yet, then to those changed and not submitted."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        other = self.desk.next_open(self.item.ord)
        if other is None:
            return self._next_changed()
        if other == self.item.assignment_id:
            return Change("This is the only open passage.", refused=True)
        self._open(other)
        return Change(passage=True)

    def open_passage(self, assignment_id: int) -> Change:
        """Open a passage of the coder's own."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        if assignment_id != self.item.assignment_id:
            self._open(assignment_id)
        return Change(passage=True)

    def go_to_passage(self, where: str) -> Change:
        """Open the passage that some words name.

        Args:
            where: Its place in the queue (`12`), or a part of the report's name and the number of
                the passage in it (`aleppo 4`).
        """
        *name, last = where.split() or [""]
        if not last.isdecimal() or len(last) > _MOST_DIGITS:
            return Change(
                f"“{where.strip()}” names no passage; write its place, such as 12, or a report "
                "and a number, such as aleppo 4.",
                refused=True,
            )
        if not name:
            found = self.desk.at_place(int(last))
            if found is None:
                return Change(f"Your queue ends with {self.progress.assigned}.", refused=True)
            return self.open_passage(found)
        part = " ".join(name)
        named = self.desk.of_reports(part.lower(), int(last), 2)
        if not named:
            return Change(f"You have no passage {last} of a report called “{part}”.", refused=True)
        change = self.open_passage(named[0][0])
        if len(named) > 1 and not change.refused:
            return change._replace(message=f"The first of several reports called “{part}”.")
        return change

    def _next_changed(self) -> Change:
        here = self.item.ord
        others = [one for one in self._changed_passages if one[0] != here]
        if others:
            later = [one for one in others if one[0] > here]
            self._open((later or others)[0][1])
            ended = self.ended.removesuffix(".")
            return Change(f"{ended}; this one is changed, not submitted.", passage=True)
        if self.unsubmitted:
            return Change("Only this passage is changed and not submitted.", refused=True)
        return Change(self.ended, refused=True, finished=True)

    def undo(self) -> Change:
        """Undo the last step, wherever it was made; going back to that passage if need be.

        What was submitted stands: to undo a submission opens the coding again, no more.
        """
        return self._travel(self.desk.undo, "Undone", "Nothing left to undo.")

    def redo(self) -> Change:
        """Do again the step undone last."""
        return self._travel(self.desk.redo, "Done again", "Nothing to do again.")

    # --- inside ----------------------------------------------------------------------------------
    def _travel(self, move: Callable[[Here | None], Step | None], verb: str, empty: str) -> Change:
        self._count_time()
        step = move(Here(self.item, lambda coding: self._where(coding).write(), self._unkept))
        if step is None:
            return Change(empty, refused=True)
        elsewhere = step.assignment_id != self.item.assignment_id
        progress = self._progress
        if not elsewhere and step.kind == StepKind.EDIT and step.content is not None:
            self._typing = False
            self._take(step.content, self._where(step.content))
            self.item = self.item._replace(draft=step.content)
        elif elsewhere:
            # The time spent so far belongs to this passage, wherever the step leads.
            self.keep_place()
            self._load(step.assignment_id)
            self.keep_place()
        else:
            before = self.coding
            self._load(step.assignment_id, self._at(self._place))
            self.focus = self._where(self.coding, before)
            self.keep_place()
        if step.kind == StepKind.EDIT:
            self._progress = progress
        if step.kind != "submit":
            return Change(f"{verb}: {step.label}", passage=elsewhere)
        return Change(self._submission_again(), passage=elsewhere)

    def _submission_again(self) -> str:
        """What undoing or doing again a submission did: nothing is ever taken back by it."""
        if self.is_revision:
            return "As submitted then; what you submitted last stands until you submit again."
        if self.item.draft is not None:
            return "Opened again; what you submitted stands until you submit again."
        return "Done again: submitting this passage"

    def _where(self, coding: Coding, before: Coding | None = None) -> Focus:
        """Where a coder sees what is another in a coding: the first row that changed.

        Args:
            coding: The coding after the change.
            before: The coding before it; left out, the one that is open.
        """
        rows = self._outline(coding)
        changed = zip(rows, self._outline(before or self.coding), strict=False)
        place = next((row.place for row, old in changed if row != old), self._place)
        return self._at(place if any(row.place == place for row in rows) else rows[0].place)

    def _open(self, assignment_id: int) -> None:
        self.keep_place()
        self._load(assignment_id)
        self.keep_place()
