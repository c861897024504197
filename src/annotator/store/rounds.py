"""Rounds: opening, reading and closing them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from annotator.coding.form import canonical
from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.models import Order, Purpose, RoundState
from annotator.store.people import people, refuse_twin
from annotator.store.project import Project
from annotator.store.queues import assign_passages, packed
from annotator.store.round_passages import known_passages, passage_ids, refuse_training

if TYPE_CHECKING:
    from annotator.store.events import EventRow
    from annotator.store.known_answers import Answer
    from annotator.store.training import Training

__all__ = [
    "Order",
    "Purpose",
    "RoundRow",
    "RoundState",
    "active_round",
    "chosen_rounds",
    "close_round",
    "named_round",
    "open_first_round",
    "open_round",
    "read_round",
    "refuse_coder",
    "reopen_round",
    "rounds",
]


class RoundRow(NamedTuple):
    """A round; `coders` is None where anyone may code, `seed` orders the passages if random.

    `design` is the canonical JSON of how passages were given to coders as it was opened; empty
    where every coder gets every passage of the round as they begin.
    """

    id: str
    name: str
    purpose: Purpose
    codebook_sha256: str
    order: Order
    seed: int
    coders: tuple[str, ...] | None
    state: RoundState
    opened_at: datetime
    design: str = ""


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
    col(models.Round.design),
).order_by(col(models.Round.id))
_ROUND = _ROUNDS.where(col(models.Round.id) == bindparam("round"))


# --- opening -------------------------------------------------------------------------------------


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
    design: Mapping[str, Any] | None = None,
    assignments: Mapping[str, Sequence[tuple[str, int, int]]] | None = None,
    training: "Training | None" = None,
    known: Sequence["Answer"] = (),
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
        design: How passages are given to coders, as plain data; with one, only `assignments` and
            what is given later is anybody's. None: every coder gets every passage as they begin.
        assignments: Of each coder their passages, in the order of their queue: report key, number,
            and for which time they have it, from 1. Only with a design.
        training: How coders are trained in it, for a round that does.
        known: The right codings of some of its passages, under the codebook adopted last. With
            `training` each coder sees them as they submit; else none ever does.

    Raises:
        AnnotatorError: The name is taken or empty, purpose or order are none of those there are,
            the passages are none, not there, or such as coders are trained on in a round that is
            not for training, or a coder is a person of the project but for capital letters, or is
            given passages without being one of the round.
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
            chosen = known_passages(connection, passages)
            refuse_training(connection, body["purpose"], chosen)
            body["passages"] = packed(chosen)
        there = people(connection)
        for coder in body["coders"] or ():
            refuse_twin(coder, there)
            there.add(coder)
        if design is not None:
            body["design"] = design
        if training is not None:
            body["training"] = training.as_json()
        opened = _open(connection, project, body, actor)
        if known:
            _make_known(connection, project, opened, known, actor, shown=training is not None)
        if design is not None:
            _assign_as_designed(connection, project, opened, assignments or {}, actor)
        return opened


def _make_known(
    connection: Connection,
    project: Project,
    opened: RoundRow,
    known: Sequence["Answer"],
    actor: str,
    *,
    shown: bool,
) -> None:
    from annotator.store.events import EventLog
    from annotator.store.known_answers import make_known

    log = EventLog(connection, project.device)
    make_known(connection, log, actor, opened.id, opened.codebook_sha256, known, shown=shown)


def _assign_as_designed(
    connection: Connection,
    project: Project,
    opened: RoundRow,
    assignments: Mapping[str, Sequence[tuple[str, int, int]]],
    actor: str,
) -> None:
    from annotator.store.events import EventLog

    places = {(key, number) for queue in assignments.values() for key, number, _ in queue}
    ids = passage_ids(connection, opened, places)
    log = EventLog(connection, project.device)
    for coder, queue in assignments.items():
        refuse_coder(opened, coder)
        given = dict.fromkeys(queue)
        rows = [(key, number, ids[key, number], occasion) for key, number, occasion in given]
        assign_passages(connection, log, actor, opened.id, coder, rows)


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
        "design": canonical(body["design"]) if "design" in body else "",
    }


# --- closing -------------------------------------------------------------------------------------


def close_round(project: Project, round_id: str, actor: str) -> bool:
    """Close a round: nothing more is coded in it. Whether it was open until now."""
    return _change_state(project, round_id, RoundState.CLOSED, actor)


def reopen_round(project: Project, round_id: str, actor: str) -> bool:
    """Open a round again that was closed; whether it was."""
    return _change_state(project, round_id, RoundState.OPEN, actor)


def _change_state(project: Project, round_id: str, state: RoundState, actor: str) -> bool:
    with project.writing() as connection:
        if read_round(connection, round_id).state is state:
            return False
        from annotator.store import events

        closes = state is RoundState.CLOSED
        kind = events.Kind.ROUND_CLOSED if closes else events.Kind.ROUND_REOPENED
        events.append(connection, project.device, actor, kind, {"round": round_id})
        set_state(connection, round_id, state)
    return True


def set_state(connection: Connection, round_id: str, state: RoundState) -> None:
    """Write whether a round takes more work."""
    connection.execute(
        update(table_of(models.Round))
        .where(col(models.Round.id) == round_id)
        .values(state=state.value)
    )


# --- reading -------------------------------------------------------------------------------------


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
        row.design,
    )


def refuse_coder(row: RoundRow, coder: str) -> None:
    """Refuse a coder who may not code in a round, or any once it is closed."""
    if row.state is RoundState.CLOSED:
        raise AnnotatorError(
            f"The round {row.name} is closed; nothing more is coded in it, and what was saved or "
            "submitted before stays."
        )
    if row.coders is not None and coder not in row.coders:
        raise AnnotatorError(
            f"{coder} is not among the coders of the round {row.name} "
            f"({', '.join(row.coders)}); check the name."
        )


def _known(kind: type[Purpose] | type[Order], value: str, what: str) -> str:
    try:
        return kind(value).value
    except ValueError:
        listed = ", ".join(kind)
        raise AnnotatorError(f"{value} is no {what} of a round; choose one of {listed}.") from None
