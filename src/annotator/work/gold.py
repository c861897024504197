"""Gold passages: where their answers come from, and how far coders meet them as time goes on.

Per 150 passages, or per week, about ten gold ones show whether a coder begins to code otherwise
(`annotator.work.mixed_in` puts them into the queues). A coder never learns which they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.codebook.model import Codebook
from annotator.coding.complete import gaps
from annotator.coding.content import Form
from annotator.coding.form import FormError, from_form, to_form
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.adjudications import adjudications
from annotator.store.codings import CodingRow, codings
from annotator.store.corpus import read_passage
from annotator.store.known_answers import Answer, known_answers
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.against_answer import AgainstAnswer, specific_agreement
from annotator.work.agreement_report import BATCH
from annotator.work.final import SettledBy, final
from annotator.work.training_result import count_same


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """How far a coder meets the gold answers among some of their passages.

    Attributes:
        coder: Who.
        kind: `all`, `batch` (of 150 of the coder's passages in the round) or `week`.
        label: Which batch (`151-300`) or week (`2026-W03`); empty for all.
        n_passages: Gold passages among them.
        n_same: Those in which nothing that counts differs from the answer.
        found: Codes that answer and coding both have (`annotator.work.against_answer`).
        missed: Codes that only the answer has.
        added: Codes that only the coding has.
    """

    coder: str
    kind: str
    label: str
    n_passages: int
    n_same: int
    found: int
    missed: int
    added: int

    @property
    def agreement(self) -> float:
        """Specific agreement over all codes together."""
        return specific_agreement(self.found, self.missed, self.added)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "coder": self.coder,
            "kind": self.kind,
            "label": self.label,
            "passages": self.n_passages,
            "same": self.n_same,
            "found": self.found,
            "missed": self.missed,
            "added": self.added,
            "agreement": self.agreement,
        }


# --- where answers come from ---------------------------------------------------------------------


def finals_of(project: Project, round_: RoundRow) -> tuple[Answer, ...]:
    """The final codings of a round that more than one coding stands behind, in reading order.

    Those are what a lead settled and what two coders or more said alike.

    Args:
        project: The project.
        round_: The round.

    Raises:
        WorkProblem: There is none.
        AnnotatorError: None of them is a complete coding under the project's codebook of now;
            those that are none are left out otherwise, as a lead has no way to change them.
    """
    codebook = project.codebook_version(round_.codebook_sha256)
    made: dict[Place, list[Form]] = defaultdict(list)
    for row in codings(project, round_.id):
        made[row.report_key, row.number].append(row.form)
    settled = {(row.report_key, row.number): row for row in adjudications(project, round_.id)}
    found = []
    for place, forms in made.items():
        by = settled.get(place)
        form, outcome = (None, "") if by is None else (by.form, by.outcome)
        one = final(forms, form, codebook, outcome=outcome)
        twice = one.settled_by is SettledBy.UNANIMITY and one.n_coders > 1
        if one.form is not None and (twice or one.settled_by is SettledBy.ADJUDICATION):
            found.append(Answer(*place, one.form))
    if not found:
        raise WorkProblem(
            f"The round {round_.name} has no final coding yet that two coders or a lead stand "
            "behind, so it gives no gold; settle some with `annotator review`."
        )
    return _fitting(project, found)


def _fitting(project: Project, found: Iterable[Answer]) -> tuple[Answer, ...]:
    codebook = project.codebook()
    kept: list[Answer] = []
    refused: AnnotatorError | None = None
    for one in found:
        try:
            form = _form_now(project, one, codebook)
        except AnnotatorError as error:
            refused = error
        else:
            kept.append(Answer(one.report_key, one.number, form, one.trap))
    if refused is not None and not kept:
        raise refused
    return tuple(kept)


def checked(project: Project, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Gold answers as they are kept, each held against its passage and the codebook of now.

    Args:
        project: The project.
        answers: The answers.

    Raises:
        AnnotatorError: One is no complete coding of its passage, or there are two of one passage.
    """
    codebook = project.codebook()
    kept: dict[Place, Answer] = {}
    for one in answers:
        place = one.report_key, one.number
        if place in kept:
            raise AnnotatorError(
                f"There are two gold answers for passage {one.number} of report {one.report_key}; "
                "leave one out."
            )
        kept[place] = Answer(*place, _form_now(project, one, codebook), one.trap)
    return tuple(kept.values())


def _form_now(project: Project, one: Answer, codebook: Codebook) -> Form:
    passage = read_passage(project, one.report_key, one.number)
    where = f"The gold answer for passage {one.number} of report {one.report_key}"
    try:
        coding = from_form(one.form, codebook, passage.text, passage.start)
    except FormError as error:
        raise AnnotatorError(
            f"{where} is no coding under {codebook.id} {codebook.version}: {error}."
        ) from None
    if missing := gaps(coding, codebook):
        raise AnnotatorError(
            f"{where} is not complete under {codebook.id} {codebook.version}: "
            f"{missing[0].sentence}."
        )
    return to_form(coding)


# --- how far they are met ------------------------------------------------------------------------


def gold_agreement(project: Project, round_: RoundRow) -> tuple[GoldGroup, ...]:
    """How far each coder meets the gold answers of a round: in all, by batch, and by week.

    Only first submissions count, and of passages given twice the first time.

    Args:
        project: The project.
        round_: The round.

    Returns:
        For each coder, by name, all of them, then batches, then weeks, in the order of time; only
        those with a gold passage. Empty for a round without gold.
    """
    known = {one.place: one for one in known_answers(project, round_.id) if not one.shown}
    if not known:
        return ()
    against = AgainstAnswer(project.codebook_version(round_.codebook_sha256))
    of_coder: dict[str, list[CodingRow]] = defaultdict(list)
    for row in codings(project, round_.id, "first"):
        of_coder[row.coder].append(row)
    found: list[GoldGroup] = []
    for coder in sorted(of_coder):
        rows = sorted(of_coder[coder], key=lambda row: (row.submitted_at, row.id))
        met = [
            (place, row, known[row.report_key, row.number].form)
            for place, row in enumerate(rows)
            if (row.report_key, row.number) in known
        ]
        found += _groups(coder, met, len(rows), against)
    return tuple(found)


_Met = tuple[int, CodingRow, Form]
"""The place among the coder's submissions, the submission, and the gold answer."""


def _groups(
    coder: str, met: Sequence[_Met], n_rows: int, against: AgainstAnswer
) -> Iterator[GoldGroup]:
    groups: dict[tuple[str, str], list[tuple[Form, Form]]] = defaultdict(list)
    digits = len(str(n_rows))
    for place, row, answer in met:
        first = place // BATCH * BATCH
        last = min(first + BATCH, n_rows)
        week = "{}-W{:02}".format(*row.submitted_at.isocalendar()[:2])
        labels = ("all", ""), ("batch", f"{first + 1:0{digits}}-{last:0{digits}}"), ("week", week)
        for kind_and_label in labels:
            groups[kind_and_label].append((answer, row.form))
    for (kind, label), pairs in sorted(groups.items()):
        codes = against.tally(pairs)
        yield GoldGroup(
            coder,
            kind,
            label,
            len(pairs),
            count_same(pairs, against),
            sum(one.found for one in codes),
            sum(one.missed for one in codes),
            sum(one.added for one in codes),
        )
