"""Days, months and years of the calendar, from the numbers that words give."""

from datetime import date, timedelta

_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def day_number(word: str) -> int | None:
    """The day of a month that a word in digits may be, or None."""
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else None


def year_number(word: str) -> int | None:
    """The year that a word in digits may be, or None."""
    is_year = word.isdecimal() and len(word) == 4 and _FIRST_YEAR <= int(word) <= _LAST_YEAR
    return int(word) if is_year else None


def is_recent(day: date) -> bool:
    """Whether a day lies in a year that words in digits may be."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(first: date) -> date:
    """The last day of the month that begins on a day."""
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def period(reported: date, unit: str, back: int) -> tuple[date, date]:
    """The first and last day of a month or year counted back from that of a day.

    Args:
        reported: The day.
        unit: `month` or `year`.
        back: How many to go back; 0 for the one the day lies in.
    """
    if unit == "year":
        year = reported.year - back
        return date(year, 1, 1), date(year, 12, 31)
    first = reported.replace(day=1)
    for _ in range(back):
        first = (first - timedelta(1)).replace(day=1)
    return first, month_end(first)
