"""Codings as rows: the long table, the wide ones, records and evidence, all in one pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from annotator.codebook.model import PASSAGE, Code, Codebook
from annotator.coding.form import AnswerForm, answer_form
from annotator.coding.model import State
from annotator.coding.plain_records import RecordForm, walk
from annotator.exchange import tables
from annotator.exchange.csv_table import (
    Table,
    TableFile,
    Written,
    flag_cell,
    number_cell,
    text_cell,
)
from annotator.exchange.describe import timestamp
from annotator.exchange.variables import VALUE_FIELDS, LongCells, WideLayout
from annotator.store.attention import MarkedPassage
from annotator.work.final import Final

_PASSAGE_CELL = text_cell(PASSAGE)


@dataclass(frozen=True, slots=True)
class ExportCoding:
    """One coding as it goes out.

    `coder` is a pseudonym, `role` one of `tables.ROLES`, `revision` None for an adjudicated one,
    `form` the coding as plain data, made under the codebook with the hash `sha256`; `flagged` says
    that its coder asks the lead to look at the passage.
    """

    report: str
    passage: int
    round: str
    coder: str
    role: str
    revision: int | None
    sha256: str
    form: Mapping[str, Any]
    submitted_at: datetime
    seconds: float
    flagged: bool = False


class CodingTables:
    """The tables made of codings, open for writing; see `coding_tables`."""

    def __init__(self, root: Path, codebooks: Mapping[str, Codebook], files: ExitStack) -> None:
        reasons = _reasons(codebooks.values())
        self._versions = {sha: _Version(codebook) for sha, codebook in codebooks.items()}
        self._has_reasons = bool(reasons)

        def layout(table: Table, units: frozenset[str]) -> tuple[WideLayout, TableFile]:
            taken = [column.name for column in table.fields]
            wide = WideLayout(codebooks, units, taken)
            whole = replace(table, fields=(*table.fields, *wide.fields))
            return wide, files.enter_context(TableFile(root, whole))

        self._long = files.enter_context(TableFile(root, tables.CODINGS_LONG))
        passage = frozenset({PASSAGE})
        self._wide, self._wide_file = layout(tables.codings_wide(reasons), passage)
        self._final, self._final_file = layout(tables.final_wide(reasons), passage)
        self._evidence = files.enter_context(TableFile(root, tables.EVIDENCE))
        self._overrides = files.enter_context(TableFile(root, tables.OVERRIDES))
        self._marked = files.enter_context(TableFile(root, tables.MARKED))
        self._files = [
            self._long,
            self._wide_file,
            self._final_file,
            self._evidence,
            self._overrides,
            self._marked,
        ]
        repeating = frozenset(
            unit.id for codebook in codebooks.values() for unit in codebook.units
        ) - {PASSAGE}
        if repeating:
            self._records, self._records_file = layout(tables.RECORDS, repeating)
            self._files.append(self._records_file)

    def add(self, coding: ExportCoding) -> None:
        """Add a coding to every table but the final one; a lead's not to the wide one either."""
        version = self._versions[coding.sha256]
        head = ",".join(
            (
                f"{text_cell(coding.report)},{coding.passage}",
                text_cell(coding.coder),
                text_cell(coding.role),
                number_cell(coding.revision),
                text_cell(coding.round),
            )
        )
        at = text_cell(timestamp(coding.submitted_at))
        answers_of_passage: Mapping[str, AnswerForm] = {}
        for record in walk(coding.form, version.codebook):
            answers = version.answers(record)
            for row in version.long_rows(record, answers):
                self._long.add(f"{head},{version.cell},{row},{at}")
            for row in _evidence_rows(record, answers):
                self._evidence.add(f"{head},{row}")
            if record.id:
                row = f"{head},{version.cell},{_record_cells(record)}"
                if self._records.fields:
                    row += f",{self._records.cells(coding.sha256, record.unit, answers)}"
                self._records_file.add(row)
            else:
                answers_of_passage = answers
        for override in coding.form.get("overrides", ()):
            self._overrides.add(f"{head},{version.cell},{version.override_row(override)}")
        if reason := coding.form.get(tables.NONE):
            cells = f"{text_cell(reason)},{text_cell(version.reason_label(reason))}"
            self._long.add(f"{head},{version.cell},{_extra_row(tables.NONE, cells)},{at}")
        if note := coding.form.get(tables.NOTE):
            row = _extra_row(tables.NOTE, f"{text_cell(note)},")
            self._long.add(f"{head},{version.cell},{row},{at}")
        if coding.role == tables.CODER:
            self._add_wide(coding, version, answers_of_passage, at)

    def _add_wide(
        self, coding: ExportCoding, version: "_Version", answers: Mapping[str, AnswerForm], at: str
    ) -> None:
        cells = [
            f"{text_cell(coding.report)},{coding.passage}",
            text_cell(coding.coder),
            number_cell(coding.revision),
            text_cell(coding.round),
            version.cell,
            at,
            number_cell(round(coding.seconds, 1)),
            flag_cell(coding.flagged),
            text_cell(coding.form.get(tables.NOTE, "")),
        ]
        self._wide_file.add(self._wide_row(self._wide, cells, coding.sha256, coding.form, answers))

    def add_marked(self, marked: MarkedPassage, coder: str, round_name: str) -> None:
        """Add a passage that a coder flagged or skipped; `coder` is a pseudonym."""
        cells = (
            f"{text_cell(marked.report_key)},{marked.number}",
            text_cell(coder),
            text_cell(round_name),
            flag_cell(marked.flagged),
            text_cell(marked.skipped or ""),
            text_cell(marked.skip_note),
        )
        self._marked.add(",".join(cells))

    def add_final(
        self,
        final: Final,
        stands: ExportCoding | None,
        like: ExportCoding,
        *,
        reason: str = "",
        note: str = "",
        revised_since: bool = False,
    ) -> None:
        """Add a passage of a round to the table of final codings.

        Args:
            final: Whether there is a final coding, and why.
            stands: The coding it comes from, or None where there is none.
            like: Any coding of that passage and round.
            reason: The lead's reason, where a lead settled the passage.
            note: The lead's note.
            revised_since: Whether a coder coded or revised the passage after that.
        """
        version = self._versions[like.sha256]
        form = final.form or {}
        cells = [
            f"{text_cell(like.report)},{like.passage}",
            text_cell(like.round),
            version.cell,
            number_cell(final.n_coders),
            flag_cell(final.agreed),
            text_cell(final.settled_by.value),
            flag_cell(revised_since),
            text_cell(reason),
            text_cell(note),
            text_cell(stands.coder if stands else ""),
            text_cell(stands.role if stands else ""),
        ]
        answers = version.answers(RecordForm("", PASSAGE, "", 1, form))
        self._final_file.add(self._wide_row(self._final, cells, like.sha256, form, answers))

    def _wide_row(
        self,
        layout: WideLayout,
        cells: list[str],
        sha256: str,
        form: Mapping[str, Any],
        answers: Mapping[str, AnswerForm],
    ) -> str:
        if self._has_reasons:
            cells.append(text_cell(form.get(tables.NONE, "")))
        if layout.fields:
            cells.append(layout.cells(sha256, PASSAGE, answers))
        return ",".join(cells)

    def written(self) -> list[tuple[Table, Written]]:
        """Every table with what was written, once all files are closed."""
        return [(file.table, file.written()) for file in self._files]


