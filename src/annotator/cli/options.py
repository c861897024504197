"""Options and arguments that several commands share."""

import unicodedata
from typing import Annotated

import typer

from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError

DEFAULT_PROJECT = "annotator.db"
_LONGEST_NAME = 40

Project = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        envvar="ANNOTATOR_PROJECT",
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


def person(name: str, option: str) -> str:
    """The name of a coder or a lead, trimmed and in one Unicode form (NFC).

    Args:
        name: As typed.
        option: The option it was given with, for the message.

    Raises:
        AnnotatorError: It is empty, too long or holds characters that cannot be seen.
    """
    trimmed = unicodedata.normalize("NFC", name.strip())
    if not trimmed or len(trimmed) > _LONGEST_NAME or visible(trimmed) != trimmed:
        raise AnnotatorError(
            f"{option} {visible(name)!r} is no name; give 1 to {_LONGEST_NAME} characters that can "
            "all be seen."
        )
    return trimmed
