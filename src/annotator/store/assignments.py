"""Which passages each coder has in a round, and how far each coder is."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, func, literal_column, select

from annotator.coding.form import canonical
from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.models import Order, RoundState
from annotator.store.people import people, refuse_twin
from annotator.store.project import Project
from annotator.store.queues import Queued, assign_passages, withdraw_passages
from annotator.store.round_passages import chosen_passages, passage_ids
from annotator.store.rounds import RoundRow, read_round, refuse_coder

Given = tuple[str, int, int]
"""Report key and number of a passage, and for which time the coder has it, from 1."""


class Move(NamedTuple):
    """A passage that is taken back from one coder, given to another, or both.

    `occasion` is for which time they have it, `source` whom it is taken from and `target` who gets
    it; each may be empty.
    """

    report: str
    number: int
    occasion: int = 1
    source: str = ""
    target: str = ""


class CoderProgress(NamedTuple):
    """How many passages a coder has in a round, how many are done, how many were given back."""

    coder: str
    assigned: int
    done: int
    skipped: int = 0

    @property
    def open(self) -> int:
        """How many wait for the coder."""
        return self.assigned - self.done - self.skipped


_TRAINING = select(col(models.Report.id)).where(
    # Spelt out, so that the partial index of those for training can serve it.
    col(models.Report.training) == literal_column("1")
)
_HOW_MANY = select(
    select(func.max(col(models.Passage.id))).scalar_subquery(),
    select(func.count())
    .select_from(table_of(models.Passage))
    .where(col(models.Passage.report_id).in_(_TRAINING))
    .scalar_subquery(),
    select(col(models.Counter.assigned))
    .where(
        col(models.Counter.round_id) == bindparam("round"),
        col(models.Counter.coder) == bindparam("coder"),
    )
    .scalar_subquery(),
    select(func.count())
    .where(
        col(models.Assignment.round_id) == bindparam("round"),
        col(models.Assignment.coder) == bindparam("coder"),
        col(models.Assignment.withdrawn) == literal_column("1"),
    )
    .scalar_subquery(),
)


def assign(project: Project, round_id: str, coder: str, actor: str) -> int:
    """Give a coder every passage of a round that they do not have in it yet.

    These are all passages of the project but those made to train coders, unless the round is
    limited to some. In a round with a design, nothing is given by itself; and what was taken back
    from the coder is not given by itself either.

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
    own = {"round": round_id, "coder": coder}
    with project.reading() as connection:
        row = read_round(connection, round_id)
        refuse_coder(row, coder)
        if row.design:
            return 0
        highest, training, assigned, withdrawn = connection.execute(_HOW_MANY, own).one()
        has = (assigned or 0) + withdrawn
        chosen = chosen_passages(connection, round_id)
        there = (highest or 0) - training if chosen is None else len(chosen)
        if chosen is None and there != has:
            # Ids go from 1 on, as a rule without a gap; counting many passages takes long.
            count = select(func.count()).select_from(table_of(models.Passage))
            there = connection.execute(count).scalar_one() - training
    # Asked at every start of a session: with nothing new, nobody waits for the write lock.
    if there == has:
        return 0
    with project.writing() as connection:
        row = read_round(connection, round_id)
        refuse_coder(row, coder)
        refuse_twin(coder, people(connection))
        missing = connection.execute(_missing(all_passages=chosen is None), own)
        keys: dict[str, str] = {}
        # One string a report, not one a passage.
        queue = [
            (keys.setdefault(key, key), number, passage, 1)
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


def _missing(*, all_passages: bool) -> Select[*tuple[Any, ...]]:
    """The passages that a coder does not have in a round; all but those for training, or any."""
    statement = (
        select(
            col(models.Report.key),
            col(models.Passage.number),
            col(models.Passage.id).label("passage"),
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
    if all_passages:
        return statement.where(col(models.Report.id).not_in(_TRAINING))
    return statement


def move(
    project: Project, round_id: str, moves: Iterable[Move], actor: str, why: str = ""
) -> list[Move]:
    """Take passages of a round back from coders and give them to others, in one transaction.

    What was coded of a passage that is taken back stays with its coder as a draft, to come back
    should they be given it again; the steps to undo it go. What a coder submitted, or was asked to
    look at once more, is theirs: to take it back is left out, and to give it to another instead.
    What a coder has is not given to them. New passages come after those a coder has. A coder whom
    the round did not know is one of its coders from then on.

    Args:
        project: The project.
        round_id: The round.
        moves: In the order in which they are given.
        actor: Who decides.
        why: For what reason passages are taken back.

    Returns:
        Those that changed anything.

    Raises:
        AnnotatorError: The round is closed or about other passages, a passage is not there, or one
            who is given any has no name, or is a person of the project but for capital letters;
            nothing is changed then.
    """
    wanted = list(dict.fromkeys(moves))
    with project.writing() as connection:
        row = read_round(connection, round_id)
        refuse_closed(row)
        known = people(connection)
        for one in wanted:
            _refuse_target(one, known)
        ids = passage_ids(connection, row, ((one.report, one.number) for one in wanted))
        has = {
            coder: {
                (own.passage_id, own.occasion): not (own.done or own.sent_back)
                for own in connection.execute(_queue(round_id, coder))
            }
            for coder in {name for one in wanted for name in (one.source, one.target) if name}
        }
        taken: dict[str, list[Queued]] = {}
        given: dict[str, list[Queued]] = {}
        carried_out = []
        for one in wanted:
            passage = ids[one.report, one.number]
            queued = (one.report, one.number, passage, one.occasion)
            its = passage, one.occasion
            if one.source:
                if not has[one.source].get(its):
                    continue
                del has[one.source][its]
                taken.setdefault(one.source, []).append(queued)
            elif its in has[one.target]:
                continue
            if one.target and its not in has[one.target]:
                has[one.target][its] = True
                given.setdefault(one.target, []).append(queued)
            carried_out.append(one)
        from annotator.store.events import EventLog

        log = EventLog(connection, project.device)
        drop_steps = delete(table_of(models.DraftStep)).where(
            col(models.DraftStep.assignment_id) == bindparam("its_assignment")
        )
        for coder, queue in taken.items():
            rows = withdraw_passages(connection, log, actor, round_id, coder, queue, why)
            connection.execute(drop_steps, [{"its_assignment": one} for one in rows])
        for coder, queue in given.items():
            assign_passages(connection, log, actor, round_id, coder, queue)
    return carried_out


def _queue(round_id: str, coder: str) -> Select[*tuple[Any, ...]]:
    """The passages that a coder has in a round."""
    return (
        select(
            col(models.Report.key),
            col(models.Passage.number),
            col(models.Assignment.passage_id),
            col(models.Assignment.occasion),
            col(models.Assignment.done),
            col(models.Assignment.sent_back),
        )
        .join(table_of(models.Passage), col(models.Passage.id) == col(models.Assignment.passage_id))
        .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
        .where(
            col(models.Assignment.round_id) == round_id,
            col(models.Assignment.coder) == coder,
            col(models.Assignment.withdrawn) == 0,
        )
    )


def _refuse_target(one: Move, known: set[str]) -> None:
    if one.target:
        if not one.target.strip():
            raise AnnotatorError("A coder needs a name; give one with --coder.")
        refuse_twin(one.target, known)
        known.add(one.target)


def give(project: Project, round_id: str, coder: str, passages: Iterable[Given], actor: str) -> int:
    """Give passages of a round to a coder; how many they did not have. See `move`."""
    moves = [Move(*passage, target=coder) for passage in passages]
    return len(move(project, round_id, moves, actor))


def take_back(
    project: Project,
    round_id: str,
    coder: str,
    passages: Iterable[Given],
    actor: str,
    why: str = "",
) -> int:
    """Take passages of a round back from a coder; how many they had to do. See `move`."""
    moves = [Move(*passage, source=coder) for passage in passages]
    return len(move(project, round_id, moves, actor, why))


def refuse_closed(row: RoundRow) -> None:
    """Refuse to change who has what in a round that is closed."""
    if row.state is RoundState.CLOSED:
        raise AnnotatorError(
            f"The round {row.name} is closed; open it again with `annotator round reopen "
            f"{row.name}`."
        )


def shuffled(seed: int, coder: str, report_key: str, number: int) -> bytes:
    """Where a passage comes in a coder's random order: sort by this."""
    return sha256(canonical([seed, coder, report_key, number]).encode()).digest()


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
