"""Passages that a coder may be given once more: their own, submitted long enough ago."""

from datetime import datetime

from sqlalchemy import bindparam, select

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.places import Place
from annotator.store.project import Project

_GIVEN_AGAIN = select(col(models.Assignment.passage_id)).where(
    col(models.Assignment.round_id) == bindparam("round"),
    col(models.Assignment.coder) == bindparam("coder"),
    col(models.Assignment.occasion) > 1,
)
_GOLD = select(col(models.KnownAnswer.passage_id)).where(
    col(models.KnownAnswer.round_id) == bindparam("round")
)
_SUBMITTED = (
    select(col(models.Report.key), col(models.Passage.number))
    .join(table_of(models.Passage), col(models.Passage.report_id) == col(models.Report.id))
    .join(table_of(models.Coding), col(models.Coding.passage_id) == col(models.Passage.id))
    .where(
        col(models.Coding.round_id) == bindparam("round"),
        col(models.Coding.coder) == bindparam("coder"),
        col(models.Coding.occasion) == 1,
        col(models.Coding.revision) == 1,
        col(models.Coding.submitted_at) <= bindparam("until"),
        col(models.Coding.passage_id).not_in(_GIVEN_AGAIN),
        col(models.Coding.passage_id).not_in(_GOLD),
    )
    .order_by(col(models.Coding.id))
)


def submitted_until(project: Project, round_id: str, coder: str, until: datetime) -> list[Place]:
    """The passages of a coder that were submitted first by then, and not given again since.

    Gold passages are left out. The earliest submission comes first.

    Args:
        project: The project.
        round_id: The round.
        coder: The coder; nobody else's submissions are read.
        until: The moment.
    """
    own = {"round": round_id, "coder": coder, "until": until}
    with project.reading() as connection:
        return [(row.key, row.number) for row in connection.execute(_SUBMITTED, own)]
