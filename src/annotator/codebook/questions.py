"""A variable of a codebook file as conditions see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.codebook.entries import Entry
from annotator.codebook.model import PASSAGE, VariableType

TRUTH = ("true", "false")
"""The values of a yes_no variable in a condition."""

_MOST_STEPS = 20


@dataclass(slots=True)
class Question:
    """A variable as conditions see it.

    Args:
        entry: The variable.
        kind: Its type, if the file names one.
        unit: What it is asked about.
        codes: Its codes, each with whether it can still be chosen.
        wanted: Its own condition: variables it names and the values that meet it.
        masks: For each code the codes at and below it, once they are needed.
    """

    entry: Entry
    kind: VariableType | None
    unit: str
    codes: dict[str, bool]
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    masks: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry) -> "Question":
        """The question that a variable of the file asks; its condition is read later."""
        return cls(
            entry,
            entry.values.get("type"),
            entry.values.get("unit", PASSAGE),
            {code.id: not code.values.get("retired", False) for code in entry.codes},
        )

    def has(self, values: Sequence[str]) -> bool:
        """Whether it can have all of these values, retired or not."""
        return self.kind is VariableType.YES_NO or all(value in self.codes for value in values)

    def meeting(self, values: Sequence[str]) -> int:
        """The values that can still be given and meet a condition that wants `values`.

        They are a set in the bits of a number, so that many conditions on long lists of codes
        take little time.
        """
        if self.kind is VariableType.YES_NO:
            return sum(1 << TRUTH.index(value) for value in {*values} if value in TRUTH)
        if not self.masks:
            self.masks = self._masks()
        found = 0
        for value in values:
            found |= self.masks.get(value, 0)
        return found

    def _masks(self) -> dict[str, int]:
        """For each code the codes at and below it that can still be chosen."""
        masks = dict.fromkeys(self.codes, 0)
        parents = {code.id: code.values.get("parent", "") for code in self.entry.codes}
        for place, (code_id, usable) in enumerate(self.codes.items()):
            above, steps = code_id, 0
            # A tree that is deeper, or that lies inside itself, is a mistake noted elsewhere.
            while usable and above in masks and steps < _MOST_STEPS:
                masks[above] |= 1 << place
                above, steps = parents[above], steps + 1
        return masks
