"""Dates: first and last possible day, how exact, and what kind (DESIGN §5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.values import DateKind, DatePrecision, DateValue

EVENT, WINDOW = DateKind.EVENT, DateKind.WINDOW


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "kind"),
    [
        ("2016-12-21", "2016-12-21", "2016-12-21", "1", EVENT),
        ("2016-1-5", "2016-01-05", "2016-01-05", "1", EVENT),
        ("٢٠١٦-١٢-٢١", "2016-12-21", "2016-12-21", "1", EVENT),
        ("2016-02", "2016-02-01", "2016-02-29", "3", EVENT),
        ("2015-02", "2015-02-01", "2015-02-28", "3", EVENT),
        ("2016", "2016-01-01", "2016-12-31", "4", EVENT),
        ("2016-12-01..2016-12-07", "2016-12-01", "2016-12-07", "2", EVENT),
        ("2016-12-01..2016-12-08", "2016-12-01", "2016-12-08", "3", WINDOW),
        ("2016-11..2016-12", "2016-11-01", "2016-12-31", "4", WINDOW),
        ("2011-03..2016-12-21", "2011-03-01", "2016-12-21", "5", WINDOW),
        ("2016-12 w", "2016-12-01", "2016-12-31", "3", WINDOW),
        ("2016-12W", "2016-12-01", "2016-12-31", "3", WINDOW),
        ("2016-11..2016-12 e", "2016-11-01", "2016-12-31", "4", EVENT),
        (" 2016 .. 2017 ", "2016-01-01", "2017-12-31", "5", WINDOW),
    ],
)
def test_a_date_says_first_and_last_day_how_exact_and_which_kind(
    text: str, start: str, end: str, precision: str, kind: DateKind
) -> None:
    expected = DateValue(
        date.fromisoformat(start), date.fromisoformat(end), DatePrecision(precision), kind
    )
    assert DateValue.parse(text) == expected


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def typed(draw: st.DrawFn) -> str:
    """What a coder can type: a day, month or year, or a span of two, with or without a kind."""
    first, last = sorted((draw(days), draw(days)))
    shape = st.sampled_from(["day", "month", "year"])

    def part(day: date, shape: str) -> str:
        return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[shape]]

    text = part(first, draw(shape))
    if draw(st.booleans()):
        text += ".." + part(last, "day")
    return text + draw(st.sampled_from(["", " w", " e"]))


@given(typed())
def test_a_date_typed_is_written_out_as_something_that_reads_the_same(text: str) -> None:
    try:
        value = DateValue.parse(text)
    except ValueError:
        assert ".." in text
        return
    assert DateValue.parse(str(value)) == value


def test_a_date_that_cannot_be_said_can_be_written_out_and_read_again() -> None:
    never = DateValue(None, None, DatePrecision.NONE)
    assert DateValue.parse(str(never)) == never


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2016-13", "no such day as 2016-13"),
        ("2015-02-29", "no such day as 2015-02-29"),
        ("0000", "no such day as 0000"),
        ("2016-12-21..2016-12-01", "starts after it ends"),
        ("", "write a date as"),
        ("yesterday", "write a date as"),
        ("21.12.2016", "write a date as"),
        ("12/21/2016", "write a date as"),
        ("2016..", "this report has no date"),
        ("..2016", "write a date as"),
        ("w", "write a date as"),
        ("2016-12-21 x", "write a date as"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DateValue.parse(text)


def test_a_date_has_both_ends_or_neither_and_says_so_by_its_precision() -> None:
    day = date(2016, 12, 21)
    for start, end, precision in (
        (day, None, DatePrecision.DAY),
        (None, day, DatePrecision.DAY),
        (None, None, DatePrecision.DAY),
        (day, day, DatePrecision.NONE),
        (day, date(2016, 12, 20), DatePrecision.DAY),
    ):
        with pytest.raises(ValueError, match="date"):
            DateValue(start, end, precision)


def test_the_length_of_a_date_counts_both_ends() -> None:
    assert DateValue.parse("2016-12-21").days == 1
    assert DateValue.parse("2016-02").days == 29
    assert DateValue(None, None, DatePrecision.NONE).days == 0
