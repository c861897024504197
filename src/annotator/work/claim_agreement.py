"""Agreement where coders find different numbers of claims, and of any records inside a passage.

For each repeating unit three things stand together, because each alone misleads: how far coders
find the same records, how far they agree on what they say of those they both found, and how far
they agree when a record that one of them did not find counts as a value of its own. The second
alone would look the better the more of the difficult records are missed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from annotator.agreement import Estimate, Level
from annotator.agreement.counts import CountAgreement, count_agreement
from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.content import Form
from annotator.work.aligned_units import AlignedUnit, CodedPassage, RecordRows, aligned_units
from annotator.work.found import Found, found_and_missed
from annotator.work.matrices import (
    EMPTY_SET,
    Coded,
    Comparison,
    Said,
    comparisons,
    numbers,
    sets,
)
from annotator.work.projection import (
    TOGETHER,
    key_variables,
    record_labels,
    set_text,
)
from annotator.work.texts import answer_text, count_of
from annotator.work.unit_agreement import RecordAgreement, UnitAgreement
from annotator.work.variable_agreement import (
    FREE_TEXT,
    Choices,
    each_code,
    measured,
)

_NUMBER_LEVELS = (Level.RATIO, Level.INTERVAL)


def claim_agreement(
    passages: Sequence[CodedPassage],
    codebook: Codebook,
    choices: Choices | None = None,
) -> tuple[UnitAgreement, ...]:
    """How far coders agree on the records of each repeating unit.

    Args:
        passages: Each with the codings of two or more coders.
        codebook: The codebook they are read under.
        choices: How records are aligned and agreement is measured.

    Returns:
        One entry for each repeating unit that has records, in the order of the codebook.
    """
    choices = choices or Choices()
    aligned = aligned_units(passages, codebook, choices.threshold)
    measure = _Measure(aligned, codebook, choices)
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
            if variable.type is VariableType.TEXT:
                yield RecordAgreement(
                    variable.id, variable.name, "text", "", "", f1, reason=FREE_TEXT
                )
                continue
            if variable.type is VariableType.LINK:
                yield self._links(variable, rows, f1)
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

    def _links(self, variable: Variable, rows: RecordRows, f1: Estimate) -> RecordAgreement:
        """Links by the aligned records they point at, none where they are left open.

        The numbers of aligned records mean nothing beyond their passage (`aligned_units`), so that
        no agreement by chance can be told.
        """
        answer = _answer(variable)
        said, every = rows.said(lambda record: answer(record) or EMPTY_SET)
        matched, all_found = (
            sets(variable.id, {}, texts, coded, "the aligned records it points at, if any")
            for texts, coded in ((said, rows.matched), (every, rows.coded))
        )
        share = ("percent_agreement",)
        return RecordAgreement(
            variable.id,
            variable.name,
            variable.type.value,
            matched.level.value,
            matched.basis,
            f1,
            measured(matched, self._choices, rows.matched_clusters, names=share),
            measured(all_found, self._choices, rows.coded_clusters, names=share),
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
            clusters=rows.matched_clusters,
            **self._choices.intervals,
        )


def _answer(variable: Variable) -> Callable[[Form], str | None]:
    def text_of(record: Form) -> str | None:
        given = record.get(variable.id)
        return None if given is None else answer_text(given, variable)

    return text_of
