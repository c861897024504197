"""Which codes coders give where others give another, and in which passages.

For every variable whose values are codes, scale points or yes and no: how often one coder gave one
value and another coder another value of the same thing, the passage or an aligned record of it. A
record that one of them does not have stands as a value of its own. What makes a pair of values is
told in `annotator.work.same_things.pairs_said`; sets of codes give a pair for every two codes that
stand against each other, so that the pairs of a set may be more than its coders.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from annotator.codebook.model import Variable, VariableType
from annotator.errors import AnnotatorError
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.work.compared_codings import ComparedCodings, Which, compared_codings
from annotator.work.matrices import labels_of
from annotator.work.same_things import Thing, absent, pairs_said, same_things, value_of

Values = tuple[str, str]
"""What one coder gave and what another did."""

CoderPair = tuple[str, str]
"""Two coders, in the order of their names."""

YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Two values that were given for the same thing.

    Attributes:
        first: The one value; of a pair of coders, what the first of them gave.
        second: The other one, or the same.
        times: How often, counted over things and pairs of coders.
        places: The passages, each once, in reading order.
    """

    first: str
    second: str
    times: int
    places: tuple[Place, ...]

    @property
    def differs(self) -> bool:
        """Whether the values differ."""
        return self.first != self.second


@dataclass(frozen=True, slots=True)
class VariableConfusion:
    """What coders gave for one variable where others gave something.

    Attributes:
        variable: Its id.
        name: A short name.
        unit: The unit it belongs to.
        values: Every value that was given: codes in the order of the codebook, then states and
            whatever else stands in brackets.
        labels: What values are called; those in brackets by themselves.
        no_record: What stands for a record that a coder does not have.
        coders: Everyone who is compared, by name.
        by_pair: For each pair of coders, where which values stand against each other: the passage
            of each time.
        places: Every passage that is compared, in reading order.
        n_things: How many passages or aligned records are compared.
    """

    variable: str
    name: str
    unit: str
    values: tuple[str, ...]
    labels: Mapping[str, str]
    no_record: str
    coders: tuple[str, ...]
    by_pair: Mapping[CoderPair, Mapping[Values, tuple[Place, ...]]]
    places: tuple[Place, ...]
    n_things: int

    def cells(self, pair: CoderPair | None = None) -> tuple[Cell, ...]:
        """The cells that hold anything, the fullest first, then in the order of the values.

        Args:
            pair: Two coders, whose order is that of the values; None for all pairs together,
                where the order of two values means nothing and the earlier one comes first.
        """
        place_of = {value: number for number, value in enumerate(self.values)}
        found: dict[Values, list[Place]] = defaultdict(list)
        for values, places in self._of(pair):
            if pair is None and place_of[values[0]] > place_of[values[1]]:
                values = values[1], values[0]
            found[values] += places
        order = {place: number for number, place in enumerate(self.places)}
        cells = [
            Cell(*values, len(places), tuple(sorted(set(places), key=order.__getitem__)))
            for values, places in found.items()
        ]
        return tuple(
            sorted(cells, key=lambda one: (-one.times, place_of[one.first], place_of[one.second]))
        )

    def confused(self, pair: CoderPair | None = None) -> tuple[Cell, ...]:
        """The cells of different values that were both given: records that one lacks stay out.

        Args:
            pair: As for `cells`.
        """
        return tuple(
            one
            for one in self.cells(pair)
            if one.differs and self.no_record not in (one.first, one.second)
        )

    def cell(self, first: str, second: str, pair: CoderPair | None = None) -> Cell:
        """One cell, empty where nothing is in it.

        Args:
            first: A value; of a pair of coders, that of the first.
            second: Another, or the same; without a pair of coders in either order.
            pair: As for `cells`.
        """
        wanted = {(first, second)} if pair else {(first, second), (second, first)}
        for one in self.cells(pair):
            if (one.first, one.second) in wanted:
                return one
        return Cell(first, second, 0, ())

    def counts(self, pair: CoderPair | None = None) -> tuple[tuple[int, ...], ...]:
        """How often each value stands against each, rows and columns as `values`.

        Rows are the first coder's of a pair; for all pairs together the table is the same along
        and across.
        """
        times: Counter[Values] = Counter()
        for one in self.cells(pair):
            times[one.first, one.second] = one.times
            if pair is None:
                times[one.second, one.first] = one.times
        return tuple(tuple(times[row, column] for column in self.values) for row in self.values)

    def as_json(self, pair: CoderPair | None = None) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "variable": self.variable,
            "unit": self.unit,
            "values": list(self.values),
            "coders": list(pair or self.coders),
            "n": self.n_things,
            "counts": [list(row) for row in self.counts(pair)],
            "cells": [
                {
                    "values": [one.first, one.second],
                    "times": one.times,
                    "passages": [
                        {"report": report, "passage": number} for report, number in one.places
                    ],
                }
                for one in self.cells(pair)
                if one.differs
            ],
        }

    def _of(self, pair: CoderPair | None) -> Iterator[tuple[Values, tuple[Place, ...]]]:
        if pair is None:
            for one in self.by_pair.values():
                yield from one.items()
        elif pair in self.by_pair:
            yield from self.by_pair[pair].items()
        else:
            for (first, second), places in self.by_pair.get((pair[1], pair[0]), {}).items():
                yield (second, first), places


