"""How one variable's answers become cells: in the long table, and in the wide ones.

An answer's cells depend on nothing but its plain data, and a project repeats the same few answers
over and over, so the encoded cells of picked codes and of counts are kept and used again.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from annotator.codebook.model import CheckKind, Codebook, Variable, VariableType
from annotator.coding.form import AnswerForm, value_from_form, value_text
from annotator.coding.model import State
from annotator.coding.values import Count, CountForm, DateKind, DatePrecision
from annotator.exchange.csv_table import Field, flag_cell, number_cell, text_cell
from annotator.exchange.names import ColumnNames

STATES = {
    State.STATED.value: "the answer is a value",
    State.NOT_STATED.value: "the passage does not say",
    State.UNKNOWN.value: "the passage says that it is not known",
    State.NOT_APPLICABLE.value: "the question does not apply here",
}
COUNT_FORMS = {
    CountForm.EXACT.value: "a number: 9",
    CountForm.ABOUT.value: "about a number: ~30",
    CountForm.AT_LEAST.value: "at least a number: 12+",
    CountForm.AT_MOST.value: "at most a number: <=40",
    CountForm.RANGE.value: "between two numbers: 10-15",
    CountForm.BEST_IN_RANGE.value: "a best number with a range: 12 (12-20)",
    CountForm.VAGUE.value: "a vague word with a floor: v12",
}
DATE_PRECISIONS = {
    DatePrecision.DAY.value: "a day",
    DatePrecision.WEEK.value: "up to seven days",
    DatePrecision.MONTH.value: "up to a month",
    DatePrecision.YEAR.value: "up to a year",
    DatePrecision.LONGER.value: "longer than a year",
    DatePrecision.NONE.value: "no date",
}
DATE_KINDS = {
    DateKind.EVENT.value: "places one event",
    DateKind.WINDOW.value: "bounds the time that an aggregate covers",
}
CANDIDATE_MEANING = (
    "the value was taken from words that were offered in the passage and not changed since; "
    "0 if the coder gave it"
)
INFERRED_MEANING = "the codebook offered the answer and the coder took it; 0 if the coder gave it"
EMPTY_SET = "{}"
_KEPT = frozenset({VariableType.CODE, VariableType.CODES, VariableType.SCALE, VariableType.COUNT})

VALUE_FIELDS = (
    Field("value", "string", "one chosen code, or the value as text; {} where none was chosen"),
    Field("label", "string", "the label of the code in the codebook version of the coding"),
    Field("state", "string", "whether there is a value, and if not, why", True, STATES),
    Field("low", "integer", "count: the least number of people claimed"),
    Field("best", "integer", "count: the number claimed, where the words give one"),
    Field("high", "integer", "count: the greatest number of people claimed"),
    Field("form", "string", "count: how the source puts it", codes=COUNT_FORMS),
    Field("number", "number", "the value of a variable of the type number"),
    Field("date_start", "date", "date: the first possible day"),
    Field("date_end", "date", "date: the last possible day, inclusive"),
    Field("date_precision", "string", "date: how exact it is", codes=DATE_PRECISIONS),
    Field("date_kind", "string", "date: an event or a window", codes=DATE_KINDS),
    Field("date_words", "string", "date: the words of the passage it was read from"),
)
"""The columns of the long table that hold an answer's value; one row for each chosen code."""

_BLANK_AFTER_STATE = "," * (len(VALUE_FIELDS) - 3)


