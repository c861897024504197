"""The review screen: one disagreement at a time, the codings beside each other without names.

Its parts stand on each other: `review_view` paints (what it paints are the lines of `review_lines`
and `review_heading`, the words of `review_evidence` and the entries of `review_entry`),
`review_choosing` looks and chooses, `review_settling` settles, `review_queue` goes from case to
case, and here a lead goes over to a coding of their own (`review_edit`).
"""

from functools import partial
from typing import TYPE_CHECKING

from annotator.config.settings import Settings
from annotator.tui.app import WorkApp, run_app
from annotator.tui.choice import DIGITS, Option, choice
from annotator.tui.keymap import Keymap, keymap_of
from annotator.tui.review_actions import REVIEW
from annotator.tui.review_queue import QueueKeys
from annotator.work.review_choices import QueueFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Load the database library; the screen is painted before that is done.
    from annotator.store.project import Project
    from annotator.work.review import ReviewSession


class ReviewScreen(QueueKeys):
    """Steps a lead through the disagreements of a round.

    Args:
        lead: The lead's name.
        keymap: The keys of the review.
        settings: How the lead likes the screens.
    """

    GROUPS = REVIEW
    # A settlement is written by the key of its reason, which is no action.
    LOOKING = frozenset(action.id for group in REVIEW for action in group.actions)

    def __init__(
        self, lead: str, keymap: Keymap | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__(lead, keymap)
        self._settings = settings or Settings()

    def begin(self, session: "ReviewSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_case()
        self.begin_work()

    # --- a coding of the lead's ------------------------------------------------------------------

    def do_coding_edit(self) -> None:
        """Ask what the new coding begins with; go on with one that was begun."""
        if self._begun:
            self._code_anew("")
            return
        self.panel = choice(
            "Begin a new coding with …",
            "It is kept until you settle the passage with it, also when you leave.",
            list(self._beginnings())[: len(DIGITS)],
        )

    def _beginnings(self) -> "Iterator[Option]":
        from annotator.work.review import EARLIER, PARTS, UNANIMOUS

        for letter in self._letters:
            yield Option(f"what {letter} says", "", partial(self._code_anew, letter))
        if self._session.chosen:
            yield Option("the parts taken so far", "", partial(self._code_anew, PARTS))
        if len(self._letters) > 1:
            yield Option("what all sides say alike", "", partial(self._code_anew, UNANIMOUS))
        if self._case.earlier is not None:
            yield Option("what was decided before", "", partial(self._code_anew, EARLIER))
        yield Option("nothing", "", partial(self._code_anew, ""))

    def _code_anew(self, start: str) -> None:
        """Go over to the coding screen.

        Args:
            start: What the coding begins with (`ReviewSession.edit`).
        """
        from annotator.tui.actions import CODING
        from annotator.tui.review_edit import SettlementScreen
        from annotator.work.session import CodingSession

        session = CodingSession(self._session.edit(start))
        keymap = keymap_of(CODING, self._settings)
        screen = SettlementScreen(self.lead, keymap, self._edited)
        screen.use_theme(self._settings.theme)
        screen.begin(session)
        self.app.push_screen(screen)

    def _edited(self, submitted: bool) -> None:
        """Take over from the coding screen."""
        self._begun = True
        if submitted:
            self.choosing = "Take the new coding"
        else:
            self.say(f"Kept; {self.key('coding.edit')} goes on with it.", neutral=True)
        self.paint()


def run_review(
    location: str,
    round_name: str | None,
    lead: str,
    settings: Settings,
    chosen: QueueFilter,
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
    screen = ReviewScreen(lead, keymap_of(REVIEW, settings), settings)
    screen.use_theme(settings.theme)

    def opening() -> "tuple[Project, Callable[[], None]]":
        from annotator.store.project import open_project
        from annotator.work.review import ReviewSession
        from annotator.work.rounds import round_named

        project = open_project(location)
        session = ReviewSession(project, round_named(project, round_name), lead, chosen)
        return project, lambda: screen.begin(session)

    run_app(WorkApp(screen, opening), mouse=settings.mouse)
