"""Intervals around a coefficient: BCa, percentile and jackknife.

BCa (bias-corrected and accelerated): Efron 1987 (*JASA* 82), with the acceleration from the
jackknife in closed form. Which is taken by default follows simulated coverage (bench/coverage.py).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

import numpy as np

from annotator.agreement.bootstrap import (
    REPLICATES,
    SEED,
    bootstrap,
    is_affordable,
)
from annotator.agreement.coefficient import Coefficient, Spread
from annotator.agreement.distance import Floats
from annotator.agreement.jackknife import t_interval
from annotator.agreement.replicates import Replicates
from annotator.agreement.student import normal_quantile
from annotator.errors import AnnotatorError

FEW_UNITS = 20
"""Below so many units, or clusters, the jackknife's interval is given in place of BCa."""

MOST_UNDEFINED = 0.05
"""The share of draws without a value above which those with one no longer stand for all."""

_SAME = 1e-12
_FEWEST_REPLICATES = 100
_MOST_REPLICATES = 1_000_000


class Ci(StrEnum):
    """How an interval is made.

    `auto` is BCa; but the jackknife's with fewer than 20 units, where BCa is undefined or rests on
    draws of which more than one in twenty have no value, and where drawing would take long (see
    `bootstrap.is_affordable`). `kalpha` is that of the KALPHA macro, for alpha alone and for
    nothing but to reproduce published numbers: it is too narrow (see `pair_bootstrap`).
    """

    AUTO = "auto"
    BCA = "bca"
    PERCENTILE = "percentile"
    JACKKNIFE = "jackknife"
    KALPHA = "kalpha"

    @classmethod
    def named(cls, name: "Ci | str") -> "Ci":
        """The interval of this name.

        Raises:
            AnnotatorError: There is none.
        """
        try:
            return cls(name)
        except ValueError:
            raise AnnotatorError(
                f"There is no interval “{name}”; choose from {', '.join(cls)}."
            ) from None


class Wishes(TypedDict):
    """What is asked of intervals, to be handed on as keywords: the fields of `Sampling`."""

    ci: Ci | str
    confidence: float
    replicates: int
    seed: int


@dataclass(frozen=True, slots=True)
class Sampling:
    """How intervals are asked for.

    Attributes:
        ci: Which kind.
        confidence: Between 0 and 1.
        replicates: How many draws of a bootstrap.
        seed: Of the draws: the same seed gives the same interval.
    """

    ci: Ci = Ci.AUTO
    confidence: float = 0.95
    replicates: int = REPLICATES
    seed: int = SEED

    @classmethod
    def of(cls, ci: Ci | str, confidence: float, replicates: int, seed: int) -> "Sampling":
        """See that the choices are sound.

        Raises:
            AnnotatorError: There is no such interval, the confidence is no share between 0 and 1,
                there are too few or too many draws, or the seed is negative.
        """
        check_confidence(confidence)
        if not _FEWEST_REPLICATES <= replicates <= _MOST_REPLICATES:
            raise AnnotatorError(
                f"{replicates} draws are asked for; give {_FEWEST_REPLICATES} to "
                f"{_MOST_REPLICATES}."
            )
        if seed < 0:
            raise AnnotatorError(f"The seed is {seed}; give a whole number from 0 on.")
        return cls(Ci.named(ci), confidence, replicates, seed)


@dataclass(frozen=True, slots=True)
class Measured:
    """How certain a coefficient is.

    Attributes:
        error: The jackknife standard error, None where it is undefined.
        reason: Why the value, the error or the interval is missing: the coefficient's reason, or
            that of its jackknife; None where nothing is.
        ends: The interval, None without one.
        method: `bca`, `percentile`, `kalpha` or `jackknife_t`, None without an interval.
        replicates: The draws of the bootstrap, None without one.
    """

    error: float | None
    reason: str | None
    ends: tuple[float, float] | None = None
    method: str | None = None
    replicates: Replicates | None = None


