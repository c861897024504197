"""Coincidences: over how many positions the values of different coders meet on a continuum.

Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua,
*Quality & Quantity* 50(6), equations 1 to 10. Every coefficient of that family is a function of the
sums kept here, and the sums of several continua are those of each, added up.

Positions where no coder's value changes are taken as one run. With S spans the work is that of
sorting their 2S ends, then proportional to runs x coders, and no run is ever broken into positions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.continuum import Places, Spans
from annotator.agreement.distance import Floats

GAP = 0
"""Where gaps stand among the values; code k stands at k + 1."""

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Coincidences:
    """The sums behind the coefficients, each with G rows, for K codes.

    A row is a report, or the weighted sum of several.

    Attributes:
        lengths: Positions that coders gave each value, gaps first (G x (K + 1)).
        agreed: Of these, how many coincide with the same value of other coders, each coder counting
            for one in m - 1, where m coded the continuum (G x (K + 1)).
        squares: The squared lengths of the spans with each code (G x K).
        paired: Positions that coincide with a span of other coders, whatever its code, counted as
            in `agreed` (G x K).
        paired_squares: The squares of the stretch of each span that lies in spans of one other
            coder, over all of these, divided by m - 1 (G x K).
    """

    lengths: Floats
    agreed: Floats
    squares: Floats
    paired: Floats
    paired_squares: Floats

    def __len__(self) -> int:
        return len(self.lengths)

    def total(self) -> "Coincidences":
        """The sum over all rows, as one row."""
        return Coincidences(*(column.sum(axis=0, keepdims=True) for column in self.columns()))

    def without_each(self) -> "Coincidences":
        """For each row the sum over all others."""
        return Coincidences(*(_without_each(column) for column in self.columns()))

    def columns(self) -> tuple[Floats, ...]:
        """All the sums, each with a row per report."""
        return self.lengths, self.agreed, self.squares, self.paired, self.paired_squares


def weighted(several: Sequence[Coincidences], blocks: Iterable[Floats]) -> list[Coincidences]:
    """B sums over the rows of each, all with the same weights.

    Args:
        several: Sums of the same G reports.
        blocks: The weights, in blocks of the B (b x G); made once, however many sums there are.
    """
    parts: list[list[tuple[Floats, ...]]] = [[] for _ in several]
    for weights in blocks:
        for own, one in zip(parts, several, strict=True):
            own.append(tuple(weights @ column for column in one.columns()))
    return [
        Coincidences(
            *(
                np.concatenate([column[:0], *drawn])
                for column, *drawn in zip(one.columns(), *own, strict=True)
            )
        )
        for own, one in zip(parts, several, strict=True)
    ]


def _without_each(column: Floats) -> Floats:
    total = column.sum(axis=0)
    rest = total - column
    # What shares of m - 1 leave behind by rounding is no length, and would be taken for one.
    left: Floats = np.where(rest > _ROUNDING * total, rest, 0.0)
    return left


@dataclass(frozen=True, slots=True)
class _Runs:
    """T runs of positions, continua one behind the other, and what each coder says of each.

    Attributes:
        length: Positions of each run (T).
        continuum: The continuum it lies on (T).
        values: -1 where a coder did not code the continuum, else as in `Coincidences` (r x T).
        first: The run that each span begins with (S).
        behind: The run behind the last one of each span (S).
    """

    length: Places
    continuum: Places
    values: NDArray[np.int32]
    first: Places
    behind: Places


def coincidences(spans: Spans) -> Coincidences:
    """The sums of each report, over its continua that two or more coders coded.

    Args:
        spans: Spans of which no two of one coder overlap.
    """
    spans = spans.only(spans.pairable[spans.continuum])
    groups, n_groups = spans.groups()
    runs = _runs(spans)
    n_codes = len(spans.codes)
    others = np.maximum(spans.coded.sum(axis=1) - 1, 1).astype(np.float64)
    shape = (n_groups, n_codes + 1)
    lengths, agreed, paired = _met(runs, others, groups, shape)
    cells = groups[spans.continuum] * n_codes + spans.code
    size = (spans.end - spans.start).astype(np.float64)

    def by_code(weights: Floats) -> Floats:
        sums = np.bincount(cells, weights, n_groups * n_codes)
        return sums.astype(np.float64).reshape(n_groups, n_codes)

    inside = _inside_others(spans, runs) / others[spans.continuum]
    kept = np.unique(groups[spans.pairable])
    return Coincidences(
        lengths[kept],
        agreed[kept],
        by_code(size * size)[kept],
        paired[kept, 1:],
        by_code(inside)[kept],
    )


def _runs(spans: Spans) -> _Runs:
    begins = np.array([one.begin for one in spans.continua], dtype=np.int64)
    sizes = np.array([one.length for one in spans.continua], dtype=np.int64)
    sizes[~spans.pairable] = 0
    bases = np.cumsum(sizes) - sizes
    shift = (bases - begins)[spans.continuum]
    start, end = spans.start + shift, spans.end + shift
    edges = np.unique(np.concatenate((start, end, bases, [sizes.sum()])))
    first, behind = np.searchsorted(edges, start), np.searchsorted(edges, end)
    # Where continua without positions share a base, the last of them is the one that has some.
    continuum = np.searchsorted(bases, edges[:-1], side="right") - 1
    values = np.full((len(spans.coders), len(edges) - 1), -1, dtype=np.int32)
    for coder in range(len(spans.coders)):
        own = spans.coder == coder
        # A span raises the value where it begins and takes that back where it ends.
        steps = np.zeros(len(edges), dtype=np.int32)
        np.add.at(steps, first[own], (spans.code[own] + 1).astype(np.int32))
        np.subtract.at(steps, behind[own], (spans.code[own] + 1).astype(np.int32))
        here = spans.coded[continuum, coder]
        values[coder, here] = np.cumsum(steps)[:-1][here]
    return _Runs(np.diff(edges), continuum, values, first, behind)


def _met(
    runs: _Runs, others: Floats, groups: Places, shape: tuple[int, int]
) -> tuple[Floats, Floats, Floats]:
    """`lengths`, `agreed` and `paired` of `Coincidences`, the last with a column for gaps."""
    n_groups, n_values = shape
    ordered = np.sort(runs.values, axis=0).T
    run, _ = np.nonzero(ordered >= 0)
    value = ordered[ordered >= 0]
    # Equal values of one run now stand side by side; each stretch of them is one entry below.
    key = run * n_values + value
    heads = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if len(key) else key
    times = np.diff(np.append(heads, len(key))).astype(np.float64)
    run, value = run[heads], value[heads]
    marked = (runs.values > GAP).sum(axis=0).astype(np.float64)
    length = runs.length[run].astype(np.float64)
    shared = length * times / others[runs.continuum[run]]
    cells = groups[runs.continuum[run]] * n_values + value

    def by_value(weights: Floats) -> Floats:
        return np.bincount(cells, weights, n_groups * n_values).astype(np.float64).reshape(shape)

    return (
        by_value(length * times),
        by_value(shared * (times - 1.0)),
        by_value(shared * np.maximum(marked[run] - 1.0, 0.0)),
    )


def _inside_others(spans: Spans, runs: _Runs) -> Floats:
    """For each span the squares of its stretch in spans of each other coder, added up (S)."""
    total = np.zeros(len(spans.start))
    marked = np.zeros(len(runs.length) + 1, dtype=np.int64)
    for coder, values in enumerate(runs.values):
        np.cumsum(np.where(values > GAP, runs.length, 0), out=marked[1:])
        stretch = (marked[runs.behind] - marked[runs.first]).astype(np.float64)
        total += np.where(spans.coder == coder, 0.0, stretch * stretch)
    return total
