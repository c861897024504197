"""The tables that a coder's screen reads to show a passage."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from annotator.coding.skipping import SkipReason
from annotator.store.models.base import (
    STRICT,
    Order,
    Purpose,
    RoundState,
    Row,
    added_flag,
    added_number,
    added_text,
    flag,
    one_of,
    partial_index,
)

# --- what was decided -----------------------------------------------------------------------------


class Event(Row, table=True):
    """One decision, for good.

    `kind` has no check: a new kind must never mean making the log's table anew.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("device", "seq"),
        CheckConstraint("seq >= 1", name="seq_positive"),
        STRICT,
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


# --- stored texts ---------------------------------------------------------------------------------


class CodebookVersion(Row, table=True):
    """The text of a codebook that was adopted; `reading` is what it was read as, to be had fast."""

    __tablename__ = "codebook_version"
    __table_args__ = (STRICT,)

    sha256: str = Field(primary_key=True)
    codebook_id: str
    version: str
    title: str
    source: str
    reading: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Report(Row, table=True):
    """One imported document; `key` is made from its content, `ord` is its place in the project.

    `training` says that it was made from worked examples, to train coders on.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("ord"),
        # The few that are in no other round than one of training.
        partial_index("ix_report_training", "ord", where="training = 1"),
        STRICT,
    )

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
    training: int = added_flag("training")


class Passage(Row, table=True):
    """The slice `[start, end)` of a report's text, in code points, that a coder codes."""

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint('number >= 1 AND start >= 0 AND "end" > start', name="bounds"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    number: int
    start: int
    end: int
    sha256: str


# --- projections of the events --------------------------------------------------------------------


class Project(Row, table=True):
    """The project itself: one row; `codebook_sha256` is the version adopted last."""

    __tablename__ = "project"
    __table_args__ = (STRICT,)

    id: str = Field(primary_key=True)
    name: str
    created_at: AwareDatetime
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")


class Round(Row, table=True):
    """A round; its id is that of the event that opened it. No `coders` means anyone.

    `design` is the canonical JSON of how passages were given to coders when the round was opened;
    without one, every coder gets every passage of the round as they begin.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("name"),
        one_of("purpose", Purpose),
        one_of("order", Order),
        one_of("state", RoundState),
        STRICT,
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
    design: str = added_text("design")


class Assignment(Row, table=True):
    """One passage to one coder in one round; `ord` is its place in the coder's queue, from 1.

    `occasion` is above 1 where the same passage is given to the same coder once more. `flagged`
    says that the coder asks the lead to look at it. `skipped` is why the coder gave it back (empty:
    they did not), `skip_note` what they said of it. `withdrawn` says that the lead took it back: it
    is no part of the queue then, and its `ord` is below 0. `sent_back` is what the lead asks of a
    coder who is to look at what they submitted once more. Open is what is neither done nor skipped
    nor withdrawn.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "passage_id", "coder", "occasion"),
        UniqueConstraint("round_id", "coder", "ord"),
        partial_index(
            "ix_assignment_open",
            "round_id",
            "coder",
            "ord",
            where="done = 0 AND skipped = '' AND withdrawn = 0",
        ),
        # The few that a lead looks for among all that there are.
        partial_index("ix_assignment_flagged", "round_id", where="flagged = 1"),
        partial_index("ix_assignment_skipped", "round_id", where="skipped <> ''"),
        partial_index("ix_assignment_withdrawn", "round_id", "coder", where="withdrawn = 1"),
        partial_index("ix_assignment_sent_back", "round_id", where="sent_back <> ''"),
        flag("done"),
        CheckConstraint("occasion >= 1", name="occasion_positive"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(foreign_key="round.id")
    passage_id: int = Field(foreign_key="passage.id")
    coder: str
    ord: int
    done: int
    flagged: int = added_flag("flagged")
    skipped: str = added_text("skipped", one_of("skipped", ("", *SkipReason)))
    skip_note: str = added_text("skip_note")
    occasion: int = added_number("occasion", 1)
    withdrawn: int = added_flag("withdrawn")
    sent_back: str = added_text("sent_back")


class Counter(Row, table=True):
    """How many passages a coder has in a round, and how many are done or were given back.

    What was withdrawn from the coder is not counted.
    """

    __tablename__ = "counter"
    __table_args__ = (STRICT,)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    coder: str = Field(primary_key=True)
    assigned: int
    done: int
    skipped: int = added_number("skipped", 0)


class PassageTag(Row, table=True):
    """What a lead says of a passage.

    `tag` has no check: a new one must never mean making the table anew.
    """

    __tablename__ = "passage_tag"
    __table_args__ = (STRICT,)

    passage_id: int = Field(primary_key=True, foreign_key="passage.id")
    tag: str = Field(primary_key=True)


class Coding(Row, table=True):
    """One submitted coding; its id is that of its event, `seconds` the active time it took.

    `note` is the coder's note on the passage. `occasion` is that of the assignment; revisions are
    counted, and `latest` is told, within it.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("round_id", "passage_id", "coder", "occasion", "revision"),
        CheckConstraint("revision >= 1", name="revision_positive"),
        CheckConstraint("occasion >= 1", name="occasion_positive"),
        flag("latest"),
        Index("ix_coding_coder_round_id", "coder", "round_id"),
        STRICT,
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
    note: str = added_text("note")
    occasion: int = added_number("occasion", 1)


# --- what a coder is in the middle of -------------------------------------------------------------


class Draft(Row, table=True):
    """A coding that is not submitted yet."""

    __tablename__ = "draft"
    __table_args__ = (STRICT,)

    assignment_id: int = Field(primary_key=True, foreign_key="assignment.id")
    coder: str
    content: str
    seconds: float
    opened_at: AwareDatetime
    updated_at: AwareDatetime


class Place(Row, table=True):
    """Where a coder is in a round; `version` counts their changes, to notice a second window."""

    __tablename__ = "place"
    __table_args__ = (STRICT,)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    coder: str = Field(primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    focus: str
    version: int
