"""What the codebook says of the part in focus, with the letters of the sides beside their codes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.codebook.model import Code, Codebook, EvidenceRule, VariableType
from annotator.coding.content import NONE
from annotator.tui.form_lines import code_lines
from annotator.tui.lines import Line, cut, line, paragraph
from annotator.work.outline import YES_NO_CODES

if TYPE_CHECKING:
    # Loads numpy; the screen is painted before that is done.
    from annotator.work.side_by_side import Part


def entry_of(part: "Part", codebook: Codebook, width: int) -> list[Line]:
    """The entry of a part: its question and rules; the codes in dispute first, then the others.

    Args:
        part: The part.
        codebook: The codebook the codings were made under.
        width: Cells of a line.
    """
    question, more, codes = _asked(part, codebook)
    lines = paragraph(question, width, "bold")
    lines += [row for said in more for row in paragraph(said, width)]
    picked = {
        code.id: [letter for letter, said in part.said.items() if code.id in said.codes]
        for code in codes
    }
    for code in sorted(codes, key=lambda one: not picked[one.id]):
        letters = "".join(picked[code.id])
        head = f"{code.key or '·'}  {code.label}"
        lines.append(line(""))
        lines += _head(head, letters, width)
        lines += [((" " * 3, ""), *rule) for rule in code_lines(code, width - 3)]
    return lines


def _head(head: str, letters: str, width: int) -> Iterator[Line]:
    if not letters:
        yield line(cut(head, width), "title")
        return
    told = f"   {letters}"
    yield ((cut(head, width - len(told)), "chosen"), (told, "key"))


def _asked(part: "Part", codebook: Codebook) -> tuple[str, Sequence[str], Sequence[Code]]:
    """What is asked, what else the codebook says of it, and the codes there are."""
    unit = codebook.unit(part.unit)
    if not part.variable:
        must = {
            EvidenceRule.REQUIRED: "Each stands on words of the passage.",
            EvidenceRule.OPTIONAL: "Each may stand on words of the passage.",
            EvidenceRule.NONE: "None stands on words of the passage.",
        }[unit.evidence]
        asked = [f"· {one.question}" for one in codebook.variables_of(unit.id)]
        return f"Does the passage tell of this {unit.label.lower()}?", [must, *asked], ()
    if part.variable == NONE:
        reasons = [code for one in codebook.units for code in one.none_reasons]
        return "Why is there none in this passage?", (), reasons
    variable = codebook.variable(part.variable)
    codes = YES_NO_CODES if variable.type is VariableType.YES_NO else variable.codes
    return variable.question, [variable.help] if variable.help else (), codes
