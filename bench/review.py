"""Opening a review, and the next disagreement after one is settled, beside reading the rows.

    python bench/review.py [--passages 10000] [--coders 3] [--settled 20]

floor   reading what every coding says from the project with raw `sqlite3`, and nothing else
open    a review begun in a fresh process after its modules are loaded: the queue in order, and the
        first case; beside it how long the whole of a process takes
next    settling a case, which is durable, and putting the next one together: median and slowest
first   the same opening when no coding was looked at before, as if all had been submitted one by
        one since: what each says is worked out once, and kept

Processor time, since the machine is shared. Both codebooks that are shipped are measured.
"""

import argparse
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generated
import measures

OPENED = """
import sys, time
from annotator.store.project import open_project
from annotator.work.review import ReviewSession
from annotator.work.rounds import round_named
with open_project(sys.argv[1]) as project:
    before = time.process_time()
    session = ReviewSession(project, round_named(project, "main"), "lead")
    assert session.current() is not None
    print(time.process_time() - before, time.process_time(), len(session.queue))
"""


def floor_seconds(path: Path) -> float:
    """Read what every coding says, with nothing around it."""
    connection = sqlite3.connect(path)

    def read() -> None:
        statement = (
            "SELECT passage_id, coder, id, text FROM coding JOIN said ON coding_id = id "
            "WHERE latest = 1 ORDER BY passage_id"
        )
        assert connection.execute(statement).fetchall()

    try:
        return measures.processor_ms(read, 5) / 1000
    finally:
        connection.close()


def opened(path: Path, repeats: int = 3) -> tuple[float, float, int]:
    """Open a review in a process of its own: opening, the whole process, passages listed."""
    found = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-c", OPENED, str(path)], capture_output=True, text=True, check=True
        )
        own, whole, listed = done.stdout.split()
        found.append((float(own), float(whole), int(listed)))
    return min(found)


def settled(path: Path, times: int) -> tuple[float, float]:
    """Some settlements with the next case: the median, and the slowest."""
    from annotator.store.project import open_project
    from annotator.work.review import ReviewSession
    from annotator.work.rounds import round_named

    took = []
    with open_project(path) as project:
        session = ReviewSession(project, round_named(project, "main"), "lead")
        session.current()
        for _ in range(times):
            before = time.process_time()
            session.take("A")
            session.settle("slip")
            session.current()
            took.append(time.process_time() - before)
    return statistics.median(took), max(took)


def forget(path: Path) -> None:
    """Make it a project in which what no coding says was worked out yet."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM said")
    connection.close()


def main() -> None:
    """Measure both codebooks and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--coders", type=int, default=3)
    parser.add_argument("--settled", type=int, default=20)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    import generated_claims

    with tempfile.TemporaryDirectory() as folder:
        light = generated.project(Path(folder) / "light.db", chosen.passages)
        generated.add_codings(light, chosen.coders)
        claims = generated_claims.project(
            Path(folder) / "claims.db", chosen.passages, chosen.coders
        )
        for path in (light, claims):
            floor = floor_seconds(path)
            own, whole, listed = opened(path)
            median, slowest = settled(path, chosen.settled)
            print(
                f"{path.stem}: {chosen.passages:,} × {chosen.coders}, {listed:,} listed; "
                f"floor {floor:.3f} s, open {own:.2f} s ({own / floor:.1f} × floor), "
                f"process {whole:.2f} s, next {median:.3f} s, at most {slowest:.3f} s"
            )
            forget(path)
            print(f"{path.stem}: first {opened(path, 1)[0]:.2f} s")


if __name__ == "__main__":
    main()
