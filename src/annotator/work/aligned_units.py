"""The aligned records of a round: for each claim, act and so on, who found it and said what."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.codebook.model import PASSAGE, Codebook, VariableType
from annotator.coding.content import Form
from annotator.coding.form import answer_form
from annotator.work.alignment import THRESHOLD, Aligner
from annotator.work.matrices import Coded, Said


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage and its codings as plain data.

    Attributes:
        report: The key of the report it is in.
        coders: Who coded it.
        forms: Their codings, in the order of `coders`, as the codebook of the comparison has them.
    """

    report: str
    coders: tuple[str, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class AlignedRecord:
    """One thing that coders found, with the record of each who did.

    Attributes:
        passage: The number of its passage among those compared.
        by_coder: The records as plain data. Their links name aligned records by number, from 1 in
            their passage, where they point at a record of the same coding.
    """

    passage: int
    by_coder: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class AlignedUnit:
    """All records of one unit, aligned.

    Attributes:
        unit: The unit; the passage itself is one, its records are the codings.
        records: What was found.
        passages: The passages they lie in.
    """

    unit: str
    records: Sequence[AlignedRecord]
    passages: Sequence[CodedPassage]

    def table(self, coders: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Of each thing found (rows), which coders found it and which coded its passage."""
        column = {coder: place for place, coder in enumerate(coders)}
        found = np.zeros((len(self.records), len(coders)), dtype=bool)
        coded = np.zeros_like(found)
        for row, one in enumerate(self.records):
            for coder in one.by_coder:
                found[row, column[coder]] = True
            for coder in self.passages[one.passage].coders:
                coded[row, column[coder]] = True
        return found, coded


class RecordRows:
    """What is said of the records of a unit: of those two or more coders found, and of all.

    Args:
        unit: The aligned records.
        absent: What stands for a record that a coder of its passage did not find.

    Attributes:
        matched: Who found what, where two or more did.
        matched_clusters: What each of its rows lies in; see `clusters_of`.
        coded: Who coded the passages of all records, found or not.
        coded_clusters: What each of its rows lies in.
    """

    def __init__(self, unit: AlignedUnit, absent: str) -> None:
        self.unit = unit
        self.absent = absent
        self.matched = Coded.of(
            (number, coder) for number, one in enumerate(unit.records) for coder in one.by_coder
        )
        self.coded = Coded.of(
            (number, coder)
            for number, one in enumerate(unit.records)
            for coder in unit.passages[one.passage].coders
        )
        labels = clusters_of([one.report for one in unit.passages])
        self.matched_clusters, self.coded_clusters = (
            [labels[unit.records[row].passage] for row in coded.rows]
            for coded in (self.matched, self.coded)
        )
        self._made = [
            (record, self.matched.cells.get((row, coder)), self.coded.cells[row, coder])
            for row, one in enumerate(unit.records)
            for coder, record in one.by_coder.items()
        ]
        self._missed = [
            cell
            for (row, coder), cell in self.coded.cells.items()
            if coder not in unit.records[row].by_coder
        ]

    def said(self, text_of: Callable[[Form], str | None]) -> tuple[Said, Said]:
        """What is said of the records that two or more found, and of all, missed ones with them.

        Args:
            text_of: What a record says as a text, None where it says nothing.
        """
        matched, every = Said(), Said()
        for record, cell, cell_of_all in self._made:
            text = text_of(record)
            if text is not None:
                every.add(cell_of_all, text)
                if cell is not None:
                    matched.add(cell, text)
        return matched, every.and_in(self._missed, self.absent)


def clusters_of(reports: Sequence[str]) -> list[Hashable]:
    """What each passage lies in that is independent of the others: its report, or itself.

    Passages of one report resemble each other. Where there is one report only, nothing can be told
    from how reports differ, and passages are taken as independent.

    Args:
        reports: The report of each passage.
    """
    return list(reports) if len(set(reports)) > 1 else list(range(len(reports)))


def aligned_units(
    passages: Sequence[CodedPassage], codebook: Codebook, threshold: float = THRESHOLD
) -> dict[str, AlignedUnit]:
    """Align the records of every passage.

    Args:
        passages: Each with the codings of two or more coders.
        codebook: The codebook they are read under.
        threshold: See `annotator.work.alignment.THRESHOLD`.

    Returns:
        The records of each unit of the codebook, the passage first.
    """
    found: dict[str, list[AlignedRecord]] = {unit.id: [] for unit in codebook.units}
    aligner = Aligner(codebook, threshold)
    for number, passage in enumerate(passages):
        found[PASSAGE].append(
            AlignedRecord(number, dict(zip(passage.coders, passage.forms, strict=True)))
        )
        for unit, row in _with_links(list(aligner.records(passage.forms)), codebook):
            by_coder = {
                coder: record
                for coder, record in zip(passage.coders, row, strict=True)
                if record is not None
            }
            found[unit].append(AlignedRecord(number, by_coder))
    return {unit: AlignedUnit(unit, records, passages) for unit, records in found.items()}


_Rows = list[tuple[str, tuple[Form | None, ...]]]


def _with_links(rows: _Rows, codebook: Codebook) -> _Rows:
    """Aligned records of a passage with their links in numbers that all codings share."""
    links = [one for one in codebook.variables if one.type is VariableType.LINK]
    if not any(one.id in record for one in links for _, row in rows for record in row if record):
        return rows
    last: Counter[str] = Counter()
    number_of: dict[tuple[int, str], str] = {}
    for unit, row in rows:
        last[unit] += 1
        for coding, record in enumerate(row):
            if record is not None:
                number_of[coding, record["id"]] = str(last[unit])

    def numbered(coding: int, record: Form) -> Form:
        changed = {
            one.id: [number_of.get((coding, target), target) for target in targets]
            for one in links
            if one.id in record and isinstance(targets := answer_form(record[one.id]).value, list)
        }
        return {**record, **changed} if changed else record

    return [
        (
            unit,
            tuple(record and numbered(coding, record) for coding, record in enumerate(row)),
        )
        for unit, row in rows
    ]
