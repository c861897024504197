"""What codings of one passage say, and where they differ.

Two codings say the same when their values and states are the same. Evidence, notes, doubts, the
words a date was read from, the ids of records and the order of records are no part of that, so
none of them makes a disagreement; nor are the marks of inferred answers and of candidates and the
reasons for letting a check stand, which say how a coder came to a value and not what it is.
Everything here works on codings as plain data (`annotator.coding.form`), because whole rounds are
compared at once.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import Any, TypeVar

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.form import answer_form
from annotator.coding.model import State

T = TypeVar("T")

Form = Mapping[str, Any]
"""A coding or a record as plain data."""

Records = Counter[Hashable]
"""What the records of one unit say: each distinct content, and how often it comes."""

NONE = "none"
"""The name under which the reason for having no record is compared."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one coding says; equal contents say the same.

    `answers` has an entry for every passage-level variable that is answered, `records` one for
    every unit directly in the passage that has a record, `none` is the reason for having none.
    """

    answers: Mapping[str, Hashable]
    records: Mapping[str, Records]
    none: str


# --- what a coding says --------------------------------------------------------------------------


def content(form: Form, codebook: Codebook) -> Content:
    """What a coding says, without all that does not count as a difference.

    A link says what the records it points at say (their own links left out): their ids mean
    nothing in another coding.
    """
    targets = link_targets(form, codebook)
    records = {
        unit.id: Counter(
            record_content(record, unit, codebook, targets) for record in form[unit.id]
        )
        for unit in codebook.units_in(PASSAGE)
        if form.get(unit.id)
    }
    return Content(dict(_answers(form, PASSAGE, codebook, targets)), records, form.get(NONE, ""))


def link_targets(form: Form, codebook: Codebook) -> Mapping[str, Hashable]:
    """What each record of a coding says without its links, by the record's id.

    Empty where the codebook has no links, since nothing else needs it.
    """
    if all(variable.type is not VariableType.LINK for variable in codebook.variables):
        return {}
    return {
        record["id"]: record_content(record, unit, codebook, None)
        for unit, record in _walk(form, PASSAGE, codebook)
    }


def record_content(
    record: Form, unit: Unit, codebook: Codebook, targets: Mapping[str, Hashable] | None
) -> Hashable:
    """What one record says, with all that lies in it.

    Args:
        record: The record as plain data.
        unit: What it is a record of.
        codebook: The codebook it was made under.
        targets: What the records of its coding say (`link_targets`); None leaves links out.
    """
    answers = tuple(_answers(record, unit.id, codebook, targets))
    inner = tuple(
        (below.id, _bag(record_content(one, below, codebook, targets) for one in record[below.id]))
        for below in codebook.units_in(unit.id)
        if record.get(below.id)
    )
    return unit.id, answers, inner


def _answers(
    record: Form, unit_id: str, codebook: Codebook, targets: Mapping[str, Hashable] | None
) -> Iterator[tuple[str, Hashable]]:
    for variable in codebook.variables_of(unit_id):
        if variable.id in record and (
            targets is not None or variable.type is not VariableType.LINK
        ):
            yield variable.id, answer_content(record[variable.id], variable, targets or {})


def answer_content(form: object, variable: Variable, targets: Mapping[str, Hashable]) -> Hashable:
    """What one answer says; see `record_content` for `targets`."""
    value, state, *_ = answer_form(form)
    if state is not State.STATED:
        return "state", state
    match variable.type:
        case VariableType.CODES:
            return frozenset(value)
        case VariableType.LINK:
            return _bag(targets.get(target, target) for target in value)
        case VariableType.DATE:
            return tuple(sorted((key, part) for key, part in value.items() if key != "words"))
    said: Hashable = value
    return said


def _bag(items: Iterator[Hashable]) -> frozenset[tuple[Hashable, int]]:
    return frozenset(Counter(items).items())


def _walk(form: Form, unit_id: str, codebook: Codebook) -> Iterator[tuple[Unit, Form]]:
    for unit in codebook.units_in(unit_id):
        for record in form.get(unit.id, ()):
            yield unit, record
            yield from _walk(record, unit.id, codebook)


# --- how far codings differ ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the codings of one passage differ.

    `score` runs from 0 (they say the same) to 1. `differing` and `agreed` name what at least one
    coding says at the level of the passage: ids of variables and of units in the codebook's
    order, then `none` for the reason for having no record.
    """

    score: float
    differing: tuple[str, ...]
    agreed: tuple[str, ...]


def extent(contents: Sequence[Content], codebook: Codebook) -> Extent:
    """How far the codings of one passage differ, and in what.

    The score is the mean, over all that at least one coding says at the level of the passage, of
    the mean distance between two codings. Sets of codes differ by MASI (Passonneau 2006), the
    records of a unit by the share of them that has no equal in the other coding, anything else by
    0 or 1; a question that one coder answered and another did not differs by 1.

    Args:
        contents: What two or more codings of one passage say.
        codebook: The codebook they were made under.
    """
    distances: dict[str, float] = {}
    for variable in codebook.variables_of(PASSAGE):
        said = [one.answers.get(variable.id) for one in contents]
        if any(value is not None for value in said):
            distances[variable.id] = _mean_of_pairs(said, _distance)
    for unit in codebook.units_in(PASSAGE):
        records = [one.records.get(unit.id, Records()) for one in contents]
        if any(records):
            distances[unit.id] = _mean_of_pairs(records, _records_distance)
    reasons = [one.none for one in contents]
    if any(reasons):
        distances[NONE] = _mean_of_pairs(reasons, _distance)
    differing = tuple(name for name, distance in distances.items() if distance > 0)
    agreed = tuple(name for name, distance in distances.items() if distance == 0)
    score = fsum(distances.values()) / len(distances) if distances else 0.0
    return Extent(score, differing, agreed)


def _mean_of_pairs(said: Sequence[T], distance: Callable[[T, T], float]) -> float:
    pairs = [distance(one, other) for one, other in combinations(said, 2)]
    return fsum(pairs) / len(pairs)


def _distance(one: Hashable, other: Hashable) -> float:
    if one == other:
        return 0.0
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        common, union = len(one & other), len(one | other)
        monotonicity = 2 / 3 if one < other or other < one else 1 / 3
        return 1.0 - common / union * monotonicity
    return 1.0


def _records_distance(one: Records, other: Records) -> float:
    union = (one | other).total()
    return 1.0 - (one & other).total() / union if union else 0.0
