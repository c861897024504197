"""`annotator status` of a project that is well under way."""

import gc
import json
from pathlib import Path

import pytest
from cli_runs import Command

from known_truth import KnownTruth, known_truth_project


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", left=0.1)


def test_progress_what_waits_and_what_is_marked(command: Command, known: KnownTruth) -> None:
    done = command("status", "--project", known.path)
    assert done.code == 0
    (main,) = json.loads(command("status", "--json", "--project", known.path).out)["rounds"]
    lines = [line.split() for line in done.out.splitlines()]
    for one in main["coders"]:
        waiting = one["assigned"] - one["done"] - one["skipped"]
        numbers = [str(one["done"]), str(waiting), str(one["skipped"])]
        assert ["main", "open", one["coder"], *numbers] in lines
    assert main["backlog"]["open"] == len(known.left)
    assert [
        "main",
        str(main["cases"]["differing"]),
        "0",
        "0",
        "0",
        str(main["cases"]["agreed"]),
    ] in lines
    assert len(main["marked"]) > 20
    assert f"… and {len(main['marked']) - 20} more; --json has all of them." in done.out


def test_agreement_is_told_where_it_is_asked_for(command: Command, known: KnownTruth) -> None:
    arguments = ("status", "--round", "main", "--project", str(known.path))
    assert "Alpha" not in command(*arguments).out
    done = command(*arguments, "--agreement")
    assert done.code == 0
    for part in ("Agreement, round main", "Alarms, round main", "Most confused, round main"):
        assert part in done.out
    assert "Children, Women: undefined: there are no two values to compare." in done.out
    told = json.loads(command(*arguments, "--agreement", "--json").out)["rounds"][0]["agreement"]
    alarms = [one for one in told["alarms"] if one["coder"] == "farah"]
    assert next(one["variable"] for one in alarms) == "perpetrator"


def test_a_round_that_nobody_coded_twice_says_so(command: Command, tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "one.db", passages=8, coders=1, codings=1)
    done = command("status", "--agreement", "--project", known.path)
    assert done.code == 0
    assert "Round main: No passage of the round main has been coded by two" in done.out


def test_a_round_that_is_not_there_is_refused(command: Command, known: KnownTruth) -> None:
    done = command("status", "--round", "none", "--project", known.path)
    assert done.code == 2
    assert "no round named none" in done.sentence


def test_a_round_in_which_nothing_is_coded_says_so(command: Command, tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "new.db", passages=8, left=1.0)
    project = ("--project", str(known.path))
    assert command("round", "new", "empty", *project).code == 0
    assert "Round empty, open: nobody has begun." in command("status", *project).out
    done = command("status", "--agreement", *project)
    assert done.code == 0
    assert "Round empty: No passage of the round empty has been coded by two" in done.out
    for arguments in (("agreement",), ("agreement", "drift"), ("agreement", "confusion")):
        done = command(*arguments, "--round", "empty", *project)
        assert done.code == 1
        assert "nothing to compare" in done.sentence


@pytest.mark.parametrize("name", ["main", "none"])
def test_garbage_is_looked_for_again_when_it_is_over(
    command: Command, known: KnownTruth, name: str
) -> None:
    command("status", "--round", name, "--project", known.path)
    assert gc.isenabled()
