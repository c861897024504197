"""Help, usage and documentation of every command."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Command, commands

from annotator import __version__
from annotator.cli.docs import cli_markdown
from annotator.cli.round_design import Allocation, NearDuplicates, Order, Purpose, Strata
from annotator.store import models
from annotator.work import design

ROOT = Path(__file__).parents[2]


COMMANDS = commands()


@pytest.mark.parametrize(("path", "one"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_argument_and_option_has_help_and_every_command_examples(
    path: tuple[str, ...], one: Any
) -> None:
    assert one.help.strip().endswith(".")
    examples = one.epilog.split("\n\n")
    assert examples[0] == "Examples:"
    assert all(line.startswith(f"annotator {' '.join(path)}") for line in examples[1:])
    for parameter in one.params:
        assert parameter.help, f"{path}: {parameter.name} has no help"


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_help_can_be_read(command: Command, path: tuple[str, ...]) -> None:
    done = command(*path, "--help")
    assert done.code == 0
    assert "Usage: annotator" in done.out


def test_the_page_of_commands_is_in_step_with_the_commands() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == cli_markdown(), (
        "run `make docs`"
    )


def test_the_version_is_printed(command: Command) -> None:
    assert command("--version").out == f"annotator {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bogus"], "No such command 'bogus'; see: annotator --help"),
        (["import"], "Missing argument 'FILES'; see: annotator import --help"),
        (["verify", "--q"], "No such option: --q; see: annotator verify --help"),
        (["code"], "Missing option '--coder'; see: annotator code --help"),
        (["round", "new", "x", "--order", "sideways"], "Invalid value for '--order'"),
        (["agreement", "x", "--level", "weird"], "Invalid value for '--level': 'weird' is"),
        (["round", "new", "x", "--seed", "many"], "Invalid value for '--seed'"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    command: Command, arguments: list[str], says: str
) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert done.sentence.startswith(says)
    assert done.out == ""


@pytest.mark.parametrize("arguments", [[], ["codebook"], ["round"], ["codings"]])
def test_without_a_command_the_help_is_shown(command: Command, arguments: list[str]) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert "Usage: annotator" in done.out
    assert done.err == ""


def test_the_choices_offered_are_those_of_the_store() -> None:
    assert [*Order] == [*models.Order]
    assert [*Purpose] == [*models.Purpose]


def test_the_command_line_loads_no_database_screen_or_numpy() -> None:
    heavy = ["sqlmodel", "sqlalchemy", "pydantic", "alembic", "textual", "numpy", "yaml", "rich"]
    code = (
        f"import sys, annotator.cli.run\nprint([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_keys_lists_the_actions_of_both_screens(command: Command) -> None:
    done = command("keys")
    assert "Coding screen" in done.out
    assert "Review screen" in done.out
    assert "Submit, go on." in done.out


def test_the_choices_offered_are_those_of_a_design() -> None:
    assert tuple(Strata) == design.STRATA
    assert tuple(Allocation) == design.ALLOCATIONS
    assert tuple(NearDuplicates) == design.NEAR_DUPLICATES
    assert sorted(Order) == sorted(design.ORDERS)
