"""The word under the cursor and the mark: what each movement and each change of a mark does."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.graphemes import boundaries
from annotator.tui.text_cursor import TextCursor

TEXT = (
    "“Four died. Two were children.” He left.\n\nNine e\u0301te\u0301 died on Monday.\n\nNo more."
)
START = 300


def at(word: str) -> TextCursor:
    return TextCursor(TEXT, START, START + TEXT.index(word))


def word(text: TextCursor) -> str:
    return text.text[slice(*text.words[text.word])]


def marked(text: TextCursor) -> str:
    assert text.mark is not None
    assert TEXT[text.mark.start - START : text.mark.end - START] == text.mark.text
    return text.mark.text


@pytest.mark.parametrize(
    ("begin", "move", "step", "expected"),
    [
        ("Four", TextCursor.move_sentences, 1, "Two"),
        ("died", TextCursor.move_sentences, -1, "Four"),
        ("Four", TextCursor.move_sentences, -1, "Four"),
        ("were", TextCursor.move_sentences, 1, "He"),
        ("left", TextCursor.move_sentences, 1, "Nine"),
        ("No", TextCursor.move_sentences, 1, "more"),
        ("He", TextCursor.move_paragraphs, 1, "Nine"),
        ("Monday", TextCursor.move_paragraphs, 1, "No"),
        ("No", TextCursor.move_paragraphs, -1, "Nine"),
        ("Monday", TextCursor.move_paragraphs, -1, "Nine"),
        ("No", TextCursor.move_paragraphs, 1, "more"),
    ],
)
def test_movements_by_example(
    begin: str, move: Callable[[TextCursor, int], None], step: int, expected: str
) -> None:
    text = at(begin)
    move(text, step)
    assert word(text) == expected


@pytest.mark.parametrize(
    ("begin", "move", "step", "expected"),
    [
        ("Two", TextCursor.move_words, 2, "Two were children"),
        ("were", TextCursor.move_sentences, 1, "were children"),
        ("children", TextCursor.move_sentences, 1, "children.” He left"),
        ("children", TextCursor.move_sentences, -1, "Two were children"),
        ("left", TextCursor.move_paragraphs, 1, "left.\n\nNine e\u0301te\u0301 died on Monday"),
        ("on", TextCursor.move_paragraphs, 1, "on Monday"),
        ("on", TextCursor.move_paragraphs, -1, "Nine e\u0301te\u0301 died on"),
    ],
)
def test_every_movement_extends_a_mark(
    begin: str, move: Callable[[TextCursor, int], None], step: int, expected: str
) -> None:
    text = at(begin)
    text.begin_mark()
    move(text, step)
    assert marked(text) == expected


def test_the_sentence_then_the_paragraph_then_the_passage_is_marked() -> None:
    text = at("Two")
    seen = []
    for _ in range(4):
        text.mark_larger()
        seen.append(marked(text))
    assert seen[:2] == ["Two were children", "Four died. Two were children.” He left"]
    assert seen[2] == seen[3] == TEXT[1:-1]


def test_a_mark_over_two_sentences_grows_to_both_of_them_whole() -> None:
    text = at("died")
    text.begin_mark()
    text.move_words(2)
    text.mark_larger()
    assert marked(text) == "Four died. Two were children"


def test_a_trimmed_sentence_is_made_whole_before_anything_larger() -> None:
    text = at("Two")
    text.mark_larger()
    text.resize(-1)
    text.mark_larger()
    assert marked(text) == "Two were children"


def test_the_other_end_moves_after_a_swap_and_both_keep_what_was_done_to_them() -> None:
    text = at("Two")
    text.swap_ends()
    assert text.mark is None
    text.begin_mark()
    text.move_words(1)
    text.resize(-1)
    assert marked(text) == "Two wer"
    text.swap_ends()
    assert word(text) == "Two"
    text.resize(-1)
    assert marked(text) == "wo wer"
    text.move_words(-1)
    assert marked(text) == "died. Two wer"
    text.swap_ends()
    text.move_words(0)
    assert marked(text) == "died. Two were"


def test_a_single_word_can_be_extended_to_the_left_after_a_swap() -> None:
    text = at("Two")
    text.begin_mark()
    text.swap_ends()
    text.resize(1)
    text.resize(1)
    text.resize(1)
    assert marked(text) == "d. Two"
    assert word(text) == "died"


def test_moving_past_the_fixed_end_turns_the_mark_round() -> None:
    text = at("were")
    text.begin_mark()
    text.move_words(1)
    text.resize(1)
    assert marked(text) == "were children."
    text.move_words(-2)
    assert marked(text) == "Two were"
    text.resize(-1)
    assert marked(text) == "wo were"
    text.move_words(3)
    assert marked(text) == "were children.” He"


def test_a_mark_grows_and_shrinks_by_what_readers_take_for_characters() -> None:
    text = at("e\u0301te\u0301")
    assert not text.resize(1)
    text.begin_mark()
    seen = []
    while text.resize(-1):
        seen.append(marked(text))
    assert seen == ["e\u0301t", "e\u0301"]
    while text.resize(1):
        seen.append(marked(text))
    assert seen[-1] == TEXT[TEXT.index("e\u0301") :]
    assert word(text) == "more"


@given(
    st.text(st.sampled_from("ab .e\u0301\u064eق👨\u200d👩🇸🇾漢\n"), min_size=1, max_size=40),
    st.integers(0, 40),
    st.lists(st.sampled_from([1, -1]), max_size=12),
    st.booleans(),
)
def test_growing_undoes_trimming(body: str, cursor: int, steps: list[int], swap: bool) -> None:
    text = TextCursor(body, 0, cursor)
    text.begin_mark()
    if swap:
        text.swap_ends()
    for step in steps:
        before = text.mark
        if text.resize(step):
            assert text.mark != before
            assert text.mark is not None
            assert {text.mark.start, text.mark.end} <= set(boundaries(body))
            assert text.resize(-step)
        assert text.mark == before
        text.resize(step)
