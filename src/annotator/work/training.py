"""Rounds of training: made from worked examples, and what came of them for each coder.

Teams start far apart and come together over rounds of training and of mending the codebook
(Hruschka et al. 2004, *Field Methods* 16); so another attempt is another round, and the earlier
one stays on record. `annotator.work.training_result` says who passes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.codebook.model import Codebook
from annotator.codebook.source_file import read_source
from annotator.coding.complete import gaps, with_defaults
from annotator.coding.form import FormError, from_form, to_form
from annotator.coding.worked import Example, parse_examples
from annotator.corpus.cleaning import clean
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.assessments import AssessmentRow, assessments
from annotator.store.assignments import counters
from annotator.store.codings import codings
from annotator.store.corpus import content_key, import_reports
from annotator.store.known_answers import Answer, known_answers
from annotator.store.project import Project
from annotator.store.rounds import Purpose, RoundRow, open_round
from annotator.store.training import Training, training_settings
from annotator.work.opening import refuse_clash
from annotator.work.paired_codings import Pair, paired_codings
from annotator.work.reliability import Reliability, reliability_of
from annotator.work.training_result import PASS_AT, TrainingResult, training_result
from annotator.work.variable_agreement import Choices

ANSWER = "(answer)"
"""What stands for the known answers among coders; brackets, because no coder is called so."""

AGAINST_ANSWER = ("percent_agreement", "alpha", "cohen_kappa")
"""What is told of each variable against the known answers."""


@dataclass(frozen=True, slots=True)
class CoderResult:
    """What came of training for one coder.

    Attributes:
        result: How far the coder meets the known answers by now.
        assessed: The last assessment on record; None before the coder has finished.
    """

    result: TrainingResult
    assessed: AssessmentRow | None

    @property
    def coder(self) -> str:
        """Who."""
        return self.result.coder

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        on_record = self.assessed
        return {
            "coder": self.coder,
            **self.result.as_json(),
            "assessed": on_record and {"at": on_record.at.isoformat(), "passed": on_record.passed},
        }


# --- opening -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Material:
    """Worked examples as a round of training takes them.

    Attributes:
        file: The examples as reports of a passage each.
        answers: The right coding of each.
        settings: What the round keeps of how it trains.
    """

    file: SourceFile
    answers: tuple[Answer, ...]
    settings: Training


def prepared(project: Project, examples: Path, pass_at: float = PASS_AT) -> Material:
    """Read worked examples for a round of training; nothing is written.

    Args:
        project: The project, whose codebook they must be for.
        examples: A file of worked examples.
        pass_at: The agreement with the answers from which a coder passes, above 0 and at most 1.

    Raises:
        CodebookErrors: The file is no file of examples.
        AnnotatorError: The file cannot be read, an example is no complete coding under the
            project's codebook, or the threshold is none.
    """
    if not 0 < pass_at <= 1:
        raise AnnotatorError(
            f"{pass_at:g} is no agreement to pass at; give one above 0 and up to 1, such as .80."
        )
    codebook = project.codebook()
    source = read_source(examples, "a file of examples")
    there = parse_examples(source, str(examples))
    if there.codebook != codebook.id:
        raise AnnotatorError(
            f"{examples} has examples for the codebook {there.codebook}, and this project is coded "
            f"with {codebook.id}; name examples for that one."
        )
    made = [_made(one, codebook, examples) for one in there.examples]
    raw = source.encode()
    drafts = tuple(draft for draft, _ in made)
    return Material(
        SourceFile(examples.name, sha256(raw).hexdigest(), len(raw), "utf-8", drafts),
        tuple(answer for _, answer in made),
        Training(examples.name, pass_at),
    )


def open_training(
    project: Project,
    *,
    name: str,
    material: Material,
    order: str,
    seed: int,
    coders: Sequence[str] | None,
    actor: str,
) -> RoundRow:
    """Open a round of training on worked examples.

    Each example becomes a report of one passage that no other round, count or export has. Examples
    that the project has from an earlier round of training are used again.

    Args:
        project: The project.
        name: What the round is called.
        material: What `prepared` read.
        order: The order of the examples, or one of each coder's own.
        seed: Makes a random order repeatable.
        coders: Who is trained; None for anyone.
        actor: Who opens it.

    Raises:
        AnnotatorError: As `open_round`.
    """
    refuse_clash(project, name, tuple(coders or ()))
    import_reports(project, material.file, material.file.reports, actor, training=True)
    return open_round(
        project,
        name=name,
        purpose=Purpose.TRAINING,
        order=order,
        seed=seed,
        coders=coders,
        actor=actor,
        passages=[(one.report_key, one.number) for one in material.answers],
        training=material.settings,
        known=material.answers,
    )


def _made(example: Example, codebook: Codebook, file: Path) -> tuple[ReportDraft, Answer]:
    """An example as a report, and its right coding as a coder would submit it."""
    text = clean(example.text).text
    try:
        coding = with_defaults(from_form(example.coding, codebook, text), codebook)
        missing = gaps(coding, codebook)
    except FormError as error:
        raise AnnotatorError(
            f"{file}:{example.line}: {example.id} is no coding under {codebook.id} "
            f"{codebook.version}: {error}; mend it, or take out the example."
        ) from None
    if missing:
        raise AnnotatorError(
            f"{file}:{example.line}: {example.id} is not complete under {codebook.id} "
            f"{codebook.version}: {missing[0].sentence}; mend it, or take out the example."
        )
    draft = ReportDraft(
        source_name=f"Example {example.id}",
        row=None,
        publisher="",
        headline="",
        date=example.report_date.isoformat() if example.report_date else "",
        language=example.language,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        meta={"id": example.id},
        passages=((0, len(text)),),
    )
    key = content_key(draft, training=True)
    return draft, Answer(key, 1, to_form(coding), example.trap)


# --- what came of it -----------------------------------------------------------------------------


def results(project: Project, round_: RoundRow) -> tuple[CoderResult, ...]:
    """What came of a round of training for each coder who has passages in it, by name.

    Args:
        project: The project.
        round_: The round.

    Raises:
        WorkProblem: The round trains nobody.
    """
    found = training_results(project, round_)
    if found is None:
        raise WorkProblem(
            f"The round {round_.name} trains nobody; open one with `annotator round new NAME "
            "--purpose training --examples FILE`."
        )
    return found


def training_results(project: Project, round_: RoundRow) -> tuple[CoderResult, ...] | None:
    """The same as `results`, but None where the round trains nobody."""
    settings = training_settings(project, round_.id)
    if settings is None:
        return None
    codebook = project.codebook_version(round_.codebook_sha256)
    last = {row.coder: row for row in assessments(project, round_.id)}
    made = _pairs_by_coder(project, round_)
    return tuple(
        CoderResult(
            training_result(
                one.coder,
                (pair.forms for pair in made.get(one.coder, ())),
                codebook,
                one.assigned,
                settings.pass_at,
            ),
            last.get(one.coder),
        )
        for one in counters(project, round_.id)
    )


def agreement_with_answers(
    project: Project, round_: RoundRow, coder: str, choices: Choices | None = None
) -> Reliability | None:
    """How far a coder agrees with the known answers of a round, variable by variable.

    Args:
        project: The project.
        round_: The round.
        coder: The coder.
        choices: How agreement is measured; by default with `AGAINST_ANSWER`.

    Returns:
        None before the coder has submitted a passage with a known answer.
    """
    pairs = _pairs_by_coder(project, round_).get(coder)
    if not pairs:
        return None
    codebook = project.codebook_version(round_.codebook_sha256)
    found = paired_codings(round_.name, codebook, pairs, (ANSWER, coder))
    return reliability_of(found, choices or Choices(coefficients=AGAINST_ANSWER))


def _pairs_by_coder(project: Project, round_: RoundRow) -> Mapping[str, list[Pair]]:
    known = {one.place: one.form for one in known_answers(project, round_.id)}
    found: dict[str, list[Pair]] = defaultdict(list)
    for row in codings(project, round_.id, "first"):
        answer = known.get((row.report_key, row.number))
        if answer is not None:
            place = row.report_key, row.number
            found[row.coder].append(Pair(place, (answer, row.form), row.submitted_at))
    return found
