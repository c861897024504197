import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from store_world import coding_of, draft_of, main_round, new_project, source_of

from annotator.coding.model import Coding
from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.codings import codings
from annotator.store.corpus import import_reports
from annotator.store.desk import Desk, Place, Progress, Submitted
from annotator.store.project import Project, open_project
from annotator.store.rounds import close_round, reopen_round
from event_log import events

BLANK = Coding()
ARMY = coding_of({"perpetrator": ["army"]})
BOTH = coding_of({"perpetrator": ["army", "militia"], "killed": "12+"})


@pytest.fixture
def desk(project: Project) -> Desk:
    return Desk(project, main_round(project, "amal", "badr").id, "amal")


def save(desk: Desk, at: int, before: Coding, after: Coding, label: str = "x", **more) -> None:
    desk.save(at, before, after, label, "focus", 1.5, **more)


def test_the_first_item_holds_its_passage_and_nothing_coded(desk: Desk) -> None:
    first = desk.first_open()
    item = desk.item(first)
    assert (item.ord, item.number, item.done, item.revision) == (1, 1, False, 0)
    assert item.text == "Report 1, paragraph 1: shells killed 3 people in Tel Bara."
    assert item.end - item.start == len(item.text)
    assert (item.draft, item.submitted, item.draft_seconds) == (None, None, 0.0)
    assert (item.report.name, item.report.passages) == ("report-1.txt", 3)
    assert desk.place() is None
    assert desk.progress() == Progress(6, 0)


