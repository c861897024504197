"""Nothing that a coder can reach depends on what anyone else does, or on how they are looked at.

Two projects are the same to a coder and differ in everything else: what others coded, flagged, gave
back and have in the making, who else has which passage, which passages have a known answer, what a
lead settled, took back and sent back, and how coders were assessed.
"""

import sys
from collections.abc import Callable
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import text
from store_world import coding_of, new_project

from annotator.cli.run import run
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudicate
from annotator.store.assignments import Move, give, move
from annotator.store.corpus import iter_passages
from annotator.store.desk import Desk
from annotator.store.known_answers import Answer
from annotator.store.project import Project, open_project
from annotator.store.rounds import open_round
from annotator.store.training import Training

CODER = "amal"


def make_world(path: Path, *, others: bool, purpose: str = "main") -> Path:
    """A project as it is to amal, with or without all the rest."""
    with new_project(path, reports=2, passages=3) as project:
        places = [(row.report_key, row.number) for row in iter_passages(project)]
        first, second, third, *rest = places
        mine = [(*place, 1) for place in (first, second, third, rest[0])]
        theirs = [*mine, (*first, 2)] if others else [(*rest[1], 1)]
        training = {"training": Training("examples", 0.8)} if purpose == "training" else {}
        known = [Answer(*first, {"killed": "9"}, "the trap")]
        if others and purpose != "training":
            known.append(Answer(*second, {"killed": "8"}, "another trap"))
        opened = open_round(
            project,
            name="main",
            purpose=purpose,
            order="reading",
            seed=7,
            coders=["amal", "badr", "chadia"],
            actor="lead",
            design={"codings": 3, "more": {"gold": [list(first)]}} if others else {"codings": 1},
            assignments={
                CODER: [*mine, (*first, 2)],
                "badr": theirs,
                "chadia": [(*rest[2], 1)],
            },
            known=known if others or purpose == "training" else (),
            **training,
        )
        own_work(project, opened.id)
        if others:
            work_of_others(project, opened.id, places)
    return path


def own_work(project: Project, round_id: str) -> None:
    desk = Desk(project, round_id, CODER)
    one, two, three, *_ = (row.assignment_id for row in desk.passages(0, 10))
    desk.submit(one, coding_of({"killed": "3"}), "", 1.0)
    desk.submit(one, coding_of({"killed": "4"}), "", 1.0)
    desk.save(one, coding_of({"killed": "4"}), coding_of({"killed": "5"}), "killed", "", 1.0)
    desk.flag(two, "", flagged=True)
    desk.save(two, coding_of({}), coding_of({"killed": "6"}), "killed", "", 1.0)
    desk.skip(three, SkipReason.LANGUAGE, "Kurdish")
    desk.set_place(two, "", 0.0)


def work_of_others(project: Project, round_id: str, places: list[tuple[str, int]]) -> None:
    desk = Desk(project, round_id, "badr")
    one, two, three, four, again = (row.assignment_id for row in desk.passages(0, 10))
    for at, killed in ((one, "7"), (two, "17"), (again, "27"), (two, "18")):
        desk.submit(at, coding_of({"killed": killed, "note": "badr"}), "", 1.0)
    desk.flag(one, "", flagged=True)
    desk.skip(three, SkipReason.OTHER, "my cousin")
    desk.save(four, coding_of({}), coding_of({"killed": "6"}), "killed", "badr", 1.0)
    lead = coding_of({"killed": "99"})
    for place in places[:2]:
        adjudicate(project, round_id, *place, "lead", lead, "new", "slip", "amal erred")
    give(project, round_id, "chadia", [(*place, 1) for place in places[:4]], "lead")
    back = [Move(*places[3], source="badr", target=""), Move(*places[2], source="chadia")]
    assert len(move(project, round_id, back, "lead", "idle")) == 2
    with project.writing() as connection:
        for statement in (
            "UPDATE assignment SET done = 0, sent_back = 'look again' "
            f"WHERE coder = 'badr' AND id = {one}",
            "INSERT INTO assessment SELECT max(id), max(round_id), 'amal', 0, '{}', "
            "max(submitted_at) FROM coding",
            "UPDATE said SET text = 'amal was wrong'",
            "INSERT INTO settlement_draft SELECT id, 2, 'lead', '{}', '', '', 1.0, opened_at "
            "FROM round",
        ):
            connection.execute(text(statement))


@cache
def world(*, others: bool) -> bytes:
    with TemporaryDirectory() as folder:
        return make_world(Path(folder) / "p.db", others=others).read_bytes()


