"""Bytes become the stored text, or are refused with a reason."""

import contextlib
import sys
import time
import types
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.corpus.cleaning import MAX_BYTES, clean, decode
from annotator.corpus.refused import Refused

ARABIC = "قُتل خمسة مدنيين في قصر النهر، بينهم طفلان."
ODD = "ab. \n\t\r\x0b\x0c\x00\x1b\x85\x9b\u200b\u200c\u200f\u2028\u2029\u202e\u2066\ufeff\ud800"
ODD += "e\u0301\u0316\u0627\u0653\u0651\u064e\u1100\u1161"
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
ODD_TEXT = st.text(st.sampled_from(ODD), max_size=60)


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_tells_the_encoding_whatever_is_given(name: str) -> None:
    raw = ("\ufeff" + ARABIC).encode(name)
    assert decode(raw) == (ARABIC, name)
    assert decode(raw, "cp1252") == (ARABIC, name)


def test_utf8_needs_no_mark_and_no_name() -> None:
    assert decode(ARABIC.encode()) == (ARABIC, "utf-8")
    assert decode(b"plain") == ("plain", "utf-8")
    assert decode(b"") == ("", "utf-8")


@pytest.mark.parametrize("name", ["cp1256", "iso8859-6", "mac-arabic"])
def test_other_encodings_are_read_when_named(name: str) -> None:
    text = "قتل خمسة في قصر النهر"
    assert decode(text.encode(name), name)[0] == text


def test_utf8_files_in_a_folder_of_others_are_not_garbled_by_the_name() -> None:
    assert decode(ARABIC.encode(), "cp1256") == (ARABIC, "utf-8")
    assert decode("حلب".encode("utf-7"), "utf-7") == ("حلب", "utf-7")
    assert decode("حلب".encode("utf-16-le"), "utf-16-le") == ("حلب", "utf-16-le")


def test_what_is_not_utf8_is_refused_with_a_way_on() -> None:
    with pytest.raises(Refused, match=r"not UTF-8; .*--encoding cp1256"):
        decode("قتل خمسة".encode("cp1256"))


def test_a_guess_is_only_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    chardet = types.SimpleNamespace(
        __version__="7.7.0", detect=lambda raw: {"encoding": "windows-1254"}
    )
    monkeypatch.setitem(sys.modules, "chardet", chardet)
    with pytest.raises(Refused, match="looks like cp1254: check that and give --encoding cp1254"):
        decode("Beş kişi öldü ğış".encode("cp1254"))


def test_an_old_chardet_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    chardet = types.SimpleNamespace(__version__="5.2.0", detect=lambda raw: {"encoding": "koi8-r"})
    monkeypatch.setitem(sys.modules, "chardet", chardet)
    with pytest.raises(Refused) as refused:
        decode("قتل".encode("cp1256"))
    assert "koi8" not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"\n%PDF-1.7 all in ascii", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "DOCX"),
        (b"{\\rtf1\\ansi killed}", "RTF"),
        (b"<!DOCTYPE html><p>Five killed.", "web page"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"Five were killed\x00 here.", "NUL"),
        ("Five were killed.".encode("utf-16-le"), "utf-16-le"),
        (bytes(range(1, 32)) * 10, "binary"),
        (b"\xff\xfea", "utf-16-le"),
        (b"\xef\xbb\xbf\xff\xff", "not utf-8"),
        (b"x" * (MAX_BYTES + 1), "larger than 50 MB"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name(raw: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    "name", ["", "no-such", "hex", "rot13", "idna", "unicode_escape", "a\x00b", "\ud800", "../x"]
)
def test_a_name_that_is_no_encoding_of_files_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="not an encoding of text files"):
        decode(b"caf\xe9", name)


@given(st.binary(max_size=60), st.none() | st.sampled_from(["cp1256", "utf-16", "shift_jis", "hz"]))
def test_any_bytes_are_decoded_or_refused(raw: bytes, encoding: str | None) -> None:
    # Anything else that is raised fails the test.
    with contextlib.suppress(Refused):
        text, _ = decode(raw, encoding)
        assert "\x00" not in text


def test_every_kind_of_line_end_becomes_a_line_feed() -> None:
    assert clean("a\r\nb\rc\x85d\u2028e\x0bf").text == "a\nb\nc\nd\ne\nf"
    assert clean("a\x0cb\u2029c").text == "a\n\nb\n\nc"
    assert clean("a\r\n\r\nb") == clean("a\n\nb")


def test_what_was_stripped_is_counted_in_words() -> None:
    cleaned = clean("\u202bحلب\u202c \u200bx\ufeff \x1b[31m \x9b \ud800 \u200f\u200c\t")
    assert cleaned.text == "حلب x \ufffd[31m \ufffd \ufffd \u200f\u200c\t"
    assert cleaned.stripped == {
        "bidirectional controls removed": 2,
        "zero-width spaces removed": 1,
        "byte order marks inside the text removed": 1,
        "control characters replaced by U+FFFD": 2,
        "lone surrogates replaced by U+FFFD": 1,
    }
    assert clean("nothing to do\r\n").stripped == {}


def test_letters_are_composed_and_marks_put_in_order_but_forms_stay() -> None:
    assert clean("\u0627\u0653").text == "\u0622"
    assert clean("\u0645\u0651\u064e").text == "\u0645\u064e\u0651"
    assert clean("\ufefb").text == "\ufefb"


def test_marks_that_meet_when_something_is_stripped_are_composed() -> None:
    assert clean("e\u200b\u0301").text == "é"


@pytest.mark.parametrize("mark", ["\u0300\u0316", "\u0f73", "\u064e\u0651"])
def test_a_tower_of_marks_is_refused_at_once(mark: str) -> None:
    before = time.process_time()
    with pytest.raises(Refused, match="combining marks in a row at character 101"):
        clean("x" * 100 + "e" + mark * 200_000)
    assert time.process_time() - before < 1


@given(ANY_TEXT | ODD_TEXT)
@example("\r\u2029\n\x0c")
def test_clean_text_is_clean(text: str) -> None:
    once = clean(text)
    twice = clean(once.text)
    assert twice.text == once.text
    assert twice.stripped == {}
    assert unicodedata.is_normalized("NFC", once.text)
    assert not set(once.text) & set("\r\x00\x1b\x7f\x9b\u200b\u202e\u2066\ufeff\ud800")
    once.text.encode("utf-8")
