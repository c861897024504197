"""`annotator agreement drift`: agreement from week to week and over the passages coded last."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import print_json, print_table, say
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError
from annotator.work.figure_words import interval, number

if TYPE_CHECKING:
    from annotator.work.windows import Drift, Series, Window

EXAMPLES = (
    "annotator agreement drift",
    "annotator agreement drift --variable perpetrator",
    "annotator agreement drift --coder amal --json",
)
_CONFIDENCE = 0.95


def drift(
    variable: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="This variable only, by its id as `annotator agreement --json` names it.",
            show_default=False,
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="This coder against the rest only.", show_default=False),
    ] = None,
    windows: Annotated[
        int, typer.Option(metavar="N", help="How many windows of each, the newest.", min=1)
    ] = 12,
    round_name: options.Round = None,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show how agreement of a round went, by week and over the last 150 passages, with alarms.

    A window is an alarm where alpha is below .75, or lower by .10 or more than in the 450 passages
    before it. Fewer than 50 passages are too few for an alarm.
    """
    from annotator.work.drift import drift as went

    with opened(project, read_only=True) as source:
        found = went(source, round_name, variable=variable, most=windows)
    shown = found.only(coder)
    if coder is not None and not (shown.series or shown.gold):
        known = ", ".join(sorted({one.coder for one in found.series if one.coder}))
        raise AnnotatorError(
            f"{coder} cannot be held against the rest of the round {found.round}; choose from "
            f"{known or 'nobody: it takes three coders'}."
        )
    if as_json:
        print_json(shown.as_json())
        return
    print_alarms(shown)
    print_gold(shown)
    chosen = coder is not None or variable is not None
    for one in shown.series:
        if chosen or not one.coder:
            _print_series(one)
    if not chosen and any(one.coder for one in shown.series):
        say("Coder by coder: annotator agreement drift --variable ID")


def print_alarms(found: "Drift") -> None:
    """Print the newest windows that raise an alarm, or that none does."""
    if not found.alarms:
        say(f"Round {found.round}: no alarm in the newest windows.")
        return
    print_table(
        ("Variable", "Whose", "Window", "n", "Alpha", "Before", "Alarm"),
        [
            (
                one.name,
                one.coder or "all",
                newest.label,
                str(newest.estimate.n_units),
                number(newest.estimate.value),
                number(newest.before.value if newest.before else None),
                alarm_words(newest),
            )
            for one, newest in found.alarms
        ],
        title=f"Alarms, round {found.round}",
        numbers=("n", "Alpha", "Before"),
        whole=("Window",),
    )


def print_gold(found: "Drift") -> None:
    """Print how far coders meet gold answers, and agree with themselves, where that is known."""
    from annotator.work.figure_words import percent

    low = {(one.coder, one.label) for one in found.gold_alarms}
    if found.gold:
        print_table(
            ("Coder", "Passages", "Gold", "Same", "Agreement", "Alarm"),
            [
                (
                    one.coder,
                    one.label or "all",
                    str(one.n_passages),
                    str(one.n_same),
                    percent(one.agreement),
                    "below 75%" if one.kind == "batch" and (one.coder, one.label) in low else "",
                )
                for one in found.gold
            ],
            title=f"How far coders meet the gold answers, round {found.round}",
            numbers=("Gold", "Same", "Agreement"),
        )
    rows = [
        (
            one.coder or "all",
            variable.name,
            str(one.n_passages),
            number(alpha.value),
            interval(alpha),
        )
        for one in found.own
        for variable in one.agreement.variables
        if (alpha := variable.alpha) is not None and alpha.value is not None
    ]
    if rows:
        heading = interval_name(_CONFIDENCE)
        print_table(
            ("Coder", "Variable", "n", "Alpha", heading),
            rows,
            title=f"How far coders agree with themselves, round {found.round}",
            numbers=("n", "Alpha"),
            whole=(heading,),
        )


def alarm_words(window: "Window") -> str:
    """What raises the alarm of a window, and whether it could be chance."""
    from annotator.work.windows import Alarm

    said = {Alarm.LOW: "below .75", Alarm.DROP: "fell by .10 or more"}
    words = " and ".join(said[one] for one in window.alarms)
    if not words or not window.by_chance:
        return words
    return f"{words} (may be chance)"


def _print_series(one: "Series") -> None:
    from annotator.cli.agreement_bars import BAR_HEADING, bar

    heading = interval_name(_CONFIDENCE)
    of_whom = f", {one.coder} against the rest" if one.coder else ""
    by = "week" if one.by == "week" else "150 passages"
    print_table(
        ("Window", "n", "Alpha", heading, BAR_HEADING, "Remark"),
        [
            (
                window.label,
                str(window.estimate.n_units),
                number(window.estimate.value),
                interval(window.estimate),
                bar(window.estimate),
                "too few" if window.too_few else alarm_words(window) or why(window.estimate),
            )
            for window in one.windows
        ],
        title=f"{one.name}, by {by}{of_whom}",
        numbers=("n", "Alpha"),
        whole=(heading, BAR_HEADING, "Window"),
    )
