"""`annotator agreement` of a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.agreement import NAMES
from annotator.agreement.coefficients import check_names
from annotator.cli.agreement_breakdowns import print_breakdowns
from annotator.cli.agreement_tables import codings_in_words, print_reliability
from annotator.cli.projects import opened
from annotator.exchange.agreement_page import AgreementPage
from annotator.work.agreement_report import AgreementReport, agreement_report
from annotator.work.variable_agreement import COEFFICIENTS, Choices

if TYPE_CHECKING:
    from annotator.cli.agreement_options import Intervals
    from annotator.work.compared_codings import Which


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """The agreement of a round of a project, to be shown."""

    report: AgreementReport
    choices: Choices
    with_codes: bool

    @property
    def page(self) -> AgreementPage:
        """All of it."""
        report, found = self.report, self.report.reliability
        return AgreementPage(
            f"Agreement: {found.codebook.title}, round {found.round}",
            (codings_in_words(found), *found.notes),
            self.choices,
            found.variables,
            found.records,
            report.coders,
            report.strata,
            report.spans,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return self.report.as_json()

    def print(self) -> None:
        """Print tables for people."""
        print_reliability(
            self.report.reliability, self.choices.confidence, with_codes=self.with_codes
        )
        print_breakdowns(self.page)


def measure_project(
    location: str,
    round_name: str | None,
    which: "Which",
    version: str | None,
    mixed: bool,
    *,
    distance: str,
    names: Sequence[str] | None,
    everything: bool,
    intervals: "Intervals",
    by: Sequence[str],
    variable: str | None,
) -> ProjectAgreement:
    """Measure the agreement of a round.

    Args:
        location: Where the project is.
        round_name: The round.
        which: `first` or `latest` codings.
        version: See `annotator.work.reliability.reliability`.
        mixed: Likewise.
        distance: Between sets of codes.
        names: Coefficients beside those that are always there.
        everything: All coefficients that apply.
        intervals: What is asked of intervals.
        by: What to break agreement down by.
        variable: The one variable or unit to tell of.

    Raises:
        AnnotatorError: The project cannot be read, or an argument is not one of its choices.
        WorkProblem: No passage was coded twice.
    """
    asked = NAMES if everything else names or ()
    check_names(asked)
    choices = Choices(
        distance=distance,
        coefficients=tuple(dict.fromkeys([*COEFFICIENTS, *asked])),
        **intervals,
    )
    with opened(location, read_only=True) as project:
        report = agreement_report(
            project,
            round_name,
            which=which,
            choices=choices,
            version=version,
            mixed=mixed,
            by=by,
            variable=variable,
        )
    return ProjectAgreement(report, choices, "code" in by)
