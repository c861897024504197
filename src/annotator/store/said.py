"""What codings say, in brief, to compare whole rounds without reading every coding.

A text follows from its coding alone, and neither ever changes; so the texts are no part of what is
verified or made anew. Codings that come in many at a time bring theirs; a coder who submits one
does not wait for it, and whoever finds one missing, or made by an earlier version of the program,
makes it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from annotator.codebook.model import Codebook
from annotator.coding.content import content, is_current
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.project import Project

_AT_ONCE = 500
_INSERT = insert(table_of(models.Said))
_DELETE = delete(table_of(models.Said)).where(
    col(models.Said.coding_id).in_(bindparam("ids", expanding=True))
)
_LATEST = (
    select(
        col(models.Coding.passage_id),
        col(models.Coding.coder),
        col(models.Coding.id),
        col(models.Said.text),
    )
    .outerjoin(table_of(models.Said), col(models.Said.coding_id) == col(models.Coding.id))
    .where(
        col(models.Coding.round_id) == bindparam("round"),
        col(models.Coding.latest) == 1,
        col(models.Coding.occasion) == 1,
    )
    .order_by(col(models.Coding.passage_id), col(models.Coding.coder))
)
_BODIES = (
    select(col(models.Coding.id), col(models.Coding.body), col(models.Said.text))
    .outerjoin(table_of(models.Said), col(models.Said.coding_id) == col(models.Coding.id))
    .where(col(models.Coding.id).in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class SaidRow:
    """The latest coding of a coder on a passage; `said` is `Content.written` of what it says."""

    passage_id: int
    coder: str
    coding_id: str
    said: str


def put_said(
    connection: Connection, codings: Iterable[tuple[str, Mapping[str, Any]]], codebook: Codebook
) -> dict[str, str]:
    """Write what codings say, in the transaction of a connection.

    Args:
        connection: A connection inside a write transaction.
        codings: Id and plain data of each.
        codebook: The codebook they were made under.

    Returns:
        What each says, by its id.
    """
    said = {name: content(form, codebook).written() for name, form in codings}
    if said:
        connection.execute(
            _INSERT, [{"coding_id": name, "text": one} for name, one in said.items()]
        )
    return said


def latest_said(
    project: Project, round_id: str, codebook: Codebook, passage_id: int | None = None
) -> list[SaidRow]:
    """What the latest codings of a round say, by passage and coder; repeated codings left out.

    Args:
        project: The project.
        round_id: The round.
        codebook: The codebook of the round.
        passage_id: The only passage; None for all.
    """
    statement = _LATEST
    if passage_id is not None:
        statement = statement.where(col(models.Coding.passage_id) == passage_id)
    with project.reading() as connection:
        rows = connection.execute(statement, {"round": round_id}).all()
    missing = [row.id for row in rows if not _is_there(row.text)]
    found: dict[str, str] = {}
    for begun in range(0, len(missing), _AT_ONCE):
        found |= _filled(project, missing[begun : begun + _AT_ONCE], codebook)
    return [SaidRow(row.passage_id, row.coder, row.id, found.get(row.id, row.text)) for row in rows]


def _is_there(text: str | None) -> bool:
    return text is not None and is_current(text)


def _filled(project: Project, missing: Sequence[str], codebook: Codebook) -> dict[str, str]:
    """What codings say of which that was not written down yet; it is from now on."""
    if project.read_only:
        with project.reading() as connection:
            rows = connection.execute(_BODIES, {"ids": missing}).all()
        return {row.id: content(json.loads(row.body), codebook).written() for row in rows}
    with project.writing() as connection:
        rows = connection.execute(_BODIES, {"ids": missing}).all()
        # Someone else may have been here since.
        there = {row.id: row.text for row in rows if _is_there(row.text)}
        new = [(row.id, json.loads(row.body)) for row in rows if row.id not in there]
        connection.execute(_DELETE, {"ids": [name for name, _ in new]})
        return there | put_said(connection, new, codebook)
