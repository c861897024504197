"""Codings as JSON lines: all that was coded, out and in again without loss (DESIGN §9)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TextIO

from annotator.codebook.model import Codebook
from annotator.coding.complete import gaps, pruned
from annotator.coding.form import FormError, canonical, from_form, to_form
from annotator.coding.model import Coding
from annotator.corpus.visible import visible_json
from annotator.errors import AnnotatorError
from annotator.exchange.coding_lines import Line, LineError, parse_line
from annotator.exchange.report_names import ReportNames
from annotator.store.attention import marked_passages
from annotator.store.codings import CodingRow, NewCoding, add_codings, codings
from annotator.store.corpus import PassageRow, iter_passages
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, active_round, chosen_rounds, refuse_coder, rounds
from annotator.store.training import training_rounds

_REPORTS_AT_HAND = 64
_BOM = b"\xef\xbb\xbf"

_Place = tuple[str, str, int, str, int]
"""Round, report, passage, coder, and for which time the coder had it."""


class CodingsError(AnnotatorError):
    """A file of codings with something wrong in it; nothing of it was imported.

    Args:
        path: The file.
        problems: One sentence for each line that is wrong, as `file:line: what`.
    """

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        number = len(self.problems)
        what = "1 problem" if number == 1 else f"{number} problems"
        super().__init__(
            f"{path}: {what} and nothing was imported; mend the file and import it again. "
            f"First: {self.problems[0]}"
        )


@dataclass(frozen=True, slots=True)
class ReadCodings:
    """What a file of codings holds.

    `rows` are the codings that are new, in the order of the file; `already` counts those the
    project has; `incomplete` counts new ones that leave open a question the codebook requires;
    `problems` has a sentence (`file:line: what`) for each line that is wrong.
    """

    rows: list[NewCoding]
    already: int
    incomplete: int
    problems: list[str]


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What importing a file of codings did; see `ReadCodings` for `already`, `incomplete`."""

    added: int
    already: int
    incomplete: int


# --- out -----------------------------------------------------------------------------------------


def write_codings(
    project: Project,
    stream: TextIO,
    round_name: str | None = None,
    which: Literal["latest", "first", "all"] = "latest",
) -> int:
    """Write codings to a text stream, one JSON object a line.

    Args:
        project: The project.
        stream: Where to; UTF-8 is its owner's business.
        round_name: The only round to write; None for all but those that train coders.
        which: The latest coding of each coder and passage, the first, or all revisions.

    Returns:
        How many lines were written.

    Raises:
        AnnotatorError: There is no such round.
    """
    count = 0
    trains = training_rounds(project)
    for one in chosen_rounds(project, round_name):
        if round_name is None and one.id in trains:
            continue
        codebook = project.codebook_version(one.codebook_sha256)
        marked = marked_passages(project, one.id)
        flagged = {
            (row.report_key, row.number, row.coder, row.occasion) for row in marked if row.flagged
        }
        for row in codings(project, one.id, which, occasion=None):
            line = _line(row, one, codebook)
            if (row.report_key, row.number, row.coder, row.occasion) in flagged:
                line["flagged"] = True
            stream.write(visible_json(json.dumps(line, ensure_ascii=False)) + "\n")
            count += 1
    return count


def _line(row: CodingRow, one: RoundRow, codebook: Codebook) -> dict[str, Any]:
    line = {
        "report": row.report_key,
        "passage": row.number,
        "coder": row.coder,
        "codebook": codebook.id,
        "version": codebook.version,
        "round": one.name,
        "revision": row.revision,
        "submitted_at": row.submitted_at.astimezone(UTC).isoformat(),
        "seconds": row.seconds,
        "coding": row.form,
    }
    return line if row.occasion == 1 else {**line, "occasion": row.occasion}


# --- in ------------------------------------------------------------------------------------------


def import_codings(
    path: Path, project: Project, round_name: str | None = None, *, actor: str
) -> ImportedCodings:
    """Import a file of codings, all of it or nothing.

    A line whose coding the project has already is left out, flag and all, so importing a file
    again adds nothing. Any other coding of a passage that the coder has coded becomes their next
    revision.

    Args:
        path: The file.
        project: The project, with the reports that the codings are of.
        round_name: The round to import all lines into; None: each line's own, else the open one.
        actor: Who imports it.

    Raises:
        CodingsError: Lines of the file are wrong; it holds a sentence for each.
        AnnotatorError: The file cannot be read, or the project not be written.
    """
    found = read_codings(path, project, round_name)
    if found.problems:
        raise CodingsError(path, found.problems)
    added = add_codings(project, found.rows, actor) if found.rows else 0
    return ImportedCodings(added, found.already, found.incomplete)


