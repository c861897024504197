"""From the evidence of codings to spans on passages: what coders marked, and for what.

What is compared are the words themselves, so that the records of different coders need not be
aligned. For a repeating unit they are the words its records stand on, for a variable those behind
its answers, told apart by the answers' codes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement import Continuum, Spans
from annotator.agreement.continuum import ANY_CODE
from annotator.codebook.model import (
    PASSAGE,
    Codebook,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)
from annotator.coding.content import Form
from annotator.coding.form import AnswerForm, answer_form
from annotator.coding.model import State
from annotator.work.texts import STATE_NAMES, records_of

Marked = tuple[str, int, int]
"""A code and the ends of a span in the report's text."""

Records = Mapping[str, Sequence[Form]]
"""The records of a coding by their unit, as plain data under the codebook of the comparison."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A passage that was coded.

    Attributes:
        continuum: The passage; its positions are those of the report's text.
        words: Start and end of its words, in the report's text; none where nobody marked any.
        records: The records of each coder's coding.
    """

    continuum: Continuum
    words: Sequence[tuple[int, int]]
    records: Mapping[str, Records]


@dataclass(frozen=True, slots=True)
class Subject:
    """What words are marked for.

    Attributes:
        id: Of the unit or of the variable.
        name: In words.
        unit: The unit whose records bear the evidence.
        variable: The variable whose answers do; None where the records themselves do.
    """

    id: str
    name: str
    unit: Unit
    variable: Variable | None

    @property
    def labels(self) -> Mapping[str, str]:
        """What the codes of its spans are called; empty where codes are not told apart."""
        if self.variable is None:
            return {}
        if self.variable.type is VariableType.YES_NO:
            labels = {"yes": "Yes", "no": "No"}
        elif self.variable.type.has_codes:
            labels = {code.id: code.label for code in self.variable.codes}
        else:
            return {}
        return labels | {name: name for name in STATE_NAMES.values()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The spans that coders marked for one subject.

    Attributes:
        subject: What for.
        spans: The spans; overlapping ones with the same code are one.
        n_left_out: Codings that say something of the subject without marking words for it. Where
            their coders would have marked them is not known, so that they do not count.
    """

    subject: Subject
    spans: Spans
    n_left_out: int


def subjects(codebook: Codebook) -> Iterator[Subject]:
    """All that words may be marked for: repeating units, then variables, in order."""
    for unit in codebook.units:
        if unit.id != PASSAGE and unit.evidence is not EvidenceRule.NONE:
            yield Subject(unit.id, unit.label or unit.id, unit, None)
    for variable in codebook.variables:
        if variable.evidence is not EvidenceRule.NONE:
            yield Subject(variable.id, variable.name, codebook.unit(variable.unit), variable)


def records_by_unit(form: Form, codebook: Codebook) -> Records:
    """The records of a coding, by their unit."""
    found: dict[str, list[Form]] = {}
    for unit, record in records_of(form, codebook):
        found.setdefault(unit, []).append(record)
    return found


def marks(records: Records) -> Iterator[tuple[str, str]]:
    """What a coding marks words for: the unit and the variable, the latter empty for records."""
    for unit, of_unit in records.items():
        for record in of_unit:
            for name, said in record.items():
                if name == "evidence":
                    yield unit, ""
                elif isinstance(said, dict) and said.get("evidence"):
                    yield unit, name


def evidence_for(subject: Subject, texts: Iterable[MarkedText]) -> Evidence:
    """The spans that coders marked for a subject."""
    rows: list[tuple[str, str, str, int, int]] = []
    coded: list[tuple[str, str]] = []
    continua: list[Continuum] = []
    left_out = 0
    for text in texts:
        name = text.continuum.name
        continua.append(text.continuum)
        for coder, records in text.records.items():
            marked = _marked(subject, records.get(subject.unit.id, ()))
            if marked is None:
                left_out += 1
                continue
            coded.append((name, coder))
            rows += [(name, coder, *span) for span in _joined(marked)]
    used = {code for _, _, code, *_ in rows}
    codes = [code for code in subject.labels if code in used]
    # Codes of an earlier version stand behind those the codebook has now.
    codes += sorted(used - set(codes))
    return Evidence(subject, Spans.from_rows(rows, continua, coded=coded, codes=codes), left_out)


def _marked(subject: Subject, records: Iterable[Form]) -> list[Marked] | None:
    """What records mark for a subject; None if one says something of it and marks nothing."""
    found: list[Marked] = []
    variable = subject.variable
    for record in records:
        if variable is None:
            codes, spans, needed = [ANY_CODE], record.get("evidence", ()), True
        elif variable.id in record:
            answer = answer_form(record[variable.id])
            codes, spans = _codes(answer, variable), answer.evidence
            needed = _says_something(answer)
        else:
            continue
        if needed and not spans:
            return None
        found += [(code, span["start"], span["end"]) for code in codes for span in spans]
    return found


def _says_something(answer: AnswerForm) -> bool:
    """Whether an answer has words of the passage behind it, marked or not.

    A no, an empty set, a state and an answer that the codebook implied need none.
    """
    return answer.state is State.STATED and bool(answer.value) and not answer.inferred


def _codes(answer: AnswerForm, variable: Variable) -> list[str]:
    """The codes that an answer's words are marked with."""
    if not (variable.type.has_codes or variable.type is VariableType.YES_NO):
        return [ANY_CODE]
    if answer.state is not State.STATED:
        return [STATE_NAMES[answer.state]]
    if variable.type is VariableType.YES_NO:
        return ["yes" if answer.value else "no"]
    return list(answer.value) if variable.type is VariableType.CODES else [answer.value]


def _joined(marked: Iterable[Marked]) -> list[Marked]:
    """The spans in order, those with the same code that overlap made one."""
    found: list[Marked] = []
    for code, start, end in sorted(marked):
        if found and found[-1][0] == code and start < found[-1][2]:
            _, first, behind = found.pop()
            found.append((code, first, max(behind, end)))
        else:
            found.append((code, start, end))
    return found
