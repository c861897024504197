import importlib
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable
from store_world import SOURCE, coding_of, main_round, new_project, small_codebook

from annotator.errors import AnnotatorError
from annotator.store import migrate, models, schema
from annotator.store.adjudications import adjudications
from annotator.store.assignments import counters
from annotator.store.codings import codings
from annotator.store.desk import Desk
from annotator.store.making import create_project
from annotator.store.project import open_project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import rounds
from annotator.store.verify import verify

TABLES = models.all_tables().sorted_tables


def schema_of(path: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    connection.close()
    return {(kind, name, clauses_of(sql)) for kind, name, sql in rows}


def clauses_of(sql: str) -> tuple[str, ...]:
    """The clauses of a statement; the order of a table's constraints says nothing.

    They end at commas outside of inner brackets: a column that was added later stands on the line
    of the one before it.
    """
    clauses, depth = [""], 0
    for character in re.sub(r"\s+", " ", sql):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 1:
            clauses.append("")
        else:
            clauses[-1] += character
    stripped = [clause.strip() for clause in clauses]
    columns = [clause for clause in stripped if not clause.startswith("CONSTRAINT")]
    constraints = [clause.removesuffix(") STRICT").strip() for clause in stripped]
    return (*columns, *sorted(set(constraints) - set(columns)))


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
        made = str(CreateIndex(index).compile(dialect=dialect))
        assert "CREATE INDEX" in made
        condition = index.dialect_options["sqlite"]["where"]
        assert made.partition(" WHERE ")[2] == ("" if condition is None else str(condition))


def test_on_postgresql_the_fourth_migration_changes_constraints_in_place() -> None:
    said = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said}
    )
    script = importlib.import_module("annotator.store.migrations.versions.0004_rounds")
    with Operations.context(context):
        script.upgrade()
    statements = " ".join(said.getvalue().split()).split("; ")
    for table, old in (("assignment", "coder"), ("coding", "coder_revision")):
        new = old.replace("coder", "coder_occasion")
        named = f"uq_{table}_round_id_passage_id"
        columns = f"round_id, passage_id, {new.replace('_', ', ')}"
        assert f"ALTER TABLE {table} DROP CONSTRAINT {named}_{old}" in statements
        add = f"ALTER TABLE {table} ADD CONSTRAINT {named}_{new} UNIQUE ({columns})"
        assert add in statements
    assert "DROP INDEX ix_assignment_open" in statements
    [index] = [one for one in statements if one.startswith("CREATE INDEX ix_assignment_open")]
    assert index.endswith("WHERE done = 0 AND skipped = '' AND withdrawn = 0")
    assert not [one for one in statements if "DROP TABLE" in one or "STRICT" in one]


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


LATER = """
from alembic import op
from sqlalchemy import text

revision = "{next}"
down_revision = "{head}"


def upgrade() -> None:
    op.execute(text({sql!r}))
"""
NEXT = f"{int(schema.HEAD) + 1:04}"


def a_later_version(
    monkeypatch: pytest.MonkeyPatch, folder: Path, sql: str = "CREATE TABLE more (id INTEGER)"
) -> None:
    shutil.copytree(migrate.SCRIPTS, folder / "scripts")
    script = LATER.format(sql=sql, head=schema.HEAD, next=NEXT)
    (folder / "scripts" / "versions" / f"{NEXT}_more.py").write_text(script)
    monkeypatch.setattr(migrate, "SCRIPTS", folder / "scripts")
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, NEXT))
    monkeypatch.setattr(schema, "HEAD", NEXT)


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
    [copy] = tmp_path.glob(f"p.before-{NEXT}-*.db")
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


def earlier_version(path: Path, revision: str) -> None:
    """A project as a version of long ago wrote it.

    0001: two codings, one settled, a draft, a step undone. 0003: besides these, revisions, a flag,
    a passage given back, a tag, and a passage settled twice.
    """
    with closing(sqlite3.connect(path)) as raw:
        script = Path(__file__).with_name(f"project_{revision}.sql")
        raw.executescript(script.read_text(encoding="utf-8"))
        raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    path.chmod(0o600)


