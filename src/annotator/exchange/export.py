"""The export of a project: tables for analysts, with all that is needed to read and trust them.

Everything goes into a hidden folder first, which gets its name when it is whole. No file in it
depends on when or where it was written, so the same data give the same bytes (the folder's name
carries the time).
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from pathlib import Path

from annotator.codebook.model import Codebook
from annotator.errors import AnnotatorError, WorkProblem
from annotator.exchange import describe, tables
from annotator.exchange.coding_tables import CodingTables, ExportCoding, coding_tables
from annotator.exchange.context_tables import (
    Person,
    write_codebook,
    write_coders,
    write_passages,
    write_reports,
)
from annotator.exchange.csv_table import Written, write_file
from annotator.exchange.folder import publish, staging
from annotator.exchange.names import folder_name, pseudonyms
from annotator.store.adjudications import AdjudicationRow, adjudications
from annotator.store.assignments import counters
from annotator.store.attention import MarkedPassage, marked_passages
from annotator.store.codings import CodingRow, codings, last_data_event, log_export
from annotator.store.corpus import reports
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, chosen_rounds, rounds
from annotator.store.training import training_rounds
from annotator.work.disagreements import Latest
from annotator.work.final import final

_ATTEMPTS = 3
_MANIFEST = "manifest.json"
_TIME = "%Y%m%dT%H%M%SZ"

_Marked = tuple[str, int, str]
"""Report key, passage number and coder."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was exported: the folder, the files in it, and the rows of each table."""

    folder: Path
    files: tuple[str, ...]
    rows: Mapping[str, int]


def export_project(
    project: Project,
    target: Path,
    *,
    round_name: str | None = None,
    actor: str,
    with_text: bool = False,
    with_coder_names: bool = False,
    now: Callable[[], datetime] = _now,
) -> ExportResult:
    """Write a new folder `<project>_<UTC time>_cb<codebook version>` with everything coded.

    Args:
        project: The project, open for writing: that it was exported is recorded in it.
        target: The folder to make it in; made if need be. Nothing in it is ever overwritten.
        round_name: The only round to export; None for all. Rounds that train coders on worked
            examples are in no export.
        actor: Who exports.
        with_text: Whether the text of the passages goes out too.
        with_coder_names: Whether the names behind the coders' pseudonyms go out too.
        now: The clock that the folder's name is taken from.

    Raises:
        WorkProblem: There is nothing to export.
        AnnotatorError: There is no such round, it trains coders, or the folder cannot be written.
    """
    trains = training_rounds(project)
    chosen = [one for one in chosen_rounds(project, round_name) if one.id not in trains]
    if round_name and not chosen:
        raise AnnotatorError(
            f"The round {round_name} trains coders on worked examples, which are in no export; "
            f"`annotator round results {round_name}` tells what came of it."
        )
    if not any(_is_coded(project, one) for one in chosen):
        where = f"the round {round_name}" if round_name else "this project"
        raise WorkProblem(
            f"{project.location}: nothing to export, no passage in {where} is coded yet; code one "
            "with `annotator code --coder NAME`."
        )
    for _ in range(_ATTEMPTS):
        with staging(target) as root:
            before = last_data_event(project)
            export = _Export(project, root, chosen, round_name, with_text, with_coder_names)
            files = export.write()
            if last_data_event(project) != before:
                # Somebody submitted while the tables were written; they may not fit together.
                continue
            stamp = now().astimezone(UTC).strftime(_TIME)
            name = f"{folder_name(project.name)}_{stamp}_cb{export.newest.version}"
            folder = publish(root, name)
            _record(project, actor, folder, files)
        rows = {one.path: one.rows for one in files if one.rows is not None}
        return ExportResult(folder, tuple(one.path for one in files), rows)
    raise AnnotatorError(
        f"{project.location}: codings kept coming in while the export was written; "
        "try again when the coders pause."
    )


