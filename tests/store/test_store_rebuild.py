import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import coding_of, draft_of, main_round, new_project, source_of

from annotator.coding.skipping import SkipReason
from annotator.store.adjudications import adjudicate
from annotator.store.assignments import assign
from annotator.store.codings import NewCoding, add_codings, log_export
from annotator.store.corpus import import_reports, iter_passages
from annotator.store.desk import Desk
from annotator.store.project import Project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import close_round, open_round, rounds
from annotator.store.tags import tag_passages
from annotator.store.verify import verify


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {table: sorted(raw.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def tamper(project: Project, statement: str) -> None:
    """Change a project as somebody would who goes around the program."""
    project.close()
    with closing(sqlite3.connect(project.path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        listed = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = listed.fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        for _, sql in triggers:
            raw.execute(sql)
        raw.commit()


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "perpetrator": st.lists(st.sampled_from(["army", "militia", "isis"]), unique=True),
        "killed": st.sampled_from(["9", "~30", "12+", "<=40", "10-15", "12 (12-20)", "v12"]),
        "day": st.sampled_from(["2016-12-21", "2016-12", "2016"]),
        "remark": st.fixed_dictionaries(
            {"value": st.sampled_from(["why", "«كيف»"]), "evidence": st.just("shells")}
        ),
        "claim": st.lists(
            st.fixed_dictionaries(
                {
                    "cause": st.sampled_from(
                        [
                            "mine",
                            {"value": "mine", "inferred": True},
                            {"value": "mine", "candidate": True},
                        ]
                    )
                },
                optional={"victims": st.just("3+")},
            ),
            max_size=3,
        ),
        "note": st.sampled_from(["read it again", "«كذا»"]),
        "overrides": st.lists(
            st.fixed_dictionaries(
                {
                    "check": st.sampled_from(["W1", "I1"]),
                    "record": st.just(""),
                    "reason": st.sampled_from(["the text says so", "«كذا»"]),
                }
            ),
            max_size=2,
            unique_by=lambda one: one["check"],
        ),
    },
)
COMMANDS = st.one_of(
    st.tuples(st.just("submit"), st.sampled_from(["amal", "badr"]), ANSWERS),
    st.tuples(st.just("revise"), st.sampled_from(["amal", "badr"]), ANSWERS),
    st.tuples(st.just("draft"), st.sampled_from(["amal", "badr"]), ANSWERS),
    st.tuples(st.just("undo"), st.sampled_from(["amal", "badr"])),
    st.tuples(st.just("redo"), st.sampled_from(["amal", "badr"])),
    st.tuples(st.just("flag"), st.sampled_from(["amal", "badr"]), st.booleans()),
    st.tuples(st.just("skip"), st.sampled_from(["amal", "badr"]), st.sampled_from(SkipReason)),
    st.tuples(st.just("take back"), st.sampled_from(["amal", "badr"]), st.integers(0, 3)),
    st.tuples(st.just("tag"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("add"), st.integers(0, 3), st.lists(ANSWERS, max_size=3)),
    st.tuples(st.just("settle"), st.integers(0, 3), ANSWERS),
    st.tuples(st.just("import"), st.integers(10, 99)),
    st.tuples(st.just("export")),
)


def carry_out(project: Project, round_id: str, command: tuple) -> None:
    kind, *rest = command
    passages = list(iter_passages(project))
    if kind in ("undo", "redo", "flag", "skip", "take back"):
        desk = Desk(project, round_id, rest[0])
        at = desk.first_open()
        if kind == "undo":
            desk.undo()
        elif kind == "redo":
            desk.redo()
        elif kind == "flag":
            desk.flag(desk.last(), "", flagged=rest[1])
        elif kind == "take back":
            given_back = desk.last()
            for _ in range(rest[1]):
                given_back = desk.neighbour(given_back, -1)
            desk.take_back(given_back, "")
        elif at is not None:
            desk.skip(at, rest[1], "«كذا»")
    elif kind == "tag":
        one = passages[rest[0]]
        place = (one.report_key, one.number)
        tag_passages(project, "graphic", [place], actor="lead", tagged=rest[1])
    elif kind in ("submit", "revise", "draft"):
        desk = Desk(project, round_id, rest[0])
        at = desk.first_open() if kind != "revise" else desk.last()
        if at is not None:
            item = desk.item(at)
            coding = coding_of(rest[1], item.text, item.start)
            if kind == "draft":
                desk.save(at, coding_of({}), coding, "x", "", 0.1)
            else:
                desk.submit(at, coding, "", 0.3)
    elif kind == "add":
        one = passages[rest[0]]
        codings = [coding_of(form, one.text, one.start) for form in rest[1]]
        new = [NewCoding(round_id, one.report_key, one.number, "chadia", c) for c in codings]
        add_codings(project, new, "lead")
    elif kind == "settle":
        one = passages[rest[0]]
        coding = coding_of(rest[1], one.text, one.start)
        adjudicate(project, round_id, one.report_key, one.number, "lead", coding, "new", "r", "")
    elif kind == "import":
        draft = draft_of(f"Report {rest[0]} of shells.\n\nMore shells.", f"{rest[0]}.txt")
        import_reports(project, source_of(draft), [draft], "lead")
        assign(project, round_id, "amal", "lead")
    else:
        log_export(project, "analyst", {"folder": "x"})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COMMANDS, min_size=4, max_size=16), st.sampled_from(["reading", "random"]))
def test_whatever_was_done_a_rebuild_gives_the_same_rows(commands: list[tuple], order: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        with new_project(path, passages=2) as project:
            round_id = main_round(project, "amal", "badr", order=order).id
            for command in commands:
                carry_out(project, round_id, command)
            close_round(project, round_id, "lead")
            assert verify(project) == []
            before = rows_of(path)
            rebuild(project)
            assert rows_of(path) == before
            assert verify(project) == []


@pytest.fixture
def coded(project: Project) -> Project:
    opened = main_round(project, "amal", "badr")
    for coder in ("amal", "badr"):
        desk = Desk(project, opened.id, coder)
        item = desk.item(desk.first_open())
        form = {
            "killed": {"value": "3", "evidence": "shells"},
            "claim": [{"id": "r1", "cause": {"value": "mine", "inferred": True}}],
            "overrides": [{"check": "W1", "record": "r1", "reason": "the text says so"}],
        }
        desk.submit(item.assignment_id, coding_of(form, item.text, item.start), "", 1.0)
        desk.flag(item.assignment_id, "", flagged=True)
        desk.skip(desk.first_open(), SkipReason.OTHER, "my cousin")
    first = next(iter_passages(project))
    tag_passages(project, "graphic", [(first.report_key, 1)], actor="lead")
    settled = coding_of({"killed": "3"})
    adjudicate(project, opened.id, first.report_key, 1, "lead", settled, "left", "because", "")
    open_round(
        project, name="two", purpose="pilot", order="random", seed=1, coders=["x"], actor="lead"
    )
    return project


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE event SET body = '{}' WHERE seq = 5", "its hash is wrong"),
        ("UPDATE event SET actor = 'x' WHERE seq = 5", "its hash is wrong"),
        ("DELETE FROM event WHERE seq = 5", "events 5 to 5 are missing"),
        ("UPDATE event SET prev = '' WHERE seq = 5", "does not follow"),
        ("UPDATE report SET text = replace(text, '3', '4')", "text of report .* hash is wrong"),
        ('UPDATE passage SET "end" = "end" - 1 WHERE id = 2', "Passage 2 of report .* is not"),
        ("DELETE FROM passage WHERE id = 2", "Passage 2 of report .* is missing"),
        ("DELETE FROM report WHERE id = 1", "Report .* is missing"),
        ("UPDATE codebook_version SET source = source || ' '", "codebook .* hash is wrong"),
        ("UPDATE event SET kind = 'exported' WHERE seq = 4", "was put in by no event"),
    ],
)
def test_what_was_changed_in_the_log_or_the_texts_is_found(coded, statement, sentence) -> None:
    assert verify(coded) == []
    tamper(coded, statement)
    problems = " ".join(verify(coded))
    assert re.search(sentence, problems), problems


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coding SET seconds = 99",
        "UPDATE coding SET latest = 0",
        "DELETE FROM answer WHERE variable = 'killed'",
        "UPDATE answer SET value = '4', best = 4",
        "UPDATE answer SET inferred = 1 - inferred",
        "UPDATE answer SET candidate = 1 - candidate",
        "UPDATE coding SET note = 'x'",
        "UPDATE assignment SET flagged = 0",
        "UPDATE assignment SET skipped = 'graphic' WHERE skipped = 'other'",
        "UPDATE assignment SET skip_note = 'x'",
        "UPDATE counter SET skipped = 0",
        "DELETE FROM passage_tag",
        "UPDATE evidence SET exact = 'x'",
        "UPDATE override SET reason = 'x'",
        "DELETE FROM override",
        "UPDATE record SET ord = 5",
        "UPDATE assignment SET done = 1",
        "UPDATE counter SET done = 6",
        "UPDATE adjudication SET reason = 'x'",
        "UPDATE round SET seed = 3",
        "UPDATE project SET name = 'x'",
    ],
)
def test_a_table_that_was_changed_is_found_and_rebuilt(coded: Project, statement: str) -> None:
    before = rows_of(coded.path)
    tamper(coded, statement)
    [problem] = verify(coded)
    assert "is not what the events say" in problem
    rebuild(coded)
    assert verify(coded) == []
    assert rows_of(coded.path) == before


def test_a_rebuild_keeps_drafts_with_their_passages(coded: Project) -> None:
    desk = Desk(coded, rounds(coded)[0].id, "badr")
    at = desk.first_open()
    desk.save(at, coding_of({}), coding_of({"killed": "7"}), "x", "here", 1.0)
    before = desk.item(at)
    tamper(coded, "UPDATE counter SET done = 6")
    rebuild(coded)
    assert desk.item(at) == before
    assert desk.place().assignment_id == at
