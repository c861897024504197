"""Records copied and moved, checks let stand, offers taken: pure changes to a coding."""

from dataclasses import replace
from datetime import date

import pytest
from coding_books import CLAIMS, START, TEXT, codings, variable
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.change import (
    choose,
    choose_none,
    copy_record,
    parse_entry,
    remove_record,
    set_override,
    set_state,
    shift_record,
    take_offer,
)
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Answer, Coding, Override, Record, Span, State
from annotator.coding.values import DateKind, DatePrecision, DateValue

WORDS = Span(START, START + 4, TEXT[:4])
REPORTED = date(2016, 12, 21)

TWO_CLAIMS = Coding(
    records=(
        Record(
            "r1",
            "claim",
            {"kind": Answer("killing", evidence=(WORDS,)), "part_of": Answer(("r4",))},
            (WORDS,),
            (
                Record("r2", "act", {"perpetrator": Answer("rus")}, (WORDS,)),
                Record("r3", "source", {"said_of": Answer(("r2",), note="both")}),
            ),
        ),
        Record("r4", "claim", {"part_of": Answer(("r1",))}),
    )
)


def read_again(coding: Coding) -> Coding:
    return from_form(to_form(coding), CLAIMS, TEXT, START)


def some_record(data: st.DataObject, coding: Coding) -> str | None:
    ids = [record.id for _, record in coding.walk() if record.id]
    return data.draw(st.sampled_from(ids)) if ids else None


# --- copies -----------------------------------------------------------------------------------


def test_a_copy_stands_right_after_its_original_without_the_words_behind_it() -> None:
    coding, new = copy_record(TWO_CLAIMS, CLAIMS, "r1")
    assert [record.id for record in coding.records] == ["r1", new, "r4"]
    copy = coding.record(new)
    assert copy.evidence == ()
    assert copy.answers["kind"] == Answer("killing")
    assert [inner.evidence for inner in copy.records] == [(), ()]
    assert coding.record("r1") == TWO_CLAIMS.record("r1")


def test_links_inside_a_copy_lead_to_the_copies_and_others_where_they_led() -> None:
    coding, new = copy_record(TWO_CLAIMS, CLAIMS, "r1")
    act, source = coding.record(new).records
    assert source.answers["said_of"] == Answer((act.id,), note="both")
    assert coding.record(new).answers["part_of"] == Answer(("r4",))
    assert coding.record("r4").answers["part_of"] == Answer(("r1",))


def test_a_copy_takes_no_reason_for_letting_a_check_stand_with_it() -> None:
    stands = set_override(TWO_CLAIMS, "W1", "r1", "the text says so")
    coding, _ = copy_record(stands, CLAIMS, "r1")
    assert coding.overrides == (Override("W1", "r1", "the text says so"),)


@given(codings(), st.data())
def test_copying_adds_new_ids_and_removing_the_copy_restores_the_coding(
    coding: Coding, data: st.DataObject
) -> None:
    record_id = some_record(data, coding)
    if record_id is None:
        return
    copied, new = copy_record(coding, CLAIMS, record_id)
    ids = [record.id for _, record in copied.walk()]
    assert len(ids) == len(set(ids))
    assert copied.parent_of(new) == coding.parent_of(record_id)
    assert not [span for owner, _, span in copied.spans() if owner not in _ids(coding)]
    assert read_again(copied) == copied
    assert remove_record(copied, CLAIMS, new) == coding


@given(codings(), st.data())
def test_no_link_of_a_copy_leads_into_its_original(coding: Coding, data: st.DataObject) -> None:
    record_id = some_record(data, coding)
    if record_id is None:
        return
    copied, new = copy_record(coding, CLAIMS, record_id)
    original = set(_inside(coding.record(record_id)))
    for inner in _inside(copied.record(new)):
        for name, answer in copied.record(inner).answers.items():
            if CLAIMS.variable(name).link_to and isinstance(answer.value, tuple):
                assert not original & set(answer.value)


def _ids(coding: Coding) -> set[str]:
    return {record.id for _, record in coding.walk()}


def _inside(record: Record) -> list[str]:
    return [record.id, *(name for inner in record.records for name in _inside(inner))]


@pytest.mark.parametrize("record_id", ["", "r9"])
def test_the_passage_and_a_record_that_is_not_there_cannot_be_copied_or_moved(
    record_id: str,
) -> None:
    with pytest.raises(KeyError):
        copy_record(TWO_CLAIMS, CLAIMS, record_id)
    with pytest.raises(KeyError):
        shift_record(TWO_CLAIMS, record_id, 1)


# --- order ------------------------------------------------------------------------------------


def test_a_record_changes_places_with_its_neighbour_and_stops_at_the_ends() -> None:
    moved = shift_record(TWO_CLAIMS, "r4", -1)
    assert [record.id for record in moved.records] == ["r4", "r1"]
    assert shift_record(TWO_CLAIMS, "r4", 1) is TWO_CLAIMS
    assert shift_record(TWO_CLAIMS, "r1", -1) is TWO_CLAIMS


