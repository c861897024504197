"""Stored codebooks, and what each was read as.

The text of a codebook is what was adopted and has the hash. Its reading is kept beside it, because
to read YAML anew would take most of the time in which a project opens.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select, update

from annotator.codebook.model import Codebook
from annotator.store.columns import col, table_of
from annotator.store.models import CodebookVersion

FORMAT = "2:"
"""Begins a reading of today's form, and goes up whenever `annotator.codebook.model` changes.

A reading of another form is passed over, and the text read instead.
"""

_ONE = select(col(CodebookVersion.source), col(CodebookVersion.reading)).where(
    col(CodebookVersion.sha256) == bindparam("hash")
)
_ALL = select(
    col(CodebookVersion.sha256), col(CodebookVersion.source), col(CodebookVersion.reading)
)
_STORE = (
    update(table_of(CodebookVersion))
    .where(col(CodebookVersion.sha256) == bindparam("hash"))
    .values(reading=bindparam("new"))
)


def reading_of(codebook: Codebook) -> str:
    """What is stored of a codebook that was read; empty if only its text can be kept."""
    from annotator.codebook.plain import to_json

    found = to_json(codebook)
    return FORMAT + found if found else ""


def stored_codebook(connection: Connection, sha256: str, name: str) -> Codebook | None:
    """The codebook with this hash; None if there is none.

    Args:
        connection: A connection to the project.
        sha256: The hash of the codebook's text.
        name: What to call the codebook, should its text be no codebook any more.

    Raises:
        CodebookErrors: Its text is no codebook.
    """
    row = connection.execute(_ONE, {"hash": sha256}).first()
    if row is None:
        return None
    if row.reading.startswith(FORMAT):
        from annotator.codebook.plain import from_json

        return from_json(row.reading.removeprefix(FORMAT), row.source, sha256)
    return _read(row.source, name)


def store_readings(connection: Connection) -> None:
    """Read every stored codebook anew and keep the readings; no trigger must be in the way."""
    for sha256, source, _ in connection.execute(_ALL).all():
        connection.execute(_STORE, {"hash": sha256, "new": _reading_anew(source)})


def wrong_readings(connection: Connection) -> Iterator[str]:
    """The hashes of codebooks whose reading is not what their text says."""
    for sha256, source, reading in connection.execute(_ALL):
        if reading.startswith(FORMAT) and reading != _reading_anew(source):
            yield sha256


def _reading_anew(source: str) -> str:
    """The reading of a text; empty where a later version of annotator refuses that text."""
    from annotator.codebook.problems import CodebookErrors

    try:
        return reading_of(_read(source, ""))
    except CodebookErrors:
        return ""


def _read(source: str, name: str) -> Codebook:
    from annotator.codebook.reader import parse_codebook

    return parse_codebook(source, name)
