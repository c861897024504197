"""Numbers of people as a passage claims them: "at least 12" is `12+`, "about thirty" `~30`.

The numbers are those of `annotator.coding.numbers`; here the words around them that say how the
source means them become the forms of DESIGN §5. Left out are years, dates, times, ages, lengths and
percentages, which count no people. "From 8 to 13" is two numbers, for a toll may have risen so;
"between 8 and 13", "8 to 13" and "8-13" are a range.
"""

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.coding.folding import tokens, without_prefixes
from annotator.coding.numbers import Number, Written, numbers_in
from annotator.coding.values import Count

_LONGEST = 5
_JOINING = " \t\u00a0\u202f-\u2010\u2011"
"""What may stand between words that belong together."""


_Meaning = tuple[str, int]
"""The form a phrase gives to the number beside it, and what is added to the number."""


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.split(", "))


def _table(*rows: tuple[str, int, str]) -> dict[tuple[str, ...], _Meaning]:
    return {phrase: (form, more) for form, more, text in rows for phrase in _phrases(text)}


_BEFORE = _table(
    (
        "{}+",
        0,
        "at least, not less than, no less than, no fewer than, not fewer than, a minimum of, "
        "minimum of, ما لا يقل عن, لا يقل عن, علي الاقل",
    ),
    (
        "{}+",
        1,
        "more than, over, above, in excess of, exceeding, exceeded, "
        "اكثر من, ازيد من, فوق, ما يزيد عن, ما يزيد علي, يزيد عن, يزيد علي, يتجاوز, تجاوز",
    ),
    (
        "<={}",
        0,
        "up to, as many as, at most, no more than, not more than, a maximum of, maximum of, "
        "لا يزيد عن, لا يزيد علي, ما لا يزيد عن, ما لا يزيد علي, لا يتجاوز, ما لا يتجاوز, "
        "ما يصل الي, يصل الي",
    ),
    ("<={}", -1, "less than, fewer than, under, below, اقل من, دون"),
    (
        "~{}",
        0,
        "about, around, approximately, approx, nearly, almost, roughly, circa, close to, "
        "an estimated, estimated, some, "
        "نحو, حوالي, قرابه, زهاء, بحدود, في حدود, ما يقارب, يقارب, ما يقرب من, يناهز, ما يناهز",
    ),
)
_AFTER = _table(
    ("{}+", 0, "or more, plus, at least, علي الاقل, او اكثر, فاكثر"),
    ("<={}", 0, "at most, or fewer, or less, علي الاكثر"),
    ("~{}", 0, "or so, تقريبا"),
)
_BETWEEN_BOTH = 2
"""How many words, such as the people counted, may stand between a number and what follows it."""

_AGES = _phrases("aged, age, age of, عمره, عمرها, بعمر, سن, عمر")
_YEARS_OLD = _phrases("year old, years old, year olds, month old, months old")
_BETWEEN = _phrases("between, بين, ما بين")
_FROM = _phrases("from, من")
_TO = _phrases("to, الي, حتي")
_AND = _phrases("and, و")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


class ClaimedCount(NamedTuple):
    """A number of people that a passage gives at `[start, end)`, in code points of its text.

    `first` and `last` are the numbers of its tokens (`annotator.coding.folding.tokens`).
    """

    start: int
    end: int
    first: int
    last: int
    value: Count


