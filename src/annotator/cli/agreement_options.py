"""Options that the commands about agreement share, and what can be chosen with them."""

from enum import StrEnum
from typing import Annotated, TypedDict

import typer

from annotator.errors import AnnotatorError


class Level(StrEnum):
    """What the values of a table of ratings are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"
    CIRCULAR = "circular"
    SET = "set"


class Weights(StrEnum):
    """How far two different values still agree."""

    IDENTITY = "identity"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    ORDINAL = "ordinal"
    RADICAL = "radical"
    RATIO = "ratio"
    CIRCULAR = "circular"
    BIPOLAR = "bipolar"


class Error(StrEnum):
    """Which standard error is given."""

    ANALYTIC = "analytic"
    JACKKNIFE = "jackknife"


class Distance(StrEnum):
    """How far two sets of codes are apart."""

    MASI = "masi"
    JACCARD = "jaccard"


class Ci(StrEnum):
    """How intervals are made."""

    AUTO = "auto"
    BCA = "bca"
    PERCENTILE = "percentile"
    JACKKNIFE = "jackknife"
    KALPHA = "kalpha"


class Intervals(TypedDict):
    """What is asked of intervals, as the functions that make them take it."""

    ci: str
    confidence: float
    replicates: int
    seed: int


LEVEL = Annotated[
    Level | None,
    typer.Option(
        help="Of a CSV file: what the values are.  [default: nominal]", show_default=False
    ),
]
CATEGORIES = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,…",
        help="Of a CSV file: every value there may be, in order where order counts.",
        show_default=False,
    ),
]
WEIGHTS = Annotated[
    Weights | None,
    typer.Option(
        help="Of a CSV file: how far different values agree, in every coefficient. Left out, "
        "only equal values agree, and alpha goes by the level.",
        show_default=False,
    ),
]
DISTANCE = Annotated[Distance, typer.Option(help="The distance between two sets of codes.")]
PERIOD = Annotated[
    float | None,
    typer.Option(
        metavar="LENGTH",
        help="Of a CSV file: the length of the circle at level circular, 24 for hours.  "
        "[default: the highest value less the lowest, plus 1]",
        show_default=False,
    ),
]
MISSING = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT",
        help="Of a CSV file: what a cell without a value reads, beside an empty one; may be "
        "given more than once. Left out, NA and the like in a file of numbers.",
        show_default=False,
    ),
]
ERROR = Annotated[
    Error | None,
    typer.Option(
        "--se",
        help="Of a CSV file: which standard error.  [default: analytic]",
        show_default=False,
    ),
]
CI = Annotated[
    Ci,
    typer.Option(
        help="How intervals are made: auto is bca (bootstrap) where the data allow it and the "
        "jackknife's elsewhere; kalpha is too narrow and only to reproduce published numbers.",
    ),
]
CONFIDENCE = Annotated[
    float, typer.Option(metavar="SHARE", help="The confidence of the intervals.")
]
REPLICATES = Annotated[int, typer.Option(metavar="N", help="How many draws of the bootstrap.")]
SEED = Annotated[
    int, typer.Option(metavar="N", help="Of the draws: the same seed, the same intervals.")
]
CLUSTERS = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Of a CSV file: the column that names the cluster of each unit, such as the report of "
        "a passage, where only clusters are independent.",
        show_default=False,
    ),
]


def listed(categories: str | None, level: Level) -> list[object] | None:
    """The categories that `--categories` names, numbers at the levels that measure.

    Raises:
        AnnotatorError: They are not numbers there.
    """
    if categories is None:
        return None
    names = [name.strip() for name in categories.split(",")]
    if level not in (Level.INTERVAL, Level.RATIO):
        return list(names)
    try:
        return [float(name) for name in names]
    except ValueError:
        raise AnnotatorError(
            f"--categories must be numbers at level {level}; or leave it out."
        ) from None
