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
    if kind is VariableType.LINK and not isinstance(node, yaml_source.Mapping):
        problems.add(node, "a link has no default, since a new coding has no records yet")
        return
    variable.values["default"] = read_value(variable, kind, node, "default", problems)


def read_value(
    variable: Entry, kind: VariableType, node: Node, name: str, problems: Problems
) -> object:
    """A value of a variable or a state, in the form a coding has in JSON.

    Args:
        variable: The variable.
        kind: Its type; not a link, unless the node names a state.
        node: Where the value stands.
        name: What to call it in messages, such as `default`.
        problems: Where mistakes are noted.
    """
    if isinstance(node, yaml_source.Mapping):
        return _read_state(node, name, problems)
    if kind is VariableType.CODES:
        return _read_codes(variable, node, name, problems)
    if kind.has_codes:
        return _read_code(_codes(variable), node, name, problems)
    if kind is VariableType.YES_NO:
        return scalars.read_flag(node, name, problems)
    if kind is VariableType.NUMBER:
        return _read_number(variable, node, name, problems)
    if kind is VariableType.COUNT:
        return _read_count(node, name, problems)
    if kind is VariableType.DATE and isinstance(node, Scalar) and scalars.is_day(node.value):
        return node.value
    return scalars.read_text(node, name, problems)


def _read_state(node: yaml_source.Mapping, name: str, problems: Problems) -> dict[str, str]:
    if [field.value for field, _ in node.entries] != ["state"]:
        problems.add(
            node, f"a {name} is a value or a state", "write the value itself or {state: not_stated}"
        )
        return {}
    before = len(problems)
    place = node.entries[0][1]
    state = scalars.read_text(place, "state", problems)
    if len(problems) == before and state not in STATES:
        hint = likely(state, STATES) or f"write {one_of(STATES)}"
        problems.add(place, f"a {name} cannot have the state {quote(state)}", hint)
    return {"state": state}


def _read_codes(variable: Entry, node: Node, name: str, problems: Problems) -> list[str]:
    if not isinstance(node, Items):
        shown = f"[{node.value}]" if isinstance(node, Scalar) and node.value else "[code, code]"
        problems.add(node, f"the {name} of a variable of type codes is a list", f"write {shown}")
        return []
    codes = _codes(variable)
    found: dict[str, None] = {}
    for item in node.nodes:
        code_id = _read_code(codes, item, name, problems)
        if code_id in found:
            problems.add(item, f"{quote(code_id)} stands twice in the {name}", "keep one of them")
        found[code_id] = None
    return [*found]


def _codes(variable: Entry) -> dict[str, Entry]:
    return {code.id: code for code in variable.codes}


def _read_code(codes: dict[str, Entry], node: Node, name: str, problems: Problems) -> str:
    before = len(problems)
    code_id = scalars.read_text(node, name, problems)
    if len(problems) > before or not codes:
        return code_id
    if code_id not in codes:
        hint = likely(code_id, codes)
        problems.add(node, f"the {name} {quote(code_id)} is none of the codes", hint)
    elif codes[code_id].values.get("retired"):
        problems.add(node, f"the {name} {quote(code_id)} is retired", "choose another code")
    return code_id


def _read_number(variable: Entry, node: Node, name: str, problems: Problems) -> float | None:
    number = scalars.read_number(node, name, problems)
    low, high = variable.values.get("min"), variable.values.get("max")
    if number is not None and low is not None and number < low:
        problems.add(node, f"the {name} {number} is less than min {low}")
    if number is not None and high is not None and number > high:
        problems.add(node, f"the {name} {number} is more than max {high}")
    return number


def _read_count(node: Node, name: str, problems: Problems) -> int | str | None:
    if not isinstance(node, Scalar) or not scalars.is_number(node):
        return scalars.read_text(node, name, problems)
    number = scalars.read_number(node, name, problems)
    if isinstance(number, float) or (number is not None and number < 0):
        problems.add(node, "a count is a whole number of people, 0 or more")
        return None
    return number
