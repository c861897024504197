"""Time the design of a round: finding near-duplicates, planning, and opening it in a project.

The floor is what any program has to do to know which passages are copies of others: fold each and
count its words. Near-duplicates are looked for among passages of words drawn as often as words are
(Zipf), one in fifty of them a rewrite, whose share found is printed; and among passages that one
publisher tells by a few formulas, the worst there can be. Then a design of six coders, a fifth
coded twice, is planned, and `annotator round new` is run from start to end. Processor time.

    python bench/rounds.py [--passages 10000 100000]
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np

from annotator.coding.folding import folded
from annotator.corpus.near_duplicates import near_duplicates
from annotator.work.design import Candidate, Design, plan
from generated import paragraph, project

CODERS = ("amal", "basim", "dana", "farid", "huda", "nour")
WORDS = 70
VOCABULARY = 30_000

T = TypeVar("T")


def timed(what: str, work: Callable[[], T], floor: float | None = None) -> tuple[T, float]:
    start = time.process_time()
    found = work()
    taken = time.process_time() - start
    ratio = "" if floor is None else f"{taken / floor:8.1f}"
    print(f"{what:48}{taken:9.2f} s{ratio}", flush=True)
    return found, taken


def zipf_texts(count: int) -> list[str]:
    """Passages of 70 words; the last fiftieth are rewrites of the first, a word in ten replaced."""
    draw = np.random.default_rng(1)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    rewrites = count // 50
    rows = draw.choice(VOCABULARY, (count - rewrites, WORDS), p=weights / weights.sum())
    again = rows[:rewrites].copy()
    again[:, 4::10] = draw.integers(0, VOCABULARY, again[:, 4::10].shape)
    words = np.array([f"w{letters(number)}" for number in range(VOCABULARY)])
    return [" ".join(words[row]) for row in np.concatenate((rows, again))]


def letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def measure(count: int) -> None:
    print(f"\n{count:,} passages")
    texts = zipf_texts(count)
    plain, _ = timed("fold every passage", lambda: [folded(text) for text in texts])
    _, floor = timed("floor: fold and count words", lambda: counted(texts))
    groups, _ = timed("near-duplicates, words of any kind", lambda: near_duplicates(plain), floor)
    rewrites = count // 50
    together = {pair for group in groups for pair in pairwise(group)}
    found = sum((place, count - rewrites + place) in together for place in range(rewrites))
    others = sum(len(group) - 1 for group in groups) - found
    print(f"  found {found / rewrites:.1%} of {rewrites:,} rewrites, {others} pairs more")
    dice = random.Random(1)
    formulas = [folded(paragraph(dice)) for _ in range(count)]
    groups, _ = timed("near-duplicates, a few formulas", lambda: near_duplicates(formulas), floor)
    print(f"  {len(groups):,} groups, the largest of {max(map(len, groups), default=0)}")
    there = [Candidate(f"r{place // 20}", place % 20 + 1, place) for place in range(count)]
    design = Design(CODERS, codings=2, share=0.2)
    planned, _ = timed("plan for six coders", lambda: plan(there, design), floor)
    overlaps = planned.overlaps.values()
    print(f"  loads {Counter(planned.loads.values())}, overlaps {min(overlaps)} to {max(overlaps)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"  peak memory of all this {peak:,.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        path = project(Path(folder) / "bench.db", count)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        arguments = ("round", "new", "main", "--coders", ",".join(CODERS), "--double", "0.2")
        subprocess.run(
            [sys.executable, "-m", "annotator", *arguments, "--project", str(path)], check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{'annotator round new, start to end':48}{taken:9.2f} s{taken / floor:8.1f}")


def counted(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in folded(text).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000])
    print(f"{'':48}{'processor':>11}{'/ floor':>8}")
    for count in parser.parse_args().passages:
        measure(count)


if __name__ == "__main__":
    main()
