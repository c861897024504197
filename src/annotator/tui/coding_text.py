"""The keys of the coding screen that move in the passage and mark words."""

from textual import events

from annotator.coding.model import Span
from annotator.tui.coding_view import CodingView


class TextKeys(CodingView):
    """The part of the coding screen that moves in the text and marks it."""

    def do_cursor_right(self) -> None:
        """Next word."""
        self.text.move_words(1)
        self._moved()

    def do_cursor_left(self) -> None:
        """Previous word."""
        self.text.move_words(-1)
        self._moved()

    def do_cursor_down(self) -> None:
        """One line down."""
        self.text.move_lines(1)
        self._moved()

    def do_cursor_up(self) -> None:
        """One line up."""
        self.text.move_lines(-1)
        self._moved()

    def do_cursor_line_start(self) -> None:
        """First word of the line."""
        self.text.move_to_line_end(-1)
        self._moved()

    def do_cursor_line_end(self) -> None:
        """Last word of the line."""
        self.text.move_to_line_end(1)
        self._moved()

    def do_cursor_next_sentence(self) -> None:
        """Next sentence."""
        self.text.move_sentences(1)
        self._moved()

    def do_cursor_previous_sentence(self) -> None:
        """Previous sentence."""
        self.text.move_sentences(-1)
        self._moved()

    def do_cursor_page_down(self) -> None:
        """A screenful down."""
        self.text.move_lines(self.app.size.height - 6)
        self._moved()

    def do_cursor_page_up(self) -> None:
        """A screenful up."""
        self.text.move_lines(-(self.app.size.height - 6))
        self._moved()

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
            self.say("Marking: move to extend, then a code, or Space for the answer in focus.")
            return
        self._mark(self.text.mark)

    def _mark(self, span: Span | None) -> None:
        if span is not None:
            self._after_answer(self._session.mark(span))

    def do_mark_sentence(self) -> None:
        """Mark the sentence."""
        self.text.mark_sentence()
        self._moved()

    def do_mark_passage(self) -> None:
        """Mark the whole passage."""
        self.text.mark_all()
        self._moved()

    def do_mark_drop(self) -> None:
        """Forget the mark."""
        self.text.drop_mark()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the word that was clicked."""
        if self.ready and self.panel is None and self.prompt is None and not self.too_small:
            width, height = self._text_size
            line = event.screen_y - 1
            if event.screen_x < width and self._head_height <= line < height:
                self.text.go_to(line - self._head_height, max(0, event.screen_x - self._gutter))
                self._moved()
                self.paint()
