"""Choosing how a passage is to be settled: a side, parts of several, or a coding of the lead's."""

from collections.abc import Sequence

from annotator.coding import change
from annotator.coding.checks import Finding, findings
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store.places import Place
from annotator.store.settlement_drafts import DraftKey, drop_draft, read_draft
from annotator.work.cases import Case, Settlement
from annotator.work.final import Outcome
from annotator.work.merging import Key, merged, open_parts, started, unanimous
from annotator.work.review_moving import ReviewMoving
from annotator.work.settlement_desk import SettlementDesk

PARTS = "parts"
"""To begin a new coding with what was chosen so far, and what all sides say alike."""

UNANIMOUS = "unanimous"
"""To begin it with what all sides say alike."""

EARLIER = "earlier"
"""To begin it with the settlement that stands."""


class ReviewChoosing(ReviewMoving):
    """The part of a review that makes a proposal; what is proposed is settled with a reason."""

    _chosen: dict[Key, str]

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

    # --- parts -----------------------------------------------------------------------------------

    @property
    def chosen(self) -> dict[Key, str]:
        """The sides chosen so far, by place and variable of the part."""
        return dict(self._chosen)

    def choose(self, place: tuple[int, ...], variable: str, letter: str) -> None:
        """Take a part from a side: an answer, or (no variable) a record with all that is in it.

        Taken from a side that has no such record, the record is left out.

        Raises:
            AnnotatorError: There is no such part or side, or the side has no such record.
        """
        case = self._open_case()
        case.side(letter)
        part = next((one for one in case.parts if one.key == (place, variable)), None)
        if part is None:
            raise AnnotatorError("There is no such part in these codings.")
        if variable and not part.said[letter].there:
            raise AnnotatorError(f"Side {letter} has no {part.record}; choose another side.")
        if not variable:
            # What was chosen inside before gives way to the whole.
            inside = [key for key in self._chosen if key[0][: len(place)] == place]
            for key in inside:
                del self._chosen[key]
        self._chosen[place, variable] = letter
        self.proposal = None

    def unchoose(self, place: tuple[int, ...], variable: str) -> None:
        """Take the choice of a part back."""
        self._chosen.pop((place, variable), None)
        self.proposal = None

    def unchosen(self) -> tuple[Key, ...]:
        """The parts that differ and that nothing chosen decides."""
        return tuple(part.key for part in open_parts(self._open_case().parts, self._chosen))

    def take_parts(self) -> Settlement:
        """Choose a coding of the parts chosen, and of all that the sides agree on.

        Raises:
            AnnotatorError: Something that differs was not chosen, or the parts make no whole
                coding, or nothing is left to settle.
        """
        case = self._coded_case()
        coding = merged(case.codings, self.codebook, case.parts, self._chosen, self._fires)
        return self._propose(Outcome.MERGE, coding)

    def take_unanimous(self) -> Settlement:
        """Choose a coding of what all sides say alike, and of nothing else.

        Raises:
            AnnotatorError: That leaves a required question open, or nothing is left to settle.
        """
        case = self._coded_case()
        coding = unanimous(case.codings, self.codebook, case.parts, self._fires)
        return self._propose(Outcome.MERGE, coding)

    def _coded_case(self) -> Case:
        """The case, which has a side to take something from."""
        case = self._open_case()
        if not case.sides:
            raise AnnotatorError("Nobody has coded this passage yet, so there is nothing to take.")
        return case

    def _fires(self, coding: Coding) -> Sequence[Finding]:
        return findings(coding, self.codebook, self._open_case().context)

    # --- a coding of the lead's own --------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether the lead has begun a coding of their own for this passage."""
        return self._place is not None and read_draft(self.project, self._draft) is not None

    def edit(self, start: str = "") -> SettlementDesk:
        """A desk to make a coding at, which a coding session works on as on a coder's.

        Every change is kept at once; a coding that was begun before goes on where it was left. To
        submit it there proposes it here.

        Args:
            start: What it begins with: the letter of a side, `PARTS`, `UNANIMOUS`, `EARLIER`, or
                nothing.

        Raises:
            AnnotatorError: There is no such beginning, or nothing is left to settle.
        """
        case = self._open_case()
        if start in (PARTS, UNANIMOUS):
            case = self._coded_case()
            chosen = self._chosen if start == PARTS else {}
            coding = started(case.codings, self.codebook, case.parts, chosen)
        elif start == EARLIER:
            if case.earlier is None:
                raise AnnotatorError("This passage was not settled before; begin with a side.")
            coding = case.earlier.coding
        else:
            coding = case.side(start) if start else change.blank(self.codebook)
        return SettlementDesk(
            self.project, self.round, self._draft, case, coding, self._propose_new
        )

    def drop_draft(self) -> None:
        """Let the lead's own coding of this passage go."""
        drop_draft(self.project, self._draft)

    @property
    def _draft(self) -> DraftKey:
        place = self._open_case().disagreement.place
        return DraftKey(self.round.id, self._disagreements.passage_id(place), self.lead)

    def _propose_new(self, coding: Coding) -> None:
        self._propose(Outcome.NEW, coding)

    def _propose(self, outcome: Outcome, coding: Coding) -> Settlement:
        self.proposal = Settlement(outcome, coding)
        return self.proposal

    def _go_to(self, place: Place | None, *, remember: bool = True) -> None:
        self._chosen = {}
        super()._go_to(place, remember=remember)
