"""The aligned records of a round: for each claim, act and so on, who found it and said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.codebook.model import PASSAGE, Codebook
from annotator.work.alignment import THRESHOLD, Aligner
from annotator.work.compare import Form
from annotator.work.matrices import Coded


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
        by_coder: The records as plain data.
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

    def found(self) -> Coded:
        """Who found what, where two or more did."""
        return Coded.of(
            (number, coder) for number, one in enumerate(self.records) for coder in one.by_coder
        )

    def coded(self) -> Coded:
        """Who coded the passages in which it was found, found or not."""
        return Coded.of(
            (number, coder)
            for number, one in enumerate(self.records)
            for coder in self.passages[one.passage].coders
        )

    def reports(self, coded: Coded) -> list[str]:
        """The report that each row of a matrix lies in."""
        return [self.passages[self.records[row].passage].report for row in coded.rows]

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
        for unit, row in aligner.records(passage.forms):
            by_coder = {
                coder: record
                for coder, record in zip(passage.coders, row, strict=True)
                if record is not None
            }
            found[unit].append(AlignedRecord(number, by_coder))
    return {unit: AlignedUnit(unit, records, passages) for unit, records in found.items()}
