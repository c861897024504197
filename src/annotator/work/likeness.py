"""How alike two answers and two sets of evidence are, from 0 to 1: what records are aligned by.

Likeness serves only to find which records mean the same thing; how far coders agree is measured
afterwards, at the level of each variable. Each kind of answer is first brought into a form that
compares quickly, and that has an order of its own so that ties fall the same way every time.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from annotator.codebook.model import Variable, VariableType
from annotator.coding.folding import tokens
from annotator.work.texts import count_of

Spans = tuple[tuple[int, int], ...]
"""Stretches `[start, end)` of a report in order, none touching another."""

Reader = Callable[[Any], Hashable | None]
Alike = Callable[[Any, Any], float]

_WEIGHTS = {VariableType.COUNT: 2.0, VariableType.TEXT: 0.5, VariableType.LINK: 0.0}
"""A number tells claims apart best, free wording worst; a link names records of its own coding."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """How the answers to one variable are compared.

    Attributes:
        weight: What its likeness counts beside that of other variables, 1 for most types.
        read: Brings a value in plain data into the form that is compared; None for one that says
            nothing.
        alike: How alike two values in that form are, if they are not equal; symmetric.
    """

    weight: float
    read: Reader
    alike: Alike


def comparer(variable: Variable) -> Comparer:
    """How the answers to a variable are compared.

    Codes in a tree are alike by how much of their way from the root they share (Wu and Palmer
    1994), sets of codes by the mean likeness of each code to the nearest of the other set, places
    on a scale by their distance, counts half by the overlap of what they allow and half by the
    ratio of their figures, dates by the overlap of their days, texts by the words they share.
    """
    weight = _WEIGHTS.get(variable.type, 1.0)
    match variable.type:
        case VariableType.CODE:
            return Comparer(weight, str, _in_tree(variable))
        case VariableType.CODES:
            return Comparer(weight, _in_order, _as_sets(_in_tree(variable)))
        case VariableType.SCALE:
            return Comparer(weight, str, _on_scale(variable))
        case VariableType.COUNT:
            return Comparer(weight, _bounds, _counts_alike)
        case VariableType.NUMBER:
            return Comparer(weight, float, _numbers_alike)
        case VariableType.DATE:
            return Comparer(weight, _days, overlap)
        case VariableType.TEXT:
            return Comparer(weight, _words, _words_alike)
        case _:
            return Comparer(weight, bool, _unlike)


# --- evidence ------------------------------------------------------------------------------------


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in order, those that overlap or touch made one."""
    ordered = sorted(spans)
    if len(ordered) < 2:
        return tuple(ordered)
    found: list[tuple[int, int]] = []
    for start, end in ordered:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def words_shared(one: Spans, other: Spans) -> float:
    """The share of characters in both of those in either (Jaccard); each must be `joined`."""
    if one == other:
        return 1.0
    common, place = 0, 0
    for start, end in one:
        while place < len(other) and other[place][1] <= start:
            place += 1
        at = place
        while at < len(other) and other[at][0] < end:
            common += min(end, other[at][1]) - max(start, other[at][0])
            at += 1
    return common / (_length(one) + _length(other) - common)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


# --- codes ---------------------------------------------------------------------------------------


def _in_tree(variable: Variable) -> Callable[[str, str], float]:
    parents = {code.id: code.parent for code in variable.codes}
    found: dict[tuple[str, str], float] = {}

    def way(code: str) -> list[str]:
        steps = [code]
        while parent := parents.get(steps[-1], ""):
            steps.append(parent)
        return steps

    def alike(one: str, other: str) -> float:
        likeness = found.get((one, other))
        if likeness is None:
            here, there = way(one), way(other)
            shared = len(set(here) & set(there))
            likeness = found[one, other] = 2 * shared / (len(here) + len(there))
        return likeness

    return alike


def _in_order(codes: Iterable[str] | str) -> tuple[str, ...]:
    # An earlier version may have allowed a single code.
    return (codes,) if isinstance(codes, str) else tuple(sorted(codes))


def _as_sets(
    alike: Callable[[str, str], float],
) -> Callable[[tuple[str, ...], tuple[str, ...]], float]:
    def nearest(codes: tuple[str, ...], others: tuple[str, ...]) -> float:
        return sum(max(alike(code, other) for other in others) for code in codes)

    def sets_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
        if not one or not other:
            return 0.0
        return (nearest(one, other) + nearest(other, one)) / (len(one) + len(other))

    return sets_alike


def _on_scale(variable: Variable) -> Callable[[str, str], float]:
    place = {code.id: number for number, code in enumerate(variable.codes)}
    steps = max(1, len(place) - 1)

    def alike(one: str, other: str) -> float:
        if one not in place or other not in place:
            return 0.0
        return 1.0 - abs(place[one] - place[other]) / steps

    return alike


# --- figures, dates, words -----------------------------------------------------------------------


@lru_cache(maxsize=1 << 15)
def _bounds(text: str) -> tuple[int, int, int]:
    """The least and the most a count allows, and its figure: best, else low, else high.

    A count without an upper end is taken to reach twice its lower one.
    """
    count = count_of(text)
    figures = [one for one in (count.best, count.low, count.high) if one is not None]
    figure = figures[0]
    low = figure if count.low is None and count.high is None else count.low or 0
    high = count.high
    if high is None:
        high = figure if count.low is None else max(2 * low, low + 1)
    return low, high, figure


def _counts_alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    figures = sorted((one[2], other[2]))
    ratio = figures[0] / figures[1] if figures[1] else 1.0
    return (overlap(one, other) + ratio) / 2


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How far two stretches of whole numbers or days, both ends included, are the same.

    Half the share that lies in both of what lies in either, half the share that lies in both of the
    shorter: a day lies wholly in its month and yet is not the same.
    """
    common = min(one[1], other[1]) - max(one[0], other[0]) + 1
    if common <= 0:
        return 0.0
    lengths = one[1] - one[0] + 1, other[1] - other[0] + 1
    return (common / (sum(lengths) - common) + common / min(lengths)) / 2


def _numbers_alike(one: float, other: float) -> float:
    return 1.0 - abs(one - other) / (abs(one) + abs(other))


def _days(form: Mapping[str, str]) -> tuple[int, int] | None:
    if "start" not in form:
        return None
    start, end = (date.fromisoformat(form[name]).toordinal() for name in ("start", "end"))
    return start, end


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted({token.word for token in tokens(text)}))


def _words_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 1.0


def _unlike(one: object, other: object) -> float:
    return 0.0
