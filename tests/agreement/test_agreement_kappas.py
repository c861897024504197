"""Every coefficient against its definition written out plainly, with and without each unit."""

import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.agreement import NAMES, Estimate, Ratings, WeightName, estimates
from annotator.agreement.coefficients import FOR_TWO_CODERS, coefficients
from annotator.errors import AnnotatorError

Row = list[int | None]
CATEGORIES = [1, 2, 4, 8]
KAPPAS = [name for name in NAMES if name != "alpha"]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    width = draw(st.integers(2, 4))
    cell = st.none() | st.sampled_from(CATEGORIES[:3])
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=3, max_size=9))
    assume(all(any(row[place] is not None for row in rows) for place in range(width)))
    return rows


def weight_table(name: str) -> np.ndarray:
    """The weights of Gwet 2014, chapter 3, category by category."""
    x = CATEGORIES
    low, high, size = x[0], x[-1], len(x)

    def apart(k: int, m: int) -> float:
        a, b = x[k], x[m]
        if a == b:
            return 0.0
        if name == "identity":
            return 1.0
        if name == "ordinal":
            return math.comb(abs(k - m) + 1, 2)
        if name == "linear":
            return abs(a - b)
        if name == "quadratic":
            return (a - b) ** 2
        if name == "radical":
            return math.sqrt(abs(a - b))
        if name == "ratio":
            return ((a - b) / (a + b)) ** 2
        if name == "circular":
            return math.sin(math.pi * (a - b) / (high - low + 1)) ** 2
        assert name == "bipolar"
        return (a - b) ** 2 / ((a + b - 2 * low) * (2 * high - a - b))

    table = np.array([[apart(k, m) for m in range(size)] for k in range(size)])
    return 1 - table / table.max()


def plainly(name: str, rows: list[Row], weights: np.ndarray) -> float | None:
    """A coefficient from its definition; None where it is undefined."""
    place = {value: position for position, value in enumerate(CATEGORIES)}
    units = [[None if value is None else place[value] for value in row] for row in rows]
    coders = range(len(rows[0]))
    size = len(CATEGORIES)

    def shares(values: list[int]) -> np.ndarray:
        return np.bincount(values, minlength=size) / len(values)

    def agreement(values: list[int]) -> float:
        pairs = list(permutations(values, 2))
        return float(sum(weights[a, b] for a, b in pairs) / len(pairs))

    if name == "light_kappa":
        kappas = [
            plainly("cohen_kappa", [[row[g], row[h]] for row in rows], weights)
            for g, h in combinations(coders, 2)
        ]
        found = [kappa for kappa in kappas if kappa is not None]
        return sum(found) / len(found) if found and len(found) == len(kappas) else None
    rated = [[value for value in unit if value is not None] for unit in units]
    pairable = [values for values in rated if len(values) > 1]
    if not pairable:
        return None
    observed = float(np.mean([agreement(values) for values in pairable]))
    if name == "percent_agreement":
        return observed
    if name == "brennan_prediger":
        expected = float(weights.sum()) / size**2
    elif name in ("cohen_kappa", "conger_kappa"):
        both = [unit for unit in units if None not in unit] if name == "cohen_kappa" else units
        given = [[unit[g] for unit in both if unit[g] is not None] for g in coders]
        if not all(given):
            return None
        by_coder = [shares(values) for values in given]
        expected = float(
            np.mean([by_coder[g] @ weights @ by_coder[h] for g, h in permutations(coders, 2)])
        )
    else:
        counted = pairable if name == "scott_pi" else [values for values in rated if values]
        mean = np.mean([shares(values) for values in counted], axis=0)
        if name == "gwet_ac":
            expected = float(weights.sum() / (size * (size - 1)) * (mean * (1 - mean)).sum())
        else:
            expected = float(mean @ weights @ mean)
    return (observed - expected) / (1 - expected) if 1 - expected > 1e-12 else None


def rated(rows: list[Row]) -> Ratings:
    return Ratings.from_rows(
        rows, [f"c{i}" for i in range(len(rows[0]))], None, "nominal", CATEGORIES
    )


def found_in(rows: list[Row], weights: str, **keywords: object) -> dict[str, Estimate]:
    keywords.setdefault("ci", "jackknife")
    found = estimates(rated(rows), "nominal", weights=weights, **keywords)  # type: ignore[arg-type]
    return {one.name: one for one in found}


