"""Codings made under one version of a codebook, read under a later one.

Renamed and merged codes are replaced by the codes that stand for them now. Whatever has no place in
the later version is left out of the form and listed instead, whole and as it was, so nothing is
lost without a word; an answer of several codes of which one has no place is left out whole,
because the rest of it is not what the coder said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from annotator.codebook.changes import CodeMap, Item
from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.codebook.versions import code_map, diff
from annotator.coding.form import FormError, value_from_form

Form = Mapping[str, Any]
"""A coding, or one of its records, as plain data (`annotator.coding.form`)."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about one answer, or a whole record, of a coding that was migrated.

    Args:
        record: The id of the record; empty for the passage.
        name: The variable, or the unit of records; `none` and `overrides` are named so too.
        form: What stood there before, as plain data.
        sentence: What became of it, without a full stop.
        look_again: Whether the coding must be looked at again.
    """

    record: str
    name: str
    form: object
    sentence: str
    look_again: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """A coding under a later version of its codebook.

    Args:
        form: What of it has a place there, as plain data.
        changed: Answers whose codes were replaced.
        lost: Answers and records that have no place there and are not in the form.
        unclear: Answers that are in the form as they were, but use a code that was split or has
            another meaning now.
    """

    form: dict[str, Any]
    changed: tuple[Note, ...] = ()
    lost: tuple[Note, ...] = ()
    unclear: tuple[Note, ...] = ()

    @property
    def look_again(self) -> tuple[Note, ...]:
        """Why the coding must be looked at again; empty if it need not be."""
        return tuple(note for note in (*self.lost, *self.unclear) if note.look_again)


def migrated(form: Form, old: Codebook, new: Codebook) -> Migrated:
    """One coding under a later version of its codebook; see `Migration` for many.

    Args:
        form: The coding as plain data, valid under `old`. It is not changed.
        old: The codebook it was made under.
        new: The later version.
    """
    return Migration(old, new).of(form)


def migrated_along(form: Form, steps: Iterable["Migration"]) -> Migrated:
    """One coding through several versions, one after the other.

    Args:
        form: The coding as plain data, valid under the first version.
        steps: From each version to the next; none leave the coding as it is.
    """
    found = Migrated(dict(form))
    for step in steps:
        after = step.of(found.form)
        found = Migrated(
            after.form,
            (*found.changed, *after.changed),
            (*found.lost, *after.lost),
            (*found.unclear, *after.unclear),
        )
    return found


def steps(books: Sequence[Codebook]) -> list["Migration"]:
    """From each of some versions, given in order, to the next."""
    return [Migration(old, new) for old, new in pairwise(books)]


class Migration:
    """From one version of a codebook to a later one, for any number of codings.

    Args:
        old: The version the codings were made under.
        new: The later version.
    """

    def __init__(self, old: Codebook, new: Codebook) -> None:
        self.old = old
        self.new = new
        self.diff = diff(old, new)
        self.codes: CodeMap = code_map(old, new)
        self._variables = {variable.id: variable for variable in new.variables}
        self._units = {unit.id: unit for unit in new.units}
        self._reasons = {reason.id for unit in new.units for reason in unit.none_reasons}
        self._choices = {item.id: {code.id for code in item.codes} for item in new.variables}
        # Why codings that used a code, or answered a variable at all, must be looked at again.
        self._again: dict[tuple[str, str], str] = {}
        for change in self.diff.changes:
            for old_id in change.old if change.look_again else ():
                inside = change.item in (Item.CODE, Item.REASON)
                key = (change.owner, old_id) if inside else (old_id, "")
                self._again.setdefault(key, change.sentence)

    def of(self, form: Form) -> Migrated:
        """One coding under the new version; `form` is not changed."""
        notes = _Notes()
        made = self._record(form, PASSAGE, notes)
        if "none" in made:
            self._none(made, notes)
        if "overrides" in made:
            _drop_overrides(made, notes)
        return Migrated(made, tuple(notes.changed), tuple(notes.lost), tuple(notes.unclear))

    def _record(self, form: Form, unit: str, notes: "_Notes") -> dict[str, Any]:
        made: dict[str, Any] = {}
        record_id = str(form.get("id", ""))
        inner = {item.id for item in self.old.units_in(unit)}
        asked = {variable.id: variable for variable in self.old.variables_of(unit)}
        for name, value in form.items():
            if name in inner:
                there = self._units.get(name)
                if there is not None and there.within == unit:
                    made[name] = [self._record(item, name, notes) for item in value]
                else:
                    said = f"records of {name} have no place in {unit} any more"
                    notes.lost.append(Note(record_id, name, value, said, there is not None))
            elif name in asked:
                carried = self._answer(value, asked[name], record_id, notes)
                if carried is not None:
                    made[name] = carried
            else:
                made[name] = value
        return made

    def _answer(self, form: Any, old: Variable, record_id: str, notes: "_Notes") -> Any:
        """An answer as it reads now; None where it is lost."""
        note = Note(record_id, old.id, form, "")
        new = self._variables.get(old.id)
        if new is None:
            notes.lost.append(replace(note, sentence=f"{old.id} is no longer asked"))
            return None
        if (old.type, old.unit, old.link_to) != (new.type, new.unit, new.link_to):
            notes.lost.append(replace(note, sentence=self._again[old.id, ""], look_again=True))
            return None
        is_answer = isinstance(form, Mapping) and form.keys() & {"value", "state"}
        value = form.get("value") if is_answer else form
        if value is None:
            return form
        if new.type.has_codes:
            now = self._codes(value, new, note, notes)
            if now is None:
                return None
            return {**form, "value": now} if is_answer else now
        if new.type is VariableType.NUMBER and not _fits(value, new):
            said = f"{value} is outside the bounds of {old.id}"
            notes.lost.append(replace(note, sentence=said, look_again=True))
            return None
        return form

    def _codes(self, value: Any, new: Variable, note: Note, notes: "_Notes") -> Any:
        """A code, or a list of them, as it is called now; None where one of them has no place."""
        given = list(value) if isinstance(value, list | tuple) else [value]
        names = self.codes.get(new.id, {})
        now = list(dict.fromkeys(names.get(code, code) for code in given))
        reasons = [self._again.get((new.id, code), "") for code in given]
        reason = next(filter(None, reasons), self._again.get((new.id, ""), ""))
        if any(code not in self._choices[new.id] for code in now):
            notes.lost.append(replace(note, sentence=reason, look_again=True))
            return None
        if reason:
            notes.unclear.append(replace(note, sentence=reason, look_again=True))
        if now != given:
            replaced = ", ".join(f"{code} is now {names[code]}" for code in given if code in names)
            notes.changed.append(replace(note, sentence=f"{new.id}: {replaced}"))
        return now if isinstance(value, list | tuple) else now[0]

    def _none(self, made: dict[str, Any], notes: "_Notes") -> None:
        given = made["none"]
        if not given:
            return
        owners = [
            unit.id
            for unit in self.old.units
            if any(reason.id == given for reason in unit.none_reasons)
        ]
        now = next(
            (names[given] for unit in owners if given in (names := self.codes.get(unit, {}))), given
        )
        reason = next(filter(None, (self._again.get((unit, given)) for unit in owners)), "")
        note = Note("", "none", given, reason or f"the reason {given} is gone", look_again=True)
        if now not in self._reasons:
            notes.lost.append(note)
            del made["none"]
            return
        if reason:
            notes.unclear.append(note)
        if now != given:
            notes.changed.append(Note("", "none", given, f"{given} is now {now}"))
            made["none"] = now


@dataclass(slots=True)
class _Notes:
    """What is noted while one coding is read."""

    changed: list[Note] = field(default_factory=list)
    lost: list[Note] = field(default_factory=list)
    unclear: list[Note] = field(default_factory=list)


def _fits(value: object, variable: Variable) -> bool:
    try:
        value_from_form(value, variable)
    except FormError:
        return False
    return True


def _drop_overrides(made: dict[str, Any], notes: _Notes) -> None:
    """Leave out reasons given for records that are no longer there."""
    there = {"", *_record_ids(made)}
    kept = [one for one in made["overrides"] if one.get("record", "") in there]
    for one in made["overrides"]:
        if one not in kept:
            said = "the record this reason was given for has no place any more"
            notes.lost.append(Note(one["record"], "overrides", one, said))
    if kept:
        made["overrides"] = kept
    else:
        del made["overrides"]


def _record_ids(form: Form) -> Iterable[str]:
    """The ids of all records inside a coding or a record."""
    for name, value in form.items():
        if name in ("evidence", "overrides") or not isinstance(value, list):
            continue
        for item in value:
            if isinstance(item, Mapping) and "id" in item:
                yield item["id"]
                yield from _record_ids(item)
