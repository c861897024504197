"""Time `annotator agreement` as people run it: start-up, every table, and the HTML report.

One project of claims (1,000 passages, 3 coders; budget 3 s) and one of the light codebook (10,000
passages, 3 coders; budget 2 s, of which 1 s for the work). Processor time of the whole process,
best of several runs, with the modules compiled as an installation has them. The first row is the
same command on 20 passages, which is hardly more than starting.

    python bench/agreement_command.py [--runs 3]
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import generated
from generated_claims import Rates, project
from measures import process_seconds

EVERYTHING = ("--by", "code", "--by", "coder", "--by", "week", "--by", "batch")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--passages", type=int, nargs=2, default=(1_000, 10_000))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        few, many = (
            (
                project(folder / f"claims-{claims}.db", claims, 3, Rates()),
                light_project(folder / f"light-{light}.db", light),
            )
            for claims, light in ((20, 20), chosen.passages)
        )
        html = ("--html", folder / "agreement.html")
        claims, light = (
            f"{name}, {size:,} x 3"
            for name, size in zip(("claims", "light"), chosen.passages, strict=True)
        )
        print(f"{'':<34}{claims:>20}{light:>20}")
        for name, projects, arguments in (
            ("20 passages, nearly only starting", few, ()),
            ("as it is (budget 3 and 2 s)", many, ()),
            ("codes only", many, ("--by", "code")),
            ("by code, coder, week and batch", many, EVERYTHING),
            ("the HTML report", many, html),
        ):
            took = [
                process_seconds(chosen.runs, "-m", "annotator", "agreement", path, *arguments)
                for path in projects
            ]
            print(f"{name:<34}{took[0]:>18.2f} s{took[1]:>18.2f} s")


def light_project(path: Path, passages: int) -> Path:
    """A project of the light codebook, every passage coded by three."""
    generated.project(path, passages)
    generated.add_codings(path, 3)
    return path


if __name__ == "__main__":
    main()
