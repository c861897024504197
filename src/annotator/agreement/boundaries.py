"""How many boundaries and spans two coders have in common: F1, which is not chance-corrected.

F1 is twice the number of matches over the number of boundaries (or spans) of both coders together,
the harmonic mean of the share that each finds of the other's; it does not depend on which coder is
taken for right (van Rijsbergen 1979; Hripcsak and Rothschild 2005, *JAMIA* 12(3):296-298). Coders
who mark much agree by chance alone, and F1 does not tell: read it beside alpha for unitizing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.continuum import APART, Places, Spans
from annotator.agreement.distance import Floats
from annotator.agreement.intervals import Ci, Sampling
from annotator.agreement.report_draws import Interval, report_interval, report_weights
from annotator.errors import AnnotatorError

MATCH_NAMES = ("boundary_f1", "span_f1_exact", "span_f1_overlap")
"""What is matched: boundaries, spans with the same ends, spans that overlap."""

Ends = tuple[int, int]
"""Start and end of a word, the end behind its last position."""

_Side = tuple[Places, Places]
"""Where the things of one coder begin, in order, and where they end."""

_Matches = Callable[[_Side, _Side], Places]
"""Where the matched things of the first of two coders begin."""


@dataclass(frozen=True, slots=True)
class SpanMatch:
    """F1 over all pairs of coders and the continua that both of them coded.

    Attributes:
        name: One of `MATCH_NAMES`.
        tolerance: How far apart two boundaries may lie that match; None for spans.
        counted_in: `positions` or `words`, what the tolerance is counted in; None for spans.
        value: F1 from 0 to 1, None where it is undefined.
        se: Its jackknife standard error over reports, None where that is undefined.
        ci_low: Lower end of the interval, None without one.
        ci_high: Upper end of the interval, None without one.
        ci_method: `bca`, `percentile`, `jackknife_t`, None without an interval.
        n_matched: Matches, each of one boundary (or span) of either coder of a pair.
        n_marked: Boundaries (or spans) of both coders of each pair.
        reason: Why there is no value, or no interval: `no_pairs`, `no_spans`, `one_report`,
            `variation_in_one_report`, `no_spread`; None where nothing is missing.
    """

    name: str
    tolerance: int | None
    counted_in: str | None
    value: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    ci_method: str | None
    n_matched: int
    n_marked: int
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, and that none of them is corrected for chance."""
        return {**asdict(self), "chance_corrected": False}


