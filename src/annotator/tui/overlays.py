"""What lies over the work for a while: something to read, a line to type, a list to choose from.

Data and lines; `annotator.tui.overlay_keys` turns keys into changes of them.
"""

from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from operator import itemgetter
from typing import NamedTuple

from annotator.corpus.visible import visible
from annotator.tui.cells import cells
from annotator.tui.lines import Line, cut, line, padded, paragraph
from annotator.tui.typed_text import TypedText

CHOICES_TOP = 2
"""Lines above the choices of a list: its title and what is typed."""


@dataclass
class Panel:
    """Something to read: help, a codebook entry; `build` makes its lines for a width.

    `shown_by` is the id of the action that showed it; its key takes the panel away again. `sought`
    is what is being looked for in it, in small letters, and `match` the line where it was found
    last.
    """

    title: str
    build: Callable[[int], list[Line]]
    top: int = 0
    shown_by: str = ""
    sought: str = ""
    match: int = -1

    def seek(self, width: int, step: int) -> bool:
        """Go to the next line that holds what is sought, or back to the one before.

        Beyond the last one it begins anew from the other end.

        Args:
            width: Cells of a line.
            step: 1 or −1; 0 to begin from the first line that is shown.

        Returns:
            Whether it stands anywhere.
        """
        matches = [n for n, one in enumerate(self.build(width)) if self.sought in _said(one)]
        if not self.sought or not matches:
            return False
        if step < 0:
            before = [number for number in matches if number < self.match]
            self.match = before[-1] if before else matches[-1]
        else:
            least = self.match + 1 if step else self.top
            after = [number for number in matches if number >= least]
            self.match = after[0] if after else matches[0]
        self.top = self.match
        return True


@dataclass
class CoveredPanel(Panel):
    """A panel that stands before something not to be shown unasked; `uncover` shows it."""

    uncover: Callable[[], None] = lambda: None


@dataclass
class Prompt:
    """A text being typed at the bottom, and what is to be done with it.

    `begin` is what stands there first; `typed` is told the text whenever it changes, and None when
    it is left; `left` is what is said then. `several` says that it may have several lines, which
    are then shown below the title rather than beside it.
    """

    title: str
    begin: InitVar[str]
    done: Callable[[str], None]
    typed: Callable[[str | None], None] = lambda _: None
    left: str = ""
    several: bool = False
    typing: TypedText = field(init=False)

    def __post_init__(self, begin: str) -> None:
        self.typing = TypedText(begin, len(begin))


class Entry(NamedTuple):
    """One line of a list to choose from.

    Attributes:
        text: What the line says.
        take: What is done if it is taken.
        keys: What stands on the right, such as the keys that do the same.
        about: What is said below the list while the line is the current one.
        words: What else it can be found by.
        why_not: Why it cannot be taken now; such a line is dim and says so.
    """

    text: str
    take: Callable[[], None]
    keys: str = ""
    about: str | Callable[[int], list[Line]] = ""
    words: str = ""
    why_not: str = ""


@dataclass
class Chooser:
    """A list to choose from; what is typed leaves only the lines that hold every word of it.

    `empty` is said where none does; `about_lines` are kept free below the list for what is said
    about the current entry, if there is room for as many above; `top` is the first choice that is
    shown and `shown` how many there is room for; `shown_by` is the id of the action that showed
    the list; `keeps_work` says that the work stays in view above it where there is room; `found`
    are the entries that are left, those found by their text before those found by other words;
    `hint` says what can be typed, as long as nothing is.
    """

    title: str
    entries: list[Entry]
    empty: str = "Nothing here is called so."
    about_lines: int = 6
    typed: str = ""
    at: int = 0
    top: int = 0
    shown: int = 0
    shown_by: str = ""
    keeps_work: bool = False
    hint: str = ""
    found: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.type(self.typed)

    @property
    def current(self) -> Entry | None:
        """The entry that would be taken now."""
        return self.found[self.at] if self.found else None

    def type(self, text: str) -> None:
        """Look for something else."""
        # Arabic is looked for without its marks; too much to load before anything is looked for.
        from annotator.coding.folding import folded

        self.typed, self.at = text, 0
        words = folded(text).split()
        ranked = [
            (_rank(folded(entry.text).strip(" *"), folded(entry.words), words), entry)
            for entry in self.entries
        ]
        kept = [(rank, entry) for rank, entry in ranked if rank is not None]
        self.found = [entry for _, entry in sorted(kept, key=itemgetter(0))]

    def move(self, step: int) -> None:
        """Go some entries down or up, stopping at the ends."""
        self.at = max(0, min(self.at + step, len(self.found) - 1))


def _rank(text: str, more: str, words: list[str]) -> int | None:
    """How near an entry is to what is typed, the nearest being 0; None if a word is not in it."""
    if text.startswith(" ".join(words)):
        return 0
    if all(word in text for word in words):
        return 1
    return 2 if all(word in f"{text} {more}" for word in words) else None


def panel_lines(panel: Panel, width: int, height: int) -> list[Line]:
    """A panel as lines, its title first; brings its `top` in step with them.

    Args:
        panel: The panel.
        width: Cells of a line.
        height: Lines there is room for.
    """
    lines = panel.build(width - 2)
    panel.top = max(0, min(panel.top, len(lines) - (height - 1)))
    shown = [_with_sought(one, panel.sought) for one in lines[panel.top : panel.top + height - 1]]
    title = f" {panel.title} ({panel.top + 1}-{panel.top + len(shown)} of {len(lines)})"
    return [line(padded(title, width), "status"), *(((" ", ""), *row) for row in shown)]