@pytest.fixture
def worlds(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "without.db", tmp_path / "with.db"
    for path, others in zip(paths, (False, True), strict=True):
        path.write_bytes(world(others=others))
    return paths


def queue(desk: Desk) -> list[int]:
    return [row.assignment_id for row in desk.passages(0, 100)]


def asked(call: Callable[[], Any]) -> Any:
    """What a call gives back, or how it refuses."""
    try:
        return call()
    except AnnotatorError as error:
        return error.sentence


READING: dict[str, Callable[[Desk], Any]] = {
    "at_place": lambda desk: [desk.at_place(place) for place in range(7)],
    "changed": Desk.changed,
    "codebook": lambda desk: desk.codebook,
    "coder": lambda desk: desk.coder,
    "first_open": Desk.first_open,
    "item": lambda desk: [asked(lambda at=at: desk.item(at)) for at in range(20)],
    "known_answer": lambda desk: [asked(lambda at=at: desk.known_answer(at)) for at in range(20)],
    "last": Desk.last,
    "lessons": Desk.lessons,
    "neighbour": lambda desk: [
        asked(lambda at=at, step=step: desk.neighbour(at, step))
        for at in queue(desk)
        for step in (-1, 1)
    ],
    "next_open": lambda desk: [desk.next_open(after) for after in range(7)],
    "of_reports": lambda desk: [desk.of_reports("report", number, 9) for number in range(5)],
    "passages": lambda desk: [desk.passages(after, 9) for after in range(7)],
    "past_edits": lambda desk: list(islice(desk.past_edits(), 99)),
    "place": Desk.place,
    "progress": Desk.progress,
    "round": lambda desk: desk.round._replace(id="", opened_at=None),
    "training": lambda desk: desk.training,
}
"""What can be looked at, and all there is to see of it."""

CHANGING: dict[str, Callable[[Desk], Any]] = {
    "flag": lambda desk: desk.flag(queue(desk)[4], "", flagged=True),
    "record_assessment": lambda desk: asked(lambda: desk.record_assessment({"passed": True})),
    "redo": lambda desk: (desk.undo(), desk.redo()),
    "save": lambda desk: desk.save(
        queue(desk)[4], coding_of({}), coding_of({"killed": "2"}), "killed", "", 1.0
    ),
    "set_place": lambda desk: desk.set_place(queue(desk)[3], "there", 1.0),
    "skip": lambda desk: desk.skip(queue(desk)[4], SkipReason.OTHER, "no"),
    "submit": lambda desk: [
        desk.submit(at, coding_of({"killed": "1"}), "", 1.0) for at in queue(desk)
    ],
    "take_back": lambda desk: desk.take_back(queue(desk)[2], ""),
    "undo": lambda desk: [desk.undo() for _ in range(9)],
}


def seen(desk: Desk) -> dict[str, Any]:
    return {name: look(desk) for name, look in READING.items()}


def test_there_is_a_case_for_all_that_a_desk_can_do(worlds) -> None:
    with open_project(worlds[0]) as project:
        desk = desk_of(project)
        names = {name for name in (*dir(Desk), *vars(desk)) if not name.startswith("_")}
    assert names == {*READING, *CHANGING}


def desk_of(project: Project) -> Desk:
    with project.reading() as connection:
        round_id = connection.execute(text("SELECT id FROM round")).scalar_one()
    return Desk(project, round_id, CODER)


@pytest.mark.parametrize("change", [*CHANGING, ""])
def test_whatever_a_coder_does_and_sees_is_the_same_in_both_worlds(worlds, change: str) -> None:
    found = []
    for path in worlds:
        with open_project(path) as project:
            desk = desk_of(project)
            done = CHANGING[change](desk) if change else None
            found.append((done, seen(desk), seen(desk_of(project))))
    assert found[0] == found[1]


def test_in_training_a_coder_sees_their_own_answers_alone(tmp_path: Path) -> None:
    found = []
    for others in (False, True):
        path = make_world(tmp_path / f"{others}.db", others=others, purpose="training")
        with open_project(path) as project:
            found.append(seen(desk_of(project)))
    assert found[0] == found[1]
    [answer] = {str(one) for one in found[0]["known_answer"] if not isinstance(one, str)}
    assert "the trap" in answer


def test_a_passage_given_once_more_looks_like_one_never_seen(worlds) -> None:
    with open_project(worlds[1]) as project:
        desk = desk_of(project)
        one, *_, fresh, again = (desk.item(at) for at in queue(desk))
    assert (one.report.key, one.number) == (again.report.key, again.number)
    own = {"assignment_id": 0, "ord": 0, "report": None, "number": 0, "start": 0, "end": 0}
    assert again._replace(**own, text="") == fresh._replace(**own, text="")


def test_a_session_in_lines_shows_the_same_in_both_worlds(worlds, monkeypatch, capsys) -> None:
    shown = []
    typed = (".list", ".text", ".checks", ".recent", ".again", ".undo", ".next", ".help", ".quit")
    for path in worlds:
        monkeypatch.setattr(sys, "stdin", StringIO("\n".join(typed)))
        code = run(["code", "--coder", CODER, "--plain", "--project", str(path)])
        shown.append((code, capsys.readouterr()))
    assert shown[0] == shown[1]
    assert shown[0][0] == 0
    assert "Report 1, paragraph" in shown[0][1].out
