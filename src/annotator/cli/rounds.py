"""`annotator round close` and `reopen`: end a round of coding, or let it go on."""

from annotator.cli import options
from annotator.cli.output import many, print_json, say
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

CLOSE_EXAMPLES = ("annotator round close pilot", "annotator round close pilot --dry-run")
REOPEN_EXAMPLES = ("annotator round reopen pilot",)


def close(
    name: options.RoundName,
    dry_run: options.DryRun = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Close a round: nothing more is coded in it; what is coded stays."""
    _change(name, project, by, closes=True, dry_run=dry_run, as_json=as_json)


def reopen(
    name: options.RoundName,
    dry_run: options.DryRun = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Open a round again that was closed; everyone goes on where they stopped."""
    _change(name, project, by, closes=False, dry_run=dry_run, as_json=as_json)


def _change(
    name: str, location: str, by: str, *, closes: bool, dry_run: bool, as_json: bool
) -> None:
    from annotator.store.assignments import counters
    from annotator.store.rounds import RoundState, close_round, reopen_round
    from annotator.work.rounds import round_named

    state = RoundState.CLOSED if closes else RoundState.OPEN
    with opened(location, read_only=dry_run) as project:
        row = round_named(project, name)
        waiting = sum(one.open for one in counters(project, row.id))
        changes = row.state is not state
        if not dry_run:
            changes = (close_round if closes else reopen_round)(project, row.id, by)
    if not changes:
        raise WorkProblem(f"The round {row.name} is {state} already; nothing was changed.")
    if as_json:
        print_json({"round": row.name, "done": not dry_run, "state": state, "open": waiting})
        return
    told = f"Round {row.name} {'would be' if dry_run else 'is'} {state}"
    if waiting:
        wait = "waits" if waiting == 1 else "wait"
        told += f"; {many(waiting, 'passage')} {'still ' if closes else ''}{wait} for coders"
    say(f"{told}.{' Nothing was changed.' if dry_run else ''}")
