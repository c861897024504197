"""The kernel against definitions written out plainly, and against itself."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Estimate, Ratings, estimates, per_code
from annotator.agreement.alpha import Alpha, NominalAlpha, alpha_for
from annotator.agreement.chance import SpreadOfAll
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.coefficients import coefficients
from annotator.agreement.distance import Distance, Nominal, SquaredDifference
from annotator.agreement.level import Level
from annotator.agreement.ordinal import OrdinalAlpha
from annotator.agreement.patterns import (
    Patterns,
    Strategy,
    choose_strategy,
    find_patterns,
    hash_tables,
)
from annotator.agreement.tally import Tally, Within
from annotator.agreement.weights import Weights

Row = list[object]

SETS = [frozenset(text) for text in ("", "a", "b", "ab", "bc", "abc")]
VALUES: dict[str, list[object]] = {
    "nominal": ["a", "b", "c", "d"],
    "ordinal": [1, 2, 3, 5],
    "interval": [-3, 0, 0.5, 40],
    "ratio": [0, 1, 2, 12],
    "circular": [0, 1, 5, 23],
    "set": list(SETS),
}
LEVELS = sorted(VALUES)


@st.composite
def tables(draw: st.DrawFn, level: str) -> list[Row]:
    n_coders = draw(st.integers(2, 4))
    cell = st.none() | st.sampled_from(VALUES[level])
    return draw(
        st.lists(st.lists(cell, min_size=n_coders, max_size=n_coders), min_size=2, max_size=9)
    )


def rated(rows: list[Row], level: str) -> Ratings:
    categories = None if level == "set" else VALUES[level]
    return Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))], None, level, categories)


def alpha_of(rows: list[Row], level: str) -> Estimate:
    return estimates(rated(rows, level), level, names=["alpha"], se="jackknife")[0]


def plain_alpha(rows: list[Row], level: str) -> float | None:
    """Alpha as Krippendorff defines it, pair by pair."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    pool = [value for unit in units for value in unit]
    order = VALUES[level]

    def distance(one: object, other: object) -> float:
        if one == other:
            return 0.0
        if level == "nominal":
            return 1.0
        if level == "set":
            assert isinstance(one, frozenset)
            assert isinstance(other, frozenset)
            common = len(one & other)
            nested = 2 / 3 if one <= other or other <= one else 1 / 3
            return 1 - common / len(one | other) * (nested if common else 0)
        if level == "ordinal":
            low, high = sorted((order.index(one), order.index(other)))
            between = sum(pool.count(value) for value in order[low : high + 1])
            return (between - (pool.count(one) + pool.count(other)) / 2) ** 2
        assert isinstance(one, int | float)
        assert isinstance(other, int | float)
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2
        if level == "circular":
            return math.sin(math.pi * (one - other) / 24) ** 2
        return (one - other) ** 2

    expected = sum(distance(a, b) for a, b in permutations(pool, 2))
    if not expected:
        return None
    observed = sum(
        distance(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)
    )
    return 1 - (len(pool) - 1) * observed / expected


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_alpha_and_its_jackknife_equal_the_definition(level: str, data: st.DataObject) -> None:
    rows = data.draw(tables(level))
    found = alpha_of(rows, level)
    wanted = plain_alpha(rows, level)
    if wanted is None:
        assert found.value is None
        return
    pairable = [place for place, row in enumerate(rows) if len(row) - row.count(None) > 1]
    if len(pairable) == 1:
        # What is expected is then what is observed, whatever the values are.
        assert wanted == pytest.approx(0, abs=1e-10)
        assert (found.value, found.se, found.ci_low, found.reason) == (None, None, None, "one_unit")
        return
    assert found.value == pytest.approx(wanted, abs=1e-10)
    without = [plain_alpha(rows[:place] + rows[place + 1 :], level) for place in pairable]
    if None in without:
        assert (found.se, found.ci_low, found.reason) == (None, None, "variation_in_one_unit")
    else:
        count = len(pairable)
        values = np.array(without, dtype=float)
        error = math.sqrt((count - 1) / count * ((values - values.mean()) ** 2).sum())
        assert found.se == pytest.approx(error, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_order_of_coders_and_units_does_not_matter(level: str, data: st.DataObject) -> None:
    rows = data.draw(tables(level))
    found = alpha_of(rows, level)
    mixed = [data.draw(st.permutations(row)) for row in data.draw(st.permutations(rows))]
    again = alpha_of(mixed, level)
    assert (again.value is None) == (found.value is None)
    if found.value is not None:
        assert again.value == pytest.approx(found.value, abs=1e-10)
        assert again.reason == found.reason
        assert again.se == pytest.approx(found.se, abs=1e-9) if found.se else not again.se


@settings(max_examples=20, deadline=None)
@given(rows=tables("nominal"), order=st.permutations(VALUES["nominal"]))
def test_names_of_nominal_categories_do_not_matter(rows: list[Row], order: list[object]) -> None:
    renamed = dict(zip(VALUES["nominal"], order, strict=True))
    again = [[renamed.get(value) for value in row] for row in rows]
    assert alpha_of(again, "nominal").value == pytest.approx(alpha_of(rows, "nominal").value)


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_unit_with_one_value_changes_nothing(level: str, data: st.DataObject) -> None:
    rows = data.draw(tables(level))
    lone: Row = [data.draw(st.sampled_from(VALUES[level]))] + [None] * (len(rows[0]) - 1)
    found, again = alpha_of(rows, level), alpha_of([*rows, lone], level)
    assert again.value == pytest.approx(found.value, abs=1e-10)
    assert again.se == pytest.approx(found.se, abs=1e-9)
    assert (again.n_units, again.n_values) == (found.n_units, found.n_values)


@settings(max_examples=20, deadline=None)
@given(rows=tables("nominal"), copies=st.integers(2, 4))
def test_repeated_units_keep_observed_and_expected_shares(rows: list[Row], copies: int) -> None:
    """1 - alpha shrinks by (n - 1)/n only; percent agreement stays and its error narrows."""
    once, more = alpha_of(rows, "nominal"), alpha_of(rows * copies, "nominal")
    if once.value is None:
        assert (more.value is None) == (once.reason != "one_unit")
        return
    n = once.n_values
    assert more.value is not None
    assert (1 - more.value) * n * copies / (n * copies - 1) == pytest.approx(
        (1 - once.value) * n / (n - 1), abs=1e-10
    )
    agreement = [
        estimates(rated(table, "nominal"), "nominal", names=["percent_agreement"])[0]
        for table in (rows, rows * copies)
    ]
    assert agreement[0].value == pytest.approx(agreement[1].value)


def made_up(n_units: int, n_coders: int, n_values: int, seed: int = 7) -> np.ndarray:
    random = np.random.default_rng(seed)
    truth = random.integers(0, n_values, n_units)
    codes = np.where(
        random.random((n_coders, n_units)) < 0.7,
        truth,
        random.integers(0, n_values, (n_coders, n_units)),
    )
    codes[random.random((n_coders, n_units)) < 0.3] = -1
    return codes.astype(np.int8)


@pytest.mark.parametrize("distance", [Nominal(), SquaredDifference(np.arange(5.0)), None])
def test_every_way_to_find_patterns_gives_the_same_numbers(distance: Distance | None) -> None:
    codes = made_up(40_000, 3, 5)
    results: list[tuple[Coefficient, Coefficient]] = []
    for strategy in Strategy:
        sums = Tally(find_patterns(codes, 5, strategy=strategy))
        alpha = OrdinalAlpha(sums) if distance is None else alpha_for(sums, distance)
        assert isinstance(alpha, NominalAlpha) == isinstance(distance, Nominal)
        identity = Weights("identity", Nominal(), 1.0, 5.0)
        within = Within(sums, Nominal())
        results.append((alpha, SpreadOfAll("share", sums, identity, within, fixed=1.0)))
    for found in results[1:]:
        for one, first in zip(found, results[0], strict=True):
            assert one.value == pytest.approx(first.value, rel=1e-12)
            assert one.jackknife().error == pytest.approx(first.jackknife().error, rel=1e-8)
            assert (one.n_units, one.n_values) == (first.n_units, first.n_values)


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_every_coefficient_is_the_same_function_of_its_sums(
    level: str, data: st.DataObject
) -> None:
    """Totals give the value, totals less a column the value without one unit."""
    ratings = rated(data.draw(tables(level)), level)
    for one in coefficients(ratings, level):
        assert one.columns(slice(0, one.patterns.size)).shape == (
            one.n_columns,
            one.patterns.size,
        )
        if one.value is None:
            assert np.isnan(one.values(one.totals[None])).all()
            continue
        assert one.values(one.totals[None])[0] == pytest.approx(one.value, abs=1e-10)
        for part in one.patterns.blocks():
            enter = one.units(part) > 0
            through_sums = one.values(one.totals - one.columns(part).T)[enter]
            if np.isnan(through_sums).any():
                assert one.jackknife().reason in ("one_unit", "variation_in_one_unit")
            else:
                assert one.without_one(part)[enter] == pytest.approx(through_sums, abs=1e-9)


def test_nominal_alpha_by_kinds_of_units_is_alpha_by_distances() -> None:
    sums = Tally(find_patterns(made_up(5000, 4, 6), 6))
    one, other = NominalAlpha(sums), Alpha(sums, Nominal())
    assert one.value == pytest.approx(other.value, rel=1e-12)
    for part in sums.patterns.blocks():
        enter = one.units(part) > 0
        assert one.without_one(part)[enter] == pytest.approx(
            other.without_one(part)[enter], rel=1e-12
        )
    assert one.analytic() == pytest.approx(other.analytic(), rel=1e-12)


def test_very_many_coders_have_too_many_kinds_of_units_to_count_them() -> None:
    codes = np.full((80, 200), -1, dtype=np.int8)
    random = np.random.default_rng(4)
    for unit in range(200):
        codes[random.choice(80, 45, replace=False), unit] = random.integers(0, 3, 45)
    sums = Tally(find_patterns(codes, 3, strategy=Strategy.DIRECT))
    assert sums.kinds is None
    few = Tally(find_patterns(codes, 3, strategy=Strategy.HASH))
    assert alpha_for(sums, Nominal()).value == pytest.approx(alpha_for(few, Nominal()).value)
    assert (sums.n_units, sums.n_lone, sums.n_values) == (200, 0, 9000)


def as_bags(patterns: Patterns) -> dict[tuple[int, ...], int]:
    times = patterns.times if patterns.times is not None else np.ones(patterns.size, dtype=int)
    bags: dict[tuple[int, ...], int] = {}
    for column, count in zip(patterns.values.T.tolist(), times.tolist(), strict=True):
        bag = tuple(sorted(value for value in column if value >= 0))
        bags[bag] = bags.get(bag, 0) + count
    return bags


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda r: st.lists(
            st.lists(st.integers(-1, 3), min_size=r, max_size=r), min_size=1, max_size=30
        )
    )
)
def test_patterns_are_the_units_with_their_multiplicities(rows: list[list[int]]) -> None:
    codes = np.array(rows, dtype=np.int8).T
    wanted = as_bags(Patterns(codes, None, 4))
    for strategy in Strategy:
        assert as_bags(find_patterns(codes, 4, strategy=strategy)) == wanted


