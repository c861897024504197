"""`annotator agreement plan`: the published table, own wishes, and planning from a pilot."""

import json
import math
import re
from pathlib import Path

import pytest
from cli_runs import Command


def plans(command: Command, *arguments: str | Path) -> list[dict[str, object]]:
    done = command("agreement", "plan", *arguments, "--json")
    assert done.code == 0, done.err
    found: list[dict[str, object]] = json.loads(done.out)["plans"]
    return found


def test_without_options_the_published_table_is_printed_with_its_source(command: Command) -> None:
    out = command("agreement", "plan").out
    assert re.search(r"0\.25 +2 +81 +139\n", out)
    assert re.search(r"0\.02 +2 +803 +1,363\n", out)
    assert "Source: Bloch and Kraemer 1989, as in Krippendorff 2018" in out
    assert "chance of about 0.75" in out


def test_bounds_prevalences_and_coders_are_crossed(command: Command) -> None:
    found = plans(command, "--lower", "0.8", "--prevalence", ".5,.1", "--coders", "2,3")
    assert [(one["what"], one["n_coders"], one["n_units"]) for one in found] == [
        ("0.5", 2, 103),
        ("0.5", 3, 67),
        ("0.1", 2, 294),
        ("0.1", 3, 194),
    ]
    assert {one["lower"] for one in found} == {0.8}


def test_a_half_width_is_planned_for_a_whole_variable(command: Command) -> None:
    wanted = ("--half-width", "0.1", "--expected", "0.75", "--shares", "0.6,0.3,0.1")
    (plan,) = plans(command, *wanted)
    assert (plan["half_width"], plan["lower"], plan["chance"]) == (0.1, None, None)
    assert plan["n_units"] == 153
    assert plan["prevalence"] == [0.6, 0.3]


def test_a_file_of_ratings_is_a_pilot(command: Command, tmp_path: Path) -> None:
    rows = ["a,a"] * 30 + ["b,b"] * 15 + ["a,b"] * 3 + ["b,a"] * 2
    (tmp_path / "pilot.csv").write_text("\n".join(["x,y", *rows]) + "\n")
    ratings = json.loads(command("agreement", "pilot.csv", "--se", "jackknife", "--json").out)
    alpha = ratings["estimates"][0]
    (plan,) = plans(command, "pilot.csv", "--half-width", "0.05")
    assert plan["what"] == "pilot.csv"
    assert plan["expected"] == alpha["value"]
    assert plan["n_units"] == math.ceil((1.959964 * alpha["se"] / 0.05) ** 2 * 50)
    bound, lower = plans(command, "pilot.csv")
    assert bound["lower"] == 0.667
    assert (lower["n_units"] is None) == (alpha["value"] <= 0.8)
    assert (
        "Source: the standard error in the pilot" in command("agreement", "plan", "pilot.csv").out
    )


def test_each_variable_of_a_project_is_a_pilot(command: Command, demo: Path) -> None:
    found = plans(command, demo, "--half-width", "0.1")
    assert found[0]["what"] == "Perpetrator"
    assert found[0]["expected"] == pytest.approx(0.668, abs=5e-4)
    out = command("agreement", "plan", demo).out
    assert re.search(r"Perpetrator +0\.668 +2 +[\d,]+ +–", out)
    assert "no number of passages would do" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--prevalence", "rare"], 2, "--prevalence is 'rare'; give numbers"),
        (["--prevalence", "0.1", "--shares", "0.5,0.5"], 2, "not both"),
        (["--half-width", "0.1"], 2, "--expected"),
        (["--coders", "2.5"], 2, "give whole numbers"),
        (["--coders", "1"], 2, "takes 2 or more"),
        (["--lower", "1.5"], 2, "The lower bound is 1.5"),
        (["--level", "ordinal"], 2, "are for a pilot"),
        (["in.csv", "--prevalence", "0.1"], 2, "--prevalence is for planning without a pilot"),
        (["in.csv", "--round", "main"], 2, "--round is for a project"),
        (["in.csv"], 1, "no alpha with a standard error"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_one_sentence(
    command: Command, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    (tmp_path / "in.csv").write_text("a,b\nx,x\nx,x\n")
    done = command("agreement", "plan", *arguments)
    assert (done.code, says in done.sentence) == (code, True), done.err
