"""Coefficients of the form 1 - Do / De over percent agreement.

Do, the observed disagreement, is 1 less percent agreement: the mean over pairable units of the
weighted share of agreeing pairs among a unit's values (Fleiss 1971; with missing values and weights
Gwet 2014, chapter 2). De is the disagreement expected by chance, in which the coefficients differ.
"""

import math
from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats, Nominal
from annotator.agreement.jackknife import without_rounding
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights

_NO_CHANCE = 1e-14
"""Expected disagreement below which there is none but for rounding."""


class Corrected(Coefficient):
    """What these coefficients have in common.

    The first two of their sums are the number of pairable units and their shares of agreeing pairs.

    Args:
        name: Of the coefficient.
        tally: The patterns and their sums.
        weights: How far different values agree.
        within: The distances of the weights, summed over the values of each pattern.
        lone: Whether units with a single value count in De.
        as_table: Whether the analytic variance divides by n, as for a table of two coders, and not
            by n - 1.
    """

    def __init__(
        self,
        name: str,
        tally: Tally,
        weights: Weights,
        within: Within,
        *,
        lone: bool,
        as_table: bool,
    ) -> None:
        self.name = name
        self.patterns = tally.patterns
        self.n_units = tally.n_units + (tally.n_lone if lone else 0)
        self.n_values = tally.n_values + (tally.n_lone if lone else 0)
        self._tally = tally
        self._weights = weights
        self._within = within
        self._lone = lone
        self._as_table = as_table

    @cached_property
    @abstractmethod
    def _expected(self) -> float:
        """De, for patterns with some pairable unit."""

    @abstractmethod
    def _chance_terms(self, part: slice) -> Floats:
        """What a unit of each pattern adds to U De, linearised, beyond the mean (p)."""

    @cached_property
    def reason(self) -> str | None:  # type: ignore[override]
        """See `Coefficient`."""
        if not self._tally.n_units:
            return "no_pairs"
        return None if self._expected > _NO_CHANCE else "no_variation"

    @cached_property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        if self.reason:
            return None
        return 1.0 - (1.0 - self._agreeing / self._tally.n_units) / self._expected

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        return self._tally.weights(part, lone=self._lone)

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`."""
        return "one_unit" if self._tally.n_units == 1 else None

    def analytic(self) -> float | None:
        """See `Coefficient.analytic`: Gwet 2014, chapter 5, for an infinite population of units.

        As published, the number of pairable units is taken as given. Of two coders without gaps it
        is the large-sample error of Fleiss, Cohen and Everitt 1969 and its relatives.
        """
        counted = self._counted
        if counted < 2 or self.value is None:
            return None
        square = 0.0
        for part in self.patterns.blocks():
            share = counted / self._tally.n_units * self._pairable(part)
            terms = share * (self._agreement(part) - 1.0 + self._expected)
            terms += (1.0 - self.value) * self._chance_terms(part)
            terms = terms / self._expected - self.value
            units = self._tally.weights(part, lone=counted > self._tally.n_units)
            square += float((units * terms * terms).sum())
        freedom = counted if self._as_table else counted - 1
        return without_rounding(math.sqrt(square / (counted * freedom)))

    @property
    def _counted(self) -> int:
        """How many units the analytic error counts."""
        return self.n_units

    def _corrected(self, pairable: Floats, agreement: Floats, expected: Floats) -> Floats:
        """The coefficient from its sums and De, nan where it is undefined."""
        observed = 1.0 - agreement / np.where(pairable > 0, pairable, np.nan)
        return np.asarray(1.0 - observed / np.where(expected > _NO_CHANCE, expected, np.nan))

    def _without(self, part: slice, expected: Floats) -> Floats:
        """The coefficient without one unit of each pattern, from De without it."""
        pairable = self._pairable(part)
        agreeing = self._agreeing - pairable * self._agreement(part)
        return self._corrected(self._tally.n_units - pairable, agreeing, expected)

    def _pairable(self, part: slice) -> Floats:
        return (self._tally.present[part] >= 2).astype(np.float64)

    def _agreement(self, part: slice) -> Floats:
        """The weighted share of agreeing pairs of each pattern; 1 where it has no pair."""
        present = self._tally.present[part].astype(np.float64)
        pairs = np.maximum(present * (present - 1.0), 1.0)
        return 1.0 - self._within.of(part) / (pairs * self._weights.largest)

    @cached_property
    def _agreeing(self) -> float:
        """The shares of agreeing pairs, added up over the pairable units."""
        kinds = self._by_kind()
        if kinds is not None:
            return float(kinds.units @ kinds.agreement)
        return sum(
            float((self._tally.weights(part) * self._agreement(part)).sum())
            for part in self.patterns.blocks()
        )

    def _by_kind(self) -> "Kinds | None":
        """Pairable units by their share of equal pairs, where only equal values agree."""
        if self._tally.kinds is None or not isinstance(self._weights.distance, Nominal):
            return None
        present, equal = np.indices(self._tally.kinds.shape, dtype=np.float64)[:, 2:].reshape(2, -1)
        units = self._tally.kinds[2:].ravel().astype(np.float64)
        return Kinds(units, 2.0 * equal / (present * (present - 1.0)))


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of pairable units: how many there are of each, and their share of equal pairs."""

    units: Floats
    agreement: Floats
