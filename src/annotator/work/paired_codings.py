"""Codings that stand in pairs, as two coders: a coding and a known answer, or a coder's own two.

So everything that is measured between coders can be measured between the two of each pair.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from annotator.codebook.model import Codebook
from annotator.coding.content import Form
from annotator.work.compared_codings import ComparedCodings
from annotator.work.matrices import Coded


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codings of one passage as plain data.

    Attributes:
        place: Key of the report and number of the passage.
        forms: The two.
        submitted_at: When the later of them was submitted.
    """

    place: tuple[str, int]
    forms: tuple[Form, Form]
    submitted_at: datetime


def paired_codings(
    round_name: str, codebook: Codebook, pairs: Iterable[Pair], names: tuple[str, str]
) -> ComparedCodings:
    """Pairs of codings as what two coders said.

    Args:
        round_name: The round they are from.
        codebook: The codebook of both.
        pairs: The pairs; several may be of one passage.
        names: What stands for the first and the second of each.
    """
    there = list(enumerate(pairs))
    coded = Coded.of((number, name) for number, _ in there for name in names)
    cells = [
        (coded.cells[number, name], form, pair)
        for number, pair in there
        for name, form in zip(names, pair.forms, strict=True)
    ]
    return ComparedCodings(
        round_name,
        "first",
        codebook,
        (codebook.version,),
        (),
        coded,
        {cell: form for cell, form, _ in cells},
        {number: pair.place for number, pair in there},
        dict.fromkeys((cell for cell, _, _ in cells), codebook.version),
        {cell: pair.submitted_at for cell, _, pair in cells},
    )
