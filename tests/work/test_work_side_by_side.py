"""The same claims of different coders in the same rows."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.coding.content import content
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Coding
from annotator.work.answer_words import NOT_ANSWERED, NOTHING
from annotator.work.side_by_side import Part, side_by_side
from projects import CLAIMS

TEXT = "Shells fell on the market of Tal Amrit. Four people died, the council said."
BOOK = parse_codebook(CLAIMS, "claims.yaml")
MARKET = {"start": 19, "end": 25, "text": "market"}
FOUR = {"start": 40, "end": 51, "text": "Four people"}


def coded(**form: Any) -> Coding:
    return from_form(form, BOOK, TEXT)


def claim(name: str, words: dict[str, Any], **answers: Any) -> dict[str, Any]:
    return {"id": name, "evidence": [words], **answers}


def parts(*codings: Coding) -> dict[str, Part]:
    found = side_by_side(dict(zip("ABC", codings, strict=False)), BOOK)
    return {part.title: part for part in found}


def test_claims_stand_beside_each_other_by_their_words_and_not_by_their_order() -> None:
    one = coded(claim=[claim("r1", MARKET, kind="denial"), claim("r2", FOUR, kind="killing")])
    other = coded(claim=[claim("x9", FOUR, kind="injury")])
    found = parts(one, other)
    assert list(found) == ["Claim 1", "Claim 1: Kind", "Claim 2", "Claim 2: Kind"]
    lone, kind = found["Claim 1"], found["Claim 2: Kind"]
    assert lone.differs
    assert (lone.said["A"].text, lone.said["B"].text) == ("Kind: Denial", NOTHING)
    assert (lone.said["A"].record, lone.said["B"].record) == ("r1", "")
    assert not lone.said["B"].there
    assert kind.differs
    assert (kind.said["A"].text, kind.said["B"].text) == ("Killing", "Injury")
    assert kind.said["B"].codes == {"injury"}
    assert (kind.said["A"].group, kind.said["B"].group, lone.said["B"].group) == (0, 1, -1)
    assert not found["Claim 2"].differs
    # What only one side has is compared with nothing.
    assert not found["Claim 1: Kind"].differs


def test_what_a_coder_said_beside_the_value_is_there_and_makes_no_difference() -> None:
    doubted = {"value": "low", "unsure": True, "note": "hearsay", "evidence": [FOUR]}
    found = parts(coded(tone=doubted, mention=True), coded(tone="low"))
    tone, mention = found["Tone"], found["Mention"]
    assert not tone.differs
    assert tone.said["A"].unsure
    assert tone.said["A"].note == "hearsay"
    assert [span.text for span in tone.said["A"].evidence] == ["Four people"]
    assert mention.differs
    assert mention.said["B"].text == NOT_ANSWERED


def test_the_words_of_the_record_stand_behind_an_answer_that_has_none() -> None:
    kind = parts(coded(claim=[claim("r1", FOUR, kind="killing")]), coded())["Claim 1: Kind"]
    assert [span.text for span in kind.said["A"].evidence] == ["Four people"]
    assert kind.said["B"].evidence == ()


def test_a_link_names_what_it_points_at_alike_on_every_side() -> None:
    one = coded(claim=[claim("r1", MARKET), claim("r2", FOUR, part_of=["r1"])])
    other = coded(claim=[claim("y2", FOUR, part_of=["y1"]), claim("y1", MARKET)])
    link = parts(one, other)["Claim 2: Part of"]
    assert not link.differs
    assert {said.text for said in link.said.values()} == {"Claim 1"}


def test_records_in_records_have_the_place_and_the_title_of_what_they_lie_in() -> None:
    act = {"id": "a1", "perpetrator": "regime"}
    one = coded(claim=[claim("r1", FOUR, kind="killing", act=[act])])
    other = coded(claim=[claim("r1", FOUR, kind="killing")])
    found = parts(one, other)
    assert found["Claim 1, Act 1"].place == (0, 0)
    assert found["Claim 1, Act 1"].differs
    assert found["Claim 1, Act 1: Perpetrator"].key == ((0, 0), "perpetrator")
    assert found["Claim 1"].said["A"].text == "Kind: Killing; Act: 1"


def test_reasons_for_no_record_are_a_part_of_their_own() -> None:
    reason = parts(coded(none="context"), coded(none="unreadable"))["Why there is none"]
    assert reason.differs
    assert [said.text for said in reason.said.values()] == ["Context only", "Unreadable"]
    assert not parts(coded(none="context"), coded(none="context"))["Why there is none"].differs


@pytest.mark.parametrize("codings", [(), (coded(tone="low"),)])
def test_one_side_or_none_differs_from_nothing(codings: tuple[Coding, ...]) -> None:
    found = parts(*codings)
    assert list(found) == ["Tone"][: len(codings)]
    assert not any(part.differs for part in found.values())


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    count = draw(st.integers(0, 3))
    claims = [
        claim(
            f"r{number}",
            draw(st.sampled_from([MARKET, FOUR])),
            kind=draw(st.sampled_from(["killing", "injury"])),
            act=[
                {"id": f"r{number}a{at}", "perpetrator": draw(st.sampled_from(["regime", "isis"]))}
                for at in range(draw(st.integers(0, 2)))
            ],
        )
        for number in range(count)
    ]
    form = {"mention": draw(st.booleans()), "claim": claims}
    return coded(**{name: value for name, value in form.items() if value != []})


@given(st.lists(codings(), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_codings_that_say_different_things_differ_in_some_part_and_nothing_is_left_out(
    found: list[Coding],
) -> None:
    sides = dict(zip("ABC", found, strict=False))
    rows = side_by_side(sides, BOOK)
    contents = [content(to_form(coding), BOOK) for coding in found]
    if any(one != contents[0] for one in contents):
        assert any(row.differs for row in rows)
    if len({to_form_text(coding) for coding in found}) == 1:
        assert not any(row.differs for row in rows)
    assert len({row.key for row in rows}) == len(rows)
    for letter, coding in sides.items():
        records = {record.id for _, record in coding.walk() if record.id}
        shown = [row.said[letter].record for row in rows if not row.variable]
        assert sorted(one for one in shown if one) == sorted(records)


def to_form_text(coding: Coding) -> str:
    return repr(to_form(coding))
