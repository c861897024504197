"""The review screen: one disagreement at a time, the codings beside each other without names.

Its parts stand on each other: `review_view` paints (what it paints are the lines of `review_lines`,
the words of `review_evidence` and the entries of `review_entry`), `review_choosing` looks and
chooses, `review_settling` settles and goes on.
"""

from typing import TYPE_CHECKING

from annotator.config.settings import Settings
from annotator.tui.app import WorkApp, run_app
from annotator.tui.keymap import keymap_of
from annotator.tui.review_actions import REVIEW
from annotator.tui.review_settling import SettlingKeys
from annotator.work.review_choices import QueueFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    # Load the database library; the screen is painted before that is done.
    from annotator.store.project import Project
    from annotator.work.review import ReviewSession


class ReviewScreen(SettlingKeys):
    """Steps a lead through the disagreements of a round."""

    GROUPS = REVIEW
    # A settlement is written by the key of its reason, which is no action.
    LOOKING = frozenset(action.id for group in REVIEW for action in group.actions)

    def begin(self, session: "ReviewSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_case()
        self.begin_work()


def run_review(
    location: str, round_name: str | None, lead: str, settings: Settings, chosen: QueueFilter
) -> None:
    """Open the review screen of a lead and stay in it until they leave.

    Args:
        location: The project file.
        round_name: The round to review; None for the only one.
        lead: The lead's name.
        settings: How the lead likes the screen.
        chosen: What the lead wants to look at.

    Raises:
        AnnotatorError: There is no such project or round, or what was chosen is not there.
    """
    screen = ReviewScreen(lead, keymap_of(REVIEW, settings))
    screen.use_theme(settings.theme)

    def opening() -> "tuple[Project, Callable[[], None]]":
        from annotator.store.project import open_project
        from annotator.work.review import ReviewSession
        from annotator.work.rounds import round_named

        project = open_project(location)
        session = ReviewSession(project, round_named(project, round_name), lead, chosen)
        return project, lambda: screen.begin(session)

    run_app(WorkApp(screen, opening), mouse=settings.mouse)
