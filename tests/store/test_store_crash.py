import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from store_world import main_round, new_project

from annotator.store.codings import codings
from annotator.store.desk import Desk
from annotator.store.project import open_project
from annotator.store.verify import verify

KILLS = 10

CODER = """
import sys
sys.path.insert(0, {folder!r})
from store_world import coding_of
from annotator.store.desk import Desk
from annotator.store.project import open_project
project = open_project({path!r})
desk = Desk(project, {round!r}, "amal")
number = {start}
while True:
    at = desk.first_open() or desk.last()
    number += 1
    coding = coding_of({{"killed": str(number), "claim": [{{"cause": "mine"}}]}})
    desk.save(at, coding_of({{}}), coding, "x", str(number), 0.1)
    print("saved", at, number, flush=True)
    if number % 5 == 0:
        done = desk.submit(at, coding, str(number), 0.1)
        print("submitted", at, number, done.revision, flush=True)
"""


def test_what_was_said_to_be_saved_survives_being_killed(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with new_project(path, reports=3) as project:
        round_id = main_round(project, "amal").id
    choose, number = random.Random(3), 0
    for _ in range(KILLS):
        program = CODER.format(
            folder=str(Path(__file__).parent), path=str(path), round=round_id, start=number
        )
        coder = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert coder.stdout is not None
        said = [coder.stdout.readline()]
        time.sleep(choose.uniform(0.0, 0.15))
        os.kill(coder.pid, signal.SIGKILL)
        said += coder.stdout.read().splitlines(keepends=True)
        coder.wait()
        coder.stdout.close()
        told = [line.split() for line in said if line.endswith("\n")]
        assert told[0][0] == "saved"
        number = max(int(line[2]) for line in told)
        with open_project(path) as project:
            check(project, round_id, told)
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def check(project, round_id: str, told: list[list[str]]) -> None:
    assert verify(project) == []
    there = {(row.form["killed"], row.revision) for row in codings(project, which="all")}
    for kind, _, number, *revision in told:
        if kind == "submitted":
            assert (number, int(revision[0])) in there
    # One more may have been kept than was said: killed between the write and the word.
    kind, at, number, *_ = told[-1]
    desk = Desk(project, round_id, "amal")
    assert int(desk.place().focus) in (int(number), int(number) + 1)
    if kind == "saved":
        item = desk.item(int(at))
        kept = item.draft or item.submitted
        assert int(kept.answers["killed"].value.best) in (int(number), int(number) + 1)
