"""A widget that paints prepared lines."""

from itertools import zip_longest

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from annotator.corpus.visible import visible
from annotator.tui.cells import cells, parts
from annotator.tui.lines import PLAIN, Line, length
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
            Region(0, number, _changed_to(old, new, width), 1)
            for number, (old, new) in enumerate(zip_longest(before, self._lines))
            if old != new
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
            # Lines are measured as they are to be seen, so this finds nothing; but what was
            # forgotten is then a line too long and not a command to the terminal.
            for part in parts(theme.shown(visible(text)))
        ]
        return Strip(segments).adjust_cell_length(width, base)


def _changed_to(old: Line | None, new: Line | None, width: int) -> int:
    """The cell up to which two lines differ: what stands behind it need not be sent again."""
    if old is None or new is None or length(old) != length(new):
        return width
    kept = 0
    for was, now in zip(reversed(old), reversed(new), strict=False):
        if was != now:
            break
        kept += cells(now[0])
    return length(new) - kept
