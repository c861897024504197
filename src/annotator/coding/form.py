"""A coding as plain data (JSON or YAML), and back.

The form is that of the worked examples: passage-level variables at the top level, the records of
a repeating unit in a list under its name, `none: reason` where there is no record. An answer that
is nothing but its value is written as that value; any other is a mapping of `value`, `state`,
`evidence`, `unsure`, `note`, `inferred` and `candidate`. `overrides` is a list of `check`,
`record`, `reason`; `note` at the top level is on the passage as a whole. Evidence is written with
its offsets and its words; when reading, words alone will do if they stand exactly once in the
passage.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.coding.model import Answer, Coding, Override, Record, Span, State, Value
from annotator.coding.values import Count, DateKind, DatePrecision, DateValue, precision_of

_MARKS = ("unsure", "inferred", "candidate")
_ANSWER_FIELDS = frozenset({"value", "state", "evidence", "note", *_MARKS})
_OVERRIDE_FIELDS = frozenset({"check", "record", "reason"})
_STATES = {state.value: state for state in State}
_LARGEST = sys.float_info.max
_DATE_FIELDS = frozenset({"start", "end", "precision", "kind", "words"})


class FormError(ValueError):
    """Plain data that is no coding under this codebook; the message says where and why."""


def canonical(data: object) -> str:
    """The one JSON text of some plain data: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- writing -------------------------------------------------------------------------------------


def to_form(coding: Coding) -> dict[str, Any]:
    """A coding as plain data that `from_form` reads back to an equal coding."""
    form = _record_form(Record("", PASSAGE, coding.answers, (), coding.records))
    if coding.none:
        form["none"] = coding.none
    if coding.overrides:
        form["overrides"] = [
            {"check": one.check, "record": one.record, "reason": one.reason}
            for one in coding.overrides
        ]
    if coding.note:
        form["note"] = coding.note
    return form


def _record_form(record: Record) -> dict[str, Any]:
    form: dict[str, Any] = {"id": record.id} if record.id else {}
    for variable_id, answer in record.answers.items():
        form[variable_id] = _written(answer)
    for inner in record.records:
        form.setdefault(inner.unit, []).append(_record_form(inner))
    if record.evidence:
        form["evidence"] = _spans_form(record.evidence)
    return form


def _written(answer: Answer) -> object:
    marks = [name for name in _MARKS if getattr(answer, name)]
    more = answer.evidence or answer.note or marks
    plain = answer.state is State.STATED and not more
    value = None if answer.value is None else value_form(answer.value)
    if plain:
        return value
    form: dict[str, Any] = {}
    if answer.state is State.STATED:
        form["value"] = value
    else:
        form["state"] = answer.state.value
    if answer.evidence:
        form["evidence"] = _spans_form(answer.evidence)
    if answer.note:
        form["note"] = answer.note
    return form | dict.fromkeys(marks, True)


def value_form(value: Value) -> object:
    """A value as plain data: a count as its text, a date as a mapping, codes as a list."""
    if isinstance(value, Count):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, DateValue):
        form: dict[str, Any] = {"precision": value.precision.value, "kind": value.kind.value}
        if value.start and value.end:
            form |= {"start": value.start.isoformat(), "end": value.end.isoformat()}
        if value.words:
            form["words"] = value.words
        return form
    return value


def value_text(value: Value) -> str:
    """A value as one cell of a table: codes joined by `|`, the empty set as `{}`."""
    if isinstance(value, tuple):
        return "|".join(value) if value else "{}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _spans_form(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "text": span.text} for span in spans]


# --- taking apart --------------------------------------------------------------------------------


class AnswerForm(NamedTuple):
    """One answer as plain data, whichever of its two ways it was written in.

    `value` is None when the state is not `stated`; `evidence` holds mappings of start, end, text.
    """

    value: Any
    state: State
    evidence: Sequence[Mapping[str, Any]]
    unsure: bool
    note: str
    inferred: bool
    candidate: bool


