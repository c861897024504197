"""What a coder in training sees of a passage they submitted: their answer beside the known one."""

from dataclasses import dataclass

from annotator.codebook.model import Codebook
from annotator.coding.content import Form
from annotator.work.against_answer import AgainstAnswer, Aspect


@dataclass(frozen=True, slots=True)
class Lesson:
    """A coder's answer beside the known one.

    Attributes:
        report: The name of the report.
        number: The passage in it.
        text: The passage.
        differing: What the two say differently, in the order of the codebook. What lies in a
            record that one of them lacks is told with that record.
        agreed: What they say alike.
        trap: Why the passage is hard, in the words of who wrote the answer; may be empty.
    """

    report: str
    number: int
    text: str
    differing: tuple[Aspect, ...]
    agreed: tuple[Aspect, ...]
    trap: str

    @property
    def verdict(self) -> str:
        """How the two stand to each other, in a sentence."""
        counted = sum(one.counts for one in self.differing)
        if counted > 1:
            return f"{counted} answers differ from the known ones."
        return "One answer differs from the known one." if counted else "As the known answer."


def lesson(
    report: str, number: int, text: str, known: Form, given: Form, trap: str, codebook: Codebook
) -> Lesson:
    """The lesson of a passage.

    Args:
        report: The name of the report.
        number: The passage in it.
        text: The passage.
        known: The known answer as plain data.
        given: What the coder submitted, likewise.
        trap: Why the passage is hard.
        codebook: The codebook of both.
    """
    shown = [
        one
        for one in AgainstAnswer(codebook).aspects(known, given)
        if not one.inside and not (one.whole and one.same)
    ]
    return Lesson(
        report,
        number,
        text,
        tuple(one for one in shown if not one.same),
        tuple(one for one in shown if one.same),
        trap,
    )
