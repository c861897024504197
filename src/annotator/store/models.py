"""Every table of a project, in one module; `docs/storage.md` says what each is for.

This module does without `from __future__ import annotations`: SQLModel reads the annotations as
the classes are made. Flags are whole numbers 0 and 1, so that a partial index and a query compare
alike on SQLite and PostgreSQL. Nothing outside `annotator.store` sees these classes.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import AwareDatetime
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString

from annotator.coding.model import State
from annotator.coding.skipping import SkipReason

_STRICT = {"sqlite_strict": True}


class Purpose(StrEnum):
    """What a round is for (DESIGN §2)."""

    TRAINING = "training"
    PILOT = "pilot"
    MAIN = "main"
    RECODE = "recode"


class Order(StrEnum):
    """In which order a coder meets the passages of a round."""

    READING = "reading"
    RANDOM = "random"


class RoundState(StrEnum):
    """Whether a round takes more work."""

    OPEN = "open"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What a step of a coder's undo stack did."""

    EDIT = "edit"
    SUBMIT = "submit"
    SKIP = "skip"
    FLAG = "flag"


class Tag(StrEnum):
    """What a lead says of a passage to everyone who is to read it."""

    GRAPHIC = "graphic"


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f'"{column}" IN ({listed})', name=f"{column}_known")


def _flag(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_flag")


def _added_flag(name: str) -> Any:
    """A flag that an earlier version did not have, as a migration adds it to a table."""
    return Field(
        sa_column=Column(name, Integer, _flag(name), nullable=False, server_default=text("0"))
    )


def _added_text(name: str, *constraints: CheckConstraint) -> Any:
    """A text that an earlier version did not have, as a migration adds it to a table."""
    return Field(
        sa_column=Column(name, AutoString, *constraints, nullable=False, server_default=text("''"))
    )


class Row(SQLModel):
    """What all tables share: how constraints are named, so that a migration can find them."""

    # Rows are written and read by column; the validators of pydantic would be built for nothing.
    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


# --- what was decided ----------------------------------------------------------------------------


class Device(Row, table=True):
    """An installation that wrote events; each has its own unbroken chain."""

    __tablename__ = "device"
    __table_args__ = (_STRICT,)

    id: str = Field(primary_key=True)
    added_at: AwareDatetime


class Event(Row, table=True):
    """One decision, for good.

    `kind` has no check: a new kind must never mean making the log's table anew.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("device", "seq"),
        CheckConstraint("seq >= 1", name="seq_positive"),
        _STRICT,
    )

    id: str = Field(primary_key=True)
    device: str = Field(foreign_key="device.id")
    seq: int
    at: AwareDatetime
    actor: str
    kind: str
    body: str
    prev: str
    hash: str


# --- stored texts --------------------------------------------------------------------------------


class CodebookVersion(Row, table=True):
    """The text of a codebook that was adopted; `reading` is what it was read as, to be had fast."""

    __tablename__ = "codebook_version"
    __table_args__ = (_STRICT,)

    sha256: str = Field(primary_key=True)
    codebook_id: str
    version: str
    title: str
    source: str
    reading: str = Field(default="", sa_column_kwargs={"server_default": ""})


class SourceFile(Row, table=True):
    """A file that reports were imported from."""

    __tablename__ = "source_file"
    __table_args__ = (_STRICT,)

    sha256: str = Field(primary_key=True)
    name: str
    bytes: int
    encoding: str


class Report(Row, table=True):
    """One imported document; `key` is made from its content, `ord` is its place in the project."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("key"), UniqueConstraint("ord"), _STRICT)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    name: str
    row: int | None
    publisher: str
    headline: str
    date: str
    language: str
    text: str
    text_sha256: str
    source_sha256: str = Field(foreign_key="source_file.sha256")
    normaliser: str
    meta: str
    ord: int


class Passage(Row, table=True):
    """The slice `[start, end)` of a report's text, in code points, that a coder codes."""

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint('number >= 1 AND start >= 0 AND "end" > start', name="bounds"),
        _STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    number: int
    start: int
    end: int
    sha256: str


# --- projections of the events -------------------------------------------------------------------


class Project(Row, table=True):
    """The project itself: one row; `codebook_sha256` is the version adopted last."""

    __tablename__ = "project"
    __table_args__ = (_STRICT,)

    id: str = Field(primary_key=True)
    name: str
    created_at: AwareDatetime
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")


class Round(Row, table=True):
    """A round; its id is that of the event that opened it. No `coders` means anyone."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("name"),
        _one_of("purpose", Purpose),
        _one_of("order", Order),
        _one_of("state", RoundState),
        _STRICT,
    )

    id: str = Field(primary_key=True)
    name: str
    purpose: str
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")
    order: str
    seed: int
    coders: str | None
    state: str
    opened_at: AwareDatetime


class Assignment(Row, table=True):
    """One passage to one coder in one round; `ord` is its place in the coder's queue.

    `flagged` says that the coder asks the lead to look at it. `skipped` is why the coder gave it
    back (empty: they did not), `skip_note` what they said of it. Open is what is neither done nor
    skipped.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "passage_id", "coder"),
        UniqueConstraint("round_id", "coder", "ord"),
        # Its condition for PostgreSQL is left out: to name that dialect here is to load it.
        Index(
            "ix_assignment_open",
            "round_id",
            "coder",
            "ord",
            sqlite_where=text("done = 0 AND skipped = ''"),
        ),
        # The few that a lead looks for among all that there are.
        Index("ix_assignment_flagged", "round_id", sqlite_where=text("flagged = 1")),
        Index("ix_assignment_skipped", "round_id", sqlite_where=text("skipped <> ''")),
        _flag("done"),
        _STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(foreign_key="round.id")
    passage_id: int = Field(foreign_key="passage.id")
    coder: str
    ord: int
    done: int
    flagged: int = _added_flag("flagged")
    skipped: str = _added_text("skipped", _one_of("skipped", ("", *SkipReason)))
    skip_note: str = _added_text("skip_note")


