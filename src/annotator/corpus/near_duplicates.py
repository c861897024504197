"""Which passages are the same words again: reprints, copies, and rewrites of a few words.

Two passages are *near-duplicates* if their sets of runs of three words (shingles, Broder 1997, *On
the resemblance and containment of documents*) have at least `RESEMBLANCE` of all their members in
common (Jaccard), and their numbers do not contradict: all numbers in digits of the one are in the
other too, and neither or both have any. For what differs in numbers is most often another event,
told by the same formula. A passage of fewer than `SHORTEST` words is a near-duplicate only of one
with the same words. What is a near-duplicate of a near-duplicate belongs to the same group.

Pairs are found by the rarest shingles of each passage (prefix filter: Chaudhuri, Ganti and Kaushik
2006; Bayardo, Ma and Srikant 2007), sifted by a bound on what two can have in common, and measured
exactly. So every pair is found, but for one thing: of more than `CROWD` different passages that
share a rare shingle, as formulas of a publisher do, each is measured only beside one of every group
among them, and of these the first `HEADS`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

RESEMBLANCE = 0.45
"""The least share of common shingles; 1 word in 7 replaced leaves so much, by expectation."""
SHORTEST = 8
"""Passages with fewer words than this are compared as a whole."""
CROWD = 64
HEADS = 32

_RUN = 3
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\b\d[^\W_]*")
_VOCABULARY_BITS = 21
_SIGNATURE_WORDS = 8
_PAIRS_AT_A_TIME = 1 << 18

_Numbers = NDArray[np.int64]


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Groups of texts that are near-duplicates of one another.

    Args:
        texts: Passages in the form in which their words are compared (small letters, marks taken
            off: `annotator.coding.folding.folded`). The groups do not depend on their order.

    Returns:
        For each group of two or more the places in `texts`, in order; groups by their first place.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[" ".join(_WORD.findall(text))].append(place)
    different = sorted(places)
    groups: dict[int, list[int]] = defaultdict(list)
    for root, worded in zip(_Similar(different).roots(), different, strict=True):
        groups[root] += places[worded]
    return sorted(tuple(sorted(found)) for found in groups.values() if len(found) > 1)


class _Similar:
    """Different passages, by number, and which of them are in one group.

    Args:
        passages: The words of each, with a space between two.
    """

    def __init__(self, passages: Sequence[str]) -> None:
        self._parents = list(range(len(passages)))
        self._owners, self._shingles = _shingles(passages)
        self._sizes = np.bincount(self._owners, minlength=len(passages))
        self._starts = np.concatenate(([0], np.cumsum(self._sizes)))
        self._signatures = _signatures(self._owners, self._shingles, len(passages))
        self._numbers = [frozenset(_NUMBER.findall(words)) for words in passages]
        self._number_bits = np.array([_bits(numbers) for numbers in self._numbers], dtype=np.uint64)
        self._sets: dict[int, frozenset[int]] = {}

    def roots(self) -> list[int]:
        """For each passage the number of one passage of its group, the same for all of it."""
        crowds = []
        for sharing in self._sharing():
            if len(sharing[0]) > CROWD:
                crowds += list(sharing)
            else:
                self._join_pairs(sharing)
        for crowd in crowds:
            self._join_crowd(crowd)
        return [self._root(number) for number in range(len(self._parents))]

    def _sharing(self) -> Iterator[_Numbers]:
        """Passages that share a shingle which is among the rarest of each, ascending.

        Each item has a row for every shingle that so many passages share.
        """
        _, kinds, uses = np.unique(self._shingles, return_inverse=True, return_counts=True)
        # Half the memory, of which these take most.
        kinds = kinds.astype(np.int32)
        rarity = uses.astype(np.int32)[kinds]
        # The rarest first within each passage; equally rare ones in the same order everywhere.
        order = np.lexsort((kinds, rarity, self._owners))
        prefix = self._sizes - np.ceil(RESEMBLANCE * self._sizes - 1e-9).astype(np.int64) + 1
        ends = (self._starts[:-1] + prefix)[self._owners]
        kept = order[(np.arange(len(order)) < ends) & (rarity[order] > 1)]
        del order, ends, rarity
        kept = kept[np.lexsort((self._owners[kept], kinds[kept]))]
        owners = self._owners[kept]
        _, first, count = np.unique(kinds[kept], return_index=True, return_counts=True)
        for size in sorted(set(count[count > 1].tolist())):
            begins = first[count == size]
            yield owners[begins[:, None] + np.arange(size)[None, :]]

    def _join_pairs(self, sharing: _Numbers) -> None:
        one, other = np.triu_indices(sharing.shape[1], 1)
        rows = max(1, _PAIRS_AT_A_TIME // len(one))
        for start in range(0, len(sharing), rows):
            part = sharing[start : start + rows]
            pairs = np.column_stack((part[:, one].ravel(), part[:, other].ravel()))
            pairs = pairs[self._possible(pairs[:, 0], pairs[:, 1])]
            for first, second in np.unique(pairs, axis=0).tolist():
                self._join(first, second)

    def _join_crowd(self, crowd: _Numbers) -> None:
        rest = crowd
        for _ in range(HEADS):
            if len(rest) < 2:
                return
            head, rest = int(rest[0]), rest[1:]
            near = self._possible(np.full_like(rest, head), rest)
            for other in rest[near].tolist():
                self._join(head, other)
            root = self._root(head)
            rest = rest[[self._root(other) != root for other in rest.tolist()]]

    def _possible(self, one: _Numbers, other: _Numbers) -> NDArray[np.bool_]:
        """Whether two can be near-duplicates, by their sizes, signatures and numbers."""
        sizes = self._sizes[one] + self._sizes[other]
        # Every bit in which they differ was set by a shingle that only one of them has.
        apart = np.bitwise_count(self._signatures[one] ^ self._signatures[other])
        common = np.minimum(
            (sizes - apart.sum(axis=1, dtype=np.int64)) / 2,
            np.minimum(self._sizes[one], self._sizes[other]),
        )
        possible: NDArray[np.bool_] = common >= RESEMBLANCE * (sizes - common) - 1e-9
        first, second = self._number_bits[one], self._number_bits[other]
        both = first & second
        possible &= ((both == first) | (both == second)) & ((first == 0) == (second == 0))
        return possible

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        if first != second and self._resemble(one, other):
            self._parents[second] = first

    def _resemble(self, one: int, other: int) -> bool:
        numbers, others = self._numbers[one], self._numbers[other]
        if not (numbers <= others or numbers >= others) or bool(numbers) != bool(others):
            return False
        first, second = self._set(one), self._set(other)
        common = len(first & second)
        return common >= RESEMBLANCE * (len(first) + len(second) - common) - 1e-9

    def _set(self, number: int) -> frozenset[int]:
        if number not in self._sets:
            own = self._shingles[self._starts[number] : self._starts[number + 1]]
            self._sets[number] = frozenset(own.tolist())
        return self._sets[number]

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number


def _shingles(passages: Sequence[str]) -> tuple[_Numbers, _Numbers]:
    """Whose each of the different runs of three words is, and the run as a number; by passage."""
    vocabulary: dict[str, int] = {}
    lengths = np.array([words.count(" ") + 1 for words in passages], dtype=np.int64)
    lengths[lengths < SHORTEST] = 0
    ids = np.fromiter(
        (
            vocabulary.setdefault(word, len(vocabulary))
            for words, length in zip(passages, lengths.tolist(), strict=True)
            if length
            for word in words.split(" ")
        ),
        dtype=np.int64,
        count=int(lengths.sum()),
    )
    # Past two million words some share a number: a few shingles more in common, hardly ever.
    ids &= (1 << _VOCABULARY_BITS) - 1
    owners = np.repeat(np.arange(len(passages)), lengths)
    count = max(0, len(ids) - _RUN + 1)
    runs = np.zeros(count, dtype=np.int64)
    for place in range(_RUN):
        runs = (runs << _VOCABULARY_BITS) | ids[place : place + count]
    # No run goes over the end of its passage.
    within = owners[:count] == owners[_RUN - 1 :]
    runs, owners = runs[within], owners[:count][within]
    order = np.lexsort((runs, owners))
    runs, owners = runs[order], owners[order]
    new = np.ones(len(runs), dtype=np.bool_)
    new[1:] = (runs[1:] != runs[:-1]) | (owners[1:] != owners[:-1])
    return owners[new], runs[new]


def _bits(numbers: frozenset[str]) -> int:
    """64 bits, of which each of some numbers sets one."""
    bits = 0
    for number in numbers:
        bits |= 1 << crc32(number.encode()) % 64
    return bits


def _signatures(owners: _Numbers, shingles: _Numbers, passages: int) -> NDArray[np.uint64]:
    """For each passage 512 bits, of which each of its shingles sets one."""
    scrambled = shingles.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits = scrambled >> np.uint64(64 - 9)
    signatures = np.zeros(passages * _SIGNATURE_WORDS, dtype=np.uint64)
    places = owners * _SIGNATURE_WORDS + (bits >> np.uint64(6)).astype(np.int64)
    np.bitwise_or.at(signatures, places, np.uint64(1) << (bits & np.uint64(63)))
    return signatures.reshape(passages, _SIGNATURE_WORDS)
