"""Everything that is told of the agreement of a round, each part as far as it is asked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.agreement import StratumEstimates, estimates
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.corpus import reports
from annotator.store.project import Project
from annotator.store.rounds import Purpose, rounds
from annotator.work.breakdown import (
    CoderBreakdown,
    Matrix,
    Strata,
    by_coder,
    by_strata,
    changes_between,
)
from annotator.work.compared_codings import ComparedCodings, Which, compared_codings
from annotator.work.reliability import Reliability, matrices, reliability
from annotator.work.span_agreement import EvidenceAgreement, span_agreement
from annotator.work.variable_agreement import Choices

GROUPS = ("round", "version", "week", "batch", "report", "publisher")
"""What passages can be grouped by."""

BREAKDOWNS = ("code", "coder", *GROUPS)
"""What agreement can be broken down by."""

BATCH = 150
"""Passages of a batch: agreement is to be looked at after each so many, to see coders drift."""

_TESTED = ("round", "version")
"""Groups that are each tested against the one before."""

_NO_PUBLISHER = "(none)"


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The agreement of a round.

    Attributes:
        reliability: Each variable, each of its codes, and the records of each unit.
        coders: How coders stand to each other, for each variable; none unless asked for.
        strata: Agreement in groups of passages, for each kind of group and variable.
        spans: How far coders mark the same words.
    """

    reliability: Reliability
    coders: tuple[CoderBreakdown, ...] = ()
    strata: tuple[Strata, ...] = ()
    spans: tuple[EvidenceAgreement, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            **self.reliability.as_json(),
            "coders": [one.as_json() for one in self.coders],
            "strata": [one.as_json() for one in self.strata],
            "spans": [one.as_json() for one in self.spans],
        }


def agreement_report(
    project: Project,
    round_name: str | None = None,
    *,
    which: Which = "first",
    choices: Choices | None = None,
    version: str | None = None,
    mixed: bool = False,
    by: Collection[str] = ("code", "coder"),
    variable: str | None = None,
) -> AgreementReport:
    """The agreement of a round, broken down.

    Args:
        project: The project.
        round_name: See `reliability`; grouped by round, by default the latest that has passages
            coded by two, one of training only where there is no other.
        which: See `reliability`.
        choices: How agreement is measured.
        version: See `reliability`.
        mixed: See `reliability`.
        by: Some of `BREAKDOWNS`; each code is always told of. Every round is a group,
            whichever the rest is about.
        variable: The id of the one variable, or unit, to tell of; by default all.

    Raises:
        AnnotatorError: As `reliability`; or there is no such breakdown or variable.
        WorkProblem: No passage of the round has been coded twice.
    """
    choices = choices or Choices()
    for one in by:
        if one not in BREAKDOWNS:
            raise AnnotatorError(
                f"Agreement cannot be broken down by “{one}”; choose from {', '.join(BREAKDOWNS)}."
            )
    by_round: dict[str, ComparedCodings] = {}
    if "round" in by:
        by_round = dict(_by_round(project, which, version, mixed=mixed))
        if round_name is None and by_round:
            training = {row.name for row in rounds(project) if row.purpose is Purpose.TRAINING}
            round_name = ([one for one in by_round if one not in training] or [*by_round])[-1]
    found = reliability(
        project, round_name, which=which, choices=choices, version=version, mixed=mixed
    )
    spans = span_agreement(project, found.compared, choices)
    if variable is not None:
        found, spans = _only(variable, found, spans)
    wanted = {one.variable for one in found.variables}
    every = [one for one in found.matrices if one.variable in wanted]
    strata: list[Strata] = []
    for kind in by:
        if kind in GROUPS and kind != "round":
            labels = group_labels(project, found.compared, kind)
            strata += [_grouped(one, kind, labels, choices) for one in every]
    if by_round:
        strata += _rounds(by_round, every, choices)
    return AgreementReport(
        found,
        tuple(by_coder(one, choices) for one in every) if "coder" in by else (),
        tuple(strata),
        spans,
    )


