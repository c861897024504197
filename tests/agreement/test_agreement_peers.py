"""The same numbers as other packages where they are right, and where they are not, which and why.

They live in a virtual environment of their own; `make test-slow` sets it up. What the R packages
irr and irrCAC compute is recorded in peers/*.json, and how in peers/*.R.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotator.agreement import Estimate, Ratings, WeightName, estimates

FOLDER = Path(__file__).parent / "peers"
PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
CATEGORIES = [1, 2, 3, 5]

Rows = list[list[Any]]
Ask = Callable[..., dict[str, Any]]
slowly = settings(
    max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Puts a question to the peers: one process answers all of them."""
    if not PYTHON.exists():
        say = "The peers are not set up: run `make peers`."
        if os.environ.get("CI"):
            pytest.fail(say)
        pytest.skip(say)
    server = subprocess.Popen(
        [PYTHON, FOLDER / "serve.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin is not None
    assert server.stdout is not None

    def put(**question: object) -> dict[str, Any]:
        server.stdin.write(json.dumps(question) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())

    yield put
    server.stdin.close()
    assert server.wait(timeout=30) == 0
    server.stdout.close()


@st.composite
def tables(draw: st.DrawFn, *, gaps: bool, coders: int | None = None) -> Rows:
    width = coders or draw(st.integers(2, 5))
    value = st.sampled_from(CATEGORIES)
    cell = st.none() | value if gaps else value
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=4, max_size=12))
    # Peers divide by nought where a coder gave no value; what they do with nothing is tested below.
    assume(all(any(row[place] is not None for row in rows) for place in range(width)))
    return rows


def ours(rows: Rows, level: str = "nominal", **keywords: Any) -> dict[str, Estimate]:
    coders = [f"c{i}" for i in range(len(rows[0]))]
    categories = None if level == "set" else CATEGORIES
    ratings = Ratings.from_rows(rows, coders, None, level, categories)
    return {one.name: one for one in estimates(ratings, level, ci="jackknife", **keywords)}


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@slowly
@given(rows=tables(gaps=True))
def test_alpha_is_that_of_krippendorff(ask: Ask, level: str, rows: Rows) -> None:
    found = ours(rows, level, names=["alpha"])["alpha"]
    assume(found.value is not None)
    assert ask(peer="krippendorff", rows=rows, level=level)["value"] == near(found.value)


@pytest.mark.slow
@pytest.mark.parametrize("weights", list(WeightName))
@slowly
@given(rows=tables(gaps=True))
def test_values_and_errors_are_those_of_irrcac(ask: Ask, weights: str, rows: Rows) -> None:
    found = ours(rows, weights=weights)
    # irrCAC counts rows without any value as units; nobody rated them.
    full = [row for row in rows if any(value is not None for value in row)]
    answer = ask(peer="irrCAC", rows=full, weights=str(weights), categories=CATEGORIES)
    assume(all(one.value is not None for one in found.values() if one.name != "light_kappa"))
    assume(found["alpha"].n_units > 1)
    for name, (value, error) in answer["value"].items():
        assert value == near(found[name].value)
        if name == "alpha" and any(None in row for row in full):
            continue  # See below: irrCAC's Python is not its R there.
        counted = len(full)
        if len(rows[0]) == 2 and not any(None in row for row in full):
            # Ours is that of a table of two coders, which divides by n and not by n - 1.
            tabled = name in ("gwet_ac", "brennan_prediger", "alpha")
            error *= ((counted - 1) / counted) ** 0.5 if tabled else 1.0
        assert error == near(found[name].se)


@pytest.mark.slow
@slowly
@given(rows=tables(gaps=False))
def test_values_and_errors_are_those_of_statsmodels(ask: Ask, rows: Rows) -> None:
    answer = ask(peer="statsmodels", rows=rows, categories=CATEGORIES)
    found = ours(rows)
    for name in ("fleiss_kappa", "brennan_prediger"):
        if found[name].value is not None:
            assert answer["value"][name] == near(found[name].value)
    for weights in ("identity", "linear", "quadratic"):
        # statsmodels weighs categories by their place: 5 is to 3 as 3 is to 2.
        placed = [[CATEGORIES.index(value) for value in row[:2]] for row in rows]
        ratings = Ratings.from_rows(placed, ["a", "b"], categories=[0, 1, 2, 3])
        (cohen,) = estimates(ratings, "nominal", weights=weights, names=["cohen_kappa"])
        if cohen.value is not None:
            value, error = answer["value"][f"cohen_{weights}"]
            assert value == near(cohen.value)
            # Where the variance is 0 rounding makes it a little less, and its root no number.
            assert (error or 0.0) == pytest.approx(cohen.se, abs=1e-6)


@pytest.mark.slow
@slowly
@given(rows=tables(gaps=True))
def test_alpha_is_that_of_nltk(ask: Ask, rows: Rows) -> None:
    for level, distance in (("nominal", "binary_distance"), ("interval", "interval_distance")):
        found = ours(rows, level, names=["alpha"])["alpha"]
        if found.value is not None:
            answer = ask(peer="nltk", rows=rows, name="alpha", distance=distance)
            assert answer["value"] == near(found.value)


