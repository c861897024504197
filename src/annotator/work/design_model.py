"""What is asked of a round, and the plan that is made of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from annotator.errors import AnnotatorError
from annotator.store.places import Place
from annotator.store.queues import packed, unpacked

ALLOCATIONS = ("proportional", "equal")
STRATA = ("report", "month", "publisher", "search")
ORDERS = ("reading", "random")
NEAR_DUPLICATES = ("together", "one", "apart")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be in a round.

    Attributes:
        report: The key of its report.
        number: Its number in that, from 1.
        position: Its place in reading order; no other has it.
        stratum: The stratum it belongs to; "" if there are none.
        group: What it has in common with its near-duplicates and no other passage; "" if it has
            none or they are not to be kept together.
    """

    report: str
    number: int
    position: int
    stratum: str = ""
    group: str = ""


class Given(NamedTuple):
    """A place in a coder's queue: a passage, for the first time or again."""

    report: str
    number: int
    occasion: int = 1


@dataclass(frozen=True, slots=True)
class Design:
    """What a lead asks of a round.

    Attributes:
        coders: Who codes in it.
        codings: How many coders each overlapping passage gets.
        share: The share of passages that overlap, from 0 to 1; the others get one coder.
        first: How many passages overlap, whatever the share, and come before all others.
        capacity: The most passages that a coder takes, by name; whoever is not in it takes any.
        sample: How many passages are drawn at random; None for all there are. Near-duplicates that
            are kept together count as one.
        strata: By what passages are divided before they are drawn: one of `STRATA`, or "".
        allocation: One of `ALLOCATIONS`: whether strata are drawn from as they are large, or alike.
        near_duplicates: One of `NEAR_DUPLICATES`: kept together, all left out but the first of
            each group, or taken like any others.
        order: One of `ORDERS`: the order of the reports, or a random one of each coder's own.
        seed: Makes chance repeatable.
        searches: Words that passages were chosen by.
        listed: How many passages were named by a list; None without one.
        without: Rounds whose passages were left out.
        more: What else was asked, by name, as data for JSON.
    """

    coders: tuple[str, ...]
    codings: int = 1
    share: float = 1.0
    first: int = 0
    capacity: Mapping[str, int] = field(default_factory=dict)
    sample: int | None = None
    strata: str = ""
    allocation: str = "proportional"
    near_duplicates: str = "together"
    order: str = "random"
    seed: int = 0
    searches: tuple[str, ...] = ()
    listed: int | None = None
    without: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no round can be made of.

        Raises:
            AnnotatorError: A number or a name is none that it can be.
        """
        _check_people(self)
        _check_numbers(self)
        _check_names(self)

    def as_json(self) -> dict[str, Any]:
        """The design as data for JSON; `from_json` takes it back."""
        return asdict(self) | {"coders": sorted(self.coders)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Design":
        """The design that `as_json` wrote, whatever else is kept beside it."""
        known: dict[str, Any] = {
            one.name: data[one.name] for one in fields(cls) if one.name in data
        }
        for name in ("coders", "searches", "without"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum: how many passages it has, how many of them were drawn, how many overlap.

    `groups` and `groups_drawn` count near-duplicates that are kept together as one; they belong to
    the stratum of the first of them.
    """

    name: str
    passages: int
    groups: int
    drawn: int
    groups_drawn: int
    overlapping: int

    @property
    def weight(self) -> float | None:
        """How many passages each drawn one stands for: one over its chance to be drawn.

        It undoes an unequal allocation (Horvitz and Thompson 1952). None if nothing was drawn.
        """
        return self.groups / self.groups_drawn if self.groups_drawn else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage of a plan.

    Attributes:
        candidate: The passage.
        stratum: The stratum it was drawn from: its own, or that of the first of its group.
        coders: Who codes it, by name.
        first: Whether it is among those that come first.
    """

    candidate: Candidate
    stratum: str
    coders: tuple[str, ...]
    first: bool


@dataclass(frozen=True)
class Plan:
    """Who codes what in a round.

    Attributes:
        design: What was asked.
        queues: For each coder, by name, what they code, in order.
        passages: All passages of the round in reading order.
        strata: The strata, by name; one without a name if there are none.
    """

    design: Design
    queues: Mapping[str, tuple[Given, ...]]
    passages: tuple[Chosen, ...]
    strata: tuple[Stratum, ...]

    @cached_property
    def loads(self) -> dict[str, int]:
        """How many passages each coder has."""
        return {coder: len(queue) for coder, queue in self.queues.items()}

    @cached_property
    def overlapping(self) -> dict[str, int]:
        """How many of each coder's passages others have too."""
        counted = Counter(
            coder for one in self.passages if len(one.coders) > 1 for coder in one.coders
        )
        return {coder: counted[coder] for coder in self.queues}

    @cached_property
    def overlaps(self) -> dict[tuple[str, str], int]:
        """How many passages every two coders have in common; the two in order of their names."""
        counted = Counter(
            pair for one in self.passages for pair in combinations(sorted(one.coders), 2)
        )
        return {pair: counted[pair] for pair in combinations(sorted(self.queues), 2)}

    @cached_property
    def groups(self) -> dict[str, int]:
        """How many passages each group of near-duplicates has in the round, if more than one."""
        counted = Counter(one.candidate.group for one in self.passages if one.candidate.group)
        return {group: count for group, count in sorted(counted.items()) if count > 1}

    def kept(self) -> dict[str, Any]:
        """What the project keeps of it as the design of the round, as data for JSON.

        `drawn` has the strata and the passages drawn from each, packed as queues are.
        """
        members: dict[str, list[Place]] = defaultdict(list)
        for one in self.passages:
            members[one.stratum].append((one.candidate.report, one.candidate.number))
        drawn = [asdict(one) | {"members": packed(members[one.name])} for one in self.strata]
        return self.design.as_json() | {"drawn": drawn}


