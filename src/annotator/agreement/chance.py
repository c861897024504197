"""Coefficients whose chance agreement rests on how the values of all coders are spread.

De, the disagreement expected by chance, is a + b H, where H is the mean distance between two values
drawn at random: a unit is drawn, then one of its values (Gwet 2014, chapters 2 to 4). What a and b
are makes the coefficient: percent agreement (1, 0), Brennan-Prediger, Fleiss (Scott with two
coders) or Gwet.
"""

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from annotator.agreement.corrected import Corrected
from annotator.agreement.distance import Distance, Floats, Nominal
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights


class SpreadOfAll(Corrected):
    """One of the coefficients of this module.

    After the sums of `Corrected` come, where De depends on the values (b is not 0), the values'
    features or counts (see `Distance.features`), shared out within each unit.

    Args:
        name: Of the coefficient.
        tally: The patterns and their sums.
        weights: How far different values agree.
        within: The distances of the weights, summed over the values of each pattern.
        fixed: a, what of De does not depend on the values.
        spread: b, the part of H in De.
        distance: The distance whose mean is H.
        lone: Whether units with a single value count in H.
        as_table: See `Corrected`.
    """

    def __init__(
        self,
        name: str,
        tally: Tally,
        weights: Weights,
        within: Within,
        *,
        fixed: float,
        spread: float = 0.0,
        distance: Distance | None = None,
        lone: bool = False,
        as_table: bool = False,
    ) -> None:
        super().__init__(name, tally, weights, within, lone=lone, as_table=as_table)
        self._fixed, self._spread = fixed, spread
        # Without chance agreement what is left is a share.
        self.lowest = 0.0 if fixed == 1.0 and not spread else -math.inf
        self._distance = distance or Nominal()
        self._features = self._distance.features
        kinds = tally.counts.size if self._features is None else len(self._features)
        self.n_columns = 2 + (kinds if spread else 0)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        pairable, agreement = self._pairable(part), self._agreement(part)
        own = [pairable, pairable * agreement]
        if not self._spread:
            return np.stack(own)
        present = np.maximum(self._tally.present[part], 1)
        if self._features is None:
            values = self._tally.value_counts(part)
        else:
            values = np.stack([self._tally.value_sums(part, one) for one in self._features])
        return np.vstack([*own, values / present])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        pairable, agreement, values = sums[:, 0], sums[:, 1], sums[:, 2:]
        expected = np.full(len(sums), self._fixed)
        if self._spread:
            units = values.sum(axis=1) if self._features is None else values[:, 0]
            squared = np.where(units > 0, units * units, np.nan)
            expected += self._spread * self._distance.across(values, values) / squared
        return self._corrected(pairable, agreement, expected)

    def replicates(self) -> Iterator[tuple[Floats, Floats]]:
        """See `Coefficient.replicates`."""
        kinds = None if self._spread else self._by_kind()
        if kinds is None:
            yield from super().replicates()
            return
        # Without b a unit's share of agreeing pairs is all there is to know of it.
        rest = np.full(kinds.units.shape, self._tally.n_units - 1.0)
        expected = np.full(kinds.units.shape, self._fixed)
        yield kinds.units, self._corrected(rest, self._agreeing - kinds.agreement, expected)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        expected = np.full(self._tally.present[part].shape, self._fixed)
        if self._spread:
            present = np.maximum(self._tally.present[part], 1)
            apart = self._apart - 2.0 * self._to_rest(part)
            apart += self._own_spread.of(part) / (present * present.astype(np.float64))
            expected += self._spread * apart / max(self.n_units - 1.0, 1.0) ** 2
        return self._without(part, expected)

    @property
    def _counted(self) -> int:
        """As published, without b the units with a single value count too."""
        return self.n_units if self._spread else self._tally.n_units + self._tally.n_lone

    def _chance_terms(self, part: slice) -> Floats:
        if not self._spread:
            return np.zeros(self._tally.present[part].shape)
        own = self._to_rest(part) / self.n_units
        return 2.0 * self._spread * (own - self._apart / self.n_units**2)

    def _to_rest(self, part: slice) -> Floats:
        """The mean distance of each pattern's values to a value of every unit, summed."""
        return self._tally.value_sums(part, self._to_all) / np.maximum(self._tally.present[part], 1)

    @cached_property
    def _own_spread(self) -> Within:
        same = self._distance is self._weights.distance
        return self._within if same else Within(self._tally, self._distance)

    @cached_property
    def _shared_counts(self) -> Floats:
        return self._tally.shared_counts(lone=self._lone)

    @cached_property
    def _to_all(self) -> Floats:
        return self._distance.to_all(self._shared_counts)

    @cached_property
    def _apart(self) -> float:
        return float(self._shared_counts @ self._to_all)

    @cached_property
    def _expected(self) -> float:
        if not self._spread:
            return self._fixed
        return self._fixed + self._spread * self._apart / self.n_units**2
