"""Multinomial counts for the bootstrap, many draws at a time.

numpy's own multinomial takes about a hundred nanoseconds per pattern and draw, whatever a pattern
stands for. Here patterns of few units are drawn unit by unit, as an index and a count take less.
The others are drawn as Poisson counts whose sum falls a little short of the total, which is filled
up unit by unit: given their sum Poisson counts are multinomial, so that this is exact.

Where patterns are many, those that stand for 16 units and more are drawn as normal deviates bent
until their first four moments are Poisson's (Cornish and Fisher 1938), and scaled to their total.
Their distribution functions are never more than .0007 apart; that of a thousand replicates is .03
from the true one.
"""

import math

import numpy as np

from annotator.agreement.distance import Counts, Floats

_FEW_UNITS = 12
_MANY_UNITS = 16
_PLAIN_BELOW = 0.4
_SHORT = 2.0
_BUCKETS = 1 << 12


def multinomial(
    random: np.random.Generator, totals: Counts, units: Counts, *, quick: bool = False
) -> Floats:
    """Counts of units drawn with replacement.

    Args:
        random: Where the draws come from.
        totals: B, how many units each draw takes.
        units: P, how many units each pattern stands for; at least one of them some.
        quick: Whether large counts may be bent normal deviates.

    Returns:
        B x P counts; row b adds up to `totals[b]`.
    """
    left = int(units.sum())
    # The bent normal deviates suit large counts, and few units drawn of many make small ones.
    quick = quick and 2 * int(totals.min()) >= left
    many_from = _MANY_UNITS if quick else int(units.max()) + 1
    groups = (
        (units >= many_from, _by_normal),
        ((units >= _FEW_UNITS) & (units < many_from), _by_poisson),
        (units < min(_FEW_UNITS, many_from), _one_by_one),
    )
    drawn = np.zeros((totals.size, units.size))
    for chosen, draw in groups:
        own = units[chosen]
        n_own = int(own.sum())
        if n_own:
            here = totals if n_own == left else random.binomial(totals, n_own / left)
            drawn[:, chosen] = draw(random, here, own)
            totals, left = totals - here, left - n_own
    return drawn


def _by_normal(random: np.random.Generator, totals: Counts, units: Counts) -> Floats:
    """Bend normal deviates until their moments are Poisson's, and scale them to the totals."""
    rate = units * (totals.mean() / units.sum())
    root = np.sqrt(rate)
    drawn = random.standard_normal((totals.size, units.size))
    # z^2 - 1 times 1/6 - z/(72 root), then all of it in place: memory is what takes the time.
    bend = drawn * drawn
    bend -= 1.0
    bend *= 1.0 / 6.0 - drawn / (72.0 * root)
    drawn *= root
    drawn += bend
    drawn += rate
    np.maximum(drawn, 0.0, out=drawn)
    drawn *= (totals / drawn.sum(axis=1))[:, None]
    return drawn


def _by_poisson(random: np.random.Generator, totals: Counts, units: Counts) -> Floats:
    """Draw all but a few units as Poisson counts and the rest one by one."""
    share = units / units.sum()
    if units.size < _PLAIN_BELOW * math.sqrt(totals.mean()):
        # Filling up would take longer than all the rest.
        return random.multinomial(totals, share).astype(np.float64)
    goal = np.maximum(totals - _SHORT * np.sqrt(totals), 0.0)
    drawn = random.poisson(goal[:, None] * share)
    sums = drawn.sum(axis=1)
    over = np.flatnonzero(sums > totals)
    while over.size:
        drawn[over] = random.poisson(goal[over, None] * share)
        sums[over] = drawn[over].sum(axis=1)
        over = over[sums[over] > totals[over]]
    missing = totals - sums
    places = _patterns_at(random.random(int(missing.sum())), np.cumsum(share))
    return np.asarray(drawn + _counted(places, missing, units.size), dtype=np.float64)


def _one_by_one(random: np.random.Generator, totals: Counts, units: Counts) -> Floats:
    """Draw each unit by its number."""
    pattern_of_unit = np.repeat(np.arange(units.size), units)
    chosen = random.integers(0, pattern_of_unit.size, int(totals.sum()))
    return _counted(pattern_of_unit[chosen], totals, units.size)


def _counted(places: Counts, totals: Counts, n_patterns: int) -> Floats:
    """B x P, how often each pattern comes among the first, next, ... `totals` places."""
    cells = np.repeat(np.arange(totals.size) * n_patterns, totals)
    cells += places
    counts = np.bincount(cells, minlength=totals.size * n_patterns)
    return np.asarray(counts.reshape(totals.size, n_patterns), dtype=np.float64)


def _patterns_at(places: Floats, ends: Floats) -> Counts:
    """For each place between 0 and 1 the first pattern whose share ends behind it."""
    # A table of where to begin to look spares a search through all patterns.
    table = np.searchsorted(ends, np.arange(_BUCKETS) / _BUCKETS, side="right")
    last = ends.size - 1
    found: Counts = np.minimum(table[(places * _BUCKETS).astype(np.intp)], last)
    behind = np.flatnonzero((ends[found] <= places) & (found < last))
    while behind.size:
        found[behind] += 1
        behind = behind[(ends[found[behind]] <= places[behind]) & (found[behind] < last)]
    return found
