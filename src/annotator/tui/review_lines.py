"""What the sides of a disagreement say, as lines: differences first, what is agreed folded.

Pure functions of parts (`annotator.work.side_by_side`); the review screen says where they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.codebook.model import CheckKind
from annotator.corpus.visible import visible
from annotator.tui.cells import cells
from annotator.tui.layout import BORDER
from annotator.tui.lines import PLAIN, Line, cut, length, line, padded, paragraph, wrap

if TYPE_CHECKING:
    # Load numpy; the screen is painted before that is done.
    from annotator.work.remarks import Remark
    from annotator.work.side_by_side import Part, Place, Said

NO_PART = -1
"""The owner of a line that is of no part."""

OwnedLine = tuple[int, Line]
"""A line and the number of the part it is of, or `NO_PART`."""

_LEAST_COLUMN = 14
"""Cells below which a side in a column of its own is cut too short to be read."""
_MOST_LABEL = 30
_MOST_WORDS_LINES = 3
_MOST_FOLDED_LINES = 2


@dataclass(frozen=True, slots=True)
class Folding:
    """What of the agreed parts is shown: all, those of some records, or none."""

    everything: bool = False
    places: "frozenset[Place]" = field(default_factory=frozenset)

    def shows(self, place: "Place") -> bool:
        """Whether what is agreed of a record is shown."""
        return self.everything or place in self.places

    @property
    def opposite(self) -> "Folding":
        """All shown where something is folded, else all folded."""
        return Folding(everything=not self.everything)

    def turned(self, place: "Place") -> "Folding":
        """With the record shown if it was folded, else folded; from everything shown, only it."""
        if self.everything:
            return Folding()
        return Folding(places=self.places ^ {place})


def arranged(parts: "Sequence[Part]", folding: Folding) -> "tuple[list[Part], list[Part]]":
    """The parts in the order they are shown, and those that are folded.

    Records with a difference come first, in each the differences before what is agreed.
    """
    differing = {part.place for part in parts if part.differs}
    shown: list[Part] = []
    for place in dict.fromkeys(part.place for part in parts if part.place in differing):
        of_record = [part for part in parts if part.place == place]
        shown += [part for part in of_record if part.differs]
        if folding.shows(place):
            shown += [part for part in of_record if not part.differs and part.variable]
    rest = [part for part in parts if part.place not in differing]
    shown += [part for part in rest if folding.shows(part.place)]
    seen = {part.key for part in shown}
    folded = [
        part
        for part in parts
        if part.key not in seen and (part.variable or part.place not in differing)
    ]
    return shown, folded


@dataclass(frozen=True, slots=True)
class CaseLines:
    """The parts of a case as lines.

    Attributes:
        letters: The sides, in their order.
        shown: The parts that are shown (`arranged`).
        folded: Those that are not.
        focus: The number of the shown part in focus.
        taken: The side taken, by the key of a part.
        remarks: Notes on the passage and checks.
        whole: Whether nothing is cut to one line, though it is not in focus.
    """

    letters: Sequence[str]
    shown: "Sequence[Part]"
    folded: "Sequence[Part]"
    focus: int
    taken: "Mapping[tuple[Place, str], str]"
    remarks: "Sequence[Remark]" = ()
    whole: bool = False

    def fitting(self, width: int, height: int, *, columns: bool) -> list[OwnedLine]:
        """All lines at full length if there is room for so many, else what is not in focus cut."""
        whole = replace(self, whole=True).lines(width, columns=columns)
        return whole if len(whole) <= height else self.lines(width, columns=columns)

    def lines(self, width: int, *, columns: bool) -> list[OwnedLine]:
        """All lines, each with the part it is of.

        Args:
            width: Cells of a line.
            columns: Whether the sides stand in columns, as far as there is room for them.
        """
        label = min(_MOST_LABEL, width // 4)
        column = (width - label) // max(1, len(self.letters)) - len(BORDER)
        in_columns = columns and column >= _LEAST_COLUMN and len(self.letters) > 1
        lines: list[OwnedLine] = []
        if in_columns:
            lines.append((NO_PART, self._heads(label, column)))
        for number, part in enumerate(self.shown):
            if in_columns:
                before = self.shown[number - 1].place if number else ()
                if part.variable and part.place != before:
                    lines.append((number, self._record_line(part, label, column)))
                rows = self._in_columns(number, part, label, column)
            else:
                rows = self._stacked(number, part, width)
            lines += [(number, row) for row in rows]
        told = remark_lines(self.remarks, width, whole=self.whole)
        below = [*self._fold_lines(width), *told]
        return [*lines, *((NO_PART, row) for row in below)]

    # --- one below the other ---------------------------------------------------------------------

    def _stacked(self, number: int, part: "Part", width: int) -> Iterator[Line]:
        in_focus = number == self.focus
        sign = ">" if in_focus else " "
        style = "focus" if in_focus else "bold" if part.differs else PLAIN
        if not part.differs and part.variable:
            title = cut(f"{sign}={part.title}: ", width - _LEAST_COLUMN)
            yield ((title, style), (cut(_agreed_words(part), width - cells(title)), PLAIN))
        else:
            yield line(cut(f"{sign} {part.title}", width), style)
        for letters, said in _grouped(part, alone=in_focus):
            if part.differs or in_focus:
                yield from self._said_lines(part, letters, said, in_focus, width)

    def _said_lines(
        self, part: "Part", letters: Sequence[str], said: "Said", in_focus: bool, width: int
    ) -> Iterator[Line]:
        taken = self.taken.get(part.key) in letters
        name = f"{''.join(letters)} "
        room = width - 3 - cells(name)
        style = "chosen" if taken else "differs" if in_focus and part.differs else PLAIN
        told = _with_marks(said)
        words = _words(said)
        if in_focus and words and cells(f"{told}  {words}") <= room and not said.note:
            sign = "  *" if taken else "   "
            yield ((sign, "chosen"), (name, "key"), *line(told, style), (f"  {words}", "dim"))
            return
        broken = wrap(told, room) if in_focus or self.whole else [(0, len(told))]
        for at, (first, last) in enumerate(broken):
            head = name if not at else " " * cells(name)
            text = cut(told[first:last], room)
            yield (("  *" if taken and not at else "   ", "chosen"), (head, "key"), (text, style))
        if in_focus:
            yield from _behind(said, width, 3 + cells(name))

    # --- beside each other -----------------------------------------------------------------------

    def _heads(self, label: int, column: int) -> Line:
        heads = [(BORDER, "dim", padded(f" {letter}", column)) for letter in self.letters]
        return (
            (" " * label, PLAIN),
            *(piece for sign, style, head in heads for piece in ((sign, style), (head, "key"))),
        )

    def _record_line(self, part: "Part", label: int, column: int) -> Line:
        """The name of a record above its parts."""
        blank = ((BORDER, "dim"), (" " * column, PLAIN))
        return ((padded(f"  {part.record}", label), PLAIN), *(blank * len(self.letters)))

    def _in_columns(self, number: int, part: "Part", label: int, column: int) -> Iterator[Line]:
        in_focus = number == self.focus
        sign = ">" if in_focus else " "
        sign += " " if part.differs or not part.variable else "="
        style = "focus" if in_focus else "bold" if part.differs else PLAIN
        title = part.name
        indent = "  " if part.place and part.variable else ""
        room = label - 3 - len(indent)
        broken = wrap(title, room) if in_focus or self.whole else [(0, len(title))]
        labels = [
            line(padded(f"{sign if not at else '  '}{indent}{title[a:b]}", label - 1), style)
            for at, (a, b) in enumerate(broken)
        ]
        columns = [self._column(part, letter, in_focus, column) for letter in self.letters]
        for at in range(max(map(len, (labels, *columns)))):
            pieces = list(_filled(labels, at, label))
            for rows in columns:
                pieces += [(BORDER, "dim"), *_filled(rows, at, column)]
            yield tuple(pieces)

    def _column(self, part: "Part", letter: str, in_focus: bool, width: int) -> list[Line]:
        said = part.said[letter]
        taken = self.taken.get(part.key) == letter
        style = "chosen" if taken else "differs" if in_focus and part.differs else PLAIN
        sign = "*" if taken else " "
        told = _with_marks(said)
        if not (in_focus or self.whole):
            return [((sign, "chosen"), (cut(told, width - 2), style))]
        rows: list[Line] = [
            ((sign if not at else " ", "chosen"), (cut(told[a:b], width - 2), style))
            for at, (a, b) in enumerate(wrap(told, width - 2))
        ]
        return [*rows, *(_behind(said, width - 1, 1) if in_focus else ())]

    # --- what is agreed --------------------------------------------------------------------------

    def _fold_lines(self, width: int) -> list[Line]:
        if not self.folded:
            return []
        # Loads numpy; the screen is painted before that is done.
        from annotator.work.side_by_side import in_brief

        said = "; ".join(in_brief(self.folded))
        lines = paragraph(f"= agreed: {said}", width - 1, "dim", 1)
        if len(lines) > _MOST_FOLDED_LINES:
            shown = "".join(text for text, _ in lines[_MOST_FOLDED_LINES - 1])
            lines = [*lines[: _MOST_FOLDED_LINES - 1], line(cut(f"{shown} …", width), "dim")]
        return lines


def remark_lines(found: "Sequence[Remark]", width: int, *, whole: bool = False) -> list[Line]:
    """Notes on the passage and checks, each with the letters of its sides.

    Args:
        found: The remarks.
        width: Cells of a line.
        whole: Whether each takes as many lines as it needs, and not one.
    """
    lines: list[Line] = []
    for one in found:
        head = f" {''.join(one.sides)} "
        if one.kind is None:
            said = f"note: {one.text}"
        else:
            where = f"{one.record}: " if one.record else ""
            stands = f" (stands: {one.stands})" if one.stands else ""
            said = f"{one.check} {where}{one.text}{stands}"
        style = "missing" if one.kind is CheckKind.ERROR else PLAIN
        room = width - cells(head)
        if not whole:
            lines.append(((head, "key"), (cut(said, room), style)))
            continue
        for at, (first, last) in enumerate(wrap(said, room)):
            lines.append(
                ((head if not at else " " * cells(head), "key"), *line(said[first:last], style))
            )
    return lines


def whole_lines(
    letters: Sequence[str], parts: "Sequence[Part]", found: "Sequence[Remark]", width: int
) -> list[Line]:
    """Everything that the sides say, for a panel: nothing folded, nothing cut."""
    lines: list[Line] = []
    for part in parts:
        sign = " " if part.differs else "="
        lines.append(line(cut(f"{sign} {part.title}", width), "bold" if part.differs else PLAIN))
        for together, said in _grouped(part, alone=True):
            name = f"{''.join(together)} "
            told = _with_marks(said)
            for at, (first, last) in enumerate(wrap(told, width - 3 - cells(name))):
                head = name if not at else " " * cells(name)
                lines.append((("   ", PLAIN), (head, "key"), *line(told[first:last])))
            lines += _behind(said, width, 3 + cells(name), most=len(parts) + width)
    more = remark_lines(found, width, whole=True)
    return [*lines, *([()] if more else []), *more]


def window(rows: Sequence[OwnedLine], focus: int, room: int, top: int) -> int:
    """The first line to show, such that the part in focus is there, and moved as little as may be.

    Args:
        rows: All lines with the parts they are of.
        focus: The number of the part in focus.
        room: Lines there is room for.
        top: The first line that was shown before.
    """
    own = [number for number, (owner, _) in enumerate(rows) if owner == focus]
    first, last = (own[0], own[-1]) if own else (0, 0)
    begin = next((number for number, (owner, _) in enumerate(rows) if owner != NO_PART), 0)
    if first == begin and last < room:
        # What stands above the first part is seen with it.
        first = 0
    top = min(max(top, last + 1 - room), first)
    return max(0, min(top, len(rows) - room))


def _grouped(part: "Part", *, alone: bool) -> "Iterator[tuple[list[str], Said]]":
    """The sides with what they say, those that say the same together unless each stands alone."""
    groups: dict[object, list[str]] = {}
    for letter, said in part.said.items():
        groups.setdefault(letter if alone else (said.group, said.text), []).append(letter)
    for letters in groups.values():
        yield letters, part.said[letters[0]]


def _agreed_words(part: "Part") -> str:
    """What is agreed; where not every side has the record, the letters of those that do."""
    there = {letter: said for letter, said in part.said.items() if said.there}
    said = next(iter(there.values()))
    return said.text if len(there) == len(part.said) else f"{said.text} ({''.join(there)})"


def _with_marks(said: "Said") -> str:
    return f"{said.text} (unsure)" if said.unsure else said.text


def _words(said: "Said") -> str:
    return visible(" · ".join(f"“{span.text}”" for span in said.evidence))


def _behind(said: "Said", width: int, indent: int, most: int = _MOST_WORDS_LINES) -> Iterator[Line]:
    """The words and the note behind what a side says."""
    for text in (_words(said), f"note: {said.note}" if said.note else ""):
        lines = paragraph(text, width, "dim", indent) if text else []
        if len(lines) > most:
            last = "".join(piece for piece, _ in lines[most - 1])
            lines = [*lines[: most - 1], line(cut(f"{last} …", width), "dim")]
        yield from lines


def _filled(rows: Sequence[Line], at: int, width: int) -> Line:
    """A line of a column, filled up to its width; blank below the last one."""
    row = rows[at] if at < len(rows) else ()
    return (*row, (" " * max(0, width - length(row)), PLAIN))
