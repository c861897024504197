"""Observed and expected sums under the ordinal distance, with and without one unit.

Without a unit u the mid-ranks R become R - s, where the step s_c counts the unit's own values below
c, and half of those at c. The observed sum is a quadratic form in R, 2 R'LR with L = diag(n_c) -
coincidences, so that without u it is 2 (R'LR - 2 s'LR + s'Ls) less the unit's own share; as s is a
sum of one step per value of the unit, s'LR and s'Ls are sums of entries of cumulated tables. The
expected sum is n (n^3 - sum of n_c^3) / 6 whatever the ranks are.
"""

from abc import ABC, abstractmethod
from itertools import combinations

import numpy as np

from annotator.agreement import lookups
from annotator.agreement.distance import Floats
from annotator.agreement.ratings import Codes
from annotator.agreement.tally import Tally

_TABLE_CELLS = 1 << 16
_CELLS_AT_ONCE = 1 << 20


class OrdinalSums:
    """See above.

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
        small = (self._counts.size + 1) ** 2 <= _TABLE_CELLS
        self._form = (_Whole if small else _Strips)(tally, self._ranks)
        self.observed = self._form.observed
        self._along = _stepped(self._form.slope, axis=0) * self._scale

    def without_one(self, part: slice) -> tuple[Floats, Floats]:
        """Observed and expected sums without one unit of each pattern of a slice."""
        block = self._tally.patterns.values[:, part]
        present = self._tally.present[part].astype(np.float64)
        moved = self._tally.value_sums(part, self._along)
        observed = self.observed - 4 * moved + 2 * self._scale**2 * self._form.across(part)
        first, second, cubes = (np.zeros(present.size) for _ in range(3))
        ranks, counts = np.append(self._ranks, 0.0), np.append(self._counts, 0.0)
        steps, alike = _within_units(block)
        for codes, step, same in zip(block, steps, alike, strict=True):
            places = codes.astype(np.intp)
            valid = codes >= 0
            rank = valid * (ranks[places] - (step + present) * (self._scale / 2))
            first += rank
            second += rank * rank
            # Per value c with k of the unit's own: n_c^3 - (n_c - k)^3, shared out over k places.
            own, k = counts[places], same.astype(np.float64)
            cubes += valid * (3 * own * (own - k) + k * k)
        observed -= 2 * (present * second - first * first) / self._tally.others(part)
        return observed, self._expected(self._tally.n_values - present, self._cubes - cubes)

    def _expected(self, n_values: Floats | float, cubes: Floats | float) -> Floats:
        rest = np.asarray(n_values)
        return np.asarray(rest * (rest**3 - cubes) / 6 * self._scale**2)


def _within_units(block: Codes) -> tuple[Codes, Codes]:
    """For each code of a block, its place among the codes of its unit, and how often it occurs.

    Returns:
        How many of the unit's codes are below less how many are above (s x p), so that with the
        m codes of the unit added it is twice the code's own step; and how many codes of the unit
        are the same (s x p). What is said of a missing code means nothing.
    """
    small = np.int8 if len(block) < 127 else np.int32
    steps: Codes = np.zeros(block.shape, dtype=small)
    alike: Codes = np.ones(block.shape, dtype=small)
    # Missing codes, -1, lie below all others: that much less is the place of each of these.
    steps -= (block < 0).sum(axis=0, dtype=small)
    for one, other in combinations(range(len(block)), 2):
        above = np.greater(block[one], block[other]).view(np.int8)
        below = np.less(block[one], block[other]).view(np.int8)
        apart = above - below
        steps[one] += apart
        steps[other] -= apart
        same = np.equal(block[one], block[other]).view(np.int8)
        alike[one] += same
        alike[other] += same
    return steps, alike


class _Form(ABC):
    """The quadratic form L of some patterns, at their ranks R.

    Attributes:
        observed: 2 R'LR.
        slope: L R: what a value's rank adds to half the observed sum as it moves (V).
    """

    observed: float
    slope: Floats

    @abstractmethod
    def across(self, part: slice) -> Floats:
        """S'Ls of each pattern of a slice, with steps of whole values (p)."""


