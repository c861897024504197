"""A lead's desk: what stands in its panes, the passages behind them, and that it is live."""

import re
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from annotator.coding.form import from_form
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import read_passage
from annotator.store.project import open_project
from annotator.store.rounds import named_round, open_round
from annotator.store.tags import tag_passages
from annotator.tui.cells import cells
from annotator.tui.desk_tables import PANES
from annotator.tui.review import ReviewScreen
from annotator.work.confusion import confusion_of
from hostile import leaked, make_hostile_project
from known_truth import KnownTruth, Place, known_truth_project
from projects import LIGHT, copied, make_project
from screens import Driver, desk_screen


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(
        tmp_path_factory.mktemp("desk") / "desk.db", passages=60, coders=3, left=0.2
    )


@pytest.fixture
def path(known: KnownTruth, tmp_path: Path) -> Path:
    return copied(known.path, tmp_path)


def row_of(screen: Driver, begins: str) -> list[str]:
    """The numbers of the row that begins so."""
    found = next(line[1:] for line in screen.body.split("\n") if line[1:].startswith(begins))
    return re.findall(r"\d+", found)


def code_next(path: Path, known: KnownTruth, coder: str) -> Place:
    """Let a coder submit a passage that is left, beside the desk."""
    place = min(place for place, name in known.left if name == coder)
    with open_project(path) as project:
        passage = read_passage(project, *place)
        coding = from_form(known.truth[place], known.codebook, passage.text, passage.start)
        row = named_round(project, "main")
        add_codings(project, [NewCoding(row.id, *place, coder, coding)], coder)
    return place


async def until(screen: Driver, says: str) -> None:
    """Wait until the screen says something, by itself."""
    for _ in range(400):
        if says in f"{screen.status}\n{screen.body}\n{screen.message}":
            return
        await screen.pilot.pause(0.02)
    raise AssertionError(f"{says} never came:\n{screen.body}")


async def test_every_pane_is_whole_at_80_by_24(path: Path, known: KnownTruth) -> None:
    done = Counter(coder for _, coder in known.forms)
    async with desk_screen(path) as screen:
        for number, pane in enumerate(PANES, 1):
            await screen.press(str(number))
            assert f"{number} {pane.value}" in screen.body.split("\n")[0]
            assert all(cells(line) <= 80 for line in screen.body.split("\n"))
            assert "│" not in screen.body
        await screen.press("1")
        for coder in known.queues:
            left = sum(name == coder for _, name in known.left)
            assert row_of(screen, coder)[:2] == [str(done[coder]), str(left)]
        await screen.press("2")
        assert row_of(screen, "To be coded") == [str(len(known.left))]
        assert row_of(screen, "Flagged") == [str(len(known.flagged))]
        await screen.press("3")
        assert "●" in screen.body
        await screen.press("5")
        with open_project(path, read_only=True) as project:
            found = confusion_of(project, variable="perpetrator")[1][0]
        first = found.confused()[0]
        assert f"{first.first} against {first.second}: {first.times} times" in screen.body


@pytest.mark.parametrize(
    "size", [(60, 16), (120, 30), pytest.param((200, 50), marks=pytest.mark.slow)]
)
async def test_panes_fit_every_terminal_and_stand_side_by_side_from_120(
    path: Path, size: tuple[int, int]
) -> None:
    async with desk_screen(path, size=size) as screen:
        for number in range(1, 8):
            await screen.press(str(number))
            lines = screen.body.split("\n")
            assert max(map(cells, lines)) <= size[0]
            assert ("│" in screen.body) == (size[0] >= 120)
        await screen.press("5")
        if size[0] >= 120:
            assert "people were killed" in screen.body
            assert "What causes trouble" in screen.body


async def test_a_cell_of_the_confusions_leads_to_its_passages(path: Path) -> None:
    with open_project(path, read_only=True) as project:
        found = confusion_of(project, variable="perpetrator")[1][0]
    first = found.confused()[0]
    async with desk_screen(path) as screen:
        await screen.press("5")
        assert f"{first.first} against {first.second}" in screen.body
        await screen.press("right left enter")
        chooser = screen.screen.chooser
        assert chooser is not None
        assert len(chooser.found) == len(first.places)
        await screen.press("enter")
        assert "people were killed" in screen.body
        await screen.press("escape up")
        row = found.values.index(first.first)
        column = found.values.index(first.second)
        above = found.cell(found.values[max(0, row - 1)], found.values[column])
        assert f": {above.times} times in" in screen.body