def check_confidence(confidence: float) -> None:
    """See that a confidence is a share.

    Raises:
        AnnotatorError: It is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise AnnotatorError(f"The confidence is {confidence}; give a share such as 0.95.")


def measure(coefficients: Sequence[Coefficient], how: Sampling) -> list[Measured]:
    """The standard error and interval of each coefficient, from one set of replicates.

    Args:
        coefficients: Whose; those that stand on the same patterns share every draw.
        how: What is asked for.
    """
    spreads = [
        Spread(None, one.reason) if one.value is None else one.jackknife() for one in coefficients
    ]
    drawn = _drawn(coefficients, spreads, how)
    return [
        _measured(one, spread, drawn.get(place), how)
        for place, (one, spread) in enumerate(zip(coefficients, spreads, strict=True))
    ]


def _drawn(
    coefficients: Sequence[Coefficient], spreads: Sequence[Spread], how: Sampling
) -> dict[int, Replicates]:
    """The replicates of those coefficients, by their place, that are to have some."""
    if how.ci is Ci.KALPHA:
        of_pairs = [one.pair_bootstrap(how.replicates, how.seed) for one in coefficients]
        return {place: drawn for place, drawn in enumerate(of_pairs) if drawn is not None}
    places = [
        place
        for place, (one, spread) in enumerate(zip(coefficients, spreads, strict=True))
        if spread.error
        and draws_are_wanted(one.n_units, how)
        and (how.ci is not Ci.AUTO or is_affordable(one, how.replicates))
    ]
    found = bootstrap([coefficients[place] for place in places], how.replicates, how.seed)
    return dict(zip(places, found, strict=True))


def _measured(
    one: Coefficient, spread: Spread, replicates: Replicates | None, how: Sampling
) -> Measured:
    if not spread.error or one.value is None:
        return Measured(spread.error, spread.reason)
    low, high, method = interval(
        one.value, spread.error, one.n_units - 1, one.replicates(), replicates, how
    )
    ends = max(one.lowest, low), min(one.highest, high)
    return Measured(spread.error, None, ends, method, replicates)


def interval(
    value: float,
    error: float,
    freedom: int,
    without_one: Iterable[tuple[Floats, Floats]],
    replicates: Replicates | None,
    how: Sampling,
) -> tuple[float, float, str]:
    """The interval that was asked for, as far as the draws allow it, else the jackknife's.

    Args:
        value: The coefficient.
        error: Its jackknife standard error, above 0.
        freedom: Degrees of freedom of Student's t: the independent units (or clusters) less 1.
        without_one: As for `jackknife.standard_error`; used for BCa alone.
        replicates: The draws, None where there are none.
        how: What is asked for.

    Returns:
        Both ends, and `bca`, `percentile`, `kalpha` or `jackknife_t`.
    """
    ends: tuple[float, float] | None = None
    if replicates is not None and _will_do(replicates, how.ci):
        if how.ci in (Ci.PERCENTILE, Ci.KALPHA):
            return *percentile(replicates, how.confidence), str(how.ci)
        ends = bca(replicates, value, acceleration(without_one), how.confidence)
    if ends is None:
        return *t_interval(value, error, freedom, how.confidence), "jackknife_t"
    return *ends, "bca"


def draws_are_wanted(n_units: int, how: Sampling) -> bool:
    """Whether a bootstrap is to be drawn, as far as the number of independent units says."""
    if how.ci is Ci.AUTO:
        return n_units >= FEW_UNITS
    return how.ci in (Ci.BCA, Ci.PERCENTILE)


def _will_do(replicates: Replicates, ci: Ci) -> bool:
    """Whether the draws that have a value may stand for all: without asking, most of them must."""
    if ci is Ci.AUTO and replicates.n_undefined > MOST_UNDEFINED * replicates.n_drawn:
        return False
    return replicates.values.size > 0


def acceleration(without_one: Iterable[tuple[Floats, Floats]]) -> float:
    """A sixth of the skewness of the jackknife's deviations (Efron 1987, equation 6.6).

    Args:
        without_one: As for `jackknife.standard_error`.
    """
    blocks = [(units[units > 0], values[units > 0]) for units, values in without_one]
    n_units = sum(float(units.sum()) for units, _ in blocks)
    mean = sum(float(units @ values) for units, values in blocks) / max(1.0, n_units)
    square = sum(float(units @ (mean - values) ** 2) for units, values in blocks)
    cube = sum(float(units @ (mean - values) ** 3) for units, values in blocks)
    return cube / (6.0 * square**1.5) if square else 0.0


def percentile(replicates: Replicates, confidence: float) -> tuple[float, float]:
    """The middle part of the replicates (Efron 1979)."""
    low, high = _quantiles(replicates, (1 - confidence) / 2, (1 + confidence) / 2)
    return low, high


def bca(
    replicates: Replicates, value: float, acceleration: float, confidence: float
) -> tuple[float, float] | None:
    """The bias-corrected and accelerated interval (Efron 1987).

    Args:
        replicates: Of the coefficient.
        value: The coefficient itself.
        acceleration: A sixth of the skewness of the jackknife's deviations.
        confidence: For example .95.

    Returns:
        Its ends; None where all replicates lie on one side of the value, or the acceleration
        carries an end past every quantile.
    """
    values = replicates.values
    below = (values < value - _SAME).mean() + (np.abs(values - value) <= _SAME).mean() / 2
    if not 0 < below < 1:
        return None
    bias = normal_quantile(float(below))
    shares = []
    for share in ((1 - confidence) / 2, (1 + confidence) / 2):
        reach = bias + normal_quantile(share)
        stretch = 1 - acceleration * reach
        if stretch <= 0:
            return None
        shares.append(0.5 * math.erfc(-(bias + reach / stretch) / math.sqrt(2)))
    low, high = _quantiles(replicates, *shares)
    return low, high


def _quantiles(replicates: Replicates, low: float, high: float) -> tuple[float, float]:
    # Davison and Hinkley 1997, section 2.4: of B replicates the share p lies at rank p(B + 1).
    ends = np.quantile(replicates.values, (low, high), method="weibull")
    return float(ends[0]), float(ends[1])
