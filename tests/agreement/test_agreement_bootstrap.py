"""Bootstrap and intervals: against plain resampling, against published ones, and their rules."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import NAMES, Estimate, Ratings, Verdict, estimates, per_code, verdict
from annotator.agreement.bootstrap import bootstrap, is_affordable
from annotator.agreement.clusters import clustered
from annotator.agreement.coefficient import Coefficient
from annotator.agreement.coefficients import coefficients
from annotator.agreement.distance import Floats
from annotator.agreement.drawing import multinomial
from annotator.agreement.intervals import Ci, Sampling, acceleration, measure
from annotator.agreement.patterns import Patterns, Strategy
from annotator.errors import AnnotatorError

# Krippendorff 2011, section C.
FOUR_OBSERVERS = [
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
    [None, 3, None, None],
]


def made_up(
    n_units: int, n_coders: int = 3, n_values: int = 4, seed: int = 3, right: float = 0.7
) -> Ratings:
    random = np.random.default_rng(seed)
    truth = random.integers(0, n_values, (n_units, 1))
    guess = random.integers(0, n_values, (n_units, n_coders))
    codes = np.where(random.random((n_units, n_coders)) < right, truth, guess)
    codes[random.random((n_units, n_coders)) < 0.3] = -1
    names = [f"c{number}" for number in range(n_coders)]
    return Ratings.from_codes(codes, list(range(n_values)), names)


def one_of(ratings: Ratings, level: str = "nominal", **options: object) -> Estimate:
    (found,) = estimates(ratings, level, names=["alpha"], **options)  # type: ignore[arg-type]
    return found


# --- drawing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("quick", [False, True])
def test_draws_have_the_moments_of_a_multinomial(quick: bool) -> None:
    units = np.array([1, 2, 3, 11, 12, 20, 31, 32, 40, 90, 400, 0])
    n_units, share = int(units.sum()), units / units.sum()
    drawn = multinomial(np.random.default_rng(1), np.full(60_000, n_units), units, quick=quick)
    assert drawn.sum(axis=1) == pytest.approx(np.full(60_000, n_units))
    assert (drawn >= 0).all()
    spread = np.sqrt(units * (1 - share))
    assert drawn.mean(axis=0) == pytest.approx(units, abs=0.1)
    assert drawn.std(axis=0) == pytest.approx(spread, rel=0.02, abs=1e-9)
    covariance = np.cov(drawn.T)[np.triu_indices(12, 1)]
    wanted = (-n_units * np.outer(share, share))[np.triu_indices(12, 1)]
    assert covariance == pytest.approx(wanted, rel=0.1, abs=0.6)
    # Skewness of a binomial count: the bent normal deviates must have it too.
    skewness = (((drawn - units) ** 3).mean(axis=0))[:-1] / spread[:-1] ** 3
    assert skewness == pytest.approx((1 - 2 * share[:-1]) / spread[:-1], abs=0.06)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=20).filter(any),
    st.lists(st.integers(0, 3000), min_size=1, max_size=5),
    st.booleans(),
)
def test_every_draw_takes_as_many_units_as_it_should(
    units: list[int], totals: list[int], quick: bool
) -> None:
    drawn = multinomial(np.random.default_rng(1), np.array(totals), np.array(units), quick=quick)
    assert drawn.sum(axis=1) == pytest.approx(totals)
    assert not drawn[:, np.array(units) == 0].any()
    if not quick:
        assert (drawn == np.rint(drawn)).all()


# --- replicates ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_replicates_spread_as_those_of_plain_resampling(level: str) -> None:
    ratings = made_up(60)
    (alpha,) = coefficients(ratings, level, names=["alpha"])
    drawn = bootstrap([alpha], 4000)[0].values
    random = np.random.default_rng(8)
    plain = []
    pairable = np.flatnonzero((ratings.codes >= 0).sum(axis=1) >= 2)
    for _ in range(800):
        rows = random.choice(pairable, pairable.size)
        again = Ratings.from_codes(ratings.codes[rows], ratings.categories, ratings.coders)
        plain.append(coefficients(again, level, names=["alpha"])[0].value)
    assert drawn.mean() == pytest.approx(np.mean(plain), abs=0.01)
    assert drawn.std() == pytest.approx(np.std(plain), rel=0.08)
    tails = [0.025, 0.25, 0.75, 0.975]
    assert np.quantile(drawn, tails) == pytest.approx(np.quantile(plain, tails), abs=0.035)


def test_a_million_units_are_drawn_as_their_patterns_are() -> None:
    """With so many units the jackknife's error is the truth to a percent."""
    ratings = made_up(200_000, n_coders=3)
    for one in coefficients(ratings, "nominal"):
        drawn = bootstrap([one], 1500)[0].values
        assert drawn.std() == pytest.approx(one.jackknife().error, rel=0.08)


