"""How far one coder agrees with all others taken together."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import lookups
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Counts, Distance, Floats
from annotator.agreement.patterns import Patterns

Places = NDArray[np.intp]

_ROUNDING = 1e-13


class AgainstRest(Coefficient):
    """A coder against the rest: 1 - Do / De over the units that the coder and another coded.

    Do is the mean distance of the coder's value to the others' values of the same unit; De that of
    one of the coder's values to one of the others', of units drawn apart. Each unit has the same
    say however many others coded it, as in the agreement of an isolated rater with a group of
    Vanbelle and Albert 2009 (Statistica Neerlandica 63), without their division by the highest
    agreement the group allows.

    Its sums are the units, their Do, and the features or counts (see `Distance.features`) of the
    coder's values and of the others', shared out within each unit.

    Args:
        patterns: The patterns, in the order of coders.
        coder: The place of the coder.
        distance: How far apart two values lie.
    """

    name = "against_rest"

    def __init__(self, patterns: Patterns, coder: int, distance: Distance) -> None:
        self.patterns = patterns
        self._coder = coder
        self._distance = distance
        self._features = distance.features
        kinds = patterns.n_values if self._features is None else len(self._features)
        self.n_columns = 2 + 2 * kinds
        self._own_counts = np.zeros(patterns.n_values)
        self._rest_counts = np.zeros(patterns.n_values)
        self._observed = 0.0
        self.n_units, self.n_values = self._add_up()

    @cached_property
    def reason(self) -> str | None:  # type: ignore[override]
        """See `Coefficient`."""
        if not self.n_units:
            return "no_pairs"
        return None if self._expected > _ROUNDING * self.n_units else "no_variation"

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        return None if self.reason else 1.0 - self.n_units * self._observed / self._expected

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        own, others = self._own(part), self._others(part)
        enter = (own >= 0) & (others >= 0).any(axis=0)
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        own, others = self._own(part), self._others(part)
        table = self._features
        table = np.eye(self.patterns.n_values) if table is None else table
        # A missing value, -1, reads the last column.
        table = np.append(table, np.zeros((len(table), 1)), axis=1)
        rest = np.zeros((len(table), own.size))
        for codes in others:
            rest += table[:, codes]
        rest /= self._present(others)
        return np.vstack([np.ones(own.size), self._apart(own, others), table[:, own], rest])

    def in_groups(self, part: slice, groups: Counts, n_groups: int) -> Floats:
        """See `Coefficient.in_groups`; no unit needs a place for each of the V values."""
        if self._features is not None:
            return super().in_groups(part, groups, n_groups)
        enter = self.units(part) > 0
        own, others = self._own(part)[enter], self._others(part)[:, enter]
        groups, n_values = groups[enter], self.patterns.n_values
        return np.vstack(
            [
                np.bincount(groups, minlength=n_groups),
                np.bincount(groups, self._apart(own, others), n_groups),
                lookups.values_in_groups(own[None], n_values, groups, n_groups),
                lookups.values_in_groups(
                    others, n_values, groups, n_groups, 1.0 / self._present(others)
                ),
            ]
        )

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        units, apart = sums[:, 0], sums[:, 1]
        own, rest = np.split(sums[:, 2:], 2, axis=1)
        return self._corrected(units, apart, self._distance.across(own, rest))

    def without(self, columns: Floats) -> Floats:
        """See `Coefficient.without`; quick where a column holds few of the values."""
        if self._features is not None:
            return super().without(columns)
        units, apart = self.n_units - columns[0], self._observed - columns[1]
        own, rest = np.split(columns[2:], 2)
        expected = self._expected + self._distance.across(own.T, rest.T)
        expected -= self._distance.to_all(self._rest_counts) @ own
        expected -= self._distance.to_all(self._own_counts) @ rest
        return self._corrected(units, apart, expected)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        own, others = self._own(part), self._others(part)
        apart = self._apart(own, others)
        # A missing value, -1, reads the last entry.
        from_own = np.append(self._distance.to_all(self._own_counts), 0.0)
        from_rest = np.append(self._distance.to_all(self._rest_counts), 0.0)
        expected = self._expected + apart - from_rest[own]
        expected -= sum(from_own[codes] for codes in others) / self._present(others)
        units = np.full(own.size, self.n_units - 1.0)
        return self._corrected(units, self._observed - apart, expected)

    def _corrected(self, units: Floats, apart: Floats, expected: Floats) -> Floats:
        defined = expected > _ROUNDING * np.maximum(units, 1.0)
        return np.asarray(1.0 - units * apart / np.where(defined, expected, np.nan))

    @cached_property
    def _expected(self) -> float:
        """De times the squared number of units."""
        return float(self._own_counts @ self._distance.to_all(self._rest_counts))

    def _apart(self, own: Places, others: Places) -> Floats:
        """The mean distance of each unit's own value to the others'."""
        apart = np.zeros(own.size)
        # Without any category there is nothing to look up.
        for codes in others if self.patterns.n_values else ():
            apart += np.where(codes >= 0, self._distance.between(own, codes), 0.0)
        return np.asarray(apart / self._present(others))

    def _present(self, others: Places) -> Places:
        return np.asarray(np.maximum((others >= 0).sum(axis=0), 1), dtype=np.intp)

    def _own(self, part: slice) -> Places:
        return self.patterns.values[self._coder, part].astype(np.intp)

    def _others(self, part: slice) -> Places:
        return np.delete(self.patterns.values[:, part], self._coder, axis=0).astype(np.intp)

    def _add_up(self) -> tuple[int, int]:
        """Add up what all units have; how many of them enter, and how many values they have."""
        n_units = n_values = 0.0
        size = self.patterns.n_values + 1
        for part in self.patterns.blocks():
            own, others = self._own(part), self._others(part)
            units = self.units(part)
            shares = units / self._present(others)
            n_units += float(units.sum())
            n_values += float(units @ ((own >= 0) + (others >= 0).sum(axis=0)))
            self._observed += float(units @ self._apart(own, others))
            self._own_counts += np.bincount(own + 1, units, size)[1:]
            for codes in others:
                self._rest_counts += np.bincount(codes + 1, shares, size)[1:]
        return int(n_units), int(n_values)
