"""What looks after a coder at plain prompts: skipping, notes, recent codes, pauses, covers."""

from collections.abc import Callable

from annotator.cli.codes import entry_lines
from annotator.cli.entry import command
from annotator.cli.lines import Lines
from annotator.cli.plain_view import PlainView
from annotator.codebook.model import Code
from annotator.coding.skipping import SkipReason
from annotator.work.focus import Change
from annotator.work.session import CodingSession

WHILE_COVERED = frozenset(
    {"flag", "help", "next", "open", "pause", "prev", "quit", "redo", "remark", "skip", "undo"}
)
"""The commands that neither show the text nor answer about it."""


class PlainLife:
    """Does what a coder asks for besides answering.

    Args:
        session: The session.
        view: Says what answers and passages are.
        lines: Where it is said and asked.
    """

    def __init__(self, session: CodingSession, view: PlainView, lines: Lines) -> None:
        self._session = session
        self._view = view
        self._say = lines.say
        self._ask = lines.ask

    def attend(self) -> None:
        """Note that the coder typed something, and propose a break when one is due."""
        self._session.attend()
        if minutes := self._session.break_due():
            self._say(
                f"{minutes} minutes of work without a rest: a few minutes away would do you good. "
                ".pause stops the clock."
            )

    def uncover(self, typed: str) -> None:
        """Show a covered passage for an empty line or `.show`; else say how to."""
        found = command(typed)
        if not typed or (found is not None and found.name == "show"):
            self._session.uncover()
            self._view.passage()
        else:
            self._say(self._view.cover)

    def flag(self) -> None:
        """Flag the passage for the lead, or no longer."""
        self._say(self._session.toggle_flag().message)

    def skip(self, rest: str) -> Change | None:
        """Skip the passage for a reason, or take back one that was skipped.

        Returns:
            None where the reasons were listed only.
        """
        if self._session.item.skipped:
            return self._session.take_back()
        if why_not := self._session.why_no_skip():
            return Change(why_not, refused=True)
        name, _, note = rest.partition(" ")
        if name not in list(SkipReason):
            self._say("Say why: " + ", ".join(f".skip {one} ({one.words})" for one in SkipReason))
            self._say("Words of your own may follow. The lead has the passage back then.")
            return None
        return self._session.skip(SkipReason(name), note)

    def remark(self, rest: str) -> None:
        """Write a note on the passage; an empty one takes it away."""
        self._session.set_passage_note(rest)
        self._say(f"Note on the passage: {self._session.coding.note or 'none'}")

    def recent(self, rest: str) -> Code | None:
        """The code of a number among the recent ones; without a number they are listed."""
        codes = self._session.recent_codes()
        if not codes:
            self._say(f"You have picked no code for {self._session.row.title} yet.")
        elif rest.isdecimal() and 1 <= int(rest) <= len(codes):
            return codes[int(rest) - 1]
        else:
            for number, code in enumerate(codes, 1):
                self._say(f"  {number}  {next(entry_lines(code))}")
            self._say(".recent 1 picks the first of them.")
        return None

    def pause(self, leave: Callable[[], None]) -> None:
        """Wait for an empty line; no time counts meanwhile."""
        self._session.pause()
        said = "Paused: no time counts. An empty line goes on, .quit leaves."
        self._say(said)
        while line := self._ask():
            found = command(line)
            if found is not None and found.name == "quit":
                leave()
                break
            self._say(said)
        self._session.resume()
