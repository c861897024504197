"""`annotator agreement SPANS.csv --spans`: the contract on tables of spans."""

import json
import re
from pathlib import Path

import pytest
from cli_runs import Command

# Krippendorff 2018, Content Analysis, 4th ed., figure 12.11.
THREE_OBSERVERS = """\
coder,code,start,end
Alex,1,2,9
Alex,2,11,17
Alex,5,24,30
Alex,6,32,36
Alex,6,36,44
Alex,7,44,60
Paul,1,2,9
Paul,3,11,17
Paul,5,19,25
Paul,6,32,44
Suzan,1,2,9
Suzan,4,11,17
Suzan,5,21,27
Suzan,6,32,36
Suzan,6,36,40
Suzan,6,40,44
"""
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


@pytest.fixture
def spans(tmp_path: Path) -> Path:
    path = tmp_path / "spans.csv"
    path.write_text(THREE_OBSERVERS)
    return path


def test_the_published_values_come_under_their_names(command: Command, spans: Path) -> None:
    done = command("agreement", spans, "--spans", "--length", "60", "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)["estimates"]
    assert [one["name"] for one in found] == [
        *("ualpha_nominal", "ualpha_binary", "cualpha"),
        *["kualpha"] * 7,
    ]
    assert [one["value"] for one in found[:3]] == pytest.approx([0.510, 0.413, 0.724], abs=5e-4)
    assert [one["code"] for one in found[3:]] == list("1234567")
    assert [one["value"] for one in found[3:-1]] == pytest.approx([1, 0, 0, 0, 1, 1])
    assert found[-1]["value"] is None
    assert set(found[0]) == FIELDS
    assert set(found[2]) == FIELDS | {"coverage"}
    assert set(found[-1]) == FIELDS | {"code", "coverage"}
    assert found[-1]["reason"] == "no_pairs"
    assert (found[0]["n_units"], found[0]["n_coders"], found[0]["n_values"]) == (1, 3, 16)


def test_a_text_may_begin_anywhere(command: Command, spans: Path, tmp_path: Path) -> None:
    moved = re.sub(
        r"(\d+),(\d+)$",
        lambda m: f"{int(m[1]) + 150},{int(m[2]) + 150}",
        THREE_OBSERVERS,
        flags=re.M,
    )
    (tmp_path / "moved.csv").write_text(moved)
    length = ("--spans", "--length", "60", "--json")
    here = json.loads(command("agreement", spans, *length).out)
    there = json.loads(command("agreement", "moved.csv", *length, "--begin", "150").out)
    assert here == there


def test_codes_by_themselves_and_matches_stand_beside_the_family(
    command: Command, spans: Path
) -> None:
    arguments = ("--spans", "--length", "60", "--tolerance", "2", "--json")
    found = json.loads(command("agreement", spans, *arguments).out)
    assert [one["code"] for one in found["codes"]] == list("1234567")
    assert found["codes"][5]["alpha"]["value"] == pytest.approx(1.0)
    assert found["codes"][5]["positive_agreement"] == 1.0
    matches = [(one["name"], one["tolerance"], one["n_matched"]) for one in found["matches"]]
    assert matches == [
        ("boundary_f1", 0, 20),
        ("boundary_f1", 2, 22),
        ("span_f1_exact", None, 4),
        ("span_f1_overlap", None, 10),
    ]
    assert not any(one["chance_corrected"] for one in found["matches"])
    assert found["notes"] == []


def test_several_texts_have_intervals_over_reports_and_a_note_on_gaps(
    command: Command, tmp_path: Path
) -> None:
    lines = ["report,continuum,length,coder,code,start,end"]
    for number in range(40):
        place = f"r{number // 2},p{number},50"
        lines.append(f"{place},x,{'ab'[number % 2]},3,{9 + number % 5}")
        if number:
            lines.append(f"{place},y,{'ab'[number % 3 == 1]},3,9")
    (tmp_path / "many.csv").write_text("\n".join(lines) + "\n")
    found = json.loads(command("agreement", "many.csv", "--spans", "--json").out)
    nominal = found["estimates"][0]
    assert (nominal["n_units"], nominal["ci_method"], nominal["reason"]) == (39, "bca", None)
    assert nominal["ci_low"] < nominal["value"] < nominal["ci_high"]
    (drawn, *_) = found["bootstrap"]
    assert (drawn["name"], drawn["code"], drawn["n_replicates"]) == ("ualpha_nominal", None, 2000)
    assert 0 <= drawn["below_667"] <= drawn["below_800"] <= 1
    chance = f"Chance that ualpha_nominal is below .667: {100 * drawn['below_667']:.1f}%"
    assert chance in command("agreement", "many.csv", "--spans").out
    (note,) = found["notes"]
    assert note.startswith("Some of the 2 coders did not code 1 of the 40 texts.")
    everyone = json.loads(command("agreement", "many.csv", "--spans", "--all-coded", "--json").out)
    assert everyone["estimates"][0]["n_units"] == 40
    assert everyone["notes"] == []


def test_tables_for_people_say_what_agrees_and_what_is_not_corrected_for_chance(
    command: Command, spans: Path
) -> None:
    out = command("agreement", spans, "--spans", "--length", "60").out
    assert "16 spans of 3 coders on 1 text coded by two or more of them" in out
    assert "There are no intervals: they are made over reports" in out
    assert re.search(r"ualpha_nominal +stretches and codes +0\.510", out)
    assert re.search(r"kualpha +5 +code where spans[ a-z]+1\.000 +– +44\.4%", out)
    assert "F1 of pairs of coders, not corrected for chance" in out


def test_overlapping_codes_are_said_in_words(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("coder,code,start,end\nx,a,0,4\nx,b,2,6\ny,a,0,4\ny,b,4,6\n")
    out = command("agreement", "in.csv", "--spans", "--length", "9").out
    assert "Spans of one coder overlap, so that a position has no one code" in out
    assert re.search(r"ualpha_nominal .* undefined: spans of\s", out)
    found = json.loads(command("agreement", "in.csv", "--spans", "--length", "9", "--json").out)
    reasons = {one["name"]: one["reason"] for one in found["estimates"]}
    assert reasons["cualpha"] == reasons["ualpha_nominal"] == "overlapping_codes"
    assert found["estimates"][1]["value"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--spans"], "give --length N, or add a column length"),
        (["--spans", "--length", "50"], "spans.csv:7: the span [44, 60) leaves the continuum"),
        (["--length", "60"], "--length is for a file of spans, which --spans says it is"),
        (["--begin", "1"], "--begin is for a file of spans"),
        (["--all-coded"], "--all-coded is for a file of spans"),
        (["--spans", "--length", "60", "--level", "set"], "--level is for a file of ratings"),
        (["--spans", "--length", "60", "--round", "r"], "--round is for a project, and this is a"),
        (["--spans", "--length", "60", "--confidence", "95"], "give a share such as 0.95"),
        (["--spans", "--length", "60", "--tolerance", "-1"], "tolerance is -1"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(
    command: Command, spans: Path, arguments: list[str], says: str
) -> None:
    done = command("agreement", "spans.csv", *arguments)
    assert (done.code, says in done.sentence) == (2, True), done.err


def test_spans_need_a_file_of_them(command: Command, demo: Path) -> None:
    done = command("agreement", "--spans")
    assert (done.code, "--spans needs a CSV file of spans" in done.sentence) == (2, True)