def test_a_hash_that_mixes_up_units_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = []

    def weak_then_right(
        n_tables: int, n_values: int, attempt: int
    ) -> tuple[np.ndarray, np.ndarray]:
        attempts.append(attempt)
        first, second = hash_tables(n_tables, n_values, attempt)
        if attempt == 0:
            first = np.array([[1, 2, 3, 0]], dtype=np.uint64)  # {0, 2} and {1, 1} both weigh 4
        return first, second

    monkeypatch.setattr("annotator.agreement.patterns.hash_tables", weak_then_right)
    codes = np.array([[0, 1, 0], [2, 1, 2]], dtype=np.int8)
    found = find_patterns(codes, 3, strategy=Strategy.HASH)
    assert as_bags(found) == {(0, 2): 2, (1, 1): 1}
    assert attempts == [0, 1]


@pytest.mark.parametrize(
    ("shape", "strategy"),
    [
        ((50_000, 2, 8), Strategy.DENSE),
        ((50_000, 8, 60), Strategy.DIRECT),
        ((50_000, 10, 2), Strategy.DENSE),
        ((50_000, 14, 2), Strategy.HALVES),
        ((50_000, 30, 2), Strategy.EXACT),
    ],
)
def test_the_way_follows_the_shape_of_the_data(
    shape: tuple[int, int, int], strategy: Strategy
) -> None:
    assert choose_strategy(made_up(*shape), shape[2]) is strategy


