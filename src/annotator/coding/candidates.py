"""Words of a passage that may answer a question: offers to a coder, never answers.

After CIVET, which lights up candidate phrases for the field in focus (Schrodt, 2015). What is
offered follows from the codebook and the type of the question:

- of a code, its `cues` and `aliases`; its label where it has neither and the label says something;
- a count as the passage claims it (`annotator.coding.claimed_counts`), a number, a date
  (`annotator.coding.dates_in`);
- for a text with `candidates: places`, names of places (`annotator.coding.places_in`), which may be
  listed as the question's own `cues`; for another text, its cues as they are printed;
- for a yes or no with `cues`, yes where one stands.

Nothing is decided about negation, tense or whom a word is about: that is what coders are for.
What finds counts, dates and places is loaded with the first question of their kind: the first
passage need not wait for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from annotator.codebook.model import CandidateRule, Code, Codebook, Variable, VariableType
from annotator.coding.cues import CueList, Hit
from annotator.coding.folding import Token, folded, tokens
from annotator.coding.model import Value
from annotator.coding.numbers import Written, numbers_in

_NEAR = 8
"""How many words may lie between a value and a cue of its question."""

_BEFORE = 2
"""How much farther a cue counts that stands before a number: what is counted follows it."""

_SAYS_NOTHING = frozenset({"other", "others", "unknown", "none", "yes", "no", "total", "single"})
"""Labels of one word that stand in passages without meaning their code."""

_VALUED = (VariableType.COUNT, VariableType.NUMBER, VariableType.DATE)


class Candidate(NamedTuple):
    """Words that may answer a question.

    `[start, end)` are code points of the passage's text, `value` the answer they would give (for
    a question of several codes one code), `shown` that answer in words. `near` is false for a value
    that stands beside no cue of its question though the question has some.
    """

    start: int
    end: int
    value: Value
    shown: str
    near: bool = True


class _Valued(NamedTuple):
    """A candidate with the numbers of its first and last token."""

    first: int
    last: int
    candidate: Candidate


class CandidateFinder:
    """Finds the candidates of a codebook's questions; prepares each question's cues once.

    Args:
        codebook: The codebook.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._lists: dict[str, CueList] = {}

    def find(
        self, variable: Variable, text: str, reported: date | None = None
    ) -> tuple[Candidate, ...]:
        """The candidates of a question in a passage, in the order of the text.

        Args:
            variable: A variable of the codebook.
            text: The passage.
            reported: The day of the report, if it is known; relative dates count from it.
        """
        if variable.candidates is CandidateRule.NONE:
            return ()
        match variable.type:
            case VariableType.CODE | VariableType.CODES | VariableType.SCALE:
                return tuple(self._codes(variable, text))
            case VariableType.COUNT | VariableType.NUMBER | VariableType.DATE:
                return tuple(self._valued(variable, text, reported))
            case VariableType.YES_NO:
                return tuple(_at(hit, text, True, "Yes") for hit in self._hits(variable, text))
            case VariableType.TEXT:
                return tuple(self._texts(variable, text))
        return ()

    def _codes(self, variable: Variable, text: str) -> Iterator[Candidate]:
        labels = {code.id: code.label for code in variable.codes}
        for hit in self._hits(variable, text):
            yield _at(hit, text, hit.meaning, labels[hit.meaning])

    def _texts(self, variable: Variable, text: str) -> Iterator[Candidate]:
        if variable.candidates is CandidateRule.PLACES:
            from annotator.coding.places_in import places_in

            found = [(one.start, one.end) for one in places_in(text, self._cues(variable))]
        else:
            among = tokens(text)
            hits = self._hits(variable, text)
            found = [(among[hit.first].start, among[hit.last].end) for hit in hits]
        for start, end in found:
            words = " ".join(text[start:end].split())
            # As when text is pasted: signs that print nothing are no part of a value.
            value = "".join(sign for sign in words if sign.isprintable())
            yield Candidate(start, end, value, value)

    def _valued(self, variable: Variable, text: str, reported: date | None) -> Iterator[Candidate]:
        found = list(_values(variable, text, reported))
        if not self._cues(variable):
            yield from (one.candidate for one in found)
            return
        among = tokens(text)
        own = self._hits(variable, text)
        # A number beside a word of another question is that question's rather than this one's.
        others = [
            hit
            for other in self._codebook.variables_of(variable.unit)
            if other.id != variable.id and other.type is variable.type and self._cues(other)
            for hit in self._hits(other, text)
        ]
        # An Arabic dual counts itself and nothing beside it.
        numbers = {place: one for one in found for place in range(one.first, one.last + 1)}
        for one in found:
            away, elsewhere = (
                _distance(one, [hit for hit in hits if numbers.get(hit.first, one) is one], among)
                for hits in (own, others)
            )
            near = away is not None and (elsewhere is None or away <= elsewhere)
            yield one.candidate._replace(near=near)

    def _hits(self, variable: Variable, text: str) -> list[Hit]:
        return self._cues(variable).hits(tokens(text))

    def _cues(self, variable: Variable) -> CueList:
        prepared = self._lists.get(variable.id)
        if prepared is None:
            prepared = CueList(_listed(variable))
            self._lists[variable.id] = prepared
        return prepared


