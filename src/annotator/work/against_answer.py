"""A coding held against the known answer of its passage: code by code, for counts and for the eye.

The records of both are aligned first (`annotator.work.alignment`). What is compared is what counts
as a difference everywhere (`annotator.work.compare`), with one exception: *not stated* and a
question left open are the same here, because worked examples leave out what is not stated.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.content import NONE, Form
from annotator.coding.form import answer_form
from annotator.coding.model import State
from annotator.work.alignment import Aligner, Cluster
from annotator.work.answer_words import NOTHING, answer_words
from annotator.work.matrices import EMPTY_SET, members_of
from annotator.work.subjects import WHY_NONE
from annotator.work.texts import STATE_NAMES, answer_text

_CODED = (VariableType.CODE, VariableType.CODES, VariableType.SCALE, VariableType.YES_NO)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that the known answer, the coding, or both say.

    Attributes:
        record: The record in words (`Claim 2`, `Claim 1, Act 1`); empty for the passage.
        variable: The variable's id, the unit's for a record as a whole, or `none`.
        name: What a screen calls it.
        known: What the answer says: codes, or one value; nothing where it says nothing.
        given: What the coding says.
        known_words: The same for people.
        given_words: Likewise.
        whole: Whether it is about a record as a whole: is it there.
        inside: Whether it lies in a record that only one of the two has.
        counts: Whether it counts: free text and links do not.
    """

    record: str
    variable: str
    name: str
    known: frozenset[str]
    given: frozenset[str]
    known_words: str
    given_words: str
    whole: bool = False
    inside: bool = False
    counts: bool = True

    @property
    def title(self) -> str:
        """The record and what of it, in words."""
        if self.whole:
            return self.record
        return f"{self.record}, {self.name}" if self.record else self.name

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.known == self.given


@dataclass(frozen=True, slots=True)
class CodeTally:
    """How a code of the known answers was met.

    Attributes:
        variable: The variable's id; the unit's for records as a whole; `none`.
        code: The code's id, a state in brackets, or empty for the values of a variable without
            codes and for records.
        name: What people call the variable, or what stands for one.
        label: What they call the code; empty where there is none.
        found: How often both have it.
        missed: How often only the answer has it.
        added: How often only the coding has it.
    """

    variable: str
    code: str
    name: str
    label: str
    found: int
    missed: int
    added: int

    @property
    def title(self) -> str:
        """Variable and code in words."""
        return f"{self.name}: {self.label}" if self.label else self.name

    @property
    def n(self) -> int:
        """How often the answers have it."""
        return self.found + self.missed

    @property
    def agreement(self) -> float:
        """Specific agreement: twice the shared ones over those of both (Dice 1945)."""
        return specific_agreement(self.found, self.missed, self.added)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "variable": self.variable,
            "code": self.code,
            "name": self.name,
            "label": self.label,
            "n": self.n,
            "found": self.found,
            "missed": self.missed,
            "added": self.added,
            "agreement": self.agreement,
        }


def specific_agreement(found: int, missed: int, added: int) -> float:
    """Twice what both have over what each has; one of the three is above 0."""
    return 2 * found / (2 * found + missed + added)


