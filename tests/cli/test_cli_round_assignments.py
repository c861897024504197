"""Giving, taking back and adding passages from the command line, in a round under way."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Command

from annotator.store.project import open_project
from annotator.store.verify import verify

PASSAGES = 24


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """The round of these tests, once it was made."""
    return {}


@pytest.fixture
def main(command: Command, tmp_path: Path, kept: dict[str, bytes]) -> Path:
    """A round of 24 passages by three coders, a quarter of them by two."""
    path = tmp_path / "annotator.db"
    if not kept:
        lines = [f"Shells killed {number + 2} people in a village." for number in range(PASSAGES)]
        (tmp_path / "reports.csv").write_text("\n".join(["text", *lines]), encoding="utf-8")
        assert command("init", "--codebook", "perpetrators").code == 0
        assert command("import", "reports.csv").code == 0
        coders = ("--coders", "amal,badr,chadia", "--double", "0.25", "--near-duplicates", "apart")
        assert command("round", "new", "main", *coders).code == 0
        kept["main"] = path.read_bytes()
    path.write_bytes(kept["main"])
    return path


def has(path: Path) -> dict[str, set[tuple[int, int]]]:
    """Report and number of the passages that each coder has."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    with closing(sqlite3.connect(path)) as raw:
        for coder, passage, number in raw.execute(
            "SELECT coder, report_id, number FROM assignment JOIN passage "
            "ON passage.id = passage_id WHERE withdrawn = 0"
        ):
            found[coder].add((passage, number))
    return found


def coded(path: Path) -> Counter[tuple[int, int]]:
    """How many coders have each passage."""
    return Counter(place for places in has(path).values() for place in places)


def code(command: Command, coder: str, *answers: str) -> None:
    """Submit passages, each with a perpetrator, by its key."""
    script = "".join(f"{answer} 3\n\n\n\n\n" for answer in answers)
    done = command("code", "--coder", coder, "--plain", stdin=f"{script}.quit\n")
    assert done.code == 0, done.err


def long_ago(path: Path, days: int) -> None:
    """Let all that was done so far have been done some days ago."""
    moment = f"strftime('%Y-%m-%d %H:%M:%f', {{0}}, '-{days} days') || '000'"
    with closing(sqlite3.connect(path)) as raw, raw:
        listed = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = listed.fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for column in ("event.at", "coding.submitted_at", "draft.updated_at"):
            table, _, name = column.partition(".")
            raw.execute(f"UPDATE {table} SET {name} = {moment.format(name)}")
        for _, sql in triggers:
            raw.execute(sql)


def holds(path: Path) -> None:
    with open_project(path) as project:
        assert verify(project) == []


def as_json(done: Any) -> Any:
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_a_late_coder_gets_a_fair_share_and_the_round_has_no_coding_more(command, main) -> None:
    before, wanted = has(main), coded(main)
    dry = command("round", "assign", "main", "--coder", "dana", "--dry-run")
    assert has(main) == before
    done = command("round", "assign", "main", "--coder", "dana")
    assert done.out == dry.out.replace("would be given", "given").replace(
        " Nothing was changed.", ""
    )
    assert done.out == (
        "Round main: 8 passages given to dana, all taken from amal (2), badr (3) and chadia (3).\n"
    )
    assert coded(main) == wanted
    assert sorted(len(places) for places in has(main).values()) == [7, 7, 8, 8]
    assert command("code", "--coder", "dana", "--plain", stdin=".quit\n").code == 0
    holds(main)


