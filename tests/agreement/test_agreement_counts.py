import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.counts import count_agreement
from annotator.agreement.shares import Share, share_estimate
from annotator.errors import AnnotatorError

NAN = math.nan

# Peak expiratory flow by a large and a mini meter, first readings: Bland and Altman 1986, table 1.
LARGE = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]


def of_figures(rows, coders=("a", "b")):
    figures = np.array(rows, dtype=float)
    return count_agreement(figures, figures, figures, coders)


def test_the_limits_are_those_of_bland_and_altman_on_the_logarithm():
    # Their differences have mean -2.1 and standard deviation 38.8; here they are differences of
    # logarithms of the figures, so that the ratios are the exponentials of their limits.
    rows = np.exp(np.array([LARGE, MINI]).T / 100)
    (found,) = of_figures(rows).limits
    assert round(100 * math.log(found.ratio), 1) == -2.1
    reach = 50 * math.log(found.high / found.low)
    assert round(reach / 1.959964, 1) == 38.8
    assert found.low * found.high == pytest.approx(found.ratio**2)
    assert (found.n, found.n_zero, found.coders) == (17, 0, ("a", "b"))


def test_counts_are_compared_as_claims_as_ranges_and_as_figures():
    #           9, 9    12+, 12         ~30, 25-35     <=40, 50     missing, 3
    low = [[9, 9], [12, 12], [NAN, 25], [NAN, 50], [NAN, 3]]
    best = [[9, 9], [12, 12], [30, NAN], [NAN, 50], [NAN, 3]]
    high = [[9, 9], [NAN, 12], [NAN, 35], [40, 50], [NAN, 3]]
    found = count_agreement(low, best, high, ["ana", "bob"])
    assert found.exact.value == 1 / 4
    assert found.overlap.value == 3 / 4
    assert (found.exact.n_units, found.exact.n_coders, found.exact.n_values) == (4, 2, 8)
    ratios = [0, 0, math.log(30 / 25), math.log(40 / 50)]
    (limits,) = found.limits
    assert limits.ratio == pytest.approx(math.exp(np.mean(ratios)))
    assert limits.high / limits.ratio == pytest.approx(
        math.exp(1.959964 * np.std(ratios, ddof=1)), rel=1e-6
    )


def test_the_standard_error_of_a_share_of_units_is_that_of_a_mean():
    found = of_figures([[1, 1], [2, 3], [4, 4], [5, 5], [9, 1]]).exact
    assert found.value == pytest.approx(0.6)
    assert found.se == pytest.approx(np.std([1, 0, 1, 1, 0], ddof=1) / math.sqrt(5))
    assert found.ci_low == 0.0
    assert found.ci_high == 1.0


def test_counts_of_nought_are_left_out_of_the_ratios_and_counted():
    found = of_figures([[0, 4], [0, 0], [8, 4], [2, 2]])
    (limits,) = found.limits
    assert (limits.n, limits.n_zero) == (2, 2)
    assert limits.ratio == pytest.approx(math.sqrt(2))
    assert (found.n_factor, found.n_zero) == (2, 2)
    assert found.overlap.value == 0.5


def test_too_few_figures_leave_limits_undefined():
    nothing = count_agreement([[NAN, NAN]], [[NAN, NAN]], [[NAN, NAN]], ["a", "b"])
    assert (nothing.factor, nothing.n_factor, nothing.limits) == (None, 0, ())
    assert (nothing.exact.value, nothing.exact.reason) == (None, "no_pairs")
    (one,) = of_figures([[8, 4]]).limits
    assert (one.ratio, one.low, one.high, one.n) == (pytest.approx(2), None, None, 1)
    (zero,) = of_figures([[0, 4]]).limits
    assert (zero.ratio, zero.n, zero.n_zero) == (None, 0, 1)


