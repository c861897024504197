"""What a coder picked and answered lately, read from the changes they made and did not undo."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from annotator.codebook.model import Code, Codebook, Variable, VariableType
from annotator.coding.change import default_answer
from annotator.coding.form import answer_form, value_form, value_from_form
from annotator.coding.model import Answer, State
from annotator.coding.plain_records import walk
from annotator.store.desk import PastEdit
from annotator.work.outline import Row, RowKind

MOST_CODES = 9
"""So many recent codes are offered: one for each digit."""

_MOST_EDITS = 300
"""How far back is looked: further, and the key would be felt."""

_Form = Mapping[str, Any]


def recent_codes(row: Row, edits: Iterable[PastEdit], codebook: Codebook) -> tuple[Code, ...]:
    """The codes of a row that the coder picked last, the last one first.

    Args:
        row: A row that is answered by picking.
        edits: The coder's changes, the last one first.
        codebook: The codebook they were made under.
    """
    offered = {code.id: code for code in row.codes}
    found: dict[str, Code] = {}
    for edit in islice(edits, _MOST_EDITS):
        for code_id in _picked(row, edit, codebook):
            if code_id in offered:
                found.setdefault(code_id, offered[code_id])
        if len(found) >= min(MOST_CODES, len(offered)):
            break
    return tuple(found.values())[:MOST_CODES]


def last_answer(
    variable: Variable,
    edits: Iterable[PastEdit],
    codebook: Codebook,
    *,
    besides: tuple[int, str],
) -> Answer | None:
    """The value or state the coder gave a variable last, and nothing else of that answer.

    Args:
        variable: The variable.
        edits: The coder's changes, the last one first.
        codebook: The codebook they were made under.
        besides: The passage and the record in it whose own answer does not count.

    Returns:
        None if they have not answered it in what is looked through.
    """
    for edit in islice(edits, _MOST_EDITS):
        for record, form in _given(variable, edit, codebook):
            if (edit.assignment_id, record) != besides:
                given = answer_form(form)
                if given.value is None:
                    return Answer(state=given.state)
                return Answer(value_from_form(given.value, variable))
    return None


def question_of(row: Row, codebook: Codebook) -> Variable | None:
    """The variable a row asks; on a line that adds a record, its first one."""
    if row.kind is RowKind.ADD:
        return codebook.variables_of(row.unit.id)[0]
    return row.variable


def _picked(row: Row, edit: PastEdit, codebook: Codebook) -> Iterator[str]:
    """The codes a change picked in answer to the question of a row."""
    if row.kind is RowKind.NONE:
        reason = edit.after.get("none", "")
        if reason != edit.before.get("none", ""):
            yield reason
        return
    variable = question_of(row, codebook)
    if variable is None or variable.type is VariableType.LINK:
        return
    before = dict(_answers(variable, edit.before, codebook))
    for record, form in _given(variable, edit, codebook):
        had = _codes(before.get(record))
        yield from (code for code in _codes(form) if code not in had)


def _given(variable: Variable, edit: PastEdit, codebook: Codebook) -> Iterator[tuple[str, Any]]:
    """The answers to a variable that a change gave or changed, with their records."""
    # What a new record begins with is nobody's answer.
    untouched = None if variable.default is None else _answer(default_answer(variable))
    before = dict(_answers(variable, edit.before, codebook))
    for record, form in _answers(variable, edit.after, codebook):
        had = _said(before[record]) if record in before else untouched
        if _said(form) != had:
            yield record, form


def _answer(answer: Answer) -> tuple[Any, State]:
    return None if answer.value is None else value_form(answer.value), answer.state


def _said(form: Any) -> tuple[Any, State]:
    given = answer_form(form)
    return given.value, given.state


def _answers(variable: Variable, form: _Form, codebook: Codebook) -> Iterator[tuple[str, Any]]:
    for record in walk(form, codebook):
        if record.unit == variable.unit and variable.id in record.fields:
            yield record.id, record.fields[variable.id]


def _codes(form: Any) -> list[str]:
    """The codes of an answer as rows name them: a yes or no as `true` or `false`."""
    value = None if form is None else answer_form(form).value
    if value is None:
        return []
    if isinstance(value, list):
        return value
    return [str(value).lower() if isinstance(value, bool) else str(value)]
