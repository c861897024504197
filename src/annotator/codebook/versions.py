"""What changed from one version of a codebook to the next, item by item, and how much.

The table of levels is in docs/codebook.md. A change of wording cannot be told from a change of
meaning by machine; a code whose meaning changed says so itself (`redefined_in`).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from annotator.codebook.changes import ChangeKind, CodebookDiff, CodeChange, CodeMap, Item
from annotator.codebook.code_changes import Picker
from annotator.codebook.model import (
    Check,
    CheckKind,
    Code,
    Codebook,
    Condition,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)
from annotator.codebook.version_numbers import Level, version_of

_Ided = TypeVar("_Ided", Unit, Variable, Check)
_Found = tuple[Level, ChangeKind, str, bool]
"""A change of a known item: level, kind, what of it changed, whether to look again."""


def diff(old: Codebook, new: Codebook) -> CodebookDiff:
    """Every change from one version of a codebook to another.

    Nothing is found between a codebook and itself. Comments and layout of the file are no change.

    Args:
        old: The earlier version.
        new: The later one.
    """
    return CodebookDiff(
        old,
        new,
        (
            *_codebook(old, new),
            *_units(old, new),
            *_variables(old, new),
            *_checks(old, new),
        ),
    )


def code_map(old: Codebook, new: Codebook) -> CodeMap:
    """What the renamed and merged codes and reasons of an old version are called in a new one."""
    return {picker.owner: picker.map() for picker in pickers(old, new)}


def code_map_along(books: Sequence[Codebook]) -> CodeMap:
    """What the codes and reasons of a version are called after several changes.

    Args:
        books: The version they are of, each later one in order, and the one that counts.
    """
    first = books[0]
    lists = [(variable.id, variable.codes) for variable in first.variables]
    lists += [(unit.id, unit.none_reasons) for unit in first.units]
    found = {owner: {code.id: code.id for code in codes} for owner, codes in lists}
    for old, new in pairwise(books):
        names = code_map(old, new)
        for owner, called in found.items():
            step = names.get(owner, {})
            found[owner] = {code: step.get(now, now) for code, now in called.items()}
    return {
        owner: {code: now for code, now in called.items() if code != now}
        for owner, called in found.items()
    }


def pickers(old: Codebook, new: Codebook) -> Iterator[Picker]:
    """The lists of reasons and of codes that both versions have, each with both its states."""
    since, until = version_of(old), version_of(new)
    units = {unit.id: unit for unit in old.units}
    for unit in new.units:
        if unit.id in units:
            reasons = units[unit.id].none_reasons
            yield Picker(Item.REASON, unit.id, reasons, unit.none_reasons, since, until)
    variables = {variable.id: variable for variable in old.variables}
    for variable in new.variables:
        if variable.id in variables:
            codes = variables[variable.id].codes
            yield Picker(Item.CODE, variable.id, codes, variable.codes, since, until)


# --- the codebook itself -------------------------------------------------------------------------


def _codebook(old: Codebook, new: Codebook) -> Iterator[CodeChange]:
    if old.id != new.id:
        yield CodeChange(
            Level.MAJOR,
            ChangeKind.CHANGED,
            Item.CODEBOOK,
            "",
            (old.id,),
            (new.id,),
            f"another codebook: {old.id} became {new.id}",
        )
    names = _differing(old, new, "title", "description", "language")
    if names:
        yield _reworded(Item.CODEBOOK, new.id, names)


def _differing(old: object, new: object, *names: str) -> list[str]:
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def _reworded(item: Item, id_: str, names: Sequence[str]) -> CodeChange:
    said = f"{id_}: {', '.join(names)} changed"
    return CodeChange(Level.PATCH, ChangeKind.REWORDED, item, "", (id_,), (id_,), said)


def _pairs(
    old: Sequence[_Ided], new: Sequence[_Ided]
) -> tuple[list[tuple[_Ided | None, _Ided]], list[_Ided]]:
    """Each new item with the old one of the same id, and the old ones that are gone."""
    before = {item.id: item for item in old}
    after = {item.id for item in new}
    return [(before.get(item.id), item) for item in new], [
        item for item in old if item.id not in after
    ]


def _order_changed(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what both lists have stands in another order."""
    both = set(old) & set(new)
    return [name for name in old if name in both] != [name for name in new if name in both]


