"""Agreement per code: each code against all others, with how often it was used."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import Alpha
from annotator.agreement.chance import SpreadOfAll
from annotator.agreement.distance import Nominal
from annotator.agreement.estimate import ErrorMethod, Estimate, as_estimate, check_confidence
from annotator.agreement.level import Level
from annotator.agreement.patterns import Patterns, find_patterns
from annotator.agreement.ratings import MISSING, Ratings
from annotator.agreement.tally import Tally, Within, tally
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
        return {**asdict(self), "code": str(self.code)}


def per_code(
    ratings: Ratings, level: Level | str = Level.NOMINAL, *, confidence: float = 0.95
) -> list[CodeEstimate]:
    """Agreement on each code, as used against not used.

    Args:
        ratings: N units x r coders; values may be missing.
        level: `set` takes each member of the sets; any other level each category.
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One entry per category or member, used or not, in the order of the ratings' own list.

    Raises:
        AnnotatorError: The values are not sets at level `set`.
    """
    level = Level.named(level)
    check_confidence(confidence)
    patterns = find_patterns(ratings.codes.T, len(ratings.categories))
    n_coders = ratings.n_coders
    found: list[CodeEstimate] = []
    for code, has_code in _columns(ratings, level):
        sums = tally(_used_or_not(patterns, has_code))
        found.append(_code_estimate(code, sums, n_coders, confidence))
    return found


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


def _used_or_not(patterns: Patterns, has_code: NDArray[np.bool_]) -> Patterns:
    """The same patterns with 1 for values that have the code and 0 for others, merged."""
    slots = patterns.values.shape[0]
    # A missing value reads the last entry of each table.
    used_by_value = np.append(has_code, False)
    width = slots + 1
    times = np.zeros(width * width, dtype=np.int64)
    for part in patterns.blocks():
        block = patterns.values[:, part]
        used = used_by_value[block].sum(axis=0)
        cells = (block >= 0).sum(axis=0) * width + used
        weights = None if patterns.times is None else patterns.times[part].astype(np.float64)
        times += np.bincount(cells, weights, times.size).astype(np.int64)
    cells = np.flatnonzero(times)
    present, used = np.divmod(cells, width)
    place = np.arange(slots)[:, None]
    values = np.where(place < used, 1, np.where(place < present, 0, MISSING)).astype(np.int8)
    return Patterns(values, times[cells], n_values=2)


def _code_estimate(code: object, sums: Tally, n_coders: int, confidence: float) -> CodeEstimate:
    unused, used = (int(count) for count in sums.counts)
    weights = sums.weights(slice(None))
    with_code = (sums.patterns.values == 1).sum(axis=0)
    others = np.maximum(sums.present.astype(np.float64) - 1.0, 1.0)
    mixed = float((weights * with_code * (sums.present - with_code) / others).sum())
    identity = Weights("identity", Nominal(), 1.0, 2.0)
    within = Within(sums, Nominal())
    agreement = {
        one.name: as_estimate(
            one,
            level=Level.NOMINAL,
            weights=kind,
            n_coders=n_coders,
            se=ErrorMethod.JACKKNIFE,
            confidence=confidence,
        )
        for one, kind in (
            (Alpha(sums, Nominal(), within), None),
            (SpreadOfAll("percent_agreement", sums, identity, within, fixed=1.0), "identity"),
        )
    }
    total = sums.n_values
    return CodeEstimate(
        code=code,
        alpha=agreement["alpha"],
        percent_agreement=agreement["percent_agreement"],
        prevalence=used / total if total else None,
        positive_agreement=1.0 - mixed / used if used else None,
        negative_agreement=1.0 - mixed / unused if unused else None,
        n_units_used=int(weights[with_code > 0].sum()),
        chance_agreements=used * (used - 1) / (2 * (total - 1)) if total else 0.0,
    )
