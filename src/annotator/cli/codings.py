"""`annotator codings`: codings as JSON lines, out and in without loss."""

import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, say, warn
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError, WorkProblem

IMPORT_EXAMPLES = (
    "annotator codings import basim.jsonl",
    "annotator codings import old.jsonl -r main",
)
EXPORT_EXAMPLES = ("annotator codings export codings.jsonl", "annotator codings export - | head -1")


class Which(StrEnum):
    """Which codings of a coder on a passage."""

    LATEST = "latest"
    FIRST = "first"
    ALL = "all"


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="One coding a line, as export writes it.")
    ],
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round",
            "-r",
            metavar="NAME",
            help="The round to put all codings in; else the one each line names.",
            show_default=False,
        ),
    ] = None,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Read codings made elsewhere: all of the file, or nothing if a line of it is wrong.

    Codings that the project has already are left out.
    """
    with opened(project) as target:
        from annotator.exchange.codings import CodingsError, import_codings

        try:
            done = import_codings(file, target, round_name, actor=by)
        except CodingsError as errors:
            for problem in errors.problems:
                warn(problem)
            raise AnnotatorError(
                f"{file}: nothing was imported; mend {many(len(errors.problems), 'line')} and "
                "import it again."
            ) from None
    if as_json:
        print_json({"added": done.added, "already": done.already, "incomplete": done.incomplete})
        return
    say(f"{many(done.added, 'coding')} added, {done.already} already there.")
    if done.incomplete:
        say(f"{done.incomplete} of the new ones leave a required question open.")


def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE.jsonl", help="The file to write; - for the output.")
    ],
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round", "-r", metavar="NAME", help="The only round; else all.", show_default=False
        ),
    ] = None,
    which: Annotated[
        Which, typer.Option(help="The latest codings, the first, or every revision.")
    ] = Which.LATEST,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Write codings as JSON lines, with the names of their coders; nothing is left out."""
    with opened(project, read_only=True) as source:
        from annotator.exchange.codings import write_codings

        if file == "-":
            if isinstance(sys.stdout, TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8")
            write_codings(source, sys.stdout, round_name, which.value)
            return
        try:
            with Path(file).open("x", encoding="utf-8", newline="\n") as stream:
                count = write_codings(source, stream, round_name, which.value)
        except FileExistsError:
            raise AnnotatorError(f"{file} is there already; choose another name.") from None
        except OSError as error:
            raise AnnotatorError(
                f"{file} cannot be written ({error.strerror}); choose another place."
            ) from None
    if not count:
        raise WorkProblem(f"{source.location}: there are no codings yet; {file} is empty.")
    say(f"{many(count, 'coding')} written to {file}")
