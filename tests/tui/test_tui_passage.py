"""The passage on the screen: moving, marking, scrolling, highlighting."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.graphemes import boundaries
from annotator.tui.cells import cells, on_screen
from annotator.tui.lines import length
from annotator.tui.passage import LEAD, Highlight, PassageText
from annotator.tui.theme import theme_named

TEXT = "Four people died in Tal Amrit. Two were children. قُتل ستة مدنيين، said the council."
START = 500
REPORT = "x" * START + TEXT + "y" * 50

PIECES = st.sampled_from(
    ["a", "word", "al-Bab", " ", " ", "\n", "\n\n", ".", ". ", "قُتل ", "漢字", "🕊", "e\u0301 ",
     "\x1b[2J", "\u202e", "x" * 30, "👨\u200d👩", "ب\u200dت", "\u0301", "🇸🇾", "हिन्दी", "\u0600"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("move_words"), st.integers(-3, 3)),
        st.tuples(st.just("move_lines"), st.integers(-5, 5)),
        st.tuples(st.just("move_to_line_end"), st.sampled_from([1, -1])),
        st.tuples(
            st.sampled_from(["move_sentences", "move_paragraphs", "move_pages", "resize"]),
            st.sampled_from([1, -1]),
        ),
        st.tuples(
            st.sampled_from(["begin_mark", "drop_mark", "mark_larger", "mark_all", "swap_ends"])
        ),
        st.tuples(st.just("go_to"), st.integers(0, 7), st.integers(-1, 40)),
    ),
    max_size=16,
)


def passage(width: int = 30, height: int = 4, body: str = TEXT) -> PassageText:
    """A passage on lines of this many cells of text."""
    text = PassageText(body, START, START)
    text.view(LEAD + width, height, [])
    return text


def word(text: PassageText) -> str:
    start, end = text.words[text.word]
    return text.text[start:end]


def styled(text: PassageText, *marks: Highlight, width: int = 30) -> dict[str, str]:
    """The words in each style, of the whole passage."""
    found: dict[str, str] = {}
    for line in text.view(LEAD + width, 20, marks):
        for words, style in line:
            found[style] = f"{found.get(style, '')}{words}"
    return found


@given(TEXTS, MOVES, st.integers(12, 40), st.integers(2, 8))
def test_whatever_is_pressed_the_cursor_is_in_view_and_marks_are_words_of_the_report(
    body: str, moves: list[tuple], width: int, height: int
) -> None:
    report = "." * START + body + "." * 20
    cuts = set(boundaries(body))
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
            first, last = text.mark.start - START, text.mark.end - START
            assert text.mark.text == report[START + first : START + last]
            assert {first, last} <= cuts
            assert first < last or not body


@given(TEXTS, st.integers(12, 40))
def test_nothing_a_terminal_obeys_or_hides_is_ever_in_a_line(body: str, width: int) -> None:
    text = PassageText(body + "\x9b\u2066\u200f\u2028\x07\x00", START)
    for line in text.view(width, 99, []):
        for words, _ in line:
            # Words are spelled with the joiners, and the Arabic number sign shows.
            unseen = set(words) - set("\u200c\u200d\u0600")
            assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Zl") for letter in unseen)


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
        "ستة", "council", "Tal",
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
    text.mark_larger()
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
    assert text.go_to(0, 6)
    assert word(text) == "people"
    assert text.go_to(1, 999)
    assert word(text) == "ستة"
    for line in (-1, 3, 99):
        assert not text.go_to(line, 0)
        assert word(text) == "ستة"


def test_a_click_right_of_wide_and_marked_letters_finds_the_word_that_is_painted_there() -> None:
    text = passage(body="漢字漢字 قُتِلَ 👨\u200d👩 e\u0301te\u0301 end")
    for cell, expected in [
        (-1, "漢字漢字"),
        (7, "漢字漢字"),
        (9, "قُتِلَ"),
        (11, "قُتِلَ"),
        (13, "👨\u200d👩"),
        (16, "e\u0301te\u0301"),
        (20, "end"),
        (22, "end"),
        (99, "end"),
    ]:
        assert text.go_to(0, LEAD + cell)
        assert word(text) == expected


@given(TEXTS, st.integers(12, 40))
def test_each_character_is_found_again_at_the_cell_it_is_painted_at(body: str, width: int) -> None:
    text = PassageText(body, START, START)
    text.view(width, 99, [])
    for number, (first, last) in enumerate(text.shown):
        for cut, following in pairwise([*boundaries(body), len(body)]):
            painted = cells(on_screen(body[cut:following]))
            if first <= cut < last and painted:
                cell, line = text.cell_of(cut)
                assert line == number
                assert all(text.offset_at(number, cell + more) == cut for more in range(painted))


@given(TEXTS, st.integers(12, 40), st.data())
def test_highlights_from_anywhere_cut_through_no_character(
    body: str, width: int, data: st.DataObject
) -> None:
    text = PassageText(body, START, START)
    first = data.draw(st.integers(0, len(body)))
    last = data.draw(st.integers(first, len(body)))
    plain = "".join(words for line in text.view(width, 99, []) for words, _ in line)
    lines = text.view(width, 99, [Highlight(first, last, "evidence", "2")])
    assert all(length(line) <= width for line in lines)
    shown = {on_screen(body[cut:end]) for cut, end in pairwise(boundaries(body))}
    for words, style in (piece for line in lines for piece in line):
        assert style != "key" or words == "2"
        assert not words or any(words.startswith(character) for character in shown | {" ", "2"})
    assert len("".join(words for line in lines for words, _ in line)) == len(plain)


def test_a_sign_stands_on_the_blank_before_what_it_tells_apart() -> None:
    def shown(*marks: Highlight) -> list[str]:
        lines = passage().view(LEAD + 30, 9, marks)
        return ["".join(words for words, _ in line) for line in lines]

    second = Highlight(TEXT.index("Two"), TEXT.index("children"), "other evidence", "2")
    assert shown(second)[:2] == [" Four people died in Tal Amrit.", "2Two were children. قُتل ستة"]
    assert shown(Highlight(5, 11, "evidence", "1"))[0] == " Four1people died in Tal Amrit."
    # No letter is painted over: inside of a word there is no room for a sign.
    assert shown(Highlight(7, 11, "evidence", "1"))[0] == " Four people died in Tal Amrit."


def test_up_and_down_keep_to_the_cells_of_the_line_they_began_on() -> None:
    text = passage(width=12, height=9, body="漢字漢字 漢字 one two three a four five six seven")
    lines = ["".join(words for words, _ in line)[LEAD:] for line in text.view(LEAD + 12, 9, [])]
    assert lines == ["漢字漢字", "漢字 one two", "three a four", "five six", "seven"]
    text.move_to(START + text.text.index("two"))
    seen = []
    for step in (1, 1, 1, -1, -1, -1):
        text.move_lines(step)
        seen.append(word(text))
    assert seen == ["four", "six", "seven", "six", "four", "two"]


def test_lines_without_a_word_do_not_hold_the_cursor() -> None:
    text = passage(width=12, height=9, body=f"one two\n\n{'* ' * 12}\n\nthree")
    text.move_lines(1)
    assert word(text) == "three"
    text.move_lines(-1)
    assert word(text) == "one"


def test_a_page_is_the_window_but_one_line() -> None:
    text = passage(width=12, height=3, body=" ".join(f"word{n}" for n in range(20)))
    text.move_pages(1)
    assert word(text) == "word4"
    text.view(LEAD + 12, 3, [])
    text.move_pages(-1)
    assert word(text) == "word0"


def test_paragraphs_begin_on_lines_of_their_own() -> None:
    text = passage(body="One two.\n\nThree\nfour.")
    lines = ["".join(words for words, _ in line) for line in text.view(31, 9, [])]
    assert lines == [" One two.", " Three four."]


def test_the_cursor_says_in_which_cell_of_the_window_it_is() -> None:
    text = passage(height=2)
    text.move_words(6)
    text.view(LEAD + 30, 2, [])
    assert text.cursor_cell == (LEAD, 1)
    text.move_words(2)
    assert text.cursor_cell == (LEAD + 9, 1)
    text.move_words(99)
    text.view(LEAD + 30, 2, [])
    assert text.cursor_cell[1] == 1


def test_the_window_says_how_much_there_is_above_and_in_all() -> None:
    text = passage(width=20, height=2)
    assert text.more[0] == 0
    text.move_lines(99)
    text.view(LEAD + 20, 2, [])
    above, total = text.more
    assert above == total - 2


def test_another_width_keeps_the_cursor_on_its_word() -> None:
    text = passage()
    text.move_words(6)
    before = word(text)
    text.view(12, 3, [])
    assert word(text) == before
