"""The people of a project, told apart by their names."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col


def people(connection: Connection) -> set[str]:
    """Everyone who is a coder of any round, or settled anything."""
    found = set(connection.execute(select(col(models.Counter.coder))).scalars())
    found.update(connection.execute(select(col(models.Adjudication.lead)).distinct()).scalars())
    for listed in connection.execute(select(col(models.Round.coders))).scalars():
        found.update(json.loads(listed) if listed is not None else ())
    return found


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: capital letters make no difference."""
    return one.casefold() == other.casefold()


def refuse_twin(name: str, known: Collection[str]) -> None:
    """Refuse a new name that is one of the project's people but for capital letters.

    They would count as two coders, and one person could settle their own coding as the other.
    """
    if name in known:
        return
    for other in known:
        if is_same_person(name, other):
            raise AnnotatorError(
                f"{name} differs from {other}, who works in this project, by capital letters "
                f"alone; write {other}, or choose another name."
            )
