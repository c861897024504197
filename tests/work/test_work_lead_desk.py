"""When a desk reads what, by a clock of the test's own."""

from datetime import datetime
from pathlib import Path

import pytest

from annotator.coding.form import from_form
from annotator.errors import AnnotatorError
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import read_passage
from annotator.store.project import Project, open_project
from annotator.store.rounds import close_round, named_round, open_round
from annotator.work.lead_desk import LeadDesk
from known_truth import KnownTruth, known_truth_project
from projects import Clock

MOMENT = datetime(2026, 2, 2, 14, 3, 22)


@pytest.fixture
def known(tmp_path: Path) -> KnownTruth:
    return known_truth_project(tmp_path / "desk.db", passages=20, coders=2, left=0.2)


def code(project: Project, known: KnownTruth, coder: str) -> None:
    """Let a coder submit the first passage that is left."""
    place = next(place for place in known.queues[coder] if (place, coder) in known.left)
    passage = read_passage(project, *place)
    coding = from_form(known.truth[place], known.codebook, passage.text, passage.start)
    row = named_round(project, "main")
    add_codings(project, [NewCoding(row.id, *place, coder, coding)], coder)


class Slow(Clock):
    """A clock by which every reading of figures takes two seconds."""

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def test_nothing_is_read_while_nothing_is_decided(known: KnownTruth) -> None:
    with open_project(known.path) as project:
        desk = LeadDesk(project, now=lambda: MOMENT)
        first = desk.progress()
        assert first is not None
        assert first.read_at == MOMENT
        assert first.figures is None
        assert desk.progress() is None
        assert desk.figures() is not None
        assert desk.figures() is None
        code(project, known, "amal")
        again = desk.progress()
        assert again is not None
        assert again.head != first.head


def test_figures_rest_ten_times_as_long_as_they_took(known: KnownTruth) -> None:
    clock = Slow()
    with open_project(known.path) as project:
        desk = LeadDesk(project, clock=clock)
        desk.read()
        before = desk.figures()
        code(project, known, "amal")
        stale = desk.progress()
        assert before is not None
        assert stale is not None
        # Progress is of now, the figures are as they were, and say so.
        assert stale.figures == before.figures
        assert stale.head != before.head
        clock.now += 5.0
        assert desk.figures() is None
        clock.now += 10.0
        fresh = desk.figures()
    assert fresh is not None
    assert fresh.figures is not None
    assert fresh.figures.head == fresh.head


def test_the_open_round_is_looked_at_unless_another_is_named(known: KnownTruth) -> None:
    with open_project(known.path) as project:
        open_round(
            project,
            name="pilot",
            purpose="pilot",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
        )
        close_round(project, named_round(project, "pilot").id, "lina")
        found = LeadDesk(project).read()
        assert found.round is not None
        assert found.round.row.name == "main"
        desk = LeadDesk(project, "pilot")
        reading = desk.read()
        assert reading.round is not None
        assert reading.round.row.name == "pilot"
        desk.look_at("main")
        other = desk.progress()
        assert other is not None
        assert other.round is not None
        assert other.round.row.name == "main"
        with pytest.raises(AnnotatorError, match="no round named none"):
            LeadDesk(project, "none")


def test_a_round_opened_meanwhile_leaves_the_desk_where_it_is(known: KnownTruth) -> None:
    with open_project(known.path) as project:
        desk = LeadDesk(project)
        desk.read()
        open_round(
            project,
            name="next",
            purpose="main",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
        )
        found = desk.progress()
    assert found is not None
    assert found.round is not None
    assert found.round.row.name == "main"
    assert [one.row.name for one in found.status.rounds] == ["main", "next"]