def test_many_patterns_are_drawn_as_well_as_few() -> None:
    """The quick way of drawing, and the exact one, on the same patterns."""
    ratings = made_up(150_000, n_coders=5, n_values=8)
    (alpha,) = coefficients(ratings, "nominal", names=["alpha"])
    assert 1000 < alpha.patterns.size < 2000
    drawn = bootstrap([alpha], 2000)[0].values
    assert drawn.mean() == pytest.approx(alpha.value, abs=2e-4)
    assert drawn.std() == pytest.approx(alpha.jackknife().error, rel=0.06)


def test_one_set_of_draws_serves_every_coefficient_whoever_asks() -> None:
    ratings = made_up(80)
    together = {one.name: one for one in estimates(ratings, "nominal")}
    assert list(together) == [name for name in NAMES if name in together]
    for name, one in together.items():
        (alone,) = estimates(ratings, "nominal", names=[name])
        assert (alone.ci_low, alone.ci_high) == pytest.approx((one.ci_low, one.ci_high))
    again = one_of(ratings, seed=2)
    assert again.ci_low != together["alpha"].ci_low
    assert again.ci_low == pytest.approx(together["alpha"].ci_low, abs=0.03)


def test_each_code_has_the_draws_of_all_codes() -> None:
    ratings = made_up(120, n_values=2)
    all_codes = one_of(ratings)
    for code in per_code(ratings):
        # With two codes each against the other is the whole.
        assert code.alpha.value == pytest.approx(all_codes.value)
        assert code.alpha.ci_low == pytest.approx(all_codes.ci_low)
        assert code.alpha.ci_high == pytest.approx(all_codes.ci_high)
        assert code.alpha.resampling == all_codes.resampling


# --- intervals -----------------------------------------------------------------------------------


class Variance(Coefficient):
    """The plug-in variance of some numbers, a function of sums like any coefficient."""

    name = "variance"
    n_columns = 3
    reason = None
    lowest, highest = 0.0, math.inf

    def __init__(self, numbers: list[float]) -> None:
        self._numbers = np.array(numbers)
        self.n_units = self.n_values = len(numbers)
        self.patterns = Patterns(np.zeros((2, len(numbers)), dtype=np.int8), None, 1)

    def units(self, part: slice) -> Floats:
        return np.ones(self._numbers[part].size)

    def columns(self, part: slice) -> Floats:
        x = self._numbers[part]
        return np.stack([np.ones_like(x), x, x * x])

    def values(self, sums: Floats) -> Floats:
        return np.asarray(sums[:, 2] / sums[:, 0] - (sums[:, 1] / sums[:, 0]) ** 2)


# Efron and Tibshirani 1993, table 14.1: the spatial test, task A, 26 children.
SPATIAL = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24]
SPATIAL += [26, 30, 41]


