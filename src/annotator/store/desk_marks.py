"""What a coder says of a passage besides coding it: that the lead should look, or have it back."""

import json
from typing import Any

from sqlalchemy import Connection

from annotator.coding.form import canonical
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.desk_rows import LastStep
from annotator.store.desk_writing import DeskWriting
from annotator.store.models import StepKind


class DeskMarks(DeskWriting):
    """The part of a desk that flags passages and gives them back, each a step to undo.

    In such a step `before` and `after` are the mark: for a flag `1` or nothing, for a passage
    given back its reason and note as canonical JSON, or nothing.
    """

    def flag(self, assignment_id: int, focus: str, *, flagged: bool) -> None:
        """Ask the lead to look at a passage, or no longer.

        Args:
            assignment_id: The passage.
            focus: Where the coder is in it.
            flagged: Whether it is to be flagged; nothing is done if it is that already.

        Raises:
            AnnotatorError: The coder's work was changed from another window, the round was closed,
                or the file cannot be written; nothing is saved then.
        """
        mark = "1" if flagged else ""
        label = "passage flagged" if flagged else "flag taken away"
        self._mark(assignment_id, StepKind.FLAG, mark, label, focus)

    def skip(self, assignment_id: int, reason: SkipReason, note: str) -> int | None:
        """Give an open passage back to the lead; what was coded of it stays as a draft.

        Args:
            assignment_id: The passage.
            reason: Why.
            note: Anything more the coder says.

        Returns:
            The next open passage, where the coder is now; None if no other is open.

        Raises:
            AnnotatorError: It is coded or given back already; or as for `flag`.
        """
        mark = canonical({"note": note, "reason": reason.value})
        label = f"passage skipped, {reason.words}"
        return self._mark(assignment_id, StepKind.SKIP, mark, label, None)

    def take_back(self, assignment_id: int, focus: str) -> None:
        """Put a passage that was given back into the queue again; see `flag`."""
        self._mark(assignment_id, StepKind.SKIP, "", "passage taken back", focus)

    def _mark(
        self, assignment_id: int, kind: StepKind, mark: str, label: str, focus: str | None
    ) -> int | None:
        """Mark a passage as one step; with no focus in it, the next open one is gone to."""
        step = self._last
        with self._project.writing() as connection:
            row = self._row_to_change(connection, assignment_id)
            before = _mark_of(row, kind)
            if kind is StepKind.SKIP and mark and (row.done or before):
                raise AnnotatorError(
                    "Only a passage that is open can be given back; this one is "
                    f"{'submitted' if row.done else 'given back'} already."
                )
            if mark != before:
                self._put_mark(connection, row, kind, mark)
                last = self._last_step(connection)
                step = LastStep(last.seq + 1, row.id, kind, label, undone=0)
                self._add_step(connection, step, last, before, mark)
            following = None if focus is not None else self._next_open(connection, row.ord)
            here = assignment_id if following is None else following
            self._change_place(connection, here, focus or "")
        self._changed(step)
        return following

    def _put_mark(self, connection: Connection, row: Any, kind: StepKind, mark: str) -> None:
        """Write a mark, with its event; one that changes nothing is none."""
        from annotator.store import marks
        from annotator.store.events import Kind, append
        from annotator.store.queue_rows import told_occasion

        its = (self.round.id, row.passage_id, self.coder, row.occasion)
        body: dict[str, Any] = {
            "round": self.round.id,
            "report": row.key,
            "passage": row.number,
            "coder": self.coder,
            **told_occasion(row.occasion),
        }
        if kind is StepKind.FLAG:
            event = Kind.PASSAGE_FLAGGED
            changed = marks.put_flag(connection, its, flagged=bool(mark))
            body["flagged"] = bool(mark)
        elif mark:
            given: dict[str, str] = json.loads(mark)
            event = Kind.PASSAGE_SKIPPED
            changed = marks.put_skip(connection, its, given["reason"], given["note"])
            body |= given
        else:
            event, changed = Kind.PASSAGE_TAKEN_BACK, marks.put_taken_back(connection, its)
        if changed:
            append(connection, self._project.device, self.coder, event, body)


def _mark_of(row: Any, kind: StepKind) -> str:
    """The mark that a passage has now."""
    if kind is StepKind.FLAG:
        return "1" if row.flagged else ""
    given = {"note": row.skip_note, "reason": row.skipped}
    return canonical(given) if row.skipped else ""
