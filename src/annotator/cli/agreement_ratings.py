"""Agreement on the ratings of a file: every coefficient, each code, and each coder if asked."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator.agreement import (
    CodeEstimate,
    CoderEstimate,
    Estimate,
    Level,
    PairEstimate,
    estimates,
    per_code,
    per_coder,
    per_pair,
    read_ratings,
)
from annotator.agreement.verdict import VERDICT_SOURCE, verdict
from annotator.cli.agreement_tables import CONFIDENCE_OF_VERDICT, print_chances, print_codes
from annotator.cli.agreement_words import NOTHING, interval, interval_name, number, why
from annotator.cli.output import print_table, say, warn

_FAR_APART = 0.2


@dataclass(frozen=True, slots=True)
class RatingsAgreement:
    """All that is measured on a file of ratings; no coders and no pairs unless they were asked for.

    Attributes:
        path: The file.
        confidence: Of the intervals.
        estimates: One per coefficient that applies.
        codes: One per category or member of sets, at levels nominal and set.
        coders: One per coder.
        pairs: One alpha per pair of coders.
    """

    path: Path
    confidence: float
    estimates: list[Estimate]
    codes: list[CodeEstimate]
    coders: list[CoderEstimate]
    pairs: list[PairEstimate]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        found = self.estimates
        data: dict[str, Any] = {
            "estimates": [one.as_json() for one in found],
            "codes": [code.as_json() for code in self.codes],
            "n_clusters": found[0].n_clusters if found else None,
            "bootstrap": [
                {"name": one.name, **asdict(one.resampling)} for one in found if one.resampling
            ],
        }
        if self.coders:
            data["coders"] = [coder.as_json() for coder in self.coders]
            data["pairs"] = [pair.as_json() for pair in self.pairs]
        return data

    def print(self) -> None:
        """Print a table of the coefficients, one of the codes, and those of the coders."""
        first = self.estimates[0]
        clusters = "" if first.n_clusters is None else f" in {first.n_clusters} clusters"
        say(
            f"{self.path}: level {first.level}, {first.n_units} units with two or more values, "
            f"{first.n_coders} coders, {first.n_values} values{clusters}."
        )
        self._print_estimates()
        if self.codes:
            labels = [str(code.code) for code in self.codes]
            print_codes("Each code against all others", labels, self.codes, self.confidence)
        if self.coders:
            self._print_coders()

    def _print_estimates(self) -> None:
        heading = interval_name(self.confidence)
        print_table(
            ("Coefficient", "Value", heading, "By", "Standard error", "Remark"),
            [
                (
                    one.name,
                    number(one.value),
                    interval(one),
                    one.ci_method or NOTHING,
                    number(one.se),
                    why(one),
                )
                for one in self.estimates
            ],
            numbers=("Value", "Standard error"),
            whole=("Coefficient", heading),
        )
        for one in self.estimates:
            if one.name == "alpha":
                print_chances(one)
                if self.confidence == CONFIDENCE_OF_VERDICT:
                    say(f"Verdict on alpha: {verdict(one)} ({VERDICT_SOURCE}).")

        values = {one.name: one.value for one in self.estimates}
        alpha, gwet = values.get("alpha"), values.get("gwet_ac")
        if alpha is not None and gwet is not None and gwet - alpha > _FAR_APART:
            say(
                f"gwet_ac is {gwet - alpha:.2f} above alpha: where one value is far commoner than "
                "all others, alpha counts most of the agreement as chance. Look at how common each "
                "is before you blame the coders."
            )

    def _print_coders(self) -> None:
        heading = interval_name(self.confidence)
        figures = ("Alpha of the others", "Mean pairwise alpha", "Against the rest")
        print_table(
            ("Coder", "Values", *figures, heading),
            [
                (
                    coder.coder,
                    str(coder.n_values),
                    number(coder.without.value),
                    number(coder.mean_pairwise.value),
                    number(coder.against_rest.value),
                    interval(coder.against_rest),
                )
                for coder in self.coders
            ],
            title="Each coder and the others",
            numbers=("Values", *figures),
            whole=(heading,),
        )
        print_table(
            ("Coder", "Other coder", "Alpha", heading, "Units", "Remark"),
            [
                (
                    pair.first,
                    pair.second,
                    number(pair.estimate.value),
                    interval(pair.estimate),
                    str(pair.estimate.n_units),
                    why(pair.estimate),
                )
                for pair in self.pairs
            ],
            title="Each pair of coders",
            numbers=("Alpha", "Units"),
            whole=(heading,),
        )


def measure_ratings(
    path: Path,
    level: str,
    *,
    categories: Sequence[object] | None,
    missing: Sequence[str] | None,
    clusters: str | None,
    weights: str | None,
    distance: str,
    period: float | None,
    se: str,
    by_coder: bool,
    ci: str,
    confidence: float,
    replicates: int,
    seed: int,
) -> RatingsAgreement:
    """Read a file of ratings and measure all there is to measure on it.

    Args:
        path: The file.
        level: What its values are.
        categories: As in `read_ratings`.
        missing: As in `read_ratings`.
        clusters: As in `read_ratings`.
        weights: As in `estimates`.
        distance: As in `estimates`.
        period: As in `estimates`.
        se: As in `estimates`.
        by_coder: Whether coders and pairs of them are measured.
        ci: As in `estimates`.
        confidence: As in `estimates`.
        replicates: As in `estimates`.
        seed: As in `estimates`.

    Raises:
        AnnotatorError: The file cannot be read, or what is asked for does not fit it.
    """
    ratings = read_ratings(path, level, categories=categories, missing=missing, clusters=clusters)
    for note in ratings.notes:
        warn(note)
    how: dict[str, Any] = {"weights": weights, "distance": distance, "period": period}
    intervals: dict[str, Any] = {
        "ci": ci,
        "confidence": confidence,
        "replicates": replicates,
        "seed": seed,
    }
    return RatingsAgreement(
        path,
        confidence,
        estimates(ratings, level, se=se, **how, **intervals),
        per_code(ratings, level, **intervals) if level in (Level.NOMINAL, Level.SET) else [],
        per_coder(ratings, level, confidence=confidence, **how) if by_coder else [],
        per_pair(ratings, level, confidence=confidence, **how) if by_coder else [],
    )
