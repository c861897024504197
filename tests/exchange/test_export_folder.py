"""The folder of an export: whole or absent, the same bytes for the same data, described exactly."""

import errno
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchange_projects import (
    claims,
    light,
    light_coding,
    make_project,
    passages,
    read_csv,
    read_json,
    start_round,
    submit,
)

from annotator.coding.model import Coding, Record
from annotator.errors import AnnotatorError, WorkProblem
from annotator.exchange import csv_table, folder
from annotator.exchange import export as export_module
from annotator.exchange.export import ExportResult, export_project
from annotator.store.project import Project, open_project
from event_log import events


def noon() -> datetime:
    return datetime(2016, 12, 21, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with make_project(tmp_path, claims()) as made:
        one = start_round(made)
        for passage in passages(made):
            for coder in ("Rana", "Omar"):
                submit(made, one, passage, coder, Coding({}, (Record("r1", "claim"),)))
        yield made


def contents(result: ExportResult) -> dict[str, bytes]:
    return {name: (result.folder / name).read_bytes() for name in result.files}


def test_the_same_data_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    first = export_project(project, tmp_path / "out", actor="lead")
    second = export_project(project, tmp_path / "elsewhere", actor="another lead")
    assert contents(first) == contents(second)
    assert first.folder != second.folder


def test_the_folder_says_project_time_and_codebook_version(
    project: Project, tmp_path: Path
) -> None:
    result = export_project(project, tmp_path / "new" / "out", actor="lead", now=noon)
    assert result.folder.name == "Umm-al-Sinbil-2016_20161221T120005Z_cb1.2.0"
    assert result.folder.parent == tmp_path / "new" / "out"
    assert sorted(result.files) == sorted(
        path.relative_to(result.folder).as_posix()
        for path in result.folder.rglob("*")
        if path.is_file()
    )


def test_nothing_is_ever_overwritten(project: Project, tmp_path: Path) -> None:
    names = [
        export_project(project, tmp_path, actor="lead", now=noon).folder.name for _ in range(3)
    ]
    assert [name.rpartition("1.2.0")[2] for name in names] == ["", "-2", "-3"]
    assert not list(tmp_path.glob(".export-*"))


def test_every_file_is_in_the_manifest_with_its_hash_and_rows(
    project: Project, tmp_path: Path
) -> None:
    result = export_project(project, tmp_path, actor="lead")
    manifest = read_json(result.folder / "manifest.json")
    named = {one["path"]: one for one in manifest["files"]}
    assert {*named, "manifest.json"} == set(result.files)
    for name, one in named.items():
        data = (result.folder / name).read_bytes()
        assert one["bytes"] == len(data)
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
        if name.endswith(".csv"):
            assert one["rows"] == len(read_csv(result.folder / name)) == result.rows[name]
    (book,) = manifest["codebooks"]
    assert named["codebook/codebook.yaml"]["sha256"] == book["sha256"]


def test_the_data_package_describes_every_column_as_it_is(project: Project, tmp_path: Path) -> None:
    result = export_project(project, tmp_path, actor="lead", with_text=True, with_coder_names=True)
    package = read_json(result.folder / "datapackage.json")
    resources = {one["path"]: one for one in package["resources"]}
    assert set(resources) == {name for name in result.files if name.endswith(".csv")}
    for path, resource in resources.items():
        schema = resource["schema"]
        header = (result.folder / path).read_bytes().decode().split("\r\n")[0]
        fields = {field["name"]: field for field in schema["fields"]}
        assert [f'"{name}"' for name in fields] == header.split(",")
        assert all(field["description"] for field in fields.values())
        rows = read_csv(result.folder / path)
        for name, field in fields.items():
            cells = {row[name] for row in rows}
            allowed = field.get("constraints", {})
            assert not (allowed.get("required") and "" in cells)
            assert cells - {""} <= set(allowed.get("enum", cells))
            if field["type"] == "boolean":
                assert cells <= {"0", "1", ""}
        keys = [tuple(row[name] for name in schema.get("primaryKey", fields)) for row in rows]
        assert len(set(keys)) == len(keys)
        for link in schema.get("foreignKeys", []):
            other = link["reference"]
            target = read_csv(result.folder / f"data/{other['resource']}.csv")
            known = {tuple(row[name] for name in other["fields"]) for row in target}
            assert {tuple(row[name] for name in link["fields"]) for row in rows} <= known


def test_the_readme_says_what_the_numbers_are(project: Project, tmp_path: Path) -> None:
    result = export_project(project, tmp_path, actor="lead")
    readme = (result.folder / "README.md").read_text(encoding="utf-8")
    assert "Documented reports, not an estimate; row counts are not death counts." in readme
    for name, rows in result.rows.items():
        assert f"| `{name}` | {rows} |" in readme
    assert "keep_default_na=False" in readme


def test_an_export_is_recorded_in_the_project(project: Project, tmp_path: Path) -> None:
    result = export_project(project, tmp_path, actor="Layla")
    *_, last = events(project)
    digest = hashlib.sha256((result.folder / "manifest.json").read_bytes()).hexdigest()
    assert (last.kind, last.actor) == ("exported", "Layla")
    assert result.folder.name in last.body
    assert digest in last.body


def test_a_project_without_codings_has_nothing_to_export(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as empty:
        with pytest.raises(WorkProblem, match="nothing to export"):
            export_project(empty, tmp_path / "out", actor="lead")
        start_round(empty)
        with pytest.raises(WorkProblem, match="nothing to export, no passage in the round main"):
            export_project(empty, tmp_path / "out", actor="lead", round_name="main")
        with pytest.raises(AnnotatorError, match=r"no round named pilot; the rounds are: main"):
            export_project(empty, tmp_path / "out", actor="lead", round_name="pilot")
    assert not (tmp_path / "out").exists()


def test_only_the_named_round_goes_out(tmp_path: Path) -> None:
    with make_project(tmp_path, light()) as project:
        first, second, _ = passages(project)
        submit(project, start_round(project, "pilot"), first, "A", light_coding("isis"))
        submit(project, start_round(project, "main"), second, "A", light_coding("sdf"))
        result = export_project(project, tmp_path / "out", actor="lead", round_name="main")
    assert {row["round"] for row in read_csv(result.folder / "data/codings_long.csv")} == {"main"}
    assert read_json(result.folder / "manifest.json")["filters"]["round"] == "main"


def test_a_target_that_is_a_file_is_refused_in_a_sentence(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("already here")
    for place in (target, target / "below"):
        with pytest.raises(AnnotatorError, match="this is a file and no folder"):
            export_project(project, place, actor="lead")
    assert target.read_text() == "already here"


def test_a_target_that_cannot_be_written_to_is_refused_in_a_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**options: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(folder.tempfile, "mkdtemp", refuse)
    with pytest.raises(AnnotatorError, match=r"cannot be written to \(Permission denied\)"):
        export_project(project, tmp_path / "out", actor="lead")


def test_a_full_disk_leaves_nothing_and_is_told_in_a_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(csv_table.os, "fsync", full)
    with pytest.raises(AnnotatorError, match="No space left on device"):
        export_project(project, tmp_path / "out", actor="lead")
    assert list((tmp_path / "out").iterdir()) == []
    assert all(event.kind != "exported" for event in events(project))


def test_an_export_that_cannot_be_recorded_is_taken_back(project: Project, tmp_path: Path) -> None:
    location = project.location
    project.close()
    with (
        open_project(location, read_only=True) as reading,
        pytest.raises(AnnotatorError, match="reading only"),
    ):
        export_project(reading, tmp_path / "out", actor="lead")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_coding_that_comes_in_meanwhile_is_wholly_in_or_wholly_out(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = passages(project)[0]
    (one,) = export_module.rounds(project)
    real = export_module.write_passages
    left = [1]

    def write_passages(*arguments: object, **options: object) -> object:
        if left:
            left.pop()
            submit(project, one, late, "Bashir", Coding())
        return real(*arguments, **options)

    monkeypatch.setattr(export_module, "write_passages", write_passages)
    result = export_project(project, tmp_path / "out", actor="lead")
    assert result.rows["data/codings_wide.csv"] == 7
    assert [path.name for path in (tmp_path / "out").iterdir()] == [result.folder.name]

    left.extend([1] * 5)
    with pytest.raises(AnnotatorError, match="codings kept coming in"):
        export_project(project, tmp_path / "other", actor="lead")
    assert list((tmp_path / "other").iterdir()) == []


def test_the_manual_names_every_file(project: Project, tmp_path: Path) -> None:
    result = export_project(project, tmp_path, actor="lead")
    manual = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in manual.splitlines() if line.startswith("| `")}
    assert set(result.files) <= named
