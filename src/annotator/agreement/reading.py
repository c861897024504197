"""Reading ratings from a CSV file of any tool, wide or long."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from annotator.agreement.cluster_column import ClusterColumn
from annotator.agreement.csv_lines import Line, check_width, csv_lines, shortened
from annotator.agreement.level import Level
from annotator.agreement.ratings import Ratings
from annotator.errors import AnnotatorError

# Tools that number their rows leave that column without a name.
_NAMES_UNITS = re.compile(r"((units?|items?|subjects?|cases?|passages?)|(.*[ _-])?ids?)?")
_LONG_NAMES = ("unit", "coder", "value")
_EMPTY_SET = "{}"
_MOST_LISTED = 12
_PLAIN_NUMBER = re.compile(r"[+-]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][+-]?[0-9]+)?")
"""A number as programs write one. 007 is none: there the noughts belong to a name."""
_MISSING_AMONG_NUMBERS = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "."})

_Parse = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A text that is not empty, and the line it stands in."""

    line: int
    unit: str
    coder: str
    text: str


def read_ratings(
    path: str | PathLike[str],
    level: Level | str = Level.NOMINAL,
    *,
    categories: Sequence[object] | None = None,
    missing: Iterable[str] | None = None,
    clusters: str | None = None,
) -> Ratings:
    """Ratings from a CSV file (UTF-8; comma, semicolon or tab; the first line names the columns).

    A file with columns `unit`, `coder` and `value` is long: one line per value. Any other file is
    wide: one line per unit and one column per coder, where a first column named `unit`, `item`,
    `id`, `subject`, `case` or `passage`, or their plural, or with `id` as its last word (`doc_id`),
    or not named at all, names the units. An empty cell is a missing value. Sets are written `a|b`,
    the empty set `{}`.

    Args:
        path: The file.
        level: What the values are. Cells are numbers at levels interval and ratio, and at levels
            ordinal and circular unless categories are given; sets at level set; at level nominal
            words, and numbers where every cell is one (1 and 1.0 are then the same).
        categories: Every value there may be, in order (for sets: every code a set may hold).
        missing: What a cell without a value reads, beside an empty one. By default NA, NaN, null,
            None and a lone point, where all other cells are numbers; `Ratings.notes` says so.
        clusters: The column that says of each unit which cluster it belongs to, such as the report
            of a passage; it becomes `Ratings.clusters`. By default units are independent.

    Raises:
        AnnotatorError: The file cannot be read or a cell does not fit; the sentence says where.
    """
    path = Path(path)
    level = Level.named(level)
    lines = csv_lines(path)
    header_line, header = next(lines, (1, []))
    if not header:
        raise AnnotatorError(
            f"{path} is empty; give a CSV file whose first line names the columns."
        )
    is_long = set(_LONG_NAMES) <= {name.lower() for name in header}
    taken = _LONG_NAMES if is_long else _unit_column(header)
    labels = ClusterColumn(clusters, header, taken, path)
    if is_long:
        units, coders, cells = _long(lines, header, path, labels)
    else:
        units, coders, cells = _wide(lines, header, f"{path}:{header_line}", path, labels)
    if not units:
        raise AnnotatorError(f"{path} has no rows under its header; add a line per unit.")
    unit_places = {unit: place for place, unit in enumerate(units)}
    coder_places = {coder: place for place, coder in enumerate(coders)}
    cells, notes = _without_missing(cells, missing, level, categories, path)
    categories = _as_numbers(categories, level)
    parse = _parser(level, categories, cells)
    rows: list[list[object | None]] = [[None] * len(coders) for _ in units]
    for cell in cells:
        try:
            value = parse(cell.text)
        except ValueError as problem:
            raise AnnotatorError(f"{path}:{cell.line}: {problem}.") from None
        rows[unit_places[cell.unit]][coder_places[cell.coder]] = value
    ratings = replace(Ratings.from_rows(rows, coders, units, level, categories), notes=notes)
    return ratings.in_clusters(labels.of(units))


def _without_missing(
    cells: list[_Cell],
    missing: Iterable[str] | None,
    level: Level,
    categories: Sequence[object] | None,
    path: Path,
) -> tuple[list[_Cell], tuple[str, ...]]:
    """The cells that hold a value, and what a reader must know of the others."""
    if missing is not None:
        texts = {text.strip() for text in missing}
        return [cell for cell in cells if cell.text not in texts], ()
    if level is Level.SET or categories is not None:
        return cells, ()
    kept = [cell for cell in cells if cell.text.casefold() not in _MISSING_AMONG_NUMBERS]
    if len(kept) == len(cells) or not all(_is_plain_number(cell.text) for cell in kept):
        return cells, ()
    many = len(cells) - len(kept)
    which = sorted({cell.text for cell in cells} - {cell.text for cell in kept})
    cells_are = "1 cell is" if many == 1 else f"{many} cells are"
    return kept, (f"{path}: {cells_are} taken as missing, reading {' or '.join(which)}.",)


def _is_plain_number(text: str) -> bool:
    return _PLAIN_NUMBER.fullmatch(text) is not None


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def _as_numbers(categories: Sequence[object] | None, level: Level) -> Sequence[object] | None:
    """The categories, as numbers where all of them read as some."""
    if categories is None or level is Level.SET:
        return categories
    texts = [str(category) for category in categories]
    return [_number(text) for text in texts] if all(map(_is_plain_number, texts)) else categories


