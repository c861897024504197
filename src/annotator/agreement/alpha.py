"""Krippendorff's alpha under a distance that does not depend on the data.

Alpha is 1 - (n - 1) Do / De over the n values of the U pairable units, where Do sums, over units
with m values, the distances between their ordered pairs of values divided by m - 1, and De sums the
distances between all ordered pairs of values whatever their unit (Krippendorff 2018, chapter 12;
Krippendorff 2011).
"""

import math
from functools import cached_property

import numpy as np

from annotator.agreement import lookups
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Counts, Distance, Floats, Nominal
from annotator.agreement.jackknife import without_rounding
from annotator.agreement.pair_bootstrap import pair_bootstrap
from annotator.agreement.replicates import Replicates
from annotator.agreement.tally import Tally, Within

_ROUNDING = 1e-13
_NOTHING_LEFT = 1e-14


class Alpha(Coefficient):
    """Alpha over pairable units.

    Its sums are the values' features or counts (see `Distance.features`), then Do. The value and
    its replicates without one unit take shorter ways than through the sums.

    Args:
        tally: The patterns and their sums.
        distance: How far apart two values lie.
        within: That distance summed over the values of each pattern, where it is known.
        as_table: Whether the analytic variance divides by n, as for a table of two coders, and not
            by n - 1.
    """

    name = "alpha"

    def __init__(
        self,
        tally: Tally,
        distance: Distance,
        within: Within | None = None,
        *,
        as_table: bool = False,
    ) -> None:
        self.patterns = tally.patterns
        self.n_units = tally.n_units
        self.n_values = tally.n_values
        self.reason = why_undefined(tally)
        self._tally = tally
        self._distance = distance
        self._within = within or Within(tally, distance)
        self._as_table = as_table
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

    def in_groups(self, part: slice, groups: Counts, n_groups: int) -> Floats:
        """See `Coefficient.in_groups`; no unit needs a place for each of the V values."""
        if self._features is not None:
            return super().in_groups(part, groups, n_groups)
        enter = self.units(part) > 0
        block, groups = self.patterns.values[:, part][:, enter], groups[enter]
        counts = lookups.values_in_groups(block, self._tally.counts.size, groups, n_groups)
        apart = np.bincount(groups, self._disagreement(part)[enter], n_groups)
        return np.vstack([counts, apart])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        values, observed = sums[:, :-1], sums[:, -1]
        times = values.sum(axis=1) if self._features is None else values[:, 0]
        expected = self._distance.across(values, values)
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
        across = self._tally.value_sums(part, self._to_all)
        within = self._within.of(part)
        observed = self._observed - within / self._tally.others(part)
        expected = self._expected - 2 * across + within
        rest = self.n_values - 1.0 - self._tally.present[part]
        return np.asarray(1.0 - rest * observed / none_as_nan(expected, self._expected))

    def without(self, columns: Floats) -> Floats:
        """See `Coefficient.without`; quick where a column holds few of the values."""
        if self._features is not None:
            return super().without(columns)
        counts, observed = columns[:-1], self._observed - columns[-1]
        times = self.n_values - counts.sum(axis=0)
        within = self._distance.across(counts.T, counts.T)
        expected = self._expected - 2.0 * (self._to_all @ counts) + within
        defined = expected > _ROUNDING * times
        return np.asarray(1.0 - (times - 1.0) * observed / np.where(defined, expected, np.nan))

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`."""
        return unit_that_decides(self._tally)

    def analytic(self) -> float | None:
        """See `Coefficient.analytic`: the linearisation of Gwet 2014, chapter 5.

        It treats (n - 1)/n as 1 and the published alpha's finite population as infinite.
        """
        if self.n_units < 2 or self.value is None:
            return None
        disagreement = self._observed / self.n_values
        ratio = 2.0 * self._observed / self._expected
        square = 0.0
        for part in self.patterns.blocks():
            present = self._tally.present[part]
            terms = self._disagreement(part) + disagreement * present
            terms -= ratio * self._tally.value_sums(part, self._to_all)
            square += float((self.units(part) * terms * terms).sum())
        scale = self.n_units * self.n_values / self._expected
        freedom = self.n_units if self._as_table else self.n_units - 1
        return without_rounding(scale * math.sqrt(square / (self.n_units * freedom)))

    def pair_bootstrap(self, n_replicates: int, seed: int) -> Replicates | None:
        """See `Coefficient.pair_bootstrap`."""
        return (
            None if self.reason else pair_bootstrap(self._tally, self._distance, n_replicates, seed)
        )

    @cached_property
    def _to_all(self) -> Floats:
        return self._distance.to_all(self._tally.counts)

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
        return self._within.of(part) / self._tally.others(part)


class NominalAlpha(Alpha):
    """Nominal alpha, by what a nominal distance sees of a unit: see `Tally.kinds`.

    Args:
        tally: The patterns and their sums; its `kinds` are known.
        as_table: See `Alpha`.
    """

    def __init__(self, tally: Tally, *, as_table: bool = False) -> None:
        super().__init__(tally, Nominal(), as_table=as_table)
        assert tally.kinds is not None
        self._kinds = tally.kinds.ravel()
        present, equal = np.indices(tally.kinds.shape, dtype=np.float64).reshape(2, -1)
        self._present = present
        self._apart = present * (present - 1.0) - 2.0 * equal

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        kind = self._tally.kind(part)
        expected = self._rest_expected.take(kind)
        expected -= 2 * self._tally.value_sums(part, self._to_all)
        observed = self._rest_observed.take(kind)
        observed /= none_as_nan(expected, self._expected)
        return np.subtract(1.0, observed, out=observed)

    @cached_property
    def _rest_observed(self) -> Floats:
        """For each kind, n - 1 times Do without such a unit."""
        rest = self.n_values - 1.0 - self._present
        return np.asarray(rest * (self._observed - self._apart / self._others))

    @cached_property
    def _rest_expected(self) -> Floats:
        """For each kind, De without such a unit, but for its distances to all others."""
        return self._expected + self._apart

    @cached_property
    def _others(self) -> Floats:
        return np.maximum(self._present - 1.0, 1.0)

    @cached_property
    def _observed(self) -> float:
        # A unit with one value has no pair, and so no distance.
        return float(self._kinds @ (self._apart / self._others))


def alpha_for(
    tally: Tally, distance: Distance, within: Within | None = None, *, as_table: bool = False
) -> Alpha:
    """Alpha under a distance, by the shortest way; see `Alpha`."""
    if isinstance(distance, Nominal) and tally.kinds is not None:
        return NominalAlpha(tally, as_table=as_table)
    return Alpha(tally, distance, within, as_table=as_table)


def none_as_nan(expected: Floats, whole: float) -> Floats:
    """Expected sums without a unit, nan where nothing but rounding is left of the whole."""
    return np.where(expected > _NOTHING_LEFT * whole, expected, np.nan)


def unit_that_decides(tally: Tally) -> str | None:
    """Why alpha cannot be taken without each unit in turn: see `Coefficient.jackknife`."""
    if tally.n_units == 1:
        return "one_unit"
    return "variation_in_one_unit" if tally.one_unit_varies() else None


def why_undefined(tally: Tally) -> str | None:
    """Why alpha is undefined at any level: `no_pairs`, `no_variation` or None."""
    if not tally.n_units:
        return "no_pairs"
    return "no_variation" if tally.counts.max() == tally.n_values else None
