"""Cues of a codebook found in a passage: words and phrases that point to something.

A word of the passage is that of a cue when one of its forms is one of the cue's. English words have
their plural and possessive taken off (s, es, ies for y, 's); Arabic ones a leading "and", "by",
"for", "like" and article (`annotator.coding.folding`) and the final alif of an indefinite
accusative. A final `*` of a cue stands for any ending. A phrase is its words one after the other
within a sentence, whatever stands between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.coding.folding import Token, tokens, without_prefixes

_SHORTEST = 4
"""Letters of the shortest English word that endings are taken off."""


class Hit(NamedTuple):
    """A cue that was found: the numbers of its first and last token, and what it points to."""

    first: int
    last: int
    meaning: str


@lru_cache(maxsize=8192)
def forms(word: str) -> frozenset[str]:
    """The forms under which a folded word is looked up."""
    return frozenset(_english(word.partition("'")[0]) if word.isascii() else _arabic(word))


def _english(word: str) -> Iterator[str]:
    yield word
    if len(word) < _SHORTEST or not word.endswith("s") or word.endswith(("ss", "is", "us")):
        return
    yield word[:-1]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith("es"):
        yield word[:-2]


def _arabic(word: str) -> Iterator[str]:
    for form in without_prefixes(word):
        yield form
        if form.endswith("ا") and len(form) > _SHORTEST:
            yield form[:-1]


class _Cue(NamedTuple):
    rest: tuple[frozenset[str], ...]
    open_ended: bool
    meaning: str


class CueList:
    """Cues prepared for looking them up.

    Args:
        cues: Pairs of a word or phrase and what it points to, such as the id of a code.
    """

    def __init__(self, cues: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[_Cue]] = defaultdict(list)
        self._beginnings: list[tuple[str, str]] = []
        for text, meaning in dict.fromkeys(cues):
            words = [token.word for token in tokens(text)]
            open_ended = text.rstrip().endswith("*")
            if len(words) == 1 and open_ended:
                self._beginnings.append((words[0], meaning))
            elif words:
                cue = _Cue(tuple(map(_wanted, words[1:])), open_ended, meaning)
                for form in _wanted(words[0]):
                    self._by_first[form].append(cue)

    def __bool__(self) -> bool:
        return bool(self._by_first or self._beginnings)

    def hits(self, among: Sequence[Token]) -> list[Hit]:
        """Every cue among some tokens, in order; of those that overlap the longest alone.

        Several meanings of the same words are several hits.
        """
        found = [hit for place in range(len(among)) for hit in self._at(place, among)]
        found.sort(key=lambda hit: (hit.first - hit.last, hit.first))
        taken: dict[int, tuple[int, int]] = {}
        kept: dict[Hit, None] = {}
        for hit in found:
            words = (hit.first, hit.last)
            if all(taken.get(place, words) == words for place in range(hit.first, hit.last + 1)):
                kept[hit] = None
                taken |= dict.fromkeys(range(hit.first, hit.last + 1), words)
        return sorted(kept, key=lambda hit: hit.first)

    def _at(self, place: int, among: Sequence[Token]) -> Iterator[Hit]:
        has = forms(among[place].word)
        for form in has & self._by_first.keys():
            for cue in self._by_first[form]:
                last = place + len(cue.rest)
                if last < len(among) and _continues(cue, among[place + 1 : last + 1]):
                    yield Hit(place, last, cue.meaning)
        for beginning, meaning in self._beginnings:
            if any(form.startswith(beginning) for form in has):
                yield Hit(place, place, meaning)


def _wanted(word: str) -> frozenset[str]:
    """The forms of a cue's own word: an Arabic one keeps the article it is given with."""
    if word.isascii():
        return forms(word)
    bare = word[:-1] if word.endswith("ا") and len(word) > _SHORTEST else word
    return frozenset({word, bare})


def _continues(cue: _Cue, words: Sequence[Token]) -> bool:
    for number, (wanted, token) in enumerate(zip(cue.rest, words, strict=True), 1):
        if token.begins_sentence:
            return False
        has = forms(token.word)
        if wanted & has:
            continue
        any_ending = cue.open_ended and number == len(cue.rest)
        if not any_ending or not any(form.startswith(tuple(wanted)) for form in has):
            return False
    return True
