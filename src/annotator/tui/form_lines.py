"""The side column and the status of the coding screen, as lines of styled text.

Pure functions of the session's rows: what is asked, what is answered, which keys pick what.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from annotator.codebook.model import CheckKind, Code, Variable, VariableType
from annotator.coding.checks import Finding
from annotator.coding.complete import Gap
from annotator.coding.model import Answer, State
from annotator.tui.cells import cells
from annotator.tui.keymap import KeyOf
from annotator.tui.lines import Line, cut, line, padded, paragraph, wrap
from annotator.work.outline import Row, RowKind

_SYNTAX = {
    VariableType.COUNT: (
        "9 exact    ~30 about",
        "12+ at least   <=40 at most",
        "10-15 range  12 (12-20)",
        "v12 a vague word",
    ),
    VariableType.DATE: (
        "2016-12-21   2016-12   2016",
        "2016-12-01..2016-12-07",
        "w at the end: a window",
    ),
    VariableType.NUMBER: ("a number: 3 or 2.5",),
}
_STATES_BY_LETTER = "n not stated u unknown x n/a"


def outline_lines(
    rows: tuple[Row, ...],
    focus: Row,
    gaps: list[Gap],
    doubted: Collection[str],
    width: int,
    height: int,
) -> list[tuple[Row, Line]]:
    """The questions with their answers, as many as fit, the one in focus among them.

    Args:
        rows: The outline of the coding.
        focus: The row the coder is on.
        gaps: What is missing.
        doubted: The ids of the records that a check fires on and nobody has answered yet.
        width: Cells of a line.
        height: Lines there is room for.

    Returns:
        Each row that is shown, with its line.
    """
    outermost = _outermost(rows)
    shown = folded(rows, focus, outermost)
    missing = {(gap.record, gap.variable) for gap in gaps}
    unfolded = {row.place for row in shown}
    # A record without a line of its own speaks through the outermost one that it lies in.
    line_of = {
        record: record if (record, "") in unfolded else outermost[record] for record in outermost
    }
    hidden = Counter(
        line_of[gap.record] for gap in gaps if (gap.record, gap.variable) not in unfolded
    )
    doubtful = {line_of[record] for record in doubted}
    at = next((number for number, row in enumerate(shown) if row.place == focus.place), 0)
    top = max(0, min(at - height // 2, len(shown) - height))
    return [
        (
            row,
            _outline_line(
                row,
                row.place == focus.place,
                row.place in missing,
                _record_tail(row, hidden[row.record], row.record in doubtful),
                width,
            ),
        )
        for row in shown[top : top + height]
    ]


def folded(
    rows: tuple[Row, ...], focus: Row, outermost: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows without the inside of records that the coder is not in.

    Of the passage and the record in focus every question is there; of the records around it, of
    those inside it and of their neighbours only the line that stands for each.

    Args:
        rows: The outline of the coding.
        focus: The row the coder is on.
        outermost: For every record the one directly in the passage that it lies in, if known.
    """
    if outermost is None:
        outermost = _outermost(rows)
    here = outermost[focus.record]
    return [
        row
        for row in rows
        if row.record in ("", focus.record)
        or (row.kind is RowKind.RECORD and row.depth == 0)
        or (outermost[row.record] == here and row.kind in (RowKind.RECORD, RowKind.ADD))
    ]


def _outermost(rows: tuple[Row, ...]) -> dict[str, str]:
    """For every record the one directly in the passage that it lies in, or itself."""
    outermost = {"": ""}
    current = ""
    for row in rows:
        if row.kind is RowKind.RECORD and row.depth == 0:
            current = row.record
        outermost.setdefault(row.record, current)
    return outermost


def _record_tail(row: Row, hidden: int, doubted: bool) -> str:
    if row.kind is not RowKind.RECORD:
        return ""
    return f"{f'{hidden}!' if hidden else ''}{'W' if doubted else ''}"


