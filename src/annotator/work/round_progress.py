"""How far a round is: who has what, what is done, who has stopped."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from annotator.store.assignments import CoderProgress, counters
from annotator.store.held import Held, held, idle_since, last_worked
from annotator.store.known_answers import known_answers
from annotator.store.project import Project
from annotator.store.round_passages import passages_of
from annotator.store.rounds import RoundRow
from annotator.work.design import Design


@dataclass(frozen=True, slots=True)
class CoderState:
    """How far a coder is in a round.

    Attributes:
        progress: How many passages they have, and what became of them.
        queue: These passages in their order.
        overlapping: How many of them other coders have too, but for gold ones.
        last: When they last submitted a coding in the round; None if they never did.
        since: Since when they did nothing in it and were given nothing.
    """

    progress: CoderProgress
    queue: tuple[Held, ...]
    overlapping: int
    last: datetime | None
    since: datetime

    @property
    def flagged(self) -> int:
        """How many they flagged for the lead."""
        return sum(one.flagged for one in self.queue)

    def idle_days(self, now: datetime) -> int | None:
        """Whole days for which nothing came of what waits for them; None if nothing waits."""
        if not self.progress.open:
            return None
        return idle_days(self.since, now)


def idle_days(since: datetime, now: datetime) -> int:
    """Whole days that have gone by."""
    return max(0, (now - since).days)


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is.

    Attributes:
        row: The round.
        kept: What is kept of its design, as plain data; empty where there is none.
        passages: How many passages it is limited to; None where it is about all.
        coders: How far each coder is, by name.
        overlaps: How many passages every two coders have in common; the two by name.
        now: When this was read.
    """

    row: RoundRow
    kept: dict[str, Any]
    passages: int | None
    coders: tuple[CoderState, ...]
    overlaps: dict[tuple[str, str], int]
    now: datetime

    @property
    def design(self) -> Design | None:
        """The design the round was opened with, if it was by one of this version's."""
        return Design.from_json(self.kept) if self.kept.get("coders") else None


def round_progress(project: Project, row: RoundRow) -> RoundProgress:
    """Read how far a round is.

    Gold passages, and those that a coder has a second time, count for nothing but progress.
    """
    gold = {one.place for one in known_answers(project, row.id) if not one.shown}
    coders_of: dict[tuple[str, int], list[str]] = defaultdict(list)
    queues: dict[str, list[Held]] = defaultdict(list)
    for one in held(project, row.id):
        queues[one.coder].append(one)
        if one.occasion == 1 and one.place not in gold:
            coders_of[one.report_key, one.number].append(one.coder)
    shared = [sorted(coders) for coders in coders_of.values() if len(coders) > 1]
    overlapping = Counter(coder for coders in shared for coder in coders)
    pairs = Counter(pair for coders in shared for pair in combinations(coders, 2))
    last = last_worked(project, row.id)
    since = idle_since(project, row.id)
    states = tuple(
        CoderState(
            one,
            tuple(queues[one.coder]),
            overlapping[one.coder],
            last.get(one.coder),
            since.get(one.coder, row.opened_at),
        )
        for one in counters(project, row.id)
    )
    names = [one.progress.coder for one in states]
    limited = passages_of(project, row.id)
    return RoundProgress(
        row,
        json.loads(row.design) if row.design else {},
        None if limited is None else len(limited),
        states,
        {pair: pairs[pair] for pair in combinations(names, 2)},
        datetime.now(UTC),
    )
