"""Rounds, who is in them, which passages each coder has, and how far each one is."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from annotator.coding.form import canonical
from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.models import Order, Purpose, RoundState
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.store.events import EventLog, EventRow

__all__ = [
    "CoderProgress",
    "Order",
    "Purpose",
    "RoundRow",
    "RoundState",
    "active_round",
    "assign",
    "chosen_rounds",
    "close_round",
    "counters",
    "limited_rounds",
    "named_round",
    "open_first_round",
    "open_round",
    "read_round",
    "rounds",
]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round; `coders` is None where anyone may code, `seed` orders the passages if random."""

    id: str
    name: str
    purpose: Purpose
    codebook_sha256: str
    order: Order
    seed: int
    coders: tuple[str, ...] | None
    state: RoundState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """How many passages a coder has in a round, how many are done, how many were given back."""

    coder: str
    assigned: int
    done: int
    skipped: int = 0

    @property
    def open(self) -> int:
        """How many wait for the coder."""
        return self.assigned - self.done - self.skipped


# --- rounds --------------------------------------------------------------------------------------


def open_round(
    project: Project,
    *,
    name: str,
    purpose: str,
    order: str,
    seed: int,
    coders: Sequence[str] | None,
    actor: str,
    passages: Iterable[tuple[str, int]] | None = None,
) -> RoundRow:
    """Open a round under the codebook adopted last.

    Args:
        project: The project.
        name: What the round is called; no other round may have the name.
        purpose: One of `Purpose`.
        order: One of `Order`: the order of the reports, or one of each coder's own.
        seed: Makes a random order repeatable.
        coders: Who may code in it; None for anyone.
        actor: Who opens it.
        passages: Report key and number of each passage that is coded in it; None for all, also
            those imported later.

    Raises:
        AnnotatorError: The name is taken or empty, purpose or order are none of those there are,
            the passages are none or not there, or a coder is a person of the project but for
            capital letters.
    """
    if not name.strip():
        raise AnnotatorError("A round needs a name; give one, such as `main`.")
    if not -(2**63) <= seed < 2**63:
        raise AnnotatorError(f"{seed} is too large for a seed; give a number of up to 18 digits.")
    body: dict[str, Any] = {
        "name": name,
        "purpose": _known(Purpose, purpose, "purpose"),
        "order": _known(Order, order, "order"),
        "seed": seed,
        "coders": None if coders is None else list(dict.fromkeys(coders)),
    }
    with project.writing() as connection:
        if connection.execute(_ROUNDS.where(col(models.Round.name) == name)).first():
            raise AnnotatorError(f"There is already a round named {name}; choose another name.")
        if passages is not None:
            body["passages"] = packed(_known_passages(connection, passages))
        known = people(connection)
        for coder in body["coders"] or ():
            refuse_twin(coder, known)
            known.add(coder)
        return _open(connection, project, body, actor)


def open_first_round(project: Project, name: str, actor: str) -> None:
    """Open a main round for anyone, in reading order, unless the project has a round already.

    Args:
        project: The project; several programs may ask for its first round at once.
        name: What the round is called.
        actor: Who opens it.
    """
    with project.writing() as connection:
        if connection.execute(_ROUNDS.limit(1)).first() is None:
            purpose, order = Purpose.MAIN.value, Order.READING.value
            body = {"name": name, "purpose": purpose, "order": order, "seed": 0, "coders": None}
            _open(connection, project, body, actor)


def _open(connection: Connection, project: Project, body: dict[str, Any], actor: str) -> RoundRow:
    from annotator.store import events

    body["codebook"] = connection.execute(select(col(models.Project.codebook_sha256))).scalar_one()
    event = events.append(connection, project.device, actor, events.Kind.ROUND_OPENED, body)
    connection.execute(insert(table_of(models.Round)), round_row(event))
    return read_round(connection, event.id)


def _known_passages(
    connection: Connection, passages: Iterable[tuple[str, int]]
) -> list[tuple[str, int]]:
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
            raise AnnotatorError(
                f"There is no passage {number} of a report {key} in this project; "
                "`annotator passages` lists those there are."
            )
    return chosen


def chosen_passages(connection: Connection, round_id: str) -> frozenset[tuple[str, int]] | None:
    """Report key and number of the passages that a round is limited to; None for all passages."""
    body = connection.execute(_OPENING, {"round": round_id}).scalar()
    chosen = None if body is None else json.loads(body).get("passages")
    return None if chosen is None else frozenset(unpacked(chosen))


def limited_rounds(project: Project) -> dict[str, int]:
    """How many passages each round has that is limited to some, by its id."""
    with project.reading() as connection:
        ids = [row.id for row in connection.execute(_ROUNDS)]
        chosen = {round_id: chosen_passages(connection, round_id) for round_id in ids}
    return {round_id: len(some) for round_id, some in chosen.items() if some is not None}


