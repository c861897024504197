"""Codings held against known answers: what counts as found, missed and added."""

from itertools import pairwise

import pytest

from annotator.codebook.reader import parse_codebook, read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.complete import gaps, with_defaults
from annotator.coding.form import from_form, to_form
from annotator.coding.worked import read_examples
from annotator.work.against_answer import AgainstAnswer
from projects import CLAIMS

BOOK = parse_codebook(CLAIMS, "book.yaml")
AGAINST = AgainstAnswer(BOOK)


def form_of(data):
    return to_form(from_form(data, BOOK, "Shells fell. Four people died, the council said."))


def tally(known, given):
    rows = AGAINST.tally([(form_of(known), form_of(given))])
    return {(row.variable, row.code): (row.found, row.missed, row.added) for row in rows}


def test_a_wrong_code_is_missed_once_and_added_once():
    assert tally({"tone": "low"}, {"tone": "high"}) == {
        ("tone", "low"): (0, 1, 0),
        ("tone", "high"): (0, 0, 1),
    }


def test_codes_of_a_set_are_met_one_by_one_and_the_empty_set_is_a_code_of_its_own():
    assert tally({"actors": ["russia", "regime"]}, {"actors": ["regime", "isis"]}) == {
        ("actors", "russia"): (0, 1, 0),
        ("actors", "regime"): (1, 0, 0),
        ("actors", "isis"): (0, 0, 1),
    }
    assert tally({"actors": []}, {"actors": []}) == {("actors", "{}"): (1, 0, 0)}


def test_a_value_counts_under_its_variable_whatever_it_is():
    claim = {"id": "c1", "kind": "killing", "evidence": ["Four people died"]}
    same = tally({"claim": [{**claim, "total": "4"}]}, {"claim": [{**claim, "total": "4"}]})
    other = tally({"claim": [{**claim, "total": "4"}]}, {"claim": [{**claim, "total": "4+"}]})
    assert same["total", ""] == (1, 0, 0)
    assert other["total", ""] == (0, 1, 1)
    assert other["kind", "killing"] == (1, 0, 0)


def test_not_stated_and_left_open_are_the_same_but_unknown_is_not():
    assert tally({}, {"share": {"state": "not_stated"}}) == {}
    assert tally({"share": {"state": "not_stated"}}, {}) == {}
    assert tally({}, {"share": {"state": "unknown"}}) == {("share", "(unknown)"): (0, 0, 1)}


def test_records_are_aligned_before_they_are_compared():
    first = {"id": "a", "kind": "killing", "total": "4", "evidence": ["Four people died"]}
    second = {"id": "b", "kind": "denial", "evidence": ["the council said"]}
    swapped = {"claim": [{**second, "id": "x"}, {**first, "id": "y"}]}
    rows = tally({"claim": [first, second]}, swapped)
    assert rows["claim", ""] == (2, 0, 0)
    assert all((missed, added) == (0, 0) for _, missed, added in rows.values())


def test_what_stands_in_a_missed_record_is_missed_with_it():
    claim = {"kind": "killing", "evidence": ["Four people died"], "act": [{"perpetrator": "isis"}]}
    rows = tally({"claim": [claim]}, {"none": "context"})
    assert rows == {
        ("none", "context"): (0, 0, 1),
        ("claim", ""): (0, 1, 0),
        ("kind", "killing"): (0, 1, 0),
        ("act", ""): (0, 1, 0),
        ("perpetrator", "isis"): (0, 1, 0),
    }


def test_free_text_is_shown_and_not_counted_and_links_are_neither():
    known, given = form_of({"remark": "one"}), form_of({"remark": "two"})
    (shown,) = AGAINST.aspects(known, given)
    assert (shown.known_words, shown.given_words, shown.same) == ("one", "two", False)
    assert AGAINST.tally([(known, given)]) == ()
    claim = {"kind": "denial", "evidence": ["the council said"]}
    linked = {"claim": [{**claim, "id": "c", "part_of": ["d"]}, {"id": "d", "kind": "injury"}]}
    plain = {"claim": [{**claim, "id": "c"}, {"id": "d", "kind": "injury"}]}
    assert "part_of" not in {variable for variable, _ in tally(linked, plain)}


def test_the_label_and_the_order_are_the_codebooks():
    known = form_of({"actors": ["isis", "russia"], "tone": "low", "mention": True})
    rows = AGAINST.tally([(known, known)])
    assert [row.label for row in rows] == ["Yes", "Low", "Russia", "Islamic State"]


def test_specific_agreement_is_that_of_dice():
    known = [form_of({"tone": "low"})] * 4
    given = [form_of({"tone": "low"})] * 3 + [form_of({"tone": "high"})]
    low, high = AGAINST.tally(zip(known, given, strict=True))
    assert (low.n, low.agreement) == (4, pytest.approx(6 / 7))
    assert (high.n, high.agreement) == (0, 0.0)


@pytest.mark.parametrize("name", ["perpetrators", "claims"])
def test_every_shipped_example_is_a_complete_coding_and_meets_itself(name):
    path = find_codebook(name)
    book = read_codebook(path)
    against = AgainstAnswer(book)
    examples = read_examples(path.with_name(f"{name}_examples.yaml")).examples
    assert examples
    for one in examples:
        coding = with_defaults(from_form(one.coding, book, one.text), book)
        assert gaps(coding, book) == []
        form = to_form(coding)
        assert all(aspect.same for aspect in against.aspects(form, form))
        rows = against.tally([(form, form)])
        assert rows
        assert all(row.agreement == 1.0 for row in rows)


def test_to_swap_answer_and_coding_swaps_missed_and_added():
    path = find_codebook("claims")
    book = read_codebook(path)
    examples = read_examples(path.with_name("claims_examples.yaml")).examples[:20]
    # Codings are compared as they are, whatever text each is of.
    forms = [
        to_form(with_defaults(from_form(one.coding, book, one.text), book)) for one in examples
    ]
    against = AgainstAnswer(book)
    pairs = list(pairwise(forms))
    there = {(row.variable, row.code): row for row in against.tally(pairs)}
    back = {(row.variable, row.code): row for row in against.tally([pair[::-1] for pair in pairs])}
    assert there.keys() == back.keys()
    assert any(row.missed != row.added for row in there.values())
    for key, row in there.items():
        assert (row.found, row.missed, row.added) == (
            back[key].found,
            back[key].added,
            back[key].missed,
        )
