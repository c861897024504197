"""What all coefficients have in common: each is a smooth function of sums over units.

A unit adds a column of k numbers to the sums (how often it holds each value, how far its own values
lie apart, ...), units with the same pattern of values add the same column, and the coefficient is a
function of the k totals alone. So one description serves the value, the value without each unit in
turn (jackknife), the value of any weighting of the units (bootstrap) and of any grouping of them.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annotator.agreement import lookups
from annotator.agreement.distance import Counts, Floats
from annotator.agreement.jackknife import standard_error
from annotator.agreement.patterns import Patterns
from annotator.agreement.replicates import Replicates


@dataclass(frozen=True, slots=True)
class Spread:
    """A standard error, or why there is none.

    Attributes:
        error: The standard error; 0 with reason `no_spread`, None with any other reason.
        reason: `one_unit`, `variation_in_one_unit`, `no_spread`, or None.
    """

    error: float | None
    reason: str | None


class Coefficient(ABC):
    """One coefficient on one set of patterns.

    Attributes:
        name: As in `annotator.agreement.NAMES`.
        patterns: The P patterns of values and their multiplicities.
        n_units: How many units enter the coefficient.
        n_values: How many values they have.
        n_columns: k, how many numbers a unit adds to the sums.
        reason: Why the value is undefined, None if it is not.
        lowest: What the value cannot fall below.
        highest: What it cannot exceed.
    """

    name: str
    patterns: Patterns
    n_units: int
    n_values: int
    n_columns: int
    reason: str | None
    lowest: float = -math.inf
    highest: float = 1.0

    @abstractmethod
    def units(self, part: slice) -> Floats:
        """How many units each pattern of a slice stands for, 0 where it does not enter (p)."""

    @abstractmethod
    def columns(self, part: slice) -> Floats:
        """What one unit of each pattern of a slice adds to the sums (k x p).

        What stands in the column of a pattern that does not enter (see `units`) means nothing.
        """

    def in_groups(self, part: slice, groups: Counts, n_groups: int) -> Floats:
        """What the units of a slice that enter add to the sums of each group (k x G).

        Args:
            part: Which patterns, each standing for one unit.
            groups: The number of each unit's group, counted from 0 (p).
            n_groups: G.
        """
        enter = self.units(part) > 0
        return lookups.sums_in_groups(self.columns(part)[:, enter], groups[enter], n_groups)

    @abstractmethod
    def values(self, sums: Floats) -> Floats:
        """The coefficient for each row of sums (B x k), nan where it is undefined (B)."""

    @cached_property
    def totals(self) -> Floats:
        """The sums over all units that enter (k)."""
        totals = np.zeros(self.n_columns)
        for part in self.patterns.blocks():
            totals += self.columns(part) @ self.units(part)
        return totals

    @cached_property
    def value(self) -> float | None:
        """The coefficient, None where it is undefined."""
        return None if self.reason else float(self.values(self.totals[None])[0])

    def without_one(self, part: slice) -> Floats:
        """The coefficient without one unit of each pattern of a slice, nan if undefined (p)."""
        return self.without(self.columns(part))

    def without(self, columns: Floats) -> Floats:
        """The coefficient without what some units add to the sums, nan if undefined (p).

        Args:
            columns: k x p, each a column of the sums or the sum of several.
        """
        return self.values(self.totals - columns.T)

    def replicates(self) -> Iterator[tuple[Floats, Floats]]:
        """Block by block: how many units each pattern stands for, and the value without one.

        A pattern that does not enter stands for 0 units, whatever its value.
        """
        for part in self.patterns.blocks():
            yield self.units(part), self.without_one(part)

    def jackknife_is_undefined(self) -> str | None:
        """Why the jackknife is undefined, as far as that is known before it is worked out."""
        return "one_unit" if self.n_units == 1 else None

    def jackknife(self) -> Spread:
        """The jackknife standard error over units; the value must be defined."""
        reason = self.jackknife_is_undefined()
        if reason:
            return Spread(None, reason)
        error = standard_error(self.replicates(), self.n_units)
        if math.isnan(error):
            return Spread(None, "variation_in_one_unit")
        return Spread(error, None if error else "no_spread")

    def analytic(self) -> float | None:
        """The published standard error by linearisation; None if undefined or there is none."""
        return None

    def pair_bootstrap(self, n_replicates: int, seed: int) -> Replicates | None:
        """The KALPHA macro's replicates (see `pair_bootstrap`); None but for alpha.

        Args:
            n_replicates: How many draws.
            seed: Of the draws.
        """
        return None
