"""Reading a project again and again beside a screen, in a thread of its own."""

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.work.lead_desk import DeskReading, LeadDesk

SECONDS = 3.0
"""How often it is looked whether anything was decided: one look-up in an index."""


class DeskReader:
    """Reads what a desk shows whenever something was decided, until it is stopped.

    A reading that is under way when it is stopped is nobody's any more: leaving waits for nothing.

    Args:
        desk: Reads the project.
        tell: Is told what was read, or why it could not be, in this thread. After an error that
            nobody foresaw nothing more is read.
        seconds: How often it looks.
    """

    def __init__(
        self,
        desk: "LeadDesk",
        tell: "Callable[[DeskReading | Exception], object]",
        seconds: float = SECONDS,
    ) -> None:
        self._desk = desk
        self._tell = tell
        self._seconds = seconds
        self._stopped = Event()
        self._asked = Event()
        self._round: str | None = None
        self._thread = Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Begin to read; the figures that take longer come first."""
        self._thread.start()

    def stop(self) -> None:
        """Read no more."""
        self._stopped.set()
        self._asked.set()

    def look_at(self, round_name: str) -> None:
        """Read another round, at once."""
        self._round = round_name
        self._asked.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                wanted, self._round = self._round, None
                if wanted is not None:
                    self._desk.look_at(wanted)
                for read in (self._desk.progress, self._desk.figures):
                    found = read()
                    if found is not None and not self._stopped.is_set():
                        self._tell(found)
            except Exception as error:
                # Left to itself, a thread prints what went wrong over the screen.
                if not self._stopped.is_set():
                    self._tell(error)
                if not isinstance(error, AnnotatorError):
                    return
            self._asked.wait(self._seconds)
            self._asked.clear()
