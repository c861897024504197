"""Agreement per code: each code against all others, with how often it was used."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import alpha_for
from annotator.agreement.bootstrap import REPLICATES, SEED
from annotator.agreement.chance import SpreadOfAll
from annotator.agreement.clusters import clustered
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.distance import Nominal
from annotator.agreement.estimate import (
    ErrorMethod,
    Estimate,
    as_estimate,
    refuse_pairs_of_clusters,
)
from annotator.agreement.finer import Finer
from annotator.agreement.intervals import Ci, Sampling, measure
from annotator.agreement.level import Level
from annotator.agreement.patterns import Patterns, Strategy, find_patterns
from annotator.agreement.ratings import MISSING, Ratings
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights
from annotator.errors import AnnotatorError


@dataclass(frozen=True, slots=True)
class CodeEstimate:
    """Agreement on whether one code applies.

    Attributes:
        code: The category, or the member of the sets.
        alpha: Nominal alpha of used against not used.
        percent_agreement: Percent agreement of used against not used.
        prevalence: The share of values (in pairable units) that are, or hold, the code; None
            without any.
        positive_agreement: Given that a coder used the code, the chance that another coder of the
            same unit did; None if nobody used it. With two coders this is Dice's coefficient.
        negative_agreement: The same for not using it; None if everybody used it everywhere.
        n_units_used: Pairable units where at least one coder used the code.
        chance_agreements: How many pairs of values would agree on the code by chance; below 5 there
            is too little of it to judge.
    """

    code: object
    alpha: Estimate
    percent_agreement: Estimate
    prevalence: float | None
    positive_agreement: float | None
    negative_agreement: float | None
    n_units_used: int
    chance_agreements: float

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, the two estimates as in `Estimate.as_json`."""
        return {
            **asdict(self),
            "code": str(self.code),
            "alpha": self.alpha.as_json(),
            "percent_agreement": self.percent_agreement.as_json(),
        }


def per_code(
    ratings: Ratings,
    level: Level | str = Level.NOMINAL,
    *,
    ci: Ci | str = Ci.AUTO,
    confidence: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
    clusters: Sequence[Hashable] | None = None,
) -> list[CodeEstimate]:
    """Agreement on each code, as used against not used.

    Args:
        ratings: N units x r coders; values may be missing.
        level: `set` takes each member of the sets; any other level each category.
        ci: As in `estimates`; all codes share the same draws.
        confidence: Of the intervals, between 0 and 1.
        replicates: As in `estimates`.
        seed: As in `estimates`.
        clusters: As in `estimates`.

    Returns:
        One entry per category or member, used or not, in the order of the ratings' own list.

    Raises:
        AnnotatorError: The values are not sets at level `set`, or an argument is not one of its
            choices.
    """
    level = Level.named(level)
    how = Sampling.of(ci, confidence, replicates, seed)
    if clusters is not None:
        ratings = ratings.in_clusters(clusters)
    labels = ratings.clusters
    refuse_pairs_of_clusters(how, labels)
    patterns = find_patterns(
        ratings.codes.T,
        len(ratings.categories),
        strategy=None if labels is None else Strategy.DIRECT,
    )
    found = [_UsedOrNot(code, patterns, has_code) for code, has_code in _columns(ratings, level)]
    independent: list[Coefficient] = [one for code in found for one in code.coefficients]
    if labels is not None:
        independent = clustered(independent, labels)
    measured = iter(zip(independent, measure(independent, how), strict=True))
    described: list[CodeEstimate] = []
    for code in found:
        alpha, share = (
            as_estimate(
                one,
                level=Level.NOMINAL,
                weights=weights,
                n_coders=ratings.n_coders,
                se=ErrorMethod.JACKKNIFE,
                measured=certainty,
                n_clusters=None if labels is None else over.n_units,
            )
            for one, weights, (over, certainty) in zip(
                code.coefficients, (None, "identity"), measured, strict=False
            )
        )
        described.append(code.described(alpha, share))
    return described


def _columns(ratings: Ratings, level: Level) -> Iterator[tuple[object, NDArray[np.bool_]]]:
    """Each code, and for each category whether it is or holds the code."""
    if level is not Level.SET:
        for position, code in enumerate(ratings.categories):
            has_code = np.zeros(len(ratings.categories), dtype=bool)
            has_code[position] = True
            yield code, has_code
        return
    sets = [value for value in ratings.categories if isinstance(value, frozenset)]
    if len(sets) < len(ratings.categories):
        raise AnnotatorError("Level set needs sets of codes; read the ratings at level set.")
    members = ratings.members
    if members is None:
        members = tuple(sorted(frozenset().union(*sets), key=str))
    for code in members:
        yield code, np.array([code in one for one in sets], dtype=bool)


class _UsedOrNot:
    """One code against all others: the patterns with 1 for values that have it and 0 for others.

    Args:
        code: The code.
        patterns: Of the values themselves.
        has_code: V, which categories are or hold the code.
    """

    def __init__(self, code: object, patterns: Patterns, has_code: NDArray[np.bool_]) -> None:
        self._code = code
        merged, place = _merged(patterns, has_code)
        self._sums = Tally(merged)
        identity = Weights("identity", Nominal(), 1.0, 2.0)
        within = Within(self._sums, Nominal())
        used = alpha_for(self._sums, Nominal(), within)
        share = SpreadOfAll("percent_agreement", self._sums, identity, within, fixed=1.0)
        self.coefficients = [Finer(used, patterns, place), Finer(share, patterns, place)]

    def described(self, alpha: Estimate, share: Estimate) -> CodeEstimate:
        """The two estimates with what else there is to say of the code."""
        sums = self._sums
        unused, used = (int(count) for count in sums.counts)
        weights = sums.weights(slice(None))
        with_code = (sums.patterns.values == 1).sum(axis=0)
        others = np.maximum(sums.present.astype(np.float64) - 1.0, 1.0)
        mixed = float((weights * with_code * (sums.present - with_code) / others).sum())
        total = sums.n_values
        return CodeEstimate(
            code=self._code,
            alpha=alpha,
            percent_agreement=share,
            prevalence=used / total if total else None,
            positive_agreement=1.0 - mixed / used if used else None,
            negative_agreement=1.0 - mixed / unused if unused else None,
            n_units_used=int(weights[with_code > 0].sum()),
            chance_agreements=used * (used - 1) / (2 * (total - 1)) if total else 0.0,
        )


def _merged(
    patterns: Patterns, has_code: NDArray[np.bool_]
) -> tuple[Patterns, NDArray[np.unsignedinteger[Any]]]:
    """The patterns of used and not used, and which of them each pattern of values becomes."""
    slots = patterns.values.shape[0]
    # A missing value reads the last entry of each table.
    used_by_value = np.append(has_code, False)
    width = slots + 1
    cells = np.empty(patterns.size, dtype=np.min_scalar_type(width * width))
    times = np.zeros(width * width, dtype=np.int64)
    for part in patterns.blocks():
        block = patterns.values[:, part]
        used = used_by_value[block].sum(axis=0)
        cells[part] = (block >= 0).sum(axis=0) * width + used
        weights = None if patterns.times is None else patterns.times[part].astype(np.float64)
        times += np.bincount(cells[part], weights, times.size).astype(np.int64)
    found = np.flatnonzero(times)
    place = np.zeros(width * width, dtype=cells.dtype)
    place[found] = np.arange(found.size)
    present, used = np.divmod(found, width)
    row = np.arange(slots)[:, None]
    values = np.where(row < used, 1, np.where(row < present, 0, MISSING)).astype(np.int8)
    return Patterns(values, times[found], n_values=2), place[cells]
