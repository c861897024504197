"""A coder's own passages in a list: kinds to keep, words to look for, a page at a time.

Looking through all texts of a large queue takes longer than a key may, so a list is filled piece by
piece: each call of `more` reads some passages on and returns what it found among them.
"""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotator.coding.folding import folded, stretches_of
from annotator.store.desk import OwnPassage
from annotator.work.desk_like import DeskLike

PAGE = 250
"""Passages read at a time."""


class Kind(NamedTuple):
    """One kind of own passage: the word that keeps it, what it means, and the test."""

    word: str
    about: str
    holds: Callable[[OwnPassage], bool]


def _written(passage: OwnPassage) -> str:
    return passage.draft or passage.submitted


def _has(mark: str) -> Callable[[OwnPassage], bool]:
    # Canonical JSON: a quotation mark inside a text is escaped, so this is found as a name only.
    return lambda passage: mark in _written(passage)


KINDS = (
    Kind("open", "not coded yet", lambda one: not one.done and not one.skipped),
    Kind("begun", "begun and not submitted", lambda one: bool(one.draft) and not one.done),
    Kind("done", "submitted", lambda one: one.done),
    Kind("changed", "changed since submitted", lambda one: one.done and _is_changed(one)),
    Kind("flagged", "flagged for the lead", lambda one: one.flagged),
    Kind("skipped", "given back to the lead", lambda one: one.skipped),
    Kind("unsure", "with an answer marked as unsure", _has('"unsure":true')),
    Kind("warned", "where a warning was let stand", _has('"overrides":')),
    Kind("noted", "with a note", _has('"note":')),
)
"""What a list of own passages can be narrowed to, by a word of its own."""


def _is_changed(passage: OwnPassage) -> bool:
    return bool(passage.draft) and json.loads(passage.draft) != json.loads(passage.submitted)


def kinds_of(passage: OwnPassage) -> list[str]:
    """The words of the kinds a passage is of."""
    return [kind.word for kind in KINDS if kind.holds(passage)]


class OwnPassages:
    """The passages of a desk that are of some kinds and hold some words.

    Args:
        desk: The coder's desk.
        wanted: What is looked for: words of `KINDS` keep those, every other word must stand in the
            passage or in the name of its report.
        most: The list ends after so many.
    """

    def __init__(self, desk: DeskLike, wanted: str, most: int = 200) -> None:
        by_word = {kind.word: kind for kind in KINDS}
        words = wanted.split()
        self._kinds = [by_word[word] for word in words if word in by_word]
        self._words = [word for word in words if word not in by_word]
        self._desk = desk
        self._most = most
        self._after = 0
        self.found: list[OwnPassage] = []
        self.finished = False

    def more(self) -> list[OwnPassage]:
        """Read on; what was found is at the end of `found` too. Empty pages are no end."""
        if self.finished:
            return []
        page = self._desk.passages(self._after, PAGE)
        new = list(self._kept(page))[: self._most - len(self.found)]
        self.found += new
        self._after = page[-1].ord if page else self._after
        self.finished = len(page) < PAGE or len(self.found) >= self._most
        return new

    def _kept(self, page: list[OwnPassage]) -> Iterator[OwnPassage]:
        for one in page:
            if all(kind.holds(one) for kind in self._kinds) and all(
                word in folded(one.report) or stretches_of(word, one.text)
                for word in map(folded, self._words)
            ):
                yield one
