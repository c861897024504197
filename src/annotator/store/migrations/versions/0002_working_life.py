"""Flags, passages given back, tags, notes on passages, and what came from a candidate.

Revision ID: 0002
"""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlmodel import AutoString

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ADDED = (
    "answer ADD COLUMN candidate INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_answer_candidate_flag CHECK (candidate IN (0, 1))",
    "assignment ADD COLUMN flagged INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_assignment_flagged_flag CHECK (flagged IN (0, 1))",
    "assignment ADD COLUMN skipped TEXT DEFAULT '' NOT NULL "
    'CONSTRAINT ck_assignment_skipped_known CHECK ("skipped" IN '
    "('', 'graphic', 'language', 'conflict', 'unreadable', 'other'))",
    "assignment ADD COLUMN skip_note TEXT DEFAULT '' NOT NULL",
    "coding ADD COLUMN note TEXT DEFAULT '' NOT NULL",
    "counter ADD COLUMN skipped INTEGER DEFAULT 0 NOT NULL",
)
_STEP = "id, coder, round_id, seq, assignment_id, kind, label, before, after, undone"


def upgrade() -> None:
    """Add the columns and the table; take two more kinds of step."""
    for added in _ADDED:
        op.execute(f"ALTER TABLE {added}")
    op.create_table(
        "passage_tag",
        Column("passage_id", Integer(), nullable=False),
        Column("tag", AutoString(), nullable=False),
        ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_passage_tag_passage_id")
        ),
        PrimaryKeyConstraint("passage_id", "tag", name=op.f("pk_passage_tag")),
        sqlite_strict=True,
    )
    op.drop_index("ix_assignment_open", "assignment")
    _index("ix_assignment_open", ["round_id", "coder", "ord"], "done = 0 AND skipped = ''")
    _index("ix_assignment_flagged", ["round_id"], "flagged = 1")
    _index("ix_assignment_skipped", ["round_id"], "skipped <> ''")
    _make_steps_anew()


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "assignment", columns, unique=False, sqlite_where=text(where))


def _make_steps_anew() -> None:
    """Make the table of steps with its wider check; no other table points at it."""
    op.execute(f"CREATE TEMPORARY TABLE step_before AS SELECT {_STEP} FROM draft_step")
    op.drop_table("draft_step")
    op.create_table(
        "draft_step",
        Column("id", Integer(), nullable=False),
        *(Column(name, AutoString(), nullable=False) for name in ("coder", "round_id")),
        *(Column(name, Integer(), nullable=False) for name in ("seq", "assignment_id")),
        *(
            Column(name, AutoString(), nullable=False)
            for name in ("kind", "label", "before", "after")
        ),
        Column("undone", Integer(), nullable=False),
        CheckConstraint(
            "\"kind\" IN ('edit', 'submit', 'skip', 'flag')",
            name=op.f("ck_draft_step_kind_known"),
        ),
        CheckConstraint("undone IN (0, 1)", name=op.f("ck_draft_step_undone_flag")),
        ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_draft_step_assignment_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_draft_step_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
        UniqueConstraint("coder", "round_id", "seq", name=op.f("uq_draft_step_coder_round_id_seq")),
        sqlite_strict=True,
    )
    op.execute(f"INSERT INTO draft_step ({_STEP}) SELECT {_STEP} FROM step_before")
    op.execute("DROP TABLE step_before")
