"""Making the tables people query anew, from the events and the stored texts."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from annotator.codebook.model import Codebook
from annotator.coding.form import FormError, canonical, from_form
from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.errors import WorkProblem
from annotator.store import marks, models, projections, queue_rows, schema
from annotator.store.assessments import put_assessment
from annotator.store.codebook_readings import store_readings
from annotator.store.columns import col, table_of
from annotator.store.events import EventRow, Kind, read_events
from annotator.store.known_answers import put_answers
from annotator.store.making import project_row
from annotator.store.marks import AssignmentKey
from annotator.store.project import Project
from annotator.store.queues import unpacked, unpacked_times
from annotator.store.rounds import RoundState, round_row, set_state

PROJECTIONS: tuple[type[models.Row], ...] = (
    models.Project,
    models.Round,
    models.Assignment,
    models.Counter,
    models.PassageTag,
    models.Coding,
    models.Adjudication,
    models.KnownAnswer,
    models.Assessment,
    models.Record,
    models.Answer,
    models.Evidence,
    models.Override,
)
"""The tables that follow from the events, each after those it points at."""

_BATCH = 1_000

_PASSAGE = (
    select(
        col(models.Passage.id),
        col(models.Passage.start),
        func.substr(
            col(models.Report.text),
            col(models.Passage.start) + 1,
            col(models.Passage.end) - col(models.Passage.start),
        ).label("text"),
    )
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(
        col(models.Report.key) == bindparam("report"),
        col(models.Passage.number) == bindparam("number"),
    )
)
_NUMBERS = (
    select(col(models.Passage.number), col(models.Passage.id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.Report.key) == bindparam("report"))
)


def rebuild(project: Project) -> None:
    """Make every projection anew, in one transaction; drafts, steps and places stay.

    Raises:
        WorkProblem: An event does not fit the stored texts, or a draft belongs to no assignment
            that the events tell of; nothing is changed then.
        AnnotatorError: The project cannot be written.
    """
    try:
        _rebuild(project)
    except IntegrityError:
        raise WorkProblem(
            f"{project.location}: a draft belongs to an assignment that the events do not tell of; "
            "nothing was changed, go back to a backup."
        ) from None


def _rebuild(project: Project) -> None:
    with project.writing() as connection:
        # Drafts point at assignments that are away for a moment.
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        schema.drop_triggers(connection)
        store_readings(connection)
        ids = assignment_ids(connection)
        for table in reversed(PROJECTIONS):
            connection.execute(delete(table_of(table)))
        replay(connection, connection, project.codebook_version, ids)
        schema.create_triggers(connection)


def assignment_ids(connection: Connection) -> dict[AssignmentKey, int]:
    """The row ids of assignments: drafts know them by these, so a rebuild keeps them."""
    rows = connection.execute(
        select(
            col(models.Assignment.round_id),
            col(models.Assignment.passage_id),
            col(models.Assignment.coder),
            col(models.Assignment.occasion),
            col(models.Assignment.id),
        )
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows if row[4] is not None}


def replay(
    source: Connection,
    target: Connection,
    codebook: Callable[[str], Codebook],
    ids: Mapping[AssignmentKey, int],
) -> None:
    """Write the projections of all events into empty tables.

    Args:
        source: Where the events, reports and passages are read.
        target: Where the projections are written; may be the same.
        codebook: Gives the codebook of a hash.
        ids: Row ids for the assignments there were.

    Raises:
        WorkProblem: An event does not fit the stored texts.
    """
    replayer = _Replayer(source, target, codebook, ids)
    for event in read_events(source):
        try:
            replayer.apply(event)
        except (FormError, KeyError, TypeError, ValueError) as error:
            raise WorkProblem(
                f"Event {event.id} ({event.kind}) does not fit the stored texts: {error}."
            ) from error
    replayer.flush()


@dataclass
class _Replayer:
    """Applies events in order; codings wait to be written many at a time."""

    source: Connection
    target: Connection
    codebook: Callable[[str], Codebook]
    ids: Mapping[AssignmentKey, int]
    _created: tuple[str, datetime] | None = None
    _codings: list[projections.SubmittedCoding] = field(default_factory=list)
    _passages: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._next_id = max(self.ids.values(), default=0)

    def apply(self, event: EventRow) -> None:
        body = json.loads(event.body)
        if event.kind == Kind.CODING_SUBMITTED:
            self._codings.append(self._submitted(event, body))
            if len(self._codings) >= _BATCH:
                self.flush()
            return
        self.flush()
        match event.kind:
            case Kind.PROJECT_CREATED:
                self._created = event.body, event.at
            case Kind.CODEBOOK_ADOPTED:
                self._adopt(body["sha256"])
            case Kind.ROUND_OPENED:
                for key, number in unpacked(body["passages"]) if "passages" in body else ():
                    self._passage_id(key, number)
                self.target.execute(insert(table_of(models.Round)), round_row(event))
            case Kind.ROUND_CLOSED:
                set_state(self.target, body["round"], RoundState.CLOSED)
            case Kind.ROUND_REOPENED:
                set_state(self.target, body["round"], RoundState.OPEN)
            case Kind.PASSAGES_ASSIGNED:
                self._assign(body["round"], body["coder"], self._queue(body))
            case Kind.ASSIGNMENTS_TAKEN_BACK:
                chosen = set(self._queue(body))
                queue_rows.put_withdrawn(self.target, body["round"], body["coder"], chosen)
            case Kind.PASSAGE_FLAGGED:
                marks.put_flag(self.target, self._assignment(body), flagged=body["flagged"])
            case Kind.PASSAGE_SKIPPED:
                its = self._assignment(body)
                marks.put_skip(self.target, its, SkipReason(body["reason"]), body["note"])
            case Kind.PASSAGE_TAKEN_BACK:
                marks.put_taken_back(self.target, self._assignment(body))
            case Kind.PASSAGES_TAGGED:
                passages = [self._passage_id(*place) for place in unpacked(body)]
                marks.put_tags(self.target, body["tag"], passages, tagged=body["tagged"])
            case Kind.ANSWERS_MADE_KNOWN:
                put_answers(self.target, body, self._passage_id)
            case Kind.CODER_ASSESSED:
                put_assessment(self.target, event)
            case Kind.ADJUDICATED:
                projections.put_adjudications(self.target, [self._settled(event, body)])
            case Kind.ADJUDICATION_WITHDRAWN:
                passage = self._passage_id(body["report"], body["passage"])
                projections.put_adjudication_withdrawn(
                    self.target, body["round"], passage, body["adjudication"]
                )
            case Kind.SENT_BACK:
                marks.put_sent_back(self.target, self._assignment(body), body["words"])

    def flush(self) -> None:
        if self._codings:
            projections.put_codings(self.target, self._codings)
            self._codings = []

    def _adopt(self, sha256: str) -> None:
        if self._created is None:
            self.target.execute(update(table_of(models.Project)).values(codebook_sha256=sha256))
        else:
            self.target.execute(
                insert(table_of(models.Project)), project_row(*self._created, sha256)
            )
            self._created = None

    def _queue(self, body: dict[str, Any]) -> Iterator[queue_rows.Given]:
        for key, number, occasion in unpacked_times(body):
            yield self._passage_id(key, number), occasion

    def _assign(self, round_id: str, coder: str, queue: Iterator[queue_rows.Given]) -> None:
        def row_id(given: queue_rows.Given) -> int:
            known = self.ids.get((round_id, given[0], coder, given[1]))
            if known is None:
                self._next_id += 1
                return self._next_id
            return known

        queue_rows.put_assigned(self.target, round_id, coder, queue, row_id)

    def _assignment(self, body: dict[str, Any]) -> AssignmentKey:
        passage = self._passage_id(body["report"], body["passage"])
        return body["round"], passage, body["coder"], body.get("occasion", 1)

    def _submitted(self, event: EventRow, body: dict[str, Any]) -> projections.SubmittedCoding:
        passage_id, coding = self._coding(body)
        return projections.SubmittedCoding(
            event.id,
            body["round"],
            passage_id,
            body["coder"],
            body["revision"],
            body["codebook"],
            canonical(body["coding"]),
            coding,
            datetime.fromisoformat(body["submitted_at"]),
            body["seconds"],
            body.get("occasion", 1),
        )

    def _settled(self, event: EventRow, body: dict[str, Any]) -> projections.SettledCoding:
        passage_id, coding = self._coding(body)
        return projections.SettledCoding(
            event.id,
            body["round"],
            passage_id,
            body["lead"],
            body["codebook"],
            canonical(body["coding"]),
            coding,
            body["outcome"],
            body["reason"],
            body["note"],
            event.at,
        )

    def _coding(self, body: dict[str, Any]) -> tuple[int, Coding]:
        passage = self._passage(body["report"], body["passage"])
        book = self.codebook(body["codebook"])
        return passage.id, from_form(body["coding"], book, passage.text, passage.start)

    def _passage_id(self, key: str, number: int) -> int:
        if key not in self._passages:
            rows = self.source.execute(_NUMBERS, {"report": key})
            self._passages[key] = {row[0]: row[1] for row in rows if row[1] is not None}
        if number not in self._passages[key]:
            raise ValueError(f"there is no passage {number} of a report {key}")
        return self._passages[key][number]

    def _passage(self, key: str, number: int) -> Any:
        row = self.source.execute(_PASSAGE, {"report": key, "number": number}).first()
        if row is None:
            raise ValueError(f"there is no passage {number} of a report {key}")
        return row
