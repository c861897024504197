"""Flags, skipping, notes, tags: on the command line, at plain prompts, and where leads see them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Command, Done

from annotator.cli.lines import Lines
from annotator.cli.plain import run_plain
from annotator.coding.skipping import SkipReason
from annotator.store.codings import codings
from annotator.store.project import open_project
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from annotator.work.work_clock import HABITS, Habits, WorkClock
from projects import Clock, session_on


def code(command: Command, *lines: str, coder: str = "amal") -> Done:
    done = command("code", "--coder", coder, "--plain", stdin="".join(f"{x}\n" for x in lines))
    assert done.code == 0, done.err
    return done


def status(command: Command) -> dict[str, Any]:
    (found,) = json.loads(command("status", "--json").out)["rounds"]
    return found


FILE = "aleppo-2016-12-21.txt"
TEXT_OF_2 = "The residents of the western neighborhoods"


# --- what the lead sees -----------------------------------------------------------------------


def test_status_lists_what_coders_flagged_and_skipped_with_their_reasons(
    command: Command, seed: Path
) -> None:
    code(command, ".flag", ".next", ".skip conflict my cousin is named")
    code(command, ".skip graphic", coder="basim")
    found = status(command)
    assert found["coders"] == [
        {"coder": "amal", "assigned": 5, "done": 0, "skipped": 1},
        {"coder": "basim", "assigned": 5, "done": 0, "skipped": 1},
    ]
    assert [
        (one["passage"], one["coder"], one["flagged"], one["skipped"], one["skip_note"])
        for one in found["marked"]
    ] == [
        (1, "amal", True, None, ""),
        (1, "basim", False, "graphic", ""),
        (2, "amal", False, "conflict", "my cousin is named"),
    ]
    shown = " ".join(command("status").out.split())
    assert "Flagged for the lead, or skipped:" in shown
    assert "conflict of interest:" in shown
    assert "my cousin" in shown
    rows = [line.split() for line in command("status").out.splitlines() if "amal" in line]
    assert rows[0] == ["main", "open", "amal", "0", "4", "1"]


def test_status_ranks_nobody_by_speed_and_shows_no_ones_notes_on_passages(
    command: Command, seed: Path
) -> None:
    code(command, ".remark a thought of mine", "- -", ".flag", ".submit")
    told = command("status").out + command("status", "--json").out
    assert "a thought of mine" not in told
    assert "second" not in told.lower()
    assert "per hour" not in told.lower()


def test_a_project_without_marks_lists_none(command: Command, seed: Path) -> None:
    code(command, "a")
    assert status(command)["marked"] == []
    assert "Flagged" not in command("status").out


# --- tags -------------------------------------------------------------------------------------


def test_a_tag_is_put_on_listed_and_taken_off(command: Command, seed: Path) -> None:
    said = command("passages", "tag", "graphic", f"{FILE}:2", f"{FILE}:3", f"{FILE}:2")
    assert said.out == "2 passages tagged as graphic.\n"
    listed = json.loads(command("passages", "--json").out)
    assert [one.get("tags") for one in listed] == [None, ["graphic"], ["graphic"], None, None]
    assert "graphic" in command("passages").out
    key = listed[1]["report"]
    again = command("passages", "tag", "graphic", f"{key}:2", f"{key}:4")
    assert again.out == "1 passage tagged as graphic, 1 left as they were.\n"
    off = command("passages", "tag", "graphic", f"{key}:2", f"{key}:3", f"{key}:4", "--remove")
    assert off.out == "3 passages no longer tagged as graphic.\n"
    assert "tags" not in json.loads(command("passages", "--json").out)[1]
    assert "Tags" not in command("passages").out
    assert command("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["graphic", "report.txt"], "report.txt names no passage; write REPORT:NUMBER"),
        (["graphic", "report.txt:two"], "report.txt:two names no passage"),
        (["graphic", "other.txt:1"], "No report comes from a file named other.txt"),
        (["graphic", f"{FILE}:9"], "There is no passage 9 of a report"),
        (["sad", f"{FILE}:1"], "Invalid value for 'TAG'"),
    ],
)
def test_a_wrong_tag_or_passage_is_one_sentence_and_changes_nothing(
    command: Command, seed: Path, arguments: list[str], says: str
) -> None:
    done = command("passages", "tag", *arguments)
    assert done.code == 2
    assert done.sentence.startswith(says)
    assert not any("tags" in one for one in json.loads(command("passages", "--json").out))


# --- at plain prompts -------------------------------------------------------------------------


def test_a_passage_is_skipped_and_taken_back_in_lines(command: Command, seed: Path) -> None:
    asked = code(command, ".skip", ".skip nonsense").out
    for reason in SkipReason:
        assert f".skip {reason} ({reason.words})" in asked
    said = code(command, ".skip other not today", ".prev", ".skip").out
    assert "Skipped (other)" in said
    assert "Passage 2 of 5" in said
    assert "0 of 5 passages are coded, 1 skipped." in said
    assert "You skipped this passage (other: not today)." in said
    assert "Yours again" in said
    assert status(command)["coders"][0]["skipped"] == 0
    assert "Passage 1 of 5" in code(command, ".undo", ".undo").out


def test_skipping_the_last_open_passage_ends_the_session(command: Command, seed: Path) -> None:
    done = code(command, *[".skip unreadable"] * 5, "this line is not asked for")
    assert "Every passage is coded or skipped." in done.out
    assert "not asked for" not in done.out
    assert "Every passage is coded or skipped; you may look" in code(command, ".quit").out


def test_what_is_submitted_is_not_skipped_in_lines(command: Command, seed: Path) -> None:
    said = code(command, "- -", ".submit", ".prev", ".skip graphic").out
    assert "This passage is submitted; flag it" in said


def test_a_remark_and_a_flag_are_told_at_each_visit(command: Command, seed: Path) -> None:
    said = code(command, ".remark one event or two?", ".flag", ".next", ".prev").out
    assert "Note on the passage: one event or two?" in said
    assert "Flagged: the lead will look at it." in said
    assert said.count("You flagged this passage for the lead.") == 1
    code(command, "- -", ".submit")
    with open_project(seed, read_only=True) as project:
        (row,) = codings(project)
        assert row.form["note"] == "one event or two?"
    assert "Note on the passage: none" in code(command, ".prev", ".remark").out


def test_notes_of_several_lines_are_told_on_one(command: Command, seed: Path) -> None:
    with session_on(seed) as session:
        session.pick(session.row.codes[0])
        session.set_note("said twice,\nby one source")
        session.set_passage_note("one event\n\nor two?")
    said = code(command, ".list").out
    assert "Note on the passage: one event or two?\n" in said
    assert "note: said twice, by one source\n" in said


def test_recent_codes_and_the_last_answer_are_at_hand_in_lines(
    command: Command, seed: Path
) -> None:
    said = code(command, ".recent", ".again", "a r", "-", ".submit", ".recent", ".recent 2").out
    assert "You have picked no code for Perpetrator yet." in said
    assert "You have not answered Perpetrator elsewhere yet." in said
    assert "  1  Russian air strikes (russia_air)" in said
    assert "  2  Regime air strikes (regime_air)" in said
    again = code(command, ".go 1", ".clear", ".again", "-", ".submit").out
    assert "Perpetrator: Regime air strikes, Russian air strikes, as last time" in again
    with open_project(seed, read_only=True) as project:
        forms = [row.form["perpetrator"] for row in codings(project)]
    assert forms == [["regime_air", "russia_air"]] * 2


def test_a_pause_lasts_until_an_empty_line_and_takes_no_time(seed: Path) -> None:
    clock = Clock()

    class Typed(io.StringIO):
        def readline(self, *_: Any) -> str:
            clock.now += 20
            return super().readline()

    with open_project(seed) as project:
        session = CodingSession(desk_for(project, None, "amal"), clock)
        heard = io.StringIO()
        run_plain(session, Lines(Typed("a\n.pause\nr\n\nm\n"), heard))
        assert heard.getvalue().count("Paused: no time counts.") == 2
        assert session.coding.answers["perpetrator"].value == ("regime_air", "regime_gunmen")
        # Reading before a, before .pause and before m, and at the end.
        assert session.item.draft_seconds == 0
        assert CodingSession(desk_for(project, None, "amal")).item.draft_seconds == 80


def test_a_break_is_proposed_once_in_lines(seed: Path) -> None:
    clock = Clock()

    class Typed(io.StringIO):
        def readline(self, *_: Any) -> str:
            clock.now += 50
            return super().readline()

    with open_project(seed) as project:
        habits = HABITS._replace(break_after_minutes=3)
        session = CodingSession(desk_for(project, None, "amal"), clock, habits)
        heard = io.StringIO()
        run_plain(session, Lines(Typed("a\nr\na\nr\na\nr\n"), heard))
    assert heard.getvalue().count("minutes of work without a rest") == 1


def test_a_graphic_passage_is_covered_in_lines_until_an_empty_one(
    command: Command, seed: Path
) -> None:
    command("passages", "tag", "graphic", f"{FILE}:2")
    said = code(command, ".next", "a", ".text", ".list", '"residents"', ".codes").out
    assert TEXT_OF_2 not in said
    assert "Headline: " in said.split("Passage 2 of 5")[0]
    assert "Headline: " not in said.split("Passage 2 of 5")[1]
    assert said.count("The lead tagged this passage as graphic") == 6
    shown = code(command, "", "a").out
    assert TEXT_OF_2 in shown
    assert "Perpetrator: Regime air strikes" in shown
    assert TEXT_OF_2 in code(command, ".show").out
    back = code(command, ".flag", ".skip graphic").out
    assert TEXT_OF_2 not in back
    assert "Passage 3 of 5" in back


def test_the_config_file_says_when_a_break_is_proposed_and_what_a_pause_is(
    command: Command, seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "mine.toml"
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(config))
    heard: list[Habits] = []

    class Listening(WorkClock):
        def __init__(self, habits: Habits, clock: Callable[[], float]) -> None:
            heard.append(habits)
            super().__init__(habits, clock)

    monkeypatch.setattr("annotator.work.sitting.WorkClock", Listening)
    config.write_text("break_after_minutes = 20\npause_after_minutes = 0\nlongest_pause = 30\n")
    code(command, ".quit")
    assert heard == [Habits(30, 20, 0)]
    config.write_text("break_after_minutes = 601\n")
    done = command("code", "--coder", "amal", "--plain")
    assert done.code == 2
    assert "break_after_minutes" in done.sentence
