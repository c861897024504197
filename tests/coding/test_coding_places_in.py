"""Names of places as they stand in passages, by capitals, by words around them, by a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.coding.cues import CueList
from annotator.coding.places_in import places_in

LISTED = CueList([("Aleppo", ""), ("حلب", ""), ("دير الزور", "")])


def places(text: str) -> list[str]:
    return [text[one.start : one.end] for one in places_in(text, LISTED)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nine died in Tal Amrit on Monday.", "Tal Amrit"),
        ("A bomb on the market in Kafr Sabil killed two.", "the market in Kafr Sabil"),
        ("Shells hit a bakery queue in Umm al-Sinbil.", "a bakery queue in Umm al-Sinbil"),
        ("Two died in the northern countryside of Tal Sus.", "the northern countryside of Tal Sus"),
        ("The monitor counted 12 in Nahr province.", "Nahr province"),
        ("Thirty died in the shelling of Tal Mazra.", "Tal Mazra"),
        ("Warplanes struck Qasr Wadi.", "Qasr Wadi"),
        ("Warplanes struck Qasr Wadi’s only bridge.", "Qasr Wadi"),
        ("They were killed at the Ras al-Nahr clinic.", "the Ras al-Nahr clinic"),
        ("It was on Aleppo that shells fell.", "Aleppo"),
        ("Aleppo was shelled.", "Aleppo"),
        ("مقتل 9 أشخاص في ريف المجدلية خلال أسبوع", "ريف المجدلية"),
        ("في ريف حمدان الشمالي.", "ريف حمدان الشمالي"),
        ("قصف على حي النخيل فجر اليوم", "حي النخيل"),
        ("انفجار في سوق دير عمران أمس", "سوق دير عمران"),
        ("قتلوا بمدينة كفر سبيل", "مدينة كفر سبيل"),
        ("قتلوا في قصر الوادي يوم الأحد", "قصر الوادي"),
        ("قصف على تل السوس", "تل السوس"),
        ("سقطت قذائف على حلب", "حلب"),
        ("قتل في دير الزور", "دير الزور"),
    ],
)
def test_a_place_is_found_as_printed(text: str, place: str) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "It happened in March and on Tuesday.",
        "Families fled to the Islamic State.",
        "They went from the Red Crescent to the Free Syrian Army.",
        "In Russian raids nine people died.",
        "He was hit. Tal Amrit is a village.",
        "in the morning",
        "سقط قتلى في القصف",
    ],
)
def test_months_days_parties_and_words_of_other_kinds_are_no_places(text: str) -> None:
    assert places(text) == []


def test_names_that_touch_are_one_and_others_stand_in_order() -> None:
    text = "From Ain Zarba to al-Sfireh town in the southern countryside of Aleppo."
    assert places(text) == ["Ain Zarba", "al-Sfireh town in the southern countryside of Aleppo"]


_PARTS = "in the of city Tal al Sus Aleppo hit market near . , ريف حي حلب تل بريف الشمالي’s"


@given(st.lists(st.sampled_from(_PARTS.split()), max_size=20))
def test_places_lie_in_the_text_in_order_without_overlap(words: list[str]) -> None:
    text = " ".join(words)
    edges = [edge for one in places_in(text, LISTED) for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert len(edges) == len(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)
