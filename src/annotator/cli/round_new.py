"""`annotator round new`: choose passages, deal them to coders, open the round."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options, round_design, round_mix
from annotator.cli.output import many, print_json, say, waiting
from annotator.cli.person import person
from annotator.cli.projects import opened
from annotator.cli.round_design import Order, Purpose

if TYPE_CHECKING:
    from annotator.store.project import Project

EXAMPLES = (
    "annotator round new pilot --purpose pilot --coders amal,basim",
    "annotator round new main --coders amal,basim,dana --double 0.2 --first-double 100 --dry-run",
    "annotator round new mines --coders amal,basim --search 'mine*,IED,لغم' --codings 2",
    "annotator round new month --coders amal,basim --sample 200 --stratify month --seed 7",
    "annotator round new train --purpose training --examples claims",
    "annotator round new main --coders amal,basim --codings 1 --gold pilot --repeat 0.05",
)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the round is called.")],
    coders: Annotated[
        str,
        typer.Option(
            metavar="NAMES", help="Who codes in it, with commas between them; else anyone may."
        ),
    ] = "",
    order: Annotated[
        Order | None,
        typer.Option(
            help="The order of the reports, or a random one of each coder's own.  "
            "[default: reading; random where passages are chosen or dealt out]",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Makes chance repeatable.")] = 0,
    purpose: Annotated[Purpose, typer.Option(help="What the round is for.")] = Purpose.MAIN,
    sample: round_design.Sample = None,
    stratify: round_design.Stratify = None,
    allocation: round_design.Allocate = None,
    search: round_design.Searches = None,
    list_file: round_design.ListFile = None,
    not_in: round_design.NotIn = None,
    near_duplicates: round_design.NearDuplicatesKept = None,
    codings: round_design.Codings = None,
    double: round_design.Double = None,
    first_double: round_design.FirstDouble = None,
    capacity: round_design.Capacity = "",
    examples: round_mix.Examples = None,
    pass_at: round_mix.PassAt = None,
    gold: round_mix.Gold = None,
    gold_per: round_mix.GoldPer = None,
    repeat: round_mix.Repeat = None,
    repeat_after: round_mix.RepeatAfter = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show who would code what; write nothing.")
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Open a round under the project's codebook.

    Without options that choose passages or deal them out, every coder codes every passage, also
    those imported later. With any, all is given out now: so many codings a passage, equal loads,
    every two coders with as many passages in common as any other two. Gold passages and repeated
    ones are mixed in so that no coder can tell them from the others.

    A round of training has worked examples instead: after each passage the coder sees the known
    answer, and at the end who agrees with them passes.
    """
    names = tuple(person(coder, "--coders") for coder in coders.split(",")) if coders else ()
    title = person(name, "The round's name")
    chosen = (sample, stratify, allocation, search, list_file, not_in, near_duplicates)
    dealt = (codings, double, first_double, capacity or None)
    mixed = (gold, gold_per, repeat, repeat_after)
    others = (*chosen, *dealt, *mixed)
    round_mix.refuse_unfit(examples, pass_at, purpose, others)
    with opened(project, read_only=dry_run) as target:
        if examples is not None:
            round_mix.train(
                target,
                title,
                examples,
                pass_at,
                order=order or Order.READING,
                seed=seed,
                coders=names,
                by=by,
                dry_run=dry_run,
                as_json=as_json,
            )
            return
        if all(one is None for one in others):
            if dry_run:
                _tell_undesigned(target, title, names, as_json=as_json)
            else:
                _open_undesigned(target, title, purpose, order, seed, names, by, as_json=as_json)
            return
        from annotator.exchange.passage_lists import listed_passages
        from annotator.work.choosing import candidates
        from annotator.work.design import Design, plan
        from annotator.work.mixed_in import with_mixed
        from annotator.work.opening import open_planned, refuse_clash

        each, share = round_design.how_many(len(names), codings, double, first_double)
        listed = None if list_file is None else listed_passages(target, list_file)
        design = Design(
            coders=names,
            codings=each,
            share=share,
            first=first_double or 0,
            capacity=round_design.capacities(capacity, names),
            sample=sample,
            strata=stratify or "",
            allocation=allocation or "proportional",
            near_duplicates=near_duplicates or "together",
            order=order or "random",
            seed=seed,
            searches=tuple(search or ()),
            listed=None if listed is None else len(listed),
            without=tuple(not_in or ()),
        )
        refuse_clash(target, title, names)
        mix, answers = round_mix.mix_of(target, gold, gold_per, repeat, repeat_after)
        with waiting("Reading passages, looking for near-duplicates"):
            found = candidates(target, design, listed)
        there = [one for one in found if (one.report, one.number) not in mix.gold_places]
        planned = with_mixed(plan(there, design), mix)
        round_mix.refuse_no_repeats(planned, mix)
        if not dry_run:
            open_planned(target, title, purpose, planned, by, answers)
    from annotator.cli.round_tables import plan_json, print_plan, summary

    if as_json:
        print_json({"round": title, "opened": not dry_run, **plan_json(planned)})
    elif dry_run:
        print_plan(title, planned)
        say("Nothing was written; leave out --dry-run to open the round.")
    else:
        say("\n".join((f"Round {title} is open.", *summary(planned))))
        say(f"Next: annotator code --coder NAME --round {title}")


def _open_undesigned(
    target: "Project",
    name: str,
    purpose: Purpose,
    order: Order | None,
    seed: int,
    coders: tuple[str, ...],
    by: str,
    *,
    as_json: bool,
) -> None:
    from annotator.store.rounds import open_round

    row = open_round(
        target,
        name=name,
        purpose=purpose,
        order=order or Order.READING,
        seed=seed,
        coders=coders or None,
        actor=by,
    )
    if as_json:
        print_json({"round": row.name, "opened": True, "design": None})
        return
    say(f"Round {row.name} is open. Next: annotator code --coder NAME --round {row.name}")


def _tell_undesigned(
    target: "Project", name: str, coders: tuple[str, ...], *, as_json: bool
) -> None:
    from annotator.store.corpus import reports
    from annotator.work.opening import refuse_clash

    refuse_clash(target, name, coders)
    if as_json:
        print_json({"round": name, "opened": False, "design": None})
        return
    passages = sum(report.passages for report in reports(target))
    say(
        f"Round {name}: {', '.join(coders) or 'anyone who comes'} would code every passage, "
        f"{many(passages, 'passage')} now and those imported later."
    )
    say("Nothing was written; leave out --dry-run to open the round.")
