"""`annotator demo`: a project to try everything on, made from sample reports."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli.code import code
from annotator.cli.output import say
from annotator.cli.terminal import at_terminal
from annotator.errors import AnnotatorError

EXAMPLES = (
    "annotator demo",
    "annotator demo --at /tmp/try --fresh",
    "annotator demo < /dev/null",
)
_PROJECT = "demo.db"
_CODER = "you"
_MOST = 1000


def demo(
    at: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The folder to make the project in; else demo, or without a terminal a new "
            "temporary one.",
            show_default=False,
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Make a new project in a folder beside one that is there already."
        ),
    ] = False,
) -> None:
    """Make a project from sample reports, coded by two people, and open it for a third: you.

    Without a terminal it walks the whole path instead and prints what comes out: reports, two
    coders' codings, agreement, a settled disagreement, an export.
    """
    if at_terminal():
        _on_terminal(at or Path("demo"), fresh)
    else:
        _walk(at, fresh)


def _on_terminal(at: Path, fresh: bool) -> None:
    from annotator.cli.demo_project import LEAD, command_line, make_demo

    folder = _unused(at) if fresh else at
    project = folder / _PROJECT
    if project.exists():
        say(f"{project} is there already, so you go on with it; --fresh makes a new one beside it.")
    else:
        make_demo(folder, _PROJECT, lambda *told: None)
    code(_CODER, None, False, str(project))
    say(f"Your codings are kept in {project}. What you can do next:")
    option = ("--project", project)
    for arguments in (
        ("code", "--coder", _CODER, *option),
        ("agreement", *option),
        ("review", "--lead", LEAD, *option),
        ("export", *option),
    ):
        say(f"  {command_line(*arguments)}")


def _walk(at: Path | None, fresh: bool) -> None:
    from tempfile import mkdtemp

    from annotator.cli.demo_walk import walk

    if at is None:
        folder = Path(mkdtemp(prefix="annotator-demo-"))
    else:
        folder = _unused(at) if fresh or (at / _PROJECT).exists() else at
    walk(folder, _PROJECT)


def _unused(at: Path) -> Path:
    """The folder, or the first of `FOLDER-2`, `FOLDER-3`, … that holds no demo yet."""
    for number in range(1, _MOST):
        folder = at if number == 1 else at.with_name(f"{at.name}-{number}")
        if not (folder / _PROJECT).exists():
            return folder
    raise AnnotatorError(f"{at}: there are {_MOST} demos beside it; name another folder with --at.")
