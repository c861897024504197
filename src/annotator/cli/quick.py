"""The short way to the coding screen, without loading the library of the command line.

That library takes longer to load than the screen has for its start. So `annotator code` with
nothing but names is read here, and everything else is left to Typer, which also says what is wrong.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

from annotator.cli.person import person
from annotator.cli.projects import DEFAULT_PROJECT, PROJECT_VARIABLE, checked

_OPTIONS = {
    "--coder": "coder",
    "--round": "round_name",
    "-r": "round_name",
    "--project": "project",
    "-p": "project",
}


class Wanted(NamedTuple):
    """What `annotator code` is asked to open."""

    coder: str
    round_name: str | None
    project: str


def coding_wanted(arguments: Sequence[str]) -> Wanted | None:
    """What the arguments ask for, if they open the coding screen and say so plainly.

    Args:
        arguments: What stands after `annotator` on the command line.

    Returns:
        None for any other command and wherever Typer could understand anything else.
    """
    if not arguments or arguments[0] != "code":
        return None
    given: dict[str, str] = {}
    rest = iter(arguments[1:])
    for word in rest:
        option, equals, value = word.partition("=")
        if not equals or not option.startswith("--"):
            option, value = word, next(rest, "")
        name = _OPTIONS.get(option)
        if name is None or name in given or not value or value.startswith("-"):
            return None
        given[name] = value
    if "coder" not in given:
        return None
    default = os.environ.get(PROJECT_VARIABLE, DEFAULT_PROJECT)
    project = given.get("project", default)
    return Wanted(given["coder"], given.get("round_name"), project) if project else None


def code_on_screen(project: str, round_name: str | None, coder: str) -> None:
    """Open the coding screen and stay in it until the coder leaves.

    Args:
        project: What `--project` says.
        round_name: What `--round` says, if anything.
        coder: What `--coder` says.

    Raises:
        AnnotatorError: A name is none, or the project or the round cannot be opened.
    """
    name, location = person(coder, "--coder"), checked(project)
    from annotator.tui.app import run_coding

    run_coding(location, round_name, name)
