"""Draw the picture of the coding screen that README.md shows.

    python docs/make_picture.py [PICTURE.svg]

Makes a project from the sample reports of the demo, opens the real coding screen on it at 100
columns and 28 rows, codes a passage by its keys and writes what is on the screen as SVG.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.corpus.readers import read_file
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.tui.app import WorkApp
from annotator.tui.coding import CodingScreen
from annotator.work.session import CodingSession
from annotator.work.start import desk_for

HERE = Path(__file__).parent
REPORT = HERE.parent / "src" / "annotator" / "demo_data" / "reports" / "cumulative-2016-07-31.txt"
SIZE = (100, 28)
KEYS = (
    "h", "s",
    *(")", "right", "right", "right"),
    *("space", *["right"] * 8),
    "a",  # with words marked: they become its evidence
    "r", "o", "i", "left", "left",
)  # fmt: skip


async def draw(target: Path) -> None:
    """Code a passage on the screen and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        source = find_codebook("perpetrators")
        project = create_project(
            Path(folder) / "summer.db",
            name="summer",
            codebook_source=source.read_text(encoding="utf-8"),
            codebook=read_codebook(source),
            actor="lina",
        )
        report = read_file(REPORT)
        import_reports(project, report, report, "lina")
        screen = CodingScreen("amal")

        def opening() -> tuple[Project, Callable[[], None]]:
            session = CodingSession(desk_for(project, None, "amal"))
            return project, lambda: screen.begin(session)

        app = WorkApp(screen, opening)
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            await pilot.press(*KEYS)
            await pilot.pause()
            picture = app.export_screenshot(title="annotator code --coder amal")
        project.close()
    target.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "coding-screen.svg"))
