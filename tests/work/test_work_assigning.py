"""Who gets what in a round under way: promises that hold for any round."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.store.assignments import Move
from annotator.store.held import Held, QueueChange
from annotator.store.models import Order, Purpose, RoundState
from annotator.store.rounds import RoundRow
from annotator.work.assigning import (
    Standing,
    fair_share,
    given_as_listed,
    handed_over,
    known_coder,
    more_overlap,
    overlap_up_to,
    unlocked,
    wanted_of,
)

few = settings(max_examples=40, deadline=None)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODERS = ("amal", "badr", "chadia")
PLACES = tuple((f"r{report}", number) for report in range(4) for number in (1, 2, 3))
ROW = RoundRow(
    "id",
    "main",
    Purpose.MAIN,
    "sha",
    Order.RANDOM,
    7,
    CODERS,
    RoundState.OPEN,
    NOW - timedelta(days=60),
    "{}",
)


def one(coder: str, place: tuple[str, int], state: str = "open", occasion: int = 1) -> Held:
    return Held(
        coder,
        *place,
        occasion,
        done=state == "done",
        skipped=state == "skipped",
        flagged=False,
        sent_back=state == "sent back",
        started=state == "started",
    )


def there(queues: dict[str, list[Held]], **more: object) -> Standing:
    made = Standing(
        ROW,
        PLACES,
        {coder: tuple(queue) for coder, queue in queues.items()},
        dict.fromkeys(PLACES, 1),
        {},
    )
    return replace(made, **more)


STATES = ("open", "open", "open", "started", "done", "skipped", "sent back")


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    queues = {}
    for coder in draw(st.permutations(CODERS)):
        places = draw(st.lists(st.sampled_from(PLACES), unique=True))
        queues[coder] = [one(coder, place, draw(st.sampled_from(STATES))) for place in places]
        for place in places[:1]:
            if draw(st.booleans()):
                queues[coder].append(one(coder, place, "open", occasion=2))
    wanted = {place: draw(st.integers(0, 3)) for place in PLACES}
    order = draw(st.sampled_from(Order))
    return there(queues, row=ROW._replace(order=order), wanted=wanted)


def after(before: Standing, moves: list[Move]) -> Standing:
    """The standing once moves are carried out."""
    queues = {coder: list(queue) for coder, queue in before.queues.items()}
    for move in moves:
        given = (move.report, move.number, move.occasion)
        if move.source:
            kept = [own for own in queues[move.source] if own.given != given]
            assert len(kept) == len(queues[move.source]) - 1
            queues[move.source] = kept
        if move.target:
            queue = queues.setdefault(move.target, [])
            assert given not in [own.given for own in queue]
            queue.append(one(move.target, given[:2]))
    return there(queues, row=before.row, wanted=before.wanted)


def mirrored(before: Standing) -> Standing:
    """The same, read in another order."""
    return replace(before, queues=dict(reversed(before.queues.items())))


@few
@given(standings(), st.sampled_from([*CODERS, "dana"]), st.none() | st.integers(1, 15))
def test_a_fair_share_levels_what_waits_and_first_fills_what_lacks_a_coder(
    before: Standing, coder: str, most: int | None
) -> None:
    moves = fair_share(before, coder, most)
    assert moves == fair_share(mirrored(before), coder, most)
    then = after(before, moves)
    assert {move.target for move in moves} <= {coder}
    for move in moves:
        place = move.report, move.number
        assert move.occasion == 1
        assert place not in before.has(coder)
        if move.source:
            [taken] = [own for own in before.queues[move.source] if own.given == move[:3]]
            assert taken.open
            assert not taken.started
            assert len(then.holders[place]) == len(before.holders[place])
        else:
            assert place in before.lacking
    lacked = {place for place in before.lacking if place not in before.has(coder)}
    filled = {(move.report, move.number) for move in moves if not move.source}
    if any(move.source for move in moves):
        assert filled == lacked
    if most is not None:
        assert len(moves) <= most
    elif moves:
        # No more than those who have most to do: to level is not to overload.
        others = [load for name, load in before.loads().items() if name != coder]
        assert then.loads()[coder] <= max([*others, len(lacked) + before.loads()[coder]])


@few
@given(standings(), st.sampled_from(CODERS), st.sampled_from([*CODERS, "dana"]))
def test_what_is_handed_over_is_all_that_is_not_submitted(
    before: Standing, source: str, target: str
) -> None:
    if source == target:
        return
    moves = handed_over(before, source, target)
    then = after(before, moves)
    assert all(own.done or own.sent_back for own in then.queues[source])
    for move in moves:
        assert (move.target == "") is (move.occasion > 1 or move[:2] in before.has(target))


@few
@given(standings(), st.integers(0, 30), st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_only_what_waits_for_idle_coders_is_unlocked(
    before: Standing, days: int, idle: list[int]
) -> None:
    since = {coder: NOW - timedelta(days=n, hours=1) for coder, n in zip(CODERS, idle, strict=True)}
    before = replace(before, since=since)
    moves = unlocked(before, CODERS, NOW, days)
    then = after(before, moves)
    for coder, n in zip(CODERS, idle, strict=True):
        assert then.loads()[coder] == (0 if n >= days else before.loads()[coder])
    assert unlocked(before, CODERS[:1], NOW, days) == [
        move for move in moves if move.source == CODERS[0]
    ]


@few
@given(standings(), st.integers(1, 15))
def test_one_coder_more_goes_to_passages_that_fewest_have(before: Standing, passages: int) -> None:
    moves = more_overlap(before, passages)
    assert moves == more_overlap(mirrored(before), passages)
    after(before, moves)
    chosen = {move[:2] for move in moves}
    assert len(chosen) == len(moves) <= passages
    able = {place for place, held in before.holders.items() if len(held) < len(CODERS)}
    assert len(moves) == min(passages, len(able))
    if left := able - chosen:
        most = max((len(before.holders[place]) for place in chosen), default=0)
        assert most <= min(len(before.holders[place]) for place in left)


@few
@given(standings(), st.lists(st.sampled_from(PLACES), unique=True, max_size=6), st.integers(2, 4))
def test_disputed_passages_get_as_many_coders_as_are_asked_for_and_are_there(
    before: Standing, places: list[tuple[str, int]], codings: int
) -> None:
    moves = overlap_up_to(before, places, codings)
    then = after(before, moves)
    for place in places:
        had = len(before.holders.get(place, ()))
        assert len(then.holders.get(place, ())) == max(had, min(codings, len(CODERS)))
    assert {move[:2] for move in moves} <= set(places)


def test_more_overlap_goes_to_none_who_stopped_until_they_work_again() -> None:
    queues = {"amal": [], "badr": [one("badr", PLACES[0])], "chadia": [one("chadia", PLACES[1])]}
    then = NOW - timedelta(days=2)
    for worked, gets in ((then, {"badr", "chadia"}), (NOW, {"amal"})):
        since = {"amal": worked, "badr": then, "chadia": then}
        moves = more_overlap(there(queues, since=since, taken={"amal": NOW - timedelta(days=1)}), 2)
        assert {move.target for move in moves} == gets


def test_nobody_gets_more_than_the_design_lets_them_have() -> None:
    row = ROW._replace(design='{"capacity":{"amal":2,"dana":1}}')
    queues = {
        "amal": [one("amal", PLACES[0], "done")],
        "badr": [one("badr", place) for place in PLACES],
        "chadia": [],
    }
    more = more_overlap(there(queues, row=row), 9)
    assert Counter(move.target for move in more) == {"amal": 1, "chadia": 8}
    assert len(fair_share(there(queues, row=row), "dana")) == 1
    assert len(fair_share(there(queues, row=row), "dana", 3)) == 3


def test_the_order_of_what_is_given_tells_nothing_of_why() -> None:
    queues = {"amal": [one("amal", place) for place in PLACES], "badr": []}
    lowest_first = [PLACES[7], PLACES[2], PLACES[5]]
    given_to = [move[:2] for move in overlap_up_to(there(queues), lowest_first, 2)]
    other_way = overlap_up_to(there(queues), lowest_first[::-1], 2)
    assert given_to == [move[:2] for move in other_way]
    assert given_to != lowest_first
    read = there(queues, row=ROW._replace(order=Order.READING))
    assert [move[:2] for move in overlap_up_to(read, lowest_first, 2)] == sorted(lowest_first)


def test_a_late_coder_takes_as_much_from_each_though_they_share_passages() -> None:
    queues = {coder: [one(coder, place) for place in PLACES] for coder in CODERS}
    moves = fair_share(there(queues, wanted=dict.fromkeys(PLACES, 3)), "dana")
    assert Counter(move.source for move in moves) == dict.fromkeys(CODERS, 3)
    assert len({move[:2] for move in moves}) == 9


def test_a_late_coder_gets_first_what_lacks_most_coders() -> None:
    queues = {"amal": [one("amal", PLACES[0], "done")], "badr": [], "chadia": []}
    wanted = {PLACES[0]: 2, PLACES[1]: 1, PLACES[2]: 2}
    for most, first in ((1, {PLACES[2]}), (3, set(PLACES[:3]))):
        moves = fair_share(there(queues, wanted=wanted), "dana", most)
        assert {move[:2] for move in moves} == first


def test_a_round_without_a_design_gives_a_late_coder_everything() -> None:
    queues = {"amal": [one("amal", place) for place in PLACES]}
    moves = fair_share(there(queues, row=ROW._replace(design="")), "badr")
    assert {move[:2] for move in moves} == set(PLACES)
    assert {move.source for move in moves} == {""}


def test_the_passages_of_a_list_come_in_its_order_and_once() -> None:
    queues = {"amal": [one("amal", PLACES[0], "done")]}
    listed = [PLACES[3], PLACES[0], PLACES[1], PLACES[3]]
    assert given_as_listed(there(queues), "amal", listed) == [
        Move(*PLACES[3], target="amal"),
        Move(*PLACES[1], target="amal"),
    ]


def change(coder: str, *places: int, taken: bool = False, occasion: int = 1) -> QueueChange:
    return QueueChange(NOW, coder, taken, tuple((*PLACES[place], occasion) for place in places))


def test_a_passage_is_to_have_as_many_coders_as_ever_had_it_at_a_time() -> None:
    changes = [
        change("amal", 0, 1),
        change("badr", 1, 2),
        change("badr", 2, occasion=2),
        change("amal", 0, 1, taken=True),
        change("chadia", 0),
        change("badr", 1, taken=True),
        change("chadia", 1),
    ]
    assert wanted_of(ROW, changes) == {PLACES[0]: 1, PLACES[1]: 2, PLACES[2]: 1}
    assert Counter(wanted_of(ROW._replace(design=""), changes)) == Counter()


def test_a_name_that_is_no_coders_is_told_with_those_there_are() -> None:
    with pytest.raises(AnnotatorError, match=r"zoe is no coder of the round main; .*: amal, badr"):
        known_coder(there({"amal": [], "badr": []}), "zoe")
