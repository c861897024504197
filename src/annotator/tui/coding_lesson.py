"""The keys of the coding screen in a round of training: the known answer after each passage."""

from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.coding_find import FindKeys
from annotator.tui.key_names import shown_key
from annotator.tui.overlays import Panel

if TYPE_CHECKING:
    from annotator.work.focus import Change


class LessonPanel(Panel):
    """A lesson that is to be read before the next passage: no key goes past it by accident."""


class LessonKeys(FindKeys):
    """The part of the coding screen that shows a coder in training what was right."""

    def why_not_show_answer(self) -> str:
        """The passage must be submitted, and have an answer that is to be seen."""
        return self._session.why_no_lesson()

    def do_show_answer(self) -> None:
        """Show the known answer of the open passage again."""
        from annotator.tui.lesson_lines import lesson_lines

        self.panel = Panel("The known answer", partial(lesson_lines, self._session.known_here()))

    def _teach(self) -> None:
        """Show the lesson that waits to be read, if one does."""
        lesson = self._session.lesson
        if lesson is not None:
            from annotator.tui.lesson_lines import lesson_lines

            name = f"The known answer of {lesson.report} ¶{lesson.number}"
            self.panel = LessonPanel(name, partial(lesson_lines, lesson))

    def _show_move(self, change: "Change") -> None:
        super()._show_move(change)
        if change.passage:
            self._teach()

    def _after_lesson(self) -> None:
        """Go on to the next passage; with none left, show the result."""
        self._session.learned()
        result = None if self._session.progress.open else self._session.result
        if result is not None:
            from annotator.tui.lesson_lines import result_lines

            self.panel = Panel("Result of the training", partial(result_lines, result))

    @property
    def _key_on(self) -> str:
        """The key that goes on: the one that goes on everywhere, if it closes panels."""
        keys = self.keymap.keys(self.keymap.action("panel.close"))
        return shown_key("enter" if "enter" in keys else keys[0])

    def _panel_key(self, panel: Panel, key: str) -> bool:
        if not isinstance(panel, LessonPanel):
            return super()._panel_key(panel, key)
        if super()._panel_key(panel, key):
            if self.panel is None:
                self._after_lesson()
        elif self._quits(key):
            return False
        else:
            self.say(f"{self._key_on} goes on to the next passage.", refused=True)
        return True

    def idle_message(self) -> str:
        """Nothing about the next passage before the lesson was read."""
        return "" if isinstance(self.panel, LessonPanel) else super().idle_message()

    def _hint(self, width: int) -> str:
        if isinstance(self.panel, LessonPanel) and self.prompt is None:
            up, down = map(self.key, ("panel.up", "panel.down"))
            return f"{up} {down} scroll  {self._key_on} on to the next passage"
        return super()._hint(width)