def _listed(variable: Variable) -> Iterator[tuple[str, str]]:
    """The cues of a question, each with the code it points to (or nothing)."""
    for text in _all(variable.cues):
        yield text, ""
    for code in variable.codes:
        if not code.retired:
            for text in _cues_of(code):
                yield text, code.id


def _cues_of(code: Code) -> tuple[str, ...]:
    named = (*_all(code.cues), *_all(code.aliases))
    return named or (() if folded(code.label) in _SAYS_NOTHING else (code.label,))


def _all(words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    # Whatever the report's language: one report may quote another.
    for listed in words.values():
        yield from listed


def _at(hit: Hit, text: str, value: Value, shown: str) -> Candidate:
    among = tokens(text)
    return Candidate(among[hit.first].start, among[hit.last].end, value, shown)


def _values(variable: Variable, text: str, reported: date | None) -> Iterator[_Valued]:
    """The counts, numbers or dates of a text."""
    if variable.type is VariableType.COUNT:
        from annotator.coding.claimed_counts import counts_in

        for count in counts_in(text):
            offer = Candidate(count.start, count.end, count.value, str(count.value))
            yield _Valued(count.first, count.last, offer)
    elif variable.type is VariableType.DATE:
        from annotator.coding.dates_in import dates_in

        for day in dates_in(text, reported):
            offer = Candidate(day.start, day.end, day.value, str(day.value))
            yield _Valued(day.first, day.last, offer)
    else:
        numbered = {token.start: number for number, token in enumerate(tokens(text))}
        ends = {token.end: number for number, token in enumerate(tokens(text))}
        for number in numbers_in(text):
            if number.high is None or number.written is Written.CALENDAR:
                continue
            low, high = variable.minimum, variable.maximum
            if (low is None or number.low >= low) and (high is None or number.low <= high):
                offer = Candidate(number.start, number.end, number.low, str(number.low))
                yield _Valued(numbered[number.start], ends[number.end], offer)


def _distance(value: _Valued, hits: Sequence[Hit], among: Sequence[Token]) -> int | None:
    """How far the nearest of some cues lies from a value in its sentence; None beyond `_NEAR`."""
    nearest: int | None = None
    for hit in hits:
        if hit.first <= value.last and value.first <= hit.last:
            away = 0
        elif hit.first > value.last:
            away = hit.first - value.last
        else:
            away = value.first - hit.last + _BEFORE
        if away <= _NEAR and (nearest is None or away < nearest):
            low, high = min(hit.first, value.first), max(hit.last, value.last)
            if not any(token.begins_sentence for token in among[low + 1 : high + 1]):
                nearest = away
    return nearest
