"""From a file to the reports in it: plain text, Markdown, CSV and JSON Lines."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from annotator.corpus.cleaning import clean, decode
from annotator.corpus.files import SUFFIXES, find_files, read_bytes
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.corpus.refused import Refused
from annotator.corpus.segmentation import Span, segment
from annotator.corpus.tables import Row, csv_rows, jsonl_rows
from annotator.corpus.visible import visible

__all__ = ["SUFFIXES", "Refused", "ReportDraft", "SourceFile", "find_files", "read_file"]

_TABLES: Mapping[str, Callable[[str, str], Iterator[Row]]] = {
    ".csv": csv_rows,
    ".jsonl": jsonl_rows,
}
_HEADLINE = ("title", "headline")
_PUBLISHER = ("publisher", "source")
_DATE = ("date",)
_LANGUAGE = ("language",)

_ISO_DATE = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])")
_DATE_AT_END = re.compile(r"(?:\A|[^0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})\Z")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufefc]+")
_ENOUGH_TO_TELL = 2_000  # characters that show the script of a text


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known of a report before its text is read."""

    publisher: str = ""
    headline: str = ""
    date: str = ""
    language: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def read_file(
    path: Path,
    *,
    encoding: str | None = None,
    text_column: str = "text",
    headings: bool = True,
) -> SourceFile:
    """Read one file of reports whole, or refuse it whole.

    A `.txt` or `.md` file is one report; each row of a `.csv` file and each line of a `.jsonl` file
    is one, with its text in `text_column`. Of the other columns `title` or `headline`, `publisher`
    or `source`, `date` and `language` say what they name, and the rest is kept in `meta`. In a row
    with a title or publisher no headings are looked for. A date is taken only as `YYYY-MM-DD`: from
    its column, else from the headings, else from the end of the name of a text file.

    Args:
        path: The file.
        encoding: What a file that is not UTF-8 is written in (`annotator.corpus.cleaning.decode`).
        text_column: Name of the column or field that holds the text; case does not matter.
        headings: Whether headings at the head of a report are set apart; if not they are passages.

    Raises:
        Refused: The file cannot be read, is no file of reports, or a report in it has no passage;
            the sentence says where.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise Refused(f"does not end in one of {known}; save it as one of these", str(path))
    raw, sha256 = read_bytes(path)
    size = len(raw)
    name = visible(path.name)
    try:
        text, used = decode(raw, encoding)
        del raw
        if not text.strip():
            raise Refused("is empty; add a report or leave the file out")
        if suffix in _TABLES:
            rows = _TABLES[suffix](text, text_column)
            reports = tuple(_row_report(row, name, headings) for row in rows)
        else:
            markdown = suffix == ".md"
            reports = (_report(text, _Given(), name, markdown, headings, _date_in_name(path)),)
    except Refused as refused:
        raise Refused(refused.reason, str(path), refused.line) from None
    if not reports:
        raise Refused("has no reports; add a row or leave the file out", str(path))
    return SourceFile(name, sha256, size, used, reports)


def _row_report(row: Row, name: str, headings: bool) -> ReportDraft:
    given = _given(row.fields)
    look = headings and not (given.publisher or given.headline)
    try:
        return _report(row.text, given, name, False, look, row=row.number)
    except Refused as refused:
        raise Refused(refused.reason, line=row.line) from None


def _given(fields: Mapping[str, str]) -> _Given:
    """Sort the fields of a row into those with a meaning and all others."""
    meta = dict(fields)
    own_names = {name.casefold(): name for name in fields}

    def take(names: tuple[str, ...]) -> str:
        own = next((own_names[name] for name in names if name in own_names), "")
        return meta.pop(own, "")

    publisher, headline = take(_PUBLISHER), take(_HEADLINE)
    language, written = take(_LANGUAGE), take(_DATE)
    day = _day(written)
    if written != day:
        meta["date"] = written
    return _Given(publisher, headline, day, language, meta)


def _report(
    source: str,
    given: _Given,
    name: str,
    markdown: bool,
    headings: bool,
    date_in_name: str = "",
    row: int | None = None,
) -> ReportDraft:
    cleaned = clean(source)
    text = cleaned.text
    parts = segment(text, markdown=markdown, headings=headings)
    if not parts.passages:
        what = "only headings and signs" if text.strip() else "no text"
        raise Refused(f"holds {what}; add the text of the report or leave it out")
    return ReportDraft(
        source_name=name,
        row=row,
        publisher=given.publisher or parts.publisher,
        headline=given.headline or parts.headline,
        date=given.date or _date_in(text, parts.headings) or date_in_name,
        language=given.language or ("ar" if _is_arabic(text) else ""),
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        meta=given.meta,
        headings=parts.headings,
        passages=parts.passages,
        skipped=parts.skipped,
        stripped=cleaned.stripped,
    )


def _day(written: str) -> str:
    """Return the day of an ISO 8601 date or date and time, "" if it is none or no real day."""
    if not _ISO_DATE.match(written[:10]):
        return ""
    try:
        return datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        return ""


def _date_in(text: str, headings: tuple[Span, ...]) -> str:
    """Return the one date the headings give, "" if there is none or more than one."""
    written = {day for start, end in headings for day in _ISO_DATE.findall(text, start, end)}
    days = {_day(day) for day in written} - {""}
    return days.pop() if len(days) == 1 else ""


def _date_in_name(path: Path) -> str:
    found = _DATE_AT_END.search(path.stem)
    return _day(found[1]) if found else ""


def _is_arabic(text: str) -> bool:
    """Tell whether more than half of the letters at the beginning of a text are Arabic."""
    sample = text[:_ENOUGH_TO_TELL]
    others = sample if sample.isascii() else _ARABIC.sub("", sample)
    arabic = len(sample) - len(others)
    return arabic > 0 and arabic > sum(map(str.isalpha, others))
