"""Who has what in a round, and when each coder last did any of it; for leads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Held:
    """A passage in a coder's queue, and what became of it."""

    coder: str
    report_key: str
    number: int
    occasion: int
    done: bool
    skipped: bool
    flagged: bool


_HELD: Select[*tuple[Any, ...]] = (
    select(
        col(models.Assignment.coder),
        col(models.Report.key),
        col(models.Passage.number),
        col(models.Assignment.occasion),
        col(models.Assignment.done),
        col(models.Assignment.skipped),
        col(models.Assignment.flagged),
    )
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.Assignment.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
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
            )
            for row in connection.execute(_HELD, {"round": round_id})
        ]


def last_worked(project: Project, round_id: str) -> dict[str, datetime]:
    """When each coder who did so last submitted anything in a round."""
    with project.reading() as connection:
        return {row.coder: row.last for row in connection.execute(_LAST, {"round": round_id})}
