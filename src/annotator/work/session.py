"""The coding session: one coder going through their passages, every change durable at once.

This is the only object the coding screen and the plain prompts hold. Each method that changes
something writes it to the project before it returns, so what a screen shows as saved is saved;
it then says in a `Change` what there is to paint anew. The session reaches the project through
the coder's desk alone and so cannot see anyone else's work.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from annotator.codebook.model import (
    PASSAGE,
    CheckKind,
    Code,
    Codebook,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)
from annotator.coding import change
from annotator.coding.checks import Finding, PassageContext, blocking, findings
from annotator.coding.complete import Gap, gaps, pruned
from annotator.coding.form import canonical, from_form, to_form, value_text
from annotator.coding.model import Answer, Coding, Span, State, with_record
from annotator.store.desk import Desk, Item, Progress, Step
from annotator.work.focus import Change, Focus
from annotator.work.outline import Row, RowKind, outline
from annotator.work.pending import first_at, pending

LONGEST_PAUSE = 60.0
"""Seconds without a key after which time no longer counts as time spent coding."""

_STATES = (State.NOT_STATED, State.UNKNOWN, State.NOT_APPLICABLE)


class CodingSession:
    """A coder at work on the passages of one round.

    Args:
        desk: The coder's view of the project.
        clock: Seconds that never go back; for tests.
    """

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self.desk = desk
        self.codebook: Codebook = desk.codebook
        self._clock = clock
        self._last_action = clock()
        self._unkept = 0.0
        self._has_draft = False
        # Whether the last step to undo is of the present visit to a field.
        self._typing = False
        self._rows: tuple[Row, ...] | None = None
        self._findings: list[Finding] | None = None
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
        if self._rows is None:
            self._rows = outline(self.coding, self.codebook)
        return self._rows

    @property
    def row(self) -> Row:
        """The row the coder is on."""
        return next((row for row in self.rows if row.place == self._place), self.rows[0])

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
        """How many passages the coder has, and how many are done.

        Read anew with each passage that is opened, not with each key: only submitting changes it.
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
    def _changed_passages(self) -> tuple[tuple[int, int], ...]:
        if self._changed is None:
            self._changed = self.desk.changed()
        return self._changed

    @property
    def _place(self) -> tuple[str, str]:
        return self.focus.record, self.focus.name

    # --- answering -------------------------------------------------------------------------------

    def press(self, key: str, span: Span | None = None) -> Change | None:
        """Apply a code by its key: of the row in focus, else of another row of the same record.

        Returns:
            What happened, or None if the key picks nothing here.
        """
        row = self.row
        code = row.code_for(key)
        if code is None:
            others = [
                (other, found)
                for other in self.rows
                if other.record == row.record
                and other.kind is not RowKind.ADD
                and (found := other.code_for(key)) is not None
            ]
            # A key that means something in two other questions would be a guess.
            if len(others) != 1:
                return None
            if (stuck := self.leave_entry()) is not None:
                return stuck
            row, code = others[0]
        return self._pick(row, code, span)

    def pick(self, code: Code, span: Span | None = None) -> Change:
        """Pick a code in the row in focus, with the marked words as its evidence.

        Picking a code again takes it away, unless words are marked: then they are added to it.
        """
        return self._pick(self.row, code, span)

    def _pick(self, row: Row, code: Code, span: Span | None) -> Change:
        here = self._at(row.place)
        if row.kind is RowKind.NONE:
            if self.coding.records:
                return Change("There are records here; a reason for none does not fit.", True)
            coding = change.set_none(self.coding, "" if self.coding.none == code.id else code.id)
            return self._save(coding, f"{row.title}: {code.label}", focus=here)
        if row.kind is RowKind.ADD:
            return self._add_with(row, code, span)
        variable = row.variable
        if variable is None:
            return Change("Go to a question first: Tab.", refused=True)
        if span is not None and code.id in row.chosen and row.answer is not None:
            kept = _with_span(row.answer, span)
            return self._answer(row, kept, f"words for {row.title}", focus=here)
        match variable.type:
            case VariableType.YES_NO:
                value = code.id == "true"
                same = row.answer is not None and row.answer.value is value
                kept = row.answer or Answer(value)
                picked = replace(kept, value=value, state=State.STATED, inferred=False)
                answer = None if same else picked
            case VariableType.LINK:
                answer = _toggled_link(row.answer, code.id)
            case _:
                answer = change.choose(row.answer, variable, code.id)
        if answer is not None and span is not None and variable.evidence is not EvidenceRule.NONE:
            answer = _with_span(answer, span)
        sign = "−" if answer is None or code.id in row.chosen else "+"
        single = variable.type not in (VariableType.CODES, VariableType.LINK)
        if single and answer is not None:
            here = self._following(self._with(row, answer), here)
        return self._answer(row, answer, f"{row.title} {sign} {code.label}", focus=here)

    def pick_none(self) -> Change:
        """Say that none of the codes of the question in focus applies: the empty set."""
        row = self.row
        if not row.takes_several:
            return self.set_state(State.NOT_STATED)
        return self._answer(row, change.choose_none(row.answer), f"{row.title}: none of these")

    def set_state(self, state: State) -> Change:
        """Answer the question in focus with a state: not stated, unknown, not applicable."""
        row = self.row
        if row.variable is None:
            return Change("Go to a question first: Tab.", refused=True)
        answer = change.set_state(row.answer, state)
        return self._answer(row, answer, f"{row.title}: {state.words}", focus=self._at(row.place))

    def cycle_state(self) -> Change:
        """Go on to the next of the three states."""
        answer = self.row.answer
        now = answer.state if answer else State.STATED
        following = _STATES[(_STATES.index(now) + 1) % 3] if now in _STATES else _STATES[0]
        return self.set_state(following)

    def clear(self) -> Change:
        """Take away the answer of the question in focus, or the words of the record in focus."""
        row = self.row
        if row.kind is RowKind.NONE:
            return self._save(change.set_none(self.coding, ""), f"{row.title}: cleared")
        if row.kind is RowKind.RECORD:
            record = replace(self.coding.record(row.record), evidence=())
            return self._save(with_record(self.coding, record), f"{row.title}: words cleared")
        return self._answer(row, None, f"{row.title}: cleared", focus=self._at(row.place))

    def type_key(self, character: str) -> Change:
        """Type a character into the field in focus.

        The first one replaces what stood there, except in a text, where it is added.
        """
        variable = self.row.variable
        is_text = variable is not None and variable.type is VariableType.TEXT
        return self.type_entry((self.entry if is_text else self.focus.entry) + character)

    def type_backspace(self) -> Change:
        """Take away the last character of the field in focus; an empty one stays as it is."""
        return self.type_entry(self.entry[:-1]) if self.entry else Change(refused=True)

    def type_entry(self, text: str) -> Change:
        """Set what the field in focus holds.

        As soon as the text is a value it is the answer; while it is none there is no answer, and
        the text itself is kept so that nothing typed is lost. A field emptied again has the state
        or the default that stood there before; only `clear` takes these away. One visit to a field
        is one step to undo.
        """
        row = self.row
        if row.variable is None or not row.is_typed:
            return Change("This question is answered by picking, not by typing.", refused=True)
        before = self._answer_before(row.variable) if self.focus.before else row.answer
        focus = replace(self.focus, entry=text, before=self.focus.before or _kept(row, before))
        if not text.strip():
            answer = before if _is_state_or_default(before, row.variable) else None
            return self._answer(row, answer, row.title, merge=True, focus=focus)
        try:
            answer = self._typed(text, row.variable)
        except ValueError as error:
            done = self._answer(row, None, row.title, merge=True, focus=focus)
            return replace(done, message=str(error), unfinished=True)
        if before is not None:
            answer = replace(
                answer, evidence=before.evidence, unsure=before.unsure, note=before.note
            )
        return self._answer(row, answer, row.title, merge=True, focus=focus)

    def _typed(self, text: str, variable: Variable) -> Answer:
        return change.parse_entry(text, variable, _day(self.item.report.date))

    def _answer_before(self, variable: Variable) -> Answer | None:
        """The answer that stood in the field in focus when the coder began to type."""
        alone = replace(variable, unit=PASSAGE, when=None)
        book = replace(self.codebook, units=(Unit(PASSAGE),), variables=(alone,))
        form = json.loads(self.focus.before)
        return from_form(form, book, self.item.text, self.item.start).answers.get(variable.id)

    @property
    def entry(self) -> str:
        """What the field in focus shows: what is being typed, else the value it has as text."""
        answer = self.row.answer
        if self.focus.entry or not self.row.is_typed or answer is None or answer.value is None:
            return self.focus.entry
        return value_text(answer.value)

    def mark(self, span: Span) -> Change:
        """Put marked words behind the answer in focus, or take them away if they are there.

        On the line of a record, or a question that takes no evidence, they go to the record.
        """
        row = self.row
        to_record = row.variable is None or row.variable.evidence is EvidenceRule.NONE
        if to_record and not row.record:
            return Change("This question takes no words as evidence.", refused=True)
        if to_record:
            record = self.coding.record(row.record)
            changed = replace(record, evidence=change.add_evidence(record.evidence, span))
            coding = with_record(self.coding, changed)
            label = f"words for {self.codebook.unit(record.unit).label}"
            # A new record has its words now; its questions come next.
            begun = row.kind is RowKind.RECORD and not record.evidence
            here = self._following(coding, self.focus) if begun else None
            return self._save(coding, label, focus=here)
        if row.answer is None:
            return Change(f"Answer {row.title} first, or mark and then answer.", refused=True)
        return self._answer(row, _with_span(row.answer, span), f"words for {row.title}")

    def toggle_unsure(self) -> Change:
        """Mark the answer in focus as unsure, or sure again."""
        row = self.row
        if row.answer is None:
            return Change("There is no answer here to be unsure of.", refused=True)
        answer = replace(row.answer, unsure=not row.answer.unsure)
        return self._answer(row, answer, f"{row.title}: {'unsure' if answer.unsure else 'sure'}")

    def set_note(self, note: str) -> Change:
        """Write a note to the answer in focus; an empty one takes it away."""
        row = self.row
        if row.answer is None:
            return Change("There is no answer here to write a note to.", refused=True)
        answer = replace(row.answer, note=note.strip())
        here = replace(self.focus, note=None)
        return self._answer(row, answer, f"note on {row.title}", focus=here)

    def write_note(self, text: str | None) -> None:
        """Keep a note that is being written, so that it outlasts the session; None gives it up."""
        focus = replace(self.focus, note=text)
        self._keep(focus)
        self.focus = focus

    # --- records ---------------------------------------------------------------------------------

    def addable_units(self) -> tuple[tuple[Unit, str], ...]:
        """The units a record can be added of from here, innermost first, each with its parent."""
        found: list[tuple[Unit, str]] = []
        record_id = self.row.record
        while True:
            unit_id = self.coding.record(record_id).unit
            found.extend((unit, record_id) for unit in self.codebook.units_in(unit_id))
            if not record_id:
                return tuple(found)
            record_id = self.coding.parent_of(record_id)

    def add_record(self, unit_id: str) -> Change:
        """Add a record of a unit to the record in focus, or to the nearest one around it."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        for unit, parent in self.addable_units():
            if unit.id == unit_id:
                coding, new = change.add_record(self.coding, self.codebook, unit_id, parent)
                here = self._at((new, ""))
                if unit.evidence is not EvidenceRule.REQUIRED:
                    here = self._following(coding, here)
                return self._save(coding, f"{unit.label} added", focus=here)
        return Change("The codebook has no repeating unit to add here.", refused=True)

    def _add_with(self, row: Row, code: Code, span: Span | None) -> Change:
        """Add a record by the answer to its first question, with the marked words behind it."""
        coding, new = change.add_record(self.coding, self.codebook, row.unit.id, row.record)
        first = self.codebook.variables_of(row.unit.id)[0]
        blank = coding.answer(new, first.id)
        answer = blank if blank and blank.value == code.id else change.choose(blank, first, code.id)
        if answer is not None and span is not None and first.evidence is not EvidenceRule.NONE:
            answer = _with_span(answer, span)
        coding = change.set_answer(coding, new, first.id, answer)
        here = self._following(coding, self._at((new, first.id)))
        return self._save(coding, f"{row.unit.label} + {code.label}", focus=here)

    def copy_record(self) -> Change:
        """Add a copy of the record in focus after it, without its words."""
        row = self.row
        if not row.record:
            return Change("There is no record here to copy.", refused=True)
        if (stuck := self.leave_entry()) is not None:
            return stuck
        coding, new = change.copy_record(self.coding, self.codebook, row.record)
        return self._save(coding, f"{row.unit.label} copied", focus=self._at((new, "")))

    def shift_record(self, step: int) -> Change:
        """Move the record in focus before (−1) or after (+1) its neighbour."""
        row = self.row
        if not row.record:
            return Change("There is no record here to move.", refused=True)
        coding = change.shift_record(self.coding, row.record, step)
        if coding == self.coding:
            end = "last" if step > 0 else "first"
            return Change(f"This is the {end} {row.unit.label.lower()} already.", refused=True)
        return self._save(coding, f"{row.unit.label} moved")

    def remove_record(self) -> Change:
        """Take away the record in focus and all that lies in it."""
        row = self.row
        if not row.record:
            return Change("There is no record here to remove.", refused=True)
        parent = self.coding.parent_of(row.record)
        coding = change.remove_record(self.coding, self.codebook, row.record)
        rows = outline(coding, self.codebook)
        place = next((other.place for other in rows if other.record == parent), rows[0].place)
        return self._save(coding, f"{row.unit.label} removed", focus=self._at(place))

    # --- checks ----------------------------------------------------------------------------------

    @property
    def findings(self) -> list[Finding]:
        """The checks of the codebook that fire on the coding as it stands."""
        if self._findings is None:
            report = self.item.report
            passage = PassageContext(
                self.item.text, self.item.start, _day(report.date), report.language
            )
            self._findings = findings(self.coding, self.codebook, passage)
        return self._findings

    def finding_here(self, *kinds: CheckKind) -> Finding | None:
        """The first finding that the coder may deal with where they are (`pending.first_at`).

        Args:
            kinds: The kinds of check that are asked for; none named, all are.
        """
        return first_at(self.row.record, pending(self.findings), self.coding, kinds)

    def standing_here(self) -> Finding | None:
        """The first finding that the coder let stand where they are."""
        stand = [one for one in self.findings if one.overridden]
        return first_at(self.row.record, stand, self.coding)

    @property
    def doubted(self) -> frozenset[str]:
        """The ids of the records that have findings to be dealt with."""
        return frozenset(one.record for one in pending(self.findings))

    def override(self, finding: Finding, reason: str) -> Change:
        """Let a warning or a question stand, for a reason that is kept; an empty one takes it back.

        An error cannot stand, an offer needs no reason to be left alone.
        """
        if finding.check.kind not in (CheckKind.WARN, CheckKind.CONFIRM):
            return Change(f"{finding.check.id} cannot be overridden.", refused=True)
        coding = change.set_override(self.coding, finding.check.id, finding.record, reason)
        what = f"stands: {reason.strip()}" if reason.strip() else "speaks again"
        return self._save(coding, f"{finding.check.id} {what}")

    def take_offer(self, finding: Finding) -> Change:
        """Answer as an offer implies; the answers are marked inferred for good."""
        if finding.check.kind is not CheckKind.OFFER:
            return Change(f"{finding.check.id} offers nothing to take.", refused=True)
        coding = change.take_offer(self.coding, self.codebook, finding.record, finding.offer)
        return self._save(coding, f"{finding.check.id} taken")

    # --- moving ----------------------------------------------------------------------------------

    def advance(self) -> Change:
        """Go on to the next row that wants the coder; with none left, submit."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        later = self.rows[self._position + 1 :]
        # A line that adds another record is an offer; one that adds the first is a question.
        wanted = next((row for row in later if row.wants and not row.there), None)
        return self.submit() if wanted is None else self.go_to(wanted.place)

    def move_row(self, step: int) -> Change:
        """Go to the next (+1) or previous (−1) row; stops at the ends."""
        return self._go(max(0, min(self._position + step, len(self.rows) - 1)))

    def move_record(self, step: int) -> Change:
        """Go to the first row of the next or previous record (or the passage's own questions)."""
        starts = [
            number
            for number, row in enumerate(self.rows)
            if not number or row.kind is RowKind.RECORD
        ]
        here = max(start for start in starts if start <= self._position)
        wanted = starts.index(here) + step
        if step < 0 and self.rows[here].record != self.row.record:
            # From a line that adds one, the record before it is the last of those inside.
            wanted = starts.index(here)
        return self._go(starts[max(0, min(wanted, len(starts) - 1))])

    def go_to(self, place: tuple[str, str]) -> Change:
        """Go to a row by its place."""
        return self._go(next(n for n, row in enumerate(self.rows) if row.place == place))

    def move_cursor(self, cursor: int) -> None:
        """Remember where in the text the coder is; kept durably with the next change.

        Who moves through the text has done with the field; text that is no value stays in it.
        """
        self._count_time()
        self.focus = replace(self.focus, cursor=cursor)
        if self.leave_entry() is None:
            self._move(self.row.place)

    def leave_entry(self) -> Change | None:
        """Whether the field in focus can be left: not while it holds text that is no value."""
        if self.focus.entry.strip() and self.row.is_typed and self.row.answer is None:
            return Change(f"“{self.focus.entry}” is no answer yet; mend it or clear it", True)
        return None

    # --- passages --------------------------------------------------------------------------------

    def submit(self) -> Change:
        """Submit the coding as it stands and open the next open passage.

        Refused, with the first gap in focus, while something is missing.
        """
        if (stuck := self.leave_entry()) is not None:
            return stuck
        missing = self.gaps
        if missing:
            gap = missing[0]
            self._move_to_gap(gap)
            more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
            return Change(f"Not yet: {gap.sentence}{more}", refused=True)
        standing = blocking(self.findings)
        if standing:
            return self._refuse_for(standing)
        fired = {(one.check.id, one.record) for one in self.findings}
        coding = pruned(self.coding, self.codebook)
        kept = tuple(one for one in coding.overrides if (one.check, one.record) in fired)
        coding = replace(coding, overrides=kept)
        self._count_time()
        done = self.desk.submit(self.item.assignment_id, coding, "", self._unkept)
        what = f"Submitted again, revision {done.revision}." if done.revision > 1 else "Submitted."
        if done.unchanged:
            what = "Unchanged; nothing new was submitted."
        if done.next is None:
            self._load(self.item.assignment_id)
            ended = f"{what} Every passage is coded. {self.reminder}".rstrip()
            return Change(ended, passage=True, finished=not self.unsubmitted)
        self._load(done.next)
        return Change(what, passage=True)

    def _refuse_for(self, standing: list[Finding]) -> Change:
        """Refuse to submit for a check that blocks, and go to where it fires."""
        first = standing[0]
        rows = [row for row in self.rows if row.record == first.record]
        empty = [row for row in rows if row.kind is RowKind.ADD and not row.there]
        # What is not there yet is added on the line that adds the first of it.
        there = next(iter((*empty, *rows) if first.missing else rows), self.row)
        self._move(there.place)
        self.keep_place()
        more = f" (and {len(standing) - 1} more)" if len(standing) > 1 else ""
        return Change(f"{first.check.id}: {first.sentence}{more}", refused=True)

    def step_passage(self, step: int) -> Change:
        """Go to the next (+1) or previous (−1) passage of the coder's order, done or not."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        other = self.desk.neighbour(self.item.assignment_id, step)
        if other is None:
            end = "last" if step > 0 else "first"
            return Change(f"This is the {end} passage.", refused=True)
        self._open(other)
        return Change(passage=True)

    def next_open(self) -> Change:
        """Go to the next passage that is not coded yet, then to those changed and not submitted."""
        if (stuck := self.leave_entry()) is not None:
            return stuck
        other = self.desk.next_open(self.item.ord)
        if other is None:
            return self._next_changed()
        if other == self.item.assignment_id:
            return Change("This is the only open passage.", refused=True)
        self._open(other)
        return Change(passage=True)

    def _next_changed(self) -> Change:
        here = self.item.ord
        others = [one for one in self._changed_passages if one[0] != here]
        if others:
            later = [one for one in others if one[0] > here]
            self._open((later or others)[0][1])
            return Change(
                "Every passage is coded; this one is changed, not submitted.", passage=True
            )
        if self.unsubmitted:
            return Change("Only this passage is changed and not submitted.", refused=True)
        return Change("Every passage is coded.", refused=True, finished=True)

    def undo(self) -> Change:
        """Undo the last step, wherever it was made; going back to that passage if need be.

        What was submitted stands: to undo a submission opens the coding again, no more.
        """
        return self._travel(self.desk.undo, "Undone", "Nothing left to undo.")

    def redo(self) -> Change:
        """Do again the step undone last."""
        return self._travel(self.desk.redo, "Done again", "Nothing to do again.")

    def keep_place(self) -> None:
        """Write down where the coder is; called whenever they move, and when they leave."""
        self._keep(self.focus)

    # --- inside ----------------------------------------------------------------------------------

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
        return Focus(place[0], place[1], self.focus.cursor)

    def _following(self, coding: Coding, focus: Focus) -> Focus:
        """The focus on the next row that wants the coder; on the next at all where none does."""
        rows = outline(coding, self.codebook)
        position = [row.place for row in rows].index((focus.record, focus.name))
        later = rows[position + 1 :]
        wanted = next((row for row in later if row.wants), later[0] if later else rows[position])
        return self._at(wanted.place)

    def _move_to_gap(self, gap: Gap) -> None:
        if any(row.place == (gap.record, gap.variable) for row in self.rows):
            self._move((gap.record, gap.variable))
            self.keep_place()

    def _answer(
        self,
        row: Row,
        answer: Answer | None,
        label: str,
        *,
        merge: bool = False,
        focus: Focus | None = None,
    ) -> Change:
        return self._save(self._with(row, answer), label, merge=merge, focus=focus)

    def _with(self, row: Row, answer: Answer | None) -> Coding:
        return change.set_answer(self.coding, row.record, row.name, answer)

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
            focus = replace(focus, before="")
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
            self._unkept = 0.0
            self._has_draft = True
            self.coding = coding
            self._rows = self._findings = self._changed = None
            self._typing = merge
        self.focus = focus
        return Change()

    def _keep(self, focus: Focus) -> None:
        self._count_time()
        seconds = self._unkept if self._has_draft else 0.0
        self.desk.set_place(self.item.assignment_id, focus.write(), seconds)
        self._unkept -= seconds

    def _travel(self, move: Callable[[], Step | None], verb: str, empty: str) -> Change:
        # The time spent so far belongs to this passage, wherever the step leads.
        self.keep_place()
        step = move()
        if step is None:
            return Change(empty, refused=True)
        elsewhere = step.assignment_id != self.item.assignment_id
        before = self.coding
        if elsewhere:
            self._load(step.assignment_id)
        else:
            self._load(step.assignment_id, self._at(self._place))
            self._focus_on_difference(before)
        self.keep_place()
        if step.kind != "submit":
            return Change(f"{verb}: {step.label}", passage=elsewhere)
        return Change(self._submission_again(), passage=elsewhere)

    def _submission_again(self) -> str:
        """What undoing or doing again a submission did: nothing is ever taken back by it."""
        if self.is_revision:
            return "As submitted then; what you submitted last stands until you submit again."
        if self.item.draft is not None:
            return "Opened again; what you submitted stands until you submit again."
        return "Done again: submitting this passage"

    def _focus_on_difference(self, before: Coding) -> None:
        for row, old in zip(self.rows, outline(before, self.codebook), strict=False):
            if row != old:
                self._move(row.place)
                return

    def _open(self, assignment_id: int) -> None:
        self.keep_place()
        self._load(assignment_id)
        self.keep_place()

    def _load(self, assignment_id: int, focus: Focus | None = None) -> None:
        self.item = self.desk.item(assignment_id)
        self.coding = self.item.draft or self.item.submitted or change.blank(self.codebook)
        self._rows = self._findings = self._changed = self._progress = None
        self._typing = False
        self._has_draft = self.item.draft is not None
        self._last_action = self._clock()
        self._unkept = 0.0
        self.focus = focus or Focus(cursor=self.item.start)
        if not self.item.start <= self.focus.cursor < self.item.end:
            self.focus = replace(self.focus, cursor=self.item.start)
        row = self.row
        if row.place != self._place:
            self._move(row.place)
        elif self.focus.before and row.variable is not None:
            # Typed before a restart: what follows belongs to the same step.
            self._typing = row.answer != self._answer_before(row.variable)

    def _count_time(self) -> None:
        """Count the seconds since the last key; a long pause counts as `LONGEST_PAUSE`."""
        now = self._clock()
        self._unkept += min(now - self._last_action, LONGEST_PAUSE)
        self._last_action = now


def _day(text: str) -> date | None:
    """The date of a report, kept as text; None where it has none."""
    return date.fromisoformat(text) if text else None


def _kept(row: Row, answer: Answer | None) -> str:
    """An answer as `Focus.before` holds it."""
    return canonical(to_form(Coding({} if answer is None else {row.name: answer})))


def _is_state_or_default(answer: Answer | None, variable: Variable) -> bool:
    if answer is None or answer.state is not State.STATED:
        return answer is not None
    return variable.default is not None and answer.value == change.default_answer(variable).value


def _with_span(answer: Answer, span: Span) -> Answer:
    return replace(answer, evidence=change.add_evidence(answer.evidence, span))


def _toggled_link(answer: Answer | None, target: str) -> Answer | None:
    before = answer.value if answer and isinstance(answer.value, tuple) else ()
    after = (
        tuple(other for other in before if other != target)
        if target in before
        else (*before, target)
    )
    if not after:
        return None
    return replace(answer or Answer(()), value=after, state=State.STATED, inferred=False)