def round_row(event: "EventRow") -> dict[str, Any]:
    """The row of a round, from the event that opened it."""
    body = json.loads(event.body)
    return {
        "id": event.id,
        "name": body["name"],
        "purpose": body["purpose"],
        "codebook_sha256": body["codebook"],
        "order": body["order"],
        "seed": body["seed"],
        "coders": None if body["coders"] is None else canonical(body["coders"]),
        "state": RoundState.OPEN.value,
        "opened_at": event.at,
    }


def close_round(project: Project, round_id: str, actor: str) -> None:
    """Close a round: nothing more is coded in it. Closing it again does nothing."""
    with project.writing() as connection:
        if read_round(connection, round_id).state is RoundState.CLOSED:
            return
        from annotator.store import events

        events.append(
            connection, project.device, actor, events.Kind.ROUND_CLOSED, {"round": round_id}
        )
        set_closed(connection, round_id)


def set_closed(connection: Connection, round_id: str) -> None:
    """Mark a round as closed."""
    connection.execute(
        update(table_of(models.Round))
        .where(col(models.Round.id) == round_id)
        .values(state=RoundState.CLOSED.value)
    )


def rounds(project: Project) -> list[RoundRow]:
    """All rounds, in the order in which they were opened."""
    with project.reading() as connection:
        return [_round(row) for row in connection.execute(_ROUNDS)]


def named_round(project: Project, name: str) -> RoundRow:
    """The round of a name, open or closed.

    Raises:
        AnnotatorError: There is none of this name.
    """
    everyone = rounds(project)
    for row in everyone:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in everyone) or "none yet"
    raise AnnotatorError(f"There is no round named {name}; the rounds are: {known}.")


def chosen_rounds(project: Project, name: str | None = None) -> list[RoundRow]:
    """The one round of a name, or all of them.

    Raises:
        AnnotatorError: There is none of this name.
    """
    return rounds(project) if name is None else [named_round(project, name)]


def active_round(project: Project, name: str | None = None) -> RoundRow:
    """The open round of a name, or the only open one.

    Raises:
        AnnotatorError: There is none, it is closed, or there are several and none is named.
    """
    if name is not None:
        found = named_round(project, name)
        if found.state is RoundState.CLOSED:
            raise AnnotatorError(f"The round {name} is closed; name an open one.")
        return found
    active = [row for row in rounds(project) if row.state is RoundState.OPEN]
    if not active:
        raise AnnotatorError("No round is open; open one with `annotator round new`.")
    if len(active) > 1:
        names = ", ".join(row.name for row in active)
        raise AnnotatorError(f"Several rounds are open; say which with --round: {names}.")
    return active[0]


def read_round(connection: Connection, round_id: str) -> RoundRow:
    """The round with this id.

    Raises:
        AnnotatorError: There is none.
    """
    row = connection.execute(_ROUND, {"round": round_id}).first()
    if row is None:
        raise AnnotatorError(f"There is no round with the id {round_id} in this project.")
    return _round(row)


def _round(row: Any) -> RoundRow:
    return RoundRow(
        row.id,
        row.name,
        Purpose(row.purpose),
        row.codebook_sha256,
        Order(row.order),
        row.seed,
        None if row.coders is None else tuple(json.loads(row.coders)),
        RoundState(row.state),
        row.opened_at,
    )


def _known(kind: type[Purpose] | type[Order], value: str, what: str) -> str:
    try:
        return kind(value).value
    except ValueError:
        listed = ", ".join(kind)
        raise AnnotatorError(f"{value} is no {what} of a round; choose one of {listed}.") from None


_ROUNDS = select(
    col(models.Round.id),
    col(models.Round.name),
    col(models.Round.purpose),
    col(models.Round.codebook_sha256),
    col(models.Round.order),
    col(models.Round.seed),
    col(models.Round.coders),
    col(models.Round.state),
    col(models.Round.opened_at),
).order_by(col(models.Round.id))
_LAST_NUMBER = (
    select(func.max(col(models.Passage.number)))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.Report.key) == bindparam("report"))
)
# A round has the id of the event that opened it.
_OPENING = select(col(models.Event.body)).where(col(models.Event.id) == bindparam("round"))
_ROUND = _ROUNDS.where(col(models.Round.id) == bindparam("round"))


# --- assignments ---------------------------------------------------------------------------------

