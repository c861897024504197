"""How a figure and its interval are written: in the terminal and in reports alike."""

from typing import Protocol

NOTHING = "–"
"""What stands where there is no number."""


class Interval(Protocol):
    """A figure with its interval."""

    @property
    def value(self) -> float | None:
        """The figure, None where it is undefined."""

    @property
    def ci_low(self) -> float | None:
        """Lower end of its interval, None without one."""

    @property
    def ci_high(self) -> float | None:
        """Upper end of its interval, None without one."""


def number(value: float | None) -> str:
    """A number to three decimals."""
    return NOTHING if value is None else f"{value:.3f}"


def percent(value: float | None) -> str:
    """A share in percent."""
    return NOTHING if value is None else f"{100 * value:.1f}%"


def interval(one: Interval) -> str:
    """The interval of a figure."""
    if one.ci_low is None or one.ci_high is None:
        return NOTHING
    return f"{one.ci_low:.3f} to {one.ci_high:.3f}"
