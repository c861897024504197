"""What must hold between the parts of a codebook: ids, trees, units and types."""

from collections.abc import Iterable, Mapping, Sequence

from annotator.codebook.checks import MOST_CHECKS, check_checks
from annotator.codebook.conditions import check_conditions
from annotator.codebook.defaults import check_default
from annotator.codebook.entries import Entry
from annotator.codebook.fields import RESERVED_IDS
from annotator.codebook.graph import around, find_cycles
from annotator.codebook.history import check_history
from annotator.codebook.model import PASSAGE, CandidateRule, VariableType
from annotator.codebook.problems import Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items

MOST_VARIABLES = 500
"""The most questions a codebook may ask."""

MOST_CODES = 5000
"""The most codes of one variable."""

DEEPEST_TREE = 10
"""The most levels of a tree of codes, and of units inside each other."""


def check(root: Entry, problems: Problems) -> None:
    """Check a codebook as a whole, and settle its conditions and defaults.

    Args:
        root: The codebook, read field by field. The fields `when` and `default` of its variables
            are read here, since what they mean depends on other variables.
        problems: Where mistakes are noted.
    """
    units: Sequence[Entry] = root.values.get("units", ())
    variables: Sequence[Entry] = root.values.get("variables", ())
    version = root.values.get("version", "")
    within = _check_units(units, problems)
    for unit in units:
        check_history(unit.values.get("none", ()), version, problems)
    variables_node = root.nodes.get("variables")
    if isinstance(variables_node, Items) and not variables_node.nodes:
        problems.add(variables_node, "a codebook needs at least one variable")
    _refuse_more(variables, MOST_VARIABLES, "variables in one codebook", problems)
    for variable in variables:
        _refuse_more(variable.codes, MOST_CODES, "codes of one variable", problems)
    checks: Sequence[Entry] = root.values.get("checks", ())
    _refuse_more(checks, MOST_CHECKS, "checks in one codebook", problems)
    _check_unique(checks, "id", "check", problems)
    _check_unique(variables, "id", "variable", problems)
    for variable in variables:
        _check_variable(variable, within, problems)
        _check_codes(variable.codes, problems)
        check_history(variable.codes, version, problems)
        check_default(variable, problems)
    questions = check_conditions(variables, within, problems)
    check_checks(checks, questions, problems)


def _refuse_more(entries: Sequence[Entry], most: int, what: str, problems: Problems) -> None:
    """Stop where a list is so long that checking its parts against each other could take long."""
    if len(entries) > most:
        node = entries[most].node
        raise problems.fatal(node.line, node.column, f"more than {most} {what}", "split the list")


def _check_unique(entries: Iterable[Entry], name: str, noun: str, problems: Problems) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        value = entry.values.get(name, "")
        if not value:
            continue
        other = first.setdefault(value, entry)
        if other is entry:
            continue
        line = other.place(name).line
        if name == "id":
            message = f"there is already a {noun} {quote(value)}, in line {line}"
        else:
            owner = quote(other.id) if other.id else f"another {noun}"
            message = f"{name} {quote(value)} is already that of {owner}, in line {line}"
        problems.add(entry.place(name), message, f"give one of them another {name}")


def _check_reserved(entry: Entry, noun: str, problems: Problems) -> None:
    if entry.id in RESERVED_IDS:
        problems.add(
            entry.place("id"),
            f"a {noun} cannot be called {quote(entry.id)}, which every coding uses itself",
            "choose another id",
        )


def _check_units(units: Sequence[Entry], problems: Problems) -> dict[str, str]:
    """Check the repeating units; returns what each unit lies in, by id (the passage in none)."""
    within = {PASSAGE: ""} | {unit.id: unit.values.get("in", PASSAGE) for unit in units}
    for unit in units:
        _check_reserved(unit, "unit", problems)
        outer = unit.values.get("in", "")
        if outer and outer not in within:
            _unknown(unit, "in", "unit", within, problems)
            within[unit.id] = PASSAGE
        reasons: Sequence[Entry] = unit.values.get("none", ())
        _check_unique(reasons, "id", "reason", problems)
        _check_unique(reasons, "key", "reason", problems)
    within[PASSAGE] = ""
    places = {unit.id: unit for unit in units}
    _check_tree(places, "in", within, "unit", problems)
    _check_reasons(units, within, problems)
    return within


def _check_reasons(units: Sequence[Entry], within: Mapping[str, str], problems: Problems) -> None:
    """A coding has one reason for having no record at all, so one unit alone can ask for it."""
    outermost = [unit.id for unit in units if unit.values.get("in") == PASSAGE]
    for unit in units:
        if not unit.values.get("none"):
            continue
        outer = within[unit.id]
        if outer not in ("", PASSAGE):
            problems.add(
                unit.place("none"),
                f"{quote(unit.id)} lies in {quote(outer)}, and a reason says that the passage has "
                "no record at all",
                f"move them under {one_of(outermost)}" if outermost else "leave them out",
            )
        elif unit.id in outermost and len(outermost) > 1:
            others = " and ".join(quote(other) for other in outermost if other != unit.id)
            problems.add(
                unit.place("none"),
                f"a reason says that the passage has no record at all, but {others} can have "
                "records in it too",
                "leave the reasons out, or let one of the units lie in another",
            )


