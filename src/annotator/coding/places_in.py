"""Names of places as they stand in a passage: "the market in Kafr Sabil", "ريف حمدان الشمالي".

In English a name is words with capitals after a word such as "in", "near" or "struck", in Arabic
the word or two after one such as مدينة or ريف; in both, a name that the codebook lists. To the
name belong the words that say which part or kind of place it is ("the northern countryside of",
"province"). Names of parties, organisations, months and days are left out. What is found is an
offer to a coder, so a name too many costs less than one too few.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from annotator.coding import date_words
from annotator.coding import place_words as words
from annotator.coding.cues import CueList
from annotator.coding.folding import folded, tokens, without_prefixes

_MOST_WORDS = 6
_JOINING = "-'\u2018\u2019\u2010\u2011 \u00a0"
"""What may stand between the words of a name."""

_FARTHEST = 5
"""How many words before a name are looked at for the beginning of "the northern part of"."""

_CALENDAR = frozenset(name[0] for name in (*date_words.MONTHS_EN, *date_words.WEEKDAYS))


class FoundPlace(NamedTuple):
    """A name of a place at `[start, end)` of a text, in code points."""

    start: int
    end: int


def places_in(text: str, names: CueList) -> tuple[FoundPlace, ...]:
    """The names of places in a text, in order; they do not overlap.

    Args:
        text: The text.
        names: Names of places that are known.
    """
    return tuple(_Reader(text, names).read())


class _Reader:
    def __init__(self, text: str, names: CueList) -> None:
        self.text = text
        self.among = tokens(text)
        self.names = names

    def read(self) -> list[FoundPlace]:
        found: dict[int, int] = {}
        listed = ((hit.first, hit.last) for hit in self.names.hits(self.among))
        for first, last in (*listed, *self._english(), *self._arabic()):
            first, last = self._whole(first, last)
            found[first] = max(last, found.get(first, last))
        kept: list[tuple[int, int]] = []
        for first, last in sorted(found.items()):
            if kept and first <= kept[-1][1]:
                kept[-1] = (kept[-1][0], max(last, kept[-1][1]))
            else:
                kept.append((first, last))
        return [FoundPlace(self._start(first), self._end(last)) for first, last in kept]

    # --- English ---------------------------------------------------------------------------------

    def _english(self) -> Iterator[tuple[int, int]]:
        place = 0
        while place < len(self.among):
            last = self._name_from(place) if self._introduced(place) else None
            if last is not None:
                yield place, last
                place = last
            place += 1

    def _introduced(self, place: int) -> bool:
        """Whether a word before a token says that a place follows, "the" between them or not."""
        before = place - 1
        if self._word(before) == "the":
            before -= 1
        word = self._word(before)
        if word == "of":
            return self._word(before - 1) in words.SITES | words.ATTACKS
        return word in words.BEFORE_NAME and not self.among[place].begins_sentence

    def _name_from(self, place: int) -> int | None:
        """The last token of a name that begins at a token; None if none does."""
        last = None
        for at in range(place, min(place + _MOST_WORDS, len(self.among))):
            token = self.among[at]
            if at > place and token.gap.strip(_JOINING):
                break
            if self._has_capital(at):
                last = at
                if self._is_possessive(at):
                    break
            elif token.word not in words.PARTICLES:
                break
        if last is None:
            return None
        parts = {self._bare(at) for at in range(place, last + 1)}
        follows = {self._bare(at) for at in range(last + 1, last + 3)}
        if parts & (words.ORGANISATIONS | _CALENDAR) or self._bare(place) in words.NATIONALITIES:
            return None
        return None if len(parts) == 1 and follows & words.ORGANISATIONS - words.SITES else last

    def _has_capital(self, at: int) -> bool:
        return self.text[self.among[at].start].isupper()

    def _is_possessive(self, at: int) -> bool:
        return self.among[at].word.endswith("'s")

    def _bare(self, at: int) -> str:
        return self._word(at).removesuffix("'s")

    def _word(self, at: int) -> str:
        return self.among[at].word if 0 <= at < len(self.among) else ""

    def _whole(self, first: int, last: int) -> tuple[int, int]:
        """A name with the words that say which kind or part of place it is."""
        if not self._word(last).isascii():
            return first, last
        named_last = last
        while (
            not self._is_possessive(last)
            and self._word(last + 1) in words.SITES
            and self.among[last + 1].gap == " "
        ):
            last += 1
        if last > named_last and self._word(first - 1) == "the":
            first -= 1
        while (earlier := self._site_before(first)) is not None:
            first = earlier
        return first, last

    def _site_before(self, first: int) -> int | None:
        """Where "the northern countryside of" or "a market in" before a name begins."""
        at = first - 1
        if self._word(at) in words.DETERMINERS:
            at -= 1
        if self._word(at) not in words.INSIDE:
            return None
        at -= 1
        if self._word(at) not in words.SITES or self.among[at + 1].gap != " ":
            return None
        for begin in range(at - 1, max(at - _FARTHEST, -1), -1):
            if self._word(begin) in words.DETERMINERS:
                return begin
            if self._has_capital(begin):
                return self._name_until(begin)
            if self.among[begin + 1].gap != " " or self._word(begin) in words.BEFORE_NAME:
                break
        return at

    def _name_until(self, last: int) -> int:
        """Where the name begins that ends at a token."""
        first = last
        while first > 0 and not self.among[first].gap.strip(_JOINING):
            is_particle = self._word(first - 1) in words.PARTICLES - words.BEFORE_NAME
            if not (self._has_capital(first - 1) or is_particle):
                break
            first -= 1
        return first

    # --- Arabic ----------------------------------------------------------------------------------

    def _arabic(self) -> Iterator[tuple[int, int]]:
        for place, token in enumerate(self.among):
            headed = token.word in words.HEADS_AR and self._follows_preposition(place)
            if token.word.isascii() or not (headed or self._is_site(token.word)):
                continue
            last = place
            while last - place < _MOST_WORDS and self._goes_on(place, last):
                last += 1
            if last > place:
                yield place, last

    def _follows_preposition(self, place: int) -> bool:
        if place == 0 or self.among[place].begins_sentence:
            return False
        return any(form in words.BEFORE_HEAD_AR for form in without_prefixes(self._word(place - 1)))

    def _is_site(self, word: str) -> bool:
        return any(form in words.SITES_AR for form in without_prefixes(word))

    def _goes_on(self, place: int, last: int) -> bool:
        """Whether the token after `last` still belongs to the name that a site word begins."""
        if last + 1 >= len(self.among):
            return False
        here, following = self.among[last], self.among[last + 1]
        if following.gap != " " or following.word.isascii() or following.word.isdecimal():
            return False
        if here.word in words.HEADS_AR and last > place:
            return True
        if last == place:
            return not self._is_site(following.word) or following.word in words.HEADS_AR
        return following.word.removeprefix("ال") in words.DIRECTIONS_AR

    # --- offsets ---------------------------------------------------------------------------------

    def _start(self, first: int) -> int:
        """Where a name begins: after an Arabic "and", "in" or "by" that is joined to it."""
        token = self.among[first]
        if token.word.isascii():
            return token.start
        for form in without_prefixes(token.word):
            if form in words.SITES_AR and len(form) < len(token.word):
                letters = len(token.word) - len(form)
                written = self.text[token.start : token.end]
                sizes = [len(folded(written[:size])) for size in range(len(written))]
                return token.start + bisect_left(sizes, letters)
        return token.start

    def _end(self, last: int) -> int:
        token = self.among[last]
        return token.end - 2 if self._is_possessive(last) else token.end
