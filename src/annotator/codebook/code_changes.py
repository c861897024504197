"""What changed among the codes of one picker, and which old codes each new one stands for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from annotator.codebook.changes import ChangeKind, CodeChange, Item, listed
from annotator.codebook.model import Code
from annotator.codebook.version_numbers import Level, Version, parts_of

FIELD_LEVELS: Mapping[str, Level] = {
    "label": Level.PATCH,
    "key": Level.PATCH,
    "definition": Level.PATCH,
    "include": Level.PATCH,
    "exclude": Level.PATCH,
    "examples": Level.PATCH,
    "not_examples": Level.PATCH,
    "aliases": Level.PATCH,
    "cues": Level.PATCH,
    "renamed_from": Level.PATCH,
    "merged_from": Level.PATCH,
    "split_from": Level.PATCH,
    "redefined_in": Level.PATCH,
    "parent": Level.MINOR,
    "valid_from": Level.MINOR,
    "valid_to": Level.MINOR,
    "retired": Level.MINOR,
}
"""How much it is that a field of a code differs; its `id` is what codes are matched by."""

_HISTORY = ("renamed_from", "merged_from", "split_from", "redefined_in")


@dataclass(slots=True)
class Picker:
    """The codes of one variable, or the reasons of one unit, in two versions.

    Args:
        item: Whether they are codes or reasons.
        owner: The id of the variable or unit.
        old: The codes of the earlier version.
        new: The codes of the later version.
        since: The number of the earlier version.
        until: The number of the later version.
    """

    item: Item
    owner: str
    old: Sequence[Code]
    new: Sequence[Code]
    since: Version
    until: Version
    _old_by_id: dict[str, Code] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._old_by_id = {code.id: code for code in self.old}

    def taken_over(self, code: Code) -> tuple[str, ...]:
        """The old codes, under other ids, that a new code says it stands for."""
        named = (code.renamed_from, *code.merged_from)
        return tuple(old for old in dict.fromkeys(named) if old in self._old_by_id)

    def map(self) -> dict[str, str]:
        """What each renamed or merged old code is called now."""
        return {old: code.id for code in self.new for old in self.taken_over(code)}

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The new codes that each old code was split into."""
        found: dict[str, tuple[str, ...]] = {}
        for code in self.new:
            if code.split_from in self._old_by_id and code.id not in self._old_by_id:
                found[code.split_from] = (*found.get(code.split_from, ()), code.id)
        return found

    def redefined(self, code: Code) -> bool:
        """Whether a new code says that its meaning changed between the two versions."""
        return bool(code.redefined_in) and self.since < parts_of(code.redefined_in) <= self.until

    def changes(self) -> Iterator[CodeChange]:
        """Every change, in the order of the new codes, then what is gone."""
        came_from = {code.id: self.taken_over(code) for code in self.new}
        mapped, parts = self.map(), self.parts()
        there = {code.id for code in self.new}
        for code in self.new:
            yield from self._changes_of(code, came_from[code.id], mapped, parts)
        for old, into in parts.items():
            stays = " and keeps the rest" if old in there else ""
            yield self._change(
                Level.MAJOR,
                ChangeKind.SPLIT,
                (old,),
                (*((old,) if old in there else ()), *into),
                f"{old} was split into {listed(into)}{stays}",
                look_again=True,
            )
        for code in self.old:
            if code.id not in there and code.id not in mapped and code.id not in parts:
                yield self._change(
                    Level.MAJOR,
                    ChangeKind.REMOVED,
                    (code.id,),
                    (),
                    f"{code.id} was removed",
                    look_again=True,
                )

    def _changes_of(
        self,
        code: Code,
        sources: tuple[str, ...],
        mapped: Mapping[str, str],
        parts: Mapping[str, tuple[str, ...]],
    ) -> Iterator[CodeChange]:
        kept = self._old_by_id.get(code.id)
        new = (code.id,)
        explained: set[str] = set()
        if sources and (kept or set(code.merged_from) & set(sources)):
            explained |= {"renamed_from", "merged_from"}
            into = f"into {code.id}"
            all_old = (*((code.id,) if kept else ()), *sources)
            yield self._change(
                Level.MAJOR, ChangeKind.MERGED, all_old, new, f"{listed(sources)} merged {into}"
            )
        elif sources:
            explained.add("renamed_from")
            said = f"{sources[0]} is now called {code.id}"
            yield self._change(Level.MINOR, ChangeKind.RENAMED, sources, new, said)
            kept = self._old_by_id[sources[0]]
        elif kept is None and code.id not in parts.get(code.split_from, ()):
            yield self._change(Level.MINOR, ChangeKind.ADDED, (), new, f"{code.id} was added")
        if kept is not None and self.redefined(code):
            explained.add("redefined_in")
            yield self._change(
                Level.MAJOR,
                ChangeKind.REDEFINED,
                (kept.id,),
                new,
                f"{code.id} has another meaning since {code.redefined_in}",
                look_again=True,
            )
        if kept is not None:
            yield from self._fields(kept, code, mapped, explained)

    def _fields(
        self, old: Code, new: Code, mapped: Mapping[str, str], explained: set[str]
    ) -> Iterator[CodeChange]:
        differing = [
            one.name
            for one in fields(Code)
            if one.name not in {"id", *explained}
            and getattr(new, one.name) != _carried(old, one.name, mapped)
        ]
        for level, kind in ((Level.MINOR, ChangeKind.CHANGED), (Level.PATCH, ChangeKind.REWORDED)):
            names = [name for name in differing if FIELD_LEVELS[name] is level]
            if level is Level.PATCH and names and set(names) <= set(_HISTORY):
                said = f"{new.id}: the note on its history"
            else:
                said = f"{new.id}: {', '.join(names)}"
            if names:
                yield self._change(level, kind, (old.id,), (new.id,), f"{said} changed")

    def _change(
        self,
        level: Level,
        kind: ChangeKind,
        old: tuple[str, ...],
        new: tuple[str, ...],
        said: str,
        *,
        look_again: bool = False,
    ) -> CodeChange:
        where = self.owner if self.item is Item.CODE else f"reasons for no {self.owner}"
        return CodeChange(
            level, kind, self.item, self.owner, old, new, f"{where}: {said}", look_again
        )


def _carried(old: Code, name: str, mapped: Mapping[str, str]) -> object:
    """A field of an old code as it reads in the new version."""
    value = getattr(old, name)
    return mapped.get(value, value) if name == "parent" else value
