"""Coefficients whose chance agreement rests on how each coder spreads the values.

Conger's kappa (1980) is 1 - Do / De, where Do is 1 less percent agreement and De the mean distance
between a value drawn from one coder and a value drawn from another, over all pairs of coders. With
two coders and the units both coded it is Cohen's kappa (1960; weighted 1968). Patterns must keep
who gave which value.
"""

import math
from functools import cached_property
from itertools import combinations

import numpy as np

from annotator.agreement import lookups
from annotator.agreement.corrected import Corrected
from annotator.agreement.distance import Floats
from annotator.agreement.ratings import Codes
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights

_TABLE_CELLS = 1 << 20


class CongerKappa(Corrected):
    """Conger's kappa, or Cohen's.

    After the sums of `Corrected` come the features or counts (see `Distance.features`) of each
    coder's values.

    Args:
        tally: The patterns, in the order of coders, and their sums. Every coder gave some value.
        weights: How far different values agree.
        within: The distances of the weights, summed over the values of each pattern.
        cohen: Whether it is Cohen's kappa of two coders: units that only one of them coded do not
            count, and the analytic variance divides by n (Fleiss, Cohen and Everitt 1969) and not
            by n - 1 (Gwet 2014).
    """

    def __init__(
        self, tally: Tally, weights: Weights, within: Within, *, cohen: bool = False
    ) -> None:
        name = "cohen_kappa" if cohen else "conger_kappa"
        super().__init__(name, tally, weights, within, lone=not cohen, as_table=cohen)
        self._distance = weights.distance
        self._features = self._distance.features
        self._coders = tally.patterns.values.shape[0]
        self._kinds = tally.counts.size if self._features is None else len(self._features)
        self.n_columns = 2 + self._coders * self._kinds
        # The largest sum that the distances between coders' shares can have.
        self._all_pairs = self._coders * (self._coders - 1) * weights.largest or math.nan

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        pairable, agreement = self._pairable(part), self._agreement(part)
        block = self.patterns.values[:, part].astype(np.intp)
        width = block.shape[1]
        if self._features is None:
            cells = np.zeros((self._coders, self._kinds + 1, width))
            coder, place = np.indices(block.shape)
            # A missing value, -1, fills the last row, which is left out.
            cells[coder, block, place] = 1.0
            values = cells[:, :-1]
        else:
            table = np.append(self._features, np.zeros((self._kinds, 1)), axis=1)
            values = table[:, block].swapaxes(0, 1)
        flat = values.reshape(self._coders * self._kinds, width)
        return np.vstack([pairable, pairable * agreement, flat])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        pairable, agreement = sums[:, 0], sums[:, 1]
        spread = sums[:, 2:].reshape(len(sums), self._coders, self._kinds)
        times = spread.sum(axis=2) if self._features is None else spread[:, :, 0]
        shares = spread / np.where(times > 0, times, np.nan)[:, :, None]
        everyone = shares.sum(axis=1)
        apart = self._distance.across(everyone, everyone)
        for coder in range(self._coders):
            apart -= self._distance.across(shares[:, coder], shares[:, coder])
        return self._corrected(pairable, agreement, apart / self._all_pairs)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        block = self.patterns.values[:, part]
        apart = np.full(block.shape[1], self._apart)
        for coder, codes in enumerate(block):
            moved = self._steps[coder] * (self._from_others[coder] - self._to_others[coder])
            apart += 2.0 * np.append(moved, 0.0).take(codes.astype(np.intp), mode="wrap")
        if self._pair_tables is not None:
            tables = self._pair_tables
            lookups.pair_sums(block, self._tally.counts.size, lambda *two: tables[two], apart)
        else:
            self._add_pairs(block, apart)
        return self._without(part, apart / self._all_pairs)

    def _add_pairs(self, block: Codes, apart: Floats) -> None:
        """Add what the distances between each two coders' shares change by without a unit."""
        for one, other in combinations(range(self._coders), 2):
            moved = self._between[one, other] + self._distance.between(block[one], block[other])
            moved -= self._to_coder[other][block[one]] + self._to_coder[one][block[other]]
            both = (block[one] >= 0) & (block[other] >= 0)
            apart += 2.0 * np.where(both, self._steps[one] * self._steps[other] * moved, 0.0)

    @cached_property
    def _pair_tables(self) -> dict[tuple[int, int], Floats] | None:
        """The same for each two values of each two coders, where there are few enough of them."""
        size = self._tally.counts.size
        every = np.arange(size)
        pairs = list(combinations(range(self._coders), 2))
        if len(pairs) * (size + 1) ** 2 > min(_TABLE_CELLS, 1024 + self.patterns.values.size):
            return None
        tables = {}
        distances = self._distance.between(every[:, None], every)
        for one, other in pairs:
            moved = self._between[one, other] + distances
            moved = moved - self._to_coder[other][:, None] - self._to_coder[one]
            moved *= 2.0 * self._steps[one] * self._steps[other]
            tables[one, other] = lookups.with_missing(moved)
        return tables

    @cached_property
    def _steps(self) -> Floats:
        """How far each coder's shares move without one value: p by (p - e) / (n - 1)."""
        return 1.0 / np.where(self._times > 1, self._times - 1.0, np.nan)

    def _chance_terms(self, part: slice) -> Floats:
        block = self.patterns.values[:, part]
        terms = np.zeros(block.shape[1])
        for coder, codes in enumerate(block):
            gap = self._to_others[coder][codes] - self._from_others[coder]
            terms += np.where(codes >= 0, self.n_units / self._times[coder] * gap, 0.0)
        return np.asarray(2.0 * terms / self._all_pairs)

    @cached_property
    def _counts(self) -> Floats:
        """How often each coder gave each value in the units that enter (r x V)."""
        n_kinds = self._tally.counts.size
        counts = np.zeros((self._coders, n_kinds + 1))
        for part in self.patterns.blocks():
            units = self.units(part)
            for target, codes in zip(counts, self.patterns.values[:, part], strict=True):
                target += np.bincount(codes.astype(np.intp) + 1, units, n_kinds + 1)
        return counts[:, 1:]

    @cached_property
    def _times(self) -> Floats:
        return np.asarray(self._counts.sum(axis=1))

    @cached_property
    def _to_coder(self) -> Floats:
        """The mean distance of each value to the values of each coder (r x V)."""
        return np.stack([self._distance.to_all(row / row.sum()) for row in self._counts])

    @cached_property
    def _to_others(self) -> Floats:
        """The same to the values of all other coders, added up (r x V)."""
        return np.asarray(self._to_coder.sum(axis=0) - self._to_coder)

    @cached_property
    def _between(self) -> Floats:
        """The mean distance between the values of two coders (r x r)."""
        return np.asarray((self._counts / self._times[:, None]) @ self._to_coder.T)

    @cached_property
    def _from_others(self) -> Floats:
        """The mean distance of each coder's values to those of all others, added up (r)."""
        return np.asarray(self._between.sum(axis=1) - np.diagonal(self._between))

    @cached_property
    def _apart(self) -> float:
        return float(self._from_others.sum())

    @cached_property
    def _expected(self) -> float:
        return float(self._apart / self._all_pairs)