def test_what_idle_coders_left_goes_to_a_late_one_and_each_passage_has_its_coders(
    command, main
) -> None:
    wanted = coded(main)
    code(command, "amal", "a", "i")
    long_ago(main, 20)
    code(command, "badr", "i")
    done = command("round", "unlock", "main", "--idle", "15")
    assert done.out == (
        "Round main: 18 passages taken back from amal (8) and chadia (10).\n"
        "Next: annotator round assign main --coder NAME\n"
    )
    assert len(has(main)["amal"]) == 2
    assert coded(main).total() == wanted.total() - 18
    given = as_json(command("round", "assign", "main", "--coder", "dana", "--json"))["moves"]
    assert {move["from"] for move in given} == {None}
    more = ("round", "assign", "main", "--coder", "farid", "--passages", "40")
    rest = command(*more)
    assert rest.code == 0
    assert "There is no more to give farid: 40 were asked for." in rest.out
    assert coded(main) == wanted
    with closing(sqlite3.connect(main)) as raw:
        assert raw.execute("SELECT count(*) FROM coding").fetchone() == (3,)


def test_a_coder_who_left_hands_over_all_but_what_they_submitted(command, main) -> None:
    wanted = coded(main)
    code(command, "amal", "i")
    typed = "i\n.quit\n"
    assert command("code", "--coder", "amal", "--plain", stdin=typed).code == 0
    busy = command("round", "assign", "main", "--from", "amal", "--to", "dana", "--idle", "3")
    assert (busy.code, "nothing was moved" in busy.sentence) == (1, True)
    done = command("round", "assign", "main", "--from", "amal", "--to", "dana")
    assert done.out == "Round main: 9 passages given to dana, all taken from amal.\n"
    assert coded(main) == wanted
    nothing = command("round", "assign", "main", "--from", "amal", "--to", "dana")
    assert (nothing.code, nothing.sentence) == (
        1,
        "amal has nothing in the round main that is not submitted; nothing was changed.",
    )
    back = command("round", "assign", "main", "--from", "dana", "--to", "amal")
    assert back.code == 0
    with closing(sqlite3.connect(main)) as raw:
        drafts = raw.execute(
            "SELECT withdrawn, content FROM draft JOIN assignment ON id = assignment_id"
        ).fetchall()
    assert [(withdrawn, "isis" in content) for withdrawn, content in drafts] == [(0, True)]
    holds(main)


def test_what_the_other_has_already_is_only_taken_back(command, main) -> None:
    shared = has(main)["amal"] & has(main)["badr"]
    done = command("round", "assign", "main", "--from", "amal", "--to", "badr", "--json")
    moves = as_json(done)["moves"]
    assert sum(move["to"] is None for move in moves) == len(shared) > 0
    assert len(moves) == 10
    assert has(main)["amal"] == set()


def test_a_list_says_just_which_passages(command, main, tmp_path) -> None:
    everything = as_json(command("passages", "--json"))
    (tmp_path / "some.json").write_text(json.dumps(everything[:3]), encoding="utf-8")
    own = len(has(main).get("dana", ()))
    listed = ("round", "assign", "main", "--coder", "dana", "--list", "some.json")
    assert command(*listed).out == "Round main: 3 passages given to dana.\n"
    assert len(has(main)["dana"]) == own + 3
    again = command(*listed)
    assert (again.code, "has all passages of the list" in again.sentence) == (1, True)


def test_top_up_gives_one_coder_more_to_passages_that_have_one(command, main) -> None:
    before = coded(main)
    all_there = command("round", "top-up", "main", "--add", "500", "--dry-run")
    assert all_there.out.endswith("\nThat is all: there is nobody to code 500.\n")
    done = command("round", "top-up", "main", "--add", "6")
    assert re.fullmatch(r"Round main: 6 passages given to amal \(\d\), .* and .*\.\n", done.out)
    more = coded(main) - before
    assert set(more.values()) == {1}
    assert {before[place] for place in more} == {1}
    holds(main)


