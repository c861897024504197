"""Options and arguments that several commands share."""

from enum import StrEnum
from typing import Annotated

import typer

from annotator.cli.projects import DEFAULT_PROJECT as DEFAULT_PROJECT
from annotator.cli.projects import PROJECT_VARIABLE, default_project


def _project(context: typer.Context, parameter: typer.CallbackParam, given: str) -> str:
    """The project that is named, or the one that stands where none is."""
    source = context.get_parameter_source(parameter.name or "")
    return default_project() if source is not None and source.name == "DEFAULT" else given


Project = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        envvar=PROJECT_VARIABLE,
        metavar="FILE",
        callback=_project,
        help="The project file; where none is named, the `project` of the config file.",
        show_default=True,
    ),
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round",
        "-r",
        metavar="NAME",
        help="The round; may be left out where there is only one, or only one is open.",
        show_default=False,
    ),
]
RoundName = Annotated[str, typer.Argument(metavar="NAME", help="The round.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Questions and answers in plain lines: for screen readers, simple terminals "
        "and scripts.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
By = Annotated[
    str,
    typer.Option(
        "--by",
        envvar="ANNOTATOR_NAME",
        metavar="NAME",
        help="Who does this, for the project's record of events.",
    ),
]


class Which(StrEnum):
    """Which codings are compared."""

    FIRST = "first"
    LATEST = "latest"


Codings = Annotated[
    Which, typer.Option("--which", help="The blind first codings, or the latest ones.")
]
