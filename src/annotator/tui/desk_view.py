"""What a lead's desk shows: one pane at a time, or beside it what stands behind its figures."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.tui.base import BODY_TOP
from annotator.tui.columns import Painted, beside
from annotator.tui.desk_lines import Drill, Row, Table, matrix_lines, table_lines
from annotator.tui.keymap import Keymap
from annotator.tui.layout import BORDER
from annotator.tui.lines import PLAIN, Line, cut, line, paragraph
from annotator.tui.pointing import PointedScreen

if TYPE_CHECKING:
    # Load the database library or numpy; the screen is painted before that is done.
    from annotator.store.places import Place
    from annotator.tui.desk_tables import Pane
    from annotator.work.confusion import VariableConfusion
    from annotator.work.lead_desk import DeskReading, LeadDesk

_WIDE = 120
"""Columns from which something stands beside the pane."""
_MOST_BESIDE = 12
"""Passages that are shown beside a pane."""
_TAB = "pane "
_COVERED = "(tagged as graphic; opened, a key shows its words)"


class DeskPanes(PointedScreen):
    """A lead's desk without its keys: what was read, and how it is painted."""

    def __init__(self, lead: str, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.lead = lead
        self.desk: LeadDesk | None = None
        self.reading: DeskReading | None = None
        self.pane_at = 0
        self.question_at = 0
        # For each pane the key of the row in focus, and where it was; a cell by its values.
        self._rows_at: dict[int, tuple[Hashable, int]] = {}
        self._cells_at: dict[str, tuple[str, str]] = {}
        self._shown: list[Painted] = []
        self._words: dict[Place, str] = {}
        # What was made of the present reading.
        self._tables: dict[Pane, Table] = {}

    @property
    def ready(self) -> bool:
        """Whether something has been read."""
        return self.reading is not None

    def take(self, reading: "DeskReading") -> None:
        """Show another reading from now on."""
        self.reading = reading
        self._tables.clear()

    # --- what is in focus ------------------------------------------------------------------------

    @property
    def pane(self) -> "Pane":
        """The pane in focus."""
        from annotator.tui.desk_tables import PANES

        return PANES[self.pane_at]

    @property
    def is_matrix(self) -> bool:
        """Whether the pane in focus is a matrix, and not a table."""
        return self.question is not None

    @property
    def question(self) -> "VariableConfusion | None":
        """The question whose confusions are in focus; None in every other pane."""
        from annotator.tui.desk_figures import confusions_in
        from annotator.tui.desk_tables import Pane

        if self.pane is not Pane.CONFUSION or self.reading is None:
            return None
        found = confusions_in(self.reading)
        return found[self.question_at % len(found)] if found else None

    def table(self, pane: "Pane | None" = None) -> Table:
        """The table of a pane, by default of the one in focus."""
        from annotator.tui.desk_tables import table_of

        pane = pane or self.pane
        if pane not in self._tables:
            self._tables[pane] = table_of(pane, self._reading)
        return self._tables[pane]

    @property
    def _reading(self) -> "DeskReading":
        if self.reading is None:
            raise RuntimeError("the desk is used before anything was read")
        return self.reading

    def row_at(self, table: Table, pane_at: int | None = None) -> int:
        """The number of the row in focus: the one it was on, wherever that is by now."""
        key, at = self._rows_at.get(self.pane_at if pane_at is None else pane_at, (None, 0))
        found = next((number for number, row in enumerate(table.rows) if row.key == key), at)
        return max(0, min(found, len(table.rows) - 1))

    def go_to_row(self, number: int) -> None:
        """Bring a row of the pane into focus, the nearest there is."""
        table = self.table()
        if table.rows:
            at = max(0, min(number, len(table.rows) - 1))
            self._rows_at[self.pane_at] = table.rows[at].key, at

    @property
    def row(self) -> Row | None:
        """The row in focus; None in a matrix and in an empty pane."""
        table = self.table()
        return table.rows[self.row_at(table)] if table.rows and not self.is_matrix else None

    def cell_at(self, found: "VariableConfusion") -> tuple[int, int]:
        """Row and column of the cell in focus: at first the one confused most often."""
        first, second = self._cells_at.get(found.variable, ("", ""))
        if first not in found.values or second not in found.values:
            confused = found.confused()
            if not confused:
                return 0, 0
            first, second = confused[0].first, confused[0].second
        return found.values.index(first), found.values.index(second)

    def go_to_cell(self, found: "VariableConfusion", row: int, column: int) -> None:
        """Bring a cell of a matrix into focus, the nearest there is."""
        most = len(found.values) - 1
        first, second = (found.values[max(0, min(at, most))] for at in (row, column))
        self._cells_at[found.variable] = first, second

    @property
    def drill(self) -> Drill | None:
        """The passages behind what is in focus."""
        from annotator.tui.desk_figures import cell_drill

        if (found := self.question) is not None:
            return cell_drill(found, self.cell_at(found))
        return self.row.drill if self.row is not None else None

    # --- painting --------------------------------------------------------------------------------

    def status_text(self) -> tuple[str, str]:
        """Whose desk it is, on which round, and as of when."""
        left = f"desk of {self.lead}"
        if self.reading is None:
            return left, "opening the project …"
        left += f" · {self.reading.status.project}"
        if self.reading.round is not None:
            left += f" · round {self.reading.round.row.name}, {self.reading.round.row.state.value}"
        return left, f"as of {self.reading.read_at:%H:%M:%S}"

    def idle_message(self) -> str:
        """How many alarms there are, wherever one looks."""
        figures = self.reading.figures if self.reading is not None else None
        if figures is None or figures.agreement.drift is None:
            return ""
        went = figures.agreement.drift
        count = len(went.alarms) + len(went.gold_alarms)
        if not count:
            return "No alarm in the newest windows of agreement."
        return f"{count} {'alarm' if count == 1 else 'alarms'}: see pane 4."

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The names of the panes, the pane in focus, and beside it what stands behind."""
        tabs = self._tabs(width)
        self._shown = [tabs, *self._panes(width, height - 1)]
        return [one.line for one in self._shown]

    def _tabs(self, width: int) -> Painted:
        from annotator.tui.columns import Spot
        from annotator.tui.desk_tables import PANES

        pieces: list[tuple[str, str]] = []
        spots: list[Spot] = []
        names = [one.value for one in PANES]
        if sum(len(name) + 3 for name in names) > width:
            names = [name if at == self.pane_at else name[:4] for at, name in enumerate(names)]
        for at, name in enumerate(names):
            text = f" {at + 1} {name}"
            start = sum(len(one) for one, _ in pieces)
            spots.append(Spot(start, start + len(text), f"{_TAB}{at}"))
            pieces.append((text, "focus" if at == self.pane_at else PLAIN))
        return Painted(tuple(pieces), tuple(spots))

    def _panes(self, width: int, height: int) -> list[Painted]:
        if width < _WIDE:
            return self._pane_lines(width, height)
        left = (width - len(BORDER)) * 11 // 20
        right = width - left - len(BORDER)
        upper = height // 2
        behind = self._behind_lines(right, upper)
        behind += [Painted()] * (upper - len(behind))
        return beside(
            self._pane_lines(left, height),
            left,
            [*behind, *self._companion_lines(right, height - upper)],
            [BORDER] * height,
        )

    def _pane_lines(self, width: int, height: int) -> list[Painted]:
        from annotator.tui.desk_figures import matrix_of

        found, figures = self.question, self._reading.figures
        if found is not None and figures is not None:
            at = self.cell_at(found)
            return matrix_lines(matrix_of(found, at, figures), at, width, height)
        table = self.table()
        return table_lines(table, self.row_at(table), width, height)

    def _companion_lines(self, width: int, height: int) -> list[Painted]:
        """Another pane that goes with the one in focus, to be read only."""
        from annotator.tui.desk_tables import Pane

        companions = {
            Pane.PROGRESS: Pane.BACKLOG,
            Pane.BACKLOG: Pane.PROGRESS,
            Pane.AGREEMENT: Pane.DRIFT,
            Pane.DRIFT: Pane.AGREEMENT,
            Pane.CONFUSION: Pane.TROUBLE,
            Pane.TROUBLE: Pane.DRIFT,
            Pane.PASSAGES: Pane.BACKLOG,
        }
        found = table_lines(self.table(companions[self.pane]), -1, width, height - 1)
        return [Painted(line("─" * width, "dim")), *(Painted(one.line) for one in found)]

    def _behind_lines(self, width: int, height: int) -> list[Painted]:
        """The passages behind what is in focus, as far as there is room."""
        drill, about = self.drill, self.row.about if self.row is not None else ()
        if about or drill is None or not drill.items:
            return [Painted(line(cut(one, width))) for one in about[-height:]]
        lines = [Painted(line(cut(f"{drill.title} ({len(drill.places)})", width), "title"))]
        for place, words in drill.items[:_MOST_BESIDE]:
            head = self._reading.title(place) + (f": {words}" if words else "")
            lines.append(Painted(line(cut(head, width), "bold")))
            lines += [Painted(one) for one in paragraph(self.words(place), width, indent=2)[:2]]
        return lines[:height]

    def words(self, place: "Place", *, uncovered: bool = False) -> str:
        """The words of a passage on one line; why they cannot be read, if so.

        Args:
            place: The passage.
            uncovered: Whether they are shown though a lead called them graphic.
        """
        if place in self._reading.graphic and not uncovered:
            return _COVERED
        if place not in self._words:
            if self.desk is None:
                return ""
            try:
                self._words[place] = " ".join(self.desk.passage(place).text.split())
            except AnnotatorError as error:
                return error.sentence
        return self._words[place]

    # --- the mouse -------------------------------------------------------------------------------

    def click_work(self, place: tuple[int, int], *, double: bool) -> None:
        """Go to what was clicked: a pane, a row, a cell; a second click opens it."""
        column, at = place[0], place[1] - BODY_TOP
        if not 0 <= at < len(self._shown):
            return
        target = next(
            (one.target for one in self._shown[at].spots if one.first <= column < one.last), None
        )
        if not isinstance(target, str):
            return
        if target.startswith(_TAB):
            self.pane_at = int(target.removeprefix(_TAB))
        elif (found := self.question) is not None:
            row, column = map(int, target.split())
            self.go_to_cell(found, row, column)
        else:
            self.go_to_row(int(target))
        if double and not target.startswith(_TAB):
            self.open_focus()

    def scroll_work(self, step: int) -> None:
        """Go some rows down or up."""
        self.move(step, 0)

    def move(self, rows: int, columns: int) -> None:
        """Go some rows down and some cells to the right."""
        if (found := self.question) is not None:
            row, column = self.cell_at(found)
            self.go_to_cell(found, row + rows, column + columns)
        elif columns:
            raise AnnotatorError("Only the confusions have cells beside each other.")
        else:
            self.go_to_row(self.row_at(self.table()) + rows)

    def open_focus(self) -> None:
        """Show what stands behind what is in focus."""
