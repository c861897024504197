"""Coefficients over clusters of units: passages of one report resemble each other.

Where units come in clusters, the clusters and not the units are the independent ones, so that
jackknife and bootstrap leave out and draw clusters (Davison and Hinkley 1997, section 3.8). A
cluster adds the columns of its units to the sums; clusters may differ in size.
"""

from collections.abc import Hashable, Sequence
from functools import cached_property

import numpy as np

from annotator.agreement.coefficient import Coefficient, Spread
from annotator.agreement.distance import Counts, Floats
from annotator.agreement.pairs import Mean
from annotator.agreement.patterns import Patterns

_REASONS = {"one_unit": "one_cluster", "variation_in_one_unit": "variation_in_one_cluster"}


class Clustered(Coefficient):
    """A coefficient whose independent units are clusters; its value stays the same.

    Args:
        one: The coefficient, with a pattern per unit (strategy `direct`).
        cluster_of: N, the number of each unit's cluster, counted from 0.
        patterns: One pattern per cluster; the same object for coefficients to be drawn together.
    """

    def __init__(self, one: Coefficient, cluster_of: Counts, patterns: Patterns) -> None:
        self.name = one.name
        self.patterns = patterns
        self.n_values = one.n_values
        self.n_columns = one.n_columns
        self.reason = one.reason
        self.lowest, self.highest = one.lowest, one.highest
        self._one = one
        self._sums = np.zeros((one.n_columns, patterns.size))
        holds = np.zeros(patterns.size, dtype=bool)
        for part in one.patterns.blocks():
            clusters = cluster_of[part]
            holds[clusters[one.units(part) > 0]] = True
            self._sums += one.in_groups(part, clusters, patterns.size)
        self._holds = holds.astype(np.float64)
        self.n_units = int(holds.sum())

    @property
    def value(self) -> float | None:
        """See `Coefficient.value`."""
        return self._one.value

    def units(self, part: slice) -> Floats:
        """1 for each cluster with units that enter, else 0."""
        return self._holds[part]

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        return self._sums[:, part]

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        return self._one.values(sums)

    def without_one(self, part: slice) -> Floats:
        """See `Coefficient.without_one`."""
        return self._without_each[part]

    @cached_property
    def _without_each(self) -> Floats:
        """The coefficient without each cluster, for both the jackknife and what rests on it (G)."""
        return self._one.without(self._sums)

    def jackknife(self) -> Spread:
        """The jackknife over clusters; the value must be defined."""
        return _of_clusters(super().jackknife())


class ClusteredMean(Mean):
    """A mean of coefficients over clusters, with clusters as its independent units."""

    def jackknife_is_undefined(self) -> str | None:
        """See `Coefficient.jackknife_is_undefined`; a part may lie in a single cluster."""
        return Coefficient.jackknife_is_undefined(self)

    def jackknife(self) -> Spread:
        """The jackknife over clusters; the value must be defined."""
        return _of_clusters(super().jackknife())


def _of_clusters(spread: Spread) -> Spread:
    """A spread whose units are clusters."""
    if spread.reason not in _REASONS:
        return spread
    return Spread(None, _REASONS[spread.reason])


class Clusters:
    """Which units lie together; what is seen over them shares its draws.

    Args:
        labels: N labels, for example the report of each passage.
    """

    def __init__(self, labels: Sequence[Hashable]) -> None:
        numbers: dict[Hashable, int] = {}
        self._cluster_of = np.array(
            [numbers.setdefault(one, len(numbers)) for one in labels], np.int64
        )
        self._patterns = Patterns.alone(len(numbers))
        self._known: dict[Coefficient, Coefficient] = {}

    def over(self, one: Coefficient) -> Coefficient:
        """A coefficient over the clusters; the same object each time it is asked for.

        Args:
            one: With a pattern per unit (strategy `direct`).
        """
        if one not in self._known:
            self._known[one] = (
                self._mean(one)
                if isinstance(one, Mean)
                else Clustered(one, self._cluster_of, self._patterns)
            )
        return self._known[one]

    def _mean(self, one: Mean) -> ClusteredMean:
        """The mean over the clusters of what a mean is made of."""
        parts = [self.over(part) for part in one.parts]
        return ClusteredMean(one.name, self._patterns, parts, one.n_values)


def clustered(
    coefficients: Sequence[Coefficient], clusters: Sequence[Hashable]
) -> list[Coefficient]:
    """Coefficients over clusters of units, which share their draws.

    Args:
        coefficients: Each with a pattern per unit (strategy `direct`).
        clusters: N labels, for example the report of each passage.
    """
    over = Clusters(clusters).over
    return [over(one) for one in coefficients]
