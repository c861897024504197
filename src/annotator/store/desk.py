"""All that a coder's session may do to a project: blind by construction.

A `Desk` is bound to one coder in one round. Every statement it runs on assignments, drafts, steps,
places, counters or codings carries that coder's name and that round's id; no method takes another
name, and none can be made to.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql.dml import ReturningUpdate

from annotator.coding.form import canonical, to_form
from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store import desk_statements as sql
from annotator.store.desk_queue import OwnPassage
from annotator.store.desk_rows import (
    Here,
    Item,
    LastStep,
    PastEdit,
    Place,
    Progress,
    ReportHead,
    Step,
    Submitted,
)
from annotator.store.desk_training import DeskTraining
from annotator.store.models import StepKind

__all__ = [
    "Desk",
    "Here",
    "Item",
    "OwnPassage",
    "PastEdit",
    "Place",
    "Progress",
    "ReportHead",
    "Step",
    "Submitted",
]


class Desk(DeskTraining):
    """One coder's place of work in one round; see `DeskWriting` for how one is made."""

    # --- looking ---------------------------------------------------------------------------------

    def progress(self) -> Progress:
        """How far the coder is."""
        with self._project.reading() as connection:
            row = connection.execute(sql.PROGRESS, self._own).first()
        return Progress(*row) if row else Progress(0, 0)

    def place(self) -> Place | None:
        """Where the coder was last; None before the first time, and if it was taken from them."""
        with self._project.reading() as connection:
            row = connection.execute(sql.PLACE, self._own).first()
        return Place(row.assignment_id, row.focus) if row and not row.withdrawn else None

    def item(self, assignment_id: int) -> Item:
        """A passage of the coder's queue.

        Raises:
            AnnotatorError: The coder's queue has no such passage.
        """
        with self._project.reading() as connection:
            row = self._row(connection, assignment_id)
        draft = None if row.content is None else self._read_row(row.content, row)
        return Item(
            row.id,
            row.ord,
            bool(row.done),
            ReportHead(
                row.key,
                row.name,
                row.publisher,
                row.headline,
                row.date,
                row.language,
                row.passages,
            ),
            row.number,
            row.start,
            row.end,
            row.text,
            draft,
            row.seconds or 0.0,
            None if row.body is None else self._read_row(row.body, row),
            row.revision or 0,
            bool(row.flagged),
            SkipReason(row.skipped) if row.skipped else None,
            row.skip_note,
            bool(row.graphic),
            row.sent_back,
        )

    def first_open(self) -> int | None:
        """The first passage of the queue that is not done."""
        return self.next_open(0)

    def next_open(self, after_ord: int) -> int | None:
        """The next passage that is not done, from the start again after the last; None if none."""
        with self._project.reading() as connection:
            return self._next_open(connection, after_ord)

    def changed(self) -> tuple[tuple[int, int], ...]:
        """The passages that were submitted and whose draft says something else since.

        Returns:
            Place in the queue and assignment of each, in the order of the queue.
        """
        with self._project.reading() as connection:
            rows = connection.execute(sql.CHANGED, self._own)
            return tuple(sorted((row.ord, row.assignment_id) for row in rows))

    def neighbour(self, assignment_id: int, step: int) -> int | None:
        """The passage after (+1) or before (-1) one in the queue, done or not; None at an end."""
        statement = sql.AFTER if step > 0 else sql.BEFORE
        with self._project.reading() as connection:
            return connection.execute(statement, self._own | {"assignment": assignment_id}).scalar()

    def last(self) -> int:
        """The last passage of the queue.

        Raises:
            AnnotatorError: The queue is empty.
        """
        with self._project.reading() as connection:
            found = connection.execute(sql.LAST, self._own).scalar()
        if found is None:
            raise AnnotatorError(
                f"There are no passages for {self.coder} in the round {self.round.name}; import "
                "reports first, or let the lead give some (`annotator round assign`)."
            )
        return found

    def past_edits(self) -> Iterator[PastEdit]:
        """The changes the coder made in this round and did not undo, the last one first.

        Read some at a time, so that to stop early costs little.
        """
        earlier_than = sys.maxsize
        while True:
            with self._project.reading() as connection:
                bound = self._own | {"earlier_than": earlier_than}
                rows = connection.execute(sql.PAST_EDITS, bound).all()
            if not rows:
                return
            for row in rows:
                before, after = json.loads(row.before), json.loads(row.after)
                yield PastEdit(row.assignment_id, before, after)
            earlier_than = rows[-1].seq

    # --- changing --------------------------------------------------------------------------------

    def save(
        self,
        assignment_id: int,
        before: Coding,
        after: Coding,
        label: str,
        focus: str,
        seconds: float,
        *,
        merge: bool = False,
    ) -> None:
        """Keep a change to the draft as one step to undo; it is on the disk when this returns.

        Steps that were undone can no longer be done again.

        Args:
            assignment_id: The passage.
            before: The coding before the change.
            after: The coding after it.
            label: What the step did, in words.
            focus: Where the coder is in the passage now.
            seconds: Active seconds since the last call for this passage.
            merge: Make it part of the last step, if that was on the same passage, of the same
                label, and not undone.

        Raises:
            AnnotatorError: The coder's work was changed from another window, the round was closed,
                or the file cannot be written; nothing is saved then.
        """
        now = datetime.now(UTC)
        content, old = self._text_of(assignment_id, after), self._text_of(assignment_id, before)
        with self._project.writing() as connection:
            self._change_place(connection, assignment_id, focus)
            self._keep_draft(connection, assignment_id, content, seconds, now)
            last = self._last_step(connection)
            step = LastStep(last.seq, assignment_id, StepKind.EDIT, label, undone=0)
            extended = {"step": last.seq, "new_after": content}
            # A step goes with its passage, when that is taken from the coder for a while.
            if (
                not (merge and last == step)
                or not connection.execute(sql.EXTEND_STEP, self._own | extended).rowcount
            ):
                step = step._replace(seq=last.seq + 1)
                self._add_step(connection, step, last, old, content)
        self._changed(step)

    def set_place(self, assignment_id: int, focus: str, seconds: float) -> None:
        """Keep where the coder is, and add active seconds to the draft, if there is one.

        Nothing is kept once the coder's work was changed from another window: there the coder is
        elsewhere. Nothing of the work is lost by it, so nothing is raised.
        """
        with self._project.writing() as connection:
            new = {
                "new_assignment": assignment_id,
                "new_focus": focus,
                "known_version": self._version,
            }
            if not connection.execute(sql.MOVE_PLACE, self._own | new).rowcount:
                if connection.execute(sql.PLACE, self._own).first():
                    return
                self._put_place(connection, assignment_id, focus, 0)
            its = self._own | {"assignment": assignment_id, "more_seconds": seconds}
            connection.execute(sql.ADD_SECONDS, its)

    def undo(self, here: Here | None = None) -> Step | None:
        """Take back the last step, on whichever passage it was; None if there is none.

        A passage that was given back is in the queue again then.

        To undo a submission opens the coding again as a draft. What was submitted stays in the
        project until another revision is submitted.

        Args:
            here: The passage that is open, so that a change of its coding is one with the place.
        """
        return self._travel(sql.UNDO, here, undone=1)

    def redo(self, here: Here | None = None) -> Step | None:
        """Do again the step that was undone last; None if there is none. See `undo`."""
        return self._travel(sql.REDO, here, undone=0)

    def submit(
        self, assignment_id: int, coding: Coding, focus_next: str, seconds: float
    ) -> Submitted:
        """Submit a coding of a passage: the first, or a revision.

        Event, rows, counter, undo step and the place at the next open passage are one transaction.
        A coding equal to the one submitted before makes no new revision, unless the lead sent it
        back: the draft goes, the coder goes on.

        Args:
            assignment_id: The passage.
            coding: The coding, complete.
            focus_next: Where to begin in the next open passage.
            seconds: Active seconds since the last call for this passage; those of the draft are
                added to it.

        Raises:
            AnnotatorError: The coder's work was changed from another window, the round was closed,
                or the file cannot be written; nothing is saved then.
        """
        step = self._last
        with self._project.writing() as connection:
            row = self._row_to_change(connection, assignment_id)
            unchanged = bool(row.done) and row.body == canonical(to_form(coding))
            revision = row.revision or 0
            if not unchanged:
                revision += 1
                spent = (row.seconds or 0.0) + seconds
                step = self._put(connection, row, revision, coding, spent)
            if row.content is not None:
                connection.execute(sql.DROP_DRAFT, self._own | {"assignment": assignment_id})
            following = self._next_open(connection, row.ord)
            here = assignment_id if following is None else following
            self._change_place(connection, here, focus_next)
        self._changed(step)
        return Submitted(revision, following, unchanged)

    # --- inside ----------------------------------------------------------------------------------

    def _travel(
        self, statement: ReturningUpdate[*tuple[Any, ...]], here: Here | None, *, undone: int
    ) -> Step | None:
        with self._project.writing() as connection:
            step = connection.execute(statement, self._own).first()
            if step is None:
                return None
            content = step.before if undone else step.after
            edits = step.kind == StepKind.EDIT
            if here is not None and edits and step.assignment_id == here.item.assignment_id:
                coding: Coding | None = self._put_edit(connection, here, content)
            else:
                coding = self._put_back(connection, step, content, undone=undone)
            found = Step(step.assignment_id, StepKind(step.kind), step.label, coding)
        last = self._last
        # While any step is undone, the last one is.
        if last is not None and (undone or last.seq == step.seq):
            last = last._replace(undone=undone)
        self._changed(last)
        return found

    def _put_edit(self, connection: Connection, here: Here, content: str) -> Coding:
        """Let the open passage have another coding, and the coder the place that goes with it."""
        item = here.item
        coding = self._late.get((item.assignment_id, content))
        if coding is None:
            coding = self._read(content, item.text, item.start, item.report.name, item.number)
            self._keep_late(item.assignment_id, content, coding)
        now = datetime.now(UTC)
        self._keep_draft(connection, item.assignment_id, content, here.seconds, now)
        self._change_place(connection, item.assignment_id, here.focus(coding))
        return coding

    def _put_back(
        self, connection: Connection, step: Any, content: str, *, undone: int
    ) -> Coding | None:
        """Bring a passage back to one side of a step; its coding, or None if that was a mark."""
        row = self._row(connection, step.assignment_id)
        marks = step.kind in (StepKind.FLAG, StepKind.SKIP)
        if marks:
            row = self._row_to_change(connection, step.assignment_id)
            self._put_mark(connection, row, StepKind(step.kind), content)
        # Under a later revision what was submitted then is a draft; it is not what stands.
        elif step.kind == StepKind.SUBMIT and not undone and content == row.body:
            connection.execute(sql.DROP_DRAFT, self._own | {"assignment": step.assignment_id})
        else:
            self._keep_draft(connection, step.assignment_id, content, 0.0, datetime.now(UTC))
        place = connection.execute(sql.PLACE, self._own).first()
        focus = place.focus if place and place.assignment_id == step.assignment_id else ""
        self._change_place(connection, step.assignment_id, focus)
        return None if marks else self._read_row(content, row)
