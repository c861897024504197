"""How far codings of one passage differ, by what they say (`annotator.coding.content`).

Records are compared as bags of words, without finding out which records of different coders are
about the same thing: a queue is opened on what a whole round says.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TypeVar

from annotator.codebook.model import PASSAGE, Codebook, Unit
from annotator.coding.content import CODE_SEPARATOR, NONE, WHOLE, Bags, Content, Said
from annotator.work.subjects import subject_names

T = TypeVar("T")

_NO_BAGS: Bags = {}


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the codings of one passage differ.

    `score` runs from 0 (they say the same) to 1. `differing` names what they differ in, in the
    order of `annotator.work.subjects`; it is empty if and only if they say the same.
    """

    score: float
    differing: tuple[str, ...]


class Comparison:
    """How far codings under one codebook differ, and in what.

    The score is the mean, over all that at least one coding says at the level of the passage
    (answers, the records of a unit, the reason for having none), of the mean distance between two
    codings. Sets of codes differ by MASI (Passonneau 2006), other answers by 0 or 1; a question
    that one coder answered and another did not differs by 1.

    The records of a unit differ by the mean, over the unit, the units in it and the variables of
    them all, as far as one of the two codings says anything there, of this: the share of the
    records, of the coding that has more of them, that have no equal in the other. In a unit a
    record is equal to one that says the same with all that lies in it, in a variable to one with
    the same answer (or, like itself, with none). If one record of each coding is left and both
    answered with sets of codes, these count by MASI.

    A variable of records is named where two records with different answers meet however the records
    are put together, as long as no more of them than necessary is left alone. A unit is named where
    one coding has more records of it (but not if it has more of the unit around it too), and where
    all that is in the records is the same and only stands together differently. So a claim that one
    coder missed is a difference in the claim, and not in all that is asked about claims.

    Args:
        codebook: The codebook the codings were made under.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._subjects = tuple(subject_names(codebook))
        self._variables = [variable.id for variable in codebook.variables_of(PASSAGE)]
        self._trees = [_tree(unit, codebook) for unit in codebook.units_in(PASSAGE)]

    def extent(self, contents: Sequence[Content]) -> Extent:
        """How far the codings of one passage differ, and in what.

        Args:
            contents: What two or more codings of one passage say.
        """
        distances: list[float] = []
        named: set[str] = set()
        for variable in self._variables:
            said = [one.answers.get(variable) for one in contents]
            if any(value is not None for value in said):
                distances.append(_mean_of_pairs(said, _distance))
                if distances[-1]:
                    named.add(variable)
        for tree in self._trees:
            if any(tree.unit in one.records for one in contents):
                pairs = [_Pair(tree, *pair) for pair in combinations(contents, 2)]
                distances.append(fsum(pair.distance for pair in pairs) / len(pairs))
                named.update(name for pair in pairs for name in pair.named)
        reasons = [one.none for one in contents]
        if any(reasons):
            distances.append(_mean_of_pairs(reasons, _distance))
            if distances[-1]:
                named.add(NONE)
        score = fsum(distances) / len(distances) if distances else 0.0
        return Extent(score, tuple(name for name in self._subjects if name in named))


@dataclass(frozen=True, slots=True)
class _Tree:
    """A unit, and the units in it."""

    unit: str
    inner: tuple["_Tree", ...]


def _tree(unit: Unit, codebook: Codebook) -> _Tree:
    return _Tree(
        unit.id,
        tuple(_tree(below, codebook) for below in codebook.units_in(unit.id)),
    )


class _Pair:
    """The records of two codings in a unit of the passage, with all that lies in them.

    Attributes:
        distance: How far they differ, 0 to 1.
        named: What they differ in.
    """

    def __init__(self, tree: _Tree, one: Content, other: Content) -> None:
        self._one = one.records
        self._other = other.records
        self._n_bags = 0
        self._distances: list[float] = []
        self.named: list[str] = []
        self._compare(tree, 0)
        self.distance = fsum(self._distances) / self._n_bags if self._n_bags else 0.0

    def _compare(self, tree: _Tree, more_around: int) -> None:
        """Compare what is said in a unit and in those in it.

        Args:
            tree: The unit.
            more_around: Which coding has more records of the units around it: 1 the first, -1 the
                other, 0 neither.
        """
        one, other = self._one.get(tree.unit, _NO_BAGS), self._other.get(tree.unit, _NO_BAGS)
        if not one and not other:
            return
        whole, other_whole = one.get(WHOLE, ""), other.get(WHOLE, "")
        n_one, n_other = len(whole.split()), len(other_whole.split())
        more = (n_one > n_other) - (n_one < n_other)
        named_before = len(self.named)
        if more and more != more_around:
            self.named.append(tree.unit)
        self._compare_bags(one, other, n_one, n_other)
        for below in tree.inner:
            self._compare(below, more or more_around)
        if whole != other_whole and not more and len(self.named) == named_before:
            self.named.append(tree.unit)

    def _compare_bags(self, one: Bags, other: Bags, n_one: int, n_other: int) -> None:
        """Compare the bags of one unit; most are the same, and the rest are few words."""
        if one == other:
            self._n_bags += len(one)
            return
        most, least = max(n_one, n_other), min(n_one, n_other)
        names = one if one.keys() == other.keys() else sorted(one.keys() | other.keys())
        self._n_bags += len(names)
        equal = 0
        for name in names:
            words, others = one.get(name, ""), other.get(name, "")
            if words == others:
                equal += least
                continue
            here = 0
            if most > 1 or CODE_SEPARATOR in words or CODE_SEPARATOR in others:
                here, alike = _in_common(words, others, n_one, n_other)
                equal += here
                if alike:
                    self._distances.append(-alike / most)
            if here < least and name != WHOLE:
                self.named.append(name)
        self._distances.append(len(names) - equal / most)


def _in_common(one: str, other: str, n_one: int, n_other: int) -> tuple[int, float]:
    """What two different bags have in common, each with a word for some of so many records.

    Returns:
        How many records of each can be put together with one of the other that has the same word,
        or none either; and how far the last two are alike, if just two with sets are left.
    """
    words, left = one.split(), other.split()
    without = min(n_one - len(words), n_other - len(left))
    same = 0
    for word in words:
        if word in left:
            left.remove(word)
            same += 1
    if len(left) == 1 and len(words) - same == 1 and CODE_SEPARATOR in one + other:
        (alone,) = Counter(words) - Counter(other.split())
        return same + without, _alike(alone, left[0])
    return same + without, 0.0


def _alike(one: str, other: str) -> float:
    """How far two sets of codes are alike; what is no set is like nothing but itself."""
    codes = frozenset(one.split(CODE_SEPARATOR))
    return 1.0 - _distance(codes, frozenset(other.split(CODE_SEPARATOR)))


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
