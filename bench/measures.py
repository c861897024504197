"""Measuring one piece of work inside a bench: processor time and memory."""

import os
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path


def processor_ms(work: Callable[[], object], repeats: int) -> float:
    """Processor time of one call in milliseconds, the best of several."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time_ns()
        work()
        best = min(best, time.process_time_ns() - start)
    return best / 1e6


def peak_mb(work: Callable[[], object]) -> float:
    """Most memory that one call holds at a time, in MB."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def process_seconds(runs: int, *arguments: str | Path) -> float:
    """Processor time of a whole Python process, start-up included, the best of several runs.

    The first run compiles the modules, if that is still to be done, as an installation does once.
    """
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    found = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)
