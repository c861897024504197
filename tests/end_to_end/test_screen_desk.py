"""A lead's desk on a real terminal, while a coder works in another program."""

from pathlib import Path

import pytest

from known_truth import KnownTruth, known_truth_project
from projects import desk_program
from terminal import Terminal


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(
        tmp_path_factory.mktemp("desk") / "desk.db", passages=20, coders=2, left=0.5
    )


@pytest.mark.slow
def test_the_desk_shows_what_a_coder_submits_meanwhile(known: KnownTruth) -> None:
    done = sum(coder == "amal" for _, coder in known.forms)
    coding = ["-m", "annotator", "code", "--coder", "amal", "--plain", "--project", str(known.path)]
    with Terminal(desk_program(known.path), columns=80, rows=24) as desk:
        desk.wait_for("Who is how far")
        assert f"{done}" in row_of(desk.screen, "amal")
        answer = known.codebook.variable("perpetrator").codes[0].key
        with Terminal([desk_program(known.path)[0], *coding], columns=80, rows=24) as coder:
            coder.wait_for(">")
            for typed in (answer, "3", ".submit"):
                coder.press(*typed, "enter")
                coder.settle(0.2)
            desk.wait_for(f" {done + 1} ", limit=20)
            coder.press(*".quit", "enter")
        assert f"{done + 1}" in row_of(desk.screen, "amal")
        desk.press("5")
        desk.wait_for("against")
        desk.press("V")
        desk.wait_for("review of main")
        desk.press("Q")
        desk.wait_for("5 Confusion")
        desk.press("Q")
        assert desk.wait() == 0


def row_of(screen: str, begins: str) -> list[str]:
    return next(line for line in screen.splitlines() if line[1:].startswith(begins)).split()


@pytest.mark.slow
def test_leaving_waits_for_no_reading(tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "big.db", passages=1500, coders=3, codings=3)
    with Terminal(desk_program(known.path), columns=80, rows=24) as desk:
        desk.wait_for("Who is how far")
        desk.press("Q")
        assert desk.wait(limit=2.0) == 0
        assert "Traceback" not in desk.screen
