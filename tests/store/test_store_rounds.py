import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_world import draft_of, main_round, source_of

from annotator.errors import AnnotatorError
from annotator.store.corpus import import_reports
from annotator.store.desk import Desk
from annotator.store.rounds import (
    CoderProgress,
    RoundState,
    active_round,
    assign,
    close_round,
    counters,
    open_round,
    packed,
    rounds,
    unpacked,
)
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