@contextmanager
def coding_tables(root: Path, codebooks: Mapping[str, Codebook]) -> Iterator[CodingTables]:
    """Open the tables for writing; they are whole and on the disk when this ends well.

    Args:
        root: The folder of the export.
        codebooks: The codebook versions in use by their SHA-256, the newest first.
    """
    with ExitStack() as files:
        yield CodingTables(root, codebooks, files)


class _Version:
    """One codebook version: its variables by unit, ready to encode answers to them."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.cell = text_cell(codebook.version)
        self._variables = {
            unit.id: [
                (variable.id, text_cell(variable.id), LongCells(variable))
                for variable in codebook.variables_of(unit.id)
            ]
            for unit in codebook.units
        }
        self._reasons = {reason.id: reason.label for reason in _reasons([codebook])}
        self._checks = {check.id: check for check in codebook.checks}

    def answers(self, record: RecordForm) -> dict[str, AnswerForm]:
        """The answers of a record by variable, in the codebook's order."""
        return {
            name: answer_form(record.fields[name])
            for name, _, _ in self._variables[record.unit]
            if name in record.fields
        }

    def long_rows(self, record: RecordForm, answers: Mapping[str, AnswerForm]) -> Iterator[str]:
        """The cells of the long table from the unit to the note, a row for each chosen code."""
        for name, cell, cells in self._variables[record.unit]:
            if (answer := answers.get(name)) is not None:
                start = f"{text_cell(record.unit)},{text_cell(record.id)},{cell}"
                marks = map(flag_cell, (answer.inferred, answer.candidate, answer.unsure))
                end = f"{','.join(marks)},{text_cell(answer.note)}"
                for values in cells.rows(answer):
                    yield f"{start},{values},{end}"

    def reason_label(self, reason: str) -> str:
        """The label of a reason for having no record."""
        return self._reasons.get(reason, "")

    def override_row(self, override: Mapping[str, str]) -> str:
        """The cells of the table of overrides from the record to the reason."""
        # Codings that came in as JSON lines may name a check that the codebook does not have.
        check = self._checks.get(override["check"])
        told = (check.kind.value, check.sentence) if check else ("", "")
        cells = (override["record"], override["check"], *told, override["reason"])
        return ",".join(map(text_cell, cells))


def _extra_row(name: str, value_and_label: str) -> str:
    """The cells of the long table, from the unit to the note, for what is no variable's answer."""
    stated = text_cell(State.STATED.value)
    rest = "," * (len(VALUE_FIELDS) - 3)
    no = flag_cell(False)
    return f"{_PASSAGE_CELL},,{text_cell(name)},{value_and_label},{stated}{rest},{no},{no},{no},"


def _reasons(codebooks: Iterable[Codebook]) -> list[Code]:
    return [
        reason for codebook in codebooks for unit in codebook.units for reason in unit.none_reasons
    ]


def _record_cells(record: RecordForm) -> str:
    names = ",".join(map(text_cell, (record.id, record.unit, record.parent)))
    return f"{names},{record.number}"


def _evidence_rows(record: RecordForm, answers: Mapping[str, AnswerForm]) -> Iterator[str]:
    # At the top level of a coding, `evidence` would be a variable's name; only records have it.
    if record.id:
        yield from _span_rows(record, "", record.fields.get("evidence", ()))
    for name, answer in answers.items():
        yield from _span_rows(record, name, answer.evidence)


def _span_rows(
    record: RecordForm, variable: str, spans: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    for number, span in enumerate(spans, 1):
        yield (
            f"{text_cell(record.id)},{text_cell(variable)},{number},"
            f"{span['start']},{span['end']},{text_cell(span['text'])}"
        )
