"""Connections to a project file: how they are set up, begun, and how their errors are told."""

import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine
from sqlalchemy.exc import DBAPIError

from annotator.errors import AnnotatorError

# What the library logs, such as that a Ctrl-C came while it closed a connection, is nothing for a
# terminal; without any handler the standard library would print it there.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())

BUSY_SECONDS = 30
"""How long a transaction waits for another program to let go of the file."""


def open_engine(path: Path, *, read_only: bool = False, journal: str = "WAL") -> Engine:
    """An engine for one project file.

    Args:
        path: The file; it must exist.
        read_only: Never write to it.
        journal: The journal mode; WAL but for a file that is only being made.
    """
    untouchable = read_only and not may_write(path)
    address = f"{path.absolute().as_uri()}?mode={'ro' if untouchable else 'rw'}"
    if untouchable and not _has_wal(path):
        # Without this, a file in WAL mode cannot be read from a medium that takes no writes.
        address += "&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("PRAGMA synchronous = FULL")
            if sys.platform == "darwin":
                # There, an fsync alone leaves the data in the drive's cache.
                connection.execute("PRAGMA fullfsync = ON")
        return connection

    return create_engine("sqlite:///", creator=connect, poolclass=QueuePool)


def may_write(path: Path) -> bool:
    """Whether a project file and its folder can be written to, as SQLite needs for writing."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _has_wal(path: Path) -> bool:
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """A connection in a transaction of its own; one that writes takes the write lock at once.

    The driver begins no transaction by itself here. Begun without the lock, two transactions that
    read first and then write would stop each other.
    """
    with engine.connect() as connection, connection.begin():
        raw_connection(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        yield connection


def raw_connection(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under one of SQLAlchemy."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("not a connection to SQLite")
    return raw


class NotADatabase(AnnotatorError):
    """The file is not one of SQLite, or no longer."""


_SENTENCES = {
    "SQLITE_FULL": "the disk is full and nothing of this was saved; free some space and try again",
    "SQLITE_IOERR": (
        "the disk is full or failing and nothing of this was saved; "
        "free some space, check the disk and try again"
    ),
    "SQLITE_READONLY": (
        "the file or its folder cannot be written to and nothing of this was saved; "
        "change its permissions or copy the project to a disk that can be written to"
    ),
    "SQLITE_CANTOPEN": (
        "the file or its folder cannot be opened; see that it is still there and that you may "
        "read and write it"
    ),
    "SQLITE_BUSY": (
        f"another program has kept the file busy for {BUSY_SECONDS} seconds and nothing of this "
        "was saved; close that program or try again"
    ),
    "SQLITE_CORRUPT": (
        "the file is damaged (or was copied without the -wal file beside it); "
        "restore the last backup and keep this file for rescue"
    ),
    "SQLITE_NOTADB": "the file is damaged; restore the last backup and keep this file for rescue",
}


@contextmanager
def told(location: str) -> Iterator[None]:
    """Turn what SQLite refuses for a reason outside the program into a sentence.

    Raises:
        AnnotatorError: The disk is full, the file busy, damaged, or not to be written.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(origin, "sqlite_errorname", "")
        for start, sentence in _SENTENCES.items():
            if name.startswith(start):
                kind = NotADatabase if start == "SQLITE_NOTADB" else AnnotatorError
                raise kind(f"{location}: {sentence}.") from error
        raise