def _changes(item: Item, id_: str, found: Iterator[_Found]) -> Iterator[CodeChange]:
    for level, kind, said, look_again in found:
        yield CodeChange(level, kind, item, "", (id_,), (id_,), f"{id_}: {said}", look_again)


def _removed(item: Item, id_: str, level: Level) -> CodeChange:
    said = f"the {item} {id_} was removed"
    return CodeChange(level, ChangeKind.REMOVED, item, "", (id_,), (), said)


def _added(item: Item, id_: str, level: Level, more: str = "") -> CodeChange:
    said = f"the {item} {id_} was added{more}"
    return CodeChange(level, ChangeKind.ADDED, item, "", (), (id_,), said)


# --- units ---------------------------------------------------------------------------------------


def _units(old: Codebook, new: Codebook) -> Iterator[CodeChange]:
    found = {picker.owner: picker for picker in pickers(old, new) if picker.item is Item.REASON}
    pairs, gone = _pairs(old.units, new.units)
    for before, after in pairs:
        if before is None:
            yield _added(Item.UNIT, after.id, Level.MINOR)
        else:
            yield from _changes(Item.UNIT, after.id, _unit(before, after))
            yield from found[after.id].changes()
    for unit in gone:
        yield _removed(Item.UNIT, unit.id, Level.MAJOR)
    if _order_changed([unit.id for unit in old.units], [unit.id for unit in new.units]):
        yield _reworded(Item.CODEBOOK, new.id, ["the order of units"])


def _unit(old: Unit, new: Unit) -> Iterator[_Found]:
    if old.within != new.within:
        said = f"it lies in {new.within} instead of {old.within}"
        yield Level.MAJOR, ChangeKind.CHANGED, said, True
    yield from _evidence(old.evidence, new.evidence)
    if new.none_reasons and not old.none_reasons:
        said = "a reason for finding none is now asked for"
        yield Level.MAJOR, ChangeKind.CHANGED, said, False
    if old.label != new.label:
        yield Level.PATCH, ChangeKind.REWORDED, "label changed", False
    yield from _code_order(old.none_reasons, new.none_reasons, {}, ranked=False)


def _evidence(old: EvidenceRule, new: EvidenceRule) -> Iterator[_Found]:
    if old is new:
        return
    level = Level.MAJOR if new is EvidenceRule.REQUIRED else Level.MINOR
    yield level, ChangeKind.CHANGED, f"evidence is {new} instead of {old}", False


def _code_order(
    old: Sequence[Code], new: Sequence[Code], mapped: Mapping[str, str], *, ranked: bool
) -> Iterator[_Found]:
    before = list(dict.fromkeys(mapped.get(code.id, code.id) for code in old))
    if _order_changed(before, [code.id for code in new]):
        if ranked:
            said = "its codes stand in another order, which is what a scale means"
            yield Level.MAJOR, ChangeKind.REDEFINED, said, True
        else:
            yield Level.PATCH, ChangeKind.REWORDED, "the order of its codes changed", False


# --- variables -----------------------------------------------------------------------------------


def _variables(old: Codebook, new: Codebook) -> Iterator[CodeChange]:
    found = {picker.owner: picker for picker in pickers(old, new) if picker.item is Item.CODE}
    maps = code_map(old, new)
    pairs, gone = _pairs(old.variables, new.variables)
    for before, after in pairs:
        if before is None:
            level = Level.MAJOR if after.required else Level.MINOR
            yield _added(Item.VARIABLE, after.id, level, ", required" if after.required else "")
        else:
            yield from _changes(Item.VARIABLE, after.id, _variable(before, after, maps))
            yield from found[after.id].changes()
    for variable in gone:
        yield _removed(Item.VARIABLE, variable.id, Level.MAJOR)
    asked = ([variable.id for variable in book.variables] for book in (old, new))
    if _order_changed(*asked):
        yield _reworded(Item.CODEBOOK, new.id, ["the order of questions"])