def _outline_line(row: Row, in_focus: bool, missing: bool, more: str, width: int) -> Line:
    sign = "!" if missing else "*" if row.shown and not row.untouched else " "
    inferred = "i" if row.answer and row.answer.inferred else ""
    doubt = "?" if row.answer and row.answer.unsure else ""
    note = "+" if row.answer and row.answer.note else ""
    words = '"' if row.words else ""
    candidate = "c" if row.answer and row.answer.candidate else ""
    tail = f"{words}{candidate}{inferred}{doubt}{note}{more}"
    indent = " " * row.depth
    title = f"{indent}{row.title}"
    room = width - 2 - len(tail)
    answer_room = max(0, room - len(title) - 1)
    shown = f"{title} {cut(row.shown, answer_room)}" if answer_room > 3 else title
    text = padded(shown, room)
    if in_focus:
        return (
            (sign, "missing" if missing else "focus"),
            (">", "focus"),
            (text, "focus"),
            (tail, "focus"),
        )
    style = "bold" if row.kind is RowKind.RECORD else "dim" if row.untouched else ""
    return ((sign, "missing" if missing else "chosen"), (" ", ""), (text, style), (tail, "key"))


def picker_lines(row: Row, entry: str, width: int, height: int, key: KeyOf) -> list[Line]:
    """What can be picked or typed for the row in focus.

    Args:
        row: The row in focus.
        entry: What is being typed into its field.
        width: Cells of a line.
        height: Lines there is room for.
        key: The keys of actions.
    """
    if row.is_typed and row.variable is not None:
        return _typed_lines(row.variable, row.answer, entry, width, key)[:height]
    if not row.codes:
        return _mark_lines(row, width, key)[:height]
    none = row.answer is not None and row.answer.value == ()
    window = picker_window(row, height)
    lines = [
        _code_line(row, code, width)
        if code
        else _option(key("answer.none"), "none of these", none, 0, width)
        for code in window
    ]
    hidden = len(row.codes) + row.takes_several - len(window)
    if hidden:
        more = f"   … {hidden} more: keys work, {key('show.codebook')} shows all"
        lines.append(line(cut(more, width), "dim"))
    return lines


