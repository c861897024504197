"""A coder on one passage: what is open, where they are in it, and how a change is written.

What every part of the coding session stands on (`annotator.work.session` says how the parts make
one).
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from annotator.codebook.model import PASSAGE, CheckKind, Codebook, Unit, Variable
from annotator.coding import change
from annotator.coding.checks import Finding, PassageContext, findings
from annotator.coding.complete import Gap, gaps
from annotator.coding.form import from_form, value_text
from annotator.coding.model import Answer, Coding
from annotator.store.desk import Item, Progress
from annotator.work.desk_like import DeskLike
from annotator.work.focus import Change, Focus
from annotator.work.outline import Row, outline
from annotator.work.work_clock import HABITS, Habits, WorkClock


class Sitting:
    """The open passage of one coder, and the one way to write a change to it.

    Args:
        desk: The coder's view of the project.
        clock: Seconds that never go back; for tests.
        habits: What counts as a pause.
    """

    def __init__(
        self, desk: DeskLike, clock: Callable[[], float] = time.monotonic, habits: Habits = HABITS
    ) -> None:
        self.desk = desk
        self.codebook: Codebook = desk.codebook
        self._time = WorkClock(habits, clock)
        self._unkept = 0.0
        # Of passages that have no draft to keep it with: where they were left and looked at again.
        self._unkept_elsewhere: dict[int, float] = {}
        self._has_draft = False
        # Whether the last step to undo is of the present visit to a field.
        self._typing = False
        # Of the coding that is open and of the one it is to become.
        self._outlines: tuple[tuple[Coding, tuple[Row, ...]], ...] = ()
        # The row the coder is on, and in which coding and with which focus it is that.
        self._row: tuple[Coding, Focus, Row] | None = None
        # Of the coding that is open and of the one before it.
        self._findings: tuple[tuple[Coding, list[Finding]], ...] = ()
        self._progress: Progress | None = None
        self._changed: tuple[tuple[int, int], ...] | None = None
        self.coding: Coding
        self.item: Item
        self.focus = Focus()
        place = desk.place()
        if place is not None:
            self._load(place.assignment_id, Focus.read(place.focus))
        else:
            first = desk.first_open()
            self._load(desk.last() if first is None else first)

    # --- what there is to see --------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """The outline of the coding as it stands."""
        return self._outline(self.coding)

    @property
    def row(self) -> Row:
        """The row the coder is on."""
        coding, focus, row = self._row or (None, None, None)
        if row is None or coding is not self.coding or focus is not self.focus:
            place = self._place
            row = next((row for row in self.rows if row.place == place), self.rows[0])
            self._row = (self.coding, self.focus, row)
        return row

    @property
    def gaps(self) -> list[Gap]:
        """What is missing before this passage can be submitted."""
        return gaps(self.coding, self.codebook)

    @property
    def lacks(self) -> list[Gap]:
        """The gaps, and what an error of the codebook's checks says is not there yet."""
        errors = (one for one in self.findings if one.check.kind is CheckKind.ERROR and one.missing)
        return [*self.gaps, *(Gap(one.record, one.check.id, one.sentence) for one in errors)]

    @property
    def progress(self) -> Progress:
        """How many passages the coder has, how many are done, how many given back.

        Read anew with each passage that is opened, not with each key: no key changes it without
        opening one, but the one that takes a passage back.
        """
        if self._progress is None:
            self._progress = self.desk.progress()
        return self._progress

    @property
    def is_revision(self) -> bool:
        """Whether the open passage was submitted before and has been changed since."""
        return self.item.submitted is not None and self.coding != self.item.submitted

    @property
    def unsubmitted(self) -> int:
        """How many passages were changed after they were submitted, and not submitted since."""
        return len(self._changed_passages)

    @property
    def reminder(self) -> str:
        """What the coder must not forget: passages changed and not submitted; empty if none."""
        return f"{self.unsubmitted} changed, not submitted." if self.unsubmitted else ""

    @property
    def ended(self) -> str:
        """That no passage is open any more, in words."""
        return f"Every passage is coded{' or skipped' if self.progress.skipped else ''}."

    @property
    def _changed_passages(self) -> tuple[tuple[int, int], ...]:
        if self._changed is None:
            self._changed = self.desk.changed()
        return self._changed

    @property
    def report_day(self) -> date | None:
        """The date of the report; None where it has none."""
        text = self.item.report.date
        return date.fromisoformat(text) if text else None

    @property
    def _place(self) -> tuple[str, str]:
        return self.focus.record, self.focus.name

    @property
    def findings(self) -> list[Finding]:
        """The checks of the codebook that fire on the coding as it stands."""
        for known, found in self._findings:
            if known is self.coding:
                return found
        item = self.item
        passage = PassageContext(item.text, item.start, self.report_day, item.report.language)
        found = findings(self.coding, self.codebook, passage)
        self._findings = ((self.coding, found), *self._findings[:1])
        return found

    @property
    def entry(self) -> str:
        """What the field in focus shows: what is being typed, else the value it has as text."""
        answer = self.row.answer
        if self.focus.entry or not self.row.is_typed or answer is None or answer.value is None:
            return self.focus.entry
        return value_text(answer.value)

    def leave_entry(self) -> Change | None:
        """Whether the field in focus can be left: not while it holds text that is no value."""
        if self.focus.entry.strip() and self.row.is_typed and self.row.answer is None:
            return Change(f"“{self.focus.entry}” is no answer yet; mend it or clear it", True)
        return None

    # --- inside ----------------------------------------------------------------------------------

    def keep_place(self) -> None:
        """Write down where the coder is; called whenever they move, and when they leave."""
        self._keep(self.focus)

    @property
    def _position(self) -> int:
        place = self._place
        return next((n for n, row in enumerate(self.rows) if row.place == place), 0)

    def _go(self, position: int) -> Change:
        if (stuck := self.leave_entry()) is not None:
            return stuck
        self._move(self.rows[position].place)
        self.keep_place()
        return Change()

    def _move(self, place: tuple[str, str]) -> None:
        self._typing = False
        self.focus = self._at(place)

    def _at(self, place: tuple[str, str]) -> Focus:
        return Focus(place[0], place[1], self.focus.cursor, lesson=self.focus.lesson)

    def _following(self, coding: Coding, focus: Focus) -> Focus:
        """The focus on the next row that wants the coder; on the next at all where none does."""
        rows = self._outline(coding)
        position = [row.place for row in rows].index((focus.record, focus.name))
        later = rows[position + 1 :]
        wanted = next((row for row in later if row.wants), later[0] if later else rows[position])
        return self._at(wanted.place)

    def _move_to_gap(self, gap: Gap) -> None:
        if any(row.place == (gap.record, gap.variable) for row in self.rows):
            self._move((gap.record, gap.variable))
            self.keep_place()

    def _save(
        self,
        coding: Coding,
        label: str,
        *,
        merge: bool = False,
        focus: Focus | None = None,
    ) -> Change:
        """Write a change and where the coder is after it, and only then show them.

        What could not be written so never looks as if it had been.
        """
        focus = focus or self.focus
        if not merge:
            focus = focus._replace(before="")
            self._typing = False
        if coding == self.coding:
            self._keep(focus)
        else:
            self._count_time()
            self.desk.save(
                self.item.assignment_id,
                self.coding,
                coding,
                label,
                focus.write(),
                self._unkept,
                merge=self._typing,
            )
            self._take(coding, focus)
            self._typing = merge
        self.focus = focus
        return Change()

    def _take(self, coding: Coding, focus: Focus) -> None:
        """Go on from a coding that has been written as a draft."""
        self._unkept = 0.0
        self._has_draft = True
        self.coding = coding
        if self.item.submitted is not None:
            self._changed = None
        self.focus = focus

    def _outline(self, coding: Coding) -> tuple[Row, ...]:
        for known, rows in self._outlines:
            if known is coding:
                return rows
        before = self._outlines[0][1] if self._outlines else ()
        rows = outline(coding, self.codebook, before)
        self._outlines = ((coding, rows), *self._outlines[:1])
        return rows

    def _keep(self, focus: Focus) -> None:
        self._count_time()
        seconds = self._unkept if self._has_draft else 0.0
        self.desk.set_place(self.item.assignment_id, focus.write(), seconds)
        self._unkept -= seconds

    def _load(self, assignment_id: int, focus: Focus | None = None) -> None:
        if self._unkept:
            self._unkept_elsewhere[self.item.assignment_id] = self._unkept
        self._unkept = self._unkept_elsewhere.pop(assignment_id, 0.0)
        self.item = self.desk.item(assignment_id)
        self.coding = self.item.draft or self.item.submitted or change.blank(self.codebook)
        self._findings = ()
        self._changed = self._progress = None
        self._typing = False
        self._has_draft = self.item.draft is not None
        self.focus = focus or Focus(cursor=self.item.start)
        if not self.item.start <= self.focus.cursor < self.item.end:
            self.focus = self.focus._replace(cursor=self.item.start)
        row = self.row
        if row.place != self._place:
            self._move(row.place)
        elif self.focus.before and row.variable is not None:
            # Typed before a restart: what follows belongs to the same step.
            self._typing = row.answer != self._answer_before(row.variable)

    def _count_time(self) -> None:
        """Count the seconds since the last key, but for pauses."""
        self._unkept += self._time.lap()

    def _answer_before(self, variable: Variable) -> Answer | None:
        """The answer that stood in the field in focus when the coder began to type."""
        alone = replace(variable, unit=PASSAGE, when=None)
        book = replace(self.codebook, units=(Unit(PASSAGE),), variables=(alone,))
        form = json.loads(self.focus.before)
        return from_form(form, book, self.item.text, self.item.start).answers.get(variable.id)
