"""The tutorial: a coder is told one thing to do after the other, until each is done.

Whether a step is done is read from where the session stands, never from the keys pressed, so every
way that leads there is right. The steps themselves stand in `annotator.work.tutorial_steps`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.work.session import CodingSession

KeyOf = Callable[[str], str]
"""For the id of an action: its key, or at plain prompts its command, as people read it."""

ANY = 0
"""In `Step.passage`: the step is done on whichever passage is open."""

_ACTION = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step is judged by.

    Attributes:
        session: The coder's session on the passages of the tutorial.
        in_text: Whether the coder is in the text, in the keymap that has that.
        shown: The id of the action that shows what lies over the passage; empty if nothing does.
    """

    session: CodingSession
    in_text: bool = False
    shown: str = ""


Wrong = Callable[[Scene], str | None]
"""What is wrong in a scene: None once a step is done, empty while it only is not done yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to learn by doing it.

    Attributes:
        title: What is learned, in a few words.
        passage: The number of the passage it is done on, or `ANY`.
        screen: What to do on the coding screen; `{answer.undo}` stands for the key of that action.
        plain: What to do at plain prompts; a step without it is left out there.
        wrong: What is still wrong in a scene.
    """

    title: str
    passage: int
    screen: str
    plain: str
    wrong: Wrong

    @property
    def actions(self) -> list[str]:
        """The ids of the actions whose keys it tells on the screen."""
        return _ACTION.findall(self.screen)


class Tutor:
    """Leads a coder through steps.

    Args:
        steps: The steps, in their order.
        key: The keys of the coder.
        plain: Whether they are at plain prompts.
    """

    def __init__(self, steps: Sequence[Step], key: KeyOf, *, plain: bool = False) -> None:
        self._steps = [step for step in steps if step.plain or not plain]
        self._key = key
        self._plain = plain
        self._at = 0
        self.wrong = ""
        """What is wrong with what the coder did for the step; empty if nothing is."""

    @property
    def step(self) -> Step | None:
        """The step to be done; None when all are."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    @property
    def title(self) -> str:
        """Which step it is and what it teaches."""
        if self.step is None:
            return "That was the last step"
        return f"Step {self._at + 1} of {len(self._steps)}: {self.step.title}"

    @property
    def task(self) -> str:
        """What to do, with the keys the coder has."""
        if self.step is None:
            known = "You know what a day of coding needs, and nothing of this is kept."
            return known if self._plain else self._keyed(f"{known} {{app.quit}} leaves.")
        return self._keyed(self.step.plain if self._plain else self.step.screen)

    def look(self, scene: Scene) -> bool:
        """Go on past every step that is done.

        Returns:
            Whether any was.
        """
        before, self.wrong = self._at, ""
        while (step := self.step) is not None:
            wrong = step.wrong(scene)
            if wrong is not None:
                self.wrong = self._keyed(self._elsewhere(step, scene) or wrong)
                break
            self._at += 1
        return self._at > before

    def skip(self, scene: Scene) -> None:
        """Leave the step undone and go on to the next."""
        self._at = min(self._at + 1, len(self._steps))
        self.look(scene)

    @staticmethod
    def _elsewhere(step: Step, scene: Scene) -> str:
        """That the coder is on another passage than the step, and the way there."""
        here = scene.session.item.number
        if step.passage in (here, ANY):
            return ""
        way = "{passage.next}" if here < step.passage else "{passage.previous}"
        return f"This is passage {here}, the step is on passage {step.passage}: {way} goes there."

    def _keyed(self, text: str) -> str:
        return _ACTION.sub(lambda found: self._key(found[1]), text)
