"""Estimates of agreement on spans: each coefficient of unitizing with its interval over reports."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from math import isnan
from typing import Any

from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.coincidences import Coincidences, coincidences, weighted
from annotator.agreement.continuum import Spans
from annotator.agreement.distance import Floats
from annotator.agreement.estimate import Estimate, Resampling
from annotator.agreement.intervals import Ci, Sampling
from annotator.agreement.level import Level
from annotator.agreement.report_draws import Interval, report_interval, report_weights
from annotator.agreement.ualpha import (
    cualpha,
    kualpha,
    ualpha_binary,
    ualpha_nominal,
    why_undefined,
)

OVERLAPPING_CODES = "overlapping_codes"
"""Why a coefficient is undefined that needs one value at each position."""


@dataclass(frozen=True, slots=True)
class SpanEstimate(Estimate):
    """One coefficient on one set of spans.

    The fields are those of `Estimate`, where `n_units` are the continua that two or more coders
    coded, `n_values` the spans on them (of the code, for a coefficient of one code), and standard
    error and interval come from leaving out or drawing whole reports.

    Attributes:
        code: The code that a coefficient is about, None where it is about all of them.
        coverage: What a coefficient of coinciding spans rests on: for `cualpha` the share of all
            positions, for `kualpha` that of the positions with its code, that lie in spans of other
            coders too; None elsewhere.
    """

    code: str | None = None
    coverage: float | None = None

    def as_json(self) -> dict[str, str | float | int | None]:
        """The fields under their names; `code` and `coverage` only where they say something."""
        return {
            name: value
            for name, value in Estimate.as_json(self).items()
            if value is not None or name not in ("code", "coverage")
        }


@dataclass(frozen=True, slots=True)
class SpanCode:
    """How far coders mark the same stretches for one code, all other codes counting as gaps.

    Attributes:
        code: The code.
        alpha: `ualpha_binary` of its spans on continua of their own.
        prevalence: The share of positions that have it, of those that coders coded; None without
            any continuum that two coders coded.
        positive_agreement: Given that a coder marked a position for the code, the chance that
            another coder did; None if nobody marked any.
    """

    code: str
    alpha: SpanEstimate
    prevalence: float | None
    positive_agreement: float | None

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, the estimate as in `SpanEstimate.as_json`."""
        return {**asdict(self), "alpha": self.alpha.as_json()}


