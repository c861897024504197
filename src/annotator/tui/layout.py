"""How the coding screen is divided at each width of the terminal."""

from typing import NamedTuple

SMALLEST = (60, 16)
"""Columns and rows below which a screen says what it needs instead of squeezing."""

BORDER = "│"


class Layout(NamedTuple):
    """Where the parts of the coding screen stand, from a width of the terminal on.

    Attributes:
        columns: The least width.
        side: Cells of the column beside the passage, with the questions.
        codes_below: Whether the codes stand in a strip under the passage rather than under the
            questions.
        entry: Cells of a further column with what the codebook says, notes and findings; 0 where
            these are only shown by their keys.
    """

    columns: int
    side: int
    codes_below: bool = False
    entry: int = 0

    def text(self, width: int) -> int:
        """The cells left for the passage on a terminal of this width."""
        return width - self.side - len(BORDER) - (self.entry and self.entry + len(BORDER))


LAYOUTS = (
    Layout(60, side=22, codes_below=True),
    Layout(70, side=26, codes_below=True),
    Layout(80, side=30),
    Layout(110, side=40),
    Layout(120, side=32, entry=34),
    Layout(150, side=38, entry=44),
    Layout(180, side=44, entry=58),
)
"""Every layout, the narrowest first."""


def layout_for(width: int) -> Layout:
    """The layout for a terminal of this many columns."""
    return next((one for one in reversed(LAYOUTS) if width >= one.columns), LAYOUTS[0])
