"""Gold passages and repeated ones for a coder who joins a round that mixes some in."""

import json
from collections.abc import Collection, Sequence

from annotator.store.assignments import Move
from annotator.store.known_answers import known_answers
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.mixed_in import Mix, Place, mixed_in


def with_mixed_moves(
    project: Project, row: RoundRow, coder: str, moves: Sequence[Move], has: Collection[Place]
) -> list[Move]:
    """What a coder is given, with gold and repeated passages among it as in the other queues.

    Args:
        project: The project.
        row: The round; where its design mixes nothing in, the moves are as they were.
        coder: Who is given the passages.
        moves: The passages, each to this coder, in the order of their queue.
        has: The passages that the coder has already.
    """
    more = json.loads(row.design or "{}").get("more", {})
    if not moves:
        return []
    gold = {one.place for one in known_answers(project, row.id) if not one.shown}
    if not gold and "repeats" not in more:
        return list(moves)
    mix = Mix.from_json(more, sorted(gold - set(has)))
    given = {move[:2]: move for move in moves if move[:2] not in gold}
    found = []
    for report, number, occasion in mixed_in(list(given), coder, row.seed, mix):
        again = Move(report, number, occasion, target=coder)
        found.append(given.get((report, number), again) if occasion == 1 else again)
    return found
