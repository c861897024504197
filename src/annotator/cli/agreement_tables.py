"""Agreement as tables for people: numbers, their intervals, and what they allow."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.agreement.estimate import Estimate
from annotator.agreement.intervals import MOST_UNDEFINED, Ci
from annotator.agreement.verdict import VERDICT_SOURCE, verdict
from annotator.cli.agreement_words import interval, interval_name, number, percent, why
from annotator.cli.output import print_table, say
from annotator.cli.record_tables import print_records

if TYPE_CHECKING:
    from annotator.agreement import CodeEstimate
    from annotator.work.reliability import Reliability
    from annotator.work.variable_agreement import VariableAgreement

CONFIDENCE_OF_VERDICT = 0.95
"""The confidence that the thresholds of a verdict are meant for."""

_TYPES_WITH_CODES = ("code", "codes", "scale", "yes_no")


def print_reliability(found: "Reliability", confidence: float) -> None:
    """Print a table of the variables of a round, one of the codes of each, then of its records."""
    codings = "blind first codings" if found.which == "first" else "latest codings"
    say(
        f"Round {found.round}, {codings}, codebook {found.codebook.id} "
        f"{', '.join(found.versions)}: {found.n_compared} passages coded by two or more of "
        f"{found.n_coders} coders."
    )
    for note in found.notes:
        say(note)
    judged = confidence == CONFIDENCE_OF_VERDICT
    columns = ["Variable", "Level", "Agreement", "Alpha", interval_name(confidence), "n", "Coders"]
    print_table(
        [*columns, *(["Verdict"] if judged else []), "Commonest"],
        [_variable_row(one, judged) for one in found.variables if one.estimates],
        numbers=("Agreement", "Alpha", "n", "Coders"),
        whole=("Level", interval_name(confidence), "Verdict"),
    )
    if judged:
        say(f"Verdict: {VERDICT_SOURCE}.")
    for one in found.variables:
        for estimate in one.estimates:
            if estimate.name == "alpha" and estimate.reason:
                say(f"{one.name}: {why(estimate)}.")
        if one.note:
            say(f"{one.name}: {one.note}")
    for one in found.variables:
        if one.codes and one.type in _TYPES_WITH_CODES:
            labels = [code.label for code in one.codes]
            print_codes(
                f"{one.name}, each code against all others",
                labels,
                [code.estimate for code in one.codes],
                confidence,
            )
    print_records(found.records, confidence)


def print_chances(one: Estimate) -> None:
    """Print what the draws of a bootstrap say of an alpha, and whether they can be trusted."""
    drawn = one.resampling
    if drawn is None:
        return
    if drawn.below_667 is not None and drawn.below_800 is not None:
        say(
            f"Chance that {one.name} is below .667: {percent(drawn.below_667)}, below .800: "
            f"{percent(drawn.below_800)} ({drawn.n_replicates:,} draws, seed {drawn.seed})."
        )
    if drawn.n_undefined > MOST_UNDEFINED * drawn.n_replicates:
        share = percent(drawn.n_undefined / drawn.n_replicates)
        say(
            f"Caution: in {share} of the draws {one.name} was undefined, so that they tell too "
            "little."
        )
    if one.ci_method == Ci.KALPHA:
        say("Caution: kalpha takes pairs of values for independent; its intervals are too narrow.")


def _variable_row(one: "VariableAgreement", judged: bool) -> list[str]:
    by_name = {estimate.name: estimate for estimate in one.estimates}
    alpha, agreed = by_name["alpha"], by_name["percent_agreement"]
    common = one.commonest
    share = common.estimate.prevalence if common else None
    return [
        one.name,
        one.level,
        percent(agreed.value),
        number(alpha.value),
        interval(alpha),
        str(alpha.n_units),
        str(alpha.n_coders),
        *([str(verdict(alpha))] if judged else []),
        f"{common.label} {percent(share)}" if common else "",
    ]


def print_codes(
    title: str, labels: Sequence[str], codes: Sequence["CodeEstimate"], confidence: float
) -> None:
    """Print the codes that anyone used; the others are named below."""
    used = [pair for pair in zip(labels, codes, strict=True) if pair[1].n_units_used]
    print_table(
        (
            "Code",
            "Prevalence",
            "Used in",
            "Agreement",
            "Alpha",
            interval_name(confidence),
            "If used",
            "If not",
        ),
        [
            (
                label,
                percent(code.prevalence),
                str(code.n_units_used),
                percent(code.percent_agreement.value),
                number(code.alpha.value),
                interval(code.alpha),
                percent(code.positive_agreement),
                percent(code.negative_agreement),
            )
            for label, code in used
        ],
        title=title,
        numbers=("Prevalence", "Used in", "Agreement", "Alpha", "If used", "If not"),
        whole=(interval_name(confidence),),
    )
    unused = [label for label, code in zip(labels, codes, strict=True) if not code.n_units_used]
    if unused:
        say(f"Not used by anyone: {', '.join(unused)}.")