def test_the_factor_holds_95_of_100_ratios_of_figures_with_one_error():
    dice = np.random.default_rng(5)
    truth = dice.lognormal(2, 1, 4000)
    rows = truth[:, None] * np.exp(dice.normal(0, 0.3, (4000, 3)))
    found = of_figures(rows, "abc")
    assert found.factor == pytest.approx(math.exp(1.959964 * math.sqrt(2) * 0.3), rel=0.05)
    for one, other in combinations(range(3), 2):
        inside = np.abs(np.log(rows[:, one] / rows[:, other])) <= math.log(found.factor)
        assert 0.94 < inside.mean() < 0.96


counts = st.one_of(
    st.none(),
    st.lists(st.integers(0, 9), min_size=3, max_size=3)
    .map(sorted)
    .flatmap(lambda three: st.tuples(*(st.sampled_from([NAN, one]) for one in three))),
)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=6))
def test_shares_are_those_of_all_pairs_looked_at_one_by_one(rows):
    empty = (NAN, NAN, NAN)
    table = np.array([[one or empty for one in row] for row in rows])
    found = count_agreement(table[..., 0], table[..., 1], table[..., 2], "abc")
    exact, overlap = [], []
    for row in table:
        pairs = [
            (one, other)
            for one, other in combinations(row, 2)
            if not np.isnan(one).all() and not np.isnan(other).all()
        ]
        if pairs:
            exact.append(np.mean([np.array_equal(*pair, equal_nan=True) for pair in pairs]))
            overlap.append(np.mean([bool(numbers(one) & numbers(other)) for one, other in pairs]))
    assert found.exact.value == (pytest.approx(np.mean(exact)) if exact else None)
    assert found.overlap.value == (pytest.approx(np.mean(overlap)) if overlap else None)


def numbers(count):
    """Which numbers up to 20 a count allows."""
    low, best, high = count
    if np.isnan(low) and np.isnan(high):
        return {best}
    return {
        number
        for number in range(21)
        if not number < (0 if np.isnan(low) else low) and not number > high
    }


@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=2, max_size=9),
    st.integers(2, 9),
)
def test_limits_turn_over_with_the_coders_and_do_not_depend_on_the_scale(rows, factor):
    (found,) = of_figures(rows).limits
    (turned,) = of_figures([row[::-1] for row in rows], ("b", "a")).limits
    (scaled,) = of_figures([[factor * one for one in row] for row in rows]).limits
    assert (turned.ratio, turned.low) == (
        pytest.approx(1 / found.ratio),
        pytest.approx(1 / found.high),
    )
    assert (scaled.ratio, scaled.high) == (pytest.approx(found.ratio), pytest.approx(found.high))


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        ([[1, 2]], [[1, 2]], [[1, 2], [3, 4]], "one shape"),
        ([[-1, 2]], [[1, 2]], [[1, 2]], "below 0"),
        ([[5, 2]], [[4, 2]], [[6, 2]], "out of order"),
    ],
)
def test_figures_that_are_no_counts_are_refused(low, best, high, words):
    with pytest.raises(AnnotatorError, match=words):
        count_agreement(low, best, high, ["a", "b"])


# --- shares --------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8).filter(
        lambda rows: sum(whole > 0 for _, whole in rows) >= 2
    )
)
def test_the_error_of_a_share_is_that_of_the_jackknife_done_by_hand(rows):
    entering = [(part, whole) for part, whole in rows if whole]
    n = len(entering)

    def share(some):
        return sum(part for part, _ in some) / sum(whole for _, whole in some)

    left = [share(entering[:at] + entering[at + 1 :]) for at in range(n)]
    error = math.sqrt((n - 1) / n * sum((one - np.mean(left)) ** 2 for one in left))
    parts = [part if whole else 0 for part, whole in rows]
    found = share_estimate(Share("f1", parts, [whole for _, whole in rows], 9), n_coders=2)
    assert found.value == pytest.approx(share(entering))
    assert found.se == pytest.approx(error, abs=1e-9)
    assert (found.name, found.n_units, found.n_values) == ("f1", n, 9)
