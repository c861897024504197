"""How alike two records are: in the words they stand on, and in what is answered in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.agreement.matching import assignment
from annotator.codebook.model import Codebook, VariableType
from annotator.coding.content import Form
from annotator.coding.form import answer_form
from annotator.coding.model import State
from annotator.work.likeness import Alike, Reader, Spans, comparer, joined, words_shared

EVIDENCE_SHARE = 2 / 3
"""What evidence counts of the likeness of two records; the rest is what is answered in them.

Twice as much as the answers, so that records on the same words belong together even where much is
answered differently: whether it is answered alike is what is to be measured, and records aligned by
their answers alone would look more alike than they are.
"""

_INNER_WEIGHT = 2.0
"""What the records of a unit inside a record count beside its answers: as much as a number."""

_STEPS = 1 << 20


@dataclass(slots=True)
class ComparedRecord:
    """A record in the form in which it is compared.

    Attributes:
        form: The record as plain data.
        place: Where it stands among the records of its unit that its coder made.
        parent: The record it lies in; None for the passage.
        spans: The words it stands on, its own and those of its answers.
        said: For each variable of its unit but links what is stated, None where nothing is.
        inner: The records inside it, by unit.
    """

    form: Form
    place: int
    parent: "ComparedRecord | None"
    spans: Spans = ()
    said: tuple[Any, ...] = ()
    inner: dict[str, list["ComparedRecord"]] = field(default_factory=dict)
    _key: tuple[Any, ...] | None = None

    @property
    def id(self) -> str:
        """Its id in its coding."""
        name: str = self.form["id"]
        return name

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


class RecordLikeness:
    """Reads records and says how alike two of them are.

    Args:
        codebook: The codebook they were made under.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.inside: Mapping[str, tuple[str, ...]] = {
            unit.id: tuple(inner.id for inner in codebook.units_in(unit.id))
            for unit in codebook.units
        }
        self._readers: dict[str, dict[str, tuple[int, Reader]]] = {}
        self._comparers: dict[str, tuple[tuple[float, Alike], ...]] = {}
        for unit in codebook.units:
            compared = {
                variable.id: comparer(variable)
                for variable in codebook.variables_of(unit.id)
                if variable.type is not VariableType.LINK
            }
            self._readers[unit.id] = {
                name: (place, one.read) for place, (name, one) in enumerate(compared.items())
            }
            self._comparers[unit.id] = tuple((one.weight, one.alike) for one in compared.values())

    def records_in(
        self, form: Form, unit: str, parent: ComparedRecord | None = None
    ) -> dict[str, list[ComparedRecord]]:
        """The records inside a record or a coding, by unit.

        Args:
            form: The record or coding as plain data; every record in it has an id.
            unit: What it is a record of.
            parent: The record itself; None for a coding.
        """
        return {
            inner: [
                self._record(one, inner, place, parent)
                for place, one in enumerate(form.get(inner, ()))
            ]
            for inner in self.inside[unit]
        }

    def _record(
        self, form: Form, unit: str, place: int, parent: ComparedRecord | None
    ) -> ComparedRecord:
        readers = self._readers[unit]
        said: list[Any] = [None] * len(readers)
        evidence = list(form.get("evidence", ()))
        for name, given in form.items():
            if name not in readers:
                continue
            at, read = readers[name]
            if isinstance(given, dict):
                answer = answer_form(given)
                evidence += answer.evidence
                if answer.state is not State.STATED:
                    continue
                given = answer.value
            said[at] = read(given)
        spans = joined([(span["start"], span["end"]) for span in evidence])
        record = ComparedRecord(form, place, parent, spans, tuple(said))
        record.inner = self.records_in(form, unit, record)
        return record

    def alike(self, one: ComparedRecord, other: ComparedRecord, unit: str) -> float:
        """How alike two records of a unit are, from 0 to 1; symmetric to the last bit.

        Where evidence or answers cannot be compared, because one has none, they are taken to be as
        alike as the other is; records that say nothing at all are alike.
        """
        evidence = _evidence(one, other)
        values = self._values(one, other, unit)
        if evidence is None or values is None:
            known = evidence if values is None else values
            return 1.0 if known is None else known
        return EVIDENCE_SHARE * evidence + (1 - EVIDENCE_SHARE) * values

    def _values(self, one: ComparedRecord, other: ComparedRecord, unit: str) -> float | None:
        """How alike two records are in what is answered in them; None where neither says anything.

        What neither states counts for nothing, so that silence does not make records alike.
        """
        total = weight = 0.0
        for (counts, alike), mine, theirs in zip(
            self._comparers[unit], one.said, other.said, strict=True
        ):
            if mine == theirs:
                if mine is not None:
                    weight += counts
                    total += counts
            else:
                weight += counts
                if mine is not None and theirs is not None:
                    total += counts * alike(mine, theirs)
        for inner, records in one.inner.items():
            others = other.inner[inner]
            if records or others:
                weight += _INNER_WEIGHT
                total += _INNER_WEIGHT * self._inner_values(records, others, inner)
        return total / weight if weight else None

    def _inner_values(
        self, ones: list[ComparedRecord], others: list[ComparedRecord], unit: str
    ) -> float:
        """How alike the records inside two records are: those paired best, out of the more."""

        def alike(one: ComparedRecord, other: ComparedRecord) -> float:
            values = self._values(one, other, unit)
            return 1.0 if values is None else values

        if not ones or not others:
            return 0.0
        if len(ones) == len(others) == 1:
            return alike(ones[0], others[0])
        gains = [[round(alike(one, other) * _STEPS) for other in others] for one in ones]
        paired = sum(
            gains[row][column] for row, column in enumerate(assignment(gains)) if column is not None
        )
        return paired / (_STEPS * max(len(ones), len(others)))


def _evidence(one: ComparedRecord, other: ComparedRecord) -> float | None:
    """The share of words two records have in common.

    Where one has no words of its own they stand on those of the records they lie in, if those have
    any; None otherwise.
    """
    if one.spans and other.spans:
        return words_shared(one.spans, other.spans)
    if one.parent is None or other.parent is None:
        return None
    return _evidence(one.parent, other.parent)
