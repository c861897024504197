"""Sitting coders down at a project that nobody has opened a round in."""

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store.assignments import counters
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from annotator.work import start
from projects import LIGHT, make_project


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return make_project(tmp_path / "fresh.db", LIGHT)


FIRST_DESK = """
import sys
from annotator.store.project import open_project
from annotator.work.start import desk_for
with open_project(sys.argv[1]) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    desk_for(project, None, sys.argv[2])
"""


def test_coders_who_start_a_project_at_once_find_one_round(fresh: Path) -> None:
    names = ["amal", "badr", "cem"]
    coders = [
        subprocess.Popen(
            [sys.executable, "-c", FIRST_DESK, str(fresh), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for coder in coders:
        assert coder.stdout is not None
        assert coder.stdout.readline() == "ready\n"
    for coder in coders:
        assert coder.stdin is not None
        coder.stdin.write("\n")
        coder.stdin.flush()
    assert [coder.communicate()[1] for coder in coders] == ["", "", ""]
    with open_project(fresh) as project:
        [opened] = rounds(project)
        assert [row.coder for row in counters(project, opened.id)] == names


def test_the_first_round_is_opened_only_where_there_is_none(fresh: Path, monkeypatch) -> None:
    with open_project(fresh) as project:
        start.desk_for(project, None, "amal")
        # What another coder reads a moment before amal's round is there.
        monkeypatch.setattr(start, "rounds", lambda project: [])
        assert start.desk_for(project, None, "badr").coder == "badr"
        [opened] = rounds(project)
        assert opened.name == start.FIRST_ROUND
