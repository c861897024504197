"""Review: a lead going through the passages of a round and settling them one by one.

A lead sees codings as sides A, B, C … in an order that says nothing of who made them; no name of
a coder ever leaves this module. Nobody decides anything of a passage they coded themselves.

Its parts stand on each other: `review_moving` (the queue and the way through it),
`review_choosing` (how a passage is to be settled), and here what is written down.
"""

from annotator.coding.form import from_form
from annotator.errors import AnnotatorError
from annotator.store.adjudications import (
    AdjudicationRow,
    BasisChanged,
    adjudicate,
    adjudication,
    own_settlements,
    withdraw,
)
from annotator.store.assignments import counters, give
from annotator.store.corpus import read_passage
from annotator.store.people import is_same_person
from annotator.store.places import Place
from annotator.store.reviewed import having
from annotator.store.sent_back import send_back
from annotator.work.cases import REASONS, Case, GivenBack, Settlement, Side
from annotator.work.disagreements import CaseState, Disagreement, changed_after
from annotator.work.final import Outcome
from annotator.work.review_choices import Only, QueueFilter, ReviewOrder
from annotator.work.review_choosing import EARLIER, PARTS, UNANIMOUS, ReviewChoosing
from annotator.work.review_moving import ReviewProgress
from annotator.work.review_queue import QueueChoices

__all__ = [
    "EARLIER",
    "PARTS",
    "REASONS",
    "UNANIMOUS",
    "Case",
    "CaseState",
    "Disagreement",
    "GivenBack",
    "Only",
    "Outcome",
    "QueueChoices",
    "QueueFilter",
    "ReviewOrder",
    "ReviewProgress",
    "ReviewSession",
    "Settlement",
    "Side",
]


