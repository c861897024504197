"""Ratings: what each coder said about each unit, as one matrix of small whole numbers."""

import math
from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.level import Level
from annotator.errors import AnnotatorError

Codes = NDArray[np.signedinteger[Any]]
"""A matrix of positions in `Ratings.categories`; -1 is a missing value."""

MISSING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """The values that r coders gave to N units.

    Attributes:
        codes: N x r, position of each value in `categories`, -1 where there is none; kept column
            by column, in the smallest signed integers that hold it, and read-only.
        categories: The distinct values. Numbers ascend; an order the caller gave is kept.
        coders: r names.
        units: N names.
        ordered: Whether the order of `categories` was given by the caller.
        members: For sets, the codes a set may hold when the caller listed them, else None.
        notes: What a reader must know of where they came from, in sentences.
        clusters: N labels where units of one cluster are alike and only clusters independent, such
            as the report of each passage; None where units are independent.
    """

    codes: Codes
    categories: tuple[object, ...]
    coders: tuple[str, ...]
    units: Sequence[str]
    ordered: bool = False
    members: tuple[object, ...] | None = None
    notes: tuple[str, ...] = ()
    clusters: tuple[Hashable, ...] | None = None

    @classmethod
    def from_codes(
        cls,
        matrix: NDArray[np.integer[Any]],
        categories: Sequence[object],
        coders: Sequence[str],
        units: Sequence[str] | None = None,
        *,
        members: Sequence[object] | None = None,
        ordered: bool = True,
    ) -> "Ratings":
        """Ratings from a matrix of positions in `categories`.

        Args:
            matrix: N x r whole numbers, -1 where a value is missing.
            categories: The values the numbers stand for, in their order on an ordinal scale.
            coders: r distinct names.
            units: N names; by default 1, 2, ...
            members: For sets, every code a set may hold, used or not.
            ordered: Whether the order of `categories` means anything (an ordinal level needs it).

        Raises:
            AnnotatorError: The shapes do not fit, a number stands for no category, a coder or a
                category comes twice.
        """
        matrix = np.asarray(matrix)
        if matrix.ndim != 2 or not np.issubdtype(matrix.dtype, np.integer):
            raise AnnotatorError(
                "Ratings need a matrix of whole numbers, a row per unit and a column per coder."
            )
        n_units, n_coders = matrix.shape
        if len(coders) != n_coders:
            raise AnnotatorError(
                f"The ratings have {n_coders} columns but {len(coders)} coders are named; "
                "name one coder per column."
            )
        if units is not None and len(units) != n_units:
            raise AnnotatorError(
                f"The ratings have {n_units} rows but {len(units)} units are named; "
                "name one unit per row."
            )
        _refuse_repeated("coder", coders)
        _refuse_repeated("category", categories)
        if matrix.size and (matrix.min() < MISSING or matrix.max() >= len(categories)):
            raise AnnotatorError(
                f"The ratings hold a number outside -1 to {len(categories) - 1}; "
                "each must be a position in the categories, or -1 for a missing value."
            )
        dtype = np.min_scalar_type(-max(len(categories), 1) - 1)
        codes = np.array(matrix, dtype=dtype, order="F")
        codes.flags.writeable = False
        return cls(
            codes=codes,
            categories=tuple(categories),
            coders=tuple(coders),
            units=tuple(units) if units is not None else _Counted(n_units),
            ordered=ordered,
            members=None if members is None else tuple(members),
        )

    @classmethod
    def from_rows(
        cls,
        rows: Sequence[Sequence[object | None]],
        coders: Sequence[str],
        units: Sequence[str] | None = None,
        level: Level | str = Level.NOMINAL,
        categories: Sequence[object] | None = None,
    ) -> "Ratings":
        """Ratings from the values themselves.

        Args:
            rows: N units x r coders; None (or a float that is not a number) is a missing value.
                At level `set` each value is a set of codes, and the empty set is a value.
            coders: r distinct names.
            units: N names; by default 1, 2, ...
            level: What the values are; they are checked against it.
            categories: Every value there may be, in order, used or not (for sets: every code a set
                may hold). An ordinal scale that is not made of numbers needs it.

        Raises:
            AnnotatorError: A row has another length than `coders`, or a value does not fit the
                level or the categories; the sentence names the unit and the coder.
        """
        level = Level.named(level)
        names: Sequence[str] = units if units is not None else _Counted(len(rows))
        is_set = level is Level.SET
        if categories is not None:
            _refuse_repeated("category", categories)
        allowed = None if categories is None else frozenset(categories)
        positions: dict[object, int] = {}
        if categories is not None and not is_set:
            positions = {value: position for position, value in enumerate(categories)}
        matrix = np.full((len(rows), len(coders)), MISSING, dtype=np.int64)
        for row_number, row in enumerate(rows):
            if len(row) != len(coders):
                raise AnnotatorError(
                    f"Unit {_name(names, row_number)} has {len(row)} values for {len(coders)} "
                    "coders; give one value per coder, None where one is missing."
                )
            for column, given in enumerate(row):
                if given is None or (isinstance(given, float) and math.isnan(given)):
                    continue
                value = frozenset(given) if isinstance(given, Set) else given
                position = positions.get(value)
                if position is None:
                    problem = _problem_with(value, level, allowed)
                    if problem:
                        raise AnnotatorError(
                            f"Unit {_name(names, row_number)}, coder {coders[column]}: {problem}."
                        )
                    position = positions[value] = len(positions)
                matrix[row_number, column] = position
        found = tuple(positions)
        if categories is None or is_set:
            order = sorted(range(len(found)), key=lambda position: _sort_key(found[position]))
            rank = np.empty(len(found) + 1, dtype=np.int64)
            rank[order] = np.arange(len(found))
            rank[MISSING] = MISSING
            matrix = rank[matrix]
            found = tuple(found[position] for position in order)
        return cls.from_codes(
            matrix,
            found,
            coders,
            units,
            members=categories if is_set else None,
            ordered=categories is not None and not is_set,
        )

    def of_coders(self, places: Sequence[int]) -> "Ratings":
        """The same ratings by some of the coders only.

        Args:
            places: Which columns, in their order.
        """
        codes = np.asfortranarray(self.codes[:, list(places)])
        codes.flags.writeable = False
        return replace(self, codes=codes, coders=tuple(self.coders[place] for place in places))

    def of_units(self, places: Sequence[int]) -> "Ratings":
        """The same ratings of some of the units only.

        Args:
            places: Which rows, in their order.
        """
        codes = np.asfortranarray(self.codes[list(places)])
        codes.flags.writeable = False
        labels = self.clusters
        return replace(
            self,
            codes=codes,
            units=tuple(self.units[place] for place in places),
            clusters=None if labels is None else tuple(labels[place] for place in places),
        )

    def of_code(self, code: object) -> "Ratings":
        """Whether each value is a code, or as a set holds it: `no` or `yes`.

        Args:
            code: A category, or for sets a member.

        Raises:
            AnnotatorError: There is no such category or member.
        """
        used = [
            code in value if isinstance(value, frozenset) else value == code
            for value in self.categories
        ]
        if not any(used) and code not in (self.members or ()):
            raise AnnotatorError(f"There is no code {code!r} among the values; name one there is.")
        table = np.array([*used, MISSING], dtype=np.int8)
        codes = np.asfortranarray(table[self.codes])
        codes.flags.writeable = False
        return replace(self, codes=codes, categories=("no", "yes"), ordered=True, members=None)

    def in_clusters(self, clusters: Sequence[Hashable] | None) -> "Ratings":
        """The same ratings, where only clusters of units are independent.

        Args:
            clusters: N labels, for example the report of each passage; None for none.

        Raises:
            AnnotatorError: There are more or fewer labels than units.
        """
        if clusters is None:
            return replace(self, clusters=None)
        if len(clusters) != len(self.units):
            raise AnnotatorError(
                f"There are {len(self.units)} units but {len(clusters)} clusters are named; "
                "name the cluster of each unit."
            )
        return replace(self, clusters=tuple(clusters))

    @property
    def n_coders(self) -> int:
        """How many coders gave at least one value."""
        return int(self.used_columns.sum())

    @property
    def used_columns(self) -> NDArray[np.bool_]:
        """Which of the r coders gave at least one value."""
        used = [bool(column.size) and int(column.max()) >= 0 for column in self.codes.T]
        return np.array(used, dtype=bool)


