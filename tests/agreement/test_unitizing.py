"""Alpha for unitizing: published values, its definition position by position, its properties."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Continuum, SpanEstimate, Spans, unitizing, unitizing_per_code
from annotator.agreement.coincidences import coincidences, weighted
from annotator.agreement.ualpha import kualpha, ualpha_nominal

Marks = dict[str, list[tuple[int, int, str]]]
"""The spans of each coder on one continuum: start, end, code."""


def on_one(marks: Marks, length: int, begin: int = 0) -> Spans:
    rows = [(coder, code, *ends) for coder, spans in marks.items() for *ends, code in spans]
    return Spans.of_text(rows, length, begin, coders=marks)


def by_name(spans: Spans) -> dict[str, SpanEstimate]:
    """The estimates by name, those of one code by name and code."""
    return {f"{one.name} {one.code or ''}".strip(): one for one in unitizing(spans)}


def values(spans: Spans) -> dict[str, float | None]:
    return {name: one.value for name, one in by_name(spans).items()}


# --- published values --------------------------------------------------------------------------

# Krippendorff 2018, Content Analysis, 4th ed., figure 12.11: three observers, 60 positions.
THREE_OBSERVERS: Marks = {
    "Alex": [
        (2, 9, "1"),
        (11, 17, "2"),
        (24, 30, "5"),
        (32, 36, "6"),
        (36, 44, "6"),
        (44, 60, "7"),
    ],
    "Paul": [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    "Suzan": [
        (2, 9, "1"),
        (11, 17, "4"),
        (21, 27, "5"),
        (32, 36, "6"),
        (36, 40, "6"),
        (40, 44, "6"),
    ],
}

# The example that krippendorff-unitized-alpha comes with, its inclusive ends made half-open.
KEYPHRASES: Marks = {
    "1": [(3, 15, "k"), (22, 53, "k")],
    "2": [(3, 10, "k"), (22, 53, "k")],
    "3": [(22, 46, "k")],
}


def test_the_family_on_the_example_of_the_textbook() -> None:
    found = by_name(on_one(THREE_OBSERVERS, 60))
    assert found["ualpha_nominal"].value == pytest.approx(0.510, abs=5e-4)
    assert found["ualpha_binary"].value == pytest.approx(0.413, abs=5e-4)
    assert found["cualpha"].value == pytest.approx(0.724, abs=5e-4)
    of_codes = [found[f"kualpha {code}"] for code in "123456"]
    assert [one.value for one in of_codes] == pytest.approx([1, 0, 0, 0, 1, 1], abs=1e-12)
    assert found["kualpha 5"].coverage == pytest.approx(8 / 18)
    seven = found["kualpha 7"]
    assert (seven.value, seven.reason, seven.coverage) == (None, "no_pairs", 0.0)


def test_one_code_leaves_nothing_to_be_coded_differently() -> None:
    found = by_name(on_one(KEYPHRASES, 56))
    assert found["ualpha_nominal"].value == pytest.approx(0.5645, abs=5e-5)
    assert found["ualpha_binary"].value == found["ualpha_nominal"].value
    for name in ("cualpha", "kualpha k"):
        assert (found[name].value, found[name].reason) == (None, "no_variation")


def test_values_of_an_implementation_that_follows_the_equations_of_2016() -> None:
    marks: Marks = {
        "Alex": [(2, 5, "1"), (9, 11, "1"), (12, 20, "2")],
        "Paul": [(2, 5, "1"), (7, 15, "2")],
        "Susan": [(2, 5, "1"), (10, 15, "2")],
    }
    found = by_name(on_one(marks, 20))
    printed = {
        "ualpha_nominal": 0.474,
        "ualpha_binary": 0.433,
        "cualpha": 0.779,
        "kualpha 1": 0.769,
        "kualpha 2": 0.787,
    }
    assert {name: round(found[name].value or 0, 3) for name in printed} == printed
    coverage = [found[name].coverage for name in ("cualpha", "kualpha 1", "kualpha 2")]
    assert coverage == pytest.approx([0.3833, 0.9545, 0.5952], abs=5e-5)


def test_lengths_counted_from_inclusive_ends_lose_a_position_of_each_unit() -> None:
    # krippendorff-unitized-alpha 0.1.0 gives .5672 here: its helper that fills the gaps makes
    # units with inclusive ends, of which its length, end less start, leaves one position out.
    exact, shrunken = [], []
    for spans in KEYPHRASES.values():
        tiling = tiled(spans, 56)
        exact.append(tiling)
        shrunken.append([(start, end - 1, code) for start, end, code in tiling])
    assert by_tiling(exact) == pytest.approx(0.5645, abs=5e-5)
    assert by_tiling(shrunken) == pytest.approx(0.5672, abs=5e-5)
    assert values(on_one(KEYPHRASES, 56))["ualpha_nominal"] == pytest.approx(by_tiling(exact))


def tiled(spans: Sequence[tuple[int, int, str]], length: int) -> list[tuple[int, int, str | None]]:
    units: list[tuple[int, int, str | None]] = []
    reached = 0
    for start, end, code in spans:
        if start > reached:
            units.append((reached, start, None))
        units.append((start, end, code))
        reached = end
    return units if reached == length else [*units, (reached, length, None)]


def by_tiling(coders: Sequence[Sequence[tuple[int, int, str | None]]]) -> float:
    """Alpha from pairs of units, for two values (a code and gaps), as that package does it."""
    met = dict.fromkeys(product((None, "k"), repeat=2), 0.0)
    itself = {None: 0, "k": 0}
    for number, one in enumerate(coders):
        for start, end, code in one:
            itself[code] += (end - start) ** (2 if code else 1)
            for other in (*coders[:number], *coders[number + 1 :]):
                for begins, ends, with_code in other:
                    shared = max(0, min(end, ends) - max(start, begins))
                    met[code, with_code] += shared / (len(coders) - 1)
    of_value = {code: met[code, None] + met[code, "k"] for code in itself}
    total = sum(of_value.values())
    left = total**2 - sum(itself.values())
    same = sum(total * (of_value[code] ** 2 - itself[code]) / left for code in itself)
    return 1 - (total - met[None, None] - met["k", "k"]) / (total - same)


# --- the definition, position by position ------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """What coders marked on one continuum; a coder who is not there did not code it."""

    name: str
    begin: int
    length: int
    marks: Marks
    report: str | None = None


@dataclass
class Cells:
    """Every position of every coder: its value (None: a gap) and the unit it belongs to."""

    values: list[str | None] = field(default_factory=list)
    units: list[object] = field(default_factory=list)


def spans_of(texts: Sequence[Text]) -> Spans:
    return Spans.from_rows(
        [
            (text.name, coder, code, start, end)
            for text in texts
            for coder, marks in text.marks.items()
            for start, end, code in marks
        ],
        [Continuum(text.name, text.length, text.begin, text.report) for text in texts],
        coded=[(text.name, coder) for text in texts for coder in text.marks],
        codes=["a", "b", "c"],
    )


def said(text: Text, coder: str) -> tuple[list[str | None], list[object]]:
    """The value and the unit at each position."""
    value: list[str | None] = [None] * text.length
    # Each position of a gap is a unit of its own.
    unit: list[object] = [(text.name, coder, place) for place in range(text.length)]
    for start, end, code in text.marks[coder]:
        for place in range(start - text.begin, end - text.begin):
            value[place], unit[place] = code, (text.name, coder, start, end)
    return value, unit


def by_definition(texts: Sequence[Text]) -> dict[str, float | None]:
    codes = ["a", "b", "c"]
    cells = Cells()
    agreed = dict.fromkeys((None, *codes), 0.0)
    paired = dict.fromkeys(codes, 0.0)
    crossed = dict.fromkeys(codes, 0.0)
    met_marked = 0.0
    for text in texts:
        m = len(text.marks)
        if m < 2:
            continue
        lines = {coder: said(text, coder) for coder in text.marks}
        for value, unit in lines.values():
            cells.values += value
            cells.units += unit
        for one, other in product(lines, repeat=2):
            if one == other:
                continue
            for place in range(text.length):
                mine, theirs = lines[one][0][place], lines[other][0][place]
                if mine == theirs:
                    agreed[mine] += 1 / (m - 1)
                if mine is not None and theirs is not None:
                    paired[mine] += 1 / (m - 1)
                    met_marked += (mine == theirs) / (m - 1)
            for start, end, code in text.marks[one]:
                places = range(start - text.begin, end - text.begin)
                stretch = sum(lines[other][0][place] is not None for place in places)
                crossed[code] += stretch**2 / (m - 1)
    # Expected: all pairs of positions of whatever coder that do not lie in the same unit.
    total = len(cells.values)
    pairs = different = half_marked = 0
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(cells.units))}
    everything = list(zip(map(numbers.__getitem__, cells.units), cells.values, strict=True))
    for (unit, value), (other_unit, other) in product(everything, repeat=2):
        if unit != other_unit:
            pairs += 1
            different += value != other
            half_marked += (value is None) != (other is None)
    gaps = cells.values.count(None)
    found = {
        "ualpha_nominal": ratio(total - sum(agreed.values()), pairs and total * different / pairs),
        "ualpha_binary": ratio(2 * (gaps - agreed[None]), pairs and total * half_marked / pairs),
    }
    whole = sum(paired.values())
    left = whole**2 - sum(crossed.values())
    expected = {
        (c, k): (paired[c] * paired[k] - (crossed[c] if c == k else 0)) * whole / left
        for c, k in product(codes, repeat=2)
        if left > 1e-9
    }
    apart = sum(value for (c, k), value in expected.items() if c != k)
    found["cualpha"] = ratio(whole - met_marked, apart)
    for k in codes:
        any_with_k = sum(expected.get((c, k), 0.0) for c in codes)
        others_with_k = any_with_k - expected.get((k, k), 0.0)
        mine = paired[k]
        observed = any_with_k / mine * (mine - agreed[k]) if mine > 1e-9 else 0.0
        found[f"kualpha {k}"] = ratio(observed, others_with_k if any_with_k > 1e-9 else 0.0)
    return found


def ratio(observed: float, expected: float) -> float | None:
    return 1 - observed / expected if expected > 1e-9 else None


@st.composite
def marks_on(
    draw: st.DrawFn, begin: int, length: int, codes: str = "abc"
) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.sets(st.integers(1, length - 1), max_size=5))) if length > 1 else []
    edges = [begin, *(begin + cut for cut in cuts), begin + length]
    named = draw(
        st.lists(
            st.sampled_from(["", "a", "b", "c"]), min_size=len(edges) - 1, max_size=len(edges) - 1
        )
    )
    return [
        (start, end, code)
        for start, end, code in zip(edges[:-1], edges[1:], named, strict=True)
        if code
    ]


@st.composite
def texts_(draw: st.DrawFn, most: int = 3, fewest_coders: int = 0) -> list[Text]:
    found = []
    for number in range(draw(st.integers(1, most))):
        begin, length = draw(st.integers(-3, 40)), draw(st.integers(1, 12))
        coders = draw(st.sets(st.sampled_from("wxyz"), min_size=fewest_coders))
        marks = {coder: draw(marks_on(begin, length)) for coder in sorted(coders)}
        report = draw(st.sampled_from([None, "r", "s"]))
        found.append(Text(f"t{number}", begin, length, marks, report))
    return found


def close(found: dict[str, float | None], expected: dict[str, float | None]) -> None:
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        if value is None:
            assert found[name] is None, name
        else:
            assert found[name] == pytest.approx(value, abs=1e-9), name


@settings(max_examples=80, deadline=None)
@given(texts_())
def test_the_sweep_over_runs_gives_what_the_definition_gives_position_by_position(
    texts: list[Text],
) -> None:
    close(values(spans_of(texts)), by_definition(texts))


# --- properties --------------------------------------------------------------------------------


def renamed(texts: Sequence[Text], coders: dict[str, str], codes: dict[str, str]) -> list[Text]:
    return [
        Text(
            text.name,
            text.begin,
            text.length,
            {
                coders[coder]: [(start, end, codes[code]) for start, end, code in text.marks[coder]]
                for coder in sorted(text.marks, key=coders.__getitem__)
            },
            text.report,
        )
        for text in texts
    ]


@settings(max_examples=30, deadline=None)
@given(texts_(), st.permutations("wxyz"), st.permutations("abc"))
def test_names_and_order_of_coders_codes_and_texts_do_not_matter(
    texts: list[Text], coders: list[str], codes: list[str]
) -> None:
    to = dict(zip("abc", codes, strict=True))
    changed = renamed(texts, dict(zip("wxyz", coders, strict=True)), to)
    expected = values(spans_of(texts))
    for code in "abc":
        expected[f"kualpha {to[code]}"] = values(spans_of(texts))[f"kualpha {code}"]
    close(values(spans_of(changed[::-1])), expected)


@settings(max_examples=30, deadline=None)
@given(texts_(), st.integers(2, 9))
def test_agreement_on_codes_does_not_depend_on_the_unit_of_length(
    texts: list[Text], factor: int
) -> None:
    def scaled(text: Text) -> Text:
        marks = {
            coder: [(start * factor, end * factor, code) for start, end, code in spans]
            for coder, spans in text.marks.items()
        }
        return Text(text.name, text.begin * factor, text.length * factor, marks, text.report)

    before, after = values(spans_of(texts)), values(spans_of([scaled(text) for text in texts]))
    without_gaps = all(
        sum(end - start for start, end, _ in spans) == text.length
        for text in texts
        for spans in text.marks.values()
    )
    # Gaps are units of one position each, so that what they count depends on what a position is.
    names = before if without_gaps else [name for name in before if not name.startswith("ualpha")]
    close({name: after[name] for name in names}, {name: before[name] for name in names})


def test_without_gaps_the_unit_of_length_does_not_matter_at_all() -> None:
    marks: Marks = {"x": [(0, 3, "a"), (3, 9, "b")], "y": [(0, 5, "a"), (5, 9, "b")]}
    tenfold: Marks = {
        coder: [(10 * start, 10 * end, code) for start, end, code in spans]
        for coder, spans in marks.items()
    }
    one, ten = values(on_one(marks, 9)), values(on_one(tenfold, 90))
    assert one["ualpha_nominal"] == pytest.approx(ten["ualpha_nominal"])
    assert one["ualpha_binary"] is ten["ualpha_binary"] is None


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(1, 10), st.integers(1, 10), st.integers(2, 4))
def test_a_text_split_between_spans_gives_the_same(
    data: st.DataObject, first: int, second: int, n_coders: int
) -> None:
    halves = [
        {coder: data.draw(marks_on(begin, length)) for coder in "wxyz"[:n_coders]}
        for begin, length in ((0, first), (first, second))
    ]
    whole = {coder: halves[0][coder] + halves[1][coder] for coder in halves[0]}
    close(
        values(spans_of([Text("p", 0, first, halves[0]), Text("q", first, second, halves[1])])),
        values(spans_of([Text("t", 0, first + second, whole)])),
    )


@settings(max_examples=30, deadline=None)
@given(texts_(), st.data())
def test_a_text_that_one_coder_coded_adds_nothing(texts: list[Text], data: st.DataObject) -> None:
    alone = Text("alone", 0, 9, {"w": data.draw(marks_on(0, 9))})
    close(values(spans_of([*texts, alone])), values(spans_of(texts)))


@given(texts_(most=1, fewest_coders=2), st.integers(-50, 50))
@settings(max_examples=30, deadline=None)
def test_where_a_text_begins_does_not_matter(texts: list[Text], by: int) -> None:
    (text,) = texts
    marks = {
        coder: [(start + by, end + by, code) for start, end, code in spans]
        for coder, spans in text.marks.items()
    }
    close(
        values(spans_of([Text("t", text.begin + by, text.length, marks)])), values(spans_of(texts))
    )


@given(texts_(fewest_coders=2))
@settings(max_examples=30, deadline=None)
def test_a_code_alone_is_measured_as_if_all_other_spans_were_gaps(texts: list[Text]) -> None:
    for entry in unitizing_per_code(spans_of(texts)):
        kept = [
            Text(
                text.name,
                text.begin,
                text.length,
                {
                    coder: [span for span in spans if span[2] == entry.code]
                    for coder, spans in text.marks.items()
                },
            )
            for text in texts
        ]
        expected = by_definition(kept)["ualpha_binary"]
        close({"": entry.alpha.value}, {"": expected})
        cells = [value for text in kept for coder in text.marks for value in said(text, coder)[0]]
        assert entry.prevalence == pytest.approx(cells.count(entry.code) / len(cells))
        assert entry.alpha.code == entry.code


def test_identical_spans_with_different_codes_agree_fully_and_others_do_not() -> None:
    marks: Marks = {"x": [(0, 4, "a"), (6, 9, "b")], "y": [(0, 4, "a"), (6, 9, "b")]}
    found = values(on_one(marks, 12))
    assert found == {name: pytest.approx(1.0) for name in found}


# --- undefined ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "name", "reason"),
    [
        ({"x": [(0, 2, "a")]}, "ualpha_nominal", "no_pairs"),
        ({"x": [(0, 2, "a")]}, "cualpha", "no_pairs"),
        ({"x": [], "y": []}, "ualpha_nominal", "no_variation"),
        ({"x": [], "y": []}, "ualpha_binary", "no_variation"),
        ({"x": [], "y": []}, "cualpha", "no_pairs"),
        ({"x": [(0, 9, "a")], "y": [(0, 9, "b")]}, "ualpha_binary", "no_variation"),
        ({"x": [(0, 9, "a")], "y": [(0, 9, "a")]}, "ualpha_nominal", "no_variation"),
        ({"x": [(0, 2, "a")], "y": [(2, 4, "b")]}, "cualpha", "no_pairs"),
        ({"x": [(0, 2, "a")], "y": [(2, 4, "b")]}, "kualpha a", "no_pairs"),
        ({"x": [(0, 2, "a")], "y": [(1, 4, "a")]}, "cualpha", "no_variation"),
        ({"x": [(0, 2, "a")], "y": [(1, 4, "a")]}, "kualpha a", "no_variation"),
        ({"x": [(0, 2, "a")], "y": [(0, 2, "b")], "z": []}, "cualpha", "too_little_overlap"),
        ({"x": [(0, 2, "a")], "y": [(0, 2, "b")], "z": []}, "kualpha a", "too_little_overlap"),
    ],
)
def test_undefined_has_a_reason_and_no_value(marks: Marks, name: str, reason: str) -> None:
    found = by_name(on_one(marks, 9))[name]
    assert (found.value, found.se, found.ci_low, found.reason) == (None, None, None, reason)


def test_why_a_coefficient_is_undefined_is_told_of_all_texts_together() -> None:
    # Nothing coincides on the first text, and on the second everything with one code.
    apart: Marks = {"x": [(0, 2, "a")], "y": [(4, 6, "b")]}
    same: Marks = {"x": [(0, 4, "a")], "y": [(2, 6, "a")]}
    found = by_name(spans_of([Text("p", 0, 9, apart), Text("q", 0, 9, same)]))
    reasons = {name: found[name].reason for name in ("cualpha", "kualpha a", "kualpha b")}
    assert reasons == {
        "cualpha": "no_variation",
        "kualpha a": "no_variation",
        "kualpha b": "no_pairs",
    }


def test_without_the_only_text_where_spans_coincide_there_is_no_error() -> None:
    # With four coders lengths are shares of three, which rounding leaves a trace of.
    meet: Marks = {
        "w": [(0, 7, "a"), (9, 10, "b")],
        "x": [(0, 5, "a"), (7, 10, "b")],
        "y": [(0, 5, "b"), (7, 10, "b")],
        "z": [(1, 3, "a")],
    }
    apart: Marks = {"w": [(0, 1, "a")], "x": [(1, 2, "a")], "y": [(2, 3, "b")], "z": []}
    texts = [Text("m", 0, 11, meet), *(Text(name, 0, 11, apart) for name in "pqrst")]
    cualpha = by_name(spans_of(texts))["cualpha"]
    assert cualpha.value is not None
    assert (cualpha.se, cualpha.reason) == (None, "variation_in_one_report")


def test_codes_of_one_coder_that_overlap_leave_only_what_is_marked_at_all() -> None:
    marks: Marks = {"x": [(0, 4, "a"), (2, 6, "b"), (7, 9, "b")], "y": [(0, 5, "a"), (6, 8, "b")]}
    spans = on_one(marks, 12)
    found = by_name(spans)
    for name in ("ualpha_nominal", "cualpha", "kualpha a", "kualpha b"):
        assert (found[name].value, found[name].reason) == (None, "overlapping_codes")
    union: Marks = {"x": [(0, 6, "m"), (7, 9, "m")], "y": [(0, 5, "m"), (6, 8, "m")]}
    assert found["ualpha_binary"].value == values(on_one(union, 12))["ualpha_binary"]
    for entry in unitizing_per_code(spans):
        kept = {coder: [one for one in own if one[2] == entry.code] for coder, own in marks.items()}
        assert entry.alpha.value == pytest.approx(values(on_one(kept, 12))["ualpha_binary"])


# --- intervals over reports --------------------------------------------------------------------


def generated(n_reports: int, seed: int = 5, passages: int = 2) -> list[Text]:
    """Reports of some passages, in which three coders find most of the same spans."""
    random = np.random.default_rng(seed)
    texts = []
    for report, passage in product(range(n_reports), range(passages)):
        truth = [
            (start, start + int(random.integers(3, 8)), str(random.choice(["a", "b", "c"])))
            for start in (5, 20, 35)
        ]
        marks: Marks = {}
        for coder in "xyz":
            marks[coder] = [
                (start, end + int(random.integers(-1, 2)), code if random.random() < 0.8 else "b")
                for start, end, code in truth
                if random.random() < 0.85
            ]
        texts.append(Text(f"p{report}.{passage}", 0, 50, marks, f"r{report}"))
    return texts


def test_the_standard_error_is_that_of_leaving_out_each_report() -> None:
    texts = generated(4)
    left_out = [
        by_definition([text for text in texts if text.report != report])
        for report in sorted({text.report for text in texts})
    ]
    for name, estimate in by_name(spans_of(texts)).items():
        left = np.array([values[name] for values in left_out])
        brute = np.sqrt(3 / 4 * ((left - left.mean()) ** 2).sum())
        assert estimate.se == pytest.approx(brute, rel=1e-9)
        assert (estimate.ci_method, estimate.n_units) == ("jackknife_t", 8)


def test_a_drawn_report_counts_as_often_as_it_was_drawn() -> None:
    texts = generated(4, passages=1)
    sums = coincidences(spans_of(texts))
    weights = np.array([[2.0, 0.0, 1.0, 1.0], [0.0, 3.0, 1.0, 0.0]])
    (drawn,) = weighted([sums], [weights[:1], weights[1:]])
    for row, times in enumerate(weights):
        repeated = [
            Text(f"{text.name} {copy}", text.begin, text.length, text.marks)
            for text, often in zip(texts, times, strict=True)
            for copy in range(int(often))
        ]
        expected = by_definition(repeated)
        assert ualpha_nominal(drawn)[row] == pytest.approx(expected["ualpha_nominal"])
        assert kualpha(drawn, 1)[row] == pytest.approx(expected["kualpha b"])


def test_intervals_from_draws_hold_the_value_and_can_be_had_again() -> None:
    spans = spans_of(generated(40))
    for ci in ("bca", "percentile"):
        found, again = unitizing(spans, ci=ci), unitizing(spans, ci=ci)
        assert found == again
        for one in found:
            assert one.ci_method == ci
            assert one.value is not None
            assert one.ci_low is not None
            assert one.ci_high is not None
            assert one.ci_low < one.value < one.ci_high <= 1.0
    (bca, *_), (other, *_) = unitizing(spans), unitizing(spans, seed=2)
    assert (bca.value, bca.se) == (other.value, other.se)
    assert bca.ci_low != other.ci_low
    (jackknife, *_) = unitizing(spans, ci="jackknife")
    assert jackknife.ci_method == "jackknife_t"
    assert jackknife.ci_low == pytest.approx(bca.ci_low, abs=0.05)
    (narrow, *_) = unitizing(spans, confidence=0.5)
    assert bca.ci_low < narrow.ci_low < narrow.ci_high < bca.ci_high


def test_passages_of_one_report_are_drawn_together() -> None:
    # The same passages: as 20 reports of 2 each whose passages are alike, and as 40 reports.
    texts = [
        Text(f"{text.name}{copy}", text.begin, text.length, text.marks, text.report)
        for text in generated(20, passages=1)
        for copy in "pq"
    ]
    apart = [Text(text.name, text.begin, text.length, text.marks) for text in texts]
    (nested, *_), (loose, *_) = unitizing(spans_of(texts)), unitizing(spans_of(apart))
    assert nested.value == loose.value
    # Twice the same text says nothing new, so that the error must not shrink by root 2.
    assert nested.se == pytest.approx(loose.se * np.sqrt(39 / 19), rel=0.02)


def test_reasons_for_having_no_interval() -> None:
    (text,) = generated(1, passages=1)
    one_report = by_name(spans_of([text]))["ualpha_nominal"]
    assert (one_report.reason, one_report.se) == ("one_report", None)
    same: Marks = {"x": [(0, 2, "a")], "y": [(0, 2, "a")]}
    alike = [Text(name, 0, 9, same) for name in "pqr"]
    assert by_name(spans_of(alike))["ualpha_nominal"].reason == "no_spread"
    empty: Marks = {"x": [], "y": []}
    rest = [Text("p", 0, 9, {"x": [(0, 2, "a")], "y": [(1, 2, "a")]}), Text("q", 0, 9, empty)]
    found = by_name(spans_of(rest))["ualpha_binary"]
    assert (found.reason, found.se) == ("variation_in_one_report", None)
    assert found.value is not None
