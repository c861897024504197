"""Hard passages of the claims codebook, coded a second time with slips; the matching is by hand."""

from copy import deepcopy

import pytest

from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.form import from_form
from annotator.coding.worked import read_examples
from annotator.work.alignment import align

BOOK = read_codebook(find_codebook("claims"))
EXAMPLES = {
    one.id: one
    for one in read_examples(find_codebook("claims").with_name("claims_examples.yaml")).examples
}


def second(claims, **changes):
    """The claims with ids of their own (r1 becomes b1), some answers changed."""
    made = deepcopy(claims)
    for claim in made:
        for name in ("part_of", "updates", "same_as", "contradicts"):
            claim.pop(name, None)
        claim["id"] = claim["id"].replace("r", "b")
        claim |= changes.get(claim["id"], {})
    return made


def without(claims, *ids):
    return [claim for claim in claims if claim["id"] not in ids]


def alignment(example, claims):
    text = EXAMPLES[example].text
    first = from_form(EXAMPLES[example].coding, BOOK, text)
    other = from_form({"claim": claims}, BOOK, text)
    return first, other, align([first, other], BOOK)


def matching(example, claims):
    found = alignment(example, claims)[2].clusters
    return {one.records for one in found if one.unit == "claim"}


def claims_of(example):
    return EXAMPLES[example].coding["claim"]


def test_claims_are_told_apart_by_their_words_though_made_in_another_order():
    claims = second(
        claims_of("D3"),
        b1={"evidence": ["a toll of 18 for the Qasr Hamdan bombing"]},
        b2={"evidence": ["the town council first said 25, then"]},
        b3={"evidence": ["lowered it to 20"]},
    )
    assert matching("D3", claims[::-1]) == {("r1", "b1"), ("r2", "b2"), ("r3", "b3")}


def test_a_claim_that_one_coder_missed_stays_alone():
    claims = without(second(claims_of("D3")), "b2")
    assert matching("D3", claims) == {("r1", "b1"), ("r2", None), ("r3", "b3")}


def test_where_every_claim_stands_on_the_whole_sentence_the_answers_tell_them_apart():
    sentence = {"evidence": [EXAMPLES["B3"].text]}
    claims = second(claims_of("B3"), b1=sentence, b2=sentence, b3=sentence)
    assert matching("B3", claims[1:] + claims[:1]) == {("r1", "b1"), ("r2", "b2"), ("r3", "b3")}


def test_a_pooled_number_that_one_coder_split_belongs_to_the_part_that_keeps_the_number():
    (whole,) = second(claims_of("A1"))
    air = {**whole, "act": whole["act"][:3]}
    ground = deepcopy({**whole, "id": "b2", "act": whole["act"][3:], "act_mode": "single"})
    ground.pop("total")
    ground.pop("children")
    assert matching("A1", [ground, air]) == {("r1", "b1"), (None, "b2")}


def test_answers_given_beside_the_wrong_words_do_not_move_the_claims():
    _, local, agency = second(claims_of("H1"))
    local["evidence"], agency["evidence"] = agency["evidence"], local["evidence"]
    claims = [second(claims_of("H1"))[0], local, agency]
    assert matching("H1", claims) == {("r1", "b1"), ("r2", "b3"), ("r3", "b2")}


def test_a_claim_that_took_two_together_belongs_to_the_one_it_shares_more_words_with():
    both = "Four regime soldiers and two civilians died when a car bomb hit a checkpoint"
    claims = second(claims_of("K1")[1:], b2={"victims": "mixed", "total": "6", "evidence": [both]})
    assert matching("K1", claims) == {("r1", None), ("r2", "b2")}


def test_the_wounded_that_one_coder_left_out_are_not_taken_for_the_dead():
    claims = without(second(claims_of("C3"), b1={"evidence": [EXAMPLES["C3"].text]}), "b2")
    assert matching("C3", claims) == {("r1", "b1"), ("r2", None)}


def test_claims_alike_but_for_their_acts_are_told_apart_by_them():
    sentence = {"evidence": [EXAMPLES["A3"].text], "total": {"state": "not_stated"}}
    (claim,) = second(claims_of("A3"), b1=sentence)
    heli, rus = claim["act"]
    # Places that are as unlike as can be, so that the order of their letters leads astray.
    first, other = (
        [
            {**claim, "id": f"{side}{act['perpetrator']}", "place": place, "act": [act]}
            for act, place in made
        ]
        for side, made in (
            ("a ", [(heli, "alpha"), (rus, "beta")]),
            ("b ", [(rus, "gamma"), (heli, "kappa")]),
        )
    )
    text = EXAMPLES["A3"].text
    found = align([from_form({"claim": one}, BOOK, text) for one in (first, other)], BOOK)
    assert {one.records for one in found.clusters} == {
        ("a syr_heli", "b syr_heli"),
        ("a rus", "b rus"),
    }


