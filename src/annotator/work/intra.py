"""Intra-coder reliability: how far coders agree with themselves when a passage comes again.

A share of passages is given to the same coder a second time, blind and some weeks or many passages
later (`annotator.work.mixed_in`); what they say then is set against what they said first, as if
two coders had said it (Krippendorff 2004, *Content Analysis*, ch. 11, on stability). It is never
part of the agreement between coders.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from annotator.errors import WorkProblem
from annotator.store.codings import CodingRow, codings
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.paired_codings import Pair, paired_codings
from annotator.work.reliability import Reliability, reliability_of
from annotator.work.variable_agreement import Choices

FIRST, AGAIN = "first time", "second time"
"""What the two codings of a coder stand under."""

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """How far a coder agrees with themselves.

    Attributes:
        coder: Who; empty for all coders together.
        n_passages: Passages coded both times.
        days: The median of the days between the two.
        agreement: The coefficients, as between two coders.
    """

    coder: str
    n_passages: int
    days: float
    agreement: Reliability

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        found = self.agreement.as_json()
        return {
            "coder": self.coder or None,
            "passages": self.n_passages,
            "days": self.days,
            "variables": found["variables"],
            "records": found["records"],
        }


def own_agreement(
    project: Project, round_: RoundRow, choices: Choices | None = None
) -> tuple[OwnAgreement, ...]:
    """How far the coders of a round agree with themselves.

    Only first submissions count, on either occasion.

    Args:
        project: The project.
        round_: The round.
        choices: How agreement is measured.

    Returns:
        All coders together, then each coder by name.

    Raises:
        WorkProblem: Nobody has coded a passage a second time.
    """
    first: dict[tuple[str, int], CodingRow] = {}
    again: list[CodingRow] = []
    for row in codings(project, round_.id, "first", occasion=None):
        if row.occasion == 1:
            first[row.coder, row.passage_id] = row
        else:
            again.append(row)
    pairs: dict[str, list[tuple[float, Pair]]] = defaultdict(list)
    for row in again:
        before = first.get((row.coder, row.passage_id))
        if before is not None:
            at = max(before.submitted_at, row.submitted_at)
            days = abs((row.submitted_at - before.submitted_at).total_seconds()) / _DAY
            pair = Pair((row.report_key, row.number), (before.form, row.form), at)
            pairs[row.coder].append((days, pair))
    if not pairs:
        raise WorkProblem(
            f"Nobody has coded a passage of the round {round_.name} a second time yet; `annotator "
            "round new NAME --repeat SHARE` mixes such passages in."
        )
    measure = _Measure(project, round_, choices or Choices())
    everyone = [one for coder in sorted(pairs) for one in pairs[coder]]
    return (measure.of("", everyone), *(measure.of(coder, pairs[coder]) for coder in sorted(pairs)))


class _Measure:
    """Measures pairs of codings of one round."""

    def __init__(self, project: Project, round_: RoundRow, choices: Choices) -> None:
        self._round = round_
        self._codebook = project.codebook_version(round_.codebook_sha256)
        self._choices = choices

    def of(self, coder: str, pairs: Sequence[tuple[float, Pair]]) -> OwnAgreement:
        found = paired_codings(
            self._round.name, self._codebook, (pair for _, pair in pairs), (FIRST, AGAIN)
        )
        days = round(median(days for days, _ in pairs), 1)
        return OwnAgreement(coder, len(pairs), days, reliability_of(found, self._choices))
