"""Squared differences between values at each level: the metric inside Krippendorff's alpha.

Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*, section E, for nominal, interval,
ratio and circular; Passonneau 2006 (LREC) for MASI, 1 - Jaccard x monotonicity.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.level import Level, SetDistance
from annotator.agreement.ratings import Codes, Ratings, is_number
from annotator.errors import AnnotatorError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_CELLS_AT_ONCE = 1 << 18


class Distance(Protocol):
    """How far apart two values lie, 0 for a value and itself."""

    def between(self, left: Codes, right: Codes) -> Floats:
        """Distances of codes, element by element; anything finite where a code is -1."""
        ...

    def to_all(self, counts: Counts) -> Floats:
        """For each of the V values, its summed distance to values that occur `counts` times."""
        ...

    @property
    def features(self) -> Floats | None:
        """F numbers for each of the V values (f x V) from whose sums `among` follows.

        The first of them is 1. None where that takes how often each value occurs.
        """
        ...

    def among(self, sums: Floats) -> Floats:
        """The summed distance over all ordered pairs of values of a set of them.

        Args:
            sums: B x f sums of the features over B sets, or B x V counts of the values.
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

    def to_all(self, counts: Counts) -> Floats:
        """See `Distance.to_all`."""
        return np.asarray(counts.sum() - counts, dtype=np.float64)

    def among(self, sums: Floats) -> Floats:
        """See `Distance.among`."""
        return np.asarray(sums.sum(axis=1) ** 2 - (sums * sums).sum(axis=1))


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

    def to_all(self, counts: Counts) -> Floats:
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

    def among(self, sums: Floats) -> Floats:
        """See `Distance.among`."""
        times, first, second = sums.T
        return np.asarray(2.0 * (times * second - first * first))


class _ByPairs(ABC):
    """A distance whose sums have no short form, so that they are added up pair by pair."""

    @property
    def features(self) -> Floats | None:
        """See `Distance.features`."""
        return None

    @abstractmethod
    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""

    def to_all(self, counts: Counts) -> Floats:
        """See `Distance.to_all`."""
        used = np.flatnonzero(counts)
        weights = counts[used].astype(np.float64)
        sums = np.empty(counts.size)
        step = max(1, _CELLS_AT_ONCE // max(1, used.size))
        for start in range(0, counts.size, step):
            rows = np.arange(start, min(start + step, counts.size))
            sums[rows] = self.between(rows[:, None], used[None, :]) @ weights
        return sums

    def among(self, sums: Floats) -> Floats:
        """See `Distance.among`."""
        total = np.zeros(len(sums))
        n_values = sums.shape[1]
        every = np.arange(n_values)
        step = max(1, _CELLS_AT_ONCE // max(1, n_values))
        for start in range(0, n_values, step):
            rows = every[start : start + step]
            total += (sums[:, rows] @ self.between(rows[:, None], every) * sums).sum(axis=1)
        return total


class Ratio(_ByPairs):
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

    def to_all(self, counts: Counts) -> Floats:
        """See `Distance.to_all`."""
        return np.asarray((counts.sum() - (self._points @ counts) @ self._points) / 2)

    @property
    def features(self) -> Floats:
        """See `Distance.features`."""
        return np.vstack([np.ones_like(self._angles), self._points])

    def among(self, sums: Floats) -> Floats:
        """See `Distance.among`."""
        times, across, up = sums.T
        return np.asarray((times * times - across * across - up * up) / 2)


class SetDifference(_ByPairs):
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
        self._sizes = np.array([len(one) for one in sets], dtype=np.int64)
        self._distance = distance

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        common = np.zeros(np.broadcast_shapes(left.shape, right.shape), dtype=np.int64)
        for word in self._bits:
            common += np.bitwise_count(word[left] & word[right])
        one, other = self._sizes[left], self._sizes[right]
        union = one + other - common
        similarity = np.where(union > 0, common / np.maximum(union, 1), 1.0)
        if self._distance is SetDistance.MASI:
            nested = common == np.minimum(one, other)
            similarity = np.where(
                common == union, similarity, similarity * np.where(nested, 2 / 3, 1 / 3)
            )
        return np.asarray(1.0 - similarity)


def distance_for(
    ratings: Ratings, level: Level, distance: SetDistance, period: float | None
) -> Distance:
    """The distance alpha uses at a level; an ordinal one depends on the data and is not here.

    Args:
        ratings: Whose categories are measured.
        level: Any level but ordinal.
        distance: The distance between sets.
        period: The length of the circle at level `circular`; by default the highest category less
            the lowest plus 1, and the number of categories where they are no numbers.

    Raises:
        AnnotatorError: The categories do not fit the level.
    """
    if level is Level.NOMINAL:
        return Nominal()
    if level is Level.SET:
        sets = [value for value in ratings.categories if isinstance(value, frozenset)]
        if len(sets) < len(ratings.categories):
            odd = next(value for value in ratings.categories if not isinstance(value, frozenset))
            raise AnnotatorError(
                f"Level set needs sets of codes but finds {odd!r}; read the ratings at level set."
            )
        return SetDifference(sets, distance)
    if level is Level.CIRCULAR:
        return Circular(_turns(ratings, period))
    numbers = _numbers(ratings, level)
    if level is Level.INTERVAL:
        return SquaredDifference(numbers)
    if (numbers < 0).any():
        raise AnnotatorError(
            f"Level ratio has no value below zero but finds {numbers.min():g}; use level interval."
        )
    return Ratio(numbers)


def check_order(ratings: Ratings) -> None:
    """See that the order of the categories is known, as level ordinal needs.

    Raises:
        AnnotatorError: The categories are not numbers, and no order was given.
    """
    if not ratings.ordered:
        _numbers(ratings, Level.ORDINAL, "give the categories in their order")


def _numbers(ratings: Ratings, level: Level, remedy: str = "use level nominal") -> Floats:
    numbers = np.empty(len(ratings.categories))
    for position, value in enumerate(ratings.categories):
        if not is_number(value):
            raise AnnotatorError(f"Level {level} needs numbers but finds {value!r}; {remedy}.")
        numbers[position] = value
    return numbers


def _turns(ratings: Ratings, period: float | None) -> Floats:
    if period is not None and not (is_number(period) and period > 0):
        raise AnnotatorError(f"The length of the circle is {period!r}; give a number above zero.")
    if ratings.ordered and not all(is_number(value) for value in ratings.categories):
        numbers = np.arange(len(ratings.categories), dtype=np.float64)
    else:
        numbers = _numbers(ratings, Level.CIRCULAR, "give the categories in their order")
    if period is None:
        period = float(np.ptp(numbers)) + 1.0 if numbers.size else 1.0
    places: dict[float, int] = {}
    for position, number in enumerate(numbers):
        place = math.fmod(number, period)
        place += period if place < 0 else 0.0
        if place in places:
            one, other = ratings.categories[places[place]], ratings.categories[position]
            raise AnnotatorError(
                f"{one!r} and {other!r} are the same point on a circle of {period:g}; "
                "use one of them for both or give another length of the circle."
            )
        places[place] = position
    return np.array(list(places)) / period