class Counter(Row, table=True):
    """How many passages a coder has in a round, and how many are done or were given back."""

    __tablename__ = "counter"
    __table_args__ = (_STRICT,)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    coder: str = Field(primary_key=True)
    assigned: int
    done: int
    skipped: int = Field(
        sa_column=Column("skipped", Integer, nullable=False, server_default=text("0"))
    )


class PassageTag(Row, table=True):
    """What a lead says of a passage.

    `tag` has no check: a new one must never mean making the table anew.
    """

    __tablename__ = "passage_tag"
    __table_args__ = (_STRICT,)

    passage_id: int = Field(primary_key=True, foreign_key="passage.id")
    tag: str = Field(primary_key=True)


class Coding(Row, table=True):
    """One submitted coding; its id is that of its event, `seconds` the active time it took.

    `note` is the coder's note on the passage.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("round_id", "passage_id", "coder", "revision"),
        CheckConstraint("revision >= 1", name="revision_positive"),
        _flag("latest"),
        Index("ix_coding_coder_round_id", "coder", "round_id"),
        _STRICT,
    )

    id: str = Field(primary_key=True, foreign_key="event.id")
    round_id: str = Field(foreign_key="round.id")
    passage_id: int = Field(foreign_key="passage.id")
    coder: str
    revision: int
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")
    body: str
    none: str
    submitted_at: AwareDatetime
    seconds: float
    latest: int
    note: str = _added_text("note")


class Adjudication(Row, table=True):
    """The coding of a lead that settles a passage; its id is that of its event."""

    __tablename__ = "adjudication"
    __table_args__ = (
        _flag("latest"),
        Index("ix_adjudication_round_id_passage_id", "round_id", "passage_id"),
        _STRICT,
    )

    id: str = Field(primary_key=True, foreign_key="event.id")
    round_id: str = Field(foreign_key="round.id")
    passage_id: int = Field(foreign_key="passage.id")
    lead: str
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")
    body: str
    none: str
    outcome: str
    reason: str
    note: str
    settled_at: AwareDatetime
    latest: int


class Record(Row, table=True):
    """A record of a repeating unit.

    `coding_id`, here, in `answer`, `evidence` and `override`, is the id of the event that brought
    the coding: one submitted by a coder, or the lead's of an adjudication. `ord` counts the records
    of one unit in one parent from 1.
    """

    __tablename__ = "record"
    __table_args__ = (_STRICT,)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    unit: str
    parent: str
    ord: int


class Answer(Row, table=True):
    """One variable's value in one record (empty: the passage itself)."""

    __tablename__ = "answer"
    __table_args__ = (_one_of("state", State), _flag("unsure"), _flag("inferred"), _STRICT)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    variable: str = Field(primary_key=True)
    unit: str
    state: str
    value: str | None
    low: int | None
    best: int | None
    high: int | None
    date_start: str | None
    date_end: str | None
    unsure: int
    inferred: int
    note: str
    candidate: int = _added_flag("candidate")


class Evidence(Row, table=True):
    """Words behind an answer, or (no variable) behind a whole record; offsets in the report."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', name="bounds"), _STRICT)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    variable: str = Field(primary_key=True)
    ord: int = Field(primary_key=True)
    start: int
    end: int
    exact: str


class Override(Row, table=True):
    """Why a warning or question of the codebook was let stand (record empty: on the passage)."""

    __tablename__ = "override"
    __table_args__ = (_STRICT,)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    check_id: str = Field(primary_key=True)
    reason: str


# --- what a coder is in the middle of ------------------------------------------------------------


class Draft(Row, table=True):
    """A coding that is not submitted yet."""

    __tablename__ = "draft"
    __table_args__ = (_STRICT,)

    assignment_id: int = Field(primary_key=True, foreign_key="assignment.id")
    coder: str
    content: str
    seconds: float
    opened_at: AwareDatetime
    updated_at: AwareDatetime


class DraftStep(Row, table=True):
    """One step of a coder's undo stack, across all passages of a round."""

    __tablename__ = "draft_step"
    __table_args__ = (
        UniqueConstraint("coder", "round_id", "seq"),
        _one_of("kind", StepKind),
        _flag("undone"),
        _STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    coder: str
    round_id: str = Field(foreign_key="round.id")
    seq: int
    assignment_id: int = Field(foreign_key="assignment.id")
    kind: str
    label: str
    before: str
    after: str
    undone: int


class Place(Row, table=True):
    """Where a coder is in a round; `version` counts their changes, to notice a second window."""

    __tablename__ = "place"
    __table_args__ = (_STRICT,)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    coder: str = Field(primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    focus: str
    version: int


@compiles(AutoString, "sqlite")
@compiles(DateTime, "sqlite")
def _text_in_sqlite(*_arguments: Any, **_options: Any) -> str:
    """A STRICT table knows TEXT, not VARCHAR or DATETIME."""
    return "TEXT"


@compiles(Float, "sqlite")
def _real_in_sqlite(*_arguments: Any, **_options: Any) -> str:
    """A STRICT table knows REAL, not FLOAT."""
    return "REAL"
