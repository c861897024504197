"""Agreement on the spans of a file: the coefficients of unitizing, and F1 beside them."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator.agreement import (
    Ci,
    SpanCode,
    SpanEstimate,
    SpanMatch,
    Spans,
    read_spans,
    span_matches,
    unitizing,
    unitizing_per_code,
)
from annotator.cli.agreement_tables import print_chances
from annotator.cli.agreement_words import Measured, interval_name, why
from annotator.cli.output import many, print_table, say
from annotator.errors import AnnotatorError
from annotator.work.figure_words import interval, number, percent

_MEANINGS = {
    "ualpha_nominal": "stretches and codes",
    "ualpha_binary": "stretches, any code",
    "cualpha": "codes where spans meet",
    "kualpha": "code where spans meet",
}
_MATCHES = {
    "boundary_f1": "Starts and ends",
    "span_f1_exact": "Spans with the same ends and code",
    "span_f1_overlap": "Spans with the same code that overlap",
}


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """All that is measured on a file of spans; `notes` are what a reader must know beside it."""

    path: Path
    spans: Spans
    confidence: float
    estimates: list[SpanEstimate]
    codes: list[SpanCode]
    matches: list[SpanMatch]
    notes: list[str]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "estimates": [one.as_json() for one in self.estimates],
            "codes": [one.as_json() for one in self.codes],
            "matches": [one.as_json() for one in self.matches],
            "bootstrap": [
                {"name": one.name, "code": one.code, **asdict(one.resampling)}
                for one in self.estimates
                if one.resampling
            ],
            "notes": self.notes,
        }

    def print(self) -> None:
        """Print tables for people."""
        first = self.estimates[0]
        say(
            f"{self.path}: {many(first.n_values, 'span')} of {many(first.n_coders, 'coder')} on "
            f"{many(first.n_units, 'text')} coded by two or more of them."
        )
        for note in self.notes:
            say(note)
        if first.reason == "one_report":
            say("There are no intervals: they are made over reports, and it takes two or more.")
        self._print_estimates()
        for one in self.estimates:
            if one.code is None:
                print_chances(one)
        self._print_codes()
        self._print_matches()

    def _print_estimates(self) -> None:
        ci = interval_name(self.confidence)
        print_table(
            ("Coefficient", "Code", "What agrees", "Value", ci, "Rests on", "Remark"),
            [
                (
                    one.name,
                    one.code or "",
                    _MEANINGS[one.name],
                    number(one.value),
                    interval(one),
                    "" if one.coverage is None else percent(one.coverage),
                    _remark(one),
                )
                for one in self.estimates
            ],
            title="Alpha for unitizing (Krippendorff and others 2016)",
            numbers=("Value", "Rests on"),
            whole=("Coefficient", ci),
        )

    def _print_codes(self) -> None:
        ci = interval_name(self.confidence)
        print_table(
            ("Code", "Share of text", "Alpha", ci, "If used", "Remark"),
            [
                (
                    one.code,
                    percent(one.prevalence),
                    number(one.alpha.value),
                    interval(one.alpha),
                    percent(one.positive_agreement),
                    _remark(one.alpha),
                )
                for one in self.codes
            ],
            title="Each code by itself, all others being gaps (ualpha_binary)",
            numbers=("Share of text", "Alpha", "If used"),
            whole=(ci,),
        )

    def _print_matches(self) -> None:
        ci = interval_name(self.confidence)
        print_table(
            ("What matches", "F1", ci, "Matches", "Marks", "Remark"),
            [
                (
                    _match_name(one),
                    number(one.value),
                    interval(one),
                    str(one.n_matched),
                    str(one.n_marked),
                    _remark(one),
                )
                for one in self.matches
            ],
            title="F1 of pairs of coders, not corrected for chance",
            numbers=("F1", "Matches", "Marks"),
            whole=(ci,),
        )


def measure_spans(
    path: Path,
    length: int | None,
    begin: int,
    tolerance: int | None,
    all_coded: bool,
    *,
    ci: str,
    confidence: float,
    replicates: int,
    seed: int,
) -> SpanAgreement:
    """Measure the agreement on the spans of a file.

    Args:
        path: The file.
        length: How many positions a text has of which the file does not say it.
        begin: The first position of such a text.
        tolerance: How far apart boundaries may lie that match, besides those at the same position.
        all_coded: Every coder coded every text.
        ci: How the intervals are made: `auto`, `bca`, `percentile` or `jackknife`.
        confidence: Of the intervals.
        replicates: How many draws of reports.
        seed: Of the draws.

    Raises:
        AnnotatorError: The file cannot be read, or an argument is not one of its choices.
    """
    if ci == Ci.KALPHA:
        raise AnnotatorError("--ci kalpha is for ratings; spans have no pairs of values to draw.")
    spans = read_spans(path, length, begin, all_coded=all_coded)
    return SpanAgreement(
        path,
        spans,
        confidence,
        unitizing(spans, ci=ci, confidence=confidence, replicates=replicates, seed=seed),
        unitizing_per_code(spans, ci=ci, confidence=confidence, replicates=replicates, seed=seed),
        span_matches(
            spans,
            sorted({0, tolerance or 0}),
            ci=ci,
            confidence=confidence,
            replicates=replicates,
            seed=seed,
        ),
        _notes(spans),
    )


def _notes(spans: Spans) -> list[str]:
    notes = []
    some = int((~spans.coded.all(axis=1)).sum())
    if some:
        notes.append(
            f"Some of the {len(spans.coders)} coders did not code {some} of the "
            f"{many(len(spans.continua), 'text')}. Whoever coded one and marked nothing needs a "
            "line with the names of both, or --all-coded."
        )
    if spans.overlapping:
        notes.append(
            "Spans of one coder overlap, so that a position has no one code: only what is marked "
            "at all, and each code by itself, can be measured."
        )
    return notes


def _remark(one: Measured) -> str:
    return "" if one.reason == "one_report" else why(one)


def _match_name(one: SpanMatch) -> str:
    name = _MATCHES[one.name]
    return f"{name}, up to {one.tolerance} apart" if one.tolerance else name
