"""Words behind answers: told apart by number and style, and said when the cursor is on them."""

from dataclasses import replace

import pytest

from annotator.codebook.reader import parse_codebook
from annotator.coding.change import add_record, blank
from annotator.coding.model import Answer, Coding, Span, State, with_record
from annotator.tui.evidence import Evidence
from annotator.tui.passage import Highlight
from annotator.work.outline import Row, outline
from projects import CLAIMS

BOOK = parse_codebook(CLAIMS, "book.yaml")
START = 100
TEXT = "Shells fell on Tal Amrit. Four people died, the council said; a child too."


def span(words: str) -> Span:
    first = START + TEXT.index(words)
    return Span(first, first + len(words), words)


def coding() -> Coding:
    """Two claims on words of their own, the second with an act; an answer about the passage."""
    ids = []
    found = blank(BOOK)
    for _ in range(2):
        found, claim = add_record(found, BOOK, "claim", "")
        ids.append(claim)
    found, act = add_record(found, BOOK, "act", ids[1])
    for record, words in ((ids[0], "Shells fell"), (ids[1], "Four people died")):
        found = with_record(found, replace(found.record(record), evidence=(span(words),)))
    killed = Answer("killing", evidence=(span("people died"),))
    found = with_record(found, replace(found.record(ids[1]), answers={"kind": killed}))
    cause = Answer(("shell",), evidence=(span("Shells"), span("Four")))
    found = with_record(found, replace(found.record(act), answers={"cause": cause}))
    return replace(found, answers={"mention": Answer(True, evidence=(span("a child too"),))})


def rows(found: Coding) -> dict[str, Row]:
    """The rows that matter here, by what they are."""
    every = outline(found, BOOK)
    first, second = (record.id for record in found.records[:2])
    act = found.records[1].records[0].id
    places = {
        "passage": ("", "mention"),
        "first": (first, ""),
        "kind": (second, "kind"),
        "second": (second, ""),
        "cause": (act, "cause"),
    }
    by_place = {row.place: row for row in every}
    return {name: by_place[place] for name, place in places.items()}


def evidence(found: Coding) -> Evidence:
    return Evidence(found, outline(found, BOOK), START)


def styles(shown: list[Highlight]) -> dict[str, str]:
    return {TEXT[one.start : one.end]: one.style for one in shown}


@pytest.mark.parametrize(
    ("here", "strongest", "stronger"),
    [
        ("first", {"Shells fell"}, set()),
        ("kind", {"people died", "Four people died"}, {"Shells", "Four"}),
        ("cause", {"Shells", "Four"}, {"people died", "Four people died"}),
        ("passage", {"a child too"}, set()),
    ],
)
def test_the_words_of_the_question_and_of_the_record_in_focus_are_stronger(
    here: str, strongest: set[str], stronger: set[str]
) -> None:
    found = coding()
    shown = styles(evidence(found).highlights(rows(found)[here]))
    assert {words for words, style in shown.items() if style == "evidence"} == strongest
    assert {words for words, style in shown.items() if style == "record evidence"} == stronger
    others = {"Shells fell", "Four people died", "people died", "Shells", "Four", "a child too"}
    rest = {words for words, style in shown.items() if style == "other evidence"}
    assert rest == others - strongest - stronger


def test_what_is_in_focus_is_painted_over_everything_else() -> None:
    found = coding()
    ranks = ["other evidence", "record evidence", "evidence"]
    shown = [ranks.index(one.style) for one in evidence(found).highlights(rows(found)["cause"])]
    assert shown == sorted(shown)


def test_words_carry_the_number_of_their_claim_and_a_plus_where_two_begin_together() -> None:
    found = coding()
    signs = {
        TEXT[one.start : one.end]: (one.sign, one.sign_style)
        for one in evidence(found).highlights(rows(found)["kind"])
    }
    assert signs == {
        "Shells fell": ("+", "key"),
        "Shells": ("+", "focus"),
        "Four people died": ("2", "focus"),
        "Four": ("2", "focus"),
        "people died": ("2", "focus"),
        "a child too": ("", "key"),
    }


def test_a_number_too_long_for_a_cell_is_a_sign_of_its_own() -> None:
    found = blank(BOOK)
    for _ in range(10):
        found, claim = add_record(found, BOOK, "claim", "")
    found = with_record(found, replace(found.record(claim), evidence=(span("Four"),)))
    shown = evidence(found)
    assert [one.sign for one in shown.highlights(outline(found, BOOK)[0])] == ["#"]
    assert shown.numbers_on(0, len(TEXT)) == "10"


@pytest.mark.parametrize(
    ("words", "number", "said"),
    [
        ("Shells", "+", "Evidence of Claim 1 · Claim 2, Act 1: Cause"),
        ("fell", "1", "Evidence of Claim 1"),
        ("on Tal", "", ""),
        ("people", "2", "Evidence of Claim 2: Kind"),
        ("Four people", "2", "Evidence of Claim 2: Kind · Claim 2, Act 1: Cause"),
        ("child", "", "Evidence of Mention"),
    ],
)
def test_what_stands_on_words_is_numbered_and_said(words: str, number: str, said: str) -> None:
    shown = evidence(coding())
    first = TEXT.index(words)
    assert shown.numbers_on(first, first + len(words)) == number
    assert shown.said_of(first, first + len(words)) == said


def test_an_answer_no_longer_asked_for_is_called_by_its_id() -> None:
    found = coding()
    second = found.records[1]
    total = Answer(None, State.UNKNOWN, evidence=(span("Four people"),))
    denied = replace(second.answers["kind"], value="denial")
    found = with_record(found, replace(second, answers={"kind": denied, "total": total}))
    first = TEXT.index("Four")
    assert "total" in evidence(found).said_of(first, first + 4)
