"""How many cells of a terminal a text takes, and where in it each cell is.

Rich measures, for Textual pads and cuts by its measure. Only where a zero-width joiner joins no
emoji (it stands between Arabic and Indic letters too) does Rich leave out the letter after it, so
such a text is measured, and painted, in parts.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len

from annotator.corpus.graphemes import boundaries
from annotator.corpus.visible import visible

_JOINER = "\u200d"


def parts(text: str) -> list[str]:
    """The text in parts whose cells Rich measures right; one part for nearly every text."""
    if _JOINER not in text:
        return [text]
    inner = [cut for cut in boundaries(text)[1:-1] if text[cut - 1] == _JOINER]
    return [text[first:last] for first, last in pairwise([0, *inner, len(text)])]


@lru_cache(maxsize=4096)
def cells(text: str) -> int:
    """How many cells a text takes as it stands; what is to be spelled out must be already."""
    return sum(map(cell_len, parts(text))) if _JOINER in text else cell_len(text)


def clipped(text: str, width: int) -> str:
    """The beginning of a text that takes at most `width` cells, cut between characters."""
    if cells(text) <= width:
        return text
    if text.isascii() and text.isprintable():
        return text[: max(0, width)]
    taken = 0
    for first, last in pairwise(boundaries(text)):
        taken += cells(text[first:last])
        if taken > width:
            return text[:first]
    return text


def on_screen(text: str) -> str:
    """A stretch of a passage as it is painted: line feeds as blanks, what is unseen spelled out."""
    return visible(text.replace("\n", " "))


def places(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each character of a stretch of a passage is painted.

    Yields:
        The code point where the character begins, the cell where it is painted, and how many
        cells it takes; a mark that stands alone takes none.
    """
    cell = 0
    for first, last in pairwise(boundaries(text)):
        size = cells(on_screen(text[first:last]))
        yield first, cell, size
        cell += size
