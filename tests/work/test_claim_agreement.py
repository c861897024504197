import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from annotator.agreement import Ratings, estimates
from annotator.codebook.reader import parse_codebook
from annotator.store.project import open_project
from annotator.work.aligned_units import CodedPassage, aligned_units
from annotator.work.claim_agreement import claim_agreement
from annotator.work.reliability import reliability
from generated_claims import BOOK, KINDS, Rates, passages, project


def coded(made, per_report=10):
    return [
        CodedPassage(f"r{number // per_report}", tuple(one.forms), tuple(one.forms.values()))
        for number, one in enumerate(made)
    ]


def of(found, unit):
    return next(one for one in found if one.unit == unit)


def row(unit, variable):
    return next(one for one in unit.variables if one.variable == variable)


def named(name, some):
    return next(one for one in some if one.name == name)


def alpha(some):
    return named("alpha", some)


def percent(some):
    return named("percent_agreement", some)


def near(estimate, value, errors=4):
    """Whether an estimate lies within so many standard errors of a value."""
    return abs(estimate.value - value) <= errors * estimate.se


# --- a project whose truth is known --------------------------------------------------------------

RATES = Rates(found=0.8, invented=0.2, right=0.85, act_found=0.9, spread=0.15, scale=10_000)
MADE = list(passages(600, coders=3, rates=RATES, seed=4))


@pytest.fixture(scope="module")
def found():
    return claim_agreement(coded(MADE), BOOK)


def test_the_alignment_finds_again_which_records_are_the_same():
    right = wrong = 0
    for one in aligned_units(coded(MADE), BOOK)["claim"].records:
        names = {record["id"] for record in one.by_coder.values()}
        right += len(names) == 1
        wrong += len(names) > 1
    true = {
        (number, claim["id"])
        for number, one in enumerate(MADE)
        for form in one.forms.values()
        for claim in form.get("claim", ())
    }
    assert right + wrong == pytest.approx(len(true), rel=0.002)
    assert wrong <= 0.002 * len(true)


def test_what_coders_find_and_miss_comes_out_near_the_rates_they_have(found):
    claims = of(found, "claim").found
    # Of the claims that another coder has, one finds those that are there and were found: the
    # rate of finding over the share of real ones among the records of one coder.
    real = sum(one.n_claims for one in MADE) * RATES.found
    false = len(MADE) * RATES.invented
    assert near(claims.f1, RATES.found * real / (real + false))
    for one in claims.coders:
        assert one.n_records == pytest.approx(real + false, rel=0.05)
    for one in claims.pairs:
        assert near(one.f1, RATES.found * real / (real + false))


def test_found_and_missed_are_counted_as_they_were_made(found):
    claims = of(found, "claim").found
    finders = Counter(
        (number, claim["id"])
        for number, one in enumerate(MADE)
        for form in one.forms.values()
        for claim in form.get("claim", ())
    )
    assert claims.n_found == pytest.approx(len(finders), rel=0.002)
    assert claims.n_by_all == pytest.approx(sum(n == 3 for n in finders.values()), rel=0.002)
    assert claims.n_shared == pytest.approx(sum(n >= 2 for n in finders.values()), rel=0.002)
    for coder in claims.coders:
        mine = {
            (number, claim["id"])
            for number, one in enumerate(MADE)
            for claim in one.forms[coder.coder].get("claim", ())
        }
        assert coder.n_records == len(mine)
        assert coder.n_missed == pytest.approx(len(finders) - len(mine), rel=0.01)
        shared = sum(finders[one] > 1 for one in mine)
        assert coder.n_shared == pytest.approx(shared, rel=0.002)
        assert coder.share == coder.n_shared / (coder.n_shared + coder.n_missed)


def test_intervals_rest_on_reports_and_on_passages_where_there_is_one_report_only(found):
    claims = of(found, "claim")
    estimates_of = [claims.found.f1, *claims.number.matched, *row(claims, "kind").with_missed]
    estimates_of += [row(claims, "total").counts.exact, *row(of(found, "act"), "cause").matched]
    assert {one.n_clusters for one in estimates_of} == {60}
    alone = claim_agreement(coded(MADE[:50], per_report=50), BOOK)
    assert of(alone, "claim").found.f1.n_clusters > 20
    assert alpha(row(of(alone, "act"), "cause").matched).n_clusters > 20


