"""From events to the tables people query, in the transaction of the events.

Submitting, importing codings and a rebuild all go through here, so that a rebuild gives the same
rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from annotator.coding.form import canonical, to_form, value_text
from annotator.coding.model import Answer, Coding
from annotator.coding.values import Count, DateValue
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.events import EventLog, Kind
from annotator.store.queue_rows import count, told_occasion


@dataclass(frozen=True, slots=True)
class SubmittedCoding:
    """A coding as an event brought it; `body` is the canonical JSON of its form."""

    event_id: str
    round_id: str
    passage_id: int
    coder: str
    revision: int
    codebook_sha256: str
    body: str
    coding: Coding
    submitted_at: datetime
    seconds: float
    occasion: int = 1


@dataclass(frozen=True, slots=True)
class SettledCoding:
    """A lead's coding as an event brought it; `body` is the canonical JSON of its form."""

    event_id: str
    round_id: str
    passage_id: int
    lead: str
    codebook_sha256: str
    body: str
    coding: Coding
    outcome: str
    reason: str
    note: str
    settled_at: datetime


_NO_LONGER_LATEST = (
    update(table_of(models.Coding))
    .where(
        col(models.Coding.round_id) == bindparam("its_round"),
        col(models.Coding.passage_id) == bindparam("its_passage"),
        col(models.Coding.coder) == bindparam("its_coder"),
        col(models.Coding.occasion) == bindparam("its_occasion"),
        col(models.Coding.latest) == 1,
    )
    .values(latest=0)
)
_DONE = (
    update(table_of(models.Assignment))
    .where(
        col(models.Assignment.round_id) == bindparam("its_round"),
        col(models.Assignment.passage_id) == bindparam("its_passage"),
        col(models.Assignment.coder) == bindparam("its_coder"),
        col(models.Assignment.occasion) == bindparam("its_occasion"),
        col(models.Assignment.done) == 0,
    )
    .values(done=1, sent_back="")
)
# Who codes a passage has not given it back, whatever they said before.
_NO_LONGER_SKIPPED = (
    update(table_of(models.Assignment))
    .where(
        col(models.Assignment.round_id) == bindparam("its_round"),
        col(models.Assignment.passage_id) == bindparam("its_passage"),
        col(models.Assignment.coder) == bindparam("its_coder"),
        col(models.Assignment.occasion) == bindparam("its_occasion"),
        col(models.Assignment.skipped) != "",
    )
    .values(skipped="", skip_note="")
)
_NO_LONGER_SETTLED = (
    update(table_of(models.Adjudication))
    .where(
        col(models.Adjudication.round_id) == bindparam("its_round"),
        col(models.Adjudication.passage_id) == bindparam("its_passage"),
        col(models.Adjudication.latest) == 1,
    )
    .values(latest=0)
)
_WITHDRAWN = (
    update(table_of(models.Adjudication))
    .where(col(models.Adjudication.id) == bindparam("its_id"))
    .values(latest=0, withdrawn=1)
)
_STANDS_AGAIN = (
    update(table_of(models.Adjudication))
    .where(
        col(models.Adjudication.id)
        == select(func.max(col(models.Adjudication.id)))
        .where(
            col(models.Adjudication.round_id) == bindparam("its_round"),
            col(models.Adjudication.passage_id) == bindparam("its_passage"),
            col(models.Adjudication.withdrawn) == 0,
        )
        .scalar_subquery()
    )
    .values(latest=1)
)
_INSERT_CODINGS = insert(table_of(models.Coding))
_INSERT_ADJUDICATIONS = insert(table_of(models.Adjudication))
_INSERT_RECORDS = insert(table_of(models.Record))
_INSERT_ANSWERS = insert(table_of(models.Answer))
_INSERT_EVIDENCE = insert(table_of(models.Evidence))
_INSERT_OVERRIDES = insert(table_of(models.Override))


def put_codings(connection: Connection, codings: Sequence[SubmittedCoding]) -> None:
    """Write the rows of submitted codings whose events are in the log and passages assigned.

    Args:
        connection: A connection inside a write transaction.
        codings: In the order of their events.
    """
    latest = {
        (item.round_id, item.passage_id, item.coder, item.occasion): item.event_id
        for item in codings
    }
    keys: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for its in latest:
        keys[its[0], its[2]].append(_bound(*its))
    if revised := [
        _bound(item.round_id, item.passage_id, item.coder, item.occasion)
        for item in codings
        if item.revision > 1
    ]:
        connection.execute(_NO_LONGER_LATEST, revised)
    current = set(latest.values())
    connection.execute(
        _INSERT_CODINGS,
        [
            {
                "id": item.event_id,
                "round_id": item.round_id,
                "passage_id": item.passage_id,
                "coder": item.coder,
                "revision": item.revision,
                "codebook_sha256": item.codebook_sha256,
                "body": item.body,
                "none": item.coding.none,
                "submitted_at": item.submitted_at,
                "seconds": item.seconds,
                "latest": int(item.event_id in current),
                "note": item.coding.note,
                "occasion": item.occasion,
            }
            for item in codings
        ],
    )
    _put_contents(connection, ((item.event_id, item.coding) for item in codings))
    for (round_id, coder), assigned in keys.items():
        newly_done = connection.execute(_DONE, assigned).rowcount
        if newly_done:
            taken_back = connection.execute(_NO_LONGER_SKIPPED, assigned).rowcount
            count(connection, round_id, coder, done=newly_done, skipped=-taken_back)


