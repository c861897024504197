"""Words and sentences of a text as exact offsets, for moving through it and marking in it.

These only help the hands: what is stored are the offsets that a coder confirms. A word is a run of
letters, digits and the marks that belong to them (Arabic vowel signs, combining accents), held
together over an inner apostrophe, hyphen, comma or point, so that `al-Bab`, `Jam’eyyat` and
`21,452` are one word each. No word begins or ends inside what a reader takes for one character.
"""

import re

from annotator.corpus.graphemes import boundaries, one_each, snapped

# These are compiled when they are first asked for, which is after the first passage is painted.
_LETTER = r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]"
_WORD = rf"{_LETTER}+(?:[’'.,\u066b\u066c\u2010-\u2015-]{_LETTER}+)*"
_STOP = r"[.!?…\u061f\u06d4]+[\"'”’»)\]]*(?=\s)"
_ABBREVIATION = r"(?:^|\s)(?:\w|Dr|Mr|Mrs|Ms|St|Gen|Col|Lt|Sgt|No|vs|e\.g|i\.e|a\.m|p\.m)\.$"
_PARAGRAPH = r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*"


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text as `[start, end)` in code points, in order."""
    return _whole([found.span() for found in re.finditer(_WORD, text)], text)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that blank lines part, as `[start, end)`, trimmed, in order."""
    found = (match.span() for match in re.finditer(_PARAGRAPH, text))
    trimmed = [(first, first + len(text[first:last].rstrip())) for first, last in found]
    return _whole(trimmed, text)


def _whole(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    return spans if one_each(text) else snapped(spans, boundaries(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as `[start, end)` in code points, trimmed, in order.

    A full stop after an initial or a common abbreviation, or before a small letter, ends nothing.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in re.finditer(_STOP, text):
        rest = text[stop.end() :].lstrip()
        if re.search(_ABBREVIATION, text[start : stop.end()]) or rest[:1].islower():
            continue
        found.append((start, stop.end()))
        start = len(text) - len(rest)
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return [(first + _indent(text, first), last) for first, last in found]


def _indent(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip())
