"""Flags, passages given back, and tags: what is said of a passage without coding it."""

import json

import pytest
from store_world import coding_of, main_round

from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.assignments import CoderProgress, counters
from annotator.store.attention import marked_passages
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import iter_passages
from annotator.store.desk import Desk, Progress
from annotator.store.project import Project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import close_round
from annotator.store.tags import tag_passages, tags
from annotator.store.verify import verify
from event_log import events


@pytest.fixture
def desk(project: Project) -> Desk:
    return Desk(project, main_round(project, "amal", "badr").id, "amal")


def logged(project: Project) -> list[tuple[str, str, dict]]:
    """Actor, kind and body of what is in the log about marks."""
    found = [(one.actor, one.kind, json.loads(one.body)) for one in events(project)]
    return [one for one in found if one[1].startswith("passage") and "assigned" not in one[1]]


# --- flags ---------------------------------------------------------------------------------------


def test_a_flag_is_an_event_of_the_coder_and_the_lead_sees_it(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.flag(at, "here", flagged=True)
    assert desk.item(at).flagged
    assert desk.place().focus == "here"
    [(actor, kind, body)] = logged(project)
    assert (actor, kind, body["passage"], body["flagged"]) == ("amal", "passage_flagged", 1, True)
    [seen] = marked_passages(project, desk.round.id)
    assert (seen.coder, seen.number, seen.flagged, seen.skipped, seen.done) == (
        "amal", 1, True, None, False,
    )  # fmt: skip
    assert seen.title == "Headline of report-1.txt"


def test_a_flag_is_taken_away_by_hand_or_by_undo_and_comes_back_by_redo(desk: Desk) -> None:
    at = desk.first_open()
    desk.flag(at, "", flagged=True)
    assert (desk.undo().label, desk.item(at).flagged) == ("passage flagged", False)
    assert (desk.redo().label, desk.item(at).flagged) == ("passage flagged", True)
    desk.flag(at, "", flagged=False)
    assert not desk.item(at).flagged
    desk.undo()
    assert desk.item(at).flagged


def test_to_flag_twice_is_one_event_and_one_step(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.flag(at, "", flagged=True)
    desk.flag(at, "", flagged=True)
    assert len(logged(project)) == 1
    desk.undo()
    assert desk.undo() is None


def test_a_flag_stays_when_the_passage_is_submitted_and_brings_its_note(
    desk: Desk, project: Project
) -> None:
    at = desk.first_open()
    desk.flag(at, "", flagged=True)
    desk.submit(at, coding_of({"killed": "3", "note": "is this one event?"}), "", 0.0)
    [seen] = marked_passages(project)
    assert (seen.done, seen.flagged, seen.note) == (True, True, "is this one event?")


# --- giving a passage back -----------------------------------------------------------------------


def test_a_passage_given_back_leaves_the_queue_and_the_lead_sees_why(
    desk: Desk, project: Project
) -> None:
    at = desk.first_open()
    following = desk.skip(at, SkipReason.CONFLICT, "my cousin")
    assert following != at
    assert desk.place().assignment_id == following == desk.first_open()
    assert desk.progress() == Progress(6, 0, 1)
    assert desk.progress().open == 5
    assert counters(project, desk.round.id)[0] == CoderProgress("amal", 6, 0, 1)
    item = desk.item(at)
    assert (item.skipped, item.skip_note, item.done) == (SkipReason.CONFLICT, "my cousin", False)
    [seen] = marked_passages(project, desk.round.id)
    assert (seen.skipped, seen.skip_note) == (SkipReason.CONFLICT, "my cousin")
    [(actor, kind, body)] = logged(project)
    assert (actor, kind) == ("amal", "passage_skipped")
    assert (body["reason"], body["note"], body["passage"]) == ("conflict", "my cousin", 1)


def test_it_is_not_offered_again_but_neighbours_lead_to_it(desk: Desk) -> None:
    at = desk.first_open()
    following = desk.skip(at, SkipReason.GRAPHIC, "")
    assert desk.neighbour(following, -1) == at
    while (last := desk.first_open()) is not None:
        desk.submit(last, coding_of({}), "", 0.0)
    assert desk.progress() == Progress(6, 5, 1)
    assert desk.progress().open == 0
    assert desk.first_open() is None


def test_undo_puts_it_back_into_the_queue_and_goes_there(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.skip(at, SkipReason.LANGUAGE, "")
    undone = desk.undo()
    assert (undone.assignment_id, undone.content) == (at, None)
    assert "not in my language" in undone.label
    assert desk.place().assignment_id == at == desk.first_open()
    assert desk.progress() == Progress(6, 0, 0)
    desk.redo()
    assert desk.item(at).skipped is SkipReason.LANGUAGE
    kinds = [kind for _, kind, _ in logged(project)]
    assert kinds == ["passage_skipped", "passage_taken_back", "passage_skipped"]


def test_what_was_coded_of_it_stays_as_a_draft(desk: Desk) -> None:
    at = desk.first_open()
    begun = coding_of({"killed": "3"})
    desk.save(at, coding_of({}), begun, "Killed", "", 2.0)
    desk.skip(at, SkipReason.UNREADABLE, "")
    assert desk.item(at).draft == begun
    desk.take_back(at, "there")
    assert (desk.item(at).skipped, desk.item(at).skip_note) == (None, "")
    assert desk.item(at).draft == begun
    assert desk.place().focus == "there"


def test_who_codes_it_after_all_has_not_given_it_back(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.skip(at, SkipReason.GRAPHIC, "")
    desk.submit(at, coding_of({"killed": "3"}), "", 0.0)
    assert desk.progress() == Progress(6, 1, 0)
    assert (desk.item(at).skipped, desk.item(at).done) == (None, True)
    assert marked_passages(project) == []
    # To undo the submission, and then to undo giving it back, takes nothing back twice.
    desk.undo()
    desk.undo()
    assert desk.progress() == Progress(6, 1, 0)
    desk.redo()
    assert desk.progress() == Progress(6, 1, 0)
    assert verify(project) == []


def test_a_coding_that_comes_in_ends_it_too(desk: Desk, project: Project) -> None:
    desk.skip(desk.first_open(), SkipReason.GRAPHIC, "")
    first = next(iter_passages(project))
    new = NewCoding(desk.round.id, first.report_key, 1, "amal", coding_of({"killed": "3"}))
    add_codings(project, [new], "lead")
    assert desk.progress() == Progress(6, 1, 0)
    assert verify(project) == []


def test_only_an_open_passage_is_given_back(desk: Desk, project: Project) -> None:
    at = desk.first_open()
    desk.skip(at, SkipReason.GRAPHIC, "")
    with pytest.raises(AnnotatorError, match="given back already"):
        desk.skip(at, SkipReason.OTHER, "")
    desk.take_back(at, "")
    desk.submit(at, coding_of({}), "", 0.0)
    with pytest.raises(AnnotatorError, match="submitted already"):
        desk.skip(at, SkipReason.OTHER, "")


def test_nothing_is_marked_from_a_second_window_or_in_a_closed_round(
    desk: Desk, project: Project
) -> None:
    at = desk.first_open()
    Desk(project, desk.round.id, "amal").flag(at, "", flagged=True)
    with pytest.raises(AnnotatorError, match="another window"):
        desk.skip(at, SkipReason.GRAPHIC, "")
    assert desk.item(at).skipped is None
    fresh = Desk(project, desk.round.id, "amal")
    close_round(project, desk.round.id, "lead")
    for act in (
        lambda: fresh.flag(at, "", flagged=False),
        lambda: fresh.skip(at, SkipReason.GRAPHIC, ""),
        fresh.undo,
    ):
        with pytest.raises(AnnotatorError, match="main is closed"):
            act()
    assert fresh.item(at).flagged


def test_the_lead_sees_the_marks_of_every_coder_in_reading_order(
    desk: Desk, project: Project
) -> None:
    badr = Desk(project, desk.round.id, "badr")
    second = badr.neighbour(badr.first_open(), +1)
    badr.flag(second, "", flagged=True)
    badr.skip(second, SkipReason.OTHER, "too long a day")
    desk.flag(desk.last(), "", flagged=True)
    desk.skip(desk.first_open(), SkipReason.GRAPHIC, "")
    found = [(one.title, one.number, one.coder) for one in marked_passages(project)]
    assert found == [
        ("Headline of report-1.txt", 1, "amal"),
        ("Headline of report-1.txt", 2, "badr"),
        ("Headline of report-2.txt", 3, "amal"),
    ]
    both = marked_passages(project)[1]
    assert (both.flagged, both.skipped) == (True, SkipReason.OTHER)


def test_marked_passages_come_from_their_partial_indexes(desk: Desk, project: Project) -> None:
    from annotator.store.attention import _KINDS, _MARKED

    for kind, index in zip(_KINDS, ("ix_assignment_flagged", "ix_assignment_skipped"), strict=True):
        with project.reading() as connection:
            sql = str(_MARKED.where(kind).compile(connection))
            bound = (1,) * sql.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", bound).all()
        assert index in str(plan)


# --- changes that stand --------------------------------------------------------------------------


def test_past_edits_are_the_coders_changes_that_stand_last_first(desk: Desk) -> None:
    at = desk.first_open()
    for number in range(1, 121):
        before = coding_of({"killed": str(number - 1)}) if number > 1 else coding_of({})
        desk.save(at, before, coding_of({"killed": str(number)}), f"{number}", "", 0.0)
    desk.undo()
    desk.flag(at, "", flagged=True)
    edits = list(desk.past_edits())
    assert [edit.after["killed"] for edit in edits] == [str(n) for n in range(119, 0, -1)]
    assert edits[-1].before == {}


# --- tags ----------------------------------------------------------------------------------------


def places(project: Project) -> list[tuple[str, int]]:
    return [(one.report_key, one.number) for one in iter_passages(project)]


def test_a_graphic_passage_says_so_to_every_coder(desk: Desk, project: Project) -> None:
    first, second, *_ = places(project)
    assert tag_passages(project, "graphic", [first, second, first], actor="lina") == 2
    assert tags(project) == {first: ("graphic",), second: ("graphic",)}
    badr = Desk(project, desk.round.id, "badr")
    for coder in (desk, badr):
        at = coder.first_open()
        assert coder.item(at).graphic
        assert not coder.item(coder.last()).graphic
    [event] = [one for one in events(project) if one.kind == "passages_tagged"]
    assert event.actor == "lina"


def test_a_tag_is_put_on_once_and_taken_off_once(project: Project) -> None:
    first, second, third, *_ = places(project)
    tag_passages(project, "graphic", [first, third], actor="lina")
    assert tag_passages(project, "graphic", [first, second], actor="lina") == 1
    assert tag_passages(project, "graphic", [second, second], actor="lina", tagged=False) == 1
    assert tag_passages(project, "graphic", [second], actor="lina", tagged=False) == 0
    assert list(tags(project)) == [first, third]
    assert len([one for one in events(project) if one.kind == "passages_tagged"]) == 3
    rebuild(project)
    assert list(tags(project)) == [first, third]
    assert verify(project) == []


def test_an_unknown_tag_or_passage_is_refused_and_nothing_is_tagged(project: Project) -> None:
    first, *_ = places(project)
    with pytest.raises(AnnotatorError, match="the tags are: graphic"):
        tag_passages(project, "sad", [first], actor="lina")
    with pytest.raises(AnnotatorError, match="no passage 9"):
        tag_passages(project, "graphic", [first, (first[0], 9)], actor="lina")
    assert tags(project) == {}
