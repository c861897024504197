"""Which entries of a codebook cause trouble: where coders differ over them, doubt them or pass by.

An entry is a code, a question, a unit (its records are found or not), or a check. A passage of a
round is a sign of trouble of an entry, at most once of each kind (`Sign`). Entries are ranked by
their score: how many passages are a sign of any kind, and once more those that a lead settled as
“rule unclear”; among equals by their share of the passages the entry was used in, then in the order
of the codebook.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.codebook.model import Codebook
from annotator.codebook.problems import one_of
from annotator.errors import AnnotatorError


class EntryKind(StrEnum):
    """What of a codebook causes trouble."""

    CODE = "code"
    QUESTION = "question"
    UNIT = "unit"
    CHECK = "check"


class Sign(StrEnum):
    """How trouble shows in a passage.

    Attributes:
        DISAGREEMENT: Coders who have the same record answered differently; of a code, some of them
            gave it and some did not; of a unit, some have a record that others do not have.
        UNSURE: An answer is marked unsure.
        NOTE: An answer has a note.
        OVERRIDE: A check was let stand with a reason; where it warns, that counts for the answers
            it looks at, too.
        RULE_UNCLEAR: A lead settled a passage whose coders disagree in it because the rule is
            unclear.
        MERGED: A lead settled such a passage by merging what coders said, or by a new coding.
    """

    DISAGREEMENT = "disagreement"
    UNSURE = "unsure"
    NOTE = "note"
    OVERRIDE = "override"
    RULE_UNCLEAR = "rule_unclear"
    MERGED = "merged"

    @property
    def words(self) -> str:
        """The sign as the heading of a column."""
        return _HEADINGS[self]


_HEADINGS = {
    Sign.DISAGREEMENT: "Differ",
    Sign.UNSURE: "Unsure",
    Sign.NOTE: "Notes",
    Sign.OVERRIDE: "Overrides",
    Sign.RULE_UNCLEAR: "Unclear",
    Sign.MERGED: "Merged",
}


class Entry(NamedTuple):
    """An entry of a codebook.

    Attributes:
        kind: What it is.
        id: The id of the code, question, unit or check.
        variable: Of a code, the question it answers (`none` for a reason to have no record).
    """

    kind: EntryKind
    id: str
    variable: str = ""

    @property
    def name(self) -> str:
        """How a person names it: a code with its question."""
        return f"{self.variable}:{self.id}" if self.kind is EntryKind.CODE else self.id


class Where(NamedTuple):
    """A passage in a round: the round's name, the key of its report, its number."""

    round: str
    report: str
    number: int


