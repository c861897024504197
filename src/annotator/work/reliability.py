"""How far the blind codings of a round agree: each variable, and each of its codes.

What is compared is decided in `annotator.work.matrices`, the coefficients are those of
`annotator.agreement`; here the two meet on the codings of a project.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.agreement import CodeEstimate, Estimate, Level, SetDistance, estimates, per_code
from annotator.codebook.changes import CodeMap
from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.codebook.version_numbers import version_of
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.codings import AnswerRow, answers_table, codings
from annotator.store.project import Project
from annotator.work.compared_versions import brought_together, comparable
from annotator.work.matrices import STATE_NAMES, Coded, Comparison, Said, collect, comparisons
from annotator.work.rounds import round_named

COEFFICIENTS = ("percent_agreement", "alpha")
"""What is reported for each variable, in this order."""

FREE_TEXT = "free_text"
RECORDS_NOT_ALIGNED = "records_not_aligned"


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code against all others; `label` is the codebook's."""

    label: str
    estimate: CodeEstimate

    def as_json(self) -> dict[str, Any]:
        """The fields of the estimate, with the label."""
        return {**self.estimate.as_json(), "label": self.label}


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """How far coders agree on one variable.

    Attributes:
        variable: Its id, with ` (stated?)` behind it where the states of its answers are compared.
        name: A short name for a table.
        question: As the codebook asks it.
        unit: The unit it belongs to.
        type: Its type in the codebook.
        level: The level of measurement; empty where nothing is compared.
        basis: What of the answers is compared, in words; empty where nothing is.
        estimates: Percent agreement and alpha; none where nothing is compared.
        codes: Each code against all others, with its prevalence; none where the values are not
            codes or states.
        reason: Why nothing is compared: `free_text`, `records_not_aligned`; else empty.
        note: What a reader must know beside the numbers, in sentences; may be empty.
    """

    variable: str
    name: str
    question: str
    unit: str
    type: str
    level: str
    basis: str
    estimates: tuple[Estimate, ...]
    codes: tuple[CodeAgreement, ...]
    reason: str
    note: str

    @property
    def commonest(self) -> CodeAgreement | None:
        """The code or state with the highest prevalence; None where nothing was coded."""
        used = [code for code in self.codes if code.estimate.prevalence]
        return max(used, key=lambda code: code.estimate.prevalence or 0.0, default=None)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program; the estimates are those of `Estimate.as_json`."""
        return {
            "variable": self.variable,
            "name": self.name,
            "unit": self.unit,
            "type": self.type,
            "level": self.level or None,
            "basis": self.basis or None,
            "estimates": [estimate.as_json() for estimate in self.estimates],
            "codes": [code.as_json() for code in self.codes],
            "reason": self.reason or None,
            "note": self.note,
        }


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
        variables: One entry or more for each variable, in the codebook's order.
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
            "coders": self.n_coders,
            "variables": [variable.as_json() for variable in self.variables],
        }


def reliability(
    project: Project,
    round_name: str | None = None,
    *,
    which: Literal["first", "latest"] = "first",
    distance: SetDistance | str = SetDistance.MASI,
    confidence: float = 0.95,
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
        distance: The distance between sets of codes: `masi` or `jaccard`.
        confidence: Of the intervals, between 0 and 1.
        version: Where a major change of the codebook lies between the codings, one version of
            the side that counts.
        mixed: Compare codings across a major change all the same.

    Raises:
        AnnotatorError: There is no such round, version or choice, or the codings were made under
            codebooks with a major change between them, no `version` was chosen and they are not
            to be `mixed`.
        WorkProblem: No passage of the round has been coded twice.
    """
    if which not in ("first", "latest"):
        raise AnnotatorError(f"There are no “{which}” codings; choose first or latest.")
    chosen = round_named(project, round_name)
    made = [
        (row.passage_id, row.coder, row.codebook_sha256)
        for row in codings(project, chosen.id, which)
    ]
    books = comparable(
        {sha: project.codebook_version(sha) for sha in {sha for _, _, sha in made}},
        chosen.name,
        version,
        mixed=mixed,
    )
    codebook, names, notes = brought_together(project, books)
    coded = Coded.of((passage, coder) for passage, coder, sha in made if sha in books)
    if not coded.n_passages:
        raise WorkProblem(
            f"No passage of the round {chosen.name} has been coded by two coders yet, so there is "
            "nothing to compare; agreement needs two codings of the same passage."
        )
    earlier = {(passage, coder): names[sha] for passage, coder, sha in made if sha in names}
    by_variable = collect(_texts(answers_table(project, chosen.id, which), earlier), coded)
    variables = tuple(
        found
        for variable in codebook.variables
        for found in _agreement(
            variable, codebook, by_variable.get(variable.id, Said()), coded, distance, confidence
        )
    )
    versions = tuple(book.version for book in sorted(books.values(), key=version_of))
    return Reliability(
        chosen.name,
        which,
        codebook,
        versions,
        notes,
        coded.coded_by,
        coded.n_passages,
        len(coded.coders),
        variables,
    )


