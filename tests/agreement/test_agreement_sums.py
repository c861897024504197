"""Sums in groups and over pairs of values, each by its shortest way and by the plain one."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.agreement import Ratings
from annotator.agreement.alpha import alpha_for
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import (
    Difference,
    Distance,
    Nominal,
    Ratio,
    SetDifference,
    SquaredDifference,
    Table,
    WithAbsent,
)
from annotator.agreement.level import SetDistance
from annotator.agreement.patterns import Strategy, find_patterns
from annotator.agreement.rest import AgainstRest
from annotator.agreement.tally import Tally

N_VALUES = 12
MEMBERS = [frozenset(text) for text in ("", *"abcd", *["ab", "ac", "bcd", "abcd", "bd"])]
LONG = [frozenset(range(place, place + 3 * place)) for place in range(N_VALUES)]
"""Sets of up to 33 members, more than a table of sizes is made for."""

DISTANCES = {
    "nominal": Nominal(),
    "squared": SquaredDifference(np.arange(N_VALUES) ** 1.5),
    "ratio": Ratio(np.arange(N_VALUES, dtype=np.float64)),
    "difference": Difference(np.arange(N_VALUES, dtype=np.float64), np.abs),
    "table": Table(np.abs(np.subtract.outer(np.arange(N_VALUES), np.arange(N_VALUES))) / 9),
    "absent": WithAbsent(Ratio(np.arange(N_VALUES - 1, dtype=np.float64)), N_VALUES),
    "masi": SetDifference([*MEMBERS, frozenset("x"), frozenset("xyz")], SetDistance.MASI),
    "jaccard": SetDifference(LONG, SetDistance.JACCARD),
}


def sums(distance: Distance, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `across` takes of sets of values given as counts (B x V)."""
    features = distance.features
    return values if features is None else values @ features.T


@pytest.mark.parametrize("name", DISTANCES)
@pytest.mark.parametrize("share", [0.15, 0.9])
def test_sets_of_few_and_of_many_values_are_as_far_apart_as_their_pairs(
    name: str, share: float
) -> None:
    distance = DISTANCES[name]
    random = np.random.default_rng(3)
    size = (9, N_VALUES)
    left, right = (
        np.where(random.random(size) < share, random.integers(1, 9, size) / 4, 0.0)
        for _ in range(2)
    )
    left[2] = right[5] = 0.0
    every = np.arange(N_VALUES)
    apart = distance.between(every[:, None], every)
    plain = [
        sum(here[i] * there[j] * apart[i, j] for i, j in product(every, every))
        for here, there in zip(left, right, strict=True)
    ]
    found = distance.across(sums(distance, left), sums(distance, right))
    assert found == pytest.approx(plain, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("distance", SetDistance)
def test_the_distance_of_two_sets_is_the_published_one_however_long_they_are(
    distance: SetDistance,
) -> None:
    for sets in (MEMBERS, LONG):
        every = np.arange(len(sets))
        found = SetDifference(sets, distance).between(every[:, None], every)
        for (i, one), (j, other) in product(enumerate(sets), enumerate(sets)):
            jaccard = len(one & other) / len(one | other) if one | other else 1.0
            nested, common = one <= other or other <= one, bool(one & other)
            passonneau = 1.0 if one == other else 2 / 3 if nested else 1 / 3 if common else 0.0
            monotony = passonneau if distance is SetDistance.MASI else 1.0
            assert found[i, j] == pytest.approx(1.0 - jaccard * monotony, abs=1e-15)


def coefficients_of(distance: Distance) -> list[Coefficient]:
    """Alpha and a coder against the rest, on 60 units of which some have no or one value."""
    random = np.random.default_rng(8)
    matrix = random.integers(0, N_VALUES, (60, 4))
    matrix[random.random(matrix.shape) < 0.4] = -1
    ratings = Ratings.from_codes(matrix, [str(place) for place in range(N_VALUES)], list("abcd"))
    patterns = find_patterns(ratings.codes.T, N_VALUES, ordered=True, strategy=Strategy.DIRECT)
    return [alpha_for(Tally(patterns), distance), AgainstRest(patterns, 2, distance)]


@pytest.mark.parametrize("name", DISTANCES)
def test_sums_in_groups_and_what_is_left_without_a_group(name: str) -> None:
    groups = np.random.default_rng(4).integers(0, 7, 60)
    groups[groups == 5] = 6
    everything = slice(0, 60)
    for one in coefficients_of(DISTANCES[name]):
        columns = np.where(one.units(everything) > 0, one.columns(everything), 0.0)
        plain = np.stack([columns[:, groups == group].sum(axis=1) for group in range(7)], axis=1)
        found = one.in_groups(everything, groups, 7)
        assert found == pytest.approx(plain, abs=1e-12)
        assert not found[:, 5].any()
        without = one.without(found)
        assert without == pytest.approx(one.values(one.totals - plain.T), abs=1e-12)
        assert without[5] == pytest.approx(one.value)
