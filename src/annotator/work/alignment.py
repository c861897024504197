"""Which records of different coders of a passage are the same one.

Two records are as like as their evidence, first, and as what is answered in them, second; then
the records of all coders are put together so that the likeness above a threshold is greatest in
sum (`annotator.agreement.matching`). Records inside records are aligned inside those that are
aligned. Nothing depends on the order of coders or of records, nor on who the coders are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from annotator.agreement.matching import assignment, clusters
from annotator.codebook.model import PASSAGE, Codebook, VariableType
from annotator.coding.form import answer_form, to_form
from annotator.coding.model import Coding, State
from annotator.work.compare import Form
from annotator.work.likeness import Comparer, Spans, comparer, joined, words_shared

EVIDENCE_SHARE = 2 / 3
"""What evidence counts of the likeness of two records; the rest is what is answered in them.

Twice as much as the answers, so that records on the same words belong together even where much is
answered differently: whether it is answered alike is what is to be measured, and records aligned by
their answers alone would look more alike than they are.
"""

THRESHOLD = 0.3
"""Records less alike than this stay apart.

With the share above, records that have no word in common need nine in ten of their answers alike to
pass for one claim told twice, and those with no answer in common need 45 in 100 of the
characters. What lies at the threshold gains nothing, so that a little more or less of it never
decides between many poor matches and one good one.
"""

_INNER_WEIGHT = 2.0
_STEPS = 1 << 20
_RANKS = 1 << 24


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


@dataclass(slots=True)
class _Record:
    """A record as it is compared."""

    id: str
    place: int
    parent: "_Record | None"
    spans: Spans = ()
    said: tuple[Any, ...] = ()
    inner: dict[str, list["_Record"]] = field(default_factory=dict)
    _key: tuple[Any, ...] | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What orders records whatever the order they are given in: words, content, id."""
        if self._key is None:
            inside = tuple(
                (unit, sorted(record.key for record in records))
                for unit, records in self.inner.items()
            )
            self._key = self.spans, repr(self.said), inside, self.id
        return self._key


_Row = tuple[_Record | None, ...]
"""One thing that was found: the record of each coding, or None."""


