"""Passages mixed silently into a coder's queue: gold ones, and the coder's own once more.

Both look like any other passage there. Gold passages have a known answer, so that agreement with
it can be followed while people code; a passage given again to the same coder tells how far that
coder agrees with themselves. Where each stands follows from a seed and the coder's name alone.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from annotator.coding.form import canonical
from annotator.work.design import Given, Plan

Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""

GOLD_PER = (150, 10)
"""By default 10 gold passages come to each 150 others."""

_WHOLE = 1 << 256


@dataclass(frozen=True, slots=True)
class Mix:
    """What is mixed into the queue of each coder.

    Attributes:
        gold: The passages with a known answer.
        gold_per: So many passages have so many gold ones among them.
        repeat_share: The share of a coder's own passages given to them again, from 0 to 1.
        repeat_after: How many other passages lie at least between the two.
        repeat_days: How many days lie at least between the two instead; such passages have no
            place in the queue yet (`annotator.work.repeats`). 0: it goes by passages.
    """

    gold: tuple[Place, ...] = ()
    gold_per: tuple[int, int] = GOLD_PER
    repeat_share: float = 0.0
    repeat_after: int = 0
    repeat_days: int = 0

    @property
    def gold_places(self) -> frozenset[Place]:
        """The gold passages, which are in no queue but as such."""
        return frozenset(self.gold)

    def gold_in(self, passages: int) -> int:
        """How many gold passages a queue of so many others has; never more than there are."""
        others, wanted = self.gold_per
        return min(len(self.gold), -(-passages * wanted // others))

    def repeats_in(self, passages: int) -> int:
        """How many of so many passages come again: the share of all, of those early enough."""
        if self.repeat_days:
            return 0
        return max(0, min(round(passages * self.repeat_share), passages - self.repeat_after))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any], gold: Iterable[Place]) -> "Mix":
        """The mix that `as_json` wrote, with the gold passages.

        Args:
            kept: What the design of a round keeps; other things in it make no difference.
            gold: The passages.
        """
        repeats = kept.get("repeats", {})
        others, wanted = kept["gold"]["per"] if "gold" in kept else GOLD_PER
        return cls(
            tuple(gold),
            (others, wanted),
            repeats.get("share", 0.0),
            repeats.get("after_passages", 0),
            repeats.get("after_days", 0),
        )

    def as_json(self) -> dict[str, Any]:
        """What the design of a round keeps of it; the gold passages are kept with their answers."""
        kept: dict[str, Any] = {}
        if self.gold:
            kept["gold"] = {"passages": len(self.gold), "per": list(self.gold_per)}
        if self.repeat_share:
            after = (
                {"after_days": self.repeat_days}
                if self.repeat_days
                else {"after_passages": self.repeat_after}
            )
            kept["repeats"] = {"share": self.repeat_share, **after}
        return kept


def with_mixed(planned: Plan, mix: Mix) -> Plan:
    """A plan with gold passages and repeated ones mixed into every queue.

    Args:
        planned: The plan; none of its passages is gold.
        mix: What is mixed in.
    """
    design = planned.design
    queues = {
        coder: tuple(
            Given(*one) for one in mixed_in([one[:2] for one in queue], coder, design.seed, mix)
        )
        for coder, queue in planned.queues.items()
    }
    more = {**design.more, **mix.as_json()}
    return replace(planned, queues=queues, design=replace(design, more=more))


def mixed_in(
    queue: Sequence[Place], coder: str, seed: int, mix: Mix
) -> tuple[tuple[str, int, int], ...]:
    """A coder's queue with what is mixed into it.

    Gold passages are spread evenly over the queue, at a place drawn anew in each stretch. A
    passage that comes again stands at a place drawn among those far enough behind the first. The
    others stay in their order.

    Args:
        queue: The coder's passages, none of them gold, each once.
        coder: The coder.
        seed: Of the round.
        mix: What is mixed in.

    Returns:
        Report key, number and occasion (2: the second time) of each, in the order of the queue.
    """
    gold = sorted(mix.gold, key=lambda place: drawn(seed, coder, "gold", *place))
    gold = gold[: mix.gold_in(len(queue))]
    # Where it stands among the others: behind so many of them, before what was drawn later.
    behind: list[tuple[int, int, tuple[str, int, int]]] = [
        (number, 0, (*place, 1)) for number, place in enumerate(queue)
    ]
    for number, place in enumerate(gold):
        first, last = (len(queue) * step // len(gold) for step in (number, number + 1))
        at = first + drawn(seed, coder, "place", *place) * (last - first + 1) // _WHOLE
        behind.append((at - 1, 1, (*place, 1)))
    for number, place in _again(queue, coder, seed, mix):
        least = number + mix.repeat_after
        at = least + drawn(seed, coder, "again", *place) * (len(queue) - least) // _WHOLE
        behind.append((at, 2, (*place, 2)))
    return tuple(one for _, _, one in sorted(behind, key=lambda one: one[:2]))


def _again(queue: Sequence[Place], coder: str, seed: int, mix: Mix) -> list[tuple[int, Place]]:
    """The passages that come again, with their place in the queue."""
    early = list(enumerate(queue))[: max(0, len(queue) - mix.repeat_after)]
    early.sort(key=lambda one: drawn(seed, coder, "repeat", *one[1]))
    return early[: mix.repeats_in(len(queue))]


def comes_again(place: Place, coder: str, seed: int, share: float) -> bool:
    """Whether a passage is one of the share that a coder is given again, whenever that is asked."""
    return drawn(seed, coder, "repeat", *place) < share * _WHOLE


def drawn(seed: int, *what: Hashable) -> int:
    """A number from 0 to 2²⁵⁶, by SHA-256 over a seed and what it is drawn for."""
    return int.from_bytes(sha256(canonical([seed, *what]).encode()).digest())