@pytest.mark.parametrize("variable", ["kind", "claim_type", "victims"])
def test_alpha_of_matched_claims_comes_out_at_the_square_of_the_rate_of_right_codes(
    found, variable
):
    one = row(of(found, "claim"), variable)
    assert near(alpha(one.matched), RATES.right**2)


@pytest.mark.parametrize("variable", ["perpetrator", "cause"])
def test_the_codes_of_acts_agree_as_often_as_they_are_right(found, variable):
    # Of acts in claims of two, those that are alike are put together, which can only add a little.
    one = row(of(found, "act"), variable)
    assert alpha(one.matched).value == pytest.approx(RATES.right**2, abs=0.05)


def test_alpha_with_missed_claims_comes_out_where_the_rates_put_it(found):
    """Expected from the rates: of the claims that any coder has, who has it and what they say."""
    n_true = sum(one.n_claims for one in MADE)
    observed, values, units = 0.0, Counter(), 0.0
    same = RATES.right**2 + (1 - RATES.right**2) / len(KINDS)
    by_number = [
        math.comb(3, have) * RATES.found**have * (1 - RATES.found) ** (3 - have) * n_true
        for have in range(4)
    ]
    by_number[1] += 3 * RATES.invented * len(MADE)
    for have in range(1, 4):
        lacking = 3 - have
        agreeing = math.comb(have, 2) * same + math.comb(lacking, 2)
        observed += by_number[have] * (1 - agreeing / 3)
        units += by_number[have]
        values["none"] += by_number[have] * lacking
        for kind in KINDS:
            values[kind] += by_number[have] * have / len(KINDS)
    total = sum(values.values())
    chance = 1 - sum((n / total) ** 2 for n in values.values())
    expected = 1 - (observed / units) / chance
    one = row(of(found, "claim"), "kind")
    assert near(alpha(one.with_missed), expected)
    assert alpha(one.with_missed).value < alpha(one.matched).value
    assert one.found == of(found, "claim").found.f1


def test_figures_differ_by_the_factor_that_was_put_in(found):
    counts = row(of(found, "claim"), "total").counts
    assert counts.factor == pytest.approx(math.exp(1.96 * math.sqrt(2) * RATES.spread), rel=0.05)
    for one in counts.limits:
        assert one.ratio == pytest.approx(1, abs=0.03)
        assert one.high / one.ratio == pytest.approx(counts.factor, rel=0.1)
    assert counts.exact.value < 0.01
    at_least = row(of(found, "claim"), "children").counts
    assert at_least.overlap.value == 1.0


def test_the_number_of_claims_agrees_as_it_does_when_they_are_counted_by_hand(found):
    coders = list(MADE[0].forms)
    rows = [[len(one.forms[coder].get("claim", ())) for coder in coders] for one in MADE]
    ratings = Ratings.from_rows(rows, coders, level="interval")
    number = of(found, "claim").number
    share, ratio, gwet, interval = number.matched
    wanted = estimates(ratings, "nominal", names=["percent_agreement", "gwet_ac"])
    assert [share.value, gwet.value] == pytest.approx([one.value for one in wanted])
    assert ratio.value == pytest.approx(estimates(ratings, "ratio", names=["alpha"])[0].value)
    assert interval.value == pytest.approx(estimates(ratings, "interval", names=["alpha"])[0].value)
    assert (ratio.level, interval.level, number.found, number.with_missed) == (
        "ratio",
        "interval",
        None,
        (),
    )


def test_pairs_of_acts_are_compared_as_a_set_of_each_claim(found):
    together = of(found, "act").together
    assert together.variable == "act (perpetrator + cause)"
    assert together.name == "Perpetrator + Cause"
    assert together.found == of(found, "claim").found.f1
    same = 0
    pairs = 0
    for one in aligned_units(coded(MADE), BOOK)["claim"].records:
        said = [
            {(act["perpetrator"], act["cause"]) for act in record["act"]}
            for record in one.by_coder.values()
        ]
        if len(said) > 1:
            here = [one == other for one, other in combinations(said, 2)]
            same += sum(here) / len(here)
            pairs += 1
    assert percent(together.matched).value == pytest.approx(same / pairs)
    assert percent(together.matched).n_units == pairs


