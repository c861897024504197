"""The short way to the coding screen, without loading the library of the command line.

That library takes longer to load than the screen has for its start. So `annotator code` with
nothing but names is read here, and everything else is left to Typer, which also says what is wrong.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.cli.configured import configured_for_screen
from annotator.cli.person import person
from annotator.cli.projects import checked, default_project
from annotator.config.settings import Settings
from annotator.errors import AnnotatorError

_OPTIONS = {
    "--coder": "coder",
    "--round": "round_name",
    "-r": "round_name",
    "--project": "project",
    "-p": "project",
}


class Wanted(NamedTuple):
    """What `annotator code` is asked to open; None for what is not named."""

    coder: str | None = None
    round_name: str | None = None
    project: str | None = None


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
    return Wanted(**given)


def code_on_screen(project: str | None, round_name: str | None, coder: str | None) -> None:
    """Open the coding screen and stay in it until the coder leaves.

    Args:
        project: What `--project` says, if anything.
        round_name: What `--round` says, if anything.
        coder: What `--coder` says, if anything.

    Raises:
        AnnotatorError: A name is none, or the project or the round cannot be opened, or the config
            file cannot be used.
    """
    settings = configured_for_screen()
    name = coder_named(coder, settings)
    location = checked(default_project() if project is None else project)
    from annotator.tui.app import run_coding

    run_coding(location, round_name, name, settings)


def coder_named(coder: str | None, settings: Settings) -> str:
    """The coder's name: what `--coder` says, else what the config file does.

    Raises:
        AnnotatorError: Neither names anyone, or what is given is no name.
    """
    if coder is None and not settings.coder:
        raise AnnotatorError(
            "Missing option '--coder'; see: annotator code --help. The field coder of the config "
            "file can name you for good: annotator config init"
        )
    return person(settings.coder if coder is None else coder, "--coder")
