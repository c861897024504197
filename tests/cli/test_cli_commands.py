"""What commands do and print when all is well."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest
from cli_runs import CLAIMS, DEMO_REPORTS, SEED, Command

from annotator.corpus.visible import visible


def test_a_project_is_made_for_its_owner_alone(command: Command, tmp_path: Path) -> None:
    done = command("init", "-c", "perpetrators", "-p", "aleppo.db", "--name", "Aleppo")
    assert "aleppo.db: project Aleppo with codebook perpetrators 1.0.2." in done.out
    assert stat.S_IMODE((tmp_path / "aleppo.db").stat().st_mode) == 0o600


def test_the_environment_names_the_project(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_PROJECT", "other.db")
    command("init", "--codebook", "perpetrators")
    assert "other.db" in command("status").out
    assert not Path("annotator.db").exists()


def test_importing_tells_what_was_read_stripped_and_refused(
    command: Command, seed: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dirty.txt").write_text("A man was \u202ekilled\u202c in Tal Amrit.\n")
    (tmp_path / "in" / "binary.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "in" / "seed.txt").write_bytes(SEED.read_bytes())
    done = command("import", "in", "--json")
    assert done.code == 1
    found = {entry["file"]: entry for entry in json.loads(done.out)["files"]}
    assert found["in/dirty.txt"]["stripped"] == {"bidirectional controls removed": 2}
    assert found["in/binary.txt"]["refused"].startswith("is a PDF file")
    assert found["in/seed.txt"]["reports_already_there"] == 1
    assert json.loads(command("status", "--json").out)["passages"] == 6
    again = command("import", "in")
    assert again.code == 1
    assert "2 already there, 1 file refused." in again.out
    assert "refused: is a PDF file" in again.out


def test_headings_become_passages_only_when_wanted(command: Command) -> None:
    command("init", "--codebook", "perpetrators")
    command("import", SEED, "--keep-headings")
    assert len(json.loads(command("passages", "--json").out)) == 7


def test_tables_of_reports_are_read_by_their_text_column(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('title,body\nOne,"A man died."\nTwo,"A woman died."\n')
    command("init", "--codebook", "perpetrators")
    assert command("import", "in.csv", "--text-column", "body").code == 0
    passages = json.loads(command("passages", "--json").out)
    assert [entry["title"] for entry in passages] == ["One", "Two"]
    assert "A man died." in command("passages").out


def test_codebooks_are_shown_begun_checked_and_adopted(
    command: Command, seed: Path, tmp_path: Path
) -> None:
    assert "1. Who does the passage say did the killing?" in command("codebook", "show").out
    assert "Claims, small" in command("codebook", "show", CLAIMS).out
    assert json.loads(command("codebook", "schema").out)["$schema"].endswith("2020-12/schema")
    assert command("codebook", "new", "north", "--title", "The north").code == 0
    assert command("codebook", "check", "north.yaml").code == 0
    refused = command("codebook", "new", "north")
    assert (refused.code, "is there already" in refused.sentence) == (2, True)
    refused = command("codebook", "adopt", "north.yaml")
    assert (refused.code, "north is another codebook" in refused.sentence) == (2, True)
    meant = command("codebook", "adopt", "north.yaml", "--other-codebook")
    assert "new rounds use north 0.1.0" in meant.out
    assert "already" in command("codebook", "adopt", "north.yaml").out
    assert "The north" in command("status").out


def test_rounds_are_opened_listed_and_closed(command: Command, seed: Path) -> None:
    opened = command(
        "round",
        "new",
        "pilot",
        "--coders",
        "amal, basim",
        "--order",
        "random",
        "--seed",
        "7",
        "--purpose",
        "pilot",
    )
    assert "Round pilot is open." in opened.out
    (row,) = json.loads(command("round", "list", "--json").out)
    assert (row["coders"], row["seed"], row["state"]) == (["amal", "basim"], 7, "open")
    assert "random, seed 7" in command("round", "list").out
    stranger = command("code", "--coder", "lina", "--plain")
    assert (stranger.code, "not among the coders" in stranger.sentence) == (2, True)
    assert command("round", "close", "pilot").code == 0
    closed = command("code", "--coder", "amal", "--plain")
    assert (closed.code, "No round is open" in closed.sentence) == (2, True)


def test_the_import_report_names_the_headings_it_set_apart(command: Command) -> None:
    command("init", "--codebook", "perpetrators")
    Path("short.txt").write_text("The Rihan Monitor\n\nTwo people died on Monday.\n", "utf-8")
    told = command("import", "short.txt")
    assert "set apart as headings: “The Rihan Monitor”" in told.out
    assert "--keep-headings" in told.out
    (file,) = json.loads(command("import", "short.txt", "--json").out)["files"]
    assert file["headings"] == ["The Rihan Monitor"]


def test_status_counts_per_coder(command: Command, demo: Path) -> None:
    assert "4 reports, 17 passages" in command("status").out
    (main,) = json.loads(command("status", "--json").out)["rounds"]
    assert main["coders"] == [
        {"coder": "amal", "assigned": 17, "done": 17, "skipped": 0},
        {"coder": "basim", "assigned": 17, "done": 17, "skipped": 0},
    ]


def test_codings_go_out_and_come_in_again_without_loss(
    command: Command, demo: Path, tmp_path: Path
) -> None:
    assert "34 codings written to all.jsonl" in command("codings", "export", "all.jsonl").out
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert command("codings", "export", "-").out.splitlines() == lines
    again = command("codings", "import", "all.jsonl", "--json")
    assert json.loads(again.out) == {"added": 0, "already": 34, "incomplete": 0}
    kept = command("codings", "export", "all.jsonl")
    assert (kept.code, "is there already" in kept.sentence) == (2, True)
    command("init", "-c", "perpetrators", "-p", "copy.db")
    command("import", DEMO_REPORTS, "-p", "copy.db")
    command("round", "new", "main", "-p", "copy.db")
    assert "34 codings added" in command("codings", "import", "all.jsonl", "-p", "copy.db").out
    copied = command("codings", "export", "-", "-p", "copy.db").out.splitlines()
    assert sorted(copied) == sorted(lines)


def test_an_export_tells_its_folder_and_its_files(command: Command, demo: Path) -> None:
    done = command("export", "--to", "out", "--json")
    found = json.loads(done.out)
    folder = Path(found["folder"])
    assert folder.parent == Path("out")
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {
        entry["path"] for entry in found["files"]
    }
    text = command("export", "--to", "out", "--with-text", "--with-coder-names").out
    second = Path(text.rsplit("Exported to ", 1)[1].strip())
    assert second.is_dir()
    assert "amal" in (second / "data/coders.csv").read_text(encoding="utf-8")
    assert "amal" not in (folder / "data/coders.csv").read_text(encoding="utf-8")


def test_a_backup_is_a_whole_project(command: Command, demo: Path) -> None:
    assert command("backup", "copy.db").code == 0
    assert command("verify", "--project", "copy.db").code == 0
    assert json.loads(command("verify", "--json").out) == {"problems": []}


def test_what_is_printed_to_a_file_has_no_colour_and_fits_its_width(
    command: Command, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = command("agreement").out
    assert "\x1b" not in wide
    tables = [line for line in wide.splitlines() if set(line) == {"─"}]
    assert tables
    assert max(map(len, tables)) <= 100
    monkeypatch.setenv("COLUMNS", "70")
    narrow = command("passages").out
    assert max(map(len, narrow.splitlines())) <= 70
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in command("status").out


def test_hostile_text_and_names_steer_no_terminal(command: Command, tmp_path: Path) -> None:
    name = "evil\x1b]0;x\x07[red].txt"
    (tmp_path / name).write_text("[bold]A man[/bold] \x9b31m died \u202e here today.\n")
    command("init", "--codebook", "perpetrators", "--name", "\x1b[31mred")
    assert command("import", name).code == 0
    for arguments in (
        ["passages"],
        ["passages", "--json"],
        ["status"],
        ["status", "--json"],
        ["import", name],
        ["import", "none\x1b[31m.txt"],
        ["code", "--coder", "amal", "--plain"],
    ):
        done = command(*arguments)
        for text in (done.out, done.err):
            assert visible(text, newlines=True) == text, arguments
    assert "[bold]A man[/bold]" in command("passages").out


def test_json_is_the_exact_text_even_where_it_could_steer_a_terminal(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "in.txt").write_text("A man \u200ddied\u200f here\u00ad \U000e0041today.\n")
    command("init", "--codebook", "perpetrators")
    command("import", "in.txt")
    (entry,) = json.loads(command("passages", "--json").out)
    assert entry["text"] == "A man \u200ddied\u200f here\u00ad \U000e0041today."


def test_a_dumb_terminal_gets_plain_lines(
    command: Command, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("annotator.cli.terminal.at_terminal", lambda: True)
    done = command("code", "--coder", "amal", stdin="a 1\n")
    assert "This terminal (TERM=dumb) can show no screen" in done.out
    assert "Perpetrator: Regime air strikes" in done.out


def test_files_of_a_folder_that_are_not_read_are_named(command: Command, seed: Path) -> None:
    folder = Path("reports")
    folder.mkdir()
    (folder / "a.txt").write_text("Two men were killed in Tal Amrit.\n")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".hidden").write_text("x")
    done = command("import", folder)
    assert done.code == 0
    assert "left out: 1 file of another type (.pdf)" in done.out.splitlines()
    for name in ("c.pdf", "README"):
        (folder / name).write_text("x")
    assert "left out: 3 files of other types (no ending, .pdf)" in command("import", folder).out
    assert json.loads(command("import", folder, "--json").out)["left_out"] == {".pdf": 2, "": 1}
    assert "left out" not in command("import", folder / "a.txt").out


def test_the_files_of_the_project_itself_are_no_reports(command: Command, seed: Path) -> None:
    Path("a.txt").write_text("Two men were killed in Tal Amrit.\n")
    done = command("import", ".")
    assert (done.code, "left out" in done.out) == (0, False)
    Path("link.txt").symlink_to(seed)
    assert "is a file of the project itself" in command("import", "link.txt", "--json").out


def test_tables_that_were_changed_are_made_anew_after_a_copy(
    command: Command, demo: Path, tmp_path: Path
) -> None:
    assert command("verify", "--rebuild").code == 0
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE answer SET state = 'unknown', value = NULL")
    connection.close()
    assert "annotator verify --rebuild" in command("verify").out
    done = command("verify", "--rebuild")
    assert done.code == 0, done.err
    [copy] = tmp_path.glob("annotator.before-rebuild-*.db")
    assert copy.name in done.out
    assert command("verify").code == 0
    assert command("verify", "-p", copy).code == 1


def test_tables_are_not_made_anew_from_a_log_that_was_changed(
    command: Command, demo: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(demo) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET actor = 'nobody' WHERE seq = 3")
    connection.close()
    before = demo.read_bytes()
    done = command("verify", "--rebuild")
    assert (done.code, done.out) == (1, "")
    assert "go back to a backup" in done.sentence
    assert demo.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.db")] == ["annotator.db"]
