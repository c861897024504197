"""Which passages a round is about."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, func, literal_column, select

from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.models import Purpose
from annotator.store.project import Project
from annotator.store.queues import unpacked

if TYPE_CHECKING:
    from annotator.store.rounds import RoundRow

_LAST_NUMBER = (
    select(func.max(col(models.Passage.number)))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.Report.key) == bindparam("report"))
)
_NUMBERS = (
    select(col(models.Passage.number), col(models.Passage.id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.Report.key) == bindparam("report"))
)
_TRAINING = select(col(models.Report.key)).where(
    # Spelt out, so that the partial index of those for training can serve it.
    col(models.Report.training) == literal_column("1")
)
_IDS = select(col(models.Round.id)).order_by(col(models.Round.id))
# A round has the id of the event that opened it.
_OPENING = select(col(models.Event.body)).where(col(models.Event.id) == bindparam("round"))


def known_passages(
    connection: Connection, passages: Iterable[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Passages that a round is to be limited to, each once, by report and number.

    Raises:
        AnnotatorError: They are none, or one is not there.
    """
    chosen = sorted(set(passages))
    if not chosen:
        raise AnnotatorError("A round of chosen passages needs at least one; choose some.")
    # Passages of a report are numbered without gaps.
    last = {
        key: connection.execute(_LAST_NUMBER, {"report": key}).scalar() or 0
        for key in {key for key, _ in chosen}
    }
    for key, number in chosen:
        if not 1 <= number <= last[key]:
            from annotator.store.corpus import no_passage

            raise no_passage(key, number)
    return chosen


def refuse_training(
    connection: Connection, purpose: str, chosen: Iterable[tuple[str, int]]
) -> None:
    """Refuse passages made to train coders in a round for anything else."""
    if purpose == Purpose.TRAINING:
        return
    training = set(connection.execute(_TRAINING).scalars())
    for key, number in chosen:
        if key in training:
            raise AnnotatorError(
                f"Passage {number} of report {key} was made to train coders; only a round for "
                "training can have it."
            )


def passage_ids(
    connection: Connection, row: "RoundRow", places: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """The row ids of passages that a round is about.

    Args:
        connection: A connection in a transaction.
        row: The round.
        places: Report key and number of each.

    Raises:
        AnnotatorError: One is not there, or the round is about others.
    """
    chosen = chosen_passages(connection, row.id)
    numbers: dict[str, dict[int, int]] = {}
    found: dict[tuple[str, int], int] = {}
    places = list(places)
    refuse_training(connection, row.purpose, places)
    for key, number in places:
        if key not in numbers:
            rows = connection.execute(_NUMBERS, {"report": key})
            numbers[key] = {one.number: one.id for one in rows}
        if number not in numbers[key]:
            from annotator.store.corpus import no_passage

            raise no_passage(key, number)
        if chosen is not None and (key, number) not in chosen:
            raise AnnotatorError(
                f"Passage {number} of report {key} is not in the round {row.name}, which is about "
                "some passages only; name another round."
            )
        found[key, number] = numbers[key][number]
    return found


def chosen_passages(connection: Connection, round_id: str) -> frozenset[tuple[str, int]] | None:
    """Report key and number of the passages that a round is limited to; None for all passages."""
    body = connection.execute(_OPENING, {"round": round_id}).scalar()
    chosen = None if body is None else json.loads(body).get("passages")
    return None if chosen is None else frozenset(unpacked(chosen))


def passages_of(project: Project, round_id: str) -> frozenset[tuple[str, int]] | None:
    """Report key and number of the passages that a round is limited to; None for all passages."""
    with project.reading() as connection:
        return chosen_passages(connection, round_id)


def limited_rounds(project: Project) -> dict[str, int]:
    """How many passages each round has that is limited to some, by its id."""
    with project.reading() as connection:
        ids = connection.execute(_IDS).scalars().all()
        chosen = {round_id: chosen_passages(connection, round_id) for round_id in ids}
    return {round_id: len(some) for round_id, some in chosen.items() if some is not None}
