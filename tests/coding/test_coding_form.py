"""A coding as plain data and back: nothing is lost, and what does not fit is refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from coding_books import CLAIMS, START, TEXT, book, codes, codings, variable, words
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable
from annotator.coding.form import (
    FormError,
    canonical,
    from_form,
    new_record_id,
    to_form,
    value_form,
    value_from_form,
    value_text,
)
from annotator.coding.model import Answer, Coding, Override, Record, Span, State
from annotator.coding.values import Count, DateKind, DatePrecision, DateValue

WORKED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "worked_codings.yaml").read_text(encoding="utf-8")
)


def read(form: object, codebook: Codebook = CLAIMS) -> Coding:
    return from_form(form, codebook, TEXT, START)


# --- there and back ---------------------------------------------------------------------------


@given(codings())
def test_a_coding_written_as_json_is_read_back_equal(coding: Coding) -> None:
    assert read(json.loads(canonical(to_form(coding)))) == coding


@given(codings())
def test_equal_codings_have_one_json_text(coding: Coding) -> None:
    again = read(to_form(coding))
    assert canonical(to_form(again)) == canonical(to_form(coding))


def test_an_answer_that_is_only_its_value_is_written_as_that_value() -> None:
    coding = Coding(
        {"mention": Answer(False), "actors": Answer(()), "tone": Answer("mid")},
        (Record("r1", "claim", {"total": Answer(Count.parse("12+"))}),),
    )
    assert to_form(coding) == {
        "mention": False,
        "actors": [],
        "tone": "mid",
        "claim": [{"id": "r1", "total": "12+"}],
    }


def test_an_answer_that_is_more_than_its_value_is_written_with_all_it_has() -> None:
    words = TEXT[:11]
    full = Answer("mid", State.STATED, (Span(START, START + 11, words),), True, "may be high")
    assert to_form(Coding({"tone": full, "remark": Answer(state=State.NOT_STATED)})) == {
        "tone": {
            "value": "mid",
            "evidence": [{"start": START, "end": START + 11, "text": words}],
            "unsure": True,
            "note": "may be high",
        },
        "remark": {"state": "not_stated"},
    }


def test_inferred_marks_and_reasons_for_letting_checks_stand_survive() -> None:
    form = {
        "tone": {"value": "mid", "inferred": True},
        "claim": [{"id": "r1", "total": "12+"}],
        "overrides": [
            {"check": "I1", "record": "", "reason": "seen"},
            {"check": "W1", "record": "r1", "reason": "the text says so"},
        ],
    }
    coding = read(form)
    assert coding.answers["tone"] == Answer("mid", inferred=True)
    assert coding.overrides == (
        Override("I1", "", "seen"),
        Override("W1", "r1", "the text says so"),
    )
    assert to_form(coding) == form
    backwards = {**form, "overrides": [*reversed(form["overrides"]), form["overrides"][0]]}
    assert read(backwards) == coding


def test_the_empty_set_and_no_answer_never_meet() -> None:
    assert read({"actors": []}).answers["actors"] == Answer(())
    assert "actors" not in read({}).answers
    assert value_text(()) == "{}"


def test_the_reason_for_having_no_record_survives() -> None:
    assert to_form(Coding(none="context")) == {"none": "context"}
    assert read({"none": "context"}) == Coding(none="context")


# --- the worked examples ----------------------------------------------------------------------


def _found(unit: str, name: str) -> list[str]:
    """Every code that the worked examples use for a variable, in the order of use."""
    forms: list[dict[str, Any]] = [claim for one in WORKED for claim in one["coding"]["claim"]]
    if unit != "claim":
        forms = [record for claim in forms for record in claim.get(unit, [])]
    values = [form[name] for form in forms if name in form]
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(flat))


def _worked_codebook() -> Codebook:
    def picked(unit: str, name: str, kind: str = "code") -> Variable:
        return variable(name, kind, unit=unit, codes=codes(*_found(unit, name)))

    def typed(name: str, kind: str) -> Variable:
        return variable(name, kind, unit="claim")

    links = ("part_of", "updates", "same_as")
    return book(
        *(picked("claim", name) for name in ("kind", "claim_type", "act_mode", "victims")),
        *(picked("claim", name, "codes") for name in ("flags", "roles")),
        picked("claim", "place_precision", "scale"),
        *(typed(name, "count") for name in ("total", "children", "women", "men")),
        *(typed(name, "text") for name in ("incident", "place")),
        *(typed(name, "date") for name in ("date", "death_date")),
        *(variable(name, "link", unit="claim", link_to="claim") for name in links),
        *(picked("act", name) for name in ("perpetrator", "cause", "attribution")),
        picked("source", "source_type"),
        variable("source_name", "text", unit="source"),
        units=(Unit("claim", PASSAGE, "Claim"), Unit("act", "claim"), Unit("source", "claim")),
    )


@pytest.mark.parametrize("example", WORKED, ids=[one["id"] for one in WORKED])
def test_a_worked_coding_written_by_a_person_is_read_whole(example: dict[str, Any]) -> None:
    text, forms = example["text"], example["coding"]["claim"]
    coding = from_form(example["coding"], _worked_codebook(), text)
    assert [claim.id for claim in coding.records] == [form["id"] for form in forms]
    for claim, form in zip(coding.records, forms, strict=True):
        assert [span.text for span in claim.evidence] == form["evidence"]
        for name, value in form.items():
            if name in ("act", "source"):
                inner = [one for one in claim.records if one.unit == name]
                assert [
                    {key: answer.value for key, answer in one.answers.items()} for one in inner
                ] == value
            elif name not in ("id", "evidence"):
                answer = claim.answers[name]
                assert answer.value is not None
                assert value_form(answer.value) == value
    for _, _, span in coding.spans():
        assert text[span.start : span.end] == span.text
    assert from_form(to_form(coding), _worked_codebook(), text) == coding


def test_records_without_an_id_take_none_that_a_later_record_was_given() -> None:
    coding = read({"claim": [{"act": [{}, {}]}, {"id": "r1"}, {"id": "r3"}, {}]})
    ids = [record.id for _, record in coding.walk() if record.id]
    assert len(ids) == len(set(ids)) == 6
    assert [coding.records[1].id, coding.records[2].id] == ["r1", "r3"]


@given(st.lists(st.integers(1, 9).map("r{}".format) | words, unique=True))
def test_a_new_record_id_is_one_that_is_free(taken: list[str]) -> None:
    assert new_record_id(taken) not in taken
    assert new_record_id([]) == "r1"


# --- evidence ---------------------------------------------------------------------------------


def test_evidence_may_be_words_that_stand_once_in_the_passage() -> None:
    answer = read({"tone": {"value": "low", "evidence": ["ستة مدنيين 🕊"]}}).answers["tone"]
    (span,) = answer.evidence
    assert TEXT[span.start - START : span.end - START] == span.text == "ستة مدنيين 🕊"


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        ("nowhere", "does not stand in the passage"),
        ("", "does not stand in the passage"),
        ("ee", "does not stand in the passage"),
        ("in", "more than once"),
        ({"start": 0, "end": 4, "text": TEXT[:4]}, "does not stand at 0-4"),
        ({"start": START, "end": START + 4, "text": "five"}, "does not stand"),
        ({"start": START + 4, "end": START + 4, "text": ""}, "does not stand"),
        ({"start": START + 4, "end": START, "text": "Four"}, "does not stand"),
        ({"start": START, "end": START + 10**6, "text": TEXT}, "does not stand"),
        ({"start": START, "text": "Four"}, "needs start, end and text"),
        ({"start": "1000", "end": "1004", "text": "Four"}, "needs start, end and text"),
        (None, "evidence"),
        (7, "evidence"),
    ],
)
def test_evidence_that_is_not_in_the_passage_is_refused(evidence: object, message: str) -> None:
    with pytest.raises(FormError, match=message):
        read({"tone": {"value": "low", "evidence": [evidence]}})


def test_words_that_overlap_themselves_do_not_stand_once() -> None:
    with pytest.raises(FormError, match="more than once"):
        from_form({"tone": {"value": "low", "evidence": "abab"}}, CLAIMS, "ababab")


# --- values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form", "value"),
    [
        ("tone", "mid", "mid"),
        ("actors", "isis", ("isis",)),
        ("actors", ["isis", "rus", "isis"], ("rus", "isis")),
        ("total", 9, Count.parse("9")),
        ("total", "~30", Count.parse("~30")),
        ("day", "2016-12", DateValue.parse("2016-12")),
        (
            "day",
            {"start": "2016-12-01", "end": "2016-12-31", "precision": "3", "kind": "window"},
            DateValue.parse("2016-12 w"),
        ),
        (
            "day",
            {"precision": "9", "words": "long ago"},
            DateValue(None, None, DatePrecision.NONE, DateKind.EVENT, "long ago"),
        ),
        ("share", 2.5, 2.5),
        ("share", 0, 0),
        ("mention", False, False),
        ("part_of", "J2/r1", ("J2/r1",)),
        ("part_of", ["r1", "r2", "r1"], ("r1", "r2")),
        ("part_of", [], ()),
    ],
)
def test_a_value_is_read_from_what_a_person_writes(name: str, form: object, value: object) -> None:
    assert value_from_form(form, CLAIMS.variable(name)) == value


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("tone", "loud"),
        ("tone", ["mid"]),
        ("tone", None),
        ("tone", True),
        ("actors", ["rus", "usa"]),
        ("actors", None),
        ("actors", [["rus"]]),
        ("actors", "rus|isis"),
        ("total", True),
        ("total", 1.5),
        ("total", -1),
        ("total", "many"),
        ("total", None),
        ("day", 2016),
        ("day", "soon"),
        ("day", {}),
        ("day", {"start": "2016-12-01"}),
        ("day", {"start": "2016-12-01", "end": "2016-11-01", "precision": "1"}),
        ("day", {"start": "soon", "end": "2016-11-01", "precision": "1"}),
        ("day", {"start": "2016-12-01", "end": "2016-12-01", "precision": "8"}),
        ("day", {"start": "2016-12-01", "end": "2016-12-01", "precision": 1}),
        ("day", {"start": "2016-12-01", "end": "2016-12-01", "precision": "1", "kind": "x"}),
        ("day", {"start": "2016-12-01", "end": "2016-12-01", "precise": "1"}),
        ("share", "3"),
        ("share", True),
        ("share", 101),
        ("share", -0.5),
        ("share", float("nan")),
        ("share", float("inf")),
        ("remark", ""),
        ("remark", "  "),
        ("remark", 3),
        ("mention", "yes"),
        ("mention", 1),
        ("part_of", [""]),
        ("part_of", 3),
        ("part_of", None),
    ],
)
def test_what_is_no_value_of_a_variable_is_refused_by_its_name(name: str, form: object) -> None:
    with pytest.raises(FormError, match=rf"^{name}: "):
        value_from_form(form, CLAIMS.variable(name))


@pytest.mark.parametrize(
    "form",
    [
        {"remark": "\ud800"},
        {"tone": {"value": "low", "note": "\ud800"}},
        {"claim": [{"id": "\ud800"}]},
        {"claim": [{"part_of": ["\ud800"]}]},
    ],
)
def test_half_a_character_which_no_file_can_hold_is_refused(form: object) -> None:
    with pytest.raises(FormError):
        read(form)


def test_a_date_in_parts_without_a_precision_takes_the_one_its_days_have() -> None:
    week = {"start": "2016-12-01", "end": "2016-12-07"}
    assert value_from_form(week, CLAIMS.variable("day")) == DateValue.parse(
        "2016-12-01..2016-12-07"
    )


def test_a_number_bounded_on_one_side_says_so_in_words() -> None:
    only_low = variable("age", "number", minimum=0)
    with pytest.raises(FormError, match="0") as refused:
        value_from_form(-1, only_low)
    assert "None" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (("rus", "isis"), "rus|isis"),
        ((), "{}"),
        (True, "yes"),
        (False, "no"),
        (Count.parse("12 (12-20)"), "12 (12-20)"),
        (DateValue.parse("2016-12"), "2016-12"),
        (3, "3"),
        ("words", "words"),
    ],
)
def test_a_value_fits_one_cell_of_a_table(value: Any, cell: str) -> None:
    assert value_text(value) == cell


# --- what does not fit ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ([], "the coding must be a mapping"),
        ("tone", "the coding must be a mapping"),
        ({1: 2}, "the coding must be a mapping"),
        ({"colour": "red"}, "colour: the codebook has no such variable or unit here"),
        ({"kind": "killing"}, "kind: the codebook has no such"),
        ({"id": "r1"}, "id: the codebook has no such"),
        ({"claim": [{"id": "r1", "none": "context"}]}, "claim 1: none: the codebook has no such"),
        ({"claim": [{}, {"tone": "low"}]}, "claim 2: tone: the codebook has no such"),
        ({"claim": [{"act": [{"cause": "flood"}]}]}, "claim 1: act 1: cause: 'flood'"),
        ({"claim": {}}, "claim: takes a list"),
        ({"claim": ["r1"]}, "claim 1: +must be a mapping"),
        ({"claim": [{"id": 1}]}, "claim 1: id: takes text"),
        ({"claim": [{"id": "a"}, {"id": "a"}]}, "claim 2: id: 'a' is used twice"),
        ({"claim": [{"id": "a", "act": [{"id": "a"}]}]}, "'a' is used twice"),
        ({"none": "bored"}, "none: bored"),
        ({"none": True}, "`none` takes the id"),
        ({"none": "context", "claim": [{}]}, "none"),
        ({"tone": {"value": "low", "state": "unknown"}}, "tone: give a value or another state"),
        ({"tone": {}}, "tone: give a value"),
        ({"tone": {"state": "stated"}}, "tone: give a value"),
        ({"tone": {"state": "dunno"}}, "tone: state is one of stated, not_stated"),
        ({"tone": {"value": "low", "why": "x"}}, "tone: unknown field 'why'"),
        ({"tone": {"value": "low", "unsure": "yes"}}, "tone: unsure is true or false"),
        ({"tone": {"value": "low", "note": 3}}, "note is text"),
        ({"tone": {"value": "low", "inferred": 1}}, "tone: inferred is true or false"),
        ({"tone": {"value": "low", "candidate": "x"}}, "tone: candidate is true or false"),
        ({"note": 3}, "`note` is text"),
        ({"note": {"value": "x"}}, "`note` is text"),
        ({"overrides": {}}, "overrides: takes a list"),
        ({"overrides": ["W1"]}, "overrides 1: +must be a mapping"),
        ({"overrides": [{"check": "W1", "reason": "x", "who": "y"}]}, "overrides 1: takes check"),
        ({"overrides": [{"check": "W1", "reason": 3}]}, "overrides 1: takes check"),
        ({"overrides": [{"check": "", "reason": "x"}]}, "overrides 1: needs a check"),
        ({"overrides": [{"check": "W1", "reason": " "}]}, "overrides 1: needs a check"),
        ({"overrides": [{"check": "W1", "record": "r9", "reason": "x"}]}, "a record there is"),
        (
            {"overrides": [{"check": "W1", "reason": "x"}, {"check": "W1", "reason": "y"}]},
            "overrides 2: W1 has another reason there already",
        ),
        ({"tone": {"value": None}}, "tone: "),
        ({"day": {"value": "2016"}}, "day: the codebook has no such"),
    ],
)
def test_a_form_that_does_not_fit_the_codebook_is_refused_with_its_place(
    form: object, message: str
) -> None:
    with pytest.raises(FormError, match=message):
        read(form)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "value", "state", "evidence", "start", "end", "text"])
            | st.sampled_from(["overrides", "check", "record", "reason", "inferred"])
            | st.sampled_from(["none", "claim", "act", *(one.id for one in CLAIMS.variables)]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_like)
def test_any_plain_data_is_a_coding_or_refused_with_a_form_error(form: object) -> None:
    try:
        coding = read(form)
    except FormError:
        return
    assert read(json.loads(canonical(to_form(coding)))) == coding


def test_a_code_the_codebook_no_longer_has_is_refused() -> None:
    tone = replace(CLAIMS.variable("tone"), codes=codes("other"))
    with pytest.raises(FormError, match="tone: 'mid' is none of its codes"):
        read({"tone": "mid"}, book(tone))


def test_canonical_json_is_one_text_whatever_the_order() -> None:
    assert canonical({"b": 1, "a": ["ن", True]}) == '{"a":["ن",true],"b":1}'
