"""`annotator agreement compare`: whether two tables of ratings agree to a different degree."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.agreement_options import (
    CATEGORIES,
    CI,
    CLUSTERS,
    CONFIDENCE,
    DISTANCE,
    MISSING,
    REPLICATES,
    SEED,
    WEIGHTS,
    Ci,
    Distance,
    Level,
    listed,
)
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import print_json, print_table, say, warn
from annotator.work.figure_words import NOTHING, interval, number

if TYPE_CHECKING:
    from annotator.agreement import Difference

EXAMPLES = (
    "annotator agreement compare round-1.csv round-2.csv",
    "annotator agreement compare old-coders.csv new-coders.csv --paired --json",
    "annotator agreement compare a.csv b.csv --coefficients alpha,gwet_ac --clusters report",
)


def compare(
    first: Annotated[Path, typer.Argument(metavar="A.csv", help="A CSV file of ratings.")],
    second: Annotated[
        Path, typer.Argument(metavar="B.csv", help="Another, to be taken from the first.")
    ],
    paired: Annotated[
        bool,
        typer.Option(
            "--paired",
            help="Units of the same name are the same unit: other coders of the same passages, or "
            "another variable. Otherwise the two have nothing in common.",
        ),
    ] = False,
    level: Annotated[Level, typer.Option(help="What the values are.")] = Level.NOMINAL,
    categories: CATEGORIES = None,
    weights: WEIGHTS = None,
    distance: DISTANCE = Distance.MASI,
    coefficients: Annotated[
        str, typer.Option(metavar="NAMES", help="Which, with commas between them.")
    ] = "alpha",
    missing: MISSING = None,
    clusters: CLUSTERS = None,
    confidence: CONFIDENCE = 0.95,
    ci: CI = Ci.AUTO,
    replicates: REPLICATES = 2000,
    seed: SEED = 1,
    as_json: options.Json = False,
) -> None:
    """Compare two files of ratings: is agreement in the first higher than in the second?

    The difference of each coefficient is given with its interval and a two-sided test.
    """
    from annotator.agreement import compare as differences
    from annotator.agreement import read_ratings

    known = listed(categories, level)
    ours, theirs = (
        read_ratings(path, level.value, categories=known, missing=missing, clusters=clusters)
        for path in (first, second)
    )
    for note in (*ours.notes, *theirs.notes):
        warn(note)
    found = differences(
        ours,
        theirs,
        level.value,
        paired=paired,
        weights=None if weights is None else weights.value,
        distance=distance.value,
        names=[name.strip() for name in coefficients.split(",")],
        ci=ci.value,
        confidence=confidence,
        replicates=replicates,
        seed=seed,
    )
    if as_json:
        print_json({"differences": [one.as_json() for one in found]})
    else:
        _print(first, second, found, confidence)


def _print(first: Path, second: Path, found: "list[Difference]", confidence: float) -> None:
    if not found:
        say("None of these coefficients applies to both files.")
        return
    method = (
        "the same units, each left out of and drawn for both"
        if found[0].method == "paired"
        else "independent units"
    )
    say(f"{first} less {second}, {method}.")
    heading = interval_name(confidence)
    print_table(
        ("Coefficient", "First", "Second", "Difference", heading, "By", "p", "Remark"),
        [
            (
                one.name,
                number(one.first.value),
                number(one.second.value),
                number(one.value),
                interval(one),
                one.ci_method or NOTHING,
                _probability(one.p),
                why(one),
            )
            for one in found
        ],
        numbers=("First", "Second", "Difference", "p"),
        whole=("Coefficient", heading),
    )
    say("p: two-sided, that the two are the same, by the jackknife and Student's t.")


def _probability(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "<0.0001" if p < 1e-4 else f"{p:.4f}"
