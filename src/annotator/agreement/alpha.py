"""Krippendorff's alpha under a distance that does not depend on the data.

Alpha is 1 - (n - 1) Do / De over the n values of the U pairable units, where Do sums, over units
with m values, the distances between their ordered pairs of values divided by m - 1, and De sums the
distances between all ordered pairs of values whatever their unit (Krippendorff 2018, chapter 12;
Krippendorff 2011).
"""

from functools import cached_property

import numpy as np

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Distance, Floats
from annotator.agreement.tally import Tally

_ROUNDING = 1e-13


class Alpha(Coefficient):
    """Alpha over pairable units.

    Its sums are the values' features or counts (see `Distance.features`), then Do. The value and
    its replicates without one unit take shorter ways than through the sums.

    Args:
        tally: The patterns and their sums.
        distance: How far apart two values lie.
    """

    name = "alpha"

    def __init__(self, tally: Tally, distance: Distance) -> None:
        self.patterns = tally.patterns
        self.n_units = tally.n_units
        self.n_values = tally.n_values
        self.reason = why_undefined(tally)
        self._tally = tally
        self._distance = distance
        self._features = distance.features
        kinds = tally.counts.size if self._features is None else len(self._features)
        self.n_columns = kinds + 1

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        return self._tally.weights(part)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        features = self._features
        if features is None:
            sums = self._tally.value_counts(part)
        else:
            sums = np.stack([self._tally.value_sums(part, feature) for feature in features])
        return np.vstack([sums, self._disagreement(part)])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        values, observed = sums[:, :-1], sums[:, -1]
        times = values.sum(axis=1) if self._features is None else values[:, 0]
        expected = self._distance.among(values)
        # Sums of squares of equal numbers leave their rounding behind.
        defined = expected > _ROUNDING * times
        return 1.0 - (times - 1.0) * observed / np.where(defined, expected, np.nan)

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        if self.reason:
            return None
        return 1.0 - (self.n_values - 1) * self._observed / self._expected

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        units = self.units(part)
        across = self._tally.value_sums(part, self._to_all)
        observed = self._observed - self._disagreement(part)
        expected = self._expected - 2 * across + self._within[part]
        rest = self.n_values - 1.0 - self._tally.present[part]
        return 1.0 - rest * observed / np.where(units > 0, expected, 1.0)

    def rests_on_one_unit(self) -> bool:
        """See `Coefficient.rests_on_one_unit`."""
        return self._tally.one_unit_varies()

    @cached_property
    def _to_all(self) -> Floats:
        return self._distance.to_all(self._tally.counts)

    @cached_property
    def _within(self) -> Floats:
        return self._tally.pair_sums(self._distance)

    @cached_property
    def _expected(self) -> float:
        return float(self._tally.counts @ self._to_all)

    @cached_property
    def _observed(self) -> float:
        return sum(
            float((self.units(part) * self._disagreement(part)).sum())
            for part in self.patterns.blocks()
        )

    def _disagreement(self, part: slice) -> Floats:
        return self._within[part] / self._tally.others(part)


def why_undefined(tally: Tally) -> str | None:
    """Why alpha is undefined at any level: `no_pairs`, `no_variation` or None."""
    if not tally.n_units:
        return "no_pairs"
    return "no_variation" if tally.counts.max() == tally.n_values else None