class _Counted(Sequence[str]):
    """The names "1", "2", ... of units nobody named, made when asked for."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, position: Any) -> Any:
        chosen = range(1, self._length + 1)[position]
        return [str(number) for number in chosen] if isinstance(chosen, range) else str(chosen)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number (True and False are not)."""
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def _problem_with(value: object, level: Level, allowed: Set[object] | None) -> str:
    """What is wrong with one value at this level, or an empty text."""
    if level is Level.SET:
        if not isinstance(value, frozenset):
            return f"{value!r} is not a set of codes; give a frozenset, empty if no code applies"
        unknown = sorted(str(code) for code in value - allowed) if allowed is not None else []
        if unknown:
            return f"the code {unknown[0]!r} is not among the categories; add it there or mend it"
        return ""
    if allowed is not None:
        return f"{value!r} is not among the categories; add it there or mend the value"
    if level in (Level.INTERVAL, Level.RATIO) and not is_number(value):
        return f"{value!r} is not a number, which level {level} needs; use None for a missing value"
    if level in (Level.ORDINAL, Level.CIRCULAR) and not is_number(value):
        return (
            f"{value!r} is not a number, so level {level} does not know its place; "
            "give the categories in their order"
        )
    if level is Level.RATIO and isinstance(value, Real) and value < 0:
        return f"{value!r} is below zero, which level ratio does not have; use level interval"
    return ""


def _refuse_repeated(kind: str, names: Iterable[object]) -> None:
    seen: set[object] = set()
    for name in names:
        if name in seen:
            raise AnnotatorError(f"The {kind} {name!r} comes twice; give each {kind} once.")
        seen.add(name)


def _name(units: Sequence[str], row: int) -> str:
    return units[row] if row < len(units) else str(row + 1)


def _sort_key(value: object) -> tuple[int, float, str, tuple[str, ...]]:
    """Numbers by size, then words by spelling, then sets by size and spelling."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return (0, float(value), "", ())
    if isinstance(value, frozenset):
        return (2, float(len(value)), "", tuple(sorted(str(code) for code in value)))
    return (1, 0.0, str(value), ())