def test_bca_is_that_of_the_book() -> None:
    """Efron and Tibshirani 1993, tables 14.1 and 14.2: 90 % intervals of the variance."""
    variance = Variance([float(one) for one in SPATIAL])
    assert variance.value == pytest.approx(171.5, abs=0.05)
    assert acceleration(variance.replicates()) == pytest.approx(0.061, abs=5e-4)
    (bca,) = measure([variance], Sampling(Ci.BCA, 0.9, replicates=100_000))
    assert bca.ends == pytest.approx((115.8, 259.6), rel=0.02)
    (middle,) = measure([variance], Sampling(Ci.PERCENTILE, 0.9, replicates=100_000))
    assert middle.ends == pytest.approx((100.8, 233.9), rel=0.035)
    assert (bca.method, middle.method) == ("bca", "percentile")


def test_the_percentile_interval_is_that_of_the_r_package_icr() -> None:
    """Its README, 1000 draws of units: .417 to 1.000, P(alpha >= .8) .350, P(alpha >= .67) .683."""
    ratings = Ratings.from_rows(FOUR_OBSERVERS, list("ABCD"))
    found = one_of(ratings, ci="percentile", replicates=50_000)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.417, 1.0), abs=0.02)
    assert found.ci_method == "percentile"
    assert found.resampling is not None
    assert found.resampling.below_800 == pytest.approx(1 - 0.350, abs=0.05)
    assert found.resampling.below_667 == pytest.approx(1 - 0.683, abs=0.05)


@pytest.mark.parametrize(
    ("n_units", "ci", "method"),
    [
        (60, "auto", "bca"),
        (14, "auto", "jackknife_t"),
        (14, "bca", "bca"),
        (60, "jackknife", "jackknife_t"),
        (60, "percentile", "percentile"),
    ],
)
def test_the_interval_asked_for_is_given_and_bca_by_default_from_twenty_units(
    n_units: int, ci: str, method: str
) -> None:
    found = one_of(made_up(n_units), ci=ci)
    assert found.ci_method == method
    assert (found.resampling is None) == (method == "jackknife_t")
    assert found.ci_low is not None
    assert found.value is not None
    assert found.ci_high is not None
    assert found.ci_low < found.value < found.ci_high <= 1


def rarely_varied(n_units: int = 40) -> Ratings:
    """Two units hold all the variation, so that a draw in seven has none."""
    rows = [["x", "x"]] * (n_units - 2) + [["x", "y"], ["y", "y"]]
    return Ratings.from_rows(rows, ["a", "b"])


def test_draws_without_a_value_are_counted_and_too_many_of_them_leave_the_jackknife() -> None:
    found = one_of(rarely_varied())
    assert found.ci_method == "jackknife_t"
    assert found.resampling is not None
    share = found.resampling.n_undefined / found.resampling.n_replicates
    assert share == pytest.approx((1 - 2 / 40) ** 40, abs=0.03)
    insisted = one_of(rarely_varied(), ci="percentile")
    assert insisted.ci_method == "percentile"
    assert insisted.resampling == found.resampling


def test_where_the_data_say_nothing_of_the_spread_there_is_no_interval() -> None:
    for rows, reason in (
        ([["x", "x"], ["y", "y"]] * 15, "no_spread"),
        ([["x", "x"]] * 29 + [["x", "y"]], "variation_in_one_unit"),
        ([["x", "x"]] * 30, "no_variation"),
    ):
        found = one_of(Ratings.from_rows(rows, ["a", "b"]), ci="bca")
        assert (found.ci_low, found.ci_method, found.resampling) == (None, None, None)
        assert found.reason == reason


def test_bca_falls_back_where_all_draws_lie_on_one_side() -> None:
    # Whatever is drawn, percent agreement of one unit in thirty differing is at most its own.
    rows = [["x", "x"]] * 15 + [["y", "y"]] * 15
    rows[0] = ["x", "y"]
    (found,) = estimates(
        Ratings.from_rows(rows, ["a", "b"]), "nominal", names=["percent_agreement"]
    )
    assert found.ci_method == "bca"
    assert found.ci_high == pytest.approx(1.0)
    assert found.value == pytest.approx(29 / 30)


