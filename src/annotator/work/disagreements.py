"""Where the passages of a round stand: which were coded differently, and which are settled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.coding.content import read_content
from annotator.store.adjudications import AdjudicationRow, Basis
from annotator.store.codings import CodingRow, last_data_event
from annotator.store.models import RoundState
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.reviewed import Reviewed, changed_since, reviewed
from annotator.store.rounds import RoundRow
from annotator.work.compare import Comparison, Extent

_ALIKE = Extent(0.0, ())
_FEW = 50
"""So many passages are read one by one; to read more, all are read at once."""


class CaseState(StrEnum):
    """Where a passage stands.

    Five are those of a curated document in INCEpTION: `open` (someone still has to code it),
    `agreed`, `disagreed`, `settled`, and `changed`, which was settled before a coder revised or
    added a coding. `single` is a passage without two codings to compare.
    """

    OPEN = "open"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    SETTLED = "settled"
    CHANGED = "changed"
    SINGLE = "single"

    @property
    def words(self) -> str:
        """The state in words, for a screen."""
        return _WORDS[self]


_WORDS = {
    CaseState.OPEN: "not all have coded",
    CaseState.AGREED: "agreed",
    CaseState.DISAGREED: "disagreed",
    CaseState.SETTLED: "settled",
    CaseState.CHANGED: "changed since",
    CaseState.SINGLE: "not coded twice",
}
_UNSETTLED = (CaseState.OPEN, CaseState.DISAGREED)
_DECIDED = (CaseState.SETTLED, CaseState.CHANGED)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage of a round as a review lists it.

    Attributes:
        report_key: The report of the passage.
        number: The passage in it, from 1.
        title: The title of the report.
        score: How far the codings differ, 0 to 1 (`annotator.work.compare`).
        variables: What differs: variables, units of records, `none`.
        n_coders: How many coded it.
        state: Where it stands.
        waiting: Whether it was sent back to a coder who has not answered yet.
        flagged: Whether a coder asks the lead to look at it.
        skipped: Whether a coder gave it back.
        sample: Whether it is looked at though its coders agree.
    """

    report_key: str
    number: int
    title: str
    score: float
    variables: tuple[str, ...]
    n_coders: int
    state: CaseState
    waiting: bool = False
    flagged: bool = False
    skipped: bool = False
    sample: bool = False

    @property
    def place(self) -> Place:
        """Which passage it is about."""
        return self.report_key, self.number

    @property
    def settled(self) -> bool:
        """Whether a lead has settled it and nothing has changed since."""
        return self.state is CaseState.SETTLED

    @property
    def to_settle(self) -> bool:
        """Whether coders differ so far and no lead has settled it."""
        return self.state in _UNSETTLED and bool(self.variables)

    @property
    def is_left(self) -> bool:
        """Whether it waits for a lead: neither settled nor sent back to a coder."""
        return not self.settled and not self.waiting

    @property
    def decided(self) -> bool:
        """Whether a lead has settled it, changed since or not."""
        return self.state in _DECIDED

    @property
    def words(self) -> str:
        """Where it stands in words, for a screen."""
        return f"{self.state.words}, sent back, waiting" if self.waiting else self.state.words


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest codings of one passage, and the latest adjudication."""

    rows: tuple[CodingRow, ...]
    adjudication: AdjudicationRow | None

    @property
    def changed(self) -> bool:
        """Whether it was settled before the last coding came in."""
        settled = self.adjudication
        return settled is not None and changed_after(settled.id, (row.id for row in self.rows))


def changed_after(adjudication: str, codings: Iterable[str]) -> bool:
    """Whether one of some codings came in after an adjudication: ids of events grow with time."""
    return any(coding > adjudication for coding in codings)


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many passages of a round stand where, of those coded twice or settled.

    The five states come to all of them. `differing` are those that nobody has settled on which
    coders differ so far, whether all have coded them or not; `waiting` were sent back to a coder
    who has not answered yet.
    """

    open: int
    agreed: int
    disagreed: int
    settled: int
    changed: int
    differing: int
    waiting: int


class Disagreements:
    """Where the passages of a round stand, kept up to date passage by passage.

    Only values and states make a disagreement. What a lead settled is listed even if its coders
    agree by now. A closed round waits for no coder.

    Args:
        project: The project.
        round_: The round, open or closed.
    """

    def __init__(self, project: Project, round_: RoundRow) -> None:
        self._project = project
        self._round = round_
        self._codebook = project.codebook_version(round_.codebook_sha256)
        self._comparison = Comparison(self._codebook)
        self._seen = last_data_event(project).id
        self._rows: dict[int, Reviewed] = {}
        self._ids: dict[Place, int] = {}
        self.all: dict[Place, Disagreement] = {}
        self._take(reviewed(project, round_.id, self._codebook))

    def _take(self, rows: dict[int, Reviewed]) -> None:
        self._rows |= rows
        for passage, row in rows.items():
            self._ids[row.place] = passage
            self.all[row.place] = self._disagreement(row)

    def refresh(self) -> set[Place]:
        """Read anew what was decided of any passage since the last time.

        Returns:
            The passages that were read anew because of that.
        """
        changed, self._seen = changed_since(self._project, self._round.id, self._seen)
        if len(changed) > _FEW or not changed <= self._ids.keys():
            self._take(reviewed(self._project, self._round.id, self._codebook))
        else:
            for place in changed:
                passage = self._ids[place]
                self._take(reviewed(self._project, self._round.id, self._codebook, passage))
        return changed

    def passage_id(self, place: Place) -> int:
        """The row id of a passage."""
        return self._ids[place]

    def order(self, place: Place) -> tuple[int, int]:
        """Where a passage comes in reading order."""
        return self._rows[self._ids[place]].order

    def coders(self, place: Place) -> tuple[str, ...]:
        """Who coded a passage; never for a screen."""
        return tuple(row.coder for row in self._rows[self._ids[place]].said)

    def basis(self, place: Place) -> Basis:
        """Ids of the codings and of the adjudication, to notice when any of them changes."""
        row = self._rows[self._ids[place]]
        return (*sorted(said.coding_id for said in row.said), row.settled)

    def _disagreement(self, row: Reviewed) -> Disagreement:
        how_far = _ALIKE
        if len({one.said for one in row.said}) > 1:
            how_far = self._comparison.extent([read_content(one.said) for one in row.said])
        return Disagreement(
            *row.place,
            row.title,
            how_far.score,
            how_far.differing,
            len(row.said),
            self._state(row, how_far),
            row.sent_back > 0,
            row.flagged > 0,
            row.skipped > 0,
        )

    def _state(self, row: Reviewed, how_far: Extent) -> CaseState:
        if row.settled:
            changed = changed_after(row.settled, (one.coding_id for one in row.said))
            return CaseState.CHANGED if changed else CaseState.SETTLED
        if row.open and self._round.state is RoundState.OPEN:
            return CaseState.OPEN
        if len(row.said) < 2:
            return CaseState.SINGLE
        return CaseState.DISAGREED if how_far.differing else CaseState.AGREED


def case_counts(found: Iterable[Disagreement]) -> CaseCounts:
    """How many passages stand where.

    Args:
        found: The passages of a round: `Disagreements.all`.
    """
    compared = [one for one in found if one.n_coders > 1 or one.decided]
    states = Counter(one.state for one in compared)
    return CaseCounts(
        states[CaseState.OPEN],
        states[CaseState.AGREED],
        states[CaseState.DISAGREED],
        states[CaseState.SETTLED],
        states[CaseState.CHANGED],
        sum(one.to_settle for one in compared),
        sum(one.waiting for one in compared),
    )
