"""`annotator round assign`, `unlock`, `top-up`: who has what, once a round is under way."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, say
from annotator.cli.person import person
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError, WorkProblem

if TYPE_CHECKING:
    from annotator.store.assignments import Move
    from annotator.store.project import Project
    from annotator.store.rounds import RoundRow

ASSIGN_EXAMPLES = (
    "annotator round assign main --coder dana",
    "annotator round assign main --coder dana --passages 50 --dry-run",
    "annotator round assign main --from amal --to dana --idle 14",
)
UNLOCK_EXAMPLES = (
    "annotator round unlock main --idle 21 --dry-run",
    "annotator round unlock main --idle 0 --coder amal",
)
TOP_UP_EXAMPLES = (
    "annotator round top-up main --add 50",
    "annotator round top-up main --where-disagree --codings 3",
    "annotator round top-up main --repeats",
)

_IDLE_DAYS = 14


def assign(
    name: options.RoundName,
    coder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who gets passages; may be new in the round."),
    ] = None,
    passages: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="How many; else as many as make it as much as waits for the others.",
            show_default=False,
        ),
    ] = None,
    list_file: Annotated[
        Path | None,
        typer.Option(
            "--list",
            metavar="FILE",
            help="Just the passages in a CSV file with columns report and passage, or in what "
            "`annotator passages --json` printed.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Whose unsubmitted passages go to another."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Who gets them.")
    ] = None,
    idle: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            help="With --from: only if that coder did nothing for so many days.",
            show_default=False,
        ),
    ] = None,
    dry_run: options.DryRun = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Give a coder passages of a round: a late one a fair share, or what another left undone.

    First comes what fewer coders have than are to, then what those with most to do have not begun.
    What a coder began and did not submit stays theirs as a draft, should they get it again.
    """
    from annotator.work import assigning
    from annotator.work.mixed_moves import with_mixed_moves

    handed_over = source is not None or target is not None
    if handed_over is (coder is not None) or (source is None) is not (target is None):
        raise AnnotatorError("Give --coder, for a fair share or a list, or --from and --to.")
    if handed_over and (passages is not None or list_file is not None):
        raise AnnotatorError("--passages and --list go with --coder; --from gives all there is.")
    if idle is not None and not handed_over:
        raise AnnotatorError("--idle goes with --from; leave it out with --coder.")
    if passages is not None and list_file is not None:
        raise AnnotatorError("Give --passages or --list, not both.")
    getting = person(target or coder or "", "--to" if handed_over else "--coder")
    with opened(project, read_only=dry_run) as there:
        row = _round(there, name)
        assigning.check_target(there, row, getting)
        standing = assigning.standing(there, row)
        if source is not None:
            leaving = assigning.known_coder(standing, person(source, "--from"))
            if leaving == getting:
                raise AnnotatorError(f"{leaving} has these passages; name another with --to.")
            _refuse_busy(standing.since.get(leaving, row.opened_at), leaving, row, idle)
            moves = assigning.handed_over(standing, leaving, getting)
            nothing = f"{leaving} has nothing in the round {row.name} that is not submitted"
        elif list_file is not None:
            from annotator.exchange.passage_lists import listed_passages

            listed = listed_passages(there, list_file)
            moves = assigning.given_as_listed(standing, getting, listed)
            nothing = f"{getting} has all passages of the list in the round {row.name} already"
        else:
            share = assigning.fair_share(standing, getting, passages)
            moves = with_mixed_moves(there, row, getting, share, standing.has(getting))
            nothing = (
                f"Nothing in the round {row.name} lacks a coder, and nobody has more waiting than "
                f"{getting}"
            )
        why = f"given to {getting}"
        done = _carried_out(there, row, moves, by, why, nothing, dry_run=dry_run)
    _tell(row, done, dry_run=dry_run, as_json=as_json)
    given = sum(1 for move in done if move.target)
    if passages is not None and given < passages and not as_json:
        say(f"There is no more to give {getting}: {passages} were asked for.")


