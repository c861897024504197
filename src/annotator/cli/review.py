"""`annotator review`: settle the disagreements of a round, on the screen or in plain prompts."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.configured import configured_for_screen
from annotator.cli.person import person
from annotator.cli.projects import checked, opened
from annotator.cli.terminal import on_screen

EXAMPLES = (
    "annotator review --lead lina",
    "annotator review --lead lina --round pilot --plain",
)


def review(
    lead: Annotated[str, typer.Option(metavar="NAME", help="Who settles.", show_default=False)],
    round_name: options.Round = None,
    plain: options.Plain = False,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Settle the passages that were coded differently, the lowest agreement first.

    Codings stand side by side without names and in random order. Nobody settles a passage they
    coded themselves.
    """
    name = person(lead, "--lead")
    if on_screen(plain):
        from annotator.tui.review import run_review

        run_review(checked(project), round_name, name, configured_for_screen())
        return
    with opened(project) as target:
        from annotator.cli.lines import Lines
        from annotator.cli.plain_review import run_plain_review
        from annotator.work.review import ReviewSession
        from annotator.work.rounds import round_named

        session = ReviewSession(target, round_named(target, round_name), name)
        run_plain_review(session, Lines())
