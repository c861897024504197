"""A coding made of parts of several: answer by answer, record by record.

Parts are those of `annotator.work.side_by_side`: a record of several sides is one where the
alignment has put it together. What is taken from a side keeps its words and notes; links are led to
the records that stand for those they pointed at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from annotator.codebook.model import PASSAGE, CheckKind, Codebook, VariableType
from annotator.coding.checks import Finding
from annotator.coding.complete import gaps, pruned
from annotator.coding.content import NONE
from annotator.coding.form import new_record_id
from annotator.coding.model import Answer, Coding, Override, Record
from annotator.errors import AnnotatorError
from annotator.work.alignment import Cluster, align
from annotator.work.side_by_side import Part, Place

Key = tuple[Place, str]
"""A part: the place of its record, and its variable (empty: the record itself)."""

Choice = Mapping[Key, str]
"""From which side, by its letter, a part is taken."""

Fires = Callable[[Coding], Sequence[Finding]]
"""The checks of the codebook that fire on a coding of the passage."""


def open_parts(parts: Sequence[Part], chosen: Choice) -> tuple[Part, ...]:
    """The parts that differ and that nothing chosen decides, in their order.

    A record taken from a side is taken with all that is in it, and one left out likewise. Why there
    is no record matters only where none is left.

    Args:
        parts: What the sides say (`annotator.work.side_by_side`).
        chosen: What has been chosen.
    """
    records = {part.place: part for part in parts if part.place and not part.variable}
    return tuple(
        part
        for part in parts
        if part.differs
        and part.key not in chosen
        and not _decided(part.place, chosen)
        and not (part.variable == NONE and _keeps_records(records, chosen))
    )


def merged(
    sides: Mapping[str, Coding],
    codebook: Codebook,
    parts: Sequence[Part],
    chosen: Choice,
    fires: Fires,
) -> Coding:
    """A coding of the parts that were chosen, and of those on which all sides agree.

    Args:
        sides: The codings by their letters.
        codebook: The codebook they were made under.
        parts: What they say (`annotator.work.side_by_side`).
        chosen: The side of each part that differs.
        fires: What fires on a coding of the passage.

    Raises:
        AnnotatorError: A part that differs was not chosen, or what was chosen makes no whole
            coding: a required question is open, or a check that must not fire does.
    """
    if left := open_parts(parts, chosen):
        names = ", ".join(dict.fromkeys(part.title for part in left))
        raise AnnotatorError(f"The sides differ in {names} too; choose a side for each.")
    return _whole(_Merger(sides, codebook, parts, chosen, leave_out=False), sides, codebook, fires)


def unanimous(
    sides: Mapping[str, Coding], codebook: Codebook, parts: Sequence[Part], fires: Fires
) -> Coding:
    """A coding of what all sides say alike; see `merged`.

    What differs is left unanswered, and records that not all sides have are left out.
    """
    return _whole(_Merger(sides, codebook, parts, {}, leave_out=True), sides, codebook, fires)


def started(
    sides: Mapping[str, Coding], codebook: Codebook, parts: Sequence[Part], chosen: Choice
) -> Coding:
    """What was chosen so far and what all sides say alike, whole or not, to go on from."""
    return _Merger(sides, codebook, parts, chosen, leave_out=True).coding()


def _whole(
    merger: "_Merger", sides: Mapping[str, Coding], codebook: Codebook, fires: Fires
) -> Coding:
    """The coding, if nothing is wrong with it that is not wrong with a side too.

    A gap that a side has was let through when that coding came in; it is not the merger's.
    """
    coding = merger.coding()
    known = {
        (gap.variable, gap.sentence) for side in sides.values() for gap in gaps(side, codebook)
    }
    for gap in gaps(coding, codebook):
        if (gap.variable, gap.sentence) not in known:
            raise AnnotatorError(
                f"The parts do not make a whole coding: {gap.sentence}; choose another side for it."
            )
    wrong = {one.check.id for side in sides.values() for one in _errors(fires(side))}
    for one in _errors(fires(coding)):
        if one.check.id not in wrong:
            raise AnnotatorError(
                f"The parts do not go together: {one.check.id}, {one.sentence}; choose another "
                "side, or edit them into a new coding."
            )
    fired = {(one.check.id, one.record) for one in fires(coding)}
    kept = tuple(one for one in coding.overrides if (one.check, one.record) in fired)
    return Coding(coding.answers, coding.records, coding.none, kept)


def _errors(found: Sequence[Finding]) -> Iterator[Finding]:
    return (one for one in found if one.check.kind is CheckKind.ERROR)


def _decided(place: Place, chosen: Choice) -> bool:
    """Whether a record, or one it lies in, was taken or left out as a whole."""
    return any((place[:length], "") in chosen for length in range(1, len(place) + 1))


def _keeps_records(records: Mapping[Place, Part], chosen: Choice) -> bool:
    """Whether any record of the passage may still be kept."""
    for place, part in records.items():
        if len(place) == 1:
            letter = chosen.get((place, ""))
            if letter is None or part.said[letter].there:
                return True
    return False


class _Merger:
    """Puts a coding together; `leave_out` leaves out what differs and was not chosen."""

    def __init__(
        self,
        sides: Mapping[str, Coding],
        codebook: Codebook,
        parts: Sequence[Part],
        chosen: Choice,
        *,
        leave_out: bool,
    ) -> None:
        self._sides = sides
        self._codebook = codebook
        self._chosen = chosen
        self._leave_out = leave_out
        self._parts = {part.key: part for part in parts}
        self._letters = list(sides)
        self._records = {
            letter: {record.id: record for _, record in coding.walk()}
            for letter, coding in sides.items()
        }
        self._clusters = align(list(sides.values()), codebook).clusters if len(sides) > 1 else ()
        self._ids: dict[Place, str] = {}
        self._stands_for: dict[tuple[str, str], str] = {}
        self._overrides: list[Override] = []

    def coding(self) -> Coding:
        self._name(self._clusters, (), len(self._letters), "")
        passage = dict.fromkeys(self._letters, "")
        answers = self._answers((), PASSAGE, passage, "")
        records = self._inside(self._clusters, (), "")
        none = "" if records else self._reason()
        overrides = tuple(sorted(dict.fromkeys(self._overrides)))
        return pruned(Coding(answers, records, none, overrides), self._codebook)

    # --- which records there are -----------------------------------------------------------------

    def _name(
        self, clusters: Sequence[Cluster], inside: Place, n_sides: int, taken_from: str
    ) -> None:
        """Give every record that is kept an id, and note which records it stands for.

        Args:
            clusters: The records of one record, or of the passage.
            inside: The place of that record.
            n_sides: How many sides have it.
            taken_from: The side it was taken from as a whole, if it was.
        """
        for number, cluster in enumerate(clusters):
            place = (*inside, number)
            letter = self._chosen.get((place, ""), taken_from)
            has = self._owners(cluster)
            # Without a choice what all have is kept, among the sides that could have it.
            if letter not in has if letter else len(has) < n_sides:
                continue
            own = has.get(letter) or next(iter(has.values()))
            used = set(self._ids.values())
            self._ids[place] = own if own not in used else new_record_id(used | self._all_ids)
            for owner, record in has.items():
                self._stands_for[owner, record] = self._ids[place]
            self._name(cluster.inner, place, len(has), letter)

    @property
    def _all_ids(self) -> set[str]:
        return {name for records in self._records.values() for name in records}

    def _owners(self, cluster: Cluster) -> dict[str, str]:
        """The letters of the sides that have a record, with its id there."""
        pairs = zip(self._letters, cluster.records, strict=True)
        return {letter: record for letter, record in pairs if record is not None}

    # --- what is in them -------------------------------------------------------------------------

    def _inside(
        self, clusters: Sequence[Cluster], inside: Place, taken_from: str
    ) -> tuple[Record, ...]:
        made: list[Record] = []
        for number, cluster in enumerate(clusters):
            place = (*inside, number)
            if place not in self._ids:
                continue
            letter = self._chosen.get((place, ""), taken_from)
            has = self._owners(cluster)
            host = self._host(place, cluster.unit, has, letter)
            made.append(
                Record(
                    self._ids[place],
                    cluster.unit,
                    self._answers(place, cluster.unit, has, letter),
                    self._records[host][has[host]].evidence,
                    self._inside(cluster.inner, place, letter),
                )
            )
        return tuple(made)

    def _host(self, place: Place, unit: str, has: Mapping[str, str], letter: str) -> str:
        """The side whose words a record stands on: the one that most of it is taken from."""
        if letter in has:
            return letter
        taken = [
            self._chosen[place, variable.id]
            for variable in self._codebook.variables_of(unit)
            if (place, variable.id) in self._chosen
        ]
        return max(has, key=lambda one: (taken.count(one), -self._letters.index(one)))

    def _answers(
        self, place: Place, unit: str, has: Mapping[str, str], letter: str
    ) -> dict[str, Answer]:
        host = self._host(place, unit, has, letter)
        answers: dict[str, Answer] = {}
        for variable in self._codebook.variables_of(unit):
            part = self._parts.get((place, variable.id))
            owner = self._chosen.get((place, variable.id), letter)
            if not owner and part is not None and part.differs and self._leave_out:
                continue
            owner = owner or host
            if owner not in has:
                raise AnnotatorError(
                    f"Side {owner} has no {part.record if part else unit}; choose another side."
                )
            answer = self._records[owner][has[owner]].answers.get(variable.id)
            if answer is not None and variable.type is VariableType.LINK:
                answer = self._led(answer, owner)
            if answer is not None:
                answers[variable.id] = answer
        for one in self._sides[host].overrides:
            if one.record == has[host]:
                self._overrides.append(Override(one.check, self._ids.get(place, ""), one.reason))
        return answers

    def _led(self, answer: Answer, owner: str) -> Answer | None:
        """A link that leads to the records that stand for its targets; None if none is kept."""
        if not isinstance(answer.value, tuple):
            return answer
        led = (self._stands_for.get((owner, target)) for target in answer.value)
        kept = tuple(dict.fromkeys(target for target in led if target is not None))
        if answer.value and not kept:
            return None
        return Answer(
            kept,
            answer.state,
            answer.evidence,
            answer.unsure,
            answer.note,
            answer.inferred,
            answer.candidate,
        )

    def _reason(self) -> str:
        part = self._parts.get(((), NONE))
        letter = self._chosen.get(((), NONE), "")
        if not letter and part is not None and part.differs and self._leave_out:
            return ""
        owners = [letter] if letter else self._letters
        return next((self._sides[one].none for one in owners if self._sides[one].none), "")
