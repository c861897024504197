"""Estimates of agreement: each coefficient with its interval, in fields scripts may rely on."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.clusters import clustered
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.coefficients import AnyDistance, AnyWeights, Family
from annotator.agreement.intervals import Ci, Measured, Sampling, measure
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.patterns import Strategy
from annotator.agreement.ratings import Ratings
from annotator.agreement.replicates import Replicates
from annotator.errors import AnnotatorError

RELIABLE = 0.800
"""The alpha from which data may be relied on (Krippendorff 2018, chapter 12)."""

TENTATIVE = 0.667
"""The alpha below which data are not to be used (the same)."""

_ONE_UNIT = "one_unit"


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
class Resampling:
    """The bootstrap behind an interval.

    Attributes:
        n_replicates: How many draws there were.
        n_undefined: In how many of them the coefficient was undefined; they are left out. Above one
            in twenty the others no longer stand for all.
        seed: Of the draws.
        below_667: The share of draws whose coefficient is below .667, for alpha the chance that it
            allows no conclusion (Krippendorff 2018); None without a defined one.
        below_800: The share below .800.
    """

    n_replicates: int
    n_undefined: int
    seed: int
    below_667: float | None
    below_800: float | None

    @classmethod
    def of(cls, drawn: Replicates) -> "Resampling":
        """What is told of some draws."""
        return cls(
            drawn.n_drawn,
            drawn.n_undefined,
            drawn.seed,
            drawn.share_below(TENTATIVE),
            drawn.share_below(RELIABLE),
        )


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
        se_method: `analytic`, `jackknife` or `jackknife_clusters`, None without a standard error.
        ci_low: Lower end of the interval, None without one.
        ci_high: Upper end of the interval, at most 1, None without one.
        ci_method: `bca`, `percentile`, `kalpha` or `jackknife_t`, with `_clusters` behind it where
            clusters and not units are independent; None without an interval.
        n_units: Units that enter the coefficient: those with two or more values (the pairable
            ones); for Conger, Fleiss and Gwet also those with a single one.
        n_coders: Coders with at least one value.
        n_values: Values of those units.
        reason: Why there is no value, or no interval: `no_pairs`, `no_variation`,
            `coders_without_overlap`, `one_unit`, `variation_in_one_unit`, the same two with
            `cluster` for `unit`, `no_spread`; None where nothing is missing.
        resampling: The bootstrap that was drawn, None without one. Not part of `as_json`.
        n_clusters: How many clusters the units that enter come from, None where units are taken as
            independent. Not part of `as_json`.
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
    resampling: Resampling | None = None
    n_clusters: int | None = None

    def as_json(self) -> dict[str, str | float | int | None]:
        """The fields under their names, None for what is undefined."""
        fields = asdict(self)
        del fields["resampling"], fields["n_clusters"]
        return fields


def estimates(
    ratings: Ratings,
    level: Level | str,
    *,
    weights: AnyWeights | None = None,
    distance: AnyDistance = SetDistance.MASI,
    period: float | None = None,
    names: Iterable[str] | None = None,
    se: ErrorMethod | str = ErrorMethod.ANALYTIC,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
    clusters: Sequence[Hashable] | None = None,
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
        se: Which standard error; over clusters it is always the jackknife's.
        ci: Which interval: see `Ci`.
        confidence: Of the intervals, between 0 and 1.
        replicates: How many draws of the bootstrap.
        seed: Of the draws: the same seed gives the same intervals.
        clusters: N labels in place of `ratings.clusters`: where units of one cluster are alike and
            only clusters independent, the cluster of each, such as the report of a passage.

    Returns:
        One estimate per coefficient that applies, in the order asked for: Cohen's kappa and Scott's
        pi apply to two coders, and Gwet's and Brennan and Prediger's coefficients to anything but
        sets.

    Raises:
        AnnotatorError: The values do not fit the level or the weights, or an argument is not one
            of its choices.
    """
    se = ErrorMethod.named(se)
    how = Sampling.of(ci, confidence, replicates, seed)
    if clusters is not None:
        ratings = ratings.in_clusters(clusters)
    labels = ratings.clusters
    refuse_pairs_of_clusters(how, labels)
    family = Family(
        ratings,
        level,
        weights=weights,
        distance=distance,
        period=period,
        strategy=None if labels is None else Strategy.DIRECT,
    )
    found = family.named(names)
    independent = found if labels is None else clustered(found, labels)
    return [
        as_estimate(
            one,
            level=family.level,
            weights=family.weights_of(one.name),
            n_coders=ratings.n_coders,
            se=se,
            measured=measured,
            n_clusters=None if labels is None else over.n_units,
        )
        for one, over, measured in zip(found, independent, measure(independent, how), strict=True)
    ]


def refuse_pairs_of_clusters(how: Sampling, clusters: Sequence[Hashable] | None) -> None:
    """See that nobody asks for the KALPHA macro's interval over clusters.

    Raises:
        AnnotatorError: It is asked for.
    """
    if how.ci is Ci.KALPHA and clusters is not None:
        raise AnnotatorError("The interval kalpha draws pairs of values; leave the clusters out.")


def as_estimate(
    one: Coefficient,
    *,
    level: Level,
    weights: str | None,
    n_coders: int,
    se: ErrorMethod = ErrorMethod.ANALYTIC,
    confidence: float = 0.95,
    measured: Measured | None = None,
    n_clusters: int | None = None,
) -> Estimate:
    """A coefficient's value, standard error and interval under the names of `Estimate`.

    Args:
        one: The coefficient over units.
        level: The level of measurement.
        weights: See `Estimate`.
        n_coders: Coders with at least one value.
        se: Which standard error.
        confidence: Of the jackknife's interval, where nothing is `measured`.
        measured: How certain it is; by default as the jackknife over units tells.
        n_clusters: How many clusters it was measured over, None for units.
    """
    if measured is None:
        (measured,) = measure([one], Sampling(Ci.JACKKNIFE, confidence))
    over = "" if n_clusters is None else "_clusters"
    value, error, reason = one.value, measured.error, measured.reason
    if value is not None and _is_of_one_unit(one):
        value, error, reason = None, None, _ONE_UNIT
    method = None if error is None else f"{ErrorMethod.JACKKNIFE}{over}"
    if se is ErrorMethod.ANALYTIC and n_clusters is None and value is not None:
        published = one.analytic()
        if published is not None:
            error, method = published, str(ErrorMethod.ANALYTIC)
    low, high = measured.ends or (None, None)
    drawn = measured.replicates
    return Estimate(
        name=one.name,
        level=str(level),
        weights=weights,
        value=value,
        se=error,
        se_method=method,
        ci_low=low,
        ci_high=high,
        ci_method=None if measured.method is None else f"{measured.method}{over}",
        n_units=one.n_units,
        n_coders=n_coders,
        n_values=one.n_values,
        reason=reason,
        resampling=None if drawn is None else Resampling.of(drawn),
        n_clusters=n_clusters,
    )


def _is_of_one_unit(one: Coefficient) -> bool:
    """Whether a single pairable unit is all that a correction for chance rests on.

    What is expected by chance would then be what is observed: alpha is 0 whatever the values are.
    """
    is_share = one.lowest == 0.0
    return not is_share and one.jackknife_is_undefined() == _ONE_UNIT
