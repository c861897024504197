"""Agreement on counts that are claims: a number of people with a low, a best and a high figure.

Beside the alpha of a count's figures at level ratio, three things are worth knowing: how often
coders wrote the same claim, how often their ranges leave room for the same number, and by what
factor their figures differ. The last are limits of agreement on the logarithm, turned back into
ratios (Bland and Altman 1986; 1999, sections 2 and 3).
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.distance import Floats
from annotator.agreement.estimate import Estimate
from annotator.agreement.intervals import Ci, check_confidence
from annotator.agreement.shares import Share, share_estimate
from annotator.errors import AnnotatorError


@dataclass(frozen=True, slots=True)
class RatioLimits:
    """By what factor the figures of one coder differ from those of another.

    Attributes:
        coders: The two; the ratio is the first one's figure over the second one's.
        ratio: The geometric mean of the ratios, None without any.
        low: Lower limit of agreement: about 95 in 100 ratios lie between `low` and `high` if their
            logarithms are normal; None for fewer than two ratios.
        high: Upper limit of agreement.
        n: How many units have a figure above 0 by both.
        n_zero: Units left out because one of the two figures is 0, which has no logarithm.
    """

    coders: tuple[str, str]
    ratio: float | None
    low: float | None
    high: float | None
    n: int
    n_zero: int


@dataclass(frozen=True, slots=True)
class CountAgreement:
    """How far coders agree on a count, beside its alpha.

    Attributes:
        exact: Of the pairs of counts of a unit, the share that are the same claim: the same low,
            best and high, or none of them in both; averaged over units.
        overlap: The share of them whose ranges overlap, so that one number could be meant.
        factor: The factor by which two coders' figures of one unit differ at most in about 95 of
            100 cases, whoever they are; None where no unit has two figures above 0.
        n_factor: How many units that rests on.
        n_zero: Units with two counts or more where a figure is 0; it is left out of the factor.
        limits: The limits of agreement of each pair of coders with a unit in common.
    """

    exact: Estimate
    overlap: Estimate
    factor: float | None
    n_factor: int
    n_zero: int
    limits: tuple[RatioLimits, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, None for what is undefined."""
        return {
            **asdict(self),
            "exact": self.exact.as_json(),
            "overlap": self.overlap.as_json(),
        }


def count_agreement(
    low: ArrayLike,
    best: ArrayLike,
    high: ArrayLike,
    coders: Sequence[str],
    *,
    reach: float = 0.95,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
    clusters: Sequence[Hashable] | None = None,
) -> CountAgreement:
    """How far coders agree on counts.

    A count's figure is its best one, else the low, else the high. Its range goes from low to high;
    without a low it starts at 0, without a high it has no end, and a best figure alone is a range
    of that figure.

    Args:
        low: N units x r coders, not below 0, nan where the count does not give it.
        best: The same for the best figure.
        high: The same for the high one. Where all three are nan the coder gave no count.
        coders: r names.
        reach: How much of the ratios the limits of agreement are to hold, between 0 and 1.
        ci: Which intervals the shares have, as in `annotator.agreement.estimates`.
        confidence: Of those intervals, between 0 and 1.
        replicates: How many draws of the bootstrap.
        seed: Of the draws.
        clusters: N labels, where units of one cluster are alike.

    Raises:
        AnnotatorError: The arrays do not fit together, a figure is below 0 or infinite, a low one
            is above its best or high one, or a share is not between 0 and 1.
    """
    check_confidence(reach)
    lows, bests, highs = _checked(low, best, high, coders)
    figures = np.where(np.isnan(bests), np.where(np.isnan(lows), highs, lows), bests)
    alone = np.isnan(lows) & np.isnan(highs)
    starts = np.where(alone, bests, np.where(np.isnan(lows), 0.0, lows))
    ends = np.where(alone, bests, np.where(np.isnan(highs), np.inf, highs))
    given = ~np.isnan(figures)
    same, meeting = np.zeros(len(figures)), np.zeros(len(figures))
    limits: list[RatioLimits] = []
    z = NormalDist().inv_cdf((1 + reach) / 2)
    for one, other in combinations(range(len(coders)), 2):
        both = given[:, one] & given[:, other]
        equal = both.copy()
        for part in (lows, bests, highs):
            equal &= (part[:, one] == part[:, other]) | (
                np.isnan(part[:, one]) & np.isnan(part[:, other])
            )
        same += equal
        meeting += both & (starts[:, one] <= ends[:, other]) & (starts[:, other] <= ends[:, one])
        if both.any():
            limits.append(_limits((coders[one], coders[other]), figures[both][:, [one, other]], z))
    n_given = given.sum(axis=1)
    pairs = n_given * (n_given - 1) / 2
    several = pairs > 0
    n_coders, n_values = int(given.any(axis=0).sum()), int(n_given[several].sum())
    exact, overlap = (
        share_estimate(
            Share(name, np.where(several, hits / np.maximum(pairs, 1), 0.0), several, n_values),
            n_coders=n_coders,
            ci=ci,
            confidence=confidence,
            replicates=replicates,
            seed=seed,
            clusters=clusters,
        )
        for name, hits in (("exact", same), ("overlap", meeting))
    )
    factor, n_factor = _factor(figures[several], z)
    return CountAgreement(
        exact=exact,
        overlap=overlap,
        factor=factor,
        n_factor=n_factor,
        n_zero=int((figures[several] == 0).any(axis=1).sum()),
        limits=tuple(limits),
    )


