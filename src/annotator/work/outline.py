"""A coding as the list of rows a coder goes through: questions, records, reasons for none.

The coding screen and the plain prompts both walk these rows, so what is asked, in what order and
with which keys is decided once, here.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from annotator.codebook.model import (
    PASSAGE,
    Code,
    Codebook,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)
from annotator.coding.change import default_answer
from annotator.coding.complete import asked
from annotator.coding.form import value_text
from annotator.coding.model import Answer, Coding, Record, State

YES_NO_CODES = (Code("true", "Yes", "y"), Code("false", "No", "n"))


class RowKind(StrEnum):
    """What a row asks for."""

    QUESTION = "question"
    RECORD = "record"
    NONE = "none"
    ADD = "add"


class Row(NamedTuple):
    """One line of the outline of a coding.

    `record` is the id of the record (empty: the passage). `name` is the variable's id for a
    question, empty for the line of a record itself, the unit's id for the line that asks why a
    passage has no record of it, `+` and the unit's id for the line where picking a code adds a
    record; together they say where the coder is. `codes` are what can be picked by key; `answer`
    is what has been answered. `untouched` says that it is the default of the codebook and nothing
    more, so that nobody may have looked at it. `there` is, on a line that adds, how many records
    of its unit there are already.
    """

    kind: RowKind
    record: str
    name: str
    unit: Unit
    depth: int
    title: str
    question: str
    codes: tuple[Code, ...] = ()
    variable: Variable | None = None
    answer: Answer | None = None
    chosen: frozenset[str] = frozenset()
    shown: str = ""
    words: int = 0
    there: int = 0
    untouched: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Where this row is: the record's id and the row's name in it."""
        return self.record, self.name

    @property
    def is_typed(self) -> bool:
        """Whether it is answered by typing."""
        return self.variable is not None and self.variable.type.is_typed

    @property
    def takes_several(self) -> bool:
        """Whether several codes can be picked, and so also none of them on purpose."""
        return self.variable is not None and self.variable.type is VariableType.CODES

    @property
    def wants(self) -> bool:
        """Whether a coder who goes through a record has to stop here.

        They do not where a default has answered already, nor at what may be left out and is picked
        among many; Tab goes there all the same.
        """
        match self.kind:
            case RowKind.RECORD:
                return self.unit.evidence is EvidenceRule.REQUIRED and not self.words
            case RowKind.NONE:
                return not self.chosen
            case RowKind.ADD:
                return True
        if self.variable is None:
            return True
        if self.is_typed:
            # "Not stated" by default is a question still; a value by default is an answer.
            return not self.untouched or self.answer is None or self.answer.value is None
        optional = self.takes_several or self.variable.type is VariableType.LINK
        return self.answer is None and (self.variable.required or not optional)

    def code_for(self, key: str) -> Code | None:
        """The code that a key picks, or None."""
        return next((code for code in self.codes if code.key == key), None)


def outline(coding: Coding, codebook: Codebook, before: Iterable[Row] = ()) -> tuple[Row, ...]:
    """The rows of a coding, in the order a coder meets them.

    Args:
        coding: The coding.
        codebook: What it answers.
        before: The rows of another coding by the same codebook; questions that are answered alike
            are these rows and are not made anew.
    """
    known = {row.place: row for row in before if row.kind is RowKind.QUESTION}
    passage = Record("", PASSAGE, coding.answers, (), coding.records)
    return tuple(_rows(coding, codebook, passage, known))


def _rows(
    coding: Coding,
    codebook: Codebook,
    record: Record,
    known: Mapping[tuple[str, str], Row],
    number: int = 0,
) -> Iterator[Row]:
    unit = codebook.unit(record.unit)
    depth = codebook.depth(unit.id)
    if record.id:
        title = f"{unit.label} {number}"
        yield Row(
            RowKind.RECORD,
            record.id,
            "",
            unit,
            depth - 1,
            title,
            f"Which words is {title.lower()} about?",
            words=len(record.evidence),
            shown=" · ".join(span.text for span in record.evidence) or _summary(record, codebook),
        )
    for variable in asked(coding, codebook, record.id):
        row = known.get((record.id, variable.id))
        same = row is not None and row.answer == record.answers.get(variable.id)
        # What can be linked to is in the rest of the coding.
        if row is None or not same or variable.type is VariableType.LINK:
            row = _question(coding, record, variable, unit, depth)
        yield row
    for inner in codebook.units_in(unit.id):
        records = [other for other in record.records if other.unit == inner.id]
        for position, other in enumerate(records, 1):
            yield from _rows(coding, codebook, other, known, position)
        if not records and not record.id and inner.none_reasons:
            yield _none_row(coding, inner, depth)
        if inner.evidence is not EvidenceRule.REQUIRED:
            yield from _add_row(codebook, record.id, inner, depth, len(records))


