"""Which findings of the checks a coder may deal with now, and which of them first."""

from collections.abc import Collection, Iterable

from annotator.codebook.model import CheckKind
from annotator.coding.checks import Finding
from annotator.coding.model import Coding


def pending(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that wait for the coder.

    Left out are those that stand for a reason, offers taken, and those that only say that something
    is not there yet: these speak when the passage is submitted.
    """
    return [
        one
        for one in findings
        if not (one.overridden or one.missing)
        and (one.offer or one.check.kind is not CheckKind.OFFER)
    ]


def first_at(
    record_id: str, findings: Iterable[Finding], coding: Coding, kinds: Collection[CheckKind] = ()
) -> Finding | None:
    """The finding to speak of to a coder who is in a record; None if there is none.

    One on the record itself comes first, else one on the last record inside it; offers, which one
    key answers, come before all others, and of two on one record that of the check the codebook
    has first.

    Args:
        record_id: The record in focus; empty for the passage, which speaks only for itself.
        findings: The findings to choose from, record by record.
        coding: The coding they are about.
        kinds: The kinds of check that are asked for; all if empty.
    """
    asked = [one for one in findings if not kinds or one.check.kind in kinds]
    nearest = [one for one in asked if one.record == record_id]
    inside = [one for one in asked if record_id and _lies_in(one.record, record_id, coding)]
    order = list(dict.fromkeys(one.record for one in inside))
    inside.sort(key=lambda one: order.index(one.record), reverse=True)
    found = (*nearest, *inside)
    offers = (one for one in found if one.check.kind is CheckKind.OFFER)
    return next(offers, found[0] if found else None)


def _lies_in(record_id: str, outer: str, coding: Coding) -> bool:
    while record_id:
        record_id = coding.parent_of(record_id)
        if record_id == outer:
            return True
    return False
