"""Agreement as `annotator status --agreement` tells it: figures, alarms, what is confused."""

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.cli.agreement_bars import BAR_HEADING, bar
from annotator.cli.agreement_drift import print_alarms
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import print_table, say
from annotator.work.figure_words import interval, number, percent

if TYPE_CHECKING:
    from annotator.agreement import Estimate
    from annotator.work.reliability import Reliability
    from annotator.work.status import RoundStatus
    from annotator.work.status_agreement import RoundAgreement

_CONFIDENCE = 0.95


def print_agreement(one: "RoundStatus") -> None:
    """Print how far the coders of a round agree."""
    found = one.agreement
    if found is None:
        return
    if found.reliability is None or found.drift is None:
        say(f"Round {one.row.name}: {found.reason}")
        return
    _print_variables(found.reliability)
    print_alarms(found.drift)
    for gold in found.drift.gold_alarms:
        say(
            f"{gold.coder} meets {percent(gold.agreement)} of the gold in passages "
            f"{gold.label} ({gold.n_passages} gold passages): below 75%."
        )
    _print_disputed(one.row.name, found)


def _print_variables(found: "Reliability") -> None:
    heading = interval_name(_CONFIDENCE)
    every = [(one.name, one.alpha) for one in found.variables]
    every += [(f"{one.label} found (F1)", one.found.f1) for one in found.records]
    figures = [(name, one) for name, one in every if one is not None]
    print_table(
        ("Agreement", "n", "Alpha", heading, BAR_HEADING, "Remark"),
        [_row(name, one) for name, one in figures if one.value is not None],
        title=f"Agreement, round {found.round}",
        numbers=("n", "Alpha"),
        whole=(heading, BAR_HEADING),
    )
    undefined: dict[str, list[str]] = defaultdict(list)
    for name, one in figures:
        if one.value is None:
            undefined[why(one)].append(name)
    for reason, names in undefined.items():
        say(f"{', '.join(names)}: {reason}.")


def _row(name: str, one: "Estimate") -> tuple[str, ...]:
    return name, str(one.n_units), number(one.value), interval(one), bar(one), why(one)


def _print_disputed(round_name: str, found: "RoundAgreement") -> None:
    if not found.disputed:
        return
    print_table(
        ("Variable", "One gave", "Another gave", "Times", "Passages"),
        [
            (
                one.name,
                one.cell.first,
                one.cell.second,
                str(one.cell.times),
                str(len(one.cell.places)),
            )
            for one in found.disputed
        ],
        title=f"Most confused, round {round_name}",
        numbers=("Times", "Passages"),
    )
