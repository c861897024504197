import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from store_world import draft_of, main_round, source_of

from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.assignments import CoderProgress, assign, counters
from annotator.store.codings import NewCoding, add_codings
from annotator.store.columns import table_of
from annotator.store.corpus import import_reports, reports
from annotator.store.desk import Desk
from annotator.store.events import Kind, append
from annotator.store.queues import packed, unpacked
from annotator.store.rebuild import rebuild
from annotator.store.rounds import (
    RoundState,
    active_round,
    close_round,
    open_round,
    round_row,
    rounds,
)
from annotator.store.verify import verify
from event_log import events


def numbers(project, round_id: str, coder: str) -> list[tuple[str, int]]:
    desk = Desk(project, round_id, coder)
    found, here = [], desk.first_open()
    while here is not None:
        item = desk.item(here)
        found.append((item.report.name, item.number))
        here = desk.neighbour(here, +1)
    return found


READING = [(f"report-{report}.txt", number) for report in (1, 2) for number in (1, 2, 3)]


def test_in_reading_order_the_queue_is_the_order_of_the_reports(project) -> None:
    opened = main_round(project, "amal")
    assert numbers(project, opened.id, "amal") == READING
    assert counters(project, opened.id) == [CoderProgress("amal", 6, 0)]


def test_a_random_order_is_each_coders_own_and_can_be_made_again(project) -> None:
    opened = main_round(project, "amal", "badr", order="random")
    amal, badr = (numbers(project, opened.id, coder) for coder in ("amal", "badr"))
    assert amal != READING
    assert amal != badr
    assert sorted(amal) == sorted(badr) == READING
    again = open_round(
        project, name="two", purpose="pilot", order="random", seed=7, coders=None, actor="lead"
    )
    assign(project, again.id, "amal", "lead")
    assert numbers(project, again.id, "amal") == amal


def test_assigning_again_gives_only_what_is_new_at_the_end(project) -> None:
    opened = main_round(project, "amal")
    before = len(events(project))
    assert assign(project, opened.id, "amal", "lead") == 0
    assert len(events(project)) == before
    draft = draft_of("A late report.", "late.txt")
    import_reports(project, source_of(draft), [draft], "lead")
    assert assign(project, opened.id, "amal", "lead") == 1
    assert numbers(project, opened.id, "amal") == [*READING, ("late.txt", 1)]
    assert counters(project, opened.id) == [CoderProgress("amal", 7, 0)]


def test_a_gap_in_the_ids_of_passages_hides_no_new_one(project) -> None:
    opened = main_round(project, "amal")
    with project.writing() as connection:
        known = connection.execute(select(table_of(models.Passage))).mappings().all()
        last = dict(known[-1])
        further = {"id": 40, "number": 4, "start": last["start"], "end": last["end"]}
        connection.execute(insert(table_of(models.Passage)), last | further)
    assert assign(project, opened.id, "amal", "lead") == 1
    assert assign(project, opened.id, "amal", "lead") == 0
    assert counters(project, opened.id) == [CoderProgress("amal", 7, 0)]
    draft = draft_of("A late report.", "late.txt")
    import_reports(project, source_of(draft), [draft], "lead")
    assert assign(project, opened.id, "amal", "lead") == 1


