"""Passages that come again some days after a coder submitted them, as they fall due.

Which they are is decided by the seed (`annotator.work.mixed_in.comes_again`), whenever it is asked;
so it makes no difference how often somebody asks.
"""

import json
from datetime import UTC, datetime, timedelta

from annotator.store.assignments import Move, counters, move
from annotator.store.project import Project
from annotator.store.repeats import submitted_until
from annotator.store.rounds import RoundRow
from annotator.work.mixed_in import comes_again

AGAIN = 2
"""The occasion on which a passage comes again."""


def due(project: Project, round_: RoundRow, now: datetime | None = None) -> list[Move]:
    """What is due to come again to any coder of a round.

    Args:
        project: The project.
        round_: The round; in one that repeats nothing after some days nothing is.
        now: The moment; None for this one.
    """
    coders = [one.coder for one in counters(project, round_.id)]
    return [found for coder in coders for found in due_to(project, round_, coder, now)]


def due_to(
    project: Project, round_: RoundRow, coder: str, now: datetime | None = None
) -> list[Move]:
    """What is due to come again to a coder, the earliest submission first; see `due`."""
    repeats = json.loads(round_.design or "{}").get("more", {}).get("repeats", {})
    if "after_days" not in repeats:
        return []
    until = (now or datetime.now(UTC)) - timedelta(days=repeats["after_days"])
    return [
        Move(*place, AGAIN, target=coder)
        for place in submitted_until(project, round_.id, coder, until)
        if comes_again(place, coder, round_.seed, repeats["share"])
    ]


def give_due(
    project: Project, round_: RoundRow, coder: str, actor: str, now: datetime | None = None
) -> int:
    """Give a coder what is due to come again, at the end of their queue.

    Args:
        project: The project.
        round_: The round.
        coder: The coder.
        actor: Who gives it.
        now: The moment; None for this one.

    Returns:
        How many passages were given.

    Raises:
        AnnotatorError: The round is closed.
    """
    moves = due_to(project, round_, coder, now)
    return len(move(project, round_.id, moves, actor)) if moves else 0