def test_what_takes_too_long_is_left_to_the_jackknife_unless_asked_for() -> None:
    random = np.random.default_rng(0)
    codes = random.integers(0, 120, (400, 3))
    ratings = Ratings.from_codes(codes, list(range(120)), list("abc"))
    (alpha,) = coefficients(ratings, "ordinal", names=["alpha"])
    assert not is_affordable(alpha, 10_000)
    assert is_affordable(alpha, 200)
    found = one_of(ratings, "ordinal", replicates=10_000)
    assert (found.ci_method, found.resampling) == ("jackknife_t", None)
    many = coefficients(
        Ratings.from_codes(random.integers(0, 4, (20_001, 3)), list("abcd"), list("xyz")),
        "nominal",
        names=["alpha"],
        strategy=Strategy.DIRECT,
    )
    assert not is_affordable(many[0])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"ci": "guess"}, "no interval “guess”"),
        ({"replicates": 10}, "10 draws"),
        ({"replicates": 10**7}, "10000000 draws"),
        ({"seed": -1}, "seed is -1"),
        ({"confidence": 95}, "confidence is 95"),
        ({"clusters": ["a"]}, "1 clusters are named"),
    ],
)
def test_a_wrong_wish_is_refused_in_one_sentence(options: dict[str, object], says: str) -> None:
    for ask in (one_of, lambda ratings, **wish: per_code(ratings, **wish)):
        with pytest.raises(AnnotatorError, match=says):
            ask(made_up(30), **options)


# --- KALPHA --------------------------------------------------------------------------------------


def binomial_below(n_draws: int, share: float, at_most: float) -> float:
    """P(X <= at_most) of a binomial count."""
    return sum(
        math.comb(n_draws, hits) * share**hits * (1 - share) ** (n_draws - hits)
        for hits in range(math.floor(at_most) + 1)
    )


def test_kalpha_of_nominal_data_is_a_binomial_count_of_differing_pairs() -> None:
    """Of 40 values by at most 4 observers, min(25 x 17 cells, 3 x 40 / 2) = 60 pairs are drawn."""
    ratings = Ratings.from_rows(FOUR_OBSERVERS, list("ABCD"))
    found = one_of(ratings, ci="kalpha", replicates=100_000)
    observed = 0.2
    expected = observed / (1 - 0.7434210526)
    assert found.resampling is not None
    for threshold, drawn in (
        (0.667, found.resampling.below_667),
        (0.800, found.resampling.below_800),
    ):
        differing = (1 - threshold) * 60 * expected
        assert drawn == pytest.approx(1 - binomial_below(60, observed, differing), abs=0.006)
    for end, share in ((found.ci_low, 0.975), (found.ci_high, 0.025)):
        assert end is not None
        differing = (1 - end) * 60 * expected
        assert binomial_below(60, observed, differing + 1e-6) >= share - 0.006
        assert binomial_below(60, observed, differing - 1 + 1e-6) <= share + 0.006
    assert (found.ci_method, found.se_method) == ("kalpha", "analytic")


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_kalpha_draws_pairs_by_their_coincidences_with_expected_disagreement_fixed(
    level: str,
) -> None:
    """The macro written out plainly: a matrix of coincidences, and pairs drawn from it."""
    codes = made_up(30, n_coders=3, n_values=4, seed=9).codes
    rows = [[None if code < 0 else int(code) + 1 for code in row] for row in codes]
    ratings = Ratings.from_rows(rows, list("abc"), level=level)
    found = one_of(ratings, level, ci="kalpha", replicates=40_000)
    coincidences = np.zeros((4, 4))
    for row in rows:
        values = [value for value in row if value is not None]
        for place, one in enumerate(values):
            for other in values[:place] + values[place + 1 :]:
                coincidences[one - 1, other - 1] += 1 / (len(values) - 1)
    counts = coincidences.sum(axis=0)
    total = counts.sum()
    distance = np.zeros((4, 4))
    for one in range(4):
        for other in range(4):
            low, high = sorted((one, other))
            between = counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2
            distance[one, other] = {
                "nominal": float(one != other),
                "ordinal": between**2,
                "interval": (one - other) ** 2,
                "ratio": ((one - other) / (one + other + 2)) ** 2,
            }[level]
    expected = (np.outer(counts, counts) - np.diag(counts)).ravel() @ distance.ravel()
    expected /= total * (total - 1)
    n_pairs = min(25 * np.count_nonzero(coincidences), int(2 * total / 2))
    random = np.random.default_rng(3)
    cells = random.choice(16, (40_000, n_pairs), p=coincidences.ravel() / total)
    alphas = 1 - distance.ravel()[cells].mean(axis=1) / expected
    # Nominal alphas are a pair apart: a quantile may fall on either side of one.
    apart = 1 / (n_pairs * expected) if level == "nominal" else 0.0
    assert (found.ci_low, found.ci_high) == pytest.approx(
        tuple(np.quantile(alphas, [0.025, 0.975])), abs=0.012 + apart
    )


