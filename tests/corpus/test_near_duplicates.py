"""Near-duplicates of passages: every pair that resembles enough, and no other."""

import random
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.folding import folded
from annotator.corpus.near_duplicates import CROWD, RESEMBLANCE, SHORTEST, near_duplicates
from annotator.corpus.readers import read_file

ROOT = Path(__file__).parents[2]
REPORTS = [
    *sorted((ROOT / "src" / "annotator" / "demo_data" / "reports").glob("*.txt")),
    ROOT / "tests" / "corpus" / "data" / "aleppo-2016-12-21.txt",
]


@pytest.fixture(scope="module")
def passages() -> list[str]:
    """The passages of real and invented reports, English and Arabic, of at least 20 words."""
    texts = [
        report.text[start:end]
        for path in REPORTS
        for report in read_file(path)
        for start, end in report.passages
    ]
    return [folded(text) for text in texts if len(text.split()) >= 20]


def resemblance(one: str, other: str) -> float:
    """The share of runs of three words that two texts have in common; the plain way."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return set(zip(words, words[1:], words[2:], strict=False))

    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def contradict(one: str, other: str) -> bool:
    """Whether the numbers in digits of two texts are neither the same nor some of them."""
    first, second = ({word for word in text.split() if word[0].isdigit()} for text in (one, other))
    return not (first <= second or second <= first) or bool(first) != bool(second)


def linked(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The groups that comparing every text with every other gives."""
    groups = [{place} for place in range(len(texts))]
    for one, other in combinations(range(len(texts)), 2):
        long = min(len(texts[one].split()), len(texts[other].split())) >= SHORTEST
        alike = long and not contradict(texts[one], texts[other])
        alike = alike and resemblance(texts[one], texts[other]) >= RESEMBLANCE
        if texts[one] == texts[other] or alike:
            first = next(group for group in groups if one in group)
            second = next(group for group in groups if other in group)
            if first is not second:
                first |= second
                groups.remove(second)
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


WORDS = st.sampled_from(["shells", "fell", "on", "the", "market", "and", "died", "5", "12"])


@st.composite
def worded(draw: st.DrawFn) -> list[str]:
    """Texts of few words, some of them made from others by small changes."""
    texts = [draw(st.lists(WORDS, min_size=3, max_size=24)) for _ in range(draw(st.integers(1, 6)))]
    for _ in range(draw(st.integers(0, 6))):
        changed = list(draw(st.sampled_from(texts)))
        place = draw(st.integers(0, len(changed) - 1))
        changed[place : place + draw(st.integers(0, 2))] = draw(st.lists(WORDS, max_size=2))
        if len(changed) >= 3:
            texts.append(changed)
    return [" ".join(text) for text in texts]


@given(worded())
def test_groups_are_those_that_comparing_all_with_all_gives(texts: list[str]) -> None:
    assert near_duplicates(texts) == linked(texts)


@given(worded(), st.randoms(use_true_random=False))
def test_the_order_of_texts_makes_no_difference(texts: list[str], chance: random.Random) -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)
    groups = near_duplicates([texts[place] for place in order])
    assert sorted(tuple(sorted(order[place] for place in group)) for group in groups) == (
        near_duplicates(texts)
    )


def test_no_two_passages_of_real_reports_are_near_duplicates(passages: list[str]) -> None:
    assert len(passages) > 10
    assert near_duplicates(passages) == []


def numbered(word: str) -> bool:
    return any(map(str.isdigit, word))


REPRINTS: dict[str, Callable[[list[str]], list[str]]] = {
    "capitals and punctuation": lambda words: [f"{word}," for word in words],
    "one word in twenty dropped": lambda words: [
        word for place, word in enumerate(words) if place % 20 != 7 or numbered(word)
    ],
    "one word in ten replaced": lambda words: [
        "otherwise" if place % 10 == 4 and not numbered(word) else word
        for place, word in enumerate(words)
    ],
    "an agency's line put before and after": lambda words: [
        *("beirut", "agencies", "reported", "today"),
        *words,
        *("as", "our", "correspondent", "says"),
    ],
    "all but the numbers of the last fifth cut": lambda words: [
        word for place, word in enumerate(words) if place < len(words) * 0.8 or numbered(word)
    ],
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_reprints_of_real_passages_are_found(kind: str, passages: list[str]) -> None:
    reprints = [" ".join(REPRINTS[kind](text.split())) for text in passages]
    count = len(passages)
    assert near_duplicates(passages + reprints) == [
        (place, place + count) for place in range(count)
    ]


def test_arabic_is_compared_without_vowel_signs_and_letters_typed_for_one_another() -> None:
    plain = "قتل خمسة اشخاص بينهم طفله في قصف على حي السكري بمدينه حلب"
    signed = "قُتِلَ خمسة أشخاص بينهم طفلة، في قصفٍ على حيّ السكري بمدينة حلب."
    assert near_duplicates([folded(plain), folded(signed)]) == [(0, 1)]


def test_the_same_formula_with_other_numbers_is_another_event() -> None:
    formula = "government artillery shelled the old city on {} december and killed {} people there"
    events = [formula.format(*numbers) for numbers in ((3, 5), (3, 7), (4, 5), (3, 5))]
    assert near_duplicates([*events, f"update: {events[0]}, 2 of them children"]) == [(0, 3, 4)]
    in_words = [formula.format("third", number) for number in ("five", "5")]
    assert near_duplicates(in_words) == []


def test_short_passages_are_near_duplicates_only_if_their_words_are_the_same() -> None:
    texts = ["five people died in the raid", "five people died in the raids"]
    assert near_duplicates([*texts, "five people: died in the raid."]) == [(0, 2)]
    assert near_duplicates(["five people died in the raid on the market of tal amrit"] * 2) == [
        (0, 1)
    ]


def test_a_formula_of_a_publisher_joins_no_passages_that_are_otherwise_different() -> None:
    chance = random.Random(1)
    formula = " ".join(f"formula{number}" for number in range(12))
    texts = [
        " ".join(f"w{chance.randrange(5000)}" for _ in range(40)) + f" {formula}"
        for _ in range(3 * CROWD)
    ]
    assert near_duplicates(texts) == []


def test_a_report_that_very_many_reprinted_is_one_group() -> None:
    chance = random.Random(2)
    words = [f"w{number}" for number in range(60)]
    texts = []
    for _ in range(4 * CROWD):
        changed = list(words)
        for _ in range(2):
            changed[chance.randrange(60)] = f"own{chance.randrange(10**6)}"
        texts.append(" ".join(changed))
    assert near_duplicates(texts) == [tuple(range(4 * CROWD))]


def test_nothing_has_no_near_duplicates() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates(["one text"]) == []
