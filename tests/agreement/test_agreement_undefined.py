"""What is undefined is None with a reason, never 0 or 1, and percent agreement is still given."""

import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest

from annotator.agreement import (
    NAMES,
    Estimate,
    Ratings,
    Verdict,
    compare,
    estimates,
    per_code,
    verdict,
)
from annotator.agreement.student import normal_quantile, t_quantile
from annotator.errors import AnnotatorError

LEVELS = ["nominal", "ordinal", "interval", "ratio", "circular"]


def both(rows: list[list[object]], level: str = "nominal") -> tuple[Estimate, Estimate]:
    ratings = Ratings.from_rows(rows, [f"c{i}" for i in range(len(rows[0]))], level=level)
    names = ["alpha", "percent_agreement"]
    first, second = estimates(ratings, level, names=names, se="jackknife")
    return first, second


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("rows", "alpha", "agreement", "reason"),
    [
        pytest.param([[1, 1]] * 4, None, 1, "no_variation", id="one category"),
        pytest.param([[1, 1]] * 4 + [[None, 2]], None, 1, "no_variation", id="pairable constant"),
        pytest.param([[None, None]] * 3, None, None, "no_pairs", id="all missing"),
        pytest.param([[1], [2], [1]], None, None, "no_pairs", id="one coder"),
        pytest.param([[1, None], [None, 2]], None, None, "no_pairs", id="no overlap"),
        pytest.param([[1, 2]], None, 0, "one_unit", id="one unit that disagrees"),
        pytest.param([[0, 0], [0, 0], [0, 1]], 0, 2 / 3, "variation_in_one_unit", id="lone 1"),
        pytest.param([[1, 1], [2, 2]] * 2, 1, 1, "no_spread", id="perfect agreement"),
    ],
)
def test_undefined_values_and_intervals_say_why(
    level: str,
    rows: list[list[object]],
    alpha: float | None,
    agreement: float | None,
    reason: str,
) -> None:
    found, share = both(rows, level)
    assert found.value == (None if alpha is None else pytest.approx(alpha, abs=1e-12))
    assert found.reason == reason
    assert (found.ci_low, found.ci_high, found.ci_method) == (None, None, None)
    assert share.value == (None if agreement is None else pytest.approx(agreement))


@pytest.mark.parametrize("clusters", [None, ["a", "b"]])
def test_one_unit_gives_a_share_but_nothing_that_is_corrected_for_chance(
    clusters: list[str] | None,
) -> None:
    for rows in ([[1, 2], [None, None]], [[1, 2], [2, None]]):
        ratings = Ratings.from_rows(rows, ["a", "b"], categories=[1, 2])
        found = {one.name: one for one in estimates(ratings, "nominal", clusters=clusters)}
        assert found.pop("percent_agreement").value == 0
        assert found.keys() == {*NAMES} - {"percent_agreement"}
        assert {(one.value, one.se, one.reason) for one in found.values()} == {
            (None, None, "one_unit")
        }


def test_two_coefficients_of_one_unit_have_no_difference() -> None:
    ratings = Ratings.from_rows([[1, 2]], ["a", "b"])
    for paired in (False, True):
        (found,) = compare(ratings, ratings, "nominal", names=["alpha"], paired=paired)
        assert (found.value, found.p, found.reason) == (None, None, "one_unit")


def test_no_units_and_no_coders_are_no_pairs() -> None:
    for ratings in (Ratings.from_rows([], ["a", "b"]), Ratings.from_rows([[], []], [])):
        found = estimates(ratings, "nominal")
        assert {"alpha", "gwet_ac", "light_kappa"} <= {one.name for one in found} <= {*NAMES}
        assert {(one.value, one.reason, one.n_coders) for one in found} == {(None, "no_pairs", 0)}
        assert per_code(ratings) == []


def test_as_json_has_the_fields_scripts_rely_on() -> None:
    found, share = both([[1, 1], [1, 2], [2, 2], [3, None]])
    told_elsewhere = ("resampling", "n_clusters")
    names = [field.name for field in fields(Estimate) if field.name not in told_elsewhere]
    assert list(found.as_json()) == names
    assert list(found.as_json()) == [
        "name",
        "level",
        "weights",
        "value",
        "se",
        "se_method",
        "ci_low",
        "ci_high",
        "ci_method",
        "n_units",
        "n_coders",
        "n_values",
        "reason",
    ]
    assert (found.weights, share.weights) == (None, "identity")
    assert (found.n_units, found.n_coders, found.n_values) == (3, 2, 6)
    assert (found.se_method, found.ci_method, found.reason) == ("jackknife", "jackknife_t", None)


def test_the_verdict_rests_on_the_lower_end_of_the_interval() -> None:
    found, share = both([[1, 1], [1, 2], [2, 2], [2, 2]])
    given = {
        0.80: Verdict.RELY,
        0.799: Verdict.TENTATIVE,
        0.667: Verdict.TENTATIVE,
        0.666: Verdict.DO_NOT_USE,
    }
    for low, wanted in given.items():
        assert verdict(replace(found, ci_low=low)) == wanted
    assert verdict(replace(found, ci_low=None)) == "undecided"
    assert verdict(replace(share, ci_low=0.9)) == "undecided"