def test_top_up_goes_where_coders_disagree_and_to_none_who_has_it(command, main) -> None:
    two = {place for place, coders in coded(main).items() if coders == 2}
    nothing = ("round", "top-up", "main", "--where-disagree", "--codings", "3")
    assert command(*nothing).sentence == (
        "Coders differ on no passage of the round main that is not settled; nothing was changed."
    )
    for coder, answer in (("amal", "i"), ("badr", "k"), ("chadia", "a")):
        code(command, coder, *(answer for _ in has(main)[coder]))
    before = coded(main)
    many = command(*nothing[:-1], "9", "--dry-run")
    assert many.out.endswith("\nThe round has 3 coders, fewer than 9.\n")
    done = command("round", "top-up", "main", "--where-disagree", "--codings", "3")
    assert done.code == 0, done.err
    assert "fewer" not in done.out
    assert set(coded(main) - before) == two
    assert all(coded(main)[place] == 3 for place in two)
    again = command(*nothing)
    assert (again.code, "No coder of the round main is left" in again.sentence) == (1, True)
    shown = command("code", "--coder", "chadia", "--plain", stdin=".quit\n").out
    assert not {"amal", "badr", "disagree", "again"} & set(shown.replace(",", " ").split())
    holds(main)


def test_a_round_is_closed_and_opened_again(command, main) -> None:
    assert command("round", "close", "main", "--dry-run").out == (
        "Round main would be closed; 30 passages still wait for coders. Nothing was changed.\n"
    )
    assert command("round", "close", "main").out == (
        "Round main is closed; 30 passages still wait for coders.\n"
    )
    twice = command("round", "close", "main")
    assert (twice.code, twice.sentence) == (
        1,
        "The round main is closed already; nothing was changed.",
    )
    for refused in (
        ("assign", "main", "--coder", "dana"),
        ("assign", "main", "--from", "amal", "--to", "dana", "--dry-run"),
        ("unlock", "main"),
        ("top-up", "main", "--add", "3"),
    ):
        done = command("round", *refused)
        assert (done.code, "annotator round reopen main" in done.sentence) == (2, True)
    assert as_json(command("round", "reopen", "main", "--json")) == {
        "round": "main",
        "done": True,
        "state": "open",
        "open": 30,
    }
    holds(main)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "sentence"),
    [
        (("assign", "main"), 2, "Give --coder, for a fair share or a list, or --from and --to."),
        (("assign", "main", "--from", "amal"), 2, "or --from and --to"),
        (("assign", "main", "--coder", "amal", "--to", "badr"), 2, "or --from and --to"),
        (("assign", "main", "--from", "zoe", "--to", "badr"), 2, "amal, badr, chadia"),
        (("assign", "main", "--from", "amal", "--to", "amal"), 2, "name another with --to"),
        (("assign", "main", "--from", "amal", "--to", "x", "--passages", "3"), 2, "--passages"),
        (("assign", "main", "--coder", "amal", "--idle", "3"), 2, "--idle goes with --from"),
        (("assign", "main", "--coder", "x", "--passages", "3", "--list", "y"), 2, "not both"),
        (("assign", "main", "--coder", "Amal"), 2, "by capital letters alone"),
        (("assign", "main", "--coder", "Amal", "--dry-run"), 2, "by capital letters alone"),
        (("assign", "other", "--coder", "amal"), 2, "no round named other"),
        (("assign", "main", "--coder", "amal"), 1, "lacks a coder"),
        (("unlock", "main"), 1, "waits for any coder who was idle for 14 days"),
        (("unlock", "main", "--coder", "zoe"), 2, "zoe is no coder of the round main"),
        (("top-up", "main"), 2, "Give --add N, --repeats, or --where-disagree with --codings K."),
        (("top-up", "main", "--where-disagree"), 2, "Give --add N"),
        (("top-up", "main", "--add", "3", "--codings", "3"), 2, "Give --add N"),
        (("reopen", "main"), 1, "open already"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    command, main, arguments, exit_code, sentence
) -> None:
    before = main.read_bytes()
    done = command("round", *arguments)
    assert (done.code, sentence in done.sentence) == (exit_code, True), done.err
    assert main.read_bytes() == before