@pytest.mark.slow
@slowly
@given(rows=tables(gaps=False))
def test_kappas_are_those_of_nltk(ask: Ask, rows: Rows) -> None:
    used = sorted({value for row in rows for value in row})
    ratings = Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))], categories=used)
    found = {one.name: one for one in estimates(ratings, "nominal")}
    names = {
        "S": "brennan_prediger",
        "multi_kappa": "conger_kappa",
        "kappa": "light_kappa",
        "pi": "fleiss_kappa",
    }
    for theirs, name in names.items():
        if found[name].value is not None:
            answer = ask(peer="nltk", rows=rows, name=theirs)
            assert answer["value"] == near(found[name].value)


@pytest.mark.slow
@pytest.mark.parametrize("distance", ["masi", "jaccard"])
@slowly
@given(data=st.data())
def test_alpha_of_sets_is_that_of_nltk(ask: Ask, distance: str, data: st.DataObject) -> None:
    cell = st.none() | st.sets(st.sampled_from("abc"), min_size=1).map(frozenset)
    rows = data.draw(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=3, max_size=8))
    found = ours(rows, "set", names=["alpha"], distance=distance)["alpha"]
    assume(found.value is not None)
    lists = [[None if value is None else sorted(value) for value in row] for row in rows]
    answer = ask(peer="nltk", rows=lists, name="alpha", distance=f"{distance}_distance")
    assert answer["value"] == near(found.value)


IRRCAC = json.loads((FOLDER / "irrcac_values.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("weights", list(WeightName))
@pytest.mark.parametrize("case", IRRCAC["cases"], ids=lambda case: case["name"])
def test_values_and_errors_are_those_of_irrcac_in_r(case: dict[str, Any], weights: str) -> None:
    rows: Rows = case["ratings"]
    ratings = Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))])
    wanted = {name: pair for name, pair in case["values"][weights].items() if None not in pair}
    found = estimates(ratings, "nominal", weights=weights, names=wanted, ci="jackknife")
    assert [one.name for one in found] == list(wanted)
    for one in found:
        assert one.se_method == "analytic"
        # It prints five decimals of most.
        assert [one.value, one.se] == pytest.approx(wanted[one.name], abs=6e-6)


IRR = json.loads((FOLDER / "irr_values.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", IRR["cases"], ids=lambda case: case["name"])
def test_values_are_those_of_irr(case: dict[str, Any]) -> None:
    rows: Rows = case["ratings"]
    ratings = Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))])
    # irr drops every unit with a gap, but for alpha.
    full = [row for row in rows if None not in row]
    complete = Ratings.from_rows(full, ratings.coders)
    two = Ratings.from_rows([row[:2] for row in full], ["a", "b"])
    for name, wanted in case["values"].items():
        if name.startswith("alpha_"):
            level = name.removeprefix("alpha_")
            (found,) = estimates(ratings, level, names=["alpha"])
            if len(full) == len(rows) and len(rows[0]) > 2:
                wanted = without_the_extra_pairs(wanted, found.n_values, len(rows[0]))
        elif name.startswith("cohen_kappa"):
            weights = name.removeprefix("cohen_kappa").removeprefix("_") or None
            (found,) = estimates(two, "nominal", weights=weights, names=["cohen_kappa"])
        else:
            (found,) = estimates(complete, "nominal", names=[name])
        assert found.value == near(wanted), name


def without_the_extra_pairs(alpha: float, n_values: int, n_coders: int) -> float:
    """What alpha of irr 0.84.1 would be if it counted values of complete data once.

    Without a gap it divides the pairs of a unit by 1 and not by m - 1, so that for more than two
    coders it takes n(m - 1) for the number of values: a small error that grows with fewer units.
    """
    pairs = n_values * (n_coders - 1)
    return 1 - (1 - alpha) * (pairs / (pairs - 1)) * ((n_values - 1) / n_values)


def test_irr_counts_values_of_complete_data_of_many_coders_more_than_once() -> None:
    """Fleiss's kappa and alpha differ by (n - 1)/n and nothing else; in irr they differ by more."""
    for case in IRR["cases"]:
        rows = case["ratings"]
        if len(rows[0]) == 2 or any(None in row for row in rows):
            continue
        n = len(rows) * len(rows[0])
        from_fleiss = 1 - (1 - case["values"]["fleiss_kappa"]) * (n - 1) / n
        irr = case["values"]["alpha_nominal"]
        assert abs(irr - from_fleiss) > 1e-3
        assert without_the_extra_pairs(irr, n, len(rows[0])) == near(from_fleiss)
        ratings = Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))])
        assert estimates(ratings, "nominal", names=["alpha"])[0].value == near(from_fleiss)


# --- where they are not right ---------------------------------------------------------------------

