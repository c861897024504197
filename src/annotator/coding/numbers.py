"""Numbers of people as they stand in a passage: in digits, in words, in English and Arabic.

Understood are digits of both scripts with separators of thousands, `17 thousand` and `17 ألفاً`,
numbers in words up to millions, dozens, vague words with the least they may stand for, and the
Arabic dual. Ordinals are no numbers of people and are left out.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from annotator.coding import number_words as words
from annotator.coding.folding import Token, tokens, without_prefixes

_MOST = 10**9
_NO_SCALE = _MOST * 10
_JOINED_BY = re.compile(r"[\s\u2010-\u2015-]*")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})


class Written(StrEnum):
    """How a number is written."""

    NUMBER = "number"
    VAGUE = "vague"
    PLURAL = "plural"
    CALENDAR = "calendar"
    OTHER = "other"


class Number(NamedTuple):
    """A number that stands at `[start, end)` of a text, in code points.

    `low` and `high` are equal for a number; a vague word ("dozens") and an Arabic form that may be
    a dual or a plural have only `low`. `written` tells these apart, and both years, days of a month
    and times of day (`calendar`) and lengths of time, distances, percentages and numbers of
    documents (`other`) from numbers that may count people.
    """

    start: int
    end: int
    low: int
    high: int | None
    written: Written = Written.NUMBER


@lru_cache(maxsize=1024)
def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in order; they do not overlap."""
    among = tokens(text)
    found: list[Number] = []
    place = 0
    while place < len(among):
        read = _read(among, place, found) if _may_begin(among[place].word) else None
        if read is None:
            place += 1
            continue
        low, high, written, after = read
        first, last = among[place], among[after - 1]
        if written is Written.NUMBER and _is_calendar(among, place, after):
            written = Written.CALENDAR
        elif written is not Written.PLURAL and _counts_no_people(among, place, after, text):
            written = Written.OTHER
        if low <= _MOST:
            found.append(Number(first.start, last.end, low, high, written))
        place = after
    return tuple(found)


_Read = tuple[int, int | None, Written, int]


