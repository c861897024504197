"""The checks of a codebook file: whether each is one thing that can be looked at and can speak."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.codebook import scalars, yaml_source
from annotator.codebook.computed_tests import (
    COMPUTED_TESTS,
    ComputedTest,
    Option,
    OptionKind,
    computed_test,
)
from annotator.codebook.conditions import Questions, is_at_hand, units_around
from annotator.codebook.defaults import read_value
from annotator.codebook.entries import Entry
from annotator.codebook.model import PASSAGE, CheckKind, Condition, VariableType
from annotator.codebook.problems import Placed, Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items, Node

MOST_CHECKS = 500
"""The most checks a codebook may have."""

MOST_CONDITIONS = 1000
"""The most conditions that all checks of a codebook may list together."""


def check_checks(checks: Sequence[Entry], questions: Questions, problems: Problems) -> None:
    """Read what the checks of a codebook look at.

    Args:
        checks: The checks; their conditions, options and gifts become values of their fields.
        questions: The variables they may name.
        problems: Where mistakes are noted.
    """
    listed = 0
    for check in checks:
        for field in ("when", "unless"):
            node = check.nodes.get(field)
            listed += len(node.nodes) if isinstance(node, Items) else node is not None
            if node is not None and listed > MOST_CONDITIONS:
                raise problems.fatal(
                    node.line,
                    node.column,
                    f"more than {MOST_CONDITIONS} conditions in the checks of one codebook",
                    "list fewer",
                )
        _Check(check, questions, problems).read()


class _Check:
    """One check while it is read.

    Args:
        entry: The check.
        questions: The variables it may name.
        problems: Where mistakes are noted.
    """

    def __init__(self, entry: Entry, questions: Questions, problems: Problems) -> None:
        self.entry = entry
        self.questions = questions
        self.problems = problems
        self.unit: str = entry.values.get("unit", PASSAGE)

    def read(self) -> None:
        self._read_kind()
        if self.unit not in self.questions.within:
            hint = likely(self.unit, [*self.questions.within])
            self.problems.add(
                self.entry.place("unit"), f"there is no unit {quote(self.unit)}", hint
            )
            return
        before = len(self.problems)
        when, unless = self._read_conditions("when"), self._read_conditions("unless")
        if len(self.problems) == before:
            self._check_can_speak(when, unless)
        self._read_test()
        self._read_given()
        if not {"when", "unless", "test"} & self.entry.nodes.keys():
            self.problems.add(
                self.entry.node,
                "this check would always speak",
                "add when:, unless: or test: to say what it looks for",
            )

    def _read_kind(self) -> None:
        given = [kind for kind in CheckKind if kind in self.entry.nodes]
        if not given:
            self.problems.add(
                self.entry.node,
                "this check has no sentence",
                f"add {one_of([f'{kind}: …' for kind in CheckKind])}",
            )
        for second in given[1:]:
            self.problems.add(
                self.entry.place(second),
                f"a check is one of {one_of(CheckKind)}, and this one is {given[0]} already",
                "keep one of them, or make two checks",
            )
        offers = CheckKind.OFFER in given
        if offers and "give" not in self.entry.nodes:
            self.problems.add(
                self.entry.node, "an offer must say what it gives", "add give: {variable: value}"
            )
        if "give" in self.entry.nodes and given and not offers:
            self.problems.add(
                self.entry.place("give"),
                f"only an offer gives something, and this is {given[0]}",
                f"leave it out, or write offer: instead of {given[0]}:",
            )

    def _read_conditions(self, field: str) -> tuple[Condition, ...]:
        node = self.entry.nodes.get(field)
        if node is None:
            return ()
        nodes = node.nodes if isinstance(node, Items) else [node]
        if not nodes:
            self.problems.add(
                node, f"{field} lists no condition", "write {variable: code} or leave it out"
            )
        found = tuple(
            Condition(self.questions.read(self.unit, one, field, self.problems)) for one in nodes
        )
        self.entry.values[field] = found
        return found

    def _check_can_speak(self, when: tuple[Condition, ...], unless: tuple[Condition, ...]) -> None:
        """Note conditions that can never be met, or that `unless` always takes back."""
        node = self.entry.nodes.get("when")
        nodes = node.nodes if isinstance(node, Items) else [node]
        for place, condition in zip(nodes, when, strict=False):
            if place is None:
                continue
            if why := self.questions.contradiction(condition.wanted):
                self.problems.add(place, f"this can never hold: {why}", "change the condition")
            elif any(self.questions.covers(condition.wanted, one.wanted) for one in unless):
                self.problems.add(
                    place,
                    "this can never speak: unless holds wherever it does",
                    "narrow unless, or leave this out",
                )

    def _read_given(self) -> None:
        node = self.entry.nodes.get("give")
        if node is None:
            return
        if not isinstance(node, yaml_source.Mapping) or not node.entries:
            self.problems.add(node, "give must name a variable", "write {variable: value}")
            return
        given: list[tuple[str, object]] = []
        for name, value in node.entries:
            variable = self._variable(name.value, name)
            if variable is None:
                continue
            kind = variable.values.get("type")
            if variable.values.get("unit", PASSAGE) != self.unit:
                self.problems.add(
                    name,
                    f"{quote(name.value)} is not asked about the unit {self.unit} of this check",
                    "an offer gives answers of the record it speaks on",
                )
            elif kind is VariableType.LINK:
                self.problems.add(name, "an offer cannot give a link", "leave it out")
            elif kind is not None:
                given.append(
                    (name.value, read_value(variable, kind, value, "given value", self.problems))
                )
        self.entry.values["give"] = tuple(given)

    def _variable(self, name: str, place: Placed) -> Entry | None:
        variable = self.questions.entry(name)
        if variable is None:
            hint = likely(name, [*self.questions.known])
            self.problems.add(place, f"there is no variable {quote(name)}", hint)
        return variable

    def _read_test(self) -> None:
        node = self.entry.nodes.get("with")
        name = self.entry.values.get("test", "")
        if not name:
            if node is not None and "test" not in self.entry.nodes:
                self.problems.add(node, "with: gives options of a test", "add test: …")
            return
        test = computed_test(name)
        if test is None:
            names = [one.name for one in COMPUTED_TESTS]
            hint = likely(name, names) or f"there is {one_of(names)}"
            self.problems.add(
                self.entry.place("test"), f"there is no computed test {quote(name)}", hint
            )
            return
        if node is not None and not isinstance(node, yaml_source.Mapping):
            self.problems.add(node, "with must name options", "write {option: value}")
            return
        self.entry.values["with"] = self._options(test, node)

    def _options(self, test: ComputedTest, node: yaml_source.Mapping | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        nodes = {name.value: value for name, value in node.entries} if node else {}
        for name, value in node.entries if node else ():
            option = test.option(name.value)
            if option is None:
                names = [one.name for one in test.options]
                hint = likely(name.value, names)
                hint = hint or (f"it has {one_of(names)}" if names else "leave it out")
                self.problems.add(name, f"{test.name} has no option {quote(name.value)}", hint)
                continue
            result = _READERS[option.kind](self, option, value, nodes)
            if result is not None:
                found[option.name] = result
        for option in test.options:
            if option.required and option.name not in nodes:
                self.problems.add(
                    node or self.entry.place("test"),
                    f"{test.name} needs the option {quote(option.name)}",
                    f"add {option.name}: … ({option.kind.value})",
                )
        return found

    def _read_variable(self, option: Option, node: Node, _: Mapping[str, Node]) -> str | None:
        before = len(self.problems)
        name = scalars.read_text(node, option.name, self.problems)
        variable = self._variable(name, node) if len(self.problems) == before else None
        if variable is None:
            return None
        kind = variable.values.get("type")
        if kind is not None and kind not in option.types:
            self.problems.add(
                node,
                f"{option.name} cannot be {quote(name)}, which is of type {kind}",
                f"name a variable of type {one_of(option.types)}",
            )
            return None
        unit = variable.values.get("unit", PASSAGE)
        within = self.questions.within
        inside = option.inside and self.unit in units_around(unit, within)
        if not inside and not is_at_hand(self.unit, unit, name, node, within, self.problems):
            return None
        return name

    def _read_variables(
        self, option: Option, node: Node, nodes: Mapping[str, Node]
    ) -> tuple[str, ...]:
        items = node.nodes if isinstance(node, Items) else [node]
        if not items:
            self.problems.add(node, f"{option.name} names no variable", "name at least one")
        read = (self._read_variable(option, item, nodes) for item in items)
        return tuple(name for name in read if name)

    def _read_codes(self, option: Option, node: Node, nodes: Mapping[str, Node]) -> tuple[str, ...]:
        known = self._codes_of(nodes.get(option.of) if option.of else None)
        found = []
        for item in node.nodes if isinstance(node, Items) else [node]:
            before = len(self.problems)
            code_id = scalars.read_text(item, f"each of {option.name}", self.problems)
            if len(self.problems) == before and known and code_id not in known:
                hint = likely(code_id, known)
                self.problems.add(item, f"there is no code {quote(code_id)} for it", hint)
            found.append(code_id)
        return tuple(found)

    def _codes_of(self, node: Node | None) -> list[str]:
        """The codes of the variable that an option names, or of all without one."""
        named = node.value if isinstance(node, yaml_source.Scalar) else ""
        entries = [question.entry for question in self.questions.known.values()]
        return [
            code.id
            for entry in entries
            if entry.id == named or node is None
            for code in entry.codes
        ]

    def _read_unit(self, option: Option, node: Node, _: Mapping[str, Node]) -> str | None:
        before = len(self.problems)
        unit = scalars.read_text(node, option.name, self.problems)
        inside = [one for one, outer in self.questions.within.items() if outer == self.unit]
        if len(self.problems) == before and unit not in inside:
            hint = likely(unit, inside) or (f"there is {one_of(inside)}" if inside else "")
            self.problems.add(node, f"no unit {quote(unit)} lies in {self.unit}", hint)
            return None
        return unit

    def _read_number(self, option: Option, node: Node, _: Mapping[str, Node]) -> int | float | None:
        number = scalars.read_number(node, option.name, self.problems)
        if number is not None and number < 0:
            self.problems.add(node, f"{option.name} cannot be less than 0")
        return number

    def _read_words(self, option: Option, node: Node, _: Mapping[str, Node]) -> tuple[str, ...]:
        if not isinstance(node, yaml_source.Mapping):
            return scalars.read_texts(node, option.name, self.problems)
        by_language = scalars.read_words(node, option.name, self.problems)
        return tuple(word for words in by_language.values() for word in words)


_READERS: Mapping[OptionKind, Callable[[_Check, Option, Node, Mapping[str, Node]], object]] = {
    OptionKind.VARIABLE: _Check._read_variable,
    OptionKind.VARIABLES: _Check._read_variables,
    OptionKind.CODES: _Check._read_codes,
    OptionKind.UNIT: _Check._read_unit,
    OptionKind.NUMBER: _Check._read_number,
    OptionKind.WORDS: _Check._read_words,
}
