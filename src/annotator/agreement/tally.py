"""What every coefficient needs of the patterns: values per unit, equal pairs, counts of values."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import Counts, Distance, Floats, Nominal
from annotator.agreement.patterns import Patterns

Small = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Patterns with their sums.

    A unit with two or more values is *pairable*; one with a single value tells nothing of agreement
    but does tell how often its value is used, which some coefficients count.

    Attributes:
        patterns: s x P values and their multiplicities.
        present: P, how many values each pattern has (m).
        equal: P, how many of its m(m - 1)/2 pairs of values are equal.
        by_size: (s + 1) x V, how often each value occurs in units with m values.
        n_units: How many units are pairable (U).
        n_lone: How many units have a single value.
    """

    patterns: Patterns
    present: Small
    equal: Small
    by_size: Counts
    n_units: int
    n_lone: int

    @property
    def counts(self) -> Counts:
        """How often each of the V values occurs in pairable units (n_c)."""
        return np.asarray(self.by_size[2:].sum(axis=0))

    @property
    def n_values(self) -> int:
        """How many values pairable units have (n)."""
        return int(self.by_size[2:].sum())

    def weights(self, part: slice, *, lone: bool = False) -> Floats:
        """How many units each pattern of a slice stands for, 0 with fewer than two values.

        Args:
            part: Which patterns.
            lone: Whether units with a single value stand for themselves too.
        """
        enter = self.present[part] >= (1 if lone else 2)
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def value_sums(self, part: slice, table: Floats) -> Floats:
        """For each pattern of a slice, the sum of its values' entries in a table of length V."""
        block = self.patterns.values[:, part]
        # Index -1, a missing value, reads the last entry.
        table = np.append(table, 0.0)
        sums = np.zeros(block.shape[1])
        for row in block:
            sums += table[row]
        return sums

    def value_counts(self, part: slice) -> Floats:
        """How often each of the V values occurs in each pattern of a slice (V x p)."""
        block = self.patterns.values[:, part]
        n_kinds, width = self.by_size.shape[1], block.shape[1]
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
        counts = self.counts
        others = counts.sum() - counts
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
        if not self._tally.by_size.any():
            return sums
        for part in patterns.blocks():
            block, target = patterns.values[:, part], sums[part]
            valid = block >= 0
            for row in range(1, len(block)):
                for other in range(row):
                    both = valid[row] & valid[other]
                    target += both * self._distance.between(block[row], block[other])
            target *= 2.0
        return sums


def tally(patterns: Patterns) -> Tally:
    """Count the values and the equal pairs of each pattern, and each value over all units."""
    slots = patterns.values.shape[0]
    n_pairs = slots * (slots - 1) // 2
    # A byte per pattern as long as it holds the number of pairs: 32 of them in one instruction.
    small = np.min_scalar_type(max(n_pairs, slots))
    among_missing = np.array([k * (k - 1) // 2 for k in range(slots, -1, -1)], dtype=small)
    present = np.empty(patterns.size, dtype=small)
    equal = np.zeros(patterns.size, dtype=small)
    by_size = np.zeros((slots + 1, patterns.n_values + 1), dtype=np.int64)
    sizes = np.zeros(slots + 1, dtype=np.int64)
    for part in patterns.blocks():
        block = patterns.values[:, part]
        here = np.sum(block >= 0, axis=0, dtype=small, out=present[part])
        pairs = equal[part]
        same = np.empty(block.shape[1], dtype=bool)
        for row in range(1, slots):
            for other in range(row):
                np.equal(block[row], block[other], out=same)
                pairs += same.view(np.uint8)
        pairs -= among_missing[here]
        times = None if patterns.times is None else patterns.times[part].astype(np.float64)
        # Whole numbers below 2^53 add up exactly as floats.
        sizes += np.bincount(here, times, slots + 1).astype(np.int64)
        by_size += _value_counts(block, here, times, by_size.shape)
    return Tally(
        patterns, present, equal, by_size[:, 1:], int(sizes[2:].sum()), int(sizes[1:2].sum())
    )


def _value_counts(
    block: NDArray[np.signedinteger[Any]],
    present: Small,
    times: Floats | None,
    shape: tuple[int, ...],
) -> Counts:
    """How often each value occurs in the units of a block with m values; place 0 is for none."""
    counts = np.zeros(shape[0] * shape[1])
    row_start = present.astype(np.intp) * shape[1] + 1
    for row in block:
        counts += np.bincount(row_start + row, times, counts.size)
    return counts.astype(np.int64).reshape(shape)