def _read(among: Sequence[Token], place: int, found: Sequence[Number]) -> _Read | None:
    return _vague(among, place) or _number(among, place) or _plural(among, place, found)


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Whether a number can begin with a word at all; nearly no word of a passage begins one."""
    return word[0].isdecimal() or any(form in _BEGINNINGS for form in _forms(word))


def _forms(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word,)
    return () if word in words.NOT_NUMBERS or word in words.PER_CENT else (*without_prefixes(word),)


def _known(word: str, table: dict[str, int]) -> int:
    """The value of a word with or without its prefixes; 0 for one that is not in the table."""
    return next((table[form] for form in _forms(word) if form in table), 0)


def _touches(token: Token) -> bool:
    """Whether nothing but spaces and hyphens stands before a token."""
    return _JOINED_BY.fullmatch(token.gap) is not None


_VAGUE = dict(words.VAGUE)
_VAGUE_SCALES = dict(words.VAGUE_SCALES)
_SCALES = dict(words.SCALES)
_UNITS_AR = dict(words.UNITS_AR)
_TEEN_UNITS_AR = _UNITS_AR | dict(words.TEEN_UNITS_AR)
_TENS_AR = dict(words.TENS_AR)
_HUNDREDS_AR = dict(words.HUNDREDS_AR) | dict.fromkeys(words.HUNDRED_AR, 100)
_DUAL_SCALES_AR = dict(words.DUAL_SCALES_AR)
_TEN_AR = dict.fromkeys(words.TEN_AR, 10)
_BEGINNINGS = frozenset({"a", "an", "half", "hundred", "نصف"}).union(
    words.SMALL,
    words.TENS,
    words.DOZENS,
    words.DUALS_AR,
    words.DUAL_OR_PLURAL_AR,
    *(_VAGUE, _SCALES, _TEEN_UNITS_AR, _TENS_AR, _HUNDREDS_AR, _DUAL_SCALES_AR, _TEN_AR),
)


def _vague(among: Sequence[Token], place: int) -> _Read | None:
    low = _known(among[place].word, _VAGUE)
    if not low:
        return None
    after = place + 1
    if after < len(among) and among[after].word == "of":
        after += 1
    if after < len(among) and _touches(among[after]):
        scale = _known(among[after].word, _VAGUE_SCALES)
        if scale:
            return low * scale, None, Written.VAGUE, after + 1
    return low, None, Written.VAGUE, place + 1


def _plural(among: Sequence[Token], place: int, found: Sequence[Number]) -> _Read | None:
    forms = _forms(among[place].word)
    if any(form in words.DUALS_AR for form in forms):
        return 2, 2, Written.NUMBER, place + 1
    definite = among[place].word.startswith(("ال", "وال", "لل", "بال"))
    counted = bool(found) and place > 0 and found[-1].end == among[place - 1].end
    if not definite and not counted and any(form in words.DUAL_OR_PLURAL_AR for form in forms):
        return 2, None, Written.PLURAL, place + 1
    return None


def _number(among: Sequence[Token], place: int) -> _Read | None:
    """A number in digits, words or both: groups below a thousand, each with its scale."""
    total, after, smallest = 0, place, _NO_SCALE
    while True:
        begin, joined = (place, True) if after == place else _continued(among, after)
        if not joined:
            break
        read = _group(among, begin, first=after == place)
        if read is None:
            break
        value, scale, next_place = read
        if scale >= smallest or value >= smallest:
            break
        total += round(value * scale)
        after, smallest = next_place, scale
        if scale == 1:
            break
    if after == place or total != int(total):
        return None
    return total, total, Written.NUMBER, after


def _continued(among: Sequence[Token], after: int) -> tuple[int, bool]:
    """Where a number may go on after thousands: at the next word, or after "and"."""
    if after >= len(among) or not _touches(among[after]):
        return after, False
    word = among[after].word
    if word in ("and", "و") and after + 1 < len(among) and _touches(among[after + 1]):
        # "17 thousand and 200 wounded" gives two numbers in English, one in Arabic.
        return after + 1, word == "و" or not among[after + 1].word[0].isdecimal()
    return after, word.startswith("و") or (word.isascii() and not word[0].isdecimal())


def _group(among: Sequence[Token], place: int, first: bool) -> tuple[float, int, int] | None:
    """A group and its scale: its value, the scale (1 for none), and the place after both."""
    word = among[place].word
    start = place
    half = word in ("half", "نصف", "ونصف")
    if first and (half or word in ("a", "an")):
        start = place + 1
        if half and start < len(among) and among[start].word in ("a", "an"):
            start += 1
        if start >= len(among) or not _touches(among[start]):
            return None
        head = among[start].word
        unit = 100 if head == "hundred" else _SCALES.get(head, words.DOZENS.get(head, 0))
        if not unit or head.endswith("s"):
            return None
        if half:
            return unit / 2, 1, start + 1
        if head == "dozen":
            return 12, 1, start + 1
    if first and (dual := _known(among[start].word, _DUAL_SCALES_AR)):
        return 2, dual, start + 1
    value, after = _below_thousand(among, start)
    if after == start:
        scale = _known(among[start].word, _SCALES)
        return (1, scale, start + 1) if scale else None
    if after < len(among) and _touches(among[after]):
        following = among[after].word
        if scale := _SCALES.get(following, 0):
            return _as_decimal(among, start, value), scale, after + 1
        if following in words.DOZENS:
            return value * 12, 1, after + 1
    return (value, 1, after) if value == int(value) else None


def _as_decimal(among: Sequence[Token], place: int, value: float) -> float:
    """A number such as "1.250" before "million": a decimal though it looks like thousands."""
    word = among[place].word
    return float(word) if re.fullmatch(r"\d{1,3}\.\d{3}", word) else value


def _below_thousand(among: Sequence[Token], place: int) -> tuple[float, int]:
    """A number without scale: its value and the place after it; that place itself for none."""
    word = among[place].word
    if word[0].isdecimal():
        return _digits(among, place)
    if word.isascii():
        return _english(among, place)
    return _arabic(among, place)


def _digits(among: Sequence[Token], place: int) -> tuple[float, int]:
    word = among[place].word.replace("\u066b", ".")
    after = place + 1
    follows = among[after] if after < len(among) else None
    if follows and not follows.gap and follows.word in _ORDINAL:
        return 0, place
    if re.fullmatch(r"\d+\.\d+", word) and not re.fullmatch(r"\d{1,3}\.\d{3}", word):
        return float(word), after
    value = int(re.sub(r"\D", "", word)[:15])
    if follows and follows.word == "hundred" and _touches(follows):
        return value * 100, after + 1
    return value, after


def _english(among: Sequence[Token], place: int) -> tuple[float, int]:
    value, after = _below_hundred(among, place)
    if after == place:
        if among[place].word != "hundred":
            return 0, place
        value, after = 100, place + 1
    elif after < len(among) and among[after].word == "hundred" and _touches(among[after]):
        value, after = value * 100, after + 1
    else:
        return value, after
    rest = after + 1 if after < len(among) and among[after].word == "and" else after
    if rest < len(among) and _touches(among[rest]):
        more, end = _below_hundred(among, rest)
        # "between one hundred and two hundred" are two numbers.
        if end > rest and not (end < len(among) and among[end].word == "hundred"):
            return value + more, end
    return value, after


def _below_hundred(among: Sequence[Token], place: int) -> tuple[int, int]:
    word = among[place].word
    if word in words.TENS:
        after = place + 1
        if after < len(among) and _touches(among[after]):
            unit = words.SMALL.get(among[after].word, 0)
            if 0 < unit < 10 and among[after].word != "both":
                return words.TENS[word] + unit, after + 1
        return words.TENS[word], after
    if word in words.SMALL:
        return words.SMALL[word], place + 1
    return 0, place


def _arabic(among: Sequence[Token], place: int) -> tuple[float, int]:
    following = among[place + 1].word if place + 1 < len(among) else ""
    unit = _known(among[place].word, _UNITS_AR)
    hundreds = _known(among[place].word, _HUNDREDS_AR)
    after = place + 1
    if not hundreds and unit > 2 and following in words.HUNDRED_AR:
        hundreds, after = unit * 100, place + 2
    if not hundreds:
        return _small_arabic(among, place)
    if after < len(among) and among[after].word.startswith("و") and _touches(among[after]):
        more, end = _small_arabic(among, after)
        if end > after:
            return hundreds + more, end
    return hundreds, after


def _small_arabic(among: Sequence[Token], place: int) -> tuple[int, int]:
    word = among[place].word
    after = place + 1
    following = among[after].word if after < len(among) and _touches(among[after]) else ""
    if following in words.TEN_AR and (unit := _known(word, _TEEN_UNITS_AR)):
        return 10 + unit, after + 1
    if tens := _known(word, _TENS_AR) or _known(word, _TEN_AR):
        return tens, after
    unit = _known(word, _UNITS_AR)
    if not unit:
        return 0, place
    if following.startswith("و") and (tens := _known(following, _TENS_AR)):
        return tens + unit, after + 1
    return unit, after


def _is_calendar(among: Sequence[Token], place: int, after: int) -> bool:
    """Whether a number in digits is a year, a day of a month, or part of a date or a time."""
    word = among[place].word
    if after != place + 1 or not word.isdecimal():
        return False
    if len(word) == 4 and 1900 <= int(word) <= 2100:
        return True
    return _near_month(among, place) or _in_date(among, place)


def _counts_no_people(among: Sequence[Token], place: int, after: int, text: str) -> bool:
    if text[among[after - 1].end :].lstrip(" \u00a0\u202f")[:1] in ("%", "\u066a"):
        return True
    if after < len(among) and among[after].word in ("of", "من"):
        after += 1
    if after < len(among) and _touches(among[after]) and among[after].word in words.MEASURES:
        return True
    return place > 0 and any(form in words.LABELS for form in _forms(among[place - 1].word))


def _near_month(among: Sequence[Token], place: int) -> bool:
    if int(among[place].word) > 31:
        return False
    before = [token.word for token in among[max(place - 2, 0) : place]]
    behind = [token.word for token in among[place + 1 : place + 4]]
    if behind[:1] and behind[0] in ("of", "من"):
        behind = behind[1:]
    return bool(
        (behind and (behind[0] in words.MONTHS or tuple(behind[:2]) in words.MONTH_PAIRS))
        or _month_before(before)
    )


def _month_before(before: Sequence[str]) -> bool:
    """Whether a month stands before a day, as in "May 3" but not "in May 3 died"."""
    month = before[-1] if before else ""
    return month.isascii() and month in words.MONTHS and before[:-1] != ["in"]


def _in_date(among: Sequence[Token], place: int) -> bool:
    def linked(one: int, by: str) -> bool:
        return (
            0 < one < len(among)
            and among[one].gap == by
            and among[one].word.isdecimal()
            and among[one - 1].word.isdecimal()
        )

    if any(linked(one, by) for by in (":", "/") for one in (place, place + 1)):
        return True
    first = place
    while linked(first, "-"):
        first -= 1
    last = place
    while linked(last + 1, "-"):
        last += 1
    return last - first >= 2
