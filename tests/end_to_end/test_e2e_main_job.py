"""The main job through the real command, as two coders, a lead and an analyst would do it."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[1] / "corpus" / "data" / "aleppo-2016-12-21.txt"

Annotator = Callable[..., str]

AMAL = """\
- -
.submit
- -
.submit
regime_air r h s m d c k i b u "regime’s warplanes" "the Russian warplanes"
1 2 3 5 7 8 x
21452 "21452"
5261 "5261 children"
2777 "2777 citizen women"

- -
.submit
- -
.submit
"""
BASIM_FIRST = """\
- -
.submit
- -
.submit
a r h s m d c k i b "warplanes of the International Coalition"
1 2 3 5 7 8
21452
"""
BASIM_LATER = """\
5261
2777

u 0
3+
.submit
- -
.submit
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("job")


@pytest.fixture(scope="module")
def annotator(folder: Path) -> Annotator:
    environment = {**os.environ, "ANNOTATOR_PROJECT": "aleppo.db", "PYTHONWARNINGS": "error"}
    environment.pop("COLUMNS", None)

    def call(*arguments: str, stdin: str = "", code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "annotator", *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, (arguments, done.stdout[-2000:], done.stderr)
        assert "Traceback" not in done.stdout + done.stderr
        assert code or not done.stderr, done.stderr
        return done.stdout

    return call


@pytest.fixture(scope="module")
def project(annotator: Annotator) -> None:
    annotator("init", "--codebook", "perpetrators", "--name", "Aleppo")
    assert "1 report with 5 passages added" in annotator("import", str(SEED))


@pytest.fixture(scope="module")
def coded(annotator: Annotator, project: None) -> None:
    annotator("code", "--coder", "amal", "--plain", stdin=AMAL)
    annotator("code", "--coder", "basim", "--plain", stdin=BASIM_FIRST)
    resumed = annotator("code", "--coder", "basim", "--plain", stdin=BASIM_LATER)
    assert "4 of 5, Children" in resumed.split("> ")[0]
    assert "Every passage is coded." in resumed


@pytest.fixture(scope="module")
def settled(annotator: Annotator, coded: None) -> str:
    """What the lead saw before settling both disagreements."""
    seen = annotator("review", "--lead", "lina", "--plain", stdin=".next\n.quit\n")
    script = ""
    for case in seen.split(" settled, ")[1:]:
        # The fuller list is right, and so is none where nobody is said to have died.
        side = next(
            line.strip()[0].lower()
            for line in case.splitlines()
            if line.startswith("     ") and ("Unknown" in line or "none of these" in line)
        )
        script += f"{side}\ns read too fast\n"
    annotator("review", "--lead", "lina", "--plain", stdin=script)
    return seen


def test_passages_are_exact_slices_and_importing_again_adds_nothing(
    annotator: Annotator, project: None
) -> None:
    passages = json.loads(annotator("passages", "--json"))
    text = SEED.read_text(encoding="utf-8")
    assert [entry["passage"] for entry in passages] == [1, 2, 3, 4, 5]
    assert [len(entry["text"]) for entry in passages] == [1231, 317, 971, 821, 816]
    for entry in passages:
        assert text[entry["start"] : entry["end"]] == entry["text"]
        assert entry["title"].startswith("After more than 1600 days")
    assert "0 reports with 0 passages added, 1 already there" in annotator("import", str(SEED))
    assert json.loads(annotator("passages", "--json")) == passages


def test_both_coders_are_done_and_agreement_is_measured(annotator: Annotator, coded: None) -> None:
    (main,) = json.loads(annotator("status", "--json"))["rounds"]
    assert [(one["coder"], one["done"]) for one in main["coders"]] == [("amal", 5), ("basim", 5)]
    found = json.loads(annotator("agreement", "--json"))
    by_variable = {
        one["variable"]: {estimate["name"]: estimate for estimate in one["estimates"]}
        for one in found["variables"]
    }
    # Worked by hand: of five passages three agree, one differs wholly, one by a subset of ten
    # of eleven codes, whose MASI distance is 1 - 10/11 * 2/3.
    assert by_variable["perpetrator"]["percent_agreement"]["value"] == pytest.approx(3 / 5)
    observed = (1 + (1 - 10 / 11 * 2 / 3)) / 5
    alpha = by_variable["perpetrator"]["alpha"]
    assert alpha["value"] == pytest.approx(1 - observed / _expected(), abs=1e-9)
    assert alpha["n_units"] == 5


def _expected() -> float:
    """Mean MASI distance over all pairs of the ten values: seven empty sets and three others."""
    eleven, ten, unknown = (
        frozenset("arhsmdckibu"),
        frozenset("arhsmdckib"),
        frozenset("u"),
    )
    values = [frozenset[str]()] * 7 + [eleven, ten, unknown]

    def distance(x: frozenset[str], y: frozenset[str]) -> float:
        if x == y:
            return 0.0
        if not x & y:
            return 1.0
        monotone = 2 / 3 if x <= y or y <= x else 1 / 3
        return 1 - len(x & y) / len(x | y) * monotone

    pairs = [(i, j) for i in range(10) for j in range(10) if i != j]
    return sum(distance(values[i], values[j]) for i, j in pairs) / len(pairs)


def test_the_lead_sees_no_names_and_settles_what_differs(
    annotator: Annotator, settled: str
) -> None:
    assert "0 settled, 2 left" in settled
    assert "amal" not in settled
    assert "basim" not in settled
    left = annotator("review", "--lead", "lina", "--plain", stdin=".quit\n")
    assert "No disagreement is left to settle in round main." in left


def test_the_export_says_the_final_coding_of_every_passage(
    annotator: Annotator, settled: str, folder: Path
) -> None:
    done = json.loads(annotator("export", "--json"))
    root = folder / done["folder"]
    with (root / "data/final_wide.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert [row["settled_by"] for row in rows] == [
        "unanimity",
        "unanimity",
        "adjudication",
        "adjudication",
        "unanimity",
    ]
    assert rows[2]["killed_best"] == "21452"
    second = json.loads(annotator("export", "--json"))
    again = folder / second["folder"]
    assert again != root
    for entry in done["files"]:
        assert (again / entry["path"]).read_bytes() == (root / entry["path"]).read_bytes()


def test_every_change_is_in_the_chain_of_events(annotator: Annotator, settled: str) -> None:
    assert "everything is as it was written" in annotator("verify")
    assert "everything is as it was written" in (
        annotator("backup", "copy.db") and annotator("verify", "--project", "copy.db")
    )


def test_a_project_can_be_followed_from_codings_alone(
    annotator: Annotator, coded: None, folder: Path
) -> None:
    annotator("codings", "export", "codings.jsonl")
    annotator("init", "--codebook", "perpetrators", "--project", "second.db")
    annotator("import", str(SEED), "--project", "second.db")
    annotator("round", "new", "main", "--project", "second.db")
    annotator("codings", "import", "codings.jsonl", "--project", "second.db")
    first = json.loads(annotator("agreement", "--json"))
    assert json.loads(annotator("agreement", "second.db", "--json")) == first


def test_the_demo_shows_all_of_it_without_a_terminal(annotator: Annotator) -> None:
    out = annotator("demo", "--at", "demo")
    assert "Perpetrator" in out
    assert "95 % interval" in out
    assert "Exported to demo/exports/demo_" in out
