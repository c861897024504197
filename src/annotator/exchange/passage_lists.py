"""Files that list passages, for rounds about those alone."""

import json
from collections.abc import Iterator
from pathlib import Path

from annotator.agreement.csv_lines import check_width, csv_lines, shortened
from annotator.errors import AnnotatorError
from annotator.exchange.report_names import ReportNames
from annotator.store.places import Place
from annotator.store.project import Project

_NUMBER = ("passage", "number")
"""What the column of a passage's number in its report may be called."""

_Entry = tuple[str, str, str]
"""Where it is in the file, what it calls the report, what it says is the number."""


def listed_passages(project: Project, path: Path) -> list[Place]:
    """The passages that a file lists, each once, in its order.

    Args:
        project: The project.
        path: A CSV file with a column `report` (the key, or the name of the file that the report
            came from if no other did) and a column `passage` or `number`, whatever others it has;
            or what `annotator passages --json` printed, or a part of it.

    Raises:
        AnnotatorError: The file cannot be read, lists nothing, or an entry of it names no report;
            the sentence says where.
    """
    entries = list(_json_entries(path) if _is_json(path) else _csv_entries(path))
    if not entries:
        raise AnnotatorError(f"{path} lists no passage; give at least one.")
    known = ReportNames(project)
    found: dict[Place, None] = {}
    for where, report, number in entries:
        if not number.isdecimal() or not number.isascii() or len(number) > 9:
            raise AnnotatorError(
                f"{where}: {shortened(number)!r} is no number of a passage in its report; give 1 "
                "or more."
            )
        try:
            found[known.one_key(report), int(number)] = None
        except AnnotatorError as error:
            raise AnnotatorError(f"{where}: {error.sentence}") from None
    return list(found)


def _is_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")
    except (OSError, ValueError):
        # Whoever reads it as CSV says why it cannot be read.
        return False


def _json_entries(path: Path) -> Iterator[_Entry]:
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise AnnotatorError(
            f"{path} is no JSON; give what `annotator passages --json` prints, or a CSV file."
        ) from None
    for place, entry in enumerate(data if isinstance(data, list) else [data], 1):
        report = entry.get("report") if isinstance(entry, dict) else None
        number = entry.get("passage") if isinstance(entry, dict) else None
        if not isinstance(report, str) or isinstance(number, bool) or not isinstance(number, int):
            raise AnnotatorError(
                f"{path}, entry {place}: it has no report and passage; give entries as "
                "`annotator passages --json` prints them."
            )
        yield f"{path}, entry {place}", report, str(number)


def _csv_entries(path: Path) -> Iterator[_Entry]:
    lines = csv_lines(path)
    _, header = next(lines, (1, []))
    names = [cell.casefold() for cell in header]
    numbered = [name for name in _NUMBER if name in names]
    if "report" not in names or not numbered:
        raise AnnotatorError(
            f"{path}:1: a list of passages has columns report and passage; name its columns so."
        )
    report, number = names.index("report"), names.index(numbered[0])
    for line, row in lines:
        check_width(row, header, f"{path}:{line}")
        yield f"{path}:{line}", row[report], row[number]
