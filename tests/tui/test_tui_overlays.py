"""What lies over the work: reading with finding, and lists to choose from, as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.lines import Line, line
from annotator.tui.overlays import Chooser, Entry, Panel, chooser_lines, panel_lines

TEXTS = ["Undo", "Redo", "Note", "Note on the passage", "Next passage", "Drop the mark"]


def said(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in one) for one in lines]


def nothing() -> None:
    pass


def chooser(texts: list[str] = TEXTS, **more: str) -> Chooser:
    return Chooser("What", [Entry(text, nothing, **more) for text in texts])  # type: ignore[arg-type]


def names(one: Chooser) -> list[str]:
    return [entry.text for entry in one.found]


# --- choosing ---------------------------------------------------------------------------------


def test_what_is_typed_leaves_the_entries_that_hold_every_word_of_it() -> None:
    one = chooser()
    one.type("pass ne")
    assert names(one) == ["Next passage"]
    one.type("NOTE")
    assert names(one) == ["Note", "Note on the passage"]
    one.type("xyz")
    assert names(one) == []
    assert one.current is None
    one.type("")
    assert names(one) == TEXTS


def test_entries_that_begin_so_come_first_and_those_found_by_other_words_last() -> None:
    one = Chooser(
        "What",
        [
            Entry("Clear", nothing, words="take the mark away"),
            Entry("Drop the mark", nothing),
            Entry("Mark words", nothing),
        ],
    )
    one.type("mark")
    assert names(one) == ["Mark words", "Drop the mark", "Clear"]


def test_moving_stops_at_the_ends_and_looking_for_something_else_begins_at_the_first() -> None:
    one = chooser()
    one.move(-1)
    assert one.at == 0
    one.move(100)
    assert one.current is not None
    assert one.current.text == TEXTS[-1]
    one.type("note")
    assert one.at == 0


def test_an_entry_that_cannot_be_taken_is_dim_and_says_why_below_the_list() -> None:
    one = Chooser("What", [Entry("A", nothing), Entry("B", nothing, "K", "Does b.", "", "no b.")])
    lines = chooser_lines(one, 40, 12)
    row = next(row for row in lines if "  B " in said([row])[0])
    assert {style for _, style in row} == {"dim"}
    one.move(1)
    assert " Not now: no b." in said(chooser_lines(one, 40, 12))
    assert " Does b." in said(chooser_lines(one, 40, 12))


@given(
    texts=st.lists(st.text(max_size=30), max_size=40),
    typed=st.text(max_size=3),
    at=st.integers(0, 60),
    width=st.integers(20, 120),
    height=st.integers(5, 40),
)
def test_a_list_fits_whatever_stands_in_it_and_shows_the_current_entry(
    texts: list[str], typed: str, at: int, width: int, height: int
) -> None:
    one = Chooser("What", [Entry(text, nothing, "K", text, text) for text in texts])
    one.type(typed)
    one.move(at)
    lines = chooser_lines(one, width, height)
    assert len(lines) <= height
    assert all(cell_len(text) <= width for text in said(lines))
    assert (sum(text.startswith(">") for text in said(lines)[2:]) == 1) == bool(one.found)


# --- reading ----------------------------------------------------------------------------------


def panel(texts: list[str]) -> Panel:
    return Panel("Text", lambda width: [line(text[:width]) for text in texts])


def test_finding_goes_from_match_to_match_and_begins_anew_at_either_end() -> None:
    one = panel(["a", "Beta", "c", "beta", "e", "f", "alphabet"])
    one.sought = "bet"
    met = []
    for step in (0, 1, 1, 1, -1, -1):
        assert one.seek(40, step)
        met.append(one.match)
    assert met == [1, 3, 6, 1, 6, 3]


def test_finding_begins_with_what_is_shown() -> None:
    one = panel(["beta", "b", "beta", "d"])
    one.sought, one.top = "beta", 1
    assert one.seek(40, 0)
    assert one.match == 2


@pytest.mark.parametrize("sought", ["zeta", ""])
def test_what_stands_nowhere_is_not_found(sought: str) -> None:
    one = panel(["a", "b"])
    one.sought = sought
    assert not one.seek(40, 1)
    assert one.top == 0


def test_what_is_found_is_marked_and_nothing_of_the_line_is_lost() -> None:
    one = Panel("Text", lambda _: [(("key ", "key"), ("A key to All", ""))])
    one.sought = "key"
    _, row = panel_lines(one, 40, 5)
    assert row == ((" ", ""), ("key", "marked"), (" ", "key"), ("A ", ""), ("key", "marked"),
                   (" to All", ""))  # fmt: skip