def confusions(found: ComparedCodings, only: str | None = None) -> tuple[VariableConfusion, ...]:
    """Every variable whose values can be confused, in the order of the codebook.

    Args:
        found: The codings that are compared.
        only: The id of the only variable; None for all.
    """
    places = tuple(found.places[passage] for passage in found.coded.rows)
    passages = zip(places, found.by_passage().values(), strict=True)
    units = same_things([(report, made) for (report, _), made in passages], found.codebook)
    return tuple(
        _confusion(variable, units[variable.unit], found, places)
        for variable in found.codebook.variables
        if can_be_confused(variable) and only in (None, variable.id)
    )


def can_be_confused(variable: Variable) -> bool:
    """Whether the values of a variable are so few that a table of them can be read."""
    return variable.type.has_codes or variable.type is VariableType.YES_NO


def confusion_of(
    project: Project,
    round_name: str | None = None,
    *,
    variable: str | None = None,
    which: Which = "first",
    among: Collection[int] | None = None,
) -> tuple[str, tuple[VariableConfusion, ...]]:
    """The confusions of a round.

    Args:
        project: The project.
        round_name: The round; None where there is one only.
        variable: The id of the only variable; None for all.
        which: `first` or `latest` codings of each coder.
        among: The row ids of the only passages, some thousands at most; None for all.

    Returns:
        The name of the round, and each variable.

    Raises:
        AnnotatorError: There is no such round, or no such variable with codes; or the codings were
            made under codebooks with a major change between them.
        WorkProblem: No passage of the round has been coded twice.
    """
    found = compared_codings(project, round_name, which=which, among=among)
    if variable is None:
        return found.round, confusions(found)
    chosen = confusions(found, variable)
    if not chosen:
        every = [one.id for one in found.codebook.variables if can_be_confused(one)]
        listed = ", ".join(every) or "none"
        raise AnnotatorError(
            f"There is no variable “{variable}” with codes in the codebook; choose from {listed}."
        )
    return found.round, chosen


def _confusion(
    variable: Variable,
    things: Sequence[Thing],
    found: ComparedCodings,
    places: tuple[Place, ...],
) -> VariableConfusion:
    no_record = absent(found.codebook, variable.unit)
    by_pair: dict[CoderPair, dict[Values, list[Place]]] = defaultdict(lambda: defaultdict(list))
    # Answers repeat; what two of them stand for is worked out once.
    known: dict[Values, tuple[Values, ...]] = {}
    used: set[str] = set()
    for one in things:
        said = [
            (coder, value_of(record, variable, no_record))
            for coder, record in sorted(one.by_coder.items())
        ]
        for (first, ours), (second, theirs) in combinations(said, 2):
            # Neither of the two has the record: nothing was said that could be compared.
            if ours == theirs == no_record:
                continue
            if (ours, theirs) not in known:
                known[ours, theirs] = tuple(pairs_said(ours, theirs, variable))
                used.update(value for both in known[ours, theirs] for value in both)
            for values in known[ours, theirs]:
                by_pair[first, second][values].append(places[one.passage])
    return VariableConfusion(
        variable.id,
        variable.name,
        variable.unit,
        _in_order(variable, used),
        YES_NO if variable.type is VariableType.YES_NO else labels_of(variable),
        no_record,
        found.coded.coders,
        {
            pair: {values: tuple(where) for values, where in cells.items()}
            for pair, cells in sorted(by_pair.items())
        },
        places,
        len(things),
    )


def _in_order(variable: Variable, used: set[str]) -> tuple[str, ...]:
    """The values that were given: those of the codebook in its order, then the others."""
    known = [code.id for code in variable.codes] or list(YES_NO)
    return tuple(
        [one for one in known if one in used] + sorted(one for one in used if one not in set(known))
    )
