"""`annotator agreement plan`: how many passages to have coded by two or more coders."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.agreement_options import CATEGORIES, LEVEL, Level, listed
from annotator.cli.output import print_json, print_table, say
from annotator.cli.projects import is_project, opened
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.agreement import Estimate, Pilot, Plan

EXAMPLES = (
    "annotator agreement plan",
    "annotator agreement plan --lower 0.8 --prevalence 0.1,0.02 --coders 2,3",
    "annotator agreement plan --half-width 0.05 --expected 0.75 --shares 0.6,0.3,0.1",
    "annotator agreement plan pilot.csv --lower 0.667 --half-width 0.05",
    "annotator agreement plan annotator.db --round pilot",
)
_BOUNDS = (0.667, 0.8)
_PREVALENCES = (0.5, 0.25, 0.1, 0.05, 0.02)
_NOTHING = "–"


def plan(
    pilot: Annotated[
        str,
        typer.Argument(
            metavar="[PROJECT|RATINGS.csv]",
            help="A pilot to plan from: a project, each variable of a round, or a CSV file of "
            "ratings. Left out, prevalence and expected alpha say how units will differ.",
            show_default=False,
        ),
    ] = "",
    lower: Annotated[
        str,
        typer.Option(
            metavar="A,…",
            help="The smallest acceptable alpha: what the lower end of the interval is to reach.  "
            "[default: 0.667,0.8 unless --half-width is given]",
            show_default=False,
        ),
    ] = "",
    half_width: Annotated[
        str,
        typer.Option(
            metavar="H,…",
            help="How far the two-sided interval may reach to either side.",
            show_default=False,
        ),
    ] = "",
    prevalence: Annotated[
        str,
        typer.Option(
            metavar="P,…",
            help="The share of passages about the rarest code that matters.  "
            "[default: 0.5,0.25,0.1,0.05,0.02]",
            show_default=False,
        ),
    ] = "",
    shares: Annotated[
        str,
        typer.Option(
            metavar="P,P,…",
            help="In place of --prevalence: the share of every code, for the variable as a whole.",
            show_default=False,
        ),
    ] = "",
    coders: Annotated[str, typer.Option(metavar="N,…", help="How many code each passage.")] = "2",
    expected: Annotated[
        float | None,
        typer.Option(
            metavar="A",
            help="The alpha you expect.  [default: half-way between the bound and 1]",
            show_default=False,
        ),
    ] = None,
    significance: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            help="Of the bound, one-sided; 0.025 for the lower end of a two-sided 95 % interval.",
        ),
    ] = 0.05,
    confidence: Annotated[
        float, typer.Option(metavar="SHARE", help="Of the two-sided interval of --half-width.")
    ] = 0.95,
    chance: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="How probable it is to be that the bound is reached.  "
            "[default: the margin of the published formula, about 0.75]",
            show_default=False,
        ),
    ] = None,
    level: LEVEL = None,
    categories: CATEGORIES = None,
    round_name: options.Round = None,
    as_json: options.Json = False,
) -> None:
    """Plan how many passages to have coded by two or more coders.

    For a wanted lower bound of Krippendorff's alpha or a wanted width of its interval. Without a
    pilot, by the formula of Bloch and Kraemer; with one, from its standard error.
    """
    goals = [("lower", bound) for bound in _numbers("--lower", lower)]
    goals += [("half_width", reach) for reach in _numbers("--half-width", half_width)]
    goals = goals or [("lower", bound) for bound in _BOUNDS]
    if pilot:
        given = {"--prevalence": prevalence, "--shares": shares, "--expected": expected}
        for name, value in given.items():
            if value not in ("", None):
                raise AnnotatorError(f"{name} is for planning without a pilot; leave it out.")
        rows = _from_pilot(
            _pilots(pilot, level, categories, round_name), goals, significance, confidence, chance
        )
    else:
        if level or categories or round_name:
            raise AnnotatorError(
                "--level, --categories and --round are for a pilot; name it first."
            )
        if prevalence and shares:
            raise AnnotatorError("Give --prevalence or --shares, not both.")
        rows = _without_pilot(
            [tuple(_numbers("--shares", shares))]
            if shares
            else _numbers("--prevalence", prevalence) or list(_PREVALENCES),
            _whole_numbers("--coders", coders),
            goals,
            expected,
            significance,
            confidence,
            chance,
        )
    if as_json:
        print_json(
            {"plans": [{"what": what, **one.as_json()} for what, found in rows for one in found]}
        )
    else:
        _print(rows, goals, from_pilot=bool(pilot))


Row = tuple[str, list["Plan"]]


def _without_pilot(
    prevalences: "list[float] | list[tuple[float, ...]]",
    coders: list[int],
    goals: list[tuple[str, float]],
    expected: float | None,
    significance: float,
    confidence: float,
    chance: float | None,
) -> list[Row]:
    from annotator.agreement import for_half_width, for_lower_bound

    rows: list[Row] = []
    for shares in prevalences:
        for n_coders in coders:
            found = []
            for goal, value in goals:
                if goal == "lower":
                    found.append(
                        for_lower_bound(
                            value,
                            shares,
                            n_coders=n_coders,
                            expected=expected,
                            significance=significance,
                            chance=chance,
                        )
                    )
                    continue
                if expected is None:
                    raise AnnotatorError("--half-width needs the alpha you expect: --expected.")
                found.append(
                    for_half_width(
                        value, expected, shares, n_coders=n_coders, confidence=confidence
                    )
                )
            what = (
                f"{shares:g}"
                if isinstance(shares, float)
                else ", ".join(map("{:g}".format, shares))
            )
            rows.append((what, found))
    return rows


def _from_pilot(
    pilots: "list[tuple[str, Pilot]]",
    goals: list[tuple[str, float]],
    significance: float,
    confidence: float,
    chance: float | None,
) -> list[Row]:
    from annotator.agreement import from_pilot

    return [
        (
            what,
            [
                from_pilot(pilot, lower=value, significance=significance, chance=chance)
                if goal == "lower"
                else from_pilot(pilot, half_width=value, significance=round(1 - confidence, 12))
                for goal, value in goals
            ],
        )
        for what, pilot in pilots
    ]


def _pilots(
    source: str, level: Level | None, categories: str | None, round_name: str | None
) -> "list[tuple[str, Pilot]]":
    found: list[tuple[str, Estimate]] = []
    if is_project(source):
        if level or categories:
            raise AnnotatorError(
                "--level and --categories are for a file of ratings; in a project the codebook "
                "says it."
            )
        with opened(source, read_only=True) as project:
            from annotator.work.reliability import reliability
            from annotator.work.variable_agreement import Choices

            measured = reliability(project, round_name, choices=Choices(ci="jackknife"))
        for variable in measured.variables:
            found += [(variable.name, one) for one in variable.estimates if one.name == "alpha"]
    else:
        if round_name:
            raise AnnotatorError("--round is for a project, and this is a file of ratings.")
        from annotator.agreement import estimates, read_ratings

        chosen = level or Level.NOMINAL
        ratings = read_ratings(source, chosen.value, categories=listed(categories, chosen))
        found = [
            (Path(source).name, one)
            for one in estimates(
                ratings, chosen.value, names=["alpha"], se="jackknife", ci="jackknife"
            )
        ]
    return _usable(found)


def _usable(found: "list[tuple[str, Estimate]]") -> "list[tuple[str, Pilot]]":
    from annotator.agreement import Pilot
    from annotator.errors import WorkProblem

    usable = [
        (what, Pilot(one.value, one.se, one.n_units, one.n_coders))
        for what, one in found
        if one.value is not None and one.se
    ]
    if not usable:
        raise WorkProblem(
            "The pilot gives no alpha with a standard error to plan from; have more passages coded "
            "by two coders first."
        )
    return usable


def _print(rows: list[Row], goals: list[tuple[str, float]], *, from_pilot: bool) -> None:
    headings = [
        f"alpha ≥ {value:g}" if goal == "lower" else f"± {value:g}" for goal, value in goals
    ]
    first = ["Pilot", "Alpha"] if from_pilot else ["Prevalence"]
    print_table(
        [*first, "Coders", *headings],
        [
            [
                what,
                *([f"{found[0].expected:.3f}"] if from_pilot else []),
                str(found[0].n_coders),
                *(_NOTHING if one.n_units is None else f"{one.n_units:,}" for one in found),
            ]
            for what, found in rows
        ],
        title="Passages to have coded by so many coders each",
        numbers=("Alpha", "Coders", *headings),
    )
    plans = [one for _, found in rows for one in found]
    bound = next((one for one in plans if one.chance is not None), None)
    if bound is not None:
        say(
            f"A bound is reached with a chance of about {bound.chance:.2f} (normal approximation), "
            f"one-sided significance {bound.significance:g}, if alpha is "
            + ("that of the pilot." if from_pilot else "as expected.")
        )
    if any(one.reason == "below_bound" for one in plans):
        say("–: the expected alpha does not exceed the bound; no number of passages would do.")
    if not from_pilot:
        say(
            "A code rarer than this needs passages picked for it, and their share kept as a weight."
        )
    say(f"Source: {plans[0].source}.")


def _numbers(name: str, text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",") if part.strip()]
    except ValueError:
        raise AnnotatorError(
            f"{name} is {text!r}; give numbers with commas between them, such as 0.1,0.05."
        ) from None


def _whole_numbers(name: str, text: str) -> list[int]:
    found = _numbers(name, text)
    if not found or any(one != int(one) for one in found):
        raise AnnotatorError(f"{name} is {text!r}; give whole numbers with commas between them.")
    return [int(one) for one in found]