@pytest.mark.parametrize("weights", list(WeightName))
@settings(max_examples=25, deadline=None)
@given(rows=tables())
def test_every_coefficient_and_its_jackknife_equal_the_definition(
    weights: str, rows: list[Row]
) -> None:
    table = weight_table(weights)
    for name, found in found_in(rows, weights, names=KAPPAS, se="jackknife").items():
        wanted = plainly(name, rows, table)
        if wanted is None:
            assert found.value is None
            assert found.reason in ("no_pairs", "no_variation", "coders_without_overlap")
            continue
        tables = [rows]
        if name == "light_kappa":
            every = combinations(range(len(rows[0])), 2)
            tables = [[[row[one], row[other]] for row in rows] for one, other in every]
        of_one_unit = any(
            sum(len(row) - row.count(None) > 1 for row in table) == 1 for table in tables
        )
        if of_one_unit and name != "percent_agreement":
            assert (found.value, found.se, found.reason) == (None, None, "one_unit")
            continue
        assert found.value == pytest.approx(wanted, abs=1e-10)
        lone = name in ("conger_kappa", "fleiss_kappa", "gwet_ac")
        enter = [
            place
            for place, row in enumerate(rows)
            if len(row) - row.count(None) >= (1 if lone else 2)
        ]
        assert found.n_units == len(enter)
        without = [plainly(name, rows[:place] + rows[place + 1 :], table) for place in enter]
        if None in without:
            assert (found.se, found.ci_low) == (None, None)
            assert found.reason in ("one_unit", "variation_in_one_unit")
        else:
            values = np.array(without, dtype=float)
            count = len(enter)
            error = math.sqrt((count - 1) / count * ((values - values.mean()) ** 2).sum())
            assert found.se == pytest.approx(error, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(rows=tables(), weights=st.sampled_from(list(WeightName)), data=st.data())
def test_order_of_coders_and_units_does_not_matter(
    rows: list[Row], weights: str, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(rows[0]))))
    mixed = [[row[place] for place in order] for row in data.draw(st.permutations(rows))]
    assert_same(found_in(rows, weights), found_in(mixed, weights))


@settings(max_examples=30, deadline=None)
@given(rows=tables(), order=st.permutations(CATEGORIES))
def test_names_of_categories_do_not_matter_without_weights(
    rows: list[Row], order: list[int]
) -> None:
    renamed = dict(zip(CATEGORIES, order, strict=True))
    other = [[None if value is None else renamed[value] for value in row] for row in rows]
    assert_same(found_in(rows, "identity"), found_in(other, "identity"))


@settings(max_examples=30, deadline=None)
@given(rows=tables(), weights=st.sampled_from(list(WeightName)), copies=st.integers(2, 4))
def test_repeated_units_change_no_kappa(rows: list[Row], weights: str, copies: int) -> None:
    once, more = found_in(rows, weights), found_in(rows * copies, weights)
    for name in KAPPAS:
        if name in once and once[name].value is not None:
            assert more[name].value == pytest.approx(once[name].value, abs=1e-10)
            assert more[name].n_units == copies * once[name].n_units


@settings(max_examples=30, deadline=None)
@given(rows=tables(), value=st.sampled_from(CATEGORIES[:3]), place=st.integers(0, 1))
def test_a_unit_with_one_value_moves_only_the_margins_of_conger_fleiss_and_gwet(
    rows: list[Row], value: int, place: int
) -> None:
    lone: Row = [None] * len(rows[0])
    lone[place] = value
    before = found_in(rows, "linear", se="jackknife")
    after = found_in([*rows, lone], "linear", se="jackknife")
    for name in ("conger_kappa", "fleiss_kappa", "gwet_ac"):
        assert after[name].n_units == before[name].n_units + 1
        before.pop(name)
        after.pop(name)
    assert_same(before, after)


def assert_same(first: dict[str, Estimate], second: dict[str, Estimate]) -> None:
    assert first.keys() == second.keys()
    for name, one in first.items():
        other = second[name]
        assert (one.value is None) == (other.value is None)
        assert one.reason == other.reason
        assert (one.n_units, one.n_values) == (other.n_units, other.n_values)
        if one.value is not None:
            assert other.value == pytest.approx(one.value, abs=1e-10)
            assert other.se == (one.se if one.se is None else pytest.approx(one.se, abs=1e-8))


