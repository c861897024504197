"""The design of a round: which passages are in it, and who codes which, in what order.

A plan follows from the design and the passages alone: neither their order nor that of the coders
makes a difference, and anyone can make it again from the seed.
"""

import math
from collections.abc import Iterable, Sequence

from annotator.errors import AnnotatorError
from annotator.work.design_blocks import Deal
from annotator.work.design_chance import chance, spread
from annotator.work.design_model import (
    ALLOCATIONS,
    NEAR_DUPLICATES,
    ORDERS,
    STRATA,
    Candidate,
    Chosen,
    Design,
    Given,
    Plan,
    Stratum,
    kept_sampling,
    kept_strata,
)
from annotator.work.design_sample import Bundle, bundled, by_stratum, drawn, mixed

__all__ = [
    "ALLOCATIONS",
    "NEAR_DUPLICATES",
    "ORDERS",
    "STRATA",
    "Candidate",
    "Chosen",
    "Design",
    "Given",
    "Plan",
    "Stratum",
    "kept_sampling",
    "kept_strata",
    "plan",
]


def plan(candidates: Iterable[Candidate], design: Design) -> Plan:
    """Choose passages by a design, and deal them to its coders.

    Overlapping passages are dealt first, so that any two coders have as many in common as any other
    two, as far as loads and near-duplicates let them; the rest so that loads differ by at most one,
    except for coders whose capacity is less.

    Args:
        candidates: The passages there are to choose from; no two are the same.
        design: What is asked.

    Raises:
        AnnotatorError: It cannot be done: there are too few passages, or capacities are too low.
    """
    there = bundled(candidates, design)
    if not there:
        raise AnnotatorError("No passage is as asked; choose others, or import reports first.")
    chosen = drawn(there, design)
    first = _first(chosen, design)
    rest = [bundle for bundle in chosen if bundle not in first]
    overlapping = first | set(_share(rest, design)) if design.codings > 1 else set()
    coders = _dealt(chosen, first, overlapping, design)
    passages = [
        Chosen(candidate, bundle.stratum, coders[bundle], bundle in first)
        for bundle in chosen
        for candidate in bundle.candidates
    ]
    return Plan(
        design,
        {coder: _queue(passages, coder, design) for coder in sorted(design.coders)},
        tuple(sorted(passages, key=lambda one: one.candidate.position)),
        tuple(_strata(there, chosen, overlapping)),
    )


def _first(chosen: Sequence[Bundle], design: Design) -> set[Bundle]:
    """What comes first: by chance, or in reading order where that is the order of the round."""
    if design.order == "reading":
        ordered = sorted(chosen, key=lambda bundle: bundle.position)
    else:
        ordered = mixed(chosen, design.seed, "first")
    return set(_until(ordered, design.first))


def _share(rest: Sequence[Bundle], design: Design) -> list[Bundle]:
    """The share of the rest that overlaps: in every stratum as large as in any other."""
    passages = sum(len(bundle.candidates) for bundle in rest)
    # A share such as .2 is a little more than a fifth as a computer writes it.
    wanted = math.ceil(round(design.share * passages, 6))
    return _until(mixed(rest, design.seed, "overlap"), wanted)


def _until(bundles: Sequence[Bundle], passages: int) -> list[Bundle]:
    """The beginning of a list that has so many passages, or the few more of its last group."""
    taken: list[Bundle] = []
    for bundle in bundles:
        if passages <= 0:
            break
        taken.append(bundle)
        passages -= len(bundle.candidates)
    return taken


# --- who -----------------------------------------------------------------------------------------


def _dealt(
    chosen: Sequence[Bundle], first: set[Bundle], overlapping: set[Bundle], design: Design
) -> dict[Bundle, tuple[str, ...]]:
    """Who codes each."""
    # Chance says who is first to be given one more, not the alphabet.
    coders = sorted(design.coders, key=lambda name: chance(design.seed, "coder", name))
    everything = sum(len(bundle.candidates) for bundle in chosen)
    limits = [min(design.capacity.get(coder, everything), everything) for coder in coders]
    _check_room(chosen, overlapping, design, limits)
    deal = Deal(limits, str(design.seed))
    found: dict[Bundle, tuple[str, ...]] = {}
    early, later = overlapping & first, overlapping - first
    kinds = (
        ("first", design.codings, [one for one in chosen if one in early]),
        ("overlapping", design.codings, [one for one in chosen if one in later]),
        ("single", 1, [one for one in chosen if one not in overlapping]),
    )
    for kind, codings, bundles in kinds:
        ordered = mixed(bundles, design.seed, kind)
        blocks = deal.deal([len(bundle.candidates) for bundle in ordered], codings)
        for bundle, block in zip(ordered, blocks, strict=True):
            found[bundle] = tuple(sorted(coders[place] for place in block))
    return found


def _check_room(
    chosen: Sequence[Bundle], overlapping: set[Bundle], design: Design, limits: Sequence[int]
) -> None:
    overlaps = sum(len(bundle.candidates) for bundle in overlapping)
    everything = sum(len(bundle.candidates) for bundle in chosen)
    for what, needed, most in (
        (
            f"The overlap ({overlaps} by {design.codings} coders each)",
            overlaps * design.codings,
            overlaps,
        ),
        ("The design", everything + overlaps * (design.codings - 1), everything),
    ):
        # Nobody codes one passage twice.
        room = sum(min(limit, most) for limit in limits)
        if needed > room:
            raise AnnotatorError(
                f"{what} takes {needed} codings, and the coders have room for {room}, "
                f"{needed - room} too few; raise --capacity, name more coders or ask for less."
            )


# --- in what order -------------------------------------------------------------------------------


def _queue(passages: Sequence[Chosen], coder: str, design: Design) -> tuple[Given, ...]:
    """A coder's queue, with what overlaps spread over all of it so that it looks like the rest."""
    own = [one for one in passages if coder in one.coders]
    if design.order == "reading":
        ordered = sorted(own, key=lambda one: one.candidate.position)
    else:
        luck = {one: _luck(one, design.seed, "queue", coder) for one in own}
        parts: dict[str, list[Chosen]] = {"first": [], "overlapping": [], "single": []}
        for one in sorted(own, key=luck.__getitem__):
            kind = "overlapping" if len(one.coders) > 1 else "single"
            parts["first" if one.first else kind].append(one)
        where = {one: _luck(one, design.seed, "where", coder) for one in own}
        ordered = parts["first"] + spread([parts["overlapping"], parts["single"]], where)
    return tuple(Given(one.candidate.report, one.candidate.number) for one in ordered)


def _luck(one: Chosen, seed: int, what: str, coder: str) -> float:
    return chance(seed, what, coder, one.candidate.report, one.candidate.number)


# --- what it comes to ----------------------------------------------------------------------------


def _strata(
    there: Sequence[Bundle], chosen: Sequence[Bundle], overlapping: set[Bundle]
) -> list[Stratum]:
    drawn_from = by_stratum(chosen)
    rows = []
    for name, bundles in by_stratum(there).items():
        own = drawn_from.get(name, [])
        rows.append(
            Stratum(
                name,
                passages=_passages(bundles),
                groups=len(bundles),
                drawn=_passages(own),
                groups_drawn=len(own),
                overlapping=_passages(bundle for bundle in own if bundle in overlapping),
            )
        )
    return rows


def _passages(bundles: Iterable[Bundle]) -> int:
    return sum(len(bundle.candidates) for bundle in bundles)
