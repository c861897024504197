"""A desk for one passage, at which a lead makes the coding that is to settle it.

A coding session works on it as on a coder's desk (`annotator.work.desk_like`), so that the form,
its checks and its undoing are the same. Nothing of it is a coder's: it is kept as the draft of a
settlement, and to submit it only proposes it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.coding.form import canonical, from_form, to_form
from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.desk import (
    Here,
    Item,
    OwnPassage,
    PastEdit,
    Place,
    Progress,
    ReportHead,
    Step,
    Submitted,
)
from annotator.store.desk_training import ShownAnswer, Submission
from annotator.store.models import StepKind
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.store.settlement_drafts import DraftKey, KeptDraft, keep_draft, read_draft
from annotator.store.training import Training
from annotator.work.cases import Case

_STEPS_KEPT = 200
"""So many steps can be undone; older ones are let go."""

_Kept = dict[str, Any]
"""A step: `label`, and the coding `before` and `after` it, as plain data."""


class SettlementDesk:
    """The place of a lead at one passage; what each method does is that of a coder's desk.

    Args:
        project: The project.
        round_: The round.
        key: Whose draft it is, of which passage.
        case: The passage as the lead sees it.
        start: What a new draft begins with; one there is already goes on.
        submitted: Called with the coding that is handed in.
    """

    def __init__(
        self,
        project: Project,
        round_: RoundRow,
        key: DraftKey,
        case: Case,
        start: Coding,
        submitted: Callable[[Coding], None],
    ) -> None:
        self.coder = key.lead
        self.round = round_
        self.codebook = project.codebook_version(round_.codebook_sha256)
        self.training: Training | None = None
        self._project = project
        self._key = key
        self._case = case
        self._submitted = submitted
        self._kept: KeptDraft
        self._steps: list[_Kept]
        self._undone: list[_Kept]
        found = self._known = read_draft(project, key)
        if found is None:
            self._keep(KeptDraft(canonical(to_form(start)), "", ""), [], [])
        else:
            steps = json.loads(found.steps)
            self._kept, self._steps, self._undone = found, steps["done"], steps["undone"]

    def _keep(self, draft: KeptDraft, done: list[_Kept], undone: list[_Kept]) -> None:
        """Write the draft down, and only then go on from it."""
        kept = replace(draft, steps=canonical({"done": done, "undone": undone}))
        if not keep_draft(self._project, self._key, kept, self._known):
            raise AnnotatorError(
                f"{self.coder} works on this settlement in another window, or settled it there; "
                "nothing was kept: leave it here and begin again."
            )
        self._kept, self._steps, self._undone, self._known = kept, done, undone, kept

    def _read(self, form: object) -> Coding:
        passage = self._case.passage
        return from_form(form, self.codebook, passage.text, passage.start)

    # --- the one passage -------------------------------------------------------------------------

    def item(self, assignment_id: int) -> Item:
        """The passage, with the draft of its settlement."""
        report, passage = self._case.report, self._case.passage
        return Item(
            assignment_id=self._key.passage_id,
            ord=1,
            done=False,
            report=ReportHead(
                report.key,
                report.name,
                report.publisher,
                report.headline,
                report.date,
                report.language,
                report.passages,
            ),
            number=passage.number,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            draft=self._read(json.loads(self._kept.content)),
            draft_seconds=self._kept.seconds,
            submitted=None,
            revision=0,
            flagged=False,
            skipped=None,
            skip_note="",
            graphic=False,
        )

    def progress(self) -> Progress:
        """One passage, not done."""
        return Progress(1, 0)

    def place(self) -> Place | None:
        """Where the lead was in it."""
        return Place(self._key.passage_id, self._kept.focus) if self._kept.focus else None

    def first_open(self) -> int | None:
        """The passage."""
        return self._key.passage_id

    def last(self) -> int:
        """The passage."""
        return self._key.passage_id

    def next_open(self, after_ord: int) -> int | None:
        """None: there is no other."""
        return None

    def changed(self) -> tuple[tuple[int, int], ...]:
        """None: what is handed in is settled or not, and never changed after."""
        return ()

    def neighbour(self, assignment_id: int, step: int) -> int | None:
        """None: there is no other."""
        return None

    def passages(self, after_ord: int, most: int) -> list[OwnPassage]:
        """None: the lead's queue is that of the review."""
        return []

    def at_place(self, place: int) -> int | None:
        """The passage, at the first place."""
        return self._key.passage_id if place == 1 else None

    def of_reports(self, part: str, number: int, most: int) -> list[tuple[int, str]]:
        """None: the lead's queue is that of the review."""
        return []

    def past_edits(self) -> Iterator[PastEdit]:
        """The changes that stand, the last one first."""
        for step in reversed(self._steps):
            yield PastEdit(self._key.passage_id, step["before"], step["after"])

    # --- changing --------------------------------------------------------------------------------

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
        """Keep a change to the draft as one step to undo; it is on the disk when this returns."""
        form = to_form(after)
        last = self._steps[-1] if self._steps and not self._undone else None
        if merge and last is not None and last["label"] == label:
            done = [*self._steps[:-1], {**last, "after": form}]
        else:
            step = {"label": label, "before": to_form(before), "after": form}
            done = [*self._steps, step][-_STEPS_KEPT:]
        self._keep(self._changed(form, focus, seconds), done, [])

    def set_place(self, assignment_id: int, focus: str, seconds: float) -> None:
        """Keep where the lead is; not once the settlement is made, or made in another window."""
        draft = replace(self._kept, focus=focus, seconds=self._kept.seconds + seconds)
        if keep_draft(self._project, self._key, draft, self._known):
            self._kept = self._known = draft

    def undo(self, here: Here | None = None) -> Step | None:
        """Take back the last step; None if there is none."""
        if not self._steps:
            return None
        *done, step = self._steps
        return self._travel(step, step["before"], done, [*self._undone, step], here)

    def redo(self, here: Here | None = None) -> Step | None:
        """Do again the step that was undone last; None if there is none."""
        if not self._undone:
            return None
        *undone, step = self._undone
        return self._travel(step, step["after"], [*self._steps, step], undone, here)

    def _travel(
        self,
        step: _Kept,
        form: object,
        done: list[_Kept],
        undone: list[_Kept],
        here: Here | None,
    ) -> Step:
        coding = self._read(form)
        focus = self._kept.focus if here is None else here.focus(coding)
        self._keep(self._changed(form, focus, here.seconds if here else 0.0), done, undone)
        return Step(self._key.passage_id, StepKind.EDIT, step["label"], coding)

    def _changed(self, form: object, focus: str, seconds: float) -> KeptDraft:
        spent = self._kept.seconds + seconds
        return replace(self._kept, content=canonical(form), focus=focus, seconds=spent)

    def submit(
        self, assignment_id: int, coding: Coding, focus_next: str, seconds: float
    ) -> Submitted:
        """Propose the coding; the draft stays until the passage is settled."""
        draft = self._changed(to_form(coding), self._kept.focus, seconds)
        self._keep(draft, self._steps, self._undone)
        self._submitted(coding)
        return Submitted(1, None)

    # --- what is for coders ----------------------------------------------------------------------

    def flag(self, assignment_id: int, focus: str, *, flagged: bool) -> None:
        """Refused: a flag asks the lead."""
        raise AnnotatorError("A flag asks the lead, and that is you; write a note instead.")

    def skip(self, assignment_id: int, reason: SkipReason, note: str) -> int | None:
        """Refused: there is nobody to give it back to."""
        raise AnnotatorError(
            "A settlement is not given back; leave it, and say that it cannot be resolved."
        )

    def take_back(self, assignment_id: int, focus: str) -> None:
        """Refused: it was not given back."""
        raise AnnotatorError("This passage is not skipped.")

    def known_answer(self, assignment_id: int) -> ShownAnswer:
        """Refused: a lead is not trained."""
        raise _no_training()

    def lessons(self) -> list[Submission]:
        """None: a lead is not trained."""
        return []

    def record_assessment(self, numbers: Mapping[str, Any]) -> None:
        """Refused: a lead is not trained."""
        raise _no_training()


def _no_training() -> AnnotatorError:
    return AnnotatorError("A settlement trains nobody.")
