"""The demo: a true project, and the whole path where there is no terminal."""

import json
import re
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.coding.complete import gaps
from annotator.coding.form import from_form
from annotator.store.codings import codings
from annotator.store.corpus import iter_passages
from annotator.store.project import open_project


def test_without_a_terminal_it_walks_the_whole_path(command: Command, tmp_path: Path) -> None:
    done = command("demo", "--at", "try")
    assert (done.code, done.err) == (0, "")
    steps = [line for line in done.out.splitlines() if line[:1].isdigit() and ". " in line[:4]]
    assert [step.split(". ", 1)[1] for step in steps] == [
        "A project with a codebook",
        "Reports become passages",
        "A round of coding",
        "What amal coded",
        "What basim coded",
        "How far they agree",
        "A lead settles a disagreement",
        "Tables for analysts",
    ]
    assert re.search(r"Perpetrator +58\.8% +0\.668  0\.458 to 0\.878", done.out)
    assert "Settled." in done.out
    folder = Path(done.out.split("Exported to ", 1)[1].splitlines()[0])
    assert (folder / "datapackage.json").is_file()
    assert "settled" in command("review", "--lead", "lina", "--plain", "-p", "try/demo.db").out
    assert command("verify", "--project", "try/demo.db").code == 0


def test_what_it_prints_are_commands_that_do_the_same(command: Command, tmp_path: Path) -> None:
    printed = command("demo", "--at", "try").out.replace("\n    ", " ")
    lines = [line for line in printed.splitlines() if line.startswith("$ ")]
    assert len(lines) == 8
    for line in lines:
        arguments = line.split(" annotator ", 1)[1].replace("try/demo.db", "again.db").split()
        done = command(*arguments, stdin=".quit\n")
        # Nothing is settled here, so all that an export or a table needs is there.
        assert done.code == 0, (line, done.err)
    left, right = (
        json.loads(command("agreement", "--json", "-p", project).out)
        for project in ("try/demo.db", "again.db")
    )
    assert left == right


def test_an_earlier_demo_is_never_touched(command: Command, tmp_path: Path) -> None:
    command("demo", "--at", "try")
    before = (tmp_path / "try/demo.db").read_bytes()
    assert "try-2/demo.db" in command("demo", "--at", "try").out
    assert "try-3/demo.db" in command("demo", "--at", "try", "--fresh").out
    assert (tmp_path / "try/demo.db").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = command("demo", "--at", "file")
    assert (done.code, "name another folder with --at" in done.sentence) == (2, True)


def test_on_a_terminal_the_third_coder_finds_everything_open(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.cli.demo.at_terminal", lambda: True)
    monkeypatch.setattr("annotator.cli.terminal.at_terminal", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    done = command("demo", stdin="a 1\n.submit\n")
    assert "Passage 1 of 4 of daily-2016-03-04.txt. 0 of 17 passages are coded." in done.out
    assert "Your codings are kept in demo/demo.db." in done.out
    again = command("demo")
    assert "demo/demo.db is there already" in again.out
    assert "1 of 17 passages are coded." in again.out
    assert "0 of 17 passages are coded." in command("demo", "--fresh").out


def test_the_shipped_codings_are_complete_and_mostly_rest_on_words(demo: Path) -> None:
    with open_project(demo) as project:
        book = project.codebook()
        places = {(row.report_key, row.number): row for row in iter_passages(project)}
        answered = with_words = 0
        rows = list(codings(project))
        assert len(rows) == 2 * len(places)
        for row in rows:
            passage = places[row.report_key, row.number]
            coding = from_form(row.form, book, passage.text, passage.start)
            assert gaps(coding, book) == []
            for answer in coding.answers.values():
                if answer.value not in (None, ()):
                    answered += 1
                    with_words += bool(answer.evidence)
        assert with_words == answered > 80
