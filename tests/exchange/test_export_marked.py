"""What coders said of passages besides coding them, in exports and in JSON lines."""

import json
from io import StringIO
from pathlib import Path

import pytest
from exchange_projects import (
    light,
    light_coding,
    make_project,
    passages,
    read_csv,
    read_json,
    start_round,
    submit,
)

from annotator.coding.skipping import SkipReason
from annotator.exchange.codings import import_codings, write_codings
from annotator.exchange.export import export_project
from annotator.store.assignments import assign
from annotator.store.attention import marked_passages
from annotator.store.desk import Desk
from annotator.store.project import Project
from annotator.store.verify import verify


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Rana coded and flagged the first passage; Omar skipped all, coded one and did no more."""
    with make_project(tmp_path, light()) as made:
        one, (first, *_) = start_round(made), passages(made)
        submit(made, one, first, "Rana", light_coding("isis"))
        assign(made, one.id, "Omar", "lead")
        rana, omar = Desk(made, one.id, "Rana"), Desk(made, one.id, "Omar")
        rana.flag(rana.last(), "", flagged=True)
        for reason, note in (
            (SkipReason.CONFLICT, '=HYPERLINK("x"), my "cousin"'),
            (SkipReason.GRAPHIC, ""),
        ):
            omar.skip(omar.first_open(), reason, note)
        yield made


def test_flagged_and_skipped_passages_have_a_table_of_their_own(
    project: Project, tmp_path: Path
) -> None:
    result = export_project(project, tmp_path / "out", actor="lead", with_coder_names=True)
    folder = result.folder
    names = {row["coder"]: row["name"] for row in read_csv(folder / "data/coders.csv")}
    assert sorted(names.values()) == ["Omar", "Rana"]
    rows = read_csv(folder / "data/marked.csv")
    found = {
        (row["passage"], names[row["coder"]]): (row["flagged"], row["skipped"], row["note"])
        for row in rows
    }
    assert found == {
        ("1", "Rana"): ("1", "", ""),
        ("1", "Omar"): ("0", "conflict", '=HYPERLINK("x"), my "cousin"'),
        ("2", "Omar"): ("0", "graphic", ""),
    }
    assert [row["passage"] for row in rows] == ["1", "1", "2"]
    assert [row["coder"] for row in rows[:2]] == sorted(row["coder"] for row in rows[:2])
    (wide,) = read_csv(folder / "data/codings_wide.csv")
    assert (wide["flagged"], wide["note"]) == ("1", "")
    fields = {
        field["name"]: field
        for resource in read_json(folder / "datapackage.json")["resources"]
        if resource["name"] == "marked"
        for field in resource["schema"]["fields"]
    }
    assert fields["skipped"]["constraints"]["enum"] == [one.value for one in SkipReason]


def test_a_project_without_marks_has_an_empty_table_of_them(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as made:
        one, (first, *_) = start_round(made), passages(made)
        submit(made, one, first, "Rana", light_coding("isis"))
        result = export_project(made, tmp_path / "out", actor="lead")
    assert result.rows["data/marked.csv"] == 0
    assert read_csv(result.folder / "data/codings_wide.csv")[0]["flagged"] == "0"


def test_a_flag_goes_out_with_its_coding_and_comes_in_once(
    project: Project, tmp_path: Path
) -> None:
    out = StringIO()
    write_codings(project, out)
    (line,) = map(json.loads, out.getvalue().splitlines())
    assert line["flagged"] is True
    path = tmp_path / "codings.jsonl"
    path.write_text(out.getvalue() + json.dumps(line | {"coding": {"perpetrator": []}}) + "\n")
    (tmp_path / "other").mkdir()
    with make_project(tmp_path / "other", light()) as other:
        one = start_round(other)
        assert import_codings(path, other, actor="lead").added == 2
        (marked,) = marked_passages(other, one.id)
        assert (marked.coder, marked.number, marked.flagged) == ("Rana", 1, True)
        assert verify(other) == []
        assert import_codings(path, other, actor="lead").added == 0


def test_a_coding_without_a_flag_says_nothing_of_one(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as made:
        one, (first, *_) = start_round(made), passages(made)
        submit(made, one, first, "Rana", light_coding("isis"))
        out = StringIO()
        write_codings(made, out)
    assert "flagged" not in json.loads(out.getvalue())
