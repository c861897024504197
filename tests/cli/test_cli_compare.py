"""`annotator agreement compare` and `diagnose`, and clusters of units in a file."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from cli_runs import Command


def table(path: Path, right: list[float], seed: int, *, reports: bool = False) -> Path:
    """Sixty units by coders who are right so often, in reports of three."""
    random = np.random.default_rng(seed)
    lines = ["unit," + ("report," if reports else "") + ",".join("xyzuv"[: len(right)])]
    for unit in range(60):
        truth = random.choice(list("abc"))
        values = [truth if random.random() < one else random.choice(list("abc")) for one in right]
        report = [f"r{unit // 3}"] if reports else []
        lines.append(",".join([f"u{unit}", *report, *values]))
    path.write_text("\n".join(lines) + "\n")
    return path


def differences(command: Command, *arguments: str | Path) -> list[dict[str, object]]:
    done = command("agreement", "compare", *arguments, "--json")
    assert done.code == 0, done.err
    found: list[dict[str, object]] = json.loads(done.out)["differences"]
    return found


def test_two_files_are_compared_as_independent_or_unit_by_unit(
    command: Command, tmp_path: Path
) -> None:
    good = table(tmp_path / "good.csv", [0.95, 0.9], 1)
    bad = table(tmp_path / "bad.csv", [0.6, 0.6], 1)
    (apart,) = differences(command, good, bad)
    assert isinstance(apart["first"], dict)
    assert isinstance(apart["second"], dict)
    assert apart["value"] == pytest.approx(apart["first"]["value"] - apart["second"]["value"])
    assert (apart["name"], apart["method"], apart["ci_method"]) == ("alpha", "independent", "bca")
    assert isinstance(apart["p"], float)
    assert apart["p"] < 0.001
    (paired,) = differences(command, good, bad, "--paired")
    assert (paired["method"], paired["value"]) == ("paired", apart["value"])
    assert paired["se"] != apart["se"]
    out = command("agreement", "compare", good, bad, "--coefficients", "alpha, gwet_ac").out
    assert re.search(
        r"alpha +0\.\d{3} +0\.\d{3} +0\.\d{3} +0\.\d{3} to 0\.\d{3} +bca +<0\.0001", out
    )
    assert "gwet_ac" in out
    assert "independent units" in out


def test_a_difference_that_is_undefined_says_why(command: Command, tmp_path: Path) -> None:
    good = table(tmp_path / "good.csv", [0.95, 0.9], 1)
    (tmp_path / "same.csv").write_text("x,y\n" + "a,a\n" * 30)
    out = command("agreement", "compare", good, "same.csv").out
    assert "undefined: every value is the same" in out


def test_clusters_of_a_file_are_drawn_whole(command: Command, tmp_path: Path) -> None:
    path = table(tmp_path / "in.csv", [0.8, 0.8, 0.7], 2, reports=True)
    done = command("agreement", path, "--clusters", "Report", "--json")
    found = json.loads(done.out)
    assert found["n_clusters"] == 20
    assert {one["ci_method"] for one in found["estimates"]} == {"bca_clusters"}
    assert {one["se_method"] for one in found["estimates"]} == {"jackknife_clusters"}
    assert {code["alpha"]["ci_method"] for code in found["codes"]} == {"bca_clusters"}
    assert found["estimates"][0]["n_coders"] == 3
    assert "in 20 clusters" in command("agreement", path, "--clusters", "report").out
    (both,) = differences(command, path, path, "--clusters", "report")
    assert (both["value"], both["ci_method"]) == (0.0, "bca_clusters")


def test_clusters_of_a_long_file_stand_in_any_column(command: Command, tmp_path: Path) -> None:
    wide = table(tmp_path / "wide.csv", [0.8, 0.8], 3, reports=True)
    header, *rows = [line.split(",") for line in wide.read_text().split()]
    long = ["coder,report,unit,value"] + [
        f"{coder},{row[1]},{row[0]},{value}"
        for row in rows
        for coder, value in zip(header[2:], row[2:], strict=True)
    ]
    (tmp_path / "long.csv").write_text("\n".join(long) + "\n")
    asked = ("--clusters", "report", "--json")
    assert command("agreement", "long.csv", *asked).out == command("agreement", wide, *asked).out


@pytest.mark.parametrize(
    ("content", "clusters", "says"),
    [
        ("unit,x,y\n1,a,a\n", "report", "has no column 'report' that could name clusters"),
        ("unit,x,y\n1,a,a\n", "unit", "has no column 'unit' that could name clusters"),
        ("unit,coder,value\n1,x,a\n", "coder", "has no column 'coder'"),
        ("unit,report,x,y\n1,,a,a\n", "report", "in.csv:2: the unit has no cluster"),
        (
            "unit,coder,value,report\n1,x,a,r\n1,y,a,s\n",
            "report",
            "in.csv:3: unit '1' is in the cluster 'r' on an earlier line",
        ),
    ],
)
def test_a_column_that_cannot_name_clusters_is_refused(
    command: Command, tmp_path: Path, content: str, clusters: str, says: str
) -> None:
    (tmp_path / "in.csv").write_text(content)
    done = command("agreement", "in.csv", "--clusters", clusters)
    assert (done.code, says in done.sentence) == (2, True), done.err


def test_coders_and_units_are_diagnosed_and_nothing_is_final(
    command: Command, tmp_path: Path
) -> None:
    path = table(tmp_path / "in.csv", [0.95, 0.9, 0.5], 4)
    done = command("agreement", "diagnose", path, "--units", "3", "--json")
    found = json.loads(done.out)
    assert "not a final label" in found["note"]
    accuracy = {one["coder"]: one["accuracy"] for one in found["model"]["coders"]}
    assert accuracy["x"] > accuracy["z"] + 0.15
    assert len(found["model"]["most_doubtful"]) == 3
    assert found["majority"]["method"] == "majority"
    out = command("agreement", "diagnose", path).out
    assert "by the model of Dawid and Skene 1979" in out
    assert re.search(r"z +60 +\d\d\.\d% +\d\d\.\d% +\w as \w \(\d+\.\d%\)", out)
    assert "Units whose adjudication would tell most" in out
    assert out.rstrip().endswith("not a final label: a lead decides.")


def test_two_coders_leave_the_majority_alone(command: Command, tmp_path: Path) -> None:
    path = table(tmp_path / "in.csv", [0.9, 0.9], 4)
    found = json.loads(command("agreement", "diagnose", path, "--json").out)
    assert (found["model"], found["reason"]) == (None, "two_coders")
    assert "nothing says which one errs" in command("agreement", "diagnose", path).out


def test_one_code_of_sets_is_diagnosed(command: Command, tmp_path: Path) -> None:
    rows = ["a|b,a,a|b", "{},{},{}", "b,b,a|b", "a,a,a"] * 5
    (tmp_path / "sets.csv").write_text("\n".join(["x,y,z", *rows]) + "\n")
    found = json.loads(command("agreement", "diagnose", "sets.csv", "--code", "b", "--json").out)
    assert found["model"]["categories"] == ["no", "yes"]
    refused = command("agreement", "diagnose", "sets.csv")
    assert (refused.code, "--code" in refused.sentence) == (2, True)
    unknown = command("agreement", "diagnose", "sets.csv", "--code", "q")
    assert (unknown.code, "no code 'q'" in unknown.sentence) == (2, True)
