"""Write the sample export in `exports/sample/` anew.

    python docs/make_sample.py

Makes the demo's project, settles its first disagreement as the demo does, and exports it with the
texts of its (fictional) reports. Ids and times are those of this run.
"""

import shutil
import tempfile
from pathlib import Path

from annotator.cli.demo_project import LEAD, make_demo
from annotator.coding.model import Coding
from annotator.exchange.export import export_project
from annotator.store.project import open_project
from annotator.work.review import ReviewSession
from annotator.work.rounds import round_named

SAMPLE = Path(__file__).resolve().parents[1] / "exports" / "sample"


def _says_mines(coding: Coding) -> bool:
    answer = coding.answers.get("perpetrator")
    return answer is not None and answer.value == ("mines",)


def main() -> None:
    """Make the export and put it where the old one was."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_demo(Path(folder), "demo.db", lambda *_: None)
        with open_project(path) as project:
            review = ReviewSession(project, round_named(project), LEAD)
            while (case := review.current()) is not None:
                sides = [side for side in case.sides if _says_mines(side.coding)]
                if len(sides) == 1:
                    review.take(sides[0].letter)
                    review.settle("outside_knowledge", "Nobody is said to have laid the mine.")
                    break
                review.skip()
            made = export_project(project, Path(folder) / "exports", actor=LEAD, with_text=True)
        shutil.rmtree(SAMPLE, ignore_errors=True)
        shutil.move(made.folder, SAMPLE)


if __name__ == "__main__":
    main()