def unlock(
    name: options.RoundName,
    idle: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="For how many days a coder did nothing.")
    ] = _IDLE_DAYS,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this coder has.")
    ] = None,
    dry_run: options.DryRun = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Take back what waits for coders who do nothing, so that others can be given it.

    Idle is a coder who submitted nothing in the round, changed nothing and was given nothing for so
    many days. What they submitted stays; what they began comes back should they get it again.
    """
    from annotator.store.assignments import refuse_closed
    from annotator.work import assigning

    with opened(project, read_only=dry_run) as there:
        row = _round(there, name)
        refuse_closed(row)
        standing = assigning.standing(there, row)
        coders = list(standing.queues)
        if coder is not None:
            coders = [assigning.known_coder(standing, person(coder, "--coder"))]
        moves = assigning.unlocked(standing, coders, datetime.now(UTC), idle)
        whose = coder or "any coder"
        nothing = f"Nothing in the round {row.name} waits for {whose} who was idle for {idle} days"
        why = f"idle for {idle} days"
        done = _carried_out(there, row, moves, by, why, nothing, dry_run=dry_run)
    _tell(row, done, dry_run=dry_run, as_json=as_json)
    if not (dry_run or as_json):
        say(f"Next: annotator round assign {row.name} --coder NAME")


def top_up(
    name: options.RoundName,
    add: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="One more coder for so many passages, of those that fewest have.",
            show_default=False,
        ),
    ] = None,
    where_disagree: Annotated[
        bool,
        typer.Option(
            "--where-disagree",
            help="More coders for the passages on which coders differ and that are not settled.",
        ),
    ] = False,
    codings: Annotated[
        int | None,
        typer.Option(
            metavar="K",
            min=2,
            help="With --where-disagree: how many coders each is to have.",
            show_default=False,
        ),
    ] = None,
    repeats: Annotated[
        bool,
        typer.Option(
            "--repeats",
            help="The passages that are due to come again to the coders who coded them.",
        ),
    ] = False,
    dry_run: options.DryRun = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Let more coders code passages of a round, where that tells most or where coders differ.

    Each goes to a coder of the round who does not have it and has least waiting, at the end of
    their queue; nothing tells them why. Passages that come again after some days are given as
    their coders sit down, or here.
    """
    from annotator.store.assignments import refuse_closed
    from annotator.work import assigning
    from annotator.work.repeats import due

    asked = (add is not None) + where_disagree + repeats
    if asked != 1 or (codings is None) is where_disagree:
        raise AnnotatorError("Give --add N, --repeats, or --where-disagree with --codings K.")
    with opened(project, read_only=dry_run) as there:
        row = _round(there, name)
        refuse_closed(row)
        standing = assigning.standing(there, row)
        if repeats:
            moves = due(there, row)
            nothing = f"No passage of the round {row.name} is due to come again"
        elif add is not None:
            moves = assigning.more_overlap(standing, add)
            nothing = f"Every coder of the round {row.name} has every passage that anyone has"
        else:
            places = assigning.disputed(there, row)
            moves = assigning.overlap_up_to(standing, places, codings or 0)
            nothing = (
                f"No coder of the round {row.name} is left to code the "
                f"{many(len(places), 'passage')} on which coders differ, or each has {codings} "
                "coders"
                if places
                else f"Coders differ on no passage of the round {row.name} that is not settled"
            )
        done = _carried_out(there, row, moves, by, "", nothing, dry_run=dry_run)
    _tell(row, done, dry_run=dry_run, as_json=as_json)
    if as_json:
        return
    if add is not None and len(done) < add:
        say(f"That is all: there is nobody to code {add}.")
    if codings is not None and codings > len(standing.queues):
        say(f"The round has {many(len(standing.queues), 'coder')}, fewer than {codings}.")


# --- carrying out ---------------------------------------------------------------------------------


def _round(project: "Project", name: str) -> "RoundRow":
    from annotator.work.rounds import round_named

    return round_named(project, name)


def _refuse_busy(since: datetime, coder: str, row: "RoundRow", days: int | None) -> None:
    from annotator.work.round_progress import idle_days

    idle = idle_days(since, datetime.now(UTC))
    if days is not None and idle < days:
        raise WorkProblem(
            f"{coder} worked in the round {row.name}, or was given passages, {many(idle, 'day')} "
            "ago; nothing was moved."
        )


def _carried_out(
    project: "Project",
    row: "RoundRow",
    moves: Sequence["Move"],
    by: str,
    why: str,
    nothing: str,
    *,
    dry_run: bool,
) -> Sequence["Move"]:
    """Carry moves out, unless it is only to be said; those that were, or would be."""
    from annotator.store.assignments import move

    done = moves if dry_run else move(project, row.id, moves, by, why)
    if not done:
        raise WorkProblem(f"{nothing}; nothing was changed.")
    return done


def _tell(row: "RoundRow", moves: Sequence["Move"], *, dry_run: bool, as_json: bool) -> None:
    """Say in one line what was done, or would be; or each move to a program."""
    if as_json:
        listed = [
            {
                "report": move.report,
                "passage": move.number,
                "occasion": move.occasion,
                "from": move.source or None,
                "to": move.target or None,
            }
            for move in moves
        ]
        print_json({"round": row.name, "done": not dry_run, "moves": listed})
        return
    given = Counter(move.target for move in moves if move.target)
    passed_on = Counter(move.source for move in moves if move.target and move.source)
    only_taken = Counter(move.source for move in moves if not move.target)
    would = "would be " if dry_run else ""
    parts = []
    if given:
        told = f"{many(given.total(), 'passage')} {would}given to {_people(given)}"
        if passed_on:
            taken = "all" if passed_on.total() == given.total() else f"{passed_on.total()} of them"
            told += f", {taken} taken from {_people(passed_on)}"
        parts.append(told)
    if only_taken:
        told = f"{many(only_taken.total(), 'passage')} {would}taken back from {_people(only_taken)}"
        parts.append(told)
    say(f"Round {row.name}: {'; '.join(parts)}.{' Nothing was changed.' if dry_run else ''}")


def _people(counted: Counter[str]) -> str:
    if len(counted) == 1:
        return next(iter(counted))
    *most, last = (f"{name} ({counted[name]})" for name in sorted(counted))
    return f"{', '.join(most)} and {last}"
