"""Patterns: the distinct units among many, and how often each occurs.

Percent agreement, alpha and their relatives depend on the data only through how often each pattern
of values occurs, and a million units seldom hold more than some thousand patterns. Five ways to
find them, all with the same result as far as any coefficient can tell:

- `dense`: one mixed-radix number per unit, counted in a histogram of all possible numbers;
- `halves`: the same for each half of the coders, which makes two numbers for two sets of values,
  counted in a histogram of all pairs of sets; forgets who gave which value;
- `exact`: the sum of (r + 1)^value over a unit, which names its value counts while it fits into 64
  bits and forgets who gave which value;
- `hash`: the same sum with random 64-bit weights, checked by a second, independent one;
- `direct`: no search at all; each unit is a pattern. The best when units hardly ever repeat.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.multisets import count_multisets, fits
from annotator.agreement.ratings import MISSING, Codes

BLOCK = 1 << 15
"""Units handled at a time: what is computed for them stays in the processor's cache."""

_DENSE_CELLS = 1 << 18
_MERGE_FROM = 1024
_PROBE = 4096
_EXACT_KEYS = 2**63
_EXACT_BELOW = 0.5
_HASH_BELOW = 0.25

Keys = NDArray[np.unsignedinteger[Any]]


class Strategy(StrEnum):
    """A way to find the patterns."""

    DENSE = "dense"
    HALVES = "halves"
    EXACT = "exact"
    HASH = "hash"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Distinct units and their multiplicities.

    Attributes:
        values: s x P codes, -1 for none; column p lists the values of pattern p. s is at most the
            number of coders.
        times: P multiplicities, or None where every pattern stands for one unit.
        n_values: V, how many values the codes stand for.
        ordered: Whether row i holds the values of coder i; else a column is in no particular order.
    """

    values: Codes
    times: NDArray[np.int64] | None
    n_values: int
    ordered: bool = False

    @classmethod
    def alone(cls, n_units: int) -> "Patterns":
        """Units, or clusters of them, of which each stands for itself whatever it holds.

        Args:
            n_units: P.
        """
        return cls(np.empty((0, n_units), dtype=np.int8), None, 0)

    @property
    def stands_alone(self) -> bool:
        """Whether they are made by `alone`."""
        return len(self.values) == 0

    @property
    def size(self) -> int:
        """P, the number of patterns."""
        return int(self.values.shape[1])

    def blocks(self) -> Iterator[slice]:
        """Slices that together cover all patterns."""
        return blocks(self.size)


def blocks(length: int) -> Iterator[slice]:
    """Slices of at most `BLOCK` that together cover `length` places."""
    return (slice(start, min(start + BLOCK, length)) for start in range(0, length, BLOCK))


def find_patterns(
    codes: Codes,
    n_values: int,
    *,
    ordered: bool = False,
    strategy: Strategy | None = None,
) -> Patterns:
    """The patterns among the units.

    Args:
        codes: r x N, a row per coder, -1 for a missing value.
        n_values: V; every code is below it.
        ordered: Whether it must be known which coder gave which value.
        strategy: How to look; by default what suits the shape of the data. `halves` and `exact`
            forget the order of coders.

    Returns:
        Patterns whose multiplicities add up to N.
    """
    strategy = strategy or choose_strategy(codes, n_values, ordered=ordered)
    if strategy is Strategy.DENSE:
        return _dense(codes, n_values, ordered)
    if strategy is Strategy.HALVES:
        values, times = count_multisets(codes, n_values)
        return _exact(values, n_values, times)
    if strategy is Strategy.EXACT:
        return _exact(codes, n_values)
    return (_hash if strategy is Strategy.HASH else _direct)(codes, n_values, ordered)


def choose_strategy(codes: Codes, n_values: int, *, ordered: bool = False) -> Strategy:
    """The strategy that suits a matrix of codes, from its shape and a probe of its units.

    Args:
        codes: r x N, a row per coder, -1 for a missing value.
        n_values: V; every code is below it.
        ordered: Whether it must be known which coder gave which value.
    """
    n_coders, n_units = codes.shape
    cells = (n_values + 1) ** n_coders
    # A histogram larger than the data costs more than the data.
    if cells <= min(_DENSE_CELLS, 4096 + 4 * n_units):
        return Strategy.DENSE
    by_sums = not ordered and (n_coders + 1) ** n_values < _EXACT_KEYS
    if by_sums and fits(n_coders, n_values, n_units):
        return Strategy.HALVES
    step = max(1, n_units // _PROBE)
    probe = codes[:, ::step][:, :_PROBE]
    tables, _ = hash_tables(n_coders if ordered else 1, n_values, attempt=0)
    distinct = np.unique(_sum_keys(probe, tables)).size
    share = distinct / max(1, probe.shape[1])
    if by_sums:
        return Strategy.EXACT if share < _EXACT_BELOW else Strategy.DIRECT
    return Strategy.HASH if share < _HASH_BELOW else Strategy.DIRECT


def hash_tables(n_tables: int, n_values: int, attempt: int) -> tuple[Keys, Keys]:
    """Twice a table (n_tables x (V + 1)) of random 64-bit weights, 0 for a missing value.

    Args:
        n_tables: 1 where all coders' values weigh the same, else the number of coders.
        n_values: V.
        attempt: How many tables have mixed up units so far.
    """
    random = np.random.default_rng((n_values, attempt))
    size = (2, n_tables, n_values + 1)
    first, second = random.integers(1, 2**64, size=size, dtype=np.uint64)
    first[:, MISSING] = second[:, MISSING] = 0
    return first, second


def pack(values: Codes, most: int) -> Codes:
    """The same patterns with their values moved together into the first `most` rows."""
    if most >= values.shape[0]:
        return values
    # Missing is below every value, so that sorting leaves the values at the end.
    return np.ascontiguousarray(np.sort(values, axis=0)[values.shape[0] - most :])


def _sum_keys(codes: Codes, tables: Keys) -> Keys:
    """Per unit the sum of its values' weights, from one table for all coders or one for each."""
    keys = np.zeros(codes.shape[1], dtype=tables.dtype)
    for part in blocks(codes.shape[1]):
        target = keys[part]
        for place, row in enumerate(codes[:, part]):
            target += tables[place % len(tables)][row]
    return keys


