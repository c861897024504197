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
    .where(
        *_ITS,
        col(models.SettlementDraft.content) == bindparam("known_content"),
        col(models.SettlementDraft.steps) == bindparam("known_steps"),
    )
    .values(
        content=bindparam("new_content"),
        steps=bindparam("new_steps"),
        focus=bindparam("new_focus"),
        seconds=bindparam("new_seconds"),
        updated_at=bindparam("new_updated_at"),
    )
)
_INSERT = insert(table_of(models.SettlementDraft))
_DROP = delete(table_of(models.SettlementDraft)).where(*_ITS)


def read_draft(project: Project, key: DraftKey) -> KeptDraft | None:
    """The draft of a lead on a passage; None if there is none."""
    with project.reading() as connection:
        row = connection.execute(_READ, _bound(key)).first()
    return KeptDraft(*row) if row else None


def keep_draft(project: Project, key: DraftKey, draft: KeptDraft, known: KeptDraft | None) -> bool:
    """Keep a draft in place of the one there was; it is on the disk when this returns.

    Args:
        project: The project.
        key: Whose draft it is.
        draft: The draft.
        known: The one it was made from; None for the first.

    Returns:
        Whether it was kept: not if it was changed or settled from another window since.
    """
    now = datetime.now(UTC)
    new = {
        "content": draft.content,
        "steps": draft.steps,
        "focus": draft.focus,
        "seconds": draft.seconds,
        "updated_at": now,
    }
    with project.writing() as connection:
        if known is not None:
            of_known = {"known_content": known.content, "known_steps": known.steps}
            changed = {f"new_{name}": value for name, value in new.items()}
            return connection.execute(_CHANGE, _bound(key) | of_known | changed).rowcount > 0
        if connection.execute(_READ, _bound(key)).first() is not None:
            return False
        its = {"round_id": key.round_id, "passage_id": key.passage_id, "lead": key.lead}
        connection.execute(_INSERT, its | new)
        return True


def drop_draft(project: Project, key: DraftKey) -> None:
    """Let a draft go; nothing happens if there is none."""
    with project.writing() as connection:
        connection.execute(_DROP, _bound(key))


def _bound(key: DraftKey) -> dict[str, object]:
    return {"its_round": key.round_id, "its_passage": key.passage_id, "its_lead": key.lead}
