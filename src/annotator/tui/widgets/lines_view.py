"""A widget that paints prepared lines."""

from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from annotator.corpus.visible import visible
from annotator.tui.cells import cells, parts
from annotator.tui.lines import PLAIN, Line
from annotator.tui.theme import Theme

_MOST_KEPT = 500
"""Lines kept as they were painted: those of some questions, in a passage read up and down."""


class Part:
    """Lines that stand together in a view."""

    def __init__(self) -> None:
        self.lines: tuple[Line, ...] = ()


class LinesView(Widget):
    """Paints a list of lines from its top, and on a change only those that are different.

    The lines must not be longer than the widget is wide; what is not covered is blank.

    Args:
        theme: What the names of styles look like.
    """

    ALLOW_SELECT = False
    can_focus = False

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        # By the number of the line, and by what stands in it.
        self._painted: dict[int, Strip] = {}
        self._strips: dict[Line, Strip] = {}
        self._styles: dict[str, Style] = {}
        self._width = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown now."""
        return self._lines

    def use_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._theme = theme
        self._painted.clear()
        self._strips.clear()
        self._styles.clear()
        self.refresh()

    def show(self, lines: list[Line]) -> None:
        """Show these lines instead of the present ones."""
        before, self._lines = self._lines, tuple(lines)
        width = self.size.width
        changed: list[Region] = []
        for number, (old, new) in enumerate(zip_longest(before, self._lines)):
            if old == new:
                continue
            self._painted.pop(number, None)
            if changed and changed[-1].bottom == number:
                changed[-1] = changed[-1].grow((0, 0, 1, 0))
            else:
                changed.append(Region(0, number, width, 1))
        if changed:
            self.refresh(*changed)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget; one that was shown before is not made anew."""
        width = self.size.width
        strips = [self._strip_at(y, width) for y in crop.line_range]
        filters = self.get_line_filters()
        if filters:
            _, background = self.background_colors
            for one in filters:
                strips = [strip.apply_filter(one, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        return self._strip_at(y, self.size.width)

    def _strip_at(self, y: int, width: int) -> Strip:
        if width != self._width or len(self._strips) > _MOST_KEPT:
            self._painted.clear()
            self._strips.clear()
            self._width = width
        if y not in self._painted:
            pieces = self._lines[y] if y < len(self._lines) else ()
            if pieces not in self._strips:
                self._strips[pieces] = self._strip(pieces, width)
            self._painted[y] = self._strips[pieces]
        return self._painted[y]

    def _strip(self, pieces: Line, width: int) -> Strip:
        theme, styles = self._theme, self._styles
        base = theme.style(PLAIN)
        segments: list[Segment] = []
        taken = 0
        for text, name in pieces:
            # Lines are measured as they are to be seen, so this finds nothing; but what was
            # forgotten is then a line too long and not a command to the terminal.
            shown = theme.shown(visible(text))
            style = styles.get(name)
            if style is None:
                style = styles[name] = base + theme.style(name)
            segments += [Segment(part, style) for part in parts(shown) if part]
            taken += cells(shown)
        if taken > width:
            return Strip(segments, taken).adjust_cell_length(width, base)
        if taken < width:
            segments.append(Segment(" " * (width - taken), base))
        return Strip(segments, width)
