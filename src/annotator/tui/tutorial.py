"""The tutorial on the coding screen: what to do next stands below the passage."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.config.settings import Settings
from annotator.tui.actions import CODING
from annotator.tui.app import run_coding_screen
from annotator.tui.cells import cells
from annotator.tui.coding import CodingScreen
from annotator.tui.key_names import shown_key
from annotator.tui.keymap import Keymap, keymap_of
from annotator.tui.lines import Line, cut, line, paragraph
from annotator.tui.registry import Action, Context, Group
from annotator.work.tutorial import Scene, Tutor
from annotator.work.tutorial_steps import STEPS
from annotator.work.work_clock import HABITS, Habits

if TYPE_CHECKING:
    from annotator.work.session import CodingSession

_FREE = ("^", "~")
"""Keys that no built-in keymap uses; the first that the config file leaves free is taken."""


def run_tutorial(location: str, coder: str, settings: Settings) -> None:
    """Lead a coder through the tutorial on the screen until they leave.

    Args:
        location: The tutorial's project.
        coder: The coder's name.
        settings: How the coder likes the screen.

    Raises:
        AnnotatorError: The project cannot be opened.
    """
    keymap = tutorial_keymap(settings)
    run_coding_screen(location, None, coder, settings, keymap, lambda: TutorialScreen)


def tutorial_keymap(settings: Settings) -> Keymap:
    """The keys of the coding screen as the config file has them, and one that skips a step."""
    taken = keymap_of(CODING, settings)
    free = [key for key in _FREE if taken.find(Context.ANSWERING, key) is None]
    skip = Action(
        "tutorial.skip",
        tuple(free[:1]),
        "Skip the step",
        "Go on to the next step of the tutorial without having done this one.",
    )
    return keymap_of((*CODING, Group("Tutorial", (skip,))), settings)


class TutorialScreen(CodingScreen):
    """The coding screen, with one step of the tutorial after the other below it.

    Args:
        coder: The coder's name.
        keymap: The keys (`tutorial_keymap`).
        habits: When a break is proposed, and when the text is hidden by itself.
    """

    def __init__(self, coder: str, keymap: Keymap | None = None, habits: Habits = HABITS) -> None:
        super().__init__(coder, keymap or tutorial_keymap(Settings()), habits)
        steps = [step for step in STEPS if all(map(self._has, step.actions))]
        self.tutor = Tutor(steps, self._key_here)
        self._praise = ""

    def begin(self, session: "CodingSession") -> None:
        """Show the session, with the first step."""
        self.session = session
        self.tutor.look(self._scene)
        super().begin(session)

    def do_tutorial_skip(self) -> None:
        """Go on to the next step."""
        self.tutor.skip(self._scene)

    def pinned_lines(self, width: int) -> list[Line]:
        """The step: what to do, and what is wrong so far."""
        if not self.ready:
            return []
        skip = f" {self.key('tutorial.skip')} skips it " if self.tutor.step else ""
        title = cut(f"{self._praise}{self.tutor.title}", width - cells(skip) - 1)
        rule = "─" * (width - cells(f"{title} {skip}"))
        lines = [
            line(f"{title} {rule}{skip}", "title"),
            *paragraph(self.tutor.task, width - 2, indent=1),
        ]
        if self.tutor.wrong:
            lines += paragraph(self.tutor.wrong, width - 2, "refused", indent=1)
        return lines

    # --- inside ----------------------------------------------------------------------------------

    def _key_here(self, action_id: str) -> str:
        """The key of an action where the coder is: in the text, its own one there."""
        in_text = self.keymap.text_keys(self.keymap.action(action_id)) if self.in_text else ()
        return shown_key(in_text[0]) if in_text else self.key(action_id)

    def _has(self, action_id: str) -> bool:
        return self.keymap.has(self.keymap.action(action_id))

    @property
    def _scene(self) -> Scene:
        over = self.panel or self.chooser
        return Scene(self._session, self.in_text, over.shown_by if over is not None else "")

    def _try(self, do: Callable[[], None]) -> None:
        """Do what a key or a click does, and see whether the step is done by it."""

        def done() -> None:
            do()
            if self.ready:
                self._praise = "Right. " if self.tutor.look(self._scene) else ""

        super()._try(done)
