"""Nothing that a reader cannot see reaches the screen as it is."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.corpus.visible import visible, visible_json

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
HOSTILE = st.text(
    st.sampled_from(
        "ab \n\t\r\x00\x1b\x7f\x9b\u200c\u200d\u200f\u202e\u2066\ufeff\ud800\U000e0041س"
    ),
    max_size=40,
)
NUMBER_SIGNS = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("one\r\ntwo\x08", "one␍␊two␈"),
        ("\x7f", "␡"),
        ("\x9b31m", "\\x9b31m"),
        ("safe\u202etxt.exe", "safe<U+202E>txt.exe"),
        ("\u2067حلب\u2069", "<U+2067>حلب<U+2069>"),
        ("\ud800", "<U+D800>"),
        ("a\u2028b\u2029c", "a<U+2028>b<U+2029>c"),
        ("\U000e0041", "<U+E0041>"),
        ("\ue000\uffff", "<U+E000><U+FFFF>"),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
        ("قُتل ٩ في حلب – “Aleppo”", "قُتل ٩ في حلب – “Aleppo”"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_running_text_keeps_its_lines_and_shows_a_tab_as_a_space() -> None:
    assert visible("a\tb\nc\r", newlines=True) == "a b\nc␍"
    assert visible("a\tb\nc") == "a␉b␊c"


def test_every_control_format_surrogate_separator_and_private_character_is_spelled_out() -> None:
    kept = {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}
        and visible(character) == character
    }
    assert kept == set(NUMBER_SIGNS + JOINERS)


def test_text_without_such_characters_comes_back_as_the_same_object() -> None:
    text = "Five people were killed in Tel Bara."
    assert visible(text) is text


@given(ANY_TEXT | HOSTILE, st.booleans())
def test_shown_text_can_be_encoded_and_shown_again(text: str, newlines: bool) -> None:
    shown = visible(text, newlines=newlines)
    assert visible(shown, newlines=newlines) == shown
    shown.encode("utf-8")


@given(ANY_TEXT | HOSTILE)
def test_shown_json_holds_the_same_data_and_nothing_unseen(text: str) -> None:
    shown = visible_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    assert visible(shown, newlines=True) == shown
    assert json.loads(shown) == {text: [text]}
