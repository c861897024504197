"""What an alpha allows: rely on the data, draw tentative conclusions, or do not use them."""

from enum import StrEnum

from annotator.agreement.estimate import RELIABLE, TENTATIVE, Estimate
from annotator.agreement.intervals import Ci

VERDICT_SOURCE = (
    "Krippendorff 2018, Content Analysis, 4th ed., chapter 12: "
    "lower end of the 95 % interval of alpha against .800 and .667"
)
"""Where the words come from; to be printed wherever they are."""


class Verdict(StrEnum):
    """What an alpha allows."""

    RELY = "rely"
    TENTATIVE = "tentative"
    DO_NOT_USE = "do not use"
    UNDECIDED = "undecided"


def verdict(estimate: Estimate) -> Verdict:
    """What the lower end of an alpha's interval allows.

    Args:
        estimate: An alpha with its 95 % interval.

    Returns:
        `undecided` for an alpha without an interval or with KALPHA's, which is too narrow, and for
        any other coefficient: the thresholds were set for alpha.
    """
    if estimate.name != "alpha" or estimate.ci_low is None or estimate.ci_method == Ci.KALPHA:
        return Verdict.UNDECIDED
    if estimate.ci_low >= RELIABLE:
        return Verdict.RELY
    return Verdict.TENTATIVE if estimate.ci_low >= TENTATIVE else Verdict.DO_NOT_USE
