"""What every coefficient needs of the patterns: values per unit, equal pairs, counts of values."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import lookups
from annotator.agreement.distance import Counts, Distance, Floats, Nominal
from annotator.agreement.patterns import Patterns

Small = NDArray[np.unsignedinteger[Any]]

_TABLE_CELLS = 1 << 16
_MOST_KINDS = 1 << 16


class Tally:
    """Patterns with their sums.

    A unit with two or more values is *pairable*; one with a single value tells nothing of agreement
    but does tell how often its value is used, which some coefficients count.

    Attributes:
        patterns: s x P values and their multiplicities.
        present: P, how many values each pattern has (m).
        equal: P, how many of its m(m - 1)/2 pairs of values are equal.
        counts: V, how often each value occurs in pairable units (n_c).
        n_units: How many units are pairable (U).
        n_values: How many values they have (n).
        n_lone: How many units have a single value.
        kinds: Units by what a nominal distance sees of them: how many have m values and e equal
            pairs ((s + 1) x (s(s - 1)/2 + 1)). None where that many cells are too many.

    Args:
        patterns: The patterns.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        slots = patterns.values.shape[0]
        n_pairs = slots * (slots - 1) // 2
        # A byte per pattern as long as it holds the number of pairs: 32 of them in an instruction.
        small = np.min_scalar_type(max(n_pairs, slots))
        self.present: Small = np.empty(patterns.size, dtype=small)
        self.equal: Small = np.zeros(patterns.size, dtype=small)
        self.counts: Counts = np.zeros(patterns.n_values, dtype=np.int64)
        self._shared_counts: dict[bool, Floats] = {}
        self._n_equal = n_pairs + 1
        n_kinds = (slots + 1) * self._n_equal
        kinds = np.zeros(n_kinds if n_kinds <= _MOST_KINDS else 0, dtype=np.int64)
        sizes = np.zeros(slots + 1, dtype=np.int64)
        for part in patterns.blocks():
            block = patterns.values[:, part]
            present = np.sum(block >= 0, axis=0, dtype=small, out=self.present[part])
            _count_equal(block, present, self.equal[part])
            times = None if patterns.times is None else patterns.times[part].astype(np.float64)
            # Whole numbers below 2^53 add up exactly as floats.
            if kinds.size:
                kinds += np.bincount(self.kind(part), times, n_kinds).astype(np.int64)
            else:
                sizes += np.bincount(present, times, slots + 1).astype(np.int64)
            self.counts += _pairable_counts(block, present, times, patterns.n_values)
        self.kinds = kinds.reshape(slots + 1, self._n_equal) if kinds.size else None
        if self.kinds is not None:
            sizes = self.kinds.sum(axis=1)
        self.n_units = int(sizes[2:].sum())
        self.n_lone = int(sizes[1:2].sum())
        self.n_values = int(self.counts.sum())

    def kind(self, part: slice) -> NDArray[np.intp]:
        """The place of each pattern of a slice in `kinds`, flat (p)."""
        places = self.present[part].astype(np.int32)
        places *= np.int32(self._n_equal)
        places += self.equal[part]
        return places.astype(np.intp)

    def weights(self, part: slice, *, lone: bool = False) -> Floats:
        """How many units each pattern of a slice stands for, 0 with fewer than two values.

        Args:
            part: Which patterns.
            lone: Whether units with a single value stand for themselves too.
        """
        enter = self.present[part] >= (1 if lone else 2)
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def shared_counts(self, *, lone: bool) -> Floats:
        """How many units hold each value, a unit's m values being 1/m of it each (V).

        Args:
            lone: Whether units with a single value count.
        """
        if lone not in self._shared_counts:
            counts = np.zeros(self.patterns.n_values + 1)
            for part in self.patterns.blocks():
                shares = self.weights(part, lone=lone) / np.maximum(self.present[part], 1)
                for row in self.patterns.values[:, part]:
                    counts += np.bincount(row.astype(np.intp) + 1, shares, counts.size)
            self._shared_counts[lone] = counts[1:]
        return self._shared_counts[lone]

    def value_sums(self, part: slice, table: Floats) -> Floats:
        """For each pattern of a slice, the sum of its values' entries in a table of length V."""
        return lookups.value_sums(self.patterns.values[:, part], table)

    def value_counts(self, part: slice) -> Floats:
        """How often each of the V values occurs in each pattern of a slice (V x p)."""
        block = self.patterns.values[:, part]
        n_kinds, width = self.counts.size, block.shape[1]
        counts = np.zeros((n_kinds + 1) * width)
        place = np.arange(width)
        for row in block:
            # A missing value, -1, is counted in front of the others.
            counts[(row.astype(np.intp) + 1) * width + place] += 1.0
        return counts[width:].reshape(n_kinds, width)

    def others(self, part: slice) -> Floats:
        """For each pattern of a slice m - 1, and 1 where it is not pairable."""
        return np.maximum(self.present[part].astype(np.float64) - 1.0, 1.0)

    def one_unit_varies(self) -> bool:
        """Whether all values but those of one unit are the same, so that without it none differ."""
        others = self.n_values - self.counts
        for value in np.flatnonzero(others <= self.patterns.values.shape[0]):
            for part in self.patterns.blocks():
                block = self.patterns.values[:, part]
                differing = ((block >= 0) & (block != value)).sum(axis=0)
                if (differing[self.present[part] >= 2] == others[value]).any():
                    return True
        return False


