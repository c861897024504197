"""A disagreement as a lead sees it: anonymous sides, their differences, and ways to settle it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotator.codebook.model import PASSAGE, Code, Codebook, VariableType
from annotator.coding.complete import gaps, pruned
from annotator.coding.model import Answer, Coding
from annotator.errors import AnnotatorError
from annotator.store.corpus import PassageRow, ReportRow
from annotator.work.compare import NONE
from annotator.work.differences import Difference
from annotator.work.disagreements import Disagreement

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

    `outcome` is one of `Outcome`; the coding of one that cannot be resolved is empty.
    """

    outcome: str
    coding: Coding
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One disagreement with all a lead needs to settle it.

    `agreed` names what the sides agree on at the level of the passage, `earlier` is the
    settlement it has already, if any.
    """

    disagreement: Disagreement
    report: ReportRow
    passage: PassageRow
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]
    agreed: tuple[str, ...]
    earlier: Settlement | None

    def side(self, letter: str) -> Coding:
        """The coding of a side.

        Raises:
            AnnotatorError: There is no such side.
        """
        for side in self.sides:
            if side.letter == letter:
                return side.coding
        there = ", ".join(side.letter for side in self.sides)
        raise AnnotatorError(f"There is no side {letter!r}; the sides are {there}.")


def merged(case: Case, codebook: Codebook, sides: Mapping[str, str], records: str = "") -> Coding:
    """A coding made of parts of several sides; see `ReviewSession.take_answers`."""
    asked = {variable.id: variable for variable in codebook.variables_of(PASSAGE)}
    chosen = dict(sides)
    if strange := sorted(chosen.keys() - asked.keys()):
        raise AnnotatorError(
            f"{strange[0]} is no question about the passage; choose a side for one of: "
            f"{', '.join(asked)}."
        )
    differing = set(case.disagreement.variables)
    links = {name for name, variable in asked.items() if variable.type is VariableType.LINK}
    units = {unit.id for unit in codebook.units_in(PASSAGE)}
    if differing & (units | links | {NONE}) and not records:
        raise AnnotatorError("The records differ; choose the side whose records are taken.")
    first = case.sides[0].letter
    records = records or first
    for link in links:
        if chosen.setdefault(link, records) != records:
            raise AnnotatorError(
                f"{asked[link].name} points at the records of side {records}; take both from the "
                "same side."
            )
    if left := [name for name in asked if name in differing - chosen.keys()]:
        names = ", ".join(asked[name].name for name in left)
        raise AnnotatorError(f"The sides differ in {names} too; choose a side for each.")
    answers: dict[str, Answer] = {}
    for name in asked:
        answer = case.side(chosen.get(name, first)).answers.get(name)
        if answer is not None:
            answers[name] = answer
    whole = case.side(records)
    # Overrides name records by ids that only the side they come from gives a meaning.
    coding = pruned(replace(whole, answers=answers), codebook)
    # A gap that a side has too was let through when that coding came in; it is not the merger's.
    known = {gap for side in case.sides for gap in gaps(side.coding, codebook)}
    if missing := [gap for gap in gaps(coding, codebook) if gap not in known]:
        raise AnnotatorError(
            f"The parts do not make a whole coding: {missing[0].sentence}; choose another side "
            "for it."
        )
    return coding
