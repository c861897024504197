"""A lead's desk: where a project stands, live, with the passages behind every figure.

`desk_view` paints it, `desk_tables` and `desk_figures` make what stands in the panes, `desk_live`
reads the project again whenever something was decided in it.
"""

from functools import partial
from typing import TYPE_CHECKING

from annotator.config.settings import Settings
from annotator.errors import AnnotatorError
from annotator.tui.app import WorkApp, run_app
from annotator.tui.desk_actions import DESK
from annotator.tui.desk_live import SECONDS, DeskReader
from annotator.tui.desk_view import DeskPanes
from annotator.tui.keymap import Keymap, keymap_of
from annotator.tui.lines import Line, line, paragraph
from annotator.tui.overlays import Chooser, CoveredPanel, Entry, Panel

if TYPE_CHECKING:
    # Load the database library or numpy; the screen is painted before that is done.
    from collections.abc import Callable

    from annotator.store.places import Place
    from annotator.store.project import Project
    from annotator.work.lead_desk import DeskReading, LeadDesk

_PAGE = 10
_NO_PASSAGES = "There are no passages behind this."


class DeskScreen(DeskPanes):
    """Shows a lead where a project stands.

    Args:
        lead: The lead's name.
        keymap: The keys.
        seconds: How often it is looked whether anything was decided.
        settings: How the lead likes the review screen that opens from here.
    """

    GROUPS = DESK
    LOOKING = frozenset(action.id for group in DESK for action in group.actions)

    def __init__(
        self,
        lead: str,
        keymap: Keymap | None = None,
        seconds: float = SECONDS,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(lead, keymap)
        self._settings = settings or Settings()
        self._seconds = seconds
        self._reader: DeskReader | None = None

    def begin(self, desk: "LeadDesk", reading: "DeskReading") -> None:
        """Show what was read, once the project is open, and read on from now on."""
        self.desk = desk
        self.take(reading)
        # Another thread cannot ask the screen which app it is of.
        tell = partial(self.app.call_later, self._take_over)
        self._reader = DeskReader(desk, tell, self._seconds)
        self._reader.start()
        self.begin_work()

    def on_unmount(self) -> None:
        """Read no more."""
        if self._reader is not None:
            self._reader.stop()

    # --- what was read ---------------------------------------------------------------------------

    def _take_over(self, found: "DeskReading | Exception") -> None:
        if isinstance(found, AnnotatorError):
            self.say(found.sentence, refused=True)
        elif isinstance(found, Exception):
            # The app leaves with it, as with any other.
            raise found
        else:
            self.take(found)
        # What lies over this screen paints itself.
        if self.is_current:
            self.paint()

    def on_screen_resume(self) -> None:
        """Paint anew what was read while another screen lay over this one."""
        if self.ready:
            self.paint()

    # --- looking around --------------------------------------------------------------------------

    def do_pane_go(self) -> None:
        """Go to the pane of the digit that was pressed."""
        self._go_to_pane(int(self.pressed) - 1 if self.pressed.isdigit() else self.pane_at + 1)

    def do_pane_next(self) -> None:
        """Go to the next pane."""
        self._go_to_pane(self.pane_at + 1)

    def do_pane_previous(self) -> None:
        """Go to the pane before."""
        self._go_to_pane(self.pane_at - 1)

    def _go_to_pane(self, number: int) -> None:
        from annotator.tui.desk_tables import PANES

        self.pane_at = number % len(PANES)

    def do_row_down(self) -> None:
        """Go one row down."""
        self.move(1, 0)

    def do_row_up(self) -> None:
        """Go one row up."""
        self.move(-1, 0)

    def do_row_page_down(self) -> None:
        """Go ten rows down."""
        self.move(_PAGE, 0)

    def do_row_page_up(self) -> None:
        """Go ten rows up."""
        self.move(-_PAGE, 0)

    def do_row_top(self) -> None:
        """Go to the first row."""
        self.move(-self._rows(), 0)

    def do_row_bottom(self) -> None:
        """Go to the last row."""
        self.move(self._rows(), 0)

    def _rows(self) -> int:
        found = self.question
        return len(found.values) if found is not None else len(self.table().rows)

    def do_cell_right(self) -> None:
        """Go one cell to the right."""
        self.move(0, 1)

    def do_cell_left(self) -> None:
        """Go one cell to the left."""
        self.move(0, -1)

    def do_question_next(self) -> None:
        """Show the confusions of the next question."""
        self._go_to_question(1)

    def do_question_previous(self) -> None:
        """Show the confusions of the question before."""
        self._go_to_question(-1)

    def _go_to_question(self, step: int) -> None:
        from annotator.tui.desk_figures import confusions_in
        from annotator.tui.desk_tables import PANES, Pane

        found = confusions_in(self._reading)
        if not found:
            raise AnnotatorError("Nothing was confused with anything yet.")
        # From another pane it leads to the confusions first.
        if self.pane is Pane.CONFUSION:
            self.question_at = (self.question_at + step) % len(found)
        self.pane_at = PANES.index(Pane.CONFUSION)

    # --- going into it ---------------------------------------------------------------------------

    def do_row_open(self) -> None:
        """Show what stands behind what is in focus."""
        self.open_focus()

    def open_focus(self) -> None:
        """List the passages behind it, show the only one, or what there is to read."""
        row, drill = self.row, self.drill
        if row is not None and row.about:
            self.panel = Panel("Windows of agreement", partial(_said, row.about))
        elif drill is None or not drill.items:
            raise AnnotatorError(_NO_PASSAGES)
        elif len(drill.items) == 1:
            self._show_passage(*drill.items[0])
        else:
            entries = [
                Entry(
                    f"{self._reading.title(place)}  {words or self.words(place)[:200]}",
                    partial(self._show_passage, place, words),
                    about=partial(self._about_passage, place),
                    words=self.words(place),
                )
                for place, words in drill.items
            ]
            self.chooser = Chooser(drill.title, entries)

    def _about_passage(self, place: "Place", width: int) -> list[Line]:
        return paragraph(self.words(place), width)

    def _show_passage(self, place: "Place", words: str) -> None:
        """Show a passage; one tagged as graphic only once that is asked for."""
        title = self._reading.title(place)
        if place in self._reading.graphic:
            show = self.key("row.open")
            text = f"This passage is tagged as graphic: {show} shows it."
            self.panel = CoveredPanel(
                title,
                lambda width: [line(""), *paragraph(text, width, "bold")],
                uncover=partial(self._show_words, place, words),
            )
        else:
            self._show_words(place, words)

    def _show_words(self, place: "Place", words: str) -> None:
        text = self.words(place, uncovered=True)

        def build(width: int) -> list[Line]:
            beside = [*paragraph(words, width, "bold"), line("")] if words else []
            return [*beside, *paragraph(text, width)]

        self.panel = Panel(self._reading.title(place), build)

    def _panel_key(self, panel: Panel, key: str) -> bool:
        action = self.keymap.find(self.work_context, key)
        if isinstance(panel, CoveredPanel) and action is not None and action.id == "row.open":
            panel.uncover()
            return True
        return super()._panel_key(panel, key)

    def do_row_settle(self) -> None:
        """Open the review on the passages behind what is in focus."""
        drill = self.drill
        if drill is None or not drill.items or self._reading.round is None:
            raise AnnotatorError(_NO_PASSAGES)
        from annotator.tui.desk_review import DeskReview

        if self.desk is not None:
            screen = DeskReview(self.lead, self._settings)
            screen.begin_on(self.desk.project, self._reading.round.row, drill.places)
            self.app.push_screen(screen)

    def do_desk_round(self) -> None:
        """Choose the round that the panes are about."""
        entries = [
            Entry(
                f"{one.row.name}  {one.row.purpose.value}, {one.row.state.value}",
                partial(self._look_at, one.row.name),
            )
            for one in self._reading.status.rounds
        ]
        if not entries:
            raise AnnotatorError("No round has been opened yet.")
        self.chooser = Chooser("Which round", entries)

    def _look_at(self, name: str) -> None:
        if self._reader is not None:
            self._reader.look_at(name)
            self.say(f"Reading round {name} …", neutral=True)

    # --- what every screen shows -----------------------------------------------------------------

    def do_show_codebook(self) -> None:
        """Read what the codebook says of what is in focus."""
        from annotator.tui.form_lines import code_lines

        name, code_id = self._entry()
        book = self._reading.codebook
        found = next((one for one in book.variables if one.id == name), None)
        if found is None:
            raise AnnotatorError("What is in focus is no question or code of the codebook.")
        variable = found

        def build(width: int) -> list[Line]:
            lines = [line(variable.name, "title"), *paragraph(variable.question, width)]
            lines += paragraph(variable.help, width) if variable.help else []
            for code in sorted(variable.codes, key=lambda one: one.id != code_id):
                style = "bold" if code.id == code_id else ""
                lines += [line(""), *paragraph(code.label, width, style)]
                lines += [(("   ", ""), *rule) for rule in code_lines(code, width - 3)]
            return lines

        self.panel = Panel("Codebook", build)

    def _entry(self) -> tuple[str, str]:
        """The question and the code that are in focus."""
        if (found := self.question) is not None:
            return found.variable, found.values[self.cell_at(found)[0]]
        return self.row.entry if self.row is not None else ("", "")

    def focus_help(self, width: int) -> list[Line]:
        """What the pane in focus tells."""
        from annotator.tui.desk_tables import ABOUT

        return [line(self.pane.value, "title"), *paragraph(ABOUT[self.pane], width)]


def _said(paragraphs: tuple[str, ...], width: int) -> list[Line]:
    return [one for text in paragraphs for one in paragraph(text, width)]


def run_desk(location: str, round_name: str | None, lead: str, settings: Settings) -> None:
    """Open the desk of a lead and stay at it until they leave.

    Args:
        location: The project file.
        round_name: The round to look at; None for the one that is open.
        lead: The lead's name.
        settings: How the lead likes the screen.

    Raises:
        AnnotatorError: There is no such project or round.
    """
    screen = DeskScreen(lead, keymap_of(DESK, settings), settings=settings)
    screen.use_theme(settings.theme)

    def opening() -> "tuple[Project, Callable[[], None]]":
        from annotator.store.project import open_project
        from annotator.work.lead_desk import LeadDesk

        project = open_project(location)
        desk = LeadDesk(project, round_name)
        return project, partial(screen.begin, desk, desk.read())

    run_app(WorkApp(screen, opening), mouse=settings.mouse)
