"""CSV tables as this tool writes them: cells, fields, and a file that counts and hashes itself.

RFC 4180 with CRLF between rows, UTF-8 without a byte order mark, text always in quotes, numbers
never, and an empty cell left bare. The csv module of Python 3.11 has no such style (its
`QUOTE_STRINGS` came with 3.12, and `QUOTE_NONNUMERIC` turns an empty number into a quoted one,
which R refuses in a numeric column), so rows are joined from cells that are encoded here.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, as `datapackage.json` describes it.

    `type` is a type of the Frictionless Table Schema: string, integer, number, boolean (written 0
    and 1), date or datetime. `codes` maps the values a cell may hold to what they mean; `required`
    says that no cell is empty.
    """

    name: str
    type: str
    description: str
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The field descriptor of the Frictionless Table Schema, with labels for its codes."""
        found: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "description": self.description,
        }
        if self.type == "boolean":
            found |= {"trueValues": ["1"], "falseValues": ["0"]}
        constraints: dict[str, Any] = {"required": True} if self.required else {}
        if self.codes:
            constraints["enum"] = list(self.codes)
            found["labels"] = dict(self.codes)
        if constraints:
            found["constraints"] = constraints
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """What a table is: its name, what one row stands for, its columns and its keys.

    `links` are foreign keys: columns here, the table they point at, its columns.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    folder: str = "data"

    @property
    def path(self) -> str:
        """Where its file lies in the export folder."""
        return f"{self.folder}/{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its path in the folder, size in bytes, SHA-256 and rows.

    `rows` is None for a file that is no table.
    """

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


def text_cell(value: str) -> str:
    """Text as a cell: quoted, exactly as it is; nothing at all for the empty text."""
    return '"' + value.replace('"', '""') + '"' if value else ""


def number_cell(value: float | None) -> str:
    """A number as a cell, with as many digits as it takes to read it back; nothing for None."""
    return "" if value is None else repr(value)


def flag_cell(value: bool | None) -> str:
    """Yes or no as a cell: 1 or 0; nothing for None."""
    return "" if value is None else "1" if value else "0"


class TableFile:
    """Writes one table, row by row, keeping a bounded part of it in memory.

    Use it in a `with` statement; the file is whole and on the disk when that ends well.

    Args:
        root: The folder of the export.
        table: The table to write.
    """

    def __init__(self, root: Path, table: Table) -> None:
        self.table = table
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._rows = -1
        self._waiting: list[str] = []
        path = root / table.path
        path.parent.mkdir(exist_ok=True)
        self._file = path.open("xb")
        self.add(",".join(text_cell(column.name) for column in table.fields))

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if kind is None:
                self._flush()
                self._file.flush()
                sync(self._file.fileno())

    def add(self, row: str) -> None:
        """Add a row: its encoded cells, joined by commas."""
        self._waiting.append(row)
        if len(self._waiting) >= _ROWS_AT_ONCE:
            self._flush()

    def written(self) -> Written:
        """What was written; meant for after the `with` statement."""
        return Written(self.table.path, self._bytes, self._hash.hexdigest(), self._rows)

    def _flush(self) -> None:
        self._rows += len(self._waiting)
        self._waiting.append("")
        data = "\r\n".join(self._waiting).encode()
        self._waiting = []
        self._hash.update(data)
        self._bytes += len(data)
        self._file.write(data)


def write_file(root: Path, path: str, content: str) -> Written:
    """Write a file that is no table: UTF-8, safely on the disk when this returns."""
    data = content.encode()
    whole = root / path
    whole.parent.mkdir(exist_ok=True)
    with whole.open("xb") as file:
        file.write(data)
        file.flush()
        sync(file.fileno())
    return Written(path, len(data), hashlib.sha256(data).hexdigest())


def sync(descriptor: int) -> None:
    """Have the operating system put an open file or folder on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)
