"""Intervals of agreement as small bars of text."""

from annotator.agreement.estimate import RELIABLE, TENTATIVE
from annotator.work.figure_words import Interval

BAR_HEADING = "0   .667 .8 1"
"""What stands above a bar: where its thresholds are."""

SIGNS = ("·", "┊", "━", "●")
"""What a bar is drawn with: nothing there, a threshold, the interval, the value."""

PLAIN_SIGNS = (".", ":", "=", "o")
"""The same for terminals that show ASCII only."""

_WIDTH = len(BAR_HEADING)


def interval_bar(one: Interval, signs: tuple[str, ...] = SIGNS) -> str:
    """The interval from 0 to 1 with the value in it; empty without a value.

    What lies below 0 is drawn at 0.

    Args:
        one: The figure.
        signs: `SIGNS`, or those that can be shown.
    """
    if one.value is None:
        return ""
    space, threshold, inside, point = signs
    cells = [space] * _WIDTH
    for limit in (TENTATIVE, RELIABLE):
        cells[_place(limit)] = threshold
    if one.ci_low is not None and one.ci_high is not None:
        for place in range(_place(one.ci_low), _place(one.ci_high) + 1):
            cells[place] = inside
    cells[_place(one.value)] = point
    return "".join(cells)


def _place(value: float) -> int:
    return min(_WIDTH - 1, max(0, round(value * (_WIDTH - 1))))
