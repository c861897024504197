"""`annotator agreement` on a project of claims: found and missed, matched, and with missed."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

from generated_claims import Rates, project


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rates = Rates(found=0.7, invented=0.2)
    return project(tmp_path_factory.mktemp("claims") / "claims.db", 60, rates=rates, seed=3)


def test_the_three_figures_of_a_variable_stand_in_one_object(
    command: Command, claims: Path
) -> None:
    done = command("agreement", claims, "--json")
    assert done.code == 0, done.err
    units = {one["unit"]: one for one in json.loads(done.out)["records"]}
    assert list(units) == ["claim", "act", "source"]
    found = units["claim"]["found"]
    assert {"n_found", "n_shared", "n_by_all", "f1", "coders", "pairs"} == set(found)
    assert {one["coder"] for one in found["coders"]} == {"coder1", "coder2", "coder3"}
    assert len(found["pairs"]) == 3
    for unit in units.values():
        for one in unit["variables"]:
            if one["reason"] is None:
                assert one["found"]["name"] == "f1"
                of_sets = 1 if one["type"] == "link" else 2
                names = ["percent_agreement", "alpha", "gwet_ac"]
                names = names[:of_sets] if one["level"] == "set" else names
                assert [each["name"] for each in one["matched"]] == names
                assert [each["name"] for each in one["with_missed"]] == names
    kind = next(one for one in units["claim"]["variables"] if one["variable"] == "kind")
    assert kind["matched"][1]["value"] > kind["with_missed"][1]["value"]
    total = next(one for one in units["claim"]["variables"] if one["variable"] == "total")
    assert {"exact", "overlap", "factor", "n_factor", "n_zero", "limits"} == set(total["counts"])
    assert units["act"]["together"]["variable"] == "act (perpetrator + cause)"
    assert units["claim"]["together"] is None


def test_the_tables_say_who_missed_what_and_give_no_figure_without_the_others(
    command: Command, claims: Path
) -> None:
    done = command("agreement", claims)
    assert done.code == 0, done.err
    text = done.out[done.out.index("\nClaim: ") :]
    assert "Found and missed: claim" in text
    assert "The same claim found by two coders" in text
    lines = text.splitlines()
    below = next(place for place, line in enumerate(lines) if line.startswith("Variable"))
    assert lines[below - 1].split() == ["Found", "Gwet", "With"]
    heading = ["Variable", "Level", "(F1)", "Agreed", "AC", "Alpha", "95", "%", "interval"]
    assert lines[below].split() == [*heading, "missed", "n"]
    kind = next(line for line in text.splitlines() if line.startswith("Kind of harm"))
    assert len(kind.replace("Kind of harm", "").replace(" to ", "-").split()) == 8
    assert "Not compared, because free text: Place, Incident." in text
    assert "limits of agreement on the logarithm" in text


def test_intervals_of_a_project_rest_on_its_reports_and_are_the_ones_asked_for(
    command: Command, tmp_path: Path
) -> None:
    project(tmp_path / "many.db", 75, 2, Rates(), per_report=3)

    def methods(*options: str) -> set[object]:
        done = command("agreement", "many.db", *options, "--json")
        assert done.code == 0, done.err
        alphas = [
            one
            for variable in json.loads(done.out)["variables"]
            for one in variable["estimates"]
            if one["name"] == "alpha" and one["ci_low"] is not None
        ]
        assert alphas
        return {one["ci_method"] for one in alphas}

    assert methods() == {"bca_clusters"}
    assert methods("--ci", "percentile") == {"percentile_clusters"}
    assert methods("--ci", "jackknife") == {"jackknife_t_clusters"}
    refused = command("agreement", "many.db", "--ci", "kalpha")
    assert (refused.code, "is for a file of ratings" in refused.sentence) == (2, True)


def test_the_coders_of_a_project_are_diagnosed(command: Command, claims: Path) -> None:
    out = command("agreement", "diagnose", claims, "--variable", "claim (any?)").out
    assert "Round main, claim (any?): 3 coders, by the model of Dawid and Skene 1979." in out
    assert "yes as no" in out
    assert "not a final label" in out
    done = command("agreement", "diagnose", claims, "--variable", "kind", "--json")
    assert (done.code, "kind holds sets of codes" in done.sentence) == (2, True)
    unnamed = command("agreement", "diagnose", claims)
    assert (unnamed.code, "choose from “claim (any?)”" in unnamed.sentence) == (2, True)
