"""How far the work on a project is, what waits, and how far coders agree.

Progress comes from counters and what waits from what is small, so that it is quick in any project;
agreement is measured only where it is asked for.
"""

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.codebook.model import Codebook
from annotator.store.assessments import AssessmentRow, assessments
from annotator.store.assignments import CoderProgress, counters
from annotator.store.attention import MarkedPassage, marked_passages
from annotator.store.corpus import reports
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, chosen_rounds
from annotator.store.training import training_rounds
from annotator.work.disagreements import CaseCounts, Disagreement, Disagreements, case_counts

if TYPE_CHECKING:
    from annotator.work.gold import GoldGroup
    from annotator.work.status_agreement import RoundAgreement


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """Where a round stands.

    Attributes:
        row: The round.
        coders: Everyone who has passages in it, by name.
        marked: What coders flagged or gave back.
        cases: How many of its passages stand where.
        differing: The passages that coders differ in, or that a lead settled, the lowest agreement
            first.
        assessed: How coders were assessed last, in a round that trains them; of what they differ in
            nothing is to be settled then.
        agreement: How far coders agree; None unless asked for.
        gold: How far each coder meets gold answers; empty unless agreement is asked for.
    """

    row: RoundRow
    coders: tuple[CoderProgress, ...]
    marked: tuple[MarkedPassage, ...]
    cases: CaseCounts
    differing: tuple[Disagreement, ...]
    assessed: tuple[AssessmentRow, ...] = ()
    agreement: "RoundAgreement | None" = None
    gold: "tuple[GoldGroup, ...]" = ()

    @property
    def total(self) -> CoderProgress:
        """The passages of all coders together."""
        return CoderProgress(
            "",
            sum(one.assigned for one in self.coders),
            sum(one.done for one in self.coders),
            sum(one.skipped for one in self.coders),
        )

    @property
    def n_flagged(self) -> int:
        """How often a passage is flagged."""
        return sum(one.flagged for one in self.marked)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        told: dict[str, Any] = {
            "round": self.row.name,
            "purpose": self.row.purpose.value,
            "state": self.row.state.value,
            "coders": [
                {
                    "coder": one.coder,
                    "assigned": one.assigned,
                    "done": one.done,
                    "skipped": one.skipped,
                }
                for one in self.coders
            ],
            "backlog": {
                "open": self.total.open,
                "flagged": self.n_flagged,
                "skipped": self.total.skipped,
                "disagreements": self.cases.differing,
                "changed": self.cases.changed,
                "sent_back": self.cases.waiting,
            },
            "cases": asdict(self.cases),
            "marked": [_marked_json(one) for one in self.marked],
            "assessed": [
                {"coder": one.coder, "passed": one.passed, "at": one.at.isoformat(), **one.body}
                for one in self.assessed
            ],
        }
        if self.agreement is None:
            return told
        gold = [one.as_json() for one in self.gold]
        return {**told, "agreement": self.agreement.as_json(), "gold": gold}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a project stands.

    Attributes:
        project: Its name.
        location: Where it is.
        codebook: The codebook that new rounds use.
        n_reports: How many reports it holds.
        n_passages: How many passages they have.
        rounds: The rounds, in the order in which they were opened.
    """

    project: str
    location: str
    codebook: Codebook
    n_reports: int
    n_passages: int
    rounds: tuple[RoundStatus, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        book = self.codebook
        return {
            "project": self.project,
            "codebook": {"codebook": book.id, "version": book.version, "sha256": book.sha256},
            "reports": self.n_reports,
            "passages": self.n_passages,
            "rounds": [one.as_json() for one in self.rounds],
        }


def read_status(
    project: Project, round_name: str | None = None, *, agreement: bool = False
) -> Status:
    """Where a project stands.

    Args:
        project: The project.
        round_name: The only round to tell of; None for all.
        agreement: Whether to measure agreement, too.

    Raises:
        AnnotatorError: There is no such round.
    """
    trains = training_rounds(project)
    rounds = tuple(
        _training(project, row) if row.id in trains else _round(project, row)
        for row in chosen_rounds(project, round_name)
    )
    if agreement:
        from annotator.work.gold import gold_agreement
        from annotator.work.status_agreement import round_agreement

        measured = []
        for one in rounds:
            found = round_agreement(project, one.row.name)
            went = found.drift
            gold = gold_agreement(project, one.row) if went is None else went.gold
            measured.append(replace(one, agreement=found, gold=gold))
        rounds = tuple(measured)
    there = reports(project)
    return Status(
        project.name,
        str(project.location),
        project.codebook(),
        len(there),
        sum(report.passages for report in there),
        rounds,
    )


def _round(project: Project, row: RoundRow) -> RoundStatus:
    passages = Disagreements(project, row)
    differing = [one for one in passages.all.values() if one.to_settle or one.decided]
    return RoundStatus(
        row,
        tuple(counters(project, row.id)),
        tuple(marked_passages(project, row.id)),
        case_counts(passages.all.values()),
        tuple(sorted(differing, key=lambda one: (-one.score, *passages.order(one.place)))),
    )


def _training(project: Project, row: RoundRow) -> RoundStatus:
    last = {one.coder: one for one in assessments(project, row.id)}
    return RoundStatus(
        row,
        tuple(counters(project, row.id)),
        tuple(marked_passages(project, row.id)),
        case_counts(()),
        (),
        tuple(last[coder] for coder in sorted(last)),
    )


def _marked_json(one: MarkedPassage) -> dict[str, Any]:
    return {
        "report": one.report_key,
        "passage": one.number,
        "coder": one.coder,
        "done": one.done,
        "flagged": one.flagged,
        "skipped": one.skipped,
        "skip_note": one.skip_note,
    }
