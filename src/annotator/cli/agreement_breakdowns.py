"""Tables of agreement coder by coder, group by group and word by word."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.cli.agreement_bars import BAR_HEADING, bar
from annotator.cli.agreement_words import interval_name, why
from annotator.cli.output import print_table, say
from annotator.work.figure_words import NOTHING, interval, number, percent

if TYPE_CHECKING:
    from annotator.agreement import PairEstimate
    from annotator.exchange.agreement_page import AgreementPage
    from annotator.work.breakdown import CoderBreakdown, Strata
    from annotator.work.span_agreement import EvidenceAgreement


def print_breakdowns(page: "AgreementPage") -> None:
    """Print whatever of these tables there is."""
    _print_coders(page.coders, page.choices.confidence)
    for strata in page.strata:
        _print_groups(strata, page.choices.confidence)
    if page.strata:
        say(
            "Groups differ by chance alone: look at their intervals before you call it drift, and "
            "expect one comparison in twenty to look like a change."
        )
    _print_spans(page.spans, page.choices.confidence)


def _print_coders(found: Iterable["CoderBreakdown"], confidence: float) -> None:
    for one in found:
        if len(one.coders) < 2 or all(pair.estimate.value is None for pair in one.pairs):
            continue
        names = [coder.coder for coder in one.coders]
        if len(names) == 2:
            continue
        heading = interval_name(confidence)
        print_table(
            ("Coder", "Values", "Without", "Mean of pairs", "Against the rest", heading),
            [
                (
                    coder.coder,
                    str(coder.n_values),
                    number(coder.without.value),
                    number(coder.mean_pairwise.value),
                    number(coder.against_rest.value),
                    interval(coder.against_rest),
                )
                for coder in one.coders
            ],
            title=f"{one.name}, coder by coder: alpha without each, of pairs with each, and each "
            "against the rest",
            numbers=("Values", "Without", "Mean of pairs", "Against the rest"),
            whole=(heading,),
        )
        _print_pairs(names, one.pairs)


def _print_pairs(names: Sequence[str], pairs: Iterable["PairEstimate"]) -> None:
    """Print the alphas of pairs as a matrix."""
    if len(names) > 10:
        return
    values = {(pair.first, pair.second): number(pair.estimate.value) for pair in pairs}
    print_table(
        ("Alpha of pairs", *names[1:]),
        [(row, *(values.get((row, column), "") for column in names[1:])) for row in names[:-1]],
        numbers=names[1:],
    )


def _print_groups(found: "Strata", confidence: float) -> None:
    heading = interval_name(confidence)
    rows = []
    for group in found.groups:
        by_name = {one.name: one for one in group.estimates}
        alpha, agreed = by_name.get("alpha"), by_name.get("percent_agreement")
        shown = alpha or next(iter(group.estimates), None)
        if shown is not None:
            rows.append(
                (
                    group.stratum,
                    str(shown.n_units),
                    percent(agreed.value if agreed else None),
                    number(shown.value),
                    interval(shown),
                    bar(shown),
                    why(shown),
                )
            )
    print_table(
        (found.by.capitalize(), "n", "Agreement", "Alpha", heading, BAR_HEADING, "Remark"),
        rows,
        title=f"{found.name}, by {found.by}",
        numbers=("n", "Agreement", "Alpha"),
        whole=(heading, BAR_HEADING),
    )
    for change in found.changes:
        one = change.difference
        if one.value is None:
            say(f"{change.group} less {change.before}: no difference: {why(one)}.")
            continue
        chance = NOTHING if one.p is None else f"{one.p:.4f}"
        say(
            f"{change.group} less {change.before}: {one.value:+.3f}, {heading} {interval(one)}, "
            f"p = {chance} (two-sided, that they are the same)."
        )


def _print_spans(found: Iterable["EvidenceAgreement"], confidence: float) -> None:
    heading = interval_name(confidence)
    rows = []
    for one in found:
        for span in one.estimates:
            rows.append(
                (
                    one.name,
                    span.name if span.code is None else f"{span.name} {span.code}",
                    number(span.value),
                    interval(span),
                    str(one.n_passages),
                    why(span),
                )
            )
        for match in one.matches:
            apart = "" if match.tolerance is None else f", up to {match.tolerance} words apart"
            rows.append(
                (
                    one.name,
                    f"F1 of {match.name.removesuffix('_f1')}{apart}",
                    number(match.value),
                    interval(match),
                    str(one.n_passages),
                    why(match),
                )
            )
    if rows:
        print_table(
            ("Words for", "Coefficient", "Value", heading, "n", "Remark"),
            rows,
            title="Words marked as evidence (alpha for unitizing, Krippendorff and others 2016; F1 "
            "is not corrected for chance)",
            numbers=("Value", "n"),
            whole=(heading,),
        )
