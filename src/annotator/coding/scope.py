"""What a check of the codebook can see from one record, and whether its conditions are met."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from annotator.codebook.model import PASSAGE, Check, Codebook, Condition, Variable
from annotator.coding.model import Answer, Coding, Record, State

_STATE = "state:"


class PassageContext(NamedTuple):
    """What checks may know of a passage besides its coding.

    Args:
        text: The text of the passage.
        start: Where it begins in its report, in code points.
        report_date: The day the report is dated, if that is known.
        language: Its language tag, empty if that is not known.
    """

    text: str
    start: int = 0
    report_date: date | None = None
    language: str = ""


class Place(NamedTuple):
    """A record as a check sees it.

    Args:
        record: The record.
        parent: The id of the record it lies in.
        answers: The answers that count there, by variable: its own and those of the records it
            lies in, without answers to questions that are not asked.
    """

    record: Record
    parent: str
    answers: Mapping[str, Answer]

    def stated(self, variable_id: str) -> Answer | None:
        """The answer to a variable if it has a value, else None."""
        answer = self.answers.get(variable_id)
        return answer if answer is not None and answer.state is State.STATED else None


class Found(NamedTuple):
    """Something a computed test finds.

    Args:
        words: What it found, to follow the check's sentence.
        record: The record it is about, where that is not the one looked at.
        missing: Whether it only says that something is not there yet.
    """

    words: str
    record: str | None = None
    missing: bool = False


class Setting(NamedTuple):
    """A coding with all its places, as the tests of one check see it.

    Args:
        coding: The coding.
        codebook: Its codebook.
        passage: Its passage.
        check: The check.
        places: Every record by its id; the passage has the empty id.
    """

    coding: Coding
    codebook: Codebook
    passage: PassageContext
    check: Check
    places: Mapping[str, Place]

    def fitting(self) -> Iterator[Place]:
        """The records that the check's own conditions hold for, in order."""
        for place in self.places.values():
            if place.record.unit == self.check.unit and holds(self.check, place, self.codebook):
                yield place

    def inside(self, place: Place) -> Iterator[Place]:
        """A place and every place inside it, in order."""
        yield place
        for record in place.record.records:
            yield from self.inside(self.places[record.id])


def places_of(coding: Coding, codebook: Codebook) -> dict[str, Place]:
    """Every record of a coding as a place, by its id, a record before those inside it."""
    places: dict[str, Place] = {}
    for parent, record in coding.walk():
        around = places[parent].answers if record.unit != PASSAGE else {}
        merged = {**around, **record.answers}
        for variable_id in record.answers:
            if not _is_asked(codebook.variable(variable_id), merged, codebook):
                merged = {name: one for name, one in merged.items() if name != variable_id}
        places[record.id] = Place(record, parent, merged)
    return places


def _is_asked(variable: Variable, answers: Mapping[str, Answer], codebook: Codebook) -> bool:
    if variable.when is None:
        return True
    return is_met(variable.when, answers, codebook) and all(
        _is_asked(codebook.variable(name), answers, codebook) for name, _ in variable.when
    )


def is_met(condition: Condition, answers: Mapping[str, Answer], codebook: Codebook) -> bool:
    """Whether every variable of a condition has one of its values; an unanswered one has none."""
    for name, wanted in condition:
        answer = answers.get(name)
        if answer is None or not _has_one(answer, name, wanted, codebook):
            return False
    return True


def _has_one(answer: Answer, name: str, wanted: tuple[str, ...], codebook: Codebook) -> bool:
    value = answer.value
    with_codes = codebook.variable(name).type.has_codes
    for one in wanted:
        if one.startswith(_STATE):
            if answer.state == one.removeprefix(_STATE):
                return True
        elif value is None:
            continue
        elif not with_codes:
            if str(value).lower() == one:
                return True
        elif isinstance(value, tuple):
            if not codebook.below(name, one).isdisjoint(value):
                return True
        elif value in codebook.below(name, one):
            return True
    return False


def holds(check: Check, place: Place, codebook: Codebook) -> bool:
    """Whether the conditions of a check hold in a place, and that can be told already.

    What `unless` says of a required variable that is not answered yet cannot be told: the check
    waits for it. An optional one without an answer keeps no check silent.
    """
    answers = place.answers
    if check.when and not any(is_met(one, answers, codebook) for one in check.when):
        return False
    for condition in check.unless:
        if is_met(condition, answers, codebook):
            return False
    return not any(
        name not in answers
        and codebook.variable(name).required
        and _is_asked(codebook.variable(name), answers, codebook)
        for condition in check.unless
        for name, _ in condition
    )
