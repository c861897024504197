"""Dawid and Skene's estimates: their printed tables, known errors, what must always hold."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Ratings, TruthModel, dawid_skene, diagnose, majority
from annotator.errors import AnnotatorError

# Dawid and Skene 1979, table 1: 45 patients, anaesthetist 1 three times, then 2 to 5 once each.
ANAESTHETISTS = ["1", "1", "1", "2", "3", "4", "5"]
_TABLE_1 = """
1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222
1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222
"""
PATIENTS = _TABLE_1.split()

# Table 2: the share of each class, and per anaesthetist a row per true class.
SHARES = (0.40, 0.42, 0.11, 0.07)
ERROR_RATES = {
    "1": ((0.89, 0.11, 0, 0), (0.07, 0.88, 0.05, 0), (0, 0.34, 0.66, 0), (0, 0, 0.56, 0.44)),
    "2": ((0.83, 0.17, 0, 0), (0.05, 0.63, 0.31, 0), (0, 0, 1, 0), (0, 0, 0, 1)),
    "3": ((1, 0, 0, 0), (0.11, 0.79, 0.11, 0), (0, 0.40, 0.20, 0.40), (0, 0, 0.67, 0.33)),
    "4": ((0.94, 0.06, 0, 0), (0.05, 0.84, 0.10, 0), (0, 0, 0.80, 0.20), (0, 0, 0.33, 0.67)),
    "5": ((1, 0, 0, 0), (0.16, 0.73, 0.11, 0), (0, 0.21, 0.79, 0), (0, 0, 0.33, 0.67)),
}
# Table 4: all patients are certain to two digits but these.
IN_DOUBT = {7: {1: 0.98, 2: 0.02}, 35: {2: 0.95, 3: 0.05}, 38: {2: 0.02, 3: 0.98}}
CERTAIN_THREES = (8, 12, 32, 39)
CERTAIN_FOURS = (2, 11, 36)
# One unit of the last printed digit, as the paper stopped climbing when it was near.
PRINTED = 0.0076


def patients() -> Ratings:
    rows = [[int(digit) for digit in row] for row in PATIENTS]
    return Ratings.from_rows(rows, list("abcdefg"), categories=[1, 2, 3, 4])


def test_the_anaesthetists_of_the_paper_come_out_as_printed() -> None:
    found = dawid_skene(patients(), coders=ANAESTHETISTS, smoothing=0, starts=1)
    assert found.prevalence == pytest.approx(SHARES, abs=PRINTED)
    assert [one.coder for one in found.coders] == list(ERROR_RATES)
    for one in found.coders:
        for row, printed in zip(one.confusion, ERROR_RATES[one.coder], strict=True):
            assert row == pytest.approx(printed, abs=PRINTED)
    assert [one.n_values for one in found.coders] == [135, 45, 45, 45, 45]


def test_the_patients_of_the_paper_come_out_as_printed() -> None:
    found = dawid_skene(patients(), coders=ANAESTHETISTS, smoothing=0, starts=1)
    for patient, row in enumerate(found.posterior, start=1):
        if patient in IN_DOUBT:
            for category, printed in IN_DOUBT[patient].items():
                assert row[category - 1] == pytest.approx(printed, abs=PRINTED)
        else:
            assert row.max() >= 0.995
    certain = found.posterior.argmax(axis=1) + 1
    assert all(certain[patient - 1] == 3 for patient in CERTAIN_THREES)
    assert all(certain[patient - 1] == 4 for patient in CERTAIN_FOURS)
    assert [int(one.unit) for one in found.most_doubtful(3)] == [35, 38, 7]


def test_further_starts_find_a_peak_above_the_one_in_the_paper() -> None:
    printed = dawid_skene(patients(), coders=ANAESTHETISTS, smoothing=0, starts=1)
    best = dawid_skene(patients(), coders=ANAESTHETISTS, smoothing=0, starts=50, seed=1)
    assert printed.log_likelihood == pytest.approx(-192.8909, abs=1e-4)
    assert best.log_likelihood is not None
    assert best.log_likelihood > -192.8909 + 1


def test_the_likelihood_is_that_of_the_values_under_the_estimates() -> None:
    found = dawid_skene(patients(), coders=ANAESTHETISTS)
    errors = {one.coder: one.confusion for one in found.coders}
    total = 0.0
    for row in PATIENTS:
        total += math.log(
            sum(
                share
                * math.prod(
                    chances[int(digit) - 1]
                    for coder, digit in zip(ANAESTHETISTS, row, strict=True)
                    if (chances := errors[coder][true]) is not None
                )
                for true, share in enumerate(found.prevalence)
            )
        )
    assert found.log_likelihood == pytest.approx(total, rel=1e-9)


@st.composite
def some_ratings(draw: st.DrawFn) -> Ratings:
    n_coders = draw(st.integers(3, 5))
    cells = st.lists(st.integers(-1, 2), min_size=n_coders, max_size=n_coders)
    rows = draw(st.lists(cells, min_size=3, max_size=25))
    rows.append([0, 1, 2] + [0] * (n_coders - 3))
    return Ratings.from_codes(np.array(rows), list("abc"), [f"c{i}" for i in range(n_coders)])


@settings(max_examples=30, deadline=None)
@given(some_ratings())
def test_every_step_raises_the_likelihood(ratings: Ratings) -> None:
    reached = [
        dawid_skene(ratings, smoothing=0, starts=1, most_steps=steps).log_likelihood
        for steps in range(1, 12)
    ]
    assert all(
        before is not None and after is not None and after >= before - 1e-9
        for before, after in pairwise(reached)
    )


def posterior_objective(model: TruthModel, smoothing: float) -> float:
    assert model.log_likelihood is not None
    logs = sum(math.log(share) for share in model.prevalence)
    for coder in model.coders:
        for row in coder.confusion:
            assert row is not None
            logs += sum(math.log(chance) for chance in row)
    return model.log_likelihood + smoothing / len(model.categories) * logs


@settings(max_examples=20, deadline=None)
@given(some_ratings())
def test_with_smoothing_every_step_raises_likelihood_and_prior_together(ratings: Ratings) -> None:
    full = Ratings.from_codes(
        np.where(ratings.codes < 0, 0, ratings.codes), list("abc"), ratings.coders
    )
    reached = [
        posterior_objective(dawid_skene(full, starts=1, most_steps=steps), smoothing=1.0)
        for steps in range(1, 9)
    ]
    assert all(after >= before - 1e-9 for before, after in pairwise(reached))


@settings(max_examples=20, deadline=None)
@given(some_ratings(), st.randoms(use_true_random=False))
def test_neither_the_order_of_coders_nor_that_of_units_matters(ratings: Ratings, shuffle) -> None:
    columns, rows = list(range(len(ratings.coders))), list(range(len(ratings.units)))
    shuffle.shuffle(columns)
    shuffle.shuffle(rows)
    moved = Ratings.from_codes(
        ratings.codes[rows][:, columns], list("abc"), [ratings.coders[place] for place in columns]
    )
    one = dawid_skene(ratings, starts=1, most_steps=5)
    other = dawid_skene(moved, starts=1, most_steps=5)
    assert np.allclose(one.posterior[rows], other.posterior, atol=1e-7, equal_nan=True)
    assert one.prevalence == pytest.approx(other.prevalence, abs=1e-7)


def made_up(n_units: int, seed: int) -> tuple[Ratings, np.ndarray, np.ndarray, np.ndarray]:
    """Ratings by four coders with known error rates, three in ten missing."""
    random = np.random.default_rng(seed)
    shares = np.array([0.5, 0.3, 0.2])
    errors = random.dirichlet([1, 1, 1], size=(4, 3)) * 0.3 + 0.7 * np.eye(3)
    truth = random.choice(3, n_units, p=shares)
    codes = np.stack(
        [
            (random.random((n_units, 1)) > np.cumsum(one[truth], axis=1)).sum(axis=1)
            for one in errors
        ]
    ).T
    codes[random.random(codes.shape) < 0.3] = -1
    return Ratings.from_codes(codes, list("abc"), list("wxyz")), shares, errors, truth


def test_known_error_rates_are_found_again_and_beat_the_majority() -> None:
    ratings, shares, errors, truth = made_up(8000, seed=5)
    found = dawid_skene(ratings, starts=1)
    assert found.prevalence == pytest.approx(shares, abs=0.03)
    for one, known in zip(found.coders, errors, strict=True):
        assert np.array(one.confusion) == pytest.approx(known, abs=0.06)
        assert one.accuracy == pytest.approx(float((shares * known.diagonal()).sum()), abs=0.03)
    coded = ~np.isnan(found.posterior[:, 0])
    right = found.posterior[coded].argmax(axis=1) == truth[coded]
    votes = majority(ratings).posterior[coded].argmax(axis=1) == truth[coded]
    assert right.mean() > votes.mean() + 0.01
    # What is said of doubt is true of it: units at probability p are right p of the time.
    sure = found.posterior[coded].max(axis=1)
    assert right.mean() == pytest.approx(float(sure.mean()), abs=0.02)


def test_the_majority_shares_a_tie_and_counts_as_anyone_would() -> None:
    rows = [["x", "x", "y"], ["y", "y", None], ["x", "y", None], [None, None, None]]
    found = majority(Ratings.from_rows(rows, list("abc")))
    assert found.posterior[:3].tolist() == [[1, 0], [0, 1], [0.5, 0.5]]
    assert np.isnan(found.posterior[3]).all()
    assert found.prevalence == pytest.approx((0.5, 0.5))
    assert (found.log_likelihood, found.n_steps) == (None, 0)
    assert [one.accuracy for one in found.coders] == pytest.approx([2.5 / 3, 2.5 / 3, 0])
    # Coder c met x only, in the first unit, and said y.
    assert found.coders[2].confusion == ((0.0, 1.0), None)
    (doubt,) = found.most_doubtful()
    assert (doubt.unit, doubt.doubt, doubt.probability) == ("3", pytest.approx(1.0), 0.5)


def test_doubt_is_entropy_in_bits_and_the_most_doubtful_come_first() -> None:
    found = dawid_skene(patients(), coders=ANAESTHETISTS)
    doubts = [one.doubt for one in found.most_doubtful(45)]
    assert doubts == sorted(doubts, reverse=True)
    for one in found.most_doubtful(5):
        row = found.posterior[int(one.unit) - 1]
        assert one.doubt == pytest.approx(-sum(p * math.log2(p) for p in row if p > 0))
        assert one.probability == row.max()


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["x", None, None], [None, "y", None], [None, None, "x"]], "no_pairs"),
        ([["x", "x", "x"], ["x", "x", None]], "no_variation"),
        ([["x", "y", None], ["y", "y", None]], "two_coders"),
    ],
)
def test_where_the_model_cannot_be_told_the_majority_stands_alone(
    rows: list[list[object]], reason: str
) -> None:
    found = diagnose(Ratings.from_rows(rows, list("abc")))
    assert (found.model, found.reason) == (None, reason)
    assert found.majority.method == "majority"


def test_columns_of_one_coder_are_no_pair() -> None:
    ratings = Ratings.from_rows(
        [["x", "y", None], ["x", "x", None], [None, None, "y"]], list("abc")
    )
    assert diagnose(ratings).reason is None
    assert diagnose(ratings, coders=["a", "a", "b"]).reason == "no_pairs"


def test_a_diagnosis_says_in_its_json_that_it_is_no_final_label() -> None:
    found = diagnose(patients(), coders=ANAESTHETISTS)
    assert found.reason is None
    assert found.model is not None
    told = found.model.as_json(2)
    assert "not a final label" in told["note"]
    assert len(told["most_doubtful"]) == 2
    assert told["coders"][0]["coder"] == "1"


def test_what_cannot_be_diagnosed_is_said_in_one_sentence() -> None:
    empty = Ratings.from_rows([[None, None]], ["a", "b"])
    with pytest.raises(AnnotatorError, match="No unit has a value"):
        majority(empty)
    with pytest.raises(AnnotatorError, match="2 coders are named"):
        dawid_skene(patients(), coders=["a", "b"])
    with pytest.raises(AnnotatorError, match="Smoothing"):
        dawid_skene(patients(), smoothing=-1)