def _dense(codes: Codes, n_values: int, ordered: bool) -> Patterns:
    n_coders, n_units = codes.shape
    base = n_values + 1
    # Missing is -1: shifting the sum once is cheaper than shifting every code.
    shift = sum(base**place for place in range(n_coders))
    counts = np.zeros(base**n_coders, dtype=np.int64)
    for part in blocks(n_units):
        keys = np.full(part.stop - part.start, shift, dtype=np.int64)
        for place, row in enumerate(codes[:, part]):
            keys += row * np.int32(base**place)
        found = np.bincount(keys)
        counts[: found.size] += found
    found = np.flatnonzero(counts)
    values = _digits(found, n_coders, base, codes.dtype)
    if ordered or found.size <= _MERGE_FROM:
        return Patterns(values, counts[found], n_values, ordered=True)
    # Every order of the same values is a cell of its own: what follows is spared most of them.
    values.sort(axis=0)
    keys = np.full(found.size, shift, dtype=np.int64)
    for place, row in enumerate(values):
        keys += row * np.int32(base**place)
    counts = np.bincount(keys, counts[found]).astype(np.int64)
    found = np.flatnonzero(counts)
    return Patterns(_digits(found, n_coders, base, codes.dtype), counts[found], n_values)


def _digits(keys: NDArray[np.int64], n_coders: int, base: int, dtype: np.dtype[Any]) -> Codes:
    """The values that mixed-radix numbers stand for (r x P)."""
    values = np.empty((n_coders, keys.size), dtype=dtype)
    for place in range(n_coders):
        keys, digits = np.divmod(keys, base)
        values[place] = digits - 1
    return values


def _exact(codes: Codes, n_values: int, times: NDArray[np.int64] | None = None) -> Patterns:
    """Patterns of units by their value counts; each unit stands for some where `times` says so."""
    n_coders, n_units = codes.shape
    base = n_coders + 1
    # Half the bytes sort in less than half the time.
    dtype = np.uint32 if base**n_values < 2**32 else np.uint64
    weights = [base**value for value in range(n_values)] + [0]
    keys = _sum_keys(codes, np.array([weights], dtype=dtype))
    if times is None:
        keys.sort()
        first = _run_starts(keys)
        times = np.diff(np.append(first, n_units))
    else:
        order = np.argsort(keys)
        keys = keys[order]
        first = _run_starts(keys)
        times = np.add.reduceat(times[order], first)
    rest = keys[first].astype(np.uint64)
    counts = np.empty((rest.size, n_values), dtype=np.int64)
    for value in range(n_values):
        rest, counts[:, value] = np.divmod(rest, np.uint64(base))
    return Patterns(_listed(counts, codes.dtype), times, n_values)


def _hash(codes: Codes, n_values: int, ordered: bool) -> Patterns:
    attempt = 0
    while True:
        tables, others = hash_tables(codes.shape[0] if ordered else 1, n_values, attempt)
        keys = _sum_keys(codes, tables)
        order = np.argsort(keys)
        keys = keys[order]
        check = _sum_keys(codes, others)[order]
        # Units that share the first key but not the second are different units: weigh anew.
        same_key = keys[1:] == keys[:-1]
        if not np.any(check[1:][same_key] != check[:-1][same_key]):
            break
        attempt += 1
    first = _run_starts(keys)
    times = np.diff(np.append(first, codes.shape[1]))
    found = codes[:, order[first]]
    if not ordered:
        found = pack(found, _most_values(found))
    return Patterns(found, times, n_values, ordered=ordered)


def _direct(codes: Codes, n_values: int, ordered: bool) -> Patterns:
    if not ordered:
        most = _most_values(codes)
        if 2 * most <= codes.shape[0]:
            return Patterns(pack(codes, most), None, n_values)
    return Patterns(codes, None, n_values, ordered=True)


def _run_starts(keys: Keys) -> NDArray[np.intp]:
    """Where each run of equal keys begins in sorted keys."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, keys.size), bool), keys[1:] != keys[:-1])))


def _most_values(codes: Codes) -> int:
    """The largest number of values any unit has."""
    most = 0
    small = np.min_scalar_type(codes.shape[0])
    for part in blocks(codes.shape[1]):
        most = max(most, int(np.sum(codes[:, part] >= 0, axis=0, dtype=small).max()))
    return most


def _listed(counts: NDArray[np.int64], dtype: np.dtype[Any]) -> Codes:
    """Value counts (P x V) turned into lists of values (most values of a unit x P)."""
    present = counts.sum(axis=1)
    values = np.full((int(present.max(initial=0)), present.size), MISSING, dtype=dtype)
    pattern, value = np.nonzero(counts)
    repeat = counts[pattern, value]
    pattern, value = np.repeat(pattern, repeat), np.repeat(value, repeat)
    first = np.cumsum(present) - present
    values[np.arange(pattern.size) - first[pattern], pattern] = value
    return values
