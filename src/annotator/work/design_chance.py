"""Chance that can be had again: random numbers and orders that follow from a seed and a name."""

from collections.abc import Hashable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

_STEPS = 1 << 53


def chance(seed: int, *what: str | int) -> float:
    """A number from 0 to below 1 that depends on the seed and on what it is for.

    It is made of SHA-256 over all of these with line feeds between, so any program can make it
    again.
    """
    digest = sha256("\n".join(map(str, (seed, *what))).encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / _STEPS


def spread(parts: Sequence[Sequence[T]], luck: Mapping[T, float]) -> list[T]:
    """Several sequences merged into one, each spread evenly over the whole, none at fixed places.

    Item i of n is somewhere in the i-th n-th of the whole. So any beginning of the result has as
    much of each part as its length asks for, give or take one for each part; and within a part the
    order stays.

    Args:
        parts: The sequences; no item is in two of them.
        luck: From 0 to below 1 for each item: where in its own stretch it is.
    """
    merged = [
        ((place + luck[item]) / len(part), number, place, item)
        for number, part in enumerate(parts)
        for place, item in enumerate(part)
    ]
    return [item for *_, item in sorted(merged, key=lambda one: one[:3])]
