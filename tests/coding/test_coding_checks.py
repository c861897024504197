"""Checks over a coding: conditions, offers, overrides, what blocks, and how long it takes."""

import time
from datetime import date
from typing import Any

import pytest
from coding_books import book, codes, variable, when

from annotator.codebook.model import PASSAGE, Check, CheckKind, Codebook, Unit
from annotator.coding.checks import Finding, PassageContext, blocking, findings
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Answer, Coding, Record, Span
from annotator.coding.values import Count, CountForm

UNITS = (Unit("claim", PASSAGE, "Claim"), Unit("act", "claim", "Act"))
VARIABLES = (
    variable("about", "yes_no"),
    variable("kind", "code", unit="claim", required=True, codes=codes("death", "denial")),
    variable("total", "count", unit="claim"),
    variable("flags", "codes", unit="claim", codes=codes("odd", "vague")),
    variable("depth", "code", unit="claim", when=when(kind="denial"), codes=codes("deep")),
    variable("party", "code", unit="act", required=True, codes=codes("state", "unk", air="state")),
    variable("weapon", "codes", unit="act", codes=codes("bomb", "mine")),
)


def watched(*checks: Check) -> Codebook:
    plain = book(*VARIABLES, units=UNITS)
    return Codebook(plain.id, plain.version, plain.title, plain.units, plain.variables, checks)


def check(kind: str = "warn", **more: Any) -> Check:
    return Check(id="W1", kind=CheckKind(kind), sentence="Look", **more)


def fired(one: Check, form: dict[str, Any]) -> list[Finding]:
    codebook = watched(one)
    return findings(from_form(form, codebook, "text"), codebook, PassageContext("text"))


def act(**answers: Any) -> dict[str, Any]:
    return {"claim": [{"id": "r1", "kind": "death", "act": [{"id": "r2", **answers}]}]}


@pytest.mark.parametrize(
    ("answers", "speaks"),
    [
        ({"party": "state"}, True),
        ({"party": "air"}, True),
        ({"party": "unk"}, False),
        ({}, False),
        ({"party": {"state": "unknown"}}, False),
    ],
)
def test_a_code_is_met_by_those_below_it(answers: dict[str, Any], speaks: bool) -> None:
    found = fired(check(unit="act", when=(when(party="state"),)), act(**answers))
    assert [one.record for one in found] == ["r2"] * speaks


def test_a_condition_may_name_the_units_around_and_lists_alternatives() -> None:
    one = check(unit="act", when=(when(party="unk"), when(kind="death", weapon="bomb")))
    assert fired(one, act(party="unk"))
    assert fired(one, act(party="air", weapon=["bomb", "mine"]))
    assert not fired(one, act(party="air", weapon=["mine"]))


def test_unless_keeps_a_check_silent_and_waits_for_a_required_answer() -> None:
    one = check(unit="act", when=(when(weapon="bomb"),), unless=(when(party="air"),))
    assert fired(one, act(party="unk", weapon=["bomb"]))
    assert not fired(one, act(party="air", weapon=["bomb"]))
    assert not fired(one, act(weapon=["bomb"]))


def test_unless_does_not_wait_for_an_answer_that_need_not_come() -> None:
    one = check(unit="claim", when=(when(kind="death"),), unless=(when(flags="odd"),))
    assert fired(one, {"claim": [{"kind": "death"}]})
    assert not fired(one, {"claim": [{"kind": "death", "flags": ["odd"]}]})


@pytest.mark.parametrize(
    ("total", "speaks"), [("9", True), ({"state": "not_stated"}, False), (None, False)]
)
def test_a_state_can_be_a_condition(total: object, speaks: bool) -> None:
    claim = {"kind": "denial"} | ({} if total is None else {"total": total})
    one = check(unit="claim", when=(when(kind="denial", total="state:stated"),))
    assert bool(fired(one, {"claim": [claim]})) is speaks


def test_answers_to_questions_that_are_not_asked_count_for_nothing() -> None:
    one = check(unit="claim", when=(when(depth="deep"),))
    assert fired(one, {"claim": [{"kind": "denial", "depth": "deep"}]})
    assert not fired(one, {"claim": [{"kind": "death", "depth": "deep"}]})


def test_a_yes_or_no_of_the_passage_can_be_a_condition() -> None:
    assert fired(check(when=(when(about="true"),)), {"about": True})[0].record == ""
    assert not fired(check(when=(when(about="true"),)), {"about": False})


