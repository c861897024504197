"""`annotator verify`: see that nothing in a project was lost or changed."""

from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, say
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

EXAMPLES = ("annotator verify", "annotator verify --json", "annotator verify --rebuild")


def verify(
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Make the tables anew from the events, if they differ, after a checked copy.",
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Check the chain of events, the hashes of all texts, and that every table follows from them.

    Ends with exit code 1 if anything is wrong. What coders and leads decided is in the events, so
    --rebuild mends tables that were changed behind the program's back; a damaged file, event or
    text it cannot mend.
    """
    copy = None
    with opened(project, read_only=not rebuild) as source:
        from annotator.store.verify import mend
        from annotator.store.verify import verify as found_by

        problems = found_by(source)
        if rebuild and problems:
            copy = mend(source)
            problems = found_by(source)
    if as_json:
        print_json({"problems": problems} | ({"copy": str(copy)} if copy else {}))
    else:
        for problem in problems:
            say(problem)
        if copy:
            say(f"{copy}: a copy of the project as it was before its tables were made anew.")
    if problems:
        raise WorkProblem(
            f"{source.location}: {many(len(problems), 'problem')}; unless it says above what mends "
            "it, keep this file as it is and go back to a backup."
        )
    if not as_json:
        say(f"{source.location}: everything is as it was written.")
