"""What the coding screen shows: the passage, and around it what is asked about it."""

from typing import TYPE_CHECKING, NamedTuple

from annotator.codebook.model import PASSAGE, VariableType
from annotator.tui.base import BODY_TOP
from annotator.tui.choice_keys import ChoiceKeys
from annotator.tui.columns import Painted, beside
from annotator.tui.entry_lines import entry_lines
from annotator.tui.evidence import Evidence
from annotator.tui.form_blocks import FormBlocks
from annotator.tui.form_lines import check_sentence
from annotator.tui.keymap import Keymap
from annotator.tui.layout import BORDER, Layout, layout_for
from annotator.tui.lines import PLAIN, Line, cut, line, padded, wrap
from annotator.tui.passage import LEAD, Highlight, PassageText
from annotator.work.outline import Row, RowKind

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.coding.model import Coding
    from annotator.work.focus import Change
    from annotator.work.session import CodingSession

_MOST_HEAD_LINES = 3
_LITTLE_ROOM = 12
"""Lines for the passage below which its head is a line."""
_MOST_OF_STRIP = 2
"""The part of the screen that the codes may take under the passage: half of it."""
_GUTTER = 2


class _Form(NamedTuple):
    """What stands beside and below the passage, and of what: the rows are new with any change."""

    rows: tuple[Row, ...]
    made_for: tuple[object, ...]
    side: list[Painted]
    strip: list[Painted]
    entry: list[Painted]


