"""Reports and passages of a project: putting them in, and reading them out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from annotator.coding.form import canonical
from annotator.corpus.cleaning import NORMALISER
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.errors import AnnotatorError
from annotator.store import events, models
from annotator.store.columns import col, table_of
from annotator.store.project import Project

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What importing one file did: reports and passages added, reports that were there already."""

    added: int
    already: int
    passages: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report without its text; `row` is its number in a table file, None for a whole file.

    `passages` is how many it has, `meta` what else came with it. `training` says that it was made
    from a worked example, to train coders on.
    """

    key: str
    name: str
    row: int | None
    publisher: str
    headline: str
    date: str
    language: str
    text_sha256: str
    source_sha256: str
    meta: dict[str, str]
    passages: int
    training: bool = False

    @property
    def title(self) -> str:
        """What a list calls it: its headline, else the name of its file."""
        return self.headline or self.name


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage; `[start, end)` are code points of the report's text, `number` counts from 1."""

    report_key: str
    title: str
    number: int
    start: int
    end: int
    text: str


# --- putting in ----------------------------------------------------------------------------------

_KNOWN_KEYS = select(col(models.Report.key)).where(
    col(models.Report.key).in_(bindparam("keys", expanding=True))
)
_KNOWN_SOURCE = select(col(models.SourceFile.sha256)).where(
    col(models.SourceFile.sha256) == bindparam("sha256")
)
# Each on its own: SQLite reads one maximum from the end of an index, two from the whole table.
_LAST_REPORT = select(
    select(func.max(col(models.Report.id))).scalar_subquery(),
    select(func.max(col(models.Report.ord))).scalar_subquery(),
)
_INSERT_SOURCE = insert(table_of(models.SourceFile))
_INSERT_REPORTS = insert(table_of(models.Report))
_INSERT_PASSAGES = insert(table_of(models.Passage))


def content_key(draft: ReportDraft, *, training: bool = False) -> str:
    """The key of a report: `r` and 20 hex digits of a SHA-256 over its text's hash and given id.

    The letter keeps spreadsheets from reading a key as a number. Of a report to train coders on it
    is `t`, so that such a report never stands for a real one of the same words.
    """
    given = draft.meta.get("id", "")
    named = f"{draft.text_sha256}\n{given}" if given else draft.text_sha256
    return ("t" if training else "r") + sha256(named.encode()).hexdigest()[:20]


def import_reports(
    project: Project,
    source: SourceFile,
    drafts: Iterable[ReportDraft],
    actor: str,
    *,
    training: bool = False,
) -> ImportResult:
    """Put the reports of one file into a project, all of them or, if anything fails, none.

    A report whose content (and id, where the file gives one) is in the project already is left
    out, so importing a file again adds nothing.

    Args:
        project: The project.
        source: The file.
        drafts: Its reports; read as they are needed.
        actor: Who imports it.
        training: Whether they are worked examples, for rounds of training and nothing else.

    Raises:
        AnnotatorError: The project cannot be written; or what `drafts` raises.
    """
    remaining = iter(drafts)
    with project.writing() as connection:
        importer = _Importer(connection, source, training=training)
        while chunk := list(islice(remaining, _CHUNK)):
            importer.add(chunk)
        if importer.added:
            events.append(
                connection, project.device, actor, events.Kind.REPORTS_IMPORTED, importer.body()
            )
    return ImportResult(len(importer.added), importer.already, importer.passages)


