"""Whether two coefficients differ: a test and an interval for their difference.

Of two independent sets of units (rounds, versions of a codebook) the variances add up, with the
degrees of freedom of Welch 1947, and the bootstrap draws each set by itself. On the same units (two
groups of coders, two variables) each unit is left out of, or drawn for, both coefficients at once,
so that what they have in common cancels.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from annotator.agreement.bootstrap import REPLICATES, SEED, bootstrap, is_affordable
from annotator.agreement.clusters import clustered
from annotator.agreement.coefficient import Coefficient, Spread
from annotator.agreement.coefficients import AnyDistance, AnyWeights, Family
from annotator.agreement.contrast import Contrast
from annotator.agreement.distance import Floats
from annotator.agreement.estimate import ErrorMethod, Estimate, as_estimate
from annotator.agreement.intervals import (
    Ci,
    Measured,
    Sampling,
    draws_are_wanted,
    interval,
    measure,
)
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.patterns import Strategy
from annotator.agreement.ratings import MISSING, Ratings
from annotator.agreement.replicates import Replicates
from annotator.agreement.student import t_two_sided
from annotator.errors import AnnotatorError

Blocks = list[tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first coefficient less the second.

    Attributes:
        name: Of the coefficient.
        method: `independent` or `paired`.
        value: The difference, None where one of the two is undefined.
        se: Its standard error by the jackknife, None where that is undefined.
        ci_low: Lower end of the interval, None without one.
        ci_high: Upper end.
        ci_method: As in `Estimate`.
        p: The two-sided p-value of no difference, by the jackknife and Student's t; None without
            an error.
        reason: Why the value or the interval is missing, as in `Estimate`, whose `reason` in
            `first` and `second` says of which; None where nothing is.
        first: The first coefficient, with its own interval.
        second: The second.
    """

    name: str
    method: str
    value: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    ci_method: str | None
    p: float | None
    reason: str | None
    first: Estimate
    second: Estimate

    def as_json(self) -> dict[str, object]:
        """The fields under their names, the two coefficients as in `Estimate.as_json`."""
        return {
            **asdict(self),
            "first": self.first.as_json(),
            "second": self.second.as_json(),
        }


def compare(
    first: Ratings,
    second: Ratings,
    level: Level | str,
    *,
    paired: bool = False,
    second_level: Level | str | None = None,
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] = ("alpha",),
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[Difference]:
    """The differences between coefficients of two sets of ratings.

    Args:
        first: N units x r coders; values may be missing. Where it has `clusters` these are
            independent and not its units, in both methods.
        second: Likewise, with or without clusters like `first`.
        level: The level of measurement of the values.
        paired: Whether units of the same name are the same unit. What only one of the two has
            counts in that one. Otherwise all units are independent, whatever their names.
        second_level: Of the second, where it is another variable.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        names: Which coefficients; those that do not apply to both are left out.
        ci: As in `estimates`; not `kalpha`.
        confidence: Of the intervals, between 0 and 1.
        replicates: As in `estimates`.
        seed: As in `estimates`.

    Raises:
        AnnotatorError: The values do not fit the level or the weights, an argument is not one of
            its choices, only one of the two has clusters, or units to be paired have the same name
            or clusters of their own.
    """
    how = Sampling.of(ci, confidence, replicates, seed)
    if how.ci is Ci.KALPHA:
        raise AnnotatorError("The interval kalpha is for one alpha; choose another for two.")
    if (first.clusters is None) != (second.clusters is None):
        raise AnnotatorError("Only one of the two has clusters of units; name those of both.")
    if paired:
        first, second = same_units(first, second)
    direct = paired or first.clusters is not None
    families = [
        Family(
            ratings,
            own_level,
            weights=weights,
            distance=distance,
            period=period,
            strategy=Strategy.DIRECT if direct else None,
        )
        for ratings, own_level in ((first, level), (second, second_level or level))
    ]
    found = [family.named(list(names)) for family in families]
    kept = {one.name for one in found[0]} & {one.name for one in found[1]}
    ours, theirs = ([one for one in side if one.name in kept] for side in found)
    sides = [
        _Side(ratings, family, side, how)
        for ratings, family, side in zip((first, second), families, (ours, theirs), strict=True)
    ]
    if paired:
        return _paired(sides[0], sides[1], how)
    return _independent(sides[0], sides[1], how)


def same_units(first: Ratings, second: Ratings) -> tuple[Ratings, Ratings]:
    """Both ratings with a row for every unit of either, in the same order.

    Raises:
        AnnotatorError: A unit comes twice in one of them, or has a cluster in each and not the
            same one.
    """
    units = tuple(dict.fromkeys([*first.units, *second.units]))
    place = {unit: row for row, unit in enumerate(units)}
    rows_of = []
    clusters: dict[str, object] = {}
    for ratings in (first, second):
        rows = [place[unit] for unit in ratings.units]
        if len(set(rows)) < len(rows):
            raise AnnotatorError("A unit comes twice in one of the two; each must come once.")
        rows_of.append(rows)
        for unit, cluster in zip(ratings.units, ratings.clusters or (), strict=False):
            if clusters.setdefault(unit, cluster) != cluster:
                raise AnnotatorError(
                    f"The unit {unit!r} is in another cluster in each of the two; mend one."
                )
    labels = tuple(clusters[unit] for unit in units) if clusters else None
    moved = []
    for ratings, rows in zip((first, second), rows_of, strict=True):
        codes = np.full((len(units), len(ratings.coders)), MISSING, ratings.codes.dtype, order="F")
        codes[rows] = ratings.codes
        codes.flags.writeable = False
        moved.append(replace(ratings, codes=codes, units=units, clusters=labels))
    return moved[0], moved[1]


