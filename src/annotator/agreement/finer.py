"""A coefficient on merged patterns, seen on the finer ones that they were merged from.

So the coefficients of single codes, which know of a value only whether it is the code, can be drawn
together with each other and with the coefficients of all codes.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.patterns import Patterns
from annotator.agreement.replicates import Replicates


class Finer(Coefficient):
    """A coefficient on finer patterns than its own; values and errors are the same.

    Args:
        one: The coefficient on merged patterns, few enough for one block.
        patterns: The finer patterns.
        place: P, which merged pattern each of them became.
    """

    def __init__(
        self, one: Coefficient, patterns: Patterns, place: NDArray[np.unsignedinteger[Any]]
    ) -> None:
        self.name = one.name
        self.patterns = patterns
        self.n_units = one.n_units
        self.n_values = one.n_values
        self.n_columns = one.n_columns
        self.reason = one.reason
        self.lowest, self.highest = one.lowest, one.highest
        self._one = one
        self._place = place
        merged = slice(0, one.patterns.size)
        self._enters = one.units(merged) > 0
        self._columns = np.where(self._enters, one.columns(merged), 0.0)

    @property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        return self._one.value

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        enters = self._enters[self._place[part]].astype(np.float64)
        times = self.patterns.times
        return np.asarray(enters if times is None else enters * times[part])

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        return np.asarray(self._columns[:, self._place[part]])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        return self._one.values(sums)

    def replicates(self) -> Iterator[tuple[Floats, Floats]]:
        """See `Coefficient.replicates`: of the merged patterns, which stand for the same units."""
        return self._one.replicates()

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`."""
        return self._one.jackknife_is_undefined()

    def pair_bootstrap(self, n_replicates: int, seed: int) -> Replicates | None:
        """See `Coefficient.pair_bootstrap`."""
        return self._one.pair_bootstrap(n_replicates, seed)
