"""An answer of a coding in words, as it is shown beside others."""

from collections.abc import Mapping

from annotator.codebook.model import Variable, VariableType
from annotator.coding.form import answer_form, value_from_form
from annotator.coding.model import Answer, State
from annotator.work.outline import YES_NO_CODES, shown_answer

NOTHING = "–"
"""What is shown for a side that has no such record or gives no reason."""

NOT_ANSWERED = "not answered"
"""What is shown for a side that left a question open."""


def answer_words(form: object, variable: Variable) -> str:
    """An answer as plain data (None: none was given) in words: labels for codes, a state's name.

    One that an offer implied says so, though that makes no difference by itself.
    """
    if form is None:
        return NOT_ANSWERED
    value, state, *_ = answer_form(form)
    if state is not State.STATED:
        return state.words
    codes = YES_NO_CODES if variable.type is VariableType.YES_NO else variable.codes
    words = shown_answer(Answer(value_from_form(value, variable)), codes)
    is_inferred = isinstance(form, Mapping) and form.get("inferred", False)
    return f"{words} (inferred)" if is_inferred else words