# --- what was said -------------------------------------------------------------------------------


def _texts(
    rows: Iterable[AnswerRow], names: Mapping[tuple[int, str], CodeMap]
) -> Iterator[tuple[int, str, str, str]]:
    """Passage, coder, variable, and the value as text or the name of the state.

    `names` gives, for codings of an earlier version, what their codes are called now.
    """
    for passage, coder, _unit, _record, variable, state, value, *_figures in rows:
        text = STATE_NAMES[state] if value is None else value
        called = names.get((passage, coder), {}).get(variable)
        if called and value is not None:
            text = "|".join(dict.fromkeys(called.get(code, code) for code in value.split("|")))
        yield passage, coder, variable, text


# --- one variable --------------------------------------------------------------------------------


def _agreement(
    variable: Variable,
    codebook: Codebook,
    said: Said,
    coded: Coded,
    distance: SetDistance | str,
    confidence: float,
) -> Iterator[VariableAgreement]:
    found = comparisons(variable, said, coded)
    if not found:
        yield _not_compared(variable, codebook)
    for comparison in found:
        yield VariableAgreement(
            comparison.variable,
            variable.name + comparison.variable.removeprefix(variable.id),
            variable.question,
            variable.unit,
            variable.type.value,
            comparison.level.value,
            comparison.basis,
            tuple(
                estimates(
                    comparison.ratings,
                    comparison.level,
                    distance=distance,
                    names=COEFFICIENTS,
                    confidence=confidence,
                )
            ),
            tuple(_codes(comparison, confidence)),
            "",
            _note(variable, codebook, comparison),
        )


def _codes(comparison: Comparison, confidence: float) -> Iterator[CodeAgreement]:
    if comparison.labels:
        for estimate in per_code(comparison.ratings, comparison.level, confidence=confidence):
            yield CodeAgreement(comparison.labels[str(estimate.code)], estimate)


def _not_compared(variable: Variable, codebook: Codebook) -> VariableAgreement:
    reason = RECORDS_NOT_ALIGNED
    note = (
        f"Not compared: the {codebook.unit(variable.unit).label.lower()} records of different "
        "coders are not aligned, so it is not known which answers belong together."
    )
    if variable.type is VariableType.TEXT:
        reason, note = FREE_TEXT, "Not compared: no coefficient fits free text."
    elif variable.type is VariableType.LINK:
        note = "Not compared: the records it points at are not aligned between coders."
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


def _note(variable: Variable, codebook: Codebook, comparison: Comparison) -> str:
    sentences: list[str] = []
    if variable.unit != PASSAGE:
        unit = codebook.unit(variable.unit).label.lower()
        sentences.append(
            f"Passage projection: the {unit} records of different coders are not aligned, so "
            "each coding counts with the set of codes over all its records, empty without any."
        )
        if variable.type is VariableType.SCALE:
            sentences.append("The order of the scale plays no part in it.")
    if comparison.partly:
        many = comparison.partly != 1
        passages = f"{comparison.partly} passages" if many else "1 passage"
        if comparison.level in (Level.NOMINAL, Level.SET):
            sentences.append(
                f"In {passages} some coders answered and others were not asked or left it open; "
                "these gaps are missing values here."
            )
        else:
            sentences.append(
                f"In {passages} some coders gave a value and others none; these gaps are missing "
                f"values here, and “{variable.name} (stated?)” is about them."
            )
    return " ".join(sentences)
