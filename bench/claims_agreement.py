"""Time agreement on claims: aligning the records of every passage, and all that is told of them.

The floor is reading the codings, which any measure of them has to do. The project has claims whose
truth and whose coders' error rates are known (tests/support/generated_claims.py), so that what
comes out can be seen to be right beside how long it took. Processor time, best of several runs.

    python bench/claims_agreement.py [--passages 1000] [--coders 3]
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from annotator.codebook.model import Codebook
from annotator.store.codings import CodingRow, codings
from annotator.store.project import open_project
from annotator.work.aligned_units import CodedPassage, aligned_units
from annotator.work.claim_agreement import claim_agreement
from annotator.work.reliability import reliability
from annotator.work.variable_agreement import Choices
from generated_claims import Rates, project

T = TypeVar("T")


def seconds(work: Callable[[], T], repeats: int = 3) -> tuple[float, T]:
    """Processor time of one call, the best of several, and what it gave."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        given = work()
        best = min(best, time.process_time() - start)
    return best, given


def command_seconds(path: Path) -> float:
    """Processor time of the whole command, start-up and tables included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "annotator", "agreement", str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def passages(rows: list[CodingRow]) -> list[CodedPassage]:
    """The codings by passage."""
    made: dict[int, list[CodingRow]] = {}
    for row in rows:
        made.setdefault(row.passage_id, []).append(row)
    return [
        CodedPassage(
            here[0].report_key, tuple(row.coder for row in here), tuple(row.form for row in here)
        )
        for here in made.values()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--coders", type=int, default=3)
    chosen = parser.parse_args()
    rates = Rates()
    with tempfile.TemporaryDirectory() as folder:
        path = project(Path(folder) / "claims.db", chosen.passages, chosen.coders, rates)
        with open_project(path, read_only=True) as opened:
            floor, rows = seconds(lambda: list(codings(opened)))
            codebook: Codebook = opened.codebook_version(rows[0].codebook_sha256)
            coded = passages(rows)
            aligning, units = seconds(lambda: aligned_units(coded, codebook))
            leaving_out = Choices(ci="jackknife")
            quick, _ = seconds(lambda: claim_agreement(coded, codebook, leaving_out))
            measuring, found = seconds(lambda: claim_agreement(coded, codebook))
            whole, _ = seconds(lambda: reliability(opened))
        command = min(command_seconds(path) for _ in range(3))
    claims = found[0]
    print(
        f"{chosen.passages} passages, {chosen.coders} coders, {len(rows)} codings, "
        f"{sum(len(unit.records) for unit in units.values()) - len(coded)} different records"
    )
    print("                                   CPU s   ratio")
    print(f"read the codings (floor)        {floor:>8.3f}")
    for name, took in (
        ("align every record", aligning),
        ("align and measure, jackknife", quick),
        ("align and measure, BCa", measuring),
        ("whole reliability, read anew", whole),
        ("whole command, with start-up", command),
    ):
        print(f"{name:<32}{took:>8.3f} {took / floor:>7.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    kind = next(one for one in claims.variables if one.variable == "kind")
    matched, with_missed = kind.matched[1], kind.with_missed[1]
    print(
        f"F1 of claims {claims.found.f1.value:.3f} (coders find {rates.found}, invent "
        f"{rates.invented} a passage); alpha of kind {matched.value:.3f} on matched claims "
        f"(expected {rates.right**2:.3f}), {with_missed.value:.3f} with missed ones"
    )


if __name__ == "__main__":
    main()
