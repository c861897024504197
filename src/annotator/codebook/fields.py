"""The fields of a codebook file, as tables: the one place that says which there are.

The reader, the JSON Schema and the tables of docs/codebook.md are all made from these.
"""

from dataclasses import dataclass
from enum import StrEnum

from annotator.codebook.model import CandidateRule, CheckKind, EvidenceRule, VariableType

ID_PATTERN = "[a-z][a-z0-9_]{0,59}"
"""Ids of variables and units: they become column names."""

CODE_ID_PATTERN = "[a-z0-9][a-z0-9_]{0,59}"
"""Ids of codes and reasons: they may be numbers (as of a precision) and stand in sets as `a|b`."""

CODEBOOK_ID_PATTERN = "[a-z][a-z0-9-]{0,59}"
VERSION_PATTERN = r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})"
CHECK_ID_PATTERN = "[A-Z][A-Z0-9]{0,9}"
KEY_PATTERN = "[a-z0-9]"
LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"
DATE_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Kind(StrEnum):
    """What a field holds; the value is how the documentation says it."""

    CODEBOOK_ID = "id: a-z, 0-9 and -"
    ID = "id: a-z, 0-9 and _"
    CODE_ID = "id: a-z, 0-9 and _, or digits"
    IDS = "id or list of ids"
    VERSION = "MAJOR.MINOR.PATCH"
    LINE = "text, one line"
    TEXT = "text"
    TEXTS = "text or list of texts"
    WORDS = "language: text or list of texts"
    KEY = "one of a-z, 0-9"
    LANGUAGE = "language tag"
    DATE = "YYYY-MM-DD"
    NUMBER = "number"
    FLAG = "true or false"
    TYPE = "type"
    EVIDENCE = "required, optional or none"
    CANDIDATES = "usual, places or none"
    UNIT_NAME = "id of a unit"
    CODE_NAME = "id of a code"
    CONDITION = "variable: code or list of codes"
    VALUE = "value or {state: …}"
    CODES = "list of codes"
    REASONS = "list of reasons"
    VARIABLES = "list of variables"
    UNITS = "id: unit"
    CHECKS = "list of checks"
    CHECK_ID = "id: A-Z and 0-9"
    CONDITIONS = "a condition, or a list of which any will do"
    TEST = "name of a computed test"
    OPTIONS = "option: value"
    GIVEN = "variable: value"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mapping in a codebook file.

    Args:
        name: The name in the file.
        kind: What it holds.
        doc: What it means, for the documentation and for editors.
        required: Whether it must be there.
        attribute: Its name in `annotator.codebook.model`, where that differs.
    """

    name: str
    kind: Kind
    doc: str
    required: bool = False
    attribute: str = ""

    @property
    def target(self) -> str:
        """Its name in `annotator.codebook.model`."""
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """All fields of one kind of mapping, and what to call it in a sentence."""

    noun: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field with this name in the file, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields."""
        return tuple(field.name for field in self.fields)


CODEBOOK = Table(
    "codebook",
    (
        Field("codebook", Kind.CODEBOOK_ID, "Id of the codebook.", True, "id"),
        Field(
            "version",
            Kind.VERSION,
            "Raise PATCH for wording, MINOR for added codes, MAJOR when a code is split, merged"
            " or redefined.",
            True,
        ),
        Field("title", Kind.LINE, "What the codebook is called on the screen.", True),
        Field("description", Kind.TEXT, "What it is for, and rules for the whole of it."),
        Field("language", Kind.LANGUAGE, "Language of its labels, such as en or ar."),
        Field("units", Kind.UNITS, "Repeating units inside a passage; leave out for none."),
        Field("variables", Kind.VARIABLES, "The questions, in the order they are asked.", True),
        Field("checks", Kind.CHECKS, "What is watched over while coding; leave out for none."),
    ),
)

UNIT = Table(
    "unit",
    (
        Field(
            "in", Kind.UNIT_NAME, "The unit it lies in: passage or another unit.", True, "within"
        ),
        Field("label", Kind.LINE, "Its name on the screen; made from the id if left out."),
        Field(
            "evidence",
            Kind.EVIDENCE,
            "Whether words of the passage must be marked for each record; optional if left out.",
        ),
        Field(
            "none",
            Kind.REASONS,
            "Reasons a coder may give for finding no record; without any, none is asked for.",
            attribute="none_reasons",
        ),
    ),
)

