"""Changes to a coding: each takes one and gives a new one.

These know nothing of keys, screens or storage; `annotator.work.session` makes them durable and
undoable.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.coding.form import new_record_id, value_from_form
from annotator.coding.model import Answer, Coding, Record, Span, State, with_record
from annotator.coding.values import DIGITS, Count, DateValue

_NUMBER = re.compile(r"-?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})")


def blank(codebook: Codebook) -> Coding:
    """A coding that nobody has touched: nothing but the defaults of the passage's variables."""
    return Coding(defaults(codebook, PASSAGE))


def defaults(codebook: Codebook, unit_id: str) -> Mapping[str, Answer]:
    """The answers that a new record of a unit starts with."""
    return {
        variable.id: default_answer(variable)
        for variable in codebook.variables_of(unit_id)
        if variable.default is not None
    }


def default_answer(variable: Variable) -> Answer:
    """The default of a variable as an answer; ValueError if it has none or a wrong one."""
    default: Any = variable.default
    if isinstance(default, Mapping):
        return Answer(state=State(default["state"]))
    return Answer(value_from_form(default, variable))


def set_answer(coding: Coding, record_id: str, variable_id: str, answer: Answer | None) -> Coding:
    """The coding with one answer given, replaced, or (None) taken away."""
    record = coding.record(record_id)
    answers = dict(record.answers)
    if answer is None:
        answers.pop(variable_id, None)
    else:
        answers[variable_id] = answer
    return with_record(coding, replace(record, answers=answers))


def choose(answer: Answer | None, variable: Variable, code_id: str) -> Answer | None:
    """The answer after a code was picked.

    For `codes` the pick adds the code or takes it away again, and taking the last one away leaves
    no answer at all: the empty set is said on purpose (`choose_none`), never by accident. For one
    code only, picking it again takes it away too. Evidence, doubt and note stay with the answer.
    """
    before = answer.value if answer and answer.state is State.STATED else None
    kept = answer or Answer(())
    if variable.type is not VariableType.CODES:
        return None if before == code_id else replace(kept, value=code_id, state=State.STATED)
    chosen = set(before) if isinstance(before, tuple) else set()
    chosen ^= {code_id}
    if not chosen:
        return None
    value = tuple(code.id for code in variable.codes if code.id in chosen)
    return replace(kept, value=value, state=State.STATED)


def choose_none(answer: Answer | None) -> Answer:
    """The answer of a coder who says that none of the codes applies: the empty set."""
    return replace(answer or Answer(()), value=(), state=State.STATED)


def set_state(answer: Answer | None, state: State) -> Answer:
    """The answer in a state other than stated; its value goes, the rest stays."""
    return replace(answer or Answer(()), value=None, state=state)


def add_evidence(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """The spans with one more, in the order of the text; one already there is taken away."""
    if span in spans:
        return tuple(other for other in spans if other != span)
    return tuple(sorted((*spans, span)))


def add_record(coding: Coding, codebook: Codebook, unit_id: str, parent: str) -> tuple[Coding, str]:
    """The coding with a new record after its parent's others of the unit, and that record's id.

    A coding with a record has no reason for having none, so `none` is cleared.
    """
    new = Record(
        new_record_id(record.id for _, record in coding.walk() if record.id),
        unit_id,
        defaults(codebook, unit_id),
    )
    above = coding.record(parent)
    # Kept in the codebook's order of units, as the plain-data form has it.
    order = [unit.id for unit in codebook.units]
    records = sorted((*above.records, new), key=lambda record: order.index(record.unit))
    changed = with_record(coding, replace(above, records=tuple(records)))
    return replace(changed, none=""), new.id


def remove_record(coding: Coding, codebook: Codebook, record_id: str) -> Coding:
    """The coding without a record and all that lies in it; links to any of these go too.

    Raises:
        KeyError: There is no such record; the passage itself is none.
    """
    if not record_id:
        raise KeyError(record_id)
    gone = {record_id, *(inner.id for inner in _inside(coding.record(record_id)))}
    above = coding.record(coding.parent_of(record_id))
    rest = tuple(record for record in above.records if record.id != record_id)
    return _without_links(with_record(coding, replace(above, records=rest)), codebook, gone)


def _inside(record: Record) -> list[Record]:
    return [found for inner in record.records for found in (inner, *_inside(inner))]


def _without_links(coding: Coding, codebook: Codebook, gone: set[str]) -> Coding:
    for _, record in coding.walk():
        for variable in codebook.variables_of(record.unit):
            answer = record.answers.get(variable.id)
            if variable.type is not VariableType.LINK or answer is None:
                continue
            targets = answer.value if isinstance(answer.value, tuple) else ()
            if gone & set(targets):
                left = tuple(target for target in targets if target not in gone)
                kept = replace(answer, value=left) if left else None
                coding = set_answer(coding, record.id, variable.id, kept)
    return coding


def set_none(coding: Coding, reason: str) -> Coding:
    """The coding with the reason for having no record; it must have none."""
    if coding.records and reason:
        raise ValueError("a passage with records needs no reason for having none")
    return replace(coding, none=reason)


def parse_entry(text: str, variable: Variable) -> Answer:
    """What a coder typed into a field, as an answer.

    In a count, date or number, `n`, `u` and `x` alone say not stated, unknown and not applicable.

    Raises:
        ValueError: The text is no value of the variable; the message says what one looks like.
    """
    short = {"n": State.NOT_STATED, "u": State.UNKNOWN, "x": State.NOT_APPLICABLE}
    if variable.type is VariableType.TEXT:
        return Answer(value_from_form(text.strip(), variable))
    if (state := short.get(text.strip().lower())) is not None:
        return Answer(state=state)
    match variable.type:
        case VariableType.COUNT:
            return Answer(Count.parse(text))
        case VariableType.DATE:
            return Answer(DateValue.parse(text))
        case VariableType.NUMBER:
            plain = text.translate(DIGITS).strip()
            if not _NUMBER.fullmatch(plain):
                raise ValueError("write a number, such as 3 or 2.5")
            number = float(plain) if "." in plain else int(plain)
            return Answer(value_from_form(number, variable))
    raise ValueError("this question is answered by picking, not by typing")