def answer_form(form: Any) -> AnswerForm:
    """An answer's plain data taken apart, without building an answer from it.

    For codings that were checked when they came in: it checks nothing again, since whole rounds
    are compared and exported at once.
    """
    # A date alone is a mapping too, but one with neither a value nor a state.
    if isinstance(form, Mapping) and ("value" in form or "state" in form):
        return AnswerForm(
            form.get("value"),
            _STATES[form.get("state", State.STATED)],
            form.get("evidence", ()),
            form.get("unsure", False),
            form.get("note", ""),
            form.get("inferred", False),
            form.get("candidate", False),
        )
    return AnswerForm(form, State.STATED, (), False, "", False, False)


# --- reading -------------------------------------------------------------------------------------


def from_form(form: object, codebook: Codebook, text: str, start: int = 0) -> Coding:
    """Read a coding from plain data.

    Args:
        form: The data, as `to_form` writes it or a person does.
        codebook: The codebook it was made under.
        text: The text of the passage, to find and check the evidence in.
        start: Where the passage begins in its report, in code points.

    Raises:
        FormError: Something in it does not fit the codebook or the passage.
    """
    mapping = _mapping(form, "the coding")
    try:
        canonical(form).encode()
    except (UnicodeEncodeError, TypeError, ValueError):
        raise FormError("the coding holds something that no JSON file can hold") from None
    reader = _Reader(codebook, text, start)
    reader.collect_ids(mapping, PASSAGE, "")
    none = mapping.get("none", "")
    if not isinstance(none, str):
        raise FormError("`none` takes the id of a reason")
    record = reader.record(mapping, PASSAGE, "")
    reasons = {reason.id for unit in codebook.units for reason in unit.none_reasons}
    if none and none not in reasons:
        raise FormError(f"`none: {none}` is no reason this codebook lists")
    if none and record.records:
        raise FormError("`none` says that there is no record, yet there are some")
    note = mapping.get("note", "")
    if not isinstance(note, str):
        raise FormError("`note` is text")
    ids = {"", *reader.ids}
    return Coding(record.answers, record.records, none, _overrides(mapping, ids), note)


def value_from_form(form: object, variable: Variable) -> Value:
    """Read one value of a variable from plain data.

    Raises:
        FormError: It is no value of that variable.
    """
    try:
        return _VALUE_READERS[variable.type](form, variable)
    except ValueError as error:
        raise FormError(f"{variable.id}: {error}") from None


def _overrides(form: Mapping[str, Any], records: set[str]) -> tuple[Override, ...]:
    listed = form.get("overrides", [])
    if not isinstance(listed, list):
        raise FormError("overrides: takes a list of check, record and reason")
    found: dict[tuple[str, str], Override] = {}
    for number, item in enumerate(listed, 1):
        fields = _mapping(item, f"overrides {number}: ")
        if fields.keys() - _OVERRIDE_FIELDS or not all(isinstance(x, str) for x in fields.values()):
            raise FormError(f"overrides {number}: takes check, record and reason, all text")
        one = Override(fields.get("check", ""), fields.get("record", ""), fields.get("reason", ""))
        if not one.check or not one.reason.strip() or one.record not in records:
            raise FormError(f"overrides {number}: needs a check, a reason and a record there is")
        if found.setdefault((one.check, one.record), one) != one:
            raise FormError(f"overrides {number}: {one.check} has another reason there already")
    return tuple(sorted(found.values()))