class _Side:
    """One set of ratings with its coefficients, each alone and with its own interval.

    Args:
        ratings: The ratings.
        family: Of their coefficients.
        coefficients: Those to compare.
        how: Which intervals.
    """

    def __init__(
        self, ratings: Ratings, family: Family, coefficients: Sequence[Coefficient], how: Sampling
    ) -> None:
        self.ratings = ratings
        self.coefficients = coefficients
        self.independent = (
            coefficients if ratings.clusters is None else clustered(coefficients, ratings.clusters)
        )
        self.spreads = [
            Spread(None, one.reason) if one.value is None else one.jackknife()
            for one in self.independent
        ]
        self.estimates = [
            as_estimate(
                one,
                level=family.level,
                weights=family.weights_of(one.name),
                n_coders=ratings.n_coders,
                se=ErrorMethod.JACKKNIFE,
                measured=measured,
                n_clusters=None if ratings.clusters is None else over.n_units,
            )
            for one, over, measured in zip(
                coefficients, self.independent, measure(self.independent, how), strict=True
            )
        ]


def _paired(first: _Side, second: _Side, how: Sampling) -> list[Difference]:
    contrasts: list[Coefficient] = [
        Contrast(ours, theirs)
        for ours, theirs in zip(first.coefficients, second.coefficients, strict=True)
    ]
    clusters = first.ratings.clusters
    if clusters is not None:
        contrasts = clustered(contrasts, clusters)
    else:
        # Contrasts of the same units are drawn together.
        for one in contrasts[1:]:
            one.patterns = contrasts[0].patterns
    return [
        _difference("paired", ours, theirs, one.value, measured, one.n_units - 1, clusters)
        for ours, theirs, one, measured in zip(
            first.estimates, second.estimates, contrasts, measure(contrasts, how), strict=True
        )
    ]


def _independent(first: _Side, second: _Side, how: Sampling) -> list[Difference]:
    found = []
    for place, (ours, theirs) in enumerate(zip(first.estimates, second.estimates, strict=True)):
        pair = first.independent[place], second.independent[place]
        spreads = first.spreads[place], second.spreads[place]
        value = None
        if ours.value is not None and theirs.value is not None:
            value = ours.value - theirs.value
        measured, freedom = _of_two(pair, spreads, value, how)
        found.append(
            _difference(
                "independent", ours, theirs, value, measured, freedom, first.ratings.clusters
            )
        )
    return found


def _of_two(
    pair: tuple[Coefficient, Coefficient],
    spreads: tuple[Spread, Spread],
    value: float | None,
    how: Sampling,
) -> tuple[Measured, int]:
    """How certain the difference of two independent coefficients is, and Welch's freedom."""
    reasons = [spread.reason for spread in spreads if not spread.error]
    errors = [spread.error for spread in spreads if spread.error]
    if value is None or len(errors) < 2:
        return Measured(None, reasons[0]), 0
    variances = [error**2 for error in errors]
    error = math.sqrt(sum(variances))
    shares = [square**2 / (one.n_units - 1) for square, one in zip(variances, pair, strict=True)]
    freedom = max(1, math.floor(sum(variances) ** 2 / sum(shares)))
    drawn = _differences_drawn(pair, how)
    low, high, method = interval(value, error, freedom, _deviations(pair), drawn, how)
    return Measured(error, None, (low, high), method, drawn), freedom


def _differences_drawn(pair: tuple[Coefficient, Coefficient], how: Sampling) -> Replicates | None:
    """Differences of values over draws of each set by itself; None where none are wanted."""
    for one in pair:
        if not draws_are_wanted(one.n_units, how):
            return None
        if how.ci is Ci.AUTO and not is_affordable(one, how.replicates):
            return None
    ours, theirs = (
        bootstrap([one], how.replicates, how.seed + place)[0] for place, one in enumerate(pair)
    )
    n_both = min(ours.values.size, theirs.values.size)
    values = ours.values[:n_both] - theirs.values[:n_both]
    return Replicates(values, how.replicates - n_both, how.seed)


def _deviations(pair: tuple[Coefficient, Coefficient]) -> Blocks:
    """The jackknife's deviations of the difference, those of the second with the other sign."""
    blocks: Blocks = []
    for sign, one in zip((1.0, -1.0), pair, strict=True):
        own = list(one.replicates())
        entering = [(units, np.where(units > 0, values, 0.0)) for units, values in own]
        mean = sum(float(units @ values) for units, values in entering) / one.n_units
        blocks += [(units, sign * (values - mean)) for units, values in entering]
    return blocks


def _difference(
    method: str,
    first: Estimate,
    second: Estimate,
    value: float | None,
    measured: Measured,
    freedom: int,
    clusters: Sequence[object] | None,
) -> Difference:
    if first.value is None or second.value is None:
        value = None
    low, high = measured.ends or (None, None)
    p = None
    if value is not None and measured.error:
        p = t_two_sided(value / measured.error, freedom)
    over = "" if clusters is None else "_clusters"
    return Difference(
        name=first.name,
        method=method,
        value=value,
        se=measured.error,
        ci_low=low,
        ci_high=high,
        ci_method=None if measured.method is None else f"{measured.method}{over}",
        p=p,
        reason=measured.reason,
        first=first,
        second=second,
    )
