import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work_projects import SENTENCE, codebook

from annotator.codebook.model import Codebook
from annotator.coding.content import content
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.work.merging import merged, open_parts, started, unanimous
from annotator.work.side_by_side import side_by_side

BOOK: Codebook = codebook()


def coding(form):
    return from_form(form, BOOK, SENTENCE)


def said(made: Coding):
    return content(to_form(made), BOOK)


def nothing_fires(made):
    return []


def of(*forms):
    sides = {letter: coding(form) for letter, form in zip("ABC", forms, strict=False)}
    return sides, side_by_side(sides, BOOK)


def claim(name, text, **more):
    start = SENTENCE.index(text)
    span = {"start": start, "end": start + len(text), "text": text}
    return {"id": name, "evidence": [span], **more}


NINE = "Shells killed nine people"
TOWN = "in Tal Amrit"


def test_each_claim_is_taken_from_another_side_and_answers_within_one_too():
    sides, parts = of(
        {"claim": [claim("r1", NINE, total="9", cause=["shell"]), claim("r2", TOWN, total="3")]},
        {"claim": [claim("r1", TOWN, total="4"), claim("r2", NINE, total="12", cause=["mine"])]},
    )
    assert [(part.place, part.variable) for part in open_parts(parts, {})] == [
        ((0,), "total"),
        ((0,), "cause"),
        ((1,), "total"),
    ]
    chosen = {((0,), "total"): "B", ((0,), "cause"): "A", ((1,), ""): "B"}
    assert open_parts(parts, chosen) == ()
    made = merged(sides, BOOK, parts, chosen, nothing_fires)
    first, second = made.records
    assert (str(first.answers["total"].value), first.answers["cause"].value) == ("12", ("shell",))
    assert (first.evidence[0].text, str(second.answers["total"].value)) == (NINE, "4")
    assert first.id != second.id


def test_links_lead_to_the_records_that_stand_for_their_targets_and_to_none_left_out():
    sides, parts = of(
        {"claim": [claim("r1", NINE, total="9"), claim("r2", TOWN, total="3", part_of=["r1"])]},
        {"claim": [claim("r1", TOWN, total="3"), claim("r2", NINE, total="9")]},
    )
    linked = merged(sides, BOOK, parts, {((1,), "part_of"): "A"}, nothing_fires)
    assert linked.records[1].answers["part_of"].value == (linked.records[0].id,)
    sides, parts = of(
        {"claim": [claim("r1", NINE, total="9"), claim("r2", TOWN, total="3", part_of=["r1"])]},
        {"claim": [claim("r1", TOWN, total="3")]},
    )
    chosen = {((0,), ""): "B", ((1,), ""): "A"}
    alone = merged(sides, BOOK, parts, chosen, nothing_fires)
    assert len(alone.records) == 1
    assert "part_of" not in alone.records[0].answers


def test_a_record_that_one_side_lacks_is_taken_or_left_out_with_the_reason_for_having_none():
    sides, parts = of({"claim": [claim("r1", NINE, total="9")]}, {"none": "context"})
    assert [part.variable for part in open_parts(parts, {})] == [""]
    assert open_parts(parts, {((0,), ""): "A"}) == ()
    taken = merged(sides, BOOK, parts, {((0,), ""): "A"}, nothing_fires)
    assert (len(taken.records), taken.none) == (1, "")
    without = {((0,), ""): "B"}
    assert [part.variable for part in open_parts(parts, without)] == ["none"]
    gone = merged(sides, BOOK, parts, without | {((), "none"): "B"}, nothing_fires)
    assert (gone.records, gone.none) == ((), "context")


def test_what_was_not_chosen_is_named_and_nothing_is_made():
    sides, parts = of({"kind": "daily", "tone": "low"}, {"kind": "total", "tone": "low"})
    with pytest.raises(AnnotatorError, match="The sides differ in Kind too; choose a side"):
        merged(sides, BOOK, parts, {}, nothing_fires)


def test_the_unanimous_parts_leave_out_what_differs_and_refuse_to_leave_a_gap():
    sides, parts = of(
        {"kind": "daily", "tone": "low", "claim": [claim("r1", NINE, total="9")]},
        {"kind": "total", "tone": "low"},
    )
    made = unanimous(sides, BOOK, parts, nothing_fires)
    assert to_form(made) == {"tone": "low"}
    sides, parts = of({"mention": True, "detail": "names"}, {"mention": True, "detail": "places"})
    with pytest.raises(AnnotatorError, match="do not make a whole coding"):
        unanimous(sides, BOOK, parts, nothing_fires)
    assert to_form(started(sides, BOOK, parts, {})) == {"mention": True}


acts = st.lists(
    st.fixed_dictionaries({"perpetrator": st.sampled_from(["regime", "isis"])}), max_size=2
)
claims = st.lists(
    st.fixed_dictionaries(
        {"words": st.sampled_from([NINE, TOWN, "council"]), "act": acts},
        optional={
            "total": st.sampled_from(["9", "12+", "~30"]),
            "cause": st.sets(st.sampled_from(["shell", "sniper", "mine"])).map(sorted),
            "linked": st.booleans(),
        },
    ),
    max_size=3,
)
passages = st.fixed_dictionaries(
    {"claims": claims},
    optional={
        "kind": st.sampled_from(["daily", "total", "unknown"]),
        "actors": st.sets(st.sampled_from(["regime", "russia"])).map(sorted),
        "none": st.sampled_from(["context", "unreadable"]),
    },
)


def built(drawn):
    form = {name: value for name, value in drawn.items() if name in ("kind", "actors")}
    made = []
    for number, one in enumerate(drawn["claims"], 1):
        more = {name: one[name] for name in ("total", "cause", "act") if one.get(name)}
        if one.get("linked") and number > 1:
            more["part_of"] = [f"r{number - 1}"]
        made.append(claim(f"r{number}", one["words"], **more))
    if made:
        form["claim"] = made
    elif "none" in drawn:
        form["none"] = drawn["none"]
    return form


@settings(max_examples=60, deadline=None)
@given(st.lists(passages.map(built), min_size=2, max_size=3), st.data())
def test_any_choice_makes_a_coding_that_can_be_written_and_taking_all_of_one_side_is_that_side(
    forms, data
):
    sides, parts = of(*forms)
    letter = data.draw(st.sampled_from(list(sides)))
    whole = {part.key: letter for part in parts if part.said[letter].there or not part.variable}
    assert said(merged(sides, BOOK, parts, whole, nothing_fires)) == said(sides[letter])
    chosen = {}
    while left := open_parts(parts, chosen):
        there = [one for one, what in left[0].said.items() if what.there or not left[0].variable]
        chosen[left[0].key] = data.draw(st.sampled_from(there))
    try:
        made = merged(sides, BOOK, parts, chosen, nothing_fires)
    except AnnotatorError as refused:
        # Every record left out, and the reason for that taken from a side that gives none.
        assert "do not make a whole coding" in refused.sentence  # noqa: PT017
        return
    assert from_form(to_form(made), BOOK, SENTENCE) == made
    for part in parts:
        if not part.differs and not part.place and part.variable in made.answers:
            one = next(iter(sides.values())).answers[part.variable]
            assert made.answers[part.variable].value == one.value
