"""A designed round of six coders and 400 passages in which coders stop, come late and disagree."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.run import run
from annotator.store.held import held
from annotator.store.places import Place
from annotator.store.project import open_project
from annotator.store.rounds import named_round
from annotator.work.assigning import disputed
from known_truth import CODERS, code_in_round, known_truth_project

pytestmark = pytest.mark.slow
DESIGN = ("--coders", ",".join(CODERS), "--double", "0.3", "--near-duplicates", "apart")


def coders_of(path: Path) -> dict[Place, set[str]]:
    """Who has each passage."""
    found: dict[Place, set[str]] = defaultdict(set)
    with open_project(path, read_only=True) as project:
        for one in held(project, named_round(project, "main").id):
            found[one.place].add(one.coder)
    return found


def numbers(path: Path) -> dict[Place, int]:
    return {place: len(coders) for place, coders in coders_of(path).items()}


def test_every_passage_keeps_the_coders_it_was_designed_to_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.db"

    def annotator(*arguments: str) -> Any:
        assert run([*arguments, "--project", str(path)]) == 0, capsys.readouterr().err
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in arguments else out

    known = known_truth_project(path, codings=0)
    annotator("round", "new", "main", *DESIGN)
    designed, before = numbers(path), coders_of(path)
    queues: dict[str, list[Place]] = defaultdict(list)
    with open_project(path, read_only=True) as project:
        for one in held(project, named_round(project, "main").id):
            queues[one.coder].append(one.place)
    known = code_in_round(known, "main", queues, left=0.25)
    open_ = Counter(coder for _, coder in known.left)
    assert min(open_.values()) > 10

    moved = annotator("round", "assign", "main", "--from", "elias", "--to", "gina", "--json")
    assert Counter(move["from"] for move in moved["moves"])["elias"] >= open_["elias"]
    assert numbers(path) == designed
    annotator("round", "assign", "main", "--coder", "hala")
    assert numbers(path) == designed
    unlocked = annotator("round", "unlock", "main", "--idle", "0", "--coder", "farah", "--json")
    assert {move["from"] for move in unlocked["moves"]} == {"farah"}
    lacking = Counter(designed)
    lacking.subtract(numbers(path))
    assert lacking.total() == len(unlocked["moves"])
    for coder in ("hala", "gina"):
        run(["round", "assign", "main", "--coder", coder, "--passages", "400", "-p", str(path)])
    assert numbers(path) == designed
    after = coders_of(path)
    for place, coder in known.forms:
        assert coder in after[place]
        assert coder in before[place]

    with open_project(path, read_only=True) as project:
        differing = set(disputed(project, named_round(project, "main")))
    assert len(differing) > 10
    capsys.readouterr()
    annotator("round", "top-up", "main", "--where-disagree", "--codings", "3")
    for place, coders in coders_of(path).items():
        assert len(coders) == (3 if place in differing else designed[place])
        assert after[place] <= coders
        assert not (coders - after[place]) & {"elias", "farah"}
    assert annotator("verify").endswith("everything is as it was written.\n")
    annotator("verify", "--rebuild")
