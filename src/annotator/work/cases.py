"""A passage as a lead sees it: anonymous sides, what they say beside each other, what became of it.

Names of coders are read here, to put the sides in an order of their own, and are in nothing that is
given back but `CaseBuilder.by_letter`, which is for the session alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from annotator.codebook.model import Code
from annotator.coding.checks import PassageContext
from annotator.coding.content import Form
from annotator.coding.form import from_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store.adjudications import AdjudicationRow, adjudications
from annotator.store.codings import CodingRow, codings
from annotator.store.corpus import PassageRow, ReportRow, read_passage, reports
from annotator.store.models import Tag
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.reviewed import passage_marks
from annotator.store.rounds import RoundRow
from annotator.store.tags import tags
from annotator.work.disagreements import CaseState, Disagreement, changed_after
from annotator.work.side_by_side import Part, side_by_side
from annotator.work.sides import letters, shuffled

RULE_UNCLEAR = "rule_unclear"
"""The reason that says that the codebook is to be mended."""

REASONS = (
    Code("slip", "Slip", "s", definition="A coder misread, mistyped or forgot something."),
    Code(RULE_UNCLEAR, "Rule unclear", "r", definition="The codebook does not decide this case."),
    Code("text_ambiguous", "Text ambiguous", "t", definition="The words allow both readings."),
    Code(
        "outside_knowledge",
        "Outside knowledge",
        "o",
        definition="A coder used something that the passage does not say.",
    ),
)
"""Why codings differed, in the lead's judgement; each settlement has one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One coding as the lead sees it, under a letter instead of a name."""

    letter: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a disagreement was or will be settled.

    `outcome` is one of `Outcome`; the coding of one that cannot be resolved is empty. A passage on
    which all agreed needs no reason.
    """

    outcome: str
    coding: Coding
    reason: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """Outcome and reason in words."""
        parts = (self.outcome, self.reason)
        return ", ".join(part.replace("_", " ") for part in parts if part)


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Why a coder gave the passage back, in words, and what they said of it."""

    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Case:
    """One passage with all a lead needs to settle it.

    Attributes:
        disagreement: Where it stands.
        report: Its report.
        passage: The passage.
        context: What checks of the codebook need to know of it.
        sides: The codings, in random order; none or one where coders gave it back.
        parts: What they say beside each other.
        earlier: The settlement it has already, if any.
        changed: What changed since that settlement, in sentences.
        flagged: How many coders ask the lead to look at it.
        given_back: Why coders gave it back.
        sent_back: The words of the lead that wait for an answer.
        graphic: Whether a lead tagged it so; its words are not to be shown unasked.
    """

    disagreement: Disagreement
    report: ReportRow
    passage: PassageRow
    context: PassageContext
    sides: tuple[Side, ...]
    parts: tuple[Part, ...]
    earlier: Settlement | None
    changed: tuple[str, ...] = ()
    flagged: int = 0
    given_back: tuple[GivenBack, ...] = ()
    sent_back: tuple[str, ...] = ()
    graphic: bool = False

    @property
    def title(self) -> str:
        """What the passage is called: the name of its report and its number."""
        return f"{self.report.name} ¶{self.passage.number}"

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        return self.disagreement.state

    @property
    def sample(self) -> bool:
        """Whether it is looked at though its coders agree."""
        return self.disagreement.sample

    @property
    def codings(self) -> dict[str, Coding]:
        """The codings by the letter of their side."""
        return {side.letter: side.coding for side in self.sides}

    @property
    def differences(self) -> tuple[Part, ...]:
        """The parts in which the sides differ."""
        return tuple(part for part in self.parts if part.differs)

    @property
    def agreed(self) -> tuple[Part, ...]:
        """The parts in which they agree."""
        return tuple(part for part in self.parts if not part.differs)

    def side(self, letter: str) -> Coding:
        """The coding of a side.

        Raises:
            AnnotatorError: There is no such side.
        """
        if letter not in self.codings:
            there = ", ".join(self.codings)
            raise AnnotatorError(f"There is no side {letter!r}; the sides are {there}.")
        return self.codings[letter]


class CaseBuilder:
    """Puts cases together from what a project holds.

    Args:
        project: The project.
        round_: The round.
        lead: Who looks at them; the order of sides is the lead's own.
    """

    def __init__(self, project: Project, round_: RoundRow, lead: str) -> None:
        self._project = project
        self._round = round_
        self._lead = lead
        self._codebook = project.codebook_version(round_.codebook_sha256)
        self._reports: dict[str, ReportRow] = {}

    def build(self, one: Disagreement, passage_id: int) -> Case:
        """The case of a passage."""
        passage = read_passage(self._project, *one.place)
        by_letter = self.by_letter(one.place)
        sides = {letter: self._read(rows[-1].form, passage) for letter, rows in by_letter.items()}
        settled = next(iter(adjudications(self._project, self._round.id, passage=one.place)), None)
        marks = passage_marks(self._project, self._round.id, passage_id)
        report = self._report(one.report_key)
        day = date.fromisoformat(report.date) if report.date else None
        return Case(
            one,
            report,
            passage,
            PassageContext(passage.text, passage.start, day, report.language),
            tuple(Side(letter, coding) for letter, coding in sides.items()),
            side_by_side(sides, self._codebook),
            None if settled is None else self.settlement(settled, passage),
            () if settled is None else tuple(self._changes(by_letter, settled, passage)),
            marks.flagged,
            tuple(GivenBack(reason.words, note) for reason, note in marks.given_back),
            marks.sent_back,
            Tag.GRAPHIC in tags(self._project).get(one.place, ()),
        )

    def by_letter(self, place: Place) -> dict[str, list[CodingRow]]:
        """The codings of a passage by the letter of their side, each with the revisions before."""
        by_coder: dict[str, list[CodingRow]] = {}
        for row in codings(self._project, self._round.id, "all", place):
            by_coder.setdefault(row.coder, []).append(row)
        occasion = (self._project.id, self._round.id, *place, self._lead)
        order = shuffled(by_coder, str, occasion)
        return {letter: by_coder[coder] for letter, coder in zip(letters(), order, strict=False)}

    def settlement(self, row: AdjudicationRow, passage: PassageRow) -> Settlement:
        """A settlement as it was made."""
        return Settlement(row.outcome, self._read(row.form, passage), row.reason, row.note)

    def _read(self, form: Form, passage: PassageRow) -> Coding:
        return from_form(form, self._codebook, passage.text, passage.start)

    def _report(self, key: str) -> ReportRow:
        if key not in self._reports:
            self._reports = {row.key: row for row in reports(self._project, training=True)}
        return self._reports[key]

    def _changes(
        self,
        by_letter: Mapping[str, list[CodingRow]],
        settled: AdjudicationRow,
        passage: PassageRow,
    ) -> Iterator[str]:
        """What coders changed after a settlement, in sentences."""
        for letter, rows in by_letter.items():
            if not changed_after(settled.id, [rows[-1].id]):
                continue
            before = [row for row in rows if not changed_after(settled.id, [row.id])]
            if not before:
                yield f"Side {letter} was coded after the decision."
                continue
            versions = {
                "before": self._read(before[-1].form, passage),
                "now": self._read(rows[-1].form, passage),
            }
            parts = [one for one in side_by_side(versions, self._codebook) if one.differs]
            if not parts:
                yield f"Side {letter} was submitted again and says the same."
            for part in parts:
                was, now = part.said["before"].text, part.said["now"].text
                yield f"Side {letter}, {part.title}: {was} → {now}"
