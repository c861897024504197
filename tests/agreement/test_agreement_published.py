"""Every published value to its printed digits, from the Python module."""

from typing import Any

import numpy as np
import pytest

from annotator.agreement import Ratings, estimates, per_code
from published_agreement import CASES, EACH_VALUE, is_printed


def rows_of(case: dict[str, Any]) -> list[list[Any]]:
    return [
        [frozenset(value) if isinstance(value, list) else value for value in row]
        for row in case["ratings"]
    ]


def ratings_of(case: dict[str, Any], level: str) -> Ratings:
    rows = rows_of(case)
    return Ratings.from_rows(rows, [f"coder {place}" for place in range(len(rows[0]))], level=level)


@pytest.mark.parametrize(("case", "expected"), EACH_VALUE)
def test_the_module_gives_the_published_value(
    case: dict[str, Any], expected: dict[str, Any]
) -> None:
    ratings = ratings_of(case, expected["level"])
    if "code" in expected:
        # Fleiss's kappa of a category is Fleiss's kappa of used against not used.
        binary = [[int(value == expected["code"]) for value in row] for row in rows_of(case)]
        ratings = Ratings.from_rows(binary, ratings.coders)
    (found,) = estimates(
        ratings,
        expected["level"],
        names=[expected["name"]],
        weights=expected.get("weights"),
        distance=expected.get("distance", "masi"),
        ci="jackknife",
    )
    if expected.get("field") == "se":
        assert found.se_method == "analytic"
    assert is_printed(getattr(found, expected.get("field", "value")), found.reason, expected)


def test_the_counts_are_those_of_pairable_units_only() -> None:
    case = next(case for case in CASES if case["name"] == "krippendorff2011_4x12_missing")
    alpha, fleiss = estimates(
        ratings_of(case, "nominal"), "nominal", names=["alpha", "fleiss_kappa"]
    )
    # Krippendorff 2011: "40 pairable values"; unit 12 has a single one.
    assert (alpha.n_units, alpha.n_coders, alpha.n_values) == (11, 4, 40)
    # Gwet's marginals count it.
    assert (fleiss.n_units, fleiss.n_coders, fleiss.n_values) == (12, 4, 41)


def test_the_jackknife_error_is_that_of_leaving_out_each_unit() -> None:
    case = next(case for case in CASES if case["name"] == "gwet_raw4raters")
    (found,) = estimates(ratings_of(case, "nominal"), "nominal", names=["alpha"], se="jackknife")
    # Exact; the linearised error that R irrCAC computes for the same case is .14548.
    assert found.se == pytest.approx(0.14633, abs=5e-6)
    assert found.ci_low == pytest.approx(found.value - 2.228139 * found.se, abs=1e-6)
    assert found.ci_high == 1.0


def test_a_code_has_the_alpha_of_its_category_against_the_rest() -> None:
    case = next(case for case in CASES if case["name"] == "fleiss1971_30x6")
    by_code = {one.code: one.alpha.value for one in per_code(ratings_of(case, "nominal"))}
    for expected in case["expected"]:
        if "code" in expected:
            # Fleiss's kappa of a category without the correction for few units.
            fleiss = 1 - (1 - by_code[expected["code"]]) * 180 / 179
            assert fleiss == pytest.approx(expected["value"], abs=5e-4)


def rows_of_table(table: list[list[int]]) -> list[list[int]]:
    """A contingency table of two coders as their ratings."""
    return [
        [first, second]
        for first, row in enumerate(table)
        for second, times in enumerate(row)
        for _ in range(times)
    ]


def test_weights_of_ones_own_give_the_weighted_kappa_of_cohen_1968() -> None:
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    disagreement = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    ratings = Ratings.from_rows(rows_of_table(table), ["a", "b"])
    (found,) = estimates(
        ratings, "nominal", weights=1 - disagreement / 6, names=["cohen_kappa"], ci="jackknife"
    )
    assert found.value == pytest.approx(0.348, abs=5e-4)


def test_errors_of_kappa_are_those_of_fleiss_cohen_and_everitt_1969() -> None:
    table = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    weights = np.array([[1, 0, 0.4444], [0, 1, 0.6667], [0.4444, 0.6667, 1]])
    ratings = Ratings.from_rows(rows_of_table(table), ["a", "b"])
    for chosen, value, variance in ((None, 0.429, 0.002885), (weights, 0.507, 0.003248)):
        (found,) = estimates(
            ratings, "nominal", weights=chosen, names=["cohen_kappa"], ci="jackknife"
        )
        assert found.se_method == "analytic"
        assert found.value == pytest.approx(value, abs=5e-4)
        assert found.se**2 == pytest.approx(variance, abs=5e-7)
