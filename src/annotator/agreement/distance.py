"""How far apart two values lie: the metrics inside alpha and, turned round, the weights of kappas.

Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*, section E, for nominal, interval,
ratio and circular; Passonneau 2006 (LREC) for MASI, 1 - Jaccard x monotonicity.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.level import SetDistance
from annotator.agreement.ratings import Codes

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Sizes = NDArray[np.int32]

_CELLS_AT_ONCE = 1 << 18
_TABLE_CELLS = 1 << 15


class Distance(Protocol):
    """How far apart two values lie, 0 for a value and itself."""

    def between(self, left: Codes, right: Codes) -> Floats:
        """Distances of codes, element by element; anything finite where a code is -1."""
        ...

    def to_all(self, counts: Counts | Floats) -> Floats:
        """For each of the V values, its summed distance to values that occur `counts` times."""
        ...

    @property
    def features(self) -> Floats | None:
        """A few numbers for each of the V values (f x V), from whose sums `across` follows.

        The first of them is 1. None where that takes how often each value occurs.
        """
        ...

    def across(self, left: Floats, right: Floats) -> Floats:
        """The summed distance over all pairs of a value of one set and a value of another (B).

        Args:
            left: B x f sums of the features over B sets, or B x V counts of their values.
            right: The same of the B other sets.
        """
        ...


class Nominal:
    """1 for different values."""

    @property
    def features(self) -> Floats | None:
        """See `Distance.features`."""
        return None

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        return np.asarray(left != right, dtype=np.float64)

    def to_all(self, counts: Counts | Floats) -> Floats:
        """See `Distance.to_all`."""
        return np.asarray(counts.sum() - counts, dtype=np.float64)

    def across(self, left: Floats, right: Floats) -> Floats:
        """See `Distance.across`."""
        pairs = left.sum(axis=1) * right.sum(axis=1)
        return np.asarray(pairs - np.einsum("bv,bv->b", left, right))


class SquaredDifference:
    """The squared difference of two numbers, on a scale of its own (alpha knows no unit).

    Args:
        numbers: The V values as numbers.
    """

    def __init__(self, numbers: Floats) -> None:
        # Centring and scaling keep the sums of squares exact to the last digits.
        centred = numbers - (numbers.mean() if numbers.size else 0.0)
        largest = np.abs(centred).max(initial=0.0)
        self._numbers = centred / largest if largest > 0 else centred

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        return np.asarray((self._numbers[left] - self._numbers[right]) ** 2)

    def to_all(self, counts: Counts | Floats) -> Floats:
        """See `Distance.to_all`."""
        numbers = self._numbers
        sums = counts @ numbers
        squares = numbers * numbers
        return np.asarray(counts.sum() * squares - 2 * numbers * sums + counts @ squares)

    @property
    def features(self) -> Floats:
        """See `Distance.features`."""
        numbers = self._numbers
        return np.stack([np.ones_like(numbers), numbers, numbers * numbers])

    def across(self, left: Floats, right: Floats) -> Floats:
        """See `Distance.across`."""
        times, first, second = left.T
        other_times, other_first, other_second = right.T
        return np.asarray(times * other_second + other_times * second - 2.0 * first * other_first)


class ByPairs(ABC):
    """A distance whose sums have no short form, so that they are added up pair by pair."""

    @property
    def features(self) -> Floats | None:
        """See `Distance.features`."""
        return None

    @abstractmethod
    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""

    def to_all(self, counts: Counts | Floats) -> Floats:
        """See `Distance.to_all`."""
        used = np.flatnonzero(counts)
        weights = np.asarray(counts[used], dtype=np.float64)
        sums = np.empty(counts.size)
        step = max(1, _CELLS_AT_ONCE // max(1, used.size))
        for start in range(0, counts.size, step):
            rows = np.arange(start, min(start + step, counts.size))
            sums[rows] = self.between(rows[:, None], used[None, :]) @ weights
        return sums

    def across(self, left: Floats, right: Floats) -> Floats:
        """See `Distance.across`; sets of few of the values are looked at value by value."""
        here, there = np.count_nonzero(left, axis=1), np.count_nonzero(right, axis=1)
        n_values = left.shape[1]
        if int(here @ there) < n_values * n_values:
            return self._across_few(left, right, here, there)
        total = np.zeros(len(left))
        every = np.arange(n_values)
        step = max(1, _CELLS_AT_ONCE // max(1, n_values))
        for start in range(0, n_values, step):
            rows = every[start : start + step]
            total += ((left[:, rows] @ self.between(rows[:, None], every)) * right).sum(axis=1)
        return total

    def _across_few(self, left: Floats, right: Floats, here: Counts, there: Counts) -> Floats:
        """The same from the pairs of values that occur alone.

        Args:
            left: See `across`.
            right: Likewise.
            here: How many values occur in each set (B).
            there: The same of the other sets.
        """
        sets, values = np.nonzero(left)
        others = np.nonzero(right)[1]
        # Each value of a set is followed by the place of every value of the other one.
        repeats = there[sets]
        starts = np.repeat((np.cumsum(there) - there)[sets], repeats)
        ends = np.cumsum(repeats)
        place = starts + np.arange(starts.size) - np.repeat(ends - repeats, repeats)
        sets, values, others = np.repeat(sets, repeats), np.repeat(values, repeats), others[place]
        apart = self.between(values, others) * left[sets, values] * right[sets, others]
        return np.bincount(sets, apart, len(left)).astype(np.float64)


class Table(ByPairs):
    """Distances anyone chose, from a table.

    Args:
        distances: V x V.
    """

    def __init__(self, distances: Floats) -> None:
        self._distances = distances

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        return np.asarray(self._distances[left, right])


class WithAbsent(ByPairs):
    """A distance with one value more, the last one, that lies 1 from every other.

    Args:
        distance: The distance between the other values, nowhere above 1.
        n_values: V, how many values there are with it; at least 2.
    """

    def __init__(self, distance: Distance, n_values: int) -> None:
        self._distance, self._absent = distance, n_values - 1

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        one, other = left == self._absent, right == self._absent
        last = self._absent - 1
        apart = self._distance.between(np.minimum(left, last), np.minimum(right, last))
        return np.where(one | other, (one != other).astype(np.float64), apart)


class Difference(ByPairs):
    """A function of the difference of two numbers.

    Args:
        numbers: The V values as numbers.
        of: Takes arrays of differences to distances.
    """

    def __init__(self, numbers: Floats, of: Callable[[Floats], Floats]) -> None:
        self._numbers, self._of = numbers, of

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        return self._of(np.abs(self._numbers[left] - self._numbers[right]))


class Ratio(ByPairs):
    """The squared difference over the squared sum of two numbers that are not below zero."""

    def __init__(self, numbers: Floats) -> None:
        largest = numbers.max(initial=0.0)
        self._numbers = numbers / largest if largest > 0 else numbers

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        one, other = self._numbers[left], self._numbers[right]
        total = one + other
        # Nought and nought differ by nothing.
        return np.asarray(((one - other) / np.where(total > 0, total, 1.0)) ** 2)


class Circular:
    """The squared sine of half the angle between two points of a circle.

    As 2 sin^2(a - b) = 1 - cos 2a cos 2b - sin 2a sin 2b, its sums follow from those of the
    points' coordinates.

    Args:
        turns: The V values as shares of a full turn.
    """

    def __init__(self, turns: Floats) -> None:
        self._angles = np.pi * turns
        self._points = np.stack([np.cos(2 * self._angles), np.sin(2 * self._angles)])

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        return np.asarray(np.sin(self._angles[left] - self._angles[right]) ** 2)

    def to_all(self, counts: Counts | Floats) -> Floats:
        """See `Distance.to_all`."""
        return np.asarray((counts.sum() - (self._points @ counts) @ self._points) / 2)

    @property
    def features(self) -> Floats:
        """See `Distance.features`."""
        return np.vstack([np.ones_like(self._angles), self._points])

    def across(self, left: Floats, right: Floats) -> Floats:
        """See `Distance.across`."""
        times, *points = left.T * right.T
        return np.asarray((times - sum(points)) / 2)


class SetDifference(ByPairs):
    """MASI or Jaccard distance of two sets; two empty sets do not differ.

    Args:
        sets: The V values.
        distance: Which of the two.
    """

    def __init__(self, sets: Sequence[frozenset[object]], distance: SetDistance) -> None:
        members = sorted(set().union(*sets), key=str)
        place = {member: position for position, member in enumerate(members)}
        words = max(1, -(-len(members) // 64))
        bits = np.zeros((words, len(sets)), dtype=np.uint64)
        for column, members_of_one in enumerate(sets):
            for member in members_of_one:
                word, bit = divmod(place[member], 64)
                bits[word, column] |= np.uint64(1 << bit)
        self._bits = bits
        self._sizes = np.array([len(one) for one in sets], dtype=np.int32)
        self._width = int(self._sizes.max(initial=0)) + 1
        self._distance = distance

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        common = np.zeros(np.broadcast_shapes(left.shape, right.shape), dtype=np.int32)
        for word in self._bits:
            common += np.bitwise_count(word[left] & word[right])
        one, other = self._sizes[left], self._sizes[right]
        if self._table is None:
            return self._apart(one, other, common)
        common += one * (self._width * self._width) + other * self._width
        return np.asarray(self._table.take(common))

    @cached_property
    def _table(self) -> Floats | None:
        """Distances by both sizes and the number of common members, flat; None if too many."""
        if self._width**3 > _TABLE_CELLS:
            return None
        one, other, common = np.indices((self._width,) * 3, dtype=np.int32)
        return self._apart(one, other, common).ravel()

    def _apart(self, one: Sizes, other: Sizes, common: Sizes) -> Floats:
        """The distance of two sets of these sizes with so many members in common."""
        union = one + other - common
        similarity = np.where(union > 0, common / np.maximum(union, 1), 1.0)
        if self._distance is SetDistance.MASI:
            nested = common == np.minimum(one, other)
            similarity = np.where(
                common == union, similarity, similarity * np.where(nested, 2 / 3, 1 / 3)
            )
        return np.asarray(1.0 - similarity)
