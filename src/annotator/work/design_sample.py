"""Drawing the passages of a round: near-duplicates as one, from strata, by chance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.work.design_chance import chance, spread
from annotator.work.design_model import Candidate, Design
from annotator.work.design_shares import levelled, proportional


@dataclass(frozen=True, slots=True)
class Bundle:
    """A passage, or near-duplicates that stay together, in reading order."""

    candidates: tuple[Candidate, ...]

    @property
    def stratum(self) -> str:
        """The stratum of the first of them."""
        return self.candidates[0].stratum

    @property
    def position(self) -> int:
        """Where the first of them stands."""
        return self.candidates[0].position

    def luck(self, seed: int, what: str) -> float:
        """Chance of its own: a number from 0 to below 1, for some purpose."""
        first = self.candidates[0]
        return chance(seed, what, first.report, first.number)


def bundled(candidates: Iterable[Candidate], design: Design) -> list[Bundle]:
    """What is drawn and dealt as one, in reading order."""
    together: dict[str | tuple[str, int], list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: one.position):
        alone = not one.group or design.near_duplicates == "apart"
        together[(one.report, one.number) if alone else one.group].append(one)
    if design.near_duplicates == "one":
        return [Bundle((ones[0],)) for ones in together.values()]
    return [Bundle(tuple(ones)) for ones in together.values()]


def by_stratum(bundles: Iterable[Bundle]) -> dict[str, list[Bundle]]:
    """Bundles of each stratum; strata by name."""
    found: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in bundles:
        found[bundle.stratum].append(bundle)
    return {name: found[name] for name in sorted(found)}


def mixed(bundles: Iterable[Bundle], seed: int, what: str) -> list[Bundle]:
    """Bundles in random order, in which any beginning has the same share of every stratum."""
    parts = [shuffled(part, seed, what) for part in by_stratum(bundles).values()]
    where = {bundle: bundle.luck(seed, f"{what}, where") for part in parts for bundle in part}
    return spread(parts, where)


def shuffled(bundles: Iterable[Bundle], seed: int, what: str) -> list[Bundle]:
    """Bundles in random order."""
    return sorted(bundles, key=lambda bundle: (bundle.luck(seed, what), bundle.position))


def drawn(bundles: Sequence[Bundle], design: Design) -> list[Bundle]:
    """A random sample, or all where none is asked for; in reading order.

    Within a stratum each has the same chance.

    Raises:
        AnnotatorError: There are fewer than asked for, or more strata than that.
    """
    if design.sample is None:
        return list(bundles)
    if design.sample > len(bundles):
        alone = all(len(bundle.candidates) == 1 for bundle in bundles)
        counted = "" if alone else ", near-duplicates counted as one"
        raise AnnotatorError(
            f"A sample of {design.sample} is more than there is to draw from "
            f"({len(bundles)}{counted}); ask for fewer."
        )
    strata = by_stratum(bundles)
    if design.sample < len(strata):
        raise AnnotatorError(
            f"A sample of {design.sample} leaves some of {len(strata)} strata without a passage; "
            "draw more, or divide by something else."
        )
    sizes = [len(part) for part in strata.values()]
    if design.allocation == "equal":
        shares = levelled(design.sample, sizes)
    else:
        shares = proportional(design.sample, sizes)
    found = [
        bundle
        for part, share in zip(strata.values(), shares, strict=True)
        for bundle in shuffled(part, design.seed, "draw")[:share]
    ]
    return sorted(found, key=lambda bundle: bundle.position)
