"""Where a project stands, against what coders and leads are known to have done."""

from collections import Counter
from pathlib import Path

import pytest

from annotator.coding.form import from_form
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudicate
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import read_passage
from annotator.store.project import Project, open_project
from annotator.store.rounds import named_round, open_round
from annotator.work.reliability import reliability
from annotator.work.status import read_status
from known_truth import KnownTruth, Place, known_truth_project, plain


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(
        tmp_path_factory.mktemp("light") / "light.db", passages=200, left=0.1
    )


def differ(known: KnownTruth) -> set[Place]:
    """The passages that coders say different things of by now."""
    said: dict[Place, list[dict[str, object]]] = {}
    for place, coder in known.forms:
        form = known.latest(place, coder)
        said.setdefault(place, []).append(
            {name: plain(given) for name, given in form.items() if name != "note"}
        )
    return {place for place, forms in said.items() if any(one != forms[0] for one in forms)}


def settle(project: Project, known: KnownTruth, place: Place) -> None:
    passage = read_passage(project, *place)
    coding = from_form(known.truth[place], known.codebook, passage.text, passage.start)
    row = named_round(project, known.round)
    adjudicate(project, row.id, *place, "lina", coding, "take", "slip")


def test_progress_is_what_coders_are_known_to_have_done(known: KnownTruth) -> None:
    with open_project(known.path, read_only=True) as project:
        found = read_status(project)
    (main,) = found.rounds
    done = Counter(coder for _, coder in known.forms)
    skipped = Counter(coder for _, coder in known.skipped)
    waiting = Counter(coder for _, coder in known.left)
    assert {one.coder: (one.done, one.skipped, one.open) for one in main.coders} == {
        coder: (done[coder], skipped[coder], waiting[coder]) for coder in known.queues
    }
    assert main.total.open == len(known.left) > 0
    assert main.n_flagged == len(known.flagged)
    assert (found.n_passages, found.n_reports) == (200, 20)
    assert main.agreement is None
    assert "agreement" not in main.as_json()


def test_disagreements_are_counted_by_where_they_stand(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "settled.db", passages=60, codings=3)
    places = sorted(differ(known), key=known.places.index)
    with open_project(known.path) as project:
        before = read_status(project).rounds[0].cases
        for place in places[:3]:
            settle(project, known, place)
        passage = read_passage(project, *places[0])
        coder = next(name for place, name in known.forms if place == places[0])
        coding = from_form(known.truth[places[0]], known.codebook, passage.text, passage.start)
        row = named_round(project, known.round)
        add_codings(project, [NewCoding(row.id, *places[0], coder, coding)], coder)
        after = read_status(project).rounds[0]
    assert (before.differing, before.settled, before.changed) == (len(places), 0, 0)
    cases = after.cases
    assert (cases.differing, cases.settled, cases.changed) == (len(places) - 3, 2, 1)
    assert after.as_json()["backlog"]["disagreements"] == len(places) - 3


def test_agreement_is_that_of_the_round_with_alarms_and_what_is_confused(
    known: KnownTruth,
) -> None:
    with open_project(known.path, read_only=True) as project:
        (main,) = read_status(project, "main", agreement=True).rounds
        expected = {one.variable: one.alpha for one in reliability(project).variables}
    assert main.agreement is not None
    found = main.agreement.reliability
    assert found is not None
    for one in found.variables:
        alpha, other = one.alpha, expected[one.variable]
        assert alpha is not None
        assert other is not None
        assert alpha.value == other.value
    first = main.agreement.disputed[0]
    assert (first.variable, first.cell.first, first.cell.second) == (
        "perpetrator",
        "regime_air",
        "regime_barrel",
    )
    told = main.as_json()["agreement"]
    assert told["reason"] is None
    assert {one["variable"] for one in told["variables"]} == set(expected)
    assert len(told["variables"][0]["codes"]) == len(known.codebook.variable("perpetrator").codes)


def test_where_nothing_can_be_compared_it_says_why(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "one.db", passages=10, coders=1, codings=1)
    with open_project(known.path, read_only=True) as project:
        (main,) = read_status(project, agreement=True).rounds
    assert main.agreement is not None
    assert "nothing to compare" in main.agreement.reason
    assert main.as_json()["agreement"] == {"reason": main.agreement.reason}


def test_only_the_round_that_is_named_is_told_of(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "two.db", passages=10)
    with open_project(known.path) as project:
        open_round(
            project,
            name="next",
            purpose="pilot",
            order="reading",
            seed=0,
            coders=None,
            actor="lina",
        )
        assert [one.row.name for one in read_status(project).rounds] == ["main", "next"]
        assert [one.row.name for one in read_status(project, "next").rounds] == ["next"]
        with pytest.raises(AnnotatorError, match="no round named none"):
            read_status(project, "none")
