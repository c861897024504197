"""The keys of the coding screen that look after the coder: skip, repeat, pause and the like."""

import time
from collections.abc import Callable
from functools import partial

from textual import events

from annotator.codebook.model import Code
from annotator.coding.skipping import SkipReason
from annotator.tui.cells import cells
from annotator.tui.choice import Option, choice
from annotator.tui.coding_candidates import CandidateKeys
from annotator.tui.keymap import Keymap
from annotator.tui.lines import Line, cut, line, padded, paragraph
from annotator.tui.overlays import Prompt
from annotator.tui.registry import Action, Context
from annotator.work.work_clock import HABITS, Habits

WHILE_COVERED = frozenset(
    {
        "answer.enter",
        "answer.next",
        "answer.previous",
        "answer.undo",
        "answer.redo",
        "passage.next",
        "passage.previous",
        "passage.open",
        "passage.flag",
        "passage.skip",
        "passage.note",
        "show.codebook",
        "show.keys",
        "show.palette",
        "show.redraw",
        "work.pause",
        "app.quit",
    }
)
"""The ids of actions that neither show the text nor answer about it."""


class LifeKeys(CandidateKeys):
    """The part of the coding screen that makes long days of coding bearable.

    Args:
        coder: The coder's name.
        keymap: The keys; those of the first keymap if None.
        habits: When a break is proposed, and when the text is hidden by itself.
    """

    def __init__(self, coder: str, keymap: Keymap | None = None, habits: Habits = HABITS) -> None:
        super().__init__(coder, keymap)
        self._habits = habits
        self._last_key = time.monotonic()

    # --- the passage -----------------------------------------------------------------------------

    def do_passage_flag(self) -> None:
        """Flag the passage for the lead, or no longer."""
        self._show(self._session.toggle_flag())

    def why_not_passage_skip(self) -> str:
        """Why the passage can be neither given back nor taken back."""
        return "" if self._session.item.skipped else self._session.why_no_skip()

    def do_passage_skip(self) -> None:
        """Ask why the passage is skipped; one that was skipped is taken back."""
        if self._session.item.skipped:
            self._show(self._session.take_back())
            return
        self.panel = choice(
            "Skip this passage because it is …",
            "The lead has it back then, with your reason; it counts against nobody. "
            f"{self.key('answer.undo')} gives it to you again.",
            [self._reason(reason) for reason in SkipReason],
        )

    def _reason(self, reason: SkipReason) -> Option:
        if reason is SkipReason.OTHER:
            return Option("another reason", "in words of your own", self._ask_why)
        return Option(reason.words, "", lambda: self._skip(reason))

    def _skip(self, reason: SkipReason, note: str = "") -> None:
        self._show(self._session.skip(reason, note))

    def _ask_why(self) -> None:
        self.prompt = Prompt(
            "Skip because",
            "",
            lambda note: self._skip(SkipReason.OTHER, note),
            left="Nothing was skipped.",
        )

    def do_passage_note(self) -> None:
        """Write a note on the passage."""
        self._write_passage_note(self._session.coding.note)

    def _write_passage_note(self, text: str) -> None:
        session = self._session
        self.prompt = Prompt(
            "Note on the passage",
            text,
            lambda note: self._show(session.set_passage_note(note)),
            session.write_passage_note,
            "The note was left as it was.",
            several=True,
        )

    # --- shortcuts -------------------------------------------------------------------------------

    def do_answer_recent(self) -> None:
        """Show the codes picked last for the question in focus."""
        session = self._session
        codes = session.recent_codes()
        if not codes:
            self.say(f"You have picked no code for {session.row.title} yet.", refused=True)
            return
        chosen = session.row.chosen
        options = [
            Option(
                f"{code.label}{'  (chosen)' if code.id in chosen else ''}",
                code.definition,
                partial(self._pick_recent, code),
            )
            for code in codes
        ]
        self.panel = choice(f"Recent: {session.row.title}", "", options)

    def _pick_recent(self, code: Code) -> None:
        self._after_answer(self._session.pick(code, self.text.mark))

    def do_answer_repeat(self) -> None:
        """Answer as last time."""
        self._after_answer(self._session.repeat_last(self.text.mark))

    # --- rest ------------------------------------------------------------------------------------

    def do_work_pause(self) -> None:
        """Hide everything until the coder comes back."""
        self._session.pause()

    def on_mount(self) -> None:
        """Begin to watch for a coder who has gone away."""
        self._watch_in(self._habits.pause_after_minutes * 60)

    def _watch_in(self, seconds: float) -> None:
        if seconds:
            self.set_timer(seconds, self._watch)

    def _watch(self) -> None:
        limit = self._habits.pause_after_minutes * 60
        left = limit - (time.monotonic() - self._last_key)
        if left <= 0 and self.session is not None and not self.session.paused:
            self._try(self.session.pause)
        self._watch_in(left if left > 0 else limit)

    @property
    def _away(self) -> bool:
        return self.session is not None and self.session.paused

    @property
    def _covered(self) -> bool:
        return self.session is not None and self.session.covered

    def paint(self) -> None:
        """Bring the screen up to date; of a pause nothing but itself is shown."""
        if not self._away or self.too_small:
            super().paint()
            return
        width, height = self.app.size
        keys = f"{self.key('answer.enter')} goes on, {self.key('app.quit')} leaves."
        said = (
            ("Paused.", "bold"),
            ("Nothing of the work is shown, and no time counts. Everything is saved.", ""),
            (keys, ""),
        )
        body = [one for text, style in said for one in paragraph(text, width - 2, style, 2)]
        above: list[Line] = [()] * max(0, (height - 3 - len(body)) // 2)
        status = line(padded(" annotator · paused", width), "status")
        self.show_parts(status, [*above, *body], (), line(cut(f" {keys}", width), "dim"))

    def _try(self, do: Callable[[], None]) -> None:
        # What keys, clicks and pastes all go through: the coder is there.
        self._last_key = time.monotonic()
        super()._try(do)

    def _dispatch(self, key: str) -> None:
        if self.session is None:
            super()._dispatch(key)
            return
        self.session.attend()
        if self.session.paused and not self.too_small:
            self._pause_key(key)
            return
        super()._dispatch(key)
        if not self.session.paused and (minutes := self.session.break_due()):
            self._propose_break(minutes)

    def _pause_key(self, key: str) -> None:
        action = self.keymap.find(self.work_context, key)
        if key == "enter" or (action is not None and action.id == "answer.enter"):
            self._session.resume()
            self.say("On with it; the time away does not count.", neutral=True)
        elif self._quits(key):
            self.do_app_quit()

    def _propose_break(self, minutes: int) -> None:
        proposal = (
            f"{minutes} minutes of work without a rest: a few minutes away would do you good. "
            f"{self.key('work.pause')} hides the text."
        )
        if self.message:
            self.message = f"{self.message} {proposal}"
        else:
            self.say(proposal, neutral=True)

    # --- a covered passage -----------------------------------------------------------------------

    @property
    def _cover_words(self) -> str:
        show, skip = self.key("answer.enter"), self.key("passage.skip")
        return f"The lead tagged this passage as graphic: {show} shows it, {skip} skips it."

    def status_text(self) -> tuple[str, str]:
        """Who codes what where, how much is done, and what is special about the passage."""
        left, right = super().status_text()
        if self.session is None:
            return left, right
        item, skipped = self.session.item, self.session.progress.skipped
        marks = {
            "graphic": item.graphic,
            f"{skipped} skipped": skipped and not item.skipped,
            "note": self.session.coding.note,
            "flagged": item.flagged,
            "skipped": item.skipped,
            "sent back": item.sent_back,
        }
        # On the right, where the name of no file can push them off the line; of too many for
        # half of it the last ones.
        words = [*(word for word, there in marks.items() if there), right]
        while len(words) > 1 and cells(" · ".join(words)) > self.app.size.width // 2:
            del words[0]
        return left, " · ".join(words)

    def hint_text(self, width: int) -> str:
        """The keys that do something here: of a covered passage few do."""
        if not self._covered:
            return super().hint_text(width)
        keys = (
            ("answer.enter", "show"),
            ("passage.skip", "skip"),
            ("passage.next", "next"),
            ("show.keys", "keys"),
            ("app.quit", "quit"),
        )
        return "  ".join(f"{self.key(action)} {word}" for action, word in keys)

    @property
    def work_context(self) -> Context:
        """Where the keys of the work hold now: of a covered passage never in the text."""
        return Context.ANSWERING if self._covered else super().work_context

    def idle_message(self) -> str:
        """What to do about a covered passage; else what there always is to say."""
        return self._cover_words if self._covered else super().idle_message()

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now: of a covered passage nothing is coded."""
        if self._covered and action.id not in WHILE_COVERED:
            return self._cover_words
        return super().why_not(action)

    def answer_key(self, key: str) -> bool:
        """Take a key that answers; while the passage is covered it only says so."""
        if not self._covered:
            return super().answer_key(key)
        answers = len(key) == 1 and (key.islower() or key.isdigit())
        if answers:
            self.say(self._cover_words, refused=True)
        return answers

    def do_answer_enter(self) -> None:
        """Submit and go on; a covered passage is shown first."""
        if not self._covered:
            super().do_answer_enter()
            return
        self._session.uncover()
        self.say("Shown as long as you stay on this passage.", neutral=True)

    def _passage_lines(self, width: int, height: int) -> list[Line]:
        if not self._covered:
            return super()._passage_lines(width, height)
        self._head_height = 0
        cover = self._cover_words
        return [line(""), *paragraph(cover, width, "bold")]

    def take_paste(self, text: str) -> None:
        """Put pasted text into the field in focus, unless the passage is covered."""
        if self._covered:
            self.say(self._cover_words, refused=True)
        else:
            super().take_paste(text)

    def on_paste(self, event: events.Paste) -> None:
        """Let nothing be typed into what is not shown."""
        if self._away:
            event.stop()
            event.prevent_default()

    @property
    def takes_mouse(self) -> bool:
        """Whether there is something to be pointed at: a text that is not shown is not moved in."""
        return not self._away and not self._covered and super().takes_mouse
