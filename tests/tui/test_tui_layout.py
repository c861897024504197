"""How the screen is divided at every size: nothing that matters is cut off or left out."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.codebook.shipped import find_codebook
from annotator.tui.cells import cells
from annotator.tui.columns import Painted, beside, in_columns
from annotator.tui.layout import BORDER, LAYOUTS, SMALLEST, layout_for
from annotator.tui.lines import length, padded
from projects import CLAIMS, LIGHT, SEED_REPORT, make_project, session_on
from screens import Driver, coding_screen

SIZES = [(60, 16), (70, 20), (80, 24), (100, 30), (120, 40), (200, 50)]
LEAST_TEXT = 36
"""Cells of a passage's line that hold about six words."""

ITEMS = st.lists(st.text("ab漢é🕊", max_size=6), max_size=12)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("projects")
    full = find_codebook("claims").read_text(encoding="utf-8")
    return {
        "light": make_project(folder / "light.db", LIGHT, SEED_REPORT),
        "claims": make_project(folder / "claims.db", full, SEED_REPORT),
        "units": make_project(folder / "units.db", CLAIMS),
    }


@pytest.fixture
def files(seeds: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    return {name: Path(shutil.copy(path, tmp_path)) for name, path in seeds.items()}


def rows(screen: Driver) -> list[str]:
    """Every line of the screen from top to bottom."""
    return [screen.status, *screen.body.split("\n"), screen.message, screen.hint]


# --- the table and the columns --------------------------------------------------------------------


def test_layouts_are_in_order_and_begin_at_the_smallest_terminal() -> None:
    widths = [layout.columns for layout in LAYOUTS]
    assert widths == sorted(set(widths))
    assert widths[0] == SMALLEST[0]


@given(st.integers(SMALLEST[0], 400))
def test_every_width_leaves_room_for_the_passage_and_uses_all_its_cells(width: int) -> None:
    layout = layout_for(width)
    entry = layout.entry + 1 if layout.entry else 0
    assert layout.text(width) + 1 + layout.side + entry == width
    assert layout.text(width) >= LEAST_TEXT
    assert layout.codes_below == (width < 80)
    assert bool(layout.entry) == (width >= 120)


@given(ITEMS, ITEMS, st.integers(6, 12).map(lambda half: half * 2), st.integers(1, 14))
def test_what_is_clicked_is_what_is_painted_there(
    left: list[str], right: list[str], width: int, height: int
) -> None:
    blocks = [[Painted.of(((text, ""),), text) for text in texts] for texts in (left, right)]
    found = beside(blocks[0], width, blocks[1], [BORDER] * height)
    assert len(found) == height
    for number, painted in enumerate(found):
        text = "".join(part for part, _ in painted.line)
        assert text.startswith(padded(left[number] if number < len(left) else "", width) + BORDER)
        assert all(
            shown_at(painted, spot.first, spot.last) == spot.target for spot in painted.spots
        )


@given(ITEMS, st.integers(1, 4), st.integers(1, 12))
def test_columns_hold_every_line_in_order_while_there_is_room(
    texts: list[str], count: int, height: int
) -> None:
    items = [Painted.of(((text, ""),), f"{number}") for number, text in enumerate(texts)]
    found = in_columns(items, count, 12, height)
    assert len(found) == min(len(items), height)
    assert all(length(painted.line) <= count * 13 - 1 for painted in found)
    targets = {
        int(str(spot.target)): shown_at(painted, spot.first, spot.last)
        for painted in found
        for spot in painted.spots
    }
    assert targets == dict(enumerate(texts[: count * height]))


def shown_at(painted: Painted, first: int, last: int) -> str:
    """The text painted at some cells of a line."""
    text = "".join(part for part, _ in painted.line)
    starts = [at for at in range(len(text) + 1) if cells(text[:at]) == first]
    ends = [at for at in range(len(text) + 1) if cells(text[:at]) == last]
    return text[starts[0] : ends[0]]


# --- the whole screen -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("book", ["light", "claims", "units"])
async def test_no_line_is_wider_than_the_screen_and_every_row_is_used(
    files: dict[str, Path], book: str, size: tuple[int, int]
) -> None:
    async with coding_screen(files[book], size=size) as screen:
        for keys in ("", "tab tab", "shift+tab", "S", "? q", "F q", "I q"):
            await screen.press(keys)
            found = rows(screen)
            assert len(found) == size[1]
            assert max(map(cells, found)) <= size[0]
            assert found[-1].endswith(("? keys  Q quit", "q back", "every other key is typed"))


@pytest.mark.parametrize("size", SIZES)
async def test_every_question_and_every_code_of_the_light_codebook_can_be_seen(
    files: dict[str, Path], size: tuple[int, int]
) -> None:
    async with coding_screen(files["light"], size=size) as screen:
        body = screen.body
        for title in ("Perpetrator", "Cause of death", "Killed", "Children", "Women"):
            assert title in body
        for code in parse_codebook(LIGHT, "light").variables[0].codes:
            shown = f"{code.key} {code.label}"[:16]
            assert shown in body, f"{shown} is not on a screen of {size}"
        assert "none of these" in body
        await screen.press("tab tab 1 2")
        for words in ("> 12_", "is an answer", "12+ at least", "u unknown"):
            assert words in screen.body


@pytest.mark.parametrize("size", SIZES)
async def test_where_the_text_is_from_and_who_codes_it_stands_at_every_size(
    files: dict[str, Path], size: tuple[int, int]
) -> None:
    async with coding_screen(files["light"], size=size) as screen:
        assert screen.status.lstrip().startswith("amal · main · aleppo-2016-12-21.txt ¶1/5")
        assert "done 0/5" in screen.status
        assert "2016-12-21 · The Syrian" in screen.body


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_a_passage_can_be_read_by_going_down(
    files: dict[str, Path], size: tuple[int, int]
) -> None:
    async with coding_screen(files["light"], size=size) as screen:
        with session_on(files["light"]) as session:
            words = session.item.text.split()
        seen = ""
        for _ in range(60):
            below = "↓" in screen.body
            lines = [row.split("│")[0].split("↑")[0].split("↓")[0] for row in rows(screen)[1:-2]]
            seen += " ".join(lines) + "\n"
            if not below:
                break
            await screen.press("pagedown")
        assert not below
        assert all(word in seen for word in words)


async def test_wide_screens_say_what_the_codebook_says_and_keep_notes_and_findings_in_view(
    files: dict[str, Path],
) -> None:
    async with coding_screen(files["claims"], size=(140, 40)) as screen:
        await screen.press("C S space k")
        entry = entry_column(screen)
        assert entry[0] == "What kind of statement is it?"
        assert "One attack, one death or one event." in " ".join(entry)
        assert any(row.startswith("─ Checks ─") for row in entry)
        assert "E1  Claim 1  error" in entry


async def test_a_note_stands_beside_its_question_on_a_wide_screen(files: dict[str, Path]) -> None:
    async with coding_screen(files["light"], size=(120, 30)) as screen:
        await screen.press("s N h e a r d space t w i c e enter")
        entry = entry_column(screen)
        assert "Note: heard twice" in entry
        assert any("s  Regime shelling" in row for row in entry)
        assert not any("Barrel" in row for row in entry)


def entry_column(screen: Driver) -> list[str]:
    """The third column, where the codebook speaks."""
    return [row.rsplit("│", 1)[1].strip() for row in screen.body.split("\n")]


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5), (1, 1)])
async def test_a_terminal_too_small_says_what_is_needed_and_codes_nothing(
    files: dict[str, Path], size: tuple[int, int]
) -> None:
    async with coding_screen(files["light"], size=size) as screen:
        found = screen.body.split("\n")
        assert max(map(cells, found)) <= size[0]
        if size[0] > 50:
            assert found[0] == "This screen needs 60 columns and 16 rows."
        await screen.press("s")
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert "!>Perpetrator" in screen.body
        assert "done 0/5" in screen.status
