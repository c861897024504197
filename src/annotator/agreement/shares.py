"""Shares: a sum over units by another, such as F1 or the share of counts that overlap.

A share is no chance-corrected coefficient; it stands beside those to say what they cannot, such as
how much one coder found of what another did. Its standard error is the jackknife's, like theirs.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.clusters import clustered
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Floats
from annotator.agreement.estimate import Estimate, as_estimate
from annotator.agreement.intervals import Ci, Sampling, measure
from annotator.agreement.level import Level
from annotator.agreement.patterns import Patterns


class Share(Coefficient):
    """A sum over units divided by another (a ratio estimator); undefined where that is 0.

    Args:
        name: What it is called.
        parts: N, what each unit adds to the numerator.
        wholes: N, what each unit adds to the denominator; a unit with 0 does not enter.
        n_values: How many values, or records, the sums are made of.
    """

    n_columns = 2
    lowest = 0.0

    def __init__(self, name: str, parts: ArrayLike, wholes: ArrayLike, n_values: int) -> None:
        self.name = name
        self._sums = np.array([parts, wholes], dtype=np.float64).reshape(2, -1)
        n_units = self._sums.shape[1]
        self.patterns = Patterns(np.zeros((1, n_units), dtype=np.int8), None, n_values=1)
        self.n_units = int(np.count_nonzero(self._sums[1]))
        self.n_values = n_values
        self.reason = None if self.n_units else "no_pairs"

    def units(self, part: slice) -> Floats:
        """See `Coefficient.units`."""
        return np.asarray(self._sums[1, part] != 0, dtype=np.float64)

    def columns(self, part: slice) -> Floats:
        """See `Coefficient.columns`."""
        return self._sums[:, part]

    def values(self, sums: Floats) -> Floats:
        """See `Coefficient.values`."""
        parts, wholes = sums.T
        return np.asarray(parts / np.where(wholes > 0, wholes, np.nan))


def share_estimate(
    share: Share,
    *,
    n_coders: int,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
    clusters: Sequence[Hashable] | None = None,
) -> Estimate:
    """A share as an estimate with its interval, cut off at 0 and 1.

    Args:
        share: The share.
        n_coders: How many coders had a part in it.
        ci: As in `annotator.agreement.estimates`, like all that follow.
        confidence: Of the interval, between 0 and 1.
        replicates: How many draws of the bootstrap.
        seed: Of the draws.
        clusters: N labels, where units of one cluster are alike.

    Raises:
        AnnotatorError: An argument is not one of its choices.
    """
    how = Sampling.of(ci, confidence, replicates, seed)
    over: Coefficient = share
    if clusters is not None:
        (over,) = clustered([share], clusters)
    (measured,) = measure([over], how)
    return as_estimate(
        share,
        level=Level.NOMINAL,
        weights="identity",
        n_coders=n_coders,
        measured=measured,
        n_clusters=None if clusters is None else over.n_units,
    )
