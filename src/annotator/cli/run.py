"""Run the command that the arguments name, with the library that reads them."""

from collections.abc import Sequence

import typer

from annotator.cli.app import app
from annotator.cli.ending import BROKEN_PIPE, INTERRUPTED, ended, failed


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name.

    Args:
        arguments: What stands after `annotator` on the command line.

    Returns:
        The exit code (`annotator.cli.ending`).
    """
    return ended(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> object:
    try:
        return app(list(arguments), prog_name="annotator", standalone_mode=False)
    except typer.TyperException as error:
        return failed(_usage_sentence(error), error.exit_code)
    except typer.Abort:
        return INTERRUPTED
    except SystemExit:
        # Typer, told not to exit by itself, does so all the same when the reader has gone away.
        return BROKEN_PIPE


def _usage_sentence(error: typer.TyperException) -> str:
    # What reads the values for Typer says first what kind of error it met.
    message = error.format_message().strip().rstrip(".").replace(": Value error, ", ": ")
    if not message:
        # Called without arguments: the help has been shown instead.
        return ""
    command = getattr(getattr(error, "ctx", None), "command_path", "annotator")
    return f"{message}; see: {command} --help"
