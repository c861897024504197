"""The keys of the coding screen that answer questions."""

from annotator.tui.coding_text import TextKeys
from annotator.tui.key_rules import Goes, where_goes
from annotator.tui.overlays import Prompt
from annotator.work.refusals import no_answer


class AnswerKeys(TextKeys):
    """The part of the coding screen that turns keys into answers."""

    def answer_key(self, key: str) -> bool:
        """Give the key to the field being typed in, or to the code it stands for."""
        session = self._session
        marking = self.text.anchor is not None
        goes = where_goes(key, session, self.keymap, self.work_context, marking=marking)
        if goes is Goes.FIELD and key == "backspace":
            self._show(session.type_backspace())
        elif goes is Goes.FIELD:
            self._show(session.type_key(" " if key == "space" else key))
        elif goes is Goes.CODE and (change := session.press(key, self.text.mark)) is not None:
            self._after_answer(change)
        else:
            return False
        return True

    def take_paste(self, text: str) -> None:
        """Put pasted text into the field in focus."""
        session = self._session
        if session.row.is_typed:
            self._show(session.type_key(text))

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
            several=True,
        )
