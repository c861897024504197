"""Means over pairs of coders: Light's kappa, and how far one coder agrees with each other one."""

import math
from collections.abc import Callable, Iterator, Sequence
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


class Pair(Coefficient):
    """One coefficient of two coders, seen on the patterns of all coders.

    It is worked out on the pairs of values that the two gave, of which there are few.

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
        self._one = make(Tally(cells))
        self.name = self._one.name
        self.patterns = patterns
        self.n_units, self.n_values = self._one.n_units, self._one.n_values
        self.n_columns = self._one.n_columns
        self.reason = self._one.reason
        self.lowest, self.highest = self._one.lowest, self._one.highest

    @property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        return self._one.value

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        enter = self._enters[self._places(part)]
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        return np.asarray(self._columns[:, self._places(part)])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        return self._one.values(sums)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        return np.asarray(self._without_each.take(self._places(part)))

    def replicates(self) -> Iterator[tuple[Floats, Floats]]:
        """See `Coefficient.replicates`: of the pairs of values, which stand for the same units."""
        return self._one.replicates()

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`."""
        return self._one.jackknife_is_undefined()

    def analytic(self) -> float | None:
        """See `Coefficient.analytic`."""
        return self._one.analytic()

    @cached_property
    def _enters(self) -> NDArray[np.bool_]:
        """Which of the pairs of values enter the coefficient."""
        return np.concatenate(
            [self._one.units(part) > 0 for part in self._one.patterns.blocks()]
            or [np.zeros(0, dtype=bool)]
        )

    @cached_property
    def _columns(self) -> Floats:
        """What each of the pairs of values adds to the sums, 0 where it does not enter (k x K)."""
        return np.hstack(
            [
                np.where(self._enters[part], self._one.columns(part), 0.0)
                for part in self._one.patterns.blocks()
            ]
            or [np.zeros((self._one.n_columns, 0))]
        )

    @cached_property
    def _without_each(self) -> Floats:
        """The coefficient without one unit of each pair of values (K)."""
        whole = self._one.value or 0.0
        return np.concatenate(
            [
                np.where(self._enters[part], self._one.without_one(part), whole)
                for part in self._one.patterns.blocks()
            ]
            or [np.zeros(0)]
        )

    def _places(self, part: slice) -> NDArray[np.intp]:
        """Which of the pairs of values each pattern of a slice holds (p)."""
        keys = self._keys(self.patterns.values[:, part])
        if self._place is None:
            return np.asarray(np.searchsorted(self._cells, keys), dtype=np.intp)
        return np.asarray(self._place[keys], dtype=np.intp)

    def _keys(self, block: Codes) -> NDArray[np.intp]:
        one, other = (block[coder].astype(np.intp) + 1 for coder in self._coders)
        return np.asarray(one * self._width + other, dtype=np.intp)


class Mean(Coefficient):
    """The mean of coefficients on the same patterns, such as one of each pair of coders.

    Its sums are theirs, one after the other. It is undefined where one of them is. A unit enters
    that enters one of them.

    Args:
        name: Of the mean.
        patterns: The patterns that they all stand on.
        parts: The coefficients.
        n_values: How many values the units that enter have.
    """

    def __init__(
        self, name: str, patterns: Patterns, parts: Sequence[Coefficient], n_values: int
    ) -> None:
        self.name = name
        self.patterns = patterns
        self.n_values = n_values
        self.parts = parts
        self.n_columns = sum(one.n_columns for one in parts)
        self.n_units = int(sum(float(self.units(part).sum()) for part in patterns.blocks()))
        self.reason = self._why_undefined()

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        if self.reason:
            return None
        return sum(one.value or 0.0 for one in self.parts) / len(self.parts)

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        most = np.zeros(self.patterns.values[:, part].shape[1])
        for one in self.parts:
            np.maximum(most, one.units(part), out=most)
        return most

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        nothing = np.zeros((0, self.patterns.values[:, part].shape[1]))
        return np.vstack([nothing, *(_entering(one, part) for one in self.parts)])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        total, start = np.zeros(len(sums)), 0
        for one in self.parts:
            total += one.values(sums[:, start : start + one.n_columns])
            start += one.n_columns
        return total / (len(self.parts) or math.nan)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        total = np.zeros(self.patterns.values[:, part].shape[1])
        for one in self.parts:
            whole = one.value or 0.0
            total += np.where(one.units(part) > 0, one.without_one(part), whole)
        return total / len(self.parts)

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`: a part of one unit is enough."""
        alone = any(one.jackknife_is_undefined() == "one_unit" for one in self.parts)
        return "one_unit" if alone else super().jackknife_is_undefined()

    def _why_undefined(self) -> str | None:
        if not self.n_units:
            return "no_pairs"
        reasons = {one.reason for one in self.parts}
        if "no_variation" in reasons:
            return "no_variation"
        return "coders_without_overlap" if "no_pairs" in reasons else None


def _entering(one: Coefficient, part: slice) -> Floats:
    """The columns of a coefficient, 0 for a pattern that does not enter."""
    return np.where(one.units(part) > 0, one.columns(part), 0.0)


def light_kappa(sums: Tally, weights: Weights) -> Mean:
    """Light's kappa (1971): the mean of Cohen's kappas over all pairs of coders.

    Args:
        sums: The patterns, in the order of coders, and their sums.
        weights: How far different values agree.
    """

    def cohen(two: Tally) -> Coefficient:
        return CongerKappa(two, weights, Within(two, weights.distance), cohen=True)

    every = combinations(range(len(sums.patterns.values)), 2)
    pairs = [Pair(sums.patterns, both, cohen) for both in every]
    return Mean("light_kappa", sums.patterns, pairs, sums.n_values)
