import pytest

from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.form import from_form, to_form, value_text
from annotator.coding.worked import read_examples
from annotator.work.texts import STATE_NAMES, answer_text, as_of_now, records_of

BOOK = read_codebook(find_codebook("claims"))
EXAMPLES = read_examples(find_codebook("claims").with_name("claims_examples.yaml")).examples


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.id)
def test_answers_as_plain_data_have_the_texts_that_tables_give_them(example):
    coding = from_form(example.coding, BOOK, example.text)
    expected = [
        (name, value_text(answer.value) if answer.value is not None else STATE_NAMES[answer.state])
        for _, record in coding.walk()
        for name, answer in record.answers.items()
    ]
    texts = [
        (variable.id, answer_text(record[variable.id], variable))
        for unit, record in records_of(to_form(coding), BOOK)
        for variable in BOOK.variables_of(unit)
        if variable.id in record
    ]
    assert sorted(texts) == sorted(expected)


def test_an_empty_set_and_a_state_are_texts_of_their_own():
    roles = BOOK.variable("roles")
    assert answer_text([], roles) == "{}"
    assert answer_text({"state": "unknown", "note": "?"}, roles) == "(unknown)"
    assert answer_text({"value": ["medical", "aid"], "unsure": True}, roles) == "medical|aid"


def test_codes_are_renamed_and_what_cannot_be_read_left_out_at_every_depth():
    form = {
        "claim": [
            {
                "id": "r1",
                "kind": "killing",
                "place": "syr_air",
                "total": "nine",
                "roles": {"value": ["medical", "aid"], "note": "medical"},
                "act": [{"id": "a1", "perpetrator": "syr_air", "cause": "shell"}],
            }
        ]
    }
    called = {
        "perpetrator": {"syr_air": "air"},
        "roles": {"medical": "health", "aid": "health"},
        "place": {"syr_air": "air"},
    }
    (claim,) = as_of_now(form, called, ["total"], BOOK)["claim"]
    assert claim["act"] == [{"id": "a1", "perpetrator": "air", "cause": "shell"}]
    assert claim["roles"] == {"value": ["health"], "note": "medical"}
    assert (claim["kind"], claim["place"]) == ("killing", "syr_air")
    assert "total" not in claim
    assert form["claim"][0]["act"][0]["perpetrator"] == "syr_air"
