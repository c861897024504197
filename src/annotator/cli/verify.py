"""`annotator verify`: see that nothing in a project was lost or changed."""

from annotator.cli import options
from annotator.cli.output import many, print_json, say
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

EXAMPLES = ("annotator verify", "annotator verify --json")


def verify(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """Check the chain of events, the hashes of all texts, and that every table follows from them.

    Ends with exit code 1 if anything is wrong.
    """
    with opened(project, read_only=True) as source:
        from annotator.store.verify import verify as found_by

        problems = found_by(source)
    if as_json:
        print_json({"problems": problems})
    else:
        for problem in problems:
            say(problem)
    if problems:
        raise WorkProblem(
            f"{source.location}: {many(len(problems), 'problem')}; keep this file as it is and go "
            "back to a backup."
        )
    if not as_json:
        say(f"{source.location}: everything is as it was written.")
