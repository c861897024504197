"""Options of intervals that the commands about agreement share."""

from enum import StrEnum
from typing import Annotated

import typer


class Ci(StrEnum):
    """How intervals are made."""

    AUTO = "auto"
    BCA = "bca"
    PERCENTILE = "percentile"
    JACKKNIFE = "jackknife"
    KALPHA = "kalpha"


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