def unitizing(
    spans: Spans,
    *,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[SpanEstimate]:
    """The coefficients of unitizing (see `annotator.agreement.ualpha`), with intervals.

    Where spans of one coder overlap, which they may with different codes, a position has no one
    value: then all but `ualpha_binary` are undefined, and that one takes overlapping spans for one.

    Args:
        spans: The spans that coders marked.
        ci: See `Ci`; reports are what is drawn or left out.
        confidence: Of the intervals, between 0 and 1.
        replicates: How many draws.
        seed: Of the draws.

    Returns:
        `ualpha_nominal`, `ualpha_binary`, `cualpha`, and `kualpha` once for each code, in order.

    Raises:
        AnnotatorError: An argument is not one of its choices.
    """
    how = Sampling.of(ci, confidence, replicates, seed)
    codes = range(len(spans.codes))
    if spans.overlapping:
        (marked,) = _measured(spans, [spans.regardless_of_codes()], how)
        return [
            _overlapping(spans, "ualpha_nominal"),
            marked.estimate("ualpha_binary", ualpha_binary),
            _overlapping(spans, "cualpha"),
            *(_overlapping(spans, "kualpha", code) for code in codes),
        ]
    (measured,) = _measured(spans, [spans], how)
    return [
        measured.estimate("ualpha_nominal", ualpha_nominal),
        measured.estimate("ualpha_binary", ualpha_binary),
        measured.estimate("cualpha", cualpha),
        *(measured.estimate("kualpha", partial(kualpha, code=code), code) for code in codes),
    ]


def unitizing_per_code(
    spans: Spans,
    *,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[SpanCode]:
    """Agreement on the stretches marked for each code, as if there were no other codes.

    It is defined where spans with different codes overlap, too. The arguments are those of
    `unitizing`.

    Returns:
        One entry per code, used or not, in the order of the spans' own list.

    Raises:
        AnnotatorError: An argument is not one of its choices.
    """
    how = Sampling.of(ci, confidence, replicates, seed)
    alone = [spans.with_code(place) for place in range(len(spans.codes))]
    found: list[SpanCode] = []
    for place, measured in enumerate(_measured(spans, alone, how)):
        lengths, agreed = measured.total.lengths[0], measured.total.agreed[0]
        found.append(
            SpanCode(
                spans.codes[place],
                measured.estimate("ualpha_binary", ualpha_binary, place),
                _share(lengths[1], lengths.sum()),
                _share(agreed[1], lengths[1]),
            )
        )
    return found


def _measured(spans: Spans, taken: Sequence[Spans], how: Sampling) -> list["_Measured"]:
    """What is measured of each part of some spans, over the same draws of their reports."""
    several = [coincidences(part) for part in taken]
    n_reports = len(several[0]) if several else 0
    drawn = weighted(several, report_weights(n_reports, how))
    return [
        _Measured(spans, sums, of_draws, how) for sums, of_draws in zip(several, drawn, strict=True)
    ]


class _Measured:
    """The sums of some spans: over all reports, without each one, and over each draw of them.

    Args:
        spans: The spans that estimates are about.
        sums: A row per report.
        drawn: A row per draw.
        how: How the intervals are made.
    """

    def __init__(
        self, spans: Spans, sums: Coincidences, drawn: Coincidences, how: Sampling
    ) -> None:
        self.spans = spans
        self.how = how
        self.sums = sums
        self.total = sums.total()
        self.left_out = sums.without_each()
        self.drawn = drawn

    def estimate(
        self, name: str, values: Callable[[Coincidences], Floats], code: int | None = None
    ) -> SpanEstimate:
        """One coefficient; `values` gives it for each row of sums, `code` is what it is about."""
        value = float(values(self.total)[0])
        if isnan(value):
            interval = Interval(reason=why_undefined(name, self.total, code))
            estimate = _estimate(self.spans, name, code, None, interval)
        else:
            interval = report_interval(value, values(self.left_out), values(self.drawn), self.how)
            estimate = _estimate(self.spans, name, code, value, interval)
        return replace(estimate, coverage=self._coverage(name, code))

    def _coverage(self, name: str, code: int | None) -> float | None:
        lengths, paired = self.total.lengths[0], self.total.paired[0]
        if name == "cualpha":
            return _share(paired.sum(), lengths.sum())
        if name == "kualpha" and code is not None:
            return _share(paired[code], lengths[code + 1])
        return None


def _overlapping(spans: Spans, name: str, code: int | None = None) -> SpanEstimate:
    return _estimate(spans, name, code, None, Interval(reason=OVERLAPPING_CODES))


def _estimate(
    spans: Spans, name: str, code: int | None, value: float | None, interval: Interval
) -> SpanEstimate:
    counted = spans.pairable[spans.continuum]
    if code is not None:
        counted &= spans.code == code
    low, high = interval.ends or (None, None)
    drawn = interval.replicates
    return SpanEstimate(
        name=name,
        level=str(Level.NOMINAL),
        weights=None,
        value=value,
        se=interval.error,
        se_method=None if interval.error is None else "jackknife",
        ci_low=low,
        ci_high=high,
        ci_method=interval.method,
        n_units=int(spans.pairable.sum()),
        n_coders=spans.n_coders,
        n_values=int(counted.sum()),
        reason=interval.reason,
        resampling=None if drawn is None else Resampling.of(drawn),
        code=None if code is None else spans.codes[code],
    )


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
