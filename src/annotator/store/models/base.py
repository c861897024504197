"""What all tables share: their row class, constraints and the words some columns hold."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.schema import CreateIndex
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString

STRICT = {"sqlite_strict": True}
"""The last of the arguments of every table."""


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


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A column that holds one of some words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f'"{column}" IN ({listed})', name=f"{column}_known")


def flag(column: str) -> CheckConstraint:
    """A column that holds 0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_flag")


def added_flag(name: str) -> Any:
    """A flag that an earlier version did not have, as a migration adds it to a table."""
    return Field(
        sa_column=Column(name, Integer, flag(name), nullable=False, server_default=text("0"))
    )


def added_number(name: str, default: int) -> Any:
    """A whole number that an earlier version did not have, as a migration adds it to a table."""
    return Field(sa_column=Column(name, Integer, nullable=False, server_default=text(str(default))))


def added_text(name: str, *constraints: CheckConstraint) -> Any:
    """A text that an earlier version did not have, as a migration adds it to a table."""
    return Field(
        sa_column=Column(name, AutoString, *constraints, nullable=False, server_default=text("''"))
    )


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows that meet a condition alone.

    The condition is given for SQLite; to name PostgreSQL here is to load it, so that it gets the
    condition as the index is made there.
    """
    return Index(name, *columns, sqlite_where=text(where))


class Row(DeferredReflection, SQLModel):
    """What all tables share: how constraints are named, so that a migration can find them.

    Rows are written and read by column, never as objects. So no mapper is made of a class, which
    is all that `DeferredReflection` is here for, and no validators of pydantic: every start would
    wait for both.
    """

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


@compiles(AutoString, "sqlite")
@compiles(DateTime, "sqlite")
def _text_in_sqlite(*_arguments: Any, **_options: Any) -> str:
    """A STRICT table knows TEXT, not VARCHAR or DATETIME."""
    return "TEXT"


@compiles(Float, "sqlite")
def _real_in_sqlite(*_arguments: Any, **_options: Any) -> str:
    """A STRICT table knows REAL, not FLOAT."""
    return "REAL"


@compiles(CreateIndex, "postgresql")
def _partial_in_postgresql(element: CreateIndex, compiler: Any, **options: Any) -> str:
    """An index that covers a part of the rows on SQLite covers the same part of them there."""
    condition = element.element.dialect_options["sqlite"]["where"]
    element.element.dialect_options["postgresql"]["where"] = condition
    made: str = compiler.visit_create_index(element, **options)
    return made
