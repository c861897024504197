"""Codings and exports, for leads and analysts; never for a coder's session."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, select

from annotator.coding.form import to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store import events as log_of_events
from annotator.store import marks, models, projections
from annotator.store.columns import col
from annotator.store.events import EventHead, EventLog, Kind, append
from annotator.store.people import people, refuse_twin
from annotator.store.places import AnySelect, Place, find_passage, limited, of_passages
from annotator.store.project import Project
from annotator.store.queue_rows import told_occasion
from annotator.store.queues import Queued, assign_passages
from annotator.store.round_passages import chosen_passages, refuse_training
from annotator.store.rounds import RoundRow, read_round, refuse_coder
from annotator.store.said import put_said

Which = Literal["latest", "first", "all"]
"""Which revisions: the latest or first of each coder on each passage, or all."""


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A submitted coding; `form` is its plain data, `seconds` the active time it took.

    `occasion` is above 1 where its coder was given the passage once more.
    """

    id: str
    round_id: str
    report_key: str
    number: int
    passage_id: int
    coder: str
    revision: int
    codebook_sha256: str
    form: dict[str, Any]
    none: str
    submitted_at: datetime
    seconds: float
    occasion: int = 1


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding made elsewhere, to be added; `submitted_at` None means now.

    `flagged` says that its coder asks the lead to look at the passage. `occasion` is for which time
    the coder had it, from 1.
    """

    round_id: str
    report_key: str
    number: int
    coder: str
    coding: Coding
    seconds: float = 0.0
    submitted_at: datetime | None = None
    flagged: bool = False
    occasion: int = 1


# --- reading -------------------------------------------------------------------------------------

_CODINGS = of_passages(
    models.Coding,
    ("coder", "revision", "codebook_sha256", "body", "none", "submitted_at", "seconds", "occasion"),
    ("coder", "occasion", "revision"),
)


def codings(
    project: Project,
    round_id: str | None = None,
    which: Which = "latest",
    passage: Place | None = None,
    *,
    occasion: int | None = 1,
    among: Collection[int] | None = None,
) -> Iterator[CodingRow]:
    """Submitted codings by round, in reading order, then by coder, occasion and revision.

    Args:
        project: The project.
        round_id: The round; None for all.
        which: Which revisions.
        passage: The only passage; None for all.
        occasion: For which time their coders had the passages, from 1; None for all.
        among: The row ids of the only passages, some thousands at most; None for all.
    """
    statement = limited(_CODINGS, models.Coding, round_id, passage)
    if among is not None:
        statement = statement.where(col(models.Coding.passage_id).in_(among))
    if occasion is not None:
        statement = statement.where(col(models.Coding.occasion) == occasion)
    with project.reading() as connection:
        for row in connection.execute(_chosen(statement, which)):
            yield CodingRow(*(*row[:8], json.loads(row.body), *row[9:]))


def _chosen(statement: AnySelect, which: Which) -> AnySelect:
    match which:
        case "latest":
            return statement.where(col(models.Coding.latest) == 1)
        case "first":
            return statement.where(col(models.Coding.revision) == 1)
        case "all":
            return statement


# --- adding codings ------------------------------------------------------------------------------

_ASSIGNED = select(col(models.Assignment.passage_id), col(models.Assignment.occasion)).where(
    col(models.Assignment.round_id) == bindparam("round"),
    col(models.Assignment.coder) == bindparam("coder"),
    col(models.Assignment.withdrawn) == 0,
)
_REVISIONS = (
    select(
        col(models.Coding.passage_id),
        col(models.Coding.occasion),
        func.max(col(models.Coding.revision)),
    )
    .where(
        col(models.Coding.round_id) == bindparam("round"),
        col(models.Coding.coder) == bindparam("coder"),
    )
    .group_by(col(models.Coding.passage_id), col(models.Coding.occasion))
)


def add_codings(project: Project, rows: Iterable[NewCoding], actor: str) -> int:
    """Add codings as if their coders had submitted them, all in one transaction.

    A passage that its coder does not have in the round yet is assigned first; a coding of a
    passage its coder has submitted before becomes the next revision.

    Returns:
        How many were added.

    Raises:
        AnnotatorError: A round, or a passage, is not there, a coder may not code in the round, or
            is a person of the project but for capital letters, or the round is limited to other
            passages or has none of those that coders are trained on.
    """
    with project.writing() as connection:
        batch = _Batch(project, connection, actor)
        return batch.add(list(rows))


class _Batch:
    """Codings on their way in, inside one write transaction."""

    def __init__(self, project: Project, connection: Connection, actor: str) -> None:
        self._project = project
        self._connection = connection
        self._log = EventLog(connection, project.device)
        self._actor = actor
        self._rounds: dict[str, RoundRow] = {}
        self._passages: dict[tuple[str, int], int] = {}
        self._revisions: dict[tuple[str, str], dict[tuple[int, int], int]] = {}

    def add(self, rows: list[NewCoding]) -> int:
        queues: dict[tuple[str, str], list[Queued]] = defaultdict(list)
        for row in rows:
            passage = self._passage(row.report_key, row.number)
            given = row.report_key, row.number, passage, row.occasion
            queues[row.round_id, row.coder].append(given)
        for (round_id, coder), queue in queues.items():
            self._prepare(round_id, coder, queue)
        submitted = [self._submission(row) for row in rows]
        self._log.flush()
        if submitted:
            projections.put_codings(self._connection, submitted)
            for sha256, same in groupby(submitted, key=lambda one: one.codebook_sha256):
                codebook = self._project.codebook_version(sha256)
                made = ((one.event_id, to_form(one.coding)) for one in same)
                put_said(self._connection, made, codebook)
        for row in rows:
            if row.flagged:
                self._flag(row)
        self._log.flush()
        return len(submitted)

    def _flag(self, row: NewCoding) -> None:
        passage = self._passage(row.report_key, row.number)
        its = row.round_id, passage, row.coder, row.occasion
        if marks.put_flag(self._connection, its, flagged=True):
            body = {
                "round": row.round_id,
                "report": row.report_key,
                "passage": row.number,
                "coder": row.coder,
                "flagged": True,
                **told_occasion(row.occasion),
            }
            self._log.append(self._actor, Kind.PASSAGE_FLAGGED, body)

    def _prepare(self, round_id: str, coder: str, queue: list[Queued]) -> None:
        if round_id not in self._rounds:
            self._rounds[round_id] = read_round(self._connection, round_id)
        refuse_coder(self._rounds[round_id], coder)
        refuse_twin(coder, people(self._connection))
        chosen = chosen_passages(self._connection, round_id)
        places = ((key, number) for key, number, *_ in queue)
        refuse_training(self._connection, self._rounds[round_id].purpose, places)
        for key, number, *_ in queue:
            if chosen is not None and (key, number) not in chosen:
                raise AnnotatorError(
                    f"Passage {number} of report {key} is not in the round "
                    f"{self._rounds[round_id].name}, which is about some passages only; name "
                    "another round."
                )
        own = {"round": round_id, "coder": coder}
        assigned = {(row[0], row[1]) for row in self._connection.execute(_ASSIGNED, own)}
        new = [item for item in dict.fromkeys(queue) if item[2:] not in assigned]
        assign_passages(self._connection, self._log, self._actor, round_id, coder, new)
        found = self._connection.execute(_REVISIONS, own)
        self._revisions[round_id, coder] = {(row[0], row[1]): row[2] for row in found}

    def _passage(self, report_key: str, number: int) -> int:
        place = report_key, number
        if place not in self._passages:
            self._passages[place] = find_passage(self._connection, report_key, number)
        return self._passages[place]

    def _submission(self, row: NewCoding) -> projections.SubmittedCoding:
        passage = self._passage(row.report_key, row.number)
        revisions = self._revisions[row.round_id, row.coder]
        which = passage, row.occasion
        revisions[which] = revisions.get(which, 0) + 1
        return projections.submission(
            self._log,
            actor=self._actor,
            round_id=row.round_id,
            report_key=row.report_key,
            number=row.number,
            passage_id=passage,
            coder=row.coder,
            codebook_sha256=self._rounds[row.round_id].codebook_sha256,
            revision=revisions[which],
            seconds=round(row.seconds, 3),
            coding=row.coding,
            submitted_at=row.submitted_at,
            occasion=row.occasion,
        )


# --- the log -------------------------------------------------------------------------------------


def log_export(project: Project, actor: str, body: Mapping[str, Any]) -> None:
    """Put an export into the log; `body` says what was written and where."""
    with project.writing() as connection:
        append(connection, project.device, actor, Kind.EXPORTED, body)


def last_data_event(project: Project) -> EventHead:
    """The last event that changed the data: any but an export."""
    with project.reading() as connection:
        return log_of_events.last_data_event(connection)
