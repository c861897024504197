import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.work.likeness import comparer, joined, words_shared

BOOK = parse_codebook(
    """\
codebook: all
version: 1.0.0
title: A variable of each type
variables:
  - id: who
    question: Who?
    type: code
    codes:
      - {id: state, label: State}
      - {id: air, label: Air force, parent: state}
      - {id: heli, label: Helicopters, parent: air}
      - {id: ground, label: Ground, parent: state}
      - {id: other, label: Other}
  - id: all_who
    question: Who?
    type: codes
    codes:
      - {id: state, label: State}
      - {id: air, label: Air force, parent: state}
      - {id: heli, label: Helicopters, parent: air}
      - {id: ground, label: Ground, parent: state}
      - {id: other, label: Other}
  - id: sure
    question: How sure?
    type: scale
    codes: [{id: low, label: Low}, {id: mid, label: Mid}, {id: high, label: High}]
  - {id: total, question: How many?, type: count}
  - {id: share, question: Which share?, type: number}
  - {id: day, question: When?, type: date}
  - {id: place, question: Where?, type: text}
  - {id: any, question: Any?, type: yes_no}
""",
    "all.yaml",
)


def date(start, end):
    return {"start": start, "end": end, "precision": "1", "kind": "event"}


APRIL = date("2016-04-01", "2016-04-30")


def alike(variable, one, other):
    compared = comparer(BOOK.variable(variable))
    mine, theirs = compared.read(one), compared.read(other)
    return 1.0 if mine == theirs else compared.alike(mine, theirs)


@pytest.mark.parametrize(
    ("variable", "one", "other", "likeness"),
    [
        ("who", "state", "air", 2 / 3),
        ("who", "heli", "ground", 2 / 5),
        ("who", "heli", "air", 4 / 5),
        ("who", "state", "other", 0),
        ("who", "air", "gone from the codebook", 0),
        ("all_who", ["air", "other"], ["other", "air"], 1),
        ("all_who", ["air"], [], 0),
        ("all_who", ["air", "other"], ["state"], (2 / 3 + 0 + 2 / 3) / 3),
        ("sure", "low", "mid", 1 / 2),
        ("sure", "low", "high", 0),
        ("total", "9", "9", 1),
        ("total", "9", "10", 0.45),
        ("total", "~12", "12", 1),
        ("total", "12+", "12", (1 + (1 / 13 + 1) / 2) / 2),
        ("total", "<=40", "20-30", (0.5 + (11 / 41 + 1) / 2) / 2),
        ("total", "0", "5", 0),
        ("share", 1, 3, 1 / 2),
        ("share", -1, 3, 0),
        ("day", date("2016-04-01", "2016-04-01"), APRIL, (1 / 30 + 1) / 2),
        ("day", date("2016-03-31", "2016-03-31"), APRIL, 0),
        ("place", "Tal  Amrit", "tal amrit", 1),
        ("place", "the market of Tal Amrit", "Tal Amrit", 2 / 5),
        ("place", "حلب", "حَلَب", 1),
        ("any", True, False, 0),
    ],
)
def test_answers_are_as_alike_as_their_type_says(variable, one, other, likeness):
    assert alike(variable, one, other) == pytest.approx(likeness)
    assert alike(variable, other, one) == alike(variable, one, other)


def test_a_date_that_is_not_known_says_nothing():
    assert comparer(BOOK.variable("day")).read({"precision": "9", "kind": "event"}) is None


spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda one: (one[0], sum(one))),
    min_size=1,
    max_size=4,
)


@given(spans, spans)
def test_the_words_shared_are_the_characters_in_both_over_those_in_either(one, other):
    mine = {place for start, end in one for place in range(start, end)}
    theirs = {place for start, end in other for place in range(start, end)}
    expected = len(mine & theirs) / len(mine | theirs)
    assert words_shared(joined(one), joined(other)) == pytest.approx(expected)
