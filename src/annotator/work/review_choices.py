"""What a lead can choose to look at; loads nothing, so that commands and screens can offer it."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.errors import AnnotatorError

Pair = tuple[str, str]
"""Two values of one variable: codes, or what stands in brackets for none."""


class ReviewOrder(StrEnum):
    """The order of a queue.

    `agreement`: the lowest first, passages that someone still has to code last. `reading`: as the
    reports have them. `variable`: by the first variable that differs, in the codebook's order, then
    by agreement.
    """

    AGREEMENT = "agreement"
    READING = "reading"
    VARIABLE = "variable"


class Only(StrEnum):
    """What a queue is limited to; passages that agree come in too, except for `changed`."""

    FLAGGED = "flagged"
    SKIPPED = "skipped"
    UNSURE = "unsure"
    CHANGED = "changed"
    SENT_BACK = "sent-back"
    SETTLED = "settled"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a lead chose to look at.

    Attributes:
        order: In which order.
        variable: Only passages on which coders differ in this variable, unit or `none`.
        pair: Only those on which one coder gave the first value to the variable and another the
            second, on the passage or a record of the same thing (`annotator.work.confusion`).
        only: Only those of a kind.
        unanimous: The share of the passages on which all agree that is looked at too, 0 to 1;
            which those are does not change as more are coded.
        places: Only these (report key, number), whether they differ or not.
    """

    order: ReviewOrder = ReviewOrder.AGREEMENT
    variable: str = ""
    pair: Pair | None = None
    only: Only | None = None
    unanimous: float = 0.0
    places: frozenset[tuple[str, int]] | None = None


def pair_of(text: str) -> Pair:
    """Two codes as they are typed.

    Raises:
        AnnotatorError: There are not two.
    """
    first, comma, second = text.partition(",")
    if not (comma and first and second) or "," in second:
        raise AnnotatorError(f"“{text}” is no pair of codes; write two with a comma between them.")
    return first, second
