"""The coding screen: the passage beside the questions, one key an answer.

Its parts stand on each other: `coding_view` paints, `coding_text` moves and marks, `coding_answers`
answers, `coding_candidates` offers words of the passage as answers, `coding_life` looks after the
coder, and here are records, checks, passages and panels.
"""

from functools import partial
from typing import TYPE_CHECKING

from annotator.codebook.model import CheckKind
from annotator.tui.actions import CODING
from annotator.tui.base import Panel, Prompt
from annotator.tui.coding_life import LifeKeys
from annotator.tui.form_lines import codebook_lines, findings_lines
from annotator.work.outline import RowKind

if TYPE_CHECKING:
    # Loads the database library; the screen is painted before that is done.
    from annotator.work.session import CodingSession


class CodingScreen(LifeKeys):
    """Steps one coder through their passages.

    The session does everything; this shows it and turns keys into its methods.
    """

    GROUPS = CODING
    LOOKING = frozenset({"passage.next", "passage.previous", "passage.open"})

    def begin(self, session: "CodingSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_passage()
        if session.focus.note is not None and session.row.answer is not None:
            self._write_note(session.focus.note)
        elif session.focus.passage_note is not None:
            self._write_passage_note(session.focus.passage_note)
        self.begin_work()

    def _add(self, position: int) -> None:
        units = self._session.addable_units()
        if not units:
            self.say("This codebook has no repeating units to add.", refused=True)
            return
        unit, _ = units[position]
        self._after_answer(self._session.add_record(unit.id, self.text.mark))

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
            self.say(
                f"No check fires here that could stand; {self.key('check.list')} lists all.",
                refused=True,
            )
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
