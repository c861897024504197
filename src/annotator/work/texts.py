"""The answers of a coding as texts, one for each: what is compared between coders, and tabled.

A value is the text that tables give it, any other state its name in brackets. Codings are plain
data here (`annotator.coding.form`), because whole rounds are compared at once.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from annotator.codebook.changes import CodeMap
from annotator.codebook.model import PASSAGE, Codebook, Variable
from annotator.coding.content import Form
from annotator.coding.form import answer_form, value_from_form, value_text
from annotator.coding.model import State
from annotator.coding.values import Count

STATE_NAMES = {state.value: f"({state.words})" for state in State}
"""How a state stands among codes; brackets, because no code's id can have them."""


def answer_text(given: object, variable: Variable) -> str:
    """An answer in plain data as a text: its value, or the name of its state.

    Args:
        given: The answer as it stands in a record.
        variable: What it answers.
    """
    if isinstance(given, dict):
        answer = answer_form(given)
        if answer.state is not State.STATED:
            return STATE_NAMES[answer.state]
        given = answer.value
    if isinstance(given, str):
        return given
    if isinstance(given, list):
        return value_text(tuple(given))
    return value_text(value_from_form(given, variable))


@lru_cache(maxsize=1 << 15)
def count_of(text: str) -> Count:
    """The count that a text stands for."""
    return Count.parse(text)


def records_of(form: Form, codebook: Codebook, unit: str = PASSAGE) -> Iterator[tuple[str, Form]]:
    """Every record in a record (by default in the coding) with its unit, itself first."""
    yield unit, form
    for inner in codebook.units_in(unit):
        for record in form.get(inner.id, ()):
            yield from records_of(record, codebook, inner.id)


def as_of_now(
    form: Form,
    called: CodeMap,
    left_out: Collection[str],
    codebook: Codebook,
    unit: str = PASSAGE,
) -> Form:
    """A coding made under an earlier version, as the codebook of now has it.

    Args:
        form: The coding, or a record in it.
        called: What the codes of each variable are called now.
        left_out: Variables whose values cannot be read any more.
        codebook: The codebook of now.
        unit: What it is a record of.
    """
    changed: dict[str, Any] = {name: given for name, given in form.items() if name not in left_out}
    for variable in codebook.variables_of(unit):
        names = called.get(variable.id)
        if names and variable.type.has_codes and variable.id in changed:
            changed[variable.id] = _renamed_answer(form[variable.id], names)
    for inner in codebook.units_in(unit):
        if inner.id in form:
            changed[inner.id] = [
                as_of_now(record, called, left_out, codebook, inner.id) for record in form[inner.id]
            ]
    return changed


def _renamed_answer(given: Any, names: Mapping[str, str]) -> Any:
    if isinstance(given, dict):
        return {
            field: _renamed_answer(value, names) if field == "value" else value
            for field, value in given.items()
        }
    if isinstance(given, list):
        return list(dict.fromkeys(names.get(code, code) for code in given))
    return names.get(given, given)
