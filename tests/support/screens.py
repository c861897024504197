"""Screens driven without a terminal."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from annotator.config.settings import Settings
from annotator.store.project import Project, open_project
from annotator.tui.app import WorkApp
from annotator.tui.base import WorkScreen
from annotator.tui.coding import CodingScreen
from annotator.tui.desk import DeskScreen
from annotator.tui.keymap import Keymap
from annotator.tui.review import ReviewScreen
from annotator.tui.tutorial import TutorialScreen, tutorial_keymap
from annotator.tui.widgets.lines_view import Part
from annotator.work.lead_desk import LeadDesk
from annotator.work.review import ReviewSession
from annotator.work.rounds import round_named
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from annotator.work.work_clock import HABITS, Habits


class Driver:
    """A running screen: keys in, lines of text out."""

    def __init__(self, pilot: Pilot[None], screen: WorkScreen, project: Project) -> None:
        self.pilot = pilot
        self.screen = screen
        self.project = project

    async def press(self, keys: str) -> str:
        """Press keys, named as the registry names them and parted by spaces; the message then."""
        for key in keys.split():
            await self.pilot.press(key)
        await self.pilot.pause()
        return self.message

    async def type(self, text: str) -> str:
        """Type a text, all of it at once; the message then."""
        for letter in text:
            self.screen.take_key("space" if letter == " " else letter)
        await self.pilot.pause()
        return self.message

    @property
    def status(self) -> str:
        """The first line."""
        return _texts(self.screen.status)[0]

    @property
    def body(self) -> str:
        """Everything between the first line and the last two."""
        return "\n".join(_texts(self.screen.body))

    @property
    def message(self) -> str:
        """The line that says what came of a key."""
        return _texts(self.screen.message_line)[0].strip()

    @property
    def hint(self) -> str:
        """The last line."""
        return _texts(self.screen.hint)[0].strip()

    @property
    def column(self) -> list[str]:
        """The questions and codes beside the passage."""
        return [row.split("│")[1].rstrip() for row in self.body.split("\n") if "│" in row]


def _texts(view: Part) -> list[str]:
    return ["".join(text for text, _ in line) for line in view.lines] or [""]


@asynccontextmanager
async def coding_screen(
    path: Path,
    coder: str = "amal",
    size: tuple[int, int] = (80, 24),
    keymap: Keymap | None = None,
    habits: Habits = HABITS,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Driver]:
    """The coding screen of a coder on a project file."""
    screen = CodingScreen(coder, keymap, habits)

    def opening() -> tuple[Project, Callable[[], None]]:
        project = open_project(path)
        session = CodingSession(desk_for(project, None, coder), clock, habits)
        return project, lambda: screen.begin(session)

    async with _running(WorkApp(screen, opening), screen, size) as driver:
        yield driver


@asynccontextmanager
async def tutorial_screen(
    path: Path, settings: Settings, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Driver]:
    """The tutorial on its project, with the keys of a config file."""
    screen = TutorialScreen("you", tutorial_keymap(settings))

    def opening() -> tuple[Project, Callable[[], None]]:
        project = open_project(path)
        session = CodingSession(desk_for(project, None, "you"))
        return project, lambda: screen.begin(session)

    async with _running(WorkApp(screen, opening), screen, size) as driver:
        yield driver


@asynccontextmanager
async def review_screen(
    path: Path,
    lead: str = "lina",
    size: tuple[int, int] = (80, 24),
    keymap: Keymap | None = None,
) -> AsyncIterator[Driver]:
    """The review screen of a lead on a project file."""
    screen = ReviewScreen(lead, keymap)

    def opening() -> tuple[Project, Callable[[], None]]:
        project = open_project(path)
        session = ReviewSession(project, round_named(project, None), lead)
        return project, lambda: screen.begin(session)

    async with _running(WorkApp(screen, opening), screen, size) as driver:
        yield driver


@asynccontextmanager
async def desk_screen(
    path: Path,
    lead: str = "lina",
    size: tuple[int, int] = (80, 24),
    keymap: Keymap | None = None,
    seconds: float = 0.05,
) -> AsyncIterator[Driver]:
    """The desk of a lead on a project file, with all its figures read."""
    screen = DeskScreen(lead, keymap, seconds)

    def opening() -> tuple[Project, Callable[[], None]]:
        project = open_project(path)
        desk = LeadDesk(project)
        reading = desk.read()
        return project, lambda: screen.begin(desk, desk.figures() or reading)

    async with _running(WorkApp(screen, opening), screen, size) as driver:
        yield driver


@asynccontextmanager
async def _running(
    app: WorkApp, screen: WorkScreen, size: tuple[int, int]
) -> AsyncIterator[Driver]:
    try:
        async with app.run_test(size=size) as pilot:
            while not screen.ready:
                assert app.problem is None, app.problem
                await pilot.pause(0.01)
            await pilot.pause()
            assert app.project is not None
            yield Driver(pilot, screen, app.project)
    finally:
        if app.project is not None:
            app.project.close()
