"""Which records of different coders of a passage are the same one.

Two records are as like as their evidence, first, and as what is answered in them, second; then
the records of all coders are put together so that the likeness above a threshold is greatest in
sum (`annotator.agreement.matching`). Records inside records are aligned inside those that are
aligned. Nothing depends on the order of coders or of records, nor on who the coders are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from annotator.agreement.matching import clusters
from annotator.codebook.model import PASSAGE, Codebook
from annotator.coding.content import Form
from annotator.coding.form import to_form
from annotator.coding.model import Coding
from annotator.work.record_likeness import ComparedRecord, RecordLikeness

THRESHOLD = 0.3
"""Records less alike than this stay apart.

As evidence counts two thirds, records without a word in common need nine in ten of their answers
alike to pass for one claim told twice, and those without an answer in common 45 in 100 of the
characters. What lies at the threshold gains nothing, so that a little more or less never decides
between several poor matches and one good one.
"""

_STEPS = 1 << 20
"""Likeness is counted in whole steps, so that sums do not depend on their order."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing that coders found: the record of each who did.

    Attributes:
        unit: The unit its records are of.
        records: For each coding the id of its record, None where it has none.
        inner: The clusters of the records inside, those of a unit together, in reading order.
    """

    unit: str
    records: tuple[str | None, ...]
    inner: tuple["Cluster", ...] = ()

    @property
    def n_records(self) -> int:
        """How many of the codings have it."""
        return sum(record is not None for record in self.records)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The records of several codings of a passage, put together.

    Attributes:
        n_codings: How many codings there are.
        clusters: The clusters of records directly in the passage, those of a unit together in the
            order of the codebook, in reading order (by evidence, then as the coders made them).
    """

    n_codings: int
    clusters: tuple[Cluster, ...]

    def walk(self) -> Iterator[tuple[Cluster | None, Cluster]]:
        """Every cluster at every depth after the one it lies in, each with that one."""
        yield from _walk(None, self.clusters)


def _walk(
    parent: Cluster | None, found: Sequence[Cluster]
) -> Iterator[tuple[Cluster | None, Cluster]]:
    for one in found:
        yield parent, one
        yield from _walk(one, one.inner)


def align(
    codings: Sequence[Coding], codebook: Codebook, *, threshold: float = THRESHOLD
) -> Alignment:
    """Align the records of codings of one passage.

    Args:
        codings: Two or more, of one passage.
        codebook: The codebook they were made under.
        threshold: See `THRESHOLD`.
    """
    return Aligner(codebook, threshold).align([to_form(coding) for coding in codings])


_Row = tuple[ComparedRecord | None, ...]
"""One thing that was found: the record of each coding, or None."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A cluster with the records themselves."""

    unit: str
    row: _Row
    inner: list["_Group"]


def _cluster(group: _Group) -> Cluster:
    ids = tuple(None if record is None else record.id for record in group.row)
    return Cluster(group.unit, ids, tuple(map(_cluster, group.inner)))


class Aligner:
    """Aligns the codings of one passage after another under one codebook.

    Args:
        codebook: The codebook.
        threshold: See `THRESHOLD`.
    """

    def __init__(self, codebook: Codebook, threshold: float = THRESHOLD) -> None:
        self._likeness = RecordLikeness(codebook)
        self._threshold = threshold

    def align(self, forms: Sequence[Form]) -> Alignment:
        """Align codings of one passage, given as plain data in which every record has an id."""
        return Alignment(len(forms), tuple(map(_cluster, self._aligned_in(forms))))

    def records(self, forms: Sequence[Form]) -> Iterator[tuple[str, tuple[Form | None, ...]]]:
        """The same as the records themselves: each cluster, and those in it, with its unit."""
        waiting = self._aligned_in(forms)[::-1]
        while waiting:
            one = waiting.pop()
            yield one.unit, tuple(None if record is None else record.form for record in one.row)
            waiting += one.inner[::-1]

    def _aligned_in(self, forms: Sequence[Form]) -> list[_Group]:
        inside = [self._likeness.records_in(form, PASSAGE) for form in forms]
        return self._aligned(inside, PASSAGE)

    def _aligned(
        self, inside: Sequence[Mapping[str, list[ComparedRecord]] | None], unit: str
    ) -> list[_Group]:
        """The records inside one record of each coding, put together.

        Args:
            inside: The records inside, by unit; None for a coding that has no such record.
            unit: The unit of the record they lie in.
        """
        found: list[_Group] = []
        for inner in self._likeness.inside[unit]:
            records = [() if one is None else tuple(one[inner]) for one in inside]
            for row in self._rows(records, inner):
                below: list[_Group] = []
                if self._likeness.inside[inner]:
                    below = self._aligned(
                        [None if record is None else record.inner for record in row], inner
                    )
                found.append(_Group(inner, row, below))
        return found

    def _rows(self, records: Sequence[tuple[ComparedRecord, ...]], unit: str) -> list[_Row]:
        """The records of one unit put together.

        Args:
            records: Those of each coding.
            unit: Their unit.
        """
        order = [number for number, found in enumerate(records) if found]
        if len(order) < 2:
            rows: list[_Row] = [
                tuple(record if number == place else None for place in range(len(records)))
                for number in order
                for record in records[number]
            ]
            return sorted(rows, key=_reading_order)
        if all(len(records[number]) == 1 for number in order) and all(
            self._gain(records[one][0], records[other][0], unit) > 0
            for one, other in combinations(order, 2)
        ):
            return [tuple(found[0] if found else None for found in records)]
        ordered = {number: sorted(records[number], key=attrgetter("key")) for number in order}
        order.sort(key=lambda number: [record.key for record in ordered[number]])
        items = [
            (owner, record) for owner, number in enumerate(order) for record in ordered[number]
        ]
        gains = [[0] * len(items) for _ in items]
        for at, (owner, record) in enumerate(items):
            for to, (other_owner, other) in enumerate(items[:at]):
                if owner != other_owner:
                    gains[at][to] = gains[to][at] = self._gain(record, other, unit)
        rows = []
        for cluster in clusters([owner for owner, _ in items], gains):
            row: list[ComparedRecord | None] = [None] * len(records)
            for item in cluster:
                owner, record = items[item]
                row[order[owner]] = record
            rows.append(tuple(row))
        return sorted(rows, key=_reading_order)

    def _gain(self, one: ComparedRecord, other: ComparedRecord, unit: str) -> int:
        """How far two records are more alike than the threshold, in whole steps."""
        return round((self._likeness.alike(one, other, unit) - self._threshold) * _STEPS)


def _reading_order(row: _Row) -> tuple[bool, int, int, int]:
    """Where the words of a cluster begin, then where and in which coding it comes first."""
    found = [(record, number) for number, record in enumerate(row) if record is not None]
    starts = [record.spans[0][0] for record, _ in found if record.spans]
    place, number = min((record.place, number) for record, number in found)
    return not starts, min(starts, default=0), place, number
