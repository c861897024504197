"""The coding screen: the passage beside the questions, one key an answer."""

from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from annotator.codebook.model import CheckKind, VariableType
from annotator.coding.model import Span
from annotator.tui.actions import CODING
from annotator.tui.base import Panel, Prompt, WorkScreen
from annotator.tui.form_lines import (
    check_sentence,
    codebook_lines,
    findings_lines,
    outline_lines,
    picker_lines,
)
from annotator.tui.lines import Line, cut, length, line, padded, wrap
from annotator.tui.passage import Highlight, PassageText
from annotator.work.outline import RowKind

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.work.focus import Change
    from annotator.work.session import CodingSession

_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_SIGNS = {
    VariableType.COUNT: frozenset(_DIGITS + "~<>=≤≥vnux"),
    VariableType.DATE: frozenset(_DIGITS + "nux"),
    VariableType.NUMBER: frozenset(_DIGITS + "-.nux"),
}
"""What goes into a field; every other key picks or commands as it does outside of one."""
_INNER_SIGNS = {
    VariableType.COUNT: frozenset("+-–(),"),
    VariableType.DATE: frozenset("-.we"),
    VariableType.NUMBER: frozenset(),
}
"""What goes into a field once something stands there."""
_MOST_HEAD_LINES = 3
_FEWEST_ROWS = 5
_GUTTER = 2


