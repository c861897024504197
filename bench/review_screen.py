"""What the review screen costs, beside a minimal Textual app in the same run.

Both run on a pseudo-terminal of 80x24 as a user starts them, in turns. Three coders have coded
every passage with errors of their own; the lead takes sides, and goes through differences.

    python bench/review_screen.py [--passages 10000] [--codebook perpetrators|claims] [--rounds 2]

first     processor time from the process's start until the first disagreement is on the screen
settle    the key of a reason: write the decision, find the next disagreement, paint it; median
key       the other keys, median
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import screen
from known_truth import known_truth_project

KEYS = {
    "settle and next": ["~1", "s"],
    "next difference": ["tab", "shift+tab"],
    "take a part": ["a", "~a"],
    "later, next": ["}"],
    "show what is agreed": ["F"],
}


def reviewed(path: Path) -> screen.Subject:
    """The review screen of a lead who coded nothing."""
    command = [sys.executable, "-m", "annotator", "review", "--project", str(path)]
    return screen.Subject("review", [*command, "--lead", "lina"], "settled ", KEYS, leave="Q")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--codebook", choices=("perpetrators", "claims"), default="perpetrators")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--presses", type=int, default=40)
    args = parser.parse_args()
    os.environ.pop("CI", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.db"
        known_truth_project(path, codebook=args.codebook, passages=args.passages, codings=3)
        ours = reviewed(path)
        minimal = screen.Subject(
            "minimal app",
            [sys.executable, "-c", screen.MINIMAL.format(database=True)],
            "ready for keys",
            {"key": ["x"]},
        )
        for _ in range(args.rounds):
            for subject in (minimal, ours):
                screen.run_once(subject, args.presses)
    floor = statistics.median(minimal.key_cpu["key"])
    print(f"{args.passages:,} passages x 3 coders, {args.codebook}; processor ms, medians")
    print(f"{'':24}{'ms':>9}{'/ minimal':>11}{'bytes':>8}")
    rows = [
        ("minimal app: first", statistics.median(minimal.start_cpu), None),
        ("minimal app: key", floor, statistics.median(minimal.key_bytes["key"])),
        ("review: first", statistics.median(ours.start_cpu), None),
        *(
            (f"review: {name}", statistics.median(found), statistics.median(ours.key_bytes[name]))
            for name, found in ours.key_cpu.items()
        ),
    ]
    for name, cost, sent in rows:
        least = rows[0][1] if sent is None else floor
        shown = "" if sent is None else f"{sent:8.0f}"
        print(f"{name:24}{cost:9.1f}{cost / least:11.2f}{shown:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