class _Reader:
    """Reads records under one codebook and one passage, giving ids to those without one."""

    def __init__(self, codebook: Codebook, text: str, start: int) -> None:
        self.codebook = codebook
        self.text = text
        self.start = start
        self.ids: set[str] = set()

    def collect_ids(self, form: Mapping[str, Any], unit_id: str, where: str) -> None:
        """Note the ids that records were given, so that those without one get another."""
        for unit in self.codebook.units_in(unit_id):
            for number, item in enumerate(_records(form, unit.id, where), 1):
                place = f"{where}{unit.id} {number}: "
                given = item.get("id", "")
                if not isinstance(given, str):
                    raise FormError(f"{place}id: takes text")
                if given in self.ids:
                    raise FormError(f"{place}id: {given!r} is used twice")
                if given:
                    self.ids.add(given)
                self.collect_ids(item, unit.id, place)

    def record(self, form: Mapping[str, Any], unit_id: str, where: str) -> Record:
        answers: dict[str, Answer] = {}
        inner: list[Record] = []
        units = {unit.id for unit in self.codebook.units_in(unit_id)}
        variables = {variable.id for variable in self.codebook.variables_of(unit_id)}
        known = {"id", "evidence"} if unit_id != PASSAGE else {"none", "overrides", "note"}
        for name in form:
            if name not in units | variables | known:
                raise FormError(f"{where}{name}: the codebook has no such variable or unit here")
        for variable in self.codebook.variables_of(unit_id):
            if variable.id in form:
                answers[variable.id] = self.answer(form[variable.id], variable, where)
        record_id = form.get("id", "")
        if not record_id and unit_id != PASSAGE:
            record_id = new_record_id(self.ids)
            self.ids.add(record_id)
        for unit in self.codebook.units_in(unit_id):
            for number, item in enumerate(_records(form, unit.id, where), 1):
                inner.append(self.record(item, unit.id, f"{where}{unit.id} {number}: "))
        return Record(
            record_id, unit_id, answers, self.spans(form.get("evidence", []), where), tuple(inner)
        )

    def answer(self, form: object, variable: Variable, where: str) -> Answer:
        is_date = variable.type is VariableType.DATE and isinstance(form, Mapping)
        is_full = isinstance(form, Mapping) and not (is_date and form.keys() <= _DATE_FIELDS)
        fields = _mapping(form, f"{where}{variable.id}") if is_full else {"value": form}
        if unknown := fields.keys() - _ANSWER_FIELDS:
            raise FormError(f"{where}{variable.id}: unknown field {min(unknown)!r}")
        try:
            state = State(str(fields.get("state", "stated")))
        except ValueError:
            raise FormError(f"{where}{variable.id}: state is one of {', '.join(State)}") from None
        if (state is State.STATED) != ("value" in fields):
            raise FormError(f"{where}{variable.id}: give a value or another state, not both")
        note = fields.get("note", "")
        if not isinstance(note, str):
            raise FormError(f"{where}{variable.id}: note is text")
        marks: dict[str, bool] = {}
        for name in _MARKS:
            mark = fields.get(name, False)
            if not isinstance(mark, bool):
                raise FormError(f"{where}{variable.id}: {name} is true or false")
            marks[name] = mark
        try:
            value = value_from_form(fields["value"], variable) if "value" in fields else None
        except FormError as error:
            raise FormError(f"{where}{error}") from None
        evidence = self.spans(fields.get("evidence", []), f"{where}{variable.id}: ")
        return Answer(value, state, evidence, note=note, **marks)

    def spans(self, form: object, where: str) -> tuple[Span, ...]:
        items = form if isinstance(form, list) else [form]
        return tuple(self._span(item, where) for item in items)

    def _span(self, form: object, where: str) -> Span:
        if isinstance(form, str):
            found = self.text.find(form) if form else -1
            if found < 0:
                raise FormError(f"{where}the evidence {form!r} does not stand in the passage")
            if self.text.find(form, found + 1) >= 0:
                raise FormError(
                    f"{where}the evidence {form!r} stands more than once in the passage; "
                    "give more words, or its start and end"
                )
            at = self.start + found
            return Span(at, at + len(form), form)
        fields = _mapping(form, f"{where}evidence")
        start, end, words = fields.get("start"), fields.get("end"), fields.get("text")
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(words, str)):
            raise FormError(f"{where}evidence needs start, end and text")
        if not (
            self.start <= start < end <= self.start + len(self.text)
            and self.text[start - self.start : end - self.start] == words
        ):
            raise FormError(f"{where}the evidence {words!r} does not stand at {start}-{end}")
        return Span(start, end, words)


