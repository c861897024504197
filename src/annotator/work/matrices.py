"""From the answers of a round to matrices of ratings: what is compared, and at which level.

Every matrix has a row for each thing that two or more coders said something of, a passage or an
aligned record, and a column for each coder. Answers come as text, and what a text means is asked
once for each distinct one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import Level, Ratings
from annotator.agreement.distance import ByPairs, Difference, Ratio, Table, WithAbsent
from annotator.codebook.model import Variable, VariableType
from annotator.coding.model import State
from annotator.work.texts import STATE_NAMES, count_of

NO_ANSWER = "(no answer)"
"""What a coder said who submitted a passage and left a question open, or was not asked it."""

EMPTY_SET = "{}"

_LEVELS = {
    VariableType.CODE: Level.NOMINAL,
    VariableType.YES_NO: Level.NOMINAL,
    VariableType.DATE: Level.NOMINAL,
    VariableType.CODES: Level.SET,
    VariableType.SCALE: Level.ORDINAL,
    VariableType.COUNT: Level.RATIO,
    VariableType.NUMBER: Level.INTERVAL,
}
_ORDERED = (Level.ORDINAL, Level.INTERVAL, Level.RATIO)
_STATES = (*STATE_NAMES.values(), NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Coded:
    """Who said something of what: which coder coded which passage, or made which record.

    Attributes:
        coders: r names, sorted: those who coded something that someone else coded too.
        rows: What was coded at least twice, N numbers of passages or of aligned records.
        cells: For each coding of a row, where it stands in an N x r matrix, counted row by row.
        coded_by: How many passages or records were coded by how many coders.
    """

    coders: tuple[str, ...]
    rows: tuple[int, ...]
    cells: Mapping[tuple[int, str], int]
    coded_by: Mapping[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        """N and r."""
        return len(self.rows), len(self.coders)

    @property
    def all_cells(self) -> NDArray[np.intp]:
        """Where every coding stands."""
        return np.fromiter(self.cells.values(), dtype=np.intp, count=len(self.cells))

    @classmethod
    def of(cls, codings: Iterable[tuple[int, str]]) -> "Coded":
        """From pairs of a passage, or a record, and a coder, each coming once."""
        coders_of: dict[int, list[str]] = defaultdict(list)
        for coded, coder in codings:
            coders_of[coded].append(coder)
        compared = {coded: who for coded, who in coders_of.items() if len(who) > 1}
        coders = tuple(sorted({coder for who in compared.values() for coder in who}))
        column = {coder: position for position, coder in enumerate(coders)}
        cells = {
            (coded, coder): row * len(coders) + column[coder]
            for row, (coded, who) in enumerate(compared.items())
            for coder in who
        }
        coded_by = Counter(len(who) for who in coders_of.values())
        return cls(coders, tuple(compared), cells, dict(sorted(coded_by.items())))


@dataclass(slots=True)
class Said:
    """What was said about one variable: a cell of the matrix and a text for each answer."""

    cells: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, cell: int, text: str) -> None:
        """Add one answer."""
        self.cells.append(cell)
        self.texts.append(text)

    def and_in(self, cells: Sequence[int], text: str) -> "Said":
        """The same with one more text in further cells."""
        return Said([*self.cells, *cells], [*self.texts, *[text] * len(cells)])


@dataclass(frozen=True, slots=True)
class Comparison:
    """One matrix of ratings, and what it compares.

    Attributes:
        variable: The variable's id, with ` (stated?)` behind it where states are compared.
        level: The level its values are measured at.
        ratings: The matrix.
        basis: What of the answers is compared, in words.
        labels: Labels of the categories or, for sets, of the codes in them; empty where they are
            not a list that the codebook gives.
        partly: In how many rows some of the coders gave a value and others did not.
        distance: Between the categories, where alpha is not to go by its level.
    """

    variable: str
    level: Level
    ratings: Ratings
    basis: str
    labels: Mapping[str, str]
    partly: int
    distance: ByPairs | None = None


def comparisons(variable: Variable, said: Said, coded: Coded, absent: str = "") -> list[Comparison]:
    """The matrices that compare one variable; none for a type that no coefficient here fits.

    A scale, a count or a number has a second matrix over the states of its answers, since its first
    one takes an answer without a value for missing.

    Args:
        variable: The variable.
        said: The answers to it.
        coded: Who coded what.
        absent: What stands among the answers for a coder who has no such record: a value of its
            own, as far from every other as two values can be.
    """
    level = _LEVELS.get(variable.type)
    if level is None:
        return []
    if level is Level.SET:
        return [sets(variable.id, labels_of(variable), said, coded, "set of codes")]
    if level in _ORDERED:
        values = (
            _on_scale(variable, said, coded, absent)
            if level is Level.ORDINAL
            else _amounts(variable, level, said, coded, absent)
        )
        return [values, _states(variable, said, coded, absent)]
    return [_nominal(variable, said, coded)]


def labels_of(variable: Variable) -> dict[str, str]:
    """The labels of the codes of a variable, by their ids."""
    return {code.id: code.label for code in variable.codes}


def _nominal(variable: Variable, said: Said, coded: Coded) -> Comparison:
    if variable.type is VariableType.DATE:
        return nominal(variable.id, {}, said, coded, "date as text")
    if variable.type is VariableType.YES_NO:
        return nominal(variable.id, {"yes": "Yes", "no": "No"}, said, coded, "yes or no")
    return nominal(variable.id, labels_of(variable), said, coded, "code")


def nominal(
    name: str, labels: Mapping[str, str], said: Said, coded: Coded, basis: str
) -> Comparison:
    """A matrix of values that are equal or not.

    Args:
        name: What is compared.
        labels: The labels of the values there can be; empty where the codebook lists none.
        said: The values as texts.
        coded: Who coded what.
        basis: What of the answers is compared, in words.
    """
    known = _with_others(labels, set(said.texts))
    return _comparison(
        name, Level.NOMINAL, said, coded, tuple(known), basis, known if labels else {}
    )


def sets(name: str, labels: Mapping[str, str], said: Said, coded: Coded, basis: str) -> Comparison:
    """A matrix of sets.

    Args:
        name: What is compared.
        labels: The labels of what a set may hold.
        said: The sets as texts, their members with `|` between them.
        coded: Who coded what.
        basis: What of the answers is compared, in words.
    """
    meaning = {text: members_of(text) for text in set(said.texts)}
    used = frozenset().union(*meaning.values()) if meaning else frozenset()
    known = _with_others(labels, used)
    categories = sorted(set(meaning.values()), key=sorted)
    return _comparison(
        name,
        Level.SET,
        said,
        coded,
        categories,
        basis,
        known,
        meaning=meaning.__getitem__,
        members=tuple(known),
    )


def _on_scale(variable: Variable, said: Said, coded: Coded, absent: str) -> Comparison:
    labels = labels_of(variable)
    categories = list(labels)
    distance = None
    if absent in said.texts:
        distance = _with_absent([float(place) for place in range(len(labels))], Level.ORDINAL)
        categories.append(absent)
        labels[absent] = absent
    return _comparison(
        variable.id,
        Level.ORDINAL,
        said,
        coded,
        categories,
        "place on the scale",
        labels,
        meaning=lambda text: text if text in labels else None,
        distance=distance,
    )


def _amounts(variable: Variable, level: Level, said: Said, coded: Coded, absent: str) -> Comparison:
    texts = set(said.texts) - {*_STATES, absent}
    basis = "number"
    if variable.type is VariableType.COUNT:
        basis = "best figure, else the low one, else the high one"
        amounts = {text: figure_of(text) for text in texts}
    else:
        amounts = {text: float(text) for text in texts}
    return numbers(variable.id, level, amounts, said, coded, basis, absent)


def numbers(
    name: str,
    level: Level,
    amounts: Mapping[str, float],
    said: Said,
    coded: Coded,
    basis: str,
    absent: str = "",
) -> Comparison:
    """A matrix of numbers.

    Args:
        name: What is compared.
        level: `ratio` or `interval`.
        amounts: The number that each text stands for; one that is not here is a missing value.
        said: The numbers as texts.
        coded: Who coded what.
        basis: What of the answers is compared, in words.
        absent: See `comparisons`.
    """
    ascending = sorted(set(amounts.values()))
    categories: list[object] = [*ascending]
    meaning: dict[str, object] = dict(amounts)
    distance = None
    if absent in said.texts:
        distance = _with_absent(ascending, level)
        categories.append(absent)
        meaning[absent] = absent
    return _comparison(
        name, level, said, coded, categories, basis, {}, meaning=meaning.get, distance=distance
    )


def _with_absent(amounts: Sequence[float], level: Level) -> ByPairs:
    """A distance between numbers and, last, a value that lies 1 from all of them.

    Numbers at level ratio are never further apart than that; places on a scale, and numbers at
    level interval, lie the square of the share of the whole range apart.
    """
    if not amounts:
        return Table(np.zeros((1, 1)))
    numbers = np.array(amounts)
    if level is Level.RATIO:
        return WithAbsent(Ratio(numbers), len(amounts) + 1)
    whole = float(np.ptp(numbers)) or 1.0
    return WithAbsent(Difference(numbers / whole, np.square), len(amounts) + 1)


def figure_of(text: str) -> float:
    """The figure of a count: its best one, else the low one, else the high one."""
    count = count_of(text)
    figures = (count.best, count.low, count.high)
    return float(next(figure for figure in figures if figure is not None))


def _states(variable: Variable, said: Said, coded: Coded, absent: str) -> Comparison:
    states = {*_STATES, absent}
    stated = STATE_NAMES[State.STATED]
    by_cell = dict.fromkeys(coded.cells.values(), NO_ANSWER)
    by_cell |= {
        cell: text if text in states else stated
        for cell, text in zip(said.cells, said.texts, strict=True)
    }
    filled = Said(list(by_cell), list(by_cell.values()))
    used = set(filled.texts)
    labels = {name: name for name in (*_STATES, absent) if name in used}
    name = f"{variable.id} (stated?)"
    return _comparison(
        name, Level.NOMINAL, filled, coded, tuple(labels), "state of the answer", labels
    )


def _with_others(labels: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    """The labels of codes, with what was used beside them: states, codes of another version."""
    return {**labels, **{name: name for name in sorted(used) if name not in labels}}


def members_of(text: str) -> frozenset[str]:
    """The members of a set written as a text."""
    return frozenset() if text == EMPTY_SET else frozenset(text.split("|"))


def _comparison(
    name: str,
    level: Level,
    said: Said,
    coded: Coded,
    categories: Sequence[object],
    basis: str,
    labels: Mapping[str, str],
    *,
    meaning: Callable[[str], object | None] = str,
    members: Sequence[str] | None = None,
    distance: ByPairs | None = None,
) -> Comparison:
    """Put texts into a matrix; `meaning` gives the category of a text, None for a missing value."""
    distinct: dict[str, int] = {}
    numbers = [distinct.setdefault(text, len(distinct)) for text in said.texts]
    position = {category: place for place, category in enumerate(categories)}
    place_of = np.full(len(distinct) + 1, -1)
    for text, number in distinct.items():
        category = meaning(text)
        if category is not None:
            place_of[number] = position[category]
    codes = np.full(coded.shape, -1)
    codes.flat[np.array(said.cells, dtype=np.intp)] = place_of[np.array(numbers, dtype=np.intp)]
    coded_here = np.zeros(coded.shape, dtype=np.int8)
    coded_here.flat[coded.all_cells] = 1
    given = (codes >= 0).sum(axis=1)
    ratings = Ratings.from_codes(
        codes, categories, coded.coders, members=members, ordered=level in _ORDERED
    )
    partly = int(((given > 0) & (given < coded_here.sum(axis=1))).sum())
    return Comparison(name, level, ratings, basis, labels, partly, distance)
