"""Passages given to coders and taken back from them."""

import pytest
from sqlalchemy import text
from store_world import coding_of, draft_of, main_round, source_of

from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.assignments import CoderProgress, Move, assign, counters, give, move, take_back
from annotator.store.codings import NewCoding, add_codings, codings
from annotator.store.corpus import import_reports, reports
from annotator.store.desk import Desk
from annotator.store.project import Project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import RoundRow, close_round, open_round, reopen_round, rounds
from annotator.store.verify import verify
from event_log import events

Place = tuple[str, int]


def places(project: Project) -> list[Place]:
    return [(row.key, number) for row in reports(project) for number in (1, 2, 3)]


def designed(project: Project, **assignments: list[tuple[str, int, int]]) -> RoundRow:
    return open_round(
        project,
        name="designed",
        purpose="main",
        order="reading",
        seed=1,
        coders=list(assignments),
        actor="lead",
        passages=places(project),
        design={"codings": 2},
        assignments=assignments,
    )


def queue(desk: Desk) -> list[tuple[int, str, int]]:
    return [(row.ord, row.report, row.number) for row in desk.passages(0, 100)]


def holds(project: Project) -> None:
    """The tables follow from the events, and a rebuild changes nothing."""
    assert verify(project) == []
    rebuild(project)
    assert verify(project) == []


def test_a_round_with_a_design_gives_what_it_was_opened_with_and_nothing_of_itself(project) -> None:
    first, second, *_ = ((key, number, 1) for key, number in places(project))
    opened = designed(project, amal=[second, first], badr=[first])
    assert opened.design == '{"codings":2}'
    assert rounds(project) == [opened]
    assert queue(Desk(project, opened.id, "amal")) == [
        (1, "report-1.txt", 2),
        (2, "report-1.txt", 1),
    ]
    for coder in ("amal", "badr"):
        assert assign(project, opened.id, coder, coder) == 0
    assert counters(project, opened.id) == [
        CoderProgress("amal", 2, 0),
        CoderProgress("badr", 1, 0),
    ]
    holds(project)


@pytest.mark.parametrize(
    ("assignments", "sentence"),
    [
        ({"amal": [("nothing", 1, 1)]}, "no passage 1 of a report nothing"),
        ({"amal": [("FIRST", 9, 1)]}, "no passage 9"),
        ({"chadia": [("FIRST", 1, 1)]}, "chadia is not among the coders"),
        ({"amal": [("SECOND", 1, 1)]}, "is not in the round two"),
    ],
)
def test_a_design_that_cannot_be_carried_out_opens_no_round(project, assignments, sentence) -> None:
    keys = dict(zip(("FIRST", "SECOND"), (row.key for row in reports(project)), strict=True))
    given = {
        coder: [(keys.get(key, key), number, time) for key, number, time in rows]
        for coder, rows in assignments.items()
    }
    before = len(events(project))
    with pytest.raises(AnnotatorError, match=sentence):
        open_round(
            project,
            name="two",
            purpose="main",
            order="reading",
            seed=1,
            coders=["amal", "badr"],
            actor="lead",
            passages=[(keys["FIRST"], 1)],
            design={},
            assignments=given,
        )
    assert rounds(project) == []
    assert len(events(project)) == before


def test_a_passage_given_once_more_opens_empty_and_is_coded_apart(project) -> None:
    [first, *_] = places(project)
    opened = designed(project, amal=[(*first, 1), (*first, 2)])
    desk = Desk(project, opened.id, "amal")
    one, two = (row.assignment_id for row in desk.passages(0, 10))
    desk.submit(one, coding_of({"killed": "3"}), "", 1.0)
    again = desk.item(two)
    assert (again.submitted, again.draft, again.revision, again.done) == (None, None, 0, False)
    desk.submit(two, coding_of({"killed": "4"}), "", 1.0)
    desk.submit(two, coding_of({"killed": "5"}), "", 1.0)
    desk.flag(two, "", flagged=True)
    assert desk.item(one).submitted == coding_of({"killed": "3"})
    assert not desk.item(one).flagged
    assert desk.changed() == ()
    assert [row.form for row in codings(project)] == [{"killed": "3"}]
    every = codings(project, occasion=None)
    assert [(row.occasion, row.revision, row.form["killed"]) for row in every] == [
        (1, 1, "3"),
        (2, 2, "5"),
    ]
    assert counters(project, opened.id) == [CoderProgress("amal", 2, 2)]
    holds(project)