def _summary(record: Record, codebook: Codebook) -> str:
    """What was picked in its first two questions, for a record that is not known by its words."""
    first = [one for one in codebook.variables_of(record.unit) if one.type.has_codes][:2]
    return " · ".join(
        shown_answer(record.answers[variable.id], variable.codes)
        for variable in first
        if variable.id in record.answers
    )


def _add_row(
    codebook: Codebook, record_id: str, unit: Unit, depth: int, there: int
) -> Iterator[Row]:
    """The line where picking a code adds a record, if its first question is one to pick."""
    first = codebook.variables_of(unit.id)[:1]
    if first and first[0].type.has_codes and first[0].when is None:
        label = unit.label.lower()
        yield Row(
            RowKind.ADD,
            record_id,
            f"+{unit.id}",
            unit,
            depth,
            f"+ {label}",
            f"{'Another' if there else 'First'} {label}: {first[0].question}",
            tuple(code for code in first[0].codes if not code.retired),
            there=there,
        )


def _question(coding: Coding, record: Record, variable: Variable, unit: Unit, depth: int) -> Row:
    answer = record.answers.get(variable.id)
    codes = _codes(coding, record, variable)
    chosen: frozenset[str] = frozenset()
    if answer is not None and answer.state is State.STATED and codes:
        chosen = frozenset(_chosen(answer))
    return Row(
        RowKind.QUESTION,
        record.id,
        variable.id,
        unit,
        depth,
        variable.name,
        variable.question,
        codes,
        variable,
        answer,
        chosen,
        # A retired code is no longer offered, but what was picked still has its name.
        shown_answer(answer, variable.codes or codes),
        len(answer.evidence) if answer else 0,
        untouched=variable.default is not None and answer == default_answer(variable),
    )


def _none_row(coding: Coding, unit: Unit, depth: int) -> Row:
    reason = next((code for code in unit.none_reasons if code.id == coding.none), None)
    return Row(
        RowKind.NONE,
        "",
        unit.id,
        unit,
        depth,
        f"No {unit.label.lower()}",
        f"Why is there no {unit.label.lower()} in this passage?",
        tuple(code for code in unit.none_reasons if not code.retired),
        chosen=frozenset({reason.id} if reason else ()),
        shown=reason.label if reason else "",
    )


def _codes(coding: Coding, record: Record, variable: Variable) -> tuple[Code, ...]:
    if variable.type is VariableType.YES_NO:
        return YES_NO_CODES
    if variable.type is VariableType.LINK:
        others = [
            other
            for _, other in coding.walk()
            if other.unit == variable.link_to and other.id not in ("", record.id)
        ]
        keys = "123456789" + "abcdefghijklmnopqrstuvwxyz"
        return tuple(
            Code(other.id, _record_title(other), key)
            for other, key in zip(others, keys, strict=False)
        )
    return tuple(code for code in variable.codes if not code.retired)


def _record_title(record: Record) -> str:
    words = record.evidence[0].text if record.evidence else ""
    return f"{record.id} {words[:30]}".strip()


def _chosen(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer.value, tuple):
        return answer.value
    if isinstance(answer.value, bool):
        return ("true" if answer.value else "false",)
    return (str(answer.value),)


def shown_answer(answer: Answer | None, codes: tuple[Code, ...]) -> str:
    """An answer in words for a screen: labels for codes, `none of these` for the empty set."""
    if answer is None:
        return ""
    if answer.value is None:
        return answer.state.words
    if answer.value == ():
        return "none of these"
    if codes:
        labels = {code.id: code.label for code in codes}
        return ", ".join(labels.get(item, item) for item in _chosen(answer))
    return value_text(answer.value)
