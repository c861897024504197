"""Settlements in the making: a lead's own coding of a passage, kept until it is settled."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, insert, select, update

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft it is: of one passage (its row id) in one round."""

    round_id: str
    passage_id: int
    lead: str


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is stored: canonical JSON of the coding and of the steps to undo, the focus."""

    content: str
    steps: str
    focus: str
    seconds: float = 0.0


_ITS = (
    col(models.SettlementDraft.round_id) == bindparam("its_round"),
    col(models.SettlementDraft.passage_id) == bindparam("its_passage"),
    col(models.SettlementDraft.lead) == bindparam("its_lead"),
)
_READ = select(
    col(models.SettlementDraft.content),
    col(models.SettlementDraft.steps),
    col(models.SettlementDraft.focus),
    col(models.SettlementDraft.seconds),
).where(*_ITS)
_CHANGE = (
    update(table_of(models.SettlementDraft))
    .where(*_ITS)
    .values(
        content=bindparam("new_content"),
        steps=bindparam("new_steps"),
        focus=bindparam("new_focus"),
        seconds=bindparam("new_seconds"),
        updated_at=bindparam("now"),
    )
)
_INSERT = insert(table_of(models.SettlementDraft))
_DROP = delete(table_of(models.SettlementDraft)).where(*_ITS)


def read_draft(project: Project, key: DraftKey) -> KeptDraft | None:
    """The draft of a lead on a passage; None if there is none."""
    with project.reading() as connection:
        row = connection.execute(_READ, _bound(key)).first()
    return KeptDraft(*row) if row else None


def keep_draft(project: Project, key: DraftKey, draft: KeptDraft) -> None:
    """Keep a draft in place of the one there was; it is on the disk when this returns."""
    now = datetime.now(UTC)
    new = {
        "new_content": draft.content,
        "new_steps": draft.steps,
        "new_focus": draft.focus,
        "new_seconds": draft.seconds,
        "now": now,
    }
    with project.writing() as connection:
        if connection.execute(_CHANGE, _bound(key) | new).rowcount:
            return
        connection.execute(
            _INSERT,
            {
                "round_id": key.round_id,
                "passage_id": key.passage_id,
                "lead": key.lead,
                "content": draft.content,
                "steps": draft.steps,
                "focus": draft.focus,
                "seconds": draft.seconds,
                "updated_at": now,
            },
        )


def drop_draft(project: Project, key: DraftKey) -> None:
    """Let a draft go; nothing happens if there is none."""
    with project.writing() as connection:
        connection.execute(_DROP, _bound(key))


def _bound(key: DraftKey) -> dict[str, object]:
    return {"its_round": key.round_id, "its_passage": key.passage_id, "its_lead": key.lead}