def test_kalpha_is_for_alpha_over_units_and_decides_nothing() -> None:
    ratings = made_up(40)
    for one in estimates(ratings, "nominal", ci="kalpha"):
        assert one.ci_method == ("kalpha" if one.name == "alpha" else "jackknife_t")
    assert {code.alpha.ci_method for code in per_code(ratings, ci="kalpha")} == {"kalpha"}
    assert verdict(one_of(ratings, ci="kalpha")) is Verdict.UNDECIDED
    for ask in (one_of, per_code):
        with pytest.raises(AnnotatorError, match="kalpha draws pairs"):
            ask(ratings, ci="kalpha", clusters=range(40))


def test_kalpha_puts_nought_where_a_draw_would_have_no_variation() -> None:
    rows = [["x", "x"]] * 4 + [["x", "y"]] + [["y", "y"]] * 2
    found = one_of(Ratings.from_rows(rows, ["a", "b"]), ci="kalpha", replicates=50_000)
    # Seven pairs; a draw of 7 that are all x, or all y, says nothing: Krippendorff puts 0.
    no_variation = (8 / 14) ** 7 + (4 / 14) ** 7
    all_alike = (12 / 14) ** 7
    below = 1 - all_alike + no_variation
    assert found.resampling is not None
    assert found.resampling.below_800 == pytest.approx(below, abs=0.01)


# --- clusters ------------------------------------------------------------------------------------


def reports_of(n_units: int, seed: int = 5) -> list[str]:
    """Reports of one to five passages each."""
    random = np.random.default_rng(seed)
    return [f"r{number}" for number in np.repeat(range(n_units), random.integers(1, 6, n_units))][
        :n_units
    ]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "ratio"])
def test_over_clusters_each_is_left_out_as_a_whole(level: str) -> None:
    ratings, reports = made_up(40), reports_of(40)
    for name in ("alpha", "percent_agreement", "gwet_ac", "conger_kappa"):
        (found,) = estimates(ratings, level, names=[name], clusters=reports)
        (units,) = estimates(ratings, level, names=[name])
        assert (found.value, found.n_units) == (pytest.approx(units.value), units.n_units)
        without = []
        for report in dict.fromkeys(reports):
            rows = [place for place, one in enumerate(reports) if one != report]
            if len(rows) < 40 and any(
                (ratings.codes[place] >= 0).sum()
                >= (2 if name in ("alpha", "percent_agreement") else 1)
                for place, one in enumerate(reports)
                if one == report
            ):
                rest = Ratings.from_codes(ratings.codes[rows], ratings.categories, ratings.coders)
                without.append(estimates(rest, level, names=[name])[0].value)
        assert found.n_clusters == len(without)
        values = np.array(without, dtype=float)
        error = math.sqrt((values.size - 1) / values.size * ((values - values.mean()) ** 2).sum())
        assert found.se == pytest.approx(error, rel=1e-6)
        assert found.se_method == "jackknife_clusters"


