"""The disagreements of a round: which passages were coded differently, and which are settled."""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator.codebook.model import Codebook
from annotator.store.adjudications import AdjudicationRow, Basis, adjudications, changed_since
from annotator.store.codings import CodingRow, codings, last_data_event
from annotator.store.corpus import ReportRow, reports
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.compare import Extent, content, extent


class CaseState(StrEnum):
    """Where a disagreement stands; `changed` was settled before a coder revised their coding."""

    OPEN = "open"
    SETTLED = "settled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage whose codings differ, or that was settled.

    `score` is how far they differ, 0 to 1 (`annotator.work.compare.extent`); `variables` names
    what differs: variables of the passage, units of records, `none`.
    """

    report_key: str
    number: int
    title: str
    score: float
    variables: tuple[str, ...]
    n_coders: int
    state: CaseState

    @property
    def place(self) -> Place:
        """Which passage it is about."""
        return self.report_key, self.number

    @property
    def settled(self) -> bool:
        """Whether a lead has settled it and nothing has changed since."""
        return self.state is CaseState.SETTLED


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest codings of one passage, and the latest adjudication."""

    rows: tuple[CodingRow, ...]
    adjudication: AdjudicationRow | None

    @property
    def basis(self) -> Basis:
        """Ids of the codings and of the adjudication, to notice when any of them changes."""
        ids = sorted(row.id for row in self.rows)
        return (*ids, self.adjudication.id if self.adjudication else "")

    @property
    def state(self) -> CaseState:
        """Where the passage stands."""
        if self.adjudication is None:
            return CaseState.OPEN
        # Ids of events grow with time, so a coding with a later id came after the settlement.
        if any(row.id > self.adjudication.id for row in self.rows):
            return CaseState.CHANGED
        return CaseState.SETTLED


class Disagreements:
    """The disagreements of a round, kept up to date passage by passage.

    Only values and states make a disagreement. A passage counts with two latest codings or more;
    one that was settled and then revised is listed even if its coders agree by now.

    Args:
        project: The project.
        round_: The round, open or closed.
    """

    def __init__(self, project: Project, round_: RoundRow) -> None:
        self._project = project
        self._round = round_
        self._codebook = project.codebook_version(round_.codebook_sha256)
        self._seen = last_data_event(project).id
        self._coded: dict[Place, Latest] = {}
        self._reports: dict[str, tuple[int, ReportRow]] = {}
        self.listed = sorted(self._read(None), key=self._order)

    def __getitem__(self, place: Place) -> Latest:
        """The latest codings of a passage that is listed, and how it was settled."""
        return self._coded[place]

    def report(self, key: str) -> ReportRow:
        """A report with a passage that is listed."""
        return self._reports[key][1]

    def refresh(self) -> set[Place]:
        """Read anew what was coded or settled since the last time, and nothing else.

        Returns:
            The passages that were read anew.
        """
        changed, self._seen = changed_since(self._project, self._round.id, self._seen)
        if changed:
            self.listed = [one for one in self.listed if one.place not in changed]
        for place in changed:
            self._coded.pop(place, None)
            for one in self._read(place):
                insort(self.listed, one, key=self._order)
        return changed

    def _read(self, passage: Place | None) -> Iterator[Disagreement]:
        rows: dict[Place, list[CodingRow]] = {}
        for row in codings(self._project, self._round.id, "latest", passage):
            rows.setdefault((row.report_key, row.number), []).append(row)
        settled = {
            (row.report_key, row.number): row
            for row in adjudications(self._project, self._round.id, passage=passage)
        }
        for place, found in rows.items():
            if len(found) > 1:
                self._coded[place] = coded = Latest(tuple(found), settled.get(place))
                how_far = extent_of(coded, self._codebook)
                if how_far.differing or coded.adjudication is not None:
                    yield self._disagreement(place, coded, how_far)

    def _disagreement(self, place: Place, coded: Latest, how_far: Extent) -> Disagreement:
        key, number = place
        if key not in self._reports:
            there = reports(self._project, training=True)
            self._reports = {row.key: (at, row) for at, row in enumerate(there)}
        return Disagreement(
            key,
            number,
            self.report(key).title,
            how_far.score,
            how_far.differing,
            len(coded.rows),
            coded.state,
        )

    def _order(self, one: Disagreement) -> tuple[float, int, int]:
        """The lowest agreement first, then in reading order."""
        return -one.score, self._reports[one.report_key][0], one.number


def extent_of(coded: Latest, codebook: Codebook) -> Extent:
    """How far the latest codings of a passage differ, and in what."""
    return extent([content(row.form, codebook) for row in coded.rows], codebook)


def queue(project: Project, round_: RoundRow) -> list[Disagreement]:
    """The disagreements of a round, settled ones too, lowest agreement first.

    Args:
        project: The project.
        round_: The round, open or closed.
    """
    return Disagreements(project, round_).listed
