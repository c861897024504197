"""How commands show things: tables for people, JSON for programs, both safe for any text."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.corpus.visible import visible, visible_json

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OF_A_FILE = 100
_LONGEST_WORD = 24
_WIDEST = 10_000


def console(*, stderr: bool = False) -> "Console":
    """A console that takes no text from outside for markup and obeys NO_COLOR and TERM=dumb.

    Where the output is no terminal it is 100 columns wide, or what COLUMNS says, and has no colour.
    """
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    fixed = None if stream.isatty() or os.environ.get("COLUMNS") else _WIDTH_OF_A_FILE
    return Console(
        file=stream, width=fixed, markup=False, highlight=False, emoji=False, soft_wrap=False
    )


def say(text: str = "") -> None:
    """Print lines as they are, unwrapped, with what cannot be seen spelled out."""
    print(visible(text, newlines=True))


def warn(text: str) -> None:
    """Print a line to standard error."""
    print(visible(text, newlines=True), file=sys.stderr)


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Say on a terminal what is being done, as long as it is done."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(text):
        yield


def many(number: int, what: str) -> str:
    """A number of things in words: `1 report`, `2 reports`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def shortened(text: str, most: int = 40) -> str:
    """The beginning of a text that is longer than a table has room for."""
    return text if len(text) <= most else f"{text[:most]}…"


def print_json(data: object) -> None:
    """Print plain data as indented JSON, all of it ASCII-safe for any terminal or pipe."""
    # Escaped only where a terminal could be steered: other letters stay readable.
    text = json.dumps(data, ensure_ascii=not _writes_utf8(), indent=2, allow_nan=False)
    print(visible_json(text))


def _writes_utf8() -> bool:
    return sys.stdout.encoding.lower().replace("-", "") == "utf8"


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    numbers: Iterable[str] = (),
    whole: Iterable[str] = (),
) -> None:
    """Print a table between two empty lines.

    Args:
        columns: The headings.
        rows: One text per column.
        title: A line above the table.
        numbers: Headings of the columns that are set to the right and never broken.
        whole: Headings of other columns that are never broken.
    """
    from rich import box
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    right = set(numbers)
    unbroken = right | set(whole)
    # Any text of a report can hold right-to-left letters; no line may be drawn beside it.
    cells = [[visible(cell) for cell in row] for row in rows]
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    for place, heading in enumerate(columns):
        table.add_column(
            Text(visible(heading, newlines=True)),
            justify="right" if heading in right else "left",
            overflow="fold",
            no_wrap=heading in unbroken,
            min_width=_least(heading, [row[place] for row in cells], heading in unbroken, place),
        )
    for row in cells:
        table.add_row(*map(Text, row))
    paper = console()
    # A line that a terminal breaks can still be read, a number with its end cut off is another one.
    wide = paper.options.update(max_width=_WIDEST)
    paper.width = max(paper.width, Measurement.get(paper, wide, table).minimum)
    with paper.capture() as captured:
        paper.print(table)
    print()
    if title:
        say(title)
    # Rich fills every line with spaces; a file or a screen reader has no use for them.
    for line in captured.get().splitlines():
        print(line.rstrip())
    print()


def _least(heading: str, texts: Sequence[str], unbroken: bool, place: int) -> int:
    """The least width of a column."""
    from rich.cells import cell_len

    if unbroken:
        return max(map(cell_len, [*heading.split("\n"), *texts]))
    if place:
        return 0
    # The first column says what a row is about; its words stay whole.
    words = (len(word) for text in texts for word in text.split())
    return min(max(words, default=0), _LONGEST_WORD)
