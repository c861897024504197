"""From records to the passage: what the records of a passage say together, whoever made which.

The passage projection needs no alignment: whether there is any record, the set of codes over all
records of a passage as they are and at the top of their tree, the set of their pairs. Which
variables it is made of follows from the codebook: every variable of a repeating unit that takes
codes. So it answers whether any death is reported, too: that is the code for a killing in the set
of kinds, used by a coder or not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.content import Form
from annotator.work.matrices import (
    EMPTY_SET,
    NO_ANSWER,
    Coded,
    Comparison,
    Said,
    labels_of,
    members_of,
    nominal,
    sets,
)
from annotator.work.texts import answer_text, records_of

TOGETHER = " + "
"""What stands between the codes of one record in a set of records."""

_PAIRED = (VariableType.CODE, VariableType.CODES, VariableType.SCALE, VariableType.YES_NO)


@dataclass(frozen=True, slots=True)
class Projection:
    """Something that the records of a passage say together.

    Attributes:
        comparison: The matrix of what each coder's records say, a row a passage.
        name: A short name for a table.
        question: What is asked.
        unit: The unit of the records.
        type: What is compared: `any`, `records`, or the type of the variable.
    """

    comparison: Comparison
    name: str
    question: str
    unit: str
    type: str


def key_variables(codebook: Codebook, unit_id: str) -> tuple[Variable, ...]:
    """The variables that say which record it is, such as perpetrator and cause of an act.

    They are those that take codes, are required and have no default; if there is none, those that
    are required; if there is none, all that take codes. Sets of records are compared where they are
    two at most: with more, hardly two sets would be equal.
    """
    coded = [one for one in codebook.variables_of(unit_id) if one.type in _PAIRED]
    required = [one for one in coded if one.required]
    return tuple([one for one in required if one.default is None] or required or coded)


def record_text(record: Form, keys: Sequence[Variable]) -> str:
    """A record as a member of a set: what it answers to its key variables."""
    return TOGETHER.join(
        answer_text(record[one.id], one).replace("|", "&") if one.id in record else NO_ANSWER
        for one in keys
    )


def set_text(records: Sequence[Form], keys: Sequence[Variable]) -> str:
    """Records as a set."""
    return "|".join(sorted({record_text(one, keys) for one in records})) or EMPTY_SET


def record_labels(keys: Sequence[Variable], texts: Sequence[str]) -> dict[str, str]:
    """What members of sets are called: the labels of their codes."""
    labels = [labels_of(one) for one in keys]
    found: dict[str, str] = {}
    for member in sorted(set().union(*map(members_of, set(texts)))):
        codes = member.split(TOGETHER)
        if len(codes) == len(keys):
            found[member] = TOGETHER.join(
                names.get(code, code) for names, code in zip(labels, codes, strict=True)
            )
    return found


def projections(
    forms: Mapping[int, Form], coded: Coded, codebook: Codebook
) -> Iterator[Projection]:
    """Everything that the records of passages say together, unit by unit.

    Args:
        forms: The codings as plain data, by their cells in the matrices.
        coded: Who coded which passage.
        codebook: The codebook they are read under.
    """
    units = [unit for unit in codebook.units if unit.id != PASSAGE]
    if not units:
        return
    inside: dict[str, dict[int, list[Form]]] = {
        unit.id: {cell: [] for cell in forms} for unit in units
    }
    for cell, form in forms.items():
        for unit_id, record in records_of(form, codebook):
            if unit_id != PASSAGE:
                inside[unit_id][cell].append(record)
    for unit in units:
        yield from _of_unit(unit, inside[unit.id], coded, codebook)


def _of_unit(
    unit: Unit, inside: Mapping[int, list[Form]], coded: Coded, codebook: Codebook
) -> Iterator[Projection]:
    label = unit.label.lower()
    if unit.within == PASSAGE:
        said = Said()
        for cell, records in inside.items():
            said.add(cell, "yes" if records else "no")
        found = nominal(
            f"{unit.id} (any?)",
            {"yes": "Yes", "no": "No"},
            said,
            coded,
            f"passage projection: whether there is any {label}",
        )
        question = f"Is there any {label} in the passage?"
        yield Projection(found, f"Any {label}", question, unit.id, "any")
    keys = key_variables(codebook, unit.id)
    if len(keys) == 2:
        said = Said()
        for cell, records in inside.items():
            said.add(cell, set_text(records, keys))
        names = TOGETHER.join(one.name for one in keys)
        found = sets(
            f"{unit.id} ({TOGETHER.join(one.id for one in keys)})",
            record_labels(keys, said.texts),
            said,
            coded,
            f"passage projection: every {label} of a passage as one of a set",
        )
        question = f"Which {names.lower()} go together in the passage?"
        yield Projection(found, names, question, unit.id, "records")
    for variable in codebook.variables_of(unit.id):
        if variable.type.has_codes:
            yield from _of_codes(variable, inside, coded)


def _of_codes(
    variable: Variable, inside: Mapping[int, list[Form]], coded: Coded
) -> Iterator[Projection]:
    basis = "passage projection: the codes of all records of a passage, as a set"
    leaves, tops, top_of = Said(), Said(), _tops(variable)
    for cell, records in inside.items():
        members: set[str] = set()
        for record in records:
            given = record.get(variable.id)
            if isinstance(given, str):
                members.add(given)
            elif given is not None:
                members |= members_of(answer_text(given, variable))
        leaves.add(cell, "|".join(sorted(members)) or EMPTY_SET)
        tops.add(cell, "|".join(sorted({top_of.get(one, one) for one in members})) or EMPTY_SET)
    labels = labels_of(variable)
    made = [(variable.id, variable.name, labels, leaves, basis)]
    if any(code.parent for code in variable.codes):
        highest = {code.id: code.label for code in variable.codes if not code.parent}
        made.append(
            (
                f"{variable.id} (parents)",
                f"{variable.name} (parents)",
                highest,
                tops,
                f"{basis}, each code taken up to the top of its tree",
            )
        )
    for name, shown, known, said, words in made:
        yield Projection(
            sets(name, known, said, coded, words),
            shown,
            variable.question,
            variable.unit,
            variable.type.value,
        )


def _tops(variable: Variable) -> dict[str, str]:
    """For each code the one at the top of its branch."""
    parents = {code.id: code.parent for code in variable.codes}
    found: dict[str, str] = {}
    for code in parents:
        top = code
        while parents.get(top):
            top = parents[top]
        found[code] = top
    return found