def test_many_categories_that_repeat_are_hashed() -> None:
    codes = np.repeat(made_up(100, 6, 100), 100, axis=1)
    assert choose_strategy(codes, 100) is Strategy.HASH
    assert find_patterns(codes, 100).size <= 100


def test_many_coders_who_each_see_few_units_are_packed() -> None:
    codes = np.full((60, 5000), -1, dtype=np.int8)
    random = np.random.default_rng(3)
    pairs = np.array([random.choice(60, 2, replace=False) for _ in range(5000)])
    for column in (0, 1):
        codes[pairs[:, column], np.arange(5000)] = random.integers(0, 90, 5000)
    patterns = find_patterns(codes, 90)
    assert patterns.values.shape[0] == 2
    assert as_bags(patterns) == as_bags(Patterns(codes, None, 90))


def test_an_ordinal_scale_of_very_many_values_equals_its_definition() -> None:
    random = np.random.default_rng(5)
    rows = [[int(a), int(a + b)] for a, b in random.integers(0, 1500, (900, 2))]
    ratings = Ratings.from_rows(rows, ["a", "b"], level="ordinal")
    assert len(ratings.categories) > 1024
    found = estimates(ratings, "ordinal", names=["alpha"])[0]
    without = [
        coefficients(
            Ratings.from_rows(rows[:place] + rows[place + 1 :], ["a", "b"], level="ordinal"),
            "ordinal",
            names=["alpha"],
        )[0].value
        for place in range(0, 900, 100)
    ]
    sums = Tally(find_patterns(ratings.codes.T, len(ratings.categories), strategy=Strategy.DIRECT))
    direct = OrdinalAlpha(sums)
    assert direct.jackknife().error == pytest.approx(found.se, rel=1e-9)
    assert direct.without_one(slice(0, 900))[::100] == pytest.approx(without, abs=1e-10)
    assert direct.values(direct.totals[None])[0] == pytest.approx(found.value, abs=1e-10)


