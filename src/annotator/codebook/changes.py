"""A change between two versions of a codebook, as a value: what, how much, and in a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotator.codebook.model import Codebook
from annotator.codebook.version_numbers import Level, parts_of, raised, version_of


class Item(StrEnum):
    """What part of a codebook a change is about."""

    CODEBOOK = "codebook"
    UNIT = "unit"
    REASON = "reason"
    VARIABLE = "variable"
    CODE = "code"
    CHECK = "check"


class ChangeKind(StrEnum):
    """What happened to an item; `changed` is a rule, `reworded` is what people read."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    REDEFINED = "redefined"
    CHANGED = "changed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change of one item.

    Args:
        level: How much it is.
        kind: What happened.
        item: What it happened to.
        owner: The variable of a code, the unit of a reason; else empty.
        old: The ids it had in the old version; empty if it was not there.
        new: The ids it has in the new version; empty if it is gone.
        sentence: The change in words, without a full stop.
        look_again: Whether codings that used an old id must be looked at again.
    """

    level: Level
    kind: ChangeKind
    item: Item
    owner: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    sentence: str
    look_again: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "level": self.level.word,
            "kind": self.kind.value,
            "item": self.item.value,
            "of": self.owner or None,
            "old": list(self.old),
            "new": list(self.new),
            "sentence": self.sentence,
            "look_again": self.look_again,
        }


@dataclass(frozen=True, slots=True)
class CodebookDiff:
    """Everything that changed from one version of a codebook to another.

    Args:
        old: The earlier version.
        new: The later one.
        changes: The changes, in the order of the new codebook; what is gone comes last of its
            kind.
    """

    old: Codebook
    new: Codebook
    changes: tuple[CodeChange, ...]

    @property
    def level(self) -> Level:
        """The level of the greatest change."""
        return max((change.level for change in self.changes), default=Level.NONE)

    @property
    def least_version(self) -> str:
        """The lowest version that the new codebook may have."""
        return raised(self.old.version, self.level)

    @property
    def version_problem(self) -> str:
        """What is wrong with the number of the new version, in a sentence; empty if nothing is.

        The numbers of two codebooks with different ids have nothing to do with each other.
        """
        least = self.least_version
        if self.old.id != self.new.id or version_of(self.new) >= parts_of(least):
            return ""
        if self.level is Level.NONE:
            return (
                f"{self.new.id} {self.new.version} is an earlier number than {self.old.version}, "
                f"of which it differs in nothing; write version: {least}."
            )
        count = sum(change.level is self.level for change in self.changes)
        first = next(change for change in self.changes if change.level is self.level)
        more = f" and {count - 1} more" if count > 1 else ""
        return (
            f"{self.new.id} {self.new.version} has a {self.level.word} change since "
            f"{self.old.version} ({first.sentence}{more}), so its number must be {least} or "
            f"higher; write version: {least}."
        )

    @property
    def question(self) -> str:
        """What the numbers say and the changes do not, in a sentence; empty if they agree.

        A number raised by a major version for nothing but lesser changes most often means that a
        code was given another meaning and nobody wrote so.
        """
        major_raised = version_of(self.new)[0] > version_of(self.old)[0]
        if self.old.id != self.new.id or not major_raised or self.level is Level.MAJOR:
            return ""
        return (
            f"The number says that codings mean something else since {self.old.version}, but no "
            "change does; where a code has another meaning, give it "
            f"redefined_in: {self.new.version}, or its codings are not looked at again."
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "codebook": self.new.id,
            "old": {"version": self.old.version, "sha256": self.old.sha256},
            "new": {"version": self.new.version, "sha256": self.new.sha256},
            "level": self.level.word,
            "least_version": self.least_version,
            "version_problem": self.version_problem or None,
            "question": self.question or None,
            "changes": [change.as_json() for change in self.changes],
        }


CodeMap = Mapping[str, Mapping[str, str]]
"""For each variable or unit: what each code or reason of the old version that was renamed or
merged is called in the new one."""


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
