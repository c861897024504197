"""Intervals over whole reports: what is measured inside one report is not independent.

Sums that have a row per report are drawn anew with replacement, or left out in turn. Efron and
Tibshirani 1993, *An Introduction to the Bootstrap*, chapters 11, 13 and 14.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, inf, isfinite, sqrt

import numpy as np

from annotator.agreement.distance import Floats
from annotator.agreement.intervals import check_confidence
from annotator.agreement.jackknife import standard_error, t_interval
from annotator.agreement.student import normal_quantile
from annotator.errors import AnnotatorError

FEWEST_REPORTS = 20
"""With fewer, drawing them says too little of the spread, and the interval is the jackknife's."""

MOST_UNDEFINED = 0.05
"""The share of draws without a value above which those with one no longer stand for all."""

REPLICATES = 1000
FEWEST_REPLICATES = 100
SEED = 1

_BLOCK = 2_000_000


class Ci(StrEnum):
    """How an interval is made."""

    BCA = "bca"
    PERCENTILE = "percentile"
    JACKKNIFE = "jackknife"

    @classmethod
    def named(cls, name: "Ci | str") -> "Ci":
        """The interval of this name.

        Raises:
            AnnotatorError: There is none.
        """
        try:
            return cls(name)
        except ValueError:
            raise AnnotatorError(
                f"There is no interval “{name}”; choose from {', '.join(cls)}."
            ) from None


@dataclass(frozen=True, slots=True)
class Interval:
    """A standard error and an interval, or why one of them is missing.

    Attributes:
        error: The jackknife standard error; 0 where leaving out any report changes nothing.
        ends: The interval, None without one.
        method: `bca`, `percentile` or `jackknife_t`; None without an interval.
        reason: `one_report`, `variation_in_one_report` or `no_spread`; None with an interval.
    """

    error: float | None = None
    ends: tuple[float, float] | None = None
    method: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Draws:
    """How intervals over reports are made.

    Attributes:
        ci: Which interval; with few reports, or where the draws give none, the jackknife's.
        confidence: Between 0 and 1.
        replicates: How often the reports are drawn with replacement.
        seed: Of the draws; one seed draws the same reports for every coefficient.
    """

    ci: Ci = Ci.BCA
    confidence: float = 0.95
    replicates: int = REPLICATES
    seed: int = SEED

    @classmethod
    def of(cls, ci: Ci | str, confidence: float, replicates: int, seed: int) -> "Draws":
        """See that the choices are sound.

        Raises:
            AnnotatorError: There is no such interval, the confidence is no share between 0 and 1,
                there are too few draws, or the seed is negative.
        """
        check_confidence(confidence)
        if replicates < FEWEST_REPLICATES:
            raise AnnotatorError(
                f"{replicates} draws are too few for an interval; take {FEWEST_REPLICATES} or more."
            )
        if seed < 0:
            raise AnnotatorError(f"The seed is {seed}; give a whole number from 0.")
        return cls(Ci.named(ci), confidence, replicates, seed)

    def weights(self, n_reports: int) -> Iterator[Floats]:
        """How often each report is drawn, in blocks of draws (b x G); none for the jackknife."""
        if self.ci is Ci.JACKKNIFE or n_reports < FEWEST_REPORTS:
            return
        random = np.random.default_rng(self.seed)
        share = np.full(n_reports, 1.0 / n_reports)
        step = max(1, _BLOCK // n_reports)
        for done in range(0, self.replicates, step):
            size = min(step, self.replicates - done)
            yield random.multinomial(n_reports, share, size=size).astype(np.float64)

    def interval(self, value: float, left_out: Floats, drawn: Floats) -> Interval:
        """The interval of a coefficient that has a value.

        Args:
            value: The coefficient over all reports.
            left_out: The coefficient without each report, nan where it is undefined (G).
            drawn: The coefficient over each draw, nan where it is undefined (B, or none).
        """
        n_reports = len(left_out)
        if n_reports == 1:
            return Interval(reason="one_report")
        if np.isnan(left_out).any():
            return Interval(reason="variation_in_one_report")
        error = standard_error([(np.ones(n_reports), left_out)], n_reports)
        if not error:
            return Interval(0.0, reason="no_spread")
        kept = drawn[~np.isnan(drawn)]
        if len(kept) and len(kept) >= (1 - MOST_UNDEFINED) * len(drawn):
            bias, acceleration = (
                _corrections(value, left_out, kept) if self.ci is Ci.BCA else (0.0, 0.0)
            )
            ends = _ends(kept, self.confidence, bias, acceleration)
            if ends:
                return Interval(error, ends, self.ci.value)
        low, high = t_interval(value, error, n_reports - 1, self.confidence)
        return Interval(error, (low, min(1.0, high)), "jackknife_t")


def _corrections(value: float, left_out: Floats, drawn: Floats) -> tuple[float, float]:
    """Bias and acceleration of the BCa interval (Efron 1987).

    The bias is infinite where the draws lie all on one side of the value.
    """
    # Draws that equal the value count half on either side.
    below = (float((drawn < value).mean()) + float((drawn <= value).mean())) / 2
    deviations = left_out.mean() - left_out
    acceleration = float((deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5))
    return normal_quantile(below) if 0 < below < 1 else inf, acceleration


def _ends(
    drawn: Floats, confidence: float, bias: float, acceleration: float
) -> tuple[float, float] | None:
    """The two quantiles of the draws, moved by the corrections; None where these cannot be used."""
    shares: list[float] = []
    for tail in ((1 - confidence) / 2, (1 + confidence) / 2):
        shifted = bias + normal_quantile(tail)
        if not isfinite(bias) or acceleration * shifted >= 1:
            return None
        moved = bias + shifted / (1 - acceleration * shifted)
        shares.append(erfc(-moved / sqrt(2)) / 2)
    low, high = np.quantile(drawn, shares)
    return float(low), float(high)
