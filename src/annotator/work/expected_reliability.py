"""What reliability can be told from the overlap of a plan, before anything is coded."""

import math
from dataclasses import dataclass

from annotator.agreement import for_lower_bound, unit_variance
from annotator.agreement.student import normal_quantile
from annotator.work.design import Plan

ALPHA = 0.8
"""The alpha that is supposed for the width of the interval: the usual bound to publish."""
BOUNDS = (0.667, 0.8)
PREVALENCES = (0.5, 0.25, 0.1, 0.05, 0.02)


@dataclass(frozen=True, slots=True)
class Expected:
    """What so much overlap tells of a code.

    Attributes:
        prevalence: The share of passages about the code.
        about: How many overlapping passages are about it, by expectation.
        half_width: How far the 95 % interval of an alpha of `ALPHA` reaches to either side.
        needed: For each of `BOUNDS`, how many passages have to overlap for it to be reached
            (`annotator.agreement.for_lower_bound`, with its margin).
    """

    prevalence: float
    about: float
    half_width: float
    needed: tuple[int, ...]


def overlap_units(plan: Plan) -> int:
    """How many passages overlap; near-duplicates, which tell one thing twice, count as one."""
    return len(
        {
            one.candidate.group or (one.candidate.report, one.candidate.number)
            for one in plan.passages
            if len(one.coders) > 1
        }
    )


def expected(plan: Plan) -> list[Expected]:
    """What the overlap of a plan tells of codes from common to rare; nothing without overlap."""
    units, coders = overlap_units(plan), plan.design.codings
    if not units:
        return []
    found = []
    for prevalence in PREVALENCES:
        variance = unit_variance(ALPHA, (prevalence, 1 - prevalence), coders)
        bounds = (for_lower_bound(bound, prevalence, n_coders=coders) for bound in BOUNDS)
        found.append(
            Expected(
                prevalence,
                units * prevalence,
                normal_quantile(0.975) * math.sqrt(variance / units),
                tuple(one.n_units for one in bounds if one.n_units is not None),
            )
        )
    return found
