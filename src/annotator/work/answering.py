"""Answering questions: picking codes, typing values, putting words behind them."""

from dataclasses import replace

from annotator.codebook.model import Code, EvidenceRule, Variable, VariableType
from annotator.coding import change
from annotator.coding.form import canonical, to_form
from annotator.coding.model import Answer, Coding, Span, State, with_record
from annotator.work.focus import Change, Focus
from annotator.work.outline import Row, RowKind
from annotator.work.refusals import no_answer
from annotator.work.sitting import Sitting

_STATES = (State.NOT_STATED, State.UNKNOWN, State.NOT_APPLICABLE)


class Answering(Sitting):
    """The part of a coding session that answers the question in focus."""

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
            return Change("Go to a question first.", refused=True)
        if span is not None and code.id in row.chosen and row.answer is not None:
            kept = _with_span(row.answer, span)
            return self._answer(row, kept, f"words for {row.title}", focus=here)
        match variable.type:
            case VariableType.YES_NO:
                value = code.id == "true"
                same = row.answer is not None and row.answer.value is value
                kept = row.answer or Answer(value)
                picked = replace(change.by_hand(kept), value=value, state=State.STATED)
                answer = None if same else picked
            case VariableType.LINK:
                answer = _toggled_link(row.answer, code.id)
            case _:
                answer = change.choose(row.answer, variable, code.id)
        if answer is not None and span is not None and variable.evidence is not EvidenceRule.NONE:
            answer = _with_span(answer, span)
        sign = "−" if answer is None or code.id in row.chosen else "+"
        single = variable.type not in (VariableType.CODES, VariableType.LINK)
        coding = self._with(row, answer)
        if single and answer is not None:
            here = self._following(coding, here)
        return self._save(coding, f"{row.title} {sign} {code.label}", focus=here)

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
            return Change("Go to a question first.", refused=True)
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
        focus = self.focus._replace(entry=text, before=self.focus.before or _kept(row, before))
        if not text.strip():
            answer = before if _is_state_or_default(before, row.variable) else None
            return self._answer(row, answer, row.title, merge=True, focus=focus)
        try:
            answer = self._typed(text, row.variable)
        except ValueError as error:
            done = self._answer(row, None, row.title, merge=True, focus=focus)
            return done._replace(message=str(error), unfinished=True)
        if before is not None:
            answer = replace(
                answer, evidence=before.evidence, unsure=before.unsure, note=before.note
            )
        return self._answer(row, answer, row.title, merge=True, focus=focus)

    def _typed(self, text: str, variable: Variable) -> Answer:
        return change.parse_entry(text, variable, self.report_day)

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
            return Change(no_answer(row, "be unsure of"), refused=True)
        answer = replace(row.answer, unsure=not row.answer.unsure)
        return self._answer(row, answer, f"{row.title}: {'unsure' if answer.unsure else 'sure'}")

    def set_note(self, note: str) -> Change:
        """Write a note to the answer in focus; an empty one takes it away."""
        row = self.row
        if row.answer is None:
            return Change(no_answer(row, "write a note to"), refused=True)
        answer = replace(row.answer, note=note.strip())
        here = self.focus._replace(note=None)
        return self._answer(row, answer, f"note on {row.title}", focus=here)

    def write_note(self, text: str | None) -> None:
        """Keep a note that is being written, so that it outlasts the session; None gives it up."""
        focus = self.focus._replace(note=text)
        self._keep(focus)
        self.focus = focus

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
    return replace(change.by_hand(answer), value=after, state=State.STATED)
