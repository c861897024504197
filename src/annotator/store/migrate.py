"""Bringing a project file of an earlier version up to date: copied first, then changed whole.

Imported only when there is something to migrate: Alembic takes long to load.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from annotator.errors import AnnotatorError
from annotator.store import schema
from annotator.store.copies import vacuum_into
from annotator.store.engine import open_engine, raw_connection, told

SCRIPTS = Path(__file__).with_name("migrations")
"""The folder of the scripts."""


def migrate(path: Path) -> Path:
    """Bring a project file to the newest revision, in one transaction.

    Args:
        path: The file; nobody else may have it open.

    Returns:
        The copy that was made before.

    Raises:
        AnnotatorError: The file is damaged, the copy cannot be made, or the events would not have
            come through unchanged; the file is as it was then.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.stem}.before-{schema.HEAD}-{stamp}.db")
    with told(str(path)):
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as raw:
            if raw.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise AnnotatorError(f"{path}: the file is damaged; restore the last backup.")
            vacuum_into(raw, copy)
        engine = open_engine(path)
        try:
            with engine.connect() as connection, connection.begin():
                driver = raw_connection(connection)
                # Alembic makes some tables anew, and others point at them meanwhile.
                driver.execute("PRAGMA foreign_keys = OFF")
                driver.execute("BEGIN IMMEDIATE")
                _upgrade(connection, path)
        finally:
            engine.dispose()
    return copy


def _upgrade(connection: Connection, path: Path) -> None:
    before = _tips(connection)
    schema.drop_triggers(connection)
    upgrade(connection)
    schema.create_triggers(connection)
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken or _tips(connection) != before:
        raise AnnotatorError(
            f"{path}: the project could not be migrated without a change to what was decided; "
            "the file was left as it was."
        )


def upgrade(connection: Connection) -> None:
    """Run the scripts that a database lacks, in the transaction of a connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _tips(connection: Connection) -> list[tuple[str, int, str, int]]:
    """Of each device: the last event's number and hash, and how many events there are."""
    rows = connection.execute(
        text(
            "SELECT device, max(seq) AS last, count(*), "
            "(SELECT hash FROM event WHERE device = e.device ORDER BY seq DESC LIMIT 1) "
            "FROM event AS e GROUP BY device ORDER BY device"
        )
    )
    return [(row[0], row[1], row[3], row[2]) for row in rows]
