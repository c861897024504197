"""Words and sentences of a passage as offsets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.words import sentences, words

TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab éقُ٣،؟.!?'’-,\n\t…”)🕊漢e\u0301\u200c"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("al-Bab, Jam’eyyat and 21,452.", ["al-Bab", "Jam’eyyat", "and", "21,452"]),
        ("“Four” (died)", ["Four", "died"]),
        ("قُتِلَ ٢١٬٤٥٢ مدنياً.", ["قُتِلَ", "٢١٬٤٥٢", "مدنياً"]),
        ("cafe\u0301 2.5 U.N. x", ["cafe\u0301", "2.5", "U.N", "x"]),
        ("– … !", []),
        ("", []),
    ],
)
def test_words_hold_together_what_is_read_as_one(text: str, expected: list[str]) -> None:
    assert cut(text, words(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One died. Two fled!  Three?", ["One died.", "Two fled!", "Three?"]),
        ("Gen. Saleh died. He fell.", ["Gen. Saleh died.", "He fell."]),
        ("It was 2.5 km, e.g. there. So.", ["It was 2.5 km, e.g. there.", "So."]),
        ("“They died.” He left.", ["“They died.”", "He left."]),
        ("قُتل اثنان. هل نجا أحد؟ نعم.", ["قُتل اثنان.", "هل نجا أحد؟", "نعم."]),
        ("It fell . and then no more", ["It fell . and then no more"]),
        ("  no stop  ", ["no stop"]),
        ("   ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text, sentences(text)) == expected


@given(TEXTS)
def test_words_are_in_order_apart_and_hold_every_letter_and_digit(text: str) -> None:
    found = words(text)
    assert all(start < end for start, end in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))
    inside = {place for start, end in found for place in range(start, end)}
    assert all(place in inside for place, letter in enumerate(text) if letter.isalnum())


@given(TEXTS)
def test_sentences_are_in_order_apart_trimmed_and_hold_everything_but_space(text: str) -> None:
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))
    assert all(part == part.strip() for part in cut(text, found))
    inside = {place for start, end in found for place in range(start, end)}
    assert all(place in inside for place, letter in enumerate(text) if not letter.isspace())


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    text = "A" * 100_000 + "." * 1_000
    assert len(words(text)) == 1
    assert len(sentences(text)) == 1
