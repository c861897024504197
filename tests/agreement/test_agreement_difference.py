"""Differences between coefficients: against leaving out and drawing by hand, and their test."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Difference, Ratings, compare, estimates
from annotator.agreement.student import t_two_sided
from annotator.errors import AnnotatorError


def made_up(n_units: int, right: float, seed: int, n_coders: int = 2) -> Ratings:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, (n_units, 1))
    guess = random.integers(0, 3, (n_units, n_coders))
    codes = np.where(random.random(guess.shape) < right, truth, guess)
    codes[random.random(guess.shape) < 0.1] = -1
    return Ratings.from_codes(codes, [1, 2, 3], [f"c{place}" for place in range(n_coders)])


def columns(ratings: Ratings, *coders: int) -> Ratings:
    return Ratings.from_codes(
        ratings.codes[:, coders], ratings.categories, [ratings.coders[place] for place in coders]
    )


def rows(ratings: Ratings, kept: list[int]) -> Ratings:
    return Ratings.from_codes(ratings.codes[kept], ratings.categories, ratings.coders)


def alpha(ratings: Ratings, level: str = "nominal") -> float:
    (found,) = estimates(ratings, level, names=["alpha"], ci="jackknife")
    assert found.value is not None
    return found.value


def one_difference(first: Ratings, second: Ratings, **options: object) -> Difference:
    (found,) = compare(first, second, "nominal", **options)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 2.0, 4.5])
def test_two_sided_probabilities_are_those_of_student(t: float) -> None:
    assert t_two_sided(t, 1) == pytest.approx(1 - 2 / math.pi * math.atan(t))
    assert t_two_sided(t, 2) == pytest.approx(1 - t / math.sqrt(2 + t * t))
    assert t_two_sided(-t, 7) == t_two_sided(t, 7)
    assert t_two_sided(t, 10_000) == pytest.approx(t_two_sided(t, 10_001), abs=1e-4)


def test_the_five_per_cent_points_of_printed_tables_have_five_per_cent() -> None:
    for df, point in ((1, 12.706), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)):
        assert t_two_sided(point, df) == pytest.approx(0.05, abs=1e-4)


# --- independent ---------------------------------------------------------------------------------


def test_of_independent_sets_the_variances_add_up() -> None:
    first, second = made_up(60, 0.8, 1), made_up(200, 0.6, 2)
    found = one_difference(first, second)
    assert found.value == pytest.approx(alpha(first) - alpha(second))
    assert found.first.se is not None
    assert found.second.se is not None
    assert found.se == pytest.approx(math.hypot(found.first.se, found.second.se))
    variances = np.array([found.first.se**2, found.second.se**2])
    sizes = np.array([found.first.n_units, found.second.n_units])
    welch = math.floor(variances.sum() ** 2 / (variances**2 / (sizes - 1)).sum())
    assert found.value is not None
    assert found.p == pytest.approx(t_two_sided(found.value / found.se, welch))
    assert (found.method, found.ci_method) == ("independent", "bca")
    # Intervals of two ways to make them lie near each other.
    by_t = one_difference(first, second, ci="jackknife")
    assert by_t.ci_method == "jackknife_t"
    assert (found.ci_low, found.ci_high) == pytest.approx((by_t.ci_low, by_t.ci_high), abs=0.04)


def test_the_other_way_round_the_difference_turns_its_sign() -> None:
    first, second = made_up(60, 0.8, 1), made_up(80, 0.6, 2)
    found, turned = one_difference(first, second), one_difference(second, first)
    assert turned.value == pytest.approx(-(found.value or 0))
    assert (turned.se, turned.p) == pytest.approx((found.se, found.p))
    assert turned.ci_low == pytest.approx(-(found.ci_high or 0), abs=0.03)


def test_with_no_difference_few_tests_say_there_is_one() -> None:
    """400 tests at .05: 20 are expected to reject, and more than 40 hardly ever would."""
    values = [
        one_difference(made_up(60, 0.7, seed), made_up(40, 0.7, 5000 + seed), ci="jackknife").p
        for seed in range(400)
    ]
    rejected = sum(p is not None and p < 0.05 for p in values)
    assert 5 <= rejected <= 40


def test_with_a_large_difference_the_test_and_the_interval_say_so() -> None:
    found = one_difference(made_up(300, 0.9, 1), made_up(300, 0.6, 2))
    assert found.p is not None
    assert found.p < 1e-6
    assert found.ci_low is not None
    assert found.ci_low > 0.2


# --- paired --------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["nominal", "ordinal", "interval"]))
def test_on_the_same_units_each_is_left_out_of_both(seed: int, level: str) -> None:
    ratings = made_up(25, 0.7, seed, n_coders=4)
    first, second = columns(ratings, 0, 1), columns(ratings, 1, 2, 3)
    (found,) = compare(first, second, level, paired=True, ci="jackknife")
    entering = [
        unit
        for unit in range(25)
        if any((one.codes[unit] >= 0).sum() >= 2 for one in (first, second))
    ]
    without = np.array(
        [
            alpha(rows(first, kept), level) - alpha(rows(second, kept), level)
            for unit in entering
            for kept in [[other for other in range(25) if other != unit]]
        ]
    )
    size = len(entering)
    error = math.sqrt((size - 1) / size * ((without - without.mean()) ** 2).sum())
    assert found.value == pytest.approx(alpha(first, level) - alpha(second, level))
    assert found.se == pytest.approx(error, rel=1e-6)
    assert found.p == pytest.approx(t_two_sided((found.value or 0) / error, size - 1))
    assert found.method == "paired"


def test_pairs_are_drawn_together() -> None:
    ratings = made_up(120, 0.7, 4, n_coders=3)
    first, second = columns(ratings, 0, 1), columns(ratings, 0, 2)
    found = one_difference(first, second, paired=True, ci="percentile", replicates=4000)
    random = np.random.default_rng(1)
    drawn = []
    for _ in range(800):
        kept = random.integers(0, 120, 120).tolist()
        drawn.append(alpha(rows(first, kept)) - alpha(rows(second, kept)))
    assert (found.ci_low, found.ci_high) == pytest.approx(
        tuple(np.quantile(drawn, [0.025, 0.975])), abs=0.025
    )
    apart = one_difference(first, second, ci="percentile")
    assert found.se is not None
    assert apart.se is not None
    assert found.se < 0.95 * apart.se


def test_units_are_paired_by_name_in_whatever_order() -> None:
    ratings = made_up(50, 0.7, 6, n_coders=4)
    names = [f"u{number}" for number in range(50)]
    order = np.random.default_rng(2).permutation(50)
    first = Ratings.from_codes(ratings.codes[:, :2], [1, 2, 3], ["a", "b"], names)
    second = Ratings.from_codes(ratings.codes[:, 2:], [1, 2, 3], ["c", "d"], names)
    mixed = Ratings.from_codes(
        ratings.codes[order, 2:], [1, 2, 3], ["c", "d"], [names[place] for place in order]
    )
    straight = one_difference(first, second, paired=True)
    assert one_difference(first, mixed, paired=True).se == pytest.approx(straight.se)


def test_units_of_one_side_alone_count_there() -> None:
    ratings = made_up(60, 0.7, 6, n_coders=4)
    names = [f"u{number}" for number in range(60)]
    first = Ratings.from_codes(ratings.codes[:40, :2], [1, 2, 3], ["a", "b"], names[:40])
    second = Ratings.from_codes(ratings.codes[20:, 2:], [1, 2, 3], ["c", "d"], names[20:])
    found = one_difference(first, second, paired=True)
    assert found.value == pytest.approx(alpha(first) - alpha(second))
    assert found.first.n_units == estimates(first, "nominal", names=["alpha"])[0].n_units
    # Nothing in common: pairing changes nothing but the way the error is counted.
    third = Ratings.from_codes(ratings.codes[40:, 2:], [1, 2, 3], ["c", "d"], names[40:])
    together, apart = (one_difference(first, third, paired=paired) for paired in (True, False))
    assert together.se == pytest.approx(apart.se, rel=0.05)


def test_variables_of_different_levels_are_compared_on_the_same_units() -> None:
    ratings = made_up(80, 0.7, 9, n_coders=2)
    (found,) = compare(ratings, ratings, "nominal", second_level="interval", paired=True)
    assert found.value == pytest.approx(alpha(ratings) - alpha(ratings, "interval"))
    assert (found.first.level, found.second.level) == ("nominal", "interval")
    assert found.ci_method == "bca"


def test_clusters_are_left_out_and_drawn_whole() -> None:
    ratings = made_up(40, 0.7, 3, n_coders=3)
    copies = Ratings.from_codes(
        np.repeat(ratings.codes, 3, axis=0), ratings.categories, ratings.coders
    ).in_clusters([place // 3 for place in range(120)])
    first, second = columns(ratings, 0, 1), columns(ratings, 0, 2)
    once = one_difference(first, second, paired=True)
    clusters = [place // 3 for place in range(120)]
    nested = one_difference(
        columns(copies, 0, 1).in_clusters(clusters),
        columns(copies, 0, 2).in_clusters(clusters),
        paired=True,
    )
    assert once.se is not None
    assert nested.se == pytest.approx(once.se, rel=0.05)
    assert (nested.ci_method, nested.first.n_clusters) == ("bca_clusters", once.first.n_units)
    other = made_up(30, 0.6, 8).in_clusters([place // 2 for place in range(30)])
    apart = one_difference(columns(copies, 0, 1).in_clusters(clusters), other)
    assert apart.second.se is not None
    assert apart.first.se is not None
    assert apart.se == pytest.approx(math.hypot(apart.first.se, apart.second.se))
    assert apart.ci_method == "jackknife_t_clusters"


# --- what cannot be told -------------------------------------------------------------------------


def test_where_one_is_undefined_so_is_the_difference_and_the_reason_is_its_own() -> None:
    same = Ratings.from_rows([["x", "x"]] * 30, ["a", "b"])
    for paired in (False, True):
        found = one_difference(made_up(30, 0.7, 1), same, paired=paired)
        assert (found.value, found.se, found.p, found.ci_low) == (None, None, None, None)
        assert found.reason == found.second.reason == "no_variation"
        assert found.first.reason is None
    alike = Ratings.from_rows([["x", "x"], ["y", "y"]] * 15, ["a", "b"])
    found = one_difference(made_up(30, 0.7, 1), alike)
    assert (found.reason, found.p) == ("no_spread", None)
    assert found.value is not None
    itself = made_up(30, 0.7, 1)
    found = one_difference(itself, itself, paired=True)
    assert (found.value, found.se, found.reason) == (0.0, 0.0, "no_spread")


def test_coefficients_that_do_not_apply_to_both_are_left_out() -> None:
    names = ["alpha", "cohen_kappa", "gwet_ac"]
    found = compare(made_up(50, 0.8, 1), made_up(50, 0.8, 2, n_coders=3), "nominal", names=names)
    assert [one.name for one in found] == ["alpha", "gwet_ac"]


def test_a_wrong_wish_is_refused_in_one_sentence() -> None:
    first, second = made_up(20, 0.7, 1), made_up(20, 0.7, 2)
    for options, says in (
        ({"ci": "kalpha"}, "kalpha is for one alpha"),
        ({"confidence": 2}, "The confidence is 2"),
    ):
        with pytest.raises(AnnotatorError, match=says):
            one_difference(first, second, **options)
    with pytest.raises(AnnotatorError, match="Only one of the two has clusters"):
        one_difference(first.in_clusters(range(20)), second)
    with pytest.raises(AnnotatorError, match="in another cluster"):
        one_difference(first.in_clusters(range(20)), second.in_clusters([0] * 20), paired=True)
    twice = Ratings.from_codes(first.codes, first.categories, first.coders, ["u"] * 20)
    with pytest.raises(AnnotatorError, match="comes twice"):
        one_difference(twice, second, paired=True)
    with pytest.raises(AnnotatorError, match="3 clusters are named"):
        first.in_clusters("abc")


def test_the_result_as_plain_data_holds_both_estimates() -> None:
    told = one_difference(made_up(50, 0.8, 1), made_up(50, 0.7, 2)).as_json()
    assert set(told) >= {"name", "method", "value", "se", "ci_low", "ci_high", "p", "reason"}
    assert isinstance(told["first"], dict)
    assert told["first"]["name"] == "alpha"
    assert "resampling" not in told["first"]
