"""What a review of a round stands on, read for all its passages at once, or for one anew."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Select, bindparam, literal_column, or_, select

from annotator.codebook.model import Codebook
from annotator.coding.skipping import SkipReason
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.events import Kind, read_events
from annotator.store.places import AnySelect, Place
from annotator.store.project import Project
from annotator.store.queues import unpacked_times
from annotator.store.said import SaidRow, latest_said


@dataclass(frozen=True, slots=True)
class PassageMarks:
    """What coders said of a passage without coding it, and what a lead asked of them.

    `given_back` has the reason and the note of each who gave it back, in an order that tells
    nothing of who they are; `sent_back` the words that wait for an answer.
    """

    flagged: int
    given_back: tuple[tuple[SkipReason, str], ...]
    sent_back: tuple[str, ...]


@dataclass(slots=True)
class Reviewed:
    """A passage of a round as far as a review needs it to know where it stands.

    Attributes:
        place: The passage.
        order: Its place in reading order: that of its report, then its number.
        title: That of its report.
        said: The latest codings, by coder.
        settled: The id of the adjudication that stands; empty if none does.
        open: How many coders still have it to code.
        sent_back: How many coders have it back, to look at their coding again.
        flagged: How many coders ask the lead to look at it.
        skipped: How many coders gave it back.
    """

    place: Place
    order: tuple[int, int]
    title: str
    said: list[SaidRow] = field(default_factory=list)
    settled: str = ""
    open: int = 0
    sent_back: int = 0
    flagged: int = 0
    skipped: int = 0


_OF_ONE_PASSAGE = frozenset(
    {
        Kind.CODING_SUBMITTED,
        Kind.ADJUDICATED,
        Kind.ADJUDICATION_WITHDRAWN,
        Kind.SENT_BACK,
        Kind.PASSAGE_FLAGGED,
        Kind.PASSAGE_SKIPPED,
        Kind.PASSAGE_TAKEN_BACK,
    }
)
_OF_PASSAGES = frozenset({Kind.PASSAGES_ASSIGNED, Kind.ASSIGNMENTS_TAKEN_BACK})
_OF_ROUND = col(models.Assignment.round_id) == bindparam("round")
_PASSAGES: AnySelect = (
    select(
        col(models.Passage.id),
        col(models.Report.key),
        col(models.Passage.number),
        col(models.Report.ord),
        col(models.Report.headline),
        col(models.Report.name),
    )
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(
        or_(
            col(models.Passage.id).in_(select(col(models.Assignment.passage_id)).where(_OF_ROUND)),
            col(models.Passage.id).in_(
                select(col(models.Adjudication.passage_id)).where(
                    col(models.Adjudication.round_id) == bindparam("round")
                )
            ),
        )
    )
)
_SETTLED: Select[int, str] = select(
    col(models.Adjudication.passage_id), col(models.Adjudication.id)
).where(
    col(models.Adjudication.round_id) == bindparam("round"), col(models.Adjudication.latest) == 1
)
_ASSIGNED: Select[int, str] = select(
    col(models.Assignment.passage_id), col(models.Assignment.sent_back)
).where(
    _OF_ROUND,
    col(models.Assignment.occasion) == 1,
    col(models.Assignment.withdrawn) == literal_column("0"),
)
# Spelt out and apart, so that each is served by its own partial index.
_OPEN = _ASSIGNED.where(
    col(models.Assignment.done) == literal_column("0"),
    col(models.Assignment.skipped) == literal_column("''"),
)
_FLAGGED = _ASSIGNED.where(col(models.Assignment.flagged) == literal_column("1"))
_SKIPPED = _ASSIGNED.where(col(models.Assignment.skipped) != literal_column("''"))
_MARKS = select(
    col(models.Assignment.flagged),
    col(models.Assignment.skipped),
    col(models.Assignment.skip_note),
    col(models.Assignment.sent_back),
).where(
    _OF_ROUND,
    col(models.Assignment.passage_id) == bindparam("passage"),
    col(models.Assignment.withdrawn) == 0,
    col(models.Assignment.occasion) == 1,
)
_UNSURE = (
    select(col(models.Coding.passage_id))
    .join(table_of(models.Answer), col(models.Answer.coding_id) == col(models.Coding.id))
    .where(
        col(models.Coding.round_id) == bindparam("round"),
        col(models.Coding.latest) == 1,
        col(models.Coding.occasion) == 1,
        col(models.Answer.unsure) == 1,
    )
    .distinct()
)
_ANSWERS = (
    select(
        col(models.Coding.passage_id),
        col(models.Coding.id),
        col(models.Answer.state),
        col(models.Answer.value),
    )
    .join(table_of(models.Answer), col(models.Answer.coding_id) == col(models.Coding.id))
    .where(
        col(models.Coding.round_id) == bindparam("round"),
        col(models.Coding.latest) == 1,
        col(models.Coding.occasion) == 1,
        col(models.Answer.variable) == bindparam("variable"),
    )
)


def reviewed(
    project: Project, round_id: str, codebook: Codebook, passage_id: int | None = None
) -> dict[int, Reviewed]:
    """The passages of a round by their row ids, those nobody has left out.

    Args:
        project: The project.
        round_id: The round.
        codebook: The codebook of the round.
        passage_id: The only passage; None for all.
    """
    said = latest_said(project, round_id, codebook, passage_id)
    here = {"round": round_id}
    with project.reading() as connection:
        passages = _PASSAGES
        if passage_id is not None:
            passages = passages.where(col(models.Passage.id) == passage_id)
        found = {
            row.id: Reviewed((row.key, row.number), (row.ord, row.number), row.headline or row.name)
            for row in connection.execute(passages, here)
        }
        for passage, adjudication in _rows(connection, _SETTLED, round_id, passage_id):
            found[passage].settled = adjudication
        for passage, words in _rows(connection, _OPEN, round_id, passage_id):
            if words:
                found[passage].sent_back += 1
            else:
                found[passage].open += 1
        for passage, _ in _rows(connection, _FLAGGED, round_id, passage_id):
            found[passage].flagged += 1
        for passage, _ in _rows(connection, _SKIPPED, round_id, passage_id):
            found[passage].skipped += 1
    for row in said:
        if row.passage_id in found:
            found[row.passage_id].said.append(row)
    return found


def _rows(
    connection: Connection,
    statement: Select[int, str],
    round_id: str,
    passage_id: int | None,
) -> Iterator[tuple[int, str]]:
    if passage_id is not None:
        statement = statement.where(statement.selected_columns["passage_id"] == passage_id)
    for row in connection.execute(statement, {"round": round_id}):
        yield row[0], row[1]


def passage_marks(project: Project, round_id: str, passage_id: int) -> PassageMarks:
    """What was said of a passage of a round without coding it."""
    with project.reading() as connection:
        bound = {"round": round_id, "passage": passage_id}
        rows = connection.execute(_MARKS, bound).all()
    given_back = sorted((row.skipped, row.skip_note) for row in rows if row.skipped)
    return PassageMarks(
        sum(row.flagged for row in rows),
        tuple((SkipReason(reason), note) for reason, note in given_back),
        tuple(sorted({row.sent_back for row in rows if row.sent_back})),
    )


def having(project: Project, round_id: str, passage_id: int) -> set[str]:
    """Who has a passage in a round, coded or not; never for a screen."""
    statement = select(col(models.Assignment.coder)).where(
        _OF_ROUND,
        col(models.Assignment.passage_id) == bindparam("passage"),
        col(models.Assignment.withdrawn) == 0,
    )
    with project.reading() as connection:
        bound = {"round": round_id, "passage": passage_id}
        return set(connection.execute(statement, bound).scalars())


def unsure_passages(project: Project, round_id: str) -> set[int]:
    """The passages of a round on which a coder was unsure of an answer, by row id."""
    with project.reading() as connection:
        return set(connection.execute(_UNSURE, {"round": round_id}).scalars())


def answers_to(
    project: Project, round_id: str, variable: str
) -> dict[int, dict[str, list[tuple[str, str | None]]]]:
    """What the latest codings of a round answer to one variable.

    Returns:
        State and value (as `answer.value` has it) of each answer in any record, by passage (row
        id) and coding.
    """
    found: dict[int, dict[str, list[tuple[str, str | None]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    with project.reading() as connection:
        for row in connection.execute(_ANSWERS, {"round": round_id, "variable": variable}):
            found[row.passage_id][row.id].append((row.state, row.value))
    return found


def changed_since(project: Project, round_id: str, event_id: str) -> tuple[set[Place], str]:
    """The passages of a round of which anything was decided after an event, and the last event."""
    found: set[Place] = set()
    last = event_id
    with project.reading() as connection:
        for event in read_events(connection, event_id):
            last = event.id
            if event.kind in _OF_ONE_PASSAGE | _OF_PASSAGES:
                body = json.loads(event.body)
                if body["round"] != round_id:
                    continue
                if event.kind in _OF_ONE_PASSAGE:
                    found.add((body["report"], body["passage"]))
                else:
                    found.update((key, number) for key, number, _ in unpacked_times(body))
    return found, last
