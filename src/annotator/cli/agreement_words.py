"""What is said of figures of agreement in tables: headings, and why a figure is missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from annotator.work.figure_words import Interval

if TYPE_CHECKING:
    from annotator.agreement import Estimate

GWET = "Gwet\nAC"
"""The heading over Gwet's coefficient, on two lines so that tables fit into 80 columns."""

_SKEW = 0.2
"""How far Gwet's coefficient lies above alpha where skewed prevalence must be the cause."""

_REASONS = {
    "no_pairs": "there are no two values to compare",
    "no_variation": "every value is the same",
    "coders_without_overlap": "two coders have no unit in common",
    "one_unit": "only one unit has two values",
    "variation_in_one_unit": "the values vary in one unit only",
    "no_spread": "all units agree alike",
    "no_spans": "nobody marked anything",
    "overlapping_codes": "spans of one coder overlap",
    "too_little_overlap": "too few spans of different coders coincide",
    "one_cluster": "it takes two clusters of units or more",
    "variation_in_one_cluster": "the values vary in one cluster of units only",
    "one_report": "it takes two reports or more",
    "variation_in_one_report": "the values vary in one report only",
}


class Measured(Interval, Protocol):
    """A figure with its interval, or the reason for there being none."""

    @property
    def reason(self) -> str | None:
        """Why the figure or its interval is missing, None where neither is."""


def interval_name(confidence: float) -> str:
    """The heading of a column of intervals."""
    return f"{100 * confidence:g} % interval"


def why(one: Measured) -> str:
    """Why a figure or its interval is missing, in words; empty where neither is."""
    if one.reason is None:
        return ""
    words = _REASONS.get(one.reason, one.reason.replace("_", " "))
    return f"{'undefined' if one.value is None else 'no interval'}: {words}"


def skew_in_words(name: str, estimates: "Sequence[Estimate]") -> str:
    """Why alpha is low where Gwet's coefficient is not; empty where the two are close."""
    by_name = {one.name: one for one in estimates}
    alpha, gwet = by_name.get("alpha"), by_name.get("gwet_ac")
    if alpha is None or gwet is None or alpha.value is None or gwet.value is None:
        return ""
    # At other levels the two count different things as agreement, unless weights say the same.
    alike = alpha.level == "nominal" or alpha.weights == gwet.weights
    if not alike or gwet.value - alpha.value <= _SKEW:
        return ""
    return (
        f"{name}: Gwet's coefficient ({gwet.value:.3f}) is far above alpha ({alpha.value:.3f}) "
        "because nearly "
        "all values are the same one: alpha then rests on the few others. That is skewed "
        "prevalence, not the quality of the coders; look at each code, and have more passages "
        "with the rare ones coded."
    )