def test_clusters_of_one_unit_are_units() -> None:
    ratings = made_up(50)
    alone = one_of(ratings, se="jackknife")
    found = one_of(ratings, clusters=[str(number) for number in range(50)])
    assert found.se == pytest.approx(alone.se)
    assert found.ci_low == pytest.approx(alone.ci_low, abs=0.03)
    assert (found.ci_method, found.n_clusters) == ("bca_clusters", found.n_units)


def test_the_same_clusters_are_drawn_alike_for_everything_that_lies_in_them() -> None:
    """One set of draws serves all variables of a project: what they share shows in it."""
    ratings, reports = made_up(300), reports_of(300)
    same = one_of(ratings.in_clusters(reports))
    other_names = one_of(ratings.in_clusters([("report", one) for one in reports]))
    assert same == other_names
    random = np.random.default_rng(2)
    kept = np.where(random.random(ratings.codes.shape) < 0.9, ratings.codes, -1)
    nearly = Ratings.from_codes(kept, ratings.categories, ratings.coders).in_clusters(reports)
    drawn = [
        bootstrap(clustered(coefficients(one, "nominal", strategy=Strategy.DIRECT), reports))[0]
        for one in (ratings, nearly)
    ]
    assert np.corrcoef(drawn[0].values, drawn[1].values)[0, 1] > 0.6


def test_clusters_too_many_to_keep_are_drawn_as_well() -> None:
    ratings = made_up(1500, n_values=3)
    direct = coefficients(ratings, "nominal", names=["alpha"], strategy=Strategy.DIRECT)
    (alone,) = clustered(direct, range(1500))
    kept, anew = bootstrap([alone], 1000)[0], bootstrap([alone], 4000)[0]
    assert kept.values.std() == pytest.approx(anew.values.std(), rel=0.07)
    assert kept.values.mean() == pytest.approx(anew.values.mean(), abs=0.003)


def test_copies_within_a_report_add_no_certainty() -> None:
    ratings = made_up(30)
    copies = Ratings.from_codes(
        np.repeat(ratings.codes, 4, axis=0), ratings.categories, ratings.coders
    )
    reports = [place // 4 for place in range(120)]
    once, naive, honest = (
        one_of(ratings, se="jackknife"),
        one_of(copies, se="jackknife"),
        one_of(copies, clusters=reports),
    )
    assert once.se is not None
    assert naive.se == pytest.approx(once.se / 2, rel=0.1)
    assert honest.se == pytest.approx(once.se, rel=0.05)
    assert honest.ci_low == pytest.approx(once.ci_low, abs=0.04)


def test_one_report_or_variation_in_one_is_said() -> None:
    ratings = made_up(30)
    assert one_of(ratings, clusters=["r"] * 30).reason == "one_cluster"
    rows = [["x", "x"]] * 28 + [["x", "y"], ["y", "y"]]
    found = one_of(Ratings.from_rows(rows, ["a", "b"]), clusters=[*range(28), "last", "last"])
    assert (found.reason, found.ci_low) == ("variation_in_one_cluster", None)


def test_codes_are_measured_over_clusters_too() -> None:
    ratings, reports = made_up(200, n_values=3), reports_of(200)
    for place, code in enumerate(per_code(ratings, clusters=reports)):
        binary = Ratings.from_codes(
            np.where(ratings.codes < 0, -1, ratings.codes == place), ["no", "yes"], ratings.coders
        )
        alone = one_of(binary, clusters=reports)
        assert code.alpha.se == pytest.approx(alone.se)
        assert (code.alpha.ci_low, code.alpha.ci_high) == pytest.approx(
            (alone.ci_low, alone.ci_high)
        )
        assert code.alpha.ci_method == "bca_clusters"
