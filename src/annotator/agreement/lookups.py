"""Sums over units of what tables say of their values, or of pairs of them, in a few passes.

Codes are looked up two at a time: two small codes make one place in a table of both, so that half
as many look-ups do. Blocks are small enough for what belongs to them to stay in the cache.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import Counts, Floats
from annotator.agreement.ratings import Codes

_MOST_CELLS = 1 << 12
_UNITS_AT_ONCE = 1 << 13


def two_at_a_time(n_values: int) -> bool:
    """Whether a table of all pairs of V values and a missing one is small enough to pay."""
    return (n_values + 1) ** 2 <= _MOST_CELLS


def twos(block: Codes, n_values: int) -> Iterator[NDArray[np.intp]]:
    """Places in a table of (V + 1) x (V + 1) of the codes of two rows, the first two rows first.

    The last of an odd number of rows comes alone: its places are those of the second code.

    Args:
        block: s x p codes, -1 for none.
        n_values: V, few (see `two_at_a_time`).
    """
    for row in range(0, len(block) - 1, 2):
        places = block[row].astype(np.int16)
        places += np.int16(1)
        places *= np.int16(n_values + 1)
        places += block[row + 1]
        places += np.int16(1)
        yield places.astype(np.intp)
    if len(block) % 2:
        yield block[-1].astype(np.intp) + 1


def value_sums(block: Codes, table: Floats) -> Floats:
    """For each column of codes, the sum of its values' entries in a table of length V (p).

    Args:
        block: s x p codes, -1 for none.
        table: One number for each of the V values.
    """
    sums = np.zeros(block.shape[1])
    if not two_at_a_time(table.size):
        table = np.append(table, 0.0)
        for row in block:
            # A missing value, -1, reads the last entry.
            sums += table.take(row.astype(np.intp), mode="wrap")
        return sums
    one = np.append(0.0, table)
    both = (one[:, None] + one).ravel()
    for places in twos(block, table.size):
        sums += both.take(places)
    return sums


def value_counts(block: Codes, n_values: int) -> NDArray[np.int64]:
    """How often each of the V values occurs in a block of codes (V)."""
    width = n_values + 1
    counts = np.zeros(width, dtype=np.int64)
    if not two_at_a_time(n_values):
        for row in block:
            counts += np.bincount(row.astype(np.intp) + 1, minlength=width)
        return counts[1:]
    cells = np.zeros((width, width), dtype=np.int64)
    for places in twos(block, n_values):
        found = np.bincount(places)
        cells.ravel()[: found.size] += found
    counts += cells.sum(axis=0)
    counts += cells.sum(axis=1)
    return counts[1:]


def pair_sums(
    block: Codes, n_values: int, table_of: Callable[[int, int], Floats], sums: Floats
) -> None:
    """Add to each column's sum, for each pair of its rows, what their table says of the two codes.

    Args:
        block: s x p codes, -1 for none.
        n_values: V.
        table_of: Gives for two rows g < h a table of V + 1 times V + 1 entries, flat: the place of
            codes c and k is (c + 1)(V + 1) + k + 1.
        sums: What is added to (p).
    """
    width = n_values + 1
    for start in range(0, block.shape[1], _UNITS_AT_ONCE):
        part = slice(start, start + _UNITS_AT_ONCE)
        shifted = block[:, part].astype(np.intp)
        shifted += 1
        scaled = shifted * width
        target = sums[part]
        for one, other in combinations(range(len(block)), 2):
            target += table_of(one, other).take(scaled[one] + shifted[other])


def with_missing(table: Floats, missing: float = 0.0) -> Floats:
    """A table of V x V entries as `pair_sums` takes it, with one for pairs with a missing code."""
    return np.pad(table, ((1, 0), (1, 0)), constant_values=missing).ravel()


def sums_in_groups(columns: Floats, groups: Counts, n_groups: int) -> Floats:
    """The sums of columns in groups (k x G).

    Args:
        columns: k x p.
        groups: The number of each column's group, counted from 0 (p).
        n_groups: G.
    """
    rows = len(columns)
    places = np.arange(rows)[:, None] * n_groups + groups
    sums = np.zeros(rows * n_groups)
    sums += np.bincount(places.ravel(), columns.ravel(), sums.size)
    return sums.reshape(rows, n_groups)


def values_in_groups(
    block: Codes, n_values: int, groups: Counts, n_groups: int, shares: Floats | None = None
) -> Floats:
    """How often each of the V values occurs in each group of a block's columns (V x G).

    Args:
        block: s x p codes, -1 for none.
        n_values: V.
        groups: The number of each column's group, counted from 0 (p).
        n_groups: G.
        shares: What a value of each column counts (p); by default 1.
    """
    counts = np.zeros((n_values + 1) * n_groups)
    for row in block:
        # A missing value, -1, is counted in front of the others.
        places = (row.astype(np.intp) + 1) * n_groups + groups
        counts += np.bincount(places, shares, counts.size)
    return counts[n_groups:].reshape(n_values, n_groups)
