"""The list of a coder's own passages: narrowed by words, filled between keys."""

import time
from collections.abc import Callable

from annotator.store.desk_queue import OwnPassage
from annotator.tui.lines import Line, line, wrap
from annotator.tui.overlays import Chooser, Entry
from annotator.work.own_passages import KINDS, OwnPassages, kinds_of

_SECONDS_A_KEY = 0.04
"""How long a key may wait for the list before it goes on being filled without it."""

_COVERED = "(tagged as graphic by the lead)"
_WORDS = " ".join(kind.word for kind in KINDS)


class OwnList(Chooser):
    """A list of own passages to go to.

    Args:
        search: Begins to look for what is typed.
        open_passage: Opens the passage of an assignment.
        typed: What is looked for at first.
        here: The assignment of the passage that is open; the list begins at it.
    """

    def __init__(
        self,
        search: Callable[[str], OwnPassages],
        open_passage: Callable[[int], None],
        typed: str = "",
        here: int = 0,
    ) -> None:
        self._search = search
        self._open = open_passage
        self._here = here
        super().__init__(
            "Own passages",
            [],
            "No passage of yours is like that.",
            typed=typed,
            hint=f"{_WORDS}, or any words",
        )

    @property
    def reading(self) -> bool:
        """Whether there are passages that were not looked at yet."""
        return not self._passages.finished

    def type(self, text: str) -> None:
        """Look for something else."""
        self.typed, self.at, self.top = text, 0, 0
        self.found = []
        self._passages = self._search(text)
        self.fill()

    def fill(self) -> None:
        """Look at some more passages, for a moment."""
        until = time.monotonic() + _SECONDS_A_KEY
        while self.reading and time.monotonic() < until:
            for passage in self._passages.more():
                if passage.assignment_id == self._here and not self.at:
                    self.at = len(self.found)
                self.found.append(self._entry(passage))
        self.empty = "Still looking …" if self.reading else "No passage of yours is like that."

    def _entry(self, passage: OwnPassage) -> Entry:
        words = _COVERED if passage.graphic else " ".join(passage.text.split())
        kinds = kinds_of(passage)
        return Entry(
            f"{passage.ord}. {passage.report} ¶{passage.number}  {words[:200]}",
            lambda: self._open(passage.assignment_id),
            " ".join(kinds),
            lambda width: _about(passage, kinds, width),
        )


def _about(passage: OwnPassage, kinds: list[str], width: int) -> list[Line]:
    meant = {kind.word: kind.about for kind in KINDS}
    said = "; ".join(meant[kind] for kind in kinds)
    text = _COVERED if passage.graphic else passage.text[: 12 * width]
    lines = [line(said, "bold")] if said else []
    return [*lines, *(line(text[first:last]) for first, last in wrap(text, width))]
