"""F1 of boundaries and spans: worked examples, and as many matches as there can be."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Continuum, SpanMatch, Spans, span_matches
from annotator.errors import AnnotatorError

Marks = dict[str, list[tuple[int, int, str]]]


def on_one(marks: Marks, length: int = 100, begin: int = 0) -> Spans:
    rows = [(coder, code, *ends) for coder, spans in marks.items() for *ends, code in spans]
    return Spans.of_text(rows, length, begin, coders=marks)


def counts(found: list[SpanMatch]) -> dict[str, tuple[int, int]]:
    return {
        f"{one.name} {'' if one.tolerance is None else one.tolerance}".strip(): (
            one.n_matched,
            one.n_marked,
        )
        for one in found
    }


def test_an_example_worked_by_hand() -> None:
    marks: Marks = {
        "x": [(0, 10, "a"), (20, 30, "a"), (40, 50, "b")],
        "y": [(0, 10, "a"), (21, 30, "a"), (40, 50, "a")],
    }
    found = span_matches(on_one(marks), [0, 1])
    assert counts(found) == {
        # Starts 0 and 40, ends 10, 30 and 50 are the same; with one position more, 20 and 21 match.
        "boundary_f1 0": (5, 12),
        "boundary_f1 1": (6, 12),
        # The first span; the second overlaps, the third has another code.
        "span_f1_exact": (1, 6),
        "span_f1_overlap": (2, 6),
    }
    assert [one.value for one in found] == pytest.approx([10 / 12, 1, 2 / 6, 4 / 6])
    assert all(one.reason == "one_report" for one in found)
    assert all(one.as_json()["chance_corrected"] is False for one in found)


def test_starts_do_not_match_ends_and_a_boundary_counts_once_for_a_coder() -> None:
    touching: Marks = {"x": [(0, 5, "a")], "y": [(5, 9, "a")]}
    assert counts(span_matches(on_one(touching)))["boundary_f1 0"] == (0, 4)
    two_codes: Marks = {"x": [(0, 5, "a"), (0, 5, "b")], "y": [(0, 5, "a")]}
    found = counts(span_matches(on_one(two_codes)))
    assert found["boundary_f1 0"] == (2, 4)
    assert found["span_f1_exact"] == (1, 3)


def test_only_texts_that_both_of_a_pair_coded_are_compared() -> None:
    spans = Spans.from_rows(
        [
            ("p", "x", "a", 0, 4),
            ("p", "y", "a", 0, 4),
            ("q", "x", "a", 0, 4),
            ("r", "z", "a", 0, 4),
        ],
        [Continuum(name, 9, report=name) for name in "pqr"],
        coded=[("q", "z")],
    )
    # x and y on p agree, x and z on q do not: z marked nothing there.
    assert counts(span_matches(spans))["span_f1_exact"] == (1, 3)


def test_texts_do_not_run_into_each_other() -> None:
    spans = Spans.from_rows(
        [("p", "x", "a", 8, 9), ("q", "y", "a", 0, 1)],
        [Continuum("p", 9), Continuum("q", 9)],
        coded=[("p", "y"), ("q", "x")],
    )
    found = counts(span_matches(spans, [5]))
    assert (found["boundary_f1 5"], found["span_f1_overlap"]) == ((0, 4), (0, 2))


def test_tolerance_in_words_passes_over_what_lies_between_them() -> None:
    text = "Four people died, the council said."
    words = [(0, 4), (5, 11), (12, 16), (18, 21), (22, 29), (30, 34)]
    spans = Spans.of_text(
        [
            ("x", "a", text.index("Four"), text.index(",")),
            # The same words, with the comma and the space, and half of the first word.
            ("y", "a", text.index("our"), text.index("the")),
            ("z", "a", text.index("people"), text.index(" council")),
        ],
        len(text),
    )
    in_positions = counts(span_matches(spans, [0, 1]))
    assert in_positions["boundary_f1 0"] == (0, 12)
    found = span_matches(spans, [0, 1], words={"text": words})
    # x and y touch the same words; z starts and ends one word later.
    assert counts(found)["boundary_f1 0"] == (2, 12)
    assert counts(found)["boundary_f1 1"] == (6, 12)
    assert [one.counted_in for one in found] == ["words", "words", None, None]
    with pytest.raises(AnnotatorError, match="words of the continuum 'text' are missing"):
        span_matches(spans, words={})


def test_undefined_has_a_reason() -> None:
    nothing: Marks = {"x": [], "y": []}
    alone: Marks = {"x": [(0, 2, "a")]}
    for marks, reason in ((nothing, "no_spans"), (alone, "no_pairs")):
        found = span_matches(on_one(marks))
        assert {(one.value, one.reason) for one in found} == {(None, reason)}
    with pytest.raises(AnnotatorError, match="tolerance is -1"):
        span_matches(on_one(alone), [-1])


def test_the_interval_is_over_reports_and_stays_between_0_and_1() -> None:
    rows, continua = [], []
    for number in range(30):
        name = f"p{number}"
        continua.append(Continuum(name, 60, report=f"r{number // 2}"))
        rows += [(name, "x", "a", 5, 20), (name, "y", "a", 5, 20 + number % 3)]
    for one in span_matches(Spans.from_rows(rows, continua)):
        assert one.value is not None
        assert (one.ci_method is None) == (one.reason == "no_spread")
        if one.ci_method:
            # 15 reports are too few to be drawn.
            assert one.ci_method == "jackknife_t"
            assert 0 <= one.ci_low < one.value < one.ci_high <= 1


def most(some: list[tuple[int, int]], others: list[tuple[int, int]], near: int) -> int:
    """The largest number of pairs within reach of each other, by trying all of them."""
    if not some:
        return 0
    first, rest = some[0], some[1:]
    best = most(rest, others, near)
    for place, other in enumerate(others):
        if first[0] < other[1] + near and other[0] < first[1] + near:
            best = max(best, 1 + most(rest, others[:place] + others[place + 1 :], near))
    return best


@st.composite
def disjoint(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.sets(st.integers(0, 14), max_size=8)))
    edges = edges[: len(edges) // 2 * 2]
    return list(zip(edges[::2], edges[1::2], strict=True))


@settings(max_examples=80, deadline=None)
@given(st.lists(disjoint(), min_size=2, max_size=3), st.integers(0, 4))
def test_there_are_as_many_matches_as_there_can_be(
    coders: list[list[tuple[int, int]]], tolerance: int
) -> None:
    marks = {
        name: [(*ends, "a") for ends in spans] for name, spans in zip("xyz", coders, strict=False)
    }
    found = counts(span_matches(on_one(marks, 20), [tolerance]))
    pairs = list(combinations(coders, 2))
    assert found["span_f1_overlap"][0] == sum(most(one, other, 0) for one, other in pairs)
    of_points = sum(
        most([(at[side],) * 2 for at in one], [(at[side],) * 2 for at in other], tolerance + 1)
        for one, other in pairs
        for side in (0, 1)
    )
    assert found[f"boundary_f1 {tolerance}"][0] == of_points
