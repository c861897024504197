"""The scripted project is what it says: its design, its error rates, its marks."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from annotator.store.assignments import counters
from annotator.store.attention import marked_passages
from annotator.store.codings import codings
from annotator.store.project import open_project
from annotator.store.rounds import open_round
from annotator.store.verify import verify
from known_truth import (
    CODERS,
    NO_MARKS,
    Drift,
    ErrorRates,
    KnownTruth,
    code_in_round,
    known_truth_project,
    plain,
    wrong_answers,
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db")


def _said(known: KnownTruth, coder: str, right: str, said: str) -> float:
    """How often one code was given for another that alone is true."""
    places = [place for place in known.queues[coder] if (place, coder) in known.forms]
    asked = [one for one in places if known.truth[one]["perpetrator"] == [right]]
    found = [plain(known.forms[one, coder]["perpetrator"]) for one in asked]
    return found.count([said]) / len(found)


def test_every_pair_of_coders_shares_as_many_passages(known: KnownTruth) -> None:
    shared = Counter(
        pair
        for pair in combinations(CODERS, 2)
        for _ in set(known.queues[pair[0]]) & set(known.queues[pair[1]])
    )
    assert len(shared) == 15
    assert max(shared.values()) - min(shared.values()) <= 1
    assert sum(shared.values()) == len(known.places) == 400


def test_coders_mistake_codes_as_often_as_they_are_said_to(known: KnownTruth) -> None:
    # About 30 passages each: far from 0.02, near 0.3 and 0.15.
    assert _said(known, "farah", "regime_air", "regime_barrel") == pytest.approx(0.3, abs=0.18)
    assert _said(known, "amal", "regime_air", "regime_barrel") < 0.05
    wrong = Counter(coder for _, coder, _ in wrong_answers(known))
    assert wrong["farah"] > 2 * wrong["amal"] > 0


def test_the_project_holds_what_is_known_of_it(known: KnownTruth) -> None:
    with open_project(known.path) as project:
        first = {
            ((row.report_key, row.number), row.coder): row.form
            for row in codings(project, which="first")
        }
        latest = {((row.report_key, row.number), row.coder): row.form for row in codings(project)}
        marked = marked_passages(project)
        progress = {one.coder: one for one in counters(project, marked[0].round_id)}
        assert verify(project) == []
    assert first == known.forms
    assert latest == {one: known.latest(*one) for one in known.forms}
    assert {((one.report_key, one.number), one.coder) for one in marked if one.flagged} == (
        known.flagged
    )
    assert {
        ((one.report_key, one.number), one.coder): one.skipped for one in marked if one.skipped
    } == known.skipped
    assert known.revised
    assert known.flagged
    assert known.skipped
    assert sum(one.done for one in progress.values()) == len(known.forms)
    assert sum(one.skipped for one in progress.values()) == len(known.skipped)


def test_a_coding_depends_on_coder_and_passage_alone(tmp_path: Path) -> None:
    two = known_truth_project(tmp_path / "two.db", passages=40, marks=NO_MARKS)
    three = known_truth_project(tmp_path / "three.db", passages=40, codings=3, marks=NO_MARKS)
    both = two.forms.keys() & three.forms.keys()
    assert len(both) > 20
    assert [two.forms[one] for one in both] == [three.forms[one] for one in both]


def test_a_coder_drifts_from_the_chosen_coding_on(tmp_path: Path) -> None:
    drift = Drift("amal", 30, ErrorRates(slip=1.0))
    known = known_truth_project(
        tmp_path / "drift.db", passages=90, coders=2, drift=drift, marks=NO_MARKS
    )
    wrong = {place for place, coder, _ in wrong_answers(known) if coder == "amal"}
    hurt = [place for place in known.queues["amal"] if known.truth[place]["perpetrator"]]
    before = [place for place in hurt if known.queues["amal"].index(place) < 30]
    assert sum(place in wrong for place in before) <= 0.4 * len(before)
    assert all(place in wrong for place in hurt if place not in before)


def test_claims_are_found_and_missed_and_told_with_reasons(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "claims.db", codebook="claims", passages=60)
    with open_project(known.path) as project:
        assert {
            ((row.report_key, row.number), row.coder): row.form
            for row in codings(project, which="first")
        } == known.forms
    numbers = Counter(
        len(form.get("claim", ())) - len(known.truth[place].get("claim", ()))
        for (place, _), form in known.forms.items()
    )
    assert numbers[0] > numbers[-1] > 0
    assert any("overrides" in form for form in known.forms.values())


def test_without_codings_there_is_truth_and_no_round(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "bare.db", passages=20, codings=0)
    assert len(known.truth) == 20
    assert not known.forms
    assert not known.queues
    assert not known.round


def test_the_same_coders_go_through_any_round(tmp_path: Path) -> None:
    bare = known_truth_project(tmp_path / "bare.db", passages=30, codings=0)
    queues = {"amal": bare.places[::2], "basim": bare.places[::-1]}
    with open_project(bare.path) as project:
        open_round(
            project,
            name="own",
            purpose="pilot",
            order="random",
            seed=1,
            coders=("amal", "basim"),
            actor="lina",
            design={},
            assignments={
                coder: [(*place, 1) for place in queue] for coder, queue in queues.items()
            },
        )
    known = code_in_round(bare, "own", queues, left=0.2)
    with open_project(bare.path) as project:
        made = {((row.report_key, row.number), row.coder) for row in codings(project)}
    assert made == known.forms.keys()
    assert {coder for _, coder in known.left} == {"amal", "basim"}
    assert len(known.forms) + len(known.left) + len(known.skipped) == 45
