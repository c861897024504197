"""The tables around the codings: reports, passages, coders, codes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.codebook.model import Code, Codebook
from annotator.exchange import tables
from annotator.exchange.csv_table import Table, TableFile, Written, number_cell, text_cell
from annotator.store.corpus import iter_passages, reports
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose work is in an export, and how much of it."""

    pseudonym: str
    name: str
    codings: int
    adjudications: int


def write_reports(root: Path, project: Project) -> tuple[Table, Written]:
    """Write the table of reports, in reading order."""
    return _write(
        root,
        tables.REPORTS,
        (
            (
                text_cell(row.key),
                text_cell(row.name),
                number_cell(row.row),
                text_cell(row.meta.get("id", "")),
                text_cell(row.meta.get("url", "")),
                text_cell(row.publisher),
                text_cell(row.headline),
                row.date,
                text_cell(row.language),
                number_cell(row.passages),
                text_cell(row.text_sha256),
                text_cell(row.source_sha256),
            )
            for row in reports(project)
        ),
    )


def write_passages(root: Path, project: Project, *, with_text: bool) -> tuple[Table, Written]:
    """Write the table of passages, in reading order, with their text or without it."""
    return _write(
        root,
        tables.passages(with_text=with_text),
        (
            (
                text_cell(row.report_key),
                f"{row.number},{row.start},{row.end}",
                text_cell(hashlib.sha256(row.text.encode()).hexdigest()),
                *((text_cell(row.text),) if with_text else ()),
            )
            for row in iter_passages(project)
        ),
    )


def write_coders(
    root: Path, people: Iterable[Person], *, with_names: bool
) -> tuple[Table, Written]:
    """Write the table of coders and leads, with their names or without them."""
    return _write(
        root,
        tables.coders(with_names=with_names),
        (
            (
                text_cell(person.pseudonym),
                *((text_cell(person.name),) if with_names else ()),
                number_cell(person.codings),
                number_cell(person.adjudications),
            )
            for person in people
        ),
    )


def write_codebook(root: Path, codebooks: Iterable[Codebook]) -> tuple[Table, Written]:
    """Write the table of variables and codes of some codebook versions."""
    return _write(
        root, tables.CODEBOOK, (row for codebook in codebooks for row in _codebook_rows(codebook))
    )


def _codebook_rows(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    version = text_cell(codebook.version)
    for variable in codebook.variables:
        head = (version, *map(text_cell, (variable.unit, variable.id, variable.type.value)))
        question = text_cell(variable.question)
        yield (*head, "", text_cell(variable.name), question, "", "")
        for code in variable.codes:
            yield (*head, *_code_cells(code))
    for unit in codebook.units:
        for reason in unit.none_reasons:
            head = (version, *map(text_cell, (unit.within, tables.NONE, "code")))
            yield (*head, *_code_cells(reason))


def _code_cells(code: Code) -> Iterator[str]:
    return map(text_cell, (code.id, code.label, code.definition, code.key, code.parent))


def _write(root: Path, table: Table, rows: Iterable[Iterable[str]]) -> tuple[Table, Written]:
    with TableFile(root, table) as file:
        for row in rows:
            file.add(",".join(row))
    return table, file.written()