def test_a_record_does_not_change_places_with_one_of_another_unit() -> None:
    assert shift_record(TWO_CLAIMS, "r2", 1) is TWO_CLAIMS
    assert shift_record(TWO_CLAIMS, "r3", -1) is TWO_CLAIMS


@given(codings(), st.data(), st.sampled_from([-1, 1]))
def test_a_move_is_kept_by_saving_and_undone_by_the_move_back(
    coding: Coding, data: st.DataObject, step: int
) -> None:
    record_id = some_record(data, coding)
    if record_id is None:
        return
    moved = shift_record(coding, record_id, step)
    assert read_again(moved) == moved
    assert _ids(moved) == _ids(coding)
    if moved != coding:
        assert shift_record(moved, record_id, -step) == coding


# --- checks that stand ------------------------------------------------------------------------


def test_reasons_are_kept_in_order_one_for_each_check_and_record() -> None:
    coding = TWO_CLAIMS
    for check, record, reason in (
        ("W3", "r2", "b"),
        ("W1", "r4", "c"),
        ("I1", "", " a "),
        ("W1", "r1", "d"),
        ("W3", "r2", "e"),
    ):
        coding = set_override(coding, check, record, reason)
    assert coding.overrides == (
        Override("I1", "", "a"),
        Override("W1", "r1", "d"),
        Override("W1", "r4", "c"),
        Override("W3", "r2", "e"),
    )
    assert read_again(coding) == coding


@pytest.mark.parametrize("reason", ["", "  ", "\t"])
def test_an_empty_reason_takes_the_old_one_away(reason: str) -> None:
    stands = set_override(TWO_CLAIMS, "W1", "r1", "seen")
    assert set_override(stands, "W1", "r1", reason) == TWO_CLAIMS
    assert set_override(TWO_CLAIMS, "W1", "r1", reason) == TWO_CLAIMS


def test_a_reason_goes_with_the_record_it_is_about() -> None:
    stands = set_override(set_override(TWO_CLAIMS, "W3", "r2", "x"), "W1", "r4", "y")
    assert remove_record(stands, CLAIMS, "r1").overrides == (Override("W1", "r4", "y"),)
    assert remove_record(stands, CLAIMS, "r4").overrides == (Override("W3", "r2", "x"),)


# --- offers -----------------------------------------------------------------------------------


def test_what_an_offer_gives_is_marked_inferred_and_keeps_what_stood_beside_the_answer() -> None:
    before = Answer("unknown", evidence=(WORDS,), unsure=True, note="whose?")
    act = Record("r2", "act", {"perpetrator": before})
    coding = Coding(records=(Record("r1", "claim", records=(act,)),))
    given_ = (("perpetrator", "rus"), ("cause", ["shell"]))
    taken = take_offer(coding, CLAIMS, "r2", given_)
    assert taken.record("r2").answers == {
        "perpetrator": replace(before, value="rus", inferred=True),
        "cause": Answer(("shell",), inferred=True),
    }
    assert read_again(taken) == taken


def test_an_offer_replaces_an_answer_that_was_not_stated() -> None:
    coding = Coding({"tone": Answer(state=State.UNKNOWN)})
    assert take_offer(coding, CLAIMS, "", [("tone", "low")]).answers["tone"] == Answer(
        "low", inferred=True
    )


def test_an_answer_given_by_hand_is_no_longer_inferred() -> None:
    tone, actors = CLAIMS.variable("tone"), CLAIMS.variable("actors")
    implied = Answer("low", evidence=(WORDS,), inferred=True)
    assert choose(implied, tone, "high") == Answer("high", evidence=(WORDS,))
    assert choose(Answer(("rus",), inferred=True), actors, "syr") == Answer(("rus", "syr"))
    assert not choose_none(Answer(("rus",), inferred=True)).inferred
    assert not set_state(implied, State.NOT_STATED).inferred


# --- spans of time left open ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2011-03..", date(2011, 3, 1)),
        ("2011-3 ..", date(2011, 3, 1)),
        ("2011..", date(2011, 1, 1)),
        ("٢٠١١-٠٣-١٥..", date(2011, 3, 15)),
    ],
)
def test_an_open_span_ends_on_the_day_of_the_report(text: str, start: date) -> None:
    answer = parse_entry(text, variable("day", "date"), REPORTED)
    expected = DateValue(start, REPORTED, DatePrecision.LONGER, DateKind.WINDOW)
    assert answer == Answer(expected)


def test_an_open_span_is_as_exact_as_its_days_and_a_letter_says_its_kind() -> None:
    week = parse_entry("2016-12-19.. w", variable("day", "date"), REPORTED)
    expected = DateValue(date(2016, 12, 19), REPORTED, DatePrecision.WEEK, DateKind.WINDOW)
    assert week == Answer(expected)


def test_an_open_span_is_refused_with_a_sentence_where_it_cannot_end() -> None:
    with pytest.raises(ValueError, match="no date for an open span to end on; write its last day"):
        parse_entry("2011-03..", variable("day", "date"))
    with pytest.raises(ValueError, match="starts after it ends"):
        parse_entry("2017..", variable("day", "date"), REPORTED)
    with pytest.raises(ValueError, match="write a date as"):
        parse_entry("..", variable("day", "date"), REPORTED)
