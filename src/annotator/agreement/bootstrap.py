"""The bootstrap over units or clusters of units: one set of replicates for many coefficients.

Efron 1979 (*Ann. Stat.* 7). A replicate draws as many units as there are, with replacement; since a
coefficient depends on sums over patterns alone, only how often each pattern was drawn matters, and
the work does not grow with the number of units. Pairable units and units with one value are drawn
apart, so that coefficients over pairable units do not hang on how many others there are.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Counts, Floats
from annotator.agreement.drawing import multinomial
from annotator.agreement.patterns import Patterns
from annotator.agreement.replicates import Replicates

REPLICATES = 2000
"""How many replicates are drawn unless asked otherwise; BCa looks far into their tails."""

REPLICATES_OF_MANY = 1000
"""How many are drawn where there are some hundred intervals to make at once."""

SEED = 1
"""The seed of the draws unless another is given."""

_MANY_PATTERNS = 1000
_PATTERNS_AT_ONCE = 1000
_CELLS_AT_ONCE = 1 << 18
_AFFORDABLE_PATTERNS = 20_000
_KEPT_CELLS = 2_000_000
_PRODUCTS_AT_ONCE = 1 << 18
_FEWEST_ROWS = 8
_AFFORDABLE_PRODUCTS = 6e8
_AFFORDABLE_SUMS = 4_000_000


def bootstrap(
    coefficients: Sequence[Coefficient], n_replicates: int = REPLICATES, seed: int = SEED
) -> list[Replicates]:
    """Values of coefficients over units drawn with replacement.

    Args:
        coefficients: Those that stand on the same patterns share every draw. Where patterns are
            clusters (see `annotator.agreement.clusters`) clusters are drawn.
        n_replicates: B, how many draws.
        seed: Of the draws: the same seed and patterns give the same draws, whichever coefficients
            ask for them.

    Returns:
        The replicates of each coefficient, in their order.
    """
    found: dict[int, Replicates] = {}
    groups: dict[int, list[int]] = {}
    for place, one in enumerate(coefficients):
        groups.setdefault(id(one.patterns), []).append(place)
    for places in groups.values():
        together = [coefficients[place] for place in places]
        sums = _drawn_sums(together, n_replicates, seed)
        ends = np.cumsum([one.n_columns for one in together])[:-1]
        for place, one, own in zip(places, together, np.split(sums, ends, axis=1), strict=True):
            values = one.values(own)
            defined = values[np.isfinite(values)]
            found[place] = Replicates(defined, values.size - defined.size, seed)
    return [found[place] for place in range(len(coefficients))]


def is_affordable(one: Coefficient, n_replicates: int = REPLICATES) -> bool:
    """Whether a bootstrap takes little enough time and memory to be done without being asked for.

    It does not where hardly any units are alike and there are tens of thousands of them, or where a
    coefficient has thousands of sums, as ordinal alpha has on a long scale; the jackknife does.
    """
    patterns = one.patterns.size
    if patterns > _AFFORDABLE_PATTERNS:
        return False
    width = one.n_columns
    products = n_replicates * width * max(patterns, width)
    return n_replicates * width <= _AFFORDABLE_SUMS and products <= _AFFORDABLE_PRODUCTS


def _drawn_sums(coefficients: Sequence[Coefficient], n_replicates: int, seed: int) -> Floats:
    """B x K, the sums of all coefficients on the same patterns, side by side."""
    patterns = coefficients[0].patterns
    if patterns.stands_alone and n_replicates * patterns.size <= _KEPT_CELLS:
        everything = slice(0, patterns.size)
        drawn = _cluster_draws(patterns.size, n_replicates, seed)
        return _product(drawn, _columns(coefficients, everything))
    sums = np.zeros((n_replicates, sum(one.n_columns for one in coefficients)))
    rows_at_once = max(1, _CELLS_AT_ONCE // min(_PATTERNS_AT_ONCE, max(1, patterns.size)))
    for part, units, totals, random in _shares(coefficients, n_replicates, seed):
        columns = _columns(coefficients, part)
        for start in range(0, n_replicates, rows_at_once):
            rows = slice(start, start + rows_at_once)
            drawn = multinomial(random, totals[rows], units, quick=patterns.size > _MANY_PATTERNS)
            sums[rows] += _product(drawn, columns)
    return sums


def _product(drawn: Floats, columns: Floats) -> Floats:
    """B x K, the drawn counts (B x p) times the columns (K x p).

    Part by part: for a larger product numpy's library of linear algebra wakes threads that go on
    waiting for the next one, which takes longer than the products do.
    """
    sums = np.empty((len(drawn), len(columns)))
    width = max(1, drawn.shape[1])
    n_rows = max(_FEWEST_ROWS, _PRODUCTS_AT_ONCE // (width * max(1, len(columns))))
    n_columns = max(1, _PRODUCTS_AT_ONCE // (width * n_rows))
    for start in range(0, len(drawn), n_rows):
        rows = slice(start, start + n_rows)
        for first in range(0, len(columns), n_columns):
            part = slice(first, first + n_columns)
            np.matmul(drawn[rows], columns[part].T, out=sums[rows, part])
    return sums


@lru_cache(maxsize=2)
def _cluster_draws(n_clusters: int, n_replicates: int, seed: int) -> Floats:
    """B x G, how often each of some clusters is drawn: the same for all that has these clusters.

    A hundred tables of a project stand on the same reports; drawing them once spares most of the
    time that their intervals take.
    """
    totals = np.full(n_replicates, n_clusters)
    units = np.ones(n_clusters, dtype=np.int64)
    drawn = multinomial(np.random.default_rng(seed), totals, units)
    drawn.flags.writeable = False
    return drawn


def _shares(
    coefficients: Sequence[Coefficient], n_replicates: int, seed: int
) -> Iterator[tuple[slice, Counts, Counts, np.random.Generator]]:
    """Slices of patterns, what each pattern stands for, and how many units each draw takes there.

    Pairable units come first and have random numbers of their own.
    """
    patterns = coefficients[0].patterns
    parts = [
        slice(start, min(start + _PATTERNS_AT_ONCE, patterns.size))
        for start in range(0, patterns.size, _PATTERNS_AT_ONCE)
    ]
    units = [_units(coefficients, part) for part in parts]
    for stratum, pairable in enumerate((True, False)):
        own = [
            np.where(_is_pairable(patterns, part) == pairable, counts, 0)
            for part, counts in zip(parts, units, strict=True)
        ]
        in_part = np.array([counts.sum() for counts in own])
        total = int(in_part.sum())
        if not total:
            continue
        random = np.random.default_rng((seed, stratum))
        totals = random.multinomial(total, in_part / total, size=n_replicates).T
        for place in np.flatnonzero(in_part):
            yield parts[place], own[place], totals[place], random


def _units(coefficients: Sequence[Coefficient], part: slice) -> Counts:
    """How many units each pattern of a slice stands for, 0 where it enters no coefficient."""
    units = np.stack([one.units(part) for one in coefficients])
    return np.asarray(units.max(axis=0), dtype=np.int64)


def _is_pairable(patterns: Patterns, part: slice) -> NDArray[np.bool_]:
    return np.asarray((patterns.values[:, part] >= 0).sum(axis=0) >= 2)


def _columns(coefficients: Sequence[Coefficient], part: slice) -> Floats:
    """K x p, what one unit of each pattern adds to the sums; 0 where it does not enter."""
    return np.vstack(
        [np.where(one.units(part) > 0, one.columns(part), 0.0) for one in coefficients]
    )
