"""`annotator round results`: how far coders meet the known answers of a round."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from annotator.cli import options
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import print_json, print_table, say
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError, WorkProblem
from annotator.work.figure_words import interval, number, percent

if TYPE_CHECKING:
    from annotator.store.project import Project
    from annotator.store.rounds import RoundRow
    from annotator.work.gold import GoldGroup
    from annotator.work.reliability import Reliability
    from annotator.work.training import CoderResult

EXAMPLES = (
    "annotator round results training",
    "annotator round results training --coder amal --json",
)
_CONFIDENCE = 0.95
OfCoder = TypeVar("OfCoder", "CoderResult", "GoldGroup")


def results(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The round.")],
    coder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="This coder only, variable by variable.", show_default=False
        ),
    ] = None,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show how far coders meet the known answers of a round, code by code.

    Of a round of training: who passed. Of a round with gold passages: how far each coder meets them
    in all, over each 150 of their passages, and by week. Only first submissions count.
    """
    from annotator.store.rounds import named_round
    from annotator.store.training import training_settings

    with opened(project, read_only=True) as source:
        round_ = named_round(source, name)
        if training_settings(source, round_.id) is not None:
            _of_training(source, round_, coder, as_json=as_json)
        else:
            _of_gold(source, round_, coder, as_json=as_json)


def _chosen(rows: Sequence[OfCoder], coder: str | None, round_: "RoundRow") -> list[OfCoder]:
    found = [one for one in rows if coder in (None, one.coder)]
    if not found and coder is not None:
        known = ", ".join(dict.fromkeys(one.coder for one in rows)) or "nobody yet"
        raise AnnotatorError(
            f"{coder} has no passage with a known answer in the round {round_.name}; choose from "
            f"{known}."
        )
    return found


# --- training ------------------------------------------------------------------------------------


def _of_training(
    source: "Project", round_: "RoundRow", coder: str | None, *, as_json: bool
) -> None:
    from annotator.work.training import agreement_with_answers
    from annotator.work.training import results as of_training

    found = _chosen(of_training(source, round_), coder, round_)
    if not found:
        raise WorkProblem(f"Nobody has begun the round {round_.name} yet.")
    agreement = {one.coder: agreement_with_answers(source, round_, one.coder) for one in found}
    if as_json:
        rows = [_training_json(one, agreement[one.coder]) for one in found]
        print_json({"round": round_.name, "purpose": "training", "coders": rows})
        return
    print_training(round_, found)
    for one in found:
        _print_codes(one, everything=coder is not None)
        measured = agreement[one.coder]
        if coder is not None and measured is not None:
            _print_variables(one.coder, measured)
    if coder is None:
        say(f"Variable by variable: annotator round results {round_.name} --coder NAME")


def print_training(round_: "RoundRow", found: "Sequence[CoderResult]") -> None:
    """Print who passed a round of training."""
    print_table(
        ("Coder", "Submitted", "Same", "Agreement", "Result", "On record"),
        [_training_row(one) for one in found],
        title=f"Round {round_.name}: against the known answers, {found[0].result.pass_at:g} passes",
        numbers=("Submitted", "Same", "Agreement"),
    )


def _training_json(one: "CoderResult", agreement: "Reliability | None") -> dict[str, Any]:
    found = None if agreement is None else agreement.as_json()
    return {
        **one.as_json(),
        "variables": found["variables"] if found else [],
        "records": found["records"] if found else [],
    }


def _training_row(one: "CoderResult") -> tuple[str, ...]:
    result, on_record = one.result, one.assessed
    verdict = "passed" if result.passed else "not passed" if result.complete else "not finished"
    return (
        one.coder,
        f"{result.n_submitted} of {result.n_passages}",
        str(result.n_same),
        number(result.agreement),
        verdict,
        f"{on_record.at:%Y-%m-%d %H:%M}" if on_record else "",
    )


def _print_codes(one: "CoderResult", *, everything: bool) -> None:
    below = set(one.result.below)
    rows = [
        (
            code.title,
            str(code.n),
            str(code.found),
            str(code.missed),
            str(code.added),
            number(code.agreement),
            "too low" if code in below else "",
        )
        for code in one.result.codes
        if everything or code.missed or code.added
    ]
    if rows:
        numbers = ("n", "Found", "Missed", "Added", "Agreement")
        print_table(
            ("Code", *numbers, "Remark"),
            rows,
            title=f"{one.coder}: {'every code' if everything else 'codes with a difference'}",
            numbers=numbers,
        )


def _print_variables(coder: str, found: "Reliability") -> None:
    heading = interval_name(_CONFIDENCE)
    rows = []
    every = [(one.name, one.estimates) for one in found.variables]
    for unit in found.records:
        every += [(one.name, one.matched) for one in unit.variables]
    for name, estimates in every:
        by_name = {one.name: one for one in estimates}
        alpha, kappa = by_name.get("alpha"), by_name.get("cohen_kappa")
        if alpha is None:
            continue
        rows.append(
            (
                name,
                str(alpha.n_units),
                percent(by_name["percent_agreement"].value),
                number(kappa.value if kappa else None),
                number(alpha.value),
                interval(alpha),
                why(alpha),
            )
        )
    numbers = ("n", "Same", "Kappa", "Alpha")
    if rows:
        print_table(
            ("Variable", *numbers, heading, "Remark"),
            rows,
            title=f"{coder} and the known answers as two coders",
            numbers=numbers,
            whole=(heading,),
        )


# --- gold ----------------------------------------------------------------------------------------


def _of_gold(source: "Project", round_: "RoundRow", coder: str | None, *, as_json: bool) -> None:
    from annotator.store.known_answers import known_answers
    from annotator.work.gold import gold_agreement

    if not known_answers(source, round_.id):
        raise WorkProblem(
            f"No passage of the round {round_.name} has a known answer; `annotator round new` "
            "makes rounds that have some, with --examples to train or with --gold."
        )
    found = _chosen(gold_agreement(source, round_), coder, round_)
    if not found:
        raise WorkProblem(f"Nobody has coded a gold passage of the round {round_.name} yet.")
    if as_json:
        rows = [one.as_json() for one in found]
        print_json({"round": round_.name, "purpose": round_.purpose, "gold": rows})
        return
    numbers = ("Gold passages", "Same", "Found", "Missed", "Added", "Agreement")
    print_table(
        ("Coder", "Over", *numbers),
        [
            (
                one.coder,
                {"all": "all", "batch": f"passages {one.label}", "week": one.label}[one.kind],
                *map(str, (one.n_passages, one.n_same, one.found, one.missed, one.added)),
                number(one.agreement),
            )
            for one in found
        ],
        title=f"Round {round_.name}: against the gold answers",
        numbers=numbers,
    )
