"""The real program on a terminal: a lead settles disagreements by keyboard alone."""

import re
from pathlib import Path

import pytest

from annotator.coding.content import content
from annotator.coding.form import from_form, to_form
from annotator.store.adjudications import adjudications
from annotator.store.corpus import iter_passages
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from annotator.store.verify import verify
from annotator.work.side_by_side import side_by_side
from known_truth import NO_MARKS, ErrorRates, KnownTruth, known_truth_project
from projects import review_program
from terminal import Terminal

OWN_SIZE = {"COLUMNS": None, "LINES": None}
SIDES = re.compile(r"^  [ *]([A-Z]+) (.*)$")
CASES = 20
COLOUR = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[1-7]|9[0-7]|38)(?:;[0-9]+)*m")


@pytest.fixture
def known(tmp_path: Path) -> KnownTruth:
    rates = {"amal": ErrorRates(slip=0.25), "basim": ErrorRates(slip=0.25)}
    return known_truth_project(
        tmp_path / "known.db", coders=2, passages=60, marks=NO_MARKS, error_rates=rates
    )


def differing(screen: str) -> dict[str, dict[str, str]]:
    """What the sides say, by title and letter, as a lead reads it off the screen."""
    found: dict[str, dict[str, str]] = {}
    title = ""
    for row in screen.split("\n"):
        sides = SIDES.match(row)
        if sides is None:
            title = row[2:].strip()
        else:
            said = sides[2].split("  “")[0].strip()
            found.setdefault(title, {}).update(dict.fromkeys(sides[1], said))
    return found


def right_side(screen: str, true: dict[str, str]) -> str:
    """The key of the side that says what is true; the one for no decision where neither does."""
    said = differing(screen)
    assert said, screen
    for key, letter in (("1", "A"), ("2", "B")):
        if all(sides[letter] == true.get(title, "not answered") for title, sides in said.items()):
            return key
    return "0"


def test_twenty_disagreements_are_settled_by_two_keys_each(known: KnownTruth) -> None:
    with open_project(known.path) as project:
        passages = list(iter_passages(project))
    truth = {}
    for row in passages:
        form = known.truth[row.report_key, row.number]
        coding = from_form(form, known.codebook, row.text, row.start)
        parts = side_by_side({"T": coding}, known.codebook)
        truth[row.text] = {part.title: part.said["T"].text for part in parts}

    keys: list[str] = []
    with Terminal(review_program(known.path), columns=80, rows=24, env=OWN_SIZE) as terminal:
        screen = terminal.wait_for("settled 0")
        for done in range(1, CASES + 1):
            words = " ".join(screen.split("─")[0].split())
            true = next(one for text, one in truth.items() if " ".join(text.split()) in words)
            pressed = [right_side(screen, true), "s"]
            terminal.press(*pressed)
            keys += pressed
            screen = terminal.wait_for(f"settled {done} ")
            terminal.settle(0.03)
            screen = terminal.screen
        terminal.press("Q")
        assert terminal.wait() == 0
    assert len(keys) <= 3 * CASES

    with open_project(known.path) as project:
        settled = adjudications(project, rounds(project)[0].id)
        assert verify(project) == []
    assert len(settled) == CASES
    taken = [row for row in settled if row.outcome == "take"]
    assert len(taken) >= CASES // 2
    for row in taken:
        true_form = to_form(
            from_form(
                known.truth[row.report_key, row.number],
                known.codebook,
                *next(
                    (one.text, one.start)
                    for one in passages
                    if (one.report_key, one.number) == (row.report_key, row.number)
                ),
            )
        )
        assert content(row.form, known.codebook) == content(true_form, known.codebook)


@pytest.mark.slow
@pytest.mark.parametrize("env", [{"TERM": "vt100"}, {"TERM": "linux"}, {"NO_COLOR": "1"}])
def test_sides_are_told_apart_without_colour(known: KnownTruth, env: dict[str, str]) -> None:
    with Terminal(
        review_program(known.path), columns=120, rows=30, env={**OWN_SIZE, **env}
    ) as term:
        term.wait_for("left ")
        term.settle(0.2)
        term.type("a", "V", "q", "1")
        screen = term.screen
        coloured = COLOUR.search(bytes(term.sent))
    assert "*" in screen
    assert "A" in screen.split("\n")[1]
    if env.get("TERM") != "linux":
        assert coloured is None, coloured
    if "TERM" in env:
        assert "│" not in screen
        assert "|" in screen
