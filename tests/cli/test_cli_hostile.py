"""No command sends a terminal what hostile text would have it do."""

import io
import json
import os
import pty
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli_runs import commands

from annotator.cli.run import run
from annotator.store.project import open_project
from hostile import (
    CODER,
    FILE_NAME,
    HOSTILE,
    MARK,
    NAME,
    SEEN_COMMAND,
    SEEN_UNSEEN,
    UNSEEN,
    codebook,
    leaked,
    make_hostile_project,
    round_name,
)
from training_projects import Trainee, training_project, wrong

TRAINING = ("--purpose", "training", "--examples")
PROJECT = f"project{NAME}.db"
SEEN_FILE = f"␛[{MARK}m␇<U+202E>\\x9b"
ESCAPED = f"\\u001b[{MARK}m"
QUOTED = f"\\x1b[{MARK}m"
CELL = NAME.replace(";", ":")


@dataclass(frozen=True)
class Case:
    """A command on hostile text: its arguments, what is typed, its exit code, what it must show."""

    arguments: tuple[str, ...]
    shows: str
    code: int = 0
    typed: tuple[str, ...] = ()


def case(*arguments: str, shows: str, code: int = 0, typed: tuple[str, ...] = ()) -> Case:
    return Case(arguments, shows, code, typed)


HOSTILE_FILE = f"file{FILE_NAME}"
BOTH = ("--coders", "dana,elias")

