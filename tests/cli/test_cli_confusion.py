"""`annotator agreement confusion` as people and programs run it."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.store.project import open_project
from known_truth import KnownTruth, known_truth_project
from training_projects import Trainee, right, training_project, wrong

ARGUMENTS = ("agreement", "confusion")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", passages=120)


def test_the_commonest_confusions_come_first_and_name_the_next_command(
    command: Command, known: KnownTruth
) -> None:
    done = command(*ARGUMENTS, "--project", known.path)
    assert done.code == 0
    rows = [line.split() for line in done.out.splitlines() if line.startswith("perpetrator")]
    assert rows[0][1:3] == ["regime_air", "regime_barrel"]
    asked = done.out.splitlines()[-1].split("annotator ")[1].replace('"', "").split()
    assert command(*asked, "--project", known.path).code == 0


def test_a_table_has_a_column_for_each_value_and_the_json_its_passages(
    command: Command, known: KnownTruth
) -> None:
    variable = ("--variable", "perpetrator", "--project", str(known.path))
    shown = command(*ARGUMENTS, *variable).out
    told = json.loads(command(*ARGUMENTS, *variable, "--json").out)["variables"][0]
    assert "1 regime_air" in shown
    assert len(told["counts"]) == len(told["values"]) == shown.count("\n1") + 8
    cells = {tuple(one["values"]): one for one in told["cells"]}
    barrel = cells["regime_air", "regime_barrel"]
    assert 0 < len(barrel["passages"]) <= barrel["times"]
    cell = command(*ARGUMENTS, *variable, "--cell", "regime_barrel,regime_air")
    assert cell.out.count("people were killed") == len(barrel["passages"])
    assert "annotator review --lead NAME --variable perpetrator --pair" in cell.out
    only = command(*ARGUMENTS, *variable, "--cell", "regime_barrel,regime_air", "--json")
    assert json.loads(only.out)["variables"][0]["cells"] == [barrel]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--cell", "a,b"), "name it with --variable"),
        (("--variable", "killed"), "choose from perpetrator, cause"),
        (("--variable", "cause", "--cell", "shelling"), "two values"),
        (("--variable", "cause", "--cell", "shelling,nothing"), "Nobody gave nothing"),
        (("--coders", "amal"), "two names"),
        (("--coders", "amal,zoe"), "zoe has coded nothing"),
        (("--round", "none"), "no round named none"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(
    command: Command, known: KnownTruth, arguments: tuple[str, ...], says: str
) -> None:
    done = command(*ARGUMENTS, *arguments, "--project", known.path)
    assert done.code == 2
    assert says in done.sentence


def test_with_nothing_coded_twice_there_is_nothing_to_confuse(
    command: Command, tmp_path: Path
) -> None:
    known = known_truth_project(tmp_path / "one.db", passages=5, coders=1, codings=1)
    done = command(*ARGUMENTS, "--project", known.path)
    assert done.code == 1
    assert "nothing to compare" in done.sentence


def test_the_passages_of_a_training_round_are_listed_too(command: Command, tmp_path: Path) -> None:
    path = training_project(tmp_path / "training.db")
    with open_project(path) as project:
        Trainee(project, "amal").answer_all(right)
        Trainee(project, "basim").answer_all(wrong)
    named = ("--round", "training", "--project", str(path))
    done = command(
        *ARGUMENTS, "--variable", "perpetrator", "--cell", "regime_air,coalition", *named
    )
    assert done.code == 0
    assert "Warplanes of the regime killed nine people" in done.out
    trouble = command("codebook", "trouble", "--code", "regime_air", *named)
    assert trouble.code == 0
    (report,) = [line.split()[1] for line in trouble.out.splitlines() if "Differ" in line]
    assert report in done.out
