"""A lead codes a passage anew: the coding screen on a draft of the lead's, inside a review."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.tui.coding import CodingScreen
from annotator.tui.keymap import Keymap
from annotator.tui.registry import Action

if TYPE_CHECKING:
    # Load the database library; the screen is painted before that is done.
    from annotator.work.focus import Change

_OF_ONE_PASSAGE = frozenset({"passage.note"})
"""The ids of actions on passages that mean something where there is one passage."""


class SettlementScreen(CodingScreen):
    """The coding screen on the passage that is being settled; it goes back to the review.

    Args:
        lead: The lead's name.
        keymap: The keys of the coding screen.
        done: Told whether the coding was submitted, once the review is back.
    """

    def __init__(self, lead: str, keymap: Keymap, done: Callable[[bool], None]) -> None:
        super().__init__(lead, keymap)
        self._done = done

    def status_text(self) -> tuple[str, str]:
        """Whose new coding it is, and of what."""
        item = self._session.item
        where = f"{item.report.name} ¶{item.number}/{item.report.passages}"
        return f"{self.coder} · a new coding of {where}", self.saved

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now: there is one passage here, and no queue."""
        if action.id.startswith("passage.") and action.id not in _OF_ONE_PASSAGE:
            return f"This is the passage you are settling; {self.key('app.quit')} goes back."
        return super().why_not(action)

    def do_app_quit(self) -> None:
        """Go back to the review; what was coded is kept there."""
        self._session.keep_place()
        self._leave(submitted=False)

    def _show_move(self, change: "Change") -> None:
        if change.finished and not change.refused:
            self._leave(submitted=True)
        else:
            super()._show_move(change)

    def _leave(self, *, submitted: bool) -> None:
        self.app.pop_screen()
        self._done(submitted)
