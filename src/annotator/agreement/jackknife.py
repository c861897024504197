"""The jackknife in closed form: what a coefficient becomes without each unit in turn.

Tukey 1958; for alpha see Hughes 2022 (arXiv:2210.13265). Units with the same pattern have the same
replicate, so that the work grows with the number of patterns and not with the number of units.
"""

import math
from collections.abc import Iterable

import numpy as np

from annotator.agreement.distance import Floats
from annotator.agreement.student import t_quantile

_NO_SPREAD = 1e-12


def standard_error(replicates: Iterable[tuple[Floats, Floats]], n_units: int) -> float:
    """The jackknife standard error.

    Args:
        replicates: Pairs of arrays of the same length: how many units each entry stands for (0
            for an entry that is to be passed over) and the coefficient without one such unit.
        n_units: How many units there are in all; at least 2.

    Returns:
        The square root of (U - 1)/U times the squared deviations of the replicates from their mean;
        exactly 0 where they do not differ beyond rounding, nan where one of them is undefined.
    """
    origin: float | None = None
    first = second = 0.0
    for weights, values in replicates:
        if origin is None:
            used = weights > 0
            if not used.any():
                continue
            # Deviations from one of the replicates: their squares lose no digits to its size.
            origin = float(values[used][0])
        values = np.where(weights > 0, values, origin)
        weighted = weights * (values - origin)
        first += float(weighted.sum())
        second += float((weighted * (values - origin)).sum())
    if math.isnan(first):
        return math.nan
    variance = (n_units - 1) / n_units * max(0.0, second - first * first / n_units)
    return without_rounding(math.sqrt(variance))


def without_rounding(error: float) -> float:
    """A standard error, exactly 0 where it is not more than rounding."""
    return error if error > _NO_SPREAD else 0.0


def t_interval(value: float, error: float, freedom: int, confidence: float) -> tuple[float, float]:
    """The interval value -+ t x error.

    Args:
        value: The coefficient.
        error: Its standard error.
        freedom: Degrees of freedom of Student's t: for U units U - 1.
        confidence: For example .95.
    """
    reach = t_quantile((1 + confidence) / 2, freedom) * error
    return value - reach, value + reach