def test_a_project_of_the_first_version_is_copied_and_keeps_all_that_was_done(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.db"
    earlier_version(path, "0001")
    before = schema_of(path)
    with open_project(path) as project:
        assert verify(project) == []
        assert (len(list(codings(project))), len(adjudications(project))) == (2, 1)
        [opened] = rounds(project)
        desk = Desk(project, opened.id, "amal")
        item = desk.item(desk.place().assignment_id)
        assert item.draft == coding_of({"killed": "7"})
        assert item.draft_seconds == 4.0
        assert desk.redo().content == coding_of({"killed": "8"})
        desk.submit(item.assignment_id, coding_of({"killed": "8", "note": "twice"}), "", 1.0)
        rebuild(project)
        assert verify(project) == []
    [copy] = tmp_path.glob(f"p.before-{schema.HEAD}-*.db")
    assert schema_of(copy) == before
    fresh = tmp_path / "fresh.db"
    new_project(fresh).close()
    assert schema_of(path) == schema_of(fresh)


def test_a_project_of_the_third_version_keeps_every_row(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    earlier_version(path, "0003")
    before = rows_of(path)
    with open_project(path) as project:
        after = rows_of(path)
        for table, columns in before.items():
            if table != "alembic_version":
                assert [{name: row[name] for name in columns[0]} for row in after[table]] == columns
        assert {row["occasion"] for row in after["coding"] + after["assignment"]} == {1}
        assert verify(project) == []
        [opened] = rounds(project)
        assert opened.design == ""
        assert [(row.assigned, row.done, row.skipped) for row in counters(project, opened.id)] == [
            (6, 1, 0),
            (6, 1, 1),
        ]
        desk = Desk(project, opened.id, "amal")
        assert desk.item(desk.place().assignment_id).draft == coding_of({"killed": "7"})
        assert desk.redo().content == coding_of({"killed": "8"})
        desk.submit(desk.place().assignment_id, coding_of({"killed": "8"}), "", 1.0)
        with pytest.raises(IntegrityError, match="stays as it is"), project.writing() as connection:
            connection.execute(text("UPDATE coding SET occasion = 2"))
        rebuild(project)
        assert verify(project) == []
    fresh = tmp_path / "fresh.db"
    new_project(fresh).close()
    assert schema_of(path) == schema_of(fresh)


def rows_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of every table that has any."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        found = {
            name: [dict(row) for row in raw.execute(f"SELECT * FROM {name}")] for name in names
        }
    return {name: rows for name, rows in found.items() if rows}


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


def test_a_codebook_is_had_from_its_reading_and_verified_against_its_text(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with new_project(path) as project:
        book = project.codebook()
    with closing(sqlite3.connect(path)) as raw, raw:
        [(reading,)] = raw.execute("SELECT reading FROM codebook_version")
        assert book.title in reading
        # The reading alone is looked at when a project opens: the trigger guards it like the text.
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
            raw.execute("UPDATE codebook_version SET reading = ''")
        raw.execute("DROP TRIGGER codebook_version_no_update")
        raw.execute("UPDATE codebook_version SET reading = replace(reading, ?, 'x')", (book.title,))
    with open_project(path) as project:
        assert project.codebook().title == "x"
        assert ["read otherwise" in problem for problem in verify(project)] == [True]
        rebuild(project)
        assert verify(project) == []
    with open_project(path) as project:
        assert project.codebook() == book


def test_a_script_can_read_every_table_as_objects(tmp_path: Path) -> None:
    # In a process of its own: classes are mapped for good.
    script = """
import sys
from sqlmodel import Session, create_engine, select
from annotator.store import models

engine = create_engine(f"sqlite:///{sys.argv[1]}")
models.map_classes(engine)
known = [getattr(models, name) for name in models.__all__]
kinds = [one for one in known if one in models.Row.__subclasses__()]
with Session(engine) as session:
    for kind in kinds:
        session.exec(select(kind)).all()
    (made,) = session.exec(select(models.Project))
    (event,) = session.exec(select(models.Event).where(models.Event.kind == "project_created"))
    assert made.created_at == event.at
    assert event.at.tzinfo is not None
print(len(kinds))
"""
    path = tmp_path / "p.db"
    new_project(path).close()
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert int(done.stdout) == len(TABLES)
