"""The column of wide screens beside the questions: what the codebook says, notes, findings."""

from collections.abc import Mapping, Sequence

from annotator.coding.checks import Finding
from annotator.tui.form_lines import codebook_lines, findings_lines
from annotator.tui.lines import Line, cut, line, paragraph
from annotator.work.outline import Row

_MOST_OF_FINDINGS = 3
"""The part of the column that findings may take: a third."""


def entry_lines(
    row: Row,
    findings: Sequence[Finding],
    titles: Mapping[str, str],
    width: int,
    height: int,
    keys: tuple[str, str],
) -> list[Line]:
    """What helps with the row in focus, without a key pressed for it.

    Args:
        row: The row in focus. Of its codes those chosen are explained, before there is one all.
        findings: Every check that fires on the passage.
        titles: What the records are called, by id.
        width: Cells of a line.
        height: Lines there is room for.
        keys: Those that show what the codebook says whole, and all findings.
    """
    whole, all_findings = keys
    below = _findings(findings, titles, width, height // _MOST_OF_FINDINGS, all_findings)
    note = row.answer.note if row.answer is not None else ""
    if note:
        said = f"Note: {note}".split("\n")
        noted = [row for one in said for row in paragraph(one, width, "bold")]
        below = [line(""), *noted[: height // _MOST_OF_FINDINGS], *below]
    chosen = tuple(code for code in row.codes if code.id in row.chosen)
    shown = codebook_lines(row._replace(codes=chosen or row.codes), width)
    room = height - len(below)
    if len(shown) > room:
        left = len(shown) - room + 1
        shown = [*shown[: room - 1], line(cut(f"… {left} more lines: {whole}", width), "dim")]
    return [*shown, *below]


def _findings(
    findings: Sequence[Finding], titles: Mapping[str, str], width: int, most: int, key: str
) -> list[Line]:
    if not findings:
        return []
    lines = findings_lines(findings, titles, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], line(cut(f"… {key} lists all", width), "dim")]
    title = "─ Checks "
    return [line(title + "─" * (width - len(title)), "dim"), *lines]