@pytest.mark.parametrize(
    ("df", "wanted"),
    [
        (1, 12.7062),
        (2, 4.3027),
        (3, 3.1824),
        (10, 2.2281),
        (29, 2.0452),
        (60, 2.0003),
        (120, 1.9799),
    ],
)
def test_t_quantiles_are_those_of_the_printed_tables(df: int, wanted: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(wanted, abs=5e-5)


def test_t_quantiles_go_over_smoothly_into_the_expansion_and_the_normal() -> None:
    steps = np.diff([t_quantile(0.995, df) for df in range(115, 125)])
    assert (steps < 0).all()
    assert np.abs(np.diff(steps, 2)).max() < 1e-6
    assert t_quantile(0.975, 10**9) == pytest.approx(normal_quantile(0.975), abs=1e-8)
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-13)
    assert normal_quantile(0.9999995) == pytest.approx(4.891638475698, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"level": "nominall"}, "nominall"),
        ({"level": "set", "distance": "dice"}, "dice"),
        ({"level": "nominal", "names": ["kappa"]}, "kappa"),
        ({"level": "nominal", "confidence": 95}, "95"),
        ({"level": "circular", "period": 0}, "circle"),
        ({"level": "circular", "period": 2}, "same point"),
        ({"level": "set"}, "sets"),
    ],
)
def test_a_wrong_argument_is_named_in_one_sentence(
    arguments: dict[str, object], words: str
) -> None:
    ratings = Ratings.from_rows([[1, 3], [3, 3]], ["a", "b"])
    with pytest.raises(AnnotatorError, match=words):
        estimates(ratings, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "keywords", "words"),
    [
        ([["a", "b"], ["a"]], {}, "Unit 2 has 1 values for 2 coders"),
        ([["a", "b"]], {"level": "interval"}, "Unit 1, coder x: 'a' is not a number"),
        ([["a", "b"]], {"level": "ordinal"}, "give the categories in their order"),
        ([[1, -1]], {"level": "ratio"}, "coder y: -1 is below zero"),
        ([["a", "b"]], {"categories": ["a"]}, "'b' is not among the categories"),
        ([["a", "b"]], {"categories": ["a", "b", "a"]}, "'a' comes twice"),
        ([["a", "b"]], {"level": "set"}, "'a' is not a set of codes"),
        ([[{"a"}, {"q"}]], {"level": "set", "categories": ["a"]}, "code 'q'"),
    ],
)
def test_a_wrong_value_is_named_with_its_unit_and_coder(
    rows: list[list[object]], keywords: dict[str, object], words: str
) -> None:
    with pytest.raises(AnnotatorError, match=words):
        Ratings.from_rows(rows, ["x", "y"], **keywords)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("matrix", "coders", "words"),
    [
        (np.array([[0, 2]]), ["x", "y"], "outside -1 to 1"),
        (np.array([[0, -2]]), ["x", "y"], "outside -1 to 1"),
        (np.array([[0, 1]]), ["x"], "one coder per column"),
        (np.array([[0, 1]]), ["x", "x"], "'x' comes twice"),
        (np.array([[0.0, 1.0]]), ["x", "y"], "whole numbers"),
    ],
)
def test_a_wrong_matrix_is_refused(matrix: np.ndarray, coders: list[str], words: str) -> None:
    with pytest.raises(AnnotatorError, match=words):
        Ratings.from_codes(matrix, ["a", "b"], coders)


def test_ratings_cannot_be_changed_and_leave_the_callers_matrix_alone() -> None:
    matrix = np.array([[0, 1], [1, -1]], dtype=np.int8, order="F")
    ratings = Ratings.from_codes(matrix, ["a", "b"], ["x", "y"])
    with pytest.raises(ValueError, match="read-only"):
        ratings.codes[0, 0] = 1
    matrix[0, 0] = 1
    assert ratings.codes[0, 0] == 0
    assert list(ratings.units) == ["1", "2"]


def test_words_on_an_ordinal_scale_follow_the_given_order() -> None:
    rows: list[list[object]] = [["low", "mid"], ["high", "high"], ["low", "low"], ["mid", "high"]]
    numbers = {"low": 1, "mid": 2, "high": 3}
    words = Ratings.from_rows(rows, ["a", "b"], level="ordinal", categories=list(numbers))
    counted = Ratings.from_rows(
        [[numbers[str(value)] for value in row] for row in rows], ["a", "b"], level="ordinal"
    )
    assert estimates(words, "ordinal") == estimates(counted, "ordinal")
    unordered = Ratings.from_rows(rows, ["a", "b"])
    with pytest.raises(AnnotatorError, match="order"):
        estimates(unordered, "ordinal")


def test_importing_agreement_loads_no_database_screen_or_yaml() -> None:
    program = (
        "import sys, annotator.agreement; "
        "print([name for name in ('sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'typer', "
        "'rich', 'yaml', 'alembic', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
