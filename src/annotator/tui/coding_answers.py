"""The keys of the coding screen that answer questions."""

from annotator.codebook.model import VariableType
from annotator.tui.coding_text import TextKeys
from annotator.tui.overlays import Prompt
from annotator.work.refusals import no_answer

_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_SIGNS = {
    VariableType.COUNT: frozenset(_DIGITS + "~<>≤≥vnux"),
    VariableType.DATE: frozenset(_DIGITS + "nux"),
    VariableType.NUMBER: frozenset(_DIGITS + "-.nux"),
}
"""What goes into a field; every other key picks or commands as it does outside of one."""
_INNER_SIGNS = {
    VariableType.COUNT: frozenset("+-–(),="),
    VariableType.DATE: frozenset("-.we"),
    VariableType.NUMBER: frozenset(),
}
"""What goes into a field once something stands there."""


class AnswerKeys(TextKeys):
    """The part of the coding screen that turns keys into answers."""

    def answer_key(self, key: str) -> bool:
        """Give the key to the field being typed in, or to the code it stands for."""
        session = self._session
        row = session.row
        if self.text.anchor is not None and self._marks(key):
            return False
        if row.is_typed and row.variable is not None and self._types(key, row.variable.type):
            if key == "backspace":
                self._show(session.type_backspace())
            else:
                self._show(session.type_key(" " if key == "space" else key))
            return True
        if len(key) == 1 and (key.islower() or key.isdigit()):
            change = session.press(key, self.text.mark)
            if change is None:
                return False
            self._after_answer(change)
            return True
        return False

    def take_paste(self, text: str) -> None:
        """Put pasted text into the field in focus."""
        session = self._session
        if session.row.is_typed:
            self._show(session.type_key(text))

    def _marks(self, key: str) -> bool:
        """Whether a key moves in the text or marks in it, which goes before typing."""
        action = self.keymap.find(self.work_context, key)
        return action is not None and action.id.startswith(("cursor.", "mark."))

    def _types(self, key: str, kind: VariableType) -> bool:
        """Whether a key goes into the field: any character of a text, else what numbers take."""
        if key == "backspace":
            return True
        if kind is VariableType.TEXT:
            return len(key) == 1 or (key == "space" and bool(self._session.entry))
        begun = bool(self._session.focus.entry)
        if key == "space":
            # Within `12 (12-20)` or `2016 w`; anywhere else it marks words.
            inside = begun and not self._session.focus.entry.endswith(" ")
            return inside and kind is not VariableType.NUMBER and self.text.anchor is None
        if begun and kind is VariableType.DATE and len(key) == 1 and key.isalpha():
            # `3 May 2014` is no date here; typed whole, it is refused whole, and M copies nothing.
            return True
        return key in _SIGNS[kind] or (begun and key in _INNER_SIGNS[kind])

    def do_answer_enter(self) -> None:
        """Submit and go on; from a field, go to the next question first."""
        session = self._session
        change = session.advance() if session.row.is_typed else session.submit()
        if change.passage or change.refused:
            self._show(change)
        else:
            self._show_move(change)

    def do_answer_next(self) -> None:
        """Next question."""
        self._show_move(self._session.move_row(1))

    def do_answer_previous(self) -> None:
        """Previous question."""
        self._show_move(self._session.move_row(-1))

    def do_answer_none(self) -> None:
        """None of these."""
        self._after_answer(self._session.pick_none())

    def do_answer_state(self) -> None:
        """Not stated, unknown, not applicable, in turn."""
        self._show(self._session.cycle_state())

    def do_answer_clear(self) -> None:
        """Take the answer away."""
        self._show(self._session.clear())

    def do_answer_unsure(self) -> None:
        """Unsure, or sure again."""
        self._show(self._session.toggle_unsure())

    def why_not_answer_unsure(self) -> str:
        """There must be an answer."""
        return no_answer(self._session.row, "be unsure of")

    def why_not_answer_note(self) -> str:
        """The same."""
        return no_answer(self._session.row, "write a note to")

    def do_answer_note(self) -> None:
        """Write a note to the answer in focus."""
        if (answer := self._session.row.answer) is not None:
            self._write_note(answer.note)

    def do_answer_undo(self) -> None:
        """Undo."""
        self._show(self._session.undo())

    def do_answer_redo(self) -> None:
        """Redo."""
        self._show(self._session.redo())

    def _write_note(self, text: str) -> None:
        session = self._session
        self.prompt = Prompt(
            f"Note on {session.row.title}",
            text,
            lambda text: self._show(session.set_note(text)),
            session.write_note,
            "The note was left as it was.",
        )