class Within:
    """The distances between the values of each pattern, over all ordered pairs of them.

    Args:
        tally: The patterns.
        distance: How far apart two values lie.
    """

    def __init__(self, tally: Tally, distance: Distance) -> None:
        self._tally = tally
        self._distance = distance
        self._sums = None if isinstance(distance, Nominal) else self._add_up()

    def of(self, part: slice) -> Floats:
        """The sums of the patterns of a slice (p)."""
        if self._sums is not None:
            return self._sums[part]
        present = self._tally.present[part].astype(np.float64)
        return present * (present - 1.0) - 2.0 * self._tally.equal[part]

    def _add_up(self) -> Floats:
        patterns = self._tally.patterns
        sums = np.zeros(patterns.size)
        if not patterns.n_values:
            return sums
        table = self._table()
        for part in patterns.blocks():
            block, target = patterns.values[:, part], sums[part]
            if table is not None:
                lookups.pair_sums(block, patterns.n_values, lambda *_: table, target)
            else:
                self._add_pair_by_pair(block, target)
            target *= 2.0
        return sums

    def _table(self) -> Floats | None:
        """All distances, where that is fewer than there are pairs to look up."""
        patterns = self._tally.patterns
        size = patterns.n_values
        if (size + 1) ** 2 > min(_TABLE_CELLS, 1024 + patterns.values.size):
            return None
        every = np.arange(size)
        return lookups.with_missing(self._distance.between(every[:, None], every))

    def _add_pair_by_pair(self, block: NDArray[np.signedinteger[Any]], target: Floats) -> None:
        valid = block >= 0
        for row in range(1, len(block)):
            for other in range(row):
                both = valid[row] & valid[other]
                target += both * self._distance.between(block[row], block[other])


def _count_equal(block: NDArray[np.signedinteger[Any]], present: Small, equal: Small) -> None:
    """Count the pairs of equal values of each column of a block into `equal`."""
    same = np.empty(block.shape[1], dtype=bool)
    for row in range(1, len(block)):
        for other in range(row):
            np.equal(block[row], block[other], out=same)
            equal += same.view(np.uint8)
    among_missing = [k * (k - 1) // 2 for k in range(len(block), -1, -1)]
    equal -= np.array(among_missing, dtype=equal.dtype)[present]


def _pairable_counts(
    block: NDArray[np.signedinteger[Any]], present: Small, times: Floats | None, n_values: int
) -> Counts:
    """How often each value occurs in the pairable units of a block."""
    if times is None:
        counts = lookups.value_counts(block, n_values)
        lone = block.max(axis=0, initial=-1)[present == 1].astype(np.intp)
        return counts - np.bincount(lone, minlength=n_values)
    weights = times * (present >= 2)
    sums = np.zeros(n_values + 1)
    for row in block:
        sums += np.bincount(row.astype(np.intp) + 1, weights, minlength=n_values + 1)
    return sums[1:].astype(np.int64)
