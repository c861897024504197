from itertools import combinations, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.matching import assignment, clusters, total_gain


@st.composite
def matrices(draw, most=6, least=-9, largest=9):
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    whole = st.integers(least, largest)
    row = st.lists(whole, min_size=columns, max_size=columns)
    return draw(st.lists(row, min_size=rows, max_size=rows))


def worth(gains, columns):
    return sum(gains[row][column] for row, column in enumerate(columns) if column is not None)


def greatest(gains):
    """The greatest sum over all ways to pair rows with columns, by trying every one."""
    rows, columns = len(gains), len(gains[0])
    places = [*range(columns), *[None] * rows]
    return max(worth(gains, chosen) for chosen in set(permutations(places, rows)))


@settings(max_examples=80, deadline=None)
@given(matrices(most=4))
def test_an_assignment_is_as_good_as_the_best_of_all(gains):
    found = assignment(gains)
    used = [column for column in found if column is not None]
    assert len(found) == len(gains)
    assert len(set(used)) == len(used)
    assert worth(gains, found) == greatest(gains)


@given(matrices())
def test_an_assignment_pairs_nothing_that_gains_nothing(gains):
    assert all(
        gains[row][column] > 0 for row, column in enumerate(assignment(gains)) if column is not None
    )


@given(matrices(), st.integers(2, 2**80))
def test_an_assignment_of_large_numbers_is_as_exact_as_one_of_small_ones(gains, factor):
    large = [[gain * factor for gain in row] for row in gains]
    assert worth(large, assignment(large)) == factor * worth(gains, assignment(gains))


@given(matrices())
def test_rows_and_columns_can_be_exchanged(gains):
    turned = [list(column) for column in zip(*gains, strict=True)]
    assert worth(gains, assignment(gains)) == worth(turned, assignment(turned))


def test_an_assignment_of_nothing_is_empty():
    assert assignment([]) == []
    assert assignment([[], []]) == [None, None]


def test_a_large_assignment_finds_a_hidden_permutation():
    dice = np.random.default_rng(3)
    hidden = dice.permutation(60)
    gains = dice.integers(0, 50, (60, 60))
    gains[np.arange(60), hidden] += 50
    assert assignment(gains.tolist()) == hidden.tolist()


# --- more than two coders ------------------------------------------------------------------------


@st.composite
def problems(draw, most_coders=4, most_items=3):
    sizes = draw(st.lists(st.integers(0, most_items), min_size=2, max_size=most_coders))
    owners = [coder for coder, size in enumerate(sizes) for _ in range(size)]
    gains = [[0] * len(owners) for _ in owners]
    for one, other in combinations(range(len(owners)), 2):
        gains[one][other] = gains[other][one] = draw(st.integers(-9, 9))
    return owners, gains


def best_of_all(owners, gains):
    """The greatest total over all ways to form clusters, by trying every one."""

    def extend(item, found):
        if item == len(owners):
            return total_gain(found, gains)
        best = extend(item + 1, [*found, [item]])
        for place, one in enumerate(found):
            if all(owners[other] != owners[item] for other in one):
                grown = [*found[:place], [*one, item], *found[place + 1 :]]
                best = max(best, extend(item + 1, grown))
        return best

    return extend(0, [])


@settings(deadline=None)
@given(problems())
def test_clusters_hold_every_item_once_and_one_of_a_coder(problem):
    owners, gains = problem
    found = clusters(owners, gains)
    assert sorted(item for one in found for item in one) == list(range(len(owners)))
    assert all(len({owners[item] for item in one}) == len(one) for one in found)
    assert found == sorted(sorted(one) for one in found)


@settings(max_examples=60, deadline=None)
@given(problems(most_coders=2, most_items=4))
def test_with_two_coders_clusters_are_the_best_of_all(problem):
    assert total_gain(clusters(*problem), problem[1]) == best_of_all(*problem)


@settings(deadline=None)
@given(problems())
def test_no_two_clusters_would_gain_by_a_merger(problem):
    owners, gains = problem
    found = clusters(owners, gains)
    for one, other in combinations(found, 2):
        if {owners[item] for item in one}.isdisjoint(owners[item] for item in other):
            assert sum(gains[item][its] for item in one for its in other) <= 0


def test_with_three_coders_clusters_come_near_the_best_of_all_where_gains_are_noisy():
    dice = np.random.default_rng(11)
    owners, things = [0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 1, 2] * 3
    reached = []
    for _ in range(60):
        gains = [[0] * 9 for _ in owners]
        for one, other in combinations(range(9), 2):
            gain = round(dice.normal(40 if things[one] == things[other] else -15, 25))
            gains[one][other] = gains[other][one] = gain
        reached.append(total_gain(clusters(owners, gains), gains) / best_of_all(owners, gains))
    assert min(reached) > 0.85
    assert np.mean(reached) > 0.99


def test_a_weak_link_does_not_chain_what_does_not_belong_together():
    # Items of three coders: 0-1 and 1-2 gain, 0-2 loses more than the weaker link gains.
    gains = [[0, 9, -6], [9, 0, 4], [-6, 4, 0]]
    assert clusters([0, 1, 2], gains) == [[0, 1], [2]]


def test_one_wrong_pair_is_outvoted_by_the_other_coders():
    # Two items of each coder. Coder 0's first looks most like 1's second, but 2 joins them right.
    owners = [0, 0, 1, 1, 2, 2]
    gains = [[-5] * 6 for _ in range(6)]
    for one, other, gain in (
        (0, 2, 3),
        (1, 3, 3),
        (0, 3, 4),
        (0, 4, 9),
        (2, 4, 9),
        (1, 5, 9),
        (3, 5, 9),
        (1, 2, 4),
    ):
        gains[one][other] = gains[other][one] = gain
    assert clusters(owners, gains) == [[0, 2, 4], [1, 3, 5]]
