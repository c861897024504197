"""The keys of the review screen that settle a case, take a decision back, or ask coders again."""

from collections.abc import Callable
from functools import partial

from annotator.tui.choice import DIGITS, Option, choice
from annotator.tui.overlays import Prompt
from annotator.tui.registry import Action, Context
from annotator.tui.review_choosing import ChoosingKeys

WITHOUT_CASE = frozenset(
    {
        "app.quit",
        "show.keys",
        "show.palette",
        "show.redraw",
        "case.previous",
        "settlement.undo",
        "settlement.redo",
        "queue.choose",
        "queue.list",
    }
)
"""The ids of what can be done when no disagreement is left."""

WHILE_COVERED = WITHOUT_CASE | {"part.settle", "case.next"}
"""The ids of what can be done before the words of a passage tagged as graphic are shown."""

WHILE_CHOOSING = frozenset(
    {
        "reason.drop",
        "review.note",
        "part.next",
        "part.previous",
        "words.next",
        "words.previous",
        "text.down",
        "text.up",
        "show.case",
        "show.codebook",
        "show.keys",
        "app.quit",
    }
)
"""The ids of what can be done while the reason is asked for: what reads, and what goes back."""


class SettlingKeys(ChoosingKeys):
    """The part of the review screen that settles."""

    note = ""

    def _open_case(self) -> None:
        self.note = ""
        super()._open_case()
        case = self._session.current()
        if case is None or case.disagreement.place != self._uncovered:
            self._uncovered = None

    def answer_key(self, key: str) -> bool:
        """While something is chosen, its reason; nothing else."""
        action = self.keymap.find(Context.ANSWERING, key)
        if self._session.current() is None:
            # Nothing answers here; what the idle message says is all there is to do.
            return action is None
        if not self.choosing:
            return False
        from annotator.work.review import REASONS

        reason = next((code for code in REASONS if code.key == key), None)
        if reason is not None:
            self._settle(reason.id, reason.label.lower())
        elif action is not None and action.id in WHILE_CHOOSING:
            return False
        else:
            again = self.key("reason.drop")
            self.say(f"First the reason, or {again} to choose again.", refused=True)
        return True

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now: without a case, little can."""
        if self._session.current() is None and action.id not in WITHOUT_CASE:
            return self.idle_message()
        if self.covered and action.id not in WHILE_COVERED:
            return self._cover_words
        return super().why_not(action)

    def do_part_settle(self) -> None:
        """Choose the mixture of parts; a covered passage is shown first."""
        if not self.covered:
            super().do_part_settle()
            return
        self._uncovered = self._case.disagreement.place
        self.say("Shown as long as you stay on this passage.", neutral=True)

    def _settle(self, reason: str, said: str) -> None:
        note = self.note
        self._decide(lambda: self._session.settle(reason, note), f"Settled {{}}: {said}.")

    def _decide(self, decide: Callable[[], object], said: str) -> None:
        """Do what decides on the case, and show the one that follows.

        Args:
            decide: What decides.
            said: The sentence about it, with a place for what the passage is called.
        """
        shown, note = self._case, self.note
        try:
            decide()
        finally:
            # Decided or not: a passage revised underneath has other sides now, or is no case.
            now = self._session.current()
            if now is not shown:
                self._open_case()
                if now is not None and now.disagreement.place == shown.disagreement.place:
                    self.note = note
        self.say(said.format(shown.title))

    def do_unanimous_take(self) -> None:
        """Choose what all sides say alike; where that is everything, settle at once."""
        self._session.take_unanimous()
        if self._case.sample and not any(part.differs for part in self.parts):
            self._settle("", "as all say")
        else:
            self.choosing = "Take what all say"

    def do_settlement_undo(self) -> None:
        """Take back the last decision, and go to its passage."""
        self._travel(self._session.undo)

    def do_settlement_redo(self) -> None:
        """Decide again as before the undo."""
        self._travel(self._session.redo)

    def _travel(self, move: Callable[[], str]) -> None:
        said = move()
        self._open_case()
        self.say(said)

    # --- the note --------------------------------------------------------------------------------

    def do_review_note(self) -> None:
        """Write a note that is kept with the decision."""
        self.prompt = Prompt(
            "Note", self.note, self._keep_note, left="The note was left as it was."
        )

    def _keep_note(self, text: str) -> None:
        self.note = text.strip()

    # --- back to coders --------------------------------------------------------------------------

    def why_not_case_send_back(self) -> str:
        """There must be a coding to look at again."""
        return "" if self._case.sides else "Nobody has coded this passage yet."

    def do_case_send_back(self) -> None:
        """Ask which side is to be looked at again, then for the words."""
        letters = self._letters
        if len(letters) == 1:
            self._ask_words("", letters[0])
            return
        everyone = Option("every side", "", partial(self._ask_words, "", "every side"))
        options = [
            Option(f"side {letter}", "", partial(self._ask_words, letter, f"side {letter}"))
            for letter in letters[: len(DIGITS) - 1]
        ]
        self.panel = choice(
            "Send back to the coder of …",
            "They see your words and their own coding, and may submit it changed or as it is. "
            "Until then the passage waits.",
            [*options, everyone],
        )

    def _ask_words(self, letter: str, who: str) -> None:
        self.prompt = Prompt(
            f"Words for the coder of {who}",
            "",
            partial(self._send_back, letter),
            left="Nothing was sent back.",
        )

    def _send_back(self, letter: str, words: str) -> None:
        self._decide(
            lambda: self._session.send_back(words.strip(), letter), "Sent back {}: it waits now."
        )

    def why_not_case_pass_on(self) -> str:
        """A coder must have given it back."""
        return "" if self._case.given_back else "No coder has given this passage back."

    def do_case_pass_on(self) -> None:
        """Give the passage to another coder."""
        self._decide(self._session.pass_on, "Passed on {} to another coder.")
