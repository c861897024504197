"""`annotator codebook trouble` as leads and programs run it."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

from known_truth import KnownTruth, known_truth_project


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", passages=120)


def test_codes_and_questions_are_ranked_and_the_next_commands_are_told(
    command: Command, known: KnownTruth
) -> None:
    done = command("codebook", "trouble", "--project", known.path)
    assert done.code == 0
    told = json.loads(command("codebook", "trouble", "--json", "--project", known.path).out)
    codes = [one for one in told["entries"] if one["kind"] == "code"]
    shown = [
        line.split()[:2]
        for line in done.out.splitlines()
        if line.startswith(("perpetrator:", "cause:"))
    ]
    named = [[f"{one['variable']}:{one['id']}", str(one["score"])] for one in codes]
    assert shown[:10] == named[:10]
    for following in ("codebook check FILE", "codebook diff", "codebook adopt FILE"):
        assert f"annotator {following}" in done.out


def test_an_entry_lists_its_passages_with_what_was_said(
    command: Command, known: KnownTruth
) -> None:
    arguments = ("codebook", "trouble", "--code", "regime_air", "--project", str(known.path))
    told = json.loads(command(*arguments, "--json").out)["entries"]
    assert [one["id"] for one in told] == ["regime_air"]
    done = command(*arguments)
    assert done.out.count("\nmain ") == len(told[0]["signs"])
    assert f"trouble in {told[0]['passages']} passages" in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--code", "zork"), "“zork” causes no trouble that can be seen"),
        (("--round", "none"), "no round named none"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    command: Command, known: KnownTruth, arguments: tuple[str, ...], says: str
) -> None:
    done = command("codebook", "trouble", *arguments, "--project", known.path)
    assert done.code == 2
    assert says in done.sentence


def test_nothing_coded_is_no_trouble(command: Command, tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "bare.db", passages=5, codings=0)
    done = command("codebook", "trouble", "--project", known.path)
    assert done.code == 0
    assert "No sign of trouble." in done.out
    assert "adopt" not in done.out