def span_matches(
    spans: Spans,
    tolerances: Iterable[int] = (0,),
    *,
    words: Mapping[str, Sequence[Ends]] | None = None,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[SpanMatch]:
    """F1 of boundaries for each tolerance, then of spans, exact and overlapping.

    A boundary is the start or the end of a span, whatever its code; starts match starts and ends
    match ends. Spans match only with the same code. Each one matches at most one of the other
    coder, and there are as many matches as can be.

    Args:
        spans: The spans that coders marked.
        tolerances: How far apart boundaries may lie that match, in positions, or in words if these
            are given.
        words: Start and end of each word of each continuum, in order. A boundary inside a word then
            lies at that word's own, and one between words at either.
        ci: As for `unitizing`.
        confidence: As for `unitizing`.
        replicates: As for `unitizing`.
        seed: As for `unitizing`.

    Raises:
        AnnotatorError: An argument is not one of its choices.
    """
    how = Sampling.of(ci, confidence, replicates, seed)
    begins = np.array([one.begin for one in spans.continua], dtype=np.int64)[spans.continuum]
    starts, ends = spans.start - begins, spans.end - begins
    counted_in = "positions"
    edges = starts, ends
    if words is not None:
        counted_in = "words"
        edges = _in_words(spans, words)
    found: list[SpanMatch] = []
    for tolerance in tolerances:
        if not 0 <= tolerance < APART // 4:
            raise AnnotatorError(f"The tolerance is {tolerance}; give a whole number from 0.")
        sums = np.zeros((len(spans.continua), 2))
        for edge in edges:
            on_line = spans.continuum * APART + edge
            # Two points are within n of each other if stretches of n + 1 from each overlap.
            matches = _overlaps if tolerance else _equals
            sums += _pairs(spans, on_line, on_line + tolerance + 1, matches)
        found.append(_f1(spans, "boundary_f1", sums, how, tolerance, counted_in))
    stretch = (spans.code * len(spans.continua) + spans.continuum) * APART
    for name, rule in (("span_f1_exact", _equals), ("span_f1_overlap", _overlaps)):
        sums = _pairs(spans, stretch + starts, stretch + ends, rule)
        found.append(_f1(spans, name, sums, how))
    return found


def _in_words(spans: Spans, words: Mapping[str, Sequence[Ends]]) -> tuple[Places, Places]:
    """The first word that each span touches, and the one behind the last it touches."""
    first, behind = np.zeros_like(spans.start), np.zeros_like(spans.end)
    limits = np.searchsorted(spans.continuum, np.arange(len(spans.continua) + 1))
    for one, start, end in zip(spans.continua, limits[:-1], limits[1:], strict=True):
        if one.name not in words:
            raise AnnotatorError(f"The words of the continuum {one.name!r} are missing; give them.")
        own = slice(start, end)
        table = np.array(words[one.name], dtype=np.int64).reshape(-1, 2)
        first[own] = np.searchsorted(table[:, 1], spans.start[own], side="right")
        behind[own] = np.searchsorted(table[:, 0], spans.end[own], side="left")
    return first, behind


def _pairs(spans: Spans, low: Places, high: Places, matches: _Matches) -> Floats:
    """Matches and marks of each continuum over all pairs of coders that coded it (N x 2).

    Args:
        spans: The spans behind what is matched.
        low: Where each thing begins, on a line where the continua lie `APART` (S); things of one
            coder that begin at the same place are one.
        high: Where it ends (S).
        matches: Which things match.
    """
    n_continua = len(spans.continua)
    sums = np.zeros((n_continua, 2))
    for one, other in combinations(range(len(spans.coders)), 2):
        both = (spans.coded[:, one] & spans.coded[:, other])[spans.continuum]
        sides: list[_Side] = []
        for coder in (one, other):
            own = both & (spans.coder == coder)
            begins, first = np.unique(low[own], return_index=True)
            sides.append((begins, high[own][first]))
        matched = matches(*sides)
        marked = np.concatenate([begins for begins, _ in sides])
        for column, places in enumerate((matched, marked)):
            sums[:, column] += np.bincount(places // APART % n_continua, minlength=n_continua)
    return sums


def _equals(some: _Side, others: _Side) -> Places:
    """Where the things begin that begin and end alike."""
    common, here, there = np.intersect1d(
        some[0], others[0], assume_unique=True, return_indices=True
    )
    alike: Places = common[some[1][here] == others[1][there]]
    return alike


def _overlaps(some: _Side, others: _Side) -> Places:
    """Where the things of the first coder begin that are matched, as many as can be.

    Matching the first two that overlap loses nothing. Where things of one coder lie side by side,
    only one of the two can overlap any other; where all are of one length, the partners that they
    would have in a largest matching overlap each other too.
    """
    mine = list(zip(some[0].tolist(), some[1].tolist(), strict=True))
    theirs = list(zip(others[0].tolist(), others[1].tolist(), strict=True))
    matched: list[int] = []
    here = there = 0
    while here < len(mine) and there < len(theirs):
        (low, high), (other_low, other_high) = mine[here], theirs[there]
        if high <= other_low:
            here += 1
        elif other_high <= low:
            there += 1
        else:
            matched.append(low)
            here, there = here + 1, there + 1
    return np.array(matched, dtype=np.int64)


def _f1(
    spans: Spans,
    name: str,
    sums: Floats,
    how: Sampling,
    tolerance: int | None = None,
    counted_in: str | None = None,
) -> SpanMatch:
    groups, n_groups = spans.groups()
    of_report = np.zeros((n_groups, 2))
    np.add.at(of_report, groups, sums)
    of_report = of_report[np.unique(groups[spans.pairable])]
    matched, marked = of_report.sum(axis=0)
    value: float | None = None
    if marked:
        value = float(2 * matched / marked)
        weights = report_weights(len(of_report), how)
        blocks = [_ratio(drawn @ of_report) for drawn in weights]
        interval = report_interval(
            value,
            _ratio(of_report.sum(axis=0) - of_report),
            np.concatenate(blocks) if blocks else np.zeros(0),
            how,
        )
    else:
        interval = Interval(reason="no_spans" if spans.pairable.any() else "no_pairs")
    low, high = interval.ends or (None, None)
    if low is not None and interval.method == "jackknife_t":
        low = max(0.0, low)
    return SpanMatch(
        name=name,
        tolerance=tolerance,
        counted_in=counted_in,
        value=value,
        se=interval.error,
        ci_low=low,
        ci_high=high,
        ci_method=interval.method,
        n_matched=int(matched),
        n_marked=int(marked),
        reason=interval.reason,
    )


def _ratio(sums: Floats) -> Floats:
    """F1 of each row of matches and marks, nan where nothing is marked."""
    f1: Floats = np.full(len(sums), np.nan)
    np.divide(2 * sums[:, 0], sums[:, 1], out=f1, where=sums[:, 1] > 0)
    return f1
