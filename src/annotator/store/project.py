"""A project file: opening one, and refusing what cannot be opened safely."""

import contextlib
import json
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import NoResultFound, OperationalError

from annotator.codebook.model import Codebook
from annotator.errors import AnnotatorError
from annotator.store import models, schema
from annotator.store.codebook_readings import stored_codebook
from annotator.store.columns import col
from annotator.store.engine import (
    NotADatabase,
    may_write,
    open_engine,
    raw_connection,
    told,
    transaction,
)
from annotator.store.location import file_of, refuse_unsafe

_PROJECT = select(
    col(models.Project.id), col(models.Project.name), col(models.Project.codebook_sha256)
)


class Project:
    """An open project; use it as a context manager or call `close`.

    Made by `open_project`, and by `annotator.store.making.create_project`. `location` is the file
    as the user named it.
    """

    def __init__(self, path: Path, engine: Engine, *, read_only: bool) -> None:
        self.location = str(path)
        self.path = path
        self.read_only = read_only
        self._engine = engine
        self._codebooks: dict[str, Codebook] = {}
        with self.reading() as connection:
            row = connection.execute(_PROJECT).first()
        if row is None:
            raise AnnotatorError(
                f"{path}: the file is damaged, the project's own row is missing; restore the last "
                "backup."
            )
        self.id: str = row.id
        self.name: str = row.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that sees one state of the project.

        Raises:
            AnnotatorError: The file cannot be read.
        """
        with told(self.location), transaction(self._engine, writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that holds the write lock; all of it counts or nothing.

        Raises:
            AnnotatorError: The project was opened for reading, or the file cannot be written.
        """
        if self.read_only:
            raise AnnotatorError(f"{self.location}: opened for reading only; nothing was saved.")
        with told(self.location), transaction(self._engine, writes=True) as connection:
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[sqlite3.Connection]:
        """The driver's connection, for the few statements that SQLite allows in no transaction."""
        with told(self.location), self._engine.connect() as connection:
            yield raw_connection(connection)

    @cached_property
    def device(self) -> str:
        """The id of the device that writes from here."""
        from annotator.store.device import device_id

        return device_id()

    def codebook(self) -> Codebook:
        """The codebook adopted last."""
        with self.reading() as connection:
            sha = connection.execute(_PROJECT).one().codebook_sha256
        return self.codebook_version(sha)

    def codebook_version(self, sha: str) -> Codebook:
        """The codebook with this hash.

        Raises:
            AnnotatorError: The project has no such codebook.
        """
        if sha not in self._codebooks:
            with self.reading() as connection:
                found = stored_codebook(connection, sha, f"{self.name}: codebook {sha[:12]}")
            if found is None:
                raise AnnotatorError(
                    f"{self.location}: there is no codebook with the hash {sha} in this project."
                )
            self._codebooks[sha] = found
        return self._codebooks[sha]

    def adopted_codebooks(self) -> tuple[Codebook, ...]:
        """Every codebook the project ever adopted, in the order of their first adoption."""
        from annotator.store.events import Kind

        adoptions = (
            select(col(models.Event.body))
            .where(col(models.Event.kind) == Kind.CODEBOOK_ADOPTED.value)
            .order_by(col(models.Event.id))
        )
        with self.reading() as connection:
            bodies = connection.execute(adoptions).scalars().all()
        hashes = dict.fromkeys(json.loads(body)["sha256"] for body in bodies)
        return tuple(self.codebook_version(sha) for sha in hashes)

    def owns(self, path: Path) -> bool:
        """Whether a path leads to the project's file or to what SQLite keeps beside it.

        These may not be read as anything else while the project is open: whoever closes any
        handle on them gives up the locks of this process.
        """
        own = (self.path.with_name(self.path.name + ending) for ending in ("", "-wal", "-shm"))
        try:
            return any(path.samefile(file) for file in own if file.exists())
        except OSError:
            return False

    def close(self) -> None:
        """Close the file; all that is in the log beside it goes into the file if nobody else is on.

        A project that is closed is one file again, safe to copy.
        """
        if not self.read_only:
            with contextlib.suppress(AnnotatorError), self.outside_transactions() as connection:
                connection.execute("PRAGMA busy_timeout = 0")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


# --- opening -------------------------------------------------------------------------------------


def open_project(location: str | Path, *, read_only: bool = False) -> Project:
    """Open a project file; one made by an earlier version is backed up and migrated first.

    Raises:
        AnnotatorError: It is no project, was made by a newer version, is damaged, lies where
            codings could be lost, or cannot be written although it should be.
    """
    path = file_of(location)
    _refuse_other_files(path)
    refuse_unsafe(path)
    revision = _revision(path)
    if not read_only and not may_write(path):
        raise AnnotatorError(
            f"{path}: the file or its folder cannot be written to; change its permissions or copy "
            "the project to a disk that can be written to."
        )
    if revision not in schema.REVISIONS:
        raise AnnotatorError(
            f"{path}: this project was made by a newer version of annotator (its tables are "
            f"revision {revision}); install that version. Nothing was changed."
        )
    if revision != schema.HEAD:
        if read_only:
            raise AnnotatorError(
                f"{path}: this project was made by an earlier version of annotator; open it "
                "once for writing (`annotator status`) so that it can be migrated."
            )
        from annotator.store.migrate import migrate

        migrate(path)
    return Project(path, open_engine(path, read_only=read_only), read_only=read_only)


def _revision(path: Path) -> str:
    # Read without writing anything: what is no project, or a newer one, is to stay as it is.
    engine = open_engine(path, read_only=True)
    try:
        with told(str(path)), engine.connect() as connection:
            mark = connection.execute(text("PRAGMA application_id")).scalar_one()
            if mark != schema.APPLICATION_ID:
                raise _no_project(path)
            return schema.revision(connection)
    except NotADatabase:
        raise _no_project(path) from None
    except (NoResultFound, OperationalError) as error:
        raise AnnotatorError(
            f"{path}: the file is damaged, its tables are missing; restore the last backup."
        ) from error
    finally:
        engine.dispose()


def _refuse_other_files(path: Path) -> None:
    # The file is never opened here but by SQLite: whoever closes any handle on it gives up all
    # locks of this process on it, those of a project that is already open among them.
    try:
        found = path.stat()
    except FileNotFoundError:
        raise AnnotatorError(
            f"{path}: there is no project here; make one with `annotator init` or name another "
            "file with --project."
        ) from None
    except OSError as error:
        raise AnnotatorError(
            f"{path}: the file cannot be read ({error.strerror}); check its permissions."
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise AnnotatorError(f"{path}: this is a folder; name the project file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise _no_project(path)
    if not os.access(path, os.R_OK):
        raise AnnotatorError(f"{path}: the file cannot be read; check its permissions.")
    if not found.st_size:
        raise AnnotatorError(
            f"{path}: the file is empty and no project; delete it and make one with "
            "`annotator init`."
        )


def _no_project(path: Path) -> AnnotatorError:
    return AnnotatorError(
        f"{path}: this is not an annotator project; name another file with --project."
    )
