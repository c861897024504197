"""The difference of two coefficients on the same units, itself a coefficient."""

import math

import numpy as np

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.patterns import Patterns


class Contrast(Coefficient):
    """The difference of two coefficients on the same units; its sums are those of both.

    Args:
        first: With a pattern per unit.
        second: Likewise, of the same units.
    """

    lowest, highest = -math.inf, math.inf

    def __init__(self, first: Coefficient, second: Coefficient) -> None:
        self.name = first.name
        self.patterns = Patterns.alone(first.patterns.size)
        self.n_values = first.n_values + second.n_values
        self.n_columns = first.n_columns + second.n_columns
        self.reason = first.reason or second.reason
        self._pair = first, second
        self.n_units = sum(int(self.units(part).sum()) for part in self.patterns.blocks())

    def units(self, part: slice) -> Floats:
        """1 for each unit that enters one of the two, else 0."""
        first, second = self._pair
        return np.maximum(first.units(part), second.units(part))

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        return np.vstack(
            [np.where(one.units(part) > 0, one.columns(part), 0.0) for one in self._pair]
        )

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        first, second = self._pair
        ours, theirs = np.split(sums, [first.n_columns], axis=1)
        return np.asarray(first.values(ours) - second.values(theirs))