def _unknown(
    entry: Entry, name: str, noun: str, known: Mapping[str, object], problems: Problems
) -> None:
    word = entry.values[name]
    hint = likely(word, [*known]) or (f"there is {one_of(known)}" if len(known) < 9 else "")
    problems.add(entry.place(name), f"there is no {noun} {quote(word)}", hint)


def _check_tree(
    entries: Mapping[str, Entry],
    name: str,
    parents: dict[str, str],
    noun: str,
    problems: Problems,
) -> None:
    """Check that parents form no cycle and no tree that is too deep; cuts what is found."""
    for cycle in find_cycles({child: (parent,) for child, parent in parents.items()}):
        problems.add(
            entries[cycle[0]].place(name),
            f"the {noun} {quote(cycle[0])} lies inside itself ({around(cycle)})",
            f'change "{name}" of one of them',
        )
        for member in cycle:
            parents[member] = ""
    for child, entry in entries.items():
        depth, above = 1, parents[child]
        while above and depth <= DEEPEST_TREE:
            depth, above = depth + 1, parents.get(above, "")
        if depth > DEEPEST_TREE:
            problems.add(
                entry.place(name),
                f"the {noun} {quote(child)} lies more than {DEEPEST_TREE} levels deep",
                "use fewer levels",
            )


def _check_codes(codes: Sequence[Entry], problems: Problems) -> None:
    _check_unique(codes, "id", "code", problems)
    _check_unique(codes, "key", "code", problems)
    known: dict[str, Entry] = {}
    for code in codes:
        if code.id:
            known.setdefault(code.id, code)
    parents = dict.fromkeys(known, "")
    for code in codes:
        parent = code.values.get("parent", "")
        if parent and parent not in known:
            _unknown(code, "parent", "code", known, problems)
        elif parent and known.get(code.id) is code:
            parents[code.id] = parent
        first, last = code.values.get("valid_from"), code.values.get("valid_to")
        if first and last and first > last:
            problems.add(
                code.place("valid_from"),
                f"valid_from {first} is after valid_to {last}",
                "swap them or mend one",
            )
    _check_tree(known, "parent", parents, "code", problems)


_ONLY_FOR = {
    "codes": (VariableType.CODE, VariableType.CODES, VariableType.SCALE),
    "to": (VariableType.LINK,),
    "min": (VariableType.NUMBER,),
    "max": (VariableType.NUMBER,),
    "cues": (
        VariableType.COUNT,
        VariableType.DATE,
        VariableType.NUMBER,
        VariableType.TEXT,
        VariableType.YES_NO,
    ),
}


def _check_variable(variable: Entry, within: Mapping[str, str], problems: Problems) -> None:
    _check_reserved(variable, "variable", problems)
    if variable.id in within and variable.id != PASSAGE:
        problems.add(
            variable.place("id"),
            f"there is already a unit {quote(variable.id)}",
            "give the variable another id",
        )
    if (unit := variable.values.get("unit")) and unit not in within:
        _unknown(variable, "unit", "unit", within, problems)
    if (kind := variable.values.get("type")) is not None:
        _check_type(variable, kind, within, problems)


def _check_type(
    variable: Entry, kind: VariableType, within: Mapping[str, str], problems: Problems
) -> None:
    for name, kinds in _ONLY_FOR.items():
        if name in variable.nodes and kind not in kinds:
            problems.add(
                variable.place(name),
                f'a variable of type {kind} has no "{name}"',
                f"leave it out, or make the type {one_of(kinds)}",
            )
    rule = variable.values.get("candidates")
    if rule is CandidateRule.PLACES and kind is not VariableType.TEXT:
        problems.add(
            variable.place("candidates"),
            f"a variable of type {kind} is no name of a place",
            "leave it out, or make the type text",
        )
    if kind.has_codes:
        _check_choice(variable, kind, problems)
    if kind is VariableType.LINK:
        _check_link(variable, within, problems)
    low, high = variable.values.get("min"), variable.values.get("max")
    if low is not None and high is not None and low > high:
        problems.add(variable.place("min"), f"min {low} is more than max {high}", "swap them")


def _check_choice(variable: Entry, kind: VariableType, problems: Problems) -> None:
    node = variable.nodes.get("codes")
    if node is None:
        problems.add(
            variable.node,
            f"a variable of type {kind} needs codes",
            "add codes: with one - {id: …, label: …} a line",
        )
    elif isinstance(node, Items) and not node.nodes:
        problems.add(node, f"a variable of type {kind} needs at least one code")
    codes = variable.codes
    if codes and all(code.values.get("retired") for code in codes):
        problems.add(variable.place("codes"), "every code is retired, so none can be chosen")
    if kind is VariableType.SCALE:
        for code in codes:
            if "parent" in code.nodes:
                problems.add(
                    code.place("parent"),
                    "the codes of a scale stand in one order and have no parent",
                    "leave it out, or make the type code",
                )


def _check_link(variable: Entry, within: Mapping[str, str], problems: Problems) -> None:
    repeating = {unit: outer for unit, outer in within.items() if unit != PASSAGE}
    target = variable.values.get("to")
    if "to" not in variable.nodes:
        problems.add(
            variable.node,
            "a variable of type link needs the unit it points to",
            f"add to: {one_of(repeating)}" if repeating else "name one under units: first",
        )
    elif target and target not in repeating:
        if repeating:
            _unknown(variable, "to", "repeating unit", repeating, problems)
        else:
            problems.add(
                variable.place("to"),
                f"there is no repeating unit {quote(target)}",
                "name it under units: first",
            )
