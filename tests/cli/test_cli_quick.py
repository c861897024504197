"""The short way to the coding screen must never understand a line otherwise than Typer does."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.cli.quick import Wanted, code_on_screen, coding_wanted
from annotator.cli.run import run

WORDS = st.sampled_from(
    [
        "--coder", "--coder=amal", "--coder=", "amal", "lina", "--round", "-r", "main", "-rmain",
        "--round=pilot", "--project", "-p", "a.db", "--project=b.db", "-pb.db", "--plain", "--help",
        "-x", "--", "code", "", "--coder=a=b", "-r=main", "--proj", "ا",
    ]
)  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Wanted]:
    """What Typer asked the screen to open; the config file names a coder and a project."""
    asked: list[Wanted] = []
    (tmp_path / "config.toml").write_text('coder = "samir"\nproject = "/x/mine.db"\n')
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr("annotator.cli.code.on_screen", lambda plain: True)
    monkeypatch.setattr(
        "annotator.cli.code.code_on_screen",
        lambda project, round_name, coder: asked.append(Wanted(coder, round_name, project)),
    )
    return asked


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=st.lists(WORDS, max_size=7))
def test_what_is_read_the_short_way_is_what_typer_reads(
    arguments: list[str], opened: list[Wanted]
) -> None:
    line = ["code", *arguments]
    wanted = coding_wanted(line)
    if wanted is not None:
        opened.clear()
        assert run(line) == 0
        coder, round_name, project = wanted
        assert opened == [Wanted(coder or "samir", round_name, project or "/x/mine.db")]


def test_names_are_read_and_what_is_not_named_is_left_open() -> None:
    line = ["code", "--coder", "amal", "-r", "main"]
    assert coding_wanted(line) == Wanted("amal", "main", None)
    assert coding_wanted([*line, "--project=other.db"]) == Wanted("amal", "main", "other.db")
    assert coding_wanted(["code"]) == Wanted(None, None, None)


def test_what_is_not_named_is_taken_from_the_environment_and_the_config_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("annotator.tui.app.run_coding", lambda *given: asked.append(given[:3]))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text('coder = "samir"\n')
    code_on_screen(None, None, None)
    (tmp_path / "config.toml").write_text('coder = "samir"\nproject = "/x/mine.db"\n')
    code_on_screen(None, "main", "amal")
    monkeypatch.setenv("ANNOTATOR_PROJECT", "aleppo.db")
    code_on_screen(None, "main", "amal")
    code_on_screen("other.db", "main", "amal")
    assert asked == [
        ("annotator.db", None, "samir"),
        ("/x/mine.db", "main", "amal"),
        ("aleppo.db", "main", "amal"),
        ("other.db", "main", "amal"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["review", "--coder", "amal"],
        ["code", "--coder"],
        ["code", "--coder", "--round"],
        ["code", "--coder", "amal", "--plain"],
        ["code", "--coder", "amal", "--coder", "lina"],
        ["code", "--coder", "amal", "more"],
        ["code", "--help"],
    ],
)
def test_everything_else_is_left_to_typer(line: list[str]) -> None:
    assert coding_wanted(line) is None
