"""The hardest paragraph of the first report, coded as claims on a terminal, and its price in keys.

Domain notes §2.7 lists what the paragraph says in twelve entries; two of them hold several pairs
of perpetrator and cause (the warplanes of two air forces; bullets, shells and hands of one party),
so that there are fifteen acts in all. All fifteen are coded here.
"""

from pathlib import Path
from typing import Any

import pytest

from annotator.coding.form import to_form
from annotator.store.project import open_project
from annotator.store.verify import verify
from projects import ROOT, SEED_REPORT, coding_program, make_project, session_on
from recorded_keys import PARAGRAPH_BY_HAND
from terminal import Terminal

PARAGRAPH = 3

ENTRIES = (
    ("rus air_strike firm", "syr_air air_strike firm"),
    ("syr_heli air_barrel inferred",),
    ("syr_ground shell firm",),
    ("syr_ground sniper firm",),
    ("syr_militia unspec firm",),
    ("syr_sec detention firm",),
    ("coa air_strike firm",),
    ("sdf small_arms firm", "sdf shell firm", "sdf unspec firm"),
    ("isis unspec firm",),
    ("unk mine none",),
    ("tur_border small_arms firm",),
    ("unk other none",),
)

KEYS = PARAGRAPH_BY_HAND.keys.split()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    book = (ROOT / "codebooks" / "claims.yaml").read_text(encoding="utf-8")
    return make_project(tmp_path / "seed.db", book, SEED_REPORT)


def test_the_cumulative_paragraph_is_one_claim_with_all_its_acts_in_ninety_keys(
    project: Path,
) -> None:
    with Terminal(coding_program(project), env={"COLUMNS": None, "LINES": None}) as terminal:
        terminal.wait_for("done 0/5")
        terminal.press("}", "}")
        terminal.wait_for(f"¶{PARAGRAPH}/5")
        terminal.press(*KEYS)
        terminal.wait_for("done 1/5")
        terminal.press("Q")
        assert terminal.wait() == 0
    print(f"{len(KEYS)} keys for {sum(map(len, ENTRIES))} acts, evidence included")
    assert len(KEYS) <= PARAGRAPH_BY_HAND.budget

    with session_on(project) as session:
        session.step_passage(-1)
        assert session.item.number == PARAGRAPH
        assert session.item.submitted is not None
        form = to_form(session.item.submitted)
        # Marks run from word to word, so the full stop stays outside.
        sentence = session.item.text.strip().removesuffix(".")
        start = session.item.start
    assert without_ids(form) == expected(sentence, start)
    with open_project(project) as found:
        assert verify(found) == []


def expected(sentence: str, start: int) -> dict[str, Any]:
    """The paragraph as §2.7 of the domain notes codes it, in plain form."""
    acts = []
    for pair in (pair for entry in ENTRIES for pair in entry):
        perpetrator, cause, attribution = pair.split()
        # What an offer implied says so for good: the operator of the helicopters is not printed.
        offered = attribution == "inferred"
        acts.append(
            {
                "perpetrator": {"value": perpetrator, "inferred": True} if offered else perpetrator,
                "cause": cause,
                "attribution": {"value": attribution, "inferred": True} if offered else attribution,
            }
        )
    return {
        "claim": [
            {
                "evidence": [{"start": start, "end": start + len(sentence), "text": sentence}],
                "kind": "killing",
                "claim_type": "total",
                "victims": "civilian",
                "total": "21452",
                "children": "5261",
                "women": "2777",
                "men": {"state": "not_stated"},
                "act_mode": "pooled",
                "place": "Aleppo province",
                "place_precision": "4",
                "date": {
                    "start": "2011-03-01",
                    "end": "2016-12-21",
                    "precision": "5",
                    "kind": "window",
                },
                "counted_unit": "persons",
                "incident": "e1",
                "act": acts,
                "source": [{"source_type": "publisher"}],
            }
        ]
    }


def without_ids(value: Any) -> Any:
    """Plain data without the ids of records, which nothing here points at."""
    if isinstance(value, dict):
        return {name: without_ids(inner) for name, inner in value.items() if name != "id"}
    return [without_ids(inner) for inner in value] if isinstance(value, list) else value


def test_the_domain_notes_list_twelve_entries_and_fifteen_pairs() -> None:
    pairs = [pair for entry in ENTRIES for pair in entry]
    assert len(ENTRIES) == 12
    assert len(pairs) == len(set(pairs)) == 15


def test_the_paragraph_being_coded_stays_usable_on_the_smallest_screen(project: Path) -> None:
    env: dict[str, str | None] = {"COLUMNS": None, "LINES": None}
    with Terminal(coding_program(project), columns=60, rows=16, env=env) as terminal:
        terminal.wait_for("done 0/5")
        terminal.press("}", "}")
        terminal.wait_for(f"¶{PARAGRAPH}/5")
        terminal.press(*KEYS[:-1])
        screen = terminal.wait_for(">  Name of the source")
        assert "Act 15 Not named" in screen
        terminal.press("tab", "F")
        terminal.wait_for("Checks (")
        terminal.press("q", "enter")
        terminal.wait_for("done 1/5")
