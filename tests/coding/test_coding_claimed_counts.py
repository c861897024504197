"""Numbers of people as a passage claims them, in English and Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.claimed_counts import counts_in


def counts(text: str) -> list[tuple[str, str]]:
    """Each count with its words."""
    return [(str(one.value), text[one.start : one.end]) for one in counts_in(text)]


@pytest.mark.parametrize(
    ("text", "count", "words"),
    [
        ("At least 12 people died.", "12+", "At least 12"),
        ("No fewer than twelve people died.", "12+", "No fewer than twelve"),
        ("More than 300 people died.", "301+", "More than 300"),
        ("Over a hundred people died.", "101+", "Over a hundred"),
        ("About thirty people died.", "~30", "About thirty"),
        ("An estimated 1,200 people left.", "~1200", "An estimated 1,200"),
        ("Some 17 thousand people left.", "~17000", "Some 17 thousand"),
        ("Up to 40 people died.", "<=40", "Up to 40"),
        ("Fewer than 10 people died.", "<=9", "Fewer than 10"),
        ("Between 10 and 15 people died.", "10-15", "Between 10 and 15"),
        ("10-15 people died.", "10-15", "10-15"),
        ("10 to 15 people died.", "10-15", "10 to 15"),
        ("The dead: 12+ so far.", "12+", "12+"),
        ("Nine people or more died.", "9+", "Nine people or more"),
        ("Dozens died.", "v12", "Dozens"),
        ("Several people died.", "v3", "Several"),
        ("مقتل ما لا يقل عن ١٢ شخصاً", "12+", "ما لا يقل عن ١٢"),
        ("قتل 9 أشخاص على الأقل", "9+", "9 أشخاص على الأقل"),
        ("قتل أكثر من 20 مدنياً", "21+", "أكثر من 20"),
        ("قتل ما لا يزيد عن 5 أشخاص", "<=5", "ما لا يزيد عن 5"),
        ("وقتل نحو ثلاثين شخصاً", "~30", "نحو ثلاثين"),
        ("نزوح حوالي 17 ألفاً", "~17000", "حوالي 17 ألفاً"),
        ("قتل بين 10 و15 شخصاً", "10-15", "بين 10 و15"),
        ("سقط عشرات القتلى", "v10", "عشرات"),
        ("قتل طفلان في القصف", "2", "طفلان"),
    ],
)
def test_the_words_around_a_number_say_how_it_is_meant(text: str, count: str, words: str) -> None:
    assert counts(text) == [(count, words)]


def test_a_toll_that_rose_gives_both_numbers_and_no_range() -> None:
    assert [count for count, _ in counts("The toll rose from 8 to 13.")] == ["8", "13"]
    assert [count for count, _ in counts("ارتفعت الحصيلة من 8 إلى 13 قتيلاً")] == ["8", "13"]


def test_a_range_that_runs_backwards_is_two_numbers() -> None:
    assert [count for count, _ in counts("The toll fell, 13 to 8.")] == ["13", "8"]


def test_words_before_the_next_number_are_not_those_of_the_one_before() -> None:
    assert counts("It killed 3 and at least 4 more.") == [("3", "3"), ("4+", "at least 4")]


@pytest.mark.parametrize(
    "text",
    [
        "On 21 December 2016 and at 10:30 it rained.",
        "She was aged 16, he was 17 years old, all over the age of 15.",
        "A 16-year-old was there for 3 days; 20% left, 5 km away.",
        "في 20 كانون الأول 2016، وعمرها 16 عاماً، بعد 3 أيام",
        "The third of them spoke.",
    ],
)
def test_dates_times_ages_and_measures_count_no_people(text: str) -> None:
    assert counts(text) == []


_PARTS = """at least more than 12 10-15 dozens about two hundred and between 8 fewer
و بين نحو عشرات 20 . , لا يقل عن او اكثر"""


@given(st.lists(st.sampled_from(_PARTS.split()), max_size=20))
def test_counts_lie_in_the_text_in_order_without_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found = counts_in(text)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
