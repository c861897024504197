"""Where a text may be cut: by example, and against another implementation of the standard."""

from itertools import pairwise

import pytest
import wcwidth
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.corpus.graphemes import boundaries, one_each, snapped
from annotator.corpus.words import paragraphs, words

PIECES = st.sampled_from(
    [*"ab ., é\n\r\t1#’—ق٣漢か한국각각가", *"🕊👨👩☁🏳🏽🇸🇾", "\u0301", "\u064e",
     "\u0651", "\u200d", "\u200c", "\ufe0f", "\u20e3", "\u202e", "\u00ad", "\u200b", "\u0600",
     "\u06dd", "ம", "\u0bbf", "\u0903", "\u1100", "\u1161", "\u11a8", "\ud7b0",
     "\U000e0067", "\uff9e"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def pieces(text: str) -> list[str]:
    return [text[first:last] for first, last in pairwise(boundaries(text))]


@pytest.mark.parametrize(
    "whole",
    ["e\u0301", "قُ", "ه\u0651", "👨\u200d👩\u200d👧", "👍🏽", "🇸🇾", "☁\ufe0f",
     "1\ufe0f\u20e3", "🏳\ufe0f\u200d🌈", "각",
     "\u1100\u1161\u11a8", "க\u0bbf", "\r\n", "\u0600\u0661", "❤\ufe0f\u200d🔥"],
)  # fmt: skip
def test_what_a_reader_takes_for_one_character_is_not_cut(whole: str) -> None:
    assert pieces(f"a{whole}b") == ["a", whole, "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("ab", ["a", "b"]),
        ("🇸🇾🇹🇷", ["🇸🇾", "🇹🇷"]),
        ("ب\u200dت", ["ب\u200d", "ت"]),
        ("🕊👩", ["🕊", "👩"]),
        ("a\u202e\u0301", ["a", "\u202e", "\u0301"]),
        (" \u0301a", [" \u0301", "a"]),
        ("한국", ["한", "국"]),
    ],
)
def test_cutting_by_example(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(TEXTS)
def test_another_implementation_of_the_standard_cuts_at_the_same_places(text: str) -> None:
    assert pieces(text) == list(wcwidth.iter_graphemes(text))


@given(st.text(max_size=40))
def test_cuts_rise_from_the_beginning_to_the_end_and_keep_every_character(text: str) -> None:
    found = boundaries(text)
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (0, len(text)) if text else found == [0]
    assert "".join(pieces(text)) == text


@example("\n")
@given(st.text(max_size=40))
def test_texts_seen_at_once_are_cut_as_the_rules_cut_them(text: str) -> None:
    if one_each(text):
        # A letter with a mark behind it makes the text one that is looked at letter by letter; a
        # mark alone would be a character of its own after a line feed.
        assert boundaries(text + "x\u0301")[:-1] == list(range(len(text) + 1))


@given(TEXTS)
def test_words_begin_and_end_where_a_text_may_be_cut(text: str) -> None:
    cuts = set(boundaries(text))
    found = words(text)
    assert all({first, last} <= cuts for first, last in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))


def test_letters_whose_signs_are_no_letters_make_one_word() -> None:
    text = "हिन्दी में"
    assert [text[first:last] for first, last in words(text)] == ["हिन्दी", "में"]


def test_spans_are_widened_to_whole_characters_and_joined_where_they_then_touch() -> None:
    cuts = [0, 2, 3, 6, 7]
    assert snapped([(0, 1), (4, 5)], cuts) == [(0, 2), (3, 6)]
    assert snapped([(1, 2), (2, 4)], cuts) == [(0, 6)]
    assert snapped([(3, 6)], cuts) == [(3, 6)]


def test_blank_lines_part_paragraphs_and_single_line_feeds_do_not() -> None:
    text = " \n One\ntwo. \n \t\nThree\n\n\n\nfour \n"
    found = [text[first:last] for first, last in paragraphs(text)]
    assert found == ["One\ntwo.", "Three", "four"]
    assert paragraphs(" \n\n ") == []
