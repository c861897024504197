"""Export of 10,000 passages x 3 codings with text, beside a floor, in one run.

The floor is what a script of one's own would do: raw sqlite3 over the project file to one
csv.writer, a row per coding, variable and chosen code with the text of its passage. Ours is
`export_project(with_text=True)`: every table, descriptions and hashes, on the disk. Both run in
processes of their own and count CPU seconds of all they do after their imports.

    python bench/export.py [--passages 10000] [--coders 3] [--runs 3]
"""

import argparse
import csv
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PER_REPORT = 20
SENTENCES = (
    "The monitors recorded that shells fell on the market of Tal Amrit at dawn.",
    "People were killed and wounded there while others fled towards the river.",
    "قُتل مدنيون في السوق بحسب شهود عيان.",
    "A second source puts the number of dead higher and names nobody.",
)


def make_project(path: Path, passages: int, coders: int) -> None:
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook
    from annotator.coding.model import Answer, Coding, Span, State
    from annotator.coding.values import Count
    from annotator.corpus.readers import read_file
    from annotator.store.codings import NewCoding, add_codings
    from annotator.store.corpus import PassageRow, import_reports, iter_passages
    from annotator.store.making import create_project
    from annotator.store.rounds import open_round

    chance = random.Random(7)
    codebook = read_codebook(find_codebook("perpetrators"))
    perpetrators = [code.id for code in codebook.variable("perpetrator").codes]
    causes = [code.id for code in codebook.variable("cause").codes]
    source = path.with_suffix(".jsonl")
    with source.open("w", encoding="utf-8") as file:
        for number in range(passages // PER_REPORT):
            text = "\n\n".join(" ".join(chance.choices(SENTENCES, k=6)) for _ in range(PER_REPORT))
            file.write(json.dumps({"id": f"report {number}", "text": text}) + "\n")

    def some(codes: list[str]) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(codes, chance.choice([1, 1, 2])), key=codes.index))

    def coding(row: PassageRow) -> Coding:
        first = Span(row.start, row.start + 30, row.text[:30])
        count = Count.parse(chance.choice(["9", "~30", "12+", "10-15", "2"]))
        missing = Answer(state=State.NOT_STATED)
        return Coding(
            {
                "perpetrator": Answer(some(perpetrators), evidence=(first,)),
                "cause": Answer(some(causes)),
                "killed": Answer(count),
                "children": missing,
                "women": missing,
            }
        )

    def codings() -> Iterator[NewCoding]:
        for row in iter_passages(project):
            for coder in range(coders):
                yield NewCoding(
                    one.id, row.report_key, row.number, f"coder {coder}", coding(row), 9.5
                )

    with create_project(
        path, codebook_source=codebook.source, codebook=codebook, actor="bench"
    ) as project:
        read = read_file(source, headings=False)
        import_reports(project, read, read.reports, "bench")
        one = open_round(
            project,
            name="main",
            purpose="main",
            order="reading",
            seed=1,
            coders=None,
            actor="bench",
        )
        add_codings(project, codings(), "bench")


def floor(path: Path, target: Path) -> Callable[[], int]:
    def run() -> int:
        connection = sqlite3.connect(path)
        texts = {}
        for text, spans in connection.execute(
            "SELECT text, (SELECT group_concat(id || ' ' || start || ' ' || end) FROM passage "
            "WHERE report_id = report.id) FROM report"
        ):
            for span in spans.split(","):
                passage, start, end = map(int, span.split())
                texts[passage] = text[start:end]
        rows = 0
        with (target / "floor.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["passage", "coder", "variable", "value", "state", "at", "text"])
            for passage, coder, variable, value, state, at in connection.execute(
                "SELECT passage_id, coder, variable, value, state, submitted_at FROM coding "
                "JOIN answer ON answer.coding_id = coding.id WHERE latest = 1 "
                "ORDER BY passage_id, coder"
            ):
                for code in (value or "").split("|"):
                    writer.writerow([passage, coder, variable, code, state, at, texts[passage]])
                    rows += 1
        return rows

    return run


def ours(path: Path, target: Path) -> Callable[[], int]:
    from annotator.exchange.export import export_project
    from annotator.store.project import open_project

    def run() -> int:
        with open_project(path) as project:
            result = export_project(project, target, actor="bench", with_text=True)
            return result.rows["data/codings_long.csv"]

    return run


def measure(what: str, path: Path, passages: int, coders: int) -> None:
    if what == "make":
        make_project(path, passages, coders)
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as target:
        run = (ours if what == "ours" else floor)(path, Path(target))
        start = time.process_time()
        rows = run()
        cpu = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"cpu": cpu, "rows": rows, "peak_mb": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--coders", type=int, default=3)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        what, path = asked.measure
        measure(what, Path(path), asked.passages, asked.coders)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        size = ["--passages", str(asked.passages), "--coders", str(asked.coders)]

        # The memory of a process counts from that of its parent: this one stays small.
        def child(what: str) -> str:
            command = [sys.executable, __file__, *size, "--measure", what, str(path)]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout

        child("make")
        cpu: dict[str, float] = {}
        print(f"{asked.passages} passages x {asked.coders} coders, median of {asked.runs} runs")
        for what in ("floor", "ours"):
            found = [json.loads(child(what)) for _ in range(asked.runs)]
            cpu[what] = statistics.median(one["cpu"] for one in found)
            peak = max(one["peak_mb"] for one in found)
            rows = found[0]["rows"]
            print(f"{what:6} {cpu[what]:6.2f} s CPU  {rows:8} long rows  peak {peak:4.0f} MB")
        print(f"ratio  {cpu['ours'] / cpu['floor']:6.2f}   (budget: 2)")


if __name__ == "__main__":
    main()
