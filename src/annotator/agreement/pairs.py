"""Means over pairs of coders: Light's kappa, and how far one coder agrees with each other one."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.paired import CongerKappa
from annotator.agreement.patterns import Patterns
from annotator.agreement.tally import Tally, Within, tally
from annotator.agreement.weights import Weights


class MeanOfPairs(Coefficient):
    """The mean of one coefficient over pairs of coders.

    Its sums are those of the pairs, one after the other. It is undefined where one of them is. A
    unit enters that enters one of the pairs.

    Args:
        name: Of the mean.
        patterns: The patterns that all pairs have, in the order of coders.
        pairs: The coefficient of each pair over those patterns.
        n_values: How many values the units that enter have.
    """

    def __init__(
        self, name: str, patterns: Patterns, pairs: Sequence[Coefficient], n_values: int
    ) -> None:
        self.name = name
        self.patterns = patterns
        self.n_values = n_values
        self.n_columns = sum(pair.n_columns for pair in pairs)
        self._pairs = pairs
        self.n_units = int(sum(float(self.units(part).sum()) for part in patterns.blocks()))
        self.reason = self._why_undefined()

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        units = np.zeros(self.patterns.values[:, part].shape[1])
        for pair in self._pairs:
            np.maximum(units, pair.units(part), out=units)
        return units

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        columns = [(pair.units(part) > 0) * pair.columns(part) for pair in self._pairs]
        width = self.patterns.values[:, part].shape[1]
        return np.vstack([np.zeros((0, width)), *columns])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        total, start = np.zeros(len(sums)), 0
        for pair in self._pairs:
            total += pair.values(sums[:, start : start + pair.n_columns])
            start += pair.n_columns
        return total / (len(self._pairs) or math.nan)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        total = np.zeros(self.patterns.values[:, part].shape[1])
        for pair in self._pairs:
            without = pair.without_one(part)
            total += np.where(pair.units(part) > 0, without, pair.value or 0.0)
        return total / len(self._pairs)

    def _why_undefined(self) -> str | None:
        if not self.n_units:
            return "no_pairs"
        reasons = {pair.reason for pair in self._pairs}
        if "no_variation" in reasons:
            return "no_variation"
        return "coders_without_overlap" if "no_pairs" in reasons else None


def light_kappa(sums: Tally, weights: Weights) -> MeanOfPairs:
    """Light's kappa (1971): the mean of Cohen's kappas over all pairs of coders.

    Args:
        sums: The patterns, in the order of coders, and their sums.
        weights: How far different values agree.
    """

    def cohen(two: Tally) -> Coefficient:
        return CongerKappa(two, weights, Within(two, weights.distance), cohen=True)

    every = combinations(range(len(sums.patterns.values)), 2)
    pairs = over_pairs(sums.patterns, every, cohen)
    return MeanOfPairs("light_kappa", sums.patterns, pairs, sums.n_values)


def over_pairs(
    patterns: Patterns,
    pairs: Iterable[tuple[int, int]],
    make: Callable[[Tally], Coefficient],
) -> list[Coefficient]:
    """A coefficient of each of some pairs of coders, all over the same patterns.

    Args:
        patterns: The patterns of all coders, in their order.
        pairs: Two different places of coders each.
        make: Makes the coefficient of two coders from their values' sums.
    """
    found = []
    for one, other in pairs:
        low, high = sorted((one, other))
        # Rows as a view: a copy for each pair would take as much as all the ratings.
        two = patterns.values[low : high + 1 : high - low]
        found.append(make(tally(Patterns(two, patterns.times, patterns.n_values, ordered=True))))
    return found