class AgainstAnswer:
    """Holds codings against known answers under one codebook.

    Args:
        codebook: The codebook of both.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._aligner = Aligner(codebook)
        self._labels = _labels(codebook)

    def aspects(self, known: Form, given: Form) -> Iterator[Aspect]:
        """All that either says, the passage first, then record by record.

        Args:
            known: The known answer as plain data; every record has an id.
            given: The coding, likewise.
        """
        yield from self._answers("", PASSAGE, known, given)
        reasons = known.get(NONE, ""), given.get(NONE, "")
        if any(reasons):
            yield self._reason(*reasons)
        alignment = self._aligner.align([known, given])
        yield from self._clusters("", alignment.clusters, (known, given))

    def tally(self, pairs: Iterable[tuple[Form, Form]]) -> tuple[CodeTally, ...]:
        """How each code was met over many passages, in the order of the codebook.

        Args:
            pairs: Of each passage the known answer and the coding.
        """
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for known, given in pairs:
            for one in self.aspects(known, given):
                if one.counts:
                    self._count(one, counts)
        order = {key: place for place, key in enumerate(self._labels)}
        rows = sorted(counts, key=lambda key: (order.get(key, len(order)), key))
        return tuple(
            CodeTally(
                *key,
                *self._labels.get(key, (key[0], key[1])),
                counts[key]["found"],
                counts[key]["missed"],
                counts[key]["added"],
            )
            for key in rows
        )

    # --- inside ----------------------------------------------------------------------------------

    def _count(self, one: Aspect, counts: Mapping[tuple[str, str], Counter[str]]) -> None:
        def met(members: Iterable[str], how: str) -> None:
            for member in members:
                counts[one.variable, self._code(one, member)][how] += 1

        met(one.known & one.given, "found")
        met(one.known - one.given, "missed")
        met(one.given - one.known, "added")

    def _code(self, one: Aspect, member: str) -> str:
        if one.whole:
            return ""
        coded = one.variable == NONE or self._codebook.variable(one.variable).type in _CODED
        return member if coded or member in STATE_NAMES.values() else ""

    def _clusters(
        self, where: str, clusters: Iterable[Cluster], forms: tuple[Form | None, Form | None]
    ) -> Iterator[Aspect]:
        number: Counter[str] = Counter()
        for cluster in clusters:
            number[cluster.unit] += 1
            unit = self._codebook.unit(cluster.unit)
            place = f"{where}, " if where else ""
            place += f"{unit.label} {number[cluster.unit]}"
            known, given = (
                _record(form, unit, record)
                for form, record in zip(forms, cluster.records, strict=True)
            )
            yield self._whole(place, unit, known, given, inside=None in forms)
            yield from self._answers(place, unit.id, known, given)
            yield from self._clusters(place, cluster.inner, (known, given))

    def _whole(
        self, place: str, unit: Unit, known: Form | None, given: Form | None, *, inside: bool
    ) -> Aspect:
        def there(record: Form | None) -> frozenset[str]:
            return frozenset() if record is None else frozenset({unit.id})

        return Aspect(
            place,
            unit.id,
            unit.label,
            there(known),
            there(given),
            self._in_short(known, unit),
            self._in_short(given, unit),
            whole=True,
            inside=inside,
        )

    def _answers(
        self, place: str, unit_id: str, known: Form | None, given: Form | None
    ) -> Iterator[Aspect]:
        for variable in self._codebook.variables_of(unit_id):
            if variable.type is VariableType.LINK:
                continue
            there, made = ((one or {}).get(variable.id) for one in (known, given))
            right, said = _members(there, variable), _members(made, variable)
            if right or said:
                yield Aspect(
                    place,
                    variable.id,
                    variable.name,
                    right,
                    said,
                    answer_words(there, variable) if right else State.NOT_STATED.words,
                    answer_words(made, variable) if said else State.NOT_STATED.words,
                    inside=known is None or given is None,
                    counts=variable.type is not VariableType.TEXT,
                )

    def _reason(self, known: str, given: str) -> Aspect:
        return Aspect(
            "",
            NONE,
            WHY_NONE,
            frozenset({known} - {""}),
            frozenset({given} - {""}),
            self._labels.get((NONE, known), ("", NOTHING))[1],
            self._labels.get((NONE, given), ("", NOTHING))[1],
        )

    def _in_short(self, record: Form | None, unit: Unit) -> str:
        """A record in one line: its answers in words, then how many records lie in it."""
        if record is None:
            return f"no such {unit.label.lower()}"
        parts = [
            f"{variable.name}: {answer_words(record[variable.id], variable)}"
            for variable in self._codebook.variables_of(unit.id)
            if variable.id in record and _members(record[variable.id], variable)
        ]
        for inner in self._codebook.units_in(unit.id):
            if records := record.get(inner.id):
                parts.append(f"{inner.label}: {len(records)}")
        return "; ".join(parts) or "nothing answered"


def _labels(codebook: Codebook) -> dict[tuple[str, str], tuple[str, str]]:
    """What everything that is counted is called, variable and code, in the codebook's order."""
    labels: dict[tuple[str, str], tuple[str, str]] = {}
    for unit in codebook.units:
        if unit.id != PASSAGE:
            labels[unit.id, ""] = unit.label, ""
        labels.update({(NONE, code.id): (WHY_NONE, code.label) for code in unit.none_reasons})
        for variable in codebook.variables_of(unit.id):
            codes = {"": ""}
            if variable.type is VariableType.YES_NO:
                codes |= {"yes": "Yes", "no": "No"}
            codes |= {code.id: code.label for code in variable.codes}
            codes[EMPTY_SET] = "None of these"
            codes |= {state: state for state in STATE_NAMES.values()}
            labels.update({(variable.id, code): (variable.name, codes[code]) for code in codes})
    return labels


def _record(form: Form | None, unit: Unit, record_id: str | None) -> Form | None:
    """The record of an id directly in a coding or a record."""
    return next((one for one in (form or {}).get(unit.id, ()) if one["id"] == record_id), None)


def _members(form: object, variable: Variable) -> frozenset[str]:
    """What an answer says; nothing where there is none or it says not stated."""
    if form is None:
        return frozenset()
    state = answer_form(form).state
    if state is State.NOT_STATED:
        return frozenset()
    text = answer_text(form, variable)
    if state is State.STATED and variable.type is VariableType.CODES:
        return members_of(text) or frozenset({EMPTY_SET})
    return frozenset({text})
