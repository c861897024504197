"""The way of a lead through the passages of a review, and what is read of them."""

from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.store.people import is_same_person
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.cases import Case, CaseBuilder, Settlement
from annotator.work.disagreements import Disagreement, Disagreements
from annotator.work.review_choices import Only, QueueFilter
from annotator.work.review_queue import QueueChoices, ReviewQueue

_LOOKED_THROUGH = (Only.SETTLED, Only.SENT_BACK)
"""Queues of passages with nothing left to do: gone through one by one."""


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How many passages of the queue are settled, and how many are left.

    `own` are left out: the lead coded these passages and someone else has to settle them. `waiting`
    were sent back and have not been answered; they are neither settled nor left. `sample` and
    `sample_settled` count passages on which all agree and that are looked at all the same; they
    count in nothing else.
    """

    settled: int
    left: int
    own: int
    waiting: int = 0
    sample: int = 0
    sample_settled: int = 0


class ReviewMoving:
    """A lead, the queue they chose, and the passage they are at.

    Args:
        project: The project.
        round_: The round, open or closed.
        lead: Who settles.
        chosen: What they want to look at.

    Raises:
        AnnotatorError: The lead has no name, or what they chose is not there.
    """

    def __init__(
        self,
        project: Project,
        round_: RoundRow,
        lead: str,
        chosen: QueueFilter | None = None,
    ) -> None:
        if not lead.strip():
            raise AnnotatorError("A lead needs a name; give one with --lead.")
        self.project = project
        self.round = round_
        self.lead = lead
        self.codebook = project.codebook_version(round_.codebook_sha256)
        self.proposal: Settlement | None = None
        self._disagreements = Disagreements(project, round_)
        self._cases = CaseBuilder(project, round_, lead)
        self._place: Place | None = None
        self._earlier: list[Place] = []
        self._case: Case | None = None
        self._own: set[Place] = set()
        self._note_own(set(self._disagreements.all))
        self.open_queue(chosen or QueueFilter())

    def _note_own(self, changed: set[Place]) -> None:
        self._own -= changed
        self._own |= {
            place
            for place in changed
            if any(is_same_person(one, self.lead) for one in self._disagreements.coders(place))
        }

    # --- the queue -------------------------------------------------------------------------------

    @property
    def filter(self) -> QueueFilter:
        """What the queue lists."""
        return self._queue.chosen

    def open_queue(self, chosen: QueueFilter) -> None:
        """List something else, and go to the first passage of it that is left.

        Raises:
            AnnotatorError: What was chosen is not there; the queue stays what it was then.
        """
        queue = ReviewQueue(self.project, self.round, self._disagreements, chosen)
        listed = queue.listed()
        self._queue = queue
        self._keep(listed)
        self._earlier = []
        self._go_to(self._first(), remember=False)

    def choices(self) -> QueueChoices:
        """What queues there are, with how many passages each lists."""
        return self._queue.choices(self._own)

    def left_of(self, only: Only) -> int:
        """How many passages of a kind wait for the lead, whatever the queue lists."""
        return self._queue.left_of(only, self._own)

    @property
    def progress(self) -> ReviewProgress:
        """How far the lead is in the queue."""
        counted = [one for one in self.queue if not one.sample]
        settled = sum(one.settled for one in counted)
        waiting = sum(one.waiting and not one.settled for one in counted)
        sample = len(self.queue) - len(counted)
        return ReviewProgress(
            settled,
            len(counted) - settled - waiting,
            len(self._listed) - len(self.queue),
            waiting,
            sample,
            sum(one.settled for one in self.queue if one.sample),
        )

    def _keep(self, listed: list[Disagreement]) -> None:
        self._listed = listed
        self.queue = [one for one in listed if one.place not in self._own]

    def _refresh(self) -> None:
        """Take in what was decided of any passage since the last time."""
        changed = self._disagreements.refresh()
        if changed:
            self._note_own(changed)
            self._keep(self._queue.listed_anew(self._listed, changed))

    # --- the passage -----------------------------------------------------------------------------

    def current(self) -> Case | None:
        """The passage to settle; None when none is left."""
        if self._case is None and self._place is not None:
            listed = (one for one in self.queue if one.place == self._place)
            one = next(listed, self._disagreements.all[self._place])
            passage_id = self._disagreements.passage_id(self._place)
            self._case = self._cases.build(one, passage_id)
        return self._case

    def _open_case(self) -> Case:
        case = self.current()
        if case is None:
            raise AnnotatorError("No disagreement is left to settle.")
        return case

    def open_case(self, place: Place) -> None:
        """Go to a passage of the queue.

        Raises:
            AnnotatorError: The queue does not list it.
        """
        if all(one.place != place for one in self.queue):
            raise AnnotatorError("This passage is not in the queue any more.")
        self._go_to(place)

    def back(self) -> bool:
        """Go back to the passage looked at before this one; False if there is none."""
        listed = {one.place for one in self.queue}
        while self._earlier:
            place = self._earlier.pop()
            if place in listed:
                self._go_to(place, remember=False)
                return True
        return False

    def skip(self) -> bool:
        """Leave this passage for later; False if no other one is left."""
        following = self._following()
        if following is None or following == self._place:
            return False
        self._go_to(following)
        return True

    def _first(self) -> Place | None:
        left = next((one.place for one in self.queue if one.is_left), None)
        if left is None and self._is_looked_through and self.queue:
            return self.queue[0].place
        return left

    @property
    def _is_looked_through(self) -> bool:
        return self.filter.only in _LOOKED_THROUGH or self.filter.places is not None

    def _following(self) -> Place | None:
        """The next passage to look at: after this one, else from the top."""
        places = [one.place for one in self.queue]
        start = places.index(self._place) + 1 if self._place in places else 0
        if self._is_looked_through:
            return places[start] if start < len(places) else None
        in_turn = self.queue[start:] + self.queue[:start]
        return next((one.place for one in in_turn if one.is_left), None)

    def _go_to(self, place: Place | None, *, remember: bool = True) -> None:
        if remember and self._place is not None:
            self._earlier.append(self._place)
        self._place = place
        self._case = None
        self.proposal = None
