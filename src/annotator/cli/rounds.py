"""`annotator round close`: end a round of coding."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import say
from annotator.cli.projects import opened

CLOSE_EXAMPLES = ("annotator round close pilot",)


def close(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The round.")],
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
) -> None:
    """Close a round: nothing more is coded in it; what is coded stays."""
    from annotator.store.rounds import close_round
    from annotator.work.rounds import round_named

    with opened(project) as target:
        close_round(target, round_named(target, name).id, actor=by)
    say(f"Round {name} is closed.")
