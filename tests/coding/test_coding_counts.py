"""Counts: seven forms, one syntax (DESIGN §5)."""

import pytest
from coding_books import counts
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.values import Count, CountForm


@pytest.mark.parametrize(
    ("text", "form", "low", "best", "high"),
    [
        ("9", CountForm.EXACT, 9, 9, 9),
        ("0", CountForm.EXACT, 0, 0, 0),
        ("~30", CountForm.ABOUT, None, 30, None),
        ("12+", CountForm.AT_LEAST, 12, 12, None),
        ("<=40", CountForm.AT_MOST, None, None, 40),
        ("10-15", CountForm.RANGE, 10, None, 15),
        ("12 (12-20)", CountForm.BEST_IN_RANGE, 12, 12, 20),
        ("v12", CountForm.VAGUE, 12, None, None),
    ],
)
def test_each_form_of_a_count_gives_what_its_words_give_and_no_more(
    text: str, form: CountForm, low: int | None, best: int | None, high: int | None
) -> None:
    assert Count.parse(text) == Count(form, low, best, high)
    assert str(Count.parse(text)) == text


@given(counts())
def test_a_count_written_out_is_read_back_the_same(count: Count) -> None:
    assert Count.parse(str(count)) == count


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("  9 ", "9"),
        ("009", "9"),
        ("~ 30", "~30"),
        ("12 +", "12+"),
        (">=12", "12+"),
        ("≥12", "12+"),
        ("≤ 40", "<=40"),
        ("10–15", "10-15"),
        ("10 — 15", "10-15"),
        ("12(12-20)", "12 (12-20)"),
        ("12 (12 – 20)", "12 (12-20)"),
        ("V12", "v12"),
        ("1,204", "1204"),
        ("1 204", "1204"),
        ("21,452+", "21452+"),
        ("1,000-2,500", "1000-2500"),
        ("1 000 - 2 500", "1000-2500"),
        ("1,234,567", "1234567"),
        ("٩", "9"),
        ("~٣٠", "~30"),
        ("۱۲+", "12+"),
        ("٢١٬٤٥٢", "21452"),
        ("١٠-١٥", "10-15"),
        ("١٢ (١٢-٢٠)", "12 (12-20)"),
    ],
)
def test_other_ways_of_writing_a_count_are_understood(text: str, same_as: str) -> None:
    assert Count.parse(text) == Count.parse(same_as)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_a_thousands_space_pasted_from_a_report_is_understood(space: str) -> None:
    assert Count.parse(f"21{space}452") == Count.parse("21452")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "twelve",
        "-5",
        "1.5",
        "1,20",
        "12,3456",
        "9 9",
        "12++",
        "~",
        "v",
        "10-",
        "-15",
        "10-12-15",
        "12 (20)",
        "12 12-20",
        "(12-20)",
        "<40",
        ">40",
        "~12+",
        "5%",
        "½",
        "9" * 5000,
        "²",
        " ",
    ],
)
def test_what_is_no_count_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(ValueError, match=r"write a count as 9, ~30, 12\+"):
        Count.parse(text)


def test_a_range_that_runs_backwards_is_refused_and_turned_round_in_the_message() -> None:
    with pytest.raises(ValueError, match="write 10-15"):
        Count.parse("15-10")


@pytest.mark.parametrize("text", ["9 (10-15)", "16 (10-15)", "12 (15-10)"])
def test_a_best_number_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="outside its range"):
        Count.parse(text)


@pytest.mark.parametrize("text", ["1000000001", "5-1000000001", "9" * 15])
def test_a_number_too_large_to_be_people_is_refused_as_a_slip(text: str) -> None:
    with pytest.raises(ValueError, match="surely a slip"):
        Count.parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_count_that_reads_back_the_same_or_a_value_error(text: str) -> None:
    try:
        count = Count.parse(text)
    except ValueError:
        return
    known = [n for n in (count.low, count.best, count.high) if n is not None]
    assert known == sorted(known)
    assert Count.parse(str(count)) == count


@pytest.mark.parametrize("text", ["9" * 5000, "1" + ",000" * 2000, "1-" + "9" * 5000])
def test_a_count_of_thousands_of_digits_is_told_what_one_looks_like(text: str) -> None:
    with pytest.raises(ValueError, match="write a count as"):
        Count.parse(text)
