"""Agreement where coders find different numbers of claims, and of any records inside a passage.

For each repeating unit three things stand together, because each alone misleads: how far coders
find the same records, how far they agree on what they say of those they both found, and how far
they agree when a record that one of them did not find counts as a value of its own. The second
alone would look the better the more of the difficult records are missed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotator.agreement import Estimate, Level
from annotator.agreement.counts import CountAgreement, count_agreement
from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.work.aligned_units import AlignedUnit, CodedPassage, RecordRows, aligned_units
from annotator.work.alignment import THRESHOLD
from annotator.work.compare import Form
from annotator.work.found import Found, found_and_missed
from annotator.work.matrices import Coded, Comparison, Said, comparisons, numbers, sets
from annotator.work.projection import (
    TOGETHER,
    key_variables,
    record_labels,
    set_text,
)
from annotator.work.texts import answer_text, count_of
from annotator.work.variable_agreement import Choices, CodeAgreement, each_code, measured

FREE_TEXT = "free_text"
LINK = "link"

_NUMBER_LEVELS = (Level.RATIO, Level.INTERVAL)


@dataclass(frozen=True, slots=True)
class RecordAgreement:
    """How far coders agree on something about records they found, and on having found them.

    Attributes:
        variable: The variable's id, with ` (stated?)` behind it where states are compared; or the
            unit's, with ` (number)` or its key variables behind it.
        name: A short name for a table.
        type: The variable's type; `number` or `records` for the records of a unit.
        level: The level of measurement; empty where nothing is compared.
        basis: What is compared, in words; empty where nothing is.
        found: F1 of finding the record at all; None where that is a passage, which all have.
        matched: Percent agreement and alpha over records that two coders or more found. Conditional
            on that: never to be shown without the others.
        with_missed: The same with “no such record” as a value of its own for a coder of the
            passage who did not find it, as far from every other as two values can be; none for
            what all have.
        codes: Each code against all others over matched records; none where values are no codes.
        counts: For counts, how far they are the same claim; else None.
        reason: Why nothing is compared: `free_text` or `link`; else empty.
    """

    variable: str
    name: str
    type: str
    level: str
    basis: str
    found: Estimate | None
    matched: tuple[Estimate, ...] = ()
    with_missed: tuple[Estimate, ...] = ()
    codes: tuple[CodeAgreement, ...] = ()
    counts: CountAgreement | None = None
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "variable": self.variable,
            "name": self.name,
            "type": self.type,
            "level": self.level or None,
            "basis": self.basis or None,
            "found": self.found and self.found.as_json(),
            "matched": [one.as_json() for one in self.matched],
            "with_missed": [one.as_json() for one in self.with_missed],
            "codes": [one.as_json() for one in self.codes],
            "counts": self.counts and self.counts.as_json(),
            "reason": self.reason or None,
        }


@dataclass(frozen=True, slots=True)
class UnitAgreement:
    """How far coders agree on the records of one repeating unit.

    Attributes:
        unit: The unit's id.
        label: Its name.
        within: The unit it lies in.
        found: How far coders find the same records.
        number: How far they find as many in the passage, or in a record that two or more found.
        together: How far those are the same as a set of their key variables (see
            `annotator.work.projection`); None for a unit that has none or more than two, and for
            one directly in the passage.
        variables: Each variable of the unit, in the codebook's order.
    """

    unit: str
    label: str
    within: str
    found: Found
    number: RecordAgreement
    together: RecordAgreement | None
    variables: tuple[RecordAgreement, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "unit": self.unit,
            "label": self.label,
            "within": self.within,
            "found": self.found.as_json(),
            "number": self.number.as_json(),
            "together": self.together and self.together.as_json(),
            "variables": [one.as_json() for one in self.variables],
        }


def claim_agreement(
    passages: Sequence[CodedPassage],
    codebook: Codebook,
    choices: Choices | None = None,
    threshold: float = THRESHOLD,
) -> tuple[UnitAgreement, ...]:
    """How far coders agree on the records of each repeating unit.

    Args:
        passages: Each with the codings of two or more coders.
        codebook: The codebook they are read under.
        choices: How agreement is measured.
        threshold: See `annotator.work.alignment.THRESHOLD`.

    Returns:
        One entry for each repeating unit that has records, in the order of the codebook.
    """
    aligned = aligned_units(passages, codebook, threshold)
    measure = _Measure(aligned, codebook, choices or Choices())
    return tuple(
        measure.unit(unit)
        for unit in codebook.units
        if unit.id != PASSAGE and aligned[unit.id].records
    )


class _Measure:
    """The agreement of one unit after another."""

    def __init__(
        self, aligned: Mapping[str, AlignedUnit], codebook: Codebook, choices: Choices
    ) -> None:
        self._aligned = aligned
        self._codebook = codebook
        self._choices = choices
        coded = (coder for one in aligned[PASSAGE].passages for coder in one.coders)
        self._coders = sorted(set(coded))
        self._found: dict[str, Found] = {}
        self._made: dict[str, RecordRows] = {}

    def unit(self, unit: Unit) -> UnitAgreement:
        """The agreement of one unit; those it lies in come before it."""
        rows = self._rows(unit)
        found = found_and_missed(rows.unit, self._coders, self._choices)
        self._found[unit.id] = found
        within = self._codebook.unit(unit.within)
        around = self._rows(within)
        f1_around = None if within.id == PASSAGE else self._found[within.id].f1
        return UnitAgreement(
            unit.id,
            unit.label,
            unit.within,
            found,
            self._number(unit, around, f1_around),
            self._together(unit, around, f1_around),
            tuple(self._variables(unit, rows, found.f1)),
        )

    def _rows(self, unit: Unit) -> RecordRows:
        if unit.id not in self._made:
            absent = f"(no such {unit.label.lower()})"
            self._made[unit.id] = RecordRows(self._aligned[unit.id], absent)
        return self._made[unit.id]

    def _number(self, unit: Unit, around: RecordRows, found: Estimate | None) -> RecordAgreement:
        def compare(said: Said, coded: Coded) -> Comparison:
            amounts = {text: float(text) for text in set(said.texts) - {around.absent}}
            return numbers(
                f"{unit.id} (number)",
                Level.RATIO,
                amounts,
                said,
                coded,
                f"how many {unit.label.lower()} records there are in each",
                around.absent,
            )

        said, every = around.said(lambda record: str(len(record.get(unit.id, ()))))
        return self._agreement(
            compare(said, around.matched),
            None if found is None else compare(every, around.coded),
            f"Number ({unit.label.lower()})",
            "number",
            found,
            around,
            levels=_NUMBER_LEVELS,
        )

    def _together(
        self, unit: Unit, around: RecordRows, found: Estimate | None
    ) -> RecordAgreement | None:
        keys = key_variables(self._codebook, unit.id)
        if found is None or not 0 < len(keys) < 3:
            return None

        def compare(said: Said, coded: Coded) -> Comparison:
            return sets(
                f"{unit.id} ({TOGETHER.join(one.id for one in keys)})",
                record_labels(keys, said.texts),
                said,
                coded,
                f"the {unit.label.lower()} records in each as a set",
            )

        said, every = around.said(lambda record: set_text(record.get(unit.id, ()), keys))
        return self._agreement(
            compare(said, around.matched),
            None if found is None else compare(every, around.coded),
            TOGETHER.join(one.name for one in keys),
            "records",
            found,
            around,
        )

    def _variables(self, unit: Unit, rows: RecordRows, f1: Estimate) -> Iterator[RecordAgreement]:
        for variable in self._codebook.variables_of(unit.id):
            if variable.type in (VariableType.TEXT, VariableType.LINK):
                reason = FREE_TEXT if variable.type is VariableType.TEXT else LINK
                yield RecordAgreement(
                    variable.id, variable.name, variable.type.value, "", "", f1, reason=reason
                )
                continue
            said, every = rows.said(_answer(variable))
            pairs = zip(
                comparisons(variable, said, rows.matched),
                comparisons(variable, every, rows.coded, rows.absent),
                strict=True,
            )
            for place, (matched, all_found) in enumerate(pairs):
                is_count = variable.type is VariableType.COUNT and place == 0
                yield self._agreement(
                    matched,
                    all_found,
                    variable.name + matched.variable.removeprefix(variable.id),
                    variable.type.value,
                    f1,
                    rows,
                    counts=self._counts(said, rows) if is_count else None,
                )

    def _agreement(
        self,
        matched: Comparison,
        with_missed: Comparison | None,
        name: str,
        kind: str,
        found: Estimate | None,
        rows: RecordRows,
        *,
        levels: Sequence[Level] = (),
        counts: CountAgreement | None = None,
    ) -> RecordAgreement:
        return RecordAgreement(
            matched.variable,
            name,
            kind,
            matched.level.value,
            matched.basis,
            found,
            measured(matched, self._choices, rows.matched_clusters, levels),
            measured(with_missed, self._choices, rows.coded_clusters, levels)
            if with_missed
            else (),
            each_code(matched, self._choices, rows.matched_clusters),
            counts,
        )

    def _counts(self, said: Said, rows: RecordRows) -> CountAgreement:
        """How far counts are the same claims; states are no counts and stay out."""
        coded = rows.matched
        figures = np.full((3, len(coded.rows) * len(coded.coders)), np.nan)
        for cell, text in zip(said.cells, said.texts, strict=True):
            if not text.startswith("("):
                count = count_of(text)
                figures[:, cell] = [
                    np.nan if one is None else one for one in (count.low, count.best, count.high)
                ]
        low, best, high = figures.reshape(3, *coded.shape)
        return count_agreement(
            low,
            best,
            high,
            coded.coders,
            ci=self._choices.ci,
            confidence=self._choices.confidence,
            clusters=rows.matched_clusters,
        )


def _answer(variable: Variable) -> Callable[[Form], str | None]:
    def text_of(record: Form) -> str | None:
        given = record.get(variable.id)
        return None if given is None else answer_text(given, variable)

    return text_of