def test_fifteen_claims_of_ten_coders_on_the_same_words_are_told_apart_by_their_answers():
    (made,) = passages(1, coders=10, rates=Rates(found=1, invented=0), seed=1, n_claims=15)
    words = [{"start": 0, "end": len(made.text), "text": made.text}]
    for form in made.forms.values():
        for one in form["claim"]:
            one["evidence"] = words
    found = aligned_units(coded([made]), BOOK)["claim"].records
    assert [len(one.by_coder) for one in found] == [10] * 15
    assert all(len({record["id"] for record in one.by_coder.values()}) == 1 for one in found)


# --- small cases by hand -------------------------------------------------------------------------


def claim(name, start, acts=(), **answers):
    span = {"start": start, "end": start + 10, "text": "w" * 10}
    return {
        "id": name,
        "kind": "killing",
        **answers,
        "act": [
            {"id": f"{name}.{number}", "perpetrator": who, "cause": how, "attribution": "firm"}
            for number, (who, how) in enumerate(acts)
        ],
        "source": [],
        "evidence": [span],
    }


def passage(*claims_of_coders, report="r"):
    forms = tuple(
        {"claim": list(claims)} if claims else {"none": "context"} for claims in claims_of_coders
    )
    return CodedPassage(report, tuple("abc"[: len(forms)]), forms)


RUS, ISIS = ("rus", "air_strike"), ("isis", "mine")


def test_a_missed_claim_lowers_alpha_with_missed_and_leaves_the_other_alone():
    agreed = passage([claim("1", 0, total="4")], [claim("1", 0, total="4")])
    other = passage(
        [claim("1", 0, total="9", kind="injury")], [claim("1", 0, total="9", kind="injury")]
    )
    missed = passage(
        [claim("1", 0, total="4"), claim("2", 50, total="7")], [claim("1", 0, total="4")]
    )
    (claims,) = claim_agreement([agreed, other, missed], BOOK)
    assert (claims.found.n_found, claims.found.n_by_all) == (4, 3)
    assert claims.found.f1.value == pytest.approx(6 / 7)
    assert (claims.found.f1.n_units, claims.found.f1.n_values) == (3, 7)
    (pair,) = claims.found.pairs
    assert (pair.coders, pair.n_first, pair.n_second, pair.n_both) == (("a", "b"), 4, 3, 3)
    kind = row(claims, "kind")
    assert alpha(kind.matched).value == 1.0
    rows = [["k", "k"], ["i", "i"], ["k", "k"], ["k", "none"]]
    expected = estimates(Ratings.from_rows(rows, ["a", "b"]), "nominal", names=["alpha"])[0]
    assert alpha(kind.with_missed).value == expected.value
    # Gwet 2014: chance is the sum of p(1 - p) over all codes, used or not, and the missed record.
    chance = sum(n / 8 * (1 - n / 8) for n in (5, 2, 1)) / len(BOOK.variable("kind").codes)
    assert named("gwet_ac", kind.matched).value == 1.0
    assert named("gwet_ac", kind.with_missed).value == pytest.approx(
        (3 / 4 - chance) / (1 - chance)
    )
    # Nothing lies further from 7 than no claim at all, at level ratio.
    total = row(claims, "total")
    values = [4, 9, 7, None]

    def apart(one, two):
        if one == two:
            return 0.0
        return 1.0 if None in (one, two) else ((one - two) / (one + two)) ** 2

    said = [(4, 4), (9, 9), (4, 4), (7, None)]
    flat = [one for two in said for one in two]
    inside = np.mean([apart(*two) for two in said])
    across = np.mean([apart(one, two) for one, two in combinations(flat, 2)])
    assert set(flat) == set(values)
    assert alpha(total.with_missed).value == pytest.approx(1 - inside / across)
    assert alpha(total.with_missed).level == "ratio"


