"""How a round of training was set up, as the event that opened it says."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from annotator.store import models
from annotator.store.columns import col
from annotator.store.project import Project

# A round has the id of the event that opened it.
_OPENING = select(col(models.Event.body)).where(col(models.Event.id) == bindparam("round"))

_FOR_TRAINING = select(col(models.Round.id)).where(
    col(models.Round.purpose) == models.Purpose.TRAINING.value
)


class Training(NamedTuple):
    """A round of training.

    Attributes:
        examples: The name of the file its passages are from.
        pass_at: The agreement with the known answers from which a coder passes.
    """

    examples: str
    pass_at: float

    def as_json(self) -> dict[str, Any]:
        """What the event holds of it."""
        return self._asdict()


def training_of(connection: Connection, round_id: str) -> Training | None:
    """How a round was set up to train; None for any other round."""
    body = connection.execute(_OPENING, {"round": round_id}).scalar()
    given = None if body is None else json.loads(body).get("training")
    return None if given is None else Training(**given)


def training_settings(project: Project, round_id: str) -> Training | None:
    """How a round was set up to train; None for any other round."""
    with project.reading() as connection:
        return training_of(connection, round_id)


def training_rounds(project: Project) -> frozenset[str]:
    """The ids of the rounds that train coders on worked examples."""
    with project.reading() as connection:
        ids = connection.execute(_FOR_TRAINING).scalars().all()
        return frozenset(one for one in ids if training_of(connection, one) is not None)
