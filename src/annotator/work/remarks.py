"""What codings of a passage say beside their answers: notes, and the checks that fire on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.codebook.model import CheckKind, Codebook
from annotator.coding.checks import PassageContext, findings
from annotator.coding.model import Coding
from annotator.work.side_by_side import Part


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that some sides say, or that the codebook says of them.

    Attributes:
        sides: The letters of the sides.
        text: The note, or the sentence of the check.
        check: The id of the check; empty for a note on the passage.
        kind: What kind of check it is; None for a note.
        record: What the record is called that it is about; empty for the passage.
        stands: Why it stands, for a check that a coder let stand.
    """

    sides: tuple[str, ...]
    text: str
    check: str = ""
    kind: CheckKind | None = None
    record: str = ""
    stands: str = ""


def remarks(
    sides: Mapping[str, Coding],
    parts: Iterable[Part],
    codebook: Codebook,
    passage: PassageContext,
) -> tuple[Remark, ...]:
    """The notes on the passage, then every check that fires on some side, what is alike together.

    Args:
        sides: The codings by the letter of their side.
        parts: What they say (`annotator.work.side_by_side`), for what records are called.
        codebook: The codebook they were made under.
        passage: Their passage.
    """
    called = {
        (letter, said.record): part.record
        for part in parts
        for letter, said in part.said.items()
        if said.record
    }
    found: dict[Remark, list[str]] = {}
    for letter, coding in sides.items():
        if coding.note:
            found.setdefault(Remark((), coding.note), []).append(letter)
    for letter, coding in sides.items():
        for one in findings(coding, codebook, passage):
            if not one.missing:
                where = called.get((letter, one.record), "")
                check = one.check
                said = Remark((), one.sentence, check.id, check.kind, where, one.overridden)
                found.setdefault(said, []).append(letter)
    return tuple(
        Remark(tuple(letters), one.text, one.check, one.kind, one.record, one.stands)
        for one, letters in found.items()
    )
