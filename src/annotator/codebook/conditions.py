"""Conditions (`when`) of a codebook: whether each can be asked, and can ever be met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.codebook import scalars, yaml_source
from annotator.codebook.entries import Entry
from annotator.codebook.graph import around, find_cycles
from annotator.codebook.model import PASSAGE, Condition, VariableType
from annotator.codebook.problems import Placed, Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items, Node, Scalar

MOST_NAMED = 10
"""The most variables one condition may name."""

_TRUTH = ("true", "false")


@dataclass(slots=True)
class _Question:
    """A variable as conditions see it.

    Args:
        entry: The variable.
        kind: Its type, if the file names one.
        unit: What it is asked about.
        codes: Its codes, each with whether it can still be chosen.
        below: The codes directly below each code.
        wanted: Its own condition: variables it names and the values that meet it.
    """

    entry: Entry
    kind: VariableType | None
    unit: str
    codes: dict[str, bool]
    below: dict[str, list[str]]
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @classmethod
    def of(cls, entry: Entry) -> "_Question":
        below: dict[str, list[str]] = {}
        for code in entry.codes:
            below.setdefault(code.values.get("parent", ""), []).append(code.id)
        return cls(
            entry,
            entry.values.get("type"),
            entry.values.get("unit", PASSAGE),
            {code.id: not code.values.get("retired", False) for code in entry.codes},
            below,
        )

    def has(self, values: Sequence[str]) -> bool:
        """Whether it can have all of these values, retired or not."""
        return self.kind is VariableType.YES_NO or all(value in self.codes for value in values)

    def meeting(self, values: Sequence[str]) -> frozenset[str]:
        """The values that can still be given and meet a condition that wants `values`."""
        if self.kind is VariableType.YES_NO:
            return frozenset(values)
        found: set[str] = set()
        pending = list(values)
        while pending:
            code_id = pending.pop()
            if code_id not in found:
                found.add(code_id)
                pending.extend(self.below.get(code_id, ()))
        return frozenset(code_id for code_id in found if self.codes.get(code_id))


def check_conditions(
    variables: Sequence[Entry], within: Mapping[str, str], problems: Problems
) -> None:
    """Read the `when` of every variable and check them together.

    Args:
        variables: The variables; those with a `when` get a `Condition` as its value.
        within: What each unit lies in, by id.
        problems: Where mistakes are noted.
    """
    questions = [_Question.of(variable) for variable in variables]
    known: dict[str, _Question] = {}
    for question in questions:
        if question.entry.id:
            known.setdefault(question.entry.id, question)
    for question in questions:
        if (node := question.entry.nodes.get("when")) is not None:
            question.wanted = _read(question, node, known, within, problems)
            question.entry.values["when"] = Condition(question.wanted)
    names = {name: [other for other, _ in known[name].wanted] for name in known}
    never: set[str] = set()
    for cycle in find_cycles(names):
        never.update(cycle)
        problems.add(
            known[cycle[0]].entry.place("when"),
            f"these variables wait for each other: {around(cycle)}",
            "leave out one of their conditions",
        )
    _check_reachable(known, never, problems)


def _read(
    question: _Question,
    node: Node,
    known: Mapping[str, _Question],
    within: Mapping[str, str],
    problems: Problems,
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(node, yaml_source.Mapping):
        problems.add(node, "when must name a variable", "write {variable: code}")
        return ()
    if not node.entries:
        problems.add(node, "when names no variable", "write {variable: code} or leave it out")
    if len(node.entries) > MOST_NAMED:
        problems.add(node, f"when names more than {MOST_NAMED} variables", "name fewer")
        return ()
    wanted = []
    for name, values in node.entries:
        variable_id = scalars.read_text(name, "variable in when", problems)
        if not variable_id:
            continue
        other = known.get(variable_id)
        if variable_id == question.entry.id:
            problems.add(
                name,
                f"{quote(variable_id)} cannot wait for its own answer",
                "name another variable or leave it out",
            )
        elif other is None:
            hint = likely(variable_id, known)
            problems.add(name, f"there is no variable {quote(variable_id)}", hint)
        elif _is_open(question, other, name, within, problems):
            wanted.append((variable_id, _read_values(other, values, problems)))
    return tuple(wanted)


def _is_open(
    question: _Question,
    other: _Question,
    place: Placed,
    within: Mapping[str, str],
    problems: Problems,
) -> bool:
    """Whether the answer of another variable is at hand where this one is asked."""
    if question.unit not in within or other.unit not in within:
        return True
    units = [question.unit]
    while outer := within[units[-1]]:
        units.append(outer)
    if other.unit in units:
        return True
    problems.add(
        place,
        f"{quote(other.entry.id)} is asked about the unit {other.unit}, so its answer is not known"
        f" in the unit {question.unit}",
        f"name a variable of {one_of(units)}",
    )
    return False


def _read_values(other: _Question, node: Node, problems: Problems) -> tuple[str, ...]:
    nodes = node.nodes if isinstance(node, Items) else [node]
    if not nodes:
        problems.add(
            node, "an empty list is never met, so the question is never asked", "name a code"
        )
    if other.kind is None:
        return ()
    if other.kind is VariableType.YES_NO:
        return tuple(_read_truth(item, other.entry.id, problems) for item in nodes)
    if other.kind.has_codes:
        return tuple(_read_code(item, other, problems) for item in nodes)
    problems.add(
        node,
        f"when cannot look at {quote(other.entry.id)}, which is of type {other.kind}",
        "name a variable of type code, codes, scale or yes_no",
    )
    return ()


def _read_truth(node: Node, name: str, problems: Problems) -> str:
    if isinstance(node, Scalar) and node.value in _TRUTH:
        return node.value
    return str(scalars.read_flag(node, name, problems)).lower()


def _read_code(node: Node, other: _Question, problems: Problems) -> str:
    before = len(problems)
    code_id = scalars.read_text(node, f"code of {other.entry.id}", problems)
    if len(problems) == before and other.codes and code_id not in other.codes:
        hint = likely(code_id, other.codes)
        problems.add(node, f"{quote(other.entry.id)} has no code {quote(code_id)}", hint)
    return code_id


def _check_reachable(known: Mapping[str, _Question], never: set[str], problems: Problems) -> None:
    """Note each variable whose condition can never be met, except for the fault of another.

    Args:
        known: The variables by id.
        never: Variables already known to be at fault; without them no variable waits for itself.
        problems: Where mistakes are noted.
    """
    must_hold: dict[str, dict[str, frozenset[str]]] = {}
    pending = [name for name in known if name not in never]
    while pending:
        name = pending[-1]
        first = [
            other
            for other, _ in known[name].wanted
            if other not in must_hold and other not in never
        ]
        if first:
            pending.extend(first)
            continue
        pending.pop()
        if name in must_hold or name in never:
            continue
        if any(other in never for other, _ in known[name].wanted):
            never.add(name)
            continue
        before = len(problems)
        must_hold[name] = _answers_needed(known[name], known, must_hold, problems)
        if len(problems) > before:
            never.add(name)


def _answers_needed(
    question: _Question,
    known: Mapping[str, _Question],
    must_hold: Mapping[str, Mapping[str, frozenset[str]]],
    problems: Problems,
) -> dict[str, frozenset[str]]:
    """What must have been answered for a variable to be asked; notes if that cannot be.

    It is asked if its own condition holds and those of the variables it names. Two that want
    different answers of one variable exclude each other, unless it takes several codes at once.
    """
    needed: dict[str, frozenset[str]] = {}
    for name, values in question.wanted:
        other = known[name]
        if not values or not other.has(values):
            continue  # noted already, where the values stand
        answers = other.meeting(values)
        why = "" if answers else f"every code it wants of {quote(name)} is retired"
        for earlier, allowed in [*must_hold[name].items(), (name, answers)]:
            single = known[earlier].kind is not VariableType.CODES
            both = needed[earlier] & allowed if single and earlier in needed else allowed
            if not both and not why:
                why = f"it needs two different answers of {quote(earlier)} at once"
            needed[earlier] = both
        if why:
            problems.add(
                question.entry.place("when"),
                f"{quote(question.entry.id)} can never be asked: {why}",
                "change its condition or that of a variable it names",
            )
            break
    return needed
