"""Sums for the ordinal distance, which follows from how often each value occurs.

Krippendorff's ordinal distance is the squared difference of mid-ranks R_c = sum of counts below c
plus half of n_c. Without a unit u the mid-ranks become R - s, where the step s_c counts the unit's
own values below c, and half of those at c. The observed sum is a quadratic form in R,
2 R'LR with L = diag(n_c) - coincidences, so that without u it is 2 (R'LR - 2 s'LR + s'Ls) less the
unit's own share; as s is a sum of one step per value of the unit, s'LR and s'Ls are sums of entries
of cumulated tables. The expected sum is n (n^3 - sum of n_c^3) / 6 whatever the ranks are.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import none_as_nan, unit_that_decides, why_undefined
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats, SquaredDifference
from annotator.agreement.pair_bootstrap import pair_bootstrap
from annotator.agreement.ratings import Codes
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
    def _sums(self) -> "OrdinalSums":
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


class OrdinalSums:
    """Observed and expected sums under the ordinal distance, with and without one unit.

    Args:
        tally: The patterns; the values' codes are in the order of the scale.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._counts = tally.counts.astype(np.float64)
        # Ranks as shares of all values keep the fourth powers of n out of the sums.
        self._scale = 1.0 / tally.n_values
        self._ranks = (np.cumsum(self._counts) - self._counts / 2) * self._scale
        self._cubes = float((self._counts**3).sum())
        self.expected = float(self._expected(float(tally.n_values), self._cubes))
        self.observed = 0.0
        pulls = np.zeros(tally.counts.size + 1)
        for part in tally.patterns.blocks():
            block = tally.patterns.values[:, part]
            ranks = np.where(block >= 0, self._ranks[block], 0.0)
            weights = tally.weights(part)
            self.observed += float((weights * self._disagreement(part, ranks)).sum())
            weights /= self._tally.others(part)
            for codes, own in zip(block, ranks, strict=True):
                pulls += np.bincount(
                    codes.astype(np.intp) + 1, weights * (ranks.sum(axis=0) - own), pulls.size
                )
        # L R: what a value's rank adds to the observed sum as it moves.
        slope = self._counts * self._ranks - pulls[1:]
        self._along = _stepped(slope, axis=0) * self._scale
        self._across = self._products() * self._scale**2

    def without_one(self, part: slice) -> tuple[Floats, Floats]:
        """Observed and expected sums without one unit of each pattern of a slice."""
        block = self._tally.patterns.values[:, part]
        valid = block >= 0
        alike = np.stack([(block == codes).sum(axis=0) for codes in block]).astype(np.float64)
        below = np.stack([(valid & (block < codes)).sum(axis=0) for codes in block])
        ranks = np.where(valid, self._ranks[block] - (below + alike / 2) * self._scale, 0.0)
        moved = self._tally.value_sums(part, self._along)
        observed = self.observed - 4 * moved + 2 * self._across[part]
        observed -= self._disagreement(part, ranks)
        # Per value c with k of the unit's own: n_c^3 - (n_c - k)^3, shared out over its k places.
        counts = self._counts[block]
        cubes = (valid * (3 * counts**2 - 3 * counts * alike + alike**2)).sum(axis=0)
        rest = self._tally.n_values - self._tally.present[part].astype(np.float64)
        return observed, self._expected(rest, self._cubes - cubes)

    def _expected(self, n_values: Floats | float, cubes: Floats | float) -> Floats:
        rest = np.asarray(n_values)
        return np.asarray(rest * (rest**3 - cubes) / 6 * self._scale**2)

    def _disagreement(self, part: slice, ranks: Floats) -> Floats:
        """Squared differences of ranks (s x p) over the ordered pairs of a unit, over m - 1."""
        valid = self._tally.patterns.values[:, part] >= 0
        sums = np.zeros(ranks.shape[1])
        for row in range(1, len(ranks)):
            for other in range(row):
                sums += (valid[row] & valid[other]) * (ranks[row] - ranks[other]) ** 2
        return 2.0 * sums / self._tally.others(part)

    def _products(self) -> Floats:
        """P, s'Ls of each pattern, with steps of whole values; time grows with V squared."""
        n_values = self._counts.size
        products = np.zeros(self._tally.patterns.size)
        above = np.zeros(n_values)
        height = max(1, _CELLS_AT_ONCE // n_values)
        for stop in range(n_values, 0, -height):
            start = max(0, stop - height)
            rows = self._form(start, stop)
            table = _stepped(_stepped(rows, axis=0) + above, axis=1)
            above += rows.sum(axis=0)
            for part in self._tally.patterns.blocks():
                block = self._tally.patterns.values[:, part]
                valid = block >= 0
                for codes in block:
                    here = (codes >= start) & (codes < stop)
                    line = np.where(here, codes, start).astype(np.intp) - start
                    for other, counted in zip(block, valid, strict=True):
                        products[part] += (here & counted) * table[line, other]
        return products

    def _form(self, start: int, stop: int) -> Floats:
        """Rows `start` to `stop` of L: the counts on the diagonal, less the coincidences."""
        n_values = self._counts.size
        rows = np.zeros((stop - start) * n_values)
        for part in self._tally.patterns.blocks():
            block: Codes = self._tally.patterns.values[:, part]
            weights = self._tally.weights(part) / self._tally.others(part)
            for place, codes in enumerate(block):
                here = (codes >= start) & (codes < stop)
                for other_place, other in enumerate(block):
                    if place == other_place:
                        continue
                    both = here & (other >= 0)
                    cells = (codes[both].astype(np.intp) - start) * n_values + other[both]
                    rows -= np.bincount(cells, weights[both], rows.size)
        form = rows.reshape(stop - start, n_values)
        diagonal = np.arange(start, stop)
        form[diagonal - start, diagonal] += self._counts[diagonal]
        return form


def _stepped(table: Floats, axis: int) -> Floats:
    """For each place along an axis, the sum of all later entries and half of its own."""
    later = np.flip(np.cumsum(np.flip(table, axis), axis), axis)
    return np.asarray(later - table / 2)
