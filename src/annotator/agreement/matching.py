"""Matching: which items of different coders are the same thing.

For two coders this is the assignment problem, solved exactly by shortest augmenting paths (Kuhn
1955; Jonker and Volgenant 1987). For more coders it is correlation clustering (Bansal, Blum and
Chawla 2004) where a cluster holds at most one item of a coder. No quick way to its best solution
is known; clusters are built up by mean gain and then improved coder by coder, each time by an
exact assignment, until that gains nothing more.

Gains are whole numbers, so that equal sums are equal in whatever order they are taken.
"""

import heapq
from collections.abc import Sequence

Gains = Sequence[Sequence[int]]
"""What it is worth to put item i (row) and item j (column) together; below 0 it is a loss."""

_FRACTION_BITS = 16


def assignment(gains: Gains) -> list[int | None]:
    """The pairs of a row and a column with the greatest sum of gains, each used once at most.

    A pair that gains nothing is not chosen. Takes time with n^2 m, for n <= m rows and columns.

    Args:
        gains: n x m whole numbers.

    Returns:
        For each row its column, or None.
    """
    n_rows = len(gains)
    n_columns = len(gains[0]) if n_rows else 0
    if n_rows > n_columns:
        chosen: list[int | None] = [None] * n_rows
        turned = [list(column) for column in zip(*gains, strict=True)]
        for column, row in enumerate(assignment(turned)):
            if row is not None:
                chosen[row] = column
        return chosen
    if n_rows == 1:
        best = max(range(n_columns), key=gains[0].__getitem__)
        return [best if gains[0][best] > 0 else None]
    costs = [[-max(gain, 0) for gain in row] for row in gains]
    found = _cheapest(costs, n_columns)
    return [column if gains[row][column] > 0 else None for row, column in enumerate(found)]


def _cheapest(costs: Gains, n_columns: int) -> list[int]:
    """A column for each row at the least total cost; there are at least as many columns as rows."""
    # One column more, for none: the row that is being added hangs there at first.
    none = n_columns
    row_at = [-1] * (n_columns + 1)
    row_price, column_price = [0] * len(costs), [0] * (n_columns + 1)
    for added, cost in enumerate(costs):
        row_at[none] = added
        reached, left = [none], list(range(n_columns))
        distance = [cost[column] - column_price[column] for column in left]
        before = [none] * n_columns
        while True:
            at = min(left, key=distance.__getitem__)
            step = distance[at]
            for column in reached:
                row_price[row_at[column]] += step
                column_price[column] -= step
            for column in left:
                distance[column] -= step
            row = row_at[at]
            if row < 0:
                break
            left.remove(at)
            reached.append(at)
            for column in left:
                further = costs[row][column] - row_price[row] - column_price[column]
                if further < distance[column]:
                    distance[column], before[column] = further, at
        while at != none:
            row_at[at] = row_at[before[at]]
            at = before[at]
    found = [-1] * len(costs)
    for column, row in enumerate(row_at[:n_columns]):
        if row >= 0:
            found[row] = column
    return found


def clusters(owners: Sequence[int], gains: Gains) -> list[list[int]]:
    """Items of several coders in clusters of what is the same thing, one item of a coder in each.

    The sum of the gains of all pairs within clusters is to be great: with two coders it is the
    greatest there is; with more, no cluster can be merged with another and no coder's items dealt
    anew to the clusters of the others so that it grows. Equal choices fall to the items that come
    first, so that a caller who lists items in an order of their own content has a result that does
    not depend on the order of coders.

    Args:
        owners: For each of N items the number of its coder.
        gains: N x N, symmetric; what stands between items of one coder is not looked at.

    Returns:
        Clusters that hold every item once, each in ascending order, by their first items.
    """
    coders = sorted(set(owners))
    if len(coders) == 2:
        found = _dealt(
            [[item] for item in range(len(owners)) if owners[item] == coders[0]],
            [item for item in range(len(owners)) if owners[item] == coders[1]],
            gains,
        )
    else:
        found = _merged([[item] for item in range(len(owners))], owners, gains)
        improved = len(coders) > 2
        while improved:
            improved = False
            for coder in coders:
                others = [[item for item in one if owners[item] != coder] for one in found]
                dealt = _dealt(
                    [one for one in others if one],
                    [item for item, owner in enumerate(owners) if owner == coder],
                    gains,
                )
                if total_gain(dealt, gains) > total_gain(found, gains):
                    found, improved = _merged(dealt, owners, gains), True
    return sorted(sorted(one) for one in found)


def total_gain(found: Sequence[Sequence[int]], gains: Gains) -> int:
    """The sum of the gains of all pairs of items within clusters."""
    return sum(
        gains[item][other]
        for one in found
        for place, item in enumerate(one)
        for other in one[:place]
    )


def _dealt(groups: list[list[int]], items: Sequence[int], gains: Gains) -> list[list[int]]:
    """Clusters with one coder's items added where they gain most, alone where nothing is gained."""
    worth = [[sum(gains[item][other] for other in one) for one in groups] for item in items]
    dealt = [list(one) for one in groups]
    for item, place in zip(items, assignment(worth), strict=True):
        if place is None:
            dealt.append([item])
        else:
            dealt[place].append(item)
    return dealt


def _merged(found: list[list[int]], owners: Sequence[int], gains: Gains) -> list[list[int]]:
    """Clusters merged two by two, the pair with the highest mean gain first, while one gains."""
    alive = {number: list(one) for number, one in enumerate(found)}
    coders = {number: {owners[item] for item in one} for number, one in alive.items()}
    between: dict[tuple[int, int], int] = {}
    waiting: list[tuple[int, int, int]] = []

    def look(one: int, other: int, gain: int) -> None:
        if coders[one].isdisjoint(coders[other]):
            between[one, other] = between[other, one] = gain
            if gain > 0:
                pairs = len(alive[one]) * len(alive[other])
                heapq.heappush(waiting, (-(gain << _FRACTION_BITS) // pairs, one, other))

    for one, items in alive.items():
        for other in range(one):
            look(other, one, sum(gains[item][its] for item in items for its in alive[other]))
    while waiting:
        _, one, other = heapq.heappop(waiting)
        if one not in alive or other not in alive:
            continue
        new = len(coders)
        alive[new] = alive.pop(one) + alive.pop(other)
        coders[new] = coders[one] | coders[other]
        for third in alive:
            if third != new:
                look(third, new, between.get((third, one), 0) + between.get((third, other), 0))
    return list(alive.values())
