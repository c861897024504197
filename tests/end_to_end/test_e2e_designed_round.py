"""A designed round of six coders and 400 passages, from the dry run to the last coding."""

import io
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.run import run
from annotator.store.codings import codings
from annotator.store.held import held
from annotator.store.project import open_project
from annotator.store.rounds import named_round
from annotator.work.choosing import candidates
from annotator.work.design import Design, Plan, plan
from known_truth import CODERS, known_truth_project

OPTIONS = (
    *("--coders", ",".join(CODERS), "--double", "0.2", "--first-double", "100"),
    *("--capacity", "amal=40", "--seed", "5"),
)
DESIGN = Design(CODERS, 2, 0.2, 100, {"amal": 40}, seed=5)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its round `main` opened by the command."""
    path = tmp_path_factory.mktemp("designed") / "designed.db"
    known_truth_project(path, codings=0)
    assert run(["round", "new", "main", *OPTIONS, "--project", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def planned(project: Path) -> Plan:
    with open_project(project, read_only=True) as source:
        return plan(candidates(source, DESIGN), DESIGN)


def test_the_store_has_exactly_what_was_designed(project: Path, planned: Plan) -> None:
    with open_project(project, read_only=True) as source:
        row = named_round(source, "main")
        queues: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for one in held(source, row.id):
            queues[one.coder].append((one.report_key, one.number, one.occasion))
    assert json.loads(row.design) == json.loads(json.dumps(planned.kept()))
    assert {coder: tuple(queue) for coder, queue in queues.items()} == planned.queues


def test_the_design_is_as_asked(planned: Plan) -> None:
    assert len(planned.passages) == 400
    assert planned.loads["amal"] == 40
    others = [load for coder, load in planned.loads.items() if coder != "amal"]
    assert max(others) - min(others) <= 1
    firsts = [one for one in planned.passages if one.first]
    assert 100 <= len(firsts) <= 102
    assert all(len(one.coders) == 2 for one in firsts)
    rest = [len(one.coders) for one in planned.passages if not one.first]
    assert Counter(rest)[2] == pytest.approx(0.2 * len(rest), abs=3)
    without = [planned.overlaps[pair] for pair in combinations(sorted(CODERS[1:]), 2)]
    assert max(without) - min(without) <= 2
    of_group = defaultdict(set)
    for one in planned.passages:
        of_group[one.candidate.group].add(one.coders)
    assert all(len(coders) == 1 for group, coders in of_group.items() if group)


@pytest.mark.slow
def test_each_coder_is_given_their_passages_in_their_order_and_no_other(
    project: Path, planned: Plan, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for coder in CODERS:
        monkeypatch.setattr(
            sys, "stdin", io.StringIO("- -\n.submit\n" * (planned.loads[coder] + 1))
        )
        assert run(["code", "--coder", coder, "--plain", "--project", str(project)]) == 0
        assert "Every passage is coded." in capsys.readouterr().out
    with open_project(project, read_only=True) as source:
        submitted = defaultdict(list)
        for row in sorted(codings(source), key=lambda one: one.submitted_at):
            submitted[row.coder].append((row.report_key, row.number, row.occasion))
    assert {coder: tuple(queue) for coder, queue in submitted.items()} == planned.queues
    assert run(["round", "show", "main", "--json", "--project", str(project)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {one["coder"]: one["done"] for one in shown["progress"]} == planned.loads
    assert all(one["open"] == 0 and one["idle_days"] is None for one in shown["progress"])
    assert run(["verify", "--project", str(project)]) == 0
