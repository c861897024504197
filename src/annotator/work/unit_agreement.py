"""What is told of the records of a repeating unit: three figures for everything, never one."""

from dataclasses import dataclass
from typing import Any

from annotator.agreement import Estimate
from annotator.agreement.counts import CountAgreement
from annotator.work.found import Found
from annotator.work.variable_agreement import CodeAgreement


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
        matched: The coefficients over records that two coders or more found. Conditional on that:
            never to be shown without the others.
        with_missed: The same with “no such record” as a value of its own for a coder of the
            passage who did not find it, as far from every other as two values can be; none for
            what all have.
        codes: Each code against all others over matched records; none where values are no codes.
        counts: For counts, how far they are the same claim; else None.
        reason: Why nothing is compared: `free_text`; else empty.
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
