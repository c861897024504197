"""The options of `annotator round new` that choose passages and deal them out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from annotator.cli.person import person
from annotator.errors import AnnotatorError

_CHOOSE, _DEAL = "Which passages", "Who codes what"


class Order(StrEnum):
    """In what order coders meet the passages."""

    READING = "reading"
    RANDOM = "random"


class Purpose(StrEnum):
    """What a round is for."""

    TRAINING = "training"
    PILOT = "pilot"
    MAIN = "main"
    RECODE = "recode"


class Strata(StrEnum):
    """By what passages are divided before they are drawn."""

    REPORT = "report"
    MONTH = "month"
    PUBLISHER = "publisher"
    SEARCH = "search"


class Allocation(StrEnum):
    """How many passages are drawn from each stratum."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


class NearDuplicates(StrEnum):
    """What is done with passages that are nearly the same words."""

    TOGETHER = "together"
    ONE = "one"
    APART = "apart"


Sample = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Draw so many passages at random.",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
Stratify = Annotated[
    Strata | None,
    typer.Option(
        help="Draw from strata; none of them is left out.",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
Allocate = Annotated[
    Allocation | None,
    typer.Option(
        help="Draw from each stratum in proportion to its size, or from all alike.  "
        "[default: proportional]",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
Searches = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORDS",
        help="Only passages with one of these words or phrases, commas between them, * for "
        "any ending; several times for several strata with --stratify search.",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
ListFile = Annotated[
    Path | None,
    typer.Option(
        "--list",
        metavar="FILE",
        help="Only the passages in a CSV file with columns report and passage, or in what "
        "`annotator passages --json` printed.",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
NotIn = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROUND",
        help="Leave out the passages of a round; may be given several times.",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
NearDuplicatesKept = Annotated[
    NearDuplicates | None,
    typer.Option(
        help="Passages that are nearly the same words: given to the same coders and drawn as "
        "one, all but the first left out, or taken like any others.  [default: together]",
        show_default=False,
        rich_help_panel=_CHOOSE,
    ),
]
Codings = Annotated[
    int | None,
    typer.Option(
        metavar="K",
        help="How many coders each passage gets.  [default: all of them]",
        show_default=False,
        rich_help_panel=_DEAL,
    ),
]
Double = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="The share of passages that two coders get; the others get one.",
        show_default=False,
        rich_help_panel=_DEAL,
    ),
]
FirstDouble = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="So many passages come first and get two coders each.",
        show_default=False,
        rich_help_panel=_DEAL,
    ),
]
Capacity = Annotated[
    str,
    typer.Option(
        metavar="N|NAME=N,…",
        help="The most passages that each coder takes, or that those named take.",
        show_default=False,
        rich_help_panel=_DEAL,
    ),
]


def how_many(
    coders: int, codings: int | None, double: float | None, first_double: int | None
) -> tuple[int, float]:
    """How many codings an overlapping passage gets, and the share of those that overlap."""
    if codings is not None and double is not None:
        raise AnnotatorError("Give --codings for all passages or --double for a share, not both.")
    if first_double is not None and codings is not None and codings > 1:
        raise AnnotatorError(
            f"With --codings {codings} every passage overlaps; leave out --first-double."
        )
    if double is None and first_double is None:
        return (coders if codings is None else codings), 1.0
    return 2, double or 0.0


def capacities(text: str, coders: tuple[str, ...]) -> dict[str, int]:
    """The most passages that each coder takes, as `--capacity` says it.

    Args:
        text: `N` for everyone, `NAME=N` for one, commas between them; a name goes before everyone.
        coders: Everyone.

    Raises:
        AnnotatorError: A part of it is neither.
    """
    everyone: dict[str, int] = {}
    named: dict[str, int] = {}
    for part in text.split(",") if text else ():
        coder, equals, number = part.rpartition("=")
        if not number.strip().isdecimal() or len(number) > 9:
            raise AnnotatorError(
                f"--capacity {part.strip()!r} is no number of passages; give N for every coder, "
                "or NAME=N for one."
            )
        if equals:
            named[person(coder, "--capacity")] = int(number)
        else:
            everyone = dict.fromkeys(coders, int(number))
    return everyone | named
