"""What an export says about itself: README.md, datapackage.json, manifest.json."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotator import __version__
from annotator.codebook.model import Codebook
from annotator.exchange.csv_table import Table, Written
from annotator.exchange.variables import STATES

FORMAT = 1
"""The version of the layout of an export; it grows when a column is renamed or removed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the data of an export come from.

    `as_of`, `event` and `event_hash` are those of the last event that changed the data. `round`
    is the only round that is in it, or None for all. `codebooks` are the versions in use, the
    newest first. `coders` are pseudonyms.
    """

    project_id: str
    project_name: str
    as_of: datetime
    event: str
    event_hash: str
    round: str | None
    with_text: bool
    with_coder_names: bool
    codebooks: Sequence[Codebook]
    coders: Sequence[str]


def timestamp(moment: datetime) -> str:
    """A time as tables and descriptions have it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def datapackage(origin: Origin, tables: Iterable[tuple[Table, Written]]) -> str:
    """The descriptor of a Frictionless Data Package (version 1) over the tables, as JSON."""
    found = list(tables)
    names = {table.name for table, _ in found}
    return _json(
        {
            "profile": "tabular-data-package",
            "name": "annotator-export",
            "id": origin.project_id,
            "title": f"Coded reports: {origin.project_name}" if origin.project_name else "Coded",
            "description": "Documented reports of killings as coders read them, not an estimate; "
            "row counts are not death counts.",
            "created": timestamp(origin.as_of),
            "resources": [_resource(table, written, names) for table, written in found],
        }
    )


def _resource(table: Table, written: Written, tables: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [column.as_json() for column in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if links := [link for link in table.links if link[1] in tables]:
        schema["foreignKeys"] = [
            {"fields": list(here), "reference": {"resource": other, "fields": list(there)}}
            for here, other, there in links
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "bytes": written.bytes,
        "hash": f"sha256:{written.sha256}",
        "schema": schema,
    }


def manifest(origin: Origin, files: Iterable[Written]) -> str:
    """What was exported, from which state of the project, and the hash of each file, as JSON."""
    return _json(
        {
            "format": FORMAT,
            "tool": {"name": "annotator", "version": __version__},
            "project": {"id": origin.project_id, "name": origin.project_name},
            "as_of": {
                "at": timestamp(origin.as_of),
                "event": origin.event,
                "event_hash": origin.event_hash,
            },
            "codebooks": [
                {
                    "id": codebook.id,
                    "version": codebook.version,
                    "title": codebook.title,
                    "sha256": codebook.sha256,
                }
                for codebook in origin.codebooks
            ],
            "filters": {
                "round": origin.round,
                "revisions": "latest",
                "with_text": origin.with_text,
                "with_coder_names": origin.with_coder_names,
            },
            "final": "adjudicated, else unanimous, else none",
            "coders": list(origin.coders),
            "files": [_file(written) for written in files],
        }
    )


def _file(written: Written) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": written.path,
        "bytes": written.bytes,
        "sha256": written.sha256,
    }
    return found if written.rows is None else found | {"rows": written.rows}


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def readme(origin: Origin, tables: Iterable[tuple[Table, Written]]) -> str:
    """The README.md of an export: what it holds, what it means, how to load it."""
    rows = "\n".join(
        f"| `{table.path}` | {written.rows} | {table.description} |" for table, written in tables
    )
    states = "\n".join(f"  - `{state}`: {meaning}" for state, meaning in STATES.items())
    books = ", ".join(f"{book.id} {book.version}" for book in origin.codebooks)
    return _README.format(
        project=origin.project_name or origin.project_id,
        as_of=timestamp(origin.as_of),
        event=origin.event,
        version=__version__,
        books=books,
        rounds=f"the round {origin.round}" if origin.round else "all rounds",
        rows=rows,
        states=states,
        people=_WITH_NAMES if origin.with_coder_names else _WITHOUT_NAMES,
        text=_WITH_TEXT if origin.with_text else _WITHOUT_TEXT,
    )


_WITH_NAMES = "`data/coders.csv` holds the coders' names."
_WITHOUT_NAMES = "Coders are pseudonyms; their names are not in it."
_WITH_TEXT = "`data/passages.csv` holds the full text of every passage."
_WITHOUT_TEXT = "The text of the passages is not in it."

_README = """\
# {project}: coded reports

**Documented reports, not an estimate; row counts are not death counts.** A killing may stand in
several passages and several reports, and each of them is coded for itself.

- Data as of {as_of} (event {event}), {rounds}, the latest coding of each coder.
- Codebook: {books}. The exact text is in `codebook/`, one row per code in `codebook/codebook.csv`.
- Written by annotator {version}. The same data give the same bytes in every file.
- `manifest.json` has the SHA-256, size and rows of each file; `datapackage.json` describes every
  column (Frictionless Data Package, version 1).

## Sensitive

These tables quote the words that coders marked as evidence, their notes, and their reasons for
letting a warning stand or skipping a passage; all of these may name victims, witnesses and places.
{text} {people}

## Files

| file | rows | one row is |
|---|---|---|
{rows}

Tables join on `report`, `passage`, `round`, `coder` and `role`; records, evidence and overrides
on `record` too.

## What the cells mean

- Text is in quotes, numbers are not. An empty cell means that there can be nothing there: another
  type of variable, a question that was not asked or not answered, a code that this codebook
  version does not have. It never stands for 0.
- What a coder said about a question is in `state`:
{states}
- A coder who chose none of the codes said so: in the long table one row with the value `{{}}`, in
  the wide tables 0 in every column of the variable and the state `stated`.
- A passage that a coder has not coded has no row.
- Flags are 1 and 0; `yes` and `no` in the long table.
- `inferred` is 1 where the codebook offered an implied answer and the coder took it: the words
  themselves do not say it. In the wide tables a variable that can be offered so has a column
  for it.
- `candidate` is 1 where the coder took the value from words that were lit up in the passage and
  did not change it since.
- `overrides.csv` has the warnings and questions of the codebook that coders let stand, each with
  its reason; a coding without a row there overrode none.
- `marked.csv` has the passages that coders flagged for the lead, and those they skipped, with the
  reason. A passage that was skipped and not coded later has no coding of that coder: that says
  nothing of the passage, and nothing of the coder.
- `note` in `codings_wide.csv`, and the variable `note` in the long table, is on the whole passage.
- Counts are claims of a source: `low`, `best` and `high` hold what the words give and are empty
  otherwise. `12+` is low 12, best 12, no high. No midpoint is made and nothing is split
  over perpetrators.
- Dates are the first and the last possible day, both inclusive. Times are UTC; `seconds` is the
  time a coder was active on a passage.
- `start` and `end` count Unicode code points of the report's stored text from 0; `end` is
  exclusive.
- Final: the lead's coding if there is one, else the coding on which all coders agree (evidence,
  notes, doubts, marks, overrides and the order of records aside), else none;
  `settled_by` says which.

## Loading

R:

    wide <- read.csv("data/codings_wide.csv", fileEncoding = "UTF-8", na.strings = "",
                     colClasses = c(report = "character"))

pandas (without `keep_default_na=False` words such as `NA` and `None` would be lost):

    wide = pandas.read_csv("data/codings_wide.csv", keep_default_na=False, na_values=[""],
                           dtype={{"report": str}})

Excel: use Data > From Text/CSV with UTF-8, set the column `report` to text, and switch formulas
off: cells hold the words of reports exactly, and a cell that begins with `=`, `+`, `-` or `@`
would otherwise be run as a formula.
"""