@settings(max_examples=30, deadline=None)
@given(rows=tables(), weights=st.sampled_from(list(WeightName)))
def test_sums_give_the_value_and_the_value_without_a_unit(rows: list[Row], weights: str) -> None:
    for one in coefficients(rated(rows), "nominal", weights=weights):
        part = slice(0, one.patterns.size)
        assert one.columns(part).shape == (one.n_columns, one.patterns.size)
        if one.value is None:
            assert np.isnan(one.values(one.totals[None])).all()
            continue
        assert one.values(one.totals[None])[0] == pytest.approx(one.value, abs=1e-10)
        enter = one.units(part) > 0
        through_sums = one.values(one.totals - one.columns(part).T)[enter]
        if np.isnan(through_sums).any():
            assert one.jackknife().reason in ("one_unit", "variation_in_one_unit")
        else:
            assert one.without_one(part)[enter] == pytest.approx(through_sums, abs=1e-9)


@pytest.mark.parametrize("weights", ["identity", "quadratic", "ordinal"])
def test_tables_too_large_to_make_change_no_number(
    weights: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(8)
    truth = random.integers(0, 12, 300)
    guess = random.integers(0, 12, (300, 4))
    matrix = np.where(random.random((300, 4)) < 0.7, truth[:, None], guess)
    matrix[random.random((300, 4)) < 0.2] = -1
    ratings = Ratings.from_codes(matrix, list(range(12)), list("abcd"))
    found = []
    for most in (1 << 20, 0):
        for module in ("pairs", "paired", "tally"):
            monkeypatch.setattr(f"annotator.agreement.{module}._TABLE_CELLS", most)
        monkeypatch.setattr("annotator.agreement.lookups._MOST_CELLS", most)
        every = coefficients(ratings, "nominal", weights=weights)
        found.append([number for one in every for number in (one.value, one.jackknife().error)])
        (light,) = [one for one in every if one.name == "light_kappa"]
        assert light.values(light.totals[None])[0] == pytest.approx(light.value, rel=1e-12)
    assert found[0] == pytest.approx(found[1], rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.sampled_from(CATEGORIES), min_size=2, max_size=2), min_size=3, max_size=9
    ),
    weights=st.sampled_from(list(WeightName)),
)
def test_two_coders_without_gaps_make_relatives_equal(rows: list[Row], weights: str) -> None:
    found = found_in(rows, weights)
    for same in (("cohen_kappa", "conger_kappa", "light_kappa"), ("scott_pi", "fleiss_kappa")):
        values = {name: found[name].value for name in same}
        if values[same[0]] is None:
            assert set(values.values()) == {None}
        else:
            assert list(values.values()) == pytest.approx([values[same[0]]] * len(same), abs=1e-10)
    cohen, conger = found["cohen_kappa"].se, found["conger_kappa"].se
    if cohen is not None and conger is not None:
        # Gwet's variance divides by one unit less than that of Fleiss, Cohen and Everitt.
        size = len(rows)
        assert conger == pytest.approx(cohen * math.sqrt(size / (size - 1)), abs=1e-9)


@pytest.mark.parametrize(("n_coders", "n_values"), [(3, 6), (6, 20)])
def test_the_analytic_error_comes_near_the_jackknife_with_many_units(
    n_coders: int, n_values: int
) -> None:
    random = np.random.default_rng(11)
    truth = random.integers(0, n_values, 4000)
    guess = random.integers(0, n_values, (4000, n_coders))
    matrix = np.where(random.random((4000, n_coders)) < 0.7, truth[:, None], guess)
    coders = [f"c{i}" for i in range(n_coders)]
    whole = Ratings.from_codes(matrix, list(range(n_values)), coders)
    for weights in ("identity", "quadratic"):
        both = {
            se: {
                one.name: one.se
                for one in estimates(whole, "nominal", weights=weights, se=se, ci="jackknife")
            }
            for se in ("analytic", "jackknife")
        }
        assert both["analytic"] == pytest.approx(both["jackknife"], rel=2e-3)


def test_unused_categories_count_where_chance_depends_on_how_many_there_are() -> None:
    rows: list[Row] = [[1, 1], [1, 2], [2, 2], [1, 1]]
    few = Ratings.from_rows(rows, ["a", "b"])
    found, fewer = found_in(rows, "identity"), {o.name: o for o in estimates(few, "nominal")}
    changed = {name for name, one in found.items() if one.value != pytest.approx(fewer[name].value)}
    assert changed == {"gwet_ac", "brennan_prediger"}
    assert fewer["brennan_prediger"].value == pytest.approx(2 * 0.75 - 1)
    assert found["brennan_prediger"].value == pytest.approx((0.75 - 1 / 4) / (1 - 1 / 4))


