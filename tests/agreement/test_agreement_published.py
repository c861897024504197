"""Every published value to its printed digits, from the Python module."""

from typing import Any

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
