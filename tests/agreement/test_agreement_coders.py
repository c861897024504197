"""Agreement per coder, per pair and per group of units, against the same worked out separately."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import (
    Ratings,
    between_coders,
    confusion,
    estimates,
    per_coder,
    per_pair,
    per_stratum,
)
from annotator.agreement.coefficients import coefficients
from annotator.errors import AnnotatorError

Row = list[int | None]
CODERS = ["ana", "bob", "eve"]
LEVELS = ["nominal", "ordinal", "interval", "ratio", "circular"]


def rated(rows: list[Row]) -> Ratings:
    return Ratings.from_rows(rows, CODERS, None, "nominal", [1, 2, 3, 4])


def alpha_of(rows: list[Row], level: str) -> float | None:
    ratings = Ratings.from_rows(
        rows, [f"c{i}" for i in range(len(rows[0]))], None, "nominal", [1, 2, 3, 4]
    )
    # By its formula, which makes 0 of a single unit: estimates say none of that.
    return coefficients(ratings, level, names=["alpha"])[0].value


def pairable(rows: list[Row]) -> int:
    return sum(len(row) - row.count(None) > 1 for row in rows)


tables = st.lists(
    st.lists(st.none() | st.integers(1, 3), min_size=3, max_size=3), min_size=3, max_size=9
)


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=25, deadline=None)
@given(rows=tables)
def test_a_coders_numbers_are_those_of_the_tables_they_name(level: str, rows: list[Row]) -> None:
    def pairs_of(table: list[Row], coder: int) -> list[list[Row]]:
        pairs = [
            [[row[coder], row[other]] for row in table] for other in range(3) if other != coder
        ]
        return [pair for pair in pairs if pairable(pair)]

    def mean_pairwise(table: list[Row], coder: int) -> float | None:
        values = [alpha_of(pair, level) for pair in pairs_of(table, coder)]
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known and len(known) == len(values) else None

    for place, found in enumerate(per_coder(rated(rows), level)):
        assert found.coder == CODERS[place]
        assert found.n_values == sum(row[place] is not None for row in rows)
        rest = [row[:place] + row[place + 1 :] for row in rows]
        alpha = None if pairable(rest) == 1 else alpha_of(rest, level)
        assert found.without.value == near(alpha)
        enter = [i for i, row in enumerate(rows) if row[place] is not None and row.count(None) < 2]
        of_one_unit = any(pairable(pair) == 1 for pair in pairs_of(rows, place))
        mean = None if of_one_unit else mean_pairwise(rows, place)
        assert found.mean_pairwise.value == near(mean)
        assert found.mean_pairwise.n_units == found.against_rest.n_units == len(enter)
        if found.mean_pairwise.se is not None:
            without = [mean_pairwise(rows[:i] + rows[i + 1 :], place) for i in enter]
            assert found.mean_pairwise.se == pytest.approx(jackknife(without), abs=1e-9)


def near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-10)


def jackknife(values: list[float | None]) -> float:
    each = np.array(values, dtype=float)
    return math.sqrt((len(each) - 1) / len(each) * ((each - each.mean()) ** 2).sum())


def against_rest(rows: list[Row], coder: int) -> float | None:
    """By its definition, for nominal values."""
    units = [
        (row[coder], [value for place, value in enumerate(row) if place != coder and value])
        for row in rows
        if row[coder] is not None
    ]
    units = [(own, others) for own, others in units if others]
    if not units:
        return None

    def differing(own: int | None, others: list[int | None]) -> float:
        return sum(own != other for other in others) / len(others)

    observed = np.mean([differing(own, others) for own, others in units])
    expected = np.mean([differing(own, others) for own, _ in units for _, others in units])
    return float(1 - observed / expected) if expected else None


@settings(max_examples=20, deadline=None)
@given(rows=tables)
def test_a_coder_against_the_rest_is_chance_corrected_unit_by_unit(rows: list[Row]) -> None:
    for place, found in enumerate(per_coder(rated(rows), "nominal")):
        wanted = against_rest(rows, place)
        if wanted is not None and found.against_rest.n_units == 1:
            assert (found.against_rest.value, found.against_rest.reason) == (None, "one_unit")
            continue
        assert found.against_rest.value == near(wanted)
        if wanted is None:
            assert found.against_rest.reason in ("no_pairs", "no_variation")
        elif found.against_rest.se is not None:
            enter = [i for i, row in enumerate(rows) if row[place] and row.count(None) < 2]
            without = [against_rest(rows[:i] + rows[i + 1 :], place) for i in enter]
            assert found.against_rest.se == pytest.approx(jackknife(without), abs=1e-9)


def test_two_coders_against_each_other_are_cohens_kappa() -> None:
    rows: list[Row] = [[1, 1], [1, 2], [3, 3], [2, 2], [4, 2], [None, 1], [1, 1]]
    ratings = Ratings.from_rows(rows, ["a", "b"])
    (cohen,) = estimates(ratings, "nominal", names=["cohen_kappa"], se="jackknife")
    for found in per_coder(ratings, "nominal"):
        assert found.against_rest.value == pytest.approx(cohen.value, abs=1e-12)
        assert found.against_rest.se == pytest.approx(cohen.se, abs=1e-12)
        assert (found.without.value, found.without.reason) == (None, "no_pairs")
        (alpha,) = estimates(ratings, "nominal", names=["alpha"], se="jackknife")
        assert found.mean_pairwise.value == pytest.approx(alpha.value, abs=1e-12)
        assert found.mean_pairwise.se == pytest.approx(alpha.se, abs=1e-12)


def test_the_odd_coder_stands_out() -> None:
    random = np.random.default_rng(5)
    truth = random.integers(0, 4, 300)
    columns = [np.where(random.random(300) < 0.9, truth, random.integers(0, 4, 300))] * 2
    columns += [np.where(random.random(300) < 0.9, truth, random.integers(0, 4, 300))]
    columns += [random.integers(0, 4, 300)]
    ratings = Ratings.from_codes(np.array(columns).T, [1, 2, 3, 4], [*CODERS, "odd"])
    found = {one.coder: one for one in per_coder(ratings, "nominal")}
    (whole,) = estimates(ratings, "nominal", names=["alpha"])
    assert found["odd"].without.value > whole.value + 0.2
    assert abs(found["odd"].against_rest.value) < 0.1
    assert found["odd"].mean_pairwise.ci_high < found["ana"].mean_pairwise.ci_low
    assert found["odd"].as_json()["against_rest"]["name"] == "against_rest"


@settings(max_examples=25, deadline=None)
@given(rows=tables)
def test_pairs_are_the_tables_of_two_coders(rows: list[Row]) -> None:
    for name in ("alpha", "cohen_kappa", "percent_agreement"):
        found = per_pair(rated(rows), "nominal", name=name)
        assert [(one.first, one.second) for one in found] == [
            ("ana", "bob"),
            ("ana", "eve"),
            ("bob", "eve"),
        ]
        for one in found:
            places = [CODERS.index(one.first), CODERS.index(one.second)]
            two = [[row[place] for place in places] for row in rows]
            ratings = Ratings.from_rows(two, places, None, "nominal", [1, 2, 3, 4])
            wanted = estimates(ratings, "nominal", names=[name])
            assert [one.estimate.value] == [near(other.value) for other in wanted] or not wanted


@pytest.mark.parametrize("level", [*LEVELS, "set"])
@pytest.mark.parametrize("clusters", [None, "aabbbcd"])
def test_what_is_worked_out_together_is_what_is_worked_out_apart(
    level: str, clusters: str | None
) -> None:
    numbers = [
        [1, 1, 2, 1],
        [2, 2, 2, None],
        [3, 1, 3, 3],
        [1, 2, 1, 1],
        [3, 3, 3, 4],
        [2, None, 1, 2],
        [1, 1, 1, None],
    ]
    rows: list[list[object]] = [[*row] for row in numbers]
    if level == "set":
        sets = {None: None, 1: {"a"}, 2: {"a", "b"}, 3: {"b", "c"}, 4: set()}
        rows = [[sets[one] for one in row] for row in numbers]
    for size in (3, 4):
        ratings = Ratings.from_rows([row[:size] for row in rows], list("abcd"[:size]), level=level)
        ratings = ratings.in_clusters(clusters)
        coders, pairs = between_coders(ratings, level)
        assert coders == per_coder(ratings, level)
        apart = per_pair(ratings, level)
        assert [(one.first, one.second) for one in pairs] == [
            (one.first, one.second) for one in apart
        ]
        for one, other in zip(pairs, apart, strict=True):
            assert one.estimate.as_json() == {
                name: near(value) if isinstance(value, float) else value
                for name, value in other.estimate.as_json().items()
            }
            assert one.estimate.n_clusters == other.estimate.n_clusters
        for place, one in enumerate(coders):
            fewer = ratings.of_coders([other for other in range(size) if other != place])
            (wanted,) = estimates(fewer, level, names=["alpha"], se="jackknife", ci="jackknife")
            assert one.without.as_json() == {
                name: near(value) if isinstance(value, float) else value
                for name, value in wanted.as_json().items()
            }


def test_confusion_counts_each_unit_once_however_many_others_coded_it() -> None:
    rows: list[Row] = [[1, 1, 2], [1, 1, None], [2, None, None], [3, 2, 2], [None, 1, 1]]
    ratings = rated(rows)
    found = confusion(ratings, "ana")
    assert found.tolist() == [[1.5, 0.5, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    pair = confusion(ratings, "ana", "eve")
    assert pair.sum() == 2
    assert (pair == confusion(ratings, "eve", "ana").T).all()
    with pytest.raises(AnnotatorError, match="no coder “zoe”; the coders are ana, bob, eve"):
        confusion(ratings, "zoe")


@settings(max_examples=20, deadline=None)
@given(rows=tables, data=st.data())
def test_a_stratum_is_the_table_of_its_units(rows: list[Row], data: st.DataObject) -> None:
    label = st.sampled_from(["2016-W09", "2016-W10", None])
    labels = data.draw(st.lists(label, min_size=len(rows), max_size=len(rows)))
    found = per_stratum(rated(rows), labels, "ordinal", names=["alpha"], ci="jackknife")
    assert [one.stratum for one in found] == sorted({one for one in labels if one})
    for one in found:
        inside = [row for row, name in zip(rows, labels, strict=True) if name == one.stratum]
        assert one.n_units == len(inside)
        wanted = estimates(rated(inside), "ordinal", names=["alpha"], ci="jackknife")
        assert one.estimates == tuple(wanted)


def test_a_label_per_unit_is_needed() -> None:
    with pytest.raises(AnnotatorError, match="2 labels for 1 units"):
        per_stratum(rated([[1, 2, 3]]), ["a", "b"], "nominal")


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_over_clusters_the_jackknife_leaves_out_whole_clusters(level: str) -> None:
    rows: list[Row] = [[1, 1, 2], [2, 2, 2], [3, 1, 3], [1, 2, 1], [3, 3, 3], [2, 2, 1], [1, 1, 1]]
    reports = ["a", "a", "b", "b", "b", "c", "d"]
    found = per_coder(rated(rows).in_clusters(reports), level)[0]
    for field in ("without", "mean_pairwise", "against_rest"):
        values = [
            getattr(per_coder(rated(kept), level)[0], field).value
            for left in "abcd"
            for kept in [[r for r, name in zip(rows, reports, strict=True) if name != left]]
        ]
        one = getattr(found, field)
        # The ranks behind `against_rest` are those of all values, whatever is left out.
        if (level, field) != ("ordinal", "against_rest"):
            assert one.se == pytest.approx(jackknife(values), abs=1e-10)
        assert (one.se_method, one.ci_method) == ("jackknife_clusters", "jackknife_t_clusters")
        assert one.n_clusters == 4
    pair = per_pair(rated(rows).in_clusters(reports), level)[0]
    assert pair.estimate.ci_method == "jackknife_t_clusters"


def test_one_coder_alone_is_compared_with_nobody() -> None:
    alone = Ratings.from_rows([[1], [2]], ["ana"])
    for ratings in (alone, alone.in_clusters(["a", "b"])):
        (one,) = per_coder(ratings, "nominal")
        assert {one.without.reason, one.mean_pairwise.reason, one.against_rest.reason} == {
            "no_pairs"
        }
        assert per_pair(ratings, "nominal") == []


@pytest.mark.parametrize("ci", ["auto", "bca", "percentile", "jackknife"])
@pytest.mark.parametrize("clusters", [None, "aabbcd", "aaaaaa"])
def test_a_mean_over_a_pair_of_coders_with_a_single_unit_in_common_is_undefined(
    ci: str, clusters: str | None
) -> None:
    rows: list[Row] = [
        [1, 1, 2],
        [2, 2, None],
        [1, 2, None],
        [3, 3, None],
        [1, None, None],
        [2, 1, None],
    ]
    ratings = rated(rows).in_clusters(clusters)
    (light,) = estimates(ratings, "nominal", names=["light_kappa"], ci=ci, replicates=100)
    assert (light.value, light.se, light.ci_low, light.reason) == (None, None, None, "one_unit")
    assert light.n_units == 5
    for one in per_coder(ratings, "nominal"):
        mean = one.mean_pairwise
        assert (mean.value, mean.se, mean.ci_low, mean.reason) == (None, None, None, "one_unit")
    assert [one.estimate.value is None for one in per_pair(ratings, "nominal")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_coders_who_said_nothing_are_undefined(level: str) -> None:
    silent = Ratings.from_rows([[None, None, None]] * 2, CODERS, level=level)
    for ratings in (silent, silent.in_clusters(["a", "b"])):
        for one in per_coder(ratings, level):
            for found in (one.without, one.mean_pairwise, one.against_rest):
                assert (found.value, found.reason, found.n_units) == (None, "no_pairs", 0)
        assert {one.estimate.reason for one in per_pair(ratings, level)} == {"no_pairs"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_coders_changes_no_coders_numbers(order: tuple[int, ...]) -> None:
    rows: list[Row] = [[1, 1, 2], [2, 2, 2], [3, 1, None], [1, None, 1], [3, 3, 3]]
    before = {one.coder: one for one in per_coder(rated(rows), "ordinal")}
    mixed = Ratings.from_rows(
        [[row[place] for place in order] for row in rows],
        [CODERS[place] for place in order],
        None,
        "nominal",
        [1, 2, 3, 4],
    )
    for one in per_coder(mixed, "ordinal"):
        for field in ("without", "mean_pairwise", "against_rest"):
            value, other = getattr(one, field), getattr(before[one.coder], field)
            assert value.value == pytest.approx(other.value, abs=1e-12)
            assert value.se == pytest.approx(other.se, abs=1e-12)
