"""Which round a lead or an analyst means."""

from annotator.errors import AnnotatorError
from annotator.store.project import Project
from annotator.store.rounds import Purpose, RoundRow, RoundState, named_round, rounds


def round_named(project: Project, name: str | None = None) -> RoundRow:
    """The round of a name, open or closed; without a name the only one, or the only open one.

    Rounds that train coders are meant without a name only where there is no other: what was coded
    in them is nobody's result.

    Raises:
        AnnotatorError: There is no such round, or several could be meant.
    """
    there = rounds(project)
    if not there:
        raise AnnotatorError(
            f"{project.location}: there is no round yet; open one with `annotator round new`."
        )
    if name is not None:
        return named_round(project, name)
    there = [row for row in there if row.purpose is not Purpose.TRAINING] or there
    running = [row for row in there if row.state is RoundState.OPEN]
    for candidates in (there, running):
        if len(candidates) == 1:
            return candidates[0]
    names = ", ".join(row.name for row in there)
    raise AnnotatorError(f"There are several rounds; say which with --round: {names}.")
