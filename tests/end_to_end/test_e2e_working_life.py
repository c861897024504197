"""Long days on the real program: covered, skipped, flagged and paused, on a terminal and off it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store.project import open_project
from annotator.store.verify import verify
from projects import LIGHT, SEED_REPORT, coding_program, copied, make_project, session_on
from terminal import Terminal

TEXT_OF_1 = "With the exit of the last batch"
TEXT_OF_2 = "The residents of the western"
OWN_SIZE: dict[str, str | None] = {"COLUMNS": None, "LINES": None}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("seed") / "seed.db", LIGHT, SEED_REPORT)


@pytest.fixture
def project(seed: Path, tmp_path: Path) -> Path:
    return copied(seed, tmp_path)


def annotator(project: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        cwd=project.parent,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "ANNOTATOR_PROJECT": project.name, "PYTHONWARNINGS": "error"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), (arguments, done.stdout, done.stderr)
    return done.stdout


def opened(path: Path) -> Terminal:
    return Terminal(coding_program(path), env=OWN_SIZE)


@pytest.mark.slow
def test_a_day_with_marks_goes_from_the_coder_to_the_lead_and_out(project: Path) -> None:
    name = SEED_REPORT.name
    annotator(project, "passages", "tag", "graphic", f"{name}:2", f"{name}:3")
    said = annotator(
        project, "code", "--coder", "amal", "--plain",
        stdin='a "regime forces"1\n-\n.remark two events?\n.flag\n.submit\n'
        ".skip graphic\n\nr\n-\n.submit\n.skip conflict I know him\n.quit\n",
    )  # fmt: skip
    assert TEXT_OF_2 not in said
    status = annotator(project, "status")
    assert "too graphic" in status
    assert "conflict of interest" in status
    (main,) = json.loads(annotator(project, "status", "--json"))["rounds"]
    assert main["coders"] == [{"coder": "amal", "assigned": 5, "done": 2, "skipped": 2}]

    folder = project.parent / json.loads(annotator(project, "export", "--json"))["folder"]

    def table(name: str) -> list[dict[str, str]]:
        with (folder / "data" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    assert [(row["passage"], row["flagged"], row["note"]) for row in table("codings_wide.csv")] == [
        ("1", "1", "two events?"),
        ("3", "0", ""),
    ]
    assert [(row["passage"], row["skipped"], row["note"]) for row in table("marked.csv")] == [
        ("1", "", ""),
        ("2", "graphic", ""),
        ("4", "conflict", "I know him"),
    ]
    annotator(project, "codings", "export", "codings.jsonl")
    lines = (project.parent / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["flagged"], first["coding"]["note"]) == (True, "two events?")
    assert "flagged" not in second
    annotator(project, "verify")
    annotator(project, "verify", "--rebuild")
    # Taken back and coded after all, nothing is left of having been skipped.
    annotator(
        project, "code", "--coder", "amal", "--plain",
        stdin=".prev\n.skip\n-\n-\n.submit\n.quit\n",
    )  # fmt: skip
    (main,) = json.loads(annotator(project, "status", "--json"))["rounds"]
    assert main["coders"] == [{"coder": "amal", "assigned": 5, "done": 3, "skipped": 1}]
    annotator(project, "verify")


def test_on_a_terminal_nothing_of_a_covered_text_is_sent_until_enter(project: Path) -> None:
    annotator(project, "passages", "tag", "graphic", f"{SEED_REPORT.name}:2")
    with opened(project) as terminal:
        terminal.wait_for(TEXT_OF_1)
        terminal.press("}")
        terminal.wait_for("tagged this passage as graphic")
        terminal.settle()
        assert "residents" not in terminal.screen
        assert b"residents" not in terminal.sent
        terminal.press("enter")
        terminal.wait_for(TEXT_OF_2)
        terminal.press("Q")
        assert terminal.wait() == 0


def test_on_a_terminal_a_pause_hides_all_and_enter_goes_on(project: Path) -> None:
    with opened(project) as terminal:
        terminal.wait_for(TEXT_OF_1)
        terminal.press("$")
        screen = terminal.wait_for("Paused.")
        terminal.settle()
        assert "exit" not in terminal.screen
        assert "Perpetrator" not in terminal.screen
        assert SEED_REPORT.name not in screen
        terminal.press("x", "a", "enter")
        terminal.wait_for(TEXT_OF_1)
        assert "Regime air stri" in terminal.screen
        assert "* Perpetrator" not in terminal.screen
        terminal.press("Q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("keys", "shows", "kept"),
    [
        (("T",), "flagged", ("flagged", "")),
        (("E", "1"), "¶2/5", ("", "graphic")),
        (('"', "h", "i", "enter"), "note", ("", "")),
    ],
)
def test_what_the_screen_said_is_there_after_the_power_went(
    project: Path, keys: tuple[str, ...], shows: str, kept: tuple[str, str]
) -> None:
    with opened(project) as terminal:
        terminal.wait_for(TEXT_OF_1)
        terminal.press(*keys)
        terminal.wait_for(shows)
        terminal.kill()
    with session_on(project) as session:
        if kept[1]:
            session.step_passage(-1)
        assert session.item.number == 1
        assert session.item.flagged == bool(kept[0])
        assert (session.item.skipped or "") == kept[1]
        assert session.coding.note == ("hi" if shows == "note" else "")
    with open_project(project) as found:
        assert verify(found) == []
