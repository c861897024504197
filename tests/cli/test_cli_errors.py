"""Whatever is wrong, a command answers in one sentence and loses nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.cli.ending import FAULT, INTERRUPTED, ended

# Every command that works on a project, with what it needs beside it.
ON_A_PROJECT = [
    ["import", "report.txt"],
    ["passages"],
    ["passages", "--json"],
    ["codebook", "show"],
    ["codebook", "adopt", "perpetrators"],
    ["code", "--coder", "amal", "--plain"],
    ["status"],
    ["status", "--json"],
    ["round", "new", "main"],
    ["round", "list"],
    ["round", "close", "main"],
    ["agreement"],
    ["agreement", "--json"],
    ["review", "--lead", "lina", "--plain"],
    ["codings", "export", "out.jsonl"],
    ["codings", "import", "in.jsonl"],
    ["export"],
    ["verify"],
    ["backup", "copy.db"],
]
IDS = [" ".join(arguments) for arguments in ON_A_PROJECT]

BAD_PROJECTS = {
    "missing": "there is no project here",
    "empty": "the file is empty and no project",
    "text": "this is not an annotator project",
    "folder": "this is a folder",
    "other-database": "this is not an annotator project",
}


def _bad_project(kind: str, folder: Path) -> str:
    path = folder / "bad.db"
    match kind:
        case "empty":
            path.touch()
        case "text":
            path.write_text("no database\n" * 50)
        case "folder":
            path.mkdir()
        case "other-database":
            with sqlite3.connect(path) as connection:
                connection.execute("CREATE TABLE notes (text)")
            connection.close()
    return path.name


@pytest.mark.parametrize("kind", BAD_PROJECTS)
@pytest.mark.parametrize("arguments", ON_A_PROJECT, ids=IDS)
def test_a_project_that_cannot_be_used_is_refused_in_one_sentence(
    command: Command, tmp_path: Path, arguments: list[str], kind: str
) -> None:
    (tmp_path / "report.txt").write_text("A man was killed in Tal Amrit.\n")
    (tmp_path / "in.jsonl").write_text("{}\n")
    done = command(*arguments, "--project", _bad_project(kind, tmp_path))
    assert done.code == 2
    assert BAD_PROJECTS[kind] in done.sentence
    assert done.out == ""
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("arguments", ON_A_PROJECT, ids=IDS)
@pytest.mark.parametrize("address", ["postgresql://user:secret@host/db", "sqlite:///x.db", " "])
def test_a_database_server_is_refused_without_repeating_a_password(
    command: Command, arguments: list[str], address: str
) -> None:
    done = command(*arguments, "--project", address)
    assert done.code == 2
    assert "secret" not in done.sentence
    assert "--project" in done.sentence


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["import", "nothing.txt"], 2, "There is no file or folder nothing.txt"),
        (["import", "no*match"], 2, "No file matches no*match"),
        (["passages"], 1, "there are no passages yet"),
        (["code", "--coder", "amal", "--plain"], 2, "mport reports first"),
        (["code", "--coder", "  ", "--plain"], 2, "--coder '  ' is no name"),
        (["code", "--coder", "x" * 41, "--plain"], 2, "is no name; give 1 to 40 characters"),
        (["code", "--coder", "a\u202eb", "--plain"], 2, "--coder 'a<U+202E>b' is no name"),
        (["code", "--coder", "amal"], 2, "add --plain"),
        (["code", "--coder", "amal", "--plain", "--round", "x"], 2, "no round named x"),
        (["review", "--lead", "lina"], 2, "add --plain"),
        (["review", "--lead", "\x1b", "--plain"], 2, "--lead '␛' is no name"),
        (["review", "--lead", "lina", "--plain"], 2, "there is no round yet"),
        (["review", "--lead", "lina", "--plain", "--round", "x"], 2, "there is no round yet"),
        (["agreement"], 2, "there is no round yet"),
        (["round", "list"], 1, "there is no round yet"),
        (["round", "close", "x"], 2, "there is no round yet"),
        (["round", "new", "main", "--coders", "amal,,basim"], 2, "--coders '' is no name"),
        (["export"], 1, "nothing to export"),
        (["export", "--round", "x"], 2, "no round named x"),
        (["codings", "export", "x.jsonl"], 1, "there are no codings yet"),
        (["codings", "export", "no/such/x.jsonl"], 2, "cannot be written"),
        (["codings", "import", "nothing.jsonl"], 2, "cannot be read"),
        (["backup", "annotator.db"], 2, "cannot be written"),
        (["backup", "no/such/copy.db"], 2, "cannot be written"),
        (["init", "--codebook", "perpetrators"], 2, "there is already a file of this name"),
        (["init", "-c", "perpetrators", "-p", "no/such/x.db"], 2, "there is no such folder"),
        (["init", "-c", "perpetrator", "-p", "x.db"], 2, 'did you mean "perpetrators"?'),
        (["init", "-c", "none.yaml", "-p", "x.db"], 2, "There is no file none.yaml"),
        (["codebook", "show", "nothing"], 2, 'There is no codebook "nothing"'),
        (["codebook", "check", "nothing"], 2, 'There is no codebook "nothing"'),
        (["codebook", "new", "Not An Id"], 2, "new codebook:"),
        (["agreement", "nothing.csv"], 2, "nothing.csv cannot be read"),
    ],
)
def test_an_empty_project_and_wrong_names_are_told_in_one_sentence(
    command: Command, arguments: list[str], code: int, says: str
) -> None:
    assert command("init", "--codebook", "perpetrators").code == 0
    done = command(*arguments)
    assert (done.code, says in done.sentence) == (code, True), done.err
    assert command("verify").code == 0


def test_a_codebook_with_mistakes_is_refused_with_every_mistake(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text(
        "codebook: bad\nversion: 1.0\ntitle: Bad\nvariables:\n  - {id: x, type: cod}\n"
    )
    done = command("init", "--codebook", "bad.yaml")
    assert done.code == 2
    assert len(done.err.splitlines()) > 1
    assert all(line.startswith("bad.yaml:") for line in done.err.splitlines())
    assert not (tmp_path / "annotator.db").exists()
    checked = command("codebook", "check", "bad.yaml", "perpetrators")
    assert checked.code == 1
    assert "bad.yaml:2:" in checked.out
    assert "perpetrators 1.0.2 is in order" in checked.out
    assert checked.sentence == "1 codebook has mistakes; mend the lines named above."


def test_wrong_lines_of_codings_are_all_named_and_nothing_is_taken(
    command: Command, seed: Path, tmp_path: Path
) -> None:
    assert command("round", "new", "main").code == 0
    (tmp_path / "in.jsonl").write_text("{}\nno json\n")
    done = command("codings", "import", "in.jsonl")
    assert done.code == 2
    assert "in.jsonl:1:" in done.err
    assert "in.jsonl:2:" in done.err
    assert '"done": 1' not in command("status", "--json").out


def test_a_damaged_project_is_told_by_verify(command: Command, demo: Path) -> None:
    with sqlite3.connect(demo) as connection:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(guards).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE report SET text = text || '.' WHERE id = 1")
    connection.close()
    done = command("verify")
    assert done.code == 1
    assert "keep this file" in done.sentence
    assert done.out
    assert command("verify", "--json").code == 1


def _process(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "annotator", *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        preexec_fn=_let_ctrl_c_through,
    )


def _let_ctrl_c_through() -> None:
    # Where the tests themselves run in the background, Ctrl-C is ignored; not so for users.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_reader_that_goes_away_ends_a_command_quietly(demo: Path) -> None:
    with _process(demo.parent, "passages", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_ctrl_c_leaves_quietly_and_keeps_everything(demo: Path) -> None:
    with _process(demo.parent, "code", "--coder", "you", "--plain") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"a 1\n")
        process.stdin.flush()
        heard = b""
        while b"3 of 5" not in heard:
            heard += process.stdout.read1()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130
    with _process(demo.parent, "code", "--coder", "you", "--plain") as process:
        out, err = process.communicate(b".list\n")
    assert (process.returncode, err) == (0, b"")
    assert b"1  Perpetrator: Regime air strikes" in out
    assert b"3 of 5, Killed" in out


def test_an_output_that_knows_only_ascii_gets_every_letter_spelled_out(demo: Path) -> None:
    with _process(demo.parent, "passages") as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert out.isascii()
    assert b"\\u0642" in out


class _Interrupting:
    """Has a Ctrl-C come while the class that has it is being made."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def _load() -> None:
    type("Loading", (), {"field": _Interrupting()})


