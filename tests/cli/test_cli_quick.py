"""The short way to the coding screen must never understand a line otherwise than Typer does."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.cli.quick import Wanted, coding_wanted
from annotator.cli.run import run

WORDS = st.sampled_from(
    [
        "--coder", "--coder=amal", "--coder=", "amal", "lina", "--round", "-r", "main", "-rmain",
        "--round=pilot", "--project", "-p", "a.db", "--project=b.db", "-pb.db", "--plain", "--help",
        "-x", "--", "code", "", "--coder=a=b", "-r=main", "--proj", "ا",
    ]
)  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Wanted]:
    """What Typer asked the screen to open."""
    asked: list[Wanted] = []
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
        assert opened == [wanted]


def test_names_and_the_project_of_the_environment_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    line = ["code", "--coder", "amal", "-r", "main"]
    assert coding_wanted(line) == Wanted("amal", "main", "annotator.db")
    monkeypatch.setenv("ANNOTATOR_PROJECT", "aleppo.db")
    assert coding_wanted(line) == Wanted("amal", "main", "aleppo.db")
    assert coding_wanted([*line, "--project=other.db"]) == Wanted("amal", "main", "other.db")


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["review", "--coder", "amal"],
        ["code"],
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
