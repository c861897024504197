"""The computed tests a check may name, and the options each takes.

What cannot be said as a condition on answers is computed: sums, numbers in the words marked,
dates. These tables say which tests there are and what they need; `annotator.coding.computed` holds
what they do. The reader, the JSON Schema and the tables of docs/codebook.md are made from these.
"""

from dataclasses import dataclass
from enum import StrEnum

from annotator.codebook.model import VariableType

ANY_TYPE = tuple(VariableType)
_PICKED = (VariableType.CODE, VariableType.SCALE)
_COUNT = (VariableType.COUNT,)
_DATE = (VariableType.DATE,)
_LINK = (VariableType.LINK,)
_CODES = (VariableType.CODE, VariableType.CODES, VariableType.SCALE)


class OptionKind(StrEnum):
    """What an option holds; the value is how the documentation says it."""

    VARIABLE = "a variable"
    VARIABLES = "variables"
    CODES = "codes"
    UNIT = "a unit inside"
    NUMBER = "a number"
    WORDS = "words, by language or as a list"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a computed test.

    Args:
        name: Its name under `with:`.
        kind: What it holds.
        doc: What it means.
        types: For variables: the types they may have.
        inside: For variables: whether those of units inside the check's unit may be named too.
        of: For codes: the option that names their variable; empty for any variable's codes.
        required: Whether it must be there.
    """

    name: str
    kind: OptionKind
    doc: str
    types: tuple[VariableType, ...] = ANY_TYPE
    inside: bool = False
    of: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class ComputedTest:
    """A computed test: its name, what it finds, and its options."""

    name: str
    doc: str
    options: tuple[Option, ...] = ()

    def option(self, name: str) -> Option | None:
        """The option with this name, or None."""
        return next((option for option in self.options if option.name == name), None)


_ABOUT = Option(
    "about",
    OptionKind.NUMBER,
    "How far a number written as ~30 may lie from it, in per cent; without it such a number has"
    " no bounds.",
    required=False,
)
_VARIABLE, _VARIABLES = OptionKind.VARIABLE, OptionKind.VARIABLES

COMPUTED_TESTS: tuple[ComputedTest, ...] = (
    ComputedTest(
        "number_of_records",
        "The number of records inside does not go with an answer.",
        (
            Option("by", _VARIABLE, "The answer that says how many there must be.", _PICKED),
            Option("records", OptionKind.UNIT, "The unit whose records are counted."),
            Option("one", OptionKind.CODES, "Answers that need exactly one record.", of="by"),
            Option("several", OptionKind.CODES, "Answers that need two or more.", of="by"),
        ),
    ),
    ComputedTest(
        "counts_out_of_order",
        "The low, best and high of a count are not in this order.",
        (Option("counts", _VARIABLES, "The counts.", _COUNT),),
    ),
    ComputedTest(
        "evidence_outside",
        "A record has no words marked, or marks that do not hold the passage's words.",
    ),
    ComputedTest(
        "no_link",
        "A link is missing, or points at its own record.",
        (Option("link", _VARIABLE, "The link.", _LINK),),
    ),
    ComputedTest(
        "unusable_code",
        "An answer, here or in a record inside, holds a code the codebook lacks or has retired.",
    ),
    ComputedTest(
        "parts_exceed",
        "Parts surely add up to more than their total: the sum of their lows is above its high.",
        (
            Option("total", _VARIABLE, "The total.", _COUNT),
            Option("parts", _VARIABLES, "Its parts; those without a value are left out.", _COUNT),
            _ABOUT,
        ),
    ),
    ComputedTest(
        "outside_window",
        "A date lies wholly outside valid_from and valid_to of a code or of one above it.",
        (
            Option("date", _VARIABLE, "When it happened.", _DATE),
            Option("codes", _VARIABLES, "Answers whose codes are looked up.", _CODES),
        ),
    ),
    ComputedTest(
        "not_printed",
        "A number is not in the words marked for the record or the answer. Digits and number words"
        " of English and Arabic are read; 1, vague counts (v12) and lower bounds (12+) are exempt,"
        " and an upper bound may be printed one higher (fewer than 41).",
        (Option("counts", _VARIABLES, "The counts.", _COUNT),),
    ),
    ComputedTest(
        "subtotals_exceed",
        "Of the records that the conditions fit, those that are part of the same record and differ"
        " in one respect surely add up to more than it. It speaks on the record with the total.",
        (
            Option("total", _VARIABLE, "The count that is added up.", _COUNT),
            Option("link", _VARIABLE, "The link to the record with the total.", _LINK),
            Option("by", _VARIABLES, "The respects: actor, cause, place, date.", inside=True),
            Option(
                "open",
                OptionKind.CODES,
                "Codes that say nothing, so may stand for what another part names.",
                required=False,
            ),
            _ABOUT,
        ),
    ),
    ComputedTest(
        "said_twice",
        "An earlier record that the conditions fit too says the same by the same source.",
        (
            Option("by", _VARIABLES, "Answers that are the same."),
            Option(
                "inside", _VARIABLES, "Answers inside that are the same, in order.", inside=True
            ),
            Option("links", _VARIABLES, "Links that make the second one no repetition.", _LINK),
        ),
    ),
    ComputedTest(
        "dates_out_of_order",
        "A date surely lies after the report's own, or before one that comes first.",
        (Option("dates", _VARIABLES, "The dates, in the order they must have.", _DATE),),
    ),
    ComputedTest(
        "number_near",
        "The coding has no record and a reason why, yet a number stands near one of the words in"
        " the same sentence. Years, dates and times are no such numbers.",
        (
            Option("words", OptionKind.WORDS, "The words; a final * stands for any ending."),
            Option("within", OptionKind.NUMBER, "How many words may lie between."),
            Option(
                "negations",
                OptionKind.WORDS,
                "Words that, up to three words before one of the words, deny it.",
                required=False,
            ),
        ),
    ),
    ComputedTest(
        "odd_extent",
        "An aggregate is one day at one site, or a single event lasts too long. An event dated to a"
        " whole year is imprecise, not long.",
        (
            Option("by", _VARIABLE, "What kind of claim it is.", _PICKED),
            Option("aggregate", OptionKind.CODES, "Its answers for an aggregate.", of="by"),
            Option("event", OptionKind.CODES, "Its answers for a single event.", of="by"),
            Option("date", _VARIABLE, "When it happened.", _DATE),
            Option("most_days", OptionKind.NUMBER, "The longest an event may last."),
            Option("place", _VARIABLE, "How exact the place is.", _PICKED),
            Option("site", OptionKind.CODES, "Its answers for one site.", of="place"),
        ),
    ),
    ComputedTest(
        "only_words",
        "The words marked for a record hold one of the words and none of the others.",
        (
            Option("words", OptionKind.WORDS, "The words; a final * stands for any ending."),
            Option("without", OptionKind.WORDS, "The others."),
        ),
    ),
    ComputedTest(
        "marked_inferred",
        "An answer is marked as inferred (an offer was taken).",
        (Option("variables", _VARIABLES, "The answers."),),
    ),
)
"""Every computed test, in the order of the documentation."""


def computed_test(name: str) -> ComputedTest | None:
    """The computed test with this name, or None."""
    return next((test for test in COMPUTED_TESTS if test.name == name), None)
