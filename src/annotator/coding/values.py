"""The values an answer can hold that need more than a string: counts and dates.

A count is a claim, not a number: `12+` says at least twelve and stays so in the data. A midpoint
is never made, a remainder never filled in. The seven forms and their syntax are those of DESIGN
§5; the same syntax serves the screen, YAML and exports.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
"""Turns Arabic-Indic digits into those of the data; for `str.translate`."""

_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")
_NUMBER = r"\d{1,3}(?:[,\u066c ]\d{3}){1,4}|\d{1,15}"
_DASH = "[-\u2010-\u2015]"
_LARGEST = 10**9


class CountForm(StrEnum):
    """How a source puts a number of people."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    BEST_IN_RANGE = "best_in_range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as claimed: low, best and high where the words give them.

    Make one with `Count.parse`; the fields that the words do not give are None.
    """

    form: CountForm
    low: int | None
    best: int | None
    high: int | None

    @classmethod
    def parse(cls, text: str) -> "Count":
        """Read a count: `9`, `~30`, `12+`, `<=40`, `10-15`, `12 (12-20)` or `v12`.

        Arabic-Indic digits and thousands separators are understood, `≥12`, `>=12` and `≤40` too.

        Raises:
            ValueError: The text is no count; the message says what one looks like.
        """
        plain = text.translate(DIGITS).translate(_SPACES).strip().lower()
        plain = plain.replace("≤", "<=").replace("≥", ">=")
        for pattern, make in _count_forms():
            if found := pattern.fullmatch(plain):
                numbers = [int(re.sub(r"\D", "", group)) for group in found.groups()]
                if max(numbers) > _LARGEST:
                    raise ValueError("a count above a thousand million is surely a slip")
                return make(*numbers)
        raise ValueError("write a count as 9, ~30, 12+, <=40, 10-15, 12 (12-20) or v12 (vague)")

    def __str__(self) -> str:
        match self.form:
            case CountForm.EXACT:
                return f"{self.best}"
            case CountForm.ABOUT:
                return f"~{self.best}"
            case CountForm.AT_LEAST:
                return f"{self.low}+"
            case CountForm.AT_MOST:
                return f"<={self.high}"
            case CountForm.RANGE:
                return f"{self.low}-{self.high}"
            case CountForm.BEST_IN_RANGE:
                return f"{self.best} ({self.low}-{self.high})"
            case CountForm.VAGUE:
                return f"v{self.low}"


def _range(low: int, high: int) -> Count:
    if low > high:
        raise ValueError(f"the range {low}-{high} runs backwards; write {high}-{low}")
    return Count(CountForm.RANGE, low, None, high)


def _best_in_range(best: int, low: int, high: int) -> Count:
    if not low <= best <= high:
        raise ValueError(f"{best} lies outside its range {low}-{high}")
    return Count(CountForm.BEST_IN_RANGE, low, best, high)


@cache
def _count_forms() -> "tuple[tuple[re.Pattern[str], Callable[..., Count]], ...]":
    """How a count can be written, and what is made of its numbers; no start waits for it."""
    return tuple(
        (re.compile(pattern.replace("#", f"({_NUMBER})")), make)
        for pattern, make in (
            (r"#", lambda n: Count(CountForm.EXACT, n, n, n)),
            (r"~ ?#", lambda n: Count(CountForm.ABOUT, None, n, None)),
            (r"# ?\+", lambda n: Count(CountForm.AT_LEAST, n, n, None)),
            (r">= ?#", lambda n: Count(CountForm.AT_LEAST, n, n, None)),
            (r"<= ?#", lambda n: Count(CountForm.AT_MOST, None, None, n)),
            (rf"# ?{_DASH} ?#", _range),
            (rf"# ?\( ?# ?{_DASH} ?# ?\)", _best_in_range),
            (r"v ?#", lambda n: Count(CountForm.VAGUE, n, None, None)),
        )
    )


class DatePrecision(StrEnum):
    """How exactly a source dates something (the codes of `codebooks/`, after ACLED and UCDP)."""

    DAY = "1"
    WEEK = "2"
    MONTH = "3"
    YEAR = "4"
    LONGER = "5"
    NONE = "9"


class DateKind(StrEnum):
    """Whether a date places one event or bounds the time an aggregate covers."""

    EVENT = "event"
    WINDOW = "window"


_DAY = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_MONTH = r"(\d{4})-(\d{1,2})"
_YEAR = r"(\d{4})"


@dataclass(frozen=True, slots=True)
class DateValue:
    """When something is said to have happened: first and last possible day, both inclusive.

    `words` are the words of the passage it was read from, where the coder kept them. With
    precision `9` (none) there is no start and no end.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    kind: DateKind = DateKind.EVENT
    words: str = ""

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise ValueError("a date needs both a start and an end, or neither")
        if (self.start is None) != (self.precision is DatePrecision.NONE):
            raise ValueError("a date without days has precision 9, and only that one")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"the date starts after it ends: {self.start} to {self.end}")

    @classmethod
    def parse(cls, text: str, reported: date | None = None) -> "DateValue":
        """Read a date: `2016-12-21`, `2016-12`, `2016`, or a span `2016-12-01..2016-12-07`.

        The precision follows from what is written. A span of more than seven days is taken as a
        window (the time an aggregate covers), anything shorter as an event; a final `w` or `e`
        says otherwise. A span left open, `2011-03..`, ends on the date of the report.

        Args:
            text: What was written.
            reported: The date of the report, if it is known.

        Raises:
            ValueError: The text is no date; the message says what one looks like.
        """
        plain = text.translate(DIGITS).strip().lower()
        if plain == "none":
            return cls(None, None, DatePrecision.NONE)
        kind: DateKind | None = None
        if plain[-1:] in ("w", "e"):
            kind = DateKind.WINDOW if plain[-1] == "w" else DateKind.EVENT
            plain = plain[:-1].rstrip()
        first, dots, last = plain.partition("..")
        start, end, precision = _days(first.strip())
        if dots:
            end = _days(last.strip())[1] if last.strip() else _open_end(reported)
            precision = precision_of(start, end)
        if kind is None:
            kind = DateKind.WINDOW if dots and (end - start).days >= 7 else DateKind.EVENT
        return cls(start, end, precision, kind)

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            return "none"
        if self.start == self.end:
            days = self.start.isoformat()
        elif (self.start, self.end) == _month_of(self.start):
            days = self.start.isoformat()[:7]
        elif (self.start, self.end) == _year_of(self.start):
            days = self.start.isoformat()[:4]
        else:
            days = f"{self.start.isoformat()}..{self.end.isoformat()}"
        usual = DateKind.WINDOW if ".." in days and self.days > 7 else DateKind.EVENT
        return days if self.kind is usual else f"{days} {self.kind.value[0]}"

    @property
    def days(self) -> int:
        """How many days it may have been; 0 without a date."""
        if self.start is None or self.end is None:
            return 0
        return (self.end - self.start).days + 1


