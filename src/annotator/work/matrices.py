"""From the answers of a round to matrices of ratings: what is compared, and at which level.

Every matrix has a row for each passage that two or more coders coded and a column for each coder.
Answers come as text, and what a text means is asked once for each distinct one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import Level, Ratings
from annotator.codebook.model import PASSAGE, Variable, VariableType
from annotator.coding.model import State
from annotator.coding.values import Count

NO_ANSWER = "(no answer)"
"""What a coder said who submitted a passage and left a question open, or was not asked it."""

STATE_NAMES = {state.value: f"({state.words})" for state in State}
"""How a state stands among codes; brackets, because no code's id can have them."""

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
    """Which coder coded which passage of a round.

    Attributes:
        coders: r names, sorted: those who coded a passage that someone else coded too.
        cells: For each coding of a passage coded at least twice, where it stands in an N x r
            matrix, counted row by row.
        n_passages: N, how many passages were coded at least twice.
        coded_by: How many passages were coded by how many coders.
    """

    coders: tuple[str, ...]
    cells: Mapping[tuple[int, str], int]
    n_passages: int
    coded_by: Mapping[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        """N and r."""
        return self.n_passages, len(self.coders)

    @property
    def all_cells(self) -> NDArray[np.intp]:
        """Where every coding stands."""
        return np.fromiter(self.cells.values(), dtype=np.intp, count=len(self.cells))

    @classmethod
    def of(cls, codings: Iterable[tuple[int, str]]) -> "Coded":
        """From pairs of a passage and a coder, each coming once."""
        coders_of: dict[int, list[str]] = defaultdict(list)
        for passage, coder in codings:
            coders_of[passage].append(coder)
        compared = {passage: who for passage, who in coders_of.items() if len(who) > 1}
        coders = tuple(sorted({coder for who in compared.values() for coder in who}))
        column = {coder: position for position, coder in enumerate(coders)}
        cells = {
            (passage, coder): row * len(coders) + column[coder]
            for row, (passage, who) in enumerate(compared.items())
            for coder in who
        }
        coded_by = Counter(len(who) for who in coders_of.values())
        return cls(coders, cells, len(compared), dict(sorted(coded_by.items())))


@dataclass(slots=True)
class Said:
    """What was said about one variable: a cell of the matrix and a text for each answer."""

    cells: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def collect(answers: Iterable[tuple[int, str, str, str]], coded: Coded) -> Mapping[str, Said]:
    """Sort the answers of a round by variable, leaving out passages that one coder coded.

    Args:
        answers: Passage, coder, variable, and the value as text or the name of the state.
        coded: Which coder coded which passage.
    """
    by_variable: dict[str, Said] = defaultdict(Said)
    cell_of = coded.cells.get
    for passage, coder, variable, text in answers:
        cell = cell_of((passage, coder))
        if cell is not None:
            said = by_variable[variable]
            said.cells.append(cell)
            said.texts.append(text)
    return by_variable


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
        partly: In how many passages some of the coders gave a value and others did not.
    """

    variable: str
    level: Level
    ratings: Ratings
    basis: str
    labels: Mapping[str, str]
    partly: int


def comparisons(variable: Variable, said: Said, coded: Coded) -> list[Comparison]:
    """The matrices that compare one variable; none for a type that no coefficient here fits.

    A variable of a repeating unit is compared by its codes alone, as the set of them over all
    records of the passage. A scale, a count or a number has a second matrix over the states of its
    answers, since its first one takes an answer without a value for missing.
    """
    if variable.unit != PASSAGE:
        if not variable.type.has_codes:
            return []
        basis = "passage projection: the codes of all records of a passage, as a set"
        return [_sets(variable, _projected(variable, said, coded), coded, basis)]
    level = _LEVELS.get(variable.type)
    if level is None:
        return []
    if level is Level.SET:
        return [_sets(variable, said, coded, "set of codes")]
    if level in _ORDERED:
        return [_figures(variable, level, said, coded), _states(variable, said, coded)]
    return [_nominal(variable, said, coded)]


def _nominal(variable: Variable, said: Said, coded: Coded) -> Comparison:
    used = set(said.texts)
    if variable.type is VariableType.DATE:
        categories = tuple(sorted(used))
        return _comparison(variable.id, Level.NOMINAL, said, coded, categories, "date as text", {})
    if variable.type is VariableType.YES_NO:
        labels = {"yes": "Yes", "no": "No"}
    else:
        labels = {code.id: code.label for code in variable.codes}
    labels = _with_others(labels, used)
    basis = "code" if variable.type is VariableType.CODE else "yes or no"
    return _comparison(variable.id, Level.NOMINAL, said, coded, tuple(labels), basis, labels)


def _sets(variable: Variable, said: Said, coded: Coded, basis: str) -> Comparison:
    meaning = {text: _members(text) for text in set(said.texts)}
    used = frozenset().union(*meaning.values()) if meaning else frozenset()
    labels = _with_others({code.id: code.label for code in variable.codes}, used)
    categories = sorted(set(meaning.values()), key=sorted)
    return _comparison(
        variable.id,
        Level.SET,
        said,
        coded,
        categories,
        basis,
        labels,
        meaning=meaning.__getitem__,
        members=tuple(labels),
    )


def _figures(variable: Variable, level: Level, said: Said, coded: Coded) -> Comparison:
    states = set(_STATES)
    if level is Level.ORDINAL:
        labels = {code.id: code.label for code in variable.codes}
        scale = tuple(labels)
        return _comparison(
            variable.id,
            level,
            said,
            coded,
            scale,
            "place on the scale",
            labels,
            meaning=lambda text: None if text in states else text,
        )
    figure = _figure if variable.type is VariableType.COUNT else float
    numbers = {text: figure(text) for text in set(said.texts) - states}
    basis = "number"
    if variable.type is VariableType.COUNT:
        basis = "best figure, else the low one, else the high one"
    categories = sorted(set(numbers.values()))
    return _comparison(variable.id, level, said, coded, categories, basis, {}, meaning=numbers.get)


def _figure(text: str) -> float:
    count = Count.parse(text)
    figures = (count.best, count.low, count.high)
    return float(next(figure for figure in figures if figure is not None))


def _states(variable: Variable, said: Said, coded: Coded) -> Comparison:
    states = set(_STATES)
    stated = STATE_NAMES[State.STATED]
    by_cell = dict.fromkeys(coded.cells.values(), NO_ANSWER)
    by_cell |= {
        cell: text if text in states else stated
        for cell, text in zip(said.cells, said.texts, strict=True)
    }
    filled = Said(list(by_cell), list(by_cell.values()))
    used = set(filled.texts)
    labels = {name: name for name in _STATES if name in used}
    name = f"{variable.id} (stated?)"
    return _comparison(
        name, Level.NOMINAL, filled, coded, tuple(labels), "state of the answer", labels
    )


def _projected(variable: Variable, said: Said, coded: Coded) -> Said:
    """The codes of all records of a passage as one set for each coding, empty without records."""
    by_cell: dict[int, set[str]] = {cell: set() for cell in coded.cells.values()}
    for cell, text in zip(said.cells, said.texts, strict=True):
        by_cell[cell] |= _members(text)
    return Said(
        list(by_cell),
        ["|".join(sorted(members)) or EMPTY_SET for members in by_cell.values()],
    )


def _with_others(labels: dict[str, str], used: Iterable[str]) -> dict[str, str]:
    """The labels of codes, with what was used beside them: states, codes of another version."""
    return labels | {name: name for name in sorted(used) if name not in labels}


def _members(text: str) -> frozenset[str]:
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
    return Comparison(name, level, ratings, basis, labels, partly)