def _bound(round_id: str, passage_id: int, coder: str, occasion: int) -> dict[str, Any]:
    return {
        "its_round": round_id,
        "its_passage": passage_id,
        "its_coder": coder,
        "its_occasion": occasion,
    }


def put_adjudications(connection: Connection, settled: Sequence[SettledCoding]) -> None:
    """Write the rows of adjudications whose events are in the log, one after the other."""
    for item in settled:
        its = {"its_round": item.round_id, "its_passage": item.passage_id}
        connection.execute(_NO_LONGER_SETTLED, its)
        connection.execute(
            _INSERT_ADJUDICATIONS,
            {
                "id": item.event_id,
                "round_id": item.round_id,
                "passage_id": item.passage_id,
                "lead": item.lead,
                "codebook_sha256": item.codebook_sha256,
                "body": item.body,
                "none": item.coding.none,
                "outcome": item.outcome,
                "reason": item.reason,
                "note": item.note,
                "settled_at": item.settled_at,
                "latest": 1,
                "withdrawn": 0,
            },
        )
    _put_contents(connection, ((item.event_id, item.coding) for item in settled))


def put_adjudication_withdrawn(
    connection: Connection, round_id: str, passage_id: int, adjudication: str
) -> None:
    """Let an adjudication stand no longer, and the one before it stand again, if there is one."""
    connection.execute(_WITHDRAWN, {"its_id": adjudication})
    connection.execute(_STANDS_AGAIN, {"its_round": round_id, "its_passage": passage_id})


def _put_contents(connection: Connection, codings: Iterable[tuple[str, Coding]]) -> None:
    records: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    overrides: list[dict[str, Any]] = []
    for coding_id, coding in codings:
        places: dict[tuple[str, str], int] = defaultdict(int)
        for parent, record in coding.walk():
            if record.id:
                places[parent, record.unit] += 1
                records.append(
                    {
                        "coding_id": coding_id,
                        "record": record.id,
                        "unit": record.unit,
                        "parent": parent,
                        "ord": places[parent, record.unit],
                    }
                )
            answers.extend(
                _answer_row(coding_id, record.id, record.unit, variable, answer)
                for variable, answer in record.answers.items()
            )
        numbers: dict[tuple[str, str], int] = defaultdict(int)
        for record_id, variable, span in coding.spans():
            numbers[record_id, variable] += 1
            evidence.append(
                {
                    "coding_id": coding_id,
                    "record": record_id,
                    "variable": variable,
                    "ord": numbers[record_id, variable],
                    "start": span.start,
                    "end": span.end,
                    "exact": span.text,
                }
            )
        overrides.extend(
            {
                "coding_id": coding_id,
                "record": one.record,
                "check_id": one.check,
                "reason": one.reason,
            }
            for one in coding.overrides
        )
    for statement, rows in (
        (_INSERT_RECORDS, records),
        (_INSERT_ANSWERS, answers),
        (_INSERT_EVIDENCE, evidence),
        (_INSERT_OVERRIDES, overrides),
    ):
        if rows:
            connection.execute(statement, rows)


def _answer_row(
    coding_id: str, record_id: str, unit: str, variable: str, answer: Answer
) -> dict[str, Any]:
    value = answer.value
    amount = value if isinstance(value, Count) else None
    day = value if isinstance(value, DateValue) else None
    return {
        "coding_id": coding_id,
        "record": record_id,
        "variable": variable,
        "unit": unit,
        "state": answer.state.value,
        "value": None if value is None else value_text(value),
        "low": amount.low if amount else None,
        "best": amount.best if amount else None,
        "high": amount.high if amount else None,
        "date_start": day.start.isoformat() if day and day.start else None,
        "date_end": day.end.isoformat() if day and day.end else None,
        "unsure": int(answer.unsure),
        "inferred": int(answer.inferred),
        "note": answer.note,
        "candidate": int(answer.candidate),
    }


def submission(
    log: EventLog,
    *,
    actor: str,
    round_id: str,
    report_key: str,
    number: int,
    passage_id: int,
    coder: str,
    codebook_sha256: str,
    revision: int,
    seconds: float,
    coding: Coding,
    submitted_at: datetime | None = None,
    occasion: int = 1,
) -> SubmittedCoding:
    """Append the event of a coding, and give what its rows are made from.

    `submitted_at` is for a coding that was made elsewhere and comes in now; else it is now.
    """
    form = to_form(coding)
    at = submitted_at or datetime.now(UTC)
    event = log.append(
        actor,
        Kind.CODING_SUBMITTED,
        {
            "round": round_id,
            "report": report_key,
            "passage": number,
            "coder": coder,
            "codebook": codebook_sha256,
            "revision": revision,
            "seconds": seconds,
            "submitted_at": at.isoformat(timespec="microseconds"),
            "coding": form,
            **told_occasion(occasion),
        },
    )
    return SubmittedCoding(
        event.id,
        round_id,
        passage_id,
        coder,
        revision,
        codebook_sha256,
        canonical(form),
        coding,
        at,
        seconds,
        occasion,
    )
