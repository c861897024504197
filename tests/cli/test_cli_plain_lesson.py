"""Training at plain prompts: the known answer after each passage, and what waits over a restart."""

from pathlib import Path

import pytest
from cli_runs import Command

from annotator.store.assessments import assessments
from annotator.store.project import open_project
from hostile import SEEN_COMMAND, UNSEEN, leaked
from projects import LIGHT, make_project
from training_projects import THREE, Trainee, right, spoil_answers, training_project

FIRST = ("a", "1", "8", ".submit")
"""What a coder types on the first example; one less was killed than they should say."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return training_project(tmp_path / "annotator.db", THREE)


def code(command: Command, *typed: str) -> str:
    done = command("code", "--coder", "amal", "--plain", stdin="\n".join([*typed, ""]))
    assert done.code == 0, done.err
    return done.out


@pytest.mark.usefixtures("path")
def test_the_answer_comes_before_the_next_passage_differences_first(command: Command) -> None:
    said = code(command, *FIRST, "", ".quit")
    lesson, following = said.index("The known answer of passage 1"), said.index("Umm Tin")
    assert lesson < following
    between = said[lesson:following]
    assert "One answer differs from the known one." in between
    assert "- Killed\n    you: 8\n    the answer: 9\n" in between
    assert between.index("you: 8") < between.index("Why it is hard") < between.index("Both say:")


@pytest.mark.usefixtures("path")
def test_an_answer_that_was_not_read_waits(command: Command) -> None:
    for leaving in ((".quit",), ()):
        said = code(command, *(FIRST if leaving else ()), *leaving)
        assert "The known answer of passage 1 of Example one." in said
        assert "Umm Tin" not in said
    said = code(command, "what is this", "", ".quit")
    assert "An empty line goes on to the next passage, .quit leaves." in said
    assert "Umm Tin" in said
    assert "The known answer" not in code(command, ".quit")


@pytest.mark.usefixtures("path")
def test_the_answer_of_a_submitted_passage_can_be_read_again(command: Command) -> None:
    said = code(command, ".answer", *FIRST, "", ".prev", ".answer", ".quit")
    before, after = said.split("The known answer of passage 1", 1)
    assert "Submit the passage to see its answer." in before
    assert after.count("the answer: 9") == 2


def test_in_any_other_round_there_is_no_answer(tmp_path: Path, command: Command) -> None:
    make_project(tmp_path / "annotator.db", LIGHT)
    assert "There are no answers to look at in this round." in code(command, ".answer", ".quit")


def test_the_verdict_of_a_session_that_broke_off_is_said_at_the_next_start(
    path: Path, command: Command
) -> None:
    with open_project(path) as project:
        trainee = Trainee(project)
        for _ in range(3):
            trainee.fill(right)
            item = trainee.session.item.assignment_id
            trainee.desk.submit(item, trainee.session.coding, "", 0.0)
            trainee.restart()
        assert len(assessments(project)) == 1
    assert "Passed: agreement with the known answers 1.00" in code(command, ".quit")


def test_what_would_steer_a_terminal_is_spelled_out(path: Path, command: Command) -> None:
    spoil_answers(path)
    said = code(command, *FIRST, "", ".quit")
    assert f"Why it is hard: {SEEN_COMMAND}" in said
    assert leaked(said.encode()) == ""
    assert not set(UNSEEN) & set(said)
