"""What a lead's desk shows, read anew whenever something was decided in the project.

Progress is read at every change. Figures of agreement take longer, so that after they were read
nobody reads them again for ten times as long as that took; what they are as of is told.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from annotator.codebook.model import Codebook
from annotator.store.codings import last_data_event
from annotator.store.corpus import PassageRow, read_passage, reports
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import RoundState, chosen_rounds
from annotator.store.tags import Tag, tags
from annotator.work.status import RoundStatus, Status, read_status

# Loaded at once, and not when figures are first read: that is done in a thread of its own, while
# the screen may load the same.
from annotator.work.status_agreement import RoundAgreement, round_agreement
from annotator.work.trouble import TroubleReport
from annotator.work.trouble_signs import codebook_trouble

_REST = 10.0
"""After reading figures, nobody reads them again for so many times as long as that took."""

_WINDOWS = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """What takes longer to read.

    Attributes:
        head: The id of the last event that went into it.
        read_at: When it was read, in local time.
        agreement: How far the coders of the round agree.
        trouble: What trouble the codebook causes in the round.
    """

    head: str
    read_at: datetime
    agreement: RoundAgreement
    trouble: TroubleReport


@dataclass(frozen=True, slots=True)
class DeskReading:
    """What a desk shows.

    Attributes:
        head: The id of the last event that went into it.
        read_at: When it was read, in local time.
        status: Where the project stands, every round of it.
        round: The round that the rest is about; None where there is none.
        codebook: The codebook of that round, or of the project.
        titles: The title of each report by its key.
        graphic: The passages that are tagged so, whose words no list shows.
        figures: What takes longer to read; None where there is no round, or not yet.
    """

    head: str
    read_at: datetime
    status: Status
    round: RoundStatus | None
    codebook: Codebook
    titles: dict[str, str]
    graphic: frozenset[Place]
    figures: Figures | None = None

    def title(self, place: Place) -> str:
        """A passage as a person names it: the title of its report and its number."""
        return f"{self.titles.get(place[0], place[0])} ¶{place[1]}"


class LeadDesk:
    """Reads a project for a desk, again and again.

    Args:
        project: The project.
        round_name: The round to look at; None for the one that is open, else the last one.
        now: Gives the local time.
        clock: Gives seconds.

    Raises:
        AnnotatorError: There is no such round.
    """

    def __init__(
        self,
        project: Project,
        round_name: str | None = None,
        *,
        now: Callable[[], datetime] = datetime.now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.project = project
        self.round_name = round_name
        self._now = now
        self._clock = clock
        self._view: DeskReading | None = None
        self._due = 0.0
        chosen_rounds(project, round_name)

    def look_at(self, round_name: str) -> None:
        """Look at another round from the next reading on."""
        self.round_name, self._view, self._due = round_name, None, 0.0

    def progress(self) -> DeskReading | None:
        """Where the project stands, with the figures there are; None if nothing was decided since.

        Raises:
            AnnotatorError: The project cannot be read.
        """
        if self._view is not None and self._view.head == last_data_event(self.project).id:
            return None
        return self.read()

    def read(self) -> DeskReading:
        """Where the project stands now, with the figures there are.

        Raises:
            AnnotatorError: The project cannot be read.
        """
        head = last_data_event(self.project).id
        status = read_status(self.project)
        figures = self._view.figures if self._view is not None else None
        found = self._chosen(status)
        if found is not None:
            # A round that is opened meanwhile takes nobody away from the one they look at.
            self.round_name = found.row.name
        self._view = DeskReading(
            head,
            self._now(),
            status,
            found,
            self.project.codebook_version(found.row.codebook_sha256) if found else status.codebook,
            {row.key: row.title for row in reports(self.project, training=True)},
            frozenset(place for place, said in tags(self.project).items() if Tag.GRAPHIC in said),
            figures,
        )
        return self._view

    def figures(self) -> DeskReading | None:
        """The same with figures read anew; None if they are up to date, or were read just now.

        Raises:
            AnnotatorError: The project cannot be read.
        """
        view = self._view
        if view is None or view.round is None or self._clock() < self._due:
            return None
        if view.figures is not None and view.figures.head == view.head:
            return None
        begun = self._clock()
        name = view.round.row.name
        figures = Figures(
            view.head,
            self._now(),
            round_agreement(self.project, name, windows=_WINDOWS),
            codebook_trouble(self.project, name),
        )
        ended = self._clock()
        self._due = ended + _REST * (ended - begun)
        self._view = replace(view, figures=figures)
        return self._view

    def _chosen(self, status: Status) -> RoundStatus | None:
        rounds = status.rounds
        if self.round_name is not None:
            return next(one for one in rounds if one.row.name == self.round_name)
        running = [one for one in rounds if one.row.state is RoundState.OPEN]
        there = running or list(rounds)
        return there[-1] if there else None

    def passage(self, place: Place) -> PassageRow:
        """A passage with its words."""
        return read_passage(self.project, *place)
