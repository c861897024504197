"""Which round leads and analysts mean where they name none."""

import json
from pathlib import Path
from shutil import copyfile

import pytest
from cli_runs import Command

from annotator.store.project import open_project
from annotator.store.rounds import close_round, named_round, open_round
from known_truth import known_truth_project
from training_projects import train, training_project

ON_A_ROUND = {
    "agreement": ("agreement", "--json"),
    "by round": ("agreement", "--by", "round", "--json"),
    "confusion": ("agreement", "confusion", "--json"),
    "drift": ("agreement", "drift", "--json"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a coded round `main`, and a round `training` opened after it."""
    folder = tmp_path_factory.mktemp("made")
    path = known_truth_project(folder / "made.db", passages=30).path
    with open_project(path) as project:
        train(project, folder)
    return path


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(copyfile(made, tmp_path / "annotator.db"))


def close(path: Path, *names: str) -> None:
    with open_project(path) as project:
        for name in names:
            close_round(project, named_round(project, name).id, "lina")


def open_another(path: Path, name: str) -> None:
    with open_project(path) as project:
        open_round(
            project, name=name, purpose="main", order="reading", seed=0, coders=None, actor="lina"
        )


@pytest.mark.parametrize("closed", [(), ("training",), ("training", "main"), ("main",)])
@pytest.mark.parametrize("asked", ON_A_ROUND)
def test_a_round_of_training_is_not_what_is_meant(
    command: Command, project: Path, asked: str, closed: tuple[str, ...]
) -> None:
    close(project, *closed)
    done = command(*ON_A_ROUND[asked])
    assert done.code == 0, done.err
    assert json.loads(done.out)["round"] == "main"


def test_a_review_without_a_name_says_which_round_it_is_of(command: Command, project: Path) -> None:
    close(project, "training", "main")
    done = command("review", "--lead", "lina", "--plain", stdin=".quit\n")
    assert done.code == 0, done.err
    assert done.out.startswith("Round main.\n")


def test_what_could_be_meant_is_asked_without_rounds_of_training(
    command: Command, project: Path
) -> None:
    open_another(project, "second")
    done = command("agreement")
    assert done.code == 2
    assert done.sentence.endswith("say which with --round: main, second.")
    close(project, "second")
    assert json.loads(command("agreement", "--json").out)["round"] == "main"
    assert command("agreement", "--round", "training").code == 1


def test_a_round_of_training_is_meant_where_there_is_no_other(
    command: Command, tmp_path: Path
) -> None:
    path = training_project(tmp_path / "t.db")
    done = command("agreement", "--project", path)
    assert (done.code, "No passage of the round training" in done.sentence) == (1, True)
