"""What the coders of a passage say of the same thing, side by side.

The thing is the passage itself, or a claim, an act and so on that at least one of them found
(`annotator.work.alignment`). A coder who coded the passage and has no such record stands there
with None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.coding.content import Form
from annotator.work.aligned_units import AlignedRecord, CodedPassage, aligned_units
from annotator.work.matrices import EMPTY_SET, NO_ANSWER, members_of
from annotator.work.texts import answer_text


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a passage, and the record of each coder who coded the passage.

    Attributes:
        passage: The number of the passage among those that were given.
        by_coder: The records as plain data, None for a coder who has no such record.
        around: The coders who have what it lies in; all of them for what lies in the passage.
    """

    passage: int
    by_coder: Mapping[str, Form | None]
    around: frozenset[str]


def same_things(
    passages: Sequence[tuple[str, Mapping[str, Form]]], codebook: Codebook
) -> dict[str, list[Thing]]:
    """Everything that coders said of the same things, by unit, passage by passage.

    Args:
        passages: The report of each passage, and the coding of each coder; one coder will do.
        codebook: The codebook they are read under.
    """
    coded = [CodedPassage(report, tuple(made), tuple(made.values())) for report, made in passages]
    units: dict[str, list[Thing]] = {}
    # Who has which record: its passage, coder and id, to find what the records inside lie in.
    owner: dict[tuple[int, str, str], Thing] = {}
    for unit, aligned in _aligned(coded, codebook).items():
        units[unit] = []
        for one in aligned:
            by_coder = {coder: one.by_coder.get(coder) for coder in coded[one.passage].coders}
            around = _around(one, owner)
            thing = Thing(one.passage, by_coder, around or frozenset(by_coder))
            units[unit].append(thing)
            for coder, record in one.by_coder.items():
                for inner in codebook.units_in(unit):
                    for found in record.get(inner.id, ()):
                        owner[one.passage, coder, found["id"]] = thing
    return units


def _aligned(
    coded: Sequence[CodedPassage], codebook: Codebook
) -> Mapping[str, Sequence[AlignedRecord]]:
    if codebook.units_in(PASSAGE):
        return {unit: one.records for unit, one in aligned_units(coded, codebook).items()}
    return {
        PASSAGE: [
            AlignedRecord(number, dict(zip(one.coders, one.forms, strict=True)))
            for number, one in enumerate(coded)
        ]
    }


def _around(
    one: AlignedRecord, owner: Mapping[tuple[int, str, str], Thing]
) -> frozenset[str] | None:
    """The coders who have what a record lies in; None for the passage itself."""
    for coder, record in one.by_coder.items():
        if "id" in record and (thing := owner.get((one.passage, coder, record["id"]))):
            return frozenset(name for name, around in thing.by_coder.items() if around is not None)
    return None


def absent(codebook: Codebook, unit_id: str) -> str:
    """What stands for a record of a unit that a coder does not have."""
    return f"(no such {codebook.unit(unit_id).label.lower()})"


def value_of(record: Form | None, variable: Variable, no_record: str) -> str:
    """What a record says of a variable as a text.

    Args:
        record: The record, if there is one.
        variable: One of its variables.
        no_record: What stands for no record.
    """
    if record is None:
        return no_record
    given = record.get(variable.id)
    return NO_ANSWER if given is None else answer_text(given, variable)


def values_in(text: str, variable: Variable) -> frozenset[str]:
    """The values that the text of an answer stands for.

    They are the codes of a set (the empty set is a value of its own), else the text itself.
    """
    if variable.type is VariableType.CODES and text != EMPTY_SET and not text.startswith("("):
        return members_of(text)
    return frozenset((text,))


def pairs_said(first: str, second: str, variable: Variable) -> Iterator[tuple[str, str]]:
    """What one coder said against what another did, pair by pair of values.

    Two values are one pair. Of two sets, every code that both hold is a pair with itself, and
    every code that only the first holds is one with every code that only the second does, or,
    where there is no such code, with `NOTHING_ELSE`.

    Args:
        first: What the first coder said (`value_of`).
        second: What the second did.
        variable: What they were asked.
    """
    ours, theirs = values_in(first, variable), values_in(second, variable)
    for both in sorted(ours & theirs):
        yield both, both
    only, others = sorted(ours - theirs), sorted(theirs - ours)
    if only or others:
        for one in only or (NOTHING_ELSE,):
            for other in others or (NOTHING_ELSE,):
                yield one, other


NOTHING_ELSE = "(nothing else)"
"""What stands against a code that only one of two sets holds, when the other holds no other."""
