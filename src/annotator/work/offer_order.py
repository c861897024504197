"""Which of the candidates of a question is offered first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.codebook.model import Variable
from annotator.coding.change import says_the_same
from annotator.coding.model import Coding, Span, State
from annotator.work.outline import Row, RowKind

if TYPE_CHECKING:
    from annotator.coding.candidates import Candidate

_Stretch = tuple[int, int]
"""`[start, end)` in code points of the report."""


_STOPS = frozenset(",;:.!?\u060c\u061b\u061f")
_ACROSS = 40
"""How much farther away words count that a comma or a full stop parts from others."""


def first_to_offer(
    found: Sequence["Candidate"],
    row: Row,
    variable: Variable,
    coding: Coding,
    text: str,
    start: int,
) -> int | None:
    """The number of the candidate to offer first on coming to a question; None for none.

    An answer that stands already is offered only more words for itself (or, where several codes may
    stand, codes that are missing), a line that adds a record no words that stand behind such a
    record already. Of what is left, first what a coder who reads on would take:

    - for a record that stands on words of its own, such as a claim, what lies in them;
    - for one that does not, such as an act, what is nearest to the words behind its other answers,
      then what follows those of the acts beside it, then what lies in the words of the claim;
    - what stands behind no other record's answer to the question;
    - what comes first in the text.

    Args:
        found: The candidates in the order of the text.
        row: The row in focus.
        variable: What it asks.
        coding: The coding.
        text: The passage.
        start: Where it begins in its report.
    """
    adds = row.kind is RowKind.ADD
    taken = _stretches(row.answer.evidence if row.answer and not adds else ())
    beside, elsewhere = _others(row, variable, coding)
    own = () if adds else _own_words(row.record, coding)
    near = () if own or adds else _answer_words(row.record, coding)
    around = own or _words_around(row.record, coding, itself=adds)
    read_to = 0 if own else max((last for _, last in beside), default=0)

    def rank(number: int) -> tuple[int, bool, bool, bool, int]:
        first, last = stretch = _stretch(found[number], start)
        away = min((_distance(stretch, words, text, start) for words in near), default=0)
        inside = any(one <= first and last <= other for one, other in around)
        used = stretch in beside or stretch in elsewhere
        return away, first < read_to, not inside, used, number

    fitting = [
        number
        for number, one in enumerate(found)
        if one.near and _fits(one, row) and _stretch(one, start) not in (beside if adds else taken)
    ]
    return min(fitting, key=rank, default=None)


def _fits(candidate: "Candidate", row: Row) -> bool:
    """Whether a candidate can add something to the answer that stands."""
    answer = row.answer
    if answer is None or row.untouched or row.kind is RowKind.ADD:
        return True
    if answer.state is not State.STATED:
        return False
    if isinstance(answer.value, tuple):
        return bool(answer.value) and candidate.value not in answer.value
    return says_the_same(candidate.value, answer.value)


def _others(
    row: Row, variable: Variable, coding: Coding
) -> tuple[frozenset[_Stretch], frozenset[_Stretch]]:
    """The words behind other records' answers to a question: in the same record, and elsewhere."""
    beside: set[_Stretch] = set()
    elsewhere: set[_Stretch] = set()
    adds = row.kind is RowKind.ADD
    parent = row.record if adds or not row.record else coding.parent_of(row.record)
    for above, record in coding.walk():
        answer = record.answers.get(variable.id)
        if answer is None or record.unit != variable.unit or (record.id == row.record and not adds):
            continue
        (beside if above == parent else elsewhere).update(_stretches(answer.evidence))
    return frozenset(beside), frozenset(elsewhere)


def _own_words(record_id: str, coding: Coding) -> frozenset[_Stretch]:
    return _stretches(coding.record(record_id).evidence if record_id else ())


def _answer_words(record_id: str, coding: Coding) -> frozenset[_Stretch]:
    """The words behind the answers of a record; the passage as a whole has no such place."""
    if not record_id:
        return frozenset()
    answers = coding.record(record_id).answers.values()
    return frozenset().union(*(_stretches(answer.evidence) for answer in answers))


def _words_around(record_id: str, coding: Coding, *, itself: bool) -> frozenset[_Stretch]:
    """The words of the nearest record that has some around a record, that itself perhaps."""
    if not itself and record_id:
        record_id = coding.parent_of(record_id)
    while record_id:
        if words := _own_words(record_id, coding):
            return words
        record_id = coding.parent_of(record_id)
    return frozenset()


def _stretches(spans: Sequence[Span]) -> frozenset[_Stretch]:
    return frozenset((span.start, span.end) for span in spans)


def _stretch(candidate: "Candidate", start: int) -> _Stretch:
    return start + candidate.start, start + candidate.end


def _distance(one: _Stretch, other: _Stretch, text: str, start: int) -> int:
    """How many code points lie between two stretches, more across a stop; 0 where they overlap."""
    first, last = sorted((one, other))
    between = text[first[1] - start : max(first[1], last[0]) - start]
    return len(between) + (0 if _STOPS.isdisjoint(between) else _ACROSS)
