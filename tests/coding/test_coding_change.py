"""Changes to a coding: each gives a new coding and leaves the old one as it was."""

import pytest
from coding_books import CLAIMS, START, TEXT, book, codes, codings, spans, variable
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.model import PASSAGE, Unit, Variable, VariableType
from annotator.coding.change import (
    add_evidence,
    add_record,
    blank,
    choose,
    choose_none,
    default_answer,
    parse_entry,
    remove_record,
    set_answer,
    set_none,
    set_state,
)
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Answer, Coding, Record, Span, State
from annotator.coding.values import Count, DateValue

TONE, ACTORS = CLAIMS.variable("tone"), CLAIMS.variable("actors")
WORDS = Span(START, START + 4, TEXT[:4])


# --- picking codes ----------------------------------------------------------------------------


def test_picking_a_code_answers_and_picking_another_replaces_it() -> None:
    first = choose(None, TONE, "low")
    assert first == Answer("low")
    assert choose(first, TONE, "high") == Answer("high")


def test_picking_the_one_code_again_takes_the_answer_away() -> None:
    assert choose(Answer("low"), TONE, "low") is None


def test_picking_among_many_adds_and_takes_away_in_the_order_of_the_codebook() -> None:
    answer = choose(choose(None, ACTORS, "isis"), ACTORS, "rus")
    assert answer == Answer(("rus", "isis"))
    assert choose(answer, ACTORS, "rus") == Answer(("isis",))


def test_taking_the_last_code_away_leaves_no_answer_rather_than_the_empty_set() -> None:
    assert choose(Answer(("rus",)), ACTORS, "rus") is None


def test_the_empty_set_is_said_on_purpose_and_a_pick_ends_it() -> None:
    assert choose_none(None) == Answer(())
    assert choose_none(Answer(("rus", "isis"))) == Answer(())
    assert choose_none(Answer(state=State.UNKNOWN)) == Answer(())
    assert choose(choose_none(None), ACTORS, "rus") == Answer(("rus",))


@given(st.lists(st.sampled_from([code.id for code in ACTORS.codes]), max_size=12))
def test_after_any_picks_exactly_the_codes_picked_an_odd_number_of_times_stand(
    picks: list[str],
) -> None:
    answer: Answer | None = None
    for pick in picks:
        answer = choose(answer, ACTORS, pick)
    odd = tuple(code.id for code in ACTORS.codes if picks.count(code.id) % 2)
    assert answer == (Answer(odd) if odd else None)


def test_evidence_doubt_and_note_stay_when_the_value_changes() -> None:
    full = Answer("low", State.STATED, (WORDS,), True, "see below")
    assert choose(full, TONE, "high") == Answer("high", State.STATED, (WORDS,), True, "see below")
    unknown = set_state(full, State.UNKNOWN)
    assert unknown == Answer(None, State.UNKNOWN, (WORDS,), True, "see below")
    assert choose(unknown, TONE, "low") == full
    assert choose_none(unknown) == Answer((), State.STATED, (WORDS,), True, "see below")


def test_a_state_may_be_given_where_there_was_no_answer() -> None:
    for state in (State.NOT_STATED, State.UNKNOWN, State.NOT_APPLICABLE):
        assert set_state(None, state) == Answer(state=state)


def test_an_answer_has_a_value_exactly_when_it_is_stated() -> None:
    with pytest.raises(ValueError, match="either stated"):
        Answer()
    with pytest.raises(ValueError, match="either stated"):
        Answer("low", State.UNKNOWN)


# --- answers ----------------------------------------------------------------------------------


@given(codings(), st.data())
def test_an_answer_given_and_taken_away_touches_nothing_else(
    coding: Coding, data: st.DataObject
) -> None:
    before = to_form(coding)
    record = data.draw(st.sampled_from([record for _, record in coding.walk()]))
    name = data.draw(st.sampled_from([one.id for one in CLAIMS.variables_of(record.unit)] or [""]))
    new = Answer(state=State.UNKNOWN, note="new")
    changed = set_answer(coding, record.id, name, new)
    assert changed.answer(record.id, name) == new
    assert set_answer(changed, record.id, name, record.answers.get(name)) == coding
    assert to_form(coding) == before
    assert set_answer(changed, record.id, name, None).answer(record.id, name) is None


