"""The disagreements of a round: which passages were coded differently, and which are settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.codebook.model import Codebook
from annotator.store.codings import AdjudicationRow, CodingRow, adjudications, codings
from annotator.store.corpus import reports
from annotator.store.project import Project
from annotator.store.rounds import RoundRow
from annotator.work.compare import Extent, content, extent

Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""


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
    def basis(self) -> tuple[str, ...]:
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


def latest_codings(project: Project, round_: RoundRow) -> dict[Place, Latest]:
    """The passages of a round that two or more coders coded, with their latest codings."""
    rows: dict[Place, list[CodingRow]] = {}
    for row in codings(project, round_.id, "latest"):
        rows.setdefault((row.report_key, row.number), []).append(row)
    settled = {(row.report_key, row.number): row for row in adjudications(project, round_.id)}
    return {
        place: Latest(tuple(found), settled.get(place))
        for place, found in rows.items()
        if len(found) > 1
    }


def extent_of(coded: Latest, codebook: Codebook) -> Extent:
    """How far the latest codings of a passage differ, and in what."""
    return extent([content(row.form, codebook) for row in coded.rows], codebook)


def disagreements(
    project: Project, round_: RoundRow, coded: Mapping[Place, Latest]
) -> list[Disagreement]:
    """The disagreements among passages with their latest codings; see `queue`."""
    codebook = project.codebook_version(round_.codebook_sha256)
    titles: dict[str, str] = {report.key: report.title for report in reports(project)}
    reading_order = {key: place for place, key in enumerate(titles)}
    found: list[Disagreement] = []
    for (key, number), one in coded.items():
        how_far = extent_of(one, codebook)
        if how_far.differing or one.adjudication is not None:
            found.append(
                Disagreement(
                    key,
                    number,
                    titles[key],
                    how_far.score,
                    how_far.differing,
                    len(one.rows),
                    one.state,
                )
            )
    return sorted(found, key=lambda one: (-one.score, reading_order[one.report_key], one.number))


def queue(project: Project, round_: RoundRow) -> list[Disagreement]:
    """The disagreements of a round, settled ones too, lowest agreement first.

    Only values and states make a disagreement. A passage counts with two latest codings or more;
    one that was settled and then revised is listed even if its coders agree by now.

    Args:
        project: The project.
        round_: The round, open or closed.
    """
    return disagreements(project, round_, latest_codings(project, round_))
