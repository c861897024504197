"""The design of a round: every promise of a plan, whatever passages, coders and seed."""

import hashlib
import json
import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.coding.form import canonical
from annotator.errors import AnnotatorError
from annotator.work.design import (
    Candidate,
    Design,
    Plan,
    kept_sampling,
    kept_strata,
    plan,
)
from annotator.work.design_blocks import Deal
from annotator.work.design_chance import chance
from annotator.work.design_shares import levelled, proportional

CODERS = ("amal", "basim", "dana", "farid", "huda", "nour")


def passages(count: int, *, strata: int = 1, group: int = 0) -> list[Candidate]:
    """Passages of reports of ten; the first of every ten have a near-duplicate each, if asked."""
    return [
        Candidate(
            f"r{place // 10}",
            place % 10 + 1,
            place,
            stratum=f"s{place % strata}" if strata > 1 else "",
            group=f"g{place // 10}" if place % 10 < group else "",
        )
        for place in range(count)
    ]


# --- blocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coders", "each", "blocks", "meetings"),
    [
        pytest.param(4, 2, 6, 1, id="all pairs of 4"),
        pytest.param(5, 2, 10, 1, id="all pairs of 5"),
        pytest.param(7, 3, 7, 1, id="Fano plane"),
        pytest.param(7, 3, 14, 2, id="Fano plane twice"),
        pytest.param(6, 3, 10, 2, id="10 triples of 6"),
        pytest.param(9, 3, 12, 1, id="affine plane of order 3"),
        pytest.param(8, 4, 14, 3, id="14 quadruples of 8"),
        pytest.param(13, 4, 13, 1, id="projective plane of order 3"),
        pytest.param(11, 5, 11, 2, id="biplane of 11"),
        pytest.param(10, 4, 15, 2, id="15 quadruples of 10"),
    ],
)
def test_balanced_incomplete_designs_are_found(
    coders: int, each: int, blocks: int, meetings: int
) -> None:
    found = Deal([blocks] * coders, "1").deal([1] * blocks, each)
    counted = Counter(pair for block in found for pair in combinations(block, 2))
    assert [counted[pair] for pair in combinations(range(coders), 2)] == (
        [meetings] * (coders * (coders - 1) // 2)
    )
    loads = Counter(coder for block in found for coder in block)
    assert set(loads.values()) == {blocks * each // coders}


@settings(max_examples=40)
@given(st.integers(3, 9), st.integers(1, 120), st.integers(0, 99))
def test_of_pairs_none_meets_more_than_once_more_than_another(
    coders: int, blocks: int, seed: int
) -> None:
    found = Deal([blocks] * coders, str(seed)).deal([1] * blocks, 2)
    counted = Counter(found)
    meetings = [counted[pair] for pair in combinations(range(coders), 2)]
    loads = [sum(coder in block for block in found) for coder in range(coders)]
    assert max(meetings) - min(meetings) <= 1
    assert max(loads) - min(loads) <= 1


# --- shares --------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12), st.data())
def test_what_is_levelled_goes_to_whoever_has_least(limits: list[int], data: st.DataObject) -> None:
    held = [data.draw(st.integers(0, 20)) for _ in limits]
    room = sum(max(0, limit - own) for limit, own in zip(limits, held, strict=True))
    total = data.draw(st.integers(0, room))
    given_ = levelled(total, limits, held)
    one_by_one = list(held)
    for _ in range(total):
        open_ = [place for place, own in enumerate(one_by_one) if own < limits[place]]
        one_by_one[min(open_, key=one_by_one.__getitem__)] += 1
    assert [own + new for own, new in zip(held, given_, strict=True)] == one_by_one


@given(st.lists(st.integers(1, 500), min_size=1, max_size=20), st.data())
def test_proportional_shares_lose_no_stratum_and_are_rounded_quotas(
    sizes: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(len(sizes), sum(sizes)))
    shares = proportional(total, sizes)
    quotas = [total * size / sum(sizes) for size in sizes]
    assert sum(shares) == total
    for share, size, quota in zip(shares, sizes, quotas, strict=True):
        assert 1 <= share <= size
        # Only what the smallest are given beyond their quotas is taken from the others.
        assert share < quota + 1 or share == 1
    if min(quotas) >= 1:
        assert all(abs(share - quota) < 1 for share, quota in zip(shares, quotas, strict=True))


def test_hamilton_apportions_as_published() -> None:
    # The census of 1790 and the 120 seats of Hamilton's bill (Balinski and Young 1982, Fair
    # Representation): CT DE GA KY MD MA NH NJ NY NC PA RI SC VT VA.
    people = [236841, 55540, 70835, 68705, 278514, 475327, 141822, 179570, 331589, 353523]
    people += [432879, 68446, 206236, 85533, 630560]
    assert proportional(120, people) == [8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21]


# --- plans ---------------------------------------------------------------------------------------


@st.composite
def designs(draw: st.DrawFn) -> tuple[list[Candidate], Design]:
    coders = CODERS[: draw(st.integers(1, len(CODERS)))]
    strata = draw(st.sampled_from([1, 3]))
    there = passages(
        draw(st.integers(3, 60)), strata=strata, group=draw(st.sampled_from([0, 0, 2]))
    )
    design = Design(
        coders=coders,
        codings=draw(st.integers(1, len(coders))),
        share=draw(st.sampled_from([0.0, 0.2, 0.5, 1.0])),
        first=draw(st.sampled_from([0, 5])),
        sample=draw(st.none() | st.integers(3, 40)),
        strata="month" if strata > 1 else "",
        near_duplicates=draw(st.sampled_from(["together", "one", "apart"])),
        order=draw(st.sampled_from(["reading", "random"])),
        seed=draw(st.integers(0, 9)),
    )
    return there, design


def made(there: list[Candidate], design: Design) -> Plan:
    """The plan, or an example that is passed over where the sample is larger than what there is."""
    kept_apart = design.near_duplicates == "apart"
    count = len({one.position if kept_apart else one.group or one.position for one in there})
    assume(design.sample is None or design.sample <= count)
    return plan(there, design)


@settings(max_examples=25)
@given(designs())
def test_each_passage_has_so_many_coders_as_designed(case: tuple[list[Candidate], Design]) -> None:
    there, design = case
    found = made(there, design)
    queued = Counter((one.report, one.number) for queue in found.queues.values() for one in queue)
    assert len(queued) == len(found.passages)
    for one in found.passages:
        assert queued[one.candidate.report, one.candidate.number] == len(one.coders)
        assert len(one.coders) in {1, design.codings}
        for coder in one.coders:
            assert (one.candidate.report, one.candidate.number, 1) in found.queues[coder]
    together = 2 if any(one.candidate.group for one in found.passages) else 1
    if design.codings > 1:
        first = sum(one.first for one in found.passages)
        rest = len(found.passages) - first
        overlapping = sum(len(one.coders) > 1 for one in found.passages) - first
        assert 0 <= overlapping - design.share * rest < together
        assert min(design.first, len(found.passages)) <= first < design.first + together


@settings(max_examples=25)
@given(designs())
def test_loads_and_meetings_are_as_equal_as_they_can_be(
    case: tuple[list[Candidate], Design],
) -> None:
    there, design = case
    found = made(there, design)
    loads, meetings = found.loads.values(), found.overlaps.values()
    alone = design.near_duplicates != "together" or not any(one.group for one in there)
    if alone:
        assert max(loads) - min(loads) <= 1
        if design.codings == 2:
            assert max(meetings) - min(meetings) <= 1
    singles = any(not one.candidate.group and len(one.coders) == 1 for one in found.passages)
    assert max(loads) - min(loads) <= (1 if alone else 4) or not singles


@settings(max_examples=15)
@given(designs(), st.randoms(use_true_random=False))
def test_a_plan_depends_on_its_design_alone(
    case: tuple[list[Candidate], Design], chance: random.Random
) -> None:
    there, design = case
    first = made(there, design)
    coders = list(design.coders)
    chance.shuffle(there)
    chance.shuffle(coders)
    data = json.loads(canonical(design.as_json() | {"coders": coders}))
    assert plan(there, Design.from_json(data)).queues == first.queues
    assert plan(there, Design.from_json(first.kept())) == plan(
        there, Design.from_json(data | {"coders": sorted(coders)})
    )


@settings(max_examples=25)
@given(designs())
def test_near_duplicates_have_the_same_coders_and_count_as_one(
    case: tuple[list[Candidate], Design],
) -> None:
    there, design = case
    found = made(there, design)
    if design.near_duplicates == "apart":
        assert len(found.passages) == (design.sample or len(there))
        return
    of_group: dict[str, list[tuple[str, ...]]] = {}
    for one in found.passages:
        name = one.candidate.group or f"{one.candidate.position}"
        of_group.setdefault(name, []).append(one.coders)
    assert all(len(set(coders)) == 1 for coders in of_group.values())
    if design.sample is not None:
        assert len(of_group) == design.sample
    if design.near_duplicates == "one":
        assert all(len(coders) == 1 for coders in of_group.values())
        return
    whole = Counter(one.group for one in there if one.group)
    assert all(whole[name] == len(of_group[name]) for name in of_group if name in whole)


@given(st.integers(4, 60), st.sampled_from(["proportional", "equal"]), st.integers(0, 9))
def test_no_stratum_is_lost(sample: int, allocation: str, seed: int) -> None:
    there = [
        Candidate("r", place + 1, place, stratum="abcd"[min(3, place // 30)]) for place in range(92)
    ]
    design = Design(("amal",), sample=sample, strata="month", allocation=allocation, seed=seed)
    strata = plan(there, design).strata
    assert [one.passages for one in strata] == [30, 30, 30, 2]
    drawn = [one.drawn for one in strata]
    assert sum(drawn) == sample
    assert min(drawn) >= 1
    if allocation == "equal":
        assert drawn[3] in {1, 2} if sample < 8 else drawn[3] == 2
        assert max(drawn[:3]) - min(drawn[:3]) <= 1


@settings(max_examples=8)
@given(st.integers(0, 20))
def test_the_overlap_is_of_every_stratum_alike_and_all_over_the_queue(seed: int) -> None:
    there = passages(400, strata=4)
    design = Design(CODERS, codings=2, share=0.2, strata="month", seed=seed)
    found = plan(there, design)
    assert [one.overlapping for one in found.strata] == pytest.approx([20] * 4, abs=1)
    overlapping = {
        (one.candidate.report, one.candidate.number)
        for one in found.passages
        if len(one.coders) > 1
    }
    for queue in found.queues.values():
        count = 0
        share = sum(one[:2] in overlapping for one in queue) / len(queue)
        for place, one in enumerate(queue, 1):
            count += one[:2] in overlapping
            assert abs(count - share * place) < 2


def test_the_first_passages_overlap_and_come_first_in_each_queue() -> None:
    found = plan(passages(400), Design(CODERS, codings=2, share=0.2, first=100))
    first = {(one.candidate.report, one.candidate.number) for one in found.passages if one.first}
    assert len(first) == 100
    for queue in found.queues.values():
        own = sum(one[:2] in first for one in queue)
        assert 33 <= own <= 34
        assert all(one[:2] in first for one in queue[:own])
    assert sum(len(one.coders) == 2 for one in found.passages) == 100 + 60
    reading = plan(passages(400), Design(CODERS, codings=2, share=0.2, first=100, order="reading"))
    assert [one.candidate.position for one in reading.passages if one.first] == list(range(100))
    assert list(reading.queues["amal"]) == sorted(
        reading.queues["amal"], key=lambda one: (int(one.report[1:]), one.number)
    )


def test_the_order_is_another_for_every_coder_and_seed() -> None:
    there = passages(40)
    one = plan(there, Design(CODERS[:2], codings=2)).queues
    other = plan(there, Design(CODERS[:2], codings=2, seed=1)).queues
    assert sorted(one["amal"]) == sorted(one["basim"]) == sorted(other["amal"])
    assert len({one["amal"], one["basim"], other["amal"], other["basim"]}) == 4


@settings(max_examples=5)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
def test_nobody_has_more_than_their_capacity(amal: int, dana: int, seed: int) -> None:
    design = Design(CODERS, codings=2, share=0.5, capacity={"amal": amal, "dana": dana}, seed=seed)
    found = plan(passages(120), design)
    assert found.loads["amal"] <= amal
    assert found.loads["dana"] <= dana
    free = [load for coder, load in found.loads.items() if coder not in ("amal", "dana")]
    assert max(free) - min(free) <= 1
    assert sum(found.loads.values()) == 180


@settings(max_examples=25)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=20), st.integers(1, 3), st.data())
def test_groups_of_near_duplicates_keep_to_capacities_or_are_refused(
    sizes: list[int], codings: int, data: st.DataObject
) -> None:
    there = [
        Candidate(f"r{group}", number + 1, 10 * group + number, group=f"g{group}")
        for group, size in enumerate(sizes)
        for number in range(size)
    ]
    capacity = {coder: data.draw(st.integers(0, 60)) for coder in CODERS[:3]}
    design = Design(CODERS[:3], codings=codings, share=0.5, capacity=capacity)
    if sum(limit >= len(there) for limit in capacity.values()) < codings:
        # Those who have room for everything are too few: it may be refused.
        try:
            found = plan(there, design)
        except AnnotatorError:
            return
    else:
        found = plan(there, design)
    assert all(load <= capacity[coder] for coder, load in found.loads.items())
    assert len(found.passages) == len(there)


def test_chance_is_made_as_documented() -> None:
    digest = hashlib.sha256("7\nqueue\nأمل\nr1\n3".encode()).hexdigest()
    assert chance(7, "queue", "أمل", "r1", 3) == (int(digest[:16], 16) >> 11) / 2**53


def test_every_passage_has_the_same_chance_to_be_drawn() -> None:
    there = passages(40)
    drawn = Counter(
        one.candidate.position
        for seed in range(400)
        for one in plan(there, Design(("amal",), sample=10, seed=seed)).passages
    )
    # 400 draws of 1 in 4: mean 100, standard deviation 8.7.
    assert set(drawn) == set(range(40))
    assert all(60 <= count <= 140 for count in drawn.values())


@settings(max_examples=20)
@given(st.integers(0, 20), st.sampled_from(["proportional", "equal"]))
def test_weights_undo_the_allocation(seed: int, allocation: str) -> None:
    there = [
        Candidate("r", place + 1, place, "ab"[place >= 90], f"g{place // 2}" if place < 9 else "")
        for place in range(100)
    ]
    asked = Design(("amal",), sample=20, strata="search", searches=("x",), seed=seed)
    design = replace(asked, allocation=allocation)
    found = plan(there, design)
    kept = json.loads(canonical(found.kept()))
    assert kept_strata(kept) == list(found.strata)
    sampling = kept_sampling(kept)
    assert set(sampling) == {(one.candidate.report, one.candidate.number) for one in found.passages}
    # What was drawn stands for all groups of each stratum.
    stands_for: Counter[str] = Counter()
    groups = {one.candidate.group or str(one.candidate.position): one for one in found.passages}
    for one in groups.values():
        weight = sampling[one.candidate.report, one.candidate.number].weight
        assert weight is not None
        stands_for[one.stratum] += weight
    assert stands_for == pytest.approx({"a": 90 - 4, "b": 10})


# --- what cannot be ------------------------------------------------------------------------------

THREE = ("amal", "basim", "dana")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"coders": ()}, "needs its coders"),
        ({"coders": ("amal", "Amal")}, "amal and Amal differ by capital letters"),
        ({"coders": ("amal", "amal")}, "named twice"),
        ({"codings": 4}, "4 codings of a passage take as many coders, and the round has 3"),
        ({"codings": 0}, "0 codings"),
        ({"share": 1.5}, "is 1.5; give a number from 0 to 1"),
        ({"share": float("nan")}, "is nan; give a number from 0 to 1"),
        ({"first": -1}, "come first is -1; give 0 or more"),
        ({"sample": 0}, "size of the sample is 0; give 1 or more"),
        ({"capacity": {"zed": 4}}, "capacity for zed, who is not among the coders"),
        ({"capacity": {"amal": -4}}, "capacity of amal is -4"),
        ({"strata": "colour"}, "colour is no division into strata; choose one of report, month"),
        ({"strata": "search"}, "need words to search for"),
        ({"allocation": "equal"}, "give --sample and --stratify"),
        ({"near_duplicates": "x"}, "x is no way with near-duplicates"),
        ({"order": "x"}, "x is no order"),
        ({"seed": 2**63}, "too large for a seed"),
        (
            {"sample": 101},
            "A sample of 101 is more than there is to draw from (100); ask for fewer.",
        ),
        ({"strata": "month", "sample": 3}, "leaves some of 4 strata without a passage"),
        (
            {"capacity": dict.fromkeys(THREE, 30)},
            "takes 100 codings, and the coders have room for 90, 10 too few",
        ),
        (
            {"codings": 2, "share": 0.5, "capacity": {"amal": 5, "basim": 5}},
            "(50 by 2 coders each) takes 100 codings, and the coders have room for 60",
        ),
    ],
)
def test_an_impossible_design_is_refused_with_its_reason(
    asked: dict[str, object], says: str
) -> None:
    with pytest.raises(AnnotatorError) as refused:
        plan(passages(100, strata=4), Design(**{"coders": THREE} | asked))
    assert says in refused.value.sentence


def test_near_duplicates_for_whom_there_is_no_room_are_told() -> None:
    there = [Candidate("r", place + 1, place, group="g") for place in range(10)]
    with pytest.raises(AnnotatorError, match="10 near-duplicate passages"):
        plan(there, Design(THREE, capacity=dict.fromkeys(THREE, 9)))
    apart = Design(THREE, capacity=dict.fromkeys(THREE, 9), near_duplicates="apart")
    assert sorted(plan(there, apart).loads.values()) == [3, 3, 4]


def test_nothing_to_choose_from_is_told() -> None:
    with pytest.raises(AnnotatorError, match="No passage is as asked"):
        plan([], Design(THREE))
