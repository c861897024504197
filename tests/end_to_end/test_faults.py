"""What nobody foresaw ends a command with where it arose, and leaves no word of the data behind."""

import sys
from pathlib import Path

import pytest

from annotator.cli.ending import FAULT, WHOLE_TRACEBACK, ended
from annotator.store.project import open_project
from annotator.store.rounds import open_round
from support.projects import LIGHT, make_project
from support.terminal import Terminal

SECRET = "Umm Farid named the gunmen\x1b]52;c;QQ==\x07"

FAULTY_SCREEN = """
import sys
from pathlib import Path

from annotator.cli.ending import ended
from annotator.config.settings import Settings
from annotator.tui import app, coding, desk
from annotator.work import lead_desk, start

def fail(*given):
    held = {secret!r}
    raise LookupError(held)

{broken} = fail
sys.exit(ended(lambda: {run}({project!r}, None, "amal", Settings())))
"""


def _fail() -> None:
    held = SECRET
    raise LookupError(held)


def test_a_fault_is_told_by_its_place_and_not_by_the_data(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(WHOLE_TRACEBACK, raising=False)
    assert ended(_fail) == FAULT
    said = capsys.readouterr()
    assert said.out == ""
    assert "LookupError" in said.err
    assert "tests/end_to_end/test_faults.py" in said.err
    assert " _fail" in said.err
    assert "Umm Farid" not in said.err


def test_asked_for_all_there_is_it_is_shown_with_nothing_raw(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WHOLE_TRACEBACK, "1")
    assert ended(_fail) == FAULT
    said = capsys.readouterr().err
    assert "Umm Farid" in said
    assert "Traceback" in said
    assert "\x1b" not in said


def test_what_the_system_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device", "/home/umm-farid/p.db")

    assert ended(full) == FAULT
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "umm-farid" not in said


@pytest.mark.parametrize(
    ("run", "broken", "keys"),
    [
        ("app.run_coding", "coding.CodingScreen.do_answer_none", ["-"]),
        ("app.run_coding", "start.desk_for", []),
        ("app.run_coding", "app._load_what_keys_need", []),
        ("desk.run_desk", "lead_desk.LeadDesk.figures", []),
    ],
    ids=[
        "a key",
        "the opening, in a thread",
        "the loading behind it, in a thread",
        "a desk's reading, in a thread of its own",
    ],
)
def test_a_screen_that_fails_leaves_nothing_of_what_it_held(
    run: str, broken: str, keys: list[str], tmp_path: Path
) -> None:
    project = make_project(tmp_path / "p.db", LIGHT)
    if run == "desk.run_desk":
        with open_project(project) as opened:
            open_round(
                opened,
                name="main",
                purpose="main",
                order="reading",
                seed=1,
                coders=None,
                actor="lead",
            )
    script = FAULTY_SCREEN.format(run=run, broken=broken, secret=SECRET, project=str(project))
    with Terminal([sys.executable, "-c", script], env={WHOLE_TRACEBACK: None}) as terminal:
        if keys:
            terminal.wait_for("Perpetrator")
            terminal.press(*keys)
        assert terminal.wait(30.0) == FAULT
        left = terminal.sent.rpartition(b"\x1b[?1049l")[2].decode()
    assert "LookupError" in left
    assert "Umm Farid" not in left
    assert "\x1b]52" not in left
    assert "<string>" in left
