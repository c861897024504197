"""The first tables.

Revision ID: 0001
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

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, AutoString(), nullable=nullable)


def _integer(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer(), nullable=nullable)


def _real(name: str) -> Column[float]:
    return Column(name, Float(), nullable=False)


def _time(name: str) -> Column[Any]:
    return Column(name, UTCDateTime(), nullable=False)


def upgrade() -> None:
    """Create them all."""
    op.create_table(
        "codebook_version",
        _text("sha256"),
        _text("codebook_id"),
        _text("version"),
        _text("title"),
        _text("source"),
        PrimaryKeyConstraint("sha256", name=op.f("pk_codebook_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "device",
        _text("id"),
        _time("added_at"),
        PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sqlite_strict=True,
    )
    op.create_table(
        "source_file",
        _text("sha256"),
        _text("name"),
        _integer("bytes"),
        _text("encoding"),
        PrimaryKeyConstraint("sha256", name=op.f("pk_source_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        _text("id"),
        _text("device"),
        _integer("seq"),
        _time("at"),
        _text("actor"),
        _text("kind"),
        _text("body"),
        _text("prev"),
        _text("hash"),
        CheckConstraint("seq >= 1", name=op.f("ck_event_seq_positive")),
        ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_event_device")),
        PrimaryKeyConstraint("id", name=op.f("pk_event")),
        UniqueConstraint("device", "seq", name=op.f("uq_event_device_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "project",
        _text("id"),
        _text("name"),
        _time("created_at"),
        _text("codebook_sha256"),
        ForeignKeyConstraint(
            ["codebook_sha256"],
            ["codebook_version.sha256"],
            name=op.f("fk_project_codebook_sha256"),
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    op.create_table(
        "report",
        _integer("id"),
        _text("key"),
        _text("name"),
        _integer("row", nullable=True),
        _text("publisher"),
        _text("headline"),
        _text("date"),
        _text("language"),
        _text("text"),
        _text("text_sha256"),
        _text("source_sha256"),
        _text("normaliser"),
        _text("meta"),
        _integer("ord"),
        ForeignKeyConstraint(
            ["source_sha256"], ["source_file.sha256"], name=op.f("fk_report_source_sha256")
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_report")),
        UniqueConstraint("key", name=op.f("uq_report_key")),
        UniqueConstraint("ord", name=op.f("uq_report_ord")),
        sqlite_strict=True,
    )
    op.create_table(
        "round",
        _text("id"),
        _text("name"),
        _text("purpose"),
        _text("codebook_sha256"),
        _text("order"),
        _integer("seed"),
        _text("coders", nullable=True),
        _text("state"),
        _time("opened_at"),
        CheckConstraint("\"order\" IN ('reading', 'random')", name=op.f("ck_round_order_known")),
        CheckConstraint(
            "\"purpose\" IN ('training', 'pilot', 'main', 'recode')",
            name=op.f("ck_round_purpose_known"),
        ),
        CheckConstraint("\"state\" IN ('open', 'closed')", name=op.f("ck_round_state_known")),
        ForeignKeyConstraint(
            ["codebook_sha256"], ["codebook_version.sha256"], name=op.f("fk_round_codebook_sha256")
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_round")),
        UniqueConstraint("name", name=op.f("uq_round_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "answer",
        _text("coding_id"),
        _text("record"),
        _text("variable"),
        _text("unit"),
        _text("state"),
        _text("value", nullable=True),
        _integer("low", nullable=True),
        _integer("best", nullable=True),
        _integer("high", nullable=True),
        _text("date_start", nullable=True),
        _text("date_end", nullable=True),
        _integer("unsure"),
        _integer("inferred"),
        _text("note"),
        CheckConstraint(
            "\"state\" IN ('stated', 'not_stated', 'unknown', 'not_applicable')",
            name=op.f("ck_answer_state_known"),
        ),
        CheckConstraint("unsure IN (0, 1)", name=op.f("ck_answer_unsure_flag")),
        CheckConstraint("inferred IN (0, 1)", name=op.f("ck_answer_inferred_flag")),
        ForeignKeyConstraint(["coding_id"], ["event.id"], name=op.f("fk_answer_coding_id")),
        PrimaryKeyConstraint("coding_id", "record", "variable", name=op.f("pk_answer")),
        sqlite_strict=True,
    )
    op.create_table(
        "counter",
        _text("round_id"),
        _text("coder"),
        _integer("assigned"),
        _integer("done"),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_counter_round_id")),
        PrimaryKeyConstraint("round_id", "coder", name=op.f("pk_counter")),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        _text("coding_id"),
        _text("record"),
        _text("variable"),
        _integer("ord"),
        _integer("start"),
        _integer("end"),
        _text("exact"),
        CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_evidence_bounds")),
        ForeignKeyConstraint(["coding_id"], ["event.id"], name=op.f("fk_evidence_coding_id")),
        PrimaryKeyConstraint("coding_id", "record", "variable", "ord", name=op.f("pk_evidence")),
        sqlite_strict=True,
    )
    op.create_table(
        "override",
        _text("coding_id"),
        _text("record"),
        _text("check_id"),
        _text("reason"),
        ForeignKeyConstraint(["coding_id"], ["event.id"], name=op.f("fk_override_coding_id")),
        PrimaryKeyConstraint("coding_id", "record", "check_id", name=op.f("pk_override")),
        sqlite_strict=True,
    )
    op.create_table(
        "passage",
        _integer("id"),
        _integer("report_id"),
        _integer("number"),
        _integer("start"),
        _integer("end"),
        _text("sha256"),
        CheckConstraint(
            'number >= 1 AND start >= 0 AND "end" > start', name=op.f("ck_passage_bounds")
        ),
        ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_passage_report_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        UniqueConstraint("report_id", "number", name=op.f("uq_passage_report_id_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "record",
        _text("coding_id"),
        _text("record"),
        _text("unit"),
        _text("parent"),
        _integer("ord"),
        ForeignKeyConstraint(["coding_id"], ["event.id"], name=op.f("fk_record_coding_id")),
        PrimaryKeyConstraint("coding_id", "record", name=op.f("pk_record")),
        sqlite_strict=True,
    )
    op.create_table(
        "adjudication",
        _text("id"),
        _text("round_id"),
        _integer("passage_id"),
        _text("lead"),
        _text("codebook_sha256"),
        _text("body"),
        _text("none"),
        _text("outcome"),
        _text("reason"),
        _text("note"),
        _time("settled_at"),
        _integer("latest"),
        CheckConstraint("latest IN (0, 1)", name=op.f("ck_adjudication_latest_flag")),
        ForeignKeyConstraint(
            ["codebook_sha256"],
            ["codebook_version.sha256"],
            name=op.f("fk_adjudication_codebook_sha256"),
        ),
        ForeignKeyConstraint(["id"], ["event.id"], name=op.f("fk_adjudication_id")),
        ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_adjudication_passage_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_adjudication_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_adjudication")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_adjudication_round_id_passage_id",
        "adjudication",
        ["round_id", "passage_id"],
        unique=False,
    )
    op.create_table(
        "assignment",
        _integer("id"),
        _text("round_id"),
        _integer("passage_id"),
        _text("coder"),
        _integer("ord"),
        _integer("done"),
        CheckConstraint("done IN (0, 1)", name=op.f("ck_assignment_done_flag")),
        ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_assignment_passage_id")),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        UniqueConstraint("round_id", "coder", "ord", name=op.f("uq_assignment_round_id_coder_ord")),
        UniqueConstraint(
            "round_id", "passage_id", "coder", name=op.f("uq_assignment_round_id_passage_id_coder")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_assignment_open",
        "assignment",
        ["round_id", "coder", "ord"],
        unique=False,
        sqlite_where=text("done = 0"),
    )
    op.create_table(
        "coding",
        _text("id"),
        _text("round_id"),
        _integer("passage_id"),
        _text("coder"),
        _integer("revision"),
        _text("codebook_sha256"),
        _text("body"),
        _text("none"),
        _time("submitted_at"),
        _real("seconds"),
        _integer("latest"),
        CheckConstraint("latest IN (0, 1)", name=op.f("ck_coding_latest_flag")),
        CheckConstraint("revision >= 1", name=op.f("ck_coding_revision_positive")),
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
            "revision",
            name=op.f("uq_coding_round_id_passage_id_coder_revision"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_coding_coder_round_id", "coding", ["coder", "round_id"], unique=False)
    op.create_table(
        "draft",
        _integer("assignment_id"),
        _text("coder"),
        _text("content"),
        _real("seconds"),
        _time("opened_at"),
        _time("updated_at"),
        ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_draft_assignment_id")
        ),
        PrimaryKeyConstraint("assignment_id", name=op.f("pk_draft")),
        sqlite_strict=True,
    )
    op.create_table(
        "draft_step",
        _integer("id"),
        _text("coder"),
        _text("round_id"),
        _integer("seq"),
        _integer("assignment_id"),
        _text("kind"),
        _text("label"),
        _text("before"),
        _text("after"),
        _integer("undone"),
        CheckConstraint("\"kind\" IN ('edit', 'submit')", name=op.f("ck_draft_step_kind_known")),
        CheckConstraint("undone IN (0, 1)", name=op.f("ck_draft_step_undone_flag")),
        ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_draft_step_assignment_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_draft_step_round_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
        UniqueConstraint("coder", "round_id", "seq", name=op.f("uq_draft_step_coder_round_id_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "place",
        _text("round_id"),
        _text("coder"),
        _integer("assignment_id"),
        _text("focus"),
        _integer("version"),
        ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_place_assignment_id")
        ),
        ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_place_round_id")),
        PrimaryKeyConstraint("round_id", "coder", name=op.f("pk_place")),
        sqlite_strict=True,
    )
