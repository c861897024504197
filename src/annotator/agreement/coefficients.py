"""The coefficients by name: which apply to some ratings, and what each is made of."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import alpha_for
from annotator.agreement.chance import SpreadOfAll
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Distance
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.metric import CustomDistance, check_order, custom_distance, distance_for
from annotator.agreement.ordinal import OrdinalAlpha
from annotator.agreement.paired import CongerKappa
from annotator.agreement.pairs import light_kappa
from annotator.agreement.patterns import Strategy, find_patterns
from annotator.agreement.ratings import Ratings
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import WeightName, weights_for
from annotator.errors import AnnotatorError

NAMES = (
    "alpha",
    "percent_agreement",
    "cohen_kappa",
    "conger_kappa",
    "light_kappa",
    "scott_pi",
    "fleiss_kappa",
    "gwet_ac",
    "brennan_prediger",
)
"""The coefficients there are, in the order they are reported."""

FOR_TWO_CODERS = ("cohen_kappa", "scott_pi")
"""Those that apply to two coders only."""

FROM_CATEGORIES = ("gwet_ac", "brennan_prediger")
"""Those that depend on how many categories there are, so that sets of codes have none."""

_BY_CODER = ("cohen_kappa", "conger_kappa", "light_kappa")

AnyWeights = WeightName | str | NDArray[np.floating[Any]]
AnyDistance = SetDistance | str | CustomDistance


def coefficients(
    ratings: Ratings,
    level: Level | str,
    *,
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] | None = None,
    strategy: Strategy | None = None,
) -> list[Coefficient]:
    """The coefficients behind `estimates`, which has the same arguments.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        names: As in `estimates`.
        strategy: How to look for patterns; with `direct` pattern p is unit p, so that units can be
            grouped. By default what suits the data; coefficients that need no order of coders then
            share their patterns, and so do those that do.

    Raises:
        AnnotatorError: As `estimates`.
    """
    return Family(
        ratings, level, weights=weights, distance=distance, period=period, strategy=strategy
    ).named(names)


class Family:
    """The coefficients of one set of ratings, with what they share.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        strategy: As in `coefficients`.

    Attributes:
        level: The level of measurement.
        weights: Those of all coefficients but alpha.
        metric: The distance of alpha; None is the ordinal one, which follows from the data.

    Raises:
        AnnotatorError: The values do not fit the level, the weights or the distance.
    """

    def __init__(
        self,
        ratings: Ratings,
        level: Level | str,
        *,
        weights: AnyWeights | None = None,
        distance: AnyDistance = SetDistance.MASI,
        period: float | None = None,
        strategy: Strategy | None = None,
    ) -> None:
        self.level = Level.named(level)
        self._ratings = ratings
        self._strategy = strategy
        chosen = WeightName.IDENTITY if weights is None else weights
        named = isinstance(chosen, str) and WeightName.named(chosen)
        if self.level is Level.SET and named is not WeightName.IDENTITY:
            raise AnnotatorError(
                "Sets of codes have no weights but a distance: leave the weights out, or use "
                "identity weights."
            )
        self.weights = weights_for(ratings, chosen, period)
        self._alpha_weights, self.metric = self._of_alpha(weights, distance, period)
        # A column without any value is nobody's.
        used = ratings.used_columns
        self._codes = ratings.codes.T if used.all() else ratings.codes.T[used]
        self._tallies: dict[bool, Tally] = {}
        self._within: dict[tuple[int, int], Within] = {}

    def named(self, names: Iterable[str] | None) -> list[Coefficient]:
        """The coefficients of these names that apply, in their order; by default all.

        Raises:
            AnnotatorError: There is no such coefficient.
        """
        return [
            self._make(name)
            for name in check_names(NAMES if names is None else names)
            if self.applies(name)
        ]

    def weights_of(self, name: str) -> str | None:
        """What `Estimate.weights` says of a coefficient."""
        return self._alpha_weights if name == "alpha" else self.weights.name

    def applies(self, name: str) -> bool:
        """Whether a coefficient applies to these ratings."""
        if name in FOR_TWO_CODERS and 2 not in (len(self._codes), len(self._ratings.coders)):
            return False
        return name not in FROM_CATEGORIES or self.level is not Level.SET

    def _of_alpha(
        self, weights: AnyWeights | None, distance: AnyDistance, period: float | None
    ) -> tuple[str | None, Distance | None]:
        """What `Estimate.weights` says of alpha, and its distance; None is the ordinal one."""
        if weights is not None and self.level is not Level.SET:
            return self.weights.name, self.weights.distance
        if not isinstance(distance, str):
            return "custom", custom_distance(self._ratings, distance)
        named = SetDistance.named(distance)
        if self.level is Level.ORDINAL:
            check_order(self._ratings)
            return None, None
        metric = distance_for(self._ratings, self.level, named, period)
        return (str(named) if self.level is Level.SET else None), metric

    def _make(self, name: str) -> Coefficient:
        ordered = name in _BY_CODER
        sums = self._tally(ordered)
        # Of two coders who both coded every unit.
        table = len(self._codes) == 2 and not sums.n_lone
        if name == "alpha":
            if self.metric is None:
                return OrdinalAlpha(sums)
            return alpha_for(sums, self.metric, self._pairs(sums, self.metric), as_table=table)
        weights, within = self.weights, self._pairs(sums, self.weights.distance)
        if name == "light_kappa":
            return light_kappa(sums, weights)
        if ordered:
            return CongerKappa(sums, weights, within, cohen=name == "cohen_kappa")
        size = len(self._ratings.categories)
        if name == "percent_agreement":
            return SpreadOfAll(name, sums, weights, within, fixed=1.0, as_table=table)
        if name == "brennan_prediger":
            apart = 1.0 - weights.total / size**2 if size else 0.0
            return SpreadOfAll(name, sums, weights, within, fixed=apart, as_table=table)
        if name == "gwet_ac":
            # With one category there is no chance to speak of: nothing is fixed, nothing spread.
            part = weights.total / (size * (size - 1)) if size > 1 else 0.0
            return SpreadOfAll(
                name,
                sums,
                weights,
                within,
                fixed=1.0 if size > 1 else 0.0,
                spread=-part,
                lone=True,
                as_table=table,
            )
        fleiss = name == "fleiss_kappa"
        return SpreadOfAll(
            name,
            sums,
            weights,
            within,
            fixed=0.0,
            spread=1.0 / weights.largest,
            distance=weights.distance,
            lone=fleiss,
            as_table=not fleiss,
        )

    def _tally(self, ordered: bool) -> Tally:
        if ordered and self._tally(False).patterns.ordered:
            return self._tally(False)
        if ordered not in self._tallies:
            self._tallies[ordered] = Tally(
                find_patterns(
                    self._codes,
                    len(self._ratings.categories),
                    ordered=ordered,
                    strategy=self._strategy,
                )
            )
        return self._tallies[ordered]

    def _pairs(self, sums: Tally, distance: Distance) -> Within:
        key = id(sums), id(distance)
        if key not in self._within:
            self._within[key] = Within(sums, distance)
        return self._within[key]


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """See that coefficients of these names exist.

    Raises:
        AnnotatorError: One does not.
    """
    wanted = tuple(names)
    for name in wanted:
        if name not in NAMES:
            raise AnnotatorError(
                f"There is no coefficient “{name}”; choose from {', '.join(NAMES)}."
            )
    return wanted
