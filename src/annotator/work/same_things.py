"""What the coders of a passage say of the same thing, side by side.

The thing is the passage itself, or a claim, an act and so on that at least one of them found
(`annotator.work.alignment`). A coder who coded the passage and has no such record stands there
with None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.store.places import Place
from annotator.work.aligned_units import CodedPassage, aligned_units
from annotator.work.compare import Form
from annotator.work.compared_codings import ComparedCodings
from annotator.work.matrices import EMPTY_SET, NO_ANSWER, members_of
from annotator.work.texts import answer_text


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a passage, and the record of each coder who coded the passage.

    Attributes:
        place: The passage.
        by_coder: The records as plain data, None for a coder who has no such record.
    """

    place: Place
    by_coder: Mapping[str, Form | None]


def same_things(found: ComparedCodings) -> dict[str, list[Thing]]:
    """Everything that coders said of the same things, by unit, passages in reading order.

    Args:
        found: The codings that are compared.
    """
    by_passage = found.by_passage()
    units = {PASSAGE: [Thing(found.places[passage], made) for passage, made in by_passage.items()]}
    if not found.codebook.units_in(PASSAGE):
        return units
    passages = [
        CodedPassage(found.places[passage][0], tuple(made), tuple(made.values()))
        for passage, made in by_passage.items()
    ]
    places = [found.places[passage] for passage in by_passage]
    for unit, aligned in aligned_units(passages, found.codebook).items():
        if unit != PASSAGE:
            units[unit] = [
                Thing(
                    places[one.passage],
                    {coder: one.by_coder.get(coder) for coder in passages[one.passage].coders},
                )
                for one in aligned.records
            ]
    return units


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


def answered_places(things: list[Thing]) -> Iterator[tuple[Place, str, Form]]:
    """Each record that there is: its passage, its coder, it."""
    for one in things:
        for coder, record in one.by_coder.items():
            if record is not None:
                yield one.place, coder, record
