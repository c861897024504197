"""Krippendorff's alpha and percent agreement with their jackknife standard errors.

Alpha is 1 - (n - 1) Do / De over the n values of the U pairable units, where Do sums, over units
with m values, the distances between their ordered pairs of values divided by m - 1, and De sums the
distances between all ordered pairs of values whatever their unit (Krippendorff 2018, chapter 12;
Krippendorff 2011).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotator.agreement.distance import Distance, Floats
from annotator.agreement.jackknife import standard_error
from annotator.agreement.ordinal import OrdinalSums
from annotator.agreement.tally import Tally


@dataclass(frozen=True, slots=True)
class Result:
    """A coefficient and its standard error, each None where it is undefined.

    `reason` says why the value is undefined or, where there is a value, why it has no interval.
    """

    value: float | None
    error: float | None
    reason: str | None


def percent_agreement(tally: Tally) -> Result:
    """The share of equal pairs of values in a unit, averaged over the pairable units.

    The mean of n_c(n_c - 1) / (m(m - 1)), summed over values c, as in Fleiss 1971 and, with missing
    values, Gwet 2014.
    """
    if not tally.n_units:
        return Result(None, None, "no_pairs")
    total = 0.0
    for weights, shares in _shares(tally):
        total += float((weights * shares).sum())
    value = total / tally.n_units
    if tally.n_units == 1:
        return Result(value, None, "one_unit")
    rest = tally.n_units - 1
    error = standard_error(
        ((weights, (total - shares) / rest) for weights, shares in _shares(tally)), tally.n_units
    )
    return Result(value, error, None if error else "no_spread")


def alpha(tally: Tally, distance: Distance | None) -> Result:
    """Krippendorff's alpha and its jackknife standard error.

    Args:
        tally: The patterns and their sums.
        distance: How far apart two values lie; None for the ordinal distance, which follows
            from how often each value occurs.
    """
    if not tally.n_units:
        return Result(None, None, "no_pairs")
    if tally.counts.max() == tally.n_values:
        return Result(None, None, "no_variation")
    sums = OrdinalSums(tally) if distance is None else _FixedSums(tally, distance)
    value = 1.0 - (tally.n_values - 1) * sums.observed / sums.expected
    if tally.n_units == 1:
        return Result(value, None, "one_unit")
    if tally.one_unit_varies():
        return Result(value, None, "variation_in_one_unit")
    error = standard_error(_replicates(tally, sums), tally.n_units)
    return Result(value, error, None if error else "no_spread")


class _FixedSums:
    """Observed and expected sums under a distance that does not depend on the data."""

    def __init__(self, tally: Tally, distance: Distance) -> None:
        self._tally = tally
        self._to_all = distance.to_all(tally.counts)
        self._within = tally.pair_sums(distance)
        self.expected = float(tally.counts @ self._to_all)
        self.observed = 0.0
        for part in tally.patterns.blocks():
            self.observed += float((tally.weights(part) * self._disagreement(part)).sum())

    def _disagreement(self, part: slice) -> Floats:
        return self._within[part] / np.maximum(self._tally.present[part].astype(np.float64) - 1, 1)

    def without_one(self, part: slice) -> tuple[Floats, Floats]:
        """Observed and expected sums without one unit of each pattern of a slice."""
        across = self._tally.value_sums(part, self._to_all)
        observed = self.observed - self._disagreement(part)
        return observed, self.expected - 2 * across + self._within[part]


def _replicates(tally: Tally, sums: _FixedSums | OrdinalSums) -> Iterator[tuple[Floats, Floats]]:
    for part in tally.patterns.blocks():
        weights = tally.weights(part)
        observed, expected = sums.without_one(part)
        # A pattern that is not pairable stands for no replicate and may have any value.
        expected = np.where(weights > 0, expected, 1.0)
        rest = tally.n_values - 1.0 - tally.present[part]
        yield weights, 1.0 - rest * observed / expected


def _shares(tally: Tally) -> Iterator[tuple[Floats, Floats]]:
    for part in tally.patterns.blocks():
        present = tally.present[part].astype(np.float64)
        pairs = np.maximum(present * (present - 1.0), 1.0)
        yield tally.weights(part), 2.0 * tally.equal[part] / pairs