class _Whole(_Form):
    """The form of few values, from one table of all coincidences."""

    def __init__(self, tally: Tally, ranks: Floats) -> None:
        self._tally = tally
        size = ranks.size
        coincidences = self._coincidences(size)
        apart = (ranks[:, None] - ranks) ** 2
        self.observed = float((coincidences * apart).sum())
        form = np.diag(tally.counts.astype(np.float64)) - coincidences
        self.slope = form @ ranks
        table = _stepped(_stepped(form, axis=0), axis=1)
        self._own = np.diagonal(table).copy()
        self._between = lookups.with_missing(table + table.T)

    def across(self, part: slice) -> Floats:
        """See `_Form.across`."""
        sums = self._tally.value_sums(part, self._own)
        block = self._tally.patterns.values[:, part]
        lookups.pair_sums(block, self._own.size, lambda *_: self._between, sums)
        return sums

    def _coincidences(self, size: int) -> Floats:
        """How often two values meet in a unit, each pair over m - 1 (V x V)."""
        cells = np.zeros((size + 1) ** 2)
        for part in self._tally.patterns.blocks():
            shifted = self._tally.patterns.values[:, part].astype(np.intp) + 1
            scaled = shifted * (size + 1)
            weights = self._tally.weights(part) / self._tally.others(part)
            for one, other in combinations(range(len(shifted)), 2):
                cells += np.bincount(scaled[one] + shifted[other], weights, cells.size)
        half = cells.reshape(size + 1, size + 1)[1:, 1:]
        return np.asarray(half + half.T)


class _Strips(_Form):
    """The form of many values, a strip of rows at a time; takes time with their square."""

    def __init__(self, tally: Tally, ranks: Floats) -> None:
        self._tally = tally
        size = ranks.size
        self.observed = 0.0
        self.slope = np.zeros(size)
        self._products = np.zeros(tally.patterns.size)
        above = np.zeros(size)
        height = max(1, _CELLS_AT_ONCE // size)
        for stop in range(size, 0, -height):
            start = max(0, stop - height)
            rows = self._coincidences(start, stop)
            apart = (ranks[start:stop, None] - ranks) ** 2
            self.observed += float((rows * apart).sum())
            rows = -rows
            rows[np.arange(stop - start), np.arange(start, stop)] += tally.counts[start:stop]
            self.slope[start:stop] = rows @ ranks
            self._add_products(start, stop, _stepped(_stepped(rows, axis=0) + above, axis=1))
            above += rows.sum(axis=0)

    def across(self, part: slice) -> Floats:
        """See `_Form.across`."""
        return self._products[part]

    def _add_products(self, start: int, stop: int, table: Floats) -> None:
        for part in self._tally.patterns.blocks():
            block = self._tally.patterns.values[:, part]
            valid = block >= 0
            for codes in block:
                here = (codes >= start) & (codes < stop)
                line = np.where(here, codes, start).astype(np.intp) - start
                for other, counted in zip(block, valid, strict=True):
                    self._products[part] += (here & counted) * table[line, other]

    def _coincidences(self, start: int, stop: int) -> Floats:
        """Rows `start` to `stop` of the coincidences."""
        size = self.slope.size
        rows = np.zeros((stop - start) * size)
        for part in self._tally.patterns.blocks():
            block: Codes = self._tally.patterns.values[:, part]
            weights = self._tally.weights(part) / self._tally.others(part)
            for place, codes in enumerate(block):
                here = (codes >= start) & (codes < stop)
                for other_place, other in enumerate(block):
                    if place == other_place:
                        continue
                    both = here & (other >= 0)
                    cells = (codes[both].astype(np.intp) - start) * size + other[both]
                    rows += np.bincount(cells, weights[both], rows.size)
        return rows.reshape(stop - start, size)


def _stepped(table: Floats, axis: int) -> Floats:
    """For each place along an axis, the sum of all later entries and half of its own."""
    later = np.flip(np.cumsum(np.flip(table, axis), axis), axis)
    return np.asarray(later - table / 2)
