"""Agreement on one variable: its coefficients, its codes, and what must be known beside them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.agreement import CodeEstimate, Estimate, Level, SetDistance, estimates, per_code
from annotator.agreement.bootstrap import REPLICATES_OF_MANY, SEED
from annotator.agreement.coefficients import AnyDistance
from annotator.agreement.intervals import Ci, Wishes
from annotator.work.alignment import THRESHOLD
from annotator.work.matrices import Comparison

COEFFICIENTS = ("percent_agreement", "alpha", "gwet_ac")
"""What is always reported for each variable, in this order; the last not of sets."""

FREE_TEXT = "free_text"
LINK = "link"
"""Why a variable is not compared."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How agreement is measured.

    Attributes:
        distance: The distance between sets of codes.
        confidence: Of the intervals, between 0 and 1.
        ci: Which intervals; see `annotator.agreement.Ci`.
        threshold: How alike records must be to be the same one; see `annotator.work.alignment`.
        replicates: How many draws of reports.
        seed: Of the draws.
        coefficients: Which ones are reported for each variable, in their order.
    """

    distance: SetDistance | str = SetDistance.MASI
    confidence: float = 0.95
    ci: Ci | str = Ci.AUTO
    threshold: float = THRESHOLD
    replicates: int = REPLICATES_OF_MANY
    seed: int = SEED
    coefficients: tuple[str, ...] = COEFFICIENTS

    @property
    def intervals(self) -> Wishes:
        """What is asked of intervals, as keywords."""
        return {
            "ci": self.ci,
            "confidence": self.confidence,
            "replicates": self.replicates,
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code against all others; `label` is the codebook's."""

    label: str
    estimate: CodeEstimate

    def as_json(self) -> dict[str, Any]:
        """The fields of the estimate, with the label."""
        return {**self.estimate.as_json(), "label": self.label}


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """How far coders agree on one variable.

    Attributes:
        variable: Its id, with ` (stated?)` behind it where the states of its answers are compared,
            ` (parents)` where its codes are taken up to the top of their tree.
        name: A short name for a table.
        question: As the codebook asks it.
        unit: The unit it belongs to.
        type: Its type in the codebook.
        level: The level of measurement; empty where nothing is compared.
        basis: What of the answers is compared, in words; empty where nothing is.
        estimates: Percent agreement, alpha and what else was asked for; none where nothing is
            compared.
        codes: Each code against all others, with its prevalence; none where the values are not
            codes or states.
        reason: Why nothing is compared: `free_text` or `link`; else empty.
        note: What a reader must know beside the numbers, in sentences; may be empty.
    """

    variable: str
    name: str
    question: str
    unit: str
    type: str
    level: str
    basis: str
    estimates: tuple[Estimate, ...]
    codes: tuple[CodeAgreement, ...]
    reason: str
    note: str

    @property
    def alpha(self) -> Estimate | None:
        """Its alpha; None where nothing is compared."""
        return self.estimate("alpha")

    def estimate(self, name: str) -> Estimate | None:
        """The coefficient of this name; None where there is none."""
        return next((one for one in self.estimates if one.name == name), None)

    @property
    def commonest(self) -> CodeAgreement | None:
        """The code or state with the highest prevalence; None where nothing was coded."""
        used = [code for code in self.codes if code.estimate.prevalence]
        return max(used, key=lambda code: code.estimate.prevalence or 0.0, default=None)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program; the estimates are those of `Estimate.as_json`."""
        return {
            "variable": self.variable,
            "name": self.name,
            "unit": self.unit,
            "type": self.type,
            "level": self.level or None,
            "basis": self.basis or None,
            "estimates": [estimate.as_json() for estimate in self.estimates],
            "codes": [code.as_json() for code in self.codes],
            "reason": self.reason or None,
            "note": self.note,
        }


def measured(
    comparison: Comparison,
    choices: Choices,
    clusters: Sequence[Hashable] | None = None,
    levels: Sequence[Level] = (),
    names: Sequence[str] | None = None,
) -> tuple[Estimate, ...]:
    """The coefficients of one comparison.

    Args:
        comparison: What is compared.
        choices: How.
        clusters: For each row what it lies in, where rows of one are alike: a report, a passage.
        levels: The levels alpha is measured at; by default, and where the comparison has a distance
            of its own, that of the comparison.
        names: Which coefficients; by default those of the choices. All of them at the first level,
            alpha alone at the others, which it alone depends on.
    """
    wanted = choices.coefficients if names is None else names
    distance: AnyDistance = choices.distance
    if comparison.distance is not None:
        distance, levels = comparison.distance, ()
    found: list[Estimate] = []
    for number, level in enumerate(levels or (comparison.level,)):
        found += estimates(
            comparison.ratings,
            level,
            distance=distance,
            names=("alpha",) if number else wanted,
            clusters=_shared(clusters),
            **choices.intervals,
        )
    return tuple(found)


def each_code(
    comparison: Comparison, choices: Choices, clusters: Sequence[Hashable] | None = None
) -> tuple[CodeAgreement, ...]:
    """Each code of a comparison against all others; none where its values are no codes."""
    if not comparison.labels:
        return ()
    return tuple(
        CodeAgreement(comparison.labels[str(estimate.code)], estimate)
        for estimate in per_code(
            comparison.ratings,
            comparison.level,
            clusters=_shared(clusters),
            **choices.intervals,
        )
    )


def _shared(clusters: Sequence[Hashable] | None) -> Sequence[Hashable] | None:
    """Clusters, or None where every row is one by itself and may be compared in a shorter way."""
    return clusters if clusters and len(set(clusters)) < len(clusters) else None
