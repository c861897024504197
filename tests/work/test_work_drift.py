"""How agreement went, against coders who are known to drift or not to."""

from itertools import combinations
from pathlib import Path

import pytest

from annotator.agreement import Ratings, estimates
from annotator.coding.form import from_form
from annotator.errors import AnnotatorError
from annotator.store.codings import codings
from annotator.store.corpus import read_passage
from annotator.store.desk import Desk
from annotator.store.known_answers import Answer
from annotator.store.project import open_project
from annotator.store.rounds import open_round
from annotator.work.drift import SIZE, drift
from annotator.work.windows import FEWEST, Alarm, By, Drift, Series
from known_truth import (
    NO_MARKS,
    ErrorRates,
    KnownTruth,
    code_in_round,
    known_truth_project,
    plain,
)
from known_truth import (
    Drift as Drifting,
)

STEADY = {name: ErrorRates(slip=0.03) for name in ("amal", "basim", "carim")}


@pytest.fixture(scope="module")
def drifting(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    """Three coders who code everything; one takes to guessing after 300 of 450."""
    return known_truth_project(
        tmp_path_factory.mktemp("drift") / "drift.db",
        passages=450,
        coders=3,
        codings=3,
        error_rates=STEADY,
        drift=Drifting("carim", 300, ErrorRates(slip=0.35)),
        marks=NO_MARKS,
    )


@pytest.fixture(scope="module")
def found(drifting: KnownTruth) -> Drift:
    with open_project(drifting.path, read_only=True) as project:
        return drift(project)


def of(found: Drift, variable: str, by: By, coder: str = "") -> Series:
    return next(
        one for one in found.series if (one.variable, one.by, one.coder) == (variable, by, coder)
    )


def test_a_coder_who_drifts_raises_the_alarm_and_the_others_only_by_them(found: Drift) -> None:
    alarms = {(one.variable, one.coder) for one, window in found.alarms if not window.by_chance}
    assert {("perpetrator", ""), ("perpetrator", "carim")} <= alarms
    whole = of(found, "perpetrator", By.PASSAGES)
    assert [bool(one.alarms) for one in whole.windows[:4]] == [False] * 4
    assert whole.windows[-1].alarms == (Alarm.LOW, Alarm.DROP)
    values = {
        coder: window.estimate.value
        for coder in STEADY
        if (window := of(found, "perpetrator", By.PASSAGES, coder).newest)
    }
    assert min(values, key=lambda name: values[name] or 0.0) == "carim"


def test_coders_who_are_steady_raise_no_alarm_beyond_chance(tmp_path: Path) -> None:
    known = known_truth_project(
        tmp_path / "steady.db",
        passages=300,
        coders=3,
        codings=3,
        error_rates=STEADY,
        marks=NO_MARKS,
    )
    with open_project(known.path, read_only=True) as project:
        alarms = drift(project).alarms
    assert [window for _, window in alarms if not window.by_chance] == []


def test_rolling_windows_step_by_fifty_up_to_the_last_passage(found: Drift) -> None:
    windows = of(found, "perpetrator", By.PASSAGES).windows
    ends = [int(one.label.split("-")[1]) for one in windows]
    assert ends == [150, 200, 250, 300, 350, 400, 450]
    assert {one.estimate.n_units for one in windows} == {SIZE}
    assert [one.before is None for one in windows] == [True] + [False] * 6
    assert windows[1].before is not None
    assert windows[1].before.n_units == 50
    weeks = of(found, "perpetrator", By.WEEK).windows
    assert [one.label for one in weeks][:2] == ["2026-W02", "2026-W03"]
    assert sum(one.estimate.n_units for one in weeks) == 450


def test_a_window_holds_the_alpha_of_its_passages(drifting: KnownTruth, found: Drift) -> None:
    # Everyone codes everything at the same pace, so that reading order is the order of time.
    rows = [
        [frozenset(plain(drifting.forms[place, coder]["perpetrator"])) for coder in STEADY]
        for place in drifting.places
    ]
    everything = Ratings.from_rows(rows, "set")
    windows = {one.label: one for one in of(found, "perpetrator", By.PASSAGES).windows}
    for label in ("1-150", "301-450"):
        first, last = map(int, label.split("-"))
        part = everything.of_units(range(first - 1, last))
        (alpha,) = estimates(part, "set", names=["alpha"], ci="jackknife")
        assert windows[label].estimate.value == pytest.approx(alpha.value)
        assert windows[label].estimate.ci_low == pytest.approx(alpha.ci_low)


def test_few_passages_raise_no_alarm_however_low(tmp_path: Path) -> None:
    known = known_truth_project(
        tmp_path / "few.db",
        passages=FEWEST - 1,
        coders=2,
        error_rates={"amal": ErrorRates(slip=0.9), "basim": ErrorRates(slip=0.9)},
        marks=NO_MARKS,
    )
    with open_project(known.path, read_only=True) as project:
        found = drift(project)
    window = of(found, "perpetrator", By.PASSAGES).windows[0]
    assert (window.estimate.value or 0.0) < 0.5
    assert window.too_few
    assert not window.alarms
    assert found.alarms == ()
    assert of(found, "perpetrator", By.PASSAGES).newest is None


def test_the_newest_windows_are_kept_and_two_coders_have_no_rest(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "two.db", passages=260, coders=2, marks=NO_MARKS)
    with open_project(known.path, read_only=True) as project:
        every, newest = drift(project), drift(project, most=1)
    assert {one.coder for one in every.series} == {""}
    for one, other in zip(every.series, newest.series, strict=True):
        assert one.windows[-1:] == other.windows


def test_windows_go_by_when_it_was_done_and_not_by_reading(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "six.db", passages=200)
    with open_project(known.path, read_only=True) as project:
        times = {}
        for row in codings(project, which="first"):
            times.setdefault((row.report_key, row.number), []).append(row.submitted_at)
        found = drift(project, variable="cause")
    done = sorted(max(both) for both in times.values() if len(both) > 1)
    window = of(found, "cause", By.PASSAGES).windows[-1]
    assert (window.begins, window.ends) == (done[-SIZE], done[-1])
    assert {one.variable for one in found.series} == {"cause"}
    assert len({one.coder for one in found.series}) == 7


def test_a_variable_that_is_not_there_is_refused(drifting: KnownTruth) -> None:
    with (
        open_project(drifting.path, read_only=True) as project,
        pytest.raises(AnnotatorError, match="nothing to compare of “zork”"),
    ):
        drift(project, variable="zork")


def test_what_is_told_is_plain_data(found: Drift) -> None:
    told = found.as_json()
    assert len(told["series"]) == len(found.series)
    assert {one["variable"] for one in told["alarms"]} >= {"perpetrator"}
    assert all(one["n"] <= 450 for series in told["series"] for one in series["windows"])
    pairs = [(one["variable"], one["coder"], one["by"]) for one in told["series"]]
    assert all(one != other for one, other in combinations(pairs, 2))


def test_gold_and_passages_that_came_again_stand_beside_the_windows(tmp_path: Path) -> None:
    bare = known_truth_project(tmp_path / "gold.db", passages=80, codings=0)
    queues = dict.fromkeys(("amal", "farah"), bare.places)
    assignments = {
        coder: [
            *((*place, 1) for place in bare.places),
            *((*place, 2) for place in bare.places[:5]),
        ]
        for coder in queues
    }
    with open_project(bare.path) as project:
        row = open_round(
            project,
            name="gold",
            purpose="main",
            order="reading",
            seed=1,
            coders=tuple(queues),
            actor="lina",
            design={},
            assignments=assignments,
            known=[Answer(*place, bare.truth[place]) for place in bare.places[::4]],
        )
    guessing = {"farah": ErrorRates(slip=0.6, counts=0.6)}
    known = code_in_round(bare, "gold", queues, error_rates=guessing, marks=NO_MARKS)
    with open_project(bare.path) as project:
        desk = Desk(project, row.id, "farah")
        for number, place in enumerate(bare.places[:5], len(bare.places) + 1):
            passage = read_passage(project, *place)
            form = known.forms[place, "farah"]
            coding = from_form(form, bare.codebook, passage.text, passage.start)
            item = desk.at_place(number)
            assert item is not None
            desk.submit(item, coding, "", 1.0)
        found = drift(project)
    assert [one.coder for one in found.gold_alarms] == ["farah"]
    assert found.gold_alarms[0].n_passages == 20
    assert found.n_passages == 60
    assert [(one.coder, one.n_passages) for one in found.own] == [("", 5), ("farah", 5)]
    told = found.only("amal").as_json()
    assert {one["coder"] for one in told["gold"]} == {"amal"}
    assert (told["gold_alarms"], told["own"]) == ([], [])
