"""What the faces of agreement show, whether it comes from a project or from a file of ratings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.work.breakdown import CoderBreakdown, Strata
from annotator.work.variable_agreement import Choices, VariableAgreement

if TYPE_CHECKING:
    # These load the store, which a file of ratings has no need of.
    from annotator.work.span_agreement import EvidenceAgreement
    from annotator.work.unit_agreement import RecordAgreement, UnitAgreement


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Agreement, and where it comes from.

    Attributes:
        title: What was measured.
        summary: Of how many passages and coders, and what else must be known, in sentences.
        choices: How agreement was measured.
        variables: See `Reliability`.
        records: Likewise.
        coders: See `AgreementReport`.
        strata: Likewise.
        spans: Likewise.
    """

    title: str
    summary: tuple[str, ...]
    choices: Choices
    variables: tuple[VariableAgreement, ...]
    records: "tuple[UnitAgreement, ...]" = ()
    coders: tuple[CoderBreakdown, ...] = ()
    strata: tuple[Strata, ...] = ()
    spans: "tuple[EvidenceAgreement, ...]" = ()


def compared_of(unit: "UnitAgreement") -> "Iterator[RecordAgreement]":
    """Everything that is compared of a unit, the number of records first."""
    yield unit.number
    if unit.together is not None:
        yield unit.together
    yield from unit.variables
