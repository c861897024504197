"""`annotator agreement`: how far coders agree, in a project or in any table of ratings."""

import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.agreement_faces import Faces, Shown
from annotator.cli.agreement_options import (
    CATEGORIES,
    CI,
    CLUSTERS,
    CONFIDENCE,
    DISTANCE,
    ERROR,
    LEVEL,
    MISSING,
    PERIOD,
    SEED,
    WEIGHTS,
    Ci,
    Distance,
    Error,
    Intervals,
    Level,
    listed,
)
from annotator.cli.output import print_json
from annotator.cli.projects import is_project
from annotator.errors import AnnotatorError

EXAMPLES = (
    "annotator agreement",
    "annotator agreement --round pilot --json",
    "annotator agreement ratings.csv --level ordinal --categories low,medium,high",
    "annotator agreement ratings.csv --weights quadratic --json",
    "annotator agreement spans.csv --spans --length 5400",
    "annotator agreement --by week --by coder --coefficients alpha,conger_kappa",
    "annotator agreement --html agreement.html --csv agreement.csv",
)

_BETWEEN_COLLECTIONS = 100_000
"""How many more objects there must be before garbage is looked for."""

_Given = tuple[tuple[str, object], ...]


def agreement(
    source: Annotated[
        str,
        typer.Argument(
            metavar="PROJECT|RATINGS.csv",
            help="A project file, or a CSV file of ratings: a column per coder and a row per unit, "
            "or columns unit, coder, value. An empty cell is missing; sets are a|b, the empty set "
            "{}. Left out, the project of --project.",
            show_default=False,
        ),
    ] = "",
    round_name: options.Round = None,
    which: Annotated[
        options.Which | None,
        typer.Option(
            help="Of a project: the blind first codings (the measure of reliability) or the "
            "latest ones.  [default: first]",
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        str | None,
        typer.Option(
            "--codebook-version",
            metavar="VERSION",
            help="Of a project: the codings under this major version of the codebook only.",
            show_default=False,
        ),
    ] = None,
    mixed: Annotated[
        bool,
        typer.Option(
            "--mix-versions",
            help="Of a project: compare codings across a major change of the codebook all the "
            "same; the result says what changed.",
        ),
    ] = False,
    level: LEVEL = None,
    categories: CATEGORIES = None,
    weights: WEIGHTS = None,
    distance: DISTANCE = Distance.MASI,
    period: PERIOD = None,
    missing: MISSING = None,
    error: ERROR = None,
    confidence: CONFIDENCE = 0.95,
    clusters: CLUSTERS = None,
    ci: CI = Ci.AUTO,
    replicates: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="How many draws of the bootstrap.  [default: 2000, of a project 1000]",
            show_default=False,
        ),
    ] = None,
    seed: SEED = 1,
    coefficients: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Which coefficients, with commas between them, or all. Of a project percent "
            "agreement, alpha and Gwet's coefficient are always there.  [default: of a CSV file "
            "all that apply]",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="Break agreement down; may be given more than once. Of a project by code, coder, "
            "round, version, week, batch (of 150 passages), report or publisher; of a CSV file by "
            "code, coder, or a column that says the same of all lines of a unit.  [default: code, "
            "of a project also coder]",
            show_default=False,
        ),
    ] = None,
    variable: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Of a project: this variable only, or this unit.",
            show_default=False,
        ),
    ] = None,
    of_spans: Annotated[
        bool,
        typer.Option(
            "--spans",
            help="The file holds spans of texts: columns coder, code, start and end, and with "
            "several texts continuum, length, begin and report.",
        ),
    ] = False,
    length: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Of spans: how many positions a text has.", show_default=False
        ),
    ] = None,
    begin: Annotated[
        int | None,
        typer.Option(
            metavar="B",
            help="Of spans: the first position of a text.  [default: 0]",
            show_default=False,
        ),
    ] = None,
    tolerance: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Of spans: how many positions apart boundaries may lie that match, besides those "
            "that lie at the same one.",
            show_default=False,
        ),
    ] = None,
    all_coded: Annotated[
        bool,
        typer.Option(
            "--all-coded",
            help="Of spans: every coder coded every text. Otherwise, with several texts, those "
            "that a line says so of.",
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
    csv: Annotated[
        str | None,
        typer.Option(
            "--csv",
            metavar="FILE|-",
            help="Write every figure to this CSV file; - prints them.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write a report to read and to print, with figures and a paragraph on methods.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Measure agreement: Krippendorff's alpha, percent agreement and kappas, with intervals.

    Of a CSV file of ratings, every coefficient that applies is measured. Of a project, every
    variable and each of its codes is measured over the passages that two or more coders coded, with
    intervals over its reports.
    """
    for_a_project: _Given = (
        ("--round", round_name),
        ("--which", which),
        ("--codebook-version", version),
        ("--mix-versions", mixed or None),
        ("--variable", variable),
    )
    for_both: _Given = (
        ("--coefficients", coefficients),
        ("--by", by or None),
        ("--csv", csv),
        ("--html", html),
    )
    for_ratings: _Given = (
        ("--level", level),
        ("--categories", categories),
        ("--weights", weights),
        ("--period", period),
        ("--missing", missing),
        ("--se", error),
        ("--clusters", clusters),
    )
    for_spans: _Given = (
        ("--length", length),
        ("--begin", begin),
        ("--tolerance", tolerance),
        ("--all-coded", all_coded or None),
    )
    is_file = bool(source) and not is_project(source)
    intervals: Intervals = {
        "ci": ci.value,
        "confidence": confidence,
        "replicates": (2000 if is_file else 1000) if replicates is None else replicates,
        "seed": seed,
    }
    _keep_to_one_thread()
    # What is read stays to the end: looking for garbage in it takes long and finds none.
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    if of_spans:
        if not is_file:
            raise AnnotatorError("--spans needs a CSV file of spans; name it before the options.")
        _refuse(for_a_project, "a project, and this is a file of spans")
        _refuse(for_ratings, "a file of ratings, and this is one of spans")
        _refuse(for_both, "a project or a file of ratings, and this is one of spans")
        _of_spans(Path(source), length, begin or 0, tolerance, all_coded, intervals, as_json)
        return
    _refuse(for_spans, "a file of spans, which --spans says it is")
    if csv == "-" and as_json:
        raise AnnotatorError("--csv - and --json both print; choose one, or name a file.")
    faces = Faces(as_json, csv, html)
    if is_file:
        _refuse(for_a_project, "a project, and this is a file of ratings")
        from annotator.cli.agreement_ratings import measure_ratings

        chosen = level or Level.NOMINAL
        found: Shown = measure_ratings(
            Path(source),
            chosen.value,
            listed(categories, chosen),
            missing,
            clusters,
            weights=None if weights is None else weights.value,
            distance=distance.value,
            period=period,
            names=_names(coefficients),
            error=(error or Error.ANALYTIC).value,
            intervals=intervals,
            by=by or ["code"],
        )
    else:
        _refuse(for_ratings, "a file of ratings; in a project the codebook says it")
        if ci is Ci.KALPHA:
            raise AnnotatorError(
                "--ci kalpha is for a file of ratings; choose another for a project."
            )
        if mixed and version is not None:
            raise AnnotatorError("--mix-versions takes all versions; leave out --codebook-version.")
        from annotator.cli.agreement_project import measure_project

        found = measure_project(
            source or project,
            round_name,
            (which or options.Which.FIRST).value,
            version,
            mixed,
            distance=distance.value,
            names=_names(coefficients),
            everything=coefficients == "all",
            intervals=intervals,
            by=by or (["code", "coder"] if html is None else ["code", "coder", "week", "batch"]),
            variable=variable,
        )
    faces.show(found)


def _names(coefficients: str | None) -> list[str] | None:
    """The coefficients asked for by name; None for all, or where nothing is said."""
    if coefficients is None or coefficients.strip() == "all":
        return None
    return [name.strip() for name in coefficients.split(",")]


def _keep_to_one_thread() -> None:
    """Let numpy's matrix products take one thread: they are small, and more would only wait."""
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def _refuse(options_given: _Given, only_for: str) -> None:
    for name, value in options_given:
        if value is not None:
            raise AnnotatorError(f"{name} is for {only_for}; leave it out.")


def _of_spans(
    path: Path,
    length: int | None,
    begin: int,
    tolerance: int | None,
    all_coded: bool,
    intervals: Intervals,
    as_json: bool,
) -> None:
    from annotator.cli.agreement_spans import measure_spans

    found = measure_spans(path, length, begin, tolerance, all_coded, **intervals)
    if as_json:
        print_json(found.as_json())
    else:
        found.print()
