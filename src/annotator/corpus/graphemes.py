"""What a reader takes for one character, as offsets: where a text may be cut.

The rules of Unicode Standard Annex 29 for extended grapheme clusters, from the properties that
Python's character data has: letters keep their marks, joined emoji, flags and Hangul syllables stay
whole. Left out is rule GB9c (Indic conjuncts); and any symbol may be joined like an emoji.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cache, lru_cache

Span = tuple[int, int]

_ONE_EACH = (
    r"\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u0531-\u058a\u05d0-\u05ea\u060c\u061b\u061f"
    r"\u0620-\u064a\u0660-\u066f\u0671-\u06d4\u06f0-\u06f9\u2010-\u2027\u2030-\u203b\u3041-\u3096"
    r"\u30a0-\u30ff\u4e00-\u9fff"
)
"""Code points known to stand for themselves: nearly all there are, so that most is seen at once."""

_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_JOINER = "\u200d"
_EXTENDING = frozenset("\u200c\uff9e\uff9f")


class _Kind(Enum):
    OTHER = auto()
    CONTROL = auto()
    EXTENDING = auto()
    SPACING = auto()
    JOINER = auto()
    PREPENDED = auto()
    PICTURE = auto()
    FLAG = auto()
    LEADING = auto()  # the parts of a Hangul syllable, and syllables without and with an end
    VOWEL = auto()
    TRAILING = auto()
    OPEN_SYLLABLE = auto()
    CLOSED_SYLLABLE = auto()


_HELD = (_Kind.EXTENDING, _Kind.SPACING, _Kind.JOINER)
_OPEN = (_Kind.VOWEL, _Kind.OPEN_SYLLABLE)
_TAKES_AFTER = {
    _Kind.VOWEL: (_Kind.LEADING, *_OPEN),
    _Kind.TRAILING: (*_OPEN, _Kind.TRAILING, _Kind.CLOSED_SYLLABLE),
    _Kind.LEADING: (_Kind.LEADING,),
    _Kind.OPEN_SYLLABLE: (_Kind.LEADING,),
    _Kind.CLOSED_SYLLABLE: (_Kind.LEADING,),
}
"""Rules GB6 to GB8: what a part of a Hangul syllable belongs to if it stands in front of it."""


@lru_cache(maxsize=2048)
def _kind(character: str) -> _Kind:
    number = ord(character)
    category = unicodedata.category(character)
    if character in _EXTENDING or 0x1F3FB <= number <= 0x1F3FF or 0xE0020 <= number <= 0xE007F:
        return _Kind.EXTENDING
    if category in ("Mn", "Me"):
        return _Kind.EXTENDING
    if category == "Mc":
        return _Kind.SPACING
    if character == _JOINER:
        return _Kind.JOINER
    if character in _PREPENDED:
        return _Kind.PREPENDED
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return _Kind.CONTROL
    if 0x1F1E6 <= number <= 0x1F1FF:
        return _Kind.FLAG
    if (category in ("So", "Sm") and number > 0xA0) or 0x1F000 <= number <= 0x1FFFD:
        # A picture of a control character stands for what is no symbol.
        return _Kind.OTHER if 0x2400 <= number <= 0x2426 else _Kind.PICTURE
    return _hangul(number)


def _hangul(number: int) -> _Kind:
    if 0xAC00 <= number <= 0xD7A3:
        return _Kind.CLOSED_SYLLABLE if (number - 0xAC00) % 28 else _Kind.OPEN_SYLLABLE
    if 0x1100 <= number <= 0x115F or 0xA960 <= number <= 0xA97C:
        return _Kind.LEADING
    if 0x1160 <= number <= 0x11A7 or 0xD7B0 <= number <= 0xD7C6:
        return _Kind.VOWEL
    if 0x11A8 <= number <= 0x11FF or 0xD7CB <= number <= 0xD7FB:
        return _Kind.TRAILING
    return _Kind.OTHER


def one_each(text: str) -> bool:
    """Whether every code point of a text is known to stand for itself."""
    return (text.isascii() and text.isprintable()) or _others().search(text) is None


@cache
def _others() -> re.Pattern[str]:
    """Any other code point; compiled when a text first asks for it, which costs a millisecond."""
    return re.compile(f"[^{_ONE_EACH}]")


def _runs(text: str) -> Iterator[Span]:
    """A text in stretches of code points that stand for themselves, and the others one by one."""
    at = 0
    for other in _others().finditer(text):
        if at < other.start():
            yield at, other.start()
        yield other.span()
        at = other.end()
    if at < len(text):
        yield at, len(text)


def boundaries(text: str) -> list[int]:
    """Where a text may be cut: the start of each of its characters, and its end.

    Returns:
        Offsets in code points, rising from 0 to the length of the text.
    """
    if one_each(text):
        return list(range(len(text) + 1))
    found: list[int] = []
    before = _Kind.CONTROL
    previous = ""
    flags = 0
    picture = joined = False
    for start, end in _runs(text):
        first = text[start]
        kind = _kind(first)
        if kind is _Kind.CONTROL or before is _Kind.CONTROL:
            held = previous == "\r" and first == "\n"
        elif kind in _HELD or before is _Kind.PREPENDED:
            held = True
        elif kind is _Kind.PICTURE:
            held = joined
        elif kind is _Kind.FLAG:
            held = flags % 2 == 1
        else:
            held = before in _TAKES_AFTER.get(kind, ())
        found += range(start + 1 if held else start, end)
        previous = text[end - 1]
        before = _kind(previous)
        flags = flags + 1 if before is _Kind.FLAG else 0
        joined = picture and before is _Kind.JOINER
        picture = before is _Kind.PICTURE or (picture and before is _Kind.EXTENDING)
    return [*found, len(text)]


def snapped(spans: Iterable[Span], cuts: list[int]) -> list[Span]:
    """Spans that cut through no character: widened to whole ones, those that then touch made one.

    Args:
        spans: `[start, end)` in code points, in order, not touching each other.
        cuts: Where the text may be cut, as `boundaries` returns it.
    """
    found: list[Span] = []
    for start, end in spans:
        first, last = cuts[bisect_right(cuts, start) - 1], cuts[bisect_left(cuts, end)]
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        found.append((first, last))
    return found
