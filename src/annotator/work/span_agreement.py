"""How far the coders of a round mark the same words as evidence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
from annotator.agreement.intervals import Wishes
from annotator.corpus.words import words
from annotator.store.corpus import iter_passages
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.work.compared_codings import ComparedCodings
from annotator.work.evidence import (
    Evidence,
    MarkedText,
    Records,
    evidence_for,
    marks,
    records_by_unit,
    subjects,
)
from annotator.work.variable_agreement import Choices

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
    project: Project, compared: ComparedCodings, choices: Choices | None = None
) -> tuple[EvidenceAgreement, ...]:
    """How far coders mark the same words, with intervals over reports, or passages of a single one.

    Args:
        project: The project, which has the texts.
        compared: The codings of a round (`annotator.work.compared_codings`).
        choices: How intervals are made.

    Returns:
        One entry for each unit and variable that anyone marked words for, in the codebook's order,
        units first; also where the codings that did are left out, so that this is told.

    Raises:
        AnnotatorError: A choice is not sound.
    """
    how = (choices or Choices()).intervals
    book = compared.codebook
    records = {
        compared.places[passage]: {
            coder: records_by_unit(form, book) for coder, form in made.items()
        }
        for passage, made in compared.by_passage().items()
    }
    marked = {
        place: {*chain.from_iterable(map(marks, made.values()))} for place, made in records.items()
    }
    wanted = set().union(*marked.values())
    chosen = [
        one
        for one in subjects(book)
        if (one.unit.id, one.variable.id if one.variable else "") in wanted
    ]
    if not chosen:
        return ()
    texts = list(_texts(project, records, marked))
    by_text = {text.continuum.name: text.words for text in texts}
    return tuple(_measured(evidence_for(one, texts), by_text, how) for one in chosen)


def _texts(
    project: Project,
    records: Mapping[Place, Mapping[str, Records]],
    marked: Mapping[Place, Collection[object]],
) -> Iterator[MarkedText]:
    """The compared passages in reading order.

    Args:
        project: The project, which has the texts.
        records: Those of each coder, by report and number of the passage.
        marked: What words of each passage are marked for.
    """
    # As for ratings (`clusters_of`): where there is one report only, passages are independent.
    several = len({report for report, _ in records}) > 1
    for passage in iter_passages(project, training=True):
        place = passage.report_key, passage.number
        if place not in records:
            continue
        start, report = passage.start, passage.report_key
        continuum = Continuum(
            f"{report} {passage.number}",
            passage.end - start,
            start,
            report if several else None,
        )
        found = words(passage.text) if marked[place] else ()
        ends = [(start + first, start + behind) for first, behind in found]
        yield MarkedText(continuum, ends, records[place])


def _measured(
    found: Evidence, by_text: Mapping[str, Sequence[tuple[int, int]]], how: Wishes
) -> EvidenceAgreement:
    subject, spans = found.subject, found.spans
    labels = subject.labels
    family = unitizing(spans, **how)
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
        tuple(_codes(found, how)) if labels else (),
        tuple(span_matches(spans, BOUNDARY_TOLERANCES, words=by_text, **how)),
    )


def _codes(found: Evidence, how: Wishes) -> Iterator[CodeWords]:
    labels = found.subject.labels
    for estimate in unitizing_per_code(found.spans, **how):
        yield CodeWords(labels.get(estimate.code, estimate.code), estimate)
