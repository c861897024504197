"""Which codes are given where others are, against a count made by hand and by another way."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_projects import project_of, submit

from annotator.codebook.reader import parse_codebook
from annotator.errors import AnnotatorError
from annotator.store.project import open_project
from annotator.work.confusion import VariableConfusion, confusion_of
from annotator.work.same_things import NOTHING_ELSE, pairs_said, values_in
from known_truth import Form, KnownTruth, Marks, Place, known_truth_project, plain
from projects import LIGHT


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", passages=200)


def of(known: KnownTruth, variable: str, which: str = "first") -> VariableConfusion:
    with open_project(known.path, read_only=True) as project:
        return confusion_of(project, variable=variable, which=which)[1][0]


def confused(found: VariableConfusion) -> Counter[frozenset[str]]:
    """The codes that stand against each other, by what was found."""
    codes = set(found.labels)
    return Counter(
        {
            frozenset((one.first, one.second)): one.times
            for one in found.cells()
            if one.differs and {one.first, one.second} <= codes
        }
    )


def counted(
    known: KnownTruth, variable: str, forms: Mapping[tuple[Place, str], Form]
) -> Counter[frozenset[str]]:
    """The same, straight from what coders are known to have said."""
    found: Counter[frozenset[str]] = Counter()
    for place in known.places:
        said = [
            set(plain(forms[place, coder][variable]))
            for coder in known.queues
            if (place, coder) in forms
        ]
        for ours, theirs in combinations(said, 2):
            found.update(map(frozenset, product(ours - theirs, theirs - ours)))
    return found


@pytest.mark.parametrize("variable", ["perpetrator", "cause"])
def test_the_cells_are_what_coders_are_known_to_have_said(known: KnownTruth, variable: str) -> None:
    cells = confused(of(known, variable))
    assert cells == counted(known, variable, known.forms)
    # What a coder is made to confuse most is what is found to be confused most.
    if variable == "perpetrator":
        assert max(cells, key=cells.__getitem__) == {"regime_air", "regime_barrel"}


def test_a_cell_names_the_passages_where_it_is_so(known: KnownTruth) -> None:
    cell = of(known, "perpetrator").cell("regime_barrel", "regime_air")
    assert cell.times >= len(cell.places) > 0
    assert list(cell.places) == sorted(cell.places, key=known.places.index)
    for place in cell.places:
        said = [
            set(plain(form["perpetrator"]))
            for (where, _), form in known.forms.items()
            if where == place
        ]
        assert any("regime_air" in one and "regime_barrel" not in one for one in said)
        assert any("regime_barrel" in one and "regime_air" not in one for one in said)


def test_pairs_of_coders_add_up_to_all_and_turn_around(known: KnownTruth) -> None:
    found = of(known, "perpetrator")
    total: Counter[frozenset[str]] = Counter()
    for pair in combinations(found.coders, 2):
        for one in found.cells(pair):
            total[frozenset((one.first, one.second))] += one.times
        turned = {(one.second, one.first): one.times for one in found.cells((pair[1], pair[0]))}
        assert turned == {(one.first, one.second): one.times for one in found.cells(pair)}
    assert total == {frozenset((one.first, one.second)): one.times for one in found.cells()}
    counts = found.counts()
    assert counts == tuple(zip(*counts, strict=True))


def test_the_latest_codings_are_compared_where_they_are_asked_for(tmp_path: Path) -> None:
    often = Marks(revised=0.5)
    known = known_truth_project(tmp_path / "revised.db", passages=80, coders=3, marks=often)
    latest = {one: known.latest(*one) for one in known.forms}
    assert confused(of(known, "cause")) == counted(known, "cause", known.forms)
    assert confused(of(known, "cause", "latest")) == counted(known, "cause", latest)
    assert counted(known, "cause", latest) != counted(known, "cause", known.forms)


def claim(cause: list[str], start: int, perpetrator: str = "regime") -> dict[str, object]:
    span = {
        "start": start,
        "end": start + 6,
        "text": "Shells killed nine people"[start : start + 6],
    }
    return {
        "id": f"c{start}",
        "cause": cause,
        "evidence": [span],
        "act": [{"id": f"a{start}", "perpetrator": perpetrator}],
    }


def test_claims_are_aligned_and_a_missing_one_is_a_value(tmp_path: Path) -> None:
    project, round_ = project_of(tmp_path, 1)
    with project:
        submit(project, round_, "amal", (1, {"claim": [claim(["shell"], 0), claim(["mine"], 7)]}))
        submit(project, round_, "basim", (1, {"claim": [claim(["shell", "sniper"], 0, "isis")]}))
        submit(project, round_, "carim", (1, {"claim": [claim(["mine"], 7)]}))
        cause = confusion_of(project, variable="cause")[1][0]
        perpetrator = confusion_of(project, variable="perpetrator")[1][0]
    missing = "(no such claim)"
    assert {(one.first, one.second): one.times for one in cause.cells()} == {
        ("shell", "shell"): 1,
        ("sniper", "(nothing else)"): 1,
        ("shell", missing): 2,
        ("sniper", missing): 1,
        ("mine", "mine"): 1,
        ("mine", missing): 2,
    }
    assert {(one.first, one.second) for one in cause.confused()} == {("sniper", "(nothing else)")}
    assert perpetrator.cell("isis", "regime").times == 1
    assert perpetrator.cell("isis", "regime", ("amal", "basim")).times == 0
    assert perpetrator.cell("regime", "isis", ("amal", "basim")).times == 1


def test_a_variable_without_codes_is_refused_with_those_that_have(known: KnownTruth) -> None:
    with pytest.raises(AnnotatorError, match=r"“killed” with codes .*perpetrator, cause"):
        of(known, "killed")


PERPETRATOR = parse_codebook(LIGHT, "light.yaml").variable("perpetrator")
ANSWERS = st.one_of(
    st.sets(st.sampled_from("abcd")).map(lambda some: "|".join(sorted(some)) or "{}"),
    st.sampled_from(["(unknown)", "(no such claim)", "(no answer)"]),
)


@given(first=ANSWERS, second=ANSWERS)
def test_every_value_of_both_stands_in_a_pair_whichever_coder_is_first(
    first: str, second: str
) -> None:
    codes = PERPETRATOR
    pairs = list(pairs_said(first, second, codes))
    turned = sorted((theirs, ours) for ours, theirs in pairs_said(second, first, codes))
    assert sorted(pairs) == turned
    assert {ours for ours, _ in pairs} - {NOTHING_ELSE} == values_in(first, codes)
    assert {theirs for _, theirs in pairs} - {NOTHING_ELSE} == values_in(second, codes)
    assert all(ours == theirs for ours, theirs in pairs) == (first == second)
    assert len(set(pairs)) == len(pairs)
