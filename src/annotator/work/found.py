"""Found and missed: how far coders find the same records, before what they say of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import Estimate
from annotator.agreement.shares import Share, share_estimate
from annotator.work.aligned_units import AlignedUnit, clusters_of
from annotator.work.variable_agreement import Choices


@dataclass(frozen=True, slots=True)
class FoundByCoder:
    """What one coder found in the passages they share with another.

    Attributes:
        coder: Who.
        n_records: The coder's records.
        n_shared: Those of them that another coder found too.
        n_missed: Records of other coders of the same passages that this coder did not find.
        share: Of what others found, the share that this coder found too; None without any.
    """

    coder: str
    n_records: int
    n_shared: int
    n_missed: int

    @property
    def share(self) -> float | None:
        """See the attributes."""
        others = self.n_shared + self.n_missed
        return self.n_shared / others if others else None

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return {**asdict(self), "share": self.share}


@dataclass(frozen=True, slots=True)
class FoundByPair:
    """What two coders found in the passages that both coded.

    Attributes:
        coders: The two.
        n_first: Records of the first.
        n_second: Records of the second.
        n_both: How many of them are the same.
        f1: Twice the shared ones over the records of both, 1 where they found the same (Dice 1945;
            in retrieval F1, whichever of the two is taken for the truth).
    """

    coders: tuple[str, str]
    n_first: int
    n_second: int
    n_both: int
    f1: Estimate

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return {**asdict(self), "f1": self.f1.as_json()}


@dataclass(frozen=True, slots=True)
class Found:
    """How far coders find the same records.

    There is no correction for chance: how many records nobody found is not known, and with it how
    often two coders would by chance find nothing alike.

    Attributes:
        n_found: Different records that anyone found.
        n_shared: Those that two coders or more found.
        n_by_all: Those that all who coded the passage found.
        f1: As in `FoundByPair`, over all pairs of coders of a passage.
        coders: Each coder.
        pairs: Each pair of coders with a passage in common.
    """

    n_found: int
    n_shared: int
    n_by_all: int
    f1: Estimate
    coders: tuple[FoundByCoder, ...]
    pairs: tuple[FoundByPair, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "n_found": self.n_found,
            "n_shared": self.n_shared,
            "n_by_all": self.n_by_all,
            "f1": self.f1.as_json(),
            "coders": [one.as_json() for one in self.coders],
            "pairs": [one.as_json() for one in self.pairs],
        }


def found_and_missed(unit: AlignedUnit, coders: Sequence[str], choices: Choices) -> Found:
    """How far coders find the same records of a unit.

    Args:
        unit: The aligned records.
        coders: All coders, in the order they are to be listed.
        choices: How intervals are made.
    """
    found, coded = unit.table(coders)
    passages = _Passages(unit, choices)
    by = found.sum(axis=1)
    of = coded.sum(axis=1)
    shared = by > 1
    return Found(
        n_found=len(by),
        n_shared=int(shared.sum()),
        n_by_all=int((by == of).sum()),
        f1=passages.f1(slice(None), by * (by - 1), by * (of - 1), int(by.sum()), len(coders)),
        coders=tuple(
            FoundByCoder(
                coder,
                int(mine.sum()),
                int((mine & shared).sum()),
                int((here & ~mine).sum()),
            )
            for coder, mine, here in zip(coders, found.T, coded.T, strict=True)
        ),
        pairs=tuple(
            passages.pair((coders[one], coders[other]), found[:, [one, other]], here)
            for one, other in combinations(range(len(coders)), 2)
            if (here := coded[:, one] & coded[:, other]).any()
        ),
    )


class _Passages:
    """The passages that records lie in: the records of one are found or missed together.

    Args:
        unit: The aligned records.
        choices: How intervals are made.
    """

    def __init__(self, unit: AlignedUnit, choices: Choices) -> None:
        self._passage = np.array([one.passage for one in unit.records], dtype=np.intp)
        self._clusters = clusters_of([one.report for one in unit.passages])
        self._choices = choices

    def pair(
        self, coders: tuple[str, str], found: NDArray[np.bool_], here: NDArray[np.bool_]
    ) -> FoundByPair:
        """What two coders found, from N x 2 found or not and which of N they both looked at."""
        mine, theirs = found[here].T
        both = mine & theirs
        records = mine.astype(int) + theirs
        f1 = self.f1(here, 2 * both, records, int(records.sum()), 2)
        return FoundByPair(coders, int(mine.sum()), int(theirs.sum()), int(both.sum()), f1)

    def f1(
        self,
        here: NDArray[np.bool_] | slice,
        shared: NDArray[np.int_],
        records: NDArray[np.int_],
        n_records: int,
        n_coders: int,
    ) -> Estimate:
        """Shared records over all, with an error over passages or the reports they lie in."""
        n_passages = len(self._clusters)
        share = Share(
            "f1",
            np.bincount(self._passage[here], shared, n_passages),
            np.bincount(self._passage[here], records, n_passages),
            n_records,
        )
        return share_estimate(
            share,
            n_coders=n_coders,
            clusters=self._clusters,
            **self._choices.intervals,
        )
