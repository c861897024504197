"""How far codings of one passage differ, by what they say (`annotator.coding.content`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TypeVar

from annotator.codebook.model import PASSAGE, Codebook
from annotator.coding.content import NONE, Content, Records, Said

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the codings of one passage differ.

    `score` runs from 0 (they say the same) to 1. `differing` and `agreed` name what at least one
    coding says at the level of the passage: ids of variables and of units in the codebook's
    order, then `none` for the reason for having no record.
    """

    score: float
    differing: tuple[str, ...]
    agreed: tuple[str, ...]


def extent(contents: Sequence[Content], codebook: Codebook) -> Extent:
    """How far the codings of one passage differ, and in what.

    The score is the mean, over all that at least one coding says at the level of the passage, of
    the mean distance between two codings. Sets of codes differ by MASI (Passonneau 2006), the
    records of a unit by the share of them that has no equal in the other coding, anything else by
    0 or 1; a question that one coder answered and another did not differs by 1.

    Args:
        contents: What two or more codings of one passage say.
        codebook: The codebook they were made under.
    """
    distances: dict[str, float] = {}
    for variable in codebook.variables_of(PASSAGE):
        said = [one.answers.get(variable.id) for one in contents]
        if any(value is not None for value in said):
            distances[variable.id] = _mean_of_pairs(said, _distance)
    for unit in codebook.units_in(PASSAGE):
        records = [one.records.get(unit.id, Records()) for one in contents]
        if any(records):
            distances[unit.id] = _mean_of_pairs(records, _records_distance)
    reasons = [one.none for one in contents]
    if any(reasons):
        distances[NONE] = _mean_of_pairs(reasons, _distance)
    differing = tuple(name for name, distance in distances.items() if distance > 0)
    agreed = tuple(name for name, distance in distances.items() if distance == 0)
    score = fsum(distances.values()) / len(distances) if distances else 0.0
    return Extent(score, differing, agreed)


def _mean_of_pairs(said: Sequence[T], distance: Callable[[T, T], float]) -> float:
    if all(other == said[0] for other in said[1:]):
        return 0.0
    pairs = [distance(one, other) for one, other in combinations(said, 2)]
    return fsum(pairs) / len(pairs)


def _distance(one: Said | None, other: Said | None) -> float:
    if one == other:
        return 0.0
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        common, union = len(one & other), len(one | other)
        monotonicity = 2 / 3 if one < other or other < one else 1 / 3
        return 1.0 - common / union * monotonicity
    return 1.0


def _records_distance(one: Records, other: Records) -> float:
    union = (one | other).total()
    return 1.0 - (one & other).total() / union if union else 0.0
