"""The screen that is there while a project opens."""

from annotator.tui.base import WorkScreen
from annotator.tui.keymap import Keymap


class OpeningScreen(WorkScreen):
    """Says that the project is being opened, and keeps what is typed meanwhile.

    It stands on nothing that knows codebooks or codings, so that it is painted at once.

    Args:
        keymap: The keys of the screen that is to come.
        title: What stands on the left of the status line.
    """

    def __init__(self, keymap: Keymap, title: str) -> None:
        super().__init__(keymap)
        self._title = title

    def status_text(self) -> tuple[str, str]:
        """What is being opened."""
        return self._title, "opening the project …"
