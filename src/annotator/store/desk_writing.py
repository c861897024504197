"""What a coder's desk writes inside a transaction, each part of it bound to the coder.

What every change of the desk stands on (`annotator.store.desk` says what a session may do).
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from annotator.codebook.model import Codebook
from annotator.coding.form import FormError, canonical, from_form, to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store import desk_statements as sql
from annotator.store.desk_rows import LastStep
from annotator.store.models import RoundState, StepKind
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, read_round, refuse_coder

STEPS_KEPT = 1_000
"""At least so many steps of a coder can be undone; older ones are let go now and then."""

_MOST_LATE = 20
"""Codings kept as they were written of late."""


class DeskWriting:
    """A coder in a round, and how rows of theirs are read and written.

    Args:
        project: An open project.
        round_id: The round.
        coder: The coder.

    Raises:
        AnnotatorError: The round is not there, is closed, or is not open to the coder.
    """

    def __init__(self, project: Project, round_id: str, coder: str) -> None:
        self.coder = coder
        self._project = project
        self._own = {"own_round": round_id, "own_coder": coder}
        with project.reading() as connection:
            row = read_round(connection, round_id)
            refuse_coder(row, coder)
            # A design tells who else has what, and what is there to see how a coder does.
            self.round: RoundRow = row._replace(design="")
            place = connection.execute(sql.PLACE, self._own).first()
        # Nobody else changed the coder's work as long as this is the version in the file.
        self._version: int = place.version if place else 0
        self._last: LastStep | None = None
        # Codings of late by passage and text, so that what is undone need not be read again.
        self._late: dict[tuple[int, str], Coding] = {}
        self.codebook: Codebook = project.codebook_version(self.round.codebook_sha256)

    def _row(self, connection: Connection, assignment_id: int) -> Any:
        row = connection.execute(sql.ITEM, self._own | {"assignment": assignment_id}).first()
        if row is None:
            raise AnnotatorError(
                f"{self.coder} has no such passage, or no longer: the lead took it back; go on to "
                "the next."
            )
        return row

    def _row_to_change(self, connection: Connection, assignment_id: int) -> Any:
        """A row for what goes into the log: refused once the round is closed."""
        row = self._row(connection, assignment_id)
        refuse_coder(self.round._replace(state=RoundState(row.state)), self.coder)
        return row

    def _put(
        self, connection: Connection, row: Any, revision: int, coding: Coding, seconds: float
    ) -> LastStep:
        from annotator.store import events, projections

        log = events.EventLog(connection, self._project.device)
        submitted = projections.submission(
            log,
            actor=self.coder,
            round_id=self.round.id,
            report_key=row.key,
            number=row.number,
            passage_id=row.passage_id,
            coder=self.coder,
            codebook_sha256=self.round.codebook_sha256,
            revision=revision,
            seconds=round(seconds, 3),
            coding=coding,
            occasion=row.occasion,
        )
        log.flush()
        projections.put_codings(connection, [submitted])
        last = self._last_step(connection)
        step = LastStep(last.seq + 1, row.id, StepKind.SUBMIT, "submit", undone=0)
        self._add_step(connection, step, last, submitted.body, submitted.body)
        return step

    def _text_of(self, assignment_id: int, coding: Coding) -> str:
        """A coding as it is stored; the change after mostly begins with it, or goes back to it."""
        for (passage, text), late in reversed(self._late.items()):
            if late is coding and passage == assignment_id:
                return text
        text = canonical(to_form(coding))
        self._keep_late(assignment_id, text, coding)
        return text

    def _keep_late(self, assignment_id: int, text: str, coding: Coding) -> None:
        if len(self._late) >= _MOST_LATE:
            self._late.clear()
        self._late[assignment_id, text] = coding

    def _read_row(self, content: str, row: Any) -> Coding:
        return self._read(content, row.text, row.start, row.name, row.number)

    def _read(self, content: str, text: str, start: int, report: str, number: int) -> Coding:
        """The coding that a stored text holds, of the passage of this text and place."""
        try:
            return from_form(json.loads(content), self.codebook, text, start)
        except FormError as error:
            raise AnnotatorError(
                f"{self._project.location}: the coding of passage {number} of {report} "
                f"cannot be read ({error}); check the file with `annotator verify`."
            ) from error

    def _next_open(self, connection: Connection, after_ord: int) -> int | None:
        for after in (after_ord, 0):
            found = connection.execute(sql.NEXT_OPEN, self._own | {"after": after}).scalar()
            if found is not None or not after:
                return found
        return None

    def _last_step(self, connection: Connection) -> LastStep:
        if self._last is None:
            row = connection.execute(sql.LAST_STEP, self._own).first()
            return LastStep(*row) if row else LastStep(0, 0, StepKind.EDIT, "", 0)
        return self._last

    def _changed(self, last: LastStep | None) -> None:
        """Note what only a transaction that went through made true."""
        self._version += 1
        self._last = last

    def _keep_draft(
        self,
        connection: Connection,
        assignment_id: int,
        content: str,
        seconds: float,
        now: datetime,
    ) -> None:
        its = self._own | {"assignment": assignment_id}
        new = {"new_content": content, "more_seconds": seconds, "now": now}
        if connection.execute(sql.CHANGE_DRAFT, its | new).rowcount:
            return
        # Taken from the coder's own queue, so that nobody else's passage can get a draft.
        if not connection.execute(sql.NEW_DRAFT, its | new).rowcount:
            self._row(connection, assignment_id)

    def _add_step(
        self, connection: Connection, step: LastStep, last: LastStep, before: str, after: str
    ) -> None:
        if last.undone:
            connection.execute(sql.DROP_UNDONE, self._own)
        if step.seq % 100 == 0:
            connection.execute(sql.DROP_OLD, self._own | {"oldest": step.seq - STEPS_KEPT})
        connection.execute(
            sql.NEW_STEP,
            {
                "coder": self.coder,
                "round_id": self.round.id,
                "seq": step.seq,
                "assignment_id": step.assignment_id,
                "kind": step.kind,
                "label": step.label,
                "before": before,
                "after": after,
                "undone": 0,
            },
        )

    def _change_place(self, connection: Connection, assignment_id: int, focus: str) -> None:
        new = {
            "new_assignment": assignment_id,
            "new_focus": focus,
            "known_version": self._version,
        }
        if connection.execute(sql.CHANGE_PLACE, self._own | new).rowcount:
            return
        refuse_coder(read_round(connection, self.round.id), self.coder)
        if self._version or connection.execute(sql.PLACE, self._own).first():
            raise AnnotatorError(
                f"{self.coder} is being coded for in another window of the round "
                f"{self.round.name}; this change was not saved: close one of the two windows and "
                "open this one again."
            )
        self._put_place(connection, assignment_id, focus, 1)

    def _put_place(
        self, connection: Connection, assignment_id: int, focus: str, version: int
    ) -> None:
        connection.execute(
            sql.NEW_PLACE,
            {
                "round_id": self.round.id,
                "coder": self.coder,
                "assignment_id": assignment_id,
                "focus": focus,
                "version": version,
            },
        )
