"""What codings can differ in, and what it is called: variables, repeating units, `none`."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.codebook.model import PASSAGE, Codebook
from annotator.coding.content import NONE

WHY_NONE = "Why there is none"
"""What the reason for having no record is called."""


def subject_names(codebook: Codebook) -> Mapping[str, str]:
    """All that codings can differ in, by id: what the codebook calls it.

    First the variables of the passage, then each unit, its variables and the units in it, in the
    codebook's order, then `none`, the reason for having no record.
    """
    of_passage = {variable.id: variable.name for variable in codebook.variables_of(PASSAGE)}
    return of_passage | dict(_inside(PASSAGE, codebook)) | {NONE: WHY_NONE}


def _inside(unit_id: str, codebook: Codebook) -> Iterator[tuple[str, str]]:
    for unit in codebook.units_in(unit_id):
        yield unit.id, unit.label or unit.id
        yield from ((variable.id, variable.name) for variable in codebook.variables_of(unit.id))
        yield from _inside(unit.id, codebook)


def in_short(names: Sequence[str], room: int, between: str = ", ") -> str:
    """Names in a row, as many as fit, and how many more there are: `Claim, Total +3`.

    Args:
        names: The names; the first is always told.
        room: How many characters there are.
        between: What stands between two of them.
    """
    for many in range(len(names), 1, -1):
        text = _row(names, many, between)
        if len(text) <= room:
            return text
    return _row(names, 1, between) if names else ""


def _row(names: Sequence[str], many: int, between: str) -> str:
    more = f" +{len(names) - many}" if many < len(names) else ""
    return between.join(names[:many]) + more
