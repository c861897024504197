"""`annotator round`: open, list and close rounds of coding."""

from enum import StrEnum
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import print_json, print_table, say
from annotator.cli.person import person
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

NEW_EXAMPLES = (
    "annotator round new pilot --purpose pilot --coders amal,basim",
    "annotator round new main --order random --seed 7",
)
LIST_EXAMPLES = ("annotator round list",)
CLOSE_EXAMPLES = ("annotator round close pilot",)


class Order(StrEnum):
    """In what order coders meet the passages."""

    READING = "reading"
    RANDOM = "random"


class Purpose(StrEnum):
    """What a round is for."""

    TRAINING = "training"
    PILOT = "pilot"
    MAIN = "main"
    RECODE = "recode"


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the round is called.")],
    coders: Annotated[
        str,
        typer.Option(
            metavar="NAMES", help="Who codes in it, with commas between them; else anyone may."
        ),
    ] = "",
    order: Annotated[
        Order,
        typer.Option(help="The order of the reports, or a random one of each coder's own."),
    ] = Order.READING,
    seed: Annotated[int, typer.Option(help="Makes a random order repeatable.")] = 0,
    purpose: Annotated[Purpose, typer.Option(help="What the round is for.")] = Purpose.MAIN,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
) -> None:
    """Open a round: every coder in it codes every passage, under the project's codebook."""
    from annotator.store.rounds import open_round

    names = [person(coder, "--coders") for coder in coders.split(",")] if coders else None
    with opened(project) as target:
        row = open_round(
            target,
            name=person(name, "The round's name"),
            purpose=purpose,
            order=order,
            seed=seed,
            coders=names,
            actor=by,
        )
    say(f"Round {row.name} is open. Next: annotator code --coder NAME --round {row.name}")


def list_(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """List the rounds of a project."""
    from annotator.store.rounds import limited_rounds, rounds

    with opened(project, read_only=True) as source:
        rows = rounds(source)
        limited = limited_rounds(source)
        versions = {row.id: source.codebook_version(row.codebook_sha256).version for row in rows}
    if as_json:
        print_json(
            [
                {
                    "round": row.name,
                    "purpose": row.purpose,
                    "state": row.state,
                    "order": row.order,
                    "seed": row.seed,
                    "passages": limited.get(row.id),
                    "coders": None if row.coders is None else list(row.coders),
                    "codebook_version": versions[row.id],
                    "opened_at": row.opened_at.isoformat(),
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
        ("Round", "Purpose", "State", "Order", "Passages", "Coders", "Codebook", "Opened"),
        [
            (
                row.name,
                row.purpose,
                row.state,
                f"{row.order}, seed {row.seed}" if row.order == "random" else row.order.value,
                str(limited.get(row.id, "all")),
                "anyone" if row.coders is None else ", ".join(row.coders),
                versions[row.id],
                f"{row.opened_at:%Y-%m-%d %H:%M}",
            )
            for row in rows
        ],
    )


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
