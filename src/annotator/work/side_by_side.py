"""What the codings of one passage say, beside each other: the same claims in the same rows.

Records of different coders are put together as `annotator.work.alignment` has it, so that what a
lead compares is what coders say of one claim, whatever the order in which they wrote their claims
down.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.codebook.model import PASSAGE, Codebook, Unit, Variable, VariableType
from annotator.coding.content import NONE, answer_content, link_targets
from annotator.coding.form import to_form
from annotator.coding.model import Answer, Coding, Record, Span, State
from annotator.work.alignment import Cluster, align
from annotator.work.answer_words import NOT_ANSWERED, NOTHING
from annotator.work.outline import YES_NO_CODES, shown_answer
from annotator.work.subjects import WHY_NONE

Place = tuple[int, ...]
"""Where a record is: from the passage, `()`, the numbers of the clusters that lead to it."""

_NOT_THERE = -1


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says in one part.

    Attributes:
        text: It in words; `NOTHING` where the side has no such record.
        record: The id of its record; empty for the passage and where it has none.
        there: Whether the side has the record.
        evidence: The words behind the answer; where it has none of its own, those of its record, or
            of the nearest record around that which has any.
        note: What the coder noted on the answer.
        unsure: Whether the coder was unsure of it.
        codes: The ids of the codes it picks.
        group: The sides that say the same have the same number, the first of them 0; a side that
            has no such record has -1.
    """

    text: str
    record: str = ""
    there: bool = True
    evidence: tuple[Span, ...] = ()
    note: str = ""
    unsure: bool = False
    codes: frozenset[str] = frozenset()
    group: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the sides say the same or not.

    Attributes:
        place: Which record it is about.
        variable: The id of a variable, `none` for the reason for having no record, empty for the
            record itself: who has it.
        unit: The unit of the record.
        record: What the record is called (`Claim 2`, `Claim 1, Act 1`; empty: the passage).
        name: What the part is called in it.
        said: What each side says, by the letter of the side.
        differs: Whether they say different things.
    """

    place: Place
    variable: str
    unit: str
    record: str
    name: str
    said: Mapping[str, Said]
    differs: bool

    @property
    def key(self) -> tuple[Place, str]:
        """What tells the part from the others of its passage."""
        return self.place, self.variable

    @property
    def title(self) -> str:
        """What it is called on a screen."""
        return f"{self.record}: {self.name}" if self.record and self.variable else self.name


def in_brief(parts: Sequence[Part]) -> tuple[str, ...]:
    """What some parts are about: each record once, with its questions if not the whole of it is."""
    whole = {part.place for part in parts if not part.variable}
    names: dict[str, list[str]] = {}
    for part in parts:
        inside = names.setdefault(part.record, [])
        if part.variable and part.place not in whole:
            inside.append(part.name)
    return tuple(
        ": ".join(filter(None, (record, ", ".join(inside)))) for record, inside in names.items()
    )


def side_by_side(sides: Mapping[str, Coding], codebook: Codebook) -> tuple[Part, ...]:
    """Everything that at least one side says, record by record in the codebook's order.

    Two answers are the same as `annotator.coding.content` has it: value and state count, words,
    notes and doubts do not. Of a record that not every side has, the answers and the records inside
    are compared among those that have it.

    Args:
        sides: The codings by the letter of their side; two or more.
        codebook: The codebook they were made under.
    """
    return tuple(_Table(sides, codebook).parts())


_Row = Mapping[str, Record | None]
"""One record of each side; None where it has none."""


class _Table:
    """The codings of one passage under one codebook."""

    def __init__(self, sides: Mapping[str, Coding], codebook: Codebook) -> None:
        self._sides = sides
        self._codebook = codebook
        self._forms = {letter: to_form(coding) for letter, coding in sides.items()}
        self._targets = {
            letter: link_targets(form, codebook) for letter, form in self._forms.items()
        }
        self._records = {
            letter: {record.id: record for _, record in coding.walk()}
            for letter, coding in sides.items()
        }
        self._behind = {letter: _words_behind(coding) for letter, coding in sides.items()}
        self._clusters = align(list(sides.values()), codebook).clusters
        self._titles: dict[str, dict[str, str]] = {letter: {} for letter in sides}
        self._name(self._clusters, "")

    def _name(self, clusters: Sequence[Cluster], inside: str) -> None:
        """Call records by the number of their cluster, the same on every side."""
        for cluster, title in self._titled(clusters, inside):
            for letter, record in zip(self._sides, cluster.records, strict=True):
                if record is not None:
                    self._titles[letter][record] = title
            self._name(cluster.inner, title)

    def _titled(self, clusters: Sequence[Cluster], inside: str) -> Iterator[tuple[Cluster, str]]:
        counted: dict[str, int] = {}
        for cluster in clusters:
            counted[cluster.unit] = counted.get(cluster.unit, 0) + 1
            label = f"{self._codebook.unit(cluster.unit).label} {counted[cluster.unit]}"
            yield cluster, f"{inside}, {label}" if inside else label

    def parts(self) -> Iterator[Part]:
        passage = {letter: records[""] for letter, records in self._records.items()}
        yield from self._answers((), PASSAGE, "", passage)
        yield from self._reason()
        yield from self._inside((), self._clusters, "", list(self._sides))

    def _inside(
        self, place: Place, clusters: Sequence[Cluster], inside: str, among: Sequence[str]
    ) -> Iterator[Part]:
        """The parts of records inside a record that the sides named by `among` have."""
        for number, (cluster, title) in enumerate(self._titled(clusters, inside)):
            here = (*place, number)
            row = {
                letter: None if record is None else self._records[letter][record]
                for letter, record in zip(self._sides, cluster.records, strict=True)
            }
            unit = self._codebook.unit(cluster.unit)
            said = {letter: self._in_short(letter, one, unit) for letter, one in row.items()}
            have = [letter for letter, record in row.items() if record is not None]
            yield Part(here, "", unit.id, title, title, said, len(have) < len(among))
            yield from self._answers(here, unit.id, title, row)
            yield from self._inside(here, cluster.inner, title, have)

    def _answers(self, place: Place, unit: str, title: str, row: _Row) -> Iterator[Part]:
        for variable in self._codebook.variables_of(unit):
            if all(record is None or variable.id not in record.answers for record in row.values()):
                continue
            contents = {
                letter: self._content(letter, record, variable)
                for letter, record in row.items()
                if record is not None
            }
            distinct = list(dict.fromkeys(contents.values()))
            said = {
                letter: replace(
                    self._said(letter, record, variable),
                    group=_NOT_THERE if record is None else distinct.index(contents[letter]),
                )
                for letter, record in row.items()
            }
            yield Part(place, variable.id, unit, title, variable.name, said, len(distinct) > 1)

    def _content(self, letter: str, record: Record, variable: Variable) -> Hashable:
        answer = record.answers.get(variable.id)
        if answer is None:
            return None
        form = to_form(Coding({variable.id: answer}))[variable.id]
        return answer_content(form, variable, self._targets[letter])

    def _said(self, letter: str, record: Record | None, variable: Variable) -> Said:
        if record is None:
            return Said(NOTHING, there=False, group=_NOT_THERE)
        answer = record.answers.get(variable.id)
        if answer is None:
            return Said(NOT_ANSWERED, record.id, evidence=self._behind[letter][record.id])
        return Said(
            self._words(letter, answer, variable),
            record.id,
            evidence=answer.evidence or self._behind[letter][record.id],
            note=answer.note,
            unsure=answer.unsure,
            codes=_picked(answer),
        )

    def _words(self, letter: str, answer: Answer, variable: Variable) -> str:
        """An answer in words; a link names the records it points at as every side calls them."""
        if variable.type is VariableType.LINK and isinstance(answer.value, tuple):
            titles = self._titles[letter]
            return ", ".join(titles.get(target, target) for target in answer.value)
        codes = YES_NO_CODES if variable.type is VariableType.YES_NO else variable.codes
        words = shown_answer(answer, codes)
        return f"{words} (inferred)" if answer.inferred else words

    def _in_short(self, letter: str, record: Record | None, unit: Unit) -> Said:
        """A record in one line: its answers in words, then how many records lie in it."""
        if record is None:
            return Said(NOTHING, there=False, group=_NOT_THERE)
        parts = [
            f"{variable.name}: {self._words(letter, record.answers[variable.id], variable)}"
            for variable in self._codebook.variables_of(unit.id)
            if variable.id in record.answers
        ]
        for inner in self._codebook.units_in(unit.id):
            count = sum(one.unit == inner.id for one in record.records)
            parts += [f"{inner.label}: {count}"] if count else []
        words = self._behind[letter][record.id]
        return Said("; ".join(parts) or "nothing answered", record.id, evidence=words)

    def _reason(self) -> Iterator[Part]:
        reasons = {letter: coding.none for letter, coding in self._sides.items()}
        if any(reasons.values()):
            units = self._codebook.units
            labels = {code.id: code.label for unit in units for code in unit.none_reasons}
            distinct = list(dict.fromkeys(reasons.values()))
            said = {
                letter: Said(
                    labels.get(reason, reason) or NOTHING,
                    codes=frozenset({reason} if reason else ()),
                    group=distinct.index(reason),
                )
                for letter, reason in reasons.items()
            }
            yield Part((), NONE, PASSAGE, "", WHY_NONE, said, len(distinct) > 1)


def _words_behind(coding: Coding) -> dict[str, tuple[Span, ...]]:
    """The words behind each record: its own, else those of the record around it."""
    found: dict[str, tuple[Span, ...]] = {}
    for parent, record in coding.walk():
        found[record.id] = record.evidence or found.get(parent, ())
    return found


def _picked(answer: Answer) -> frozenset[str]:
    """The ids of the codes an answer picks, as far as it picks any."""
    if answer.state is not State.STATED:
        return frozenset()
    if isinstance(answer.value, tuple):
        return frozenset(answer.value)
    if isinstance(answer.value, bool):
        return frozenset({"true" if answer.value else "false"})
    return frozenset({answer.value}) if isinstance(answer.value, str) else frozenset()
