"""Codings of an earlier version read under a later one: nothing is lost without a word."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.model import Code, Codebook
from annotator.codebook.reader import parse_codebook
from annotator.coding.form import canonical, from_form, to_form
from annotator.coding.migrate import Migration, migrated, migrated_along, steps
from annotator.coding.usage import is_about, used_parts

TEXT = "Jets killed nine people in Tal Amrit; a mine killed one."
BOOK = """\
codebook: test
version: 1.0.0
title: T
units:
  claim: {in: passage, none: [{id: context}, {id: quiet}]}
  act: {in: claim}
variables:
  - {id: killed, question: How many?, type: count}
  - {id: share, question: Which share?, type: number, min: 0, max: 100}
  - id: tone
    question: How sure?
    type: scale
    codes: [{id: low}, {id: mid}, {id: high}]
  - {id: day, question: When?, type: date, unit: claim}
  - id: who
    question: Who?
    type: code
    unit: act
    codes: [{id: regime}, {id: isis}, {id: other}]
  - id: how
    question: How?
    type: codes
    unit: act
    codes: [{id: jet}, {id: mine}, {id: shell}]
"""
FORM: dict[str, Any] = {
    "killed": {"value": "9", "evidence": [{"start": 12, "end": 16, "text": "nine"}]},
    "share": 95,
    "tone": {"value": "mid", "unsure": True, "note": "why"},
    "claim": [
        {
            "id": "r1",
            "day": {"precision": "9", "kind": "event"},
            "act": [
                {"id": "r2", "who": "regime", "how": ["jet", "mine"]},
                {"id": "r3", "who": {"state": "unknown"}, "how": []},
            ],
        }
    ],
    "overrides": [{"check": "W1", "record": "r2", "reason": "it says so"}],
}


def book(*edits: tuple[str, str], version: str = "2.0.0") -> Codebook:
    text = BOOK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse_codebook(text.replace("1.0.0", version) if edits else text, "f.yaml")


def valid(form: dict[str, Any], codebook: Codebook) -> bool:
    return to_form(from_form(form, codebook, TEXT)) == form


def test_the_same_version_leaves_a_coding_as_it_is() -> None:
    before = canonical(FORM)
    found = migrated(FORM, book(), book())
    assert found.form == FORM
    assert [*found.changed, *found.lost, *found.unclear] == []
    assert canonical(FORM) == before


def test_renamed_codes_are_replaced_wherever_they_stand() -> None:
    new = book(
        ("{id: regime}", "{id: state, renamed_from: regime}"),
        ("{id: jet}", "{id: air, renamed_from: jet}"),
        ("{id: mid}", "{id: middle, renamed_from: mid}"),
    )
    found = migrated(FORM, book(), new)
    [act, _] = found.form["claim"][0]["act"]
    assert (act["who"], act["how"]) == ("state", ["air", "mine"])
    assert found.form["tone"] == {"value": "middle", "unsure": True, "note": "why"}
    assert {(note.record, note.name) for note in found.changed} == {
        ("", "tone"),
        ("r2", "who"),
        ("r2", "how"),
    }
    assert [*found.lost, *found.unclear] == []
    assert valid(found.form, new)


def test_merged_codes_become_one() -> None:
    new = book(("{id: jet}, {id: mine}, ", "{id: blast, merged_from: [jet, mine]}, "))
    found = migrated(FORM, book(), new)
    assert found.form["claim"][0]["act"][0]["how"] == ["blast"]
    assert not found.look_again


def test_an_answer_with_a_split_code_is_listed_whole_and_looked_at_again() -> None:
    new = book(("{id: jet}", "{id: bomber, split_from: jet}, {id: fighter, split_from: jet}"))
    found = migrated(FORM, book(), new)
    assert "how" not in found.form["claim"][0]["act"][0]
    [note] = found.lost
    assert (note.record, note.name, note.form) == ("r2", "how", ["jet", "mine"])
    assert "jet was split into bomber and fighter" in note.sentence
    assert found.look_again == (note,)
    assert valid(found.form, new)


@pytest.mark.parametrize(
    "edit",
    [
        ("{id: jet}", "{id: jet}, {id: helicopter, split_from: jet}"),
        ("{id: jet}", "{id: jet, redefined_in: 2.0.0}"),
    ],
)
def test_an_answer_whose_code_is_narrower_now_stays_and_is_looked_at_again(
    edit: tuple[str, str],
) -> None:
    found = migrated(FORM, book(), book(edit))
    assert found.form == FORM
    assert [note.name for note in found.look_again] == ["how"]
    assert not found.lost


def test_a_scale_in_another_order_makes_every_answer_unclear() -> None:
    found = migrated(FORM, book(), book(("[{id: low}, {id: mid}", "[{id: mid}, {id: low}")))
    assert [note.name for note in found.unclear] == ["tone"]


@pytest.mark.parametrize(
    ("edit", "name", "again"),
    [
        (("  - {id: killed, question: How many?, type: count}\n", ""), "killed", False),
        (("type: count", "type: text"), "killed", True),
        (("type: number, min: 0, max: 100", "type: number, max: 90"), "share", True),
        (("type: date, unit: claim", "type: date"), "day", True),
        (("{id: mid}, ", ""), "tone", True),
    ],
)
def test_an_answer_without_a_place_is_listed(edit: tuple[str, str], name: str, again: bool) -> None:
    new = book(edit)
    found = migrated(FORM, book(), new)
    [note] = found.lost
    assert (note.name, note.look_again) == (name, again)
    assert note.sentence
    assert valid(found.form, new)


def test_records_of_a_unit_that_is_gone_are_listed_with_what_was_said_about_them() -> None:
    start = BOOK.index("  - id: who")
    text = BOOK[:start].replace("  act: {in: claim}\n", "").replace("1.0.0", "2.0.0")
    new = parse_codebook(text, "f.yaml")
    found = migrated(FORM, book(), new)
    assert "act" not in found.form["claim"][0]
    assert [note.name for note in found.lost] == ["act", "overrides"]
    assert found.lost[0].form == FORM["claim"][0]["act"]
    assert "overrides" not in found.form
    assert valid(found.form, new)


def test_a_bound_that_still_holds_loses_nothing() -> None:
    found = migrated(FORM, book(), book(("max: 100", "max: 95")))
    assert found.form == FORM


@pytest.mark.parametrize(
    ("edit", "none", "again"),
    [
        (("{id: quiet}", "{id: peace, renamed_from: quiet}"), "peace", False),
        (("{id: quiet}", "{id: quiet, redefined_in: 2.0.0}"), "quiet", True),
        ((", {id: quiet}", ""), None, True),
        (("{id: quiet}", "{id: calm, split_from: quiet}"), None, True),
    ],
)
def test_a_reason_for_no_record_is_carried_like_a_code(
    edit: tuple[str, str], none: str | None, again: bool
) -> None:
    found = migrated({"none": "quiet"}, book(), book(edit))
    assert found.form.get("none") == none
    assert bool(found.look_again) is again


def test_versions_are_passed_one_after_the_other() -> None:
    second = book(("{id: jet}", "{id: air, renamed_from: jet}"), version="1.1.0")
    third = book(
        ("{id: jet}", "{id: plane, renamed_from: air}"),
        ("{id: regime}", "{id: regime, redefined_in: 2.0.0}"),
    )
    found = migrated_along(FORM, steps([book(), second, third]))
    assert found.form["claim"][0]["act"][0]["how"] == ["plane", "mine"]
    assert [note.name for note in found.changed] == ["how", "how"]
    assert [note.name for note in found.look_again] == ["who"]
    assert migrated_along(FORM, []).form == FORM


def test_what_a_coding_uses_is_matched_with_what_changed() -> None:
    used = used_parts(FORM, book())
    edits = {
        "jet": ("{id: jet}", "{id: air, renamed_from: jet}"),
        "shell": ("{id: shell}", "{id: shells, renamed_from: shell}"),
        "quiet": ("{id: quiet}", "{id: peace, renamed_from: quiet}"),
        "day": ("type: date", "type: text"),
    }
    about = {
        name: {is_about(one, used) for one in Migration(book(), book(edit)).diff.changes}
        for name, edit in edits.items()
    }
    assert about == {"jet": {True}, "shell": {False}, "quiet": {False}, "day": {True}}
    quiet = Migration(book(), book(edits["quiet"])).diff.changes[0]
    assert is_about(quiet, used_parts({"none": "quiet"}, book()))


# --- property ------------------------------------------------------------------------------------

IDS = ("jet", "mine", "shell", "new", "other")


@st.composite
def later(draw: st.DrawFn) -> Codebook:
    """The codebook with its last list of codes edited at random, as a reader would allow."""
    base = book()
    variable = base.variable("how")
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    gone = [code.id for code in variable.codes if code.id not in ids]
    codes = [
        Code(code_id, code_id, redefined_in=draw(st.sampled_from(["", "2.0.0"]))) for code_id in ids
    ]
    for old in gone:
        place = draw(st.integers(0, len(codes) - 1))
        match draw(st.sampled_from(["removed", "merged", "renamed", "split"])):
            case "merged":
                taken = (*codes[place].merged_from, old)
                codes[place] = replace(codes[place], merged_from=taken)
            case "renamed" if not codes[place].renamed_from:
                codes[place] = replace(codes[place], renamed_from=old)
            case "split" if not codes[place].split_from:
                codes[place] = replace(codes[place], split_from=old)
    edited = replace(variable, codes=tuple(codes))
    rest = [one for one in base.variables if one.id != "how"]
    if draw(st.booleans()):
        rest = [one for one in rest if one.id != draw(st.sampled_from(["killed", "who", "day"]))]
    return replace(base, version="2.0.0", variables=(*rest, edited))


@settings(max_examples=300, deadline=None)
@given(later(), st.lists(st.sampled_from(["jet", "mine", "shell"]), unique=True))
def test_no_answer_is_lost_without_a_word(new: Codebook, how: list[str]) -> None:
    old = book()
    ordered = [code.id for code in old.variable("how").codes if code.id in how]
    form = {**FORM, "claim": [{**FORM["claim"][0], "act": [{"id": "r2", "how": ordered}]}]}
    found = migrated(form, old, new)
    from_form(found.form, new, TEXT)  # raises where it is no coding of the new version
    listed = {(note.record, note.name): note.form for note in found.lost}
    told = {(note.record, note.name) for note in found.changed}
    for record, name, answer in answers(form):
        now = {place[:2]: place[2] for place in answers(found.form)}.get((record, name))
        if now is None:
            assert listed[record, name] == answer
        else:
            assert (now == answer) != ((record, name) in told)


def answers(form: dict[str, Any], record: str = "") -> list[tuple[str, str, Any]]:
    found = []
    for name, value in form.items():
        if name in ("claim", "act"):
            for item in value:
                found += answers(item, item["id"])
        elif name not in ("id", "overrides"):
            found.append((record, name, value))
    return found
