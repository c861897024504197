"""What comes of training: how far a coder meets the known answers, and whether that is enough.

A coder passes who has submitted every passage and agrees with the answers, at the threshold or
above, over all codes together and on each code that the answers hold five times or more. Rarer
codes count in the first alone: one slip would decide on them. Agreement is specific agreement
(Dice), for which missing a code and adding it weigh the same. The threshold is by default the .80
that Krippendorff (*Content Analysis*, 2004, ch. 11) asks of alpha and that teams reach in kappa on
most codes after training (Hruschka et al. 2004, *Field Methods* 16); it is a convention, no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.codebook.model import Codebook
from annotator.coding.content import Form
from annotator.work.against_answer import AgainstAnswer, CodeTally, specific_agreement

PASS_AT = 0.8
"""Agreement from which a coder passes, unless the round says otherwise."""

FEWEST = 5
"""A code must come so often in the answers to be judged by itself."""


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """How far a coder meets the known answers of a round.

    Attributes:
        coder: Who.
        n_passages: Passages with a known answer that the coder has.
        n_submitted: Those submitted; only first submissions count.
        n_same: Those of them in which nothing that counts differs from the answer.
        pass_at: The agreement to be reached.
        codes: Each code that answers or codings hold, in the order of the codebook.
    """

    coder: str
    n_passages: int
    n_submitted: int
    n_same: int
    pass_at: float
    codes: tuple[CodeTally, ...]

    @property
    def agreement(self) -> float | None:
        """Specific agreement over all codes together; None where nothing is coded yet."""
        found, missed, added = (
            sum(getattr(one, name) for one in self.codes) for name in ("found", "missed", "added")
        )
        return specific_agreement(found, missed, added) if found + missed + added else None

    @property
    def below(self) -> tuple[CodeTally, ...]:
        """The codes that come often enough to be judged and are not met well enough."""
        often = (one for one in self.codes if one.n >= FEWEST)
        return tuple(one for one in often if one.agreement < self.pass_at)

    @property
    def complete(self) -> bool:
        """Whether every passage is submitted."""
        return self.n_submitted == self.n_passages

    @property
    def passed(self) -> bool:
        """Whether it is enough; see the module."""
        reached = self.agreement is not None and self.agreement >= self.pass_at
        return self.complete and reached and not self.below

    @property
    def sentence(self) -> str:
        """The verdict in words, for the coder and the lead."""
        if self.agreement is None:
            return "Nothing is submitted yet."
        reached = f"agreement with the known answers {self.agreement:.2f}, needed {self.pass_at:g}"
        if self.passed:
            return f"Passed: {reached}."
        if not self.complete:
            left = self.n_passages - self.n_submitted
            return f"Not passed: {left} of {self.n_passages} not submitted; {reached}."
        judged = ", ".join(f"{one.title} {one.agreement:.2f}" for one in self.below)
        return f"Not passed: {reached}{f'; below it: {judged}' if judged else ''}."

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program and for the record."""
        return {
            "passages": self.n_passages,
            "submitted": self.n_submitted,
            "same": self.n_same,
            "pass_at": self.pass_at,
            "fewest": FEWEST,
            "agreement": self.agreement,
            "passed": self.passed,
            "codes": [one.as_json() for one in self.codes],
            "below": [[one.variable, one.code] for one in self.below],
        }


def training_result(
    coder: str,
    pairs: Iterable[tuple[Form, Form]],
    codebook: Codebook,
    n_passages: int,
    pass_at: float,
) -> TrainingResult:
    """How far a coder meets known answers.

    Args:
        coder: Who.
        pairs: Of each submitted passage the known answer and the coder's first coding.
        codebook: The codebook of both.
        n_passages: How many passages with a known answer the coder has.
        pass_at: The agreement to be reached.
    """
    there = list(pairs)
    against = AgainstAnswer(codebook)
    return TrainingResult(
        coder, n_passages, len(there), count_same(there, against), pass_at, against.tally(there)
    )


def count_same(pairs: Sequence[tuple[Form, Form]], against: AgainstAnswer) -> int:
    """In how many passages nothing that counts differs from the answer."""
    return sum(all(one.same for one in against.aspects(*pair) if one.counts) for pair in pairs)
