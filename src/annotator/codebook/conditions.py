"""Conditions (`when`) of a codebook: whether each can be asked, and can ever be met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.codebook import scalars, yaml_source
from annotator.codebook.entries import Entry
from annotator.codebook.fields import STATES
from annotator.codebook.graph import around, find_cycles
from annotator.codebook.model import Condition, VariableType
from annotator.codebook.problems import Placed, Problems, likely, one_of, quote
from annotator.codebook.questions import TRUTH, Question
from annotator.codebook.yaml_source import Items, Node, Scalar

MOST_NAMED = 10
"""The most variables one condition may name."""

STATE = "state:"
"""What a value of a condition begins with that stands for a state instead."""

_STATES = ("stated", *STATES)


@dataclass(frozen=True, slots=True)
class Questions:
    """The variables of a codebook as its checks see them.

    Args:
        known: The variables by id.
        within: What each unit lies in, by id.
        must_hold: For each variable that can be asked: the answers of others that this needs.
    """

    known: "Mapping[str, Question]"
    within: Mapping[str, str]
    must_hold: Mapping[str, Mapping[str, int]]

    def entry(self, variable_id: str) -> Entry | None:
        """The variable with this id as it stands in the file, or None."""
        question = self.known.get(variable_id)
        return question.entry if question else None

    def read(
        self, unit: str, node: Node, name: str, problems: Problems
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Read a condition of a check on a unit; it may look at states too."""
        return _read(unit, "", node, name, self, problems)

    def contradiction(self, wanted: Sequence[tuple[str, tuple[str, ...]]]) -> str:
        """Why a condition can never be met; empty if it can."""
        if any(name not in self.must_hold for name, _ in wanted):
            return ""  # noted already, where the variable stands
        return _answers_needed(wanted, self.known, self.must_hold)[1]

    def covers(
        self,
        narrow: Sequence[tuple[str, tuple[str, ...]]],
        wide: Sequence[tuple[str, tuple[str, ...]]],
    ) -> bool:
        """Whether a condition holds wherever a narrower one does."""
        values = dict(narrow)
        for name, wanted in wide:
            other = self.known[name]
            if name not in values or not values[name] or not wanted:
                return False
            if any(one.startswith(STATE) for one in (*values[name], *wanted)):
                if not set(values[name]) <= set(wanted):
                    return False
            elif other.kind is VariableType.CODES or other.meeting(values[name]) & ~other.meeting(
                wanted
            ):
                return False
        return True


def check_conditions(
    variables: Sequence[Entry], within: Mapping[str, str], problems: Problems
) -> Questions:
    """Read the `when` of every variable and check them together.

    Args:
        variables: The variables; those with a `when` get a `Condition` as its value.
        within: What each unit lies in, by id.
        problems: Where mistakes are noted.
    """
    questions = [Question.of(variable) for variable in variables]
    known: dict[str, Question] = {}
    for question in questions:
        if question.entry.id:
            known.setdefault(question.entry.id, question)
    found = Questions(known, within, {})
    for question in questions:
        if (node := question.entry.nodes.get("when")) is not None:
            own = question.entry.id
            question.wanted = _read(question.unit, own, node, "when", found, problems)
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
    return Questions(known, within, _check_reachable(known, never, problems))


