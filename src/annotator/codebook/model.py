"""What a codebook is, once read: units, variables, codes and the conditions between them.

Everything here is frozen and holds no trace of YAML; `annotator.codebook.reader` makes these
objects from a file and refuses what is wrong with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

PASSAGE = "passage"
"""The id of the unit that every codebook has: the passage itself."""


class VariableType(StrEnum):
    """What kind of value a variable takes (DESIGN §4)."""

    CODE = "code"
    CODES = "codes"
    SCALE = "scale"
    COUNT = "count"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    LINK = "link"

    @property
    def has_codes(self) -> bool:
        """Whether its values are codes the codebook lists."""
        return self in (VariableType.CODE, VariableType.CODES, VariableType.SCALE)

    @property
    def is_typed(self) -> bool:
        """Whether its values are typed in rather than picked."""
        return self in (
            VariableType.COUNT,
            VariableType.DATE,
            VariableType.NUMBER,
            VariableType.TEXT,
        )


class EvidenceRule(StrEnum):
    """Whether words of the passage must stand behind an answer or a record."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class CandidateRule(StrEnum):
    """What words of the passage a question is offered as candidates for its answer.

    `usual` is what its type says; `places` are names of places, for a text; `none` offers nothing.
    """

    USUAL = "usual"
    PLACES = "places"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Code:
    """One value a variable can take, or one reason a passage has no record of a unit.

    `aliases` and `cues` map a language tag to words; `valid_from` and `valid_to` bound the dates
    of events the code may be used for (both inclusive). `renamed_from`, `merged_from`, `split_from`
    and `redefined_in` are its history: the ids of earlier versions that it stands for or is a part
    of, and the version that gave it another meaning.
    """

    id: str
    label: str
    key: str = ""
    parent: str = ""
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool = False
    renamed_from: str = ""
    merged_from: tuple[str, ...] = ()
    split_from: str = ""
    redefined_in: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """`when:`: every named variable must have one of its values.

    A variable with several values meets the condition by any of them; a code is met by itself
    and by every code below it in the tree.

    Args:
        wanted: Pairs of a variable id and the values that meet the condition, as written:
            code ids, or `"true"`/`"false"` for a yes_no variable. In a check a value may also be
            `"state:stated"`, `"state:not_stated"` and so on, for a variable of any type.
    """

    wanted: tuple[tuple[str, tuple[str, ...]], ...]

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        return iter(self.wanted)


@dataclass(frozen=True, slots=True)
class Unit:
    """What one set of answers is about: the passage, or a repeating unit inside it.

    `none_reasons` are the reasons a coder may give for finding no record of the unit; with none,
    an empty unit needs no reason.
    """

    id: str
    within: str = ""
    label: str = ""
    evidence: EvidenceRule = EvidenceRule.OPTIONAL
    none_reasons: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """One question asked about a unit.

    `default` is a value in the form a coding has in YAML or JSON (a code id, a list of code ids,
    a count such as `"12+"`, `True`), or `{"state": "not_stated"}` for a default that is a state.
    `link_to` is the unit whose records a `link` variable points at. `minimum` and `maximum`
    bound a `number`. `cues` map a language tag to words of a report that point to its value, and
    `candidates` says what else does (`annotator.coding.candidates`).
    """

    id: str
    question: str
    type: VariableType
    unit: str = PASSAGE
    label: str = ""
    help: str = ""
    codes: tuple[Code, ...] = ()
    required: bool = False
    default: object = None
    when: Condition | None = None
    evidence: EvidenceRule = EvidenceRule.OPTIONAL
    link_to: str = ""
    minimum: float | None = None
    maximum: float | None = None
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    candidates: CandidateRule = CandidateRule.USUAL

    @property
    def name(self) -> str:
        """A short name for a table or a narrow column: the label, else the id in words."""
        return self.label or self.id.replace("_", " ").capitalize()

    def code(self, code_id: str) -> Code:
        """The code with this id; KeyError if there is none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)

    def descendants(self, code_id: str) -> frozenset[str]:
        """The ids of a code and of every code below it in the tree."""
        found = {code_id}
        grew = True
        while grew:
            below = {code.id for code in self.codes if code.parent in found} - found
            found |= below
            grew = bool(below)
        return frozenset(found)

    def depth(self, code_id: str) -> int:
        """How deep a code lies in the tree; 0 for one without a parent."""
        parents = {code.id: code.parent for code in self.codes}
        depth = 0
        while parent := parents.get(code_id, ""):
            code_id, depth = parent, depth + 1
        return depth


class CheckKind(StrEnum):
    """What a check that fires asks of the coder (DESIGN §4).

    `error` blocks, for structure only; `warn` may be overridden with a reason, which is kept and
    exported; `offer` proposes an implied answer, marked inferred for good when taken; `confirm`
    asks to look again.
    """

    ERROR = "error"
    WARN = "warn"
    OFFER = "offer"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Check:
    """Something a codebook watches over in every record of a unit.

    A check fires on a record when one of its `when` conditions is met (or it has none), none of its
    `unless` conditions is, and its computed test, if it names one, finds something.

    Args:
        id: Its id, such as `W3`.
        kind: What it asks of the coder.
        sentence: What it says.
        unit: The unit it looks at. Conditions may name variables of that unit and of the units it
            lies in.
        when: Alternatives; each a condition on answers.
        unless: Alternatives; any that is met keeps the check silent.
        test: The name of a computed test (`annotator.coding.computed`), empty for none.
        options: The options of that test.
        give: For an offer: pairs of a variable of the unit and the value it implies.
    """

    id: str
    kind: CheckKind
    sentence: str
    unit: str = PASSAGE
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    test: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    give: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A whole codebook, valid by construction when it comes from the reader.

    `units` always begins with the passage; a unit stands after the one it lies in. `source` is
    the YAML text it was read from and `sha256` the hash of that text in UTF-8: codings name it.
    """

    id: str
    version: str
    title: str
    units: tuple[Unit, ...]
    variables: tuple[Variable, ...]
    checks: tuple[Check, ...] = ()
    description: str = ""
    language: str = ""
    source: str = field(default="", repr=False)
    sha256: str = ""

    @cached_property
    def _variables(self) -> dict[str, Variable]:
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def _variables_of(self) -> dict[str, tuple[Variable, ...]]:
        found: dict[str, tuple[Variable, ...]] = {}
        for variable in self.variables:
            found[variable.unit] = (*found.get(variable.unit, ()), variable)
        return found

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _below(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def below(self, variable_id: str, code_id: str) -> frozenset[str]:
        """The ids of a code of a variable and of every code below it, kept once they are found."""
        found = self._below.get((variable_id, code_id))
        if found is None:
            found = self.variable(variable_id).descendants(code_id)
            self._below[variable_id, code_id] = found
        return found

    def variable(self, variable_id: str) -> Variable:
        """The variable with this id; KeyError if there is none."""
        return self._variables[variable_id]

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id; KeyError if there is none."""
        return self._units[unit_id]

    def variables_of(self, unit_id: str) -> tuple[Variable, ...]:
        """The variables asked about a unit, in the codebook's order."""
        return self._variables_of.get(unit_id, ())

    def units_in(self, unit_id: str) -> tuple[Unit, ...]:
        """The repeating units that lie directly inside a unit, in the codebook's order."""
        return tuple(unit for unit in self.units if unit.within == unit_id)

    def depth(self, unit_id: str) -> int:
        """How deep a unit lies: 0 for the passage, 1 for a unit in it, and so on."""
        depth = 0
        while within := self.unit(unit_id).within:
            unit_id, depth = within, depth + 1
        return depth