def test_a_saved_change_is_there_for_the_next_session(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    evidence = {"value": ["army"], "evidence": "shells", "note": "sure?", "unsure": True}
    item = desk.item(at)
    coded = coding_of({"perpetrator": evidence, "claim": [{"cause": "mine"}]}, item.text)
    save(desk, at, BLANK, coded)
    with open_project(project.path) as opened:
        later = Desk(opened, desk.round.id, "amal")
        assert later.item(at).draft == coded
        assert later.place() == Place(at, "focus")


def test_active_seconds_add_up_and_end_in_the_coding(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    save(desk, at, BLANK, ARMY)
    desk.set_place(at, "elsewhere", 2.25)
    assert desk.item(at).draft_seconds == 3.75
    desk.submit(at, ARMY, "", 0.25)
    assert next(codings(project)).seconds == 4.0


def test_undo_and_redo_go_over_passages_and_restarts(desk: Desk, project: Project) -> None:
    first = desk.first_open()
    second = desk.neighbour(first, +1)
    save(desk, first, BLANK, ARMY, "one")
    save(desk, second, BLANK, BOTH, "two")
    undone = [desk.undo(), Desk(project, desk.round.id, "amal").undo()]
    assert [(step.assignment_id, step.label, step.content) for step in undone] == [
        (second, "two", BLANK),
        (first, "one", BLANK),
    ]
    later = Desk(project, desk.round.id, "amal")
    assert later.undo() is None
    assert later.item(first).draft == BLANK
    assert [later.redo().content, later.redo().content, later.redo()] == [ARMY, BOTH, None]
    assert later.item(second).draft == BOTH


def test_a_change_after_undo_ends_what_could_be_done_again(desk: Desk) -> None:
    at = desk.first_open()
    save(desk, at, BLANK, ARMY)
    desk.undo()
    save(desk, at, BLANK, BOTH)
    assert desk.redo() is None
    assert desk.undo().content == BLANK
    assert desk.undo() is None


@given(keys=st.lists(st.sampled_from(["army", "both", "undo", "redo"]), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_desk_that_remembers_its_last_step_does_as_one_opened_for_each(
    desk: Desk, project: Project, keys: list[str]
) -> None:
    def seen(desk_of: Callable[[], Desk]) -> Iterator[Coding | None]:
        at = desk_of().first_open()
        for key in [*keys, "redo", "undo"]:
            now = desk_of()
            if key in ("undo", "redo"):
                step = now.undo() if key == "undo" else now.redo()
                yield None if step is None else step.content
            else:
                save(now, at, now.item(at).draft or BLANK, ARMY if key == "army" else BOTH)
            yield now.item(at).draft

    assert list(seen(lambda: desk)) == list(seen(lambda: Desk(project, desk.round.id, "badr")))


def test_merged_changes_are_one_step_until_something_else_happens(desk: Desk) -> None:
    at = desk.first_open()
    one, two, three = (coding_of({"killed": count}) for count in ("1", "12", "12+"))
    save(desk, at, BLANK, one, "Killed", merge=True)
    save(desk, at, one, two, "Killed", merge=True)
    save(desk, at, two, three, "Killed", merge=True)
    save(desk, at, three, BOTH, "Perpetrator", merge=True)
    assert desk.item(at).draft == BOTH
    assert desk.undo().content == three
    assert desk.undo().content == BLANK
    assert desk.redo().content == three
    save(desk, at, three, two, "Killed", merge=True)
    assert desk.undo().content == three


def test_submitting_goes_on_to_the_next_open_passage(desk: Desk, project: Project) -> None:
    first = desk.first_open()
    save(desk, first, BLANK, ARMY)
    done = desk.submit(first, ARMY, "start", 1.0)
    assert done == Submitted(1, desk.neighbour(first, +1))
    assert desk.place() == Place(done.next, "start")
    assert desk.progress() == Progress(6, 1)
    item = desk.item(first)
    assert (item.done, item.draft, item.submitted, item.revision) == (True, None, ARMY, 1)
    assert [event.kind for event in events(project)].count("coding_submitted") == 1


def test_the_next_open_passage_wraps_and_ends(desk: Desk) -> None:
    last = desk.last()
    done = desk.submit(last, ARMY, "", 0.0)
    assert done.next == desk.first_open()
    while done.next is not None:
        here, done = done.next, desk.submit(done.next, BOTH, "", 0.0)
    assert desk.first_open() is None
    assert desk.progress() == Progress(6, 6)
    assert desk.place() == Place(here, "")


def test_a_submission_undone_is_a_draft_again_and_a_new_one_a_revision(
    desk: Desk, project: Project
) -> None:
    at = desk.first_open()
    save(desk, at, BLANK, ARMY)
    desk.submit(at, ARMY, "", 0.0)
    step = desk.undo()
    assert (step.kind, step.content, step.assignment_id) == ("submit", ARMY, at)
    assert desk.item(at).draft == ARMY
    assert desk.item(at).done
    assert desk.redo().kind == "submit"
    assert desk.item(at).draft is None
    desk.undo()
    save(desk, at, ARMY, BOTH)
    assert desk.submit(at, BOTH, "", 0.0).revision == 2
    assert desk.progress() == Progress(6, 1)
    assert [row.revision for row in codings(project, which="latest")] == [2]
    assert [row.form for row in codings(project, which="first")] == [{"perpetrator": ["army"]}]
    assert [row.revision for row in codings(project, which="all")] == [1, 2]


def test_submitting_the_same_again_makes_no_revision(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.submit(at, ARMY, "", 0.0)
    desk.undo()
    assert desk.submit(at, ARMY, "", 0.0) == Submitted(1, desk.neighbour(at, +1), unchanged=True)
    assert desk.item(at).draft is None
    assert len(list(codings(project, which="all"))) == 1


def test_drafts_that_differ_from_what_was_submitted_are_found(desk: Desk, project: Project) -> None:
    first = desk.first_open()
    second = desk.neighbour(first, +1)
    third = desk.neighbour(second, +1)
    for at in (second, first):
        desk.submit(at, ARMY, "", 0.0)
    badr = Desk(project, desk.round.id, "badr")
    badr.submit(badr.first_open(), ARMY, "", 0.0)
    save(badr, badr.neighbour(badr.first_open(), -1), ARMY, BOTH)
    save(desk, third, BLANK, ARMY)
    assert desk.changed() == ()
    for at in (second, first):
        save(desk, at, ARMY, BOTH)
    assert desk.changed() == ((1, first), (2, second))
    save(desk, first, BOTH, ARMY)
    assert desk.changed() == ((2, second),)
    save(desk, first, ARMY, BOTH)
    save(desk, second, BOTH, ARMY)
    assert desk.changed() == ((1, first),)
    save(desk, first, BOTH, ARMY)
    desk.submit(second, BOTH, "", 0.0)
    assert desk.changed() == ()
    desk.undo()
    assert desk.item(second).draft == BOTH
    assert desk.changed() == ()
    assert [ord_ for ord_, _ in badr.changed()] == [1]


def test_the_place_of_the_window_that_lost_is_not_kept(desk: Desk, project: Project) -> None:
    first = desk.first_open()
    other = Desk(project, desk.round.id, "amal")
    save(other, first, BLANK, BOTH)
    seconds = desk.item(first).draft_seconds
    desk.set_place(desk.last(), "elsewhere", 5.0)
    desk.set_place(first, "elsewhere", 5.0)
    assert desk.place() == Place(first, "focus")
    assert desk.item(first).draft_seconds == seconds


def test_neighbours_end_at_the_ends(desk: Desk) -> None:
    first, last = desk.first_open(), desk.last()
    assert desk.neighbour(first, -1) is None
    assert desk.neighbour(last, +1) is None
    assert desk.neighbour(desk.neighbour(first, +1), -1) == first


def test_a_second_window_cannot_overwrite_the_first(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    other = Desk(project, desk.round.id, "amal")
    save(other, at, BLANK, BOTH)
    for change in (
        lambda: save(desk, at, BLANK, ARMY),
        lambda: desk.submit(at, ARMY, "", 0.0),
        desk.undo,
    ):
        with pytest.raises(AnnotatorError, match="in another window"):
            change()
    assert desk.item(at).draft == BOTH
    other.set_place(at, "", 1.0)
    other.undo()
    assert other.redo().content == BOTH


def test_a_coder_without_passages_is_told_so(desk: Desk, project: Project) -> None:
    with pytest.raises(AnnotatorError, match="no passages for zahra"):
        Desk(project, desk.round.id, "zahra").last()


def test_nothing_is_submitted_to_a_closed_round(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    close_round(project, desk.round.id, "lead")
    with pytest.raises(AnnotatorError, match="main is closed"):
        desk.submit(at, ARMY, "", 0.0)
    with pytest.raises(AnnotatorError, match="main is closed"):
        Desk(project, desk.round.id, "amal")


def test_no_change_is_kept_once_the_round_is_closed_and_what_was_kept_stays(
    desk: Desk, project: Project
) -> None:
    at = desk.first_open()
    badr = Desk(project, desk.round.id, "badr")
    save(desk, at, BLANK, ARMY)
    close_round(project, desk.round.id, "lead")
    for change in (
        lambda: save(desk, at, ARMY, BOTH),
        lambda: save(desk, desk.last(), BLANK, BOTH),
        lambda: save(badr, badr.first_open(), BLANK, BOTH),
        desk.undo,
    ):
        with pytest.raises(AnnotatorError, match="main is closed; nothing more is coded"):
            change()
    assert desk.item(at).draft == ARMY
    assert desk.item(desk.last()).draft is None
    assert badr.item(badr.first_open()).draft is None
    desk.set_place(desk.last(), "", 1.0)
    reopen_round(project, desk.round.id, "lead")
    save(desk, at, ARMY, BOTH)
    assert desk.undo().content == ARMY


def test_the_undo_stack_forgets_its_oldest_steps(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("annotator.store.desk_writing.STEPS_KEPT", 50)
    at = desk.first_open()
    for number in range(1, 221):
        save(desk, at, BLANK, coding_of({"killed": str(number)}), f"{number}")
    steps = 0
    while desk.undo() is not None:
        steps += 1
    assert 50 <= steps <= 150


# --- blindness -----------------------------------------------------------------------------------


def secret_of(coder: str) -> Coding:
    return coding_of({"remark": {"value": f"secret of {coder}", "note": f"note of {coder}"}})


def do_everything(desk: Desk) -> list[object]:
    """Every public method of a desk, and all that they give back."""
    seen: list[object] = [desk.progress(), desk.place(), desk.first_open(), desk.next_open(2)]
    seen.append(desk.changed())
    at = desk.first_open()
    save(desk, at, BLANK, secret_of(desk.coder))
    save(desk, at, secret_of(desk.coder), secret_of(desk.coder), merge=True)
    desk.set_place(at, "focus", 1.0)
    seen += [desk.item(at), desk.undo(), desk.redo(), desk.neighbour(at, 1), desk.last()]
    seen += [desk.submit(at, secret_of(desk.coder), "", 1.0), desk.item(at), desk.undo()]
    seen += [desk.redo(), desk.item(at), desk.progress(), desk.place()]
    save(desk, at, secret_of(desk.coder), BOTH)
    seen.append(desk.changed())
    desk.flag(at, "", flagged=True)
    other = desk.first_open()
    seen += [desk.skip(other, SkipReason.OTHER, f"secret of {desk.coder}"), desk.item(other)]
    desk.take_back(other, "")
    seen += [desk.undo(), desk.undo(), desk.redo(), desk.item(other), desk.item(at)]
    seen += [desk.progress(), list(desk.past_edits())]
    return seen


def test_a_coder_sees_nothing_of_another(desk: Desk, project: Project) -> None:
    badr = Desk(project, desk.round.id, "badr")
    do_everything(badr)
    alone = Desk(project, desk.round.id, "amal")
    seen = do_everything(alone)
    assert "secret of amal" in repr(seen)
    assert "badr" not in repr(seen)


def test_what_a_coder_sees_does_not_depend_on_anyone_else(tmp_path: Path) -> None:
    seen = []
    for name, others in (("alone", ()), ("among", ("badr", "chadia"))):
        with new_project(tmp_path / f"{name}.db") as project:
            opened = main_round(project, "amal")
            seen.append(repr(do_everything(Desk(project, opened.id, "amal"))))
        with new_project(tmp_path / f"{name}-2.db") as project:
            opened = main_round(project, "amal", *others)
            for other in others:
                do_everything(Desk(project, opened.id, other))
            seen.append(repr(do_everything(Desk(project, opened.id, "amal"))))
    assert len(set(seen)) == 1


OF_CODERS = ("assignment", "draft", "draft_step", "place", "counter", "coding")


def test_every_statement_on_coders_rows_names_the_coder(desk: Desk, project: Project) -> None:
    badr = Desk(project, desk.round.id, "badr")
    do_everything(badr)
    found: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        do_everything(Desk(project, desk.round.id, "amal"))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    touching = [
        (statement, parameters)
        for statement, parameters in found
        if any(
            f" {table} " in f" {' '.join(statement.split())} ".replace("(", " ( ")
            for table in OF_CODERS
        )
    ]
    assert len(touching) > 20
    for statement, parameters in touching:
        assert "amal" in repr(parameters), statement
    assert "badr" not in repr(found)


def test_another_coders_passage_cannot_be_reached(desk: Desk, project: Project) -> None:
    badr = Desk(project, desk.round.id, "badr")
    theirs = badr.first_open()
    save(badr, theirs, BLANK, secret_of("badr"))
    for reach in (
        lambda: desk.item(theirs),
        lambda: save(desk, theirs, BLANK, ARMY),
        lambda: desk.submit(theirs, ARMY, "", 0.0),
        lambda: desk.flag(theirs, "", flagged=True),
        lambda: desk.skip(theirs, SkipReason.OTHER, ""),
        lambda: desk.take_back(theirs, ""),
    ):
        with pytest.raises(AnnotatorError, match="amal has no such passage"):
            reach()
    assert desk.neighbour(theirs, +1) is None
    desk.set_place(desk.first_open(), "", 5.0)
    assert badr.item(theirs).draft == secret_of("badr")
    assert badr.item(theirs).draft_seconds == 1.5


def test_no_method_of_a_desk_takes_a_coder_or_a_coding_id() -> None:
    for name, method in inspect.getmembers(Desk, inspect.isfunction):
        if not name.startswith("_"):
            assert not {"coder", "coder_id", "coding_id", "round_id"} & set(
                inspect.signature(method).parameters
            )


# --- a disk that fails ---------------------------------------------------------------------------

FULL = """
import resource, sys
sys.path.insert(0, {folder!r})
from store_world import *
from annotator.store.desk import Desk
from annotator.store.project import open_project
from annotator.errors import AnnotatorError
project = open_project({path!r})
desk = Desk(project, {round!r}, "amal")
at = desk.first_open()
desk.save(at, coding_of({{}}), coding_of({{"killed": "1"}}), "x", "", 0.0)
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))
big = coding_of({{"remark": "word " * 40_000}})
try:
    desk.save(at, coding_of({{"killed": "1"}}), big, "x", "", 0.0)
except AnnotatorError as error:
    print(error.sentence)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert desk.item(at).draft == coding_of({{"killed": "1"}})
desk.save(at, coding_of({{"killed": "1"}}), big, "x", "", 0.0)
assert desk.item(at).draft == big
print("saved once there was space again")
"""


def test_a_full_disk_is_told_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with new_project(path) as project:
        round_id = main_round(project, "amal").id
    program = FULL.format(folder=str(Path(__file__).parent), path=str(path), round=round_id)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "the disk is full or failing and nothing of this was saved" in ran.stdout, ran.stderr
    assert "saved once there was space again" in ran.stdout, ran.stderr


def test_a_passage_of_a_long_arabic_report_is_cut_in_code_points(project: Project) -> None:
    draft = draft_of("🕊 قُتل ثلاثة مدنيين\n\nمقتل 𝔘 عشرة", "ar.txt")
    import_reports(project, source_of(draft), [draft], "lead")
    desk = Desk(project, main_round(project, "amal").id, "amal")
    assert desk.item(desk.last()).text == "مقتل 𝔘 عشرة"
