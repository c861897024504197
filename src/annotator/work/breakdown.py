"""Agreement broken down: coder by coder, and group by group of passages.

Works on any matrix of ratings, of a project or of a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypedDict

from annotator.agreement import (
    CoderEstimate,
    Difference,
    Level,
    PairEstimate,
    Ratings,
    StratumEstimates,
    between_coders,
    compare,
    confusion,
    per_stratum,
)
from annotator.agreement.coefficients import AnyDistance, AnyWeights
from annotator.work.variable_agreement import Choices

_MOST_CATEGORIES = 16
"""A table of more codes than these cannot be read; sets and numbers easily have hundreds."""


class Metric(TypedDict, total=False):
    """How far values are apart, as keywords of whatever measures agreement."""

    weights: AnyWeights | None
    distance: AnyDistance
    period: float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of ratings with what is needed to measure it.

    Attributes:
        variable: The variable's id.
        name: A short name for a table.
        level: What alpha measures with.
        ratings: The ratings; with clusters where these are independent and not units.
        labels: What categories are called where the codebook has a label for them.
        metric: How far its values are apart.
    """

    variable: str
    name: str
    level: Level
    ratings: Ratings
    labels: Mapping[str, str]
    metric: Metric

    def label(self, category: object) -> str:
        """What a category is called, a set by what it holds."""
        if isinstance(category, frozenset):
            return " + ".join(sorted(self.label(one) for one in category)) or "{}"
        if isinstance(category, float):
            return f"{category:g}"
        return self.labels.get(str(category), str(category))

    @property
    def independent(self) -> "Matrix":
        """The same where every unit is taken for independent."""
        return replace(self, ratings=self.ratings.in_clusters(None))


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one coder gave one value where another gave another.

    `counts[i][j]` are the units where `first` gave category i and `second` category j.
    """

    first: str
    second: str
    counts: tuple[tuple[int, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return {
            "first": self.first,
            "second": self.second,
            "counts": [list(row) for row in self.counts],
        }


@dataclass(frozen=True, slots=True)
class CoderBreakdown:
    """How each coder of a variable stands to the others.

    Attributes:
        variable: The variable's id.
        name: A short name for a table.
        coders: Each coder.
        pairs: Alpha of each pair of coders.
        categories: What the rows and columns of `confusions` are: the values that anyone gave,
            none where they are too many to be read in a table.
        confusions: Each pair of coders.
    """

    variable: str
    name: str
    coders: tuple[CoderEstimate, ...]
    pairs: tuple[PairEstimate, ...]
    categories: tuple[str, ...]
    confusions: tuple[Confusion, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "variable": self.variable,
            "coders": [
                {
                    "coder": one.coder,
                    "n_values": one.n_values,
                    "without": one.without.as_json(),
                    "mean_pairwise": one.mean_pairwise.as_json(),
                    "against_rest": one.against_rest.as_json(),
                }
                for one in self.coders
            ],
            "pairs": [
                {"first": one.first, "second": one.second, "estimate": one.estimate.as_json()}
                for one in self.pairs
            ],
            "categories": list(self.categories),
            "confusions": [one.as_json() for one in self.confusions],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """Whether agreement differs between two groups: the one in `group` less that in `before`."""

    group: str
    before: str
    difference: Difference

    def as_json(self) -> dict[str, Any]:
        """The fields of the difference, with the groups."""
        made = self.difference.as_json()
        return {"group": self.group, "before": self.before, **made}


@dataclass(frozen=True, slots=True)
class Strata:
    """Agreement on a variable in each group of units by itself.

    Attributes:
        by: What the groups are: `round`, `week`, a column.
        variable: The variable's id.
        name: A short name for a table.
        groups: Each group.
        changes: Each group against the one before, where that is asked for.
    """

    by: str
    variable: str
    name: str
    groups: tuple[StratumEstimates, ...]
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "by": self.by,
            "variable": self.variable,
            "groups": [
                {
                    "group": one.stratum,
                    "n_units": one.n_units,
                    "estimates": [each.as_json() for each in one.estimates],
                }
                for one in self.groups
            ],
            "changes": [one.as_json() for one in self.changes],
        }


def by_coder(matrix: Matrix, choices: Choices, *, confusions: bool = True) -> CoderBreakdown:
    """How each coder stands to the others, with jackknife intervals over units.

    Args:
        matrix: The ratings.
        choices: How agreement is measured.
        confusions: Whether to count who gave what where another gave something else.
    """
    ratings = matrix.ratings
    used = sorted({int(code) for code in ratings.codes.ravel(order="K").tolist() if code >= 0})
    coders, pairs = between_coders(
        ratings, matrix.level, confidence=choices.confidence, **matrix.metric
    )
    shown = confusions and 1 < len(used) <= _MOST_CATEGORIES
    return CoderBreakdown(
        matrix.variable,
        matrix.name,
        tuple(coders),
        tuple(pairs),
        tuple(matrix.label(ratings.categories[place]) for place in used) if shown else (),
        tuple(
            Confusion(
                one.first,
                one.second,
                tuple(
                    tuple(round(count) for count in row)
                    for row in confusion(ratings, one.first, one.second)[used][:, used].tolist()
                ),
            )
            for one in pairs
            if shown and one.estimate.n_units
        ),
    )


def by_strata(
    matrix: Matrix,
    by: str,
    labels: Sequence[str | None],
    choices: Choices,
    names: Sequence[str] | None,
    *,
    changes: bool = False,
) -> Strata:
    """Agreement in each group of units.

    Args:
        matrix: The ratings.
        by: What the groups are.
        labels: The group of each unit; None for a unit in no group.
        choices: How agreement is measured.
        names: Which coefficients; None for all that apply.
        changes: Whether to test each group against the one before.
    """
    found = per_stratum(
        matrix.ratings, labels, matrix.level, names=names, **matrix.metric, **choices.intervals
    )
    parts = {}
    if changes:
        for one in found:
            places = [place for place, label in enumerate(labels) if label == one.stratum]
            parts[one.stratum] = matrix.ratings.of_units(places)
    return Strata(
        by,
        matrix.variable,
        matrix.name,
        tuple(found),
        changes_between(parts, matrix, choices) if changes else (),
    )


def changes_between(
    groups: Mapping[str, Ratings], matrix: Matrix, choices: Choices
) -> tuple[Change, ...]:
    """The difference of alpha between each of some independent groups and the one before.

    Args:
        groups: The ratings of each group, in the order of the groups.
        matrix: How they are measured.
        choices: Likewise.
    """
    found = []
    for (before, earlier), (group, later) in pairwise(groups.items()):
        made = compare(later, earlier, matrix.level, **matrix.metric, **choices.intervals)
        found += [Change(group, before, one) for one in made]
    return tuple(found)
