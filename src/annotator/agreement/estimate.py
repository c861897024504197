"""Estimates of agreement: each coefficient with its interval, in fields scripts may rely on."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from annotator.agreement.alpha import Alpha
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import check_order, distance_for
from annotator.agreement.jackknife import t_interval
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.ordinal import OrdinalAlpha
from annotator.agreement.patterns import Strategy, find_patterns
from annotator.agreement.percent import PercentAgreement
from annotator.agreement.ratings import Ratings
from annotator.agreement.tally import tally
from annotator.errors import AnnotatorError

NAMES = ("alpha", "percent_agreement")
"""The coefficients there are, in the order they are reported."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient on one set of ratings.

    Attributes:
        name: `alpha` or `percent_agreement`.
        level: The level of measurement.
        weights: `identity` where only equal values agree, the distance between sets at level
            `set`; None where the level says it all.
        value: The coefficient, None where it is undefined.
        se: Its standard error, None where that is undefined.
        se_method: `jackknife`, None without a standard error.
        ci_low: Lower end of the interval, None without one.
        ci_high: Upper end of the interval, at most 1, None without one.
        ci_method: `jackknife_t`, None without an interval.
        n_units: Units with two or more values, the pairable ones; only they count.
        n_coders: Coders with at least one value.
        n_values: Values in pairable units.
        reason: Why there is no value, or no interval: `no_pairs`, `no_variation`, `one_unit`,
            `variation_in_one_unit`, `no_spread`; None where nothing is missing.
    """

    name: str
    level: str
    weights: str | None
    value: float | None
    se: float | None
    se_method: str | None
    ci_low: float | None
    ci_high: float | None
    ci_method: str | None
    n_units: int
    n_coders: int
    n_values: int
    reason: str | None

    def as_json(self) -> dict[str, str | float | int | None]:
        """The fields under their names, None for what is undefined."""
        return asdict(self)


def estimates(
    ratings: Ratings,
    level: Level | str,
    *,
    distance: SetDistance | str = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] | None = None,
    confidence: float = 0.95,
) -> list[Estimate]:
    """Alpha and percent agreement of a set of ratings, with jackknife intervals.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        distance: At level `set`, the distance between two sets.
        period: At level `circular`, the length of the circle; by default the highest category
            less the lowest plus 1.
        names: Which coefficients; by default all of `NAMES`.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One estimate per coefficient, in the order asked for.

    Raises:
        AnnotatorError: The values do not fit the level, or an argument is not one of its choices.
    """
    level, distance = Level.named(level), SetDistance.named(distance)
    check_confidence(confidence)
    found = coefficients(ratings, level, distance=distance, period=period, names=names)
    return [
        as_estimate(
            one,
            level=level,
            weights=weights_of(one, level, distance),
            n_coders=ratings.n_coders,
            confidence=confidence,
        )
        for one in found
    ]


def coefficients(
    ratings: Ratings,
    level: Level | str,
    *,
    distance: SetDistance | str = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] | None = None,
    strategy: Strategy | None = None,
) -> list[Coefficient]:
    """The coefficients behind `estimates`, which has the same arguments.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values.
        distance: At level `set`, the distance between two sets.
        period: At level `circular`, the length of the circle.
        names: Which coefficients; by default all of `NAMES`.
        strategy: How to look for patterns; with `direct` pattern p is unit p, so that units can be
            grouped. By default what suits the data.

    Raises:
        AnnotatorError: As `estimates`.
    """
    level, distance = Level.named(level), SetDistance.named(distance)
    wanted = check_names(NAMES if names is None else names)
    if level is Level.ORDINAL:
        check_order(ratings)
        metric = None
    else:
        metric = distance_for(ratings, level, distance, period)
    sums = tally(
        find_patterns(
            ratings.codes.T,
            len(ratings.categories),
            hash_below=hash_below(level),
            strategy=strategy,
        )
    )
    found: list[Coefficient] = []
    for name in wanted:
        if name == "percent_agreement":
            found.append(PercentAgreement(sums))
        else:
            found.append(OrdinalAlpha(sums) if metric is None else Alpha(sums, metric))
    return found


def weights_of(one: Coefficient, level: Level, distance: SetDistance) -> str | None:
    """What `Estimate.weights` says of a coefficient."""
    if one.name != "alpha":
        return "identity"
    return str(distance) if level is Level.SET else None


def hash_below(level: Level) -> float:
    """The share of distinct units below which hashing pays, by measurement (bench/agreement.py)."""
    return 0.5 if level is Level.ORDINAL else 0.25


def as_estimate(
    one: Coefficient, *, level: Level, weights: str | None, n_coders: int, confidence: float
) -> Estimate:
    """A coefficient's value and standard error as an estimate with its interval."""
    error, reason = None, one.reason
    ends: tuple[float, float] | None = None
    if one.value is not None:
        spread = one.jackknife()
        error, reason = spread.error, spread.reason
        if error:
            ends = t_interval(one.value, error, one.n_units, confidence)
            if one.name == "percent_agreement":
                ends = max(0.0, ends[0]), ends[1]
    return Estimate(
        name=one.name,
        level=str(level),
        weights=weights,
        value=one.value,
        se=error,
        se_method=None if error is None else "jackknife",
        ci_low=ends[0] if ends else None,
        ci_high=ends[1] if ends else None,
        ci_method="jackknife_t" if ends else None,
        n_units=one.n_units,
        n_coders=n_coders,
        n_values=one.n_values,
        reason=reason,
    )


def check_confidence(confidence: float) -> None:
    """See that a confidence is a share.

    Raises:
        AnnotatorError: It is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise AnnotatorError(f"The confidence is {confidence}; give a share such as 0.95.")


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
