"""`annotator code`: code passages, on the coding screen or in plain prompts."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured
from annotator.cli.output import say
from annotator.cli.projects import opened
from annotator.cli.quick import code_on_screen, coder_named
from annotator.cli.terminal import on_screen
from annotator.config.settings import Settings

EXAMPLES = (
    "annotator code --coder amal",
    "annotator code --coder amal --plain",
    "annotator code --coder amal --plain < answers.txt",
)


def code(
    coder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who is coding; may be left out where the config file says it.",
            show_default=False,
        ),
    ] = None,
    round_name: options.Round = None,
    plain: options.Plain = False,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Step through your open passages and code them; it begins where you stopped.

    Every change is saved at once. If the project has no round yet, a round named main is opened:
    all passages, in reading order, for anyone.
    """
    settings = configured()
    name = coder_named(coder, settings)
    if on_screen(plain):
        code_on_screen(project, round_name, name)
    else:
        _code_plainly(project, round_name, name, settings)


def _code_plainly(location: str, round_name: str | None, coder: str, settings: Settings) -> None:
    with opened(location) as project:
        from annotator.cli.lines import Lines
        from annotator.cli.plain import run_plain
        from annotator.store.rounds import rounds
        from annotator.work.session import CodingSession
        from annotator.work.start import FIRST_ROUND, desk_for
        from annotator.work.work_clock import habits_of

        is_first = not rounds(project)
        desk = desk_for(project, round_name, coder)
        session = CodingSession(desk, habits=habits_of(settings))
        if is_first:
            say(f"The round {FIRST_ROUND} is open now: all passages, in reading order, for anyone.")
        run_plain(session, Lines())