class CodingView(ChoiceKeys):
    """The coding screen without its keys: the session and how it is painted."""

    def __init__(self, coder: str, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.coder = coder
        self.session: CodingSession | None = None
        self.text = PassageText("")
        self.saved = ""
        self._painted: list[Painted] = []
        self._form_of: _Form | None = None
        self._evidence_of: tuple[Coding, Evidence] | None = None
        self._head_height = 0
        self._gutter = 0
        self._text_size = (0, 0)

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
        if finding:
            return check_sentence(finding, self.key)
        row = self.session.row
        if row.kind is not RowKind.NONE:
            return row.question
        return f"{row.question} {self.key('record.add_outer')} adds a {row.unit.label.lower()}."

    def hint_text(self, width: int) -> str:
        """In a text nearly every key is typed, so nothing else is promised there."""
        variable = self._session.row.variable
        if not self.in_text and variable is not None and variable.type is VariableType.TEXT:
            ids = ("answer.next", "answer.previous", "answer.enter")
            following, before, on = map(self.key, ids)
            return f"{following} next  {before} back  {on} on  every other key is typed"
        return super().hint_text(width)

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The passage, and beside or below it what is asked, as `annotator.tui.layout` says."""
        layout = layout_for(width)
        form = self._form(layout, width, height)
        upper = height - len(form.strip)
        left = layout.text(width)
        texts = [Painted(one) for one in self._passage_lines(left - 1, upper)]
        self._text_size = (left, upper)
        self._painted = beside(texts, left, form.side, self._borders(upper))
        if layout.entry:
            at = left + len(BORDER) + layout.side
            self._painted = beside(self._painted, at, form.entry, [BORDER] * height)
        self._painted += form.strip
        return [painted.line for painted in self._painted]

    def _form(self, layout: Layout, width: int, height: int) -> "_Form":
        """What stands around the passage; made anew only when something of it may be another."""
        session = self._session
        made_for = (session.row.place, session.entry, width, height)
        form = self._form_of
        if form is None or form.rows is not session.rows or form.made_for != made_for:
            blocks = FormBlocks(
                session.rows, session.row, session.entry, session.lacks, session.doubted, self.key
            )
            most = -(-height // _MOST_OF_STRIP)
            strip = blocks.strip(width, most) if layout.codes_below else []
            side = blocks.questions if layout.codes_below else blocks.column
            entry = self._entry_lines(layout.entry, height) if layout.entry else []
            beside_it = side(layout.side, height - len(strip))
            form = self._form_of = _Form(session.rows, made_for, beside_it, strip, entry)
        return form

    def _borders(self, height: int) -> list[str]:
        """The border beside the passage, which says that there is more to read."""
        above, total = self.text.more
        borders = [BORDER] * height
        if above:
            borders[self._head_height] = "↑"
        if total - above > height - self._head_height:
            borders[-1] = "↓"
        return borders

    def _passage_lines(self, width: int, height: int) -> list[Line]:
        head = self._head_lines(width - LEAD, height)
        self._head_height = len(head)
        room = height - len(head)
        evidence = self._evidence
        if not self._session.codebook.units_in(PASSAGE):
            self._gutter = 0
            return [*head, *self.text.view(width, room, self._highlights())]
        # The number of the record whose words stand on a line, for eyes that see no colour. The
        # room is there before the first record is, so that no line is broken anew for it.
        self._gutter = _GUTTER
        lines = self.text.view(width - _GUTTER, room, self._highlights())
        numbers = (evidence.numbers_on(*shown) for shown in self.text.shown)
        margins = ((padded(number, _GUTTER), "key") for number in numbers)
        return [*head, *((margin, *row) for margin, row in zip(margins, lines, strict=True))]

    def kept_lines(self, width: int, height: int) -> list[Line]:
        """The passage, to be read while something is chosen below it."""
        return self._passage_lines(width, height)

    def _head_lines(self, width: int, height: int) -> list[Line]:
        """What the lead asks, and where the passage is from: a line where there is little room."""
        asked = self._sent_back_lines(width, height)
        return [*asked, *self._origin_lines(width, height - len(asked))]

    def _sent_back_lines(self, width: int, height: int) -> list[Line]:
        """The words of a lead who sent the passage back, in at most a third of the room."""
        if not (asked := self._session.item.sent_back):
            return []
        text = " ".join(f"Sent back: {asked}".split())
        broken = wrap(text, width)
        most = max(1, height // 3)
        shown = [text[first:last] for first, last in broken[:most]]
        if len(broken) > most:
            shown[-1] = cut(text[broken[most - 1][0] :], width)
        return [line(f" {part}", "bold") for part in shown]

    def _origin_lines(self, width: int, height: int) -> list[Line]:
        report = self._session.item.report
        about = " · ".join(part for part in (report.date, report.publisher) if part)
        lines = [line(f" {cut(about, width)}", "dim")] if about else []
        if height < _LITTLE_ROOM:
            return lines
        if report.headline:
            broken = wrap(report.headline, width)[: _MOST_HEAD_LINES - len(lines)]
            lines += [line(f" {report.headline[first:last]}", "dim") for first, last in broken]
        return [*lines, line("")] if lines else []

    @property
    def _evidence(self) -> Evidence:
        """The words behind the coding as it stands."""
        session = self._session
        if self._evidence_of is None or self._evidence_of[0] is not session.coding:
            evidence = Evidence(session.coding, session.rows, session.item.start)
            self._evidence_of = (session.coding, evidence)
        return self._evidence_of[1]

    def _highlights(self) -> list[Highlight]:
        """What is highlighted in the passage, later ones over earlier ones."""
        return self._evidence.highlights(self._session.row)

    def _entry_lines(self, width: int, height: int) -> list[Painted]:
        session = self._session
        titles = {row.record: row.title for row in session.rows if row.kind is RowKind.RECORD}
        keys = (self.key("show.codebook"), self.key("check.list"))
        lines = entry_lines(session.row, session.findings, titles, width - LEAD, height, keys)
        return [Painted(((" " * LEAD, PLAIN), *one)) for one in lines]

    def cursor_place(self) -> tuple[int, int]:
        """The word under the cursor, for who reads the screen by its cursor."""
        over = (self.panel, self.prompt, self.chooser)
        if not self.ready or any(one is not None for one in over):
            return super().cursor_place()
        cell, number = self.text.cursor_cell
        return self._gutter + cell, BODY_TOP + self._head_height + number

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
        if self.text.mark is None:
            here = self.text.words[self.text.word]
            self.say(self._evidence.said_of(*here), neutral=True)

    def _show_move(self, change: "Change") -> None:
        """A move changes nothing that could be saved, so it does not claim to be."""
        if change.passage:
            self._open_passage()
        self.say(change.message, refused=change.refused, neutral=change.unfinished)