class LongCells:
    """Makes the value cells of one variable for the long table.

    Args:
        variable: The variable, in the codebook version of the codings.
    """

    def __init__(self, variable: Variable) -> None:
        self._variable = variable
        self._labels = {code.id: code.label for code in variable.codes}
        self._kept: dict[Hashable, tuple[str, ...]] = {}

    def rows(self, answer: AnswerForm) -> tuple[str, ...]:
        """The encoded cells of `VALUE_FIELDS`, once for each row the answer takes."""
        if answer.state != State.STATED:
            return (f",,{text_cell(answer.state)}{_BLANK_AFTER_STATE}",)
        if self._variable.type not in _KEPT:
            return self._rows(answer.value)
        key = tuple(answer.value) if isinstance(answer.value, list) else answer.value
        if (rows := self._kept.get(key)) is None:
            rows = self._kept[key] = self._rows(answer.value)
        return rows

    def _rows(self, value: Any) -> tuple[str, ...]:
        match self._variable.type:
            case VariableType.COUNT:
                count = Count.parse(value)
                numbers = ",".join(map(number_cell, (count.low, count.best, count.high)))
                return (_value_row(value, numbers=numbers, form=count.form.value),)
            case VariableType.NUMBER:
                return (_value_row(repr(value), number=number_cell(value)),)
            case VariableType.DATE:
                text = value_text(value_from_form(value, self._variable))
                return (
                    _value_row(
                        text,
                        date=",".join([*_date_cells(value), text_cell(value.get("words", ""))]),
                    ),
                )
            case VariableType.YES_NO:
                return (_value_row(value_text(value)),)
            case VariableType.TEXT:
                return (_value_row(value),)
        items = value if isinstance(value, list) else [value]
        if not items:
            return (_value_row(EMPTY_SET),)
        return tuple(_value_row(item, self._labels.get(item, "")) for item in items)


def _value_row(
    value: str,
    label: str = "",
    *,
    numbers: str = ",,",
    form: str = "",
    number: str = "",
    date: str = ",,,,",
) -> str:
    stated = text_cell(State.STATED.value)
    first = f"{text_cell(value)},{text_cell(label)},{stated}"
    return f"{first},{numbers},{text_cell(form)},{number},{date}"


def _date_cells(form: dict[str, str]) -> list[str]:
    days = [form.get("start", ""), form.get("end", "")]
    return [*days, text_cell(form["precision"]), text_cell(form["kind"])]


class WideColumns:
    """The columns of one variable in the wide tables: one for each thing an answer can say.

    Args:
        versions: The variable in each codebook version that has it, the newest first; all of one
            type.
        names: Hands out the names of the columns.
        offered: Whether an offer of a codebook in use can give it, so that there is a column for
            whether it did.
    """

    def __init__(self, versions: Sequence[Variable], names: ColumnNames, *, offered: bool) -> None:
        self.codes = _codes_of(versions)
        self.offered = offered
        self.fields = self._make_fields(versions[0], names)
        self.blank = "," * (len(self.fields) - 1)
        self.before_state = self.blank[1:] if offered else self.blank

    def _make_fields(self, variable: Variable, names: ColumnNames) -> tuple[Field, ...]:
        about = f"{variable.id}: {variable.question}"
        made: list[Field] = []

        def add(ending: str, kind: str, more: str, codes: dict[str, str] | None = None) -> None:
            name = names.take(f"{variable.id}{ending}")
            made.append(Field(name, kind, f"{about} {more}".strip(), codes=codes or {}))

        match variable.type:
            case VariableType.CODES:
                for code_id, label in self.codes.items():
                    add(f"__{code_id}", "boolean", f"(code {code_id}: {label}; 1 chosen, 0 not)")
            case VariableType.COUNT:
                add("", "string", "(as the coder wrote it)")
                add("_low", "integer", "(the least number of people claimed)")
                add("_best", "integer", "(the number claimed, where the words give one)")
                add("_high", "integer", "(the greatest number of people claimed)")
                add("_form", "string", "(how the source puts it)", COUNT_FORMS)
            case VariableType.DATE:
                add("_start", "date", "(the first possible day)")
                add("_end", "date", "(the last possible day, inclusive)")
                add("_precision", "string", "(how exact it is)", DATE_PRECISIONS)
                add("_kind", "string", "(an event or a window)", DATE_KINDS)
            case VariableType.NUMBER:
                add("", "number", "")
            case VariableType.YES_NO:
                add("", "boolean", "(1 yes, 0 no)")
            case VariableType.LINK:
                add("", "string", "(the records it points at, joined by |; {} for none)")
            case VariableType.TEXT:
                add("", "string", "")
            case _:
                add("", "string", "", self.codes)
        add("_state", "string", "(whether there is a value, and if not, why)", STATES)
        if self.offered:
            add("_inferred", "boolean", f"(1 if {INFERRED_MEANING})")
        return tuple(made)