def _record(project: Project, actor: str, folder: Path, files: Iterable[Written]) -> None:
    """Record the export in the project; one that cannot be recorded is taken back."""
    digests = {one.path: one.sha256 for one in files}
    try:
        log_export(project, actor, {"folder": folder.name, "manifest": digests[_MANIFEST]})
    except AnnotatorError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class _Export:
    """One attempt at writing the files of an export into a folder."""

    def __init__(
        self,
        project: Project,
        root: Path,
        chosen: list[RoundRow],
        only: str | None,
        with_text: bool,
        with_coder_names: bool,
    ) -> None:
        self._project = project
        self._root = root
        self._rounds = chosen
        self._only = only
        self._with_text = with_text
        self._with_names = with_coder_names
        # The newest version first: its labels and the order of its variables lead.
        used = dict.fromkeys(
            one.codebook_sha256 for one in reversed(chosen) if _is_coded(project, one)
        )
        self._codebooks = {sha: project.codebook_version(sha) for sha in used}
        self._names = pseudonyms(_people(project), project.id)
        self._places = {name: place for place, name in enumerate(self._names)}
        self._coded: Counter[str] = Counter()
        self._settled: Counter[str] = Counter()
        self._marked: Counter[str] = Counter()

    @property
    def newest(self) -> Codebook:
        """The newest codebook version in use."""
        return next(iter(self._codebooks.values()))

    def write(self) -> list[Written]:
        """Write every file; the manifest, which names all others, comes last."""
        with coding_tables(self._root, self._codebooks) as opened:
            for one in self._rounds:
                self._add_round(opened, one)
        found = [
            *opened.written(),
            write_reports(self._root, self._project),
            write_passages(self._root, self._project, with_text=self._with_text),
            write_coders(self._root, self._people_here(), with_names=self._with_names),
            write_codebook(self._root, self._codebooks.values()),
        ]
        found.sort(key=lambda pair: pair[0].path)
        origin = self._origin()
        files = [written for _, written in found]
        files += self._codebook_sources()
        files.append(self._file("datapackage.json", describe.datapackage(origin, found)))
        files.append(self._file("README.md", describe.readme(origin, found)))
        files.sort(key=lambda written: written.path)
        files.append(self._file(_MANIFEST, describe.manifest(origin, files)))
        return files

    def _file(self, path: str, content: str) -> Written:
        return write_file(self._root, path, content)

    # --- codings ---------------------------------------------------------------------------------

    def _add_round(self, opened: CodingTables, one: RoundRow) -> None:
        settlements = {
            (row.report_key, row.number): row for row in adjudications(self._project, one.id)
        }
        # What is coded a second time tells of its coder alone.
        marked = [row for row in marked_passages(self._project, one.id) if row.occasion == 1]
        flagged = {(row.report_key, row.number, row.coder) for row in marked if row.flagged}
        for place, group in self._by_passage(one, settlements.values()):
            rows = (row for row in group if isinstance(row, CodingRow))
            latest = Latest(tuple(sorted(rows, key=self._place)), settlements.get(place))
            self._add_passage(opened, latest, one, flagged)
        for _, same in groupby(marked, key=lambda row: (row.report_key, row.number)):
            for row in sorted(same, key=self._place):
                coder = self._names[row.coder]
                self._marked[coder] += 1
                opened.add_marked(row, coder, one.name)

    def _by_passage(
        self, one: RoundRow, settled: Iterable[AdjudicationRow]
    ) -> Iterator[tuple[Place, Iterator[CodingRow | AdjudicationRow]]]:
        """What was coded and settled of each passage, in reading order.

        A passage that every coder gave back may be settled though nobody coded it.
        """
        order = {row.key: number for number, row in enumerate(reports(self._project))}
        rows: Iterable[CodingRow | AdjudicationRow] = merge(
            codings(self._project, one.id, "latest"),
            settled,
            key=lambda row: (order[row.report_key], row.number),
        )
        return groupby(rows, key=lambda row: (row.report_key, row.number))

    def _add_passage(
        self, opened: CodingTables, latest: Latest, one: RoundRow, flagged: Set[_Marked]
    ) -> None:
        made = [self._of_coder(row, one, flagged) for row in latest.rows]
        settlement = latest.adjudication
        for coding in made:
            opened.add(coding)
            self._coded[coding.coder] += 1
        codebook = self._codebooks[one.codebook_sha256]
        forms = [coding.form for coding in made]
        if settlement is None:
            result = final(forms, None, codebook)
            opened.add_final(result, made[0] if result.form is not None else None, made[0])
            return
        result = final(forms, settlement.form, codebook, outcome=settlement.outcome)
        settled = self._of_lead(settlement, one)
        self._settled[settled.coder] += 1
        stands = settled if result.form is not None else None
        if stands:
            opened.add(stands)
        opened.add_final(
            result,
            stands,
            made[0] if made else settled,
            reason=settlement.reason,
            note=settlement.note,
            revised_since=latest.changed,
        )

    def _place(self, row: CodingRow | MarkedPassage) -> int:
        return self._places[row.coder]

    def _of_coder(self, row: CodingRow, one: RoundRow, flagged: Set[_Marked]) -> ExportCoding:
        return ExportCoding(
            row.report_key,
            row.number,
            one.name,
            self._names[row.coder],
            tables.CODER,
            row.revision,
            row.codebook_sha256,
            row.form,
            row.submitted_at,
            row.seconds,
            (row.report_key, row.number, row.coder) in flagged,
        )

    def _of_lead(self, row: AdjudicationRow, one: RoundRow) -> ExportCoding:
        return ExportCoding(
            row.report_key,
            row.number,
            one.name,
            self._names[row.lead],
            tables.ADJUDICATED,
            None,
            one.codebook_sha256,
            row.form,
            row.settled_at,
            0.0,
        )

    # --- what stands around them -----------------------------------------------------------------

    def _people_here(self) -> list[Person]:
        counted = (
            Person(who, name, self._coded[who], self._settled[who])
            for name, who in self._names.items()
        )
        return [
            person
            for person in counted
            if person.codings or person.adjudications or self._marked[person.pseudonym]
        ]

    def _codebook_sources(self) -> list[Written]:
        newest, *earlier = self._codebooks.values()
        written = [self._file("codebook/codebook.yaml", newest.source)]
        for codebook in earlier:
            path = f"codebook/codebook-{codebook.version}-{codebook.sha256[:8]}.yaml"
            written.append(self._file(path, codebook.source))
        return written

    def _origin(self) -> describe.Origin:
        head = last_data_event(self._project)
        return describe.Origin(
            self._project.id,
            self._project.name,
            head.at,
            head.id,
            head.hash,
            self._only,
            self._with_text,
            self._with_names,
            tuple(self._codebooks.values()),
            tuple(person.pseudonym for person in self._people_here()),
        )


def _is_coded(project: Project, one: RoundRow) -> bool:
    return any(progress.done for progress in counters(project, one.id))


def _people(project: Project) -> set[str]:
    """Everyone who coded or settled anything, in whatever round: so pseudonyms stay the same."""
    everyone: set[str] = set()
    for one in rounds(project):
        everyone |= {progress.coder for progress in counters(project, one.id)}
        everyone |= {row.lead for row in adjudications(project, one.id)}
    return everyone
