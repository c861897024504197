"""The design of a round in words, tables and JSON: who codes what, and what it will tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from annotator.cli.output import many, print_table, say, shortened

if TYPE_CHECKING:
    from annotator.work.design import Design, Plan, Stratum

_NOTHING = "–"
_MOST_STRATA = 40
_MOST_CODERS = 24
_WIDEST = 90


def asked(design: "Design") -> list[str]:
    """What was asked of a round, in words: one line for which passages, one for who codes them."""
    what = "All passages"
    if design.listed is not None:
        what = f"The {many(design.listed, 'passage')} of a list"
    if design.searches and design.strata != "search":
        what += f" with {' or '.join(design.searches)}"
    if design.without:
        what += f" that are not in {' or '.join(design.without)}"
    if design.sample is not None:
        what = f"{design.sample} drawn from: {what[0].lower()}{what[1:]}"
    if design.strata:
        drawn = "" if design.sample is None else f", {_ALLOCATIONS[design.allocation]}"
        what += f"; strata by {design.strata}{drawn}"
    lines = [f"{what}; {_NEAR_DUPLICATES[design.near_duplicates]}.", _dealt(design)]
    return lines + _mixed_in(design.more)


def _mixed_in(more: Mapping[str, Any]) -> list[str]:
    """What was mixed into the queues, in words: a line for gold, one for what comes again."""
    lines = []
    if gold := more.get("gold"):
        others, wanted = gold["per"]
        lines.append(
            f"{many(wanted, 'gold passage')} to {others} others, from {gold['passages']}; coders "
            "cannot tell which."
        )
    if repeats := more.get("repeats"):
        after = (
            f"{repeats['after_days']} days after they were submitted"
            if "after_days" in repeats
            else f"{repeats['after_passages']} passages later"
        )
        lines.append(f"{repeats['share']:.0%} of each coder's passages come again, {after}.")
    return lines


_ALLOCATIONS = {"proportional": "in proportion to their sizes", "equal": "from all alike"}
_NEAR_DUPLICATES = {
    "together": "near-duplicates kept together and drawn as one",
    "one": "of near-duplicates only the first",
    "apart": "near-duplicates taken like any others",
}


def _dealt(design: "Design") -> str:
    coders = len(design.coders)
    every = "both" if coders == 2 else f"all {coders}"
    several = every if design.codings == coders else f"{design.codings} of {coders}"
    first = f"The first {many(design.first, 'passage')}" if design.first else ""
    share = f"{100 * design.share:g}%"
    if coders == 1:
        each = "Each passage by the one coder"
    elif design.codings == 1:
        each = f"Each passage by one of {coders} coders"
    elif design.share == 1:
        each = f"Each passage by {several} coders"
    elif not first:
        each = f"{share} of passages by {several} coders, the others by one"
    elif design.share == 0:
        each = f"{first} by {several} coders, the others by one"
    else:
        each = f"{first} by {several} coders; {share} of the rest too, the others by one"
    order = "reading order" if design.order == "reading" else "a random order of each coder's own"
    return f"{each}; {order}, seed {design.seed}."


def summary(plan: "Plan") -> list[str]:
    """What a plan comes to, in a line or two."""
    overlapping = sum(len(one.coders) > 1 for one in plan.passages)
    codings = sum(len(one.coders) for one in plan.passages)
    mixed_in = sum(plan.loads.values()) - codings
    single = len(plan.passages) - overlapping
    parts = [
        f"{overlapping} by {plan.design.codings} coders each" if overlapping else "",
        f"{single} by one" if single else "",
    ]
    lines = [
        f"{many(len(plan.passages), 'passage')}, {many(codings, 'coding')}: "
        f"{', '.join(part for part in parts if part)}."
    ]
    if mixed_in:
        lines.append(
            f"{many(mixed_in, 'coding')} more, of gold passages and of passages that come again."
        )
    if plan.groups:
        lines.append(
            f"{many(sum(plan.groups.values()), 'passage')} in "
            f"{many(len(plan.groups), 'group')} of near-duplicates, each group with the same "
            "coders."
        )
    return lines


def print_plan(name: str, plan: "Plan") -> None:
    """Print all that a plan says: the round in words, coders, pairs, strata, reliability."""
    say("\n".join((f"Round {name}", *asked(plan.design), *summary(plan))))
    print_table(
        ("Coder", "Passages", "Alone", "With others", "Capacity"),
        [
            (
                coder,
                str(load),
                str(load - plan.overlapping[coder]),
                str(plan.overlapping[coder]),
                str(plan.design.capacity.get(coder, _NOTHING)),
            )
            for coder, load in plan.loads.items()
        ],
        numbers=("Passages", "Alone", "With others", "Capacity"),
    )
    print_overlaps(sorted(plan.queues), plan.overlaps)
    print_strata(plan.strata)
    _print_expected(plan)


def print_overlaps(coders: Sequence[str], overlaps: Mapping[tuple[str, str], int]) -> None:
    """Print how many passages every two coders have in common, if any have."""
    if not any(overlaps.values()):
        return
    least, most = min(overlaps.values()), max(overlaps.values())
    title = f"Passages that two coders have in common, {least} to {most}"
    if len(coders) > _MOST_CODERS:
        say(f"{title}; --json lists all pairs.")
        return
    # Where names leave no room side by side, columns have the numbers of the rows.
    named = sum(len(coder) + 2 for coder in coders) <= _WIDEST
    numbers = [str(place) for place in range(1, len(coders) + 1)]
    headings = list(coders[1:]) if named else numbers[1:]
    rows = coders if named else [f"{place} {coder}" for place, coder in enumerate(coders, 1)]
    print_table(
        ("Coder", *headings),
        [
            (
                label,
                *(
                    str(overlaps[one, other]) if place < at else ""
                    for at, other in enumerate(coders[1:], 1)
                ),
            )
            for place, (label, one) in enumerate(zip(rows[:-1], coders, strict=False))
        ],
        title=f"{title}:",
        numbers=headings,
    )
    if not named:
        say(f"Column {numbers[-1]} is {coders[-1]}.")


def print_strata(strata: "Iterable[Stratum]") -> None:
    """Print what was drawn from each stratum, if there are strata."""
    rows = [one for one in strata if one.name]
    if not rows:
        return
    numbers = ("Passages", "In the round", "Overlapping", "Weight")
    print_table(
        ("Stratum", *numbers),
        [
            (
                shortened(one.name, 50),
                str(one.passages),
                str(one.drawn),
                str(one.overlapping),
                _NOTHING if one.weight is None else f"{one.weight:.3g}",
            )
            for one in rows[:_MOST_STRATA]
        ],
        title="Strata; the weight of a passage is how many it stands for:",
        numbers=numbers,
    )
    if len(rows) > _MOST_STRATA:
        say(f"… and {len(rows) - _MOST_STRATA} more strata; --json lists all.")


def _print_expected(plan: "Plan") -> None:
    from annotator.work.expected_reliability import ALPHA, BOUNDS, expected, overlap_units

    rows = expected(plan)
    if not rows:
        say("No passage is coded by two coders: nothing can be told of reliability.")
        return
    units = overlap_units(plan)
    bounds = tuple(f"alpha ≥ {bound:g}" for bound in BOUNDS)
    print_table(
        ("Prevalence", "Passages about it", "±", *bounds),
        [
            (
                f"{one.prevalence:g}",
                f"{one.about:.1f}",
                f"{one.half_width:.2f}",
                *("enough" if needed <= units else f"{needed:,} needed" for needed in one.needed),
            )
            for one in rows
        ],
        title=f"What {many(units, 'overlapping passage')} can tell of a code of some prevalence:",
        numbers=("Prevalence", "Passages about it", "±", *bounds),
    )
    say(
        f"±: how far the 95 % interval of an alpha of {ALPHA:g} would reach to either side.\n"
        "alpha ≥: whether its lower end can be expected there, or how many passages would have to\n"
        "overlap (annotator agreement plan)."
    )


def plan_json(plan: "Plan") -> dict[str, Any]:
    """A plan as data for JSON: the design, and who codes what."""
    from annotator.work.expected_reliability import expected, overlap_units

    return {
        "design": plan.kept(),
        "passages": [
            {
                "report": one.candidate.report,
                "passage": one.candidate.number,
                "coders": list(one.coders),
                "stratum": one.stratum,
                "near_duplicates": one.candidate.group or None,
                "first": one.first,
            }
            for one in plan.passages
        ],
        "coders": [
            {
                "coder": coder,
                "passages": plan.loads[coder],
                "overlapping": plan.overlapping[coder],
                "queue": [
                    {"report": one.report, "passage": one.number, "occasion": one.occasion}
                    for one in queue
                ],
            }
            for coder, queue in plan.queues.items()
        ],
        "overlaps": overlaps_json(plan.overlaps),
        "overlapping_units": overlap_units(plan),
        "expected": [asdict(one) for one in expected(plan)],
    }


def overlaps_json(overlaps: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """How many passages every two coders have in common, as data for JSON."""
    return [{"coders": list(pair), "passages": count} for pair, count in overlaps.items()]