def test_what_is_taken_back_leaves_no_gap_and_comes_back_with_its_draft(project) -> None:
    opened = main_round(project, "amal")
    desk = Desk(project, opened.id, "amal")
    second = desk.passages(0, 10)[1].assignment_id
    desk.save(second, coding_of({}), coding_of({"killed": "7"}), "x", "here", 2.0)
    taken = [(*place, 1) for place in places(project)[1:3]]
    assert take_back(project, opened.id, "amal", taken, "lead", "idle") == 2
    assert [row[0] for row in queue(desk)] == [1, 2, 3, 4]
    assert [row[1:] for row in queue(desk)] == [
        ("report-1.txt", 1),
        ("report-2.txt", 1),
        ("report-2.txt", 2),
        ("report-2.txt", 3),
    ]
    assert desk.place() is None
    assert desk.undo() is None
    assert [desk.at_place(place) is None for place in (0, 1, 4, 5)] == [True, False, False, True]
    assert desk.neighbour(desk.at_place(1), -1) is None
    assert counters(project, opened.id) == [CoderProgress("amal", 4, 0)]
    holds(project)
    assert assign(project, opened.id, "amal", "amal") == 0
    before = len(events(project))
    assert take_back(project, opened.id, "amal", taken, "lead") == 0
    assert len(events(project)) == before
    assert give(project, opened.id, "amal", taken, "lead") == 2
    assert give(project, opened.id, "amal", taken, "lead") == 0
    assert desk.item(second).draft == coding_of({"killed": "7"})
    assert desk.item(second).ord == 5
    assert counters(project, opened.id) == [CoderProgress("amal", 6, 0)]
    holds(project)


@pytest.mark.parametrize("change", ["save", "submit", "flag", "skip", "item"])
def test_a_window_still_open_on_a_passage_taken_back_says_so(project, change: str) -> None:
    opened = main_round(project, "amal")
    desk = Desk(project, opened.id, "amal")
    at = desk.first_open()
    empty, coded = coding_of({}), coding_of({"killed": "7"})
    desk.save(at, empty, coded, "x", "here", 2.0)
    take_back(project, opened.id, "amal", [(*places(project)[0], 1)], "lead")
    before = len(events(project))
    attempts = {
        "save": lambda: desk.save(at, coded, empty, "x", "here", 1.0, merge=True),
        "submit": lambda: desk.submit(at, coded, "", 1.0),
        "flag": lambda: desk.flag(at, "", flagged=True),
        "skip": lambda: desk.skip(at, SkipReason.OTHER, ""),
        "item": lambda: desk.item(at),
    }
    with pytest.raises(AnnotatorError, match="the lead took it back"):
        attempts[change]()
    assert len(events(project)) == before
    following = desk.neighbour(at, +1)
    assert desk.item(following).number == 2
    desk.submit(following, coded, "", 1.0)
    assert counters(project, opened.id) == [CoderProgress("amal", 5, 1)]
    holds(project)


def test_a_step_joined_to_one_that_went_with_its_passage_can_be_undone(project) -> None:
    opened = main_round(project, "amal")
    desk = Desk(project, opened.id, "amal")
    at = desk.first_open()
    empty, seven, eight = (coding_of(form) for form in ({}, {"killed": "7"}, {"killed": "8"}))
    desk.save(at, empty, seven, "x", "", 1.0)
    given = [(*places(project)[0], 1)]
    take_back(project, opened.id, "amal", given, "lead")
    give(project, opened.id, "amal", given, "lead")
    desk.save(at, seven, eight, "x", "", 1.0, merge=True)
    assert desk.undo().content == seven
    assert desk.undo() is None


def test_what_was_submitted_is_never_taken_back_and_what_was_skipped_is_open_again(project) -> None:
    opened = main_round(project, "amal")
    desk = Desk(project, opened.id, "amal")
    desk.submit(desk.first_open(), coding_of({"killed": "3"}), "", 1.0)
    desk.skip(desk.first_open(), SkipReason.LANGUAGE, "Kurdish")
    everything = [(*place, 1) for place in places(project)]
    assert take_back(project, opened.id, "amal", everything, "lead") == 5
    assert counters(project, opened.id) == [CoderProgress("amal", 1, 1)]
    assert desk.next_open(0) is None
    holds(project)
    assert give(project, opened.id, "amal", everything[1:2], "lead") == 1
    assert desk.item(desk.first_open()).skipped is None
    assert counters(project, opened.id) == [CoderProgress("amal", 2, 1)]
    holds(project)


