"""How many units to have coded by two or more coders, for an alpha as certain as is wanted.

Bloch and Kraemer 1989 (*Biometrics* 45) give the variance of the kappa of two coders and one code
that is used or not; Krippendorff 2018 (*Content Analysis*, 4th ed., chapter 12) plans with it:

    N = 2 z^2 [ (1 + a)(3 - a) / (4 (1 - a) p (1 - p)) - a ]

for the smallest acceptable alpha a, a code of prevalence p and the normal quantile z. This is
2 z^2 V / (A - a)^2 with an alpha A half-way between a and 1 and the variance V of one unit at A;
here A, the shares of codes and the number of coders may be any. The 2 is a margin: with z^2 alone,
half of all studies would miss the bound; with it about three in four reach it by the normal
approximation, and a chance of one's own takes its place as (z + z of the chance)^2. In simulated
studies (bench/planning.py) alpha spreads as planned, or a little more where a code is rare, but as
a lucky alpha comes with a small error, three in four become two in three: ask for a chance of .9.

With more than two coders V needs more than alpha. Here each coder knows a unit's code with chance
root alpha, whatever the others know, and else guesses by prevalence: with two coders this is the
model of Bloch and Kraemer.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from annotator.agreement.student import normal_quantile
from annotator.errors import AnnotatorError

SOURCE = (
    "Bloch and Kraemer 1989, as in Krippendorff 2018, Content Analysis, 4th ed., chapter 12; "
    "for more coders and codes by the same model"
)
"""Where the numbers come from; to be printed wherever they are."""

SOURCE_OF_PILOT = "the standard error in the pilot, which shrinks with the root of the units"
"""Where numbers from a pilot come from."""

MARGIN = 2.0
"""Krippendorff's factor in place of a wanted chance."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many units are needed for what.

    Attributes:
        n_units: Units to have coded by `n_coders` coders each; None where no number would do.
        n_coders: Coders of each unit.
        expected: The alpha that is expected.
        lower: The bound that the lower end of the interval is to reach, or None.
        half_width: The half-width that the interval is to have, or None.
        significance: One-sided, of the bound; 1 - confidence, two-sided, of the half-width.
        chance: How probable it is that a study of so many units reaches the bound, if the expected
            alpha is true, by the normal approximation; None for a half-width.
        prevalence: The share of each code but the last; None from a pilot.
        n_rarest: How many of the units are expected to be about the rarest code; None from a pilot.
        reason: `below_bound` where the expected alpha does not exceed the bound, else None.
        source: Where the number comes from.
    """

    n_units: int | None
    n_coders: int
    expected: float
    lower: float | None
    half_width: float | None
    significance: float
    chance: float | None
    prevalence: tuple[float, ...] | None
    n_rarest: float | None
    reason: str | None
    source: str

    def as_json(self) -> dict[str, object]:
        """The fields under their names, None for what is undefined."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pilot:
    """What a pilot showed.

    Attributes:
        alpha: Its alpha.
        se: The standard error of that; the jackknife's supposes least.
        n_units: How many units (or, with clusters, reports) it stands on.
        n_coders: How many coders there were.
    """

    alpha: float
    se: float
    n_units: int
    n_coders: int


def unit_variance(alpha: float, shares: Sequence[float], n_coders: int = 2) -> float:
    """The variance of nominal alpha over N units is this over N, for many units.

    Args:
        alpha: From 0 to below 1.
        shares: V shares of the codes, which add up to 1.
        n_coders: m, at least 2, who all code all units.

    Raises:
        AnnotatorError: An argument is out of range.
    """
    known = np.asarray(shares, dtype=np.float64)
    if not 0 <= alpha < 1:
        raise AnnotatorError(f"The alpha is {alpha:g}; give a number from 0 to below 1.")
    if known.size < 2 or (known <= 0).any() or not math.isclose(known.sum(), 1, abs_tol=1e-6):
        raise AnnotatorError("The shares of two or more codes must be above 0 and add up to 1.")
    if n_coders < 2:
        raise AnnotatorError(f"There are {n_coders} coders; agreement takes 2 or more.")
    m = n_coders
    expected = 1.0 - float(known @ known)
    observed = (1.0 - alpha) * expected
    # Row c: what a coder says of a unit that is truly about code c.
    says = (1.0 - math.sqrt(alpha)) * known + math.sqrt(alpha) * np.eye(known.size)
    same, thrice = (says**2).sum(axis=1), (says**3).sum(axis=1)
    common, squares = says @ known, says @ known**2
    pairs, triples = m * (m - 1), m * (m - 1) * (m - 2)
    # Moments of the share of equal pairs of values and of the mean share of a unit's own codes.
    equal = same
    equal_twice = 2 * pairs * same + 4 * triples * thrice + triples * (m - 3) * same**2
    equal_twice = equal_twice / pairs**2
    mean_twice = squares / m + (m - 1) / m * common**2
    both = (2 * (says**2 @ known) + (m - 2) * same * common) / m
    # A unit moves alpha by slope_equal times its equal pairs and slope_mean times its codes' share.
    slope_equal = 1.0 / expected
    slope_mean = -2.0 * observed / expected**2
    first = float(known @ (slope_equal * equal + slope_mean * common))
    second = float(
        known
        @ (
            slope_equal**2 * equal_twice
            + 2 * slope_equal * slope_mean * both
            + slope_mean**2 * mean_twice
        )
    )
    return second - first**2


