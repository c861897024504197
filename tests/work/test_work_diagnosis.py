"""Diagnosing the coders and passages of a round."""

from collections.abc import Iterator

import pytest

from annotator.errors import AnnotatorError
from annotator.store.project import Project, open_project
from annotator.work.diagnosis import diagnose_variable
from generated_claims import Rates, project


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = project(
        tmp_path_factory.mktemp("diagnosis") / "claims.db", 120, 3, Rates(found=0.7), seed=4
    )
    with open_project(path, read_only=True) as opened:
        yield opened


def test_coders_who_overlook_claims_are_found_to_do_so(claims: Project) -> None:
    found = diagnose_variable(claims, None, "claim (any?)")
    model = found.found.model
    assert model is not None
    assert model.categories == ("yes", "no")
    for coder in model.coders:
        missed, invented = coder.confusion[0], coder.confusion[1]
        assert missed is not None
        assert invented is not None
        # A passage has several claims, so that all are missed less often than one.
        assert 0.02 < missed[1] < 0.35
        assert coder.n_values == 120
    first = model.most_doubtful(1)[0]
    assert first.unit.startswith("report ")
    assert ", passage " in first.unit


def test_a_code_of_sets_is_diagnosed_against_all_others(claims: Project) -> None:
    found = diagnose_variable(claims, "main", "cause", "sniper")
    assert (found.code, found.found.majority.categories) == ("sniper", ("no", "yes"))
    told = found.as_json(3)
    assert "not a final label" in told["note"]
    assert (told["round"], told["variable"], told["code"]) == ("main", "cause", "sniper")
    assert len(told["model"]["most_doubtful"]) <= 3


@pytest.mark.parametrize(
    ("variable", "code", "says"),
    [
        ("bogus", None, "no variable “bogus”; choose from “claim \\(any\\?\\)”"),
        ("", None, "Which variable is missing; choose from"),
        ("cause", None, "cause holds sets of codes; choose the code"),
        ("cause", "bogus", "cause has no code 'bogus'"),
    ],
)
def test_what_cannot_be_diagnosed_is_said_with_what_can(
    claims: Project, variable: str, code: str | None, says: str
) -> None:
    with pytest.raises(AnnotatorError, match=says):
        diagnose_variable(claims, None, variable, code)
