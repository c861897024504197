"""`annotator agreement`: the contract on tables of ratings, and on a project."""

import json
import re
from pathlib import Path

import pytest
from cli_runs import Command

FIELDS = {
    "name",
    "level",
    "weights",
    "value",
    "se",
    "se_method",
    "ci_low",
    "ci_high",
    "ci_method",
    "n_units",
    "n_coders",
    "n_values",
    "reason",
}

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C: four observers, 12 units.
FOUR_OBSERVERS = """\
unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,,3,
"""


def estimates(command: Command, *arguments: str | Path) -> dict[str, dict[str, object]]:
    done = command("agreement", *arguments, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)["estimates"]
    assert all(set(one) == FIELDS for one in found)
    return {one["name"]: one for one in found}


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(FOUR_OBSERVERS)
    return path


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_the_published_example_at_every_level(
    command: Command, ratings: Path, level: str, value: float
) -> None:
    alpha = estimates(command, ratings, "--level", level)["alpha"]
    assert alpha["value"] == pytest.approx(value, abs=5e-4)
    assert (alpha["n_units"], alpha["n_coders"], alpha["n_values"]) == (11, 4, 40)
    assert alpha["ci_method"] == "jackknife_t"


def test_wide_and_long_tables_say_the_same(command: Command, ratings: Path, tmp_path: Path) -> None:
    header, *rows = [line.split(",") for line in FOUR_OBSERVERS.split()]
    long = ["unit,coder,value"] + [
        f"{row[0]},{coder},{value}"
        for row in rows
        for coder, value in zip(header[1:], row[1:], strict=True)
    ]
    (tmp_path / "long.csv").write_text("\n".join(long) + "\n")
    assert estimates(command, tmp_path / "long.csv") == estimates(command, ratings)


def test_sets_are_compared_by_the_distance_asked_for(command: Command, tmp_path: Path) -> None:
    (tmp_path / "sets.csv").write_text("x,y\na|b,a\n{},{}\nc,c\na,a|b\n")
    masi = estimates(command, "sets.csv", "--level", "set")["alpha"]
    jaccard = estimates(command, "sets.csv", "--level", "set", "--distance", "jaccard")["alpha"]
    assert (masi["weights"], jaccard["weights"]) == ("masi", "jaccard")
    assert masi["value"] != jaccard["value"]


