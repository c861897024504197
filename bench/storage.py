"""Import, save and memory beside their floors, in one run.

    python bench/storage.py [--passages 10000 100000] [--saves 400]

import  reading a JSON Lines file of reports into a new project, against the same file read with
        `json` and inserted by `sqlite3.executemany` into two tables
save    one coded passage made durable, against two rows inserted and committed with raw `sqlite3`
        in WAL mode with `synchronous=FULL`; the first and the last saves apart, to see growth
memory  peak of an idle coding session of the largest project (`bench/screen.py` has the screen's)

Processor time is compared, for that is steadier than the wall on a shared machine. Import is
measured inside one process after the modules are loaded, and as a whole command.
"""

import argparse
import json
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generated


def children_cpu() -> float:
    """Seconds of processor time of all finished child processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def floor_import(file: Path, target: Path) -> None:
    """Read the reports, split them at blank lines, insert them: nothing else."""
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, name TEXT, text TEXT)")
    connection.execute(
        "CREATE TABLE passage (id INTEGER PRIMARY KEY, report INTEGER, number INTEGER, text TEXT)"
    )
    with file.open(encoding="utf-8") as stream, connection:
        rows = [json.loads(line) for line in stream]
        connection.executemany(
            "INSERT INTO report (name, text) VALUES (?, ?)",
            [(row["title"], row["text"]) for row in rows],
        )
        connection.executemany(
            "INSERT INTO passage (report, number, text) VALUES (?, ?, ?)",
            [
                (report, number, text)
                for report, row in enumerate(rows, 1)
                for number, text in enumerate(row["text"].split("\n\n"), 1)
            ],
        )
    connection.close()


def measure_import(folder: Path, passages: int) -> None:
    """Compare importing with its floor."""
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook
    from annotator.corpus.readers import read_file
    from annotator.store.corpus import import_reports
    from annotator.store.making import create_project

    file = generated.reports_file(folder / f"reports{passages}.jsonl", passages)
    floors, ours = [], []
    for attempt in range(3):
        start = time.process_time()
        floor_import(file, folder / f"floor{passages}-{attempt}.db")
        floors.append(time.process_time() - start)
        source = find_codebook("perpetrators")
        project = create_project(
            folder / f"ours{passages}-{attempt}.db",
            name="bench",
            codebook_source=source.read_text(encoding="utf-8"),
            codebook=read_codebook(source),
            actor="bench",
        )
        start = time.process_time()
        read = read_file(file)
        import_reports(project, read, read, "bench")
        ours.append(time.process_time() - start)
        project.close()
    floor, our = statistics.median(floors), statistics.median(ours)
    whole = folder / f"whole{passages}.db"
    for command in (
        ["init", "--codebook", "perpetrators", "--project", str(whole)],
        ["import", str(file), "--project", str(whole)],
    ):
        before = children_cpu()
        subprocess.run(
            [sys.executable, "-m", "annotator", *command], check=True, capture_output=True
        )
    print(
        f"import {passages:>7} passages   floor {floor:6.2f} s   ours {our:6.2f} s"
        f"   x{our / floor:4.1f}   whole command {children_cpu() - before:6.2f} s"
    )


def measure_save(folder: Path, saves: int) -> None:
    """Compare saving one coded passage with its floor, and the first saves with the last."""
    from annotator.coding.form import from_form
    from annotator.store.project import open_project
    from annotator.work.start import desk_for

    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE label (id INTEGER PRIMARY KEY, passage INTEGER, code TEXT)")
    floor = []
    for number in range(saves):
        start = time.process_time()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO label (passage, code) VALUES (?, ?)", (number, "a"))
        raw.execute("INSERT INTO label (passage, code) VALUES (?, ?)", (number, "b"))
        raw.execute("COMMIT")
        floor.append(time.process_time() - start)
    path = generated.project(folder / "save.db", max(saves + 10, 10_000))
    with open_project(path) as project:
        desk = desk_for(project, None, "amal")
        at = desk.first_open()
        kept, submitted = [], []
        for _ in range(saves):
            assert at is not None
            item = desk.item(at)
            form = {"perpetrator": ["regime_shelling"], "cause": ["shelling"], "killed": "12+"}
            done = from_form(form, desk.codebook, item.text, item.start)
            blank = from_form({}, desk.codebook, item.text, item.start)
            start = time.process_time()
            desk.save(item.assignment_id, blank, done, "x", "", 1.0)
            kept.append(time.process_time() - start)
            start = time.process_time()
            at = desk.submit(item.assignment_id, done, "", 1.0).next
            submitted.append(time.process_time() - start)
    base = statistics.median(floor)
    tenth = saves // 10
    for name, values in (("keep a change", kept), ("submit a passage", submitted)):
        middle = statistics.median(values)
        first, last = statistics.median(values[:tenth]), statistics.median(values[-tenth:])
        print(
            f"{name:18} floor {base * 1000:5.2f} ms   ours {middle * 1000:5.2f} ms"
            f"   x{middle / base:4.1f}   first tenth {first * 1000:5.2f}   last {last * 1000:5.2f}"
        )


def measure_memory(folder: Path, passages: int) -> None:
    """Peak memory of a session without a screen on a large project."""
    path = generated.project(folder / "memory.db", passages)
    # The kernel's VmHWM: what getrusage names includes the size of the process that started it.
    script = (
        "import pathlib, sys\n"
        "from annotator.store.project import open_project\n"
        "from annotator.work.start import desk_for\n"
        "from annotator.work.session import CodingSession\n"
        "with open_project(sys.argv[1]) as project:\n"
        "    CodingSession(desk_for(project, None, 'amal'))\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)\n"
    )
    for visit in ("first visit, the queue is made", "every later visit"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True
        )
        print(f"session of {passages} passages, {visit}: peak {done.stdout.strip()} MiB")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--saves", type=int, default=400)
    args = parser.parse_args()
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, ", end="")
    print(f"{os.cpu_count()} cores; processor time, medians")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for passages in args.passages:
            measure_import(folder, passages)
        measure_save(folder, args.saves)
        measure_memory(folder, max(args.passages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