def test_a_late_coder_becomes_one_of_the_round(project) -> None:
    first, second, third, *_ = ((key, number, 1) for key, number in places(project))
    opened = designed(project, amal=[first, second], badr=[first])
    assert give(project, opened.id, "chadia", [third, first, third], "lead") == 2
    [now] = rounds(project)
    assert now.coders == ("amal", "badr", "chadia")
    assert [row[1:] for row in queue(Desk(project, opened.id, "chadia"))] == [
        ("report-1.txt", 3),
        ("report-1.txt", 1),
    ]
    holds(project)
    with pytest.raises(AnnotatorError, match="by capital letters alone"):
        give(project, opened.id, "Badr", [third], "lead")
    with pytest.raises(AnnotatorError, match="A coder needs a name"):
        give(project, opened.id, " ", [third], "lead")
    with pytest.raises(AnnotatorError, match="no passage 9"):
        give(project, opened.id, "badr", [(third[0], 9, 1)], "lead")
    assert [row.coder for row in counters(project, opened.id)] == ["amal", "badr", "chadia"]


def test_a_closed_round_can_be_opened_again_and_takes_nothing_until_then(project) -> None:
    opened = main_round(project, "amal")
    first = [(*places(project)[0], 1)]
    assert not reopen_round(project, opened.id, "lead")
    assert close_round(project, opened.id, "lead")
    for attempt in (
        lambda: give(project, opened.id, "badr", first, "lead"),
        lambda: take_back(project, opened.id, "amal", first, "lead"),
    ):
        with pytest.raises(AnnotatorError, match="main is closed; open it again"):
            attempt()
    assert reopen_round(project, opened.id, "lead")
    assert take_back(project, opened.id, "amal", first, "lead") == 1
    assert give(project, opened.id, "badr", first, "lead") == 1
    assert [event.kind for event in events(project)].count("round_reopened") == 1
    holds(project)


def test_a_coding_that_comes_in_gives_its_passage_to_the_coder_again(project) -> None:
    opened = main_round(project, "amal")
    key, number = places(project)[0]
    take_back(project, opened.id, "amal", [(key, number, 1)], "lead")
    add_codings(project, [NewCoding(opened.id, key, number, "amal", coding_of({}))], "lead")
    assert counters(project, opened.id) == [CoderProgress("amal", 6, 1)]
    holds(project)


def test_what_coders_are_trained_on_is_in_no_round_but_one_for_training(project) -> None:
    draft = draft_of("A worked example.", "example.txt")
    import_reports(project, source_of(draft), [draft], "lead")
    with project.writing() as connection:
        connection.execute(text("DROP TRIGGER report_no_update"))
        connection.execute(text("UPDATE report SET training = 1 WHERE name = 'example.txt'"))
    opened = main_round(project, "amal")
    assert len(queue(Desk(project, opened.id, "amal"))) == 6
    before = len(events(project))
    assert assign(project, opened.id, "amal", "amal") == 0
    assert len(events(project)) == before
    example = [(reports(project, training=True)[-1].key, 1)]
    about = {"order": "reading", "seed": 1, "coders": None, "actor": "lead", "passages": example}
    with pytest.raises(AnnotatorError, match="made to train coders"):
        open_round(project, name="two", purpose="pilot", **about)
    training = open_round(project, name="training", purpose="training", **about)
    assert assign(project, training.id, "amal", "amal") == 1


def test_a_move_takes_and_gives_at_once_and_leaves_out_what_was_submitted_meanwhile(
    project,
) -> None:
    first, second, third, *_ = places(project)
    opened = designed(project, amal=[(*first, 1), (*second, 1), (*third, 1)], badr=[(*third, 1)])
    desk = Desk(project, opened.id, "amal")
    desk.submit(desk.first_open(), coding_of({"killed": "3"}), "", 1.0)
    moves = [Move(*place, source="amal", target="badr") for place in (first, second, third)]
    assert move(project, opened.id, moves, "lead", "gone") == moves[1:]
    assert [row[1:] for row in queue(Desk(project, opened.id, "badr"))] == [
        ("report-1.txt", 3),
        ("report-1.txt", 2),
    ]
    assert counters(project, opened.id) == [
        CoderProgress("amal", 1, 1),
        CoderProgress("badr", 2, 0),
    ]
    assert [event.kind for event in events(project)][-2:] == [
        "assignments_taken_back",
        "passages_assigned",
    ]
    before = len(events(project))
    assert move(project, opened.id, moves, "lead", "gone") == []
    back = Move(*first, source="amal", target="amal")
    assert move(project, opened.id, [back, back], "lead") == []
    assert len(events(project)) == before
    holds(project)
