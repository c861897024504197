"""Review: the disagreements of a round, and a lead settling them one by one.

A lead sees codings as sides A, B, C … in an order that says nothing of who made them; no name of
a coder ever leaves this module. Nobody adjudicates a passage they coded themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.coding.form import from_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store.adjudications import BasisChanged, adjudicate
from annotator.store.corpus import read_passage
from annotator.store.people import is_same_person
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.cases import REASONS, Case, Settlement, Side, merged
from annotator.work.differences import differences
from annotator.work.disagreements import (
    CaseState,
    Disagreement,
    Disagreements,
    extent_of,
    queue,
)
from annotator.work.final import Outcome
from annotator.work.sides import letters, shuffled

__all__ = [
    "REASONS",
    "Case",
    "CaseState",
    "Disagreement",
    "Outcome",
    "ReviewProgress",
    "ReviewSession",
    "Settlement",
    "Side",
    "queue",
]


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How many disagreements are settled and how many are left.

    `own` are left out: the lead coded these passages and someone else has to settle them.
    """

    settled: int
    left: int
    own: int


class ReviewSession:
    """A lead going through the disagreements of a round.

    Choose a settlement (`take`, `take_answers`, `cannot_resolve`), then `settle` it with a reason;
    the next disagreement that is not settled follows. Settling again adds an adjudication; the
    earlier one stays in the project's events.

    Args:
        project: The project.
        round_: The round, open or closed.
        lead: Who settles.
    """

    def __init__(self, project: Project, round_: RoundRow, lead: str) -> None:
        if not lead.strip():
            raise AnnotatorError("A lead needs a name; give one with --lead.")
        self.project = project
        self.round = round_
        self.lead = lead
        self.codebook = project.codebook_version(round_.codebook_sha256)
        self.proposal: Settlement | None = None
        self._disagreements = Disagreements(project, round_)
        self._place: Place | None = None
        self._earlier: list[Place] = []
        self._case: Case | None = None
        self._own: set[Place] = set()
        self._list({one.place for one in self._disagreements.listed})
        self._place = self._next_left()

    def _list(self, changed: set[Place]) -> None:
        everything = self._disagreements.listed
        self._own -= changed
        self._own |= {
            one.place for one in everything if one.place in changed and self._is_own(one.place)
        }
        self.queue = [one for one in everything if one.place not in self._own]

    def _is_own(self, place: Place) -> bool:
        return any(is_same_person(row.coder, self.lead) for row in self._disagreements[place].rows)

    # --- what there is to see --------------------------------------------------------------------

    @property
    def progress(self) -> ReviewProgress:
        """How far the lead is."""
        settled = sum(one.settled for one in self.queue)
        return ReviewProgress(settled, len(self.queue) - settled, len(self._own))

    def current(self) -> Case | None:
        """The disagreement to settle; None when none is left."""
        if self._case is None and self._place is not None:
            self._case = self._build(self._find(self._place))
        return self._case

    def _find(self, place: Place) -> Disagreement:
        return next(one for one in self.queue if one.place == place)

    def _build(self, one: Disagreement) -> Case:
        latest = self._disagreements[one.place]
        passage = read_passage(self.project, one.report_key, one.number)
        occasion = (self.project.id, self.round.id, one.report_key, one.number, self.lead)
        by_letter = dict(
            zip(letters(), shuffled(latest.rows, lambda row: row.coder, occasion), strict=False)
        )
        earlier = None
        if (settled := latest.adjudication) is not None:
            earlier = Settlement(
                settled.outcome,
                from_form(settled.form, self.codebook, passage.text, passage.start),
                settled.reason,
                settled.note,
            )
        return Case(
            one,
            self._disagreements.report(one.report_key),
            passage,
            tuple(
                Side(letter, from_form(row.form, self.codebook, passage.text, passage.start))
                for letter, row in by_letter.items()
            ),
            differences({letter: row.form for letter, row in by_letter.items()}, self.codebook),
            extent_of(latest, self.codebook).agreed,
            earlier,
        )

    # --- choosing --------------------------------------------------------------------------------

    def take(self, side: str) -> Settlement:
        """Choose the whole coding of a side.

        Raises:
            AnnotatorError: There is no such side, or nothing left to settle.
        """
        return self._propose(Outcome.TAKE, self._open_case().side(side))

    def cannot_resolve(self) -> Settlement:
        """Choose to say that the passage allows no decision; it then has no final coding.

        Raises:
            AnnotatorError: Nothing is left to settle.
        """
        self._open_case()
        return self._propose(Outcome.CANNOT_RESOLVE, Coding())

    def take_answers(self, sides: Mapping[str, str], records: str = "") -> Settlement:
        """Choose a coding merged from several sides.

        What the sides agree on needs no choice. Records belong together and come from one side
        as a whole, with the passage's links to them, the reason for having none, and the
        reasons for letting checks stand.

        Args:
            sides: For passage-level variables, the letter of the side whose answer is taken.
            records: The letter of the side whose records are taken; needed where they differ.

        Raises:
            AnnotatorError: A side or variable does not exist, something that differs was not
                chosen, or what was chosen leaves a required question open.
        """
        return self._propose(
            Outcome.MERGE, merged(self._open_case(), self.codebook, sides, records)
        )

    def _propose(self, outcome: Outcome, coding: Coding) -> Settlement:
        self.proposal = Settlement(outcome, coding)
        return self.proposal

    def _open_case(self) -> Case:
        case = self.current()
        if case is None:
            raise AnnotatorError("No disagreement is left to settle.")
        return case

    # --- settling and moving ---------------------------------------------------------------------

    def settle(self, reason: str, note: str = "") -> str:
        """Write down the chosen settlement and go on to the next disagreement.

        Args:
            reason: The id of one of `REASONS`.
            note: Anything to add.

        Returns:
            The id of the adjudication.

        Raises:
            AnnotatorError: Nothing is chosen, the reason is none of `REASONS`, or the passage was
                revised or settled by someone else since it was shown; nothing is written then.
        """
        case, proposal = self._open_case(), self.proposal
        if proposal is None:
            raise AnnotatorError(
                "Nothing is chosen yet; take a side, merge answers or say that it cannot be "
                "resolved."
            )
        if reason not in {choice.id for choice in REASONS}:
            listed = ", ".join(choice.id for choice in REASONS)
            raise AnnotatorError(f"{reason!r} is no reason; choose one of {listed}.")
        place = case.disagreement.place
        try:
            written = adjudicate(
                self.project,
                self.round.id,
                *place,
                self.lead,
                proposal.coding,
                str(proposal.outcome),
                reason,
                note,
                basis=self._disagreements[place].basis,
            )
        except BasisChanged:
            self._refresh()
            is_listed = any(one.place == place for one in self.queue)
            self._go_to(place if is_listed else self._next_left(), remember=False)
            raise
        self._refresh()
        self._go_to(self._next_left())
        return written

    def _refresh(self) -> None:
        self._list(self._disagreements.refresh())

    def back(self) -> bool:
        """Go back to the disagreement looked at before this one; False if there is none."""
        listed = {one.place for one in self.queue}
        while self._earlier:
            place = self._earlier.pop()
            if place in listed:
                self._go_to(place, remember=False)
                return True
        return False

    def skip(self) -> bool:
        """Leave this disagreement for later; False if no other one is left."""
        following = self._next_left()
        if following is None or following == self._place:
            return False
        self._go_to(following)
        return True

    def _next_left(self) -> Place | None:
        """The next disagreement that is not settled: after this one, else from the top."""
        places = [one.place for one in self.queue]
        start = places.index(self._place) + 1 if self._place in places else 0
        in_turn = self.queue[start:] + self.queue[:start]
        return next((one.place for one in in_turn if not one.settled), None)

    def _go_to(self, place: Place | None, *, remember: bool = True) -> None:
        if remember and self._place is not None:
            self._earlier.append(self._place)
        self._place = place
        self._case = None
        self.proposal = None
