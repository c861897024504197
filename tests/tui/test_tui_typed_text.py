"""A text while it is typed: moving, erasing, and how it breaks into rows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.graphemes import boundaries
from annotator.tui.cells import cells, on_screen
from annotator.tui.overlays import Prompt, prompt_lines
from annotator.tui.typed_text import TypedText

LETTERS = st.sampled_from(
    ["a", "b", " ", " ", "\n", "é", "e\u0301", "س", "\u064e", "北", "👩\u200d🔬", "🇸🇾", "\u202e"]
)
TEXTS = st.lists(LETTERS, max_size=60).map("".join)
WIDTHS = st.integers(9, 40)


@st.composite
def typings(draw: st.DrawFn) -> TypedText:
    text = draw(TEXTS)
    return TypedText(text, draw(st.sampled_from(boundaries(text))))


def at(marked: str) -> TypedText:
    """A text with its cursor where a bar stands."""
    before, _, after = marked.partition("|")
    return TypedText(before + after, len(before))


def shown(one: TypedText) -> str:
    return f"{one.text[: one.at]}|{one.text[one.at :]}"


def said(prompt: Prompt, width: int, height: int) -> list[str]:
    return ["".join(text for text, _ in one) for one in prompt_lines(prompt, width, height)[0]]


def prompt(one: TypedText, *, several: bool) -> Prompt:
    made = Prompt("Note", "", lambda _: None, several=several)
    made.typing = one
    return made


# --- changing, moving -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("ab|c", TypedText.left, "a|bc"),
        ("|abc", TypedText.left, "|abc"),
        ("ab|c", TypedText.right, "abc|"),
        ("abc|", TypedText.right, "abc|"),
        ("ae\u0301|c", TypedText.left, "a|e\u0301c"),
        ("ae\u0301|c", TypedText.erased, "a|c"),
        ("a|👩\u200d🔬c", TypedText.deleted, "a|c"),
        ("|abc", TypedText.erased, "|abc"),
        ("abc|", TypedText.deleted, "abc|"),
        ("a|\nb", TypedText.deleted, "a|b"),
        ("ab|", TypedText.with_new_line, "ab\n|"),
        ("ab\n|", TypedText.with_new_line, "ab\n|"),
        ("|", TypedText.with_new_line, "|"),
    ],
)
def test_a_character_is_what_a_reader_takes_for_one(before: str, edit, after: str) -> None:  # type: ignore[no-untyped-def]
    assert shown(edit(at(before))) == after


def test_what_joins_with_what_stands_there_leaves_the_cursor_outside_of_it() -> None:
    assert shown(at("|\u0301x").typed("e")) == "e\u0301|x"
    assert shown(at("a|b").typed("e\u0301")) == "ae\u0301|b"


def test_up_and_down_keep_to_their_cell_over_shorter_lines_and_wide_letters() -> None:
    one = at("abcd|ef\nx\n北京市")
    one = one.down(20)
    assert shown(one) == "abcdef\nx|\n北京市"
    one = one.down(20)
    assert shown(one) == "abcdef\nx\n北京|市"
    one = one.up(20).up(20)
    assert shown(one) == "abcd|ef\nx\n北京市"
    assert shown(one.up(20)) == "|abcdef\nx\n北京市"
    assert shown(one.right().down(20).down(20)) == "abcdef\nx\n北京|市"


def test_the_ends_of_a_row_that_goes_on_are_on_that_row() -> None:
    one = at("one tw|o three")
    assert [one.text[first:last] for first, last in one.rows(8)] == ["one two ", "three"]
    assert shown(one.row_start(8)) == "|one two three"
    assert shown(one.row_end(8)) == "one two| three"
    assert shown(one.down(8).row_end(8)) == "one two three|"
    assert shown(at("one two |three").row_start(8)) == "one two |three"


@given(typings())
def test_going_on_and_back_visits_every_character_once(one: TypedText) -> None:
    met = []
    one = TypedText(one.text, 0)
    for _ in boundaries(one.text):
        met.append(one.at)
        one = one.right()
    assert met == boundaries(one.text)
    for place in reversed(met):
        assert one.at == place
        one = one.left()


@given(typings(), TEXTS)
def test_no_key_leaves_the_cursor_inside_a_character(one: TypedText, text: str) -> None:
    for edit in (one.erased(), one.deleted(), one.typed(text), one.with_new_line()):
        assert edit.at in boundaries(edit.text)
    assert one.typed(text).text == one.text[: one.at] + text + one.text[one.at :]


@given(typings(), WIDTHS)
def test_moving_by_rows_stays_between_characters_and_on_its_row(one: TypedText, width: int) -> None:
    row, last = one.row(width), len(one.rows(width)) - 1
    for moved in (one.up(width), one.down(width), one.row_start(width), one.row_end(width)):
        assert moved.at in boundaries(one.text)
    assert one.up(width).row(width) == max(0, row - 1)
    assert one.down(width).row(width) == min(last, row + 1)
    assert one.row_start(width).row(width) == one.row_end(width).row(width) == row


# --- in rows ----------------------------------------------------------------------------------


@given(typings(), WIDTHS)
def test_rows_hold_the_whole_text_and_fit(one: TypedText, width: int) -> None:
    rows = one.rows(width)
    text = one.text
    assert rows[0][0] == 0
    assert rows[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(rows):
        assert text[end:start] in ("", "\n")
    for start, end in rows:
        assert "\n" not in text[start:end]
        assert start in boundaries(text)
        taken = cells(on_screen(text[start:end]))
        assert taken < width or (taken == width and text[end - 1].isspace())


def test_a_word_goes_whole_to_the_next_row_and_one_too_long_is_broken() -> None:
    one = TypedText("in the market abcdefghijkl", 0)
    rows = [one.text[first:last] for first, last in one.rows(9)]
    assert rows == ["in the ", "market ", "abcdefgh", "ijkl"]


@given(typings(), WIDTHS)
def test_one_row_shows_the_cursor_and_fits(one: TypedText, width: int) -> None:
    one = TypedText(one.text.replace("\n", ""), 0)
    for place in boundaries(one.text):
        here = TypedText(one.text, place)
        start, end = here.window(width)
        assert start <= place <= end
        assert place == len(one.text) or end > place
        taken = cells(on_screen(one.text[start:end]))
        assert taken + (place == len(one.text)) <= width


@given(typings(), st.integers(60, 90), st.integers(2, 8), st.booleans())
def test_what_is_painted_fits_and_the_cursor_is_where_it_is_said(
    one: TypedText, width: int, height: int, several: bool
) -> None:
    if not several:
        one = TypedText(one.text.replace("\n", ""), 0)
    lines, (column, row) = prompt_lines(prompt(one, several=several), width, height)
    assert len(lines) <= height
    assert all(cells("".join(text for text, _ in line)) <= width for line in lines)
    painted = 0
    for text, style in lines[row]:
        if style == "cursor":
            assert painted == column
            return
        painted += cells(text)
    raise AssertionError("no cursor")


def test_of_a_long_note_the_rows_around_the_cursor_are_shown_and_how_many_there_are() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 10))
    top, end = TypedText(text, 0), TypedText(text, len(text))
    assert said(prompt(top, several=True), 30, 4) == [
        "─ Note (1-3 of 9) " + "─" * 12,
        " line 1",
        " line 2",
        " line 3",
    ]
    assert said(prompt(end, several=True), 30, 4)[1:] == [" line 7", " line 8", " line 9_"]
