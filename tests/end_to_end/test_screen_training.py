"""A coder trains in a real terminal, and the program is killed while an answer is being read."""

from pathlib import Path

import pytest

from annotator.store.assessments import assessments
from annotator.store.project import open_project
from annotator.store.verify import verify
from projects import coding_program
from terminal import Terminal
from training_projects import THREE, training_project


@pytest.mark.slow
def test_an_answer_waits_for_the_coder_whatever_happens_to_the_program(tmp_path: Path) -> None:
    path = training_project(tmp_path / "t.db", THREE)
    with Terminal(coding_program(path)) as terminal:
        terminal.wait_for("Tal Amrit")
        terminal.type("a", "tab", "1", "tab", "8", "enter", "enter", "enter")
        screen = terminal.wait_for("The known answer of Example one")
        assert "Umm Tin" not in screen
        terminal.kill()
    with Terminal(coding_program(path)) as terminal:
        screen = terminal.wait_for("The known answer of Example one")
        assert "answer  9" in screen
        terminal.press("enter")
        terminal.wait_for("Umm Tin")
        terminal.type("l", "tab", "8", "tab", "1", "enter", "enter", "enter")
        terminal.wait_for("As the known answer.")
        terminal.press("enter")
        terminal.wait_for("roads were closed")
        terminal.type("-", "tab", "-", "enter")
        terminal.wait_for("The known answer of Example three")
        terminal.press("enter")
        screen = terminal.wait_for("Result of the training")
        assert "Passed: agreement with the known answers 0.88" in screen
        terminal.type("escape", "Q")
        assert terminal.wait() == 0
    with open_project(path) as project:
        assert [(row.coder, row.passed) for row in assessments(project)] == [("amal", True)]
        assert verify(project) == []
