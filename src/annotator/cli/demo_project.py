"""The demo's project: sample reports, the shipped codebook, and what two coders made of them."""

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.corpus.readers import read_file
from annotator.errors import AnnotatorError
from annotator.exchange.codings import import_codings
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.store.rounds import Order, Purpose, open_round

CODEBOOK = "perpetrators"
CODERS = ("amal", "basim")
LEAD = "lina"
ROUND = "main"

Tell = Callable[[str, Sequence[str | Path], str], None]
"""Takes a heading, the arguments of the command that does the same, and the result in words."""

_DATA = Path(__file__).resolve().parents[1] / "demo_data"
_DATE_LENGTH = len("2016-12-21")


def command_line(*arguments: str | Path) -> str:
    """A command as the user can type it: by the program's name, or by its path if need be."""
    program = ["annotator"]
    if shutil.which("annotator") is None:
        called = Path(sys.argv[0])
        is_script = called.name == "annotator"
        program = [str(called)] if is_script else ["python", "-m", "annotator"]
    return shlex.join([*program, *map(str, arguments)])


def make_demo(folder: Path, name: str, tell: Tell) -> Path:
    """Make the demo project, with everything that goes into it as files beside it.

    Args:
        folder: Where to make it; made if need be.
        name: The name of the project file, which must not be there yet.
        tell: Called after each step.

    Returns:
        The project file, which is there only when all of it is done.

    Raises:
        AnnotatorError: It cannot be written.
    """
    project_path, unfinished = folder / name, folder / f".unfinished-{name}"
    try:
        reports = _copied("reports", folder)
        codings = _copied("codings", folder)
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise AnnotatorError(
            f"{folder}: the demo cannot be written there ({error.strerror}); name another folder "
            "with --at."
        ) from None
    book = read_codebook(find_codebook(CODEBOOK))
    with create_project(
        unfinished, name="demo", codebook_source=book.source, codebook=book, actor=LEAD
    ) as project:
        at = ("--project", project_path)
        tell(
            "A project with a codebook",
            ("init", "--codebook", CODEBOOK, *at),
            f"{project_path}: codebook {book.id} {book.version}, {book.title}.",
        )
        reports.sort(key=lambda path: path.stem[-_DATE_LENGTH:])
        told = "\n".join(_import(project, path) for path in reports)
        tell("Reports become passages", ("import", *reports, *at), told)
        open_round(
            project,
            name=ROUND,
            purpose=Purpose.MAIN,
            order=Order.READING,
            seed=0,
            coders=None,
            actor=LEAD,
        )
        tell(
            "A round of coding",
            ("round", "new", ROUND, *at),
            f"Round {ROUND} is open: all passages, in reading order, for anyone.",
        )
        for path in codings:
            added = import_codings(path, project, ROUND, actor=LEAD).added
            tell(
                f"What {path.stem} coded",
                ("codings", "import", path, *at),
                f"{added} codings by {path.stem}.",
            )
    unfinished.replace(project_path)
    return project_path


def _copied(kind: str, folder: Path) -> list[Path]:
    target = folder / kind
    target.mkdir(parents=True, exist_ok=True)
    return [
        Path(shutil.copyfile(source, target / source.name))
        for source in sorted((_DATA / kind).iterdir())
        if source.is_file()
    ]


def _import(project: Project, path: Path) -> str:
    source = read_file(path)
    added = import_reports(project, source, source, LEAD)
    return f"{path.name}: {added.passages} passages, {source.reports[0].headline}"
