"""Quantiles of Student's t distribution, so that an interval needs no more than numpy.

Formulas 26.7.3 to 26.7.5 of Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964).
"""

import math
from functools import lru_cache

_EXPANSION_FROM = 120
"""Degrees of freedom from which the expansion around the normal is exact to ten digits."""

_NORMAL_FROM = 10_000
"""Degrees of freedom from which a probability is the normal's to four digits."""


def normal_quantile(probability: float) -> float:
    """The z with P(Z <= z) = `probability` for a standard normal Z, for 0 < `probability` < 1."""
    z = 0.0
    for _ in range(100):
        excess = 0.5 * math.erfc(-z / math.sqrt(2)) - probability
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        # A full Newton step can leave the region where the density is not zero.
        step = max(-1.0, min(1.0, excess / density))
        z -= step
        if abs(step) < 1e-14 * (1 + abs(z)):
            break
    return z


def _central_mass(t: float, df: int) -> float:
    """P(-t <= T <= t) for Student's T with `df` degrees of freedom (26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(df))
    sine, square = math.sin(angle), math.cos(angle) ** 2
    odd = df % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for k in range(df // 2):
        if k:
            term *= square * (2 * k - 1 + odd) / (2 * k + odd)
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


@lru_cache(maxsize=256)
def t_quantile(probability: float, df: int) -> float:
    """The t with P(T <= t) = `probability` for Student's T.

    Args:
        probability: Between .5 and 1, both excluded.
        df: Degrees of freedom, a whole number of at least 1.
    """
    z = normal_quantile(probability)
    if df >= _EXPANSION_FROM:
        g1 = (z**3 + z) / 4
        g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
        return z + g1 / df + g2 / df**2 + g3 / df**3 + g4 / df**4
    central = 2 * probability - 1
    low, high = 0.0, z
    while _central_mass(high, df) < central:
        low, high = high, 2 * high
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _central_mass(middle, df) < central:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_two_sided(t: float, df: int) -> float:
    """P(|T| >= |t|) for Student's T with `df` degrees of freedom; above 10,000, of the normal."""
    if df > _NORMAL_FROM:
        return math.erfc(abs(t) / math.sqrt(2))
    return min(1.0, max(0.0, 1.0 - _central_mass(abs(t), df)))