class Aligner:
    """Aligns the codings of one passage after another under one codebook.

    Args:
        codebook: The codebook.
        threshold: See `THRESHOLD`.
    """

    def __init__(self, codebook: Codebook, threshold: float = THRESHOLD) -> None:
        self._codebook = codebook
        self._threshold = threshold
        self._inside = {
            unit.id: tuple(inner.id for inner in codebook.units_in(unit.id))
            for unit in codebook.units
        }
        self._comparers: dict[str, dict[str, tuple[int, Comparer]]] = {}
        self._weights: dict[str, tuple[Comparer, ...]] = {}
        for unit in codebook.units:
            found = {
                variable.id: comparer(variable)
                for variable in codebook.variables_of(unit.id)
                if variable.type is not VariableType.LINK
            }
            self._weights[unit.id] = tuple(found.values())
            self._comparers[unit.id] = {
                name: (place, one) for place, (name, one) in enumerate(found.items())
            }

    def align(self, forms: Sequence[Form]) -> Alignment:
        """Align codings of one passage, given as plain data in which every record has an id."""
        inside = [self._records_in(form, PASSAGE, None) for form in forms]
        return Alignment(len(forms), tuple(self._aligned(inside, PASSAGE)))

    # --- reading ---------------------------------------------------------------------------------

    def _records_in(
        self, form: Form, unit: str, parent: _Record | None
    ) -> dict[str, list[_Record]]:
        return {
            inner: [
                self._record(one, inner, place, parent)
                for place, one in enumerate(form.get(inner, ()))
            ]
            for inner in self._inside[unit]
        }

    def _record(self, form: Form, unit: str, place: int, parent: _Record | None) -> _Record:
        comparers = self._comparers[unit]
        said: list[Any] = [None] * len(comparers)
        evidence = list(form.get("evidence", ()))
        for name, given in form.items():
            if name not in comparers:
                continue
            at, one = comparers[name]
            if isinstance(given, dict):
                answer = answer_form(given)
                evidence += answer.evidence
                if answer.state is not State.STATED:
                    continue
                given = answer.value
            said[at] = one.read(given)
        record = _Record(form["id"], place, parent)
        record.spans = joined((span["start"], span["end"]) for span in evidence)
        record.said = tuple(said)
        record.inner = self._records_in(form, unit, record)
        return record

    # --- likeness --------------------------------------------------------------------------------

    def _values(self, one: _Record, other: _Record, unit: str) -> float | None:
        """How alike two records are in what is answered in them; None where neither says anything.

        What neither states counts for nothing, so that silence does not make records alike.
        """
        total = weight = 0.0
        for compared, mine, theirs in zip(self._weights[unit], one.said, other.said, strict=True):
            if mine is None and theirs is None:
                continue
            weight += compared.weight
            if mine == theirs:
                total += compared.weight
            elif mine is not None and theirs is not None:
                total += compared.weight * compared.alike(mine, theirs)
        for inner, records in one.inner.items():
            others = other.inner[inner]
            if records or others:
                weight += _INNER_WEIGHT
                total += _INNER_WEIGHT * self._inner_values(records, others, inner)
        return total / weight if weight else None

    def _inner_values(self, ones: list[_Record], others: list[_Record], unit: str) -> float:
        """How alike the records inside two records are: those paired best, out of the more."""
        if not ones or not others:
            return 0.0
        if len(ones) == len(others) == 1:
            alike = self._values(ones[0], others[0], unit)
            return 1.0 if alike is None else alike
        gains = [
            [
                _STEPS
                if (alike := self._values(one, other, unit)) is None
                else round(alike * _STEPS)
                for other in others
            ]
            for one in ones
        ]
        paired = sum(
            gains[row][column] for row, column in enumerate(assignment(gains)) if column is not None
        )
        return paired / (_STEPS * max(len(ones), len(others)))

    def _gain(self, one: _Record, other: _Record, unit: str) -> int:
        """How far two records are more alike than the threshold, in whole steps."""
        evidence = _evidence(one, other)
        values = self._values(one, other, unit)
        if evidence is None or values is None:
            # What is not known of the one is taken to be as it is with the other.
            known = evidence if values is None else values
            alike = 1.0 if known is None else known
        else:
            alike = EVIDENCE_SHARE * evidence + (1 - EVIDENCE_SHARE) * values
        return round((alike - self._threshold) * _STEPS)

    # --- aligning --------------------------------------------------------------------------------

    def _aligned(
        self, inside: Sequence[Mapping[str, list[_Record]] | None], unit: str
    ) -> Iterator[Cluster]:
        """The clusters of the records inside one record of each coding.

        Args:
            inside: The records inside, by unit; None for a coding that has no such record.
            unit: The unit of the record they lie in.
        """
        for inner in self._inside[unit]:
            records = [() if one is None else tuple(one[inner]) for one in inside]
            for row in self._rows(records, inner):
                below = [None if record is None else record.inner for record in row]
                yield Cluster(
                    inner,
                    tuple(None if record is None else record.id for record in row),
                    tuple(self._aligned(below, inner)) if self._inside[inner] else (),
                )

    def _rows(self, records: Sequence[tuple[_Record, ...]], unit: str) -> list[_Row]:
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
        ordered = {number: sorted(records[number], key=attrgetter("key")) for number in order}
        order.sort(key=lambda number: [record.key for record in ordered[number]])
        items = [
            (owner, rank, record)
            for owner, number in enumerate(order)
            for rank, record in enumerate(ordered[number])
        ]
        gains = [[0] * len(items) for _ in items]
        for at, (owner, rank, record) in enumerate(items):
            for to, (other_owner, other_rank, other) in enumerate(items[:at]):
                if owner != other_owner:
                    # Of equal matchings the one that crosses least, in order of reading.
                    crossing = (rank - other_rank) ** 2
                    gain = self._gain(record, other, unit) * _RANKS - crossing
                    gains[at][to] = gains[to][at] = gain
        rows = []
        for cluster in clusters([owner for owner, _, _ in items], gains):
            row: list[_Record | None] = [None] * len(records)
            for item in cluster:
                owner, _, record = items[item]
                row[order[owner]] = record
            rows.append(tuple(row))
        return sorted(rows, key=_reading_order)


def _evidence(one: _Record, other: _Record) -> float | None:
    """The share of words two records have in common.

    Where one has no words of its own they stand on those of the records they lie in, if those have
    any; None otherwise.
    """
    if one.spans and other.spans:
        return words_shared(one.spans, other.spans)
    if one.parent is None or other.parent is None:
        return None
    return _evidence(one.parent, other.parent)


def _reading_order(row: _Row) -> tuple[bool, int, int, int]:
    """Where the words of a cluster begin, then where and in which coding it comes first."""
    found = [(record, number) for number, record in enumerate(row) if record is not None]
    starts = [record.spans[0][0] for record, _ in found if record.spans]
    place, number = min((record.place, number) for record, number in found)
    return not starts, min(starts, default=0), place, number
