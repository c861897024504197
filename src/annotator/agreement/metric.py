"""Which distance belongs to which level, and the numbers it is measured on."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import (
    ByPairs,
    Circular,
    Distance,
    Floats,
    Nominal,
    Ratio,
    SetDifference,
    SquaredDifference,
    Table,
)
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.ratings import Ratings, is_number
from annotator.errors import AnnotatorError

CustomDistance = NDArray[np.floating[Any]] | Callable[[Any, Any], float] | ByPairs
"""Distances anyone chose: a V x V table in the order of the categories, a function of two, or one
of `annotator.agreement.distance`, for more values than a table can hold."""


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
        return Circular(turns(ratings, period))
    numbers = numbers_of(ratings, level)
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
        numbers_of(ratings, Level.ORDINAL, "give the categories in their order")


def custom_distance(ratings: Ratings, distance: CustomDistance) -> Distance:
    """A distance anyone chose, checked.

    Args:
        ratings: Whose V categories are measured.
        distance: Symmetric, 0 between a value and itself, nowhere below 0.

    Raises:
        AnnotatorError: It is not.
    """
    if isinstance(distance, ByPairs):
        return distance
    categories = ratings.categories
    if callable(distance):
        table = np.array([[float(distance(a, b)) for b in categories] for a in categories])
        table = table.reshape(len(categories), len(categories))
    else:
        table = square(ratings, distance, "distances")
    if not np.isfinite(table).all() or (table < 0).any() or np.diagonal(table).any():
        raise AnnotatorError(
            "A distance is below zero, no number, or not zero between a category and itself; "
            "mend the distances."
        )
    if not np.allclose(table, table.T, rtol=1e-12, atol=0):
        raise AnnotatorError(
            "The distances differ from one side of the table to the other; a distance must be the "
            "same both ways."
        )
    return Table(table)


def square(ratings: Ratings, table: NDArray[np.floating[Any]], what: str) -> Floats:
    """A table as V x V floats.

    Raises:
        AnnotatorError: It has another shape.
    """
    size = len(ratings.categories)
    numbers = np.asarray(table, dtype=np.float64)
    if numbers.shape != (size, size):
        raise AnnotatorError(
            f"The table of {what} must have a row and a column for each of the {size} categories "
            f"but its shape is {numbers.shape}."
        )
    return numbers


def numbers_of(ratings: Ratings, level: str, remedy: str = "use level nominal") -> Floats:
    """The categories as numbers.

    Raises:
        AnnotatorError: One is none; the sentence names the level (or weights) and the remedy.
    """
    numbers = np.empty(len(ratings.categories))
    for position, value in enumerate(ratings.categories):
        if not is_number(value):
            raise AnnotatorError(f"Level {level} needs numbers but finds {value!r}; {remedy}.")
        numbers[position] = value
    return numbers


def turns(ratings: Ratings, period: float | None) -> Floats:
    """The categories as shares of a full turn; `period` as in `distance_for`.

    Raises:
        AnnotatorError: They are no numbers and have no order, or two are the same point.
    """
    if period is not None and not (is_number(period) and period > 0):
        raise AnnotatorError(f"The length of the circle is {period!r}; give a number above zero.")
    if ratings.ordered and not all(is_number(value) for value in ratings.categories):
        numbers = np.arange(len(ratings.categories), dtype=np.float64)
    else:
        numbers = numbers_of(ratings, Level.CIRCULAR, "give the categories in their order")
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