def test_an_act_in_a_claim_that_another_coder_missed_is_missed_too():
    (claims, acts) = claim_agreement(
        [
            passage([claim("1", 0, [RUS])], [claim("1", 0, [RUS])]),
            passage([claim("1", 0, [RUS, ISIS])], []),
            passage([claim("1", 0, [ISIS])], [claim("1", 0, [ISIS, RUS])]),
        ],
        BOOK,
    )
    assert (claims.unit, acts.unit) == ("claim", "act")
    assert acts.found.f1.value == pytest.approx(2 * 2 / 7)
    assert [(one.n_records, one.n_shared, one.n_missed) for one in acts.found.coders] == [
        (4, 2, 1),
        (3, 2, 2),
    ]
    number = acts.number
    assert percent(number.matched).value == 0.5
    assert percent(number.with_missed).value == pytest.approx(1 / 3)
    assert alpha(row(acts, "perpetrator").matched).value == 1.0
    assert alpha(row(acts, "perpetrator").with_missed).value < 0.5


def test_a_coder_who_did_not_code_a_passage_missed_nothing_in_it():
    two = passage([claim("1", 0)], [claim("1", 0)])
    three = passage([claim("1", 0)], [claim("1", 0)], [])
    (claims,) = claim_agreement([two, three], BOOK)
    by_name = {one.coder: one for one in claims.found.coders}
    assert (by_name["c"].n_records, by_name["c"].n_missed, by_name["c"].share) == (0, 1, 0.0)
    assert by_name["a"].share == 1.0
    assert {one.coders: one.f1.value for one in claims.found.pairs} == {
        ("a", "b"): 1.0,
        ("a", "c"): 0.0,
        ("b", "c"): 0.0,
    }
    assert alpha(row(claims, "kind").with_missed).n_values == 5


def test_units_without_a_record_are_left_out():
    assert claim_agreement([passage([], [])], BOOK) == ()


def test_links_are_compared_by_the_aligned_records_they_point_at():
    def subtotal(name, to):
        return claim(name, 50, part_of=to)

    (claims,) = claim_agreement(
        [
            # The same link, though the records it names have other ids, and none in both.
            passage([claim("1", 0), subtotal("2", ["1"])], [subtotal("7", ["9"]), claim("9", 0)]),
            # Another link.
            passage(
                [claim("1", 0), claim("3", 20), subtotal("2", ["1"])],
                [claim("1", 0), claim("3", 20), subtotal("2", {"value": ["3"], "unsure": True})],
            ),
            # A link into another passage is what it says.
            passage([subtotal("2", ["J2/r1"])], [subtotal("3", ["J2/r1"])]),
        ],
        BOOK,
    )
    links = row(claims, "part_of")
    (share,) = links.matched
    assert (share.name, share.value, share.n_units) == ("percent_agreement", 5 / 6, 6)
    assert links.found.value == 1.0
    assert "aligned records" in links.basis


SCALES = parse_codebook(
    """\
codebook: scales
version: 1.0.0
title: A scale, a number and a yes or no
units:
  claim: {in: passage}
variables:
  - id: sure
    question: How sure?
    unit: claim
    type: scale
    codes: [{id: low, label: Low}, {id: mid, label: Mid}, {id: high, label: High}]
  - {id: share, question: Which share?, unit: claim, type: number}
  - {id: named, question: Are they named?, unit: claim, type: yes_no}
""",
    "scales.yaml",
)


