"""Percent agreement: the share of equal pairs of values in a unit, averaged over pairable units.

The mean of n_c(n_c - 1) / (m(m - 1)), summed over values c, as in Fleiss 1971 and, with missing
values, Gwet 2014.
"""

import numpy as np

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.tally import Tally


class PercentAgreement(Coefficient):
    """Percent agreement; its sums are the number of pairable units and their shares.

    Args:
        tally: The patterns and their sums.
    """

    name = "percent_agreement"
    n_columns = 2

    def __init__(self, tally: Tally) -> None:
        self.patterns = tally.patterns
        self.n_units = tally.n_units
        self.n_values = tally.n_values
        self.reason = None if tally.n_units else "no_pairs"
        self._tally = tally

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        return self._tally.weights(part)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        present = self._tally.present[part].astype(np.float64)
        pairs = np.maximum(present * (present - 1.0), 1.0)
        return np.stack([np.ones_like(pairs), 2.0 * self._tally.equal[part] / pairs])

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        units, shares = sums.T
        return np.asarray(shares / np.where(units > 0, units, np.nan))