def for_lower_bound(
    lower: float,
    prevalence: float | Sequence[float],
    *,
    n_coders: int = 2,
    expected: float | None = None,
    significance: float = 0.05,
    chance: float | None = None,
) -> Plan:
    """Units needed for the lower end of alpha's interval to reach a bound.

    Args:
        lower: The smallest acceptable alpha.
        prevalence: The share of the rarest code that matters, against all others; or the share of
            each code for the variable as a whole.
        n_coders: Coders of each unit.
        expected: The alpha that is expected; by default half-way between `lower` and 1.
        significance: One-sided; .025 for the lower end of a two-sided 95 % interval.
        chance: How probable it is to be that the bound is reached; by default Krippendorff's
            margin, about .75 at a significance of .05.

    Raises:
        AnnotatorError: An argument is out of range.
    """
    _check_share("lower bound", lower, from_nought=True)
    wanted = (1 + lower) / 2 if expected is None else expected
    shares = _shares(prevalence)
    return _plan(
        unit_variance(wanted, shares, n_coders),
        wanted,
        n_coders,
        lower=lower,
        significance=significance,
        chance=chance,
        shares=shares,
        source=SOURCE,
    )


def for_half_width(
    half_width: float,
    expected: float,
    prevalence: float | Sequence[float],
    *,
    n_coders: int = 2,
    confidence: float = 0.95,
) -> Plan:
    """Units needed for an interval of alpha that reaches so far to either side.

    Args:
        half_width: Half the length of the interval.
        expected: The alpha that is expected.
        prevalence: As in `for_lower_bound`.
        n_coders: Coders of each unit.
        confidence: Of the two-sided interval.

    Raises:
        AnnotatorError: An argument is out of range.
    """
    shares = _shares(prevalence)
    return _plan(
        unit_variance(expected, shares, n_coders),
        expected,
        n_coders,
        half_width=half_width,
        significance=round(1 - confidence, 12),
        shares=shares,
        source=SOURCE,
    )


def from_pilot(
    pilot: Pilot,
    *,
    lower: float | None = None,
    half_width: float | None = None,
    significance: float = 0.05,
    chance: float | None = None,
) -> Plan:
    """Units needed if further units are like those of a pilot.

    Args:
        pilot: What it showed; its alpha is the one that is expected.
        lower: The bound to reach, or
        half_width: the half-width to have; one of the two.
        significance: One-sided for a bound, 1 - confidence for a half-width.
        chance: As in `for_lower_bound`.

    Raises:
        AnnotatorError: An argument is out of range.
    """
    if (lower is None) == (half_width is None):
        raise AnnotatorError("Give either a lower bound or a half-width to plan for.")
    if lower is not None:
        _check_share("lower bound", lower, from_nought=True)
    return _plan(
        pilot.se**2 * pilot.n_units,
        pilot.alpha,
        pilot.n_coders,
        lower=lower,
        half_width=half_width,
        significance=significance,
        chance=chance,
        source=SOURCE_OF_PILOT,
    )


def _plan(
    variance: float,
    expected: float,
    n_coders: int,
    *,
    lower: float | None = None,
    half_width: float | None = None,
    significance: float,
    chance: float | None = None,
    shares: tuple[float, ...] | None = None,
    source: str,
) -> Plan:
    if not 0 < significance < 0.5:
        raise AnnotatorError(
            f"The significance is {significance:g}; give a number above 0 and below .5."
        )
    if chance is not None:
        _check_share("chance", chance)
    needed: float | None = None
    reached: float | None = None
    if half_width is not None:
        _check_share("half-width", half_width)
        needed = normal_quantile(1 - significance / 2) ** 2 * variance / half_width**2
    elif lower is not None and expected > lower:
        z = normal_quantile(1 - significance)
        factor = MARGIN * z**2 if chance is None else (z + normal_quantile(chance)) ** 2
        reached = 0.5 * math.erfc((z - math.sqrt(factor)) / math.sqrt(2))
        needed = factor * variance / (expected - lower) ** 2
    # Two units are the least from which any spread can be told.
    n_units = None if needed is None else max(2, math.ceil(needed))
    return Plan(
        n_units=n_units,
        n_coders=n_coders,
        expected=expected,
        lower=lower,
        half_width=half_width,
        significance=significance,
        chance=reached,
        prevalence=None if shares is None else shares[:-1],
        n_rarest=None if shares is None or n_units is None else n_units * min(shares),
        reason="below_bound" if n_units is None else None,
        source=source,
    )


def _shares(prevalence: float | Sequence[float]) -> tuple[float, ...]:
    if isinstance(prevalence, int | float):
        _check_share("prevalence", prevalence)
        return (prevalence, 1 - prevalence)
    return tuple(prevalence)


def _check_share(what: str, value: float, *, from_nought: bool = False) -> None:
    if not (0 < value < 1 or (from_nought and value == 0)):
        start = "from 0" if from_nought else "above 0"
        raise AnnotatorError(f"The {what} is {value:g}; give a number {start} and below 1.")