def _unit_column(header: Sequence[str]) -> tuple[str, ...]:
    """The name of the column of a wide file that names the units, in small letters, if one does."""
    first = header[0].lower()
    return (first,) if _NAMES_UNITS.fullmatch(first) else ()


def _wide(
    lines: Iterator[Line], header: list[str], where: str, path: Path, labels: ClusterColumn
) -> tuple[list[str], list[str], list[_Cell]]:
    """Units, coders and cells of a file with a column per coder."""
    named = bool(_unit_column(header))
    coders = labels.without(header)[1:] if named else labels.without(header)
    if not coders:
        raise AnnotatorError(f"{where}: there is only a column of units; add a column per coder.")
    _check_coders(coders, where)
    first_line: dict[str, int] = {}
    cells: list[_Cell] = []
    for line, row in lines:
        if named and not any(row):
            continue
        check_width(row, header, f"{path}:{line}")
        unit = row[0] if named else str(len(first_line) + 1)
        if not unit:
            raise AnnotatorError(f"{path}:{line}: the unit has no name; give it one.")
        if unit in first_line:
            raise AnnotatorError(
                f"{path}:{line}: unit {shortened(unit)!r} is already in line {first_line[unit]}; "
                "keep one line per unit."
            )
        first_line[unit] = line
        labels.note(line, unit, row)
        values = labels.without(row)[1:] if named else labels.without(row)
        cells += [
            _Cell(line, unit, coder, text)
            for coder, text in zip(coders, values, strict=True)
            if text
        ]
    return list(first_line), coders, cells


def _long(
    lines: Iterator[Line], header: list[str], path: Path, labels: ClusterColumn
) -> tuple[list[str], list[str], list[_Cell]]:
    """Units, coders and cells of a file with a line per value."""
    lowered = [name.lower() for name in header]
    unit_place, coder_place, value_place = (lowered.index(name) for name in _LONG_NAMES)
    first_line: dict[tuple[str, str], int] = {}
    cells: list[_Cell] = []
    for line, row in lines:
        if not any(row):
            continue
        check_width(row, header, f"{path}:{line}")
        unit, coder, text = row[unit_place], row[coder_place], row[value_place]
        if not unit or not coder:
            missing = "coder" if unit else "unit"
            raise AnnotatorError(f"{path}:{line}: the {missing} has no name; give it one.")
        if (unit, coder) in first_line:
            raise AnnotatorError(
                f"{path}:{line}: coder {shortened(coder)!r} already has a value for unit "
                f"{shortened(unit)!r} in line {first_line[unit, coder]}; keep one of them."
            )
        first_line[unit, coder] = line
        labels.note(line, unit, row)
        if text:
            cells.append(_Cell(line, unit, coder, text))
    units = list(dict.fromkeys(unit for unit, _ in first_line))
    coders = list(dict.fromkeys(coder for _, coder in first_line))
    return units, coders, cells


def _check_coders(coders: Sequence[str], where: str) -> None:
    seen: set[str] = set()
    for place, coder in enumerate(coders, start=1):
        if not coder:
            raise AnnotatorError(f"{where}: coder {place} has no name; name every column.")
        if coder in seen:
            raise AnnotatorError(
                f"{where}: two columns are named {shortened(coder)!r}; give each coder one column."
            )
        seen.add(coder)


def _parser(level: Level, categories: Sequence[object] | None, cells: Iterable[_Cell]) -> _Parse:
    """What turns the text of a cell into a value, with a ValueError that says what is wrong."""
    if level is Level.SET:
        return _set_parser(categories)
    if level in (Level.INTERVAL, Level.RATIO):
        return _number_parser(level, "leave the cell empty if the value is missing")
    if categories is not None:
        return _category_parser(categories)
    if level in (Level.ORDINAL, Level.CIRCULAR):
        return _number_parser(level, "leave the cell empty or give the categories in their order")
    return _number if all(_is_plain_number(cell.text) for cell in cells) else str


def _listed(categories: Iterable[str]) -> str:
    """The categories by name, the first of them alone if there are many."""
    names = list(categories)
    shown = [shortened(name) for name in names[:_MOST_LISTED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _number_parser(level: Level, remedy: str) -> _Parse:
    def parse(text: str) -> object:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ValueError(
                f"{shortened(text)!r} is not a number, which level {level} needs; {remedy}"
            )
        if level is Level.RATIO and number < 0:
            raise ValueError(f"{shortened(text)} is below zero, which level ratio does not have")
        return int(number) if number.is_integer() else number

    return parse


def _category_parser(categories: Sequence[object]) -> _Parse:
    by_text = {str(category): category for category in categories}

    def parse(text: str) -> object:
        if text not in by_text and _is_plain_number(text):
            text = str(_number(text))
        if text not in by_text:
            raise ValueError(
                f"{shortened(text)!r} is not among the categories ({_listed(by_text)})"
            )
        return by_text[text]

    return parse


def _set_parser(categories: Sequence[object] | None) -> _Parse:
    by_text = None if categories is None else {str(category): category for category in categories}

    def parse(text: str) -> object:
        if text == _EMPTY_SET:
            return frozenset()
        codes = [code.strip() for code in text.split("|")]
        if not all(codes):
            raise ValueError(
                f"{shortened(text)!r} has a code without a name; write a|b, and {_EMPTY_SET} for "
                "the empty set"
            )
        if by_text is None:
            return frozenset(codes)
        for code in codes:
            if code not in by_text:
                raise ValueError(
                    f"{shortened(code)!r} is not among the categories ({_listed(by_text)})"
                )
        return frozenset(by_text[code] for code in codes)

    return parse
