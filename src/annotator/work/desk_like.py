"""What a coding session needs of the desk it works at: a coder's, or a lead's for a settlement."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from annotator.codebook.model import Codebook
from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.store.desk import (
    Here,
    Item,
    OwnPassage,
    PastEdit,
    Place,
    Progress,
    Step,
    Submitted,
)
from annotator.store.desk_training import ShownAnswer, Submission
from annotator.store.rounds import RoundRow
from annotator.store.training import Training


class DeskLike(Protocol):
    """See `annotator.store.desk.Desk` for what each of these does at a coder's desk."""

    @property
    def coder(self) -> str:
        """Who works at it."""

    @property
    def round(self) -> RoundRow:
        """The round it is in."""

    @property
    def codebook(self) -> Codebook:
        """What is asked."""

    @property
    def training(self) -> Training | None:
        """How the round trains coders; None if it does not."""

    def progress(self) -> Progress:
        """How far the work is."""

    def place(self) -> Place | None:
        """Where the work was left."""

    def item(self, assignment_id: int) -> Item:
        """A passage of the queue."""

    def first_open(self) -> int | None:
        """The first passage to do."""

    def next_open(self, after_ord: int) -> int | None:
        """The next passage to do."""

    def changed(self) -> tuple[tuple[int, int], ...]:
        """What was changed after it was submitted."""

    def neighbour(self, assignment_id: int, step: int) -> int | None:
        """The passage beside one."""

    def last(self) -> int:
        """The last passage."""

    def passages(self, after_ord: int, most: int) -> list[OwnPassage]:
        """Passages of the queue."""

    def at_place(self, place: int) -> int | None:
        """The passage at a place of the queue."""

    def of_reports(self, part: str, number: int, most: int) -> list[tuple[int, str]]:
        """Passages of reports by name."""

    def past_edits(self) -> Iterator[PastEdit]:
        """The changes that stand, the last first."""

    def save(
        self,
        assignment_id: int,
        before: Coding,
        after: Coding,
        label: str,
        focus: str,
        seconds: float,
        *,
        merge: bool = False,
    ) -> None:
        """Keep a change."""

    def set_place(self, assignment_id: int, focus: str, seconds: float) -> None:
        """Keep where the work is."""

    def undo(self, here: Here | None = None) -> Step | None:
        """Take back the last step."""

    def redo(self, here: Here | None = None) -> Step | None:
        """Do again the step undone last."""

    def submit(
        self, assignment_id: int, coding: Coding, focus_next: str, seconds: float
    ) -> Submitted:
        """Hand in a coding."""

    def flag(self, assignment_id: int, focus: str, *, flagged: bool) -> None:
        """Ask for someone's attention."""

    def skip(self, assignment_id: int, reason: SkipReason, note: str) -> int | None:
        """Give a passage back."""

    def take_back(self, assignment_id: int, focus: str) -> None:
        """Take a passage that was given back."""

    def known_answer(self, assignment_id: int) -> ShownAnswer:
        """The known answer of a passage that was submitted."""

    def lessons(self) -> list[Submission]:
        """What was submitted of passages whose answer is shown."""

    def record_assessment(self, numbers: Mapping[str, Any]) -> None:
        """Put on record how far the coder meets the known answers."""