def new_record_id(taken: Iterable[str]) -> str:
    """The first of `r1`, `r2`, … that is not taken."""
    used = set(taken)
    number = len(used) + 1
    while f"r{number}" in used:
        number += 1
    return f"r{number}"


def _records(form: Mapping[str, Any], unit_id: str, where: str) -> list[Mapping[str, Any]]:
    records = form.get(unit_id, [])
    if not isinstance(records, list):
        raise FormError(f"{where}{unit_id}: takes a list of records")
    return [
        _mapping(item, f"{where}{unit_id} {number}: ") for number, item in enumerate(records, 1)
    ]


def _mapping(form: object, where: str) -> Mapping[str, Any]:
    if not isinstance(form, Mapping) or not all(isinstance(key, str) for key in form):
        raise FormError(f"{where} must be a mapping of names to answers")
    return form


def _code(form: object, variable: Variable) -> str:
    if not isinstance(form, str) or form not in {code.id for code in variable.codes}:
        raise FormError(f"{form!r} is none of its codes")
    return form


def _codes(form: object, variable: Variable) -> tuple[str, ...]:
    items = form if isinstance(form, list | tuple) else [form]
    chosen = {_code(item, variable) for item in items}
    return tuple(code.id for code in variable.codes if code.id in chosen)


def _count(form: object, variable: Variable) -> Count:
    if isinstance(form, bool) or not isinstance(form, str | int):
        raise FormError("a count is a number or text such as '12+'")
    return Count.parse(str(form))


def _date(form: object, variable: Variable) -> DateValue:
    if isinstance(form, str):
        return DateValue.parse(form)
    fields = _mapping(form, "a date")
    if unknown := fields.keys() - _DATE_FIELDS:
        raise FormError(f"unknown field {min(unknown)!r}")
    if not all(isinstance(value, str) for value in fields.values()):
        raise FormError("every part of a date is text, in quotes")
    start = _day(fields["start"]) if "start" in fields else None
    end = _day(fields["end"]) if "end" in fields else None
    if "precision" in fields:
        precision = DatePrecision(fields["precision"])
    elif start is not None and end is not None:
        precision = precision_of(start, end)
    else:
        raise FormError("a date needs a start and an end, or precision '9'")
    kind = DateKind(fields.get("kind", "event"))
    return DateValue(start, end, precision, kind, fields.get("words", ""))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormError(f"there is no such day as {text!r}; write it as 2016-12-21") from None


def _number(form: object, variable: Variable) -> int | float:
    if isinstance(form, bool) or not isinstance(form, int | float):
        raise FormError("takes a number")
    # An integer may be too large for any float, which tables and agreement make of it.
    if not -_LARGEST <= form <= _LARGEST:
        raise FormError("takes a number, and a finite one")
    low, high = variable.minimum, variable.maximum
    if (low is not None and form < low) or (high is not None and form > high):
        bounds = (
            f"at least {low:g}" if low is not None else "",
            f"at most {high:g}" if high is not None else "",
        )
        raise FormError(f"must be {' and '.join(bound for bound in bounds if bound)}")
    return form


def _text(form: object, variable: Variable) -> str:
    if not isinstance(form, str) or not form.strip():
        raise FormError("takes text")
    return form


def _yes_no(form: object, variable: Variable) -> bool:
    if not isinstance(form, bool):
        raise FormError("takes true or false")
    return form


def _link(form: object, variable: Variable) -> tuple[str, ...]:
    items = form if isinstance(form, list | tuple) else [form]
    if not all(isinstance(item, str) and item for item in items):
        raise FormError("takes the ids of records")
    return tuple(dict.fromkeys(str(item) for item in items))


_VALUE_READERS: Mapping[VariableType, Callable[[object, Variable], Value]] = {
    VariableType.CODE: _code,
    VariableType.SCALE: _code,
    VariableType.CODES: _codes,
    VariableType.COUNT: _count,
    VariableType.DATE: _date,
    VariableType.NUMBER: _number,
    VariableType.TEXT: _text,
    VariableType.YES_NO: _yes_no,
    VariableType.LINK: _link,
}