def test_cohen_and_scott_are_for_two_coders_and_gwet_not_for_sets() -> None:
    three = Ratings.from_rows([[1, 2, 2], [1, 1, 2]], ["a", "b", "c"])
    assert {one.name for one in estimates(three, "nominal")} == {*NAMES} - {*FOR_TWO_CODERS}
    # A column without any value is no coder.
    empty = Ratings.from_rows([[1, None, 2], [1, None, 1]], ["a", "b", "c"])
    found = {one.name: one for one in estimates(empty, "nominal")}
    assert {*found} == {*NAMES}
    assert found["cohen_kappa"].n_coders == 2
    one, two = frozenset({"x"}), frozenset({"x", "y"})
    sets = Ratings.from_rows([[one, two], [one, one]], ["a", "b"], level="set")
    assert {one.name for one in estimates(sets, "set")} == {*NAMES} - {
        "gwet_ac",
        "brennan_prediger",
    }


def test_light_is_undefined_where_one_of_its_pairs_is() -> None:
    apart: list[Row] = [[1, 1, None], [2, 1, None], [None, 1, 1], [None, 2, 1]]
    assert found_in(apart, "identity")["light_kappa"].reason == "coders_without_overlap"
    # Freelon 2010, R303: two of the coders never vary.
    same: list[Row] = [[1, 1, 1], [2, 1, 1], [1, 1, 1]]
    assert found_in(same, "identity")["light_kappa"].reason == "no_variation"
    assert found_in(same, "identity")["conger_kappa"].value is not None


def test_a_table_of_weights_and_a_distance_of_ones_own_give_what_the_named_ones_give() -> None:
    rows: list[Row] = [[1, 2], [4, 4], [8, 2], [None, 1], [2, 2], [8, 8]]
    named = found_in(rows, "linear")
    own = estimates(rated(rows), "nominal", weights=weight_table("linear"))
    assert {one.weights for one in own} == {"custom"}
    for one in own:
        assert one.value == pytest.approx(named[one.name].value, abs=1e-12)
        assert one.se == pytest.approx(named[one.name].se, abs=1e-12)
    for distance in (lambda a, b: abs(a - b), 1 - weight_table("linear")):
        (alpha,) = estimates(rated(rows), "interval", names=["alpha"], distance=distance)
        assert alpha.value == pytest.approx(named["alpha"].value, abs=1e-12)
        assert alpha.weights == "custom"


TABLE = np.eye(4)


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"weights": "cubic"}, "no weights named “cubic”"),
        ({"weights": np.eye(3)}, "each of the 4 categories"),
        ({"weights": TABLE * 0.5}, "not 1 between a category and itself"),
        ({"weights": TABLE + np.tri(4, k=-1) * 0.5}, "same both ways"),
        ({"distance": TABLE}, "not zero between a category and itself"),
        ({"distance": np.tri(4, k=-1)}, "same both ways"),
        ({"distance": lambda a, b: b - a}, "below zero"),
        ({"se": "bootstrap"}, "no standard error named “bootstrap”"),
        ({"names": ["kappa"]}, "no coefficient “kappa”"),
    ],
)
def test_wrong_weights_and_distances_are_refused(keywords: dict[str, object], words: str) -> None:
    with pytest.raises(AnnotatorError, match=words):
        estimates(rated([[1, 2], [4, 8]]), "nominal", **keywords)  # type: ignore[arg-type]


def test_weights_need_numbers_or_an_order_and_sets_have_none() -> None:
    words = Ratings.from_rows([["low", "high"], ["mid", "mid"]], ["a", "b"])
    with pytest.raises(AnnotatorError, match="need numbers or an order but find"):
        estimates(words, "nominal", weights="linear")
    ordered = Ratings.from_rows(
        [["low", "high"], ["mid", "mid"]], ["a", "b"], categories=["low", "mid", "high"]
    )
    numbers = Ratings.from_rows([[1, 3], [2, 2]], ["a", "b"])
    for weights in WeightName:
        values = [
            {one.name: one.value for one in estimates(ratings, "nominal", weights=weights)}
            for ratings in (ordered, numbers)
        ]
        assert values[0] == pytest.approx(values[1], abs=1e-12)
    out_of_order = Ratings.from_rows([[1, 3]], ["a", "b"], categories=[3, 1, 2])
    with pytest.raises(AnnotatorError, match="out of their order"):
        estimates(out_of_order, "nominal", weights="linear")
    below = Ratings.from_rows([[-1, 3]], ["a", "b"])
    with pytest.raises(AnnotatorError, match="below zero"):
        estimates(below, "nominal", weights="ratio")
    sets = Ratings.from_rows([[frozenset("a"), frozenset()]], ["a", "b"], level="set")
    with pytest.raises(AnnotatorError, match="no weights but a distance"):
        estimates(sets, "set", weights="linear")
