"""Cells: what a text takes on a terminal, and which character is painted where."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from annotator.corpus.graphemes import boundaries
from annotator.tui.cells import cells, clipped, on_screen, parts, places
from annotator.tui.theme import theme_named
from annotator.tui.widgets.lines_view import LinesView

PIECES = st.sampled_from(
    ["a", "é", " ", "\n", "قُ", "漢", "🕊", "👨\u200d👩", "ب\u200dت", "☁\ufe0f", "e\u0301", "🇸🇾",
     "\u200d", "\u200c", "\u0301", "\x1b", "\u202e", "\u0600", "👍🏽"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("漢字", 4),
        ("قُتِلَ", 3),
        ("e\u0301", 1),
        ("🕊", 1),
        ("👩", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("ب\u200dت", 2),
        ("ه\u200d.ش", 3),
        ("\u200da", 1),
    ],
)
def test_cells_by_example(text: str, expected: int) -> None:
    assert cells(text) == expected


@given(TEXTS)
def test_characters_are_painted_one_after_the_other_and_fill_the_text(text: str) -> None:
    found = list(places(text))
    assert [first for first, _, _ in found] == boundaries(text)[:-1]
    assert all(cell + size == after for (_, cell, size), (_, after, _) in itertools.pairwise(found))
    assert sum(size for _, _, size in found) == cells(on_screen(text))


@given(TEXTS)
def test_parts_are_the_text_and_rich_measures_their_sum(text: str) -> None:
    assert "".join(parts(text)) == text
    assert sum(map(cell_len, parts(text))) == cells(text)


@given(TEXTS, st.integers(0, 12))
def test_clipping_keeps_as_many_whole_characters_as_fit(text: str, width: int) -> None:
    kept = clipped(text, width)
    assert text.startswith(kept)
    assert len(kept) in boundaries(text)
    assert cells(kept) <= width
    following = [cut for cut in boundaries(text) if cut > len(kept)]
    assert not following or cells(text[: following[0]]) > width or cells(kept) == width


def test_a_letter_behind_a_joiner_is_painted_in_a_cell_of_its_own() -> None:
    class OneView(App[None]):
        def compose(self) -> ComposeResult:
            yield LinesView(theme_named("mono", {}))

    async def painted() -> list[tuple[str, int]]:
        app = OneView()
        async with app.run_test(size=(6, 2)):
            view = app.query_one(LinesView)
            view.show([(("ب\u200dت|", ""),)])
            return [(segment.text, segment.cell_length) for segment in view.render_line(0)]

    assert asyncio.run(painted()) == [("ب\u200d", 1), ("ت|", 2), ("   ", 3)]
