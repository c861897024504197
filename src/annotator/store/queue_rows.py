"""Rows of coders' queues, and the counters beside them.

What is decided of a queue and a rebuild both go through here. The places of a queue are 1, 2, 3 …
without gaps; what the lead took back has a place below 0, and keeps its row, to which a draft
points.
"""

import json
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, update

from annotator.coding.form import canonical
from annotator.store import models
from annotator.store.columns import col, table_of

Given = tuple[int, int]
"""Row id of a passage, and for which time the coder is given it, from 1."""

_AT_ONCE = 2_000

_OWN = (
    col(models.Assignment.round_id) == bindparam("round"),
    col(models.Assignment.coder) == bindparam("coder"),
)
_ENDS = select(func.max(col(models.Assignment.ord)), func.min(col(models.Assignment.ord))).where(
    *_OWN
)
_ROWS = select(
    col(models.Assignment.id),
    col(models.Assignment.passage_id),
    col(models.Assignment.occasion),
    col(models.Assignment.ord),
    col(models.Assignment.skipped),
).where(*_OWN)
_QUEUE = _ROWS.where(col(models.Assignment.withdrawn) == 0).order_by(col(models.Assignment.ord))
# Spelt out, so that the partial index of what was taken back can serve it.
_WITHDRAWN = _ROWS.where(col(models.Assignment.withdrawn) == literal_column("1"))
_INSERT = insert(table_of(models.Assignment))
_CHANGE = update(table_of(models.Assignment)).where(col(models.Assignment.id) == bindparam("row"))
_WITHDRAW = _CHANGE.values(ord=bindparam("place"), withdrawn=1)
_GIVE_AGAIN = _CHANGE.values(ord=bindparam("place"), withdrawn=0, skipped="", skip_note="")
_MOVE = _CHANGE.values(ord=bindparam("place"))
_CODERS = select(col(models.Round.coders)).where(col(models.Round.id) == bindparam("round"))
_ADMIT = (
    update(table_of(models.Round))
    .where(col(models.Round.id) == bindparam("its_round"))
    .values(coders=bindparam("now_coders"))
)
_COUNT = (
    update(table_of(models.Counter))
    .where(
        col(models.Counter.round_id) == bindparam("its_round"),
        col(models.Counter.coder) == bindparam("its_coder"),
    )
    .values(
        assigned=col(models.Counter.assigned) + bindparam("more_assigned"),
        done=col(models.Counter.done) + bindparam("more_done"),
        skipped=col(models.Counter.skipped) + bindparam("more_skipped"),
    )
)


def put_assigned(
    connection: Connection,
    round_id: str,
    coder: str,
    queue: Iterable[Given],
    row_id: Callable[[Given], int] | None = None,
) -> None:
    """Append passages to the end of a coder's queue, and count them; memory stays bounded.

    One that was taken back from the coder before gets its row again, and with it its draft. A coder
    whom the round did not know is one of its coders from now on.

    Args:
        connection: A connection inside a write transaction.
        round_id: The round.
        coder: The coder, who has none of the passages for that time in the queue.
        queue: The passages, in the coder's order.
        row_id: The row ids that new rows are to have; None to take any.
    """
    own = {"round": round_id, "coder": coder}
    _admit(connection, round_id, coder)
    waiting = enumerate(queue, max(connection.execute(_ENDS, own).one()[0] or 0, 0) + 1)
    known = {(row.passage_id, row.occasion): row.id for row in connection.execute(_WITHDRAWN, own)}
    while some := list(islice(waiting, _AT_ONCE)):
        again = [{"row": known[given], "place": place} for place, given in some if given in known]
        new: list[dict[str, Any]] = [
            {
                "round_id": round_id,
                "passage_id": given[0],
                "coder": coder,
                "ord": place,
                "done": 0,
                "occasion": given[1],
            }
            for place, given in some
            if given not in known
        ]
        if row_id is not None:
            for row in new:
                row["id"] = row_id((row["passage_id"], row["occasion"]))
        if again:
            connection.execute(_GIVE_AGAIN, again)
        if new:
            connection.execute(_INSERT, new)
        count(connection, round_id, coder, assigned=len(some))


def put_withdrawn(
    connection: Connection, round_id: str, coder: str, chosen: Collection[Given]
) -> list[int]:
    """Take passages out of a coder's queue, close the gaps, and count them no longer.

    Args:
        connection: A connection inside a write transaction.
        round_id: The round.
        coder: The coder.
        chosen: Passages of the queue that are not done.

    Returns:
        The row ids of those that were in the queue.
    """
    own = {"round": round_id, "coder": coder}
    going: list[Any] = []
    staying: list[Any] = []
    for row in connection.execute(_QUEUE, own):
        (going if (row.passage_id, row.occasion) in chosen else staying).append(row)
    if not going:
        return []
    lowest = min(connection.execute(_ENDS, own).one()[1], 0)
    connection.execute(
        _WITHDRAW,
        [{"row": row.id, "place": lowest - n} for n, row in enumerate(going, 1)],
    )
    # In the order of the queue, so that each moves to a place that is free by then.
    if moved := [
        {"row": row.id, "place": place} for place, row in enumerate(staying, 1) if row.ord != place
    ]:
        connection.execute(_MOVE, moved)
    skipped = sum(bool(row.skipped) for row in going)
    count(connection, round_id, coder, assigned=-len(going), skipped=-skipped)
    return [row.id for row in going]


def told_occasion(occasion: int) -> dict[str, int]:
    """What the body of an event says of an occasion: nothing of the first one."""
    return {"occasion": occasion} if occasion > 1 else {}


def count(
    connection: Connection,
    round_id: str,
    coder: str,
    *,
    assigned: int = 0,
    done: int = 0,
    skipped: int = 0,
) -> None:
    """Add to a coder's counter in a round."""
    changed = connection.execute(
        _COUNT,
        {
            "its_round": round_id,
            "its_coder": coder,
            "more_assigned": assigned,
            "more_done": done,
            "more_skipped": skipped,
        },
    )
    if not changed.rowcount:
        connection.execute(
            insert(table_of(models.Counter)),
            {
                "round_id": round_id,
                "coder": coder,
                "assigned": assigned,
                "done": done,
                "skipped": skipped,
            },
        )


def _admit(connection: Connection, round_id: str, coder: str) -> None:
    listed = connection.execute(_CODERS, {"round": round_id}).scalar()
    coders = None if listed is None else json.loads(listed)
    if coders is not None and coder not in coders:
        new = {"its_round": round_id, "now_coders": canonical([*coders, coder])}
        connection.execute(_ADMIT, new)