def test_the_active_round_is_named_or_the_only_open_one(project) -> None:
    with pytest.raises(AnnotatorError, match="No round is open"):
        active_round(project, None)
    first = main_round(project)
    assert active_round(project, None) == first
    second = open_round(
        project, name="two", purpose="pilot", order="random", seed=1, coders=["x"], actor="lead"
    )
    with pytest.raises(AnnotatorError, match=r"Several rounds are open.*main, two"):
        active_round(project, None)
    assert active_round(project, "two") == second
    with pytest.raises(AnnotatorError, match=r"no round named three.*main, two"):
        active_round(project, "three")
    close_round(project, first.id, "lead")
    close_round(project, first.id, "lead")
    assert [row.state for row in rounds(project)] == [RoundState.CLOSED, RoundState.OPEN]
    with pytest.raises(AnnotatorError, match="main is closed"):
        active_round(project, "main")
    assert [event.kind for event in events(project)].count("round_closed") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "main"}, "already a round named main"),
        ({"name": " "}, "needs a name"),
        ({"purpose": "fun"}, "fun is no purpose"),
        ({"order": "odd"}, "odd is no order"),
        ({"seed": 2**63}, "too large for a seed"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(project, change, sentence) -> None:
    main_round(project)
    asked = {"name": "two", "purpose": "main", "order": "reading", "seed": 0, "coders": None}
    with pytest.raises(AnnotatorError, match=sentence):
        open_round(project, **(asked | change), actor="lead")


def test_only_the_coders_of_a_round_get_its_passages(project) -> None:
    opened = open_round(
        project, name="two", purpose="main", order="reading", seed=0, coders=["amal"], actor="x"
    )
    with pytest.raises(AnnotatorError, match="badr is not among the coders"):
        assign(project, opened.id, "badr", "lead")
    with pytest.raises(AnnotatorError, match="badr is not among the coders"):
        Desk(project, opened.id, "badr")
    with pytest.raises(AnnotatorError, match="A coder needs a name"):
        assign(project, opened.id, " ", "lead")
    with pytest.raises(AnnotatorError, match="no round with the id"):
        assign(project, "nowhere", "amal", "lead")


def some_round(project, *passages: tuple[str, int], order: str = "reading"):
    return open_round(
        project,
        name="again",
        purpose="recode",
        order=order,
        seed=1,
        coders=None,
        actor="lead",
        passages=passages,
    )


def keys(project) -> list[str]:
    return [row.key for row in reports(project)]


def test_a_round_of_chosen_passages_gives_just_these(project) -> None:
    first, second = keys(project)
    opened = some_round(project, (second, 3), (first, 2), (second, 3))
    assert assign(project, opened.id, "amal", "lead") == 2
    assert numbers(project, opened.id, "amal") == [("report-1.txt", 2), ("report-2.txt", 3)]
    draft = draft_of("A late report.", "late.txt")
    import_reports(project, source_of(draft), [draft], "lead")
    before = len(list(events(project)))
    assert assign(project, opened.id, "amal", "lead") == 0
    assert len(list(events(project))) == before
    assert counters(project, opened.id) == [CoderProgress("amal", 2, 0)]
    rebuild(project)
    assert verify(project) == []
    assert assign(project, opened.id, "badr", "lead") == 2


def test_a_round_of_chosen_passages_can_be_in_random_order(project) -> None:
    chosen = [(key, number) for key in keys(project) for number in (1, 3)]
    opened = some_round(project, *chosen, order="random")
    assign(project, opened.id, "amal", "lead")
    found = numbers(project, opened.id, "amal")
    assert sorted(found) == [place for place in READING if place[1] != 2]


def test_chosen_passages_must_be_there(project) -> None:
    for chosen, sentence in (
        ([], "at least one"),
        ([("nothing", 1)], "no passage 1 of a report nothing"),
        ([(keys(project)[0], 4)], "no passage 4"),
        ([(keys(project)[0], 0)], "no passage 0"),
    ):
        with pytest.raises(AnnotatorError, match=sentence):
            some_round(project, *chosen)
    assert rounds(project) == []


def test_a_coding_of_another_passage_does_not_come_into_a_round_of_chosen_ones(project) -> None:
    first, second = keys(project)
    opened = some_round(project, (first, 2))
    assert add_codings(project, [NewCoding(opened.id, first, 2, "amal", Coding())], "lead") == 1
    with pytest.raises(AnnotatorError, match=r"Passage 1 of report .* is not in the round again"):
        add_codings(project, [NewCoding(opened.id, second, 1, "amal", Coding())], "lead")


def test_verify_finds_a_round_of_passages_that_are_not_there(project) -> None:
    with project.writing() as connection:
        body = {
            "name": "odd",
            "purpose": "recode",
            "order": "reading",
            "seed": 0,
            "coders": None,
            "codebook": project.codebook().sha256,
            "passages": packed([("nothing", 1)]),
        }
        event = append(connection, project.device, "lead", Kind.ROUND_OPENED, body)
        connection.execute(insert(table_of(models.Round)), round_row(event))
    [problem] = verify(project)
    assert "no passage 1 of a report nothing" in problem


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), unique=True))
def test_a_packed_queue_unpacks_to_itself(queue: list[tuple[str, int]]) -> None:
    assert list(unpacked(packed(queue))) == queue


def test_a_queue_in_reading_order_packs_to_one_run_a_report() -> None:
    queue = [("a", number) for number in range(1, 1001)]
    assert packed(queue) == {"reports": ["a"], "queue": [[0, 1, 1000]]}


def test_a_name_that_differs_by_capital_letters_alone_is_refused(project) -> None:
    opened = main_round(project, "amal")
    assert assign(project, opened.id, "badr", "lead") == 6
    for attempt in (
        lambda: assign(project, opened.id, "Amal", "lead"),
        lambda: open_round(
            project, name="2", purpose="main", order="reading", seed=0, coders=["AMAL"], actor="x"
        ),
        lambda: open_round(
            project, name="2", purpose="main", order="reading", seed=0, coders=["c", "C"], actor="x"
        ),
    ):
        with pytest.raises(AnnotatorError, match="by capital letters alone") as caught:
            attempt()
        assert caught.value.sentence.count(". ") == 0
    assert [row.name for row in rounds(project)] == ["main"]
    assert [row.coder for row in counters(project, opened.id)] == ["amal", "badr"]
