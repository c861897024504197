"""Designed rounds: passages given more than once, taken back or sent back; known answers; review.

Revision ID: 0004
"""

from typing import Any

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlmodel import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ADDED = (
    "report ADD COLUMN training INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_report_training_flag CHECK (training IN (0, 1))",
    "round ADD COLUMN design TEXT DEFAULT '' NOT NULL",
    "adjudication ADD COLUMN withdrawn INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_adjudication_withdrawn_flag CHECK (withdrawn IN (0, 1))",
    "assignment ADD COLUMN occasion INTEGER DEFAULT 1 NOT NULL "
    "CONSTRAINT ck_assignment_occasion_positive CHECK (occasion >= 1)",
    "assignment ADD COLUMN withdrawn INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_assignment_withdrawn_flag CHECK (withdrawn IN (0, 1))",
    "assignment ADD COLUMN sent_back TEXT DEFAULT '' NOT NULL",
    "coding ADD COLUMN occasion INTEGER DEFAULT 1 NOT NULL "
    "CONSTRAINT ck_coding_occasion_positive CHECK (occasion >= 1)",
)
_ASSIGNMENT = (
    "id, round_id, passage_id, coder, ord, done, flagged, skipped, skip_note, "
    "occasion, withdrawn, sent_back"
)
_CODING = (
    "id, round_id, passage_id, coder, revision, codebook_sha256, body, none, submitted_at, "
    "seconds, latest, note, occasion"
)


def _number(name: str) -> Column[int]:
    return Column(name, Integer(), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, AutoString(), nullable=False)


def _given(column: Column[Any], default: str, *checks: CheckConstraint) -> Column[Any]:
    """A column with a default, as one has that was added to a table later."""
    return Column(column.name, column.type, *checks, nullable=False, server_default=text(default))


def _flag(table: str, name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0, 1)", name=op.f(f"ck_{table}_{name}_flag"))


def upgrade() -> None:
    """Add the columns and the tables; let one coder have a passage more than once."""
    for added in _ADDED:
        op.execute(f"ALTER TABLE {added}")
    if op.get_context().dialect.name == "sqlite":
        _make_assignments_anew()
        _make_codings_anew()
    else:
        _widen("assignment", "round_id, passage_id, coder", "occasion")
        _widen("coding", "round_id, passage_id, coder", "occasion, revision", "revision")
        op.drop_index("ix_assignment_open", "assignment")
    _index(
        "ix_assignment_open",
        "assignment",
        ["round_id", "coder", "ord"],
        "done = 0 AND skipped = '' AND withdrawn = 0",
    )
    _index("ix_assignment_withdrawn", "assignment", ["round_id", "coder"], "withdrawn = 1")
    _index("ix_assignment_sent_back", "assignment", ["round_id"], "sent_back <> ''")
    _index("ix_report_training", "report", ["ord"], "training = 1")
    _make_answers_and_assessments()
    _make_what_a_review_keeps()


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=text(where))


def _widen(table: str, kept: str, new: str, old: str = "") -> None:
    """Let rows of a table be told apart by more columns than before."""
    before = ", ".join(part for part in (kept, old) if part)
    for change in (
        f"DROP CONSTRAINT {_unique(table, before)}",
        f"ADD CONSTRAINT {_unique(table, f'{kept}, {new}')} UNIQUE ({kept}, {new})",
    ):
        op.execute(f"ALTER TABLE {table} {change}")


def _unique(table: str, columns: str) -> str:
    return f"uq_{table}_{columns.replace(', ', '_')}"


def _set_aside(table: str, columns: str) -> None:
    """Take a table away, its rows kept; SQLite changes a constraint of a table in no other way."""
    op.execute(f"CREATE TEMPORARY TABLE {table}_before AS SELECT {columns} FROM {table}")
    op.drop_table(table)


def _put_back(table: str, columns: str) -> None:
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_before")
    op.execute(f"DROP TABLE {table}_before")


