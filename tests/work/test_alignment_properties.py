from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.coding.model import Answer, Coding, Record, Span
from annotator.coding.values import Count
from annotator.work.alignment import align

BOOK = parse_codebook(
    """\
codebook: tiny
version: 1.0.0
title: Few answers, so that ties are common
units:
  claim: {in: passage}
  act: {in: claim}
variables:
  - id: kind
    question: What?
    unit: claim
    type: code
    codes: [{id: a, label: A}, {id: b, label: B}]
  - {id: total, question: How many?, unit: claim, type: count}
  - id: who
    question: Who?
    unit: act
    type: codes
    codes: [{id: x, label: X}, {id: y, label: Y, parent: x}, {id: z, label: Z}]
""",
    "tiny.yaml",
)

spans = st.builds(
    lambda start, length: Span(start, start + length, "w" * length),
    st.integers(0, 3),
    st.integers(1, 3),
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from("ab").map(Answer),
        "total": st.sampled_from(["1", "2", "2+", "1-3"]).map(Count.parse).map(Answer),
    },
)
acts = st.sampled_from([(), ("x",), ("y",), ("x", "z")]).map(Answer)


@st.composite
def codings(draw, name, most=4):
    claims = []
    for number in range(draw(st.integers(0, most))):
        inner = tuple(
            Record(f"{name}{number}.{place}", "act", {"who": draw(acts)})
            for place in range(draw(st.integers(0, 2)))
        )
        evidence = tuple(draw(st.lists(spans, max_size=2)))
        claims.append(Record(f"{name}{number}", "claim", draw(answers), evidence, inner))
    return Coding({}, tuple(claims))


@st.composite
def passages(draw, coders=4):
    return [draw(codings(name)) for name in "abcdefg"[: draw(st.integers(2, coders))]]


def together(found):
    """The clusters at every depth, each as the ids in it; ids name the coder too."""
    return {frozenset(filter(None, one.records)) for _, one in found.walk()}


@settings(max_examples=200, deadline=None)
@given(passages(), st.randoms(use_true_random=False))
def test_neither_the_order_of_coders_nor_of_records_changes_what_belongs_together(codings, dice):
    shuffled = []
    for coding in codings:
        claims = [
            Record(
                one.id,
                one.unit,
                one.answers,
                one.evidence,
                tuple(dice.sample(one.records, len(one.records))),
            )
            for one in coding.records
        ]
        shuffled.append(Coding({}, tuple(dice.sample(claims, len(claims)))))
    dice.shuffle(shuffled)
    assert together(align(shuffled, BOOK)) == together(align(codings, BOOK))


@settings(deadline=None)
@given(passages())
def test_every_record_is_in_one_cluster_in_the_column_of_its_coding(codings):
    found = align(codings, BOOK)
    for column, coding in enumerate(codings):
        placed = [one.records[column] for _, one in found.walk() if one.records[column]]
        assert sorted(placed) == sorted(record.id for _, record in coding.walk() if record.id)


@settings(deadline=None)
@given(passages())
def test_records_inside_are_aligned_inside_records_that_are_aligned(codings):
    for parent, one in align(codings, BOOK).walk():
        if one.unit == "act":
            for coding, inner, outer in zip(codings, one.records, parent.records, strict=True):
                assert inner is None or coding.parent_of(inner) == outer


@settings(deadline=None)
@given(passages(coders=2), st.floats(0, 1), st.floats(0.01, 1))
def test_a_higher_threshold_puts_no_more_pairs_of_claims_together(codings, low, more):
    fewer, most = (
        sum(one.unit == "claim" and one.n_records == 2 for _, one in found.walk())
        for found in (align(codings, BOOK, threshold=at) for at in (low + more, low))
    )
    assert fewer <= most


@settings(deadline=None)
@given(codings("a"), st.integers(2, 4))
def test_equal_codings_are_aligned_record_by_record(coding, times):
    assert all(len(set(one.records)) == 1 for _, one in align([coding] * times, BOOK).walk())


def test_clusters_come_in_the_order_of_their_words():
    first = Coding(
        {},
        (
            Record("late", "claim", {}, (Span(30, 40, "w" * 10),)),
            Record("early", "claim", {}, (Span(0, 10, "w" * 10),)),
        ),
    )
    other = Coding({}, (Record("mid", "claim", {}, (Span(15, 20, "w" * 5),)),))
    found = align([first, other], BOOK).clusters
    assert [one.records for one in found] == [("early", None), (None, "mid"), ("late", None)]
