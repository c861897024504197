"""Running commands inside the test process: fast, with what they print and their exit code."""

import io
import shutil
import sys
from pathlib import Path

import pytest
from cli_runs import SEED, Command, Done

from annotator.cli.run import run


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs `annotator` with some arguments in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str | Path, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = run([str(argument) for argument in arguments])
        return Done(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's project as two coders left it, made once; copy it before changing it."""
    from annotator.cli.demo_project import make_demo

    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, "demo.db", lambda *told: None)
    return folder


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demo's project, in the folder that commands run in."""
    return Path(shutil.copyfile(demo_folder / "demo.db", tmp_path / "annotator.db"))


@pytest.fixture
def seed(command: Command) -> Path:
    """A project with the real report and nothing coded, in the folder that commands run in."""
    assert command("init", "--codebook", "perpetrators").code == 0
    assert command("import", SEED).code == 0
    return Path("annotator.db")
