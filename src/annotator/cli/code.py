"""`annotator code`: code passages, on the coding screen or in plain prompts."""

import os
import sys
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.options import person
from annotator.cli.output import say
from annotator.cli.projects import checked, opened
from annotator.errors import AnnotatorError

EXAMPLES = (
    "annotator code --coder amal",
    "annotator code --coder amal --plain",
    "annotator code --coder amal --plain < answers.txt",
)


def code(
    coder: Annotated[str, typer.Option(metavar="NAME", help="Who is coding.", show_default=False)],
    round_name: options.Round = None,
    plain: options.Plain = False,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Step through your open passages and code them; it begins where you stopped.

    Every change is saved at once. If the project has no round yet, a round named main is opened:
    all passages, in reading order, for anyone.
    """
    name = person(coder, "--coder")
    if on_screen(plain):
        from annotator.tui.app import run_coding

        run_coding(checked(project), round_name, name)
    else:
        _code_plainly(project, round_name, name)


def at_terminal() -> bool:
    """Whether there is a person at a terminal, both to read and to type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def on_screen(plain: bool) -> bool:
    """Whether to open a screen rather than ask in plain lines.

    Args:
        plain: Whether plain lines were asked for.

    Raises:
        AnnotatorError: They were not, and there is no terminal for a screen.
    """
    if plain:
        return False
    if not at_terminal():
        raise AnnotatorError(
            "There is no terminal for the screen; add --plain to work in plain lines."
        )
    if os.environ.get("TERM", "dumb") == "dumb":
        say("This terminal (TERM=dumb) can show no screen; going on in plain lines.")
        return False
    return True


def _code_plainly(location: str, round_name: str | None, coder: str) -> None:
    with opened(location) as project:
        from annotator.cli.lines import Lines
        from annotator.cli.plain import run_plain
        from annotator.store.rounds import rounds
        from annotator.work.session import CodingSession
        from annotator.work.start import FIRST_ROUND, desk_for

        is_first = not rounds(project)
        session = CodingSession(desk_for(project, round_name, coder))
        if is_first:
            say(f"The round {FIRST_ROUND} is open now: all passages, in reading order, for anyone.")
        run_plain(session, Lines())
