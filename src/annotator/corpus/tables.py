"""Rows of a CSV file and objects of a JSON Lines file, as text and named fields."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.corpus.cleaning import MAX_BYTES, clean
from annotator.corpus.refused import Refused

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One report in a table.

    Attributes:
        number: Which row it is, from 1; the header and empty lines do not count.
        line: The line of the file it begins on, from 1.
        text: The text of the report, not yet cleaned.
        fields: The other columns by name, in order, cleaned and on one line; no empty ones.
    """

    number: int
    line: int
    text: str
    fields: dict[str, str]


def csv_rows(content: str, text_column: str) -> Iterator[Row]:
    """Yield the rows of a CSV file (RFC 4180) whose first row names the columns.

    The delimiter is the one of comma, semicolon and tab with which the first row has the text
    column.

    Args:
        content: The decoded file.
        text_column: Name of the column with the text; case does not matter.

    Raises:
        Refused: No such column, two of one name, a row with too few or too many cells, a quote
            that is never closed; with the line.
    """
    for delimiter in _DELIMITERS:
        lines = _csv_lines(content, delimiter)
        header_line, header = next(lines, (1, []))
        names = [_one_line(cell) for cell in header]
        if any(_same(name, text_column) for name in names):
            break
    else:
        header_line, header = next(_csv_lines(content, _DELIMITERS[0]), (1, []))
        raise Refused(_no_column(text_column, header), line=header_line)
    _refuse_twins(names, header_line)
    place = next(at for at, name in enumerate(names) if _same(name, text_column))
    for number, (line, cells) in enumerate(lines, 1):
        if len(cells) != len(names):
            raise Refused(
                f"has {len(cells)} cells where the header has {len(names)}; "
                "quote cells that hold the delimiter or a line break",
                line=line,
            )
        pairs = [(name, _one_line(cell)) for name, cell in zip(names, cells, strict=True)]
        del pairs[place]
        yield Row(number, line, cells[place], {name: value for name, value in pairs if value})


def _csv_lines(content: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the line it begins on."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    # The limit is one for the whole process; it is never lowered, so nobody else is surprised.
    csv.field_size_limit(max(MAX_BYTES, csv.field_size_limit()))
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused(f"is not valid CSV ({error}); close its quotes", line=begins) from None


def jsonl_rows(content: str, text_column: str) -> Iterator[Row]:
    """Yield the objects of a JSON Lines file, one a line; empty lines are passed over.

    Args:
        content: The decoded file.
        text_column: Name of the field with the text; case does not matter.

    Raises:
        Refused: A line that is not one JSON object (RFC 8259) with that field as a string, or an
            object with two fields of one name; with the line.
    """
    number = 0
    for line, source in enumerate(content.split("\n"), 1):
        if not source.strip():
            continue
        number += 1
        members = _object(source, line)
        names = [_one_line(name) for name in members]
        _refuse_twins(names, line)
        fields = dict(zip(names, members.values(), strict=True))
        place = next((name for name in names if _same(name, text_column)), None)
        if place is None:
            raise Refused(_no_column(text_column, names), line=line)
        text = fields.pop(place)
        if not isinstance(text, str):
            raise Refused(f"has a {place!r} that is no string; put it in quotes", line=line)
        yield Row(number, line, text, _written(fields, line))


def _object(source: str, line: int) -> dict[str, object]:
    try:
        members = json.loads(source, object_pairs_hook=_members)
    except RecursionError:
        raise Refused("is nested too deeply; flatten it", line=line) from None
    except json.JSONDecodeError as error:
        reason = error.msg.partition(":")[0]
        raise Refused(f"is not valid JSON ({reason}); write one object a line", line=line) from None
    except ValueError:
        # All that is left: Python reads no integer of thousands of digits.
        raise Refused("holds a number that is too long; put it in quotes", line=line) from None
    if not isinstance(members, dict):
        raise Refused("is no JSON object; write one object a line", line=line)
    return members


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise json.JSONDecodeError("a name stands twice in one object", "", 0)
    return members


def _written(fields: dict[str, object], line: int) -> dict[str, str]:
    """Return the fields as text, values other than strings as JSON; without empty ones."""
    try:
        texts = {
            name: _one_line(
                value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            )
            for name, value in fields.items()
            if value is not None
        }
    except RecursionError:
        raise Refused("is nested too deeply; flatten it", line=line) from None
    return {name: text for name, text in texts.items() if text}


def _one_line(cell: str) -> str:
    # Most cells are numbers and names that need no cleaning, and there are very many of them.
    text = cell if cell.isascii() and cell.isprintable() else clean(cell).text
    return " ".join(text.split())


def _same(name: str, wanted: str) -> bool:
    return name.casefold() == wanted.strip().casefold()


def _refuse_twins(names: Sequence[str], line: int) -> None:
    for name, times in Counter(name.casefold() for name in names).items():
        if times > 1:
            raise Refused(f"has {times} columns named {name!r}; rename all but one", line=line)


def _no_column(text_column: str, names: Sequence[str]) -> str:
    shown = ", ".join(names[:12]) or "none"
    return (
        f"has no {text_column!r} among its columns ({shown}); "
        "name the one with the text by --text-column"
    )
