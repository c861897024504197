"""Which passage something is about, and reading rows that are about passages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.corpus import no_passage

Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""

AnySelect = Select[*tuple[Any, ...]]

_PASSAGE = (
    select(col(models.Passage.id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(
        col(models.Report.key) == bindparam("report"),
        col(models.Passage.number) == bindparam("number"),
    )
)


def find_passage(connection: Connection, report_key: str, number: int) -> int:
    """The row id of a passage.

    Raises:
        AnnotatorError: There is no such passage.
    """
    found = connection.execute(_PASSAGE, {"report": report_key, "number": number}).scalar()
    if found is None:
        raise no_passage(report_key, number)
    return found


def of_passages(
    model: type[models.Row], columns: Sequence[str], in_order: Sequence[str]
) -> AnySelect:
    """Rows of a table that are about a passage in a round, by round and in reading order.

    Args:
        model: The table.
        columns: What is read after id, round, key of the report, number and row id of the passage.
        in_order: The columns that order the rows of one passage.
    """
    own = table_of(model).columns
    return (
        select(
            own["id"],
            own["round_id"],
            col(models.Report.key),
            col(models.Passage.number),
            own["passage_id"],
            *(own[name] for name in columns),
        )
        .join(table_of(models.Passage), col(models.Passage.id) == own["passage_id"])
        .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
        .order_by(
            own["round_id"],
            col(models.Report.ord),
            col(models.Passage.number),
            *(own[name] for name in in_order),
        )
    )


def limited(
    statement: AnySelect,
    model: type[models.Row],
    round_id: str | None = None,
    passage: Place | None = None,
) -> AnySelect:
    """A statement of `of_passages` for one round, or one passage; None for all."""
    if round_id is not None:
        statement = statement.where(table_of(model).columns["round_id"] == round_id)
    if passage is not None:
        report_key, number = passage
        statement = statement.where(
            col(models.Report.key) == report_key, col(models.Passage.number) == number
        )
    return statement
