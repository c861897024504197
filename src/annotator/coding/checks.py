"""The checks of a codebook over a coding: what fires, where, and whether it holds the coding up."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.codebook.model import Check, CheckKind, Codebook
from annotator.coding.form import value_form
from annotator.coding.model import Answer, Coding
from annotator.coding.scope import Found, PassageContext, Place, Setting, holds, places_of

__all__ = ["Finding", "PassageContext", "blocking", "findings"]


class Finding(NamedTuple):
    """A check that fires on a record.

    Args:
        check: The check.
        record: The id of the record; empty for the passage.
        sentence: What to tell the coder: the check's sentence and what was computed.
        offer: For an offer that was not taken: variables and the values it implies, in the form
            a coding has in YAML; empty once the record holds them.
        overridden: The coder's reason for letting it stand; empty if there is none.
        missing: Whether it only says that something is not there yet, so that a screen may keep it
            back until the coder is done with the record.
    """

    check: Check
    record: str
    sentence: str
    offer: tuple[tuple[str, object], ...] = ()
    overridden: str = ""
    missing: bool = False


def findings(coding: Coding, codebook: Codebook, passage: PassageContext) -> list[Finding]:
    """Every check that fires, record by record and in the codebook's order.

    A check speaks once it can be decided: as long as an answer its conditions need is not there,
    it is silent. Answers to questions that are not asked count for nothing.

    Args:
        coding: The coding, complete or not.
        codebook: The codebook it is made under.
        passage: Its passage.
    """
    places = places_of(coding, codebook)
    reasons = {(one.check, one.record): one.reason for one in coding.overrides}
    found: list[Finding] = []
    for place in places.values():
        for check in codebook.checks:
            if check.unit != place.record.unit or not holds(check, place, codebook):
                continue
            setting = Setting(coding, codebook, passage, check, places)
            for one in _results(check, place, setting):
                record = place.record.id if one.record is None else one.record
                overridden = reasons.get((check.id, record), "")
                sentence = f"{check.sentence}: {one.words}" if one.words else check.sentence
                offer = tuple(_not_taken(check, place))
                found.append(Finding(check, record, sentence, offer, overridden, one.missing))
    order = {record_id: number for number, record_id in enumerate(places)}
    return sorted(found, key=lambda one: order[one.record])


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """The findings that keep a coding from being submitted.

    These are errors, which no reason lets stand, and warnings and questions without a reason.
    """
    return [
        one
        for one in found
        if one.check.kind is CheckKind.ERROR
        or (one.check.kind in (CheckKind.WARN, CheckKind.CONFIRM) and not one.overridden)
    ]


def _results(check: Check, place: Place, setting: Setting) -> Iterable[Found]:
    if not check.test:
        return (Found(""),)
    # Most codebooks compute nothing, and the words and numbers it takes are much to load.
    from annotator.coding.computed import COMPUTED

    return COMPUTED[check.test](place, setting, check.options)


def _not_taken(check: Check, place: Place) -> Iterator[tuple[str, object]]:
    """What an offer gives, unless the record holds all of it already."""
    if any(not _is_given(place.answers.get(name), value) for name, value in check.give):
        yield from check.give


def _is_given(answer: Answer | None, value: object) -> bool:
    if answer is None:
        return False
    if isinstance(value, dict):
        return value == {"state": answer.state.value}
    return answer.value is not None and value_form(answer.value) == value
