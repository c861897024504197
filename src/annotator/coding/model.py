"""What one coder says about one passage: spans, answers, records, codings.

All frozen: a change makes a new coding (`annotator.coding.change`), so an earlier one can be kept,
compared and restored without copying.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from annotator.codebook.model import PASSAGE
from annotator.coding.values import Count, DateValue

Value = str | bool | int | float | tuple[str, ...] | Count | DateValue
"""A code id or text, a yes or no, a number, the ids of codes or records, a count, a date."""


class State(StrEnum):
    """Three kinds of empty, kept apart from each other and from a value (DESIGN §2)."""

    STATED = "stated"
    NOT_STATED = "not_stated"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The state in words, for a screen."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of the report: `[start, end)` in code points of its stored text, and the words.

    The words are kept so that any drift between offsets and text shows.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One variable's value in one record, its state, and what stands behind it.

    `value` is None exactly when the state is not `stated`. The empty set of codes, `()`, is a
    value: the coder says that none applies. `inferred` marks an answer that an offer of the
    codebook implied and the coder took; it stays marked for good. `candidate` marks one whose
    value was taken from words that were offered in the passage and not changed since.
    """

    value: Value | None = None
    state: State = State.STATED
    evidence: tuple[Span, ...] = ()
    unsure: bool = False
    note: str = ""
    inferred: bool = False
    candidate: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.state is State.STATED):
            raise ValueError("an answer is either stated, with a value, or in another state")


@dataclass(frozen=True, slots=True)
class Record:
    """One filled-in repeating unit; its own repeating units lie in `records`.

    `id` is unique within the coding. `evidence` are the words the whole record stands on.
    """

    id: str
    unit: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    evidence: tuple[Span, ...] = ()
    records: tuple["Record", ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Override:
    """A coder's reason for letting a warning or a question of the codebook stand.

    `check` is the id of the check, `record` the id of the record it fired on (empty: the passage).
    """

    check: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coding:
    """All of one coder's answers on one passage.

    It is itself the record of the unit `passage`: `answers` are the passage-level ones, `records`
    those of the repeating units. `none` is the reason given for finding no record; `overrides`
    are in the order of check and record; `note` is on the passage as a whole.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    none: str = ""
    overrides: tuple[Override, ...] = ()
    note: str = ""

    @property
    def _passage(self) -> Record:
        return Record("", PASSAGE, self.answers, (), self.records)

    def walk(self) -> Iterator[tuple[str, Record]]:
        """Every record at every depth, each with the id of the record it lies in.

        The passage itself comes first, as a record with the empty id; a record comes before the
        ones inside it.
        """
        yield "", self._passage
        yield from _walk("", self.records)

    def record(self, record_id: str) -> Record:
        """The record with this id (the passage for the empty id); KeyError if there is none."""
        if not record_id:
            return self._passage
        for _, record in self.walk():
            if record.id == record_id:
                return record
        raise KeyError(record_id)

    def parent_of(self, record_id: str) -> str:
        """The id of the record that one lies in; empty for one in the passage itself."""
        for parent, record in self.walk():
            if record.id == record_id:
                return parent
        raise KeyError(record_id)

    def answer(self, record_id: str, variable_id: str) -> Answer | None:
        """The answer to a variable in a record, or None where there is none yet."""
        return self.record(record_id).answers.get(variable_id)

    def spans(self) -> Iterator[tuple[str, str, Span]]:
        """Every span of evidence: the record's id, the variable (empty: the record's own), it."""
        for _, record in self.walk():
            for span in record.evidence:
                yield record.id, "", span
            for variable_id, answer in record.answers.items():
                for span in answer.evidence:
                    yield record.id, variable_id, span


def _walk(parent: str, records: tuple[Record, ...]) -> Iterator[tuple[str, Record]]:
    for record in records:
        yield parent, record
        yield from _walk(record.id, record.records)


def with_record(coding: Coding, changed: Record) -> Coding:
    """The coding with one record replaced by another of the same id."""
    if not changed.id:
        return replace(coding, answers=changed.answers, records=changed.records)
    return replace(coding, records=_replaced(coding.records, changed))


def _replaced(records: tuple[Record, ...], changed: Record) -> tuple[Record, ...]:
    return tuple(
        changed
        if record.id == changed.id
        else replace(record, records=_replaced(record.records, changed))
        for record in records
    )
