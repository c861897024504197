"""Seeing that nothing in a project was lost or changed behind its back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby, zip_longest
from pathlib import Path

from sqlalchemy import Connection, create_engine, select, text

from annotator.errors import AnnotatorError, WorkProblem
from annotator.store import models
from annotator.store.codebook_readings import wrong_readings
from annotator.store.columns import col, table_of
from annotator.store.copies import backup
from annotator.store.events import Kind, event_hash, read_events
from annotator.store.project import Project
from annotator.store.rebuild import PROJECTIONS, assignment_ids, rebuild, replay

_MOST_TOLD = 20


def verify(project: Project) -> list[str]:
    """What is wrong with a project, a sentence each; an empty list if nothing is.

    Checked are the file itself, the hash of every event and the chain of each device, the hashes
    of reports, passages and codebooks, that reports and events name each other, and that the
    tables equal those a rebuild would make. A chain is evidence, not proof: who holds the file
    can make it all anew, so leads should note the last hash elsewhere.
    """
    problems: list[str] = []
    with project.reading() as connection:
        for check in (*_SOURCES, _pointers, _readings):
            found = list(check(connection))
            problems += found[:_MOST_TOLD]
            if len(found) > _MOST_TOLD:
                problems.append(f"… and {len(found) - _MOST_TOLD} more of this sort.")
        # Built on a broken log, the comparison would only tell of the same faults again.
        if not problems:
            problems += _tables(project, connection)
    return problems


def mend(project: Project) -> Path:
    """Make the tables anew from the events, once a copy of the file was made and checked.

    Returns:
        The copy, beside the project.

    Raises:
        WorkProblem: The file, an event or a stored text is not what was written, so that tables
            made from them would be wrong too; nothing is changed then.
        AnnotatorError: The copy or the project cannot be written.
    """
    with project.reading() as connection:
        for check in _SOURCES:
            for problem in check(connection):
                raise WorkProblem(
                    f"{project.location}: the tables cannot be made anew from a log or texts that "
                    f"are damaged themselves; go back to a backup. First: {problem}"
                )
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = backup(project, project.path.with_name(f"{project.path.stem}.before-rebuild-{stamp}.db"))
    rebuild(project)
    return copy


def _file(connection: Connection) -> Iterator[str]:
    for (found,) in connection.execute(text("PRAGMA integrity_check")):
        if found != "ok":
            yield f"The file is damaged: {found}."


def _pointers(connection: Connection) -> Iterator[str]:
    for table, *_ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"Table {table} has a row that points at nothing."


def _readings(connection: Connection) -> Iterator[str]:
    for sha in wrong_readings(connection):
        yield f"The codebook {sha[:12]} was stored as read otherwise than its text says."


def _events(connection: Connection) -> Iterator[str]:
    ends: dict[str, tuple[int, str]] = {}
    for event in read_events(connection):
        if event_hash(event) != event.hash:
            yield f"Event {event.id} ({event.kind}) is not what was written: its hash is wrong."
        seq, last = ends.get(event.device, (0, ""))
        if event.seq != seq + 1:
            yield f"Before event {event.id}, events {seq + 1} to {event.seq - 1} are missing."
        elif event.prev != last:
            yield f"Event {event.id} does not follow from the one before it on its device."
        ends[event.device] = event.seq, event.hash


def _texts(connection: Connection) -> Iterator[str]:
    for sha, source in connection.execute(
        select(col(models.CodebookVersion.sha256), col(models.CodebookVersion.source))
    ):
        if sha256(source.encode()).hexdigest() != sha:
            yield f"The codebook {sha[:12]} is not what was adopted: its hash is wrong."
    rows = connection.execute(
        select(
            col(models.Report.key),
            col(models.Report.text),
            col(models.Report.text_sha256),
            col(models.Passage.number),
            col(models.Passage.start),
            col(models.Passage.end),
            col(models.Passage.sha256),
        )
        .outerjoin(table_of(models.Passage), col(models.Passage.report_id) == col(models.Report.id))
        .order_by(col(models.Report.id), col(models.Passage.number))
    )
    for key, passages in groupby(rows, key=lambda row: row.key):
        for place, row in enumerate(passages, 1):
            if place == 1 and sha256(row.text.encode()).hexdigest() != row.text_sha256:
                yield f"The text of report {key} is not what was imported: its hash is wrong."
            if row.number != place:
                yield f"Passage {place} of report {key} is missing."
                break
            words = row.text[row.start : row.end]
            if sha256(words.encode()).hexdigest() != row.sha256:
                yield f"Passage {row.number} of report {key} is not what was imported."


def _imports(connection: Connection) -> Iterator[str]:
    there: dict[str, tuple[str, bool]] = {
        row.key: (row.text_sha256, bool(row.training))
        for row in connection.execute(
            select(
                col(models.Report.key),
                col(models.Report.text_sha256),
                col(models.Report.training),
            )
        )
    }
    for event in read_events(connection):
        if event.kind != Kind.REPORTS_IMPORTED:
            continue
        body = json.loads(event.body)
        for key, text_sha256, _ in body["reports"]:
            found = there.pop(key, None)
            if found is None:
                yield f"Report {key}, imported by event {event.id}, is missing."
            elif found != (text_sha256, body.get("training", False)):
                yield f"Report {key} is not the one that event {event.id} imported."
    for key in there:
        yield f"Report {key} was put in by no event."


_SOURCES = (_file, _events, _texts, _imports)
"""The checks of all that the other tables are made from."""


def _tables(project: Project, connection: Connection) -> Iterator[str]:
    scratch = create_engine("sqlite://")
    try:
        with scratch.connect() as target, target.begin():
            models.all_tables().create_all(target)
            ids = assignment_ids(connection)
            try:
                replay(connection, target, project.codebook_version, ids)
            except WorkProblem as problem:
                yield problem.sentence
                return
            for table in PROJECTIONS:
                if sentence := _difference(table, connection, target):
                    yield sentence
    except AnnotatorError as error:
        yield error.sentence
    finally:
        scratch.dispose()


def _difference(table: type[models.Row], kept: Connection, made: Connection) -> str:
    stored = table_of(table)
    names = [column.key for column in stored.primary_key]
    statement = select(stored).order_by(*stored.primary_key)
    for ours, theirs in zip_longest(kept.execute(statement), made.execute(statement)):
        if ours == theirs:
            continue
        row = ours if ours is not None else theirs
        place = ", ".join(str(row._mapping[name]) for name in names)
        return (
            f"Table {stored.name} is not what the events say, first at {place}; "
            "`annotator verify --rebuild` makes the tables anew."
        )
    return ""
