"""What the sides of a disagreement look like, in lines and in the passage."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.coding.form import from_form
from annotator.coding.model import Coding, Span
from annotator.tui.lines import Line, length
from annotator.tui.passage import PassageText
from annotator.tui.review_entry import entry_of
from annotator.tui.review_evidence import SideEvidence
from annotator.tui.review_lines import (
    NO_PART,
    CaseLines,
    Folding,
    arranged,
    remark_lines,
    whole_lines,
    window,
)
from annotator.work.remarks import Remark
from annotator.work.side_by_side import Part, Said, side_by_side
from projects import CLAIMS

TEXT = "Shells fell on the market of Tal Amrit. Four people died, the council said."
BOOK = parse_codebook(CLAIMS, "claims.yaml")
MARKET = {"start": 19, "end": 25, "text": "market"}
FOUR = {"start": 40, "end": 51, "text": "Four people"}


def coded(**form: Any) -> Coding:
    return from_form(form, BOOK, TEXT)


def claim(words: dict[str, Any], **answers: Any) -> dict[str, Any]:
    return {"id": f"r{words['start']}", "evidence": [words], **answers}


def parts() -> tuple[Part, ...]:
    doubted = {"value": "killing", "unsure": True, "note": "hearsay"}
    one = coded(tone="low", mention=True, claim=[claim(MARKET), claim(FOUR, kind=doubted)])
    other = coded(tone="high", mention=True, claim=[claim(FOUR, kind="injury", total="4")])
    third = coded(tone="high", mention=True, claim=[claim(FOUR, kind="injury", total="4")])
    return side_by_side({"A": one, "B": other, "C": third}, BOOK)


def texts(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in one).rstrip() for one in lines]


def shown(focus: int = 0, width: int = 60, *, columns: bool = False, **more: Any) -> list[str]:
    here, folded = arranged(parts(), more.pop("folding", Folding()))
    found = CaseLines("ABC", here, folded, focus, more.get("taken", {}), ())
    return texts([one for _, one in found.lines(width, columns=columns)])


def test_differences_come_first_and_sides_that_say_the_same_share_a_line() -> None:
    assert shown(1) == [
        "  Tone",
        "   A Low",
        "   BC High",
        "> Claim 1",
        "   A nothing answered  “market”",
        "   B –",
        "   C –",
        "  Claim 2: Kind",
        "   A Killing (unsure)",
        "   BC Injury",
        "  Claim 2: Total",
        "   A not answered",
        "   BC 4",
        " = agreed: Mention",
    ]


def test_the_part_in_focus_shows_words_and_notes_of_every_side() -> None:
    lines = shown(2)
    at = lines.index("> Claim 2: Kind")
    assert lines[at + 1 : at + 6] == [
        "   A Killing (unsure)",
        "     “Four people”",
        "     note: hearsay",
        "   B Injury  “Four people”",
        "   C Injury  “Four people”",
    ]


def test_what_is_agreed_is_folded_until_it_is_asked_for() -> None:
    everything = shown(folding=Folding(everything=True))
    assert " =Mention: Yes" in everything
    assert not any("agreed:" in one for one in everything)
    passage = shown(folding=Folding().turned(()))
    assert " =Mention: Yes" in passage
    assert Folding().turned(()).turned(()) == Folding()
    assert Folding(everything=True).turned((1,)) == Folding()


def test_sides_stand_in_columns_where_there_is_room_and_below_each_other_where_not() -> None:
    wide = shown(3, 90, columns=True)
    assert [one.strip() for one in wide[0].split("│")] == ["", "A", "B", "C"]
    row = next(one for one in wide if "Total" in one)
    assert [one.strip() for one in row.split("│")] == ["> " + "  Total", "not answered", "4", "4"]
    assert next(one for one in wide if "Claim 2" in one).startswith("  Claim 2 ")
    assert shown(1, 50, columns=True) == shown(1, 50)


def test_what_is_not_in_focus_is_cut_only_where_there_is_no_room_for_it() -> None:
    here, folded = arranged(parts(), Folding())
    lines = CaseLines("ABC", here, folded, 0, {})
    roomy = texts([one for _, one in lines.fitting(66, 40, columns=True)])
    tight = texts([one for _, one in lines.fitting(66, 8, columns=True)])
    assert any("Killing (" in one and "…" in one for one in tight)
    assert not any("…" in one for one in roomy)
    assert "(unsure)" in "".join(roomy)


def test_what_is_taken_is_marked_by_a_sign() -> None:
    taken = {((), "tone"): "B"}
    assert "  *BC High" in shown(1, taken=taken)
    assert "*High" in "".join(shown(1, 90, columns=True, taken=taken))


@given(st.integers(20, 200), st.integers(0, 3), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_line_is_longer_than_the_screen_is_wide(width: int, focus: int, columns: bool) -> None:
    for folding in (Folding(), Folding(everything=True)):
        here, folded = arranged(parts(), folding)
        remark = Remark(("A",), "A sentence that is long enough to be cut. " * 3, "W3")
        lines = CaseLines("ABC", here, folded, focus, {}, [remark]).lines(width, columns=columns)
        assert all(length(one) <= width for _, one in lines)
        assert {owner for owner, _ in lines} >= set(range(len(here)))
    assert all(length(one) <= width for one in whole_lines("ABC", parts(), [remark], width))


def test_everything_is_told_whole_in_the_panel() -> None:
    note = Remark(("A", "C"), "word " * 40)
    lines = texts(whole_lines("ABC", parts(), [note], 50))
    assert "= Mention" in lines
    assert "     note: hearsay" in lines
    assert sum(one.count("word") for one in lines) == 40
    assert sum(one.count("word") for one in texts(remark_lines([note], 50))) < 10


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8), st.integers(1, 12), st.integers(0, 40))
def test_the_part_in_focus_is_always_in_view(sizes: list[int], room: int, top: int) -> None:
    rows = [(NO_PART, ())] + [(n, ()) for n, size in enumerate(sizes) for _ in range(size)]
    for focus, size in enumerate(sizes):
        first = window(rows, focus, room, top)
        seen = rows[first : first + room]
        assert len(seen) == min(room, len(rows))
        assert [owner for owner, _ in seen].count(focus) == min(size, room)


# --- the words in the passage ----------------------------------------------------------------


def part_with(**words: tuple[int, int]) -> Part:
    said = {
        letter: Said("x", evidence=(Span(start, end, TEXT[start:end]),))
        for letter, (start, end) in words.items()
    }
    return Part((), "tone", "passage", "", "Tone", said, differs=True)


def test_words_of_several_sides_carry_their_letters_without_any_colour() -> None:
    evidence = SideEvidence(part_with(A=(0, 18), B=(19, 38), C=(19, 25)), "ABC", 0)
    text = PassageText(TEXT)
    lines = texts(text.view(40, 3, evidence.highlights()))
    assert lines[0].startswith("AShells fell on the+market of Tal Amrit.")
    assert [evidence.letters_on(*one) for one in text.shown] == ["ABC ", "    "]
    overlapping = SideEvidence(part_with(A=(0, 25), B=(12, 38)), "AB", 0)
    assert "fellBon" in "".join(texts(PassageText(TEXT).view(60, 3, overlapping.highlights())))
    styles = [one.style for one in overlapping.highlights()]
    assert styles == ["other evidence", "evidence", "other evidence"]


def test_no_words_are_no_letters() -> None:
    evidence = SideEvidence(None, "AB", 0)
    assert evidence.highlights() == []
    assert evidence.letters_on(0, 80) == "   "


def test_more_sides_than_the_margin_has_columns_are_a_plus() -> None:
    letters = [chr(ord("A") + number) for number in range(9)]
    evidence = SideEvidence(part_with(I=(0, 6)), letters, 0)
    assert evidence.letters_on(0, 10) == "      +"
    assert len(evidence.letters_on(0, 10)) == evidence.margin


# --- the entry of the codebook ---------------------------------------------------------------


def test_the_entry_begins_with_the_codes_in_dispute_and_says_whose_they_are() -> None:
    by_title = {part.title: part for part in parts()}
    lines = texts(entry_of(by_title["Claim 2: Kind"], BOOK, 40))
    assert lines[0] == "What is claimed?"
    assert [one for one in lines if one and one[0] in "kjd"] == [
        "k  Killing   A",
        "j  Injury   BC",
        "d  Denial",
    ]


@pytest.mark.parametrize("title", ["Claim 1", "Tone", "Mention", "Claim 2: Total"])
def test_there_is_an_entry_for_every_part(title: str) -> None:
    part = next(one for one in parts() if one.title == title)
    assert all(length(one) <= 30 for one in entry_of(part, BOOK, 30))
