"""The coding screen: the passage beside the questions, one key an answer.

Its parts stand on each other: `coding_view` paints, `coding_text` moves and marks, `coding_answers`
answers, `coding_candidates` offers words of the passage as answers, `coding_life` looks after the
coder, `coding_find` finds, `coding_lesson` trains, and here are records, checks, passages and
panels.
"""

from functools import partial
from typing import TYPE_CHECKING

from annotator.codebook.model import CheckKind
from annotator.tui.actions import CODING
from annotator.tui.coding_lesson import LessonKeys
from annotator.tui.form_lines import codebook_lines, findings_lines
from annotator.tui.help_lines import row_help
from annotator.tui.lines import Line
from annotator.tui.overlays import Panel, Prompt
from annotator.work.outline import RowKind
from annotator.work.refusals import no_record

if TYPE_CHECKING:
    from annotator.coding.checks import Finding

    # Loads the database library; the screen is painted before that is done.
    from annotator.work.session import CodingSession


class CodingScreen(LessonKeys):
    """Steps one coder through their passages.

    The session does everything; this shows it and turns keys into its methods.
    """

    GROUPS = CODING
    LOOKING = frozenset(
        {
            "passage.next",
            "passage.previous",
            "passage.open",
            "passage.go",
            "passage.list",
            "show.answer",
            "show.redraw",
            "text.find",
            "text.next_match",
            "text.previous_match",
            "work.jump",
        }
    )

    def begin(self, session: "CodingSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_passage()
        if session.focus.note is not None and session.row.answer is not None:
            self._write_note(session.focus.note)
        elif session.focus.passage_note is not None:
            self._write_passage_note(session.focus.passage_note)
        self._teach()
        self.say(session.verdict, neutral=True)
        self.begin_work()

    def why_not_record_add(self) -> str:
        """The codebook must have a unit that repeats."""
        has_units = self._session.addable_units()
        return "" if has_units else "This codebook has no repeating units to add."

    def why_not_record_add_outer(self) -> str:
        """The same."""
        return self.why_not_record_add()

    def why_not_record_remove(self) -> str:
        """The coder must be in a record."""
        return no_record(self._session.row, "remove")

    def why_not_record_up(self) -> str:
        """The same."""
        return no_record(self._session.row, "move")

    def why_not_record_down(self) -> str:
        """The same."""
        return self.why_not_record_up()

    def _add(self, position: int) -> None:
        unit, _ = self._session.addable_units()[position]
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

    @property
    def _may_stand(self) -> "Finding | None":
        """What can be let stand here; else what stands, whose reason may be mended or emptied."""
        session = self._session
        finding = session.finding_here(CheckKind.WARN, CheckKind.CONFIRM)
        return finding or session.standing_here()

    def why_not_check_stand(self) -> str:
        """A check must fire that could stand."""
        if self._may_stand is not None:
            return ""
        return f"No check fires here that could stand; {self.key('check.list')} lists all."

    def do_check_stand(self) -> None:
        """Let a warning or a question stand, with a reason."""
        if (finding := self._may_stand) is not None:
            self.prompt = Prompt(
                f"{finding.check.id} stands because",
                finding.overridden,
                lambda reason: self._show(self._session.override(finding, reason)),
            )

    def why_not_check_take(self) -> str:
        """The codebook must offer something."""
        offer = self._session.finding_here(CheckKind.OFFER)
        return "" if offer is not None else "The codebook offers nothing here."

    def do_check_take(self) -> None:
        """Take the first offer on the record in focus."""
        if (offer := self._session.finding_here(CheckKind.OFFER)) is not None:
            self._show(self._session.take_offer(offer))

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

    def focus_help(self, width: int) -> list[Line]:
        """What is asked, and the keys that work there."""
        return row_help(self._session.row, self.key_and_title, width)

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