def test_taking_away_an_answer_that_is_not_there_changes_nothing() -> None:
    assert set_answer(Coding(), "", "tone", None) == Coding()


def test_an_answer_for_a_record_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        set_answer(Coding(), "r9", "kind", Answer("killing"))


# --- evidence ---------------------------------------------------------------------------------


@given(st.lists(spans(), max_size=5, unique=True), spans())
def test_evidence_stays_in_the_order_of_the_text_and_marking_twice_takes_it_away(
    marked: list[Span], span: Span
) -> None:
    before = tuple(sorted(marked))
    after = add_evidence(before, span)
    assert list(after) == sorted(after)
    assert set(after) == set(before) ^ {span}
    assert add_evidence(after, span) == before


# --- records ----------------------------------------------------------------------------------


def test_records_are_added_at_the_end_of_the_record_they_lie_in() -> None:
    coding, first = add_record(Coding(), CLAIMS, "claim", "")
    coding, second = add_record(coding, CLAIMS, "claim", "")
    coding, act = add_record(coding, CLAIMS, "act", first)
    assert [record.id for record in coding.records] == [first, second]
    assert coding.record(act).unit == "act"
    assert coding.parent_of(act) == first
    assert coding.parent_of(first) == ""
    assert len({first, second, act}) == 3


def test_records_added_in_any_turn_are_the_same_after_saving() -> None:
    coding, claim = add_record(Coding(), CLAIMS, "claim", "")
    for unit in ("source", "act", "source", "act"):
        coding, _ = add_record(coding, CLAIMS, unit, claim)
    assert from_form(to_form(coding), CLAIMS, TEXT, START) == coding


@given(codings(), st.data())
def test_a_new_record_has_an_id_of_its_own_and_removing_it_restores_the_coding(
    coding: Coding, data: st.DataObject
) -> None:
    above = data.draw(st.sampled_from([record for _, record in coding.walk()]))
    inner = CLAIMS.units_in(above.unit)
    if not inner:
        return
    unit = data.draw(st.sampled_from(inner)).id
    taken = {record.id for _, record in coding.walk()}
    links = {target for _, record in coding.walk() for target in _targets(record)}
    changed, new = add_record(coding, CLAIMS, unit, above.id)
    assert new not in taken
    assert changed.none == ""
    if new not in links:
        assert set_none(remove_record(changed, CLAIMS, new), coding.none) == coding


def _targets(record: Record) -> set[str]:
    links = [one.id for one in CLAIMS.variables if one.type is VariableType.LINK]
    values = [record.answers[name].value for name in links if name in record.answers]
    return {target for value in values if isinstance(value, tuple) for target in value}


def test_a_new_record_starts_with_its_defaults_and_clears_the_reason_for_none() -> None:
    with_default = book(
        variable("kind", "code", unit="claim", codes=codes("killing"), default="killing"),
        units=(Unit("claim", PASSAGE, "Claim", none_reasons=codes("context")),),
    )
    coding, new = add_record(Coding(none="context"), with_default, "claim", "")
    assert coding.none == ""
    assert coding.answer(new, "kind") == Answer("killing")


@given(codings())
def test_removing_a_record_removes_all_in_it_and_every_link_to_any_of_these(
    coding: Coding,
) -> None:
    for _, record in coding.walk():
        if not record.id:
            continue
        inside = {record.id}
        for parent, other in coding.walk():
            if parent in inside:
                inside.add(other.id)
        changed = remove_record(coding, CLAIMS, record.id)
        left = {other.id for _, other in changed.walk()}
        assert left == {other.id for _, other in coding.walk()} - inside
        for _, other in changed.walk():
            assert not _targets(other) & inside
            assert _targets(other) == _targets(coding.record(other.id)) - inside


def test_a_link_with_other_targets_loses_only_the_one_that_is_gone() -> None:
    claims = tuple(Record(f"r{n}", "claim") for n in (1, 2))
    linked = Record("r3", "claim", {"part_of": Answer(("r1", "r2"), note="two")})
    coding = Coding(records=(*claims, linked))
    coding = remove_record(coding, CLAIMS, "r1")
    assert coding.answer("r3", "part_of") == Answer(("r2",), note="two")
    assert remove_record(coding, CLAIMS, "r2").answer("r3", "part_of") is None


