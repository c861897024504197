"""Names and order of the sides of a disagreement, such that neither tells who made a coding."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import count, product
from string import ascii_uppercase
from typing import TypeVar

from annotator.coding.form import canonical

T = TypeVar("T")


def letters() -> Iterator[str]:
    """A, B, … Z, AA, AB and so on without end."""
    for length in count(1):
        for combined in product(ascii_uppercase, repeat=length):
            yield "".join(combined)


def shuffled(
    items: Iterable[T], name: Callable[[T], str], occasion: Sequence[str | int]
) -> list[T]:
    """The items in an order that looks random but is the same every time.

    Args:
        items: What to order.
        name: What tells an item from the others; the order depends on it only through a hash.
        occasion: What the order is for; another occasion gives another order.
    """
    return sorted(
        items, key=lambda item: sha256(canonical([*occasion, name(item)]).encode()).digest()
    )
