"""Who has what in a round, and when each coder last did any of it; for leads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.events import Kind
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.queues import unpacked_times


@dataclass(frozen=True, slots=True)
class Held:
    """A passage in a coder's queue, and what became of it.

    `sent_back` says that the coder is asked to look at what they submitted once more, `started`
    that something of it is in the making.
    """

    coder: str
    report_key: str
    number: int
    occasion: int
    done: bool
    skipped: bool
    flagged: bool
    sent_back: bool
    started: bool

    @property
    def place(self) -> Place:
        """Which passage it is."""
        return self.report_key, self.number

    @property
    def given(self) -> tuple[str, int, int]:
        """The passage, and for which time the coder has it."""
        return self.report_key, self.number, self.occasion

    @property
    def open(self) -> bool:
        """Whether it waits for a first coding."""
        return not (self.done or self.skipped or self.sent_back)


@dataclass(frozen=True, slots=True)
class QueueChange:
    """Passages that a coder was given, or that were `taken` back from them."""

    at: datetime
    coder: str
    taken: bool
    passages: tuple[tuple[str, int, int], ...]


_HELD: Select[*tuple[Any, ...]] = (
    select(
        col(models.Assignment.coder),
        col(models.Report.key),
        col(models.Passage.number),
        col(models.Assignment.occasion),
        col(models.Assignment.done),
        col(models.Assignment.skipped),
        col(models.Assignment.flagged),
        col(models.Assignment.sent_back),
        col(models.Draft.assignment_id).label("draft"),
    )
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.Assignment.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .outerjoin(table_of(models.Draft), col(models.Draft.assignment_id) == col(models.Assignment.id))
    .where(
        col(models.Assignment.round_id) == bindparam("round"),
        col(models.Assignment.withdrawn) == 0,
    )
    .order_by(col(models.Assignment.coder), col(models.Assignment.ord))
)
_LAST = (
    select(col(models.Coding.coder), func.max(col(models.Coding.submitted_at)).label("last"))
    .where(col(models.Coding.round_id) == bindparam("round"))
    .group_by(col(models.Coding.coder))
)
_LAST_DRAFT = (
    select(col(models.Draft.coder), func.max(col(models.Draft.updated_at)).label("last"))
    .join(table_of(models.Assignment), col(models.Assignment.id) == col(models.Draft.assignment_id))
    .where(col(models.Assignment.round_id) == bindparam("round"))
    .group_by(col(models.Draft.coder))
)
_CHANGES = (
    select(col(models.Event.at), col(models.Event.kind), col(models.Event.body))
    .where(
        col(models.Event.kind).in_(
            (Kind.PASSAGES_ASSIGNED.value, Kind.ASSIGNMENTS_TAKEN_BACK.value)
        )
    )
    .order_by(col(models.Event.id))
)


def held(project: Project, round_id: str) -> list[Held]:
    """Every place in every queue of a round but what was taken back, by coder, in their order."""
    with project.reading() as connection:
        keys: dict[str, str] = {}
        return [
            Held(
                row.coder,
                keys.setdefault(row.key, row.key),  # one string a report, not one a place
                row.number,
                row.occasion,
                bool(row.done),
                bool(row.skipped),
                bool(row.flagged),
                bool(row.sent_back),
                row.draft is not None,
            )
            for row in connection.execute(_HELD, {"round": round_id})
        ]


def last_worked(project: Project, round_id: str) -> dict[str, datetime]:
    """When each coder who did so last submitted anything in a round."""
    with project.reading() as connection:
        return {row.coder: row.last for row in connection.execute(_LAST, {"round": round_id})}


def idle_since(project: Project, round_id: str) -> dict[str, datetime]:
    """Since when each coder of a round did nothing in it, for those who have or had passages.

    They last submitted a coding, changed what they have in the making, or were given passages then.
    """
    found: dict[str, datetime] = {}
    with project.reading() as connection:
        for statement in (_LAST, _LAST_DRAFT):
            for row in connection.execute(statement, {"round": round_id}):
                found[row.coder] = max(row.last, found.get(row.coder, row.last))
        for change in _changes(connection, round_id):
            if not change.taken:
                found[change.coder] = max(change.at, found.get(change.coder, change.at))
    return found


def queue_changes(project: Project, round_id: str) -> list[QueueChange]:
    """Every giving and taking back in a round, as it happened."""
    with project.reading() as connection:
        return list(_changes(connection, round_id))


def _changes(connection: Connection, round_id: str) -> Iterator[QueueChange]:
    for at, kind, text in connection.execute(_CHANGES):
        body = json.loads(text)
        if body["round"] == round_id:
            taken = kind == Kind.ASSIGNMENTS_TAKEN_BACK
            yield QueueChange(at, body["coder"], taken, tuple(unpacked_times(body)))