def group_labels(project: Project, found: ComparedCodings, kind: str) -> list[str]:
    """The group of each compared passage, in the order of the matrices.

    A passage counts in the week, and in the batch, in which the last of its compared codings was
    submitted; under several versions where its codings were made under several.

    Args:
        project: The project, which knows the reports.
        found: The codings.
        kind: One of `GROUPS` but `round`.
    """
    rows = found.coded.rows
    if kind in ("report", "publisher"):
        known = {one.key: one for one in reports(project, training=True)}
        titles = [one.title for one in known.values()]
        of_report = {
            key: (one.publisher or _NO_PUBLISHER)
            if kind == "publisher"
            else one.title
            if titles.count(one.title) == 1
            else f"{one.title} ({key})"
            for key, one in known.items()
            if key in {report for report, _ in found.places.values()}
        }
        return [of_report[found.places[passage][0]] for passage in rows]
    cells: dict[int, list[int]] = {passage: [] for passage in rows}
    for (passage, _), cell in found.coded.cells.items():
        cells[passage].append(cell)
    if kind == "version":
        return [" + ".join(sorted({found.made_under[cell] for cell in cells[one]})) for one in rows]
    done = [max(found.submitted_at[cell] for cell in cells[one]) for one in rows]
    if kind == "week":
        return ["{}-W{:02}".format(*moment.isocalendar()[:2]) for moment in done]
    digits = len(str(len(rows)))
    labels = [""] * len(rows)
    for place, row in enumerate(sorted(range(len(rows)), key=lambda row: (done[row], row))):
        first = place // BATCH * BATCH
        last = min(first + BATCH, len(rows))
        labels[row] = f"{first + 1:0{digits}}-{last:0{digits}}"
    return labels


def _grouped(matrix: Matrix, kind: str, labels: Sequence[str], choices: Choices) -> Strata:
    # A report by itself is a single cluster, of which nothing could be drawn.
    matrix = matrix.independent if kind == "report" else matrix
    return by_strata(matrix, kind, labels, choices, choices.coefficients, changes=kind in _TESTED)


def _by_round(
    project: Project, which: Which, version: str | None, *, mixed: bool
) -> Iterator[tuple[str, ComparedCodings]]:
    """Every round with passages coded by two, in the order they were opened."""
    for one in rounds(project):
        try:
            yield (
                one.name,
                compared_codings(project, one.name, which=which, version=version, mixed=mixed),
            )
        except WorkProblem:
            continue


def _rounds(
    by_round: Mapping[str, ComparedCodings], wanted: Iterable[Matrix], choices: Choices
) -> Iterator[Strata]:
    """Each variable in each round that has it at the same level, and the changes between them."""
    of_round = {
        name: {one.variable: one for one in matrices(found, choices)}
        for name, found in by_round.items()
    }
    for matrix in wanted:
        here = {
            name: found[matrix.variable]
            for name, found in of_round.items()
            if matrix.variable in found and found[matrix.variable].level is matrix.level
        }
        if len({one.ratings.clusters is None for one in here.values()}) > 1:
            here = {name: one.independent for name, one in here.items()}
        yield Strata(
            "round",
            matrix.variable,
            matrix.name,
            tuple(
                StratumEstimates(
                    name,
                    len(one.ratings.units),
                    tuple(
                        estimates(
                            one.ratings,
                            one.level,
                            names=choices.coefficients,
                            **one.metric,
                            **choices.intervals,
                        )
                    ),
                )
                for name, one in here.items()
            ),
            changes_between({name: one.ratings for name, one in here.items()}, matrix, choices),
        )


def _only(
    variable: str, found: Reliability, spans: Sequence[EvidenceAgreement]
) -> tuple[Reliability, tuple[EvidenceAgreement, ...]]:
    """What is told of one variable, or one unit.

    Raises:
        AnnotatorError: There is none of this name.
    """
    known = [*(one.id for one in found.codebook.variables), *(one.unit for one in found.records)]
    if variable not in known:
        raise AnnotatorError(
            f"There is no variable “{variable}” in the codebook; choose from {', '.join(known)}."
        )

    def is_it(name: str) -> bool:
        return name == variable or name.startswith(f"{variable} (")

    units = []
    for unit in found.records:
        chosen = tuple(one for one in unit.variables if is_it(one.variable))
        if chosen or unit.unit == variable:
            units.append(replace(unit, variables=chosen))
    return (
        replace(
            found,
            variables=tuple(one for one in found.variables if is_it(one.variable)),
            records=tuple(units),
        ),
        tuple(one for one in spans if one.subject == variable),
    )