def test_a_missed_claim_lies_as_far_from_every_other_value_as_two_can():
    def one(name, start, **answers):
        return {"id": name, **answers, "evidence": [{"start": start, "end": start + 9}]}

    said = [
        (("low", 10), ("mid", 30)),
        (("mid", 20), ("mid", 20)),
        (("high", 50), None),
        (("low", 10), ("high", 50)),
    ]
    passages = [
        CodedPassage(
            f"r{number}",
            ("a", "b"),
            tuple(
                {"claim": [one("c", 0, sure=made[0], share=made[1], named=True)]} if made else {}
                for made in both
            ),
        )
        for number, both in enumerate(said)
    ]
    (claims,) = claim_agreement(passages, SCALES)
    places = {"low": 0, "mid": 1, "high": 2}

    def expected(rows, whole):
        ratings = Ratings.from_rows(rows, ["a", "b"])

        def apart(one, other):
            if one == other:
                return 0.0
            if "none" in (one, other):
                return 1.0
            return ((one - other) / whole) ** 2

        return estimates(ratings, "nominal", distance=apart, names=["alpha"])[0].value

    sure = [[places[made[0]] if made else "none" for made in both] for both in said]
    share = [[made[1] if made else "none" for made in both] for both in said]
    assert alpha(row(claims, "sure").with_missed).value == pytest.approx(expected(sure, 2))
    assert alpha(row(claims, "share").with_missed).value == pytest.approx(expected(share, 40))
    states = row(claims, "share (stated?)")
    assert [one.label for one in states.codes] == ["(stated)"]
    assert percent(states.with_missed).value == 0.75


# --- in a project --------------------------------------------------------------------------------


def test_a_project_gives_the_same_figures_as_its_codings_by_themselves(tmp_path):
    made = list(passages(40, coders=3, seed=9))
    path = project(tmp_path / "claims.db", 40, coders=3, seed=9)
    with open_project(path, read_only=True) as opened:
        found = reliability(opened)
    apart = claim_agreement(coded(made), BOOK)
    assert [one.unit for one in found.records] == ["claim", "act", "source"]
    for here, there in zip(found.records, apart, strict=True):
        assert here.found.f1.value == there.found.f1.value
        assert [[each.value for each in one.matched] for one in here.variables] == [
            [each.value for each in one.matched] for one in there.variables
        ]


def test_the_passage_projection_holds_any_record_the_pairs_and_the_tops_of_the_tree(tmp_path):
    path = project(tmp_path / "claims.db", 60, coders=2, seed=2)
    made = list(passages(60, coders=2, seed=2))
    with open_project(path, read_only=True) as opened:
        found = {one.variable: one for one in reliability(opened).variables}

    def of_each(member_of):
        return [
            [frozenset(member_of(one.forms[coder])) for coder in ("coder1", "coder2")]
            for one in made
        ]

    def acts(form):
        return [act for one in form.get("claim", ()) for act in one["act"]]

    tops = {code.id: code.parent or code.id for code in BOOK.variable("perpetrator").codes}
    bombs = {"air_strike": "bombard", "air_barrel": "bombard", "shell": "bombard"}
    expected = {
        "perpetrator": of_each(lambda form: {act["perpetrator"] for act in acts(form)}),
        "perpetrator (parents)": of_each(
            lambda form: {tops[act["perpetrator"]] for act in acts(form)}
        ),
        "cause (parents)": of_each(
            lambda form: {bombs.get(act["cause"], act["cause"]) for act in acts(form)}
        ),
        "act (perpetrator + cause)": of_each(
            lambda form: {(act["perpetrator"], act["cause"]) for act in acts(form)}
        ),
    }
    for name, rows in expected.items():
        ratings = Ratings.from_rows(rows, ["a", "b"], level="set")
        wanted = estimates(ratings, "set", names=["percent_agreement", "alpha"])
        assert [one.value for one in found[name].estimates] == [
            pytest.approx(one.value) for one in wanted
        ]
    any_claim = [[bool(form.get("claim")) for form in one.forms.values()] for one in made]
    wanted = estimates(Ratings.from_rows(any_claim, ["a", "b"]), "nominal", names=["alpha"])[0]
    assert alpha(found["claim (any?)"].estimates).value == pytest.approx(wanted.value)
    deaths = next(one for one in found["kind"].codes if one.estimate.code == "killing")
    killed = [
        [
            any(one["kind"] == "killing" for one in form.get("claim", ()))
            for form in made_one.forms.values()
        ]
        for made_one in made
    ]
    wanted = estimates(Ratings.from_rows(killed, ["a", "b"]), "nominal", names=["alpha"])[0]
    assert deaths.estimate.alpha.value == pytest.approx(wanted.value)
