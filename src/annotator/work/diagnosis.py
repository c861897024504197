"""What may lie behind the labels of a round: a diagnosis of coders and passages for leads.

Never a final label: that comes from coders who agree, or from a lead (see `annotator.work.final`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from annotator.agreement import NOT_A_LABEL, Diagnosis, Level, Ratings, diagnose
from annotator.codebook.model import PASSAGE
from annotator.errors import AnnotatorError
from annotator.store.corpus import reports
from annotator.store.project import Project
from annotator.work.compared_codings import ComparedCodings, Which, compared_codings
from annotator.work.matrices import Comparison, Said, comparisons
from annotator.work.projection import projections
from annotator.work.texts import answer_text


@dataclass(frozen=True, slots=True)
class VariableDiagnosis:
    """The diagnosis of one variable of a round.

    Attributes:
        round: The round's name.
        variable: The variable's id.
        code: The code against all others, None where the values are compared as they are.
        labels: The labels of the categories, by their text.
        found: The diagnosis; its units are passages, as the name of the report and a number.
    """

    round: str
    variable: str
    code: str | None
    labels: dict[str, str]
    found: Diagnosis

    def as_json(self, n_units: int = 20) -> dict[str, Any]:
        """Plain data, with the most doubtful passages and the warning that nothing is final."""
        model = self.found.model
        return {
            "note": NOT_A_LABEL,
            "round": self.round,
            "variable": self.variable,
            "code": self.code,
            "reason": self.found.reason,
            "model": None if model is None else model.as_json(n_units),
            "majority": self.found.majority.as_json(n_units),
        }


def diagnose_variable(
    project: Project,
    round_name: str | None,
    variable: str,
    code: str | None = None,
    *,
    which: Which = "first",
    smoothing: float = 1.0,
    starts: int = 10,
    seed: int = 0,
) -> VariableDiagnosis:
    """Diagnose the coders of a round, and its passages, by what was said of one variable.

    Args:
        project: The project.
        round_name: The round; None where there is one only.
        variable: A variable of the passage, or one of what its records say together, by its id as
            `annotator agreement --json` names it.
        code: A code against all others; needed where the values are sets.
        which: `first` or `latest` codings of each coder.
        smoothing: As in `annotator.agreement.dawid_skene`.
        starts: Likewise.
        seed: Likewise.

    Raises:
        AnnotatorError: There is no such round, variable or code, its values cannot be told apart
            as categories, or an argument is out of range.
        WorkProblem: No passage of the round has been coded twice.
    """
    made = compared_codings(project, round_name, which=which)
    known = {one.variable: one for one in _comparisons(made)}
    if variable not in known:
        known_ones = ", ".join(f"“{name}”" for name in known)
        problem = f"There is no variable “{variable}”" if variable else "Which variable is missing"
        raise AnnotatorError(f"{problem}; choose from {known_ones}.")
    comparison = known[variable]
    if code is None and comparison.level is Level.SET:
        raise AnnotatorError(
            f"{variable} holds sets of codes; choose the code to diagnose, one of "
            f"{', '.join(comparison.labels)}."
        )
    ratings = _of_passages(project, made, comparison.ratings)
    labels = dict(comparison.labels)
    if code is not None:
        if code not in labels:
            raise AnnotatorError(
                f"{variable} has no code {code!r}; choose from {', '.join(labels)}."
            )
        ratings, labels = ratings.of_code(code), {}
    return VariableDiagnosis(
        made.round,
        variable,
        code,
        labels,
        diagnose(ratings, smoothing=smoothing, starts=starts, seed=seed),
    )


def _comparisons(made: ComparedCodings) -> Iterator[Comparison]:
    """What is compared passage by passage and has categories."""
    found: list[Comparison] = []
    for variable in made.codebook.variables_of(PASSAGE):
        said = Said()
        for cell, form in made.forms.items():
            if variable.id in form:
                said.add(cell, answer_text(form[variable.id], variable))
        found += comparisons(variable, said, made.coded)
    found += [one.comparison for one in projections(made.forms, made.coded, made.codebook)]
    return (one for one in found if one.level in (Level.NOMINAL, Level.ORDINAL, Level.SET))


def _of_passages(project: Project, made: ComparedCodings, ratings: Ratings) -> Ratings:
    """The ratings with passages named as people know them."""
    titles = {row.key: row.headline or row.name for row in reports(project, training=True)}
    names = [
        f"{titles[report]}, passage {number}"
        for report, number in (made.places[passage] for passage in made.coded.rows)
    ]
    return replace(ratings, units=names)
