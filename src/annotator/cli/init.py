"""`annotator init`: make a project."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import say
from annotator.cli.projects import checked

EXAMPLES = (
    "annotator init --codebook perpetrators",
    "annotator init --project aleppo.db --codebook my-codebook.yaml --name Aleppo",
)


def init(
    codebook: Annotated[
        str,
        typer.Option(
            "--codebook",
            "-c",
            metavar="FILE|NAME",
            help="The codebook: a YAML file, or the name of one that comes with annotator.",
            show_default=False,
        ),
    ],
    name: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="What the project is called; else the file's name is used."
        ),
    ] = "",
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
) -> None:
    """Make a project: one file that will hold reports, codings and everything decided."""
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook

    location = checked(project)
    book = read_codebook(find_codebook(codebook))

    from annotator.store.making import create_project

    with create_project(
        location, name=name, codebook_source=book.source, codebook=book, actor=by
    ) as made:
        say(f"{made.location}: project {made.name} with codebook {book.id} {book.version}.")
    say("Next: annotator import FILES…")