def picker_window(row: Row, height: int) -> list[Code | None]:
    """The codes that `picker_lines` shows where there is room for so many; None: none of these.

    Where not all fit, those around the last one chosen, and one less for the line that says so.
    """
    options: list[Code | None] = [*row.codes, *([None] if row.takes_several else [])]
    if len(options) <= height:
        return options
    chosen = [number for number, code in enumerate(row.codes) if code.id in row.chosen]
    top = max(0, min((chosen[-1] if chosen else 0) - height // 2, len(options) - height + 1))
    return options[top : top + max(0, height - 1)]


def _code_line(row: Row, code: Code, width: int) -> Line:
    depth = row.variable.depth(code.id) if row.variable and code.parent else 0
    return _option(code.key or " ", code.label, code.id in row.chosen, depth, width)


def _option(key: str, label: str, chosen: bool, depth: int, width: int) -> Line:
    sign, style = ("*", "chosen") if chosen else (" ", "")
    return (
        (sign, style),
        # The column has room for a sign; a longer name stands in the list of keys.
        (f"{key if len(key) == 1 else ' '} ", "key"),
        (cut(" " * depth + label, width - 3), style),
    )


def _typed_lines(
    variable: Variable, answer: Answer | None, entry: str, width: int, key: KeyOf
) -> list[Line]:
    shown = entry[-(width - 4) :]
    lines: list[Line] = [(("> ", "key"), (cut(shown, width - 3), "bold"), ("_", "cursor"))]
    if answer is not None and answer.state is not State.STATED:
        lines.append(line(f"  {answer.state.words}", "chosen"))
    elif answer is not None:
        lines.append(line(cut("  is an answer", width), "chosen"))
    elif entry:
        lines.append(line(cut("  is no answer yet", width), "missing"))
    else:
        lines.append(line(""))
    return [*lines, *syntax_lines(variable, width, key)]


def syntax_lines(variable: Variable, width: int, key: KeyOf) -> list[Line]:
    """What can be typed into the field of a variable."""
    if variable.type is VariableType.TEXT:
        on = f"  type; {key('answer.next')} or {key('answer.enter')} goes on"
        return [line(cut(on, width), "dim")]
    lines = [line(cut(f"  {text}", width), "dim") for text in _SYNTAX[variable.type]]
    return [*lines, line(cut(_STATES_BY_LETTER, width), "dim")]


def _mark_lines(row: Row, width: int, key: KeyOf) -> list[Line]:
    if row.kind is not RowKind.RECORD:
        return [line(cut("nothing to pick yet", width), "dim")]
    if not row.words:
        mark, sentence = key("mark.toggle"), key("mark.sentence")
        help_ = (
            "Mark the words it stands on:",
            f"{mark}, move, {mark}.",
            f"{sentence} marks a sentence.",
        )
        return [one for text in help_ for one in paragraph(text, width, "dim")]
    return paragraph(row.shown, width)


def check_sentence(finding: Finding, key: KeyOf) -> str:
    """A finding as the message line says it, with the key that deals with it."""
    say = {
        CheckKind.ERROR: "",
        CheckKind.WARN: f"  {key('check.stand')} lets it stand",
        CheckKind.CONFIRM: f"  {key('check.stand')}: it is so",
        CheckKind.OFFER: f"  {key('check.take')} takes it",
    }[finding.check.kind]
    return f"{finding.check.id} {finding.sentence}{say}"


def findings_lines(
    findings: Sequence[Finding], titles: Mapping[str, str], width: int
) -> list[Line]:
    """Every finding of a passage for the panel: where, what, and the reason it may stand."""
    lines: list[Line] = []
    for finding in findings:
        where = titles.get(finding.record, "Passage")
        head = f"{finding.check.id}  {where}  {finding.check.kind.value}"
        lines.append(line(cut(head, width), "dim" if finding.overridden else "title"))
        lines += paragraph(finding.sentence, width, indent=3)
        if finding.overridden:
            lines.append(line(cut(f"   stands: {finding.overridden}", width), "chosen"))
    return lines or [line("No check of the codebook fires on this passage.", "good")]


def codebook_lines(row: Row, width: int) -> list[Line]:
    """The codebook's entry for the row in focus: question, help, every code with its rules."""
    lines: list[Line] = []

    def say(text: str, style: str = "", indent: int = 0) -> None:
        lines.extend(paragraph(text, width, style, indent))

    say(row.question, "bold")
    if row.variable is not None and row.variable.help:
        say(row.variable.help)
    for code in row.codes:
        lines.append(line(""))
        say(f"{code.key or '·'}  {code.label}", "chosen" if code.id in row.chosen else "title")
        lines += [((" " * 3, ""), *rule) for rule in code_lines(code, width - 3)]
    return lines


def code_lines(code: Code, width: int) -> list[Line]:
    """The rules of a code: what it means, what to include and exclude, examples."""
    said = [(code.definition, "")] if code.definition else []
    for word, items in (
        ("include", code.include),
        ("exclude", code.exclude),
        ("example", code.examples),
        ("not", code.not_examples),
    ):
        said += [(f"{word}: {item}", "dim" if word == "example" else "") for item in items]
    return [line(text[a:b], style) for text, style in said for a, b in wrap(text, width)]


def keys_lines(keys: list[tuple[str, str]], width: int) -> list[Line]:
    """The list of keys for the panel."""
    lines: list[Line] = []
    column = max(cells(key) for key, _ in keys) + 1
    for key, what in keys:
        if not key:
            lines += [line(""), line(what, "title")]
            continue
        for number, (first, last) in enumerate(wrap(what, width - column)):
            name = padded(key if not number else "", column)
            lines.append(((name, "key"), *line(what[first:last])))
    return lines[1:]
