"""`annotator tutorial` as the real program: on a terminal and in plain lines."""

import subprocess
import sys
from pathlib import Path

import pytest

from terminal import Terminal

PLAIN = """\
a
.back
"Government warplanes"

.take 1
3
.back
3+
.unsure
.note says who?
.undo
.submit
.flag
.skip language
.undo
u
.take 1
.take 2
.stand W1 it names nobody
.submit
s
u
n
.add claim
"A monitoring group counted at least six dead"
m
6+
.add claim
"The local council counted four dead"
c
.pass
4
.help
.submit
.quit
"""


def program(*options: str) -> list[str]:
    return [sys.executable, "-m", "annotator", "tutorial", *options]


@pytest.mark.parametrize(
    ("options", "first"),
    [((), ") and ( by sentences"), (("--keymap", "vi"), "Esc goes in")],
    ids=["arrows", "vi"],
)
def test_it_starts_on_a_terminal_checks_a_step_and_leaves_nothing_behind(
    tmp_path: Path, options: tuple[str, ...], first: str
) -> None:
    env = {"TMPDIR": str(tmp_path), "ANNOTATOR_CONFIG": str(tmp_path / "none.toml")}
    (tmp_path / "none.toml").write_text("", encoding="utf-8")
    with Terminal(program(*options), env=env) as terminal:
        terminal.wait_for(first)
        assert list(tmp_path.glob("annotator-tutorial-*"))
        terminal.type("escape", ")")
        terminal.wait_for("Right. ")
        terminal.press("Q")
        assert terminal.wait() == 0
    assert not list(tmp_path.glob("annotator-tutorial-*"))


def test_in_plain_lines_it_can_be_done_to_the_end_and_says_what_is_wrong(tmp_path: Path) -> None:
    done = subprocess.run(
        program("--plain"),
        input=PLAIN,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Not yet. 3 says exactly three" in done.stdout
    assert "That was the last step. You know what" in done.stdout
    assert "begins again" in done.stdout
    assert not list(tmp_path.iterdir())


def test_without_a_terminal_it_says_how_to_go_on(tmp_path: Path) -> None:
    done = subprocess.run(
        program(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "--plain" in done.stderr
