"""The log: every decision is an event, chained to the one before it on the same device.

An id is a UUID of version 7 (RFC 9562) whose time part is later than that of every event in the
file, whatever the clock says. The hash is SHA-256 over the canonical JSON of `[id, device, seq,
at, actor, kind, prev]`, a line feed, and the body as stored; `prev` is the hash of the device's
event before, or empty.
"""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select

from annotator.coding.form import canonical
from annotator.store import models
from annotator.store.columns import col, table_of

_PAGE = 2_000


class Kind(StrEnum):
    """What an event decided."""

    PROJECT_CREATED = "project_created"
    CODEBOOK_ADOPTED = "codebook_adopted"
    REPORTS_IMPORTED = "reports_imported"
    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    ROUND_REOPENED = "round_reopened"
    PASSAGES_ASSIGNED = "passages_assigned"
    ASSIGNMENTS_TAKEN_BACK = "assignments_taken_back"
    CODING_SUBMITTED = "coding_submitted"
    PASSAGE_FLAGGED = "passage_flagged"
    PASSAGE_SKIPPED = "passage_skipped"
    PASSAGE_TAKEN_BACK = "passage_taken_back"
    PASSAGES_TAGGED = "passages_tagged"
    SENT_BACK = "sent_back"
    ADJUDICATED = "adjudicated"
    ADJUDICATION_WITHDRAWN = "adjudication_withdrawn"
    ANSWERS_MADE_KNOWN = "answers_made_known"
    CODER_ASSESSED = "coder_assessed"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is stored; `at` is in UTC, `body` canonical JSON, `prev` and `hash` hex."""

    id: str
    device: str
    seq: int
    at: datetime
    actor: str
    kind: str
    body: str
    prev: str
    hash: str


_FIELDS = tuple(field.name for field in fields(EventRow))


@dataclass(frozen=True, slots=True)
class EventHead:
    """Enough of an event to say how far the data goes."""

    at: datetime
    id: str
    hash: str


def event_hash(event: EventRow) -> str:
    """The hash an event must have, in hex."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    head = [event.id, event.device, event.seq, at, event.actor, event.kind, event.prev]
    return hashlib.sha256(f"{canonical(head)}\n{event.body}".encode()).hexdigest()


def new_id(last: str, milliseconds: int) -> str:
    """A UUID of version 7 that sorts after `last`.

    Args:
        last: The greatest id there is, or an empty text.
        milliseconds: The time now, since 1970; a clock gone back does no harm.
    """
    after = (UUID(last).int >> 80) + 1 if last else 0
    number = int.from_bytes(os.urandom(10))
    number |= max(milliseconds, after) << 80
    number = number & ~(0xF << 76) | (0x7 << 76)
    number = number & ~(0x3 << 62) | (0x2 << 62)
    return str(UUID(int=number))


_ITS_LAST = (
    select(col(models.Event.seq))
    .where(col(models.Event.device) == bindparam("device"))
    .order_by(col(models.Event.seq).desc())
    .limit(1)
)
_ENDS = select(
    select(func.max(col(models.Event.id))).scalar_subquery().label("id"),
    _ITS_LAST.scalar_subquery().label("seq"),
    _ITS_LAST.with_only_columns(col(models.Event.hash)).scalar_subquery().label("hash"),
)
_INSERT = insert(table_of(models.Event))
_KNOWN_DEVICE = select(col(models.Device.id)).where(col(models.Device.id) == bindparam("device"))


class EventLog:
    """The end of the log inside one write transaction: appends events and flushes them together.

    Args:
        connection: A connection inside a write transaction.
        device: The id of the device that writes.
    """

    def __init__(self, connection: Connection, device: str) -> None:
        self._connection = connection
        self._device = device
        ends = connection.execute(_ENDS, {"device": device}).one()
        self._last_id: str = ends.id or ""
        self._seq: int = ends.seq or 0
        self._hash: str = ends.hash or ""
        self._waiting: list[dict[str, Any]] = []

    def append(self, actor: str, kind: Kind, body: Mapping[str, Any]) -> EventRow:
        """Add an event; it is written by `flush`."""
        at = datetime.now(UTC)
        event_id = new_id(self._last_id, time.time_ns() // 1_000_000)
        text = canonical(body)
        event = EventRow(
            event_id, self._device, self._seq + 1, at, actor, kind.value, text, self._hash, ""
        )
        event = replace(event, hash=event_hash(event))
        self._last_id, self._seq, self._hash = event_id, event.seq, event.hash
        self._waiting.append({name: getattr(event, name) for name in _FIELDS})
        return event

    def flush(self) -> None:
        """Write the events that wait."""
        if not self._waiting:
            return
        first = self._waiting[0]
        if (
            first["seq"] == 1
            and not self._connection.execute(_KNOWN_DEVICE, {"device": self._device}).first()
        ):
            self._connection.execute(
                insert(table_of(models.Device)), {"id": self._device, "added_at": first["at"]}
            )
        self._connection.execute(_INSERT, self._waiting)
        self._waiting = []


def append(
    connection: Connection, device: str, actor: str, kind: Kind, body: Mapping[str, Any]
) -> EventRow:
    """Write one event in the transaction of a connection."""
    log = EventLog(connection, device)
    event = log.append(actor, kind, body)
    log.flush()
    return event


_AFTER = (
    select(*(getattr(models.Event, name) for name in _FIELDS))
    .where(col(models.Event.id) > bindparam("after"))
    .order_by(col(models.Event.id))
    .limit(_PAGE)
)


def read_events(connection: Connection, after: str = "") -> Iterator[EventRow]:
    """Every event of a project, in the order of their ids.

    Args:
        connection: A connection in a transaction.
        after: The id of an event; only those after it.
    """
    while page := connection.execute(_AFTER, {"after": after}).all():
        for row in page:
            yield EventRow(*row)
        after = page[-1].id


def last_data_event(connection: Connection) -> EventHead:
    """The last event that changed the data: any but an export."""
    row = connection.execute(
        select(col(models.Event.at), col(models.Event.id), col(models.Event.hash))
        .where(col(models.Event.kind) != Kind.EXPORTED.value)
        .order_by(col(models.Event.id).desc())
        .limit(1)
    ).one()
    return EventHead(*row)