_MISSING: Select[*tuple[Any, ...]] = (
    select(
        col(models.Report.key), col(models.Passage.number), col(models.Passage.id).label("passage")
    )
    .join(table_of(models.Passage), col(models.Passage.report_id) == col(models.Report.id))
    .where(
        ~select(col(models.Assignment.id))
        .where(
            col(models.Assignment.round_id) == bindparam("round"),
            col(models.Assignment.passage_id) == col(models.Passage.id),
            col(models.Assignment.coder) == bindparam("coder"),
        )
        .exists()
    )
    .order_by(col(models.Report.ord), col(models.Passage.number))
)
_HOW_MANY = select(
    select(func.count()).select_from(table_of(models.Passage)).scalar_subquery(),
    select(col(models.Counter.assigned))
    .where(
        col(models.Counter.round_id) == bindparam("round"),
        col(models.Counter.coder) == bindparam("coder"),
    )
    .scalar_subquery(),
)
_LAST_ORD = select(func.max(col(models.Assignment.ord))).where(
    col(models.Assignment.round_id) == bindparam("round"),
    col(models.Assignment.coder) == bindparam("coder"),
)


def assign(project: Project, round_id: str, coder: str, actor: str) -> int:
    """Give a coder every passage of a round that they do not have in it yet.

    These are all passages of the project, unless the round is limited to some.

    New passages come after those the coder has, in reading order or, in a round of random order,
    by SHA-256 of seed, coder and passage: an order of each coder's own that can be made again.

    Returns:
        How many passages were given.

    Raises:
        AnnotatorError: The round is closed or not open to this coder, or the coder is a person of
            the project but for capital letters.
    """
    if not coder.strip():
        raise AnnotatorError("A coder needs a name; give one with --coder.")
    with project.reading() as connection:
        refuse_coder(read_round(connection, round_id), coder)
        there, assigned = connection.execute(_HOW_MANY, {"round": round_id, "coder": coder}).one()
        chosen = chosen_passages(connection, round_id)
        if chosen is not None:
            there = len(chosen)
    # Asked at every start of a session: with nothing new, nobody waits for the write lock.
    if there == assigned:
        return 0
    with project.writing() as connection:
        row = read_round(connection, round_id)
        refuse_coder(row, coder)
        refuse_twin(coder, people(connection))
        missing = connection.execute(_MISSING, {"round": round_id, "coder": coder})
        keys: dict[str, str] = {}
        # One string a report, not one a passage.
        queue = [
            (keys.setdefault(key, key), number, passage)
            for key, number, passage in missing
            if chosen is None or (key, number) in chosen
        ]
        if row.order is Order.RANDOM:
            queue.sort(key=lambda item: shuffled(row.seed, coder, item[0], item[1]))
        from annotator.store.events import EventLog

        assign_passages(
            connection, EventLog(connection, project.device), actor, row.id, coder, queue
        )
        return len(queue)


def refuse_coder(row: RoundRow, coder: str) -> None:
    """Refuse a coder who may not code in a round, or any once it is closed."""
    if row.state is RoundState.CLOSED:
        raise AnnotatorError(f"The round {row.name} is closed; nothing more is coded in it.")
    if row.coders is not None and coder not in row.coders:
        raise AnnotatorError(
            f"{coder} is not among the coders of the round {row.name} "
            f"({', '.join(row.coders)}); check the name."
        )


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


def shuffled(seed: int, coder: str, report_key: str, number: int) -> bytes:
    """Where a passage comes in a coder's random order: sort by this."""
    return sha256(canonical([seed, coder, report_key, number]).encode()).digest()


def assign_passages(
    connection: Connection,
    log: "EventLog",
    actor: str,
    round_id: str,
    coder: str,
    queue: Sequence[tuple[str, int, int]],
) -> None:
    """Append passages to a coder's queue, as an event and as rows; nothing for an empty queue.

    Args:
        connection: A connection inside a write transaction.
        log: The log of that transaction.
        actor: Who assigns them.
        round_id: The round.
        coder: The coder, who has none of them yet.
        queue: Report key, number and row id of each passage, in the coder's order.
    """
    if not queue:
        return
    body = {"round": round_id, "coder": coder, **packed((key, number) for key, number, _ in queue)}
    from annotator.store import events, projections

    log.append(actor, events.Kind.PASSAGES_ASSIGNED, body)
    log.flush()
    last = connection.execute(_LAST_ORD, {"round": round_id, "coder": coder}).scalar() or 0
    projections.put_assignments(
        connection,
        (
            {"round_id": round_id, "passage_id": passage, "coder": coder, "ord": ord_, "done": 0}
            for ord_, (_, _, passage) in enumerate(queue, last + 1)
        ),
    )


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


def counters(project: Project, round_id: str) -> list[CoderProgress]:
    """How far each coder of a round is, by name."""
    statement = (
        select(
            col(models.Counter.coder),
            col(models.Counter.assigned),
            col(models.Counter.done),
            col(models.Counter.skipped),
        )
        .where(col(models.Counter.round_id) == round_id)
        .order_by(col(models.Counter.coder))
    )
    with project.reading() as connection:
        return [CoderProgress(*row) for row in connection.execute(statement)]
