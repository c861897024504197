"""The mouse, as terminals without motion events send it; never needed, for keys do the same."""

from textual import events

from annotator.tui.base import BODY_TOP, WorkScreen
from annotator.tui.overlays import CHOICES_TOP, Chooser

_WHEEL = 3
"""Lines a turn of the mouse wheel scrolls."""


class PointedScreen(WorkScreen):
    """A work screen that takes clicks and the wheel.

    A subclass says in `click_work` and `scroll_work` what they do where nothing lies over the work.
    """

    # Where the button went down; a drag is that it comes up elsewhere.
    pressed_at = (0, 0)

    @property
    def takes_mouse(self) -> bool:
        """Whether there is something to be pointed at."""
        return self.ready and self.prompt is None and not self.too_small

    def click_work(self, place: tuple[int, int], *, double: bool) -> None:
        """Do what a click does.

        Args:
            place: Column and row of the screen, from 0, where the button came up.
            double: Whether it is the second of two quick clicks.
        """

    def scroll_work(self, step: int) -> None:
        """Go some lines down or up."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the button went down: no terminal need tell where the mouse moves."""
        self.pressed_at = (event.screen_x, event.screen_y)

    def on_click(self, event: events.Click) -> None:
        """Take a click, unless there is nothing to be pointed at."""
        if self.takes_mouse:
            self._try(lambda: self._click((event.screen_x, event.screen_y), event.chain == 2))

    def _click(self, place: tuple[int, int], double: bool) -> None:
        if (chooser := self.chooser) is not None:
            self._click_choice(chooser, chooser.top + place[1] - BODY_TOP - CHOICES_TOP)
        elif self.panel is None:
            self.click_work(place, double=double)

    def _click_choice(self, chooser: Chooser, number: int) -> None:
        """Go to a choice; a click on the current one takes it."""
        if number == chooser.at:
            self.do_choice_take()
        elif 0 <= number - chooser.top < chooser.shown and number < len(chooser.found):
            chooser.at = number

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self._scroll(-_WHEEL)

    def _scroll(self, step: int) -> None:
        if self.takes_mouse:
            self._try(lambda: self._scroll_over(step))

    def _scroll_over(self, step: int) -> None:
        if (chooser := self.chooser) is not None:
            chooser.move(step)
        elif self.panel is not None:
            self._scroll_panel(step)
        else:
            self.scroll_work(step)