@lru_cache(maxsize=256)
def counts_in(text: str) -> tuple[ClaimedCount, ...]:
    """The numbers of people in a text, in order; they do not overlap."""
    return tuple(_Reader(text).read())


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.among = tokens(text)
        self.starts = [token.start for token in self.among]

    def read(self) -> list[ClaimedCount]:
        usable = [number for number in numbers_in(self.text) if self._counts_people(number)]
        found: list[ClaimedCount] = []
        place = 0
        while place < len(usable):
            both = self._range(*usable[place : place + 2]) if place + 1 < len(usable) else None
            found.append(both or self._single(usable[place], usable[place + 1 : place + 2]))
            place += 2 if both else 1
        return found

    def _tokens_of(self, number: Number) -> tuple[int, int]:
        return (
            bisect_left(self.starts, number.start),
            bisect_left(self.starts, number.end) - 1,
        )

    def _counts_people(self, number: Number) -> bool:
        if number.written in (Written.CALENDAR, Written.OTHER):
            return False
        first, last = self._tokens_of(number)
        is_age = _ending(_AGES, self._before(first)) or _beginning(_YEARS_OLD, self._after(last))
        return not is_age

    def _before(self, place: int) -> list[str]:
        """The words before a token in its sentence, the nearest last."""
        first = place
        while first > max(0, place - _LONGEST) and not self.among[first].begins_sentence:
            first -= 1
        return [token.word for token in self.among[first:place]]

    def _after(self, place: int, following: Sequence[Number] = ()) -> list[str]:
        """The words after a token up to a comma, the end of a sentence, or another number's."""
        end = place + 1 + _LONGEST
        for number in following:
            first, _ = self._tokens_of(number)
            end = min(end, first - _ending(_BEFORE.keys() | _BETWEEN, self._before(first)))
        words: list[str] = []
        for token in self.among[place + 1 : end]:
            if token.gap.strip(_JOINING):
                break
            words.append(token.word)
        return words

    def _single(self, number: Number, following: Sequence[Number]) -> ClaimedCount:
        first, last = self._tokens_of(number)
        if number.high is None:
            return self._made(first, last, f"v{number.low}")
        if self.text[number.end : number.end + 1] == "+":
            return self._made(first, last, f"{number.low}+", number.end + 1)
        before = self._before(first)
        if (taken := _ending(_BEFORE, before)) and (
            said := _said(_BEFORE, before[-taken:], number.low)
        ):
            return self._made(first - taken, last, said)
        after = self._after(last, following)
        for skipped in range(_BETWEEN_BOTH + 1):
            if (taken := _beginning(_AFTER, after[skipped:])) and (
                said := _said(_AFTER, after[skipped : skipped + taken], number.low)
            ):
                return self._made(first, last + skipped + taken, said)
        return self._made(first, last, str(number.low))

    def _range(self, one: Number, other: Number) -> ClaimedCount | None:
        if one.high is None or other.high is None or one.low >= other.low:
            return None
        first, end_of_one = self._tokens_of(one)
        start_of_other, last = self._tokens_of(other)
        joined = tuple(token.word for token in self.among[end_of_one + 1 : start_of_other])
        before = self._before(first)
        between = _ending(_BETWEEN, before)
        if joined:
            is_range = (joined in _AND and between) or (
                joined in _TO and not _ending(_FROM, before)
            )
        else:
            gap = self.text[one.end : other.start].strip()
            is_range = bool(gap) and set(gap) <= _DASHES
        return self._made(first - between, last, f"{one.low}-{other.low}") if is_range else None

    def _made(self, first: int, last: int, count: str, end: int = 0) -> ClaimedCount:
        start, end = self.among[first].start, end or self.among[last].end
        return ClaimedCount(start, end, first, last, Count.parse(count))


def _ending(phrases: Container[tuple[str, ...]], words: Sequence[str]) -> int:
    """How many words the longest phrase takes that some words end with; 0 for none."""
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return next((size for size in sizes if _is_one(phrases, words[-size:])), 0)


def _beginning(phrases: Container[tuple[str, ...]], words: Sequence[str]) -> int:
    """How many words the longest phrase takes that some words begin with; 0 for none."""
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return next((size for size in sizes if _is_one(phrases, words[:size])), 0)


def _is_one(phrases: Container[tuple[str, ...]], words: Sequence[str]) -> bool:
    return any(phrase in phrases for phrase in _written(words))


def _written(words: Sequence[str]) -> list[tuple[str, ...]]:
    """A phrase as it stands, and without what an Arabic word joins to it ("and", "by")."""
    head, *rest = words
    heads = (head,) if head.isascii() else tuple(without_prefixes(head))
    return [(form, *rest) for form in heads]


def _said(
    table: Mapping[tuple[str, ...], _Meaning], words: Sequence[str], number: int
) -> str | None:
    """The count that a phrase makes of a number; None for one below zero."""
    form, more = next(table[phrase] for phrase in _written(words) if phrase in table)
    return form.format(number + more) if number + more >= 0 else None
