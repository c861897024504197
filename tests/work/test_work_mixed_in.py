"""Gold passages and passages that come again, in a coder's queue."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.work.mixed_in import Mix, comes_again, mixed_in

queues = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.integers(1, 60)), unique=True, max_size=120
)
golds = st.lists(st.tuples(st.just("g"), st.integers(1, 40)), unique=True, max_size=20).map(tuple)
mixes = st.builds(
    Mix,
    gold=golds,
    gold_per=st.tuples(st.integers(1, 30), st.integers(1, 10)),
    repeat_share=st.floats(0, 1),
    repeat_after=st.integers(0, 40),
)


@given(queues, mixes, st.integers(0, 10**6))
def test_everything_is_given_once_and_keeps_its_order(queue, mix, seed):
    given_ = mixed_in(queue, "amal", seed, mix)
    own = [(key, number) for key, number, occasion in given_ if key != "g" and occasion == 1]
    assert own == queue
    assert len(set(given_)) == len(given_)


@given(queues, mixes, st.integers(0, 10**6))
def test_as_many_gold_passages_as_the_rate_says_or_all_there_are(queue, mix, seed):
    gold = [one for one in mixed_in(queue, "amal", seed, mix) if one[0] == "g"]
    others, wanted = mix.gold_per
    assert len(gold) == min(len(mix.gold), -(-len(queue) * wanted // others))
    assert {(key, number) for key, number, _ in gold} <= set(mix.gold)
    assert all(occasion == 1 for *_, occasion in gold)


@given(queues, mixes, st.integers(0, 10**6))
def test_a_passage_comes_again_only_after_so_many_others(queue, mix, seed):
    given_ = mixed_in(queue, "amal", seed, mix)
    again = [one for one in given_ if one[2] == 2]
    assert len(again) == max(
        0, min(round(len(queue) * mix.repeat_share), len(queue) - mix.repeat_after)
    )
    for key, number, _ in again:
        first, second = given_.index((key, number, 1)), given_.index((key, number, 2))
        between = [one for one in given_[first + 1 : second] if one[2] == 1 and one[0] != "g"]
        assert second > first
        assert len(between) >= mix.repeat_after


def test_gold_passages_are_spread_over_the_whole_queue():
    queue = [("r", number) for number in range(1, 601)]
    mix = Mix(gold=tuple(("g", number) for number in range(1, 61)))
    places = [at for at, one in enumerate(mixed_in(queue, "amal", 7, mix)) if one[0] == "g"]
    assert len(places) == 40
    for start in range(0, 640, 160):
        assert 8 <= sum(start <= place < start + 160 for place in places) <= 12
    steps = {after - before for before, after in pairwise(places)}
    assert len(steps) > 5, "gold at even steps could be told from the others"


def test_the_seed_and_the_coder_decide_and_nothing_else():
    queue = [("r", number) for number in range(1, 101)]
    gold = tuple(("g", number) for number in range(1, 31))
    mix = Mix(gold, repeat_share=0.1, repeat_after=20)
    same = mixed_in(queue, "amal", 7, mix)
    assert mixed_in(queue, "amal", 7, Mix(gold[::-1], repeat_share=0.1, repeat_after=20)) == same
    assert mixed_in(queue, "basim", 7, mix) != same
    assert mixed_in(queue, "amal", 8, mix) != same


def test_nothing_to_mix_in_leaves_the_queue_as_it_is():
    queue = [("r", 2), ("q", 1)]
    assert mixed_in(queue, "amal", 0, Mix()) == (("r", 2, 1), ("q", 1, 1))
    assert Mix().as_json() == {}


@given(mixes)
def test_what_a_design_keeps_of_a_mix_gives_it_back(mix):
    kept = Mix.from_json({"else": 1, **mix.as_json()}, mix.gold)
    queue = [("r1", number) for number in range(1, 50)]
    assert mixed_in(queue, "amal", 3, kept) == mixed_in(queue, "amal", 3, mix)


def test_a_share_of_passages_comes_again_whenever_it_is_asked():
    places = [("r", number) for number in range(1, 4001)]
    again = {place for place in places if comes_again(place, "amal", 3, 0.05)}
    assert len(again) / len(places) == pytest.approx(0.05, abs=0.012)
    more = {place for place in places if comes_again(place, "amal", 3, 0.1)}
    assert again < more
    assert not any(comes_again(place, "amal", 3, 0.0) for place in places)
    assert all(comes_again(place, "amal", 3, 1.0) for place in places)
