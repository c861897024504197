"""Making a project file, and adopting codebooks in it."""

import json
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select, text, update

from annotator.codebook.model import Codebook
from annotator.errors import AnnotatorError
from annotator.store import models, schema
from annotator.store.codebook_readings import reading_of
from annotator.store.columns import col, table_of
from annotator.store.engine import open_engine, told, transaction
from annotator.store.events import EventLog, Kind
from annotator.store.location import file_of, refuse_unsafe
from annotator.store.project import Project

_THERE = select(col(models.CodebookVersion.sha256)).where(
    col(models.CodebookVersion.sha256) == bindparam("sha256")
)
_ADOPTED = select(col(models.Project.codebook_sha256))


def create_project(
    location: str | Path, *, name: str = "", codebook_source: str, codebook: Codebook, actor: str
) -> Project:
    """Make a new project file and open it.

    Args:
        location: The file to make; nothing may be there, and its folder must exist.
        name: What the project is called; else the file's name without its ending.
        codebook_source: The YAML text of the codebook.
        codebook: The same codebook as read.
        actor: Who makes it.

    Raises:
        AnnotatorError: The file is there already or cannot be made.
    """
    path = file_of(location)
    if path.exists():
        raise AnnotatorError(f"{path}: there is already a file of this name; choose another.")
    if not path.absolute().parent.is_dir():
        raise AnnotatorError(f"{path}: there is no such folder; make the folder first.")
    refuse_unsafe(path)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        os.fchmod(handle, 0o600)
        os.close(handle)
    except OSError as error:
        raise AnnotatorError(
            f"{path}: the file cannot be made ({error.strerror}); choose a folder you may write to."
        ) from None
    try:
        _fill(path, name or path.stem, codebook_source, codebook, actor)
        return Project(path, open_engine(path), read_only=False)
    except BaseException:
        for left in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal"))):
            left.unlink(missing_ok=True)
        raise


def _fill(path: Path, name: str, source: str, codebook: Codebook, actor: str) -> None:
    from annotator.store.device import device_id

    # Not in WAL mode yet: should this be cut short, the file is either whole or plainly unmade.
    engine = open_engine(path, journal="DELETE")
    try:
        with told(str(path)), transaction(engine, writes=True) as connection:
            connection.execute(text(f"PRAGMA application_id = {schema.APPLICATION_ID}"))
            schema.create(connection)
            log = EventLog(connection, device_id())
            created = log.append(actor, Kind.PROJECT_CREATED, {"id": str(uuid4()), "name": name})
            adoption = _adoption(source, codebook)
            log.append(actor, Kind.CODEBOOK_ADOPTED, adoption)
            log.flush()
            _store_codebook(connection, source, codebook)
            row = project_row(created.body, created.at, adoption["sha256"])
            connection.execute(insert(table_of(models.Project)), row)
    finally:
        engine.dispose()


def project_row(body: str, at: datetime, codebook_sha256: str) -> dict[str, object]:
    """The row of the project, from its first event and the first codebook it adopted."""
    created = json.loads(body)
    return {
        "id": created["id"],
        "name": created["name"],
        "created_at": at,
        "codebook_sha256": codebook_sha256,
    }


def adopt_codebook(project: Project, source: str, codebook: Codebook, *, actor: str) -> bool:
    """Make a codebook the one that new rounds use; rounds already open keep theirs.

    Returns:
        Whether it was not the adopted one already.
    """
    adoption = _adoption(source, codebook)
    with project.writing() as connection:
        if connection.execute(_ADOPTED).scalar_one() == adoption["sha256"]:
            return False
        log = EventLog(connection, project.device)
        log.append(actor, Kind.CODEBOOK_ADOPTED, adoption)
        log.flush()
        _store_codebook(connection, source, codebook)
        connection.execute(
            update(table_of(models.Project)).values(codebook_sha256=adoption["sha256"])
        )
    return True


def _adoption(source: str, codebook: Codebook) -> dict[str, str]:
    return {
        "codebook": codebook.id,
        "version": codebook.version,
        "sha256": sha256(source.encode()).hexdigest(),
    }


def _store_codebook(connection: Connection, source: str, codebook: Codebook) -> None:
    digest = sha256(source.encode()).hexdigest()
    if connection.execute(_THERE, {"sha256": digest}).first():
        return
    connection.execute(
        insert(table_of(models.CodebookVersion)),
        {
            "sha256": digest,
            "codebook_id": codebook.id,
            "version": codebook.version,
            "title": codebook.title,
            "source": source,
            "reading": reading_of(codebook),
        },
    )
