"""Dates as they stand in passages, in English and Arabic, and from which day they count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.dates_in import dates_in
from annotator.coding.values import DatePrecision

REPORTED = date(2016, 12, 21)
"""A Wednesday."""


def dates(text: str, reported: date | None = REPORTED) -> list[tuple[str, str]]:
    """Each date with its words."""
    return [(str(one.value), text[one.start : one.end]) for one in dates_in(text, reported)]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("killed on 20 December 2016 in", "2016-12-20", "20 December 2016"),
        ("on the 21st of July 2012", "2012-07-21", "21st of July 2012"),
        ("on December 3, 2015, in", "2015-12-03", "December 3, 2015"),
        ("on Dec 20", "2016-12-20", "Dec 20"),
        ("on 25 December", "2015-12-25", "25 December"),
        ("in March 2016, 41 died", "2016-03", "March 2016"),
        ("in March", "2016-03", "March"),
        ("in May three died", "2016-05", "May"),
        ("in 2013", "2013", "2013"),
        ("on Tuesday", "2016-12-20", "Tuesday"),
        ("on Wednesday", "2016-12-21", "Wednesday"),
        ("last Wednesday", "2016-12-14", "last Wednesday"),
        (
            "Wednesday the 21st of December 2016",
            "2016-12-21",
            "Wednesday the 21st of December 2016",
        ),
        ("on Monday, 5 March 2012", "2012-03-05", "Monday, 5 March 2012"),
        ("yesterday", "2016-12-20", "yesterday"),
        ("the day before yesterday", "2016-12-19", "the day before yesterday"),
        ("last month", "2016-11", "last month"),
        ("2016-12-01", "2016-12-01", "2016-12-01"),
        ("21/12/2016", "2016-12-21", "21/12/2016"),
        ("12/21/2016", "2016-12-21", "12/21/2016"),
        ("20-21 December", "2016-12-20..2016-12-21", "20-21 December"),
        ("from 1 to 5 March 2016", "2016-03-01..2016-03-05", "1 to 5 March 2016"),
        ("between 3 and 9 May", "2016-05-03..2016-05-09", "3 and 9 May"),
        (
            "Between January and April 2014",
            "2014-01-01..2014-04-30",
            "Between January and April 2014",
        ),
        ("Since January 2014 it has", "2014-01-01..2016-12-21", "Since January 2014"),
        (
            "in March 2011 until today the 21st of December 2016",
            "2011-03-01..2016-12-21",
            "March 2011 until today the 21st of December 2016",
        ),
        ("في 20 كانون الأول 2016", "2016-12-20", "20 كانون الأول 2016"),
        ("في 20 كانون الأول/ديسمبر 2016", "2016-12-20", "20 كانون الأول/ديسمبر 2016"),
        ("في ١٢ شباط ٢٠١٣", "2013-02-12", "١٢ شباط ٢٠١٣"),
        ("يوم 3 أيار 2014", "2014-05-03", "3 أيار 2014"),
        ("في 15 آب", "2016-08-15", "15 آب"),
        ("بتاريخ 9 أكتوبر 2015", "2015-10-09", "9 أكتوبر 2015"),
        ("بتاريخ 3/4/2016", "2016-04-03", "3/4/2016"),
        ("ويوم الثلاثاء", "2016-12-20", "الثلاثاء"),
        ("الجمعة الماضي", "2016-12-16", "الجمعة الماضي"),
        ("فجر اليوم", "2016-12-21", "اليوم"),
        ("مساء أمس", "2016-12-20", "أمس"),
        ("أول أمس", "2016-12-19", "أول أمس"),
        ("في آذار", "2016-03", "آذار"),
        ("عام 2014", "2014", "2014"),
        ("منذ آذار 2011", "2011-03-01..2016-12-21", "منذ آذار 2011"),
        ("بين 3 و9 أيار", "2016-05-03..2016-05-09", "3 و9 أيار"),
    ],
)
def test_a_date_is_read_with_its_precision(text: str, value: str, words: str) -> None:
    assert dates(text) == [(value, words)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "Next Friday it may rain.",
        "on 03/04/2016",
        "on 21/12/16",
        "مارس النظام القصف",
        "قال أب لطفلين",
        "في 15 رمضان 1437",
        "on 31 February 2016",
        "It killed 2016 sheep.",
    ],
)
def test_what_may_be_no_date_or_two_different_ones_is_not_offered(text: str) -> None:
    assert dates(text) == []


def test_a_weekday_that_does_not_fit_its_date_gives_way_to_it() -> None:
    assert dates("on Friday 20 December 2016") == [("2016-12-20", "Friday 20 December 2016")]


@pytest.mark.parametrize("reported", [None, date(1, 1, 1)])
def test_without_a_usable_day_of_the_report_only_whole_dates_are_read(
    reported: date | None,
) -> None:
    text = "Yesterday, on Tuesday, on 5 May, in March and on 20 December 2016"
    assert dates(text, reported) == [("2016-12-20", "20 December 2016")]


def test_the_words_a_date_was_read_from_are_kept() -> None:
    (found,) = dates_in("It was on Tuesday.", REPORTED)
    assert found.value.words == "Tuesday"
    assert found.value.precision is DatePrecision.DAY


_PARTS = """20 21 2016 2011 December may March of the until since yesterday Tuesday last month to
and between - / أمس الثلاثاء كانون الأول منذ 15 شباط . , st"""


@given(
    st.lists(st.sampled_from(_PARTS.split()), max_size=20),
    st.dates(date(1800, 1, 1)) | st.none(),
)
def test_dates_lie_in_the_text_in_order_without_overlap(
    words: list[str], reported: date | None
) -> None:
    text = " ".join(words)
    found = dates_in(text, reported)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(text[one.start : one.end] == one.value.words for one in found)
