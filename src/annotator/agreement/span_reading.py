"""Reading spans from a CSV file of any tool: a line for each stretch that a coder marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from annotator.agreement.continuum import THE_ONE_CONTINUUM, Continuum, Row, Spans
from annotator.agreement.csv_lines import check_width, csv_lines, shortened
from annotator.errors import AnnotatorError

_NEEDED = ("coder", "code", "start", "end")
_CONTINUUM_NAMES = ("continuum", "unit")
_OF_A_CONTINUUM = ("length", "begin", "report")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,12}")


@dataclass(slots=True)
class _Found:
    """What a file says of one continuum, each with the line that said it first."""

    line: int
    said: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_spans(
    path: str | PathLike[str],
    length: int | None = None,
    begin: int = 0,
    *,
    all_coded: bool = False,
) -> Spans:
    """Spans from a CSV file (UTF-8; comma, semicolon or tab; the first line names the columns).

    A line has a `coder`, a `code`, and the `start` and `end` of a span: its positions are
    `[start, end)`. With more than one text, a column `continuum` (or `unit`) names it, and the
    columns `length`, `begin` and `report` may say how many positions it has, which is the first,
    and what it is a part of; once for each continuum is enough. A line with a coder (and a
    continuum) but no code, start and end says that the coder coded it and marked nothing.

    Args:
        path: The file.
        length: How many positions a continuum has of which the file does not say it.
        begin: The first position of a continuum of which the file does not say it.
        all_coded: Every coder coded every continuum; otherwise those that a line says so of.

    Raises:
        AnnotatorError: The file cannot be read or a line does not fit; the sentence says where.
    """
    path = Path(path)
    lines = csv_lines(path)
    header_line, header = next(lines, (1, []))
    columns = _columns(header, f"{path}:{header_line}")
    rows: list[Row] = []
    numbers: list[int] = []
    found: dict[str, _Found] = {}
    coded: dict[tuple[str, str], None] = {}
    for number, cells in lines:
        if not any(cells):
            continue
        where = f"{path}:{number}"
        check_width(cells, header, where)
        said = {name: cells[place] for name, place in columns.items()}
        name = said.get("continuum", THE_ONE_CONTINUUM)
        _check_names(said, name, where)
        _add(found.setdefault(name, _Found(number)), said, where, number)
        coded[name, said["coder"]] = None
        ends = [said[one] for one in ("code", "start", "end")]
        if not any(ends):
            continue
        if not all(ends):
            raise AnnotatorError(
                f"{where}: a span needs a code, a start and an end; fill all three, or leave all "
                "empty where the coder marked nothing."
            )
        start, end = (_whole(said[one], f"the {one}", where) for one in ("start", "end"))
        rows.append((name, said["coder"], said["code"], start, end))
        numbers.append(number)
    if not found:
        raise AnnotatorError(f"{path} has no lines under its header; add one per span.")
    continua = [_continuum(name, one, length, begin, path) for name, one in found.items()]
    coders = dict.fromkeys(coder for _, coder in coded)
    if all_coded:
        coded = dict.fromkeys((name, coder) for name in found for coder in coders)
    return Spans.from_rows(rows, continua, coded=coded, where=lambda row: f"{path}:{numbers[row]}")


def _columns(header: Sequence[str], where: str) -> dict[str, int]:
    """Where each column stands that is read; `unit` under the name `continuum`."""
    lowered = [name.lower() for name in header]
    places: dict[str, int] = {}
    for place, name in enumerate(lowered):
        known = "continuum" if name in _CONTINUUM_NAMES else name
        if known not in (*_NEEDED, "continuum", *_OF_A_CONTINUUM):
            continue
        if known in places:
            raise AnnotatorError(
                f"{where}: the columns {header[places[known]]!r} and {header[place]!r} say the "
                "same; keep one of them."
            )
        places[known] = place
    if missing := [name for name in _NEEDED if name not in places]:
        raise AnnotatorError(
            f"{where}: there is no column {missing[0]!r}; a file of spans has the columns "
            f"{', '.join(_NEEDED)}."
        )
    return places


def _check_names(said: dict[str, str], continuum: str, where: str) -> None:
    for what, name in (("coder", said["coder"]), ("continuum", continuum)):
        if not name:
            raise AnnotatorError(f"{where}: the {what} has no name; give it one.")


def _add(found: _Found, said: dict[str, str], where: str, number: int) -> None:
    for what in _OF_A_CONTINUUM:
        text = said.get(what, "")
        if not text:
            continue
        earlier, line = found.said.setdefault(what, (text, number))
        if earlier != text:
            raise AnnotatorError(
                f"{where}: the {what} is {shortened(text)!r}, but line {line} says "
                f"{shortened(earlier)!r} of the same continuum; mend one of them."
            )


def _continuum(name: str, found: _Found, length: int | None, begin: int, path: Path) -> Continuum:
    def number(what: str, otherwise: int | None) -> int | None:
        if what not in found.said:
            return otherwise
        text, line = found.said[what]
        return _whole(text, f"the {what}", f"{path}:{line}")

    text = "the text" if name == THE_ONE_CONTINUUM else repr(shortened(name))
    positions = number("length", length)
    if positions is None:
        raise AnnotatorError(
            f"{path}:{found.line}: how many positions {text} has is not known; give --length N, or "
            "add a column length."
        )
    if positions < 1 and "length" in found.said:
        raise AnnotatorError(
            f"{path}:{found.said['length'][1]}: the length is {positions}; give the number of "
            "positions, at least 1."
        )
    first = number("begin", begin)
    report, _ = found.said.get("report", (None, 0))
    return Continuum(name, positions, first or 0, report)


def _whole(text: str, what: str, where: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text):
        raise AnnotatorError(f"{where}: {what} is {shortened(text)!r}; write a whole number.")
    return int(text)
