"""Which parts of its codebook a coding uses."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.codebook.changes import CodeChange, Item
from annotator.codebook.model import PASSAGE, Codebook

Used = tuple[Item, str, str]
"""A part of a codebook: what it is, the variable or unit it belongs to (else empty), its id."""


def used_parts(form: Mapping[str, Any], codebook: Codebook) -> frozenset[Used]:
    """The units, variables, codes and reasons that a coding uses.

    Args:
        form: The coding as plain data, valid under the codebook.
        codebook: The codebook it was made under.
    """
    found = set(_used(form, codebook, PASSAGE))
    if none := form.get("none"):
        found |= {
            (Item.REASON, unit.id, none)
            for unit in codebook.units
            if any(reason.id == none for reason in unit.none_reasons)
        }
    return frozenset(found)


def _used(form: Mapping[str, Any], codebook: Codebook, unit: str) -> Iterator[Used]:
    yield Item.UNIT, "", unit
    for variable in codebook.variables_of(unit):
        if variable.id not in form:
            continue
        yield Item.VARIABLE, "", variable.id
        answer = form[variable.id]
        if variable.type.has_codes:
            value = answer.get("value", ()) if isinstance(answer, Mapping) else answer
            for code in value if isinstance(value, list | tuple) else [value]:
                yield Item.CODE, variable.id, code
    for inner in codebook.units_in(unit):
        for record in form.get(inner.id, ()):
            yield from _used(record, codebook, inner.id)


def is_about(change: CodeChange, used: frozenset[Used]) -> bool:
    """Whether a change of the codebook is about a part that a coding uses.

    Args:
        change: The change.
        used: What the coding uses, by the ids of the earlier version.
    """
    return any((change.item, change.owner, old) in used for old in change.old)
