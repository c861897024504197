"""Which passages a round may be about, and what is told of it once it is open."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import for_half_width
from annotator.coding.folding import folded, places_of, tokens
from annotator.store.assignments import CoderProgress, give, take_back
from annotator.store.known_answers import Answer
from annotator.store.project import open_project
from annotator.store.rounds import open_round
from annotator.work.choosing import Search, candidates
from annotator.work.design import Candidate, Design, plan
from annotator.work.expected_reliability import ALPHA, expected, overlap_units
from annotator.work.mixed_in import Mix, with_mixed
from annotator.work.opening import open_planned
from annotator.work.round_progress import CoderState, round_progress
from projects import LIGHT, make_project

WORDS = st.sampled_from(
    [
        *("mine", "Mines,", "mined", "land", "the", "l’Église", "IED", "7"),
        *("لغم", "اللغم", "للغم", "بلغمٍ", "والألغام", "ألغام", "الغام", "أرضي", "لل", "ال"),
    ]
)
LISTS = st.lists(
    st.sampled_from(["mine", "mine*", "land mine", "لغم", "لغم*", "الغام", "الألغام", "لغم أرضي"]),
    min_size=1,
    max_size=3,
)


@given(st.lists(WORDS, max_size=8), LISTS)
def test_a_search_finds_what_looking_at_every_word_finds(text: list[str], words: list[str]) -> None:
    passage = " ".join(text)
    assert Search(",".join(words)).finds(passage, folded(passage)) == bool(
        places_of(words, tokens(passage))
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [
        "Shells fell on the market of Tal Amrit and killed 4 people, the council said today.",
        "Update: shells fell on the market of Tal Amrit and killed 4 people, the council said.",
        "Residents of Dayr Nahr buried nine people on Monday; mines had killed two of them.",
        "The weather was cold and the roads were closed.",
    ]
    return make_project(tmp_path_factory.mktemp("choosing") / "made.db", LIGHT, texts)


def test_near_duplicates_are_named_by_the_first_of_them(made: Path) -> None:
    with open_project(made, read_only=True) as project:
        found = candidates(project, Design(("amal",)))
        apart = candidates(project, Design(("amal",), near_duplicates="apart"))
    key = found[0].report
    assert [one.group for one in found] == [f"{key}:1", f"{key}:1", "", ""]
    assert [one.group for one in apart] == [""] * 4
    assert [(one.number, one.position) for one in found] == [(1, 0), (2, 1), (3, 2), (4, 3)]


def test_strata_by_search_have_all_passages_and_the_first_search_that_finds_one(made: Path) -> None:
    design = Design(("amal",), strata="search", searches=("mine*", "people,market"))
    with open_project(made, read_only=True) as project:
        found = candidates(project, design)
        listed = candidates(project, design, [(found[2].report, 3)])
    assert [one.stratum for one in found] == [
        *("people,market", "people,market", "mine*", "none of these"),
    ]
    assert listed == [Candidate(found[2].report, 3, 0, "mine*")]


def test_progress_counts_what_coders_have_now(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(made.read_bytes())
    with open_project(path) as project:
        design = Design(("amal", "basim"), codings=2)
        row = open_planned(project, "main", "main", plan(candidates(project, design), design), "x")
        key = candidates(project, design)[0].report
        take_back(project, row.id, "basim", [(key, 1, 1), (key, 2, 1)], "lead")
        give(project, row.id, "dana", [(key, 1, 1), (key, 3, 1), (key, 3, 2)], "lead")
        found = round_progress(project, row)
        assert found.overlaps == {
            ("amal", "basim"): 2,
            ("amal", "dana"): 2,
            ("basim", "dana"): 1,
        }
        assert [
            (one.progress.coder, one.progress.assigned, one.overlapping) for one in found.coders
        ] == [("amal", 4, 3), ("basim", 2, 2), ("dana", 3, 2)]
        assert found.design == design
        plain = open_round(
            project, name="plain", purpose="main", order="reading", seed=0, coders=None, actor="x"
        )
        assert round_progress(project, plain).design is None


def test_gold_passages_are_no_overlap(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(made.read_bytes())
    with open_project(path) as project:
        design = Design(("amal", "basim"), codings=1, near_duplicates="apart")
        *there, last = candidates(project, design)
        mix = Mix(gold=((last.report, last.number),), gold_per=(1, 1))
        planned = with_mixed(plan(there, design), mix)
        answers = (Answer(last.report, last.number, {"none": "other"}),)
        row = open_planned(project, "main", "main", planned, "x", answers)
        found = round_progress(project, row)
    assert sorted(one.progress.assigned for one in found.coders) == [2, 3]
    assert all(
        (last.report, last.number, 1) in [place.given for place in one.queue]
        for one in found.coders
    )
    assert found.overlaps == {("amal", "basim"): 0}
    assert [one.overlapping for one in found.coders] == [0, 0]


def test_idle_is_who_has_something_to_do_and_does_nothing() -> None:
    opened = datetime(2026, 1, 1, tzinfo=UTC)
    now = opened + timedelta(days=9, hours=5)
    lately = now - timedelta(hours=30)
    assert CoderState(CoderProgress("amal", 5, 0), (), 0, None, opened).idle_days(now) == 9
    assert CoderState(CoderProgress("amal", 5, 2, 1), (), 0, lately, lately).idle_days(now) == 1
    assert CoderState(CoderProgress("amal", 5, 4, 1), (), 0, opened, opened).idle_days(now) is None


def test_what_overlap_can_tell_is_what_the_planning_of_agreement_says() -> None:
    there = [
        Candidate("r", number, number, group="g" if number < 3 else "") for number in range(1, 241)
    ]
    found = plan(there, Design(("amal", "basim", "dana"), codings=3))
    assert overlap_units(found) == 239
    for one in expected(found):
        needed = for_half_width(one.half_width, ALPHA, one.prevalence, n_coders=3)
        # Rounded up, by a whole unit where the last digit of a float says so.
        assert needed.n_units in (239, 240)
    assert expected(plan(there, Design(("amal",)))) == []
