"""Cues found in passages: endings, prefixes, phrases, and which of several counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.cues import CueList
from annotator.coding.folding import tokens


def found(cues: list[str], text: str) -> list[tuple[str, str]]:
    """The words found and the cue they are of."""
    among = tokens(text)
    hits = CueList((cue, cue) for cue in cues).hits(among)
    return [(text[among[hit.first].start : among[hit.last].end], hit.meaning) for hit in hits]


@pytest.mark.parametrize(
    ("cue", "written"),
    [
        ("barrel bomb", "Barrel bombs"),
        ("snipers", "sniper"),
        ("family", "families"),
        ("clash", "clashes"),
        ("regime warplanes", "regime’s warplanes"),
        ("regime warplanes", "regime's warplanes"),
        ("air strike", "air-strikes"),
        ("execut*", "executions"),
        ("field execut*", "field executions"),
        ("قصف", "بالقصف"),
        ("الفصائل", "للفصائل"),
        ("الفصائل", "والفصائل"),
        ("قوات النظام", "وقوات النظام"),
        ("غارة", "غـــارةٌ"),
        ("غارة", "غاره"),
        ("إصابة", "اصابه"),
        ("مدني", "مدنياً"),
        ("ألغام", "الالغام"),
        ("استشهد*", "فاستشهدت"),
    ],
)
def test_a_cue_is_found_with_other_endings_and_prefixes(cue: str, written: str) -> None:
    text = f"x {written} x"
    assert found([cue], text) == [(written, cue)]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("mine", "The mineral was mined."),
        ("shell", "Shelling went on."),
        ("ISIS", "Isi went home."),
        ("regime warplanes", "It was the regime. Warplanes came later."),
        ("النظام", "اتبع نظاما غذائيا."),
        ("dead", ""),
    ],
)
def test_no_cue_is_found_in_other_words_or_across_the_end_of_a_sentence(
    cue: str, text: str
) -> None:
    assert found([cue], text) == []


def test_of_cues_that_overlap_the_longest_counts() -> None:
    cues = ["regime", "regime forces", "shelling by regime forces", "forces killed"]
    text = "Shelling by regime forces killed two; regime forces left."
    assert found(cues, text) == [
        ("Shelling by regime forces", "shelling by regime forces"),
        ("regime forces", "regime forces"),
    ]


def test_words_that_are_cues_of_two_things_point_to_both() -> None:
    among = tokens("Barrel bombs fell.")
    hits = CueList([("barrel bomb", "who"), ("barrel bombs", "what")]).hits(among)
    assert [(hit.first, hit.last, hit.meaning) for hit in hits] == [(0, 1, "who"), (0, 1, "what")]


_PARTS = "killed mine mines قصف بالقصف الفصائل . ; -"
_WORDS = st.sampled_from(_PARTS.split())


@given(st.lists(_WORDS, max_size=25), st.lists(_WORDS, max_size=6))
def test_hits_lie_in_the_text_in_order_and_never_overlap_in_part(
    text: list[str], cues: list[str]
) -> None:
    among = tokens(" ".join(text))
    hits = CueList((cue, cue) for cue in [*cues, " ".join(cues)]).hits(among)
    assert [hit.first for hit in hits] == sorted(hit.first for hit in hits)
    for one in hits:
        assert 0 <= one.first <= one.last < len(among)
        for other in hits:
            same = (one.first, one.last) == (other.first, other.last)
            assert same or one.last < other.first or other.last < one.first
