"""Changing a coder's queue inside a write transaction: the event and the rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

if TYPE_CHECKING:
    from annotator.store.events import EventLog

Queued = tuple[str, int, int, int]
"""Report key and number of a passage, its row id, and for which time the coder has it, from 1."""


def assign_passages(
    connection: Connection,
    log: "EventLog",
    actor: str,
    round_id: str,
    coder: str,
    queue: Sequence[Queued],
) -> None:
    """Append passages to a coder's queue, as an event and as rows; nothing for an empty queue.

    Args:
        connection: A connection inside a write transaction.
        log: The log of that transaction.
        actor: Who assigns them.
        round_id: The round; a coder it did not know is one of its coders then.
        coder: The coder, whose queue has none of them for that time.
        queue: The passages, in the coder's order.
    """
    if not queue:
        return
    from annotator.store import events, queue_rows

    body = {
        "round": round_id,
        "coder": coder,
        **packed_times((key, number, occasion) for key, number, _, occasion in queue),
    }
    log.append(actor, events.Kind.PASSAGES_ASSIGNED, body)
    log.flush()
    queue_rows.put_assigned(connection, round_id, coder, ((row[2], row[3]) for row in queue))


def withdraw_passages(
    connection: Connection,
    log: "EventLog",
    actor: str,
    round_id: str,
    coder: str,
    chosen: Collection[Queued],
    why: str,
) -> list[int]:
    """Take passages out of a coder's queue, as an event and as rows; nothing if there are none.

    Args:
        connection: A connection inside a write transaction.
        log: The log of that transaction.
        actor: Who takes them back.
        round_id: The round.
        coder: The coder.
        chosen: Passages of their queue that are not done.
        why: For what reason.

    Returns:
        The row ids of the assignments.
    """
    if not chosen:
        return []
    from annotator.store import events, queue_rows

    body = {
        "round": round_id,
        "coder": coder,
        "why": why,
        **packed_times(sorted((key, number, occasion) for key, number, _, occasion in chosen)),
    }
    log.append(actor, events.Kind.ASSIGNMENTS_TAKEN_BACK, body)
    log.flush()
    given = {(row[2], row[3]) for row in chosen}
    return queue_rows.put_withdrawn(connection, round_id, coder, given)


def packed(queue: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """A queue of passages, briefly: report keys once, then runs of passages of one report."""
    keys: dict[str, int] = {}
    runs: list[list[int]] = []
    for key, number in queue:
        place = keys.setdefault(key, len(keys))
        if runs and runs[-1][0] == place and runs[-1][2] + 1 == number:
            runs[-1][2] = number
        else:
            runs.append([place, number, number])
    return {"reports": list(keys), "queue": runs}


def unpacked(body: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The queue that `packed` packed."""
    for place, first, last in body["queue"]:
        for number in range(first, last + 1):
            yield body["reports"][place], number


def packed_times(queue: Iterable[tuple[str, int, int]]) -> dict[str, Any]:
    """A queue of passages with the time for which each is given, as `packed` packs it.

    `occasions` lists place in the queue (from 0) and time of those that are not given for the
    first time; it is left out where there are none.
    """
    all_of_it = list(queue)
    body = packed((key, number) for key, number, _ in all_of_it)
    if again := [[n, row[2]] for n, row in enumerate(all_of_it) if row[2] > 1]:
        body["occasions"] = again
    return body


def unpacked_times(body: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """The queue that `packed_times` packed."""
    occasions = dict(body.get("occasions", ()))
    for place, (key, number) in enumerate(unpacked(body)):
        yield key, number, occasions.get(place, 1)
