"""Means over pairs of coders: Light's kappa, and how far one coder agrees with each other one."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.paired import CongerKappa
from annotator.agreement.patterns import Patterns
from annotator.agreement.ratings import Codes
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights

_TABLE_CELLS = 1 << 16


class Pair:
    """One coefficient of two coders, over the pairs of values that they gave.

    Args:
        patterns: The patterns of all coders, in their order.
        coders: The places of the two.
        make: Makes the coefficient of two coders from their values' sums.
    """

    def __init__(
        self, patterns: Patterns, coders: tuple[int, int], make: Callable[[Tally], Coefficient]
    ) -> None:
        self._coders = coders
        self._width = patterns.n_values + 1
        dense = self._width**2 <= _TABLE_CELLS
        times = np.zeros(self._width**2 if dense else 0)
        found: dict[int, float] = {}
        for part in patterns.blocks():
            keys = self._keys(patterns.values[:, part])
            own = None if patterns.times is None else patterns.times[part].astype(np.float64)
            if dense:
                times += np.bincount(keys, own, times.size)
                continue
            few, place = np.unique(keys, return_inverse=True)
            for key, count in zip(few.tolist(), np.bincount(place, own).tolist(), strict=True):
                found[key] = found.get(key, 0.0) + count
        self._cells = np.flatnonzero(times) if dense else np.array(sorted(found), dtype=np.intp)
        counts = times[self._cells] if dense else np.array([found[key] for key in sorted(found)])
        values = np.stack(np.divmod(self._cells, self._width)) - 1
        self._place: NDArray[np.intp] | None = None
        if dense:
            self._place = np.zeros(times.size, dtype=np.intp)
            self._place[self._cells] = np.arange(self._cells.size)
        cells = Patterns(
            values.astype(patterns.values.dtype),
            counts.astype(np.int64),
            patterns.n_values,
            ordered=True,
        )
        self.coefficient = make(Tally(cells))

    def places(self, block: Codes) -> NDArray[np.intp]:
        """Which of the pairs of values each column of codes is (p)."""
        keys = self._keys(block)
        if self._place is None:
            return np.asarray(np.searchsorted(self._cells, keys), dtype=np.intp)
        return np.asarray(self._place[keys], dtype=np.intp)

    @cached_property
    def enters(self) -> NDArray[np.bool_]:
        """Which of the pairs of values enter the coefficient."""
        return np.concatenate(
            [self.coefficient.units(part) > 0 for part in self.coefficient.patterns.blocks()]
            or [np.zeros(0, dtype=bool)]
        )

    @cached_property
    def columns(self) -> Floats:
        """What each of the pairs of values adds to the sums, 0 where it does not enter (k x K)."""
        return np.hstack(
            [
                np.where(self.enters[part], self.coefficient.columns(part), 0.0)
                for part in self.coefficient.patterns.blocks()
            ]
            or [np.zeros((self.coefficient.n_columns, 0))]
        )

    @cached_property
    def without_one(self) -> Floats:
        """The coefficient without one unit of each pair of values (K)."""
        whole = self.coefficient.value or 0.0
        return np.concatenate(
            [
                np.where(self.enters[part], self.coefficient.without_one(part), whole)
                for part in self.coefficient.patterns.blocks()
            ]
        )

    def _keys(self, block: Codes) -> NDArray[np.intp]:
        one, other = (block[coder].astype(np.intp) + 1 for coder in self._coders)
        return np.asarray(one * self._width + other, dtype=np.intp)


class MeanOfPairs(Coefficient):
    """The mean of one coefficient over pairs of coders.

    Its sums are those of the pairs, one after the other. It is undefined where one of them is. A
    unit enters that enters one of the pairs.

    Args:
        name: Of the mean.
        patterns: The patterns that the pairs were made from.
        pairs: The pairs.
        n_values: How many values the units that enter have.
    """

    def __init__(self, name: str, patterns: Patterns, pairs: Sequence[Pair], n_values: int) -> None:
        self.name = name
        self.patterns = patterns
        self.n_values = n_values
        self._pairs = pairs
        self._each = [pair.coefficient for pair in pairs]
        self.n_columns = sum(one.n_columns for one in self._each)
        self.n_units = int(sum(float(self.units(part).sum()) for part in patterns.blocks()))
        self.reason = self._why_undefined()

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        if self.reason:
            return None
        return sum(one.value or 0.0 for one in self._each) / len(self._each)

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        block = self.patterns.values[:, part]
        enter = np.zeros(block.shape[1], dtype=bool)
        for pair in self._pairs:
            enter |= pair.enters[pair.places(block)]
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        block = self.patterns.values[:, part]
        columns = [pair.columns[:, pair.places(block)] for pair in self._pairs]
        return np.vstack([np.zeros((0, block.shape[1])), *columns])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        total, start = np.zeros(len(sums)), 0
        for one in self._each:
            total += one.values(sums[:, start : start + one.n_columns])
            start += one.n_columns
        return total / (len(self._each) or math.nan)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        block = self.patterns.values[:, part]
        total = np.zeros(block.shape[1])
        for pair in self._pairs:
            total += pair.without_one.take(pair.places(block))
        return total / len(self._pairs)

    def _why_undefined(self) -> str | None:
        if not self.n_units:
            return "no_pairs"
        reasons = {one.reason for one in self._each}
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
) -> list[Pair]:
    """A coefficient of each of some pairs of coders.

    Args:
        patterns: The patterns of all coders, in their order.
        pairs: Two different places of coders each.
        make: Makes the coefficient of two coders from their values' sums.
    """
    return [Pair(patterns, both, make) for both in pairs]
