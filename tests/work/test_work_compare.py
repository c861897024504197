import random
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_projects import codebook

from annotator.agreement import Level, Ratings, SetDistance
from annotator.agreement.metric import distance_for
from annotator.coding.content import content
from annotator.coding.form import from_form
from annotator.work.compare import Comparison
from annotator.work.final import SettledBy, final
from annotator.work.side_by_side import side_by_side
from annotator.work.subjects import in_short, subject_names

BOOK = codebook()


def extent_of(*forms):
    return Comparison(BOOK).extent([content(form, BOOK) for form in forms])


def said(form):
    return content(form, BOOK)


def test_evidence_notes_and_doubts_are_no_part_of_what_is_said():
    bare = {"kind": "daily", "claim": [{"id": "r1", "total": "9"}]}
    full = {
        "kind": {
            "value": "daily",
            "evidence": [{"start": 0, "end": 6, "text": "Shells"}],
            "unsure": True,
            "note": "not sure",
        },
        "claim": [
            {"id": "r7", "total": "9", "evidence": [{"start": 0, "end": 6, "text": "Shells"}]}
        ],
    }
    assert said(bare) == said(full)


def test_a_value_from_a_candidate_says_the_same_as_one_given_by_hand():
    assert said({"kind": {"value": "daily", "candidate": True}}) == said({"kind": "daily"})


def test_inferred_marks_and_overrides_are_no_part_of_what_is_said():
    bare = {"kind": "daily", "claim": [{"id": "r1", "act": [{"id": "r2", "perpetrator": "isis"}]}]}
    marked = {
        "kind": {"value": "daily", "inferred": True},
        "claim": [
            {
                "id": "r1",
                "act": [{"id": "r2", "perpetrator": {"value": "isis", "inferred": True}}],
            }
        ],
        "overrides": [{"check": "W1", "record": "r2", "reason": "the text says so"}],
        "note": "one event or two?",
    }
    assert said(bare) == said(marked)
    assert extent_of(bare, marked).score == 0.0


def test_the_words_a_date_was_read_from_are_no_part_of_what_is_said():
    day = {"precision": "1", "kind": "event", "start": "2016-12-21", "end": "2016-12-21"}
    assert said({"day": day}) == said({"day": day | {"words": "on Wednesday"}})
    assert said({"day": day}) != said({"day": day | {"kind": "window"}})


def test_a_state_is_no_code_of_the_same_name():
    assert said({"kind": "unknown"}) != said({"kind": {"state": "unknown"}})


def test_the_empty_set_is_not_the_same_as_no_answer():
    found = extent_of({"actors": []}, {})
    assert (found.score, found.differing) == (1.0, ("actors",))


def test_the_order_and_the_ids_of_records_are_no_part_of_what_is_said():
    one = {"claim": [{"id": "r1", "total": "9"}, {"id": "r2", "total": "4", "part_of": ["r1"]}]}
    other = {"claim": [{"id": "r1", "total": "4", "part_of": ["r5"]}, {"id": "r5", "total": "9"}]}
    assert said(one) == said(other)


def test_a_link_to_another_record_is_another_content():
    claims = [{"id": "r1", "total": "9"}, {"id": "r2", "total": "4"}, {"id": "r3", "total": "1"}]
    to_first, to_second = deepcopy(claims), deepcopy(claims)
    to_first[2]["part_of"] = ["r1"]
    to_second[2]["part_of"] = ["r2"]
    assert said({"claim": to_first}) != said({"claim": to_second})


def test_how_often_a_record_comes_counts():
    claim = {"total": "9"}
    found = extent_of(
        {"claim": [claim | {"id": "r1"}]},
        {"claim": [claim | {"id": "r1"}, claim | {"id": "r2"}]},
    )
    assert found.score == pytest.approx(0.5)


def test_the_score_is_the_mean_over_what_anyone_said():
    one = {"kind": "daily", "actors": ["regime"], "killed": "9"}
    other = {"kind": "daily", "actors": ["regime", "russia"], "killed": "9+"}
    found = extent_of(one, other)
    # kind 0; actors 1 - (1/2)(2/3) = 2/3; killed 1.
    assert found.score == pytest.approx((0 + 2 / 3 + 1) / 3)
    assert found.differing == ("actors", "killed")


def test_three_codings_count_by_pairs():
    found = extent_of({"kind": "daily"}, {"kind": "daily"}, {"kind": "total"})
    assert found.score == pytest.approx(2 / 3)


def test_different_reasons_for_no_record_are_a_difference():
    found = extent_of({"none": "context"}, {"none": "unreadable"})
    assert found.differing == ("none",)


def test_two_codings_that_say_nothing_do_not_differ():
    assert extent_of({}, {}).score == 0.0


