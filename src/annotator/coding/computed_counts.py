"""The computed tests that compare counts with each other and with the words marked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.codebook.model import VariableType
from annotator.coding.folding import folded
from annotator.coding.form import value_text
from annotator.coding.model import Answer, State
from annotator.coding.scope import Found, Place, Setting
from annotator.coding.values import Count, CountForm, DateValue

Options = Mapping[str, Any]


def sure_low(count: Count, about: float | None) -> float:
    """The least people a count surely stands for; `about` is the per cent a `~` number may vary."""
    if count.form is CountForm.ABOUT and count.best is not None:
        return count.best * (1 - about / 100) if about is not None else 0
    return count.low or 0


def sure_high(count: Count, about: float | None) -> float | None:
    """The most people a count can stand for; None where it has no bound."""
    if count.form is CountForm.ABOUT and count.best is not None:
        return count.best * (1 + about / 100) if about is not None else None
    return count.high


def _counts(place: Place, names: Sequence[str]) -> list[tuple[str, Count]]:
    return [
        (name, answer.value)
        for name in names
        if (answer := place.stated(name)) and isinstance(answer.value, Count)
    ]


def counts_out_of_order(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Low, best and high must not run backwards; counts read from text never do."""
    for name, count in _counts(place, options["counts"]):
        given = [one for one in (count.low, count.best, count.high) if one is not None]
        if given != sorted(given):
            yield Found(f"{setting.codebook.variable(name).name} {count}")


def parts_exceed(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Parts that surely add up to more than the total."""
    totals = _counts(place, [options["total"]])
    parts = _counts(place, options["parts"])
    about = options.get("about")
    if not totals or not parts:
        return
    high = sure_high(totals[0][1], about)
    if high is not None and sum(sure_low(count, about) for _, count in parts) > high:
        added = " + ".join(str(count) for _, count in parts)
        yield Found(f"{added} is more than {totals[0][1]}")


def not_printed(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Numbers that cannot be read in the words marked."""
    from annotator.coding.numbers import numbers_in

    for name, count in _counts(place, options["counts"]):
        spans = {*place.record.evidence, *place.answers[name].evidence}
        if not spans:
            continue
        printed: set[int] = set()
        for span in spans:
            for number in numbers_in(span.text):
                # "A couple", and an Arabic form that may be a dual, do print the number two.
                if number.high is not None or number.low == 2:
                    printed.add(number.low)
        if lacking := [str(one[0]) for one in _must_stand(count) if printed.isdisjoint(one)]:
            label = setting.codebook.variable(name).name
            yield Found(f"{label} {count}: {' and '.join(lacking)} cannot be read there")


def _must_stand(count: Count) -> list[tuple[int, ...]]:
    """Numbers that must stand in the words, each with others that stand for it too."""
    match count.form:
        case CountForm.VAGUE:
            wanted: list[tuple[int | None, ...]] = []
        case CountForm.AT_LEAST:
            # "At least 12" prints the number, "more than 12" the one below it.
            wanted = [(count.low, (count.low or 0) - 1)]
        case CountForm.AT_MOST:
            wanted = [(count.high, (count.high or 0) + 1)]
        case _:
            wanted = [(one,) for one in dict.fromkeys((count.best, count.low, count.high))]
    return [
        tuple(one for one in group if one is not None)
        for group in wanted
        if group[0] is not None and group[0] != 1
    ]


def subtotals_exceed(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Subtotals of one record that surely add up to more than it; told by the first of them."""
    link, total, about = options["link"], options["total"], options.get("about")
    for parent_id in _linked(place, link):
        parent = setting.places.get(parent_id)
        if parent is None or parent_id == place.record.id:
            continue
        parts = [one for one in setting.fitting() if parent_id in _linked(one, link)]
        if not parts or parts[0].record.id != place.record.id:
            continue
        totals = _counts(parent, [total])
        high = sure_high(totals[0][1], about) if totals else None
        if high is None:
            continue
        lows = {
            one.record.id: sure_low(count, about)
            for one in parts
            for _, count in _counts(one, [total])
        }
        for part in parts:
            if lows.get(part.record.id, 0) > high:
                yield Found(f"{part.record.id} alone is more than {totals[0][1]}", parent_id)
                return
        for respect in options["by"]:
            chosen = _sum_in(respect, parent, parts, lows, setting, options.get("open", ()))
            if sum(chosen.values()) > high:
                label = setting.codebook.variable(respect).name.lower()
                added = " + ".join(
                    str(count)
                    for one in parts
                    if one.record.id in chosen
                    for _, count in _counts(one, [total])
                )
                words = f"{added} is more than {totals[0][1]} (by {label})"
                yield Found(words, record=parent_id)
                break


def _linked(place: Place, link: str) -> tuple[str, ...]:
    answer = place.stated(link)
    return answer.value if answer and isinstance(answer.value, tuple) else ()


def _sum_in(
    respect: str,
    parent: Place,
    parts: Sequence[Place],
    lows: Mapping[str, float],
    setting: Setting,
    open_codes: Sequence[str],
) -> dict[str, float]:
    """Parts that differ in one respect, with their lows: of those that may overlap, the largest.

    A part that says in this respect what the whole says, or nothing, is no part by it.
    """
    whole = _values(parent, respect, setting)
    groups: list[list[Place]] = []
    for part in parts:
        if part.record.id not in lows:
            continue
        own = _values(part, respect, setting)
        if not own or own == whole:
            continue
        touching = [
            group
            for group in groups
            if any(
                _may_overlap(respect, own, _values(one, respect, setting), setting, open_codes)
                for one in group
            )
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([one for group in touching for one in group] + [part])
    largest = [max(group, key=lambda one: lows[one.record.id]) for group in groups]
    return {one.record.id: lows[one.record.id] for one in largest}


def _values(place: Place, variable_id: str, setting: Setting) -> list[Answer]:
    """What a record and those inside it say in one respect, each value once."""
    found: dict[str, Answer] = {}
    for one in setting.inside(place):
        answer = one.record.answers.get(variable_id)
        if answer is not None and answer.state is State.STATED and answer.value is not None:
            found.setdefault(value_text(answer.value), answer)
    return [found[text] for text in sorted(found)]


def _may_overlap(
    respect: str,
    ones: Sequence[Answer],
    others: Sequence[Answer],
    setting: Setting,
    open_codes: Sequence[str],
) -> bool:
    if not ones or not others:
        return True
    kind = setting.codebook.variable(respect).type
    for one in ones:
        for other in others:
            left, right = one.value, other.value
            if kind.has_codes:
                if _codes_meet(respect, left, right, setting, open_codes):
                    return True
            elif isinstance(left, DateValue) and isinstance(right, DateValue):
                if _days_meet(left, right):
                    return True
            elif kind is VariableType.TEXT:
                texts = folded(str(left)), folded(str(right))
                if texts[0] in texts[1] or texts[1] in texts[0]:
                    return True
            elif left == right:
                return True
    return False


def _codes_meet(
    respect: str, left: object, right: object, setting: Setting, open_codes: Sequence[str]
) -> bool:
    below = setting.codebook.below
    for one in left if isinstance(left, tuple) else (str(left),):
        for other in right if isinstance(right, tuple) else (str(right),):
            if one in open_codes or other in open_codes:
                return True
            if one in below(respect, other) or other in below(respect, one):
                return True
    return False


def _days_meet(left: DateValue, right: DateValue) -> bool:
    if left.start is None or right.start is None or left.end is None or right.end is None:
        return True
    return left.start <= right.end and right.start <= left.end
