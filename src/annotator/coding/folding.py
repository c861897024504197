"""Words of a passage in a form that can be compared, and lists of words found in them.

English is put into small letters, with one kind of apostrophe. Arabic loses its vowel signs and
lengthening stroke, and letters that are often typed for one another become one (every alef, final
ya, ta marbuta, hamza carriers), as is usual before Arabic words are looked up. Offsets into the
text as it stands are kept.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.coding.values import DIGITS

_LETTERS = str.maketrans("أإآٱىةؤئ\u2019", "اااايهوي'")


def _signs(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


_MARKS = _signs(
    (0x300, 0x36F), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6ED)
)
"""Marks on letters, and the stroke that lengthens them."""
_DROPPED = _MARKS | _signs((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
"""The marks, and signs that print nothing; left out where words are compared."""
_SEPARATED = r"(?<!\d)\d{1,3}([,.\u066c\u060c' \u00a0\u2009\u202f])\d{3}(?:\1\d{3})*(?!\d)"
_TOKEN = re.compile(rf"{_SEPARATED}|\d+(?:[.\u066b]\d+)?|[^\W\d_]+(?:'[a-z]+)?")
_STOP = re.compile(r"[.!?;:…\u061f\u061b\u06d4]\s|\n")


class Token(NamedTuple):
    """A word or a number in digits.

    `word` is its folded form, `[start, end)` where it stands in the text, `gap` what stands
    between it and the token before it, folded.
    """

    word: str
    start: int
    end: int
    gap: str

    @property
    def begins_sentence(self) -> bool:
        """Whether a sentence, or a part between colons or semicolons, ends just before it."""
        return bool(_STOP.search(self.gap))


def folded(text: str) -> str:
    """A text in the form in which words are compared."""
    return _fold(text)[0]


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and where each of its characters stands in the text."""
    places = [place for place, sign in enumerate(text) if sign not in _DROPPED]
    kept = text if len(places) == len(text) else "".join(text[place] for place in places)
    small = kept.lower()
    if len(small) != len(kept):  # a few capitals have small forms of two characters
        small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in kept)
    return small.translate(DIGITS).translate(_LETTERS), places


def stretches_of(sought: str, text: str) -> list[tuple[int, int]]:
    """Where something stands in a text, whatever its small letters, marks and white space.

    Args:
        sought: Any part of words; white space in it stands for any white space.
        text: Where to look.

    Returns:
        `[start, end)` of each place in code points of `text`, in order, none within another; the
        marks of the last letter belong to it.
    """
    parts = [re.escape(folded(part)) for part in sought.split()]
    parts = [part for part in parts if part]
    if not parts:
        return []
    plain, places = _fold(text)
    found = []
    for match in re.finditer(r"\s+".join(parts), plain):
        start, end = match.span()
        last = places[end] if end < len(places) else len(text)
        while text[last - 1].isspace() or text[last - 1] in _DROPPED - _MARKS:
            last -= 1
        found.append((places[start], last))
    return found


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order."""
    plain, places = _fold(text)
    found: list[Token] = []
    before = 0
    for match in _TOKEN.finditer(plain):
        start, end = match.span()
        last = places[end - 1] + 1
        while last < len(text) and text[last] in _MARKS:
            last += 1
        found.append(Token(match.group(), places[start], last, plain[before:start]))
        before = end
    return tuple(found)


def without_prefixes(word: str) -> Iterator[str]:
    """An Arabic word, then what is left without "and", "by", "for", "like" and the article.

    "For the" (لل) is written as one; it leaves the word with its article, then without.
    """
    yield word
    if word[:1] in ("و", "ف") and len(word) > 3:
        word = word[1:]
        yield word
    if word.startswith("لل") and len(word) > 4:
        word = f"ال{word[2:]}"
        yield word
    elif word[:1] in ("ب", "ل", "ك") and len(word) > 3:
        word = word[1:]
        yield word
    article = "ال" if word.startswith("ال") else "ل"
    if word.startswith(article) and len(word) > len(article) + 2:
        yield word[len(article) :]


def places_of(listed: Sequence[str], among: Sequence[Token]) -> list[tuple[int, int]]:
    """Where words of a list stand.

    Args:
        listed: Words or phrases; a final `*` stands for any ending.
        among: The tokens to look in.

    Returns:
        For each hit the first and the last of its tokens, by number, in order.
    """
    exact, begins, phrases = _compiled(tuple(listed))
    found: list[tuple[int, int]] = []
    for place, token in enumerate(among):
        forms = (
            (token.word,)
            if token.word.isascii()
            else tuple(dict.fromkeys(without_prefixes(token.word)))
        )
        if any(form in exact or (begins and form.startswith(begins)) for form in forms):
            found.append((place, place))
        for first, *rest in phrases:
            if first in forms and [one.word for one in among[place + 1 :][: len(rest)]] == rest:
                found.append((place, place + len(rest)))
    return found


@lru_cache(maxsize=256)
def _compiled(
    listed: tuple[str, ...],
) -> tuple[frozenset[str], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    exact: set[str] = set()
    begins: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for item in listed:
        parts = tuple(token.word for token in tokens(item))
        if len(parts) > 1:
            phrases.append(parts)
        elif parts and item.rstrip().endswith("*"):
            begins.append(parts[0])
        elif parts:
            exact.add(parts[0])
    return frozenset(exact), tuple(begins), tuple(phrases)
