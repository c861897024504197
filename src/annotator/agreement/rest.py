"""How far one coder agrees with all others taken together."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Distance, Floats
from annotator.agreement.patterns import Patterns

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
        table = distance.features
        table = np.eye(patterns.n_values) if table is None else table
        # A missing value, -1, reads the last column.
        self._table = np.append(table, np.zeros((len(table), 1)), axis=1)
        self.n_columns = 2 + 2 * len(table)
        self.n_units, self.n_values = self._sizes()

    @cached_property
    def reason(self) -> str | None:  # type: ignore[override]
        """See `Coefficient`."""
        if not self.n_units:
            return "no_pairs"
        return "no_variation" if np.isnan(self.values(self.totals[None])[0]) else None

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        own, others = self._own(part), self._others(part)
        enter = (own >= 0) & (others >= 0).any(axis=0)
        times = self.patterns.times
        return enter.astype(np.float64) if times is None else enter * times[part].astype(float)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        own, others = self._own(part), self._others(part)
        present = np.maximum((others >= 0).sum(axis=0), 1)
        apart = np.where(others >= 0, self._distance.between(own[None], others), 0.0)
        rest = self._table[:, others].sum(axis=1) / present
        return np.vstack(
            [np.ones(own.size), apart.sum(axis=0) / present, self._table[:, own], rest]
        )

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        units, apart = sums[:, 0], sums[:, 1]
        own, rest = np.split(sums[:, 2:], 2, axis=1)
        expected = self._distance.across(own, rest)
        defined = expected > _ROUNDING * units
        return 1.0 - units * apart / np.where(defined, expected, np.nan)

    def _own(self, part: slice) -> NDArray[np.intp]:
        return self.patterns.values[self._coder, part].astype(np.intp)

    def _others(self, part: slice) -> NDArray[np.intp]:
        return np.delete(self.patterns.values[:, part], self._coder, axis=0).astype(np.intp)

    def _sizes(self) -> tuple[int, int]:
        """How many units enter, and how many values they have."""
        n_units = n_values = 0.0
        for part in self.patterns.blocks():
            units = self.units(part)
            n_units += float(units.sum())
            n_values += float(units @ (self.patterns.values[:, part] >= 0).sum(axis=0))
        return int(n_units), int(n_values)
