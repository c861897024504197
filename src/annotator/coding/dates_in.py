"""Dates as a passage has them: "20 December 2016", "الثلاثاء", "yesterday", "since March 2011".

What is not said is taken from the day of the report only where one reading is left: a day without
a year is the last such day not after the report, a weekday the last one, "yesterday" the day
before. Without that day such words give no date. Hijri dates give none, nor do dates in digits that
may be read both day first and month first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from annotator.coding import date_words as words
from annotator.coding import days
from annotator.coding.folding import tokens, without_prefixes
from annotator.coding.values import DIGITS, DateKind, DateValue

_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(\d{4})([./-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\6(\d{4}))"
    r"(?![./-]?\d)"
)
_ARABIC = re.compile("[\u0620-\u064a]")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_LONGEST_NAME = 4
_Meaning = TypeVar("_Meaning")


class FoundDate(NamedTuple):
    """A date at `[start, end)` of a text, in code points, with the words it was read from.

    `first` and `last` are the numbers of its tokens (`annotator.coding.folding.tokens`).
    """

    start: int
    end: int
    first: int
    last: int
    value: DateValue


class _Named(Enum):
    DATE = "date"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    PERIOD = "period"


class _Span(NamedTuple):
    """Days that some tokens name, and in which way they do."""

    first: int
    last: int
    start: date
    end: date
    named: _Named = _Named.DATE

    @property
    def is_day(self) -> bool:
        return self.start == self.end


@lru_cache(maxsize=256)
def dates_in(text: str, reported: date | None = None) -> tuple[FoundDate, ...]:
    """The dates of a text, in order; they do not overlap.

    Args:
        text: The text.
        reported: The day of the report, from which "yesterday" counts; None if it is not known.
    """
    usable = reported is not None and days.is_recent(reported)
    return tuple(_Reader(text, reported if usable else None).read())


class _Reader:
    def __init__(self, text: str, reported: date | None) -> None:
        self.text = text
        self.reported = reported
        self.among = tokens(text)

    def read(self) -> list[FoundDate]:
        spans = self._joined(self._named_together(self._single()))
        return [self._found(span) for span in spans]

    # --- single dates ----------------------------------------------------------------------------

    def _single(self) -> list[_Span]:
        numeric = {span.first: span for span in self._numeric()}
        spans: list[_Span] = []
        place = 0
        while place < len(self.among):
            span = numeric.get(place) or self._year(place)
            if span is None and self._names_time(place):
                span = self._with_month(place) or self._relative(place)
            if span is not None and (not spans or span.first > spans[-1].last):
                spans.append(span)
                place = span.last
            place += 1
        return spans

    def _names_time(self, place: int) -> bool:
        return any(form in words.NAMED for form in _bare(self.among[place].word))

    def _numeric(self) -> Iterable[_Span]:
        starts = {token.start: number for number, token in enumerate(self.among)}
        ends = {token.end: number for number, token in enumerate(self.among)}
        day_first = bool(_ARABIC.search(self.text))
        for match in _NUMERIC.finditer(self.text.translate(DIGITS)):
            if match.start() not in starts or match.end() not in ends:
                continue
            year, month, day = (match[number] for number in (1, 3, 4))
            if year is None:
                day, month, year = (match[number] for number in (5, 7, 8))
                if int(month) > 12 and not day_first:
                    day, month = month, day
                elif int(day) <= 12 and day != month and not day_first:
                    continue
            if (found := days.day_of(int(year), int(month), int(day))) is not None:
                yield _Span(starts[match.start()], ends[match.end()], found, found)

    def _with_month(self, place: int) -> _Span | None:
        """A month at a token, with the day before or after it and the year."""
        named = self._phrase(words.MONTHS, place)
        if named is None:
            return None
        month, last = named
        first, last = place, self._second_name(month, last)
        day, first, days_to = self._day_before(place)
        if day is None and (later := self._day_after(last)) is not None:
            day, last = later
        year, last = self._year_after(last)
        year = year or self._year_of_next(last)
        if year is None and day is None and not self._is_month(place):
            return None
        if (year := year or self._last_year(month, day or 1)) is None:
            return None
        if day is None:
            start = days.day_of(year, month, 1)
            return None if start is None else _Span(first, last, start, days.month_end(start))
        start, end = days.day_of(year, month, day), days.day_of(year, month, days_to or day)
        return None if start is None or end is None else _Span(first, last, start, end)

    def _phrase(
        self, table: Mapping[tuple[str, ...], _Meaning], place: int
    ) -> tuple[_Meaning, int] | None:
        """What the longest phrase of a table at a token means, and the phrase's last token."""
        head, *rest = (token.word for token in self.among[place : place + _LONGEST_NAME])
        heads = tuple(_bare(head))
        for size in range(len(rest), -1, -1):
            for form in heads:
                if (form, *rest[:size]) in table:
                    return table[form, *rest[:size]], place + size
        return None

    def _second_name(self, month: int, last: int) -> int:
        """The last token of a month that is named twice, as in كانون الأول/ديسمبر."""
        if last + 1 < len(self.among):
            again = self._phrase(words.MONTHS, last + 1)
            if again is not None and again[0] == month:
                return again[1]
        return last

    def _word(self, place: int) -> str:
        return self.among[place].word if 0 <= place < len(self.among) else ""

    def _day_before(self, place: int) -> tuple[int | None, int, int | None]:
        """The day before a month: the (first) day, its token, and the last of several days."""
        at = place - 1
        if self._word(at) in words.OF:
            at -= 1
        if self._word(at) in words.ORDINAL:
            at -= 1
        last = days.day_number(self._word(at))
        if last is None or self.among[at + 1].begins_sentence:
            return None, place, None
        at_first, joined = at - 1, self.among[at].gap.strip()
        if self._word(at_first) in words.TO | words.AND and not joined:
            at_first -= 1
        elif not joined or not set(joined) <= _DASHES:
            return last, at, None
        if self._word(at_first) in words.ORDINAL:
            at_first -= 1
        first = days.day_number(self._word(at_first))
        if first is None or first >= last:
            return last, at, None
        # "Between 3 and 9 May" is a span of time, "3 and 9 May" are two days.
        apart = self._word(at_first + 1) in words.AND and first != last - 1
        if apart and self._word(at_first - 1) not in words.BETWEEN:
            return last, at, None
        return first, at_first, last

    def _day_after(self, last: int) -> tuple[int, int] | None:
        """The day after an English month ("December 21, 2016"), and its last token."""
        day = days.day_number(self._word(last + 1))
        if day is None or not self.among[last].word.isascii():
            return None
        if self.among[last + 1].gap.strip(" .\u00a0"):
            return None
        if self._word(last + 2) in words.ORDINAL and not self.among[last + 2].gap:
            return day, last + 2
        return day, last + 1

    def _year_after(self, last: int) -> tuple[int | None, int]:
        at = last + 1
        while self._word(at) in words.BEFORE_YEAR:
            at += 1
        year = days.year_number(self._word(at))
        if year is None or self.among[last + 1].gap.strip(" ,\u060c.\u00a0"):
            return None, last
        return year, at

    def _year_of_next(self, last: int) -> int | None:
        """The year of the month that a span of time ends in: "between January and April 2014"."""
        at = last + 1
        if not any(form in words.TO | words.AND for form in _bare(self._word(at))):
            return None
        at += 1
        if days.day_number(self._word(at)) is not None:
            at += 1
        if at >= len(self.among) or (named := self._phrase(words.MONTHS, at)) is None:
            return None
        return self._year_after(self._second_name(*named))[0]

    def _is_month(self, place: int) -> bool:
        """Whether a month without day and year is surely one: not "may", "march" or "father"."""
        introduced = any(form in words.NAMES_MONTH for form in _bare(self._word(place - 1)))
        if not self.among[place].word.isascii():
            return introduced or self.among[place].word not in words.OTHER_WORDS
        return introduced and self.text[self.among[place].start].isupper()

    def _last_year(self, month: int, day: int) -> int | None:
        if self.reported is None:
            return None
        later = (month, day) > (self.reported.month, self.reported.day)
        return self.reported.year - later

    def _relative(self, place: int) -> _Span | None:
        """A weekday, "yesterday" or "last month"."""
        reported = self.reported
        if reported is None:
            return None
        if (back := self._phrase(words.DAYS_BACK, place)) is not None:
            day = reported - timedelta(back[0])
            return _Span(place, back[1], day, day, _Named.RELATIVE)
        if (period := self._phrase(words.PERIODS, place)) is not None:
            (unit, count), last = period
            return _Span(place, last, *days.period(reported, unit, count), _Named.RELATIVE)
        if (named := self._phrase(words.WEEKDAYS, place)) is None:
            return None
        weekday, last = named
        back_days = (reported.weekday() - weekday) % 7
        # "Last" and "next" stand before the day in English, after it in Arabic.
        beside = place - 1 if self.among[place].word.isascii() else last + 1
        if self._word(beside) in words.NEXT:
            return None
        first = place
        if self._word(beside) in words.LAST:
            first, last, back_days = min(first, beside), max(last, beside), back_days or 7
        day = reported - timedelta(back_days)
        return _Span(first, last, day, day, _Named.WEEKDAY)

    def _year(self, place: int) -> _Span | None:
        year = days.year_number(self._word(place))
        if year is None or self._word(place - 1) not in words.NAMES_YEAR:
            return None
        return _Span(place, place, date(year, 1, 1), date(year, 12, 31))

    # --- several together ------------------------------------------------------------------------

    def _named_together(self, spans: Sequence[_Span]) -> list[_Span]:
        """Two ways of naming one day made one: "Wednesday the 21st of December 2016".

        The calendar date counts where the weekday before it is not its own.
        """
        found: list[_Span] = []
        for span in spans:
            if found and self._is_one_day(found[-1], span):
                found[-1] = span._replace(first=found[-1].first)
            else:
                found.append(span)
        return found

    def _is_one_day(self, one: _Span, other: _Span) -> bool:
        if other.named is not _Named.DATE or not (one.is_day and other.is_day):
            return False
        same = one.named is _Named.WEEKDAY or (
            one.named is _Named.RELATIVE and one.start == other.start
        )
        return same and all(
            token.word in words.FILLERS and not token.begins_sentence
            for token in self.among[one.last + 1 : other.first]
        )

    def _joined(self, spans: Sequence[_Span]) -> list[_Span]:
        """Spans of time: "from X to Y", "X until Y", "since X"."""
        found: list[_Span] = []
        for span in spans:
            before = found[-1] if found else None
            if before is not None and self._reaches(before, span):
                opened = self._word(before.first - 1) in words.BETWEEN
                first = before.first - opened
                found[-1] = _Span(first, span.last, before.start, span.end, _Named.PERIOD)
            else:
                found.append(span)
        return [self._since(span) for span in found]

    def _reaches(self, one: _Span, other: _Span) -> bool:
        if one.start >= other.start:
            return False
        between = [token.word for token in self.among[one.last + 1 : other.first]]
        link = [word for word in between if word not in words.FILLERS]
        opened = self._word(one.first - 1) in words.BETWEEN
        if len(link) == 1 and any(word in words.TO for word in _bare(link[0])):
            return True
        if len(link) == 1:
            return opened and link[0] in words.AND
        gap = self.among[other.first].gap.strip()
        return not link and bool(gap) and set(gap) <= _DASHES

    def _since(self, span: _Span) -> _Span:
        if self._word(span.first - 1) not in words.SINCE or self.reported is None:
            return span
        is_period = span.named is _Named.PERIOD
        until = span.end if is_period else max(span.end, self.reported)
        return _Span(span.first - 1, span.last, span.start, until, _Named.PERIOD)

    # --- the outcome -----------------------------------------------------------------------------

    def _found(self, span: _Span) -> FoundDate:
        first, last = self.among[span.first], self.among[span.last]
        value = DateValue.parse(f"{span.start}..{span.end}")
        kind = value.kind if span.named is _Named.PERIOD else DateKind.EVENT
        value = replace(value, kind=kind, words=self.text[first.start : last.end])
        return FoundDate(first.start, last.end, span.first, span.last, value)


def _bare(word: str) -> Iterable[str]:
    return (word,) if word.isascii() else without_prefixes(word)
