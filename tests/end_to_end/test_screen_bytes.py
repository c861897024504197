"""What a key sends to the terminal, where a slow line has to carry it."""

import statistics
from pathlib import Path

import pytest

from annotator.codebook.shipped import find_codebook
from projects import coding_program, make_project
from terminal import Terminal

MOST_FOR_A_MOVE = 400
"""Bytes that a key which moves or extends a mark may send at 80 columns and 24 rows."""

SENTENCES = (
    "Shells fell on the market of Tal Amrit and four people died, the council of the town said.",
    "قُتل ستة مدنيين في دير النهر جراء قصف مدفعي لقوات النظام، بينهم طفلان.",
    "A mine killed two farmers near Ain Zarba; their names are not known to the monitor.",
)
PASSAGE = " ".join(SENTENCES * 8)
"""Some 300 words in two scripts, more than a screen holds."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = find_codebook("claims").read_text(encoding="utf-8")
    return make_project(tmp_path_factory.mktemp("bytes") / "bytes.db", book, [PASSAGE])


def sent_by(terminal: Terminal, keys: list[str]) -> list[int]:
    counts = []
    for key in keys:
        before = len(terminal.sent)
        terminal.type(key)
        counts.append(len(terminal.sent) - before)
    return counts


def test_moving_and_marking_send_the_lines_they_touch_and_no_more(project: Path) -> None:
    assert 290 <= len(PASSAGE.split()) <= 400
    with Terminal(coding_program(project), env={"COLUMNS": None, "LINES": None}) as terminal:
        terminal.wait_for("done 0/1")
        terminal.settle(0.5)
        # A claim with words of its own, so that there are numbers and styles to be painted.
        terminal.type("C", "S", "space", "k", "home")
        terminal.type("up", "up", "up", "up")
        moves = sent_by(terminal, ["right"] * 12 + ["down", "up"] * 3 + [")", "("] * 2)
        terminal.type("space")
        extends = sent_by(terminal, ["right"] * 12 + ["down", "V", "<", ">", ")"])
        terminal.press("Q")
        assert terminal.wait() == 0
    for counts in (moves, extends):
        assert statistics.median(counts) <= MOST_FOR_A_MOVE / 2
        assert max(counts) <= MOST_FOR_A_MOVE
        assert min(counts) > 0
