"""Copies of a project file, each written through to the disk and checked."""

import contextlib
import os
import sqlite3
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.store.engine import told
from annotator.store.project import Project


def backup(project: Project, target: Path) -> Path:
    """Write a copy of a project to one new file and see that it can be read.

    Raises:
        AnnotatorError: The target is there already, cannot be written, or came out damaged.
    """
    with project.outside_transactions() as connection:
        return vacuum_into(connection, target)


def vacuum_into(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy a database into a new file, written through to the disk and checked."""
    try:
        # SQLite fills an empty file; made here, nobody else may read it at any time.
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as error:
        raise AnnotatorError(
            f"{target}: the copy cannot be written ({error.strerror}); choose another place."
        ) from None
    try:
        os.fchmod(handle, 0o600)
        least = _count_events(connection)
        with told(str(target)):
            connection.execute("VACUUM INTO ?", (str(target.absolute()),))
        os.fsync(handle)
        address = f"{target.absolute().as_uri()}?mode=ro"
        with (
            told(str(target)),
            contextlib.closing(sqlite3.connect(address, uri=True)) as copy,
        ):
            sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not sound or _count_events(copy) < least:
                raise AnnotatorError(f"{target}: the copy came out damaged; check the disk.")
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    folder = os.open(target.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return target


def _count_events(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    return found
