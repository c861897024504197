"""The passage on the screen: moving, marking, scrolling, highlighting."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.lines import length
from annotator.tui.passage import Highlight, PassageText
from annotator.tui.theme import theme_named

TEXT = "Four people died in Tal Amrit. Two were children. قُتل ستة مدنيين، said the council."
START = 500
REPORT = "x" * START + TEXT + "y" * 50

PIECES = st.sampled_from(
    ["a", "word", "al-Bab", " ", " ", "\n", ".", ". ", "قُتل ", "漢字", "🕊", "e\u0301 ", "\x1b[2J",
     "\u202e", "x" * 30]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("move_words"), st.integers(-3, 3)),
        st.tuples(st.just("move_lines"), st.integers(-5, 5)),
        st.tuples(st.just("move_to_line_end"), st.sampled_from([1, -1])),
        st.tuples(st.just("move_sentences"), st.sampled_from([1, -1])),
        st.tuples(st.sampled_from(["begin_mark", "drop_mark", "mark_sentence", "mark_all"])),
    ),
    max_size=12,
)


def passage(width: int = 30, height: int = 4) -> PassageText:
    text = PassageText(TEXT, START, START)
    text.view(width, height, [])
    return text


def word(text: PassageText) -> str:
    start, end = text.words[text.word]
    return text.text[start:end]


def styled(text: PassageText, *marks: Highlight, width: int = 30) -> dict[str, str]:
    """The words in each style, of the whole passage."""
    found: dict[str, str] = {}
    for line in text.view(width, 20, marks):
        for words, style in line:
            found[style] = f"{found.get(style, '')}{words}"
    return found


@given(TEXTS, MOVES, st.integers(12, 40), st.integers(2, 8))
def test_whatever_is_pressed_the_cursor_is_in_view_and_marks_are_words_of_the_report(
    body: str, moves: list[tuple], width: int, height: int
) -> None:
    report = "." * START + body + "." * 20
    text = PassageText(body, START, START)
    for name, *arguments in [("move_words", 0), *moves]:
        text.lay_out(width)
        getattr(text, name)(*arguments)
        lines = text.view(width, height, [])
        assert len(lines) <= height
        assert all(length(line) <= width for line in lines)
        if body.strip():
            assert any(style.startswith("cursor") for line in lines for _, style in line)
        assert START <= text.cursor <= START + len(body)
        if text.mark is not None:
            assert text.mark.text == report[text.mark.start : text.mark.end]


@given(TEXTS, st.integers(12, 40))
def test_nothing_a_terminal_obeys_or_hides_is_ever_in_a_line(body: str, width: int) -> None:
    text = PassageText(body + "\x9b\u2066\u200f\u2028\x07\x00", START)
    for line in text.view(width, 99, []):
        for words, _ in line:
            assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Zl") for letter in words)


def test_the_cursor_moves_by_words_lines_and_sentences() -> None:
    text = passage()
    seen = []
    for move in (
        lambda: text.move_words(1),
        lambda: text.move_words(-5),
        lambda: text.move_sentences(1),
        lambda: text.move_sentences(1),
        lambda: text.move_sentences(1),
        lambda: text.move_sentences(-1),
        lambda: text.move_sentences(-1),
        lambda: text.move_lines(1),
        lambda: text.move_lines(-1),
        lambda: text.move_to_line_end(-1),
        lambda: text.move_to_line_end(1),
        lambda: text.move_lines(99),
        lambda: text.move_lines(-99),
    ):
        move()
        seen.append(word(text))
    assert seen == [
        "people", "Four", "Two", "قُتل", "council", "قُتل", "Two", "مدنيين", "Two", "Two",
        "ستة", "council", "in",
    ]  # fmt: skip


def test_marking_goes_from_the_first_word_to_the_last_in_either_direction() -> None:
    text = passage()
    text.move_words(3)
    text.begin_mark()
    text.move_words(-2)
    span = text.mark
    assert span is not None
    assert (span.text, span.start) == ("people died in", START + 5)
    assert REPORT[span.start : span.end] == span.text
    text.drop_mark()
    assert text.mark is None


def test_marking_a_sentence_and_the_passage() -> None:
    text = passage()
    text.move_words(7)
    text.mark_sentence()
    assert text.mark is not None
    assert text.mark.text == "Two were children"
    text.mark_all()
    assert text.mark is not None
    assert text.mark.text == TEXT.rstrip(".")


def test_the_cursor_comes_back_to_where_it_was_in_the_report() -> None:
    assert word(PassageText(TEXT, START, START + 20)) == "Tal"
    assert word(PassageText(TEXT, START, 0)) == "Four"
    assert word(PassageText(TEXT, START, START + 9999)) == "council"


@pytest.mark.parametrize("body", ["", " ", "…", "\u202e"])
def test_a_passage_without_words_can_be_looked_at_and_marked(body: str) -> None:
    text = PassageText(body, START, START)
    text.view(20, 5, [])
    text.begin_mark()
    for move in (text.move_words, text.move_lines, text.move_sentences, text.move_to_line_end):
        move(1)
    assert text.mark is not None
    assert text.mark.text == body


def test_marks_evidence_and_cursor_are_told_apart() -> None:
    text = passage()
    text.move_words(2)
    text.begin_mark()
    text.move_words(1)
    found = styled(text, Highlight(0, 11, "other evidence"), Highlight(5, 16, "evidence"))
    assert found["other evidence"] == "Four "
    assert found["evidence"] == "people "
    assert found["marked"] == "died "
    assert found["cursor marked"] == "in"
    for name in found:
        theme_named("ansi", {}).style(name)


def test_highlights_hold_the_words_they_are_of_over_line_breaks() -> None:
    found = styled(passage(), Highlight(0, len(TEXT), "evidence"), width=14)
    assert found["cursor evidence"] == "Four"
    assert "".join(found["evidence"].split()) == "".join(TEXT[4:].split())


def test_a_click_goes_to_the_word_under_it_and_nowhere_outside_the_text() -> None:
    text = passage()
    text.go_to(0, 6)
    assert word(text) == "people"
    text.go_to(1, 999)
    assert word(text) == "ستة"
    for line in (-1, 99):
        text.go_to(line, 0)
        assert word(text) == "ستة"


def test_the_window_says_how_much_there_is_above_and_in_all() -> None:
    text = passage(width=20, height=2)
    assert text.more[0] == 0
    text.move_lines(99)
    text.view(20, 2, [])
    above, total = text.more
    assert above == total - 2


def test_another_width_keeps_the_cursor_on_its_word() -> None:
    text = passage()
    text.move_words(6)
    before = word(text)
    text.view(12, 3, [])
    assert word(text) == before
