"""`annotator agreement drift` as leads and programs run it."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

from known_truth import NO_MARKS, Drift, ErrorRates, KnownTruth, known_truth_project

ARGUMENTS = ("agreement", "drift")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(
        tmp_path_factory.mktemp("drift") / "drift.db",
        passages=200,
        coders=3,
        codings=3,
        drift=Drift("carim", 100, ErrorRates(slip=0.5)),
        marks=NO_MARKS,
    )


def test_alarms_come_first_and_then_each_variable(command: Command, known: KnownTruth) -> None:
    done = command(*ARGUMENTS, "--project", known.path)
    assert done.code == 0
    assert done.out.index("Alarms, round main") < done.out.index("Perpetrator, by 150 passages")
    assert "below .75 and fell by .10 or more" in done.out
    assert "carim" in done.out
    assert "carim against the rest" not in done.out


def test_one_coder_is_shown_against_the_rest(command: Command, known: KnownTruth) -> None:
    arguments = (*ARGUMENTS, "--coder", "carim", "--project", str(known.path))
    done = command(*arguments)
    assert "Perpetrator, by 150 passages, carim against the rest" in done.out
    assert "by week" not in done.out
    told = json.loads(command(*arguments, "--json").out)
    assert {one["coder"] for one in told["series"]} == {"carim"}
    assert all(alarm["coder"] == "carim" for alarm in told["alarms"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--coder", "zoe"), "choose from amal, basim, carim"),
        (("--variable", "zork"), "nothing to compare of “zork”"),
        (("--round", "none"), "no round named none"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    command: Command, known: KnownTruth, arguments: tuple[str, ...], says: str
) -> None:
    done = command(*ARGUMENTS, *arguments, "--project", known.path)
    assert done.code == 2
    assert says in done.sentence


def test_few_passages_are_too_few_for_an_alarm(command: Command, tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "few.db", passages=30, coders=2, marks=NO_MARKS)
    done = command(*ARGUMENTS, "--project", known.path)
    assert "no alarm in the newest windows" in done.out
    assert "too few" in done.out
