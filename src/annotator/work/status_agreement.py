"""Agreement in a round as a lead wants it at a glance: figures, alarms, what is confused."""

from dataclasses import dataclass
from typing import Any

from annotator.agreement import Ci
from annotator.errors import AnnotatorError
from annotator.store.project import Project
from annotator.work.compared_codings import compared_codings
from annotator.work.confusion import Cell, VariableConfusion, confusions
from annotator.work.drift import drift_of, with_known_answers
from annotator.work.reliability import Reliability, reliability_of
from annotator.work.variable_agreement import Choices
from annotator.work.windows import Drift

MOST_DISPUTED = 10
"""How many pairs of values are told of, those confused most often."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """Two values of a variable that coders give for the same thing."""

    variable: str
    name: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """How far the coders of a round agree.

    Attributes:
        reason: Why nothing can be told, in a sentence; empty where it can, and the rest is there.
        reliability: Each variable and each of its codes, with jackknife intervals, and records.
        drift: The newest windows of each variable and coder.
        confusions: What coders give where others give something, variable by variable.
    """

    reason: str
    reliability: Reliability | None = None
    drift: Drift | None = None
    confusions: tuple[VariableConfusion, ...] = ()

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """What is confused most often, the commonest first."""
        found = [
            Disputed(one.variable, one.name, cell)
            for one in self.confusions
            for cell in one.confused()
        ]
        return tuple(sorted(found, key=lambda one: -one.cell.times)[:MOST_DISPUTED])

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        if self.reliability is None or self.drift is None:
            return {"reason": self.reason}
        told, went = self.reliability.as_json(), self.drift.as_json()
        return {
            "reason": None,
            "codebook": told["codebook"],
            "passages": told["passages"],
            "variables": told["variables"],
            "records": told["records"],
            "alarms": went["alarms"],
            "gold_alarms": went["gold_alarms"],
            "disputed": [
                {
                    "variable": one.variable,
                    "values": [one.cell.first, one.cell.second],
                    "times": one.cell.times,
                    "passages": len(one.cell.places),
                }
                for one in self.disputed
            ],
        }


def round_agreement(project: Project, round_name: str, *, windows: int = 1) -> RoundAgreement:
    """How far the blind first codings of a round agree.

    Args:
        project: The project.
        round_name: The round.
        windows: How many windows of agreement over time, the newest.

    Raises:
        AnnotatorError: There is no such round.
    """
    try:
        found = compared_codings(project, round_name)
    except AnnotatorError as error:
        return RoundAgreement(error.sentence)
    # By jackknife: a look that is taken often must be quick, and drawing takes longer.
    reliability = reliability_of(found, Choices(ci=Ci.JACKKNIFE))
    return RoundAgreement(
        "",
        reliability,
        with_known_answers(project, drift_of(found, reliability.matrices, most=windows)),
        confusions(found),
    )