def _end_from_it() -> None:
    try:
        _load()
    except BaseException as error:
        raise RuntimeError("not loaded") from error


def _end_during_it() -> None:
    try:
        _load()
    except BaseException:
        raise RuntimeError("not loaded")  # noqa: B904


@pytest.mark.parametrize("work", [_load, _end_from_it, _end_during_it])
def test_ctrl_c_while_a_class_is_made_is_an_interruption_and_no_fault(
    work: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(work) == INTERRUPTED
    assert capsys.readouterr() == ("", "")


def test_ctrl_c_long_over_does_not_hide_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        with suppress(KeyboardInterrupt):
            raise KeyboardInterrupt
        raise RuntimeError("another")

    assert ended(work) == FAULT
    assert "did not foresee (RuntimeError)" in capsys.readouterr().err


_CTRL_C_AS_IT_CLOSES = """
import sqlite3
import sys
from functools import partial
from annotator.cli.run import run

class Closing(sqlite3.Connection):
    def close(self):
        raise KeyboardInterrupt

sqlite3.connect = partial(sqlite3.connect, factory=Closing)
sys.exit(run(["round", "list", "--project", sys.argv[1]]))
"""


_CTRL_C_AS_SOMETHING_GOES_AWAY = """
import sys
import time
from annotator.cli.ending import ended

class Going:
    def __del__(self):
        raise KeyboardInterrupt

def work():
    for _ in range(3):
        Going()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        pass

sys.exit(ended(work))
"""


def test_ctrl_c_as_something_goes_away_ends_the_command_too() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CTRL_C_AS_SOMETHING_GOES_AWAY],
        capture_output=True,
        check=False,
        preexec_fn=_let_ctrl_c_through,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_as_the_project_is_closed_is_told_by_no_library(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CTRL_C_AS_IT_CLOSES, demo], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")
