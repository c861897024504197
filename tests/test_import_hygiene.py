"""What a start loads: each package only what it stands on, each command no screen it does not show.

Every case runs in a process of its own, for in this one everything is loaded already.
"""

import subprocess
import sys
from pathlib import Path

import pytest

OUTSIDE = ("alembic", "numpy", "pydantic", "rich", "sqlalchemy", "sqlmodel", "textual", "typer")

LOADED = """
import json, sys
{code}
print("LOADED " + json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""

COMMAND = """
from annotator.__main__ import main
sys.argv = ["annotator", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def loaded(code: str, folder: Path) -> set[str]:
    """The top-level modules that are loaded once some code has run in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    last = done.stdout.splitlines()[-1]
    return {name for name in OUTSIDE if f'"{name}"' in last}


NUMBERS = "annotator.corpus.near_duplicates"
"""The one module of the core that reckons with numpy; leads alone need it."""


def importing(package: str, folder: Path) -> set[str]:
    """What importing a package with every module in it, but for the one for numbers, loads."""
    code = (
        f"import importlib, pkgutil, {package} as package\n"
        f"for found in pkgutil.walk_packages(package.__path__, {package!r} + '.'):\n"
        f"    if found.name != {NUMBERS!r}:\n"
        "        importlib.import_module(found.name)\n"
    )
    return loaded(code, folder)


@pytest.mark.parametrize("package", ["codebook", "config", "corpus", "coding"])
def test_the_core_loads_no_database_screen_command_line_or_numpy(
    package: str, tmp_path: Path
) -> None:
    assert importing(f"annotator.{package}", tmp_path) == set()


def test_near_duplicates_load_numpy_and_nothing_else_from_outside(tmp_path: Path) -> None:
    assert loaded(f"import {NUMBERS}", tmp_path) == {"numpy"}


def test_agreement_loads_numpy_and_nothing_else_from_outside(tmp_path: Path) -> None:
    assert importing("annotator.agreement", tmp_path) == {"numpy"}


@pytest.mark.parametrize("package", ["store", "work", "exchange"])
def test_store_work_and_exchange_load_no_screen_or_command_line(
    package: str, tmp_path: Path
) -> None:
    found = loaded(f"import annotator.{package}", tmp_path)
    assert not found & {"textual", "typer"}


def test_without_a_config_file_nothing_is_loaded_to_read_one(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom annotator.cli.configured import configured_for_screen\n"
        f"os.environ['XDG_CONFIG_HOME'] = {str(tmp_path)!r}\n"
        "configured_for_screen()\n"
        "assert 'tomllib' not in sys.modules and 'annotator.tui' not in sys.modules\n"
    )
    assert loaded(code, tmp_path) == set()


def test_the_list_of_keys_loads_no_screen(tmp_path: Path) -> None:
    assert loaded("import annotator.tui.keys_text", tmp_path) == set()


def test_the_first_screen_loads_no_command_line_database_or_codebook(tmp_path: Path) -> None:
    code = (
        "import annotator.__main__, annotator.cli.quick, annotator.cli.terminal\n"
        "import annotator.cli.ending, annotator.tui.app, sys\n"
        "own = {name.split('.')[1] for name in sys.modules if name.startswith('annotator.')}\n"
        "assert not own & {'codebook', 'coding', 'store', 'work'}, own\n"
    )
    assert not loaded(code, tmp_path) & {"typer", "sqlmodel", "sqlalchemy", "pydantic", "numpy"}


@pytest.mark.parametrize("command", ["", "import", "agreement", "export", "code", "review"])
def test_help_loads_no_screen_database_or_numpy(command: str, tmp_path: Path) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    found = loaded(COMMAND.format(arguments=arguments), tmp_path)
    assert not found & {"textual", "sqlmodel", "sqlalchemy", "alembic", "numpy"}


def test_agreement_on_a_table_of_ratings_loads_no_screen_or_database(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("a,b\nx,x\nx,y\ny,y\n", encoding="utf-8")
    code = COMMAND.format(arguments=["agreement", "ratings.csv", "--json"])
    found = loaded(code, tmp_path)
    assert "numpy" in found
    assert not found & {"textual", "sqlmodel", "sqlalchemy", "alembic"}


def test_the_path_from_import_to_export_loads_no_screen_and_no_migrations(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "Four people died in Umm al-Sinbil when shells fell on the market.\n", encoding="utf-8"
    )
    for arguments in (
        ["init", "--codebook", "perpetrators"],
        ["import", "report.txt"],
        ["passages", "--json"],
        ["status"],
    ):
        found = loaded(COMMAND.format(arguments=arguments), tmp_path)
        assert not found & {"textual", "alembic", "numpy"}
    reaching_for_export = COMMAND.format(arguments=["export", "--to", "out"]).replace(
        "assert not end.code, end.code", "assert end.code in (None, 0, 1), end.code"
    )
    assert not loaded(reaching_for_export, tmp_path) & {"textual", "alembic"}
