"""The plain data of codings, read without building codings from it.

Codings are stored in the form that `annotator.coding.form.to_form` writes. Tables of tens of
thousands of them are made from that form as it is: reading each back into a `Coding` would check
again what was checked when it was submitted, and cost more than all the rest of an export.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from annotator.codebook.model import PASSAGE, Codebook


class RecordForm(NamedTuple):
    """One record of a coding as plain data.

    `number` counts the records of that unit inside `parent` from 1; the passage itself comes
    first, with the empty id.
    """

    id: str
    unit: str
    parent: str
    number: int
    fields: Mapping[str, Any]


def walk(form: Mapping[str, Any], codebook: Codebook) -> Iterator[RecordForm]:
    """Every record of a coding, a record before those inside it, in the codebook's order."""
    yield RecordForm("", PASSAGE, "", 1, form)
    if len(codebook.units) > 1:
        yield from _inside(form, PASSAGE, "", codebook)


def _inside(
    fields: Mapping[str, Any], unit_id: str, parent: str, codebook: Codebook
) -> Iterator[RecordForm]:
    for unit in codebook.units_in(unit_id):
        for number, inner in enumerate(fields.get(unit.id, ()), 1):
            yield RecordForm(inner["id"], unit.id, parent, number, inner)
            yield from _inside(inner, unit.id, inner["id"], codebook)