# Gwet 2014, four raters and twelve subjects, the last with a single rating (cac.raw4raters).
FOUR_RATERS: Rows = [
    [1, 1, None, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [None, 5, 5, 5],
    [None, None, 1, 1],
    [None, None, 3, None],
]


def four_raters(level: str = "nominal", **keywords: Any) -> Estimate:
    ratings = Ratings.from_rows(FOUR_RATERS, list("ABCD"))
    (found,) = estimates(ratings, level, names=["alpha"], **keywords)
    return found


@pytest.mark.slow
def test_irrcac_centres_the_error_of_alpha_on_another_agreement_than_its_r_does(ask: Ask) -> None:
    """It subtracts the corrected percent agreement where the linearisation has the plain one."""
    answer = ask(peer="irrCAC", rows=FOUR_RATERS, weights="identity", categories=[1, 2, 3, 4, 5])
    value, error = answer["value"]["alpha"]
    ours = four_raters()
    assert value == near(ours.value)
    assert error == pytest.approx(0.14557, abs=5e-6)
    # R irrCAC prints .14548.
    assert ours.se == pytest.approx(0.14548, abs=5e-6)


@pytest.mark.slow
def test_the_ordinal_weights_of_irrcac_are_not_the_ordinal_metric_of_alpha(ask: Ask) -> None:
    """Gwet's go by how many categories lie between two, Krippendorff's by how often these occur."""
    answer = ask(peer="irrCAC", rows=FOUR_RATERS, weights="ordinal", categories=[1, 2, 3, 4, 5])
    assert answer["value"]["alpha"][0] == near(four_raters(weights="ordinal").value)
    theirs = ask(peer="krippendorff", rows=FOUR_RATERS, level="ordinal")["value"]
    assert theirs == near(four_raters("ordinal").value)
    assert answer["value"]["alpha"][0] == pytest.approx(0.83364, abs=5e-6)
    assert theirs == pytest.approx(0.815, abs=5e-4)


@pytest.mark.slow
def test_statsmodels_takes_a_gap_for_a_category(ask: Ask) -> None:
    rows: Rows = [[1, 1], [2, 2], [1, None], [2, 1]]
    theirs = ask(peer="aggregate_raters", rows=rows)["value"]
    found = ours(rows)["fleiss_kappa"].value
    # Two of four agree, and the margins with the gap are (4, 3, 1) / 8.
    assert theirs == near((1 / 2 - 26 / 64) / (1 - 26 / 64))
    # Two of three pairs agree; the margins are (2.5 / 4, 1.5 / 4).
    chance = (2.5 / 4) ** 2 + (1.5 / 4) ** 2
    assert found == near((2 / 3 - chance) / (1 - chance))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["S", "pi", "kappa"])
def test_nltk_fails_on_a_gap_in_any_coefficient_but_alpha(ask: Ask, name: str) -> None:
    answer = ask(peer="nltk", rows=[[1, 1], [2, 1], [2, None]], name=name)
    assert answer["type"] in ("RuntimeError", "StopIteration")
    assert ask(peer="nltk", rows=[[1, 1], [2, 1], [2, None]], name="alpha")["value"] is not None


@pytest.mark.slow
@pytest.mark.parametrize("distance", ["masi", "jaccard"])
def test_nltk_fails_on_two_empty_sets_which_agree(ask: Ask, distance: str) -> None:
    rows: Rows = [[[], []], [["a"], ["a"]], [["a"], []], [["a"], ["b"]]]
    answer = ask(peer="nltk", rows=rows, name="alpha", distance=f"{distance}_distance")
    assert answer["type"] == "ZeroDivisionError"
    sets: Rows = [[frozenset(value) for value in row] for row in rows]
    assert ours(sets, "set", names=["alpha"], distance=distance)["alpha"].value is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 1], [1, 1], [1, 1]], "no_variation"),
        ([[1, 1], [1, 1], [None, 2]], "no_variation"),
        ([[1, None], [None, 2], [3, None]], "no_pairs"),
    ],
)
def test_where_alpha_is_undefined_peers_fail_or_say_nan_or_1(
    ask: Ask, rows: Rows, reason: str
) -> None:
    found = ours(rows, names=["alpha"])["alpha"]
    assert (found.value, found.se, found.ci_low, found.reason) == (None, None, None, reason)
    for question in (
        {"peer": "krippendorff", "level": "nominal"},
        {"peer": "irrCAC", "weights": "identity", "categories": [1, 2, 3]},
        {"peer": "nltk", "name": "alpha"},
    ):
        answer = ask(rows=rows, **question)
        says_one = question["peer"] == "nltk" and answer.get("value") == 1
        assert says_one or "error" in answer or answer["value"] is None


@pytest.mark.slow
def test_one_pairable_unit_says_so_where_irrcac_fails(ask: Ask) -> None:
    rows: Rows = [[1, 2], [1, None]]
    found = ours(rows, names=["alpha"])["alpha"]
    assert (found.value, found.se, found.reason) == (None, None, "one_unit")
    answer = ask(peer="irrCAC", rows=rows, weights="identity", categories=CATEGORIES)
    assert answer["type"] == "ZeroDivisionError"
