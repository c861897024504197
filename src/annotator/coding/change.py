"""Changes to a coding: each takes one and gives a new one.

These know nothing of keys, screens or storage; `annotator.work.session` makes them durable and
undoable.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.coding.form import new_record_id, value_from_form
from annotator.coding.model import (
    Answer,
    Coding,
    Override,
    Record,
    Span,
    State,
    Value,
    with_record,
)
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
    return _implied(variable.default, variable)


def _implied(form: Any, variable: Variable) -> Answer:
    """What a codebook implies for a variable: a value, or one of the other states."""
    if isinstance(form, Mapping) and "state" in form:
        return Answer(state=State(form["state"]))
    return Answer(value_from_form(form, variable))


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
    code only, picking it again takes it away too. Evidence, doubt and note stay with the answer;
    it is no longer marked as inferred or as a candidate's.
    """
    before = answer.value if answer and answer.state is State.STATED else None
    kept = by_hand(answer)
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
    return replace(by_hand(answer), value=(), state=State.STATED)


def set_state(answer: Answer | None, state: State) -> Answer:
    """The answer in a state other than stated; its value goes, the rest stays."""
    return replace(by_hand(answer), value=None, state=state)


def by_hand(answer: Answer | None) -> Answer:
    """An answer about to get another value by hand: its marks of where the value came from go."""
    return replace(answer or Answer(()), inferred=False, candidate=False)


def take_candidate(
    answer: Answer | None, variable: Variable, value: Value, span: Span | None
) -> Answer:
    """The answer after words of the passage were taken for its value.

    A code is added to the others of a question that takes several; anything else takes the place
    of what stood there, with its words. Where the value stands already, the words are added to it.
    The answer is marked as a candidate's as long as nothing of its value was given by hand.

    Args:
        answer: The answer so far.
        variable: The question.
        value: What the words say: one code for a question of several.
        span: The words; None for a question that takes none.
    """
    before = answer.value if answer and answer.state is State.STATED else None
    several = variable.type is VariableType.CODES
    chosen = before if several and isinstance(before, tuple) else ()
    kept = replace(answer or Answer(()), inferred=False)
    if several:
        stands = value in chosen
        new: Value = tuple(code.id for code in variable.codes if code.id in (*chosen, value))
        candidate = kept.candidate if chosen else True
    else:
        stands, new, candidate = says_the_same(before, value), value, True
    if stands and answer is not None:
        return replace(answer, evidence=_with(answer.evidence, span))
    words = _with(kept.evidence if several and chosen else (), span)
    return replace(kept, value=new, state=State.STATED, evidence=words, candidate=candidate)


def says_the_same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are the same but for the words a date was read from."""
    if isinstance(one, DateValue) and isinstance(other, DateValue):
        return replace(one, words="") == replace(other, words="")
    return one == other


def _with(spans: tuple[Span, ...], span: Span | None) -> tuple[Span, ...]:
    return spans if span is None or span in spans else tuple(sorted((*spans, span)))


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
    left = _without_links(with_record(coding, replace(above, records=rest)), codebook, gone)
    return replace(left, overrides=tuple(one for one in left.overrides if one.record not in gone))


def copy_record(coding: Coding, codebook: Codebook, record_id: str) -> tuple[Coding, str]:
    """The coding with a copy of a record right after it, and the copy's id.

    The copy has the answers and the records inside, under ids of their own, but no evidence: the
    words behind one claim are not the words behind another. Links among the copied records lead to
    their copies.

    Raises:
        KeyError: There is no such record; the passage itself is none.
    """
    if not record_id:
        raise KeyError(record_id)
    original = coding.record(record_id)
    taken = {record.id for _, record in coding.walk()}
    names: dict[str, str] = {}
    for record in (original, *_inside(original)):
        names[record.id] = new_record_id(taken)
        taken.add(names[record.id])
    above = coding.record(coding.parent_of(record_id))
    at = [record.id for record in above.records].index(record_id) + 1
    copied = _copied(original, codebook, names)
    records = (*above.records[:at], copied, *above.records[at:])
    return with_record(coding, replace(above, records=records)), copied.id


def _copied(record: Record, codebook: Codebook, names: Mapping[str, str]) -> Record:
    answers: dict[str, Answer] = {}
    for variable_id, answer in record.answers.items():
        value = answer.value
        if codebook.variable(variable_id).type is VariableType.LINK and isinstance(value, tuple):
            value = tuple(names.get(target, target) for target in value)
        answers[variable_id] = replace(answer, value=value, evidence=(), candidate=False)
    inner = tuple(_copied(other, codebook, names) for other in record.records)
    return Record(names[record.id], record.unit, answers, (), inner)


def shift_record(coding: Coding, record_id: str, step: int) -> Coding:
    """The coding with a record moved before (−1) or after (+1) its neighbour of the same unit.

    At the end of the row nothing changes.

    Raises:
        KeyError: There is no such record; the passage itself is none.
    """
    if not record_id:
        raise KeyError(record_id)
    above = coding.record(coding.parent_of(record_id))
    records = list(above.records)
    here = [record.id for record in records].index(record_id)
    there = here + step
    if not 0 <= there < len(records) or records[there].unit != records[here].unit:
        return coding
    records[here], records[there] = records[there], records[here]
    return with_record(coding, replace(above, records=tuple(records)))


def set_override(coding: Coding, check: str, record_id: str, reason: str) -> Coding:
    """The coding with the reason for letting a check stand on a record; an empty one takes it away.

    Args:
        coding: The coding.
        check: The id of the check.
        record_id: The record it fired on; empty for the passage.
        reason: The coder's reason.
    """
    others = [one for one in coding.overrides if (one.check, one.record) != (check, record_id)]
    if reason.strip():
        others.append(Override(check, record_id, reason.strip()))
    return replace(coding, overrides=tuple(sorted(others)))


def take_offer(
    coding: Coding, codebook: Codebook, record_id: str, given: Iterable[tuple[str, object]]
) -> Coding:
    """The coding with the answers an offer implies, marked inferred for good.

    Evidence, doubt and note of an answer that is replaced stay with it.

    Args:
        coding: The coding.
        codebook: Its codebook.
        record_id: The record the offer is about.
        given: Pairs of a variable and its value in plain form.
    """
    for variable_id, form in given:
        implied = _implied(form, codebook.variable(variable_id))
        if (kept := coding.answer(record_id, variable_id)) is not None:
            implied = replace(implied, evidence=kept.evidence, unsure=kept.unsure, note=kept.note)
        coding = set_answer(coding, record_id, variable_id, replace(implied, inferred=True))
    return coding


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


def parse_entry(text: str, variable: Variable, reported: date | None = None) -> Answer:
    """What a coder typed into a field, as an answer.

    In a count, date or number, `n`, `u` and `x` alone say not stated, unknown and not applicable.

    Args:
        text: What was typed.
        variable: The variable it answers.
        reported: The date of the report, which ends a span of time left open: `2011-03..`.

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
            return Answer(DateValue.parse(text, reported))
        case VariableType.NUMBER:
            plain = text.translate(DIGITS).strip()
            if not _NUMBER.fullmatch(plain):
                raise ValueError("write a number, such as 3 or 2.5")
            number = float(plain) if "." in plain else int(plain)
            return Answer(value_from_form(number, variable))
    raise ValueError("this question is answered by picking, not by typing")