def test_words_are_ordered_by_the_categories_given(command: Command, tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("x,y\nlow,low\nmedium,high\nhigh,high\nlow,medium\n")
    (tmp_path / "numbers.csv").write_text("x,y\n1,1\n2,3\n3,3\n1,2\n")
    arguments = ("--level", "ordinal", "--categories", "low, medium, high")
    words = estimates(command, "words.csv", *arguments)
    assert words == estimates(command, "numbers.csv", "--level", "ordinal")


def test_the_interval_is_the_one_asked_for(command: Command, tmp_path: Path) -> None:
    rows = ["a,a"] * 30 + ["b,b"] * 15 + ["a,b"] * 3 + ["b,a"] * 2
    (tmp_path / "in.csv").write_text("\n".join(["x,y", *rows]) + "\n")
    bca = estimates(command, "in.csv")
    assert {one["ci_method"] for one in bca.values()} == {"bca"}
    for ci, method in (("jackknife", "jackknife_t"), ("percentile", "percentile")):
        assert estimates(command, "in.csv", "--ci", ci)["alpha"]["ci_method"] == method
    again = estimates(command, "in.csv", "--seed", "7", "--replicates", "500")
    assert again["alpha"]["ci_low"] != bca["alpha"]["ci_low"]
    assert again["alpha"]["value"] == bca["alpha"]["value"]
    done = json.loads(command("agreement", "in.csv", "--replicates", "500", "--json").out)
    drawn = {one["name"]: one for one in done["bootstrap"]}
    assert (drawn["alpha"]["n_replicates"], drawn["alpha"]["seed"]) == (500, 1)
    assert 0 < drawn["alpha"]["below_800"] < 1
    out = command("agreement", "in.csv").out
    assert re.search(r"Chance that alpha is below \.667: +\d+\.\d%, below \.800: ", out)
    assert "(2,000 draws, seed 1)" in out


def test_kalpha_is_given_with_a_caution_and_no_verdict(command: Command, ratings: Path) -> None:
    out = command("agreement", ratings, "--ci", "kalpha").out
    assert "its intervals are too narrow" in out
    assert "Verdict on alpha: undecided" in out


def test_draws_that_are_often_undefined_are_said(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("x,y\n" + "a,a\n" * 38 + "a,b\nb,b\n")
    out = command("agreement", "in.csv").out
    assert re.search(r"alpha +\d\.\d+ .*jackknife_t", out)
    assert re.search(r"Caution: in 1\d\.\d% of the draws alpha was undefined", out)


def test_undefined_is_null_with_a_reason_and_said_in_words(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "same.csv").write_text("x,y\na,a\na,a\n")
    found = estimates(command, "same.csv")
    assert (found["alpha"]["value"], found["alpha"]["reason"]) == (None, "no_variation")
    assert found["percent_agreement"]["value"] == 1.0
    assert "undefined: every value is the same" in command("agreement", "same.csv").out


def test_a_table_for_people_has_numbers_intervals_and_the_verdict(
    command: Command, ratings: Path
) -> None:
    out = command("agreement", ratings).out
    assert re.search(r"alpha +0\.743 +0\.\d{3} to 1\.000", out)
    assert "Verdict on alpha: do not use (Krippendorff 2018" in out
    assert "Each code against all others" in out
    ninety = command("agreement", ratings, "--confidence", "0.9").out
    assert "90 % interval" in ninety
    assert "Verdict" not in ninety


def test_coders_and_pairs_of_them_are_measured_when_asked_for(
    command: Command, ratings: Path
) -> None:
    (found,) = json.loads(command("agreement", ratings, "--by", "coder", "--json").out)["coders"]
    assert [one["coder"] for one in found["coders"]] == ["A", "B", "C", "D"]
    assert all(set(found["coders"][0][name]) >= FIELDS for name in ("without", "mean_pairwise"))
    assert [(one["first"], one["second"]) for one in found["pairs"]][:2] == [("A", "B"), ("A", "C")]
    assert set(found["pairs"][0]["estimate"]) >= FIELDS
    assert json.loads(command("agreement", ratings, "--json").out)["coders"] == []
    out = command("agreement", ratings, "--by", "coder").out
    assert re.search(r"C +11 +0\.868 ", out)
    assert "Alpha of pairs" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--weights", "quadratic"], "--weights is for a file of ratings"),
        (["--period", "24"], "--period is for a file of ratings"),
        (["--se", "jackknife"], "--se is for a file of ratings"),
        (["--missing", "NA"], "--missing is for a file of ratings"),
    ],
)
def test_options_of_ratings_are_refused_for_a_project(
    command: Command, demo: Path, arguments: list[str], words: str
) -> None:
    done = command("agreement", demo, *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_prevalent_value_is_named_as_what_parts_gwet_from_alpha(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "rare.csv").write_text("x,y\n" + "no,no\n" * 38 + "no,yes\nyes,no\n")
    out = command("agreement", "rare.csv").out
    assert "is far above alpha (-0.013) because nearly all values are the same one" in out
    (tmp_path / "even.csv").write_text("x,y\n" + "no,no\nyes,yes\n" * 9 + "no,yes\n")
    assert "far above alpha" not in command("agreement", "even.csv").out


def test_a_note_on_what_was_taken_as_missing_leaves_the_json_alone(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text("x,y\n1,NA\n1,1\n2,2\n2,1\n")
    done = command("agreement", "r.csv", "--json")
    assert json.loads(done.out)["estimates"][0]["n_units"] == 3
    assert done.err == "r.csv: 1 cell is taken as missing, reading NA.\n"


def test_hours_go_round_a_circle_of_the_length_given(command: Command, tmp_path: Path) -> None:
    (tmp_path / "hours.csv").write_text("x,y\n23,0\n0,23\n12,12\n5,6\n")
    day = estimates(command, "hours.csv", "--level", "circular", "--period", "24")["alpha"]
    whole = estimates(command, "hours.csv", "--level", "circular")["alpha"]
    assert day["value"] > 0.95
    assert day["value"] == pytest.approx(whole["value"])
    week = estimates(command, "hours.csv", "--level", "circular", "--period", "168")["alpha"]
    assert week["value"] < day["value"]


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        ("", [], "is empty"),
        ("a,b\n", [], "has no rows"),
        ("a,b\nx\n", [], "in.csv:2: 1 cells under 2 columns"),
        ("a,a\nx,y\n", [], "two columns are named 'a'"),
        ("unit\n1\n", [], "only a column of units"),
        ("unit,coder,value\n1,a,x\n1,a,y\n", [], "in.csv:3: coder 'a' already has a value"),
        ("a,b\nx,y\n", ["--level", "ratio"], "in.csv:2: 'x' is not a number"),
        ("a,b\n-1,2\n", ["--level", "ratio"], "in.csv:2:"),
        ("a,b\nx,y\n", ["--level", "ordinal"], "give the categories in their order"),
        ("a,b\nx,y\n", ["--level", "interval", "--categories", "x,y"], "must be numbers"),
        ("a,b\nx,y\n", ["--confidence", "95"], "give a share such as 0.95"),
        ("a,b\nx,y\n", ["--replicates", "9"], "9 draws are asked for"),
        ("a,b\nx,y\n", ["--seed", "-1"], "The seed is -1"),
        ("a,b\nx,y\n", ["--round", "main"], "--round is for a project"),
        ("a,b\nx,y\n", ["--which", "latest"], "--which is for a project"),
        ("a,b\nx,y\n", ["--codebook-version", "1.0.0"], "--codebook-version is for a project"),
    ],
)
def test_a_wrong_table_is_refused_in_one_sentence_that_says_where(
    command: Command, tmp_path: Path, content: str, arguments: list[str], says: str
) -> None:
    (tmp_path / "in.csv").write_text(content)
    done = command("agreement", "in.csv", *arguments)
    assert (done.code, says in done.sentence) == (2, True), done.err