def read_codings(path: Path, project: Project, round_name: str | None = None) -> ReadCodings:
    """Read a file of codings and check every line; see `import_codings`.

    Raises:
        AnnotatorError: The file cannot be read or is the project itself, or there is no such round,
            or it is closed.
    """
    if project.owns(path):
        raise AnnotatorError(f"{path}: this is the project itself; name a file of codings.")
    reader = _Reader(project, round_name)
    found = ReadCodings([], 0, 0, [])
    already = incomplete = number = 0
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                text = raw.removeprefix(_BOM) if number == 1 else raw
                if not text.strip():
                    continue
                try:
                    new, is_complete = reader.read(parse_line(text))
                except (LineError, FormError, AnnotatorError) as error:
                    found.problems.append(f"{path}:{number}: {error}")
                    continue
                if new is None:
                    already += 1
                    continue
                incomplete += not is_complete
                found.rows.append(new)
    except OSError as error:
        raise AnnotatorError(
            f"{path}: the file cannot be read ({error.strerror}); check its name and permissions."
        ) from None
    if not (found.rows or found.problems or already):
        raise AnnotatorError(f"{path}: the file holds no codings; name one with a line for each.")
    return ReadCodings(found.rows, already, incomplete, found.problems)


class _Reader:
    """Turns lines into new codings of one project, knowing those it has."""

    def __init__(self, project: Project, round_name: str | None) -> None:
        self._project = project
        self._fixed = active_round(project, round_name) if round_name is not None else None
        self._rounds = {one.name: one for one in rounds(project)}
        self._names = ReportNames(project)
        self._passages = lru_cache(maxsize=_REPORTS_AT_HAND)(self._read_passages)
        self._latest: dict[_Place, bytes] = {}
        self._dated: set[tuple[_Place, datetime, bytes]] = set()
        self._known_rounds: set[str] = set()

    def read(self, line: Line) -> tuple[NewCoding | None, bool]:
        """The new coding of a line (None if the project has it) and whether it is complete."""
        one = self._round(line)
        codebook = self._project.codebook_version(one.codebook_sha256)
        self._check_version(line, one, codebook)
        passage = self._passage(line)
        coding = from_form(line.coding, codebook, passage.text, passage.start)
        _refuse_unasked(coding, codebook)
        place = (one.id, passage.report_key, passage.number, line.coder, line.occasion)
        if self._is_known(place, coding, line.submitted_at):
            return None, True
        refuse_coder(one, line.coder)
        new = NewCoding(
            *place[:4], coding, line.seconds, line.submitted_at, line.flagged, line.occasion
        )
        return new, not gaps(coding, codebook)

    def _round(self, line: Line) -> RoundRow:
        if self._fixed is not None:
            return self._fixed
        if not line.round:
            return self._open_round
        if line.round not in self._rounds:
            known = ", ".join(self._rounds) or "none yet"
            raise LineError(f"there is no round named {line.round}; the rounds are: {known}")
        return self._rounds[line.round]

    @cached_property
    def _open_round(self) -> RoundRow:
        return active_round(self._project)

    def _check_version(self, line: Line, one: RoundRow, codebook: Codebook) -> None:
        made_under = (line.codebook or codebook.id, line.version or codebook.version)
        if made_under != (codebook.id, codebook.version):
            raise LineError(
                f"made under {' '.join(made_under)}, but the round {one.name} is coded under "
                f"{codebook.id} {codebook.version}; name a round under that version"
            )

    def _passage(self, line: Line) -> PassageRow:
        keys = self._names.keys(line.report)
        if len(keys) > 1:
            raise LineError(
                f"{len(keys)} reports come from a file named {line.report}; give the key of one"
            )
        if not keys:
            raise LineError(f"no report {line.report!r} is in this project; import it first")
        passages = self._passages(keys[0])
        if line.passage not in passages:
            raise LineError(
                f"the report {line.report} has the passages 1 to {len(passages)}, "
                f"not {line.passage}"
            )
        return passages[line.passage]

    def _read_passages(self, key: str) -> Mapping[int, PassageRow]:
        return {row.number: row for row in iter_passages(self._project, key)}

    def _is_known(self, place: _Place, coding: Coding, submitted_at: datetime | None) -> bool:
        self._learn(place[0])
        digest = _digest(to_form(coding))
        if self._latest.get(place) == digest:
            return True
        if submitted_at is not None and (place, submitted_at, digest) in self._dated:
            return True
        if submitted_at is not None:
            self._dated.add((place, submitted_at, digest))
        self._latest[place] = digest
        return False

    def _learn(self, round_id: str) -> None:
        if round_id in self._known_rounds:
            return
        self._known_rounds.add(round_id)
        # In the order of revisions, so that the latest is what stays.
        for row in codings(self._project, round_id, "all", occasion=None):
            place = (round_id, row.report_key, row.number, row.coder, row.occasion)
            digest = _digest(row.form)
            self._dated.add((place, row.submitted_at, digest))
            self._latest[place] = digest


def _refuse_unasked(coding: Coding, codebook: Codebook) -> None:
    kept = pruned(coding, codebook)
    if kept == coding:
        return
    for _, record in coding.walk():
        for name in record.answers:
            if name not in kept.record(record.id).answers:
                raise LineError(f"{name} is answered, but by the other answers it is not asked")


def _digest(form: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical(form).encode()).digest()
