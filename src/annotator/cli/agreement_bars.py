"""Intervals as small bars of text, in characters that the output can show."""

import sys

from annotator.cli.agreement_words import Measured
from annotator.work.interval_bar import BAR_HEADING, PLAIN_SIGNS, SIGNS, interval_bar

__all__ = ["BAR_HEADING", "bar"]


def bar(one: Measured) -> str:
    """The interval from 0 to 1 with the value in it; empty without a value."""
    return interval_bar(one, _signs())


def _signs() -> tuple[str, ...]:
    try:
        "".join(SIGNS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return PLAIN_SIGNS
    return SIGNS
