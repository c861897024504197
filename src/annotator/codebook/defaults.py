"""Defaults of a codebook's variables: whether each is a value its variable can take."""

from annotator.codebook import scalars, yaml_source
from annotator.codebook.entries import Entry
from annotator.codebook.fields import STATES
from annotator.codebook.model import VariableType
from annotator.codebook.problems import Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items, Node, Scalar


def check_default(variable: Entry, problems: Problems) -> None:
    """Read the default of a variable, if it has one, in the form a coding has in JSON.

    Counts and dates are only checked to be text (a count may be a whole number too): what they
    say is read where answers are.

    Args:
        variable: The variable; a usable default becomes the value of its field.
        problems: Where mistakes are noted.
    """
    node = variable.nodes.get("default")
    kind = variable.values.get("type")
    if node is None or kind is None:
        return
    if isinstance(node, yaml_source.Mapping):
        value: object = _read_state(node, problems)
    elif kind is VariableType.CODES:
        value = _read_codes(variable, node, problems)
    elif kind.has_codes:
        value = _read_code(_codes(variable), node, problems)
    elif kind is VariableType.YES_NO:
        value = scalars.read_flag(node, "default", problems)
    elif kind is VariableType.NUMBER:
        value = _read_number(variable, node, problems)
    elif kind is VariableType.COUNT:
        value = _read_count(node, problems)
    elif kind is VariableType.DATE and isinstance(node, Scalar) and scalars.is_day(node.value):
        value = node.value
    elif kind is VariableType.LINK:
        problems.add(node, "a link has no default, since a new coding has no records yet")
        return
    else:
        value = scalars.read_text(node, "default", problems)
    variable.values["default"] = value


def _read_state(node: yaml_source.Mapping, problems: Problems) -> dict[str, str]:
    if [name.value for name, _ in node.entries] != ["state"]:
        problems.add(
            node, "a default is a value or a state", "write the value itself or {state: not_stated}"
        )
        return {}
    before = len(problems)
    place = node.entries[0][1]
    state = scalars.read_text(place, "state", problems)
    if len(problems) == before and state not in STATES:
        hint = likely(state, STATES) or f"write {one_of(STATES)}"
        problems.add(place, f"a default cannot have the state {quote(state)}", hint)
    return {"state": state}


def _read_codes(variable: Entry, node: Node, problems: Problems) -> list[str]:
    if not isinstance(node, Items):
        shown = f"[{node.value}]" if isinstance(node, Scalar) and node.value else "[code, code]"
        problems.add(node, "the default of a variable of type codes is a list", f"write {shown}")
        return []
    codes = _codes(variable)
    found: dict[str, None] = {}
    for item in node.nodes:
        code_id = _read_code(codes, item, problems)
        if code_id in found:
            problems.add(item, f"{quote(code_id)} stands twice in the default", "keep one of them")
        found[code_id] = None
    return [*found]


def _codes(variable: Entry) -> dict[str, Entry]:
    return {code.id: code for code in variable.codes}


def _read_code(codes: dict[str, Entry], node: Node, problems: Problems) -> str:
    before = len(problems)
    code_id = scalars.read_text(node, "default", problems)
    if len(problems) > before or not codes:
        return code_id
    if code_id not in codes:
        hint = likely(code_id, codes)
        problems.add(node, f"the default {quote(code_id)} is none of the codes", hint)
    elif codes[code_id].values.get("retired"):
        problems.add(node, f"the default {quote(code_id)} is retired", "choose another code")
    return code_id


def _read_number(variable: Entry, node: Node, problems: Problems) -> float | None:
    number = scalars.read_number(node, "default", problems)
    low, high = variable.values.get("min"), variable.values.get("max")
    if number is not None and low is not None and number < low:
        problems.add(node, f"the default {number} is less than min {low}")
    if number is not None and high is not None and number > high:
        problems.add(node, f"the default {number} is more than max {high}")
    return number


def _read_count(node: Node, problems: Problems) -> int | str | None:
    if not isinstance(node, Scalar) or not scalars.is_number(node):
        return scalars.read_text(node, "default", problems)
    number = scalars.read_number(node, "default", problems)
    if isinstance(number, float) or (number is not None and number < 0):
        problems.add(node, "a count is a whole number of people, 0 or more")
        return None
    return number
