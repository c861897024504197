"""The tutorial at plain prompts: before each prompt, what to do next."""

from typing import TextIO

from annotator.cli.entry import command
from annotator.cli.lines import Lines
from annotator.work.session import CodingSession
from annotator.work.tutorial import Scene, Tutor
from annotator.work.tutorial_steps import STEPS

_SKIP = "pass"
_HELP = "help"
_COMMANDS = {
    "answer.undo": ".undo",
    "passage.next": ".next",
    "passage.previous": ".prev",
}
"""What does at plain prompts what these actions do on the screen."""


class TutorialLines(Lines):
    """A conversation in which every question to the coder is preceded by a step of the tutorial.

    Args:
        session: The session on the tutorial's project.
        source: Where lines are read from; standard input by default.
        target: Where lines are written to; standard output by default.
    """

    def __init__(
        self, session: CodingSession, source: TextIO | None = None, target: TextIO | None = None
    ) -> None:
        super().__init__(source, target)
        self._session = session
        self._tutor = Tutor(STEPS, _COMMANDS.__getitem__, plain=True)
        self._told = ""
        self._shown = ""

    def ask(self) -> str | None:
        """Say what to do, or what is wrong so far, and read a line; `.pass` skips a step."""
        while True:
            self._tell()
            text = super().ask()
            typed = command(text or "")
            self._shown = "show.keys" if typed is not None and typed.name == _HELP else ""
            if typed is None or typed.name != _SKIP:
                return text
            self._tutor.skip(self._scene)

    def close(self) -> None:
        """Say that all steps are done, if the last one ended the conversation."""
        self._tutor.look(self._scene)
        if self._tutor.step is None and self._told != self._tutor.title:
            self._tell()

    @property
    def _scene(self) -> Scene:
        return Scene(self._session, shown=self._shown)

    def _tell(self) -> None:
        done = self._tutor.look(self._scene)
        title = self._tutor.title
        if title != self._told:
            self.say()
            self.say(f"{'Right. ' if done else ''}{title}. {self._tutor.task}")
            if not self._told:
                self.say(f".{_SKIP} skips a step, .quit leaves.")
            self._told = title
        elif self._tutor.step is not None:
            self.say(f"Not yet. {self._tutor.wrong or self._tutor.task}")
