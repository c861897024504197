"""Recorded keys replay through the session alone, as on the screen, within their budgets."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.coding.form import to_form
from annotator.coding.model import Coding
from annotator.work.session import CodingSession
from projects import LIGHT, ROOT, make_project, session_on
from recorded_keys import ONE_RAID, RECORDINGS, Recording, said
from replay import Replay
from screens import coding_screen
from terminal import Terminal

NAMED = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.name)


def replayed(recording: Recording, path: Path) -> tuple[int, Coding]:
    """How many keys a recording takes until the next passage is open, and what it submitted."""
    with session_on(make_project(path, recording.source, recording.passages)) as session:
        replay = Replay(session)
        replay.press(recording.before)
        begun, coded = replay.count, session.item.assignment_id
        done = replay.press(recording.keys)
        assert done.passage, "the last key has to submit"
        assert session.item.assignment_id != coded
        return replay.count - begun, submitted(session)


def submitted(session: CodingSession) -> Coding:
    session.step_passage(-1)
    assert session.item.submitted is not None
    return session.item.submitted


@NAMED
def test_a_recording_says_what_it_is_to_say_within_its_budget(
    recording: Recording, tmp_path: Path
) -> None:
    count, coding = replayed(recording, tmp_path / "replay.db")
    assert count == len(recording.keys.split())
    assert not recording.budget or count <= recording.budget
    found = said(to_form(coding))
    assert {name: found.get(name) for name in recording.says} == recording.says


def test_the_two_budgets_are_those_that_were_promised() -> None:
    budgets = {recording.name: recording.budget for recording in RECORDINGS}
    assert budgets["light codebook: one perpetrator, one cause"] == 3
    assert budgets["claims: one plain killing, with its words"] == 18


@pytest.mark.parametrize(
    "recording",
    [
        pytest.param(one, id=one.name, marks=pytest.mark.slow if "by hand" in one.name else ())
        for one in RECORDINGS
    ],
)
async def test_the_screen_does_with_the_keys_what_the_replay_does(
    recording: Recording, tmp_path: Path
) -> None:
    _, expected = replayed(recording, tmp_path / "replay.db")
    path = make_project(tmp_path / "screen.db", recording.source, recording.passages)
    async with coding_screen(path) as screen:
        await screen.press(recording.before)
        await screen.press(recording.keys)
    with session_on(path) as session:
        assert to_form(submitted(session)) == to_form(expected)


def test_the_paragraph_is_the_same_from_its_words_as_by_hand(tmp_path: Path) -> None:
    by_hand, from_words = (
        replayed(recording, tmp_path / f"{number}.db")[1]
        for number, recording in enumerate(RECORDINGS[-2:])
    )
    assert values(to_form(by_hand)) == values(to_form(from_words))


def values(form: Any) -> Any:
    """Plain data without ids, evidence and marks; records in an order of their own."""
    if isinstance(form, list):
        return sorted((values(item) for item in form), key=str)
    if not isinstance(form, dict):
        return form
    if "value" in form:
        return values(form["value"])
    apart = {"id", "evidence", "words"}
    return {name: values(value) for name, value in form.items() if name not in apart}


def test_a_replay_loads_no_textual() -> None:
    program = (
        f"import sys; sys.path[:0] = [{str(ROOT / 'tests' / 'support')!r}]; import replay; "
        "print([name for name in sys.modules if name.split('.')[0] == 'textual'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_key_that_does_nothing_or_is_refused_ends_a_replay(tmp_path: Path) -> None:
    recording = RECORDINGS[0]
    with session_on(
        make_project(tmp_path / "x.db", recording.source, recording.passages)
    ) as session:
        replay = Replay(session)
        with pytest.raises(AssertionError, match=r"key 1, \{, at Perpetrator"):
            replay.press("{")
        with pytest.raises(AssertionError, match="y does nothing at Perpetrator"):
            replay.press("y")


def test_a_key_that_needs_a_screen_ends_a_replay_by_the_name_of_its_action(tmp_path: Path) -> None:
    with (
        session_on(make_project(tmp_path / "x.db", LIGHT)) as session,
        pytest.raises(AssertionError, match=r"show\.palette cannot be replayed without a screen"),
    ):
        Replay(session).press(":")


def test_what_is_recorded_on_the_real_screen_is_a_recording_that_replays(tmp_path: Path) -> None:
    passages = tmp_path / "passages.txt"
    passages.write_text("\n".join(("The weather was cold.", *ONE_RAID)), encoding="utf-8")
    program = [sys.executable, str(ROOT / "bench" / "record.py"), "perpetrators", str(passages)]
    with Terminal([*program, "a raid"]) as terminal:
        terminal.wait_for("done 0/3")
        terminal.type("}", "r", "1", "enter")
        terminal.wait_for("done 1/3")
        terminal.press("Q")
        assert terminal.wait() == 0
        printed = terminal.sent.decode()
    recording = eval(printed[printed.index("Recording(") :], {"Recording": Recording})
    assert (recording.before, recording.keys) == ("}", "r 1 enter")
    assert recording.says["perpetrator"] == (["russia_air"], [])
    count, coding = replayed(recording, tmp_path / "replay.db")
    assert count == 3
    assert said(to_form(coding)) == recording.says