async def test_the_review_opens_on_the_passages_and_leads_back(path: Path) -> None:
    async with desk_screen(path) as screen:
        await screen.press("5 V")
        review = screen.screen.app.screen
        assert isinstance(review, ReviewScreen)
        assert review.session is not None
        places = {one.place for one in review.session.queue}
        drill = screen.screen.drill  # type: ignore[attr-defined]
        assert places == set(drill.places)
        await screen.press("1 s")
        await screen.press("Q")
        assert screen.screen.app.screen is screen.screen
        await screen.press("2")
        for _ in range(200):
            if row_of(screen, "Settled") == ["1"]:
                return
            await screen.pilot.pause(0.02)
        raise AssertionError("the settlement never came")


async def test_ctrl_c_leaves_the_program_from_the_review_too(path: Path) -> None:
    async with desk_screen(path) as screen:
        await screen.press("5 V N ctrl+c")
        assert screen.screen.app._exit


async def test_a_coders_row_lists_what_they_flagged_or_gave_back(
    path: Path, known: KnownTruth
) -> None:
    coder = max(known.queues, key=lambda name: sum(who == name for _, who in known.flagged))
    marked = {place for place, who in [*known.flagged, *known.skipped] if who == coder}
    async with desk_screen(path) as screen:
        await screen.press("down " * list(known.queues).index(coder) + "enter")
        if len(marked) > 1:
            chooser = screen.screen.chooser
            assert chooser is not None
            assert len(chooser.found) == len(marked)
        assert "flagged" in screen.body


async def test_questions_and_windows_lead_to_the_passages_that_coders_differ_in(
    tmp_path: Path,
) -> None:
    known = known_truth_project(tmp_path / "claims.db", codebook="claims", passages=60, coders=3)
    async with desk_screen(known.path) as screen:
        reading = screen.screen.reading  # type: ignore[attr-defined]
        differing = {one.place for one in reading.round.differing}
        for key, alpha in (("3", 2), ("4", 4)):
            await screen.press(key)
            rows = screen.screen.table().rows  # type: ignore[attr-defined]
            # A code has those of its cells; here are questions and what is made of them.
            own = [row for row in rows if key == "4" or row.style == "bold"]
            drills = [row.drill for row in own if row.cells[alpha] < "0.9"]
            assert len(drills) > 4
            assert all(drill.places and set(drill.places) <= differing for drill in drills)
        await screen.press("V")
        assert isinstance(screen.screen.app.screen, ReviewScreen)


async def test_the_desk_follows_what_coders_submit(path: Path, known: KnownTruth) -> None:
    done = Counter(coder for _, coder in known.forms)
    async with desk_screen(path) as screen:
        await screen.press("down")
        before = screen.body.split("\n")
        code_next(path, known, "amal")
        await until(screen, f" {done['amal'] + 1} ")
        after = screen.body.split("\n")
        assert row_of(screen, "amal")[0] == str(done["amal"] + 1)
        changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True))
                   if old != new]  # fmt: skip
        assert changed == [3]
        assert after[4].startswith(">basim")


async def test_the_row_in_focus_is_kept_where_rows_move(path: Path, known: KnownTruth) -> None:
    async with desk_screen(path) as screen:
        await screen.press("7 end")
        focus = next(line for line in screen.body.split("\n") if line.startswith(">"))
        code_next(path, known, "basim")
        seen = screen.screen.reading  # type: ignore[attr-defined]
        for _ in range(100):
            await screen.pilot.pause(0.02)
            if screen.screen.reading is not seen:  # type: ignore[attr-defined]
                break
        assert next(line for line in screen.body.split("\n") if line.startswith(">")) == focus


async def test_another_round_can_be_looked_at(path: Path) -> None:
    with open_project(path) as project:
        open_round(
            project,
            name="pilot",
            purpose="pilot",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
        )
    async with desk_screen(path) as screen:
        assert "round pilot" in screen.status
        for pane in ("3", "4", "5"):
            await screen.press(pane)
            assert "No passage of the round pilot has been coded by two" in screen.body
        await screen.press("O")
        await screen.type("main")
        await screen.press("enter")
        await until(screen, "round main")
        await until(screen, "Perpetrator")


