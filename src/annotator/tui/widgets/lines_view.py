"""A widget that paints prepared lines."""

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.cells import parts
from annotator.tui.lines import PLAIN, Line
from annotator.tui.theme import Theme


class LinesView(Widget):
    """Paints a list of lines from its top, and on a change only those that are different.

    The lines must not be longer than the widget is wide; what is not covered is blank.

    Args:
        theme: What the names of styles look like.
        id: The widget's id.
    """

    ALLOW_SELECT = False
    can_focus = False

    def __init__(
        self,
        theme: Theme,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown now."""
        return self._lines

    def use_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._theme = theme
        self.refresh()

    def show(self, lines: list[Line]) -> None:
        """Show these lines instead of the present ones."""
        before, self._lines = self._lines, tuple(lines)
        width = self.size.width
        changed = [
            Region(0, number, width, 1)
            for number in range(max(len(before), len(lines)))
            if number >= len(before) or number >= len(lines) or before[number] != lines[number]
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        width = self.size.width
        theme = self._theme
        base = theme.style(PLAIN)
        if y >= len(self._lines):
            return Strip.blank(width, base)
        segments = [
            Segment(part, base + theme.style(name))
            for text, name in self._lines[y]
            for part in parts(theme.shown(text))
        ]
        return Strip(segments).adjust_cell_length(width, base)