def _variable(old: Variable, new: Variable, maps: CodeMap) -> Iterator[_Found]:
    major, minor, changed = Level.MAJOR, Level.MINOR, ChangeKind.CHANGED
    mapped = maps.get(new.id, {})
    if old.type is not new.type:
        yield major, changed, f"its type is {new.type} instead of {old.type}", True
    if old.unit != new.unit:
        yield major, changed, f"it is asked about {new.unit} instead of {old.unit}", True
    if old.link_to != new.link_to:
        said = f"it links to {new.link_to or 'nothing'} instead of {old.link_to or 'nothing'}"
        yield major, changed, said, True
    if old.required != new.required:
        said = "it is now required" if new.required else "it is no longer required"
        yield (major if new.required else minor), changed, said, False
    if _meaning(old.when, maps) != _meaning(new.when, {}):
        yield major, changed, "when it is asked changed", False
    yield from _evidence(old.evidence, new.evidence)
    yield from _bounds(old, new)
    if _carried_value(old.default, mapped) != new.default:
        yield minor, changed, "its default changed", False
    if names := _differing(old, new, "question", "label", "help", "cues", "candidates"):
        yield Level.PATCH, ChangeKind.REWORDED, f"{', '.join(names)} changed", False
    ranked = VariableType.SCALE in (old.type, new.type)
    yield from _code_order(old.codes, new.codes, mapped, ranked=ranked)


def _bounds(old: Variable, new: Variable) -> Iterator[_Found]:
    infinite = float("inf")
    low, high = (
        tuple(edge if value is None else value for value in values)
        for values, edge in (
            ((old.minimum, new.minimum), -infinite),
            ((old.maximum, new.maximum), infinite),
        )
    )
    if low[0] == low[1] and high[0] == high[1]:
        return
    narrower = low[1] > low[0] or high[1] < high[0]
    said = f"its bounds became {'narrower' if narrower else 'wider'}"
    yield (Level.MAJOR if narrower else Level.MINOR), ChangeKind.CHANGED, said, narrower


def _meaning(condition: Condition | None, maps: CodeMap) -> dict[str, frozenset[str]] | None:
    """What meets a condition, with the codes it names as the new version calls them."""
    if condition is None:
        return None
    return {
        name: frozenset(maps.get(name, {}).get(value, value) for value in values)
        for name, values in condition
    }


def _carried_value(value: object, mapped: Mapping[str, str]) -> object:
    """A value of plain data with the codes in it as the new version calls them."""
    if isinstance(value, str):
        return mapped.get(value, value)
    if isinstance(value, list | tuple):
        return [_carried_value(item, mapped) for item in value]
    return value


# --- checks --------------------------------------------------------------------------------------


def _checks(old: Codebook, new: Codebook) -> Iterator[CodeChange]:
    maps = code_map(old, new)
    pairs, gone = _pairs(old.checks, new.checks)
    for before, after in pairs:
        if before is None:
            blocks = after.kind is CheckKind.ERROR
            more = ", which blocks" if blocks else ""
            yield _added(Item.CHECK, after.id, Level.MAJOR if blocks else Level.MINOR, more)
        else:
            yield from _changes(Item.CHECK, after.id, _check(before, after, maps))
    for check in gone:
        yield _removed(Item.CHECK, check.id, Level.MINOR)
    if _order_changed([check.id for check in old.checks], [check.id for check in new.checks]):
        yield _reworded(Item.CODEBOOK, new.id, ["the order of checks"])


def _check(old: Check, new: Check, maps: CodeMap) -> Iterator[_Found]:
    if old.kind is not new.kind:
        level = Level.MAJOR if new.kind is CheckKind.ERROR else Level.MINOR
        yield level, ChangeKind.CHANGED, f"it is a check of kind {new.kind}, not {old.kind}", False
    if _watched(old, maps) != _watched(new, {}):
        level = Level.MAJOR if new.kind is CheckKind.ERROR else Level.MINOR
        yield level, ChangeKind.CHANGED, "when it fires changed", False
    if _given(old, maps) != _given(new, {}):
        yield Level.MINOR, ChangeKind.CHANGED, "what it offers changed", False
    if old.sentence != new.sentence:
        yield Level.PATCH, ChangeKind.REWORDED, "its sentence changed", False


def _watched(check: Check, maps: CodeMap) -> object:
    # An option may name codes without saying of which variable.
    everywhere = {old: new for owner in maps.values() for old, new in owner.items()}
    return (
        check.unit,
        [_meaning(condition, maps) for condition in check.when],
        [_meaning(condition, maps) for condition in check.unless],
        check.test,
        {name: _carried_value(value, everywhere) for name, value in check.options.items()},
    )


def _given(check: Check, maps: CodeMap) -> list[tuple[str, object]]:
    return [(name, _carried_value(value, maps.get(name, {}))) for name, value in check.give]
