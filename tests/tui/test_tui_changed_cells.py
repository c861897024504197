"""What is sent to a terminal: less than what was written, and to the same effect."""

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.tui.changed_cells import ShownCells

WIDTH, HEIGHT = 20, 5
STYLES = ("", "1", "2", "1;36", "7", "4;35", "1;7", "38;5;9", "30;43;4", "38;2;1;2;3;48;5;7")
LETTERS = ("a", "b", " ", "  ", "    ", "│", "─", "م", "قُ", "é", "漢", "👩‍🚒", "✂️", "\u200c")

Piece = tuple[str, str]


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    return screen, pyte.Stream(screen)


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Every cell as an eye sees it: the colour and the weight of a blank cannot be seen."""
    rows = []
    for y in range(HEIGHT):
        cells = [screen.buffer[y][x] for x in range(WIDTH)]
        rows.append(
            [
                (c.data, c.bg, c.underscore, c.reverse)
                + (("", "") if c.data == " " and not c.reverse else (c.fg, c.bold))
                for c in cells
            ]
        )
    return rows


def styled(pieces: list[Piece]) -> str:
    """As Textual writes it: every piece by itself, from no style to no style."""
    return "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for text, style in pieces)


@st.composite
def lines(draw: st.DrawFn) -> tuple[int, str]:
    """A row and the text of it, up to the right edge or cut before."""
    row = draw(st.integers(1, HEIGHT))
    pieces: list[Piece] = []
    room = WIDTH
    for _ in range(draw(st.integers(0, 6))):
        text = "".join(draw(st.lists(st.sampled_from(LETTERS), max_size=4)))
        # A cluster takes at most two cells for each of its code points.
        size = sum(1 if "\u0020" <= letter < "\u3000" else 2 for letter in text)
        if size <= room:
            pieces.append((text, draw(st.sampled_from(STYLES))))
            room -= size
    if draw(st.booleans()) and all(text.isascii() for text, _ in pieces):
        pieces.append((" " * room, draw(st.sampled_from(("", "1", "7")))))
    return row, styled(pieces)


def written(update: list[tuple[int, str]], cursor: tuple[int, int]) -> str:
    parts = [f"\x1b[{row};1H{text}" for row, text in sorted(dict(update).items())]
    return "\n".join(parts) + f"\x1b[{cursor[0]};{cursor[1]}H"


updates = st.lists(
    st.tuples(
        st.lists(lines(), min_size=1, max_size=4),
        st.tuples(st.integers(1, HEIGHT), st.integers(1, WIDTH)),
    ),
    max_size=6,
)


@given(updates=updates, width=st.sampled_from((0, WIDTH)))
@example(updates=[([(1, "ab")], (1, 1)), ([(1, "\x1b[7m \x1b[0mb")], (1, 1))], width=WIDTH)
def test_the_terminal_shows_the_same_as_if_everything_had_been_sent(
    updates: list[tuple[list[tuple[int, str]], tuple[int, int]]], width: int
) -> None:
    (all_sent, sends_all), (some_sent, sends_some) = terminal(), terminal()
    shown = ShownCells()
    shown.forget(width)
    for update, cursor in updates:
        text = written(update, cursor)
        sends_all.feed(text)
        sends_some.feed(shown.changed(text))
        assert seen(some_sent) == seen(all_sent)
        assert (some_sent.cursor.x, some_sent.cursor.y) == (all_sent.cursor.x, all_sent.cursor.y)
        assert shown.changed(text) == shown.changed(text), "the same again is told from nothing"


def known(*rows: str, width: int = WIDTH) -> ShownCells:
    """A terminal on which these lines stand."""
    shown = ShownCells()
    shown.forget(width)
    shown.changed("\n".join(f"\x1b[{n};1H{row}" for n, row in enumerate(rows, 1)) + "\x1b[1;1H")
    return shown


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("one two", "one two", ""),
        ("one two", "one 2wo", "\x1b[1;5H2"),
        # What differs a few cells apart is sent as one; farther apart it is passed over.
        ("a bc e", "A bc E", "\x1b[1;1HA bc E"),
        ("a bcdefgh i", "A bcdefgh I", "\x1b[1;1HA\x1b[9CI"),
        # Blanks up to the edge are erased.
        (f"{'long words':20}", f"{'long':20}", "\x1b[1;6H\x1b[K"),
        (f"{'a':20}", f"{'ab':20}", "\x1b[1;2Hb"),
        ("\x1b[1mab\x1b[0m", "\x1b[1ma\x1b[0mb", "\x1b[1;2Hb"),
        ("ab", "\x1b[1ma\x1b[0m\x1b[7mb\x1b[0m", "\x1b[1;1H\x1b[1ma\x1b[0;7mb\x1b[m"),
        # No style is begun or ended for a blank that looks like any other.
        ("ab cd", "\x1b[2mAB CD\x1b[0m", "\x1b[1;1H\x1b[2mAB CD\x1b[m"),
        ("a b", "\x1b[1;36m \x1b[0m b", "\x1b[1;1H\x1b[1;36m \x1b[m"),
        ("  ", "\x1b[1;36m \x1b[0m ", ""),
        ("  ", "\x1b[4m \x1b[0m ", "\x1b[1;1H\x1b[4m \x1b[m"),
        # Marks belong to their letter.
        ("قتل", "قُتل", "\x1b[1;1Hقُ"),
    ],
)
def test_only_changed_cells_are_sent(before: str, after: str, sent: str) -> None:
    assert known(before).changed(f"\x1b[1;1H{after}\x1b[1;1H") == f"{sent}\x1b[1;1H"


def test_a_line_whose_cells_are_not_sure_is_sent_whole_and_so_are_it_and_its_neighbour_next() -> (
    None
):
    shown = known("one", "two", "three")
    text = "\x1b[1;1H👩‍🚒 one\x1b[1;1H"
    assert shown.changed(text) == text
    again = "\x1b[1;1Hone\n\x1b[2;1Htwo\n\x1b[3;1Hthree\x1b[1;1H"
    assert shown.changed(again) == "\x1b[1;1Hone\x1b[2;1Htwo\x1b[1;1H"


@pytest.mark.parametrize("unknown", ["\x1b[?1049h", "plain words", "\x1b[1;1Hx\x1b[2J", "\x07"])
def test_what_is_no_update_is_sent_as_it_is_and_everything_after_it(unknown: str) -> None:
    shown = known("one", "two")
    assert shown.changed(unknown) == unknown
    assert shown.changed("\x1b[2;1Htwo\x1b[1;1H") == "\x1b[2;1Htwo\x1b[1;1H"


def test_marks_of_a_synchronised_update_change_nothing_that_is_known() -> None:
    shown = known("one")
    assert shown.changed("\x1b[?2026h") == "\x1b[?2026h"
    assert shown.changed("\x1b[1;1Hone\x1b[1;1H") == "\x1b[1;1H"


def test_after_a_change_of_size_everything_is_sent() -> None:
    shown = known("one", "two")
    shown.forget(30)
    text = "\x1b[1;1Hone\x1b[2;1Htwo\x1b[1;1H"
    assert shown.changed(text) == text