def test_a_link_said_on_purpose_to_point_at_nothing_is_left_alone() -> None:
    linked = Record("r2", "claim", {"part_of": Answer(())})
    coding = Coding(records=(Record("r1", "claim"), linked))
    assert remove_record(coding, CLAIMS, "r1").answer("r2", "part_of") == Answer(())


def test_the_passage_itself_and_a_record_that_is_not_there_cannot_be_removed() -> None:
    coding = Coding({"tone": Answer("low")}, (Record("r1", "claim", {"part_of": Answer(("r1",))}),))
    for record_id in ("", "r9"):
        with pytest.raises(KeyError):
            remove_record(coding, CLAIMS, record_id)


def test_a_reason_for_no_record_is_refused_while_there_is_one() -> None:
    assert set_none(Coding(), "context") == Coding(none="context")
    assert set_none(Coding(none="context"), "") == Coding()
    with pytest.raises(ValueError, match="needs no reason"):
        set_none(Coding(records=(Record("r1", "claim"),)), "context")


# --- defaults ---------------------------------------------------------------------------------


def test_an_untouched_coding_holds_the_defaults_of_the_passage_and_nothing_else() -> None:
    with_defaults = book(
        variable("died", "yes_no", default=False),
        variable("actors", "codes", codes=codes("rus", "isis"), default=[]),
        variable("total", "count", default="12+"),
        variable("day", "date", default={"state": "not_stated"}),
        variable("open", "text"),
        variable("kind", "code", unit="claim", codes=codes("killing"), default="killing"),
        units=(Unit("claim", PASSAGE, "Claim"),),
    )
    assert blank(with_defaults) == Coding(
        {
            "died": Answer(False),
            "actors": Answer(()),
            "total": Answer(Count.parse("12+")),
            "day": Answer(state=State.NOT_STATED),
        }
    )


@pytest.mark.parametrize(
    "wrong",
    [variable("tone", "code", codes=codes("low"), default="loud"), variable("total", "count")],
    ids=["a code that is not there", "none at all"],
)
def test_a_wrong_default_is_a_value_error(wrong: Variable) -> None:
    with pytest.raises(ValueError, match=wrong.id):
        default_answer(wrong)


# --- typing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("count", "12+", Answer(Count.parse("12+"))),
        ("count", " n ", Answer(state=State.NOT_STATED)),
        ("date", "U", Answer(state=State.UNKNOWN)),
        ("number", "x", Answer(state=State.NOT_APPLICABLE)),
        ("date", "2016-12 w", Answer(DateValue.parse("2016-12 w"))),
        ("number", "3", Answer(3)),
        ("number", " -3 ", Answer(-3)),
        ("number", "2.5", Answer(2.5)),
        ("number", ".5", Answer(0.5)),
        ("number", "٣", Answer(3)),
        ("text", "  Umm al-Sinbil ", Answer("Umm al-Sinbil")),
        ("text", "n", Answer("n")),
        ("text", "none", Answer("none")),
    ],
)
def test_what_a_coder_types_becomes_an_answer(kind: str, text: str, answer: Answer) -> None:
    typed = parse_entry(text, variable("asked", kind))
    assert typed == answer
    assert isinstance(typed.value, Count | DateValue | int | float | str | None)


def test_a_whole_number_typed_stays_whole() -> None:
    assert repr(parse_entry("3", variable("asked", "number")).value) == "3"
    assert repr(parse_entry("3.0", variable("asked", "number")).value) == "3.0"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("count", "many"),
        ("count", ""),
        ("date", "soon"),
        ("number", ""),
        ("number", "three"),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "1e999"),
        ("number", "--3"),
        ("number", "1_000"),
        ("number", "1,5"),
        ("number", "9" * 5000),
        ("text", "   "),
        ("code", "low"),
        ("yes_no", "y"),
        ("link", "r1"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_a_sentence(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+") as refused:
        parse_entry(text, variable("asked", kind))
    assert "set_int_max_str_digits" not in str(refused.value)


def test_bounds_of_a_number_hold_for_typing_too() -> None:
    with pytest.raises(ValueError, match="at least 0 and at most 100"):
        parse_entry("101", CLAIMS.variable("share"))