def _make_assignments_anew() -> None:
    _set_aside("assignment", _ASSIGNMENT)
    op.create_table(
        "assignment",
        _number("id"),
        _text("round_id"),
        _number("passage_id"),
        _text("coder"),
        _number("ord"),
        _number("done"),
        _given(_number("flagged"), "0", _flag("assignment", "flagged")),
        _given(
            _text("skipped"),
            "''",
            CheckConstraint(
                "\"skipped\" IN ('', 'graphic', 'language', 'conflict', 'unreadable', 'other')",
                name=op.f("ck_assignment_skipped_known"),
            ),
        ),
        _given(_text("skip_note"), "''"),
        _given(_number("occasion"), "1"),
        _given(_number("withdrawn"), "0", _flag("assignment", "withdrawn")),
        _given(_text("sent_back"), "''"),
        _flag("assignment", "done"),
        CheckConstraint("occasion >= 1", name=op.f("ck_assignment_occasion_positive")),
        ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_assignment_passage_id")),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        UniqueConstraint("round_id", "coder", "ord", name=op.f("uq_assignment_round_id_coder_ord")),
        UniqueConstraint(
            "round_id",
            "passage_id",
            "coder",
            "occasion",
            name=op.f("uq_assignment_round_id_passage_id_coder_occasion"),
        ),
        sqlite_strict=True,
    )
    _put_back("assignment", _ASSIGNMENT)
    _index("ix_assignment_flagged", "assignment", ["round_id"], "flagged = 1")
    _index("ix_assignment_skipped", "assignment", ["round_id"], "skipped <> ''")


def _make_codings_anew() -> None:
    _set_aside("coding", _CODING)
    op.create_table(
        "coding",
        _text("id"),
        _text("round_id"),
        _number("passage_id"),
        _text("coder"),
        _number("revision"),
        _text("codebook_sha256"),
        _text("body"),
        _text("none"),
        Column("submitted_at", UTCDateTime(), nullable=False),
        Column("seconds", Float(), nullable=False),
        _number("latest"),
        _given(_text("note"), "''"),
        _given(_number("occasion"), "1"),
        _flag("coding", "latest"),
        CheckConstraint("revision >= 1", name=op.f("ck_coding_revision_positive")),
        CheckConstraint("occasion >= 1", name=op.f("ck_coding_occasion_positive")),
        ForeignKeyConstraint(
            ["codebook_sha256"], ["codebook_version.sha256"], name=op.f("fk_coding_codebook_sha256")
        ),
        ForeignKeyConstraint(["id"], ["event.id"], name=op.f("fk_coding_id")),
        ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_coding_passage_id")),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_coding_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        UniqueConstraint(
            "round_id",
            "passage_id",
            "coder",
            "occasion",
            "revision",
            name=op.f("uq_coding_round_id_passage_id_coder_occasion_revision"),
        ),
        sqlite_strict=True,
    )
    _put_back("coding", _CODING)
    op.create_index("ix_coding_coder_round_id", "coding", ["coder", "round_id"], unique=False)


def _make_answers_and_assessments() -> None:
    op.create_table(
        "known_answer",
        _text("round_id"),
        _number("passage_id"),
        _text("codebook_sha256"),
        _text("body"),
        _text("none"),
        _text("trap"),
        _number("shown"),
        _flag("known_answer", "shown"),
        ForeignKeyConstraint(
            ["codebook_sha256"],
            ["codebook_version.sha256"],
            name=op.f("fk_known_answer_codebook_sha256"),
        ),
        ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_known_answer_passage_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_known_answer_round_id")),
        PrimaryKeyConstraint("round_id", "passage_id", name=op.f("pk_known_answer")),
        sqlite_strict=True,
    )
    op.create_table(
        "assessment",
        _text("id"),
        _text("round_id"),
        _text("coder"),
        _number("passed"),
        _text("body"),
        Column("at", UTCDateTime(), nullable=False),
        _flag("assessment", "passed"),
        ForeignKeyConstraint(["id"], ["event.id"], name=op.f("fk_assessment_id")),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assessment_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_assessment_round_id_coder", "assessment", ["round_id", "coder"], unique=False
    )


def _make_what_a_review_keeps() -> None:
    op.create_table(
        "settlement_draft",
        _text("round_id"),
        _number("passage_id"),
        _text("lead"),
        _text("content"),
        _text("steps"),
        _text("focus"),
        Column("seconds", Float(), nullable=False),
        Column("updated_at", UTCDateTime(), nullable=False),
        ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_settlement_draft_passage_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_settlement_draft_round_id")),
        PrimaryKeyConstraint("round_id", "passage_id", "lead", name=op.f("pk_settlement_draft")),
        sqlite_strict=True,
    )
    op.create_table(
        "said",
        _text("coding_id"),
        _text("text"),
        ForeignKeyConstraint(["coding_id"], ["event.id"], name=op.f("fk_said_coding_id")),
        PrimaryKeyConstraint("coding_id", name=op.f("pk_said")),
        sqlite_strict=True,
    )
