"""Coefficients over clusters of units: passages of one report resemble each other.

Where units come in clusters, the clusters and not the units are the independent ones, so that
jackknife and bootstrap leave out and draw clusters (Davison and Hinkley 1997, section 3.8). A
cluster adds the columns of its units to the sums; clusters may differ in size.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from annotator.agreement.coefficient import Coefficient, Spread
from annotator.agreement.distance import Counts, Floats
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
            units, clusters = one.units(part), cluster_of[part]
            enter = units > 0
            holds[clusters[enter]] = True
            for row, column in zip(self._sums, one.columns(part), strict=True):
                row += np.bincount(clusters[enter], column[enter], patterns.size)
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

    def without(self, columns: Floats) -> Floats:
        """See `Coefficient.without`."""
        return self._one.without(columns)

    def jackknife(self) -> Spread:
        """The jackknife over clusters; the value must be defined."""
        spread = super().jackknife()
        if spread.reason not in _REASONS:
            return spread
        return Spread(None, _REASONS[spread.reason])


def clustered(
    coefficients: Sequence[Coefficient], clusters: Sequence[Hashable]
) -> list[Coefficient]:
    """Coefficients over clusters of units, which share their draws.

    Args:
        coefficients: Each with a pattern per unit (strategy `direct`).
        clusters: N labels, for example the report of each passage.
    """
    numbers: dict[Hashable, int] = {}
    cluster_of = np.array([numbers.setdefault(one, len(numbers)) for one in clusters], np.int64)
    patterns = Patterns.alone(len(numbers))
    return [Clustered(one, cluster_of, patterns) for one in coefficients]