class CodingScreen(WorkScreen):
    """Steps one coder through their passages.

    The session does everything; this shows it and turns keys into its methods.
    """

    GROUPS = CODING
    LOOKING = frozenset({"passage.next", "passage.previous", "passage.open"})

    def __init__(self, coder: str) -> None:
        super().__init__()
        self.coder = coder
        self.session: CodingSession | None = None
        self.text = PassageText("")
        self.saved = ""
        self._head_height = 0
        self._gutter = 0
        self._text_size = (0, 0)

    @property
    def ready(self) -> bool:
        """Whether the project has been opened."""
        return self.session is not None

    def begin(self, session: "CodingSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_passage()
        if session.focus.note is not None and session.row.answer is not None:
            self._write_note(session.focus.note)
        self.begin_work()

    @property
    def _session(self) -> "CodingSession":
        if self.session is None:
            raise RuntimeError("the session is used before the project is open")
        return self.session

    # --- painting --------------------------------------------------------------------------------

    def status_text(self) -> tuple[str, str]:
        """Who codes what where, and how much is done."""
        if self.session is None:
            return f"annotator · {self.coder}", "opening the project …"
        item, progress = self.session.item, self.session.progress
        where = f"{item.report.name} ¶{item.number}/{item.report.passages}"
        state = " · submitted" if item.submitted is not None else ""
        if self.session.is_revision:
            state = " · changed"
        left = f"{self.coder} · {self.session.desk.round.name} · {where}{state}"
        changed = self.session.unsubmitted
        more = f" · {changed} changed" if changed else ""
        return left, f"done {progress.done}/{progress.assigned}{more}  {self.saved}"

    def failed(self) -> None:
        """Claim no longer that all is saved."""
        self.saved = ""

    def idle_message(self) -> str:
        """The first check that fires on the record in focus, else the question."""
        if self.session is None:
            return ""
        finding = self.session.finding_here()
        return check_sentence(finding) if finding else self.session.row.question

    def hint_text(self, width: int) -> str:
        """In a text nearly every key is typed, so nothing else is promised there."""
        variable = self._session.row.variable
        if variable is not None and variable.type is VariableType.TEXT:
            return "Tab next  Shift+Tab back  Enter on  every other key is typed"
        return super().hint_text(width)

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The passage on the left, questions and codes on the right."""
        side = 26 if width < 80 else 30 if width < 110 else 40
        left = width - side - 1
        self._text_size = (left, height)
        texts = self._passage_lines(left - 1, height)
        forms = self._form_lines(side, height)
        above, total = self.text.more
        below = total - above - (len(texts) - self._head_height)
        borders = ["│"] * height
        # The border says that there is more to read; no word of the passage is given up for it.
        if above:
            borders[self._head_height] = "↑"
        if below > 0:
            borders[-1] = "↓"
        return [
            _beside(
                texts[number] if number < len(texts) else (),
                forms[number] if number < len(forms) else (),
                left,
                borders[number],
            )
            for number in range(height)
        ]

    def _passage_lines(self, width: int, height: int) -> list[Line]:
        head = self._head_lines(width)
        self._head_height = len(head)
        room = height - len(head)
        names = self._names_of_spans()
        if not names:
            self._gutter = 0
            return [*head, *self.text.view(width, room, self._highlights())]
        # The number of the record whose words stand on a line, for eyes that see no colour.
        self._gutter = _GUTTER
        lines = self.text.view(width - _GUTTER, room, self._highlights())
        shown = self.text.shown
        return [
            *head,
            *(
                ((padded(_touching(names, *shown[number]), _GUTTER), "key"), *row)
                for number, row in enumerate(lines)
            ),
        ]

    def _names_of_spans(self) -> list[tuple[int, int, str]]:
        """The stretches that whole records stand on, each with the outermost record's number."""
        start = self._session.item.start
        numbers: dict[str, str] = {}
        number = ""
        for row in self._session.rows:
            if row.kind is RowKind.RECORD:
                number = row.title.rsplit(" ", 1)[-1] if row.depth == 0 else number
                numbers[row.record] = number
        return [
            (span.start - start, span.end - start, numbers[record])
            for record, name, span in self._session.coding.spans()
            if record and not name
        ]

    def _head_lines(self, width: int) -> list[Line]:
        report = self._session.item.report
        about = " · ".join(part for part in (report.publisher, report.date) if part)
        lines = [line(cut(about, width), "dim")] if about else []
        if report.headline:
            broken = wrap(report.headline, width)[: _MOST_HEAD_LINES - len(lines)]
            lines += [line(report.headline[first:last], "dim") for first, last in broken]
        return [*lines, line("")] if lines else []

    def _highlights(self) -> list[Highlight]:
        session = self._session
        start = session.item.start
        here = session.row
        others, own = [], []
        for record, name, span in session.coding.spans():
            stretch = (span.start - start, span.end - start)
            mine = (record, name) == here.place or (record and record == here.record and not name)
            if mine:
                own.append(Highlight(*stretch, "evidence"))
            else:
                others.append(Highlight(*stretch, "other evidence"))
        return [*others, *own]

    def _form_lines(self, width: int, height: int) -> list[Line]:
        session = self._session
        row = session.row
        picker = picker_lines(row, session.entry, width, height)
        room = max(min(len(session.rows), _FEWEST_ROWS), height - 1 - len(picker))
        rows = outline_lines(session.rows, row, session.lacks, session.doubted, width, room)
        title = f"─ {cut(row.title, width - 4)} "
        rule = line(title + "─" * (width - cell_len(title)), "dim")
        return [*rows, rule, *picker_lines(row, session.entry, width, height - len(rows) - 1)]

    # --- keys that answer ------------------------------------------------------------------------

    def answer_key(self, key: str) -> bool:
        """Give the key to the field being typed in, or to the code it stands for."""
        session = self._session
        row = session.row
        if row.is_typed and row.variable is not None and self._types(key, row.variable.type):
            if key == "backspace":
                self._show(session.type_backspace())
            else:
                self._show(session.type_key(" " if key == "space" else key))
            return True
        if len(key) == 1 and (key.islower() or key.isdigit()):
            change = session.press(key, self.text.mark)
            if change is None:
                return False
            self._after_answer(change)
            return True
        return False

    def take_paste(self, text: str) -> None:
        """Put pasted text into the field in focus."""
        session = self._session
        if session.row.is_typed:
            self._show(session.type_key(text))

    def _types(self, key: str, kind: VariableType) -> bool:
        """Whether a key goes into the field: any character of a text, else what numbers take."""
        if key == "backspace":
            return True
        if kind is VariableType.TEXT:
            return len(key) == 1 or (key == "space" and bool(self._session.entry))
        begun = bool(self._session.focus.entry)
        if key == "space":
            # Within `12 (12-20)` or `2016 w`; anywhere else it marks words.
            inside = begun and not self._session.focus.entry.endswith(" ")
            return inside and kind is not VariableType.NUMBER and self.text.anchor is None
        if begun and kind is VariableType.DATE and len(key) == 1 and key.isalpha():
            # `3 May 2014` is no date here; typed whole, it is refused whole, and M copies nothing.
            return True
        return key in _SIGNS[kind] or (begun and key in _INNER_SIGNS[kind])

    def _after_answer(self, change: "Change") -> None:
        if not change.refused:
            self.text.drop_mark()
        self._show(change)

    def _show(self, change: "Change") -> None:
        if not change.refused:
            self.saved = "saved"
        self._show_move(change)

    def _open_passage(self) -> None:
        item = self._session.item
        self.text = PassageText(item.text, item.start, self._session.focus.cursor)
        self.saved = ""

    # --- moving and marking ----------------------------------------------------------------------

    def _moved(self) -> None:
        self._session.move_cursor(self.text.cursor)

    def do_cursor_right(self) -> None:
        """Next word."""
        self.text.move_words(1)
        self._moved()

    def do_cursor_left(self) -> None:
        """Previous word."""
        self.text.move_words(-1)
        self._moved()

    def do_cursor_down(self) -> None:
        """One line down."""
        self.text.move_lines(1)
        self._moved()

    def do_cursor_up(self) -> None:
        """One line up."""
        self.text.move_lines(-1)
        self._moved()

    def do_cursor_line_start(self) -> None:
        """First word of the line."""
        self.text.move_to_line_end(-1)
        self._moved()

    def do_cursor_line_end(self) -> None:
        """Last word of the line."""
        self.text.move_to_line_end(1)
        self._moved()

    def do_cursor_next_sentence(self) -> None:
        """Next sentence."""
        self.text.move_sentences(1)
        self._moved()

    def do_cursor_previous_sentence(self) -> None:
        """Previous sentence."""
        self.text.move_sentences(-1)
        self._moved()

    def do_cursor_page_down(self) -> None:
        """A screenful down."""
        self.text.move_lines(self.app.size.height - 6)
        self._moved()

    def do_cursor_page_up(self) -> None:
        """A screenful up."""
        self.text.move_lines(-(self.app.size.height - 6))
        self._moved()

    def do_mark_toggle(self) -> None:
        """Begin to mark, or put what is marked behind the answer in focus."""
        if self.text.anchor is None:
            self.text.begin_mark()
            self.say("Marking: move to extend, then a code, or Space for the answer in focus.")
            return
        self._mark(self.text.mark)

    def _mark(self, span: Span | None) -> None:
        if span is not None:
            self._after_answer(self._session.mark(span))

    def do_mark_sentence(self) -> None:
        """Mark the sentence."""
        self.text.mark_sentence()
        self._moved()

    def do_mark_passage(self) -> None:
        """Mark the whole passage."""
        self.text.mark_all()
        self._moved()

    def do_mark_drop(self) -> None:
        """Forget the mark."""
        self.text.drop_mark()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the word that was clicked."""
        if self.ready and self.panel is None and self.prompt is None and not self.too_small:
            width, height = self._text_size
            line = event.screen_y - 1
            if event.screen_x < width and self._head_height <= line < height:
                self.text.go_to(line - self._head_height, max(0, event.screen_x - self._gutter))
                self._moved()
                self.paint()

    # --- answers ---------------------------------------------------------------------------------

    def do_answer_enter(self) -> None:
        """Submit and go on; from a field, go to the next question first."""
        session = self._session
        change = session.advance() if session.row.is_typed else session.submit()
        if change.passage or change.refused:
            self._show(change)
        else:
            self._show_move(change)

    def _show_move(self, change: "Change") -> None:
        """A move changes nothing that could be saved, so it does not claim to be."""
        if change.passage:
            self._open_passage()
        self.say(change.message, refused=change.refused, neutral=change.unfinished)

    def do_answer_next(self) -> None:
        """Next question."""
        self._show_move(self._session.move_row(1))

    def do_answer_previous(self) -> None:
        """Previous question."""
        self._show_move(self._session.move_row(-1))

    def do_answer_none(self) -> None:
        """None of these."""
        self._after_answer(self._session.pick_none())

    def do_answer_state(self) -> None:
        """Not stated, unknown, not applicable, in turn."""
        self._show(self._session.cycle_state())

    def do_answer_clear(self) -> None:
        """Take the answer away."""
        self._show(self._session.clear())

    def do_answer_unsure(self) -> None:
        """Unsure, or sure again."""
        self._show(self._session.toggle_unsure())

    def do_answer_note(self) -> None:
        """Write a note to the answer in focus."""
        answer = self._session.row.answer
        if answer is None:
            self.say("There is no answer here to write a note to.", refused=True)
            return
        self._write_note(answer.note)

    def _write_note(self, text: str) -> None:
        session = self._session
        self.prompt = Prompt(
            f"Note on {session.row.title}",
            text,
            lambda text: self._show(session.set_note(text)),
            session.write_note,
            "The note was left as it was.",
        )

    def do_answer_undo(self) -> None:
        """Undo."""
        self._show(self._session.undo())

    def do_answer_redo(self) -> None:
        """Redo."""
        self._show(self._session.redo())

    # --- records, passages, panels ---------------------------------------------------------------

    def _add(self, position: int) -> None:
        units = self._session.addable_units()
        if not units:
            self.say("This codebook has no repeating units to add.", refused=True)
            return
        unit, _ = units[position]
        self._show(self._session.add_record(unit.id))

    def do_record_add(self) -> None:
        """Add a record of the innermost unit here."""
        self._add(0)

    def do_record_add_outer(self) -> None:
        """Add a record directly in the passage."""
        self._add(-1)

    def do_record_copy(self) -> None:
        """Copy the record in focus."""
        self._show(self._session.copy_record())

    def do_record_up(self) -> None:
        """Move the record before its neighbour."""
        self._show(self._session.shift_record(-1))

    def do_record_down(self) -> None:
        """Move the record after its neighbour."""
        self._show(self._session.shift_record(1))

    def do_check_stand(self) -> None:
        """Let a warning or a question stand, with a reason."""
        session = self._session
        finding = session.finding_here(CheckKind.WARN, CheckKind.CONFIRM)
        # With nothing left to decide, the reason last given may be mended, or emptied to take
        # it back.
        finding = finding or session.standing_here()
        if finding is None:
            self.say("No check fires here that could stand; F lists all.", refused=True)
            return
        self.prompt = Prompt(
            f"{finding.check.id} stands because",
            finding.overridden,
            lambda reason: self._show(session.override(finding, reason)),
        )

    def do_check_take(self) -> None:
        """Take the first offer on the record in focus."""
        finding = self._session.finding_here(CheckKind.OFFER)
        if finding is None:
            self.say("The codebook offers nothing here.", refused=True)
        else:
            self._show(self._session.take_offer(finding))

    def do_check_list(self) -> None:
        """List every check that fires on the passage."""
        session = self._session
        titles = {row.record: row.title for row in session.rows if row.kind is RowKind.RECORD}
        self.panel = Panel("Checks", lambda width: findings_lines(session.findings, titles, width))

    def do_record_remove(self) -> None:
        """Remove the record in focus."""
        self._show(self._session.remove_record())

    def do_record_next(self) -> None:
        """Next record."""
        self._show_move(self._session.move_record(1))

    def do_record_previous(self) -> None:
        """Previous record."""
        self._show_move(self._session.move_record(-1))

    def do_passage_next(self) -> None:
        """Next passage."""
        self._show_move(self._session.step_passage(1))

    def do_passage_previous(self) -> None:
        """Previous passage."""
        self._show_move(self._session.step_passage(-1))

    def do_passage_open(self) -> None:
        """Next passage that is not coded yet."""
        self._show_move(self._session.next_open())

    def do_show_codebook(self) -> None:
        """Show the codebook entry of the question in focus."""
        row = self._session.row
        self.panel = Panel(row.title, partial(codebook_lines, row))

    def do_app_quit(self) -> None:
        """Write down where the coder is, and leave, even if that cannot be written."""
        reminder = ""
        try:
            if self.session is not None:
                self.session.keep_place()
                reminder = self.session.reminder
        finally:
            # Said on the terminal the coder comes back to.
            self.app.exit(message=reminder or None)


def _touching(names: list[tuple[int, int, str]], first: int, last: int) -> str:
    """The records whose words stand on a line: the number of one, a plus for several."""
    found = {name for start, end, name in names if start < last and first < end}
    return "+" if len(found) > 1 else "".join(found)


def _beside(left: Line, right: Line, width: int, border: str) -> Line:
    """A line of the left column filled to its width, the border, a line of the right column."""
    style = "dim" if border == "│" else "key"
    return (*left, (" " * max(0, width - length(left)), ""), (border, style), *right)