def test_a_project_is_measured_variable_by_variable(command: Command, demo: Path) -> None:
    found = json.loads(command("agreement", "--json").out)
    assert (found["round"], found["passages"]["compared"], found["n_coders"]) == ("main", 17, 2)
    perpetrator = found["variables"][0]
    by_name = {one["name"]: one for one in perpetrator["estimates"]}
    assert all(set(one) == FIELDS for one in perpetrator["estimates"])
    assert by_name["alpha"]["level"] == "set"
    assert 0.6 < by_name["alpha"]["value"] < 0.85
    assert len(perpetrator["codes"]) == 14
    assert json.loads(command("agreement", demo, "--json").out) == found


def test_a_project_is_shown_with_verdicts_prevalence_and_codes(
    command: Command, demo: Path
) -> None:
    out = command("agreement").out
    assert "17 passages coded by two or more of 2 coders" in out
    row = r"Perpetrator +58\.8% +0\.668 +0\.458 to 0\.878 +[·┊━]+●[·┊━]+ +do not use"
    assert re.search(row, out)
    assert re.search(r"Perpetrator +set +17 +2 ", out)
    assert "Verdict: Krippendorff 2018" in out
    assert "Perpetrator, each code against all others" in out
    assert re.search(r"Regime air strikes +17\.6% +3 +100\.0% +1\.000", out)
    assert "Not used by anyone: Other named party." in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--round", "x"], 2, "no round named x"),
        (["--level", "nominal"], 2, "--level is for a file of ratings"),
        (["--categories", "a"], 2, "--categories is for a file of ratings"),
        (["--codebook-version", "9.0.0"], 2, "no codings under codebook version 9.0.0"),
    ],
)
def test_what_does_not_fit_a_project_is_refused(
    command: Command, demo: Path, arguments: list[str], code: int, says: str
) -> None:
    done = command("agreement", *arguments)
    assert (done.code, says in done.sentence) == (code, True), done.err


def test_a_round_nobody_coded_twice_is_a_problem_of_the_work(command: Command, seed: Path) -> None:
    command("code", "--coder", "amal", "--plain", stdin="- -\n.submit\n")
    done = command("agreement")
    assert (done.code, "has been coded by two coders yet" in done.sentence) == (1, True)
