"""Help about what has the focus: what is asked, and the keys that work there."""

from collections.abc import Callable, Iterable, Sequence

from annotator.codebook.model import Code, EvidenceRule
from annotator.tui.form_lines import keys_lines, syntax_lines
from annotator.tui.lines import Line, line, paragraph
from annotator.work.outline import Row, RowKind

KeyAndTitle = Callable[[str], tuple[str, str]]
"""For the id of an action: its key as people read it, and its title."""

_TO_A_RECORD = ("mark.toggle", "mark.sentence", "record.copy", "record.remove")
_TO_A_DISAGREEMENT = (
    "part.settle",
    "unanimous.take",
    "side.unresolved",
    "coding.edit",
    "case.send_back",
    "settlement.undo",
    "part.next",
    "part.previous",
    "words.next",
    "review.note",
    "show.codebook",
    "show.case",
    "case.next",
)
_TO_AN_ANSWER = ("answer.unsure", "answer.note", "answer.clear")


def row_help(row: Row, key_of: KeyAndTitle, width: int) -> list[Line]:
    """What is asked on a row, and the keys that work there.

    Args:
        row: The row in focus.
        key_of: The key and the title of an action.
        width: Cells of a line.
    """
    lines = [line(row.title, "title"), *paragraph(row.question, width)]
    if row.variable is not None and row.variable.help:
        lines += paragraph(row.variable.help, width)
    if row.is_typed and row.variable is not None:
        lines += [line(""), *syntax_lines(row.variable, width, lambda one: key_of(one)[0])]
    picks = [(code.key or "-", code.label) for code in row.codes]
    keys = [*picks, *map(key_of, _ids(row))]
    return [*lines, line(""), *keys_lines([("", "Keys here"), *keys], width)]


def _ids(row: Row) -> Iterable[str]:
    if row.takes_several:
        yield "answer.none"
    if row.kind is RowKind.QUESTION:
        yield "answer.state"
        if row.variable is not None and row.variable.evidence is not EvidenceRule.NONE:
            yield "mark.toggle"
        yield from _TO_AN_ANSWER if row.answer is not None else ()
    elif row.kind is RowKind.RECORD:
        yield from _TO_A_RECORD
    elif row.kind is RowKind.ADD:
        yield "record.add"
    if row.codes:
        yield "show.codebook"
    yield from ("answer.enter", "answer.next", "answer.previous")


def sides_help(
    title: str,
    letters: Sequence[str],
    reasons: Sequence[Code],
    key_of: KeyAndTitle,
    width: int,
) -> list[Line]:
    """What a disagreement is about, and the keys that settle it.

    Args:
        title: The difference in focus; empty if there is none.
        letters: The letters of the sides, in the order of their keys.
        reasons: Why codings differ; the key of one settles what was chosen.
        key_of: The key and the title of an action.
        width: Cells of a line.
    """
    keys = [("", "Keys here")]
    for number, letter in enumerate(letters, 1):
        keys.append((str(number), f"Take all of {letter}"))
        keys.append((letter.lower(), f"Take this part from {letter}"))
    keys += map(key_of, _TO_A_DISAGREEMENT)
    keys.append(("", "Then why"))
    keys += [(code.key, f"{code.label}. {code.definition}") for code in reasons]
    about = paragraph(title, width) if title else []
    return [line("This disagreement", "title"), *about, line(""), *keys_lines(keys, width)]
