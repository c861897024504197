"""What a coding says: all of it that can be agreed with or not, and nothing else.

Two codings say the same when their values and states are the same. Evidence, notes, doubts, the
words a date was read from, the ids of records and the order of records are no part of that, so
none of them makes a disagreement; nor are the marks of inferred answers and of candidates and the
reasons for letting a check stand, which say how a coder came to a value and not what it is.
Everything here works on codings as plain data (`annotator.coding.form`), because whole rounds are
compared at once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.form import answer_form, canonical
from annotator.coding.model import State

Form = Mapping[str, Any]
"""A coding or a record as plain data."""

Said = str | frozenset[str]
"""What one answer says: a set for codes and links, else a text that is the same for the same."""

Bags = Mapping[str, str]
"""What the records of one unit say, all of them in the passage together.

Under `WHOLE` a word for what each record says with all that lies in it, under the id of a variable
one for each answer; sorted, with a space between two. A word tells codes by their ids, as in
`shell|mine`, a state in brackets, and anything else by a digest.
"""

WHOLE = ""
"""Under what whole records stand in `Bags`."""

CODE_SEPARATOR = "|"
"""What stands between the codes of a set in a word."""

NONE = "none"
"""The name under which the reason for having no record is compared."""

_OF_ONE_WORD = frozenset(
    {VariableType.CODE, VariableType.SCALE, VariableType.YES_NO, VariableType.NUMBER}
)
_DIGEST_BYTES = 12
_WORD_BYTES = 6
_NO_CODES = "[]"
_BEGINS = "[2,"
"""How a text of `Content.written` begins; another number for every change in what it says."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one coding says; equal contents say the same.

    `answers` has an entry for every passage-level variable that is answered, `records` one for
    every repeating unit that has a record, `none` is the reason for having none.
    """

    answers: Mapping[str, Said]
    records: Mapping[str, Bags]
    none: str

    def written(self) -> str:
        """The one text of it, which `read_content` reads; equal contents have equal texts."""
        answers = {name: _plain(said) for name, said in self.answers.items()}
        return f"{_BEGINS}{canonical([answers, self.records, self.none])[1:]}"


def is_current(written: str) -> bool:
    """Whether a text is one that `Content.written` would write today, and not an older one."""
    return written.startswith(_BEGINS)


def read_content(written: str) -> Content:
    """The content that `Content.written` wrote; see `is_current`."""
    _, answers, records, none = json.loads(written)
    return Content(
        {
            name: said if isinstance(said, str) else frozenset(said)
            for name, said in answers.items()
        },
        records,
        none,
    )


def content(form: Form, codebook: Codebook) -> Content:
    """What a coding says, without all that does not count as a difference.

    A link says what the records it points at say (their own links left out): their ids mean
    nothing in another coding.
    """
    targets = link_targets(form, codebook)
    words: _Words = defaultdict(lambda: defaultdict(list))
    for unit in codebook.units_in(PASSAGE):
        for record in form.get(unit.id, ()):
            _record_content(record, unit, codebook, targets, words)
    records = {
        unit: {name: " ".join(sorted(said)) for name, said in bags.items()}
        for unit, bags in words.items()
    }
    return Content(dict(_answers(form, PASSAGE, codebook, targets)), records, form.get(NONE, ""))


def link_targets(form: Form, codebook: Codebook) -> Mapping[str, str]:
    """What each record of a coding that a link points at says without its links, by its id."""
    links = [one for one in codebook.variables if one.type is VariableType.LINK]
    if not links:
        return {}
    records = list(_walk(form, PASSAGE, codebook))
    wanted = {
        target
        for unit_id, record in ((PASSAGE, form), *((unit.id, one) for unit, one in records))
        for link in links
        if link.unit == unit_id and link.id in record
        for target in answer_form(record[link.id]).value or ()
    }
    return {
        record["id"]: _record_content(record, unit, codebook, None)
        for unit, record in records
        if record.get("id") in wanted
    }


def answer_content(form: object, variable: Variable, targets: Mapping[str, str]) -> Said:
    """What one answer says; `targets` is what the records that links point at say."""
    value, state, *_ = answer_form(form)
    if state is not State.STATED:
        return f"({state.value})"
    if isinstance(value, str):
        # Quickly told from a state, and from any other value, which is told as JSON.
        return f"={value}"
    match variable.type:
        case VariableType.CODES:
            return frozenset(value)
        case VariableType.LINK:
            return _counted(targets.get(target, target) for target in value)
        case VariableType.DATE:
            return canonical({key: part for key, part in value.items() if key != "words"})
        case VariableType.NUMBER:
            # 1 and 1.0 are one number, whichever way it was written.
            return canonical(int(value) if value == value // 1 else value)
    return canonical(value)


_Words = defaultdict[str, defaultdict[str, list[str]]]
"""The words of `Bags` as they are found, by unit and variable."""


def _record_content(
    record: Form,
    unit: Unit,
    codebook: Codebook,
    targets: Mapping[str, str] | None,
    words: _Words | None = None,
) -> str:
    """A digest of what one record says, with all that lies in it.

    Args:
        record: The record as plain data.
        unit: What it is a record of.
        codebook: The codebook it was made under.
        targets: What the records of its coding say (`link_targets`); None leaves links out.
        words: Where to add a word for each answer in it, and for each record.
    """
    answers = {name: _plain(said) for name, said in _answers(record, unit.id, codebook, targets)}
    inner = {
        below.id: sorted(
            _record_content(one, below, codebook, targets, words) for one in record[below.id]
        )
        for below in codebook.units_in(unit.id)
        if record.get(below.id)
    }
    digest = _digest(canonical([unit.id, answers, inner]), _DIGEST_BYTES)
    if words is not None:
        bags = words[unit.id]
        bags[WHOLE].append(digest)
        for name, said in answers.items():
            bags[name].append(_word(said, codebook.variable(name)))
    return digest


def _word(said: str | list[str], variable: Variable) -> str:
    """An answer as a word without spaces, the same for the same."""
    if isinstance(said, list) and variable.type is VariableType.CODES:
        return CODE_SEPARATOR.join(said) or _NO_CODES
    if isinstance(said, str) and (said.startswith("(") or variable.type in _OF_ONE_WORD):
        return said.removeprefix("=")
    return f"#{_digest(canonical(said), _WORD_BYTES)}"


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


def _answers(
    record: Form, unit_id: str, codebook: Codebook, targets: Mapping[str, str] | None
) -> Iterator[tuple[str, Said]]:
    for variable in codebook.variables_of(unit_id):
        if variable.id in record and (
            targets is not None or variable.type is not VariableType.LINK
        ):
            yield variable.id, answer_content(record[variable.id], variable, targets or {})


def _counted(items: Iterable[str]) -> frozenset[str]:
    """A bag as a set, so that what comes twice is not what comes once."""
    return frozenset(f"{item} {times}" for item, times in Counter(items).items())


def _plain(said: Said) -> str | list[str]:
    return said if isinstance(said, str) else sorted(said)


def _walk(form: Form, unit_id: str, codebook: Codebook) -> Iterator[tuple[Unit, Form]]:
    for unit in codebook.units_in(unit_id):
        for record in form.get(unit.id, ()):
            yield unit, record
            yield from _walk(record, unit.id, codebook)
