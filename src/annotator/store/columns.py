"""Columns and tables of the models, to build statements from.

A statement built on the classes themselves is one about objects: SQLAlchemy sets up every class and
keeps books on what it loads before it runs. A project only ever moves rows, so statements are built
on the tables behind the classes; that halves what the first of each costs.
"""

from typing import TypeVar, cast

from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import SQLModel

T = TypeVar("T")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    return cast("Table", getattr(model, "__table__"))  # noqa: B009 - not declared for the type


def col(attribute: T) -> ColumnElement[T]:
    """The column that an attribute of a model stands for.

    Args:
        attribute: Such as `models.Report.key`; its type is that of the values in the column.
    """
    named = cast("InstrumentedAttribute[T]", attribute)
    model = cast("type[SQLModel]", named.class_)
    return cast("ColumnElement[T]", table_of(model).columns[named.key])