class _Importer:
    """One file on its way in, inside one write transaction."""

    def __init__(self, connection: Connection, source: SourceFile, *, training: bool) -> None:
        self._connection = connection
        self._source = source
        self._training = training
        last_id, last_ord = connection.execute(_LAST_REPORT).one()
        self._id, self._ord = last_id or 0, last_ord or 0
        self.added: list[tuple[str, str, int]] = []
        self.already = 0
        self.passages = 0

    def add(self, drafts: list[ReportDraft]) -> None:
        keys = [content_key(draft, training=self._training) for draft in drafts]
        known = set(self._connection.execute(_KNOWN_KEYS, {"keys": keys}).scalars())
        reports: list[dict[str, Any]] = []
        passages: list[dict[str, Any]] = []
        for key, draft in zip(keys, drafts, strict=True):
            if key in known:
                self.already += 1
                continue
            known.add(key)
            self.added.append((key, draft.text_sha256, len(draft.passages)))
            self._id += 1
            self._ord += 1
            reports.append(self._report(key, draft))
            text = draft.text
            passages.extend(
                {
                    "report_id": self._id,
                    "number": number,
                    "start": start,
                    "end": end,
                    "sha256": sha256(text[start:end].encode()).hexdigest(),
                }
                for number, (start, end) in enumerate(draft.passages, 1)
            )
        if reports:
            self._store_source()
            self._connection.execute(_INSERT_REPORTS, reports)
            self._connection.execute(_INSERT_PASSAGES, passages)
            self.passages += len(passages)

    def _report(self, key: str, draft: ReportDraft) -> dict[str, Any]:
        return {
            "id": self._id,
            "key": key,
            "name": draft.source_name,
            "row": draft.row,
            "publisher": draft.publisher,
            "headline": draft.headline,
            "date": draft.date,
            "language": draft.language,
            "text": draft.text,
            "text_sha256": draft.text_sha256,
            "source_sha256": self._source.sha256,
            "normaliser": NORMALISER,
            "meta": canonical(dict(draft.meta)),
            "ord": self._ord,
            "training": int(self._training),
        }

    def _store_source(self) -> None:
        source = self._source
        if not self._connection.execute(_KNOWN_SOURCE, {"sha256": source.sha256}).first():
            self._connection.execute(
                _INSERT_SOURCE,
                {
                    "sha256": source.sha256,
                    "name": source.name,
                    "bytes": source.bytes,
                    "encoding": source.encoding,
                },
            )

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "file": self._source.name,
            "sha256": self._source.sha256,
            "normaliser": NORMALISER,
            "reports": self.added,
        }
        return body | {"training": True} if self._training else body


# --- reading out ---------------------------------------------------------------------------------

_NOT_FOR_TRAINING = col(models.Report.training) == 0
_REPORTS = select(
    col(models.Report.key),
    col(models.Report.name),
    col(models.Report.row),
    col(models.Report.publisher),
    col(models.Report.headline),
    col(models.Report.date),
    col(models.Report.language),
    col(models.Report.text_sha256),
    col(models.Report.source_sha256),
    col(models.Report.meta),
    # Passages are numbered without gaps, and the highest number is at the end of an index.
    select(func.coalesce(func.max(col(models.Passage.number)), 0))
    .where(col(models.Passage.report_id) == col(models.Report.id))
    .scalar_subquery()
    .label("passages"),
    col(models.Report.training),
).order_by(col(models.Report.ord))
_TEXTS = select(
    col(models.Report.id),
    col(models.Report.key),
    col(models.Report.name),
    col(models.Report.headline),
    col(models.Report.text),
).order_by(col(models.Report.ord))
_PASSAGES = (
    select(col(models.Passage.number), col(models.Passage.start), col(models.Passage.end))
    .where(col(models.Passage.report_id) == bindparam("report"))
    .order_by(col(models.Passage.number))
)


def reports(project: Project, *, training: bool = False) -> list[ReportRow]:
    """The reports of a project, in reading order.

    Args:
        project: The project.
        training: Whether those made to train coders are among them.
    """
    statement = _REPORTS if training else _REPORTS.where(_NOT_FOR_TRAINING)
    with project.reading() as connection:
        return [
            ReportRow(*row[:9], json.loads(row.meta), row.passages, bool(row.training))
            for row in connection.execute(statement)
        ]


def read_passage(project: Project, report_key: str, number: int) -> PassageRow:
    """One passage.

    Raises:
        AnnotatorError: There is no such passage.
    """
    statement = _PASSAGES.where(col(models.Passage.number) == number)
    with project.reading() as connection:
        report = connection.execute(_TEXTS.where(col(models.Report.key) == report_key)).first()
        found = report and connection.execute(statement, {"report": report.id}).first()
    if not report or not found:
        raise no_passage(report_key, number)
    return _passage(report, *found)


def no_passage(report_key: str, number: int) -> AnnotatorError:
    """The error for a passage that is not there."""
    return AnnotatorError(
        f"There is no passage {number} of a report {report_key} in this project; "
        "`annotator passages` lists those there are."
    )


def iter_passages(
    project: Project, report_key: str | None = None, *, training: bool = False
) -> Iterator[PassageRow]:
    """The passages of a project in reading order.

    Args:
        project: The project.
        report_key: The only report; None for all.
        training: Whether those made to train coders are among them; a report that is named is read
            in any case.
    """
    texts = _TEXTS if training else _TEXTS.where(_NOT_FOR_TRAINING)
    if report_key is not None:
        texts = _TEXTS.where(col(models.Report.key) == report_key)
    with project.reading() as connection:
        for report in connection.execute(texts):
            for row in connection.execute(_PASSAGES, {"report": report.id}):
                yield _passage(report, *row)


def _passage(report: Any, number: int, start: int, end: int) -> PassageRow:
    title = report.headline or report.name
    return PassageRow(report.key, title, number, start, end, report.text[start:end])
