"""The keys of the coding screen that move in the passage and mark words."""

from collections.abc import Callable

from annotator.codebook.model import Code
from annotator.coding.model import Span
from annotator.tui.base import BODY_TOP
from annotator.tui.coding_view import CodingView
from annotator.work.outline import Row


class TextKeys(CodingView):
    """The part of the coding screen that moves in the text and marks it."""

    def do_cursor_right(self) -> None:
        """Next word."""
        self._move_by(self.text.move_words, 1)

    def do_cursor_left(self) -> None:
        """Previous word."""
        self._move_by(self.text.move_words, -1)

    def do_cursor_down(self) -> None:
        """One line down."""
        self._move_by(self.text.move_lines, 1)

    def do_cursor_up(self) -> None:
        """One line up."""
        self._move_by(self.text.move_lines, -1)

    def do_cursor_line_start(self) -> None:
        """First word of the line."""
        self._move_by(self.text.move_to_line_end, -1)

    def do_cursor_line_end(self) -> None:
        """Last word of the line."""
        self._move_by(self.text.move_to_line_end, 1)

    def do_cursor_next_sentence(self) -> None:
        """Next sentence."""
        self._move_by(self.text.move_sentences, 1)

    def do_cursor_previous_sentence(self) -> None:
        """Previous sentence."""
        self._move_by(self.text.move_sentences, -1)

    def do_cursor_next_paragraph(self) -> None:
        """Next paragraph."""
        self._move_by(self.text.move_paragraphs, 1)

    def do_cursor_previous_paragraph(self) -> None:
        """Previous paragraph."""
        self._move_by(self.text.move_paragraphs, -1)

    def do_cursor_page_down(self) -> None:
        """A screenful down."""
        self._move_by(self.text.move_pages, 1)

    def do_cursor_page_up(self) -> None:
        """A screenful up."""
        self._move_by(self.text.move_pages, -1)

    def _move_by(self, move: Callable[[int], None], step: int) -> None:
        """Move in the text; with Shift, where a terminal sends it, from there on a mark."""
        if self.pressed.startswith("shift+") and self.text.anchor is None:
            self.text.begin_mark()
        move(step)
        self._moved()

    def why_not_text_enter(self) -> str:
        """The coder must not be there already."""
        return "You are in the text already." if self.in_text else ""

    def why_not_text_leave(self) -> str:
        """The coder must be there."""
        return "" if self.in_text else "You are answering already."

    def do_text_enter(self) -> None:
        """Let small letters move and mark."""
        self.in_text = True

    def do_text_leave(self) -> None:
        """Let small letters answer again."""
        self.in_text = False

    def do_mark_toggle(self) -> None:
        """Begin to mark, or put what is marked behind the answer in focus."""
        if self.text.anchor is None:
            self.text.begin_mark()
            mark = self.key("mark.toggle")
            self.say(f"Marking: move to extend, then a code, or {mark} for the answer in focus.")
            return
        self._mark(self.text.mark)

    def _mark(self, span: Span | None) -> None:
        if span is not None:
            self._after_answer(self._session.mark(span))

    def do_mark_sentence(self) -> None:
        """Mark the sentence, then the paragraph, then the passage."""
        self.text.mark_larger()
        self._moved()

    def do_mark_passage(self) -> None:
        """Mark the whole passage."""
        self.text.mark_all()
        self._moved()

    def do_mark_swap(self) -> None:
        """Let the other end of the mark move."""
        self.text.swap_ends()
        self._moved()

    def do_mark_grow(self) -> None:
        """One character more."""
        self._resize(1)

    def do_mark_trim(self) -> None:
        """One character less."""
        self._resize(-1)

    def _resize(self, step: int) -> None:
        self.text.resize(step)
        self._moved()

    def why_not_mark_swap(self) -> str:
        """There must be a mark whose end is to move."""
        if self.text.mark is not None:
            return ""
        begin, sentence = self.key("mark.toggle"), self.key("mark.sentence")
        return f"Nothing is marked yet: {begin} begins, {sentence} marks the sentence."

    def why_not_mark_grow(self) -> str:
        """The same."""
        return self.why_not_mark_swap()

    def why_not_mark_trim(self) -> str:
        """The same."""
        return self.why_not_mark_swap()

    def do_mark_drop(self) -> None:
        """Forget the mark."""
        self.text.drop_mark()

    # --- mouse -----------------------------------------------------------------------------------

    def click_work(self, place: tuple[int, int], *, double: bool) -> None:
        """Put the cursor on a word; twice: mark it; from another one: mark what lies between.

        Beside the text: go to the question or pick the code of the line.
        """
        if not self._point(*place):
            self._click_form(*place)
            return
        if double:
            self.text.begin_mark()
        elif self.pressed_at != place:
            there = self.text.word
            if self._point(*self.pressed_at) and self.text.word != there:
                self.text.begin_mark()
                self._point(*place)
        self._moved()

    def scroll_work(self, step: int) -> None:
        """Go some lines down or up in the passage."""
        self.text.move_lines(step)
        self._moved()

    def _point(self, x: int, y: int) -> bool:
        """Put the cursor on the word painted at a place of the screen; whether there is one."""
        width, height = self._text_size
        line = y - BODY_TOP
        if x >= width or not self._head_height <= line < height:
            return False
        return self.text.go_to(line - self._head_height, x - self._gutter)

    def _click_form(self, x: int, y: int) -> None:
        """Go to a question or pick a code by a click on its line."""
        session = self._session
        spots = self._painted[y - BODY_TOP].spots if 0 <= y - BODY_TOP < len(self._painted) else ()
        match next((spot.target for spot in spots if spot.first <= x < spot.last), None):
            case Row() as row:
                self._show_move(session.go_to(row.place))
            case Code() as code:
                self._after_answer(session.pick(code, self.text.mark))
            case str(action):
                self.do(self.keymap.action(action))
