"""Planning: the published table, the formula it stands on, and what simulated studies show."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import (
    Pilot,
    Ratings,
    estimates,
    for_half_width,
    for_lower_bound,
    from_pilot,
    unit_variance,
)
from annotator.errors import AnnotatorError

# Krippendorff 2018, chapter 12: units at a one-sided significance of .05.
PUBLISHED = {
    0.5: (60, 103),
    0.25: (81, 139),
    0.10: (172, 294),
    0.05: (330, 560),
    0.02: (803, 1363),
}


@pytest.mark.parametrize("prevalence", PUBLISHED)
def test_the_published_table_comes_out(prevalence: float) -> None:
    found = [for_lower_bound(lower, prevalence) for lower in (0.667, 0.800)]
    assert tuple(one.n_units for one in found) == PUBLISHED[prevalence]
    assert found[0].n_rarest == pytest.approx(PUBLISHED[prevalence][0] * min(prevalence, 0.5))


@given(st.floats(0, 0.99), st.floats(0.01, 0.99))
def test_two_coders_and_one_code_have_the_variance_of_bloch_and_kraemer(
    alpha: float, p: float
) -> None:
    """Bloch and Kraemer 1989: the asymptotic variance of the intraclass kappa."""
    published = (1 - alpha) * (
        (1 - alpha) * (1 - 2 * alpha) + alpha * (2 - alpha) / (2 * p * (1 - p))
    )
    assert unit_variance(alpha, [p, 1 - p]) == pytest.approx(published, rel=1e-9, abs=1e-12)


@given(
    st.floats(0, 0.95),
    st.lists(st.floats(0.05, 1), min_size=2, max_size=4),
    st.integers(2, 4),
)
def test_the_variance_is_that_of_every_unit_there_can_be(
    alpha: float, weights: list[float], n_coders: int
) -> None:
    """The closed form against the sum over all units that m coders can make of V codes."""
    shares = np.array(weights) / sum(weights)
    known = math.sqrt(alpha)
    expected = 1 - (shares**2).sum()
    moments = np.zeros(2)
    for values in np.ndindex(*[shares.size] * n_coders):
        chance = sum(
            share
            * math.prod((1 - known) * shares[value] + known * (value == true) for value in values)
            for true, share in enumerate(shares)
        )
        pairs = n_coders * (n_coders - 1)
        differing = sum(one != other for one in values for other in values) / pairs
        mean_share = shares[list(values)].mean()
        moved = -differing / expected - 2 * (1 - alpha) / expected * mean_share
        moments += chance * np.array([moved, moved**2])
    assert unit_variance(alpha, shares.tolist(), n_coders) == pytest.approx(
        moments[1] - moments[0] ** 2, rel=1e-8, abs=1e-12
    )


@pytest.mark.parametrize(
    ("alpha", "n_coders", "half_widths"),
    [
        (0.67, 2, (0.15, 0.11, 0.08, 0.05, 0.04)),
        (0.67, 3, (0.12, 0.09, 0.06, 0.04, 0.03)),
        (0.81, 2, (0.13, 0.09, 0.06, 0.045, 0.03)),
        (0.81, 3, (0.10, 0.07, 0.05, 0.036, 0.025)),
    ],
)
def test_half_widths_are_those_once_measured_by_simulation(
    alpha: float, n_coders: int, half_widths: tuple[float, ...]
) -> None:
    """Measured with the jackknife on eight skewed codes; given to about two digits."""
    shares = 1 / np.arange(1, 9)
    variance = unit_variance(alpha, (shares / shares.sum()).tolist(), n_coders)
    for n_units, measured in zip((50, 100, 200, 400, 800), half_widths, strict=True):
        assert 1.96 * math.sqrt(variance / n_units) == pytest.approx(measured, abs=0.006)


def studies(
    n_studies: int, n_units: int, n_coders: int, alpha: float, shares: list[float], seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Alpha and its jackknife error in simulated studies by coders who know or guess."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(n_studies):
        truth = random.choice(len(shares), (n_units, 1), p=shares)
        guess = random.choice(len(shares), (n_units, n_coders), p=shares)
        codes = np.where(random.random((n_units, n_coders)) < math.sqrt(alpha), truth, guess)
        ratings = Ratings.from_codes(
            codes, list(range(len(shares))), [f"c{number}" for number in range(n_coders)]
        )
        (one,) = estimates(ratings, "nominal", names=["alpha"], ci="jackknife")
        assert one.value is not None
        found.append((one.value, one.se or math.nan))
    values, errors = np.array(found).T
    return values, errors


@pytest.mark.slow
@pytest.mark.parametrize("n_coders", [2, 3, 5])
@pytest.mark.parametrize("shares", [[0.25, 0.75], [0.5, 0.3, 0.15, 0.05]])
def test_simulated_studies_spread_and_reach_the_bound_as_planned(
    n_coders: int, shares: list[float]
) -> None:
    plan = for_lower_bound(0.667, shares, n_coders=n_coders, chance=0.8)
    assert plan.n_units is not None
    values, errors = studies(600, plan.n_units, n_coders, plan.expected, shares, seed=n_coders)
    variance = unit_variance(plan.expected, shares, n_coders)
    # 600 studies tell a standard deviation to about 3 %.
    assert values.std() == pytest.approx(math.sqrt(variance / plan.n_units), rel=0.12)
    # A lucky study has a small error too, so that fewer reach the bound than the normal says.
    assert 0.65 < (values - 1.6449 * errors >= 0.667).mean() < 0.84


def test_more_of_anything_that_helps_takes_fewer_units() -> None:
    base = for_lower_bound(0.667, 0.1).n_units
    assert base is not None
    for easier in (
        for_lower_bound(0.6, 0.1, expected=0.8335),
        for_lower_bound(0.667, 0.2),
        for_lower_bound(0.667, 0.1, n_coders=3),
        for_lower_bound(0.667, 0.1, expected=0.9),
        for_lower_bound(0.667, 0.1, significance=0.1),
        for_lower_bound(0.667, 0.1, chance=0.6),
    ):
        assert easier.n_units is not None
        assert easier.n_units < base


def test_the_margin_is_a_chance_of_about_three_in_four() -> None:
    plan = for_lower_bound(0.8, 0.25)
    assert plan.chance == pytest.approx(0.752, abs=0.001)
    again = for_lower_bound(0.8, 0.25, chance=plan.chance)
    assert again.n_units == plan.n_units
    assert for_lower_bound(0.8, 0.25, chance=0.5).n_units == pytest.approx(139 / 2, abs=1)


def test_a_half_width_comes_back_from_the_units_it_asks_for() -> None:
    plan = for_half_width(0.05, 0.8, 0.2, n_coders=3)
    assert plan.n_units is not None
    reach = 1.959964 * math.sqrt(unit_variance(0.8, [0.2, 0.8], 3) / plan.n_units)
    assert 0.0495 < reach <= 0.05
    assert (plan.lower, plan.chance, plan.significance) == (None, None, 0.05)


def test_a_pilot_is_scaled_by_the_root_of_its_units() -> None:
    pilot = Pilot(alpha=0.75, se=0.08, n_units=50, n_coders=2)
    plan = from_pilot(pilot, half_width=0.05)
    assert plan.n_units == math.ceil((1.959964 * 0.08 / 0.05) ** 2 * 50)
    bound = from_pilot(pilot, lower=0.667, chance=0.9)
    assert bound.n_units == math.ceil(((1.644854 + 1.281552) * 0.08 / 0.083) ** 2 * 50)
    assert (bound.expected, bound.prevalence) == (0.75, None)


def test_an_alpha_below_the_bound_never_reaches_it() -> None:
    plan = from_pilot(Pilot(0.6, 0.05, 100, 2), lower=0.667)
    assert (plan.n_units, plan.reason, plan.chance) == (None, "below_bound", None)
    assert for_lower_bound(0.8, 0.2, expected=0.8).reason == "below_bound"


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (lambda: for_lower_bound(1.2, 0.1), "lower bound is 1.2"),
        (lambda: for_lower_bound(0.8, 0), "prevalence is 0"),
        (lambda: for_lower_bound(0.8, [0.5, 0.4]), "add up to 1"),
        (lambda: for_lower_bound(0.8, 0.1, expected=1), "alpha is 1"),
        (lambda: for_lower_bound(0.8, 0.1, n_coders=1), "1 coders"),
        (lambda: for_lower_bound(0.8, 0.1, significance=0.6), "significance is 0.6"),
        (lambda: for_lower_bound(0.8, 0.1, chance=1), "chance is 1"),
        (lambda: for_half_width(0, 0.8, 0.1), "half-width is 0"),
        (lambda: from_pilot(Pilot(0.8, 0.1, 50, 2)), "either a lower bound or a half-width"),
    ],
)
def test_what_cannot_be_planned_is_said_in_one_sentence(plan, says: str) -> None:
    with pytest.raises(AnnotatorError, match=says):
        plan()
