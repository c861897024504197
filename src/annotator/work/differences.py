"""The differences between codings of one passage in words, as a lead looks at them."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.form import answer_form, value_from_form
from annotator.coding.model import Answer, State
from annotator.work.compare import (
    NONE,
    Form,
    answer_content,
    link_targets,
    record_content,
)
from annotator.work.outline import YES_NO_CODES, shown_answer

NOTHING = "–"
"""What is shown for a side that has no such record or gives no reason."""

NOT_ANSWERED = "not answered"
"""What is shown for a side that left a question open."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that codings of a passage say differently.

    `record` names the record in words (`Claim 2`, `Claim 1, Act 1`; empty: the passage) and `ids`
    its id on each side (empty: that side has none). `variable` is a variable's id, `none` for the
    reason for having no record, empty for the record as a whole; `name` is what a screen calls
    it. `values` is what each side says, in words.
    """

    record: str
    variable: str
    name: str
    values: Mapping[str, str]
    ids: Mapping[str, str]


def differences(sides: Mapping[str, Form], codebook: Codebook) -> tuple[Difference, ...]:
    """Everything the sides say differently, in the codebook's order.

    Records that say the same on every side are left out. The others stand beside each other in
    the order in which the coders made them; they are not aligned by their evidence or values.

    Args:
        sides: The codings as plain data, by the name of their side.
        codebook: The codebook they were made under.
    """
    return tuple(_Differences(sides, codebook).all())


def answer_words(form: object, variable: Variable) -> str:
    """An answer as plain data (None: none was given) in words: labels for codes, a state's name.

    One that an offer implied says so, though that makes no difference by itself.
    """
    if form is None:
        return NOT_ANSWERED
    value, state, *_ = answer_form(form)
    if state is not State.STATED:
        return state.words
    codes = YES_NO_CODES if variable.type is VariableType.YES_NO else variable.codes
    words = shown_answer(Answer(value_from_form(value, variable)), codes)
    is_inferred = isinstance(form, Mapping) and form.get("inferred", False)
    return f"{words} (inferred)" if is_inferred else words


class _Differences:
    """The differences between sides under one codebook."""

    def __init__(self, sides: Mapping[str, Form], codebook: Codebook) -> None:
        self.sides = sides
        self.codebook = codebook
        self.targets = {name: link_targets(form, codebook) for name, form in sides.items()}

    def all(self) -> Iterator[Difference]:
        yield from self.of_record(dict(self.sides), "", PASSAGE)
        reasons = {name: str(form.get(NONE, "")) for name, form in self.sides.items()}
        if len(set(reasons.values())) > 1:
            units = self.codebook.units
            labels = {code.id: code.label for unit in units for code in unit.none_reasons}
            words = {
                name: labels.get(reason, reason) or NOTHING for name, reason in reasons.items()
            }
            yield Difference("", NONE, "Why there is none", words, dict.fromkeys(words, ""))

    def of_record(
        self, forms: Mapping[str, Form | None], place: str, unit_id: str
    ) -> Iterator[Difference]:
        """What differs in one record of each side (None: that side has no such record)."""
        ids = {name: "" if form is None else form.get("id", "") for name, form in forms.items()}
        for variable in self.codebook.variables_of(unit_id):
            said = {
                self.said(name, form, variable) for name, form in forms.items() if form is not None
            }
            if len(said) > 1:
                words = {
                    name: NOTHING if form is None else answer_words(form.get(variable.id), variable)
                    for name, form in forms.items()
                }
                yield Difference(place, variable.id, variable.name, words, ids)
        for unit in self.codebook.units_in(unit_id):
            yield from self.of_records(forms, place, unit)

    def of_records(
        self, forms: Mapping[str, Form | None], place: str, unit: Unit
    ) -> Iterator[Difference]:
        """What differs in the records of one unit inside one record of each side."""
        left = self.unmatched(forms, unit)
        for number in range(max(map(len, left.values()))):
            where = f"{place}, " if place else ""
            where += f"{unit.label} {number + 1}"
            row = {
                name: records[number] if number < len(records) else None
                for name, records in left.items()
            }
            if any(record is None for record in row.values()):
                words = {
                    name: NOTHING if record is None else self.in_short(record, unit)
                    for name, record in row.items()
                }
                ids = {name: "" if one is None else one["id"] for name, one in row.items()}
                yield Difference(where, "", unit.label, words, ids)
            yield from self.of_record(row, where, unit.id)

    def unmatched(self, forms: Mapping[str, Form | None], unit: Unit) -> dict[str, list[Form]]:
        """The records of each side without those that every side (that could) has."""
        said: dict[str, list[tuple[Hashable, Form]]] = {
            name: [
                (record_content(record, unit, self.codebook, self.targets[name]), record)
                for record in (form or {}).get(unit.id, ())
            ]
            for name, form in forms.items()
        }
        bags = [
            Counter(key for key, _ in said[name])
            for name, form in forms.items()
            if form is not None
        ]
        common = bags[0]
        for bag in bags[1:]:
            common = common & bag
        left: dict[str, list[Form]] = {}
        for name, records in said.items():
            matched = common.copy()
            left[name] = []
            for key, record in records:
                if matched[key] > 0:
                    matched[key] -= 1
                else:
                    left[name].append(record)
        return left

    def said(self, name: str, form: Form, variable: Variable) -> Hashable:
        if variable.id not in form:
            return None
        return answer_content(form[variable.id], variable, self.targets[name])

    def in_short(self, record: Form, unit: Unit) -> str:
        """A record in one line: its answers in words, then how many records lie in it."""
        parts = [
            f"{variable.name}: {answer_words(record[variable.id], variable)}"
            for variable in self.codebook.variables_of(unit.id)
            if variable.id in record
        ]
        for inner in self.codebook.units_in(unit.id):
            if records := record.get(inner.id):
                parts.append(f"{inner.label}: {len(records)}")
        return "; ".join(parts) or "nothing answered"
