"""`annotator round list` and `round show`: which rounds there are, and how far each is."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

if TYPE_CHECKING:
    from annotator.store.rounds import RoundRow
    from annotator.work.round_progress import CoderState, RoundProgress

LIST_EXAMPLES = ("annotator round list",)
SHOW_EXAMPLES = ("annotator round show main", "annotator round show main --json")


def list_(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """List the rounds of a project."""
    from annotator.store.assignments import counters
    from annotator.store.round_passages import limited_rounds
    from annotator.store.rounds import rounds

    with opened(project, read_only=True) as source:
        rows = rounds(source)
        limited = limited_rounds(source)
        versions = {row.id: source.codebook_version(row.codebook_sha256).version for row in rows}
        progress = {row.id: counters(source, row.id) for row in rows}
    assigned = {key: sum(one.assigned for one in coders) for key, coders in progress.items()}
    done = {key: sum(one.done for one in coders) for key, coders in progress.items()}
    if as_json:
        print_json(
            [
                {
                    **_head(row, limited.get(row.id), versions[row.id]),
                    "assigned": assigned[row.id],
                    "done": done[row.id],
                }
                for row in rows
            ]
        )
        return
    if not rows:
        raise WorkProblem(
            f"{source.location}: there is no round yet; open one with annotator round new NAME."
        )
    print_table(
        ("Round", "Purpose", "State", "Order", "Passages", "Coded", "Coders", "Codebook", "Opened"),
        [
            (
                row.name,
                row.purpose,
                row.state,
                f"{row.order}, seed {row.seed}" if row.order == "random" else row.order.value,
                str(limited.get(row.id, "all")),
                f"{done[row.id]} of {assigned[row.id]}",
                "anyone" if row.coders is None else ", ".join(row.coders),
                versions[row.id],
                f"{row.opened_at:%Y-%m-%d %H:%M}",
            )
            for row in rows
        ],
    )


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The round.")],
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show a round: its design, who has what, how far each coder is and how long they are idle."""
    from annotator.store.rounds import named_round
    from annotator.work.round_progress import round_progress
    from annotator.work.training import training_results

    with opened(project, read_only=True) as source:
        row = named_round(source, name)
        version = source.codebook_version(row.codebook_sha256).version
        progress = round_progress(source, row)
        trained = training_results(source, row)
    if as_json:
        training = [one.as_json() for one in trained] if trained is not None else None
        print_json({**_as_json(progress, version), "training": training})
        return
    _print(progress, version)
    if trained:
        from annotator.cli.round_results import print_training

        print_training(row, trained)


def _head(row: "RoundRow", passages: int | None, version: str) -> dict[str, Any]:
    return {
        "round": row.name,
        "purpose": row.purpose,
        "state": row.state,
        "order": row.order,
        "seed": row.seed,
        "passages": passages,
        "coders": None if row.coders is None else list(row.coders),
        "codebook_version": version,
        "opened_at": row.opened_at.isoformat(),
    }


def _as_json(progress: "RoundProgress", version: str) -> dict[str, Any]:
    from annotator.cli.round_tables import overlaps_json
    from annotator.work.design import kept_sampling

    row = progress.row
    return {
        **_head(row, progress.passages, version),
        "design": progress.kept or None,
        "progress": [
            {
                "coder": one.progress.coder,
                "assigned": one.progress.assigned,
                "done": one.progress.done,
                "open": one.progress.open,
                "skipped": one.progress.skipped,
                "overlapping": one.overlapping,
                "flagged": one.flagged,
                "last_submitted_at": None if one.last is None else one.last.isoformat(),
                "idle_days": one.idle_days(progress.now),
                "queue": [
                    {
                        "report": place.report_key,
                        "passage": place.number,
                        "occasion": place.occasion,
                        "done": place.done,
                        "skipped": place.skipped,
                        "flagged": place.flagged,
                        "sent_back": place.sent_back,
                    }
                    for place in one.queue
                ],
            }
            for one in progress.coders
        ],
        "overlaps": overlaps_json(progress.overlaps),
        "sampling": [
            {
                "report": report,
                "passage": number,
                "stratum": stratum.name,
                "weight": stratum.weight,
            }
            for (report, number), stratum in kept_sampling(progress.kept).items()
        ],
    }


def _print(progress: "RoundProgress", version: str) -> None:
    from annotator.cli.round_tables import asked, print_overlaps, print_strata
    from annotator.work.design import kept_strata

    row = progress.row
    passages = "all passages" if progress.passages is None else many(progress.passages, "passage")
    say(
        f"Round {row.name}: {row.purpose}, {row.state}, {passages}, codebook {version}, opened "
        f"{row.opened_at:%Y-%m-%d %H:%M}"
    )
    if progress.design is not None:
        say("\n".join(asked(progress.design)))
    elif not row.design:
        who = "anyone who comes" if row.coders is None else ", ".join(row.coders)
        say(f"Every passage is coded by {who}, {row.order} order, given out as each begins.")
    if not progress.coders:
        say(f"Nobody has begun. Next: annotator code --coder NAME --round {row.name}")
        return
    numbers = ("Passages", "With others", "Done", "Open", "Skipped", "Flagged", "Idle days")
    print_table(
        ("Coder", *numbers, "Last coding"),
        [_cells(one, progress) for one in progress.coders],
        numbers=numbers,
        whole=("Last coding",),
    )
    print_overlaps([one.progress.coder for one in progress.coders], progress.overlaps)
    print_strata(kept_strata(progress.kept))


def _cells(one: "CoderState", progress: "RoundProgress") -> tuple[str, ...]:
    idle = one.idle_days(progress.now)
    return (
        one.progress.coder,
        str(one.progress.assigned),
        str(one.overlapping),
        str(one.progress.done),
        str(one.progress.open),
        str(one.progress.skipped),
        str(one.flagged),
        "" if idle is None else str(idle),
        "" if one.last is None else f"{one.last:%Y-%m-%d %H:%M}",
    )
