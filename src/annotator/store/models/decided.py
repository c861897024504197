"""The tables written when something is changed or decided, and what leads and analysts read."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from annotator.coding.model import State
from annotator.store.models.base import STRICT, Row, StepKind, added_flag, flag, one_of


class Device(Row, table=True):
    """An installation that wrote events; each has its own unbroken chain."""

    __tablename__ = "device"
    __table_args__ = (STRICT,)

    id: str = Field(primary_key=True)
    added_at: AwareDatetime


class SourceFile(Row, table=True):
    """A file that reports were imported from."""

    __tablename__ = "source_file"
    __table_args__ = (STRICT,)

    sha256: str = Field(primary_key=True)
    name: str
    bytes: int
    encoding: str


class Adjudication(Row, table=True):
    """The coding of a lead that settles a passage; its id is that of its event.

    `latest` is the last of a passage that was not `withdrawn` by the lead.
    """

    __tablename__ = "adjudication"
    __table_args__ = (
        flag("latest"),
        Index("ix_adjudication_round_id_passage_id", "round_id", "passage_id"),
        STRICT,
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
    withdrawn: int = added_flag("withdrawn")


class KnownAnswer(Row, table=True):
    """The coding that a passage of a round is known to call for.

    `body` is the canonical JSON of its form, `none` why it has no record, `trap` what a coder is
    to learn from it. `shown` says that coders see it once they submitted the passage (training);
    else they never do.
    """

    __tablename__ = "known_answer"
    __table_args__ = (flag("shown"), STRICT)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    passage_id: int = Field(primary_key=True, foreign_key="passage.id")
    codebook_sha256: str = Field(foreign_key="codebook_version.sha256")
    body: str
    none: str
    trap: str
    shown: int


class Assessment(Row, table=True):
    """Whether a coder agrees with the known answers of a round; its id is that of its event.

    `body` is the canonical JSON of the numbers behind it.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        flag("passed"),
        Index("ix_assessment_round_id_coder", "round_id", "coder"),
        STRICT,
    )

    id: str = Field(primary_key=True, foreign_key="event.id")
    round_id: str = Field(foreign_key="round.id")
    coder: str
    passed: int
    body: str
    at: AwareDatetime


class SettlementDraft(Row, table=True):
    """The coding by which a lead means to settle a passage, as far as it is made.

    `content` is its plain data, `steps` are those to undo, `focus` where the lead is in it: the
    review's own texts.
    """

    __tablename__ = "settlement_draft"
    __table_args__ = (STRICT,)

    round_id: str = Field(primary_key=True, foreign_key="round.id")
    passage_id: int = Field(primary_key=True, foreign_key="passage.id")
    lead: str = Field(primary_key=True)
    content: str
    steps: str
    focus: str
    seconds: float
    updated_at: AwareDatetime


class Said(Row, table=True):
    """What a coding says, in brief, to compare many fast; it follows from the coding alone.

    Rows may be missing: whoever reads them fills them in.
    """

    __tablename__ = "said"
    __table_args__ = (STRICT,)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    text: str


class Record(Row, table=True):
    """A record of a repeating unit.

    `coding_id`, here, in `answer`, `evidence` and `override`, is the id of the event that brought
    the coding: one submitted by a coder, or the lead's of an adjudication. `ord` counts the records
    of one unit in one parent from 1.
    """

    __tablename__ = "record"
    __table_args__ = (STRICT,)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    unit: str
    parent: str
    ord: int


class Answer(Row, table=True):
    """One variable's value in one record (empty: the passage itself)."""

    __tablename__ = "answer"
    __table_args__ = (one_of("state", State), flag("unsure"), flag("inferred"), STRICT)

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
    candidate: int = added_flag("candidate")


class Evidence(Row, table=True):
    """Words behind an answer, or (no variable) behind a whole record; offsets in the report."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', name="bounds"), STRICT)

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
    __table_args__ = (STRICT,)

    coding_id: str = Field(primary_key=True, foreign_key="event.id")
    record: str = Field(primary_key=True)
    check_id: str = Field(primary_key=True)
    reason: str


class DraftStep(Row, table=True):
    """One step of a coder's undo stack, across all passages of a round."""

    __tablename__ = "draft_step"
    __table_args__ = (
        UniqueConstraint("coder", "round_id", "seq"),
        one_of("kind", StepKind),
        flag("undone"),
        STRICT,
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
