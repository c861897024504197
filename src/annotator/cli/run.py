"""Run one command and end as every command ends: an exit code, and one sentence if it failed.

Exit codes: 0 done, 1 the work found a problem, 2 wrong usage, 130 interrupted, 141 the reader of
the output went away.
"""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

import typer

from annotator.cli.app import app
from annotator.codebook.problems import CodebookErrors
from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError

_INTERRUPTED = 128 + 2
_BROKEN_PIPE = 128 + 13


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name.

    Args:
        arguments: What stands after `annotator` on the command line.

    Returns:
        The exit code.
    """
    _survive_odd_characters()
    try:
        result = app(list(arguments), prog_name="annotator", standalone_mode=False)
        sys.stdout.flush()
    except CodebookErrors as error:
        return _failed("\n".join(map(str, error.problems)), error.exit_code)
    except AnnotatorError as error:
        return _failed(error.sentence, error.exit_code)
    except typer.TyperException as error:
        return _failed(_usage_sentence(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except SystemExit:
        # Typer, told not to exit by itself, does so all the same when the reader has gone away.
        return _BROKEN_PIPE
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        _forget_output()
        return _BROKEN_PIPE
    return result if isinstance(result, int) else 0


def _survive_odd_characters() -> None:
    """Let no character, in or out, end a command: what cannot be written is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def _failed(sentence: str, exit_code: int) -> int:
    with suppress(BrokenPipeError):
        if sentence:
            print(visible(sentence, newlines=True), file=sys.stderr, flush=True)
    return exit_code


def _usage_sentence(error: typer.TyperException) -> str:
    message = error.format_message().strip().rstrip(".")
    if not message:
        # Called without arguments: the help has been shown instead.
        return ""
    command = getattr(getattr(error, "ctx", None), "command_path", "annotator")
    return f"{message}; see: {command} --help"


def _forget_output() -> None:
    # Python would try to flush the broken pipe once more as it ends, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
