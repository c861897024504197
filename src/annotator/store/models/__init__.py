"""Every table of a project; `docs/storage.md` says what each is for.

One place to import tables from, kept in two modules: making a class takes SQLModel some
milliseconds, and a coder's screen need not wait for tables that it shows nothing of. Those of
`decided` are made when one of them is first asked for.

These modules do without `from __future__ import annotations`: SQLModel reads the annotations as the
classes are made. Flags are whole numbers 0 and 1, so that a partial index and a query compare alike
on SQLite and PostgreSQL. Nothing outside `annotator.store` sees these classes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, MetaData

from annotator.store.models.base import Order, Purpose, RoundState, Row, StepKind, Tag
from annotator.store.models.queue import (
    Assignment,
    CodebookVersion,
    Coding,
    Counter,
    Draft,
    Event,
    Passage,
    PassageTag,
    Place,
    Project,
    Report,
    Round,
)

if TYPE_CHECKING:
    from annotator.store.models.decided import (
        Adjudication,
        Answer,
        Assessment,
        Device,
        DraftStep,
        Evidence,
        KnownAnswer,
        Override,
        Record,
        Said,
        SettlementDraft,
        SourceFile,
    )

__all__ = [
    "Adjudication",
    "Answer",
    "Assessment",
    "Assignment",
    "CodebookVersion",
    "Coding",
    "Counter",
    "Device",
    "Draft",
    "DraftStep",
    "Event",
    "Evidence",
    "KnownAnswer",
    "Order",
    "Override",
    "Passage",
    "PassageTag",
    "Place",
    "Project",
    "Purpose",
    "Record",
    "Report",
    "Round",
    "RoundState",
    "Row",
    "Said",
    "SettlementDraft",
    "SourceFile",
    "StepKind",
    "Tag",
    "all_tables",
    "map_classes",
]

_DECIDED = "annotator.store.models.decided"


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(_DECIDED), name)


def all_tables() -> MetaData:
    """All tables there are, to be made or compared."""
    import_module(_DECIDED)
    return Row.metadata


def map_classes(engine: Engine) -> None:
    """Let a session of SQLModel load rows as objects of these classes, for scripts of one's own.

    The program itself moves rows by column alone (`Row` says why).

    Args:
        engine: Reaches a project whose tables are those of this version.
    """
    import_module(_DECIDED)
    Row.prepare(engine)
