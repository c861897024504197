"""Columns and tables of the models, to build statements from.

A statement about the classes themselves is one about objects: SQLAlchemy would set up every class
and keep books on what it loads. A project only ever moves rows, so statements are built on the
tables behind the classes, and no class is mapped (`annotator.store.models.base.Row`).
"""

from typing import TypeVar, cast

from sqlalchemy import ColumnElement, Table
from sqlmodel import SQLModel

T = TypeVar("T")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    return cast("Table", getattr(model, "__table__"))  # noqa: B009 - not declared for the type


def col(attribute: T) -> ColumnElement[T]:
    """The column that an attribute of a model is.

    Args:
        attribute: Such as `models.Report.key`; its type is that of the values in the column.
    """
    return cast("ColumnElement[T]", attribute)
