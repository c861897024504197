"""`annotator agreement intra`: how far coders agree with themselves when a passage comes again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.agreement_options import CI, CONFIDENCE, Ci
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import many, print_json, print_table
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError
from annotator.work.figure_words import interval, number, percent

if TYPE_CHECKING:
    from annotator.agreement import Estimate
    from annotator.work.intra import OwnAgreement

EXAMPLES = (
    "annotator agreement intra",
    "annotator agreement intra --round main --coder amal --json",
)


def intra(
    coder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="This coder only.", show_default=False),
    ] = None,
    confidence: CONFIDENCE = 0.95,
    ci: CI = Ci.AUTO,
    round_name: options.Round = None,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show how far coders agree with themselves, over the passages they were given again.

    What a coder submitted the second time is held against what they submitted the first time, as
    if two coders had said it; it is no part of the agreement between coders.
    """
    from annotator.work.intra import own_agreement
    from annotator.work.rounds import round_named
    from annotator.work.variable_agreement import Choices

    if ci is Ci.KALPHA:
        raise AnnotatorError("--ci kalpha is for a file of ratings; choose another.")
    with opened(project, read_only=True) as source:
        round_ = round_named(source, round_name)
        found = own_agreement(source, round_, Choices(confidence=confidence, ci=ci.value))
    shown = [one for one in found if coder is None or one.coder == coder]
    if not shown:
        known = ", ".join(one.coder for one in found if one.coder)
        raise AnnotatorError(
            f"{coder} has coded no passage of the round {round_.name} twice; choose from {known}."
        )
    if as_json:
        print_json({"round": round_.name, "coders": [one.as_json() for one in shown]})
        return
    for one in shown:
        _print(one, round_.name, confidence)


def _print(one: "OwnAgreement", round_name: str, confidence: float) -> None:
    who = one.coder or "All coders together"
    heading = interval_name(confidence)
    rows = [(row.name, *_cells(row.estimates)) for row in one.agreement.variables if row.estimates]
    for unit in one.agreement.records:
        rows.append((f"{unit.label}: found again", *_cells((unit.found.f1,))))
        rows += [(row.name, *_cells(row.matched)) for row in unit.variables if row.matched]
    print_table(
        ("Variable", "n", "Agreement", "Alpha", heading, "Remark"),
        rows,
        title=f"{who}, round {round_name}: {many(one.n_passages, 'passage')} twice, {one.days:g} "
        "days apart (median)",
        numbers=("n", "Agreement", "Alpha"),
        whole=(heading,),
    )


def _cells(estimates: "Sequence[Estimate]") -> tuple[str, ...]:
    by_name = {one.name: one for one in estimates}
    share = by_name.get("percent_agreement") or by_name.get("f1")
    alpha = by_name.get("alpha")
    told = alpha or share
    if told is None:
        return ("", "", "", "", "")
    return (
        str(told.n_units),
        percent(share.value if share else None),
        number(alpha.value if alpha else None),
        interval(told),
        why(told),
    )
