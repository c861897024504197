"""Passages of a round whose right coding is known: to train coders, or to see how far they stray.

In a round of training coders see the answer once they submitted the passage. In any other round
(gold) nothing a coder can reach depends on it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from annotator.coding.form import canonical
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.events import EventLog, Kind
from annotator.store.places import Place, find_passage
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage and its right coding as plain data; `trap` says why it is hard."""

    report_key: str
    number: int
    form: Mapping[str, Any]
    trap: str = ""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """A known answer of a round.

    Attributes:
        report_key: The report of the passage.
        number: The passage in it, from 1.
        passage_id: Its row id.
        codebook_sha256: The codebook the answer was made under.
        form: The answer as plain data.
        trap: Why the passage is hard; may be empty.
        shown: Whether coders see it once they submitted the passage.
    """

    report_key: str
    number: int
    passage_id: int
    codebook_sha256: str
    form: dict[str, Any]
    trap: str
    shown: bool

    @property
    def place(self) -> Place:
        """Which passage it is about."""
        return self.report_key, self.number


_INSERT = insert(table_of(models.KnownAnswer))
_ANSWERS = (
    select(
        col(models.Report.key),
        col(models.Passage.number),
        col(models.KnownAnswer.passage_id),
        col(models.KnownAnswer.codebook_sha256),
        col(models.KnownAnswer.body),
        col(models.KnownAnswer.trap),
        col(models.KnownAnswer.shown),
    )
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.KnownAnswer.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.KnownAnswer.round_id) == bindparam("round"))
    .order_by(col(models.Report.ord), col(models.Passage.number))
)


def make_known(
    connection: Connection,
    log: EventLog,
    actor: str,
    round_id: str,
    codebook_sha256: str,
    answers: Iterable[Answer],
    *,
    shown: bool,
) -> None:
    """Write the known answers of a round that is being opened, as an event and as rows.

    Args:
        connection: A connection inside a write transaction.
        log: The log of that transaction.
        actor: Who opens the round.
        round_id: The round.
        codebook_sha256: The codebook the answers are made under.
        answers: The answers, of a passage each.
        shown: Whether coders see them once they submitted the passage.

    Raises:
        AnnotatorError: A passage is not there.
    """
    body = {
        "round": round_id,
        "codebook": codebook_sha256,
        "shown": shown,
        "answers": [
            {"report": one.report_key, "passage": one.number, "coding": one.form, "trap": one.trap}
            for one in answers
        ],
    }
    log.append(actor, Kind.ANSWERS_MADE_KNOWN, body)
    log.flush()
    put_answers(connection, body, lambda key, number: find_passage(connection, key, number))


def put_answers(
    connection: Connection, body: Mapping[str, Any], passage_id: Callable[[str, int], int]
) -> None:
    """Write the rows of known answers from the body of their event.

    Args:
        connection: A connection inside a write transaction.
        body: The body.
        passage_id: Gives the row id of a passage.
    """
    rows: Sequence[dict[str, Any]] = [
        {
            "round_id": body["round"],
            "passage_id": passage_id(one["report"], one["passage"]),
            "codebook_sha256": body["codebook"],
            "body": canonical(one["coding"]),
            "none": one["coding"].get("none", ""),
            "trap": one["trap"],
            "shown": int(body["shown"]),
        }
        for one in body["answers"]
    ]
    if rows:
        connection.execute(_INSERT, rows)


def known_answers(project: Project, round_id: str) -> list[KnownAnswer]:
    """The known answers of a round, in reading order; for leads, never for a coder's session."""
    with project.reading() as connection:
        return [
            KnownAnswer(*row[:4], json.loads(row.body), row.trap, bool(row.shown))
            for row in connection.execute(_ANSWERS, {"round": round_id})
        ]
