"""What the coding screen shows: the passage on the left, questions and codes on the right."""

from typing import TYPE_CHECKING

from annotator.codebook.model import PASSAGE, VariableType
from annotator.tui.base import WorkScreen
from annotator.tui.cells import cells
from annotator.tui.form_lines import check_sentence, outline_lines, picker_lines
from annotator.tui.keymap import Keymap
from annotator.tui.lines import Line, cut, length, line, padded, wrap
from annotator.tui.passage import LEAD, Highlight, PassageText
from annotator.work.outline import RowKind

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.work.focus import Change
    from annotator.work.session import CodingSession

_MOST_HEAD_LINES = 3
_FEWEST_ROWS = 5
_GUTTER = 2


class CodingView(WorkScreen):
    """The coding screen without its keys: the session and how it is painted."""

    def __init__(self, coder: str, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.coder = coder
        self.session: CodingSession | None = None
        self.text = PassageText("")
        self.saved = ""
        self._head_height = 0
        self._gutter = 0
        self._text_size = (0, 0)
        self._pressed_at = (0, 0)

    @property
    def ready(self) -> bool:
        """Whether the project has been opened."""
        return self.session is not None

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
        if not self.in_text and variable is not None and variable.type is VariableType.TEXT:
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
        if not self._session.codebook.units_in(PASSAGE):
            self._gutter = 0
            return [*head, *self.text.view(width, room, self._highlights())]
        # The number of the record whose words stand on a line, for eyes that see no colour. The
        # room is there before the first record is, so that no line is broken anew for it.
        self._gutter = _GUTTER
        names = self._names_of_spans()
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
        lines = [line(f" {cut(about, width - LEAD)}", "dim")] if about else []
        if report.headline:
            broken = wrap(report.headline, width - LEAD)[: _MOST_HEAD_LINES - len(lines)]
            lines += [line(f" {report.headline[first:last]}", "dim") for first, last in broken]
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
        rule = line(title + "─" * (width - cells(title)), "dim")
        return [*rows, rule, *picker_lines(row, session.entry, width, height - len(rows) - 1)]

    # --- showing what was done --------------------------------------------------------------------

    def _after_answer(self, change: "Change") -> None:
        if not change.refused:
            self.text.drop_mark()
            self.in_text = False
        self._show(change)

    def _show(self, change: "Change") -> None:
        if not change.refused:
            self.saved = "saved"
        self._show_move(change)

    def _open_passage(self) -> None:
        item = self._session.item
        self.text = PassageText(item.text, item.start, self._session.focus.cursor)
        self.saved = ""

    def _moved(self) -> None:
        self._session.move_cursor(self.text.cursor)

    def _show_move(self, change: "Change") -> None:
        """A move changes nothing that could be saved, so it does not claim to be."""
        if change.passage:
            self._open_passage()
        self.say(change.message, refused=change.refused, neutral=change.unfinished)


def _touching(names: list[tuple[int, int, str]], first: int, last: int) -> str:
    """The records whose words stand on a line: the number of one, a plus for several."""
    found = {name for start, end, name in names if start < last and first < end}
    return "+" if len(found) > 1 else "".join(found)


def _beside(left: Line, right: Line, width: int, border: str) -> Line:
    """A line of the left column filled to its width, the border, a line of the right column."""
    style = "dim" if border == "│" else "key"
    return (*left, (" " * max(0, width - length(left)), ""), (border, style), *right)
