"""How far the blind codings of a round agree: each variable, and each of its codes.

What is compared is decided in `annotator.work.matrices`, the coefficients are those of
`annotator.agreement`; here the two meet on the codings of a project.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.agreement import Level
from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.store.project import Project
from annotator.work.aligned_units import CodedPassage, clusters_of
from annotator.work.breakdown import Matrix
from annotator.work.claim_agreement import claim_agreement
from annotator.work.compared_codings import ComparedCodings, Which, compared_codings
from annotator.work.matrices import Comparison, Said, comparisons
from annotator.work.projection import projections
from annotator.work.texts import answer_text
from annotator.work.unit_agreement import UnitAgreement
from annotator.work.variable_agreement import (
    FREE_TEXT,
    LINK,
    Choices,
    VariableAgreement,
    each_code,
    measured,
)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far the codings of a round agree.

    Attributes:
        round: The round's name.
        which: `first` (blind first codings) or `latest`.
        codebook: The codebook the figures stand on.
        versions: Every version of it that the compared codings were made under.
        notes: What was done to bring codings of several versions together, in sentences.
        coded_by: How many passages were coded by how many coders.
        n_compared: Passages coded by two or more; the others count for nothing below.
        n_coders: Coders of those passages.
        variables: What is compared passage by passage, an entry or more each: the variables of the
            passage, then what the records of a passage say together (`work.projection`).
        records: What is compared record by record, an entry for each repeating unit with records.
        compared: The codings behind it. Not part of `as_json`.
        matrices: What `variables` were measured on. Not part of `as_json`.
    """

    round: str
    which: str
    codebook: Codebook
    versions: tuple[str, ...]
    notes: tuple[str, ...]
    coded_by: Mapping[int, int]
    n_compared: int
    n_coders: int
    variables: tuple[VariableAgreement, ...]
    records: tuple[UnitAgreement, ...]
    compared: ComparedCodings
    matrices: tuple[Matrix, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        three = sum(times for coders, times in self.coded_by.items() if coders > 2)
        return {
            "round": self.round,
            "codings": self.which,
            "codebook": {
                "id": self.codebook.id,
                "version": self.codebook.version,
                "sha256": self.codebook.sha256,
                "versions": list(self.versions),
                "notes": list(self.notes),
            },
            "passages": {
                "compared": self.n_compared,
                "coded_by_1": self.coded_by.get(1, 0),
                "coded_by_2": self.coded_by.get(2, 0),
                "coded_by_3_or_more": three,
            },
            "n_coders": self.n_coders,
            "variables": [variable.as_json() for variable in self.variables],
            "records": [unit.as_json() for unit in self.records],
        }


def reliability(
    project: Project,
    round_name: str | None = None,
    *,
    which: Which = "first",
    choices: Choices | None = None,
    version: str | None = None,
    mixed: bool = False,
) -> Reliability:
    """How far the coders of a round agree, variable by variable and code by code.

    Only passages coded by two or more coders count. First codings are blind; later revisions may
    follow a discussion, so an agreement of the latest ones is no measure of reliability.

    Args:
        project: The project.
        round_name: The round; None where there is one only.
        which: `first` or `latest` codings of each coder.
        choices: How agreement is measured; reports are what is drawn or left out for intervals, or
            passages where there is one report only.
        version: Where a major change of the codebook lies between the codings, one version of
            the side that counts.
        mixed: Compare codings across a major change all the same.

    Raises:
        AnnotatorError: There is no such round, version or choice, or the codings were made under
            codebooks with a major change between them, no `version` was chosen and they are not
            to be `mixed`.
        WorkProblem: No passage of the round has been coded twice.
    """
    found = compared_codings(project, round_name, which=which, version=version, mixed=mixed)
    return reliability_of(found, choices)


def reliability_of(found: ComparedCodings, choices: Choices | None = None) -> Reliability:
    """How far codings agree, variable by variable and code by code.

    Args:
        found: The codings.
        choices: See `reliability`.
    """
    choices = choices or Choices()
    codebook, coded = found.codebook, found.coded
    records: tuple[UnitAgreement, ...] = ()
    if codebook.units_in(PASSAGE):
        passages = [
            CodedPassage(found.places[passage][0], tuple(made), tuple(made.values()))
            for passage, made in found.by_passage().items()
        ]
        records = claim_agreement(passages, codebook, choices)
    clusters = _clusters(found)
    by_passage = list(_by_passage(found))
    return Reliability(
        found.round,
        found.which,
        codebook,
        found.versions,
        found.notes,
        coded.coded_by,
        len(coded.rows),
        len(coded.coders),
        tuple(
            one
            if comparison is None
            else replace(
                one,
                estimates=measured(comparison, choices, clusters),
                codes=each_code(comparison, choices, clusters),
            )
            for one, comparison in by_passage
        ),
        records,
        found,
        _matrices(found, by_passage, choices),
    )


def matrices(found: ComparedCodings, choices: Choices) -> tuple[Matrix, ...]:
    """What is compared passage by passage, in the order of `Reliability.variables`.

    Args:
        found: The codings. Where their passages come from several reports, these are the clusters
            of the ratings. Units are named by report and number.
        choices: How agreement is measured.
    """
    return _matrices(found, _by_passage(found), choices)


# --- passage by passage --------------------------------------------------------------------------


def _clusters(found: ComparedCodings) -> list[Hashable]:
    return clusters_of([found.places[passage][0] for passage in found.coded.rows])


def _matrices(
    found: ComparedCodings,
    by_passage: Iterable[tuple[VariableAgreement, Comparison | None]],
    choices: Choices,
) -> tuple[Matrix, ...]:
    clusters = _clusters(found)
    shared = clusters if len(set(clusters)) < len(clusters) else None
    units = tuple("{} {}".format(*found.places[passage]) for passage in found.coded.rows)
    return tuple(
        Matrix(
            one.variable,
            one.name,
            comparison.level,
            replace(comparison.ratings.in_clusters(shared), units=units),
            comparison.labels,
            {"distance": comparison.distance or choices.distance},
        )
        for one, comparison in by_passage
        if comparison is not None
    )


def _by_passage(
    found: ComparedCodings,
) -> Iterator[tuple[VariableAgreement, Comparison | None]]:
    """The variables of the passage, then what its records say together; not yet measured."""
    codebook, coded = found.codebook, found.coded
    for variable in codebook.variables_of(PASSAGE):
        said = Said()
        for cell, form in found.forms.items():
            if variable.id in form:
                said.add(cell, answer_text(form[variable.id], variable))
        made = comparisons(variable, said, coded)
        if not made:
            yield _not_compared(variable), None
        for one in made:
            yield (
                VariableAgreement(
                    one.variable,
                    variable.name + one.variable.removeprefix(variable.id),
                    variable.question,
                    variable.unit,
                    variable.type.value,
                    one.level.value,
                    one.basis,
                    (),
                    (),
                    "",
                    _note(variable, one),
                ),
                one,
            )
    for projection in projections(found.forms, coded, codebook):
        one = projection.comparison
        yield (
            VariableAgreement(
                one.variable,
                projection.name,
                projection.question,
                projection.unit,
                projection.type,
                one.level.value,
                one.basis,
                (),
                (),
                "",
                "The order of the scale plays no part in it." if projection.type == "scale" else "",
            ),
            one,
        )


def _not_compared(variable: Variable) -> VariableAgreement:
    reason, note = FREE_TEXT, "Not compared: no coefficient fits free text."
    if variable.type is VariableType.LINK:
        reason, note = LINK, "Not compared: the records it points at have other ids in each coding."
    return VariableAgreement(
        variable.id,
        variable.name,
        variable.question,
        variable.unit,
        variable.type.value,
        "",
        "",
        (),
        (),
        reason,
        note,
    )


def _note(variable: Variable, comparison: Comparison) -> str:
    if not comparison.partly:
        return ""
    passages = f"{comparison.partly} passages" if comparison.partly != 1 else "1 passage"
    if comparison.level in (Level.NOMINAL, Level.SET):
        return (
            f"In {passages} some coders answered and others were not asked or left it open; "
            "these gaps are missing values here."
        )
    return (
        f"In {passages} some coders gave a value and others none; these gaps are missing "
        f"values here, and “{variable.name} (stated?)” is about them."
    )
