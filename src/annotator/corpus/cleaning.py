"""From the bytes of a file to the text that is stored and never changes again.

`decode` finds the encoding and guesses none: bytes that are not surely text in a known encoding
are refused. `clean` then brings the text into one form (Unicode normalization form C, UAX #15;
line feeds only; nothing in it that could steer a terminal) and counts what it took out. Every
offset in a project counts code points of the text that `clean` returned.
"""

import codecs
import importlib
import re
import unicodedata
from dataclasses import dataclass, field

from annotator.corpus.refused import Refused

NORMALISER = "1"
"""Version of the rules of `clean`; stored with each report, raised when a rule changes."""

MAX_BYTES = 50_000_000
"""The largest file that is read, in bytes."""

_MAX_MARKS = 256
"""The longest run of combining marks: ordering one takes time that grows with its square."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip, Word (DOCX), OpenDocument or Excel file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_NOT_FOR_FILES = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
_SAMPLE = 100_000  # bytes or characters that are enough to tell what a file is

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PAGE_ENDS = re.compile("[\x0c\u2029]")
_ANYTHING_TO_DO = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_REMOVED = (
    ("bidirectional controls removed", re.compile("[\u202a-\u202e\u2066-\u2069]")),
    ("zero-width spaces removed", re.compile("\u200b")),
    ("byte order marks inside the text removed", re.compile("\ufeff")),
)
_REPLACED = (
    ("control characters replaced by U+FFFD", re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")),
    ("lone surrogates replaced by U+FFFD", re.compile("[\ud800-\udfff]")),
)
_MAX_CONTROLS = 0.3
"""The largest share of control characters in what still passes for text."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text in its stored form.

    Attributes:
        text: What is stored; every offset counts its code points.
        stripped: What was taken out or replaced, in words, and how many characters of each kind;
            empty if nothing was.
    """

    text: str
    stripped: dict[str, int] = field(default_factory=dict)


def decode(raw: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text that the bytes of a file hold, and the name of its encoding.

    A byte order mark decides; else bytes that are UTF-8, and more than ASCII, are UTF-8; else the
    encoding given is used, strictly. So one `encoding` may be given for a folder in which only
    some files need it. A guess is never used, only named in the refusal.

    Args:
        raw: All bytes of the file.
        encoding: What a file without a byte order mark that is not UTF-8 is written in, by any
            name Python knows.

    Raises:
        Refused: The bytes are another format, no text, too many, or in an unknown encoding.
    """
    if len(raw) > MAX_BYTES:
        raise Refused(f"is larger than {MAX_BYTES // 1_000_000} MB; split it into smaller files")
    _refuse_other_formats(raw)
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], name), name
    named = _known(encoding) if encoding is not None else None
    if not raw.isascii() and b"\x00" not in raw:
        try:
            return _checked(raw.decode("utf-8")), "utf-8"
        except UnicodeDecodeError:
            if named is None:
                raise Refused(_not_utf8(raw)) from None
    name = named or "utf-8"
    return _decoded(raw, name), name


def _refuse_other_formats(raw: bytes) -> None:
    start = raw[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for magic, what in _OTHER_FORMATS:
        if start.startswith(magic.lower()):
            raise Refused(f"is {what} whatever its name says; save it as plain text (UTF-8) first")


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except (LookupError, ValueError):
        name = "undefined"
    if name in _NOT_FOR_FILES:
        raise Refused(
            f"cannot be read as {encoding!r}, which is not an encoding of text files; "
            "give one such as utf-8, cp1256 or cp1252"
        )
    return name


def _decoded(raw: bytes, name: str) -> str:
    if b"\x00" in raw and not name.startswith(("utf-16", "utf-32")):
        raise Refused(
            "holds NUL bytes, so it is no text file or is UTF-16; "
            "save it as UTF-8, or give --encoding utf-16-le or utf-16-be"
        )
    try:
        return _checked(raw.decode(name))
    except UnicodeDecodeError as error:
        where = f" at byte {error.start}"
    except UnicodeError:
        where = ""
    raise Refused(f"is not {name}{where}; give the encoding it is written in with --encoding")


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample):
        raise Refused("is not text but binary data; save it as plain text (UTF-8) first")
    return text


def _not_utf8(raw: bytes) -> str:
    guess = _guess(raw)
    if guess:
        return f"is not UTF-8; it looks like {guess}: check that and give --encoding {guess}"
    return (
        "is not UTF-8; give its encoding, such as --encoding cp1256 (Arabic) or "
        "--encoding cp1252 (Western), or save it as UTF-8"
    )


def _guess(raw: bytes) -> str:
    """Return the encoding chardet takes the bytes for, in Python's name; "" if it has none.

    Versions before 7 take every Arabic single-byte encoding for something else, so they are not
    asked.
    """
    try:
        chardet = importlib.import_module("chardet")
    except ImportError:
        return ""
    if int(chardet.__version__.partition(".")[0]) < 7:
        return ""
    found = chardet.detect(raw[:_SAMPLE])["encoding"]
    try:
        return codecs.lookup(found).name if found else ""
    except LookupError:
        return ""


def clean(text: str) -> Cleaned:
    """Bring a text into the form in which it is stored; a text in that form stays as it is.

    Line ends of every kind become line feeds, and page breaks and paragraph separators two of
    them. Bidirectional embeddings, overrides and isolates, zero-width spaces and byte order marks
    inside the text are removed. Control characters other than tab and line feed and lone
    surrogates become U+FFFD. What is left is put into normalization form C, so letters with marks
    may change their number of code points. Nothing else changes: joiners, left-to-right and
    right-to-left marks, presentation forms and every kind of space stay.

    Args:
        text: A text as `decode` or a parser returned it.

    Returns:
        The stored form and counts of what was removed or replaced; line ends and recomposed letters
        are not counted.

    Raises:
        Refused: A run of more than 256 combining marks, which no language writes.
    """
    stripped: dict[str, int] = {}
    if _ANYTHING_TO_DO.search(text):
        text = _PAGE_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
        for rules, instead in ((_REMOVED, ""), (_REPLACED, "\ufffd")):
            for kind, pattern in rules:
                text, count = pattern.subn(instead, text)
                if count:
                    stripped[kind] = count
    if not text.isascii():
        _refuse_towers_of_marks(text)
        text = unicodedata.normalize("NFC", text)
    return Cleaned(text, stripped)


def _is_mark(character: str) -> bool:
    # The three Tibetan vowel signs are no marks themselves but decompose into marks (UAX #15).
    return unicodedata.combining(character) != 0 or character in "\u0f73\u0f75\u0f81"


def _refuse_towers_of_marks(text: str) -> None:
    # A longer run covers one of these positions, so looking at each of them is enough.
    for position in range(0, len(text), _MAX_MARKS):
        if not _is_mark(text[position]):
            continue
        start = end = position
        while start > 0 and end - start <= _MAX_MARKS and _is_mark(text[start - 1]):
            start -= 1
        while end < len(text) and end - start <= _MAX_MARKS and _is_mark(text[end]):
            end += 1
        if end - start > _MAX_MARKS:
            raise Refused(
                f"has more than {_MAX_MARKS} combining marks in a row at character {start}; "
                "take them out"
            )