ACTORS = ["regime", "russia", "isis", "mines"]
sets = st.lists(st.sampled_from(ACTORS), unique=True)


@given(sets, sets)
def test_sets_differ_as_they_do_in_the_agreement_package(one, other):
    categories = list(dict.fromkeys([frozenset(one), frozenset(other)]))
    codes = np.array([[categories.index(frozenset(one)), categories.index(frozenset(other))]])
    ratings = Ratings.from_codes(codes, categories, ["a", "b"], members=ACTORS)
    masi = distance_for(ratings, Level.SET, SetDistance.MASI, None)
    expected = masi.between(codes[0, :1], codes[0, 1:])[0]
    found = extent_of({"actors": one}, {"actors": other})
    assert found.score == pytest.approx(float(expected))


totals = st.sampled_from(["9", "12+", "~30"])
acts = st.lists(
    st.fixed_dictionaries({"perpetrator": st.sampled_from(["regime", "isis"])}), max_size=2
)
claims = st.lists(st.fixed_dictionaries({"total": totals}, optional={"act": acts}), max_size=3)


@st.composite
def forms(draw):
    form = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "kind": st.sampled_from(["daily", "total", {"state": "not_stated"}]),
                "actors": sets,
                "killed": totals,
                "claim": claims,
            },
        )
    )
    number = 0
    for claim in form.get("claim", []):
        for record in (claim, *claim.get("act", [])):
            number += 1
            record["id"] = f"r{number}"
    return form


@given(forms(), st.randoms(use_true_random=False))
def test_shuffling_records_and_naming_them_anew_changes_nothing(form, rng: random.Random):
    other = deepcopy(form)
    records = [
        record for claim in other.get("claim", []) for record in (claim, *claim.get("act", []))
    ]
    names = [f"x{number}" for number in range(len(records))]
    rng.shuffle(names)
    for record, name in zip(records, names, strict=True):
        record["id"] = name
    rng.shuffle(other.get("claim", []))
    assert extent_of(form, other).score == 0.0


@given(st.lists(forms(), min_size=2, max_size=4))
def test_there_are_differences_to_show_wherever_the_score_is_above_zero(several):
    found = extent_of(*several)
    sides = {
        letter: from_form(form, BOOK, "") for letter, form in zip("ABCD", several, strict=False)
    }
    shown = [part for part in side_by_side(sides, BOOK) if part.differs]
    assert 0.0 <= found.score <= 1.0
    assert (found.score > 0) == bool(found.differing)
    assert bool(shown) >= bool(found.differing)
    of_passage = {"kind", "actors", "killed", "none"}
    assert {part.variable for part in shown if not part.place} == of_passage & {*found.differing}
    assert found == extent_of(*reversed(several))
    assert (found.score == 0.0) == all(said(one) == said(several[0]) for one in several)


# --- records -------------------------------------------------------------------------------------


def claims_of(*claims):
    """A coding with these claims, records and acts numbered."""
    records = [record for claim in claims for record in (claim, *claim.get("act", []))]
    for number, record in enumerate(records, 1):
        record["id"] = f"r{number}"
    return {"claim": list(claims)}


def act(perpetrator, **more):
    return {"perpetrator": perpetrator} | more


def test_one_answer_in_a_claim_weighs_as_one_of_what_is_said_of_claims():
    one = claims_of({"total": "9", "cause": ["shell"], "act": [act("regime")]})
    other = claims_of({"total": "9", "cause": ["shell", "mine"], "act": [act("regime")]})
    found = extent_of(one, other)
    # The claim as a whole 1, total 0, cause 1 - (1/2)(2/3) = 2/3, the act and its answer 0.
    assert found.score == pytest.approx((1 + 0 + 2 / 3 + 0 + 0) / 5)
    assert found.differing == ("cause",)


def test_a_claim_that_one_coder_missed_is_a_difference_in_the_claim_alone():
    both = claims_of({"total": "9", "act": [act("regime")]}, {"total": "4", "act": [act("isis")]})
    found = extent_of(both, claims_of({"total": "9", "act": [act("regime")]}))
    assert found.differing == ("claim",)
    assert found.score == pytest.approx(0.5)
    assert extent_of(both, {"none": "context"}).differing == ("claim", "none")


def test_an_act_that_one_coder_missed_is_a_difference_in_the_act():
    both = claims_of({"total": "9", "act": [act("regime"), act("isis")]})
    assert extent_of(both, claims_of({"total": "9", "act": [act("isis")]})).differing == ("act",)


