"""`annotator agreement`: broken down, with the coefficients asked for, as tables and as CSV."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.agreement import Ratings, estimates, read_ratings
from annotator.cli import agreement_bars
from generated_claims import Rates, project

WEEKS = ["unit,coder,value,week"] + [
    f"{unit},{coder},{value},2016-W{9 + unit // 20:02}"
    for unit in range(40)
    for coder, value in (
        ("amal", "ab"[unit % 2]),
        ("basim", "ab"[(unit + (unit % (3 if unit < 20 else 10) == 0)) % 2]),
        ("carla", "ab"[(unit + (unit % 7 == 0)) % 2]),
    )
]


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    path = tmp_path / "weeks.csv"
    path.write_text("\n".join(WEEKS) + "\n")
    return path


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("claims") / "claims.db", 40, rates=Rates(), seed=5)


def test_a_column_of_a_long_file_breaks_agreement_down(
    command: Command, weeks: Path, tmp_path: Path
) -> None:
    found = json.loads(command("agreement", weeks, "--by", "week", "--json").out)
    (strata,) = found["strata"]
    assert [one["group"] for one in strata["groups"]] == ["2016-W09", "2016-W10"]
    for one, lines in zip(strata["groups"], (WEEKS[1:61], WEEKS[61:]), strict=True):
        part = tmp_path / "part.csv"
        part.write_text("\n".join([WEEKS[0], *lines]) + "\n")
        (alone,) = estimates(read_ratings(part), "nominal", names=["alpha"])
        alpha = next(each for each in one["estimates"] if each["name"] == "alpha")
        assert alpha["value"] == pytest.approx(alone.value)
        assert one["n_units"] == 20
    assert strata["changes"] == []
    out = command("agreement", weeks, "--by", "week").out
    assert "by week" in out
    assert "Groups differ by chance alone" in out


def test_rounds_are_tested_against_the_one_before(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_text("\n".join(WEEKS).replace(",week", ",round") + "\n")
    found = json.loads(command("agreement", path, "--by", "round", "--json").out)
    (change,) = found["strata"][0]["changes"]
    first, second = (
        next(each["value"] for each in one["estimates"] if each["name"] == "alpha")
        for one in found["strata"][0]["groups"]
    )
    assert change["value"] == pytest.approx(second - first)
    assert (change["group"], change["before"]) == ("2016-W10", "2016-W09")
    assert 0 < change["p"] < 1


def test_a_column_of_a_wide_file_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("unit,amal,basim,week\n1,a,a,1\n2,b,a,2\n")
    done = command("agreement", tmp_path / "wide.csv", "--by", "week")
    assert done.code == 2
    assert "columns unit, coder and value" in done.err


def test_coders_are_told_of_one_by_one(command: Command, weeks: Path) -> None:
    found = json.loads(command("agreement", weeks, "--by", "coder", "--json").out)
    (coders,) = found["coders"]
    assert [one["coder"] for one in coders["coders"]] == ["amal", "basim", "carla"]
    assert [(one["first"], one["second"]) for one in coders["pairs"]] == [
        ("amal", "basim"),
        ("amal", "carla"),
        ("basim", "carla"),
    ]
    counts = coders["confusions"][0]["counts"]
    assert coders["categories"] == ["a", "b"]
    assert sum(map(sum, counts)) == 40
    assert counts[0][0] + counts[0][1] == 20
    assert found["codes"] == []
    out = command("agreement", weeks, "--by", "coder").out
    assert "coder by coder" in out


def test_only_the_coefficients_asked_for_are_given(command: Command, weeks: Path) -> None:
    found = json.loads(command("agreement", weeks, "--coefficients", "gwet_ac,alpha", "--json").out)
    assert [one["name"] for one in found["estimates"]] == ["gwet_ac", "alpha"]
    done = command("agreement", weeks, "--coefficients", "omega")
    assert done.code == 2
    assert "omega" in done.err


def test_skewed_prevalence_is_said_where_alpha_is_low_for_it(
    command: Command, tmp_path: Path
) -> None:
    rows = ["a,a"] * 96 + ["b,a", "a,b", "b,a", "a,b"]
    (tmp_path / "skewed.csv").write_text("x,y\n" + "\n".join(rows) + "\n")
    out = command("agreement", tmp_path / "skewed.csv").out
    assert "skewed prevalence, not the quality of the coders" in out
    (tmp_path / "even.csv").write_text("x,y\n" + "a,a\nb,b\n" * 48 + "b,a\na,b\n" * 2)
    assert "skewed prevalence" not in command("agreement", tmp_path / "even.csv").out


def test_a_project_is_broken_down_by_passages_and_coders(command: Command, claims: Path) -> None:
    kinds = ("coder", "week", "batch", "report", "publisher", "version", "round")
    asked = [each for kind in kinds for each in ("--by", kind)]
    done = command("agreement", claims, *asked, "--variable", "kind", "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert {one["variable"] for one in found["variables"]} == {"kind"}
    assert [one["variable"] for one in found["coders"]] == ["kind"]
    groups = {one["by"]: one["groups"] for one in found["strata"]}
    assert set(groups) == set(kinds) - {"coder"}
    for one in groups.values():
        assert sum(group["n_units"] for group in one) == 40
    assert [one["group"] for one in groups["batch"]] == ["01-40"]
    assert [one["group"] for one in groups["round"]] == ["main"]
    assert [one["unit"] for one in found["records"]] == ["claim"]
    done = command("agreement", claims, "--variable", "kinds")
    assert done.code == 2
    assert "no variable “kinds”" in done.err
    assert "choose from" in command("agreement", claims, "--by", "moon").err


def test_tables_of_a_project_fit_eighty_columns(
    command: Command, claims: Path, monkeypatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = command("agreement", claims, "--by", "week", "--by", "coder").out
    ruled = [line for line in out.splitlines() if set(line) == {"─"}]
    assert ruled
    assert max(map(len, ruled)) <= 80
    assert "━" in out
    assert "Words marked as evidence" in out


def test_bars_are_plain_where_the_output_is(
    command: Command, weeks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ratings = Ratings.from_rows([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]] * 10, ["x", "y"])
    (alpha,) = estimates(ratings, "nominal", names=["alpha"])

    class Ascii(StringIO):
        encoding = "ascii"

    monkeypatch.setattr("sys.stdout", Ascii())
    drawn = agreement_bars.bar(alpha)
    assert len(drawn) == len(agreement_bars.BAR_HEADING)
    assert set(drawn) <= set(".:=o")
    assert drawn.index("o") == round(alpha.value * (len(drawn) - 1))


def test_the_csv_file_holds_every_figure(command: Command, claims: Path, tmp_path: Path) -> None:
    path = tmp_path / "agreement.csv"
    done = command("agreement", claims, "--by", "coder", "--by", "week", "--csv", path)
    assert done.code == 0, done.err
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    data = json.loads(command("agreement", claims, "--by", "coder", "--by", "week", "--json").out)
    sections = {row["section"] for row in rows}
    assert {"variable", "code", "coder", "pair", "week", "found", "matched", "span"} <= sections
    for variable in data["variables"]:
        for one in variable["estimates"]:
            (row,) = (
                row
                for row in rows
                if (row["section"], row["variable"], row["name"])
                == ("variable", variable["variable"], one["name"])
            )
            for field, value in one.items():
                assert row[field] == ("" if value is None else str(value))
    printed = command("agreement", claims, "--by", "coder", "--by", "week", "--csv", "-").out
    assert printed == path.read_text().replace("\r\n", "\n")
