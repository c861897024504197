"""Training at plain prompts: the known answer after each passage, and the result at the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.cli.entry import command
from annotator.cli.lines import Lines
from annotator.work.session import CodingSession

if TYPE_CHECKING:
    from annotator.work.lesson import Lesson

WHILE_LEARNING = "An empty line goes on to the next passage, .quit leaves."


class PlainLesson:
    """Tells a coder in training what was right.

    Args:
        session: The session.
        lines: Where it is said and asked.
    """

    def __init__(self, session: CodingSession, lines: Lines) -> None:
        self._session = session
        self._say = lines.say
        self._ask = lines.ask

    def teach(self, leave: Callable[[], None]) -> None:
        """Say the lesson that waits to be read, if one does, and wait for an empty line.

        Args:
            leave: Called if the coder leaves instead, or the input ends: it waits for them then.
        """
        lesson = self._session.lesson
        if lesson is None:
            return
        self._say()
        self._say(f"The known answer of passage {lesson.number} of {lesson.report}.")
        self._tell(lesson)
        self._say(WHILE_LEARNING)
        while line := self._ask():
            found = command(line)
            if found is not None and found.name == "quit":
                leave()
                return
            self._say(WHILE_LEARNING)
        if line is None:
            leave()
            return
        self._session.learned()
        self.result()

    def again(self) -> None:
        """Say the known answer of the open passage."""
        if why_not := self._session.why_no_lesson():
            self._say(why_not)
            return
        self._tell(self._session.known_here())

    def _tell(self, lesson: "Lesson") -> None:
        self._say(lesson.verdict)
        for one in lesson.differing:
            self._say(f"- {one.title}{'' if one.counts else ' (not counted)'}")
            self._say(f"    you: {one.given_words}")
            self._say(f"    the answer: {one.known_words}")
        if lesson.trap:
            self._say(f"Why it is hard: {lesson.trap}")
        if lesson.agreed:
            self._say("Both say:")
        for one in lesson.agreed:
            self._say(f"- {one.title}: {one.known_words}")

    def result(self) -> None:
        """Say how each code was met, once no passage is open."""
        result = None if self._session.progress.open else self._session.result
        if result is None:
            return
        self._say(result.sentence)
        for one in result.codes:
            self._say(f"- {one.title}: {one.found} found, {one.missed} missed, {one.added} added")
