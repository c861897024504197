"""What a coder's desk gives back: frozen values, the coder's own work and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.store.models import StepKind


class Progress(NamedTuple):
    """How many passages the coder has in the round, how many are done, how many given back."""

    assigned: int
    done: int
    skipped: int = 0

    @property
    def open(self) -> int:
        """How many wait for the coder."""
        return self.assigned - self.done - self.skipped


class Place(NamedTuple):
    """Where the coder was last; `focus` is the session's own text."""

    assignment_id: int
    focus: str


class ReportHead(NamedTuple):
    """What is known of the report a passage is from; `passages` is how many it has."""

    key: str
    name: str
    publisher: str
    headline: str
    date: str
    language: str
    passages: int


class Item(NamedTuple):
    """One passage of the coder's queue with what the coder has done on it.

    `[start, end)` are code points of the report's text and `text` the passage's. `revision` is
    the number of times it was submitted, `submitted` the last of these; `draft` is what is not
    submitted yet and `draft_seconds` the active time spent on it. `flagged` says that the coder
    asks the lead to look at it, `skipped` why they gave it back, with their `skip_note`; `graphic`
    is the lead's word of warning to everyone, `sent_back` what the lead asks of the coder who is to
    look at what they submitted once more.
    """

    assignment_id: int
    ord: int
    done: bool
    report: ReportHead
    number: int
    start: int
    end: int
    text: str
    draft: Coding | None
    draft_seconds: float
    submitted: Coding | None
    revision: int
    flagged: bool
    skipped: SkipReason | None
    skip_note: str
    graphic: bool
    sent_back: str = ""


class Here(NamedTuple):
    """The passage that is open while a step is undone or done again.

    `focus` says where the coder is in it once it has another coding, as the session's own text;
    `seconds` are the active ones that are not kept yet.
    """

    item: Item
    focus: Callable[[Coding], str]
    seconds: float


class Step(NamedTuple):
    """A step that was undone or done again, and the coding as it then stands.

    A step that flagged a passage or gave it back has no coding.
    """

    assignment_id: int
    kind: StepKind
    label: str
    content: Coding | None


class PastEdit(NamedTuple):
    """A change to a draft that stands, as plain data of the coding before and after it."""

    assignment_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class LastStep(NamedTuple):
    """The end of the coder's undo stack, as it is stored; `seq` is 0 where there is none."""

    seq: int
    assignment_id: int
    kind: str
    label: str
    undone: int


class Submitted(NamedTuple):
    """The revision a coding stands at, and the next open passage, if any is left.

    `unchanged` says that it equals the revision before, so that nothing new was submitted.
    """

    revision: int
    next: int | None
    unchanged: bool = False
