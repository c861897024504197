"""Time `annotator agreement` as people run it: start-up, every table, and the HTML report.

One project of claims (1,000 passages, 3 coders; budget 3 s) and one of the light codebook (10,000
passages, 3 coders; budget 2 s). Processor time of the whole process, best of several runs.

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
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        claims = project(Path(folder) / "claims.db", 1_000, 3, Rates())
        light = generated.project(Path(folder) / "light.db", 10_000)
        generated.add_codings(light, 3)
        html = ("--html", Path(folder) / "agreement.html")
        print(f"{'':<34}{'claims, 1,000 x 3':>20}{'light, 10,000 x 3':>20}")
        for name, arguments in (
            ("as it is (budget 3 and 2 s)", ()),
            ("codes only", ("--by", "code")),
            ("by code, coder, week and batch", EVERYTHING),
            ("the HTML report", html),
        ):
            took = [
                process_seconds(runs, "-m", "annotator", "agreement", path, *arguments)
                for path in (claims, light)
            ]
            print(f"{name:<34}{took[0]:>18.2f} s{took[1]:>18.2f} s")


if __name__ == "__main__":
    main()
