"""Agreement as a report to read and to print: one HTML file that loads nothing and runs nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.agreement import Estimate
from annotator.agreement.verdict import VERDICT_SOURCE, verdict
from annotator.exchange.agreement_marks import (
    STYLE,
    Bar,
    forest,
    heading,
    matrix,
    paragraph,
    safe,
    shaded,
    table,
)
from annotator.exchange.agreement_methods import methods
from annotator.exchange.agreement_page import AgreementPage, compared_of
from annotator.work.breakdown import CoderBreakdown, Strata
from annotator.work.figure_words import interval, number, percent
from annotator.work.variable_agreement import VariableAgreement

if TYPE_CHECKING:
    # These load the store, which a file of ratings has no need of.
    from annotator.work.span_agreement import EvidenceAgreement
    from annotator.work.unit_agreement import UnitAgreement

_DOUBTFUL = 10
_JUDGED = 0.95
"""The confidence that the thresholds of a verdict are meant for."""


def agreement_html(page: AgreementPage) -> str:
    """The whole file.

    Args:
        page: What was measured. Every text of it is escaped, and what cannot be seen spelled out.
    """
    body = "\n".join(_body(page))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(page.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(page: AgreementPage) -> Iterator[str]:
    yield heading(1, page.title)
    for sentence in page.summary:
        yield paragraph(sentence)
    yield from _variables(page)
    for variable in page.variables:
        yield from _codes(variable)
    for unit in page.records:
        yield from _records(unit)
    yield from _spans(page.spans)
    for coders in page.coders:
        yield from _coders(coders)
    for strata in page.strata:
        yield from _strata(strata)
    yield heading(2, "Methods")
    yield paragraph(methods(page))


def _bar(label: str, one: Estimate, *more: str) -> Bar:
    return Bar((label, *more), one.value, one.ci_low, one.ci_high)


def _variables(page: AgreementPage) -> Iterator[str]:
    judged = page.choices.confidence == _JUDGED
    bars = []
    for variable in page.variables:
        alpha = variable.alpha
        if alpha is None:
            continue
        agreed, gwet = variable.estimate("percent_agreement"), variable.estimate("gwet_ac")
        bars.append(
            _bar(
                variable.name,
                alpha,
                variable.level,
                str(alpha.n_units),
                percent(agreed.value if agreed else None),
                number(gwet.value if gwet else None),
                number(alpha.value),
                interval(alpha),
                *([str(verdict(alpha))] if judged else []),
            )
        )
    if not bars:
        return
    yield heading(2, "Krippendorff's alpha of each variable")
    names = ("Variable", "Level", "Units", "Agreement", "Gwet AC", "Alpha", _ci(page))
    yield forest((*names, *(["Verdict"] if judged else [])), bars)
    if judged:
        yield paragraph(f"Verdict: {VERDICT_SOURCE}.")
    notes = [f"{one.name}: {one.note}" for one in page.variables if one.note]
    for note in notes:
        yield paragraph(note)


def _ci(page: AgreementPage) -> str:
    return f"{100 * page.choices.confidence:g} % interval"


def _codes(variable: VariableAgreement) -> Iterator[str]:
    used = [one for one in variable.codes if one.estimate.n_units_used]
    if not used:
        return
    yield heading(2, f"{variable.name}: each code against all others")
    yield forest(
        ("Code", "Prevalence", "Used in", "Alpha", "Interval", "If used", "If not"),
        [
            _bar(
                one.label,
                one.estimate.alpha,
                percent(one.estimate.prevalence),
                str(one.estimate.n_units_used),
                number(one.estimate.alpha.value),
                interval(one.estimate.alpha),
                percent(one.estimate.positive_agreement),
                percent(one.estimate.negative_agreement),
            )
            for one in used
        ],
    )
    unused = [one.label for one in variable.codes if not one.estimate.n_units_used]
    if unused:
        yield paragraph(f"Not used by anyone: {', '.join(unused)}.")


def _records(unit: "UnitAgreement") -> Iterator[str]:
    found = unit.found
    yield heading(2, f"{unit.label}: found and missed")
    yield paragraph(
        f"{found.n_found} different ones found, {found.n_shared} by two coders or more, "
        f"{found.n_by_all} by all who coded the passage. F1 of all pairs of coders: "
        f"{number(found.f1.value)}, interval {interval(found.f1)}."
    )
    yield table(
        ("Coder", "Records", "Found by others too", "Missed", "Of what others found"),
        [
            (
                one.coder,
                str(one.n_records),
                str(one.n_shared),
                str(one.n_missed),
                percent(one.share),
            )
            for one in found.coders
        ],
    )
    bars = []
    for record in compared_of(unit):
        by_name = {one.name: one for one in record.matched}
        alpha, agreed, gwet = (
            by_name.get(name) for name in ("alpha", "percent_agreement", "gwet_ac")
        )
        with_missed = next((one.value for one in record.with_missed if one.name == "alpha"), None)
        if alpha is not None and alpha.n_units:
            bars.append(
                _bar(
                    record.name,
                    alpha,
                    record.level,
                    number(record.found.value if record.found else None),
                    percent(agreed.value if agreed else None),
                    number(gwet.value) if gwet else "",
                    number(alpha.value),
                    interval(alpha),
                    number(with_missed),
                )
            )
    if bars:
        yield heading(3, f"{unit.label}: what is said of those that two coders or more found")
        yield forest(
            (
                "Variable",
                "Level",
                "Found (F1)",
                "Agreement",
                "Gwet AC",
                "Alpha",
                "Interval",
                "With missed",
            ),
            bars,
        )
        yield paragraph(
            "Agreement, Gwet's coefficient and alpha look only at what both found. With missed is "
            "alpha when one that a coder did not find counts as a value of its own; read it and "
            "F1 together with them."
        )


def _spans(found: "Iterable[EvidenceAgreement]") -> Iterator[str]:
    rows = []
    for one in found:
        for span in one.estimates:
            name = span.name if span.code is None else f"{span.name} {span.code}"
            rows.append((one.name, name, number(span.value), interval(span), str(one.n_passages)))
        for match in one.matches:
            apart = "" if match.tolerance is None else f", up to {match.tolerance} words apart"
            name = f"{match.name}{apart}"
            rows.append((one.name, name, number(match.value), interval(match), str(one.n_passages)))
    if rows:
        yield heading(2, "Words marked as evidence")
        yield table(("Words for", "Coefficient", "Value", "Interval", "Passages"), rows)


def _coders(found: CoderBreakdown) -> Iterator[str]:
    yield heading(2, f"{found.name}: coder by coder")
    yield forest(
        ("Coder", "Values", "Alpha without", "Mean of pairs", "Against the rest", "Interval"),
        [
            _bar(
                one.coder,
                one.against_rest,
                str(one.n_values),
                number(one.without.value),
                number(one.mean_pairwise.value),
                number(one.against_rest.value),
                interval(one.against_rest),
            )
            for one in found.coders
        ],
    )
    yield forest(
        ("Pair", "Units", "Alpha", "Interval"),
        [
            _bar(
                f"{one.first} / {one.second}",
                one.estimate,
                str(one.estimate.n_units),
                number(one.estimate.value),
                interval(one.estimate),
            )
            for one in found.pairs
        ],
    )
    for one in found.confusions:
        yield heading(3, f"What {one.first} (rows) and {one.second} (columns) gave")
        yield _confusion(found.categories, one.counts)


def _confusion(categories: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    most = max((count for row in counts for count in row), default=0) or 1
    rows = [
        (name, [shaded(one, one / most, same=here == there) for there, one in enumerate(row)])
        for here, (name, row) in enumerate(zip(categories, counts, strict=True))
    ]
    return matrix(categories, rows)


def _strata(found: Strata) -> Iterator[str]:
    bars = []
    for group in found.groups:
        by_name = {one.name: one for one in group.estimates}
        alpha, agreed = by_name.get("alpha"), by_name.get("percent_agreement")
        if alpha is not None:
            bars.append(
                _bar(
                    group.stratum,
                    alpha,
                    str(alpha.n_units),
                    percent(agreed.value if agreed else None),
                    number(alpha.value),
                    interval(alpha),
                )
            )
    if bars:
        yield heading(2, f"{found.name}: by {found.by}")
        names = (found.by.capitalize(), "Units", "Agreement", "Alpha", "Interval")
        yield forest(names, bars)
    for change in found.changes:
        one = change.difference
        chance = "" if one.p is None else f", p = {one.p:.4f}"
        yield paragraph(
            f"{change.group} less {change.before}: {number(one.value)}, interval "
            f"{interval(one)}{chance}."
        )