def test_what_only_stands_together_differently_is_a_difference_in_the_unit_around_it():
    apart = claims_of({"total": "9", "act": [act("regime")]}, {"total": "4", "act": [act("isis")]})
    swapped = claims_of(
        {"total": "4", "act": [act("regime")]}, {"total": "9", "act": [act("isis")]}
    )
    found = extent_of(apart, swapped)
    # Neither claim has an equal; totals, acts and perpetrators are the same.
    assert (found.score, found.differing) == (pytest.approx(1 / 4), ("claim",))


def test_an_answer_left_open_is_another_answer_but_not_where_the_claim_is_missing():
    one = claims_of({"total": "9", "cause": ["shell"]}, {"total": "4"})
    assert extent_of(one, claims_of({"total": "9"}, {"total": "4"})).differing == ("cause",)
    assert extent_of(one, claims_of({"total": "9"})).differing == ("claim",)


def test_names_are_in_the_order_of_the_codebook_and_each_is_called_something():
    one = claims_of({"total": "9", "act": [act("regime")]})
    other = claims_of({"total": "4", "act": [act("isis")]}) | {"kind": "daily"}
    names = subject_names(BOOK)
    assert extent_of(one, other).differing == ("kind", "total", "perpetrator")
    assert [names[name] for name in ("total", "claim", "none")] == [
        BOOK.variable("total").name,
        BOOK.unit("claim").label,
        "Why there is none",
    ]


def test_names_that_do_not_fit_are_counted():
    names = ["Total", "Cause", "Perpetrator"]
    assert in_short(names, 26) == "Total, Cause, Perpetrator"
    assert in_short(names, 24) == "Total, Cause +1"
    assert in_short(names, 5) == "Total +2"
    assert in_short([], 5) == ""


@given(forms(), st.data())
def test_more_wrong_answers_never_make_codings_more_alike(form, data):
    """Wrong answers that nobody else gives, one after the other."""
    wrong, scores = deepcopy(form), [0.0]
    records = [wrong, *wrong.get("claim", [])]
    answers = [
        (record, name)
        for record in records
        for name in ("kind", "killed", "total")
        if name in record
    ]
    for number, (record, name) in enumerate(data.draw(st.permutations(answers))):
        record[name] = f"wrong{number}" if name == "kind" else str(1000 + number)
        scores.append(extent_of(form, wrong).score)
    assert scores == sorted(scores)
    assert all(scores[1:])


@given(forms())
def test_more_missed_claims_never_make_codings_more_alike(form):
    fewer, scores = deepcopy(form), [0.0]
    while fewer.get("claim"):
        fewer["claim"] = fewer["claim"][:-1]
        scores.append(extent_of(form, fewer).score)
    assert scores == sorted(scores)
    assert extent_of(form, fewer).differing in ((), ("claim",))


# --- final ---------------------------------------------------------------------------------------


def test_a_passage_that_nobody_coded_has_no_final_coding():
    found = final([], None, BOOK)
    assert (found.form, found.settled_by, found.agreed) == (None, SettledBy.NOT_CODED, None)


def test_one_coding_is_final_and_says_that_it_is_the_only_one():
    found = final([{"kind": "daily"}], None, BOOK)
    assert (found.form, found.n_coders, found.agreed) == ({"kind": "daily"}, 1, None)
    assert found.settled_by is SettledBy.UNANIMITY


def test_codings_that_say_the_same_are_final_whatever_their_notes():
    noted = {"kind": {"value": "daily", "note": "see line 2"}, "note": "of the passage"}
    found = final([noted, {"kind": "daily"}], None, BOOK)
    assert (found.form, found.settled_by, found.agreed) == (noted, SettledBy.UNANIMITY, True)


def test_inferred_marks_and_overrides_break_no_unanimity_and_stand_as_the_first_has_them():
    marked = {
        "kind": {"value": "daily", "inferred": True},
        "overrides": [{"check": "W1", "record": "", "reason": "the text says so"}],
    }
    found = final([marked, {"kind": "daily"}], None, BOOK)
    assert (found.form, found.settled_by, found.agreed) == (marked, SettledBy.UNANIMITY, True)


def test_codings_that_differ_leave_no_final_coding_until_a_lead_settles_them():
    differing = [{"kind": "daily"}, {"kind": "total"}]
    open_ = final(differing, None, BOOK)
    assert (open_.form, open_.settled_by) == (None, SettledBy.DISAGREEMENT)
    settled = final(differing, {"kind": "total"}, BOOK, outcome="take")
    assert (settled.form, settled.settled_by) == ({"kind": "total"}, SettledBy.ADJUDICATION)
    assert settled.agreed is False


def test_what_cannot_be_resolved_has_no_final_coding():
    found = final([{"kind": "daily"}, {"kind": "total"}], {}, BOOK, outcome="cannot_resolve")
    assert (found.form, found.settled_by) == (None, SettledBy.CANNOT_RESOLVE)
