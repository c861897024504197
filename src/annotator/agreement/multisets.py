"""Counting units by which values they hold, whoever gave them, in one pass over the data.

The coders are split into two halves. The values of a half make a mixed-radix number, and a table
takes it to the rank of their multiset among all of them; the two ranks together are a place in a
histogram small enough to be counted at once. The rank of a multiset d_0 <= d_1 <= ... is the sum of
the binomials (d_i + i over i + 1), the combinatorial number system (Knuth, *The Art of Computer
Programming*, 4A, section 7.2.1.3).
"""

from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.ratings import Codes

_HALF_CELLS = 1 << 17
_UNITS_AT_ONCE = 1 << 15
_COUNTED_AT_ONCE = 1 << 20


def fits(n_coders: int, n_values: int, n_units: int) -> bool:
    """Whether the tables and the histogram are smaller than the data they would count."""
    low, high = n_coders // 2, n_coders - n_coders // 2
    if low == 0 or (n_values + 1) ** high > min(_HALF_CELLS, 4096 + n_units):
        return False
    return comb(low + n_values, low) * comb(high + n_values, high) <= 4096 + 4 * n_units


def count_multisets(codes: Codes, n_values: int) -> tuple[Codes, NDArray[np.int64]]:
    """The distinct pairs of the halves' multisets, and how many units have each.

    Args:
        codes: r x N, a row per coder, -1 for a missing value; see `fits`.
        n_values: V; every code is below it.

    Returns:
        r x P values, each half's in ascending order, and P multiplicities. Units with the same
        values may stand in several columns, if the values lie with other halves.
    """
    n_coders, n_units = codes.shape
    low = n_coders // 2
    low_ranks, low_sets = _multisets(low, n_values)
    high_ranks, high_sets = _multisets(n_coders - low, n_values)
    n_high = high_sets.shape[1]
    n_cells = low_sets.shape[1] * n_high
    counts = np.zeros(0, dtype=np.int64)
    places = np.empty(min(n_units, _COUNTED_AT_ONCE), dtype=np.intp)
    for first in range(0, n_units, _COUNTED_AT_ONCE):
        last = min(first + _COUNTED_AT_ONCE, n_units)
        for start in range(first, last, _UNITS_AT_ONCE):
            stop = min(start + _UNITS_AT_ONCE, last)
            target = places[start - first : stop - first]
            np.multiply(low_ranks.take(_radix(codes[:low, start:stop], n_values)), n_high, target)
            target += high_ranks.take(_radix(codes[low:, start:stop], n_values))
        found = np.bincount(places[: last - first], minlength=n_cells)
        counts = counts + found if counts.size else found
    # Nonzero bytes are found faster than nonzero numbers.
    used = np.flatnonzero(counts != 0)
    one, other = np.divmod(used, n_high)
    values = np.vstack([low_sets[:, one], high_sets[:, other]]).astype(codes.dtype)
    return values, counts[used]


def _radix(codes: Codes, n_values: int) -> NDArray[np.intp]:
    base = n_values + 1
    numbers = np.zeros(codes.shape[1], dtype=np.int32)
    for row in codes:
        numbers *= np.int32(base)
        numbers += row
        numbers += np.int32(1)
    return numbers.astype(np.intp)


@lru_cache(maxsize=8)
def _multisets(size: int, n_values: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The rank of every mixed-radix number of some codes, and the codes of every rank.

    Returns:
        (V + 1)^size ranks; size x M codes, -1 for a missing value.
    """
    base = n_values + 1
    digits = np.empty((size, base**size), dtype=np.int16)
    rest = np.arange(base**size)
    for row in range(size - 1, -1, -1):
        rest, digits[row] = np.divmod(rest, base)
    digits.sort(axis=0)
    ranks = np.zeros(base**size, dtype=np.intp)
    for place, row in enumerate(digits):
        binomials = np.array([comb(digit + place, place + 1) for digit in range(base)])
        ranks += binomials[row]
    # Ranks follow the largest code first, then the next.
    sets = sorted(combinations_with_replacement(range(base), size), key=lambda one: one[::-1])
    return ranks, np.array(sets, dtype=np.int64).reshape(len(sets), size).T - 1
