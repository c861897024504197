"""Start a screen: paint first, open the project behind it.

Opening a project loads the database library, which takes longer than everything else together;
the screen is there before that, and the passage as soon as it is done.
"""

import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import App
from textual.driver import Driver
from textual.worker import WorkerFailed

from annotator.config.settings import Settings
from annotator.errors import AnnotatorError
from annotator.tui.actions import CODING
from annotator.tui.base import WorkScreen
from annotator.tui.changed_cells import ShownCells, sparing
from annotator.tui.keymap import Keymap, keymap_of
from annotator.tui.opening import OpeningScreen

if TYPE_CHECKING:
    from annotator.store.project import Project
    from annotator.tui.coding import CodingScreen


class WorkApp(App[None], inherit_bindings=False):
    """An app of one screen that opens its project in the background.

    Args:
        screen: The screen to show at once.
        opening: Opens the project, in a thread of its own, and returns the project and a function
            that shows the work; that one is called where the screen may be painted.
        warm_up: Loads what the first keys will need, in the same thread, once the work is shown.
    """

    ENABLE_COMMAND_PALETTE = False
    TITLE = "annotator"
    CSS = """
    Screen { layout: vertical; overflow: hidden; background: ansi_default; color: ansi_default; }
    LinesView { background: ansi_default; color: ansi_default; width: 100%; height: 100%; }
    """

    def __init__(
        self,
        screen: WorkScreen,
        opening: "Callable[[], tuple[Project, Callable[[], Awaitable[None] | None]]]",
        warm_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._shown = ShownCells()
        super().__init__(ansi_color=True)
        self.animation_level = "none"
        self._first_screen = screen
        self._opening = opening
        self._warm_up = warm_up
        self.project: Project | None = None
        self.problem: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        """Leave with an error that nobody foresaw, for the command to tell.

        Textual's own way shows what every variable holds, which would leave words of reports and
        names on the terminal. It offers no other place to say so.
        """
        super()._handle_exception(error)
        failure = error.error if isinstance(error, WorkerFailed) else error
        if self.problem is None and isinstance(failure, Exception):
            self.problem = failure

    def _fatal_error(self) -> None:
        """Print nothing; see `_handle_exception`."""
        self.bell()
        self.panic()

    def get_default_screen(self) -> WorkScreen:
        """The one screen there is."""
        return self._first_screen

    def get_driver_class(self) -> type[Driver]:
        """The driver for the terminal there is, sending it only what changes it."""
        return sparing(super().get_driver_class(), self._shown)

    def on_resize(self, event: events.Resize) -> None:
        """A terminal of another size has laid out anew what stood on it, nobody knows how."""
        self._shown.forget(event.size.width)

    def on_work_screen_paint_anew(self) -> None:
        """Send the terminal all of the screen, whatever is thought to stand there."""
        self._shown.forget(self.size.width)
        self.refresh()

    def on_mount(self) -> None:
        """Open the project once the screen has been painted."""
        self.call_after_refresh(self.run_worker, self._open, thread=True)

    def _open(self) -> None:
        try:
            self.project, show = self._opening()
        except AnnotatorError as error:
            self.problem = error
            self.call_from_thread(self.exit)
            return
        self.call_from_thread(show)
        self.call_from_thread(self._once_painted)

    def _once_painted(self) -> None:
        self.screen.call_after_refresh(self._settle)

    @work(thread=True)
    def _settle(self) -> None:
        """Do what can wait until the work is painted."""
        self._warm_up()
        # What the start has loaded stays for good; no collection need look at it again.
        gc.freeze()
        gc.enable()


def run_app(app: WorkApp, *, mouse: bool = True) -> None:
    """Run an app until it is left, and close its project.

    Args:
        app: The app.
        mouse: Whether it takes the mouse.

    Raises:
        AnnotatorError: The project could not be opened; the screen is gone by then.
        Exception: Whatever else the app met with and nobody foresaw.
    """
    try:
        app.run(mouse=mouse)
    finally:
        if app.project is not None:
            app.project.close()
    if app.problem is not None:
        raise app.problem


def run_coding(location: str, round_name: str | None, coder: str, settings: Settings) -> None:
    """Open the coding screen of a coder and stay in it until they leave.

    Args:
        location: The project file.
        round_name: The round to code in; None for the one that is open.
        coder: The coder's name.
        settings: How the coder likes the screen.

    Raises:
        AnnotatorError: There is no such project or round, or nothing to code.
    """
    keymap = keymap_of(CODING, settings)
    run_coding_screen(location, round_name, coder, settings, keymap, _coding_screen)


def run_coding_screen(
    location: str,
    round_name: str | None,
    coder: str,
    settings: Settings,
    keymap: Keymap,
    screen: "Callable[[], type[CodingScreen]]",
) -> None:
    """Open a coding screen of some kind; see `run_coding`.

    Args:
        location: The project file.
        round_name: The round to code in; None for the one that is open.
        coder: The coder's name.
        settings: How the coder likes the screen.
        keymap: The keys of the screen.
        screen: Loads the kind of screen; called once something is painted.

    Raises:
        AnnotatorError: There is no such project or round, or nothing to code.
    """
    first = OpeningScreen(keymap, f"annotator · {coder}")
    first.use_theme(settings.theme)

    def opening() -> "tuple[Project, Callable[[], Awaitable[None]]]":
        from annotator.store.project import open_project
        from annotator.work.session import CodingSession
        from annotator.work.start import desk_for
        from annotator.work.work_clock import habits_of

        kind = screen()
        project = open_project(location)
        habits = habits_of(settings)
        session = CodingSession(desk_for(project, round_name, coder), habits=habits)

        async def show() -> None:
            shown = kind(coder, keymap, habits)
            shown.use_theme(settings.theme)
            shown.type_ahead(first.typed_ahead)
            shown.begin(session)
            await app.push_screen(shown)

        return project, show

    app = WorkApp(first, opening, _load_what_keys_need)
    run_app(app, mouse=settings.mouse)


def _coding_screen() -> "type[CodingScreen]":
    from annotator.tui.coding import CodingScreen

    return CodingScreen


def _load_what_keys_need() -> None:
    """Load what the first offers, change and submission need, while the coder reads."""
    from importlib import import_module

    for name in ("events", "projections", "marks", "desk_changes"):
        import_module(f"annotator.store.{name}")
    for name in ("candidates", "claimed_counts", "dates_in", "places_in"):
        import_module(f"annotator.coding.{name}")
