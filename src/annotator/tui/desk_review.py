"""The review as it opens from a desk: on the passages behind a figure, and back to the desk."""

from annotator.config.settings import Settings
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.tui.keymap import keymap_of
from annotator.tui.overlay_keys import LEAVES
from annotator.tui.review import ReviewScreen
from annotator.tui.review_actions import REVIEW
from annotator.work.review import ReviewSession
from annotator.work.review_choices import QueueFilter


class DeskReview(ReviewScreen):
    """The review screen over a desk; leaving it leads back there."""

    def __init__(self, lead: str, settings: Settings) -> None:
        super().__init__(lead, keymap_of(REVIEW, settings), settings)
        self.use_theme(settings.theme)

    def begin_on(self, project: Project, round_: RoundRow, places: tuple[Place, ...]) -> None:
        """Show the first of some passages that is left to settle.

        Raises:
            AnnotatorError: The passages cannot be reviewed.
        """
        chosen = QueueFilter(places=frozenset(places))
        self.session = ReviewSession(project, round_, self.lead, chosen)

    def on_mount(self) -> None:
        """Open the first case now that there is something to paint on."""
        if self.session is not None:
            self.begin(self.session)

    def take_key(self, key: str) -> None:
        """Do what a key does; one leaves the program wherever one is."""
        self._leaves_all = key == LEAVES
        super().take_key(key)

    def do_app_quit(self) -> None:
        """Go back to the desk, or leave the program."""
        if self._leaves_all:
            self.app.exit()
        else:
            self.app.pop_screen()
