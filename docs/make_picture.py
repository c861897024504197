"""Draw the picture of the coding screen that README.md shows.

    python docs/make_picture.py [PICTURE.svg]

Makes a project from a sample report of the demo and the codebook of claims, opens the real coding
screen on it at 80 columns and 24 rows, codes a claim and begins another by their keys, and writes
what is on the screen as SVG.
"""

import asyncio
import re
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
REPORT = HERE.parent / "src" / "annotator" / "demo_data" / "reports" / "daily-2016-03-04.txt"
SIZE = (80, 24)
KEYS = (
    *("space", *["down"] * 3, "end", "left", "C"),  # a claim on the marked words
    *("space", "i", "space", "space", "space"),  # offers taken; one incident, by its key
    *(["up"] * 5), *(["down"] * 4), "home",
    *("space", "down", "down", "end", "C"),
    *("space", "i", "space"),  # the number is offered now, and not taken yet
)  # fmt: skip


async def draw(target: Path) -> None:
    """Code on the screen and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        source = find_codebook("claims")
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
    # Whoever opens the picture must not have a typeface fetched from a network for it.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    target.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "coding-screen.svg"))
