"""`annotator agreement` of a CSV file of ratings."""

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.agreement import (
    CodeEstimate,
    Estimate,
    Level,
    Ratings,
    estimates,
    per_code,
    read_ratings,
)
from annotator.cli.agreement_breakdowns import print_breakdowns
from annotator.cli.agreement_tables import print_ratings
from annotator.cli.output import warn
from annotator.errors import AnnotatorError
from annotator.exchange.agreement_page import AgreementPage
from annotator.work.breakdown import (
    CoderBreakdown,
    Matrix,
    Strata,
    by_coder,
    by_strata,
)
from annotator.work.variable_agreement import Choices, CodeAgreement, VariableAgreement

if TYPE_CHECKING:
    from annotator.cli.agreement_options import Intervals

_CODED = (Level.NOMINAL, Level.SET)
_TESTED = ("round", "version")


@dataclass(frozen=True, slots=True)
class RatingsAgreement:
    """The agreement of a file of ratings, to be shown."""

    path: Path
    level: Level
    found: list[Estimate]
    codes: list[CodeEstimate]
    coders: tuple[CoderBreakdown, ...]
    strata: tuple[Strata, ...]
    choices: Choices
    notes: tuple[str, ...]

    @property
    def page(self) -> AgreementPage:
        """All of it."""
        return AgreementPage(
            f"Agreement: {self.path.name}",
            self.notes,
            self.choices,
            (
                VariableAgreement(
                    "value",
                    self.path.stem,
                    "",
                    "",
                    "",
                    self.level.value,
                    "values of the file",
                    tuple(self.found),
                    tuple(CodeAgreement(str(one.code), one) for one in self.codes),
                    "",
                    "",
                ),
            ),
            coders=self.coders,
            strata=self.strata,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "estimates": [one.as_json() for one in self.found],
            "codes": [code.as_json() for code in self.codes],
            "n_clusters": self.found[0].n_clusters if self.found else None,
            "bootstrap": [
                {"name": one.name, **asdict(one.resampling)} for one in self.found if one.resampling
            ],
            "coders": [one.as_json() for one in self.coders],
            "strata": [one.as_json() for one in self.strata],
        }

    def print(self) -> None:
        """Print tables for people."""
        print_ratings(str(self.path), self.found, self.codes, self.choices.confidence)
        print_breakdowns(self.page)


def measure_ratings(
    path: Path,
    level_name: str,
    categories: Sequence[object] | None,
    missing: Sequence[str] | None,
    clusters: str | None,
    *,
    weights: str | None,
    distance: str,
    period: float | None,
    names: Sequence[str] | None,
    error: str,
    intervals: "Intervals",
    by: Sequence[str],
) -> RatingsAgreement:
    """Measure the agreement of a file.

    Args:
        path: The file.
        level_name: What its values are.
        categories: Every value there may be.
        missing: What a cell without a value reads.
        clusters: The column of clusters.
        weights: How far different values agree.
        distance: Between sets.
        period: Of a circle.
        names: Which coefficients; None for all that apply.
        error: Which standard error.
        intervals: What is asked of intervals.
        by: `code`, `coder`, or columns of the file.

    Raises:
        AnnotatorError: The file cannot be read, or an argument is not one of its choices.
    """
    level = Level.named(level_name)

    def read(column: str | None) -> Ratings:
        return read_ratings(path, level, categories=categories, missing=missing, clusters=column)

    ratings = read(clusters)
    for note in ratings.notes:
        warn(note)
    matrix = Matrix(
        "value",
        path.stem,
        level,
        ratings,
        {},
        {"weights": weights, "distance": distance, "period": period},
    )
    choices = Choices(distance=distance, **intervals)
    groups = [column for column in by if column not in ("code", "coder")]
    coders = {name.lower() for name in ratings.coders}
    for column in groups:
        if column.strip().lower() in coders:
            raise AnnotatorError(
                f"{path} has a column for each coder, and {column} would be one of them; --by "
                "needs a file with columns unit, coder and value."
            )
    return RatingsAgreement(
        path,
        level,
        estimates(ratings, level, names=names, se=error, **matrix.metric, **intervals),
        per_code(ratings, level, **intervals) if level in _CODED and "code" in by else [],
        (by_coder(matrix, choices),) if "coder" in by else (),
        tuple(
            by_strata(
                matrix,
                column,
                _labels(read(column).clusters),
                choices,
                names,
                changes=column in _TESTED,
            )
            for column in groups
        ),
        choices,
        ratings.notes,
    )


def _labels(found: tuple[Hashable, ...] | None) -> list[str]:
    return [str(label) for label in found or ()]
