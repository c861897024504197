"""Whether coders met the known answers of a round, as it was put on record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from annotator.coding.form import canonical
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.events import EventRow
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment of a coder in a round; `body` holds the numbers behind it."""

    id: str
    round_id: str
    coder: str
    passed: bool
    body: dict[str, Any]
    at: datetime


_ASSESSMENTS = select(
    col(models.Assessment.id),
    col(models.Assessment.round_id),
    col(models.Assessment.coder),
    col(models.Assessment.passed),
    col(models.Assessment.body),
    col(models.Assessment.at),
).order_by(col(models.Assessment.id))


def assessment_body(round_id: str, coder: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The body of the event that an assessment is."""
    return {"round": round_id, "coder": coder, "numbers": numbers}


def put_assessment(connection: Connection, event: EventRow) -> None:
    """Write the row of an assessment, from its event."""
    body = json.loads(event.body)
    connection.execute(
        insert(table_of(models.Assessment)),
        {
            "id": event.id,
            "round_id": body["round"],
            "coder": body["coder"],
            "passed": int(body["numbers"]["passed"]),
            "body": canonical(body["numbers"]),
            "at": event.at,
        },
    )


def assessments(project: Project, round_id: str | None = None) -> list[AssessmentRow]:
    """The assessments of a round, or of all, the earliest first; for leads."""
    statement = _ASSESSMENTS
    if round_id is not None:
        statement = statement.where(col(models.Assessment.round_id) == round_id)
    with project.reading() as connection:
        return [
            AssessmentRow(
                row.id, row.round_id, row.coder, bool(row.passed), json.loads(row.body), row.at
            )
            for row in connection.execute(statement)
        ]
