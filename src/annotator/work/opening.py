"""Opening a round as it was planned."""

from collections.abc import Sequence

from annotator.errors import AnnotatorError
from annotator.store.known_answers import Answer
from annotator.store.people import people, refuse_twin
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, open_round, rounds
from annotator.work.design import Plan


def refuse_clash(project: Project, name: str, coders: tuple[str, ...]) -> None:
    """Refuse names that a round cannot have, as opening it would, but without writing anything.

    Raises:
        AnnotatorError: There is a round of this name, or a coder is one of the project's people
            but for capital letters.
    """
    if any(row.name == name for row in rounds(project)):
        raise AnnotatorError(f"There is already a round named {name}; choose another name.")
    with project.reading() as connection:
        known = people(connection)
    for coder in coders:
        refuse_twin(coder, known)
        known.add(coder)


def open_planned(
    project: Project,
    name: str,
    purpose: str,
    plan: Plan,
    actor: str,
    known: Sequence[Answer] = (),
) -> RoundRow:
    """Open a round and give every coder their passages, all in one transaction.

    Args:
        project: The project.
        name: What the round is called.
        purpose: What it is for.
        plan: Who codes what in it.
        actor: Who opens it.
        known: The right codings of its gold passages, which no coder sees.

    Raises:
        AnnotatorError: The name is taken, or a coder is one of the project's people but for
            capital letters; nothing is changed then.
    """
    design = plan.design
    return open_round(
        project,
        name=name,
        purpose=purpose,
        order=design.order,
        seed=design.seed,
        coders=sorted(design.coders),
        actor=actor,
        passages={(one.report, one.number) for queue in plan.queues.values() for one in queue},
        design=plan.kept(),
        assignments=plan.queues,
        known=known,
    )