def _open_end(reported: date | None) -> date:
    if reported is None:
        raise ValueError("this report has no date for an open span to end on; write its last day")
    return reported


def _month_of(day: date) -> tuple[date, date]:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def _year_of(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _days(text: str) -> tuple[date, date, DatePrecision]:
    try:
        if found := re.fullmatch(_DAY, text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day, DatePrecision.DAY
        if found := re.fullmatch(_MONTH, text):
            return *_month_of(date(int(found[1]), int(found[2]), 1)), DatePrecision.MONTH
        if found := re.fullmatch(_YEAR, text):
            return *_year_of(date(int(found[1]), 1, 1)), DatePrecision.YEAR
    except ValueError:
        raise ValueError(f"there is no such day as {text}") from None
    raise ValueError("write a date as 2016-12-21, 2016-12, 2016 or 2016-12-01..2016-12-07")


def precision_of(start: date, end: date) -> DatePrecision:
    """How exact a span of days is; ValueError if it ends before it starts."""
    days = (end - start).days + 1
    if days < 1:
        raise ValueError(f"the date starts after it ends: {start} to {end}")
    for most, precision in (
        (1, DatePrecision.DAY),
        (7, DatePrecision.WEEK),
        (31, DatePrecision.MONTH),
        (366, DatePrecision.YEAR),
    ):
        if days <= most:
            return precision
    return DatePrecision.LONGER
