"""How far the coders of a round mark the same words as evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.agreement import (
    Continuum,
    SpanCode,
    SpanEstimate,
    SpanMatch,
    span_matches,
    unitizing,
    unitizing_per_code,
)
from annotator.corpus.words import words
from annotator.store.corpus import iter_passages
from annotator.store.project import Project
from annotator.work.compared_codings import ComparedCodings
from annotator.work.evidence import Evidence, MarkedText, evidence_for, marked_subjects

BOUNDARY_TOLERANCES = (0, 1)
"""How many words apart boundaries may lie that match."""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """Agreement on the words marked for one code; `label` is the codebook's."""

    label: str
    estimate: SpanCode

    def as_json(self) -> dict[str, Any]:
        """The fields of the estimate, with the label."""
        return {**self.estimate.as_json(), "label": self.label}


@dataclass(frozen=True, slots=True)
class EvidenceAgreement:
    """How far coders mark the same words for one unit or one variable.

    Attributes:
        subject: The id of the unit or the variable.
        name: A short name for a table.
        unit: The unit whose records bear the evidence.
        basis: What is compared, in words.
        n_passages: Passages that count: two or more coders marked words there, or had none to mark.
        n_left_out: Codings that say something of it without marking any words.
        estimates: Alpha for unitizing: the whole family where spans have codes, else
            `ualpha_binary` alone.
        codes: Each code by itself; none where spans have no codes.
        matches: F1 of boundaries, in words, and of spans; not corrected for chance.
    """

    subject: str
    name: str
    unit: str
    basis: str
    n_passages: int
    n_left_out: int
    estimates: tuple[SpanEstimate, ...]
    codes: tuple[CodeWords, ...]
    matches: tuple[SpanMatch, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "subject": self.subject,
            "name": self.name,
            "unit": self.unit,
            "basis": self.basis,
            "passages": self.n_passages,
            "left_out": self.n_left_out,
            "estimates": [one.as_json() for one in self.estimates],
            "codes": [one.as_json() for one in self.codes],
            "matches": [one.as_json() for one in self.matches],
        }


def span_agreement(
    project: Project, compared: ComparedCodings, *, confidence: float = 0.95
) -> tuple[EvidenceAgreement, ...]:
    """How far coders mark the same words, with intervals over reports, or passages of a single one.

    Args:
        project: The project, which has the texts.
        compared: The codings of a round (`annotator.work.compared_codings`).
        confidence: Of the intervals, between 0 and 1.

    Returns:
        One entry for each unit and variable that anyone marked words for, in the codebook's order,
        units first; also where the codings that did are left out, so that this is told.

    Raises:
        AnnotatorError: The confidence is not a share.
    """
    texts = list(_texts(project, compared))
    by_text = {text.continuum.name: text.words for text in texts}
    return tuple(
        _measured(evidence_for(subject, texts), by_text, confidence)
        for subject in marked_subjects(texts, compared.codebook)
    )


def _texts(project: Project, compared: ComparedCodings) -> Iterator[MarkedText]:
    """The compared passages in reading order."""
    # As for ratings (`clusters_of`): where there is one report only, passages are independent.
    several = len({report for report, _ in compared.places.values()}) > 1
    forms = {compared.places[passage]: made for passage, made in compared.by_passage().items()}
    for passage in iter_passages(project):
        made = forms.get((passage.report_key, passage.number))
        if made is None:
            continue
        start, report = passage.start, passage.report_key
        continuum = Continuum(
            f"{report} {passage.number}",
            passage.end - start,
            start,
            report if several else None,
        )
        ends = [(start + first, start + behind) for first, behind in words(passage.text)]
        yield MarkedText.of(continuum, ends, made, compared.codebook)


def _measured(
    found: Evidence, by_text: Mapping[str, Sequence[tuple[int, int]]], confidence: float
) -> EvidenceAgreement:
    subject, spans = found.subject, found.spans
    labels = subject.labels
    family = unitizing(spans, confidence=confidence)
    if subject.variable is None:
        basis = f"words that {subject.name.lower()} records stand on"
    elif labels:
        basis = "words behind the answers, by code"
    else:
        basis = "words behind the answers"
    return EvidenceAgreement(
        subject.id,
        subject.name,
        subject.unit.id,
        basis,
        int(spans.pairable.sum()),
        found.n_left_out,
        tuple(family) if labels else tuple(one for one in family if one.name == "ualpha_binary"),
        tuple(_codes(found, confidence)) if labels else (),
        tuple(span_matches(spans, BOUNDARY_TOLERANCES, words=by_text, confidence=confidence)),
    )


def _codes(found: Evidence, confidence: float) -> Iterator[CodeWords]:
    labels = found.subject.labels
    for estimate in unitizing_per_code(found.spans, confidence=confidence):
        yield CodeWords(labels.get(estimate.code, estimate.code), estimate)