async def test_a_project_without_rounds_says_so_in_every_pane(tmp_path: Path) -> None:
    async with desk_screen(make_project(tmp_path / "bare.db", LIGHT)) as screen:
        assert "Nobody has passages yet." in screen.body
        for number in range(2, 8):
            await screen.press(str(number))
            assert "No round has been opened yet." in screen.body
        assert await screen.press("enter") == "There are no passages behind this."
        assert await screen.press("O") == "No round has been opened yet."
        assert await screen.press(">") == "Nothing was confused with anything yet."
        assert "no question or code" in await screen.press("I")


async def test_the_codebook_is_read_from_a_row_of_agreement_and_of_drift(path: Path) -> None:
    async with desk_screen(path) as screen:
        for pane in "34":
            await screen.press(pane)
            await until(screen, ">Perpetrator ")
            await screen.press("I")
            assert "Who does the passage say did the killing?" in screen.body
            await screen.press("q")


async def test_graphic_passages_are_covered_in_lists_and_shown_when_opened(
    path: Path, known: KnownTruth
) -> None:
    with open_project(path) as project:
        tag_passages(project, "graphic", known.places, actor="lina")
    async with desk_screen(path, size=(130, 30)) as screen:
        await screen.press("7")
        assert "people were killed" not in screen.body
        assert "tagged as graphic" in screen.body
        await screen.press("enter")
        assert "This passage is tagged as graphic: Enter shows it." in screen.body
        for key in ("down", "pagedown"):
            await screen.press(key)
            assert "people were killed" not in screen.body
        await screen.press("enter")
        assert "people were killed" in screen.body
        # Each time it is opened it is covered anew.
        await screen.press("escape enter")
        assert "people were killed" not in screen.body
        await screen.press("escape")
        assert screen.screen.panel is None


async def test_at_60_columns_every_row_still_tells_what_it_is_about(
    path: Path, known: KnownTruth
) -> None:
    with open_project(path) as project:
        open_round(
            project,
            name="pilot",
            purpose="pilot",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
            design={},
            assignments={coder: [(*known.places[0], 1)] for coder in known.queues},
        )
    async with desk_screen(path, size=(60, 24)) as screen:
        await screen.press("1")
        for coder in known.queues:
            rounds = [row.split()[1] for row in screen.body.split("\n") if coder in row]
            assert sorted(rounds) == ["main", "pilot"]
        await screen.press("O")
        await screen.type("main")
        await screen.press("enter")
        await until(screen, "round main")
        await screen.press("4")
        await until(screen, "Perpetrator")
        shown = [line[1:].rstrip() for line in screen.body.split("\n")[3:] if line.strip()]
        assert len(shown) > 3
        assert len({line[:40] for line in shown}) == len(shown)


async def test_the_mouse_goes_to_panes_rows_and_cells(path: Path) -> None:
    async with desk_screen(path) as screen:
        tabs = screen.body.split("\n")[0]
        await screen.pilot.click(offset=(tabs.index("7 Passages"), 1))
        assert "Passages that coders differ in" in screen.body
        await screen.pilot.click(offset=(5, 6))
        assert screen.body.split("\n")[5].startswith(">")
        await screen.pilot.click(offset=(5, 6), times=2)
        assert screen.screen.panel is not None


async def test_without_colour_signs_say_where_the_focus_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk_screen(path) as screen:
        assert sum(line.startswith(">") for line in screen.body.split("\n")) == 1
        await screen.press("5")
        assert len(re.findall(r"\[\S+\]", screen.body)) == 1


@pytest.mark.slow
async def test_hostile_text_is_spelled_out_in_every_pane(tmp_path: Path) -> None:
    shown = ""
    async with desk_screen(make_hostile_project(tmp_path / "hostile.db"), size=(130, 40)) as screen:
        for number in range(1, 8):
            for key in (str(number), "enter", "escape", "I", "q"):
                await screen.press(key)
                shown += screen.status + screen.body + screen.message
    assert leaked(shown.replace("\n", " ").encode()) == ""
    assert "<U+202E>" in shown


async def test_nothing_reads_on_once_the_desk_is_left(path: Path) -> None:
    async with desk_screen(path) as screen:
        assert [one.name for one in threading.enumerate()].count("desk") == 1
        await screen.press("Q")
    for _ in range(100):
        if "desk" not in [one.name for one in threading.enumerate()]:
            return
        time.sleep(0.02)
    raise AssertionError("it still reads")
