"""The checks of the shipped codebook of claims, one by one: where each speaks and where not."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from annotator.codebook.computed_tests import COMPUTED_TESTS
from annotator.codebook.model import Codebook
from annotator.codebook.reader import read_codebook
from annotator.coding.checks import Finding, PassageContext, findings
from annotator.coding.computed import COMPUTED
from annotator.coding.form import from_form

CODEBOOKS = Path(__file__).resolve().parents[2] / "codebooks"
REPORT = date(2016, 6, 30)
MAY = "2016-05-01..2016-05-31"
TAKEN = {"value": "syr_heli", "inferred": True}
"""An answer that the coder took from an offer."""


@cache
def claims_book() -> Codebook:
    return read_codebook(CODEBOOKS / "claims.yaml")


def act(perpetrator: str, cause: str, attribution: str = "firm", **more: Any) -> dict[str, Any]:
    return {"perpetrator": perpetrator, "cause": cause, "attribution": attribution, **more}


def claim(text: str, total: str = "", **more: Any) -> dict[str, Any]:
    """A plain claim that fires nothing, with `text` as its evidence, and what differs from it."""
    plain: dict[str, Any] = {
        "incident": "e1",
        "kind": "killing",
        "claim_type": "incident",
        "act_mode": "single",
        "act": [act("unk", "shell", "none")],
        "victims": "unspec",
        "place_precision": "9",
        "source": [{"source_type": "publisher"}],
        "evidence": [text],
    }
    return plain | ({"total": total} if total else {}) | more


def found(*claims: dict[str, Any], text: str = "", report: date | None = REPORT) -> list[Finding]:
    passage = text or " | ".join(span for one in claims for span in one["evidence"])
    coding = from_form({"claim": list(claims)}, claims_book(), passage)
    return findings(coding, claims_book(), PassageContext(passage, 0, report))


def fired(*claims: dict[str, Any], text: str = "", report: date | None = REPORT) -> set[str]:
    return {one.check.id for one in found(*claims, text=text, report=report)}


def day(text: str, **more: str) -> dict[str, str]:
    start, _, end = text.partition("..")
    return {"start": start, "end": end or start, **more}


def window(text: str) -> dict[str, str]:
    return day(text, kind="window")


def test_the_tests_that_are_described_are_the_tests_there_are() -> None:
    assert [test.name for test in COMPUTED_TESTS] == [*COMPUTED]


def test_a_plain_claim_fires_nothing() -> None:
    assert fired(claim("12 people were killed", "12")) == set()


@pytest.mark.parametrize(
    ("mode", "acts", "speaks"),
    [
        ("single", 1, False),
        ("single", 2, True),
        ("single", 0, True),
        ("joint", 2, False),
        ("pooled", 1, True),
        ("alternative", 3, False),
    ],
)
def test_e1_compares_the_mode_with_the_number_of_acts(mode: str, acts: int, speaks: bool) -> None:
    some = [act("unk", cause, "none") for cause in ("shell", "mine", "sniper")][:acts]
    results = found(claim("12 killed", "12", act_mode=mode, act=some))
    assert [one.check.id for one in results] == ["E1"] * speaks
    assert all(one.missing == (acts < 2) for one in results)


def test_e3_wants_evidence_in_the_passage() -> None:
    assert [one.missing for one in found(claim("x", evidence=[]), text="12 dead")] == [True]


def test_e4_wants_a_subtotal_to_point_to_another_claim() -> None:
    total = claim("20 killed", "20", id="r1", claim_type="total")
    part = claim("12 shot dead", "12", id="r2", claim_type="subtotal")
    assert fired(total, part) == {"E4"}
    assert fired(total, part | {"part_of": ["r2"]}) == {"E4"}
    assert fired(total, part | {"part_of": ["r1"]}) == set()


@pytest.mark.parametrize(
    ("perpetrator", "attribution", "speaks"),
    [
        ("unk", "none", False),
        ("none", "none", False),
        ("rus", "none", True),
        ("unk", "hedged", True),
        ("rus", "denied", False),
    ],
)
def test_e5_joins_no_attribution_and_no_perpetrator(
    perpetrator: str, attribution: str, speaks: bool
) -> None:
    some = [act(perpetrator, "air_strike", attribution)]
    assert fired(claim("12 killed", "12", act=some)) == ({"E5"} if speaks else set())


@pytest.mark.parametrize("name", ["total", "children", "women", "men"])
def test_e7_lets_a_denial_carry_no_number(name: str) -> None:
    denial = claim("no 12 were killed", claim_type="denial", act=[act("coa", "bombard", "denied")])
    assert fired(denial) == set()
    assert fired(denial | {name: {"state": "not_stated"}}) == set()
    assert fired(denial | {name: "12"}) == {"E7"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (act("unk", "air_barrel", "none"), {"S1"}),
        (act("syr_heli", "air_barrel", "inferred"), {"S1"}),
        (act("syr_heli", "air_barrel"), set()),
        (act("syr", "air_barrel"), set()),
        (act("isis", "mine"), {"I1"}),
        (act("opp", "ied"), {"I1"}),
        (act("isis", "vbied"), set()),
        (act("unk", "mine", "none"), set()),
        (act("isis", "air_strike"), {"W2"}),
        (act("opp_sna", "air_heli"), {"W2"}),
        (act("syr_militia", "air_barrel"), {"W2"}),
        (act("isis", "air_drone"), set()),
        (act("opp_hts", "air_drone"), set()),
        (act("sdf", "air_drone"), {"W2"}),
        (act("rus", "air_strike"), set()),
        (act("tur_border", "shell"), set()),
        (act("tur_border", "mine"), {"W3", "I1"}),
        (act("tur_border", "air_strike"), {"W2", "W3"}),
        (act("rus", "air_barrel"), {"W4"}),
        (act("tur", "air_barrel"), {"W4"}),
        (act("coa", "detention"), {"W5"}),
        (act("isis", "detention"), set()),
        (act("opp", "chem"), {"W6"}),
        (act("rus", "chem"), {"W6"}),
        (act("syr_air", "chem"), set()),
        (act("unk", "chem", "none"), set()),
        (act("coa", "exec"), {"W7"}),
        (act("rus", "sniper"), {"W7"}),
        (act("isis", "abduct"), set()),
        (act("syr_heli", "air_barrel", "firm") | {"perpetrator": TAKEN}, {"W16"}),
        (act("syr_heli", "air_barrel", "inferred") | {"perpetrator": TAKEN}, {"S1"}),
    ],
)  # fmt: skip
def test_pairs_of_perpetrator_and_cause(given: dict[str, Any], expected: set[str]) -> None:
    assert fired(claim("12 people were killed", "12", act=[given])) == expected


@pytest.mark.parametrize(
    ("total", "parts", "speaks"),
    [
        ("30", {"men": "18", "women": "8", "children": "6"}, True),
        ("32", {"men": "18", "women": "8", "children": "6"}, False),
        ("30", {"women": "31"}, True),
        ("10-15", {"women": "16"}, True),
        ("10-15", {"women": "12"}, False),
        ("12+", {"women": "40"}, False),
        ("v12", {"women": "40"}, False),
        ("~30", {"women": "32"}, False),
        ("~30", {"women": "60"}, True),
        ("30", {"women": "~31"}, False),
        ("30", {"women": "20+", "children": "11"}, True),
    ],
)
def test_w1_speaks_when_parts_surely_exceed(
    total: str, parts: dict[str, str], speaks: bool
) -> None:
    text = "killed 6 8 10 11 12 15 16 18 20 30 31 32 40 60"
    assert ("W1" in fired(claim(text, total, **parts))) is speaks


@pytest.mark.parametrize(
    ("given", "when", "speaks"),
    [
        (act("rus", "air_strike"), day("2015-09-29"), True),
        (act("rus", "air_strike"), day("2015-09-30"), False),
        (act("rus", "air_strike"), window("2015-01-01..2015-12-31"), False),
        (act("rus", "air_strike"), window("2014-01-01..2014-12-31"), True),
        (act("syr_heli", "air_barrel"), day("2011-05-05"), True),
        (act("opp_sna", "shell"), day("2016-05-05"), True),
        (act("syr", "shell"), day("2011-05-05"), False),
    ],
)
def test_w8_speaks_when_a_date_lies_wholly_outside(
    given: dict[str, Any], when: dict[str, str], speaks: bool
) -> None:
    kind = "total" if "kind" in when else "incident"
    result = fired(claim("12 killed", "12", act=[given], date=when, claim_type=kind))
    assert result == ({"W8"} if speaks else set())


@pytest.mark.parametrize(
    ("words", "total", "speaks"),
    [
        ("killing two infants and their mother", "3", True),
        ("1,204 civilian deaths", "1204", False),
        ("killed 17 thousand", "17000", False),
        ("مقتل 17 ألفاً", "17000", False),
        ("مقتل ١٢ شخصاً", "12", False),
        ("مقتل خمسة وعشرين مدنياً", "25", False),
        ("مقتل مدنيين", "2", False),
        ("مقتل مدنيين", "3", True),
        ("A man died", "1", False),
        ("Dozens were killed", "v12", False),
        ("Dozens were killed", "12", True),
        ("More than 300 were killed", "301+", False),
        ("At least 12 people were killed", "12+", False),
        ("At least 12 people were killed", "14+", True),
        ("fewer than 40 were killed", "<=39", False),
        ("fewer than 40 were killed", "<=30", True),
        ("killed 10 to 15 people", "10-15", False),
        ("killed 10 or more people", "10-15", True),
        ("about thirty dead", "~30", False),
    ],
)
def test_w9_speaks_when_a_number_is_not_printed(words: str, total: str, speaks: bool) -> None:
    assert fired(claim(words, total)) == ({"W9"} if speaks else set())


def test_w9_reads_the_words_marked_for_the_number_itself() -> None:
    total = {"value": "12", "evidence": ["12 in all"]}
    one = claim("They were killed") | {"total": total}
    assert fired(one, text="They were killed, 12 in all") == set()


def _parts(*given: dict[str, Any], total: str = "20") -> list[Finding]:
    whole = claim("killed 20 in all", total, id="r1", claim_type="total", act_mode="pooled")
    whole["act"] = [act("unk", "air_strike", "none"), act("unk", "shell", "none")]
    parts = [
        claim(f"{number}: 8 12 13 21 dead", id=f"r{number}", claim_type="subtotal", part_of=["r1"])
        | more
        for number, more in enumerate(given, 2)
    ]
    return [one for one in found(whole, *parts) if one.check.id != "W9"]


def by_cause(cause: str, total: str) -> dict[str, Any]:
    return {"total": total, "act": [act("unk", cause, "none")]}


def test_w10_adds_subtotals_of_one_dimension_and_speaks_on_the_total() -> None:
    assert _parts(by_cause("air_strike", "12"), by_cause("shell", "8")) == []
    (one,) = _parts(by_cause("air_strike", "12"), by_cause("shell", "13"))
    assert (one.check.id, one.record) == ("W10", "r1")
    assert _parts({"total": "12", "place": "A"}, {"total": "13", "place": "B"})
    assert _parts({"total": "21"})
    assert _parts(by_cause("air_strike", "12"), by_cause("shell", "13"), total="20+") == []


def test_w10_does_not_add_what_may_be_the_same_people() -> None:
    rus = {"total": "13", "act": [act("rus", "unspec")]}
    assert _parts(by_cause("air_strike", "12"), rus) == []
    assert _parts(by_cause("air_strike", "12"), by_cause("air_heli", "13")) == []
    assert _parts({"total": "12", "place": "A"}, by_cause("shell", "13")) == []
    assert _parts({"total": "12", "place": "Tal"}, {"total": "13", "place": "near Tal"}) == []


def test_w11_speaks_on_the_second_of_two_equal_claims() -> None:
    first = claim("12 were killed", "12", id="r1")
    second = claim("then 14 died", "14", id="r2")
    assert [(one.check.id, one.record) for one in found(first, second)] == [("W11", "r2")]
    for other in (
        {"claim_type": "update", "updates": ["r1"]},
        {"updates": ["r1"]},
        {"incident": "e2"},
        {"victims": "civilian"},
        {"source": [{"source_type": "medical"}]},
        {"kind": "injury"},
    ):
        assert fired(first, second | other) == set(), other


def test_w12_compares_dates_with_the_report_and_each_other() -> None:
    one = claim("12 killed", "12")
    assert fired(one | {"date": day("2016-07-01")}) == {"W12"}
    assert fired(one | {"date": day("2016-07-01")}, report=None) == set()
    assert fired(one | {"date": day("2016-06-20..2016-07-10", precision="3")}) == set()
    early = {"date": day("2016-05-03"), "death_date": day("2016-05-01")}
    assert fired(one | early) == {"W12"}
    assert fired(one | early | {"death_date": day("2016-05-19")}) == set()


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Twelve people were killed.", True),
        ("قُتل خمسة مدنيين في القصف.", True),
        ("Dozens of bodies were found.", True),
        ("No fewer than 12 people were killed.", True),
        ("ما لا يقل عن 12 قتيلاً سقطوا.", True),
        ("Twelve shells fell; no deaths were reported.", False),
        ("سقطت 5 قذائف دون وقوع قتلى.", False),
        ("No one was killed in the 3 strikes.", False),
        ("Since 2011 the killing has not stopped.", False),
        ("The dead were buried on 3 March.", False),
        ("He died after 12 days.", False),
        ("Many were killed in the past few days.", False),
        ("The town has 4,000 residents. Some died.", False),
        ("Twelve people were wounded.", False),
    ],
)
def test_w13_speaks_when_a_number_stands_near_a_death(text: str, speaks: bool) -> None:
    coding = from_form({"none": "context"}, claims_book(), text)
    results = findings(coding, claims_book(), PassageContext(text))
    assert [one.check.id for one in results] == ["W13"] * speaks


def test_w13_waits_until_the_coder_says_that_there_is_no_claim() -> None:
    text = "Twelve people were killed."
    assert findings(from_form({}, claims_book(), text), claims_book(), PassageContext(text)) == []


@pytest.mark.parametrize(
    ("more", "speaks"),
    [
        ({"claim_type": "total", "date": day("2016-05-03"), "place_precision": "1"}, True),
        ({"claim_type": "total", "date": day("2016-05-03"), "place_precision": "2"}, False),
        ({"claim_type": "total", "date": window(MAY), "place_precision": "1"}, False),
        ({"claim_type": "incident", "date": window("2016-03-01..2016-05-03")}, True),
        ({"claim_type": "incident", "date": window(MAY)}, False),
        ({"claim_type": "incident", "date": day("2014-01-01..2014-12-31", precision="4")}, False),
        ({"claim_type": "incident", "date": day("2014-01-01..2014-03-31", precision="4")}, True),
        ({"claim_type": "incident", "date": day("2013-01-01..2015-12-31", precision="5")}, True),
    ],
)  # fmt: skip
def test_w14_tells_a_long_event_from_an_imprecise_date(more: dict[str, Any], speaks: bool) -> None:
    assert fired(claim("12 killed", "12", **more)) == ({"W14"} if speaks else set())


@pytest.mark.parametrize(
    ("words", "kind", "speaks"),
    [
        ("About 12 people left the quarter", "killing", True),
        ("خرج 12 شخصاً من الحي", "killing", True),
        ("About 12 people left the quarter", "displacement", False),
        ("12 displaced people were killed", "killing", False),
        ("قُتل 12 نازحاً", "killing", False),
        ("a toll of 12", "killing", False),
    ],
)
def test_w15_speaks_when_a_killing_rests_on_words_of_leaving(
    words: str, kind: str, speaks: bool
) -> None:
    total = "~12" if "About" in words else "12"
    assert fired(claim(words, total, kind=kind)) == ({"W15"} if speaks else set())


@pytest.mark.parametrize("name", ["mode", "when"])
def test_an_answer_that_a_check_needs_keeps_it_silent_until_it_is_there(name: str) -> None:
    some = {"perpetrator": "tur_border"} if name == "when" else {"attribution": "none"}
    assert fired(claim("12 killed", "12", act=[some])) == set()
