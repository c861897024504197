"""Agreement per coder: without each of them, of each with each other, of each against the rest."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import alpha_for
from annotator.agreement.clusters import Clusters
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.coefficients import AnyDistance, AnyWeights, Family, check_names
from annotator.agreement.distance import Distance, SquaredDifference
from annotator.agreement.estimate import ErrorMethod, Estimate, as_estimate, estimates
from annotator.agreement.intervals import Ci, Sampling, check_confidence, measure
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.ordinal import OrdinalAlpha
from annotator.agreement.pairs import Mean, Pair
from annotator.agreement.patterns import Patterns, Strategy, find_patterns
from annotator.agreement.ratings import Ratings
from annotator.agreement.rest import AgainstRest
from annotator.agreement.tally import Tally
from annotator.errors import AnnotatorError


class _OfAlpha(TypedDict):
    """What alpha goes by, to be handed on as keywords."""

    weights: AnyWeights | None
    distance: AnyDistance
    period: float | None


@dataclass(frozen=True, slots=True)
class CoderEstimate:
    """How one coder stands to the others.

    Attributes:
        coder: The name.
        n_values: How many values the coder gave.
        without: Alpha of all other coders: far above the alpha of all, this coder is the odd one.
        mean_pairwise: The mean of the alphas of this coder with each other one who shares a unit.
        against_rest: Agreement of this coder with the others' values of the same units, corrected
            for chance (see `annotator.agreement.rest.AgainstRest`).
    """

    coder: str
    n_values: int
    without: Estimate
    mean_pairwise: Estimate
    against_rest: Estimate

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, the estimates as in `Estimate.as_json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PairEstimate:
    """One coefficient of two coders: `first` and `second` are their names."""

    first: str
    second: str
    estimate: Estimate

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, the estimate as in `Estimate.as_json`."""
        return asdict(self)


def per_coder(
    ratings: Ratings,
    level: Level | str,
    *,
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    confidence: float = 0.95,
) -> list[CoderEstimate]:
    """How each coder stands to the others, with jackknife intervals over units or their clusters.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One entry per coder, in the order of the ratings.

    Raises:
        AnnotatorError: As `estimates`.
    """
    return between_coders(
        ratings, level, weights=weights, distance=distance, period=period, confidence=confidence
    )[0]


def between_coders(
    ratings: Ratings,
    level: Level | str,
    *,
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    confidence: float = 0.95,
) -> tuple[list[CoderEstimate], list[PairEstimate]]:
    """What `per_coder` tells and what `per_pair` tells of alpha, worked out together.

    The arguments are those of `per_coder`.

    Raises:
        AnnotatorError: As `estimates`.
    """
    check_confidence(confidence)
    labels = ratings.clusters
    strategy = None if labels is None else Strategy.DIRECT
    of_alpha: _OfAlpha = {"weights": weights, "distance": distance, "period": period}
    family = Family(ratings, level, strategy=strategy, **of_alpha)
    patterns = find_patterns(
        ratings.codes.T, len(ratings.categories), ordered=True, strategy=strategy
    )
    rest_distance = family.metric or _by_ranks(patterns)
    clusters = None if labels is None else Clusters(labels)
    everyone = range(len(ratings.coders))
    used = ratings.used_columns
    every = list(combinations(everyone, 2))
    alphas = dict(zip(every, _of_pairs(patterns, every, family.metric, clusters), strict=True))

    def estimate(
        one: Coefficient, n_coders: int, se: ErrorMethod = ErrorMethod.JACKKNIFE
    ) -> Estimate:
        over = one if clusters is None else clusters.over(one)
        (measured,) = measure([over], Sampling(Ci.JACKKNIFE, confidence))
        return as_estimate(
            one,
            level=family.level,
            weights=family.weights_of("alpha"),
            n_coders=n_coders,
            se=se,
            measured=measured,
            n_clusters=None if clusters is None else over.n_units,
        )

    coders = []
    for place, coder in enumerate(ratings.coders):
        others = [other for other in everyone if other != place]
        without = alphas.get((others[0], others[1])) if len(others) == 2 else None
        if without is None:
            fewer = Family(ratings.of_coders(others), level, strategy=strategy, **of_alpha)
            (without,) = fewer.named(["alpha"])
        mine = [alpha for both, alpha in alphas.items() if place in both and alpha.n_units]
        against = AgainstRest(patterns, place, rest_distance)
        mean = Mean("mean_pairwise", patterns, mine, against.n_values)
        coders.append(
            CoderEstimate(
                coder=coder,
                n_values=int((ratings.codes[:, place] >= 0).sum()),
                without=estimate(without, int(used[others].sum())),
                mean_pairwise=estimate(mean, len(mine) + 1 if mine else int(used[place])),
                against_rest=estimate(against, len(mine) + 1 if mine else int(used[place])),
            )
        )
    pairs = [
        PairEstimate(
            ratings.coders[one],
            ratings.coders[other],
            estimate(alpha, int(used[[one, other]].sum()), ErrorMethod.ANALYTIC),
        )
        for (one, other), alpha in alphas.items()
    ]
    return coders, pairs


