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
    """Patterns with their sums. Only units with two or more values, the pairable ones, count.

    Attributes:
        patterns: s x P values and their multiplicities.
        present: P, how many values each pattern has (m).
        equal: P, how many of its m(m - 1)/2 pairs of values are equal.
        counts: V, how often each value occurs in pairable units (n_c).
        n_units: How many units are pairable (U).
        n_values: How many values they have (n).
    """

    patterns: Patterns
    present: Small
    equal: Small
    counts: Counts
    n_units: int
    n_values: int

    def weights(self, part: slice) -> Floats:
        """How many units each pattern of a slice stands for, 0 with fewer than two values."""
        pairable = self.present[part] >= 2
        times = self.patterns.times
        return (
            pairable.astype(np.float64) if times is None else pairable * times[part].astype(float)
        )

    def pair_sums(self, distance: Distance) -> Floats:
        """P, the distances between the values of each pattern, over all ordered pairs of them."""
        if isinstance(distance, Nominal):
            present = self.present.astype(np.float64)
            return present * (present - 1.0) - 2.0 * self.equal
        sums = np.zeros(self.patterns.size)
        if not self.n_values:
            return sums
        for part in self.patterns.blocks():
            block, target = self.patterns.values[:, part], sums[part]
            valid = block >= 0
            for row in range(1, len(block)):
                for other in range(row):
                    both = valid[row] & valid[other]
                    target += both * distance.between(block[row], block[other])
            target *= 2.0
        return sums

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
        width = block.shape[1]
        counts = np.zeros((self.counts.size + 1) * width)
        place = np.arange(width)
        for row in block:
            # A missing value, -1, is counted in front of the others.
            counts[(row.astype(np.intp) + 1) * width + place] += 1.0
        return counts[width:].reshape(self.counts.size, width)

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


def tally(patterns: Patterns) -> Tally:
    """Count the values and the equal pairs of each pattern, and each value over all units."""
    slots = patterns.values.shape[0]
    n_pairs = slots * (slots - 1) // 2
    # A byte per pattern as long as it holds the number of pairs: 32 of them in one instruction.
    small = np.min_scalar_type(max(n_pairs, slots))
    among_missing = np.array([k * (k - 1) // 2 for k in range(slots, -1, -1)], dtype=small)
    present = np.empty(patterns.size, dtype=small)
    equal = np.zeros(patterns.size, dtype=small)
    counts = np.zeros(patterns.n_values + 1, dtype=np.int64)
    n_units = 0
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
        times = None if patterns.times is None else patterns.times[part]
        counts += _value_counts(block, here, times, patterns.n_values)
        pairable = here >= 2
        n_units += int(np.count_nonzero(pairable) if times is None else times[pairable].sum())
    return Tally(patterns, present, equal, counts[1:], n_units, int(counts[1:].sum()))


def _value_counts(
    block: NDArray[np.signedinteger[Any]],
    present: Small,
    times: NDArray[np.int64] | None,
    n_values: int,
) -> Counts:
    """How often each value occurs in the pairable units of a block; place 0 is for missing ones."""
    if times is None:
        counts = np.bincount((block.astype(np.intp) + 1).ravel(), minlength=n_values + 1)
        lone = block[:, present == 1].max(axis=0, initial=-1).astype(np.intp) + 1
        return counts - np.bincount(lone, minlength=n_values + 1)
    weights = (times * (present >= 2)).astype(np.float64)
    # Whole numbers below 2^53 add up exactly as floats.
    sums = np.zeros(n_values + 1)
    for row in block:
        sums += np.bincount(row.astype(np.intp) + 1, weights, minlength=n_values + 1)
    return sums.astype(np.int64)