@settings(max_examples=20, deadline=None)
@given(rows=tables("set"))
def test_each_code_is_the_nominal_alpha_of_used_and_not_used(rows: list[Row]) -> None:
    ratings = rated(rows, "set")
    for found in per_code(ratings, "set"):
        binary: list[Row] = [
            [None if value is None else "d" if found.code in value else "c" for value in row]  # type: ignore[operator]
            for row in rows
        ]
        wanted = alpha_of(binary, "nominal")
        assert found.alpha.reason == wanted.reason
        assert found.alpha.value == pytest.approx(wanted.value, abs=1e-12)
        assert found.alpha.se == pytest.approx(wanted.se, abs=1e-9)


def test_a_code_comes_with_prevalence_and_specific_agreement() -> None:
    rows: list[Row] = [["a", "a"]] * 20 + [["a", "b"]] * 5 + [["b", "a"]] * 10 + [["b", "b"]] * 15
    rows += [["a", None]]
    ratings = Ratings.from_rows(rows, ["one", "two"], categories=["a", "b", "never"])
    first, second, never = per_code(ratings)
    assert (first.code, second.code, never.code) == ("a", "b", "never")
    assert first.prevalence == pytest.approx(55 / 100)
    assert first.positive_agreement == pytest.approx(2 * 20 / (2 * 20 + 15))
    assert first.negative_agreement == pytest.approx(2 * 15 / (2 * 15 + 15))
    assert first.positive_agreement == second.negative_agreement
    assert (first.n_units_used, second.n_units_used) == (35, 30)
    assert first.chance_agreements == pytest.approx(55 * 54 / (2 * 99))
    # With two categories each one against the rest is the whole variable.
    whole = estimates(ratings, "nominal", names=["alpha"])[0]
    assert first.alpha.value == pytest.approx(whole.value)
    assert (never.alpha.value, never.alpha.reason) == (None, "no_variation")
    assert (never.prevalence, never.positive_agreement, never.negative_agreement) == (0, None, 1)
    assert never.percent_agreement.value == 1
    assert first.as_json()["alpha"]["name"] == "alpha"


def test_two_empty_sets_agree_and_an_empty_set_is_no_missing_value() -> None:
    empty, one, two = frozenset[str](), frozenset("a"), frozenset("ab")
    rows: list[list[object]] = [[empty, empty], [one, one], [empty, two], [one, two]]
    for distance, last in (("masi", 1 - 1 / 2 * 2 / 3), ("jaccard", 1 / 2)):
        ratings = Ratings.from_rows(rows, ["a", "b"], level="set")
        found = estimates(ratings, "set", names=["alpha"], distance=distance)[0]
        # Three empty, three {a}, two {a, b}: 9 + 6 pairs at distance 1, 6 at that of {a} to {a, b}.
        expected = 2 * (9 + 6 + 6 * last)
        assert found.value == pytest.approx(1 - 7 * 2 * (1 + last) / expected)
        assert found.weights == distance


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.SET])
def test_very_large_and_very_small_numbers_do_no_harm(level: Level) -> None:
    rows: list[list[object]] = [[1e200, 1e200], [3e200, 2e200], [1e-200, 1e-200], [2e-200, 2e200]]
    found = estimates(Ratings.from_rows(rows, ["a", "b"], level=level), level)[0]
    assert found.value is not None
    assert math.isfinite(found.value)


def test_numbers_far_from_nought_keep_their_digits() -> None:
    near: list[list[object]] = [[1, 1], [2, 3], [5, 5], [4, 1]]
    far: list[list[object]] = [[v + 1e9 for v in row if isinstance(v, int)] for row in near]
    values = [
        estimates(Ratings.from_rows(rows, ["a", "b"], level="interval"), "interval")[0]
        for rows in (near, far)
    ]
    assert values[0].value == pytest.approx(values[1].value, rel=1e-9)
    assert values[0].se == pytest.approx(values[1].se, rel=1e-9)