def typing_width(width: int) -> int:
    """The cells that a text of several lines has on each row of a screen of `width` cells."""
    return width - 2


def prompt_lines(prompt: Prompt, width: int, height: int) -> tuple[list[Line], tuple[int, int]]:
    """A text being typed as lines: beside its title, or in rows below it.

    Args:
        prompt: The text.
        width: Cells of a line.
        height: Lines there is room for, at least 2; rows around the cursor are shown.

    Returns:
        The lines, and the column and the line of the cursor among them, from 0.
    """
    typing = prompt.typing
    if not prompt.several:
        title = f" {cut(prompt.title, width // 2)}: "
        row, column = _typed_row(typing, *typing.window(width - cells(title)))
        return [((title, "title"), *row)], (cells(title) + column, 0)
    room = typing_width(width)
    rows, at = typing.rows(room), typing.row(room)
    most = height - 1
    top = max(0, min(at - most // 2, len(rows) - most))
    shown = rows[top : top + most]
    count = "" if len(shown) == len(rows) else f" ({top + 1}-{top + len(shown)} of {len(rows)})"
    title = cut(f"─ {prompt.title}{count} ", width)
    lines: list[Line] = [((title + "─" * (width - cells(title)), "title"),)]
    for number, (start, end) in enumerate(shown, top):
        if number == at:
            row, column = _typed_row(typing, start, end)
        else:
            row = line(typing.text[start:end])
        lines.append(((" ", ""), *row))
    return lines, (1 + column, 1 + at - top)


def _typed_row(typing: TypedText, start: int, end: int) -> tuple[Line, int]:
    """What is seen of a text on the row of the cursor, and the cell of the cursor there."""
    before = visible(typing.text[start : typing.at])
    last = typing.right().at if typing.at < end else typing.at
    # An underscore for eyes that see no colour, where nothing else is under the cursor.
    under = visible(typing.text[typing.at : last]) or "_"
    row = ((before, ""), (under, "cursor"), (visible(typing.text[last:end]), ""))
    return tuple(piece for piece in row if piece[0]), cells(before)


def _said(one: Line) -> str:
    return "".join(text for text, _ in one).casefold()


def _with_sought(one: Line, sought: str) -> Line:
    """A line with every stretch that is looked for marked."""
    if not sought:
        return one
    pieces: list[tuple[str, str]] = []
    text, at = _said(one), 0
    starts: list[int] = []
    while (found := text.find(sought, at)) >= 0:
        starts.append(found)
        at = found + len(sought)
    if not starts or len(text) != sum(len(piece) for piece, _ in one):
        return one
    inside = {place for start in starts for place in range(start, start + len(sought))}
    place = 0
    for piece, style in one:
        for letter in piece:
            name = "marked" if place in inside else style
            if pieces and pieces[-1][1] == name:
                pieces[-1] = (pieces[-1][0] + letter, name)
            else:
                pieces.append((letter, name))
            place += 1
    return tuple(pieces)


def chooser_lines(chooser: Chooser, width: int, height: int) -> list[Line]:
    """A list to choose from as lines: title, choices, and below what the current one is.

    Args:
        chooser: The list; its `top` and `shown` are brought in step with the lines.
        width: Cells of a line.
        height: Lines there is room for.
    """
    most = max(0, min(chooser.about_lines, (height - 3) // 2))
    about = _about(chooser.current, width - 2)[:most]
    room = chooser.shown = height - CHOICES_TOP - 1 - most
    chooser.top = max(min(chooser.top, chooser.at), chooser.at - room + 1, 0)
    chooser.top = max(0, min(chooser.top, len(chooser.found) - room))
    shown = chooser.found[chooser.top : chooser.top + room]
    count = f"{chooser.at + 1} of {len(chooser.found)}" if chooser.found else "none"
    title = f" {chooser.title} ({count})"
    typed = cut(chooser.typed[-(width - 4) :], width - 4)
    rows = [
        _entry_line(one, chooser.top + number == chooser.at, width)
        for number, one in enumerate(shown)
    ]
    rows = rows or [line(cut(f"  {chooser.empty}", width), "dim")]
    rows += [()] * (room - len(rows))
    below = [line("─" * width, "dim"), *(((" ", ""), *row) for row in about)]
    head = (("> ", "key"), (typed, "bold"), ("_", "cursor"))
    hint = line(f"  {cut(chooser.hint, width - 5)}", "dim") if chooser.hint and not typed else ()
    return [line(padded(title, width), "status"), (*head, *hint), *rows, *below]


def _entry_line(choice: Entry, current: bool, width: int) -> Line:
    keys = cut(choice.keys, width // 3)
    text = padded(f"{'>' if current else ' '} {choice.text}", width - cells(keys) - 2)
    if current:
        return ((f"{text} {keys} ", "focus"),)
    return (
        (text, "dim" if choice.why_not else ""),
        (f" {keys} ", "dim" if choice.why_not else "key"),
    )


def _about(choice: Entry | None, width: int) -> list[Line]:
    if choice is None:
        return []
    lines: list[Line] = []
    if choice.why_not:
        lines += paragraph(f"Not now: {choice.why_not}", width, "refused")
    if callable(choice.about):
        return [*lines, *choice.about(width)]
    return [*lines, *paragraph(choice.about, width)] if choice.about else lines
