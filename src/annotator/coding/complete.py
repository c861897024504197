"""Whether a coding is complete: what is asked, what is missing, what no longer applies."""

from dataclasses import replace
from typing import NamedTuple

from annotator.codebook.model import Codebook, EvidenceRule, Variable
from annotator.coding.change import defaults
from annotator.coding.model import Answer, Coding, Record, State, with_record


class Gap(NamedTuple):
    """Something that must be there before a coding can be submitted.

    `record` is the id of the record (empty: the passage), `variable` the variable it is about
    (empty: the record itself; the id of a unit: there is no record of it and no reason why),
    `sentence` says what is missing.
    """

    record: str
    variable: str
    sentence: str


def asked(coding: Coding, codebook: Codebook, record_id: str) -> tuple[Variable, ...]:
    """The variables of a record that are asked now: those whose `when` is met."""
    record = coding.record(record_id)
    return tuple(
        variable
        for variable in codebook.variables_of(record.unit)
        if variable.when is None or applies(coding, codebook, record_id, variable)
    )


def applies(coding: Coding, codebook: Codebook, record_id: str, variable: Variable) -> bool:
    """Whether the `when` of a variable is met in a record or in the records it lies in.

    A variable whose condition names one that itself does not apply does not apply either.
    """
    if variable.when is None:
        return True
    for name, wanted in variable.when:
        other = codebook.variable(name)
        place = _place_of(coding, codebook, record_id, other)
        if not applies(coding, codebook, place, other):
            return False
        answer = coding.answer(place, name)
        if answer is None or answer.state is not State.STATED:
            return False
        if not _values(answer.value) & _meeting(other, wanted):
            return False
    return True


def _place_of(coding: Coding, codebook: Codebook, record_id: str, variable: Variable) -> str:
    """The record, at or above this one, that a variable belongs to."""
    while coding.record(record_id).unit != variable.unit:
        record_id = coding.parent_of(record_id)
    return record_id


def _values(value: object) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset(value)
    if isinstance(value, bool):
        return frozenset({"true" if value else "false"})
    return frozenset({str(value)})


def _meeting(variable: Variable, wanted: tuple[str, ...]) -> frozenset[str]:
    if not variable.type.has_codes:
        return frozenset(wanted)
    return frozenset().union(*(variable.descendants(value) for value in wanted))


def pruned(coding: Coding, codebook: Codebook) -> Coding:
    """The coding without answers to questions that are not asked, as it is submitted.

    While coding they are kept, so that a slip in the question before costs nothing.
    """
    for _, record in coding.walk():
        kept = {variable.id for variable in asked(coding, codebook, record.id)}
        if record.answers.keys() - kept:
            answers = {name: answer for name, answer in record.answers.items() if name in kept}
            coding = with_record(coding, replace(coding.record(record.id), answers=answers))
    return coding


def gaps(coding: Coding, codebook: Codebook) -> list[Gap]:
    """Everything that is missing before the coding can be submitted, in the codebook's order."""
    found: list[Gap] = []
    for _, record in coding.walk():
        found.extend(_gaps_of(coding, codebook, record))
    return found


def _gaps_of(coding: Coding, codebook: Codebook, record: Record) -> list[Gap]:
    found: list[Gap] = []
    for variable in asked(coding, codebook, record.id):
        answer = record.answers.get(variable.id)
        if answer is None:
            if variable.required:
                found.append(Gap(record.id, variable.id, f"{variable.name} is not answered"))
        elif variable.evidence is EvidenceRule.REQUIRED and _lacks_words(answer):
            found.append(Gap(record.id, variable.id, f"{variable.name} has no words marked"))
    unit = codebook.unit(record.unit)
    if unit.evidence is EvidenceRule.REQUIRED and record.id and not record.evidence:
        found.append(Gap(record.id, "", f"{unit.label} {record.id} has no words marked"))
    if not record.id and not coding.none:
        for inner in codebook.units_in(unit.id):
            empty = all(other.unit != inner.id for other in record.records)
            if inner.none_reasons and empty:
                sentence = f"no {inner.label.lower()} yet: add one, or say why there is none"
                found.append(Gap("", inner.id, sentence))
    return found


def _lacks_words(answer: Answer) -> bool:
    # "Not stated" and "none of these" have no words behind them: that is what they say.
    return answer.state is State.STATED and answer.value != () and not answer.evidence


def with_defaults(coding: Coding, codebook: Codebook) -> Coding:
    """The coding with the defaults of the codebook where a question that is asked is open.

    Worked examples leave them out. The result is what a coder submits who changes none of them.
    """
    for _, record in coding.walk():
        answers = {**defaults(codebook, record.unit), **record.answers}
        coding = with_record(coding, replace(coding.record(record.id), answers=answers))
    return pruned(coding, codebook)