class Sighting(NamedTuple):
    """A sign of trouble in a passage; `words` is a note or a reason that came with it, if any."""

    where: Where
    words: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The trouble an entry causes.

    Attributes:
        entry: The entry.
        label: What the codebook calls it.
        used: In how many passages a coder used it: gave the code, answered the question, made a
            record, was held up by the check.
        signs: For each sign that there is, where; passages in reading order of their rounds.
    """

    entry: Entry
    label: str
    used: int
    signs: Mapping[Sign, tuple[Sighting, ...]]

    def count(self, sign: Sign) -> int:
        """In how many passages there is a sign."""
        return len({one.where for one in self.signs.get(sign, ())})

    @property
    def passages(self) -> tuple[Where, ...]:
        """The passages with any sign, each once."""
        return tuple(dict.fromkeys(one.where for found in self.signs.values() for one in found))

    @property
    def score(self) -> int:
        """What entries are ranked by; see the module."""
        return len(self.passages) + self.count(Sign.RULE_UNCLEAR)

    @property
    def share(self) -> float:
        """The share of the passages it was used in that are a sign of trouble, 0 to 1."""
        return min(1.0, len(self.passages) / self.used) if self.used else 0.0

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "kind": self.entry.kind.value,
            "id": self.entry.id,
            "variable": self.entry.variable or None,
            "label": self.label,
            "score": self.score,
            "used": self.used,
            "passages": len(self.passages),
            "share": round(self.share, 6),
            "counts": {sign.value: self.count(sign) for sign in Sign},
            "signs": [
                {
                    "sign": sign.value,
                    "round": one.where.round,
                    "report": one.where.report,
                    "passage": one.where.number,
                    "words": one.words,
                }
                for sign, found in self.signs.items()
                for one in found
            ],
        }


@dataclass(frozen=True, slots=True)
class TroubleReport:
    """The trouble that a codebook causes.

    Attributes:
        codebook: The version that codings are read under: the latest any of them was made under.
        rounds: The rounds that were looked at.
        which: `first` or `latest` codings of each coder.
        notes: What was done to bring codings of several versions together, and what was left out,
            in sentences.
        n_passages: How many passages, counted in each round, have a coding.
        found: Every entry that causes trouble, the worst first.
    """

    codebook: Codebook
    rounds: tuple[str, ...]
    which: str
    notes: tuple[str, ...]
    n_passages: int
    found: tuple[Trouble, ...]

    def of_kinds(self, *kinds: EntryKind) -> tuple[Trouble, ...]:
        """Those of some kinds, the worst first."""
        return tuple(one for one in self.found if one.entry.kind in kinds)

    def named(self, name: str) -> Trouble:
        """The trouble of one entry.

        Args:
            name: `variable:code`, or an id alone where only one entry has it.

        Raises:
            AnnotatorError: The codebook has no entry of this name, or none of this name causes
                trouble, or several do.
        """
        exact = [one for one in self.found if one.entry.name == name]
        alike = exact or [one for one in self.found if one.entry.id == name]
        if not alike:
            raise AnnotatorError(self._why_none(name))
        if len(alike) > 1:
            names = ", ".join(one.entry.name for one in alike)
            raise AnnotatorError(f"“{name}” is several entries; name one of {names}.")
        return alike[0]

    def _why_none(self, name: str) -> str:
        """Why there is no trouble to tell of, in a sentence."""
        known = [*entries(self.codebook), *(one.entry for one in self.found)]
        if any(name in (one.name, one.id) for one in known):
            worst = ", ".join(one.entry.name for one in self.found[:_MOST_NAMED]) or "nothing"
            return f"“{name}” causes no trouble that can be seen; what causes most is: {worst}."
        book = f"{self.codebook.id} {self.codebook.version}"
        near = _nearest(name, known)
        hint = (
            f"did you mean {one_of(near)}?"
            if near
            else "`annotator codebook show` shows all there are."
        )
        return f"{book} has no entry “{name}”; {hint}"

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "codebook": {"id": self.codebook.id, "version": self.codebook.version},
            "rounds": list(self.rounds),
            "codings": self.which,
            "notes": list(self.notes),
            "passages": self.n_passages,
            "entries": [one.as_json() for one in self.found],
        }


_MOST_NAMED = 10
_MOST_NEAR = 3
_LONGEST_COMPARED = 100


def _nearest(name: str, known: Iterable[Entry]) -> list[str]:
    """The entries whose name, or id alone, most resembles a mistyped one; none if none does."""
    called: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in known:
        for word in (entry.name, entry.id):
            called[word][entry.name] = None
    near = get_close_matches(name[:_LONGEST_COMPARED].lower(), called, _MOST_NEAR)
    return list(dict.fromkeys(one for word in near for one in called[word]))[:_MOST_NEAR]


def ranked(found: Sequence[Trouble], codebook: Codebook) -> tuple[Trouble, ...]:
    """Those with any sign, the worst first; see the module.

    Args:
        found: Each entry's trouble, in any order.
        codebook: The codebook whose order decides among equals.
    """
    order = {entry: place for place, entry in enumerate(entries(codebook))}
    return tuple(
        sorted(
            (one for one in found if one.signs),
            key=lambda one: (-one.score, -one.share, order.get(one.entry, len(order)), one.entry),
        )
    )


def entries(codebook: Codebook) -> dict[Entry, str]:
    """Every entry of a codebook in its order, with its label."""
    found: dict[Entry, str] = {}
    for unit in codebook.units:
        if unit.within:
            found[Entry(EntryKind.UNIT, unit.id)] = unit.label
        for reason in unit.none_reasons:
            found[Entry(EntryKind.CODE, reason.id, "none")] = reason.label
    for variable in codebook.variables:
        found[Entry(EntryKind.QUESTION, variable.id)] = variable.name
        for code in variable.codes:
            found[Entry(EntryKind.CODE, code.id, variable.id)] = code.label
    for check in codebook.checks:
        found[Entry(EntryKind.CHECK, check.id)] = check.sentence
    return found
