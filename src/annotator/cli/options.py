"""Options and arguments that several commands share."""

from typing import Annotated

import typer

from annotator.cli.projects import DEFAULT_PROJECT as DEFAULT_PROJECT
from annotator.cli.projects import PROJECT_VARIABLE

Project = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        envvar=PROJECT_VARIABLE,
        metavar="FILE",
        help="The project file.",
        show_default=True,
    ),
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round",
        "-r",
        metavar="NAME",
        help="The round; may be left out where there is only one.",
        show_default=False,
    ),
]
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
