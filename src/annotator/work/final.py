"""What counts as the final coding of a passage: adjudicated, else unanimous, else none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotator.codebook.model import Codebook
from annotator.coding.content import Form, content


class Outcome(StrEnum):
    """How a lead settled a disagreement.

    `take` takes one whole coding, `merge` takes parts of several, `new` is a coding of the lead's
    own, `cannot_resolve` says that the passage does not allow one.
    """

    TAKE = "take"
    MERGE = "merge"
    NEW = "new"
    CANNOT_RESOLVE = "cannot_resolve"


class SettledBy(StrEnum):
    """Where the final coding of a passage comes from, or why there is none."""

    ADJUDICATION = "adjudication"
    UNANIMITY = "unanimity"
    CANNOT_RESOLVE = "cannot_resolve"
    DISAGREEMENT = "disagreement"
    NOT_CODED = "not_coded"


@dataclass(frozen=True, slots=True)
class Final:
    """The final coding of a passage, if there is one.

    `form` is the coding as plain data, or None. `n_coders` is how many codings it rests on or
    fails on; a passage coded once is unanimous with `n_coders` 1. `agreed` is whether all of them
    say the same, settled or not; None for fewer than two.
    """

    form: Mapping[str, Any] | None
    settled_by: SettledBy
    n_coders: int
    agreed: bool | None


def final(
    codings: Sequence[Form], adjudication: Form | None, codebook: Codebook, *, outcome: str = ""
) -> Final:
    """The final coding of a passage in a round (DESIGN §2).

    Evidence, notes, doubts, marks of where a value came from, overrides and the order of records do
    not break unanimity (`annotator.coding.content`); the first coding given then stands for all,
    with its evidence, marks and overrides.

    Args:
        codings: The latest coding of each coder as plain data, in an order of the caller's that
            does not change (of coders, or of submission).
        adjudication: The latest adjudicated coding, or None.
        codebook: The codebook they were made under.
        outcome: The outcome of that adjudication; one that could not resolve leaves no final
            coding, whatever the coders say.
    """
    n_coders = len(codings)
    agreed = None
    if n_coders > 1:
        first = content(codings[0], codebook)
        agreed = all(content(form, codebook) == first for form in codings[1:])
    if outcome == Outcome.CANNOT_RESOLVE:
        return Final(None, SettledBy.CANNOT_RESOLVE, n_coders, agreed)
    if adjudication is not None:
        return Final(adjudication, SettledBy.ADJUDICATION, n_coders, agreed)
    if not n_coders:
        return Final(None, SettledBy.NOT_CODED, 0, None)
    if agreed is False:
        return Final(None, SettledBy.DISAGREEMENT, n_coders, False)
    return Final(codings[0], SettledBy.UNANIMITY, n_coders, agreed)
