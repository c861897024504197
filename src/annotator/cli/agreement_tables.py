"""Agreement as tables for people: numbers, their intervals, and what they allow."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.agreement.estimate import Estimate
from annotator.agreement.intervals import MOST_UNDEFINED, Ci
from annotator.agreement.verdict import VERDICT_SOURCE, verdict
from annotator.cli.agreement_bars import BAR_HEADING, bar
from annotator.cli.agreement_words import GWET, interval_name, skew_in_words, why
from annotator.cli.output import many, print_table, say
from annotator.cli.record_tables import print_records
from annotator.work.figure_words import NOTHING, interval, number, percent

if TYPE_CHECKING:
    from annotator.agreement import CodeEstimate
    from annotator.work.reliability import Reliability
    from annotator.work.variable_agreement import VariableAgreement

CONFIDENCE_OF_VERDICT = 0.95
"""The confidence that the thresholds of a verdict are meant for."""

_TYPES_WITH_CODES = ("code", "codes", "scale", "yes_no")


def codings_in_words(found: "Reliability") -> str:
    """What was compared, in a sentence."""
    codings = "blind first codings" if found.which == "first" else "latest codings"
    return (
        f"Round {found.round}, {codings}, codebook {found.codebook.id} "
        f"{', '.join(found.versions)}: {many(found.n_compared, 'passage')} coded by two or more of "
        f"{found.n_coders} coders."
    )


def print_reliability(found: "Reliability", confidence: float, *, with_codes: bool = True) -> None:
    """Print the variables of a round, the codes of each, then its records."""
    say(codings_in_words(found))
    for note in found.notes:
        say(note)
    judged = confidence == CONFIDENCE_OF_VERDICT
    measured = [one for one in found.variables if one.alpha is not None]
    columns = ["Variable", "Agreement", GWET, "Alpha", interval_name(confidence)]
    if measured:
        print_table(
            [*columns, BAR_HEADING, *(["Verdict"] if judged else [])],
            [_variable_row(one, judged) for one in measured],
            numbers=("Agreement", GWET, "Alpha"),
            whole=(interval_name(confidence), BAR_HEADING, "Verdict"),
        )
    if judged:
        say(f"Verdict: {VERDICT_SOURCE}.")
    _print_grounds(measured)
    for one in found.variables:
        if one.alpha is not None and one.alpha.reason:
            say(f"{one.name}: {why(one.alpha)}.")
        if sentence := skew_in_words(one.name, one.estimates):
            say(sentence)
        if one.note:
            say(f"{one.name}: {one.note}")
    _print_others(measured, confidence)
    for one in found.variables:
        if with_codes and one.codes and one.type in _TYPES_WITH_CODES:
            labels = [code.label for code in one.codes]
            print_codes(
                f"{one.name}, each code against all others",
                labels,
                [code.estimate for code in one.codes],
                confidence,
            )
    print_records(found.records, confidence)


def _print_grounds(measured: Sequence["VariableAgreement"]) -> None:
    """Print what the figures of each variable stand on."""
    if not measured:
        return
    chances = ("P(<.667)", "P(<.800)")
    print_table(
        ("Variable", "Level", "n", "Coders", *chances, "Commonest"),
        [_grounds_row(one) for one in measured],
        title="What they stand on, and the chance that alpha is below .667 and .800",
        numbers=("n", "Coders", *chances),
        whole=("Level",),
    )


def _grounds_row(one: "VariableAgreement") -> list[str]:
    alpha, common = one.alpha, one.commonest
    drawn = alpha.resampling if alpha else None
    share = common.estimate.prevalence if common else None
    return [
        one.name,
        one.level,
        str(alpha.n_units if alpha else 0),
        str(alpha.n_coders if alpha else 0),
        percent(drawn.below_667 if drawn else None),
        percent(drawn.below_800 if drawn else None),
        f"{common.label} {percent(share)}" if common else "",
    ]


def _print_others(measured: Sequence["VariableAgreement"], confidence: float) -> None:
    """Print the coefficients that were asked for beside those that are always there."""
    always = ("percent_agreement", "alpha", "gwet_ac")
    rows = [
        (one.name, each.name, number(each.value), interval(each), why(each))
        for one in measured
        for each in one.estimates
        if each.name not in always
    ]
    if rows:
        heading = interval_name(confidence)
        print_table(
            ("Variable", "Coefficient", "Value", heading, "Remark"),
            rows,
            title="Other coefficients",
            numbers=("Value",),
            whole=("Coefficient", heading),
        )


def print_ratings(
    title: str,
    found: Sequence[Estimate],
    codes: Sequence["CodeEstimate"],
    confidence: float,
) -> None:
    """Print the estimates of one table of ratings, then those of its codes."""
    if not found:
        say(f"{title}: none of these coefficients applies.")
        return
    say(
        f"{title}: level {found[0].level}, {many(found[0].n_units, 'unit')} with two or more "
        f"values, {many(found[0].n_coders, 'coder')}, {many(found[0].n_values, 'value')}"
        f"{_in_clusters(found[0])}."
    )
    print_table(
        ("Coefficient", "Value", interval_name(confidence), BAR_HEADING, "By", "SE"),
        [
            (
                one.name,
                number(one.value),
                interval(one),
                bar(one),
                one.ci_method or NOTHING,
                number(one.se),
            )
            for one in found
        ],
        numbers=("Value", "SE"),
        whole=("Coefficient", interval_name(confidence), BAR_HEADING, "By"),
    )
    for one in found:
        if one.reason:
            say(f"{one.name}: {why(one)}.")
    if sentence := skew_in_words(title, found):
        say(sentence)
    for one in found:
        if one.name == "alpha":
            print_chances(one)
            if confidence == CONFIDENCE_OF_VERDICT:
                say(f"Verdict on alpha: {verdict(one)} ({VERDICT_SOURCE}).")
    if codes:
        labels = [str(code.code) for code in codes]
        print_codes("Each code against all others", labels, codes, confidence)


def _in_clusters(one: Estimate) -> str:
    return "" if one.n_clusters is None else f" in {many(one.n_clusters, 'cluster')}"


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
    alpha, agreed, gwet = (one.estimate(name) for name in ("alpha", "percent_agreement", "gwet_ac"))
    return [
        one.name,
        percent(agreed.value if agreed else None),
        number(gwet.value) if gwet else "",
        number(alpha.value if alpha else None),
        interval(alpha) if alpha else "",
        bar(alpha) if alpha else "",
        *([str(verdict(alpha)) if alpha else ""] if judged else []),
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
