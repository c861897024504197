"""Spans on continua: which coder marked which stretch of which text, and with which code.

A continuum is a text, or any other line of positions, that coders divide into spans of their own
making; what they leave between the spans are gaps (Krippendorff and others 2016). Positions are
whole numbers and a span is half-open: `[start, end)` has `end - start` positions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.errors import AnnotatorError

Places = NDArray[np.int64]
"""Positions of a text, or positions in a list."""

Row = tuple[str, str, str, int, int]
"""Continuum, coder, code, start, end."""

THE_ONE_CONTINUUM = "text"
"""The name of a continuum that needs none, because it is the only one."""

ANY_CODE = "(any code)"
"""What stands for all codes where they are not told apart."""

_FARTHEST = 10**9

APART = 4 * _FARTHEST
"""How far apart continua are put on one line, so that nothing of one comes near another."""


@dataclass(frozen=True, slots=True)
class Continuum:
    """A text that was coded: its positions `[begin, begin + length)`.

    Attributes:
        name: Tells it from the others.
        length: How many positions it has, at least 1.
        begin: Its first position.
        report: What it is a part of; continua of one report are not independent of each other. None
            where it stands for itself.
    """

    name: str
    length: int
    begin: int = 0
    report: str | None = None


def _span_number(row: int) -> str:
    return f"Span {row + 1}"


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The S spans that r coders marked on N continua, ordered by continuum, coder and start.

    Attributes:
        continua: The N continua.
        coders: r names.
        codes: K names, numbers by size and then words by spelling unless the caller ordered them.
        coded: N x r, whether a coder coded a continuum, spans or none.
        continuum: For each span the position of its continuum in `continua` (S).
        coder: The position of its coder in `coders` (S).
        code: The position of its code in `codes` (S).
        start: Its first position (S).
        end: The position behind its last (S).
    """

    continua: tuple[Continuum, ...]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    coded: NDArray[np.bool_]
    continuum: Places
    coder: Places
    code: Places
    start: Places
    end: Places

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        continua: Sequence[Continuum],
        *,
        coded: Iterable[tuple[str, str]] = (),
        codes: Sequence[str] | None = None,
        where: Callable[[int], str] = _span_number,
    ) -> "Spans":
        """Spans on several continua.

        Args:
            rows: Continuum, coder, code, start and end of each span.
            continua: The continua, each with a name of its own.
            coded: Continuum and coder where somebody coded a continuum; whoever has a span in it
                did, so that only those who marked nothing need be named.
            codes: Every code there may be, in order; by default those that occur.
            where: What to call the span of a row (counted from 0) in a message.

        Raises:
            AnnotatorError: A span has no positions, leaves its continuum or overlaps another one of
                the same coder and code; a continuum or a code is unknown, comes twice or has no
                positions. The sentence names the span.
        """
        places = _places_of(continua)
        code_places = {name: place for place, name in enumerate(codes or ())}
        if codes is not None and len(code_places) < len(codes):
            raise AnnotatorError("A code comes twice in the list of codes; give each code once.")
        coder_places: dict[str, int] = {}
        found: list[tuple[int, int, int, int, int]] = []
        for number, (name, coder, code, start, end) in enumerate(rows):
            place = places.get(name)
            if place is None:
                raise AnnotatorError(
                    f"{where(number)}: there is no continuum {name!r}; give its length."
                )
            if codes is None:
                code_place = code_places.setdefault(code, len(code_places))
            elif code in code_places:
                code_place = code_places[code]
            else:
                raise AnnotatorError(
                    f"{where(number)}: {code!r} is not among the codes; add it or mend the span."
                )
            first, last = index(start), index(end)
            _check_span(first, last, continua[place], where(number))
            coder_place = coder_places.setdefault(coder, len(coder_places))
            found.append((place, coder_place, code_place, first, last))
        pairs = {(place, coder) for place, coder, *_ in found}
        for name, coder in coded:
            if name not in places:
                raise AnnotatorError(f"There is no continuum {name!r}; give its length.")
            pairs.add((places[name], coder_places.setdefault(coder, len(coder_places))))
        table = np.array(found, dtype=np.int64).reshape(-1, 5).T
        _refuse_twofold(table, tuple(code_places), where)
        matrix = np.zeros((len(continua), len(coder_places)), dtype=bool)
        for place, coder_place in pairs:
            matrix[place, coder_place] = True
        order = np.lexsort((table[4], table[3], table[1], table[0]))
        spans = cls(
            tuple(continua), tuple(coder_places), tuple(code_places), matrix, *table[:, order]
        )
        return spans if codes is not None else spans._in_order_of_names()

    @classmethod
    def of_text(
        cls,
        rows: Iterable[tuple[str, str, int, int]],
        length: int,
        begin: int = 0,
        *,
        coders: Iterable[str] = (),
    ) -> "Spans":
        """Spans on one continuum.

        Args:
            rows: Coder, code, start and end of each span.
            length: How many positions the continuum has.
            begin: Its first position.
            coders: Who coded it; whoever has a span did, so that only those who marked nothing need
                be named.

        Raises:
            AnnotatorError: As for `from_rows`.
        """
        name = THE_ONE_CONTINUUM
        return cls.from_rows(
            ((name, *row) for row in rows),
            [Continuum(name, length, begin)],
            coded=((name, coder) for coder in coders),
        )

    @property
    def pairable(self) -> NDArray[np.bool_]:
        """Which continua two or more coders coded (N); only these count."""
        n_coders: Places = self.coded.sum(axis=1)
        return n_coders >= 2

    @property
    def n_coders(self) -> int:
        """How many coders coded a continuum that somebody else coded too."""
        return int(self.coded[self.pairable].any(axis=0).sum())

    @property
    def overlapping(self) -> bool:
        """Whether spans of one coder overlap, which only spans with different codes may."""
        return bool(self._overlaps_the_one_before().any())

    def groups(self) -> tuple[Places, int]:
        """For each continuum the number of its report (N), and how many there are.

        A continuum without a report is numbered like a report of its own.
        """
        numbers: dict[tuple[bool, str], int] = {}
        keys = ((one.report is None, one.report or one.name) for one in self.continua)
        places = [numbers.setdefault(key, len(numbers)) for key in keys]
        return np.array(places, dtype=np.int64), len(numbers)

    def only(self, which: NDArray[np.bool_]) -> "Spans":
        """Some of the spans (S), on the same continua by the same coders."""
        return replace(
            self,
            continuum=self.continuum[which],
            coder=self.coder[which],
            code=self.code[which],
            start=self.start[which],
            end=self.end[which],
        )

    def with_code(self, code: int) -> "Spans":
        """The spans with the code at this position of `codes`, which is then the only one."""
        chosen = self.only(self.code == code)
        return replace(chosen, codes=(self.codes[code],), code=np.zeros_like(chosen.code))

    def regardless_of_codes(self) -> "Spans":
        """The spans with one and the same code; those of one coder that overlap become one span."""
        first = ~self._overlaps_the_one_before()
        chosen = self.only(first)
        ends = chosen.end
        if len(ends):
            ends = np.maximum.reduceat(self.end, np.flatnonzero(first))
        return replace(chosen, codes=(ANY_CODE,), code=np.zeros_like(chosen.code), end=ends)

    def _overlaps_the_one_before(self) -> NDArray[np.bool_]:
        """Whether a span begins before all earlier ones of its coder there have ended (S)."""
        if not len(self.start):
            return np.zeros(0, dtype=bool)
        stretch = (self.continuum * len(self.coders) + self.coder) * APART
        return _begins_inside(stretch + self.start, stretch + self.end)

    def _in_order_of_names(self) -> "Spans":
        names = sorted(self.codes, key=_name_key)
        rank = {name: place for place, name in enumerate(names)}
        to = np.array([rank[name] for name in self.codes], dtype=np.int64)
        return replace(self, codes=tuple(names), code=to[self.code])


