import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from store_world import SOURCE, main_round, new_project, small_codebook

from annotator.errors import AnnotatorError
from annotator.store import migrate, models, schema
from annotator.store.project import create_project, open_project
from annotator.store.verify import verify

TABLES = models.Row.metadata.sorted_tables


def schema_of(path: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    connection.close()
    return {(kind, name, clauses_of(sql)) for kind, name, sql in rows}


def clauses_of(sql: str) -> tuple[str, ...]:
    """The lines of a statement; the order of a table's constraints says nothing."""
    lines = [re.sub(r"\s+", " ", line).strip(" ,") for line in sql.splitlines()]
    columns = [line for line in lines if not line.startswith("CONSTRAINT")]
    return (*columns, *sorted(set(lines) - set(columns)))


def test_migrating_from_nothing_gives_the_schema_that_creating_gives(tmp_path: Path) -> None:
    created, migrated = tmp_path / "created.db", tmp_path / "migrated.db"
    create_project(created, codebook_source=SOURCE, codebook=small_codebook(), actor="a").close()
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.begin() as connection:
        migrate.upgrade(connection)
        schema.create_triggers(connection)
    engine.dispose()
    assert schema_of(migrated) == schema_of(created)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_and_indexes_can_be_made_on_postgresql(table) -> None:
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    for index in table.indexes:
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_every_constraint_has_a_name_and_every_table_is_strict() -> None:
    for table in TABLES:
        assert all(constraint.name for constraint in table.constraints), table.name
        assert table.dialect_options["sqlite"]["strict"] is True, table.name


def test_the_next_open_passage_comes_from_the_partial_index(tmp_path: Path) -> None:
    from annotator.store.desk_statements import NEXT_OPEN

    with new_project(tmp_path / "p.db") as project:
        opened = main_round(project, "amal")
        with project.reading() as connection:
            sql = str(NEXT_OPEN.compile(connection, compile_kwargs={"render_postcompile": True}))
            parameters = (opened.id, "amal", 0, 1, 0)[: sql.count("?")]
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).all()
    assert "ix_assignment_open" in str(plan)


@pytest.mark.parametrize("table", ["event", "report", "passage", "codebook_version", "source_file"])
def test_what_is_written_for_good_can_be_neither_changed_nor_deleted(project, table: str) -> None:
    column = {"event": "body", "report": "text", "passage": "start"}.get(table, "sha256")
    project.close()
    with sqlite3.connect(project.path) as raw:
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
                raw.execute(statement)
    raw.close()


def test_alembic_is_not_loaded_for_a_project_that_is_up_to_date(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}]
from pathlib import Path
from store_world import new_project
from annotator.store.project import open_project
new_project(Path({str(tmp_path / "p.db")!r})).close()
open_project({str(tmp_path / "p.db")!r}).close()
print(sorted({{"alembic", "textual", "typer", "numpy"}} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout == "[]\n", ran.stderr


SECOND = """
from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(text({sql!r}))
"""


def a_later_version(
    monkeypatch: pytest.MonkeyPatch, folder: Path, sql: str = "CREATE TABLE more (id INTEGER)"
) -> None:
    shutil.copytree(migrate.SCRIPTS, folder / "scripts")
    (folder / "scripts" / "versions" / "0002_more.py").write_text(SECOND.format(sql=sql))
    monkeypatch.setattr(migrate, "SCRIPTS", folder / "scripts")
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    monkeypatch.setattr(schema, "HEAD", "0002")


def test_an_earlier_project_is_copied_and_then_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    before = schema_of(path)
    a_later_version(monkeypatch, tmp_path)
    with open_project(path) as project:
        assert verify(project) == []
    assert {name for _, name, _ in schema_of(path) - before} == {"more"}
    [copy] = tmp_path.glob("p.before-0002-*.db")
    assert schema_of(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_migration_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    before = schema_of(path)
    a_later_version(monkeypatch, tmp_path, "DELETE FROM event WHERE seq = 3")
    with pytest.raises(AnnotatorError, match="left as it was"):
        open_project(path)
    assert schema_of(path) == before


def test_an_earlier_project_is_not_migrated_for_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_project(tmp_path / "p.db").close()
    a_later_version(monkeypatch, tmp_path)
    with pytest.raises(AnnotatorError, match="earlier version"):
        open_project(tmp_path / "p.db", read_only=True)


def test_a_project_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(AnnotatorError, match="newer version"):
        open_project(path)
    assert path.read_bytes() == before