def _read(
    unit: str, own: str, node: Node, field: str, questions: Questions, problems: Problems
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read a condition.

    Args:
        unit: The unit it is looked at in.
        own: The id of the variable it belongs to; empty for a check, which may look at states.
        node: Where it stands.
        field: The field it stands in.
        questions: The variables it may name.
        problems: Where mistakes are noted.
    """
    known = questions.known
    if not isinstance(node, yaml_source.Mapping):
        problems.add(node, f"{field} must name a variable", "write {variable: code}")
        return ()
    if not node.entries:
        problems.add(node, f"{field} names no variable", "write {variable: code} or leave it out")
    if len(node.entries) > MOST_NAMED:
        problems.add(node, f"{field} names more than {MOST_NAMED} variables", "name fewer")
        return ()
    wanted = []
    for name, values in node.entries:
        variable_id = scalars.read_text(name, f"variable in {field}", problems)
        if not variable_id:
            continue
        other = known.get(variable_id)
        if variable_id == own:
            problems.add(
                name,
                f"{quote(variable_id)} cannot wait for its own answer",
                "name another variable or leave it out",
            )
        elif other is None:
            hint = likely(variable_id, known)
            problems.add(name, f"there is no variable {quote(variable_id)}", hint)
        elif is_at_hand(unit, other.unit, variable_id, name, questions.within, problems):
            if not own and isinstance(values, yaml_source.Mapping):
                wanted.append((variable_id, _read_states(values, problems)))
            else:
                wanted.append((variable_id, _read_values(other, values, field, problems)))
    return tuple(wanted)


def is_at_hand(
    unit: str,
    other_unit: str,
    other_id: str,
    place: Placed,
    within: Mapping[str, str],
    problems: Problems,
) -> bool:
    """Whether the answer of a variable is known in a unit; notes a problem if it is not."""
    if unit not in within or other_unit not in within:
        return True
    units = units_around(unit, within)
    if other_unit in units:
        return True
    problems.add(
        place,
        f"{quote(other_id)} is asked about the unit {other_unit}, so its answer is not known"
        f" in the unit {unit}",
        f"name a variable of {one_of(units)}",
    )
    return False


def units_around(unit: str, within: Mapping[str, str]) -> list[str]:
    """A unit and those it lies in, innermost first."""
    units = [unit]
    while outer := within.get(units[-1], ""):
        units.append(outer)
    return units


def _read_states(node: yaml_source.Mapping, problems: Problems) -> tuple[str, ...]:
    if [name.value for name, _ in node.entries] != ["state"]:
        problems.add(node, "a condition wants values or a state", "write {state: stated}")
        return ()
    inner = node.entries[0][1]
    found = []
    for item in inner.nodes if isinstance(inner, Items) else [inner]:
        before = len(problems)
        state = scalars.read_text(item, "state", problems)
        if len(problems) == before and state not in _STATES:
            hint = likely(state, _STATES) or f"write {one_of(_STATES)}"
            problems.add(item, f"there is no state {quote(state)}", hint)
        found.append(STATE + state)
    return tuple(found)


def _read_values(other: Question, node: Node, field: str, problems: Problems) -> tuple[str, ...]:
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
        f"{field} cannot look at {quote(other.entry.id)}, which is of type {other.kind}",
        "name a variable of type code, codes, scale or yes_no",
    )
    return ()


def _read_truth(node: Node, name: str, problems: Problems) -> str:
    if isinstance(node, Scalar) and node.value in TRUTH:
        return node.value
    return str(scalars.read_flag(node, name, problems)).lower()


def _read_code(node: Node, other: Question, problems: Problems) -> str:
    before = len(problems)
    code_id = scalars.read_text(node, f"code of {other.entry.id}", problems)
    if len(problems) == before and other.codes and code_id not in other.codes:
        hint = likely(code_id, other.codes)
        problems.add(node, f"{quote(other.entry.id)} has no code {quote(code_id)}", hint)
    return code_id


def _check_reachable(
    known: Mapping[str, Question], never: set[str], problems: Problems
) -> dict[str, dict[str, int]]:
    """Note each variable whose condition can never be met, except for the fault of another.

    Args:
        known: The variables by id.
        never: Variables already known to be at fault; without them no variable waits for itself.
        problems: Where mistakes are noted.

    Returns:
        For each variable that can be asked, the answers of others that this needs.
    """
    must_hold: dict[str, dict[str, int]] = {}
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
        needed, why = _answers_needed(known[name].wanted, known, must_hold)
        must_hold[name] = needed
        if why:
            never.add(name)
            problems.add(
                known[name].entry.place("when"),
                f"{quote(name)} can never be asked: {why}",
                "change its condition or that of a variable it names",
            )
    return {name: needed for name, needed in must_hold.items() if name not in never}


def _answers_needed(
    wanted: Sequence[tuple[str, tuple[str, ...]]],
    known: Mapping[str, Question],
    must_hold: Mapping[str, Mapping[str, int]],
) -> tuple[dict[str, int], str]:
    """What must have been answered for a condition to be met, and why that cannot be.

    It is met if the variables it names are asked and have the answers it wants. Two conditions
    that want different answers of one variable exclude each other, unless it takes several codes
    at once.
    """
    needed: dict[str, int] = {}
    for name, values in wanted:
        other = known[name]
        by_state = any(value.startswith(STATE) for value in values)
        if not values or not (by_state or other.has(values)):
            continue  # noted already, where the values stand
        answers = other.meeting(values)
        why = "" if answers or by_state else f"every code it wants of {quote(name)} is retired"
        own = [] if by_state else [(name, answers)]
        for earlier, allowed in [*must_hold[name].items(), *own]:
            single = known[earlier].kind is not VariableType.CODES
            both = needed[earlier] & allowed if single and earlier in needed else allowed
            if not both and not why:
                why = f"it needs two different answers of {quote(earlier)} at once"
            needed[earlier] = both
        if why:
            return needed, why
    return needed, ""
