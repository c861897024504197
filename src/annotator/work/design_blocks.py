"""Which coders get which passage: equal loads, and every two coders as often together as any two.

Passages that several coders code are the blocks of a block design, coders its points. A balanced
incomplete design (Fisher and Yates 1938; Cochran and Cox 1957, chapter 11), in which all pairs meet
equally often, exists for few numbers only, so one is looked for: blocks are filled one by one with
the coders who have least, of those who met least, and then coders change places between blocks as
long as that makes the numbers of meetings more equal.
"""

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

from annotator.errors import AnnotatorError
from annotator.work.design_shares import levelled

_BEARABLE = (6, 4, 4, 2, 2, 0)
"""How much larger the sum of squared meetings may become at a time, as time goes by."""
_MOVES = 5_000
"""How many changes are tried before less is bearable."""
_TIMES = 3
"""How often all of that is done, as long as it helps."""
_FEW_BLOCKS = 200
"""Up to so many blocks there can be dead ends."""


class Deal:
    """Passages on their way to coders, who are known by number.

    Args:
        limits: The most passages that each coder may have in all.
        seed: Makes chance repeatable.
    """

    def __init__(self, limits: Sequence[int], seed: str) -> None:
        self._limits = limits
        self._random = Random(seed)
        self._loads = [0] * len(limits)
        self._met = [[0] * len(limits) for _ in limits]
        self._blocks: dict[int, set[int]] = {}

    def deal(self, weights: Sequence[int], codings: int) -> list[tuple[int, ...]]:
        """Deal passages, or groups of them that stay together.

        What was dealt before counts: loads differ by at most one, among those below their limits,
        if all weights are 1 and they did so before.

        Args:
            weights: How many passages each group has.
            codings: How many coders each gets; at most as many as there are.

        Returns:
            For each group its coders, ascending.

        Raises:
            AnnotatorError: The limits are too low.
        """
        self._blocks = {}
        order = sorted(range(len(weights)), key=lambda place: -weights[place])
        for place in order:
            if weights[place] > 1:
                self._put_group(place, weights[place], codings)
        self._put_single([place for place in order if weights[place] == 1], codings)
        if 1 < codings < len(self._limits):
            self._even_out(weights)
        return [tuple(sorted(self._blocks[place])) for place in range(len(weights))]

    # --- filling blocks --------------------------------------------------------------------------

    def _put_group(self, place: int, weight: int, codings: int) -> None:
        """Give a group to coders who have least."""
        wants = {
            coder: -load
            for coder, load in enumerate(self._loads)
            if load + weight <= self._limits[coder]
        }
        if len(wants) < codings:
            raise AnnotatorError(
                f"{weight} near-duplicate passages are to stay together, and {len(wants)} of the "
                f"{codings} coders they need have room left for them; raise --capacity, or give "
                "--near-duplicates apart."
            )
        self._put(place, weight, codings, wants)

    def _put_single(self, passages: Sequence[int], codings: int) -> None:
        """Give single passages so that in the end all have as much as their limits let them."""
        # Nobody can have one passage twice.
        limits = [
            max(load, min(limit, load + len(passages)))
            for load, limit in zip(self._loads, self._limits, strict=True)
        ]
        due = levelled(codings * len(passages), limits, self._loads)
        for place in passages:
            # Whoever is due for as many as there are left is among those due for most.
            self._put(place, 1, codings, {coder: own for coder, own in enumerate(due) if own})
            for coder in self._blocks[place]:
                due[coder] -= 1

    def _put(self, place: int, weight: int, codings: int, wants: dict[int, int]) -> None:
        """Fill a block with those who want it most; of those, with those who met least."""
        block: list[int] = []
        for _ in range(codings):
            most = max(wants.values())
            ties = [coder for coder, want in wants.items() if want == most]
            meetings = [
                (sum(self._met[coder][other] for other in block), sum(self._met[coder]))
                for coder in ties
            ]
            least = min(meetings)
            chosen = self._pick(
                [coder for coder, own in zip(ties, meetings, strict=True) if own == least]
            )
            del wants[chosen]
            block.append(chosen)
        for one, other in combinations(block, 2):
            self._meet(one, other, weight)
        for coder in block:
            self._loads[coder] += weight
        self._blocks[place] = set(block)

    # --- evening out -----------------------------------------------------------------------------

    def _even_out(self, weights: Sequence[int]) -> None:
        """Let coders change places between blocks of one weight until all pairs meet as often.

        Where blocks are few, what makes the meetings less equal by a little is let pass, ever less
        of it, to come out of dead ends (threshold accepting: Dueck and Scheuer 1990).
        """
        groups: dict[int, list[int]] = {}
        for place in self._blocks:
            groups.setdefault(weights[place], []).append(place)
        sizes = [weight for weight, places in groups.items() if len(places) > 1]
        if not sizes:
            return
        few = len(self._blocks) <= _FEW_BLOCKS
        uneven = best = self._unevenness()
        found = self._copy() if few else self._blocks
        for _ in range(_TIMES):
            before = best
            for bearable, _ in product(_BEARABLE, range(_MOVES)):
                if best == 0:
                    break
                weight = self._pick(sizes)
                one, other = self._pick(groups[weight]), self._pick(groups[weight])
                uneven += self._exchange(one, other, weight, bearable * weight**2 * few)
                if uneven < best:
                    best, found = uneven, self._copy() if few else self._blocks
            if best == before:
                break
        if few:
            self._restore(found, weights)

    def _restore(self, blocks: dict[int, set[int]], weights: Sequence[int]) -> None:
        for sign, there in ((-1, self._blocks), (1, blocks)):
            for place, block in there.items():
                for one, other in combinations(block, 2):
                    self._meet(one, other, sign * weights[place])
        self._blocks = blocks

    def _exchange(self, one: int, other: int, weight: int, bearable: int) -> int:
        """Let a coder of each of two blocks go to the other, unless that makes it much worse."""
        first, second = self._blocks[one], self._blocks[other]
        leaving, coming = sorted(first - second), sorted(second - first)
        if not leaving:
            return 0
        gone, come = self._pick(leaving), self._pick(coming)
        moves = [(x, gone, -weight) for x in first if x != gone]
        moves += [(x, come, weight) for x in first if x != gone]
        moves += [(x, come, -weight) for x in second if x != come]
        moves += [(x, gone, weight) for x in second if x != come]
        worse = sum(self._meet(*move) for move in moves)
        if worse > bearable:
            for one_, other_, by in moves:
                self._meet(one_, other_, -by)
            return 0
        first ^= {gone, come}
        second ^= {gone, come}
        return worse

    def _meet(self, one: int, other: int, by: int) -> int:
        """Count meetings of two; by how much the sum of all squares grows."""
        before = self._met[one][other]
        self._met[one][other] = self._met[other][one] = before + by
        return by * (2 * before + by)

    def _unevenness(self) -> int:
        """How far the sum of squared meetings is above the least that there could be."""
        meetings = [count for one, row in enumerate(self._met) for count in row[:one]]
        each, rest = divmod(sum(meetings), len(meetings))
        least = rest * (each + 1) ** 2 + (len(meetings) - rest) * each**2
        return sum(count**2 for count in meetings) - least

    def _pick(self, among: Sequence[int]) -> int:
        return among[int(self._random.random() * len(among))]

    def _copy(self) -> dict[int, set[int]]:
        return {place: set(block) for place, block in self._blocks.items()}