class WideCells:
    """Makes the cells of one variable's wide columns for codings of one codebook version.

    Args:
        columns: The columns.
        variable: The variable in that version. A code that another version added has an empty
            cell, not a 0: nobody was asked about it.
    """

    def __init__(self, columns: WideColumns, variable: Variable) -> None:
        self._type = variable.type
        self._blank = columns.blank
        self._before_state = columns.before_state
        self._shows_inferred = columns.offered
        offered = {code.id for code in variable.codes}
        self._codes = tuple((code, code in offered) for code in columns.codes)
        self._kept: dict[Hashable, str] = {}

    def cells(self, answer: AnswerForm | None) -> str:
        """The encoded cells, joined by commas; all empty for a missing answer."""
        if answer is None:
            return self._blank
        cells = self._up_to_state(answer)
        return f"{cells},{flag_cell(answer.inferred)}" if self._shows_inferred else cells

    def _up_to_state(self, answer: AnswerForm) -> str:
        if answer.state != State.STATED:
            return f"{self._before_state}{text_cell(answer.state)}"
        if self._type not in _KEPT:
            return self._cells(answer.value)
        key = tuple(answer.value) if isinstance(answer.value, list) else answer.value
        if (cells := self._kept.get(key)) is None:
            cells = self._kept[key] = self._cells(answer.value)
        return cells

    def _cells(self, value: Any) -> str:
        return f"{','.join(self._value_cells(value))},{text_cell(State.STATED.value)}"

    def _value_cells(self, value: Any) -> list[str]:
        match self._type:
            case VariableType.CODES:
                return [
                    flag_cell(code in value) if offered else "" for code, offered in self._codes
                ]
            case VariableType.COUNT:
                count = Count.parse(value)
                numbers = map(number_cell, (count.low, count.best, count.high))
                return [text_cell(value), *numbers, text_cell(count.form.value)]
            case VariableType.DATE:
                return _date_cells(value)
            case VariableType.NUMBER:
                return [number_cell(value)]
            case VariableType.YES_NO:
                return [flag_cell(value)]
            case VariableType.LINK:
                return [text_cell("|".join(value) or EMPTY_SET)]
        return [text_cell(value)]


def _codes_of(versions: Iterable[Variable]) -> dict[str, str]:
    found: dict[str, str] = {}
    for variable in versions:
        for code in variable.codes:
            found.setdefault(code.id, code.label)
    return found


class WideLayout:
    """The columns of the variables of some units, over all codebook versions in use.

    A variable that keeps its id, unit and type from one version to the next keeps its columns;
    one that changes any of these gets columns of its own, told apart by a number. A variable that
    an offer of a codebook can give has a column for whether it did.

    Args:
        codebooks: The versions in use by their SHA-256, the newest first.
        units: The ids of the units.
        taken: Names of the columns that stand before these.
    """

    def __init__(
        self, codebooks: Mapping[str, Codebook], units: frozenset[str], taken: Iterable[str]
    ) -> None:
        names = ColumnNames(taken)
        versions: dict[tuple[str, str, VariableType], list[Variable]] = {}
        for codebook in codebooks.values():
            for variable in codebook.variables:
                if variable.unit in units:
                    key = (variable.id, variable.unit, variable.type)
                    versions.setdefault(key, []).append(variable)
        given = {
            name
            for codebook in codebooks.values()
            for check in codebook.checks
            if check.kind is CheckKind.OFFER
            for name, _ in check.give
        }
        groups = {
            key: WideColumns(found, names, offered=key[0] in given)
            for key, found in versions.items()
        }
        self.fields = tuple(column for group in groups.values() for column in group.fields)
        self._under = {
            sha256: [_under(codebook, key, group) for key, group in groups.items()]
            for sha256, codebook in codebooks.items()
        }

    def cells(self, sha256: str, unit: str, answers: Mapping[str, AnswerForm]) -> str:
        """The encoded cells of one record.

        Args:
            sha256: The codebook version the coding was made under.
            unit: The unit of the record.
            answers: The answers of the record by variable.
        """
        return ",".join(
            blank if encoder is None or of != unit else encoder.cells(answers.get(name))
            for name, of, blank, encoder in self._under[sha256]
        )


def _under(
    codebook: Codebook, key: tuple[str, str, VariableType], columns: WideColumns
) -> tuple[str, str, str, WideCells | None]:
    for variable in codebook.variables:
        if (variable.id, variable.unit, variable.type) == key:
            return key[0], key[1], columns.blank, WideCells(columns, variable)
    return key[0], key[1], columns.blank, None