def test_an_offer_is_open_until_the_record_holds_what_it_gives() -> None:
    one = check(
        "offer",
        unit="act",
        when=(when(weapon="bomb"),),
        give=(("party", "air"), ("weapon", ["bomb"])),
    )
    (offered,) = fired(one, act(party="unk", weapon=["bomb"]))
    assert offered.offer == one.give
    (taken,) = fired(one, act(party="air", weapon=["bomb"]))
    assert taken.offer == ()
    assert blocking([offered, taken]) == []


@pytest.mark.parametrize(
    ("kind", "without", "with_reason"),
    [("error", 1, 1), ("warn", 1, 0), ("confirm", 1, 0), ("offer", 0, 0)],
)
def test_a_reason_lets_warnings_and_questions_stand_but_no_error(
    kind: str, without: int, with_reason: int
) -> None:
    one = check(kind, unit="act", when=(when(party="unk"),))
    form = act(party="unk")
    assert len(blocking(fired(one, form))) == without
    form["overrides"] = [{"check": "W1", "record": "r2", "reason": "as printed"}]
    (found,) = fired(one, form)
    assert found.overridden == "as printed"
    assert len(blocking([found])) == with_reason


def test_an_override_belongs_to_one_record() -> None:
    one = check(unit="act", when=(when(party="unk"),))
    form = act(party="unk")
    form["overrides"] = [{"check": "W1", "record": "r1", "reason": "as printed"}]
    assert blocking(fired(one, form))


def test_a_retired_or_unknown_code_is_found_with_its_record() -> None:
    old = watched()
    coding = from_form(act(party="unk"), old, "text")
    gone = [
        one if one.id != "party" else variable("party", "code", unit="act", codes=codes("state"))
        for one in VARIABLES
    ]
    new = Codebook(
        "test",
        "2.0.0",
        "Test",
        old.units,
        tuple(gone),
        (check("error", test="unusable_code"),),
    )
    (found,) = findings(coding, new, PassageContext("text"))
    assert (found.record, found.sentence) == ("r2", "Look: Party has no code unk")


def test_evidence_that_is_not_where_it_says_is_found() -> None:
    one = check("error", unit="claim", test="evidence_outside")
    codebook = watched(one)
    passage = PassageContext("Twelve died", 100)
    for spans, number in (
        ((Span(100, 106, "Twelve"),), 0),
        ((Span(107, 111, "lied"),), 1),
        ((Span(0, 6, "Twelve"),), 1),
        ((Span(107, 112, "died."), Span(100, 106, "Twelve")), 1),
    ):
        answer = Answer(Count.parse("12"), evidence=spans)
        for record in (
            Record("r1", "claim", {}, spans),
            Record("r1", "claim", {"total": answer}, (Span(100, 106, "Twelve"),)),
        ):
            found = findings(Coding(records=(record,)), codebook, passage)
            assert len(found) == number
            assert not any(one.missing for one in found)


def test_a_count_made_out_of_order_is_found() -> None:
    one = check("error", unit="claim", test="counts_out_of_order", options={"counts": ("total",)})
    for count, number in ((Count(CountForm.RANGE, 15, None, 10), 1), (Count.parse("10-15"), 0)):
        coding = Coding(records=(Record("r1", "claim", {"total": Answer(count)}),))
        assert len(findings(coding, watched(one), PassageContext("text"))) == number


def test_findings_come_record_by_record_and_leave_the_coding_alone() -> None:
    form = {"claim": [{"id": f"r{n}", "kind": "death"} for n in (3, 1, 2)]}
    codebook = watched(check(unit="claim", when=(when(kind="death"),)))
    coding = from_form(form, codebook, "text")
    before = to_form(coding)
    assert [one.record for one in findings(coding, codebook, PassageContext("text"))] == [
        "r3",
        "r1",
        "r2",
    ]
    assert to_form(coding) == before


def test_the_checks_of_a_claim_with_twelve_acts_take_no_time_that_hands_notice() -> None:
    from test_coding_computed import act as pair
    from test_coding_computed import claim, claims_book

    text = "21452 killed, 5261 children, 2777 women"
    one = claim(text, "21452", children="5261", women="2777", act_mode="pooled")
    one["act"] = [pair("isis", "unspec") for _ in range(12)]
    coding = from_form({"claim": [one]}, claims_book(), text)
    passage = PassageContext(text, 0, date(2016, 12, 21))
    took = []
    for _ in range(20):
        start = time.perf_counter()
        assert findings(coding, claims_book(), passage) == []
        took.append(time.perf_counter() - start)
    assert min(took) < 0.005
