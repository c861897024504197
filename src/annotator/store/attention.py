"""What asks for the lead's attention: passages that coders flagged or gave back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select

from annotator.coding.skipping import SkipReason
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage of one coder in one round that they flagged, gave back, or both.

    `title` is the report's. `skipped` is None for one that is only flagged; `skip_note` is what
    the coder said as they gave it back, `note` their note on the passage in the coding they
    submitted last, if they did. `occasion` is for which time they have it, from 1.
    """

    round_id: str
    report_key: str
    title: str
    number: int
    passage_id: int
    coder: str
    done: bool
    flagged: bool
    skipped: SkipReason | None
    skip_note: str
    note: str
    occasion: int = 1


_MARKED: Select[*tuple[Any, ...]] = (
    select(
        col(models.Assignment.round_id),
        col(models.Report.key),
        col(models.Report.headline),
        col(models.Report.name),
        col(models.Passage.number),
        col(models.Assignment.passage_id),
        col(models.Assignment.coder),
        col(models.Assignment.done),
        col(models.Assignment.flagged),
        col(models.Assignment.skipped),
        col(models.Assignment.skip_note),
        col(models.Coding.note),
        col(models.Report.ord),
        col(models.Assignment.occasion),
    )
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.Assignment.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .outerjoin(
        table_of(models.Coding),
        (col(models.Coding.round_id) == col(models.Assignment.round_id))
        & (col(models.Coding.passage_id) == col(models.Assignment.passage_id))
        & (col(models.Coding.coder) == col(models.Assignment.coder))
        & (col(models.Coding.occasion) == col(models.Assignment.occasion))
        & (col(models.Coding.latest) == 1),
    )
    .where(col(models.Assignment.withdrawn) == 0)
)
# Spelt out and apart, so that each is served by its own partial index.
_KINDS: tuple[ColumnElement[bool], ...] = (
    col(models.Assignment.flagged) == literal_column("1"),
    col(models.Assignment.skipped) != literal_column("''"),
)
_OF_ROUND = col(models.Assignment.round_id) == bindparam("round")


def marked_passages(project: Project, round_id: str | None = None) -> list[MarkedPassage]:
    """Every passage that a coder flagged or gave back, by round, in reading order, by coder.

    Args:
        project: The project.
        round_id: The only round; None for all.
    """
    found: dict[tuple[str, int, int, str, int], MarkedPassage] = {}
    with project.reading() as connection:
        for kind in _KINDS:
            statement = _MARKED.where(kind)
            if round_id is not None:
                statement = statement.where(_OF_ROUND)
            for row in connection.execute(statement, {"round": round_id} if round_id else {}):
                place = (row.round_id, row.ord, row.number, row.coder, row.occasion)
                found[place] = MarkedPassage(
                    row.round_id,
                    row.key,
                    row.headline or row.name,
                    row.number,
                    row.passage_id,
                    row.coder,
                    bool(row.done),
                    bool(row.flagged),
                    SkipReason(row.skipped) if row.skipped else None,
                    row.skip_note,
                    row.note or "",
                    row.occasion,
                )
    return [found[place] for place in sorted(found)]
