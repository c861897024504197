"""Agreement within groups of units: per stratum, or over time where the groups are weeks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from annotator.agreement.estimate import Estimate, estimates
from annotator.agreement.level import Level
from annotator.agreement.ratings import Ratings
from annotator.errors import AnnotatorError


@dataclass(frozen=True, slots=True)
class StratumEstimates:
    """Agreement on the units of one group.

    Attributes:
        stratum: The group's label.
        n_units: How many units it has, pairable or not.
        estimates: One per coefficient.
    """

    stratum: str
    n_units: int
    estimates: tuple[Estimate, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields under their names, the estimates as in `Estimate.as_json`."""
        return asdict(self)


def per_stratum(
    ratings: Ratings,
    strata: Sequence[str | None],
    level: Level | str,
    **keywords: Any,
) -> list[StratumEstimates]:
    """The coefficients of each group of units by itself.

    The categories are those of all ratings in every group. Groups differ by chance alone: look at
    their intervals before you call it drift.

    Args:
        ratings: N units x r coders; values may be missing.
        strata: N labels; a unit with None is in no group.
        level: The level of measurement of the values.
        **keywords: Everything else that `estimates` takes.

    Returns:
        One entry per label, the labels sorted (ISO dates and weeks then follow time).

    Raises:
        AnnotatorError: There is not one label per unit; or as `estimates`.
    """
    if len(strata) != len(ratings.codes):
        raise AnnotatorError(
            f"There are {len(strata)} labels for {len(ratings.codes)} units; give one per unit, "
            "None where a unit is in no group."
        )
    members: dict[str, list[int]] = {}
    for place, label in enumerate(strata):
        if label is not None:
            members.setdefault(label, []).append(place)
    return [
        StratumEstimates(
            label,
            len(members[label]),
            tuple(estimates(ratings.of_units(members[label]), level, **keywords)),
        )
        for label in sorted(members)
    ]
