"""The lines of a CSV file of any tool, each with its number, so that a complaint can say where."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.errors import AnnotatorError

_DELIMITERS = ",;\t"
_LONGEST_SHOWN = 40

Line = tuple[int, list[str]]
"""The number of a line in its file, and its cells."""


def csv_lines(path: Path) -> Iterator[Line]:
    """The lines that are not blank, cells stripped, each with the number of its first line.

    Args:
        path: UTF-8 text; commas, semicolons or tabs, whichever the first line has most of.

    Raises:
        AnnotatorError: The file cannot be read or a line is no CSV; the sentence says where.
    """
    text = _text(path)
    first = text.split("\n", 1)[0]
    # The earliest in the list wins where none or several occur equally often.
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise AnnotatorError(
                f"{path}:{number}: not a line of CSV ({problem}); mend its quotation marks."
            ) from None
        if row:
            yield number, [cell.strip() for cell in row]


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        why = (problem.strerror or "it cannot be read").lower()
        raise AnnotatorError(
            f"{path} cannot be read: {why}; check the name and the rights."
        ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise AnnotatorError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8.") from None


def check_width(row: Sequence[str], header: Sequence[str], where: str) -> None:
    """See that a line has as many cells as the header.

    Raises:
        AnnotatorError: It has not.
    """
    if len(row) != len(header):
        raise AnnotatorError(
            f"{where}: {len(row)} cells under {len(header)} columns; "
            "give every column a cell, empty where a value is missing."
        )


def shortened(text: str) -> str:
    """A cell as it is shown, the beginning alone of one that is long."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
