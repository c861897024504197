"""Time `annotator status` as people run it, with 10,000 passages and 3 coders.

Processor time of the whole process, best of several runs; the budget is 1 s. The floor is a process
that opens the project and reads its rounds, and so loads all that any command of a project loads.

    python bench/status.py [--passages 10000] [--runs 5]
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from known_truth import known_truth_project
from measures import process_seconds

FLOOR = """
import sys
from annotator.store.project import open_project
from annotator.store.rounds import rounds
with open_project(sys.argv[1]) as project:
    rounds(project)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "light.db"
        known_truth_project(path, passages=asked.passages, coders=3, codings=3)
        floor = process_seconds(asked.runs, "-c", FLOOR, path)
        print(f"{asked.passages} passages x 3 coders")
        print(f"{'floor: open, read rounds':<30}{floor:>8.2f} s")
        for name, options in (
            ("status (budget 1 s)", ()),
            ("status --json", ("--json",)),
            ("status --agreement", ("--agreement",)),
        ):
            command = ("-m", "annotator", "status", *options, "--project", path)
            took = process_seconds(asked.runs, *command)
            print(f"{name:<30}{took:>8.2f} s{took / floor:>8.1f} x floor")


if __name__ == "__main__":
    main()
