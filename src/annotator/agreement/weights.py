"""Weights: how far two different values still agree, from 0 to 1.

Each is 1 less a distance over the largest distance between two of the q categories (Gwet 2014,
*Handbook of Inter-Rater Reliability*, 4th ed., chapter 3), so that a weighted coefficient needs the
distance, the largest and the sum of all q x q weights, and no table of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import (
    ByPairs,
    Circular,
    Difference,
    Distance,
    Floats,
    Nominal,
    Ratio,
    SquaredDifference,
    Table,
)
from annotator.agreement.metric import numbers_of, square, turns
from annotator.agreement.ratings import Codes, Ratings, is_number
from annotator.errors import AnnotatorError

CUSTOM = "custom"
"""The name of weights anyone chose."""

_CELLS_AT_ONCE = 1 << 18


class WeightName(StrEnum):
    """Weights with a name."""

    IDENTITY = "identity"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    ORDINAL = "ordinal"
    RADICAL = "radical"
    RATIO = "ratio"
    CIRCULAR = "circular"
    BIPOLAR = "bipolar"

    @classmethod
    def named(cls, name: "WeightName | str") -> "WeightName":
        """The weights of this name.

        Raises:
            AnnotatorError: There are no such weights.
        """
        try:
            return cls(name)
        except ValueError:
            known = ", ".join(cls)
            raise AnnotatorError(
                f"There are no weights named “{name}”; choose one of {known}."
            ) from None


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights over q categories.

    Attributes:
        name: One of `WeightName`, or `custom`.
        distance: How far apart two categories lie.
        largest: The distance that stands for no agreement at all.
        total: The sum of all q x q weights.
    """

    name: str
    distance: Distance
    largest: float
    total: float


def weights_for(
    ratings: Ratings,
    weights: WeightName | str | NDArray[np.floating[Any]],
    period: float | None = None,
) -> Weights:
    """Weights over the categories of some ratings, used or not.

    Categories that are numbers are weighted as numbers, others by their places in the order the
    caller gave; ordinal weights always by places.

    Args:
        ratings: Whose q categories are weighted.
        weights: A name, or a q x q table in the order of the categories: 1 on the diagonal,
            symmetric, nowhere above 1.
        period: The length of the circle of circular weights; by default the highest category less
            the lowest plus 1.

    Raises:
        AnnotatorError: The categories do not fit the weights, or the table is none.
    """
    size = len(ratings.categories)
    if not isinstance(weights, str):
        return _weights(CUSTOM, _custom(ratings, weights), 1.0, size)
    name = WeightName.named(weights)
    if name is WeightName.IDENTITY:
        return _weights(name, Nominal(), 1.0, size)
    distance = _distance(ratings, name, period)
    return _weights(name, distance, _largest(distance, size), size)


class Bipolar(ByPairs):
    """Gwet's bipolar distance: the same difference counts more the nearer it is to an end.

    Args:
        numbers: The V values as numbers.
    """

    def __init__(self, numbers: Floats) -> None:
        self._from_low = numbers - numbers.min(initial=np.inf)
        self._from_high = numbers.max(initial=-np.inf) - numbers

    def between(self, left: Codes, right: Codes) -> Floats:
        """See `Distance.between`."""
        below = self._from_low[left] + self._from_low[right]
        above = self._from_high[left] + self._from_high[right]
        product = below * above
        square = (self._from_low[left] - self._from_low[right]) ** 2
        # Both values at the same end: they do not differ.
        return np.asarray(square / np.where(product > 0, product, 1.0))


def _distance(ratings: Ratings, name: WeightName, period: float | None) -> Distance:
    size = len(ratings.categories)
    if name is WeightName.CIRCULAR:
        return Circular(turns(ratings, period))
    numbers = _numbers(ratings, name)
    if name is WeightName.ORDINAL:
        # As many pairs of categories as lie between two, ends included (Gwet 2014).
        return Difference(np.arange(size, dtype=np.float64), lambda steps: steps * (steps + 1) / 2)
    if name is WeightName.LINEAR:
        return Difference(numbers, lambda steps: steps)
    if name is WeightName.RADICAL:
        return Difference(numbers, np.sqrt)
    if name is WeightName.BIPOLAR:
        return Bipolar(numbers)
    if name is WeightName.QUADRATIC:
        return SquaredDifference(numbers)
    if (numbers < 0).any():
        raise AnnotatorError(
            f"Ratio weights have no value below zero but find {numbers.min():g}; "
            "use quadratic weights."
        )
    return Ratio(numbers)


def _numbers(ratings: Ratings, name: WeightName) -> Floats:
    if all(is_number(value) for value in ratings.categories):
        numbers = numbers_of(ratings, name)
        if ratings.ordered and (np.diff(numbers) <= 0).any():
            raise AnnotatorError(
                f"The categories are numbers out of their order, so {name} weights do not know "
                "how far apart they lie; give them by size."
            )
        return numbers
    if ratings.ordered:
        return np.arange(1.0, len(ratings.categories) + 1)
    odd = next(value for value in ratings.categories if not is_number(value))
    raise AnnotatorError(
        f"The weights {name} need numbers or an order but find {odd!r}; give the categories in "
        "their order, or use identity weights."
    )


def _custom(ratings: Ratings, weights: NDArray[np.floating[Any]]) -> Distance:
    table = square(ratings, weights, "weights")
    if not np.isfinite(table).all() or (table > 1).any() or (np.diagonal(table) != 1).any():
        raise AnnotatorError(
            "A weight is above 1, no number, or not 1 between a category and itself; mend the "
            "weights."
        )
    if not np.allclose(table, table.T, rtol=1e-12, atol=1e-15):
        raise AnnotatorError(
            "The weights differ from one side of the table to the other; a weight must be the "
            "same both ways."
        )
    return Table(1.0 - table)


def _largest(distance: Distance, size: int) -> float:
    """The largest distance between two of the categories, 1 where none differ."""
    every = np.arange(size)
    largest = 0.0
    step = max(1, _CELLS_AT_ONCE // max(1, size))
    for start in range(0, size, step):
        rows = every[start : start + step]
        largest = max(largest, float(distance.between(rows[:, None], every).max(initial=0.0)))
    return largest or 1.0


def _weights(name: str, distance: Distance, largest: float, size: int) -> Weights:
    every = np.ones(size)
    apart = float(every @ distance.to_all(every)) if size else 0.0
    return Weights(str(name), distance, largest, size * size - apart / largest)