def _checked(
    low: ArrayLike, best: ArrayLike, high: ArrayLike, coders: Sequence[str]
) -> tuple[Floats, Floats, Floats]:
    found = tuple(np.asarray(part, dtype=np.float64) for part in (low, best, high))
    lows, bests, highs = found
    if any(part.ndim != 2 or part.shape != (len(lows), len(coders)) for part in found):
        raise AnnotatorError(
            "Counts need three matrices of one shape, a row per unit and a column per coder."
        )
    if any((part < 0).any() or np.isinf(part).any() for part in found):
        raise AnnotatorError("A count is below 0 or infinite; give finite figures from 0 on.")
    if (lows > highs).any() or (lows > bests).any() or (bests > highs).any():
        raise AnnotatorError("A count's low, best and high figures are out of order; mend them.")
    return lows, bests, highs


def _limits(coders: tuple[str, str], figures: NDArray[np.float64], z: float) -> RatioLimits:
    """Limits of agreement of two coders on units that both gave a count of (n x 2)."""
    positive = (figures > 0).all(axis=1)
    logs = np.log(figures[positive])
    differences = logs[:, 0] - logs[:, 1]
    n, n_zero = int(positive.sum()), int((~positive).sum())
    if not n:
        return RatioLimits(coders, None, None, None, 0, n_zero)
    mean = float(differences.mean())
    if n == 1:
        return RatioLimits(coders, math.exp(mean), None, None, 1, n_zero)
    reach = z * float(differences.std(ddof=1))
    return RatioLimits(
        coders, math.exp(mean), math.exp(mean - reach), math.exp(mean + reach), n, n_zero
    )


def _factor(figures: NDArray[np.float64], z: float) -> tuple[float | None, int]:
    """The factor of `CountAgreement`, from the spread within units, and how many it rests on."""
    logs = np.log(np.where(figures > 0, figures, np.nan))
    counted = (~np.isnan(logs)).sum(axis=1)
    logs, counted = logs[counted > 1], counted[counted > 1]
    if not len(logs):
        return None, 0
    means = np.nansum(logs, axis=1) / counted
    squares = float(np.nansum((logs - means[:, None]) ** 2))
    spread = math.sqrt(squares / float((counted - 1).sum()))
    return math.exp(z * math.sqrt(2.0) * spread), len(logs)
