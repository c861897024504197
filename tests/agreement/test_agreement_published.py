"""Every published value of alpha and percent agreement, to its printed digits."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement import Ratings, estimates

CASES = json.loads((Path(__file__).parent / "agreement_cases.json").read_text(encoding="utf-8"))


def rows_of(case: dict[str, Any]) -> list[list[Any]]:
    return [
        [frozenset(value) if isinstance(value, list) else value for value in row]
        for row in case["ratings"]
    ]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(
            case, expected, id=f"{case['name']}-{expected.get('distance', expected['level'])}"
        )
        for case in CASES
        for expected in case["expected"]
    ],
)
def test_the_value_is_the_published_one(case: dict[str, Any], expected: dict[str, Any]) -> None:
    rows = rows_of(case)
    coders = [f"coder {place}" for place in range(len(rows[0]))]
    ratings = Ratings.from_rows(rows, coders, level=expected["level"])
    (estimate,) = estimates(
        ratings,
        expected["level"],
        names=[expected["name"]],
        distance=expected.get("distance", "masi"),
    )
    if expected["value"] is None:
        assert estimate.value is None
        assert estimate.reason in ("no_variation", "no_pairs")
    else:
        assert estimate.value == pytest.approx(
            expected["value"], abs=0.5 * 10 ** -expected["digits"]
        )


def test_the_counts_are_those_of_pairable_units_only() -> None:
    case = next(case for case in CASES if case["name"] == "krippendorff2011_4x12_missing")
    (estimate,) = estimates(
        Ratings.from_rows(rows_of(case), list("ABCD")), "nominal", names=["alpha"]
    )
    # Krippendorff 2011: "40 pairable values"; unit 12 has a single one.
    assert (estimate.n_units, estimate.n_coders, estimate.n_values) == (11, 4, 40)


def test_the_jackknife_error_is_that_of_leaving_out_each_unit() -> None:
    case = next(case for case in CASES if case["name"] == "gwet_raw4raters")
    (estimate,) = estimates(
        Ratings.from_rows(rows_of(case), list("ABCD")), "nominal", names=["alpha"]
    )
    # Exact; the linearised error that R irrCAC computes for the same case is .14548.
    assert estimate.se == pytest.approx(0.14633, abs=5e-6)
    assert estimate.ci_low == pytest.approx(estimate.value - 2.228139 * estimate.se, abs=1e-6)
    assert estimate.ci_high == 1.0
