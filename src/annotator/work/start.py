"""Sit a coder down: the round they code in and the passages they have in it."""

from annotator.store.assignments import assign
from annotator.store.desk import Desk
from annotator.store.project import Project
from annotator.store.rounds import active_round, open_first_round, rounds

FIRST_ROUND = "main"
"""The round that is opened when coding begins and nobody has opened one: everyone, everything."""

REPEATS_AFTER_DAYS = '"after_days"'
"""What stands in the design of a round that gives passages again after some days."""


def desk_for(project: Project, round_name: str | None, coder: str) -> Desk:
    """The desk of a coder, with every passage of the round that is theirs.

    Passages imported since the coder was last here, and those due to be coded again, are added at
    the end. If the project has no
    round at all, one named `main` is opened: all passages, in reading order, for any coder.

    Args:
        project: An open project.
        round_name: The round, or None for the only open one.
        coder: The coder's name.

    Raises:
        AnnotatorError: There is no such round, or it is closed, or the coder is not in it.
    """
    if round_name is None and not rounds(project):
        open_first_round(project, FIRST_ROUND, actor=coder)
    found = active_round(project, round_name)
    assign(project, found.id, coder, actor=coder)
    if REPEATS_AFTER_DAYS in found.design:
        from annotator.work.repeats import give_due

        give_due(project, found, coder, actor=coder)
    return Desk(project, found.id, coder)
