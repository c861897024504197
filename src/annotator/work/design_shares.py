"""How many of a number of things fall to each of several: to strata, and to coders."""

import heapq
from collections.abc import Sequence

from annotator.errors import AnnotatorError


def levelled(total: int, limits: Sequence[int], held: Sequence[int] | None = None) -> list[int]:
    """Deal things out one at a time, always to whoever has least.

    Args:
        total: How many things.
        limits: The most that each may hold in the end.
        held: What each holds to begin with; nothing by default.

    Returns:
        What each is given. In the end no two below their limits differ by more than one, unless
        they did to begin with; of those that are equal the earlier is given more.

    Raises:
        AnnotatorError: The limits leave no room for all.
    """
    start = list(held) if held is not None else [0] * len(limits)
    now = list(start)
    room = sum(max(0, limit - own) for limit, own in zip(limits, now, strict=True))
    if total > room:
        raise AnnotatorError(
            f"The coders have room for {room} of the last {total} codings to deal out; raise "
            "--capacity or name more coders."
        )
    while total:
        # Everyone at the lowest level at once, up to the next level or limit.
        open_ = [place for place, own in enumerate(now) if own < limits[place]]
        lowest = min(now[place] for place in open_)
        lowest_ones = [place for place in open_ if now[place] == lowest]
        above = [now[place] for place in open_ if now[place] > lowest]
        step = min([limits[place] for place in lowest_ones] + above) - lowest
        step = min(step, max(1, total // len(lowest_ones)))
        for place in lowest_ones[: max(1, total // step)]:
            now[place] += step
            total -= step
    return [own - first for own, first in zip(now, start, strict=True)]


def proportional(total: int, sizes: Sequence[int]) -> list[int]:
    """Shares of a sample in proportion to the sizes of strata, none of them left out.

    Each gets its quota rounded down or up, by the largest remainder (Hamilton's method), but at
    least one, which the strata furthest above their quota give up.

    Args:
        total: The size of the sample, at least one for each stratum and at most all.
        sizes: How many each stratum has, at least one.
    """
    everything = sum(sizes)
    # In units of one in `everything`, so that nothing is rounded.
    quotas = [total * size for size in sizes]
    shares = [max(1, quota // everything) for quota in quotas]
    missing = total - sum(shares)
    lacking = [(own * everything - quotas[place], place) for place, own in enumerate(shares)]
    # No stratum passes its size: its quota is at most that, and what is rounded up is a fraction.
    for _, place in heapq.nsmallest(missing, lacking):
        shares[place] += 1
    spare = [(-lack, place) for lack, place in lacking if shares[place] > 1]
    heapq.heapify(spare)
    for _ in range(-missing):
        below, place = heapq.heappop(spare)
        shares[place] -= 1
        if shares[place] > 1:
            heapq.heappush(spare, (below + everything, place))
    return shares