def kept_strata(kept: Mapping[str, Any]) -> list[Stratum]:
    """The strata in what `Plan.kept` gave."""
    names = [one.name for one in fields(Stratum)]
    return [Stratum(**{name: one[name] for name in names}) for one in kept.get("drawn", ())]


def kept_sampling(kept: Mapping[str, Any]) -> dict[Place, Stratum]:
    """The stratum that each passage was drawn from, in what `Plan.kept` gave."""
    return {
        place: stratum
        for stratum, one in zip(kept_strata(kept), kept.get("drawn", ()), strict=True)
        for place in unpacked(one["members"])
    }


# --- what cannot be ------------------------------------------------------------------------------


def _check_people(design: Design) -> None:
    if not design.coders:
        raise AnnotatorError(
            "A round that is dealt out when it is opened needs its coders; name them with --coders."
        )
    known: dict[str, str] = {}
    for coder in design.coders:
        if (other := known.setdefault(coder.casefold(), coder)) != coder:
            raise AnnotatorError(
                f"{other} and {coder} differ by capital letters alone; give each coder once."
            )
    if len(set(design.coders)) != len(design.coders):
        raise AnnotatorError("A coder is named twice; give each coder once.")
    for coder in design.capacity:
        if coder not in design.coders:
            raise AnnotatorError(
                f"There is a capacity for {coder}, who is not among the coders of the round "
                f"({', '.join(sorted(design.coders))})."
            )


def _check_numbers(design: Design) -> None:
    if not 1 <= design.codings <= len(design.coders):
        raise AnnotatorError(
            f"{design.codings} codings of a passage take as many coders, and the round has "
            f"{len(design.coders)}; ask for 1 to {len(design.coders)}, or name more coders."
        )
    if not 0 <= design.share <= 1:
        raise AnnotatorError(
            f"The share of passages that overlap is {design.share:g}; give a number from 0 to 1."
        )
    for what, number, least in (
        ("The number of passages that come first", design.first, 0),
        ("The size of the sample", 1 if design.sample is None else design.sample, 1),
        *((f"The capacity of {coder}", most, 0) for coder, most in design.capacity.items()),
    ):
        if number < least:
            raise AnnotatorError(f"{what} is {number}; give {least} or more.")
    if not -(2**63) <= design.seed < 2**63:
        raise AnnotatorError(
            f"{design.seed} is too large for a seed; give a number of up to 18 digits."
        )


def _check_names(design: Design) -> None:
    for what, name, there in (
        ("division into strata", design.strata, ("", *STRATA)),
        ("allocation", design.allocation, ALLOCATIONS),
        ("order", design.order, ORDERS),
        ("way with near-duplicates", design.near_duplicates, NEAR_DUPLICATES),
    ):
        if name not in there:
            listed = ", ".join(one for one in there if one)
            raise AnnotatorError(f"{name} is no {what}; choose one of {listed}.")
    if design.allocation == "equal" and not (design.strata and design.sample):
        raise AnnotatorError(
            "An equal allocation is of a sample to strata; give --sample and --stratify with it."
        )
    if design.strata == "search" and not design.searches:
        raise AnnotatorError(
            "Strata by search need words to search for; give --search once for each stratum."
        )