class ReviewSession(ReviewChoosing):
    """A lead going through the passages of a round; see `ReviewMoving` for how one is made.

    Choose a settlement (`take`, `take_parts`, `edit`, `cannot_resolve` …), then `settle` it with a
    reason; the next passage that is not settled follows. Settling again adds an adjudication; the
    earlier one stays in the project's events.
    """

    # What was done after the last settlement that undoing cannot take back; empty if nothing.
    _not_undoable = ""

    def settle(self, reason: str, note: str = "") -> str:
        """Write down the chosen settlement and go on to the next passage.

        Args:
            reason: The id of one of `REASONS`; of a passage of the sample on which all agree it may
                be empty, since nobody erred.
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
                "Nothing is chosen yet; take a side, parts of several, edit them into a new coding "
                "or say that it cannot be resolved."
            )
        if (reason or not case.sample) and reason not in {choice.id for choice in REASONS}:
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
                basis=self._disagreements.basis(place),
            )
        except BasisChanged:
            self._look_again(place)
            raise
        if proposal.outcome is Outcome.NEW:
            self.drop_draft()
        self._not_undoable = ""
        self._go_on()
        return written

    def send_back(self, words: str, letter: str = "") -> None:
        """Ask who made a side, or every side, to look at it once more, and go on.

        They see the words and their own coding. Until they submit again the passage waits.

        Args:
            words: What they are to look at.
            letter: The side; empty for every side.

        Raises:
            AnnotatorError: There are no words or no such side, the round is closed, all of them
                have it back already, or the passage was revised or settled meanwhile.
        """
        case = self._open_case()
        place = case.disagreement.place
        if letter:
            case.side(letter)
        coders = [
            rows[-1].coder
            for side, rows in self._cases.by_letter(place).items()
            if side == letter or not letter
        ]
        basis = self._disagreements.basis(place)
        try:
            asked = send_back(
                self.project, self.round.id, *place, coders, self.lead, words, basis=basis
            )
        except BasisChanged:
            self._look_again(place)
            raise
        if not asked:
            raise AnnotatorError("This was sent back already and waits for an answer.")
        self._not_undoable = f"Sending back {case.title}"
        self._go_on()

    def pass_on(self) -> None:
        """Give a passage that was given back to a coder who does not have it, and go on.

        The coder of the round with the fewest open passages gets it; the lead is not told who.

        Raises:
            AnnotatorError: Nobody gave it back, no other coder is in the round, or it is closed.
        """
        case = self._open_case()
        if not case.given_back:
            raise AnnotatorError("No coder gave this passage back, so there is nothing to pass on.")
        place = case.disagreement.place
        has = having(self.project, self.round.id, self._disagreements.passage_id(place))
        others = [
            one
            for one in counters(self.project, self.round.id)
            if one.coder not in has and not is_same_person(one.coder, self.lead)
        ]
        if not others:
            raise AnnotatorError(
                "Every coder of the round has this passage; settle it, or give it to someone new "
                "with `annotator round assign`."
            )
        chosen = min(others, key=lambda one: (one.open, one.coder))
        give(self.project, self.round.id, chosen.coder, [(*place, 1)], self.lead)
        self._not_undoable = f"Passing on {case.title}"
        self._go_on()

    # --- undoing ---------------------------------------------------------------------------------

    def undo(self) -> str:
        """Take back the lead's last settlement in the round, and go to its passage.

        What was sent back or passed on since cannot be taken back. That is said first, so that no
        other decision goes in its place unless undoing is asked for again.

        Returns:
            What was taken back, in words.

        Raises:
            AnnotatorError: There is none, the passage was settled anew by someone else, or
                something was sent back or passed on since.
        """
        if act := self._not_undoable:
            self._not_undoable = ""
            raise AnnotatorError(
                f"{act} cannot be undone; undo once more takes back the settlement before."
            )
        done, _ = own_settlements(self.project, self.round.id, self.lead)
        if not done:
            raise AnnotatorError("You have settled nothing in this round that could be taken back.")
        withdraw(self.project, done[0], self.lead)
        return f"Taken back: {self._shown(done[0])}"

    def redo(self) -> str:
        """Settle again what the lead took back last, and go to its passage.

        Returns:
            What was settled again, in words.

        Raises:
            AnnotatorError: There is none, or the passage was revised or settled since.
        """
        _, undone = own_settlements(self.project, self.round.id, self.lead)
        if not undone:
            raise AnnotatorError("There is nothing to settle again.")
        row = adjudication(self.project, undone[0])
        self._refresh()
        place = row.report_key, row.number
        basis = self._disagreements.basis(place)
        *made, stands = basis
        others = bool(stands) and adjudication(self.project, stands).lead != self.lead
        if changed_after(row.id, [*made, stands] if others else made):
            raise AnnotatorError(
                "This passage was revised or settled since you took it back; settle it anew."
            )
        passage = read_passage(self.project, *place)
        adjudicate(
            self.project,
            self.round.id,
            *place,
            self.lead,
            from_form(row.form, self.codebook, passage.text, passage.start),
            row.outcome,
            row.reason,
            row.note,
            basis=basis,
            again=row.id,
        )
        return f"Settled again: {self._shown(row.id)}"

    def _shown(self, adjudication_id: str) -> str:
        """Go to the passage of a settlement; what it was, in words."""
        row: AdjudicationRow = adjudication(self.project, adjudication_id)
        self._refresh()
        self._go_to((row.report_key, row.number))
        case = self._open_case()
        what = self._cases.settlement(row, case.passage).words
        return f"{case.title}, {what}."

    # --- inside ----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take in what was written, and go to the next passage."""
        self._refresh()
        self._go_to(self._following())

    def _look_again(self, place: Place) -> None:
        """Show a passage as it is now, or go on if there is nothing to settle of it any more.

        One that is still to be settled is shown though a filter lists it no longer.

        Raises:
            AnnotatorError: There is nothing to settle of it any more.
        """
        self._refresh()
        now = self._disagreements.all[place]
        if now.variables or now.decided or any(one.place == place for one in self.queue):
            self._go_to(place, remember=False)
            return
        self._go_to(self._following(), remember=False)
        raise AnnotatorError(
            "This passage was revised since it was shown, and its coders agree now; nothing was "
            "settled, and it is no longer in the queue."
        )