CASES: dict[str, list[Case]] = {
    "demo": [case("--at", "blocked" + FILE_NAME, shows=SEEN_FILE, code=2)],
    "tutorial": [
        case(
            "--plain",
            shows=SEEN_COMMAND,
            typed=(f"zz{HOSTILE}", f".note n{HOSTILE}", f".x{HOSTILE}", ".list", ".quit"),
        ),
    ],
    "init": [
        case("--codebook", "next.yaml", "--project", f"new{NAME}.db", shows=SEEN_COMMAND),
        case("--codebook", f"no{FILE_NAME}.yaml", "--project", "x.db", shows=SEEN_FILE, code=2),
        case("--codebook", "next.yaml", "--project", "x\udc9b.db", shows="is no text", code=2),
        case("--codebook", "wrong.yaml", "--project", "x.db", shows="<U+202E>", code=2),
    ],
    "import": [
        case("reports", shows=SEEN_FILE, code=1),
        case(f"reports/{HOSTILE_FILE}.txt", "--json", shows=ESCAPED),
        case(f"no{FILE_NAME}.txt", shows=SEEN_FILE, code=2),
        case("reports/table.csv", "--text-column", f"x{HOSTILE}", shows=QUOTED, code=1),
    ],
    "passages": [case(shows=SEEN_COMMAND), case("--json", shows=ESCAPED)],
    "passages tag": [
        case("graphic", f"none{HOSTILE}:1", shows=SEEN_COMMAND, code=2),
        case(f"x{HOSTILE}", "report:1", shows=QUOTED, code=2),
    ],
    "codebook check": [
        case("wrong.yaml", "control.yaml", shows="<U+202E>", code=1),
        case("next.yaml", shows="in order"),
        case(f"no{FILE_NAME}", shows=SEEN_FILE, code=2),
    ],
    "codebook test": [
        case("next.yaml", "examples.yaml", shows=SEEN_UNSEEN, code=1),
        case("next.yaml", "examples.yaml", "--json", shows="\\u202a\\u202b", code=1),
        case("next.yaml", f"no{FILE_NAME}", shows=SEEN_FILE, code=2),
    ],
    "codebook show": [
        case("next.yaml", shows=SEEN_UNSEEN),
        case("next.yaml", "--html", shows=SEEN_UNSEEN),
        case("next.yaml", "--md", shows="U+202A"),
        case(f"no{FILE_NAME}", shows=SEEN_FILE, code=2),
    ],
    "codebook new": [
        case(f"x{UNSEEN}", shows="new codebook:", code=2),
        case(f"x{HOSTILE}", shows="U+009B", code=2),
        case("own", "--title", f"T{HOSTILE}", shows="U+009B", code=2),
    ],
    "codebook diff": [
        case("old.yaml", "next.yaml", shows="label changed"),
        case("old.yaml", "next.yaml", "--json", shows="label changed"),
    ],
    "codebook adopt": [
        case("next.yaml", shows=SEEN_COMMAND),
        case("next.yaml", "--recode", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("next.yaml", "--recode", "again", "--json", shows="label changed"),
    ],
    "codebook trouble": [
        case(shows=SEEN_COMMAND),
        case("--code", "topics", shows=SEEN_UNSEEN),
        case("--code", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--json", shows=ESCAPED),
    ],
    "codebook schema": [case(shows="$schema")],
    "code": [
        case(
            "--coder",
            CODER,
            "--plain",
            shows=SEEN_COMMAND,
            typed=(
                *(".list", ".codes", ".code r", ".text", ".checks", ".offers", ".recent", ".again"),
                *(f".note n{HOSTILE}", f".remark r{HOSTILE}", f".x{HOSTILE}", f"zz{HOSTILE}"),
                *(f'r "{HOSTILE}"', f".go {HOSTILE}", f'.words "{HOSTILE}"', ".flag", ".undo"),
                *("", "s", "", "k", "2", "", "b", "a", ".list", ".take", f".stand {HOSTILE}"),
                *(".submit", ".next", ".list", ".next", ".text", ".next", "", ".text", ".open"),
                *(f".skip other {HOSTILE}", ".prev", ".pause", "", f".code {HOSTILE}", ".quit"),
            ),
        ),
        case("--coder", f"x{HOSTILE}", "--plain", shows=SEEN_COMMAND, code=2),
        case("--coder", "x", "--round", f"x{HOSTILE}", "--plain", shows=SEEN_COMMAND, code=2),
    ],
    "status": [
        case(shows=SEEN_COMMAND),
        case("--agreement", shows=SEEN_UNSEEN),
        case("--round", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--json", "--agreement", shows=ESCAPED),
    ],
    "keys": [case(shows="Coding screen")],
    "config show": [case(shows=SEEN_COMMAND), case("--json", shows=ESCAPED)],
    "config init": [case(shows=SEEN_FILE, code=2)],
    "config check": [case(shows=SEEN_FILE)],
    "config path": [case(shows=SEEN_FILE)],
    "round new": [
        case("t", *TRAINING, f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("t", *TRAINING, f"x{FILE_NAME}", shows=SEEN_FILE, code=2),
        case("t", *TRAINING, "examples.yaml", shows=SEEN_UNSEEN, code=2),
        case("t", *BOTH, "--gold", f"x{FILE_NAME}", shows=SEEN_FILE, code=2),
        case("t", *BOTH, "--gold", "wrong.jsonl", shows=SEEN_UNSEEN, code=2),
        case("t", *BOTH, "--gold", round_name(), "--repeat", "0.5", shows="Round t is open"),
        case("t", *BOTH, "--repeat", "1", "--repeat-after", f"x{HOSTILE}", shows=QUOTED, code=2),
        case("next", "--by", "x\udc9b", shows="“", code=2),
        case("next", "--coders", f"dana,x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case(round_name(), shows=SEEN_COMMAND, code=2),
        case("next", *BOTH, "--stratify", "publisher", "--dry-run", shows=SEEN_COMMAND),
        case("next", *BOTH, "--stratify", "report", "--json", "--dry-run", shows=ESCAPED),
        case("next", *BOTH, "--search", f"mines,x{HOSTILE}", "--dry-run", shows=SEEN_COMMAND),
        case("next", *BOTH, "--search", "\x1b[,", shows="\\x1b[,", code=2),
        case("next", *BOTH, "--list", "listed.csv", shows=SEEN_COMMAND, code=2),
        case("next", *BOTH, "--list", f"no{FILE_NAME}.csv", shows=SEEN_FILE, code=2),
        case("next", *BOTH, "--not-in", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("next", *BOTH, "--capacity", f"x{HOSTILE}", shows=QUOTED, code=2),
        case("next", "--dry-run", "--coders", "dana", shows="dana would code every passage"),
        case(f"x{HOSTILE}", *BOTH, "--codings", "2", shows=SEEN_COMMAND, code=2),
    ],
    "round show": [
        case(round_name(), shows=SEEN_COMMAND),
        case(round_name(), "--json", shows=ESCAPED),
        case(f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "round results": [
        case("training", "--project", "trained.db", shows=SEEN_COMMAND),
        case("training", "--project", "trained.db", "--json", shows=ESCAPED),
        case(round_name(), shows=SEEN_COMMAND, code=1),
        case(f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("training", "--coder", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "round list": [case(shows=SEEN_COMMAND), case("--json", shows=ESCAPED)],
    "round assign": [
        case(round_name(), "--coder", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case(round_name(), "--coder", "dana", shows=SEEN_COMMAND),
        case(round_name(), "--coder", "farid", "--json", shows=ESCAPED),
        case(round_name(), "--from", CODER, "--to", "huda", "--dry-run", shows=SEEN_COMMAND),
        case(round_name(), "--from", f"x{HOSTILE}", "--to", "huda", shows=SEEN_COMMAND, code=2),
        case(round_name(), "--coder", "x", "--list", f"no{FILE_NAME}", shows=SEEN_FILE, code=2),
        case(f"x{HOSTILE}", "--coder", "dana", shows=SEEN_COMMAND, code=2),
    ],
    "round unlock": [
        case(round_name(), shows=SEEN_COMMAND, code=1),
        case(round_name(), "--coder", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case(round_name(), "--coder", "nobody", shows=SEEN_COMMAND, code=2),
        case(round_name(), "--idle", "0", "--dry-run", shows=SEEN_COMMAND),
    ],
    "round top-up": [
        case(round_name(), "--add", "2", "--dry-run", shows=SEEN_COMMAND),
        case(round_name(), "--add", "2", "--json", shows=ESCAPED),
        case(round_name(), "--where-disagree", "--codings", "9", shows=SEEN_COMMAND, code=1),
        case(f"x{HOSTILE}", "--add", "2", shows=SEEN_COMMAND, code=2),
    ],
    "round close": [
        case(round_name(), shows=SEEN_COMMAND),
        case(round_name(), "--dry-run", "--json", shows=ESCAPED),
        case(f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "round reopen": [
        case(round_name(), shows=SEEN_COMMAND, code=1),
        case(round_name(), "--json", shows=SEEN_COMMAND, code=1),
        case(f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "agreement": [
        case(shows=SEEN_UNSEEN),
        case("--json", shows="\\u202a\\u202b"),
        case("--round", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("ratings.csv", shows="alpha"),
        case("ratings.csv", "--json", shows="alpha"),
        case("ratings.csv", "--categories", f"a{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("ratings.csv", "--level", "interval", shows=QUOTED, code=2),
        case("wrong.csv", shows=QUOTED, code=2),
        case("spans.csv", "--spans", "--length", "60", shows=SEEN_COMMAND),
        case("spans.csv", "--spans", "--length", "60", "--json", shows=ESCAPED),
        case("wrong_spans.csv", "--spans", "--length", "60", shows=QUOTED, code=2),
        case(f"no{FILE_NAME}.csv", shows=SEEN_FILE, code=2),
    ],
    "agreement compare": [
        case("ratings.csv", f"{HOSTILE_FILE}.csv", shows=SEEN_FILE),
        case("ratings.csv", "wrong.csv", shows=QUOTED, code=2),
    ],
    "agreement confusion": [
        case(shows=SEEN_COMMAND),
        case("--variable", "topics", shows=SEEN_COMMAND),
        case("--variable", "topics", "--cell", "raid,siege", shows=SEEN_COMMAND),
        case("--json", shows=ESCAPED),
        case("--round", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--variable", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--coders", f"x{HOSTILE},y", shows=SEEN_COMMAND, code=2),
    ],
    "agreement diagnose": [
        case("ratings.csv", shows=SEEN_COMMAND),
        case("ratings.csv", "--json", shows=ESCAPED),
        case("ratings.csv", "--code", f"x{HOSTILE}", shows=QUOTED, code=2),
    ],
    "agreement drift": [
        case(shows=SEEN_UNSEEN),
        case("--variable", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--coder", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--json", shows=ESCAPED),
    ],
    "agreement intra": [
        case(shows=SEEN_COMMAND, code=1),
        case("--round", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "agreement plan": [
        case(f"{HOSTILE_FILE}.csv", "--lower", "0.8", shows=SEEN_FILE),
        case(f"no{FILE_NAME}.csv", shows=SEEN_FILE, code=2),
    ],
    "desk": [
        case("--lead", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
        case("--lead", "lina", shows="needs a terminal", code=2),
    ],
    "review": [
        case(
            "--lead",
            "lina",
            "--plain",
            shows=SEEN_COMMAND,
            typed=(
                *(".text", ".words", ".codebook", ".code raid", f".code {HOSTILE}", f"{HOSTILE}"),
                *(".all", ".queue", f".queue {HOSTILE}", f".queue topics {HOSTILE},x"),
                *(f".queue unanimous {HOSTILE}", ".agreed", "", f".edit {HOSTILE}", ".edit a"),
                *(f"zz{HOSTILE}", ".list", ".submit", ".quit", "", "1a", "", "a", f"s {HOSTILE}"),
                *(".back", ".undo", ".redo", ".back", f".send a {HOSTILE}", ".pass"),
                *(".queue sent-back", ".next", ".quit"),
            ),
        ),
        case("--lead", "lina", "--only", "flagged", "--plain", shows=SEEN_COMMAND),
        case(
            *("--lead", "lina", "--variable", f"x{HOSTILE}", "--plain"), shows=SEEN_COMMAND, code=2
        ),
        case(
            *("--lead", "lina", "--variable", "topics", "--pair", f"raid,x{HOSTILE}", "--plain"),
            shows=SEEN_COMMAND,
            code=2,
        ),
        case("--lead", "lina", "--pair", f"x{HOSTILE}", "--plain", shows=SEEN_COMMAND, code=2),
        case("--lead", "lina", "--only", f"x{HOSTILE}", "--plain", shows=QUOTED, code=2),
        case("--lead", f"x{HOSTILE}", "--plain", shows=SEEN_COMMAND, code=2),
    ],
    "codings export": [
        case("-", shows=ESCAPED),
        case(f"out{FILE_NAME}.jsonl", shows=SEEN_FILE),
        case(f"no{FILE_NAME}/out.jsonl", shows=SEEN_FILE, code=2),
    ],
    "codings import": [
        case("wrong.jsonl", shows="\\u202a\\u202b", code=2),
        case(f"no{FILE_NAME}.jsonl", shows=SEEN_FILE, code=2),
    ],
    "export": [
        case("--to", f"to{NAME}", shows=SEEN_COMMAND),
        case("--to", f"blocked{FILE_NAME}", shows=SEEN_FILE, code=2),
        case("--round", f"x{HOSTILE}", shows=SEEN_COMMAND, code=2),
    ],
    "verify": [case(shows=SEEN_COMMAND)],
    "backup": [
        case(f"copy{NAME}.db", shows=SEEN_COMMAND),
        case(f"copy{FILE_NAME}.db", shows="is no text in UTF-8", code=2),
        case(f"blocked{FILE_NAME}", shows=SEEN_FILE, code=2),
    ],
}
"""For every command what hostile text does to it; `shows` proves that it was there to be shown."""

WRONG_USE = [
    (f"x{HOSTILE}",),
    ("status", f"--x{HOSTILE}"),
    ("round", f"x{HOSTILE}"),
    ("round", "new", "x", "--order", f"x{HOSTILE}"),
    ("agreement", "ratings.csv", "--level", f"x{HOSTILE}"),
]


def _ratings(path: Path) -> None:
    values = [f"{letter}{CELL}" for letter in "xyz"]
    rows = [f"u{n}{CELL},{values[n % 3]},{values[n % 3 if n % 5 else 0]}" for n in range(30)]
    path.write_text("\n".join([f"unit,ann{CELL},bob{CELL}", *rows]))


def _write_files(folder: Path) -> None:
    """Everything the cases name, in the folder they run in."""
    (folder / "reports").mkdir()
    report = f"Shells{HOSTILE} killed five people in Tal Amrit.\n\nA raid{HOSTILE} wounded two.\n"
    (folder / "reports" / f"{HOSTILE_FILE}.txt").write_text(f"# Head{HOSTILE}\n\n{report}")
    (folder / "reports" / f"{HOSTILE_FILE}.exe{NAME}").write_text(report)
    (folder / "reports" / f"bad{FILE_NAME}.jsonl").write_text(f'{{"{MARK}": \n')
    (folder / "reports" / "lines.jsonl").write_text(
        json.dumps({"text": f"A man was killed.\ud800{HOSTILE}", "title": f"T{HOSTILE}\udfff"})
    )
    (folder / "reports" / "table.csv").write_text(f'text,title{NAME}\n"{report}",b\n')
    (folder / f"blocked{FILE_NAME}").write_text("here is a file")
    (folder / "next.yaml").write_text(codebook("1.1.0").replace("Raid", "Attack"))
    (folder / "old.yaml").write_text(codebook())
    wrong = codebook().replace("in: passage", "in: 'pass\u202eage'").replace("key: k", "key: kk")
    (folder / "wrong.yaml").write_text(wrong)
    (folder / "control.yaml").write_text(f"codebook: x\ntitle: a\x1b[{MARK}m\n")
    (folder / "examples.yaml").write_text(
        f"codebook: checked\nexamples:\n- id: 'A{UNSEEN}'\n  text: 'A man{UNSEEN}'\n"
        f"  coding: {{remark: 'x{UNSEEN}', topics: ['as{UNSEEN}']}}\n"
    )
    for name in ("ratings", HOSTILE_FILE):
        _ratings(folder / f"{name}.csv")
    (folder / "wrong.csv").write_text(f"unit,ann{CELL},ann{CELL}\nu,a,b\n")
    (folder / "spans.csv").write_text(
        f"coder,code,start,end\nann{CELL},x{CELL},1,9\nbob{CELL},x{CELL},2,9\nbob{CELL},y,12,20\n"
        f"ann{CELL},y,12,22\n"
    )
    (folder / "listed.csv").write_text(f"report,passage\nx{CELL},1\n")
    (folder / "wrong_spans.csv").write_text(f"coder,code,start,end\nann,x,{CELL},9\n")
    wrong_lines = (
        {"report": f"x{UNSEEN}", "passage": 1, "coder": "x", "coding": {}},
        {"report": "x", "passage": 1, "coder": f"x{UNSEEN}", "coding": {f"q{UNSEEN}": 1}},
        {"report": "x\ud800", "passage": 1, "coder": f"x{HOSTILE}", "coding": {}},
    )
    (folder / "wrong.jsonl").write_text("\n".join(map(json.dumps, wrong_lines)))
    (folder / f"config{FILE_NAME}.toml").write_text(
        f"coder = {json.dumps(f'x{NAME}')}\nproject = {json.dumps(f'/x{NAME}')}\n"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with open_project(training_project(folder / "trained.db")) as project:
        Trainee(project, f"amal{NAME}").answer(wrong)
    return make_hostile_project(folder / "hostile.db")


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder full of hostile files, where the commands run."""
    _write_files(tmp_path)
    shutil.copy(made, tmp_path / PROJECT)
    shutil.copy(made.with_name("trained.db"), tmp_path / "trained.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_PROJECT", PROJECT)
    monkeypatch.setenv("COLUMNS", "800")
    return tmp_path


Run = Callable[..., tuple[int, bytes]]


@pytest.fixture
def on_pty(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with its output on a pseudo-terminal: its exit code, and the bytes sent."""

    def call(*arguments: str, typed: tuple[str, ...] = ()) -> tuple[int, bytes]:
        reader, writer = pty.openpty()
        sent = bytearray()

        def drain() -> None:
            while True:
                try:
                    chunk = os.read(reader, 65536)
                except OSError:  # the other end is closed
                    return
                sent.extend(chunk)

        thread = threading.Thread(target=drain)
        thread.start()
        lines = "".join(f"{line}\n" for line in typed).encode("utf-8", "surrogateescape")
        with monkeypatch.context() as patch, os.fdopen(writer, "wb", buffering=0) as raw:
            out, err = (
                io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", write_through=True)
                for _ in range(2)
            )
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run(list(arguments))
            for stream in (out, err):
                stream.flush()
                stream.detach().detach()
        thread.join()
        os.close(reader)
        return code, bytes(sent)

    return call


def test_every_command_has_cases() -> None:
    assert set(CASES) == {" ".join(path) for path, _ in commands()}


ALL = [(name, one) for name, cases in CASES.items() for one in cases]


@pytest.mark.parametrize(
    ("name", "one"), ALL, ids=[f"{name} {number}" for number, (name, _) in enumerate(ALL)]
)
def test_no_command_sends_hostile_text_as_it_is(
    name: str, one: Case, folder: Path, on_pty: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name.startswith(("config", "tutorial")):
        monkeypatch.setenv("ANNOTATOR_CONFIG", str(folder / f"config{FILE_NAME}.toml"))
        monkeypatch.delenv("ANNOTATOR_PROJECT")
    code, sent = on_pty(*name.split(), *one.arguments, typed=one.typed)
    assert leaked(sent) == ""
    assert (code, one.shows in sent.decode()) == (one.code, True), sent.decode()[-3000:]


@pytest.mark.parametrize("arguments", WRONG_USE, ids=range(len(WRONG_USE)))
@pytest.mark.usefixtures("folder")
def test_wrong_use_is_told_without_repeating_it_raw(
    arguments: tuple[str, ...], on_pty: Run
) -> None:
    code, sent = on_pty(*arguments)
    assert leaked(sent) == ""
    assert (code, MARK in sent.decode()) == (2, True), sent.decode()
