"""`annotator desk`: where a project stands, live, with the passages behind every figure."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured_for_screen
from annotator.cli.person import person
from annotator.cli.projects import checked
from annotator.cli.terminal import can_show_screen
from annotator.errors import AnnotatorError

EXAMPLES = ("annotator desk --lead lina", "annotator desk --lead lina --round pilot")


def desk(
    lead: Annotated[
        str, typer.Option(metavar="NAME", help="Whose desk it is.", show_default=False)
    ],
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round",
            "-r",
            metavar="NAME",
            help="The round to look at first; left out, the one that is open.",
            show_default=False,
        ),
    ] = None,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Watch a project while coders work: progress, backlog, agreement, drift, confusion, trouble.

    Every figure leads to its passages, and from there to the review. Without a screen, the commands
    status, agreement and codebook trouble tell the same.
    """
    name = person(lead, "--lead")
    if not can_show_screen():
        raise AnnotatorError(
            "The desk needs a terminal; without one, annotator status --agreement tells the same."
        )
    from annotator.tui.desk import run_desk

    run_desk(checked(project), round_name, name, configured_for_screen())
