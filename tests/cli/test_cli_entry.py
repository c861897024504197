"""What a line typed at a plain prompt says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.entry import Command, Quote, command, find_words, picks, value_and_quotes
from annotator.coding.model import Span

TEXT = "Two men died.\nTwo  men fled; one woman\twas hurt."


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("a 1", ["a", "1"]),
        (" a,1 ,  b ", ["a", "1", "b"]),
        ("- -", ["-", "-"]),
        ('a "two men" 1 "died"2', ["a", Quote("two men"), "1", Quote("died", 2)]),
        ('"only words"', [Quote("only words")]),
        ('a "never closed', ["a", '"never', "closed"]),
        ("", []),
    ],
)
def test_a_line_is_split_into_keys_and_quoted_words(line: str, parts: list[str | Quote]) -> None:
    assert picks(line) == parts


def test_a_value_stands_apart_from_the_words_behind_it() -> None:
    assert value_and_quotes('12 (12-20) "twelve" "or more"2') == (
        "12 (12-20)",
        [Quote("twelve"), Quote("or more", 2)],
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (".help", Command("help", "")),
        (".note  why so ", Command("note", "why so")),
        (".5", None),
        ("help", None),
        ("...", None),
    ],
)
def test_a_dot_and_a_word_make_a_command(line: str, found: Command | None) -> None:
    assert command(line) == found


def test_words_are_found_across_line_breaks_with_their_exact_text() -> None:
    assert find_words(Quote("men fled"), TEXT, 100) == Span(119, 127, "men fled")
    assert find_words(Quote("woman was"), TEXT, 0).text == "woman\twas"


def test_a_second_occurrence_is_named_by_its_number() -> None:
    assert find_words(Quote("Two men", 2), TEXT, 0) == Span(14, 22, "Two  men")


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        (Quote("Two men"), "stands 2 times"),
        (Quote("three men"), "does not stand in the passage"),
        (Quote("woman", 2), "stands only once"),
        (Quote("  "), "no words between the quotes"),
    ],
)
def test_words_that_do_not_stand_exactly_once_are_refused(quote: Quote, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        find_words(quote, TEXT, 0)


@given(st.text(min_size=1, max_size=60), st.data(), st.integers(0, 1000))
def test_any_words_of_a_passage_are_found_at_their_place(
    text: str, data: st.DataObject, start: int
) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    words = text[first:last]
    for occurrence in range(1, 70):
        try:
            span = find_words(Quote(words, occurrence), text, start)
        except ValueError:
            assert not words.split() or occurrence > 1
            return
        assert text[span.start - start : span.end - start] == span.text
        assert span.text.split() == words.split()


@given(st.text(max_size=60))
def test_any_line_can_be_read(line: str) -> None:
    picks(line)
    value_and_quotes(line)
    command(line)
