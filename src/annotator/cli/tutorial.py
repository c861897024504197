"""`annotator tutorial`: learn the keys by doing, on three short passages."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured_for_screen
from annotator.cli.keys import KeymapName
from annotator.cli.output import say
from annotator.cli.terminal import on_screen
from annotator.config.settings import Settings

EXAMPLES = ("annotator tutorial", "annotator tutorial --keymap vi", "annotator tutorial --plain")

_DATA = Path(__file__).resolve().parents[1] / "demo_data" / "tutorial"
_CODER = "you"


def tutorial(
    keymap: Annotated[
        KeymapName | None,
        typer.Option(
            help="Learn a built-in keymap as it is; without this, the keys you have by your "
            "config file.",
            show_default=False,
        ),
    ] = None,
    plain: options.Plain = False,
) -> None:
    """Learn to code in five minutes: what to do is said step by step, and each step is checked.

    It is done on three short invented passages in a temporary project, which is gone when you
    leave. Any step can be skipped, and the whole of it begun again as often as you like.
    """
    settings = configured_for_screen()
    if keymap is not None:
        settings = settings._replace(keymap=keymap.value, keys={}, text_keys={})
    screen = on_screen(plain)
    with TemporaryDirectory(prefix="annotator-tutorial-") as folder:
        path = make_tutorial(Path(folder))
        if screen:
            from annotator.tui.tutorial import run_tutorial

            run_tutorial(str(path), settings.coder or _CODER, settings)
        else:
            _run_plainly(path, settings)


def make_tutorial(folder: Path) -> Path:
    """Make the tutorial's project in a folder; the project file."""
    from annotator.codebook.reader import read_codebook
    from annotator.corpus.readers import read_file
    from annotator.store.corpus import import_reports
    from annotator.store.making import create_project

    book = read_codebook(_DATA / "tutorial.yaml")
    source = read_file(_DATA / "tutorial.txt")
    path = folder / "tutorial.db"
    with create_project(
        path, name="tutorial", codebook_source=book.source, codebook=book, actor=_CODER
    ) as project:
        import_reports(project, source, source, _CODER)
    return path


def _run_plainly(path: Path, settings: Settings) -> None:
    from annotator.cli.plain import run_plain
    from annotator.cli.plain_tutorial import TutorialLines
    from annotator.cli.projects import opened
    from annotator.work.session import CodingSession
    from annotator.work.start import desk_for
    from annotator.work.work_clock import habits_of

    with opened(str(path)) as project:
        desk = desk_for(project, None, settings.coder or _CODER)
        session = CodingSession(desk, habits=habits_of(settings))
        lines = TutorialLines(session)
        run_plain(session, lines)
        lines.close()
    say("The tutorial's project is gone; annotator tutorial begins again.")