def test_arabic_claims_are_matched_by_their_words():
    claims = second(
        claims_of("C5"),
        b1={"evidence": ["عشرات القتلى"], "total": "~30"},
        b2={"evidence": ["نحو ثلاثين"], "total": "30"},
    )
    assert matching("C5", claims[::-1]) == {("r1", "b1"), ("r2", "b2")}


def test_a_missed_and_an_invented_claim_are_two_that_are_alone():
    claims = second(
        claims_of("D1"),
        b2={
            "kind": "displacement",
            "victims": "unspec",
            "total": {"state": "not_stated"},
            "act": [{"perpetrator": "none", "cause": "none", "attribution": "none"}],
            "source": [{"source_type": "publisher"}],
            "evidence": ["after the strike on al-Majdaliya"],
        },
    )
    assert matching("D1", claims) == {
        ("r1", "b1"),
        ("r2", None),
        ("r3", "b3"),
        (None, "b2"),
    }


def test_claims_on_other_words_with_other_answers_stay_apart():
    claims = without(second(claims_of("D1")), "b1", "b2")
    first = from_form({"claim": claims_of("D1")[:1]}, BOOK, EXAMPLES["D1"].text)
    other = from_form({"claim": claims}, BOOK, EXAMPLES["D1"].text)
    assert [one.records for one in align([first, other], BOOK).clusters] == [
        ("r1", None),
        (None, "b3"),
    ]


def test_the_same_answers_on_other_words_are_one_claim_told_twice():
    claims = without(second(claims_of("J3"), b2={"evidence": ["the deadliest month"]}), "b1")
    first = from_form({"claim": without(second(claims_of("J3")), "b1")}, BOOK, EXAMPLES["J3"].text)
    other = from_form({"claim": claims}, BOOK, EXAMPLES["J3"].text)
    assert [one.records for one in align([first, other], BOOK).clusters] == [("b2", "b2")]


# --- acts ----------------------------------------------------------------------------------------


def acts_of(example, claims):
    """Each pair of acts as their perpetrators and causes, and None for a coder who has none."""
    first, other, found = alignment(example, claims)

    def pair(coding, record):
        if record is None:
            return None
        answers = coding.record(record).answers
        return answers["perpetrator"].value, answers["cause"].value

    return {
        tuple(map(pair, (first, other), one.records))
        for _, one in found.walk()
        if one.unit == "act"
    }


def test_acts_are_matched_inside_matched_claims_and_an_extra_one_stays_alone():
    (claim,) = second(claims_of("A3"), b1={"evidence": ["17 residents were killed"]})
    extra = {"perpetrator": "unk", "cause": "unspec", "attribution": "none"}
    claim["act"] = [extra, *claim["act"][::-1]]
    heli, rus = ("syr_heli", "air_barrel"), ("rus", "air_strike")
    assert acts_of("A3", [claim]) == {(heli, heli), (rus, rus), (None, ("unk", "unspec"))}


def test_acts_coded_less_finely_are_matched_by_the_tree_of_codes():
    (claim,) = without(second(claims_of("A5")), "b2", "b3", "b4")
    claim["act"] = [
        {"perpetrator": "opp", "cause": "bombard", "attribution": "firm"},
        {"perpetrator": "unk", "cause": "mine", "attribution": "none"},
        {"perpetrator": "syr", "cause": "sniper", "attribution": "firm"},
    ]
    found = {pair for pair in acts_of("A5", [claim]) if None not in pair}
    assert found == {
        (("syr_ground", "sniper"), ("syr", "sniper")),
        (("isis", "mine"), ("unk", "mine")),
        (("opp", "shell"), ("opp", "bombard")),
    }


def test_a_single_act_coded_quite_otherwise_is_a_disagreement_and_not_two_findings():
    (claim,) = second(claims_of("E1"))
    claim["act"] = [{"perpetrator": "isis", "cause": "exec", "attribution": "hedged"}]
    (pair,) = acts_of("E1", [claim])
    assert None not in pair


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_a_coding_is_matched_to_itself_record_by_record(example):
    coding = from_form(EXAMPLES[example].coding, BOOK, EXAMPLES[example].text)
    found = align([coding, coding, coding], BOOK)
    assert all(len(set(one.records)) == 1 for _, one in found.walk())
    assert len(list(found.walk())) == sum(1 for _ in coding.walk()) - 1
