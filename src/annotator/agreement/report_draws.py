"""Intervals over whole reports: what is measured inside one report is not independent.

Sums that have a row per report are drawn anew with replacement, or left out in turn. Efron and
Tibshirani 1993, *An Introduction to the Bootstrap*, chapters 11, 13 and 14.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotator.agreement.distance import Floats
from annotator.agreement.intervals import Sampling, draws_are_wanted, interval
from annotator.agreement.jackknife import standard_error
from annotator.agreement.replicates import Replicates

_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A standard error and an interval, or why one of them is missing.

    Attributes:
        error: The jackknife standard error; 0 where leaving out any report changes nothing.
        ends: The interval, None without one.
        method: `bca`, `percentile` or `jackknife_t`; None without an interval.
        reason: `one_report`, `variation_in_one_report` or `no_spread`; None with an interval.
        replicates: The draws of the bootstrap, None without one.
    """

    error: float | None = None
    ends: tuple[float, float] | None = None
    method: str | None = None
    reason: str | None = None
    replicates: Replicates | None = None


def report_weights(n_reports: int, how: Sampling) -> Iterator[Floats]:
    """How often each report is drawn, in blocks of draws (b x G); none for the jackknife.

    Args:
        n_reports: G.
        how: Which interval is asked for; one seed draws the same reports for every coefficient.
    """
    if not draws_are_wanted(n_reports, how):
        return
    random = np.random.default_rng(how.seed)
    share = np.full(n_reports, 1.0 / n_reports)
    step = max(1, _BLOCK // n_reports)
    for done in range(0, how.replicates, step):
        size = min(step, how.replicates - done)
        yield random.multinomial(n_reports, share, size=size).astype(np.float64)


def report_interval(value: float, left_out: Floats, drawn: Floats, how: Sampling) -> Interval:
    """The interval of a coefficient that has a value, cut off above 1.

    Args:
        value: The coefficient over all reports.
        left_out: The coefficient without each report, nan where it is undefined (G).
        drawn: The coefficient over each draw, nan where it is undefined (B, or none).
        how: Which interval is asked for.
    """
    n_reports = len(left_out)
    if n_reports == 1:
        return Interval(reason="one_report")
    if np.isnan(left_out).any():
        return Interval(reason="variation_in_one_report")
    without_one = [(np.ones(n_reports), left_out)]
    error = standard_error(without_one, n_reports)
    if not error:
        return Interval(0.0, reason="no_spread")
    defined = drawn[~np.isnan(drawn)]
    replicates = Replicates(defined, drawn.size - defined.size, how.seed) if drawn.size else None
    low, high, method = interval(value, error, n_reports - 1, without_one, replicates, how)
    return Interval(error, (low, min(1.0, high)), method, replicates=replicates)
