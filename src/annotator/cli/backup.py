"""`annotator backup`: copy a project safely, also while people code in it."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import say
from annotator.cli.projects import opened

EXAMPLES = ("annotator backup backups/aleppo-monday.db",)


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The copy to write; nothing may be there.")
    ],
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Write a copy of a project to a new file and see that it can be read.

    Never copy a project file by other means while it is in use.
    """
    with opened(project) as source:
        from annotator.store.copies import backup as copied

        say(f"{copied(source, file)}: the copy is written and checked.")
