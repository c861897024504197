"""Passages that come again some days after a coder submitted them, as they fall due.

Which they are is decided by the seed (`annotator.work.mixed_in.comes_again`), whenever it is asked;
so it makes no difference how often somebody asks.
"""

import json
from datetime import UTC, datetime, timedelta

from annotator.store.assignments import give
from annotator.store.project import Project
from annotator.store.repeats import submitted_until
from annotator.store.rounds import RoundRow
from annotator.work.mixed_in import comes_again

AGAIN = 2
"""The occasion on which a passage comes again."""


def give_due(
    project: Project, round_: RoundRow, coder: str, actor: str, now: datetime | None = None
) -> int:
    """Give a coder the passages that are due again, at the end of their queue.

    Args:
        project: The project.
        round_: The round; one that repeats nothing after some days gives nothing.
        coder: The coder.
        actor: Who gives them.
        now: The moment; None for this one.

    Returns:
        How many were given.

    Raises:
        AnnotatorError: The round is closed.
    """
    repeats = json.loads(round_.design or "{}").get("more", {}).get("repeats", {})
    if "after_days" not in repeats:
        return 0
    until = (now or datetime.now(UTC)) - timedelta(days=repeats["after_days"])
    due = [
        (*place, AGAIN)
        for place in submitted_until(project, round_.id, coder, until)
        if comes_again(place, coder, round_.seed, repeats["share"])
    ]
    return give(project, round_.id, coder, due, actor) if due else 0