VARIABLE = Table(
    "variable",
    (
        Field("id", Kind.ID, "Its name in data; unique in the codebook.", True),
        Field("question", Kind.LINE, "The question the coder answers.", True),
        Field("type", Kind.TYPE, "What kind of value it takes; see the types.", True),
        Field("label", Kind.LINE, "A short name for tables; made from the id if left out."),
        Field("unit", Kind.UNIT_NAME, "What it is asked about; passage if left out."),
        Field("help", Kind.TEXT, "How to answer, shown beside the question."),
        Field("codes", Kind.CODES, "The codes to choose from (types code, codes and scale)."),
        Field("required", Kind.FLAG, "Whether a coding needs an answer; false if left out."),
        Field("default", Kind.VALUE, "The answer a new record begins with, or its state."),
        Field(
            "when",
            Kind.CONDITION,
            "Ask only if each named variable has one of these values or a code below it.",
        ),
        Field(
            "evidence",
            Kind.EVIDENCE,
            "Whether words of the passage must be marked for it; optional if left out.",
        ),
        Field(
            "cues",
            Kind.WORDS,
            "Words in a report beside which its number or date stands, that are its text, or that"
            " say yes, by language.",
        ),
        Field(
            "candidates",
            Kind.CANDIDATES,
            "What the passage is searched for to offer as its answer: what its type says (usual,"
            " also if left out), names of places for a text, or nothing.",
        ),
        Field("to", Kind.UNIT_NAME, "The unit whose records a link points at.", False, "link_to"),
        Field("min", Kind.NUMBER, "The smallest number allowed.", False, "minimum"),
        Field("max", Kind.NUMBER, "The largest number allowed.", False, "maximum"),
    ),
)

_CODE_FIELDS = (
    Field("id", Kind.CODE_ID, "Its name in data; unique in the list.", True),
    Field("label", Kind.LINE, "Its name on the screen; made from the id if left out."),
    Field("key", Kind.KEY, "The key that picks it; unique in the list."),
    Field("definition", Kind.TEXT, "What it means, in a sentence or two."),
    Field("include", Kind.TEXTS, "When to use it."),
    Field("exclude", Kind.TEXTS, "When not to, and what to use then."),
    Field("examples", Kind.TEXTS, "Words it was rightly used for."),
    Field("not_examples", Kind.TEXTS, "Words it looks right for and is not."),
    Field("retired", Kind.FLAG, "Kept for old codings, no longer offered; false if left out."),
    Field(
        "renamed_from", Kind.CODE_ID, "Its id in an earlier version; old codings are read as this."
    ),
    Field(
        "merged_from",
        Kind.IDS,
        "Ids of an earlier version that were merged into it; old codings are read as this.",
    ),
    Field(
        "split_from",
        Kind.CODE_ID,
        "Id of an earlier version that it is a part of; old codings must be looked at again.",
    ),
    Field(
        "redefined_in",
        Kind.VERSION,
        "The version that gave it another meaning; older codings must be looked at again.",
    ),
)

CODE = Table(
    "code",
    (
        *_CODE_FIELDS,
        Field("parent", Kind.CODE_NAME, "The broader code it belongs under."),
        Field("aliases", Kind.WORDS, "Other names of the same thing, by language."),
        Field("cues", Kind.WORDS, "Words in a report that point to it, by language."),
        Field("valid_from", Kind.DATE, "First day of events it may be used for."),
        Field("valid_to", Kind.DATE, "Last day of events it may be used for."),
    ),
)

REASON = Table("reason", _CODE_FIELDS)

CHECK = Table(
    "check",
    (
        Field("id", Kind.CHECK_ID, "Its name in data and in overrides, such as W3.", True),
        *(
            Field(
                str(kind), Kind.LINE, f"The sentence of a check that {does}.", attribute="sentence"
            )
            for kind, does in (
                (CheckKind.ERROR, "keeps a coding from being submitted; for structure only"),
                (CheckKind.WARN, "a coder may override with a reason, which is kept"),
                (CheckKind.OFFER, "proposes an implied answer, marked as inferred when taken"),
                (CheckKind.CONFIRM, "asks to look again; a reason settles it"),
            )
        ),
        Field("unit", Kind.UNIT_NAME, "The unit it looks at; passage if left out."),
        Field("when", Kind.CONDITIONS, "Speak only if this holds."),
        Field("unless", Kind.CONDITIONS, "Keep silent if this holds."),
        Field("test", Kind.TEST, "Speak only if this computed test finds something."),
        Field("with", Kind.OPTIONS, "The options of the test.", attribute="options"),
        Field("give", Kind.GIVEN, "For an offer: the answers it implies."),
    ),
)

CHOICES = {
    Kind.TYPE: tuple(VariableType),
    Kind.EVIDENCE: tuple(EvidenceRule),
    Kind.CANDIDATES: tuple(CandidateRule),
}
"""The words a field of these kinds may hold."""

TYPES = {
    VariableType.CODE: "exactly one of its codes",
    VariableType.CODES: "any number of its codes; none of them is an answer too",
    VariableType.SCALE: "exactly one of its codes, which stand in order from low to high",
    VariableType.COUNT: "a number of people as a claim: 9, ~30, 12+, <=40, 10-15, 12 (12-20), v12",
    VariableType.DATE: "a date or period with its precision",
    VariableType.NUMBER: "a number, within min and max if they are given",
    VariableType.TEXT: "words of the coder's own",
    VariableType.YES_NO: "true or false",
    VariableType.LINK: "other records of the same coding, of the unit named by to",
}
"""What the values of each type are, for the documentation."""

STATES = ("not_stated", "unknown", "not_applicable")
"""The states an answer without a value may have, and so a default."""

RESERVED_IDS = frozenset(
    {"passage", "id", "none", "evidence", "state", "value", "note", "unsure", "overrides"}
)
"""Ids no variable or unit may have: codings use these names for their own parts."""
