"""Paragraphs are found in every layout; their offsets are exact and nothing is lost."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.cleaning import clean
from annotator.corpus.segmentation import Segments, paragraphs, segment

BODY = [
    "Five civilians were killed on Friday when warplanes of the regime struck the market of Qasr "
    "al-Nahr, and the hospital said that eleven wounded people had come in since the morning.",
    "A man was shot dead by a sniper near the Sumaq crossing. His brother, who tried to reach him, "
    "was wounded; people of the village say the shots came from the silo at the edge of the town.",
    "About 400 families left during the night. There are neither tents nor clean water in the "
    "orchards, and the council asked for blankets and for bread that would last until next week.",
    "Nobody has said who laid the mine that killed the three farmers, according to two neighbours, "
    "a teacher and the council of the village, which has asked for it to be cleared by autumn.",
]
ARABIC = [
    "قُتل أربعة مدنيين بينهم طفلان يوم الاثنين جراء إلقاء براميل متفجرة على الحي الشرقي في تل بارة.",
    "وقضى رجل برصاص قناص عند معبر السماق، ولم تتضح الجهة التي أطلقت النار؟",
    "ونزحت عشرات العائلات إلى المزارع القريبة خوفاً من تجدد القصف.",
]


def texts(text: str, *, markdown: bool = False) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text, markdown=markdown)]


def joined(found: list[str]) -> list[str]:
    return [" ".join(part.split()) for part in found]


def shown(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\n\n\n\n", "\n\u00a0\n", "\r\n\r\n", "\r\r"])
def test_blank_lines_divide(gap: str) -> None:
    assert texts(clean("\n" + gap.join(BODY) + gap).text) == BODY


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x0b"])
def test_long_lines_are_a_paragraph_each(end: str) -> None:
    assert texts(clean(end.join(BODY)).text) == BODY


def test_short_lines_that_each_end_a_sentence_are_a_paragraph_each() -> None:
    lines = ["Two died in Tel Bara.", "A child died in Deir Sukar.", "One died at the crossing."]
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize("mark", ["\x0c", "\u2029", "\n\x0c\n"])
def test_page_breaks_and_paragraph_separators_divide(mark: str) -> None:
    assert texts(clean(mark.join(BODY)).text) == BODY


@pytest.mark.parametrize("width", [60, 72, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hard_wrapped_paragraphs_are_put_together(width: int, end: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(part, width) for part in BODY).replace("\n", end)
    assert joined(texts(clean(wrapped).text)) == BODY


@pytest.mark.parametrize("width", [60, 72])
@pytest.mark.parametrize("indent", ["    ", "\t", "\u3000\u3000"])
def test_an_indented_first_line_begins_a_paragraph(width: int, indent: str) -> None:
    wrapped = "\n".join(textwrap.fill(part, width, initial_indent=indent) for part in BODY)
    assert joined(texts(wrapped)) == BODY


@pytest.mark.parametrize("width", [60, 72, 80, 132])
def test_wrapped_text_without_blank_lines_is_never_cut_inside_a_sentence(width: int) -> None:
    wrapped = "\n".join(textwrap.fill(part, width) for part in BODY)
    found = joined(texts(wrapped))
    assert " ".join(found) == " ".join(BODY)
    assert all(part.endswith(".") for part in found)


@pytest.mark.parametrize("bullets", ["----", "••••", "****", ["1.", "2.", "3.", "4."], "––––"])
def test_bullets_begin_a_paragraph_each(bullets: str | list[str]) -> None:
    items = [
        textwrap.fill(part, 72, initial_indent=f"{bullet} ", subsequent_indent="  ")
        for bullet, part in zip(bullets, BODY, strict=True)
    ]
    expected = [f"{bullet} {part}" for bullet, part in zip(bullets, BODY, strict=True)]
    assert joined(texts("\n".join(items))) == expected


def test_a_dash_or_number_that_wrapping_put_first_begins_nothing() -> None:
    wrapped = "The regime reopened the road between the towns of Aleppo\n– Khanasser and regained\n"
    wrapped += "12. division posts that had been lost in the spring to the rebel\nfactions."
    assert texts(wrapped) == [wrapped]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\u2029"])
def test_arabic_paragraphs_are_found(gap: str) -> None:
    assert texts(clean(gap.join(ARABIC)).text) == ARABIC


def test_arabic_lines_are_a_paragraph_each() -> None:
    assert texts("\n".join(ARABIC)) == ARABIC


def test_a_long_address_does_not_make_wrapped_lines_paragraphs() -> None:
    text = "The list of the names is kept by the council at\nhttps://" + "x" * 150
    text += "\nand was last changed on the day after the raid."
    assert texts(text) == [text]


def heads(text: str, *, markdown: bool = False) -> tuple[str, str, int, int]:
    found = segment(text, markdown=markdown)
    return found.publisher, found.headline, len(found.headings), len(found.passages)


def test_publisher_and_headline_are_headings() -> None:
    text = "The Monitor\n\nFive killed in Tel Bara\n\n" + "\n\n".join(BODY)
    assert heads(text) == ("The Monitor", "Five killed in Tel Bara", 2, 4)


def test_headings_stand_above_lines_without_blank_ones_too() -> None:
    text = "The Monitor\nFive killed in Tel Bara\n" + "\n".join(BODY)
    assert heads(text) == ("The Monitor", "Five killed in Tel Bara", 2, 4)
    wrapped = "Five killed in Tel Bara\n" + textwrap.fill(BODY[0], 72)
    assert heads(wrapped) == ("", "Five killed in Tel Bara", 1, 1)


def test_a_lone_heading_is_the_headline() -> None:
    assert heads("Five killed\n\n" + BODY[0]) == ("", "Five killed", 1, 1)


def test_a_short_first_sentence_is_a_passage() -> None:
    assert heads("Two men died.\n\n" + BODY[0]) == ("", "", 0, 2)
    assert heads("“Two men died.”\n\n" + BODY[0]) == ("", "", 0, 2)


def test_a_text_of_one_short_line_is_a_passage() -> None:
    assert heads("Five killed in Tel Bara") == ("", "", 0, 1)


def test_a_list_of_short_lines_has_no_headings() -> None:
    names = "\n\n".join(["Killed in March", "A baker", "A nurse", "A driver", BODY[0]])
    assert heads(names) == ("", "", 0, 5)
    assert heads("A baker\n\nA nurse") == ("", "", 0, 2)


def test_of_three_headings_the_third_is_a_passage() -> None:
    text = "The Monitor\n\nFive killed\n\nA black week\n\n" + BODY[0]
    assert heads(text) == ("The Monitor", "Five killed", 2, 2)


def test_a_line_with_the_date_is_a_heading_and_no_headline() -> None:
    text = "The Monitor\n\n2016-03-04\n\nFive killed\n\n" + BODY[0]
    assert heads(text) == ("The Monitor", "Five killed", 3, 1)


def test_a_long_first_paragraph_without_a_stop_is_a_passage() -> None:
    text = "word " * 60 + "\n\n" + BODY[0]
    assert heads(text) == ("", "", 0, 2)


def test_arabic_headings_are_found() -> None:
    text = "مكتب المرج للتوثيق\n\nمقتل أربعة مدنيين في تل بارة\n\n" + "\n\n".join(ARABIC)
    assert heads(text) == ("مكتب المرج للتوثيق", "مقتل أربعة مدنيين في تل بارة", 2, 3)


def test_headings_can_be_kept_as_passages() -> None:
    text = "The Monitor\n\nFive killed\n\n* * *\n\n" + BODY[0]
    found = segment(text, headings=False)
    assert shown(text, found.passages) == ["The Monitor", "Five killed", BODY[0]]
    assert found.headings == ()
    assert shown(text, found.skipped) == ["* * *"]


def test_markdown_headings_name_the_report_or_are_passed_over() -> None:
    text = f"The Monitor\n# Five killed #\n{BODY[0]}\n\n## In the *north*\n{BODY[1]}\n\n"
    text += f"---\n\nEast\n----\n{BODY[2]}"
    found = segment(text, markdown=True)
    assert (found.publisher, found.headline) == ("The Monitor", "Five killed")
    assert shown(text, found.headings) == ["The Monitor", "# Five killed #"]
    assert shown(text, found.passages) == BODY[:3]
    assert shown(text, found.skipped) == ["## In the *north*", "---", "East", "----"]


def test_a_markdown_text_of_headings_only_has_no_passages() -> None:
    assert segment("# Five killed\n\n## North", markdown=True).passages == ()
    assert len(segment("# Five killed\n\n## North", markdown=True, headings=False).passages) == 2


def test_a_number_sign_means_nothing_in_plain_text() -> None:
    text = BODY[0] + "\n\n# 1 of the raids\n\n" + BODY[1]
    assert len(segment(text).passages) == 3


def test_hostile_layouts_take_no_time() -> None:
    for text in ("# " + " " * 200_000 + "x", "\n " * 200_000, "-" * 300_000, "a\n" * 100_000):
        segment(text, markdown=True)


ODD_LINES = """The Monitor|# Title|## x #|#|---|===|* * *|- item|  indented.|\u200f|| |\t|
12. twelve|2016-03-04|a|ends.|…|–""".replace("\n", "").split("|")
LINES = st.lists(st.sampled_from([*BODY, *ARABIC, *ODD_LINES]), max_size=14)
TEXTS = LINES.map("\n".join) | st.text(st.sampled_from("ab.-#= \n\t\u200f\u00a0؟é1"), max_size=80)


@given(TEXTS, st.booleans(), st.booleans())
def test_spans_are_exact_in_order_apart_and_lose_nothing(
    text: str, markdown: bool, headings: bool
) -> None:
    found: Segments = segment(text, markdown=markdown, headings=headings)
    spans = sorted(found.headings + found.passages + found.skipped)
    for part in (found.headings, found.passages, found.skipped):
        assert list(part) == sorted(part)
    end = 0
    for start, stop in spans:
        assert text[end:start].strip() == ""
        assert start < stop
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert text[end:].strip() == ""
    for start, stop in found.passages:
        assert any(character.isalnum() for character in text[start:stop])
    if found.headings and not markdown:
        assert found.passages


@given(TEXTS, st.booleans())
def test_no_word_is_cut(text: str, markdown: bool) -> None:
    for start, end in paragraphs(text, markdown=markdown):
        assert start == 0 or text[start - 1].isspace()
        assert end == len(text) or text[end].isspace()
