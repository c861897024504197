"""Intervals as small bars of text."""

import sys

from annotator.agreement.estimate import RELIABLE, TENTATIVE
from annotator.cli.agreement_words import Measured

BAR_HEADING = "0   .667 .8 1"
"""What stands above a bar: where its thresholds are."""

_WIDTH = len(BAR_HEADING)
_SIGNS = ("·", "┊", "━", "●")
_PLAIN_SIGNS = (".", ":", "=", "o")


def bar(one: Measured) -> str:
    """The interval from 0 to 1 with the value in it; empty without a value.

    What lies below 0 is drawn at 0. In characters that the output can show.
    """
    if one.value is None:
        return ""
    space, threshold, inside, point = _signs()
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


def _signs() -> tuple[str, ...]:
    try:
        "".join(_SIGNS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return _PLAIN_SIGNS
    return _SIGNS
