"""Krippendorff's alpha under the ordinal distance, which follows from how often each value occurs.

The distance of two values is the squared difference of their mid-ranks R_c = sum of counts below c
plus half of n_c (Krippendorff 2011, section E).
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import none_as_nan, unit_that_decides, why_undefined
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats, SquaredDifference
from annotator.agreement.ordinal_sums import OrdinalSums
from annotator.agreement.pair_bootstrap import pair_bootstrap
from annotator.agreement.replicates import Replicates
from annotator.agreement.tally import Tally

_CELLS_AT_ONCE = 1 << 20


class OrdinalAlpha(Coefficient):
    """Alpha under the ordinal distance.

    Its sums are the counts of the V values, then the coincidences of each pair of different values
    that some unit holds.

    Args:
        tally: The patterns; the values' codes are in the order of the scale.
    """

    name = "alpha"

    def __init__(self, tally: Tally) -> None:
        self.patterns = tally.patterns
        self.n_units = tally.n_units
        self.n_values = tally.n_values
        self.reason = why_undefined(tally)
        self._tally = tally

    @property
    def n_columns(self) -> int:  # type: ignore[override]
        """See `Coefficient`."""
        return self._tally.counts.size + self._pairs.size

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        return self._tally.weights(part)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        width = self._tally.present[part].size
        coincidences = np.zeros(self._pairs.size * width)
        share = 1.0 / self._tally.others(part)
        for place, keys in self._pair_keys(part):
            row = np.searchsorted(self._pairs, keys)
            # The same pair may come from several pairs of coders, but once for each of them.
            coincidences[row * width + place] += share[place]
        return np.vstack([self._tally.value_counts(part), coincidences.reshape(-1, width)])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        n_kinds = self._tally.counts.size
        counts = sums[:, :n_kinds]
        times = counts.sum(axis=1)
        scale = 1.0 / np.maximum(times, 1.0)
        ranks = (np.cumsum(counts, axis=1) - counts / 2) * scale[:, None]
        low, high = np.divmod(self._pairs, n_kinds)
        observed = np.zeros(len(sums))
        step = max(1, _CELLS_AT_ONCE // max(1, len(sums)))
        for start in range(0, self._pairs.size, step):
            part = slice(start, start + step)
            apart = (ranks[:, high[part]] - ranks[:, low[part]]) ** 2
            observed += 2.0 * (sums[:, n_kinds:][:, part] * apart).sum(axis=1)
        expected = times * (times**3 - (counts**3).sum(axis=1)) / 6 * scale**2
        return np.asarray(1.0 - (times - 1.0) * observed / np.where(expected > 0, expected, np.nan))

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        if self.reason:
            return None
        return 1.0 - (self.n_values - 1) * self._sums.observed / self._sums.expected

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        observed, expected = self._sums.without_one(part)
        rest = self.n_values - 1.0 - self._tally.present[part]
        return np.asarray(1.0 - rest * observed / none_as_nan(expected, self._sums.expected))

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`."""
        return unit_that_decides(self._tally)

    def pair_bootstrap(self, n_replicates: int, seed: int) -> Replicates | None:
        """See `Coefficient.pair_bootstrap`."""
        if self.reason:
            return None
        # As the distance is that of mid-ranks, it is fixed with them.
        counts = self._tally.counts.astype(np.float64)
        ranks = SquaredDifference(np.cumsum(counts) - counts / 2)
        return pair_bootstrap(self._tally, ranks, n_replicates, seed)

    @cached_property
    def _sums(self) -> OrdinalSums:
        return OrdinalSums(self._tally)

    @cached_property
    def _pairs(self) -> NDArray[np.intp]:
        """Lower value x V + higher value of each pair of different values in some unit, sorted."""
        found = [
            np.unique(keys) for part in self.patterns.blocks() for _, keys in self._pair_keys(part)
        ]
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)

    def _pair_keys(self, part: slice) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """For each pair of rows, which patterns of a slice hold two different values, and which."""
        block = self.patterns.values[:, part].astype(np.intp)
        n_kinds = self._tally.counts.size
        for row in range(1, len(block)):
            for other in range(row):
                low = np.minimum(block[row], block[other])
                high = np.maximum(block[row], block[other])
                place = np.flatnonzero((low >= 0) & (low < high))
                yield place, low[place] * n_kinds + high[place]
