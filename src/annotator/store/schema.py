"""What makes a file a project: its mark, its tables, the triggers that guard them, its revision."""

from collections.abc import Iterable

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    select,
    text,
)

from annotator.store import models

APPLICATION_ID = 0x616E6E6F
"""`PRAGMA application_id` of a project file: "anno"."""

HEAD = "0004"
"""The revision of the schema that this version reads and writes."""

REVISIONS = ("0001", "0002", "0003", HEAD)
"""Every revision this version knows, the oldest first."""

# As Alembic makes it, so that Alembic need not be imported for a file that is up to date.
_REVISION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
_NEVER_CHANGES = ("event", "codebook_version", "source_file", "report", "passage")
# All but `latest` and `withdrawn`, which say only what became of them.
_CODING = (
    "id, round_id, passage_id, coder, revision, codebook_sha256, body, none, submitted_at, "
    "seconds, note, occasion"
)
_ADJUDICATION = (
    "id, round_id, passage_id, lead, codebook_sha256, body, none, outcome, reason, note, settled_at"
)


def create(connection: Connection) -> None:
    """Create all tables, triggers and the revision in an empty database, in this transaction."""
    models.all_tables().create_all(connection, checkfirst=False)
    create_triggers(connection)
    _REVISION.create(connection)
    connection.execute(_REVISION.insert(), {"version_num": HEAD})


def revision(connection: Connection) -> str:
    """The revision of the schema in a database."""
    found: str = connection.execute(select(_REVISION.c.version_num)).scalar_one()
    return found


def create_triggers(connection: Connection) -> None:
    """Create the triggers that keep what must never change from being changed or deleted."""
    for statement in _triggers():
        connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away, for a rebuild or a migration in the same transaction."""
    for name, _ in _guards():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def _triggers() -> Iterable[str]:
    for name, moment in _guards():
        table = moment.rpartition(" ON ")[2]
        yield (
            f"CREATE TRIGGER {name} BEFORE {moment} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: what is written stays as it is'); END"
        )


def _guards() -> Iterable[tuple[str, str]]:
    for table in _NEVER_CHANGES:
        yield f"{table}_no_update", f"UPDATE ON {table}"
        yield f"{table}_no_delete", f"DELETE ON {table}"
    for table, columns in (("coding", _CODING), ("adjudication", _ADJUDICATION)):
        yield f"{table}_no_update", f"UPDATE OF {columns} ON {table}"
        yield f"{table}_no_delete", f"DELETE ON {table}"
