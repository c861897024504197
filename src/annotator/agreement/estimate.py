"""Estimates of agreement: each coefficient with its interval, in fields scripts may rely on."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from annotator.agreement.coefficient import Coefficient
from annotator.agreement.coefficients import AnyDistance, AnyWeights, Family
from annotator.agreement.jackknife import t_interval
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.ratings import Ratings
from annotator.errors import AnnotatorError


class ErrorMethod(StrEnum):
    """How a standard error is found.

    `analytic` is the published formula of the coefficient (Gwet 2014; Fleiss, Cohen and Everitt
    1969), and the jackknife where there is none: for Light's kappa and for alpha at level ordinal.
    """

    ANALYTIC = "analytic"
    JACKKNIFE = "jackknife"

    @classmethod
    def named(cls, name: "ErrorMethod | str") -> "ErrorMethod":
        """The method of this name.

        Raises:
            AnnotatorError: There is no such method.
        """
        try:
            return cls(name)
        except ValueError:
            known = " or ".join(cls)
            raise AnnotatorError(
                f"There is no standard error named “{name}”; choose {known}."
            ) from None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient on one set of ratings.

    Attributes:
        name: One of `annotator.agreement.NAMES`.
        level: The level of measurement.
        weights: One of `WeightName`, `identity` where only equal values agree; the distance between
            sets for alpha at level `set`; `custom` for weights or distances of the caller's; None
            for alpha where the level says it all.
        value: The coefficient, None where it is undefined.
        se: Its standard error, None where that is undefined.
        se_method: `analytic` or `jackknife`, None without a standard error.
        ci_low: Lower end of the interval, None without one.
        ci_high: Upper end of the interval, at most 1, None without one.
        ci_method: `jackknife_t`, None without an interval.
        n_units: Units that enter the coefficient: those with two or more values (the pairable
            ones); for Conger, Fleiss and Gwet also those with a single one.
        n_coders: Coders with at least one value.
        n_values: Values of those units.
        reason: Why there is no value, or no interval: `no_pairs`, `no_variation`,
            `coders_without_overlap`, `one_unit`, `variation_in_one_unit`, `no_spread`; None where
            nothing is missing.
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
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] | None = None,
    se: ErrorMethod | str = ErrorMethod.ANALYTIC,
    confidence: float = 0.95,
) -> list[Estimate]:
    """The coefficients of a set of ratings with their standard errors and intervals.

    Args:
        ratings: N units x r coders; values may be missing.
        level: The level of measurement of the values: what alpha measures with.
        weights: How far different values agree, for every coefficient, alpha too: a name, or a V x
            V table in the order of the categories. By default only equal values agree, and alpha
            goes by its level.
        distance: Of alpha. At level `set`, the distance between two sets; or any distance: a V x V
            table or a function of two categories, 0 between a category and itself.
        period: At level `circular` and with circular weights, the length of the circle; by default
            the highest category less the lowest plus 1.
        names: Which coefficients; by default all of `NAMES` that apply.
        se: Which standard error. The interval is that of the jackknife either way.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One estimate per coefficient that applies, in the order asked for: Cohen's kappa and Scott's
        pi apply to two coders, and Gwet's and Brennan and Prediger's coefficients to anything but
        sets.

    Raises:
        AnnotatorError: The values do not fit the level or the weights, or an argument is not one
            of its choices.
    """
    se = ErrorMethod.named(se)
    check_confidence(confidence)
    family = Family(ratings, level, weights=weights, distance=distance, period=period)
    return [
        as_estimate(
            one,
            level=family.level,
            weights=family.weights_of(one.name),
            n_coders=ratings.n_coders,
            se=se,
            confidence=confidence,
        )
        for one in family.named(names)
    ]


def as_estimate(
    one: Coefficient,
    *,
    level: Level,
    weights: str | None,
    n_coders: int,
    se: ErrorMethod = ErrorMethod.ANALYTIC,
    confidence: float,
) -> Estimate:
    """A coefficient's value and standard error as an estimate with its interval."""
    error, method, reason = None, None, one.reason
    ends: tuple[float, float] | None = None
    if one.value is not None:
        spread = one.jackknife()
        error, reason = spread.error, spread.reason
        if error:
            ends = t_interval(one.value, error, one.n_units, confidence)
            if one.name == "percent_agreement":
                ends = max(0.0, ends[0]), ends[1]
        published = one.analytic() if se is ErrorMethod.ANALYTIC else None
        method = None if error is None else ErrorMethod.JACKKNIFE
        if published is not None:
            error, method = published, ErrorMethod.ANALYTIC
    return Estimate(
        name=one.name,
        level=str(level),
        weights=weights,
        value=one.value,
        se=error,
        se_method=None if method is None else str(method),
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
