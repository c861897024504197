"""Every figure of agreement as one CSV table: a row for each, under the names of `Estimate`."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.agreement_page import AgreementPage, compared_of
from annotator.exchange.csv_table import number_cell, text_cell

COLUMNS = (
    "section",
    "variable",
    "part",
    "name",
    "level",
    "weights",
    "value",
    "se",
    "se_method",
    "ci_low",
    "ci_high",
    "ci_method",
    "n_units",
    "n_coders",
    "n_values",
    "reason",
    "prevalence",
    "p",
)
"""The columns: which table a figure is from, which variable, and which code, coder, pair or group
of it; then the fields of an estimate, the prevalence of a code, and the p of a difference."""

_Figure = Mapping[str, Any]
_Row = tuple[str, str, str, _Figure]


def agreement_csv(page: AgreementPage) -> str:
    """The whole table as text: UTF-8 when encoded, CRLF between rows as RFC 4180 has it.

    Args:
        page: What was measured.
    """
    lines = [",".join(map(text_cell, COLUMNS))]
    for section, variable, part, figure in _rows(page):
        cells = [section, variable, part, *(figure.get(name) for name in COLUMNS[3:])]
        lines.append(",".join(map(_cell, cells)))
    return "\r\n".join([*lines, ""])


def _cell(value: str | float | None) -> str:
    return text_cell(value) if isinstance(value, str) else number_cell(value)


def _rows(page: AgreementPage) -> Iterator[_Row]:
    for variable in page.variables:
        for one in variable.estimates:
            yield "variable", variable.variable, "", one.as_json()
        for code in variable.codes:
            prevalence = {"prevalence": code.estimate.prevalence}
            for one in (code.estimate.alpha, code.estimate.percent_agreement):
                yield "code", variable.variable, str(code.estimate.code), one.as_json() | prevalence
    for coders in page.coders:
        for coder in coders.coders:
            for name, one in (
                ("without", coder.without),
                ("mean_pairwise", coder.mean_pairwise),
                ("against_rest", coder.against_rest),
            ):
                yield "coder", coders.variable, coder.coder, one.as_json() | {"name": name}
        for pair in coders.pairs:
            both = f"{pair.first} / {pair.second}"
            yield "pair", coders.variable, both, pair.estimate.as_json()
    for strata in page.strata:
        for group in strata.groups:
            for one in group.estimates:
                yield strata.by, strata.variable, group.stratum, one.as_json()
        for change in strata.changes:
            both = f"{change.group} less {change.before}"
            yield f"{strata.by}_change", strata.variable, both, change.difference.as_json()
    yield from _records(page)
    for evidence in page.spans:
        for span in evidence.estimates:
            yield "span", evidence.subject, span.code or "", span.as_json()
        for code_words in evidence.codes:
            alpha = code_words.estimate.alpha
            yield "span_code", evidence.subject, str(code_words.estimate.code), alpha.as_json()
        for match in evidence.matches:
            apart = "" if match.tolerance is None else f"{match.tolerance} {match.counted_in}"
            yield "span_match", evidence.subject, apart, match.as_json()


def _records(page: AgreementPage) -> Iterator[_Row]:
    for unit in page.records:
        yield "found", unit.unit, "", unit.found.f1.as_json()
        for pair in unit.found.pairs:
            yield "found", unit.unit, " / ".join(pair.coders), pair.f1.as_json()
        for record in compared_of(unit):
            if record.found is not None:
                yield "found", record.variable, "", record.found.as_json()
            for one in record.matched:
                yield "matched", record.variable, "", one.as_json()
            for one in record.with_missed:
                yield "with_missed", record.variable, "", one.as_json()
            if record.counts is not None:
                for one in (record.counts.exact, record.counts.overlap):
                    yield "count", record.variable, "", one.as_json()
