"""Passages that come again after some days, and agreement of coders with themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.coding.form import from_form
from annotator.errors import WorkProblem
from annotator.store.assignments import move
from annotator.store.codings import codings
from annotator.store.corpus import iter_passages
from annotator.store.desk import Desk
from annotator.store.known_answers import Answer
from annotator.store.project import Project, open_project
from annotator.store.rounds import RoundRow, open_round
from annotator.store.verify import verify
from annotator.work.compared_codings import compared_codings
from annotator.work.intra import own_agreement
from annotator.work.repeats import due, give_due
from annotator.work.start import desk_for
from projects import LIGHT, make_project

TEXTS = tuple(f"Shells killed {number} people in Tal Amrit on that day." for number in range(1, 41))
SOON = timedelta(days=13)
DUE = timedelta(days=15)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(make_project(tmp_path / "t.db", LIGHT, TEXTS)) as made:
        yield made


def round_of(project: Project, share: float = 0.25, gold: int = 0) -> RoundRow:
    places = [(row.report_key, row.number) for row in iter_passages(project)]
    form = {"perpetrator": [], "cause": [], "killed": "1"}
    return open_round(
        project,
        name="main",
        purpose="main",
        order="reading",
        seed=5,
        coders=("amal", "basim"),
        actor="lead",
        design={"more": {"repeats": {"share": share, "after_days": 14}}},
        assignments={coder: [(*place, 1) for place in places] for coder in ("amal", "basim")},
        known=[Answer(*place, form) for place in places[:gold]],
    )


def say(desk: Desk, place: int, cause: str) -> None:
    item = desk.item(desk.at_place(place))
    form = {"perpetrator": ["unknown"], "cause": [cause], "killed": "1"}
    coding = from_form(form, desk.codebook, item.text, item.start)
    desk.submit(item.assignment_id, coding, "", 1.0)


def again(desk: Desk) -> list[int]:
    """The numbers of the passages that stand behind the first forty."""
    return [desk.item(one.assignment_id).number for one in desk.passages(len(TEXTS), 99)]


def test_passages_come_again_when_they_are_due_and_once(project):
    round_ = round_of(project)
    desk = desk_for(project, "main", "amal")
    for place in range(1, 31):
        say(desk, place, "shelling")
    now = datetime.now(UTC)
    assert give_due(project, round_, "amal", "amal", now + SOON) == 0
    given = give_due(project, round_, "amal", "amal", now + DUE)
    assert 0 < given < 16
    assert give_due(project, round_, "amal", "amal", now + DUE) == 0
    assert len(again(desk)) == given
    assert max(again(desk)) <= 30
    for place in range(31, 41):
        say(desk, place, "shelling")
    assert give_due(project, round_, "basim", "basim", now + DUE) == 0
    more = give_due(project, round_, "amal", "amal", now + 2 * DUE)
    assert len(again(desk)) == given + more
    assert verify(project) == []


def test_which_come_again_is_the_same_however_often_it_is_asked(project, tmp_path):
    found = []
    for name, steps in (("a", (40,)), ("b", (10, 25, 40))):
        with open_project(make_project(tmp_path / f"{name}.db", LIGHT, TEXTS)) as one:
            round_ = round_of(one)
            desk = desk_for(one, "main", "amal")
            done = 0
            for step in steps:
                for place in range(done + 1, step + 1):
                    say(desk, place, "shelling")
                done = step
                give_due(one, round_, "amal", "amal", datetime.now(UTC) + DUE)
            found.append(set(again(desk)))
    assert found[0] == found[1]


def test_a_lead_gives_every_coder_what_is_due(project):
    round_ = round_of(project, share=1.0)
    for coder, places in (("amal", (1, 2)), ("basim", (3,))):
        for place in places:
            say(desk_for(project, "main", coder), place, "shelling")
    assert due(project, round_) == []
    moves = due(project, round_, datetime.now(UTC) + DUE)
    assert [(one.target, one.number, one.occasion) for one in moves] == [
        ("amal", 1, 2),
        ("amal", 2, 2),
        ("basim", 3, 2),
    ]
    assert move(project, round_.id, moves, "lead") == moves
    assert due(project, round_, datetime.now(UTC) + DUE) == []
    assert verify(project) == []


def test_gold_does_not_come_again_and_other_rounds_repeat_nothing(project):
    round_ = round_of(project, share=1.0, gold=40)
    desk = desk_for(project, "main", "amal")
    say(desk, 1, "shelling")
    assert give_due(project, round_, "amal", "amal", datetime.now(UTC) + DUE) == 0
    plain = open_round(
        project, name="p", purpose="main", order="reading", seed=0, coders=None, actor="lead"
    )
    assert give_due(project, plain, "amal", "amal", datetime.now(UTC) + DUE) == 0


def test_they_are_given_as_the_coder_sits_down(project, monkeypatch):
    round_of(project, share=1.0)
    say(desk_for(project, "main", "amal"), 1, "shelling")
    assert desk_for(project, "main", "amal").progress().assigned == 40

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + DUE

    monkeypatch.setattr("annotator.work.repeats.datetime", Later)
    desk = desk_for(project, "main", "amal")
    assert desk.progress().assigned == 41
    fresh = desk.item(desk.at_place(41))
    assert (fresh.number, fresh.submitted, fresh.draft) == (1, None, None)


def test_a_second_coding_is_between_nobody_but_the_coder_and_themselves(project):
    round_ = round_of(project, share=1.0)
    amal, basim = (desk_for(project, "main", coder) for coder in ("amal", "basim"))
    for place in range(1, 5):
        say(amal, place, "shelling")
        say(basim, place, "shelling")
    with pytest.raises(WorkProblem, match="a second time"):
        own_agreement(project, round_)
    give_due(project, round_, "amal", "amal", datetime.now(UTC) + DUE)
    before = compared_codings(project, "main").forms
    for place, cause in zip(range(41, 45), ("shelling", "shelling", "mine", "siege"), strict=True):
        say(amal, place, cause)
    assert compared_codings(project, "main").forms == before
    assert [row.occasion for row in codings(project, round_.id, "latest")] == [1] * 8
    everyone, of_amal = own_agreement(project, round_)
    assert (everyone.coder, of_amal.coder, of_amal.n_passages) == ("", "amal", 4)
    cause = next(one for one in of_amal.agreement.variables if one.variable == "cause")
    assert cause.estimate("percent_agreement").value == pytest.approx(0.5)
    assert cause.alpha.n_units == 4
    assert of_amal.as_json()["variables"][0]["variable"] == "perpetrator"
    assert verify(project) == []


def test_a_revision_counts_neither_time(project):
    round_ = round_of(project, share=1.0)
    desk = desk_for(project, "main", "amal")
    for place in (1, 2):
        say(desk, place, "shelling")
    give_due(project, round_, "amal", "amal", datetime.now(UTC) + DUE)
    say(desk, 41, "mine")
    say(desk, 42, "shelling")
    say(desk, 41, "shelling")
    say(desk, 1, "siege")
    _, own = own_agreement(project, round_)
    cause = next(one for one in own.agreement.variables if one.variable == "cause")
    assert cause.estimate("percent_agreement").value == pytest.approx(0.5)
