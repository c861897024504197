"""`annotator agreement diagnose`: what may lie behind the labels of a round, or of a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say, warn
from annotator.cli.projects import is_project, opened
from annotator.errors import AnnotatorError
from annotator.work.figure_words import NOTHING, number, percent

if TYPE_CHECKING:
    from annotator.agreement import Diagnosis, TruthModel

EXAMPLES = (
    "annotator agreement diagnose --variable perpetrator --code snipers",
    "annotator agreement diagnose ratings.csv",
    "annotator agreement diagnose sets.csv --code snipers --units 50 --json",
)
_WHY = {
    "no_pairs": "no unit has values of two coders",
    "no_variation": "every value is the same",
    "two_coders": "of two coders who differ nothing says which one errs",
}
_RARELY = 0.02
"""Mistakes rarer than this, of the units they could be made in, are not listed."""


def diagnose(
    source: Annotated[
        str,
        typer.Argument(
            metavar="PROJECT|RATINGS.csv",
            help="A project file, or a CSV file of ratings. Left out, the project of --project.",
            show_default=False,
        ),
    ] = "",
    variable: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Of a project: the variable to diagnose. Left out, the answer lists them.",
            show_default=False,
        ),
    ] = None,
    round_name: options.Round = None,
    code: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="This code against all others; needed where values are sets of codes.",
            show_default=False,
        ),
    ] = None,
    units: Annotated[
        int, typer.Option(metavar="N", help="How many doubtful units to show.", min=0)
    ] = 20,
    smoothing: Annotated[
        float,
        typer.Option(
            metavar="N",
            help="How many values are added to each row of a coder, spread over all codes, so that "
            "no mistake is taken to be impossible.",
        ),
    ] = 1.0,
    starts: Annotated[
        int, typer.Option(metavar="N", help="From how many starts to climb.", min=1)
    ] = 10,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the starts.", min=0)] = 0,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Diagnose coders and units: who mistakes what for what, and which units are in doubt.

    By the model of Dawid and Skene, with the majority beside it. It helps a lead to choose what to
    look at; it is not a final label.
    """
    from annotator.agreement import NOT_A_LABEL

    climbing: _Climbing = {"smoothing": smoothing, "starts": starts, "seed": seed}
    if source and not is_project(source):
        if variable is not None or round_name is not None:
            raise AnnotatorError("--variable and --round are for a project; leave them out.")
        title, found, told = _of_ratings(Path(source), code, units, climbing)
    else:
        title, found, told = _of_project(
            source or project, round_name, variable, code, units, climbing
        )
    if as_json:
        print_json(told)
        return
    _print(title, found, units)
    say(NOT_A_LABEL)


class _Climbing(TypedDict):
    """How the estimates are climbed to."""

    smoothing: float
    starts: int
    seed: int


def _of_ratings(
    path: Path, code: str | None, n_units: int, climbing: _Climbing
) -> "tuple[str, Diagnosis, dict[str, Any]]":
    from annotator.agreement import NOT_A_LABEL, Level, read_ratings
    from annotator.agreement import diagnose as diagnosis

    ratings = read_ratings(path, Level.NOMINAL if code is None else Level.SET)
    for note in ratings.notes:
        warn(note)
    if code is not None:
        ratings = ratings.of_code(code)
    elif any("|" in str(value) or value == "{}" for value in ratings.categories):
        raise AnnotatorError(f"{path} holds sets of codes; name the one to diagnose with --code.")
    found = diagnosis(ratings, **climbing)
    told = {
        "note": NOT_A_LABEL,
        "reason": found.reason,
        "model": None if found.model is None else found.model.as_json(n_units),
        "majority": found.majority.as_json(n_units),
    }
    return str(path), found, told


def _of_project(
    location: str,
    round_name: str | None,
    variable: str | None,
    code: str | None,
    n_units: int,
    climbing: _Climbing,
) -> "tuple[str, Diagnosis, dict[str, Any]]":
    from annotator.work.diagnosis import diagnose_variable

    with opened(location, read_only=True) as opened_project:
        found = diagnose_variable(opened_project, round_name, variable or "", code, **climbing)
    title = f"Round {found.round}, {found.variable}" + ("" if code is None else f", {code}")
    return title, found.found, found.as_json(n_units)


def _print(title: str, found: "Diagnosis", n_units: int) -> None:
    model = found.model or found.majority
    coders = many(len(model.coders), "coder")
    if found.model is None:
        reason = _WHY.get(found.reason or "", "")
        say(f"{title}: {coders}; the majority alone, as {reason}.")
    else:
        say(f"{title}: {coders}, by the model of Dawid and Skene 1979.")
    majority = {one.coder: one.accuracy for one in found.majority.coders}
    print_table(
        ("Coder", "Values", "Right", "By majority", "Commonest mistakes (of all units)"),
        [
            (
                one.coder,
                str(one.n_values),
                percent(one.accuracy),
                percent(majority[one.coder]),
                "; ".join(_mistakes(model, place)) or NOTHING,
            )
            for place, one in enumerate(model.coders)
        ],
        title="How often each coder is right, and what is taken for what",
        numbers=("Values", "Right", "By majority"),
    )
    doubtful = model.most_doubtful(n_units)
    if doubtful:
        print_table(
            ("Unit", "Doubt (bits)", "Leans to", "Probability"),
            [
                (one.unit, number(one.doubt), str(one.leans_to), percent(one.probability))
                for one in doubtful
            ],
            title="Units whose adjudication would tell most",
            numbers=("Doubt (bits)", "Probability"),
        )
    else:
        say("No unit is in doubt.")


def _mistakes(model: "TruthModel", place: int) -> list[str]:
    """The three commonest confusions of a coder, by their share of all units."""
    confused = [
        (share * chance, true, given)
        for share, true, row in zip(
            model.prevalence, model.categories, model.coders[place].confusion, strict=True
        )
        for given, chance in zip(model.categories, row or (), strict=False)
        if given != true and chance >= _RARELY
    ]
    confused.sort(key=lambda one: -one[0])
    return [f"{true} as {given} ({percent(share)})" for share, true, given in confused[:3]]