def per_pair(
    ratings: Ratings,
    level: Level | str,
    *,
    name: str = "alpha",
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    se: ErrorMethod | str = ErrorMethod.ANALYTIC,
    confidence: float = 0.95,
) -> list[PairEstimate]:
    """One coefficient of every pair of coders, with the jackknife's interval.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        name: Which coefficient.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        se: As in `estimates`.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One entry per pair, the first coder's pairs first. A pair that shares no unit is undefined
        with the reason `no_pairs`.

    Raises:
        AnnotatorError: As `estimates`; or the coefficient does not apply at this level.
    """
    check_names([name])
    return [
        PairEstimate(ratings.coders[one], ratings.coders[other], estimate)
        for one, other in combinations(range(len(ratings.coders)), 2)
        for estimate in estimates(
            ratings.of_coders([one, other]),
            level,
            weights=weights,
            distance=distance,
            period=period,
            names=[name],
            se=se,
            ci=Ci.JACKKNIFE,
            confidence=confidence,
        )
    ]


def confusion(ratings: Ratings, coder: str, other: str | None = None) -> NDArray[np.float64]:
    """How often a coder gave one value where others gave another.

    Args:
        ratings: N units x r coders; values may be missing.
        coder: Whose values are the rows.
        other: Whose values are the columns; by default those of all others, who share one count in
            each unit.

    Returns:
        V x V counts in the order of the categories; row c adds up to the units where the coder
        gave c and another coder gave a value.

    Raises:
        AnnotatorError: There is no such coder.
    """
    row = _place(ratings, coder)
    columns = range(len(ratings.coders)) if other is None else [_place(ratings, other)]
    size = len(ratings.categories)
    own = ratings.codes[:, row].astype(np.intp)
    rest = ratings.codes[:, [column for column in columns if column != row]].astype(np.intp)
    share = 1.0 / np.maximum((rest >= 0).sum(axis=1), 1)
    counts = np.zeros(size * size)
    for values in rest.T:
        both = (own >= 0) & (values >= 0)
        cells = own[both] * size + values[both]
        counts += np.bincount(cells, share[both], size * size)
    return counts.reshape(size, size)


def _place(ratings: Ratings, coder: str) -> int:
    if coder not in ratings.coders:
        raise AnnotatorError(
            f"There is no coder “{coder}”; the coders are {', '.join(ratings.coders)}."
        )
    return ratings.coders.index(coder)


def _of_pairs(
    patterns: Patterns,
    pairs: Iterable[tuple[int, int]],
    metric: Distance | None,
    clusters: Clusters | None,
) -> list[Coefficient]:
    """Alpha of each of some pairs of coders, on all coders' patterns.

    Args:
        patterns: The patterns of all coders, in their order.
        pairs: The places of the coders.
        metric: The distance; None is the ordinal one.
        clusters: What alpha is to be seen over. Then a unit is a pattern, and nothing is gained by
            looking for the units that two coders coded alike.
    """

    def alpha(sums: Tally) -> Coefficient:
        if metric is None:
            return OrdinalAlpha(sums)
        return alpha_for(sums, metric, as_table=not sums.n_lone)

    if clusters is None:
        return [Pair(patterns, both, alpha) for both in pairs]
    return [alpha(Tally(replace(patterns, values=patterns.values[list(both)]))) for both in pairs]


def _by_ranks(patterns: Patterns) -> Distance:
    """The ordinal distance by the ranks that all coders' values have together, taken as given."""
    counts = np.zeros(patterns.n_values + 1)
    for part in patterns.blocks():
        times = None if patterns.times is None else patterns.times[part].astype(np.float64)
        for row in patterns.values[:, part]:
            counts += np.bincount(row.astype(np.intp) + 1, times, counts.size)
    return SquaredDifference(np.cumsum(counts[1:]) - counts[1:] / 2)