def _places_of(continua: Sequence[Continuum]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, one in enumerate(continua):
        if places.setdefault(one.name, place) != place:
            raise AnnotatorError(f"The continuum {one.name!r} comes twice; give each one once.")
        if one.length < 1:
            raise AnnotatorError(
                f"The continuum {one.name!r} has a length of {one.length}; "
                "give the number of its positions, at least 1."
            )
        if max(abs(one.begin), one.length) > _FARTHEST:
            raise AnnotatorError(
                f"The continuum {one.name!r} has positions beyond {_FARTHEST}, too many to measure."
            )
    return places


def _check_span(start: int, end: int, continuum: Continuum, where: str) -> None:
    if start >= end:
        raise AnnotatorError(
            f"{where}: the span [{start}, {end}) has no positions; its end must lie behind its "
            "start."
        )
    behind = continuum.begin + continuum.length
    if start < continuum.begin or end > behind:
        raise AnnotatorError(
            f"{where}: the span [{start}, {end}) leaves the continuum "
            f"[{continuum.begin}, {behind}); mend the span or the length of the continuum."
        )


def _refuse_twofold(
    table: NDArray[np.int64], codes: Sequence[str], where: Callable[[int], str]
) -> None:
    """Refuse overlapping spans of one coder with one code: as units they contradict each other."""
    continuum, coder, code, start, end = table
    order = np.lexsort((start, code, coder, continuum))
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in (continuum, coder, code):
        same &= column[order[1:]] == column[order[:-1]]
    bad = np.flatnonzero(same & (start[order[1:]] < end[order[:-1]]))
    if len(bad):
        earlier, later = sorted((int(order[bad[0]]), int(order[bad[0] + 1])))
        raise AnnotatorError(
            f"{where(later)}: the span [{start[later]}, {end[later]}) overlaps "
            f"[{start[earlier]}, {end[earlier]}) of the same coder and code "
            f"{codes[code[later]]!r}; make them one span."
        )


def _begins_inside(start: Places, end: Places) -> NDArray[np.bool_]:
    """Whether each stretch begins before an earlier one ends; ordered by start."""
    farthest = np.maximum.accumulate(end)
    return np.concatenate(([False], start[1:] < farthest[:-1]))


def _name_key(name: str) -> tuple[bool, Any]:
    """Whole numbers by size, then words by spelling."""
    is_number = name.isascii() and name.isdigit()
    return (not is_number, int(name) if is_number else name)
