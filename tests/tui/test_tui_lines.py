"""Cutting, padding and wrapping by cells."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.graphemes import boundaries
from annotator.corpus.visible import visible
from annotator.tui.cells import cells, on_screen
from annotator.tui.lines import cut, length, line, padded, wrap

SAMPLES = (
    "ab .éقُتِ٣漢字🕊👨\u200d👩🇸🇾👍🏽☁\ufe0fe\u0301\u0300ं\u200c \u0600"
    "\n\t\u3000\u00a0\u2028\x1b\x9b\u202e\x85"
)
TEXTS = st.text(
    st.one_of(st.sampled_from(SAMPLES), st.characters(exclude_categories=["Cs"])), max_size=80
)
HOSTILE = "a\x1b[31mred\x1b]0;title\x07 \x9b2J \u202etxt.exe\u2066\u200e \u2028 \ufeff\x00 z"


def shown(text: str, span: tuple[int, int]) -> str:
    return on_screen(text[span[0] : span[1]])


@given(TEXTS, st.integers(10, 40))
def test_no_wrapped_line_takes_more_cells_than_there_are(text: str, width: int) -> None:
    assert all(cells(shown(text, span)) <= width for span in wrap(text, width))


@given(TEXTS, st.integers(1, 30))
def test_wrapping_keeps_everything_but_space_once_and_in_order(text: str, width: int) -> None:
    spans = wrap(text, width)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    kept = "".join(text[first:last] for first, last in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(TEXTS, st.integers(1, 30))
def test_a_line_begins_and_ends_between_what_readers_take_for_characters(
    text: str, width: int
) -> None:
    cuts = set(boundaries(text))
    assert all({first, last} <= cuts for first, last in wrap(text, width))


@given(TEXTS, st.integers(1, 30))
def test_wrapped_lines_have_no_space_around_them(text: str, width: int) -> None:
    cuts = boundaries(text)
    for first, last in wrap(text, width):
        inside = [text[cut:end] for cut, end in itertools.pairwise(cuts) if first <= cut < last]
        if inside:
            # A blank that carries a mark is no white space.
            assert inside[0].strip()
            assert inside[-1].strip()


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a\nb", 9, ["a\nb"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢", 1, ["漢"]),
        ("🇸🇾🇸🇾", 2, ["🇸🇾", "🇸🇾"]),
        ("👨\u200d👩👨", 3, ["👨\u200d👩", "👨"]),
        ("بب\u200dتت", 3, ["بب\u200dت", "ت"]),
        ("قُتِلَ مدنيان", 4, ["قُتِلَ", "مدني", "ان"]),
        ("e\u0301e\u0301", 1, ["e\u0301", "e\u0301"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
    ],
)
def test_wrapping_by_example(text: str, width: int, expected: list[str]) -> None:
    assert [text[first:last] for first, last in wrap(text, width)] == expected


@given(TEXTS, st.integers(0, 40))
def test_padding_takes_exactly_the_cells_asked_for(text: str, width: int) -> None:
    assert cells(padded(text, width)) == width


@given(TEXTS, st.integers(0, 40))
def test_cutting_takes_at_most_the_cells_asked_for_and_says_so(text: str, width: int) -> None:
    found = cut(text, width)
    assert cells(found) <= width
    if found != visible(text) and width:
        assert found.endswith("…")


@pytest.mark.parametrize("show", [lambda text: cut(text, 200), lambda text: padded(text, 200),
                                  lambda text: line(text)[0][0]])  # fmt: skip
def test_what_a_terminal_would_obey_is_spelled_out(show) -> None:
    text = show(HOSTILE)
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Zl") for letter in text)
    assert "red" in text


def test_the_length_of_a_line_is_that_of_its_pieces() -> None:
    assert length((("ab", ""), ("漢", "bold"))) == 4


def test_a_word_of_a_hundred_thousand_letters_is_broken_at_once() -> None:
    assert len(wrap("x" * 100_000, 40)) == 2_500
