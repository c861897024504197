"""The keys of the review screen that settle a case and go from one to the next."""

from typing import TYPE_CHECKING

from annotator.tui.overlays import Prompt
from annotator.tui.registry import Context
from annotator.tui.review_choosing import ChoosingKeys

if TYPE_CHECKING:
    from annotator.codebook.model import Code

WITHOUT_CASE = frozenset({"app.quit", "show.keys", "case.previous"})
"""The ids of what can be done when no disagreement is left."""

WHILE_CHOOSING = frozenset(
    {"reason.drop", "review.note", "text.down", "text.up", "show.keys", "app.quit"}
)
"""The ids of what can be done while the reason is asked for."""


class SettlingKeys(ChoosingKeys):
    """The part of the review screen that settles."""

    note = ""

    def _open_case(self) -> None:
        self.note = ""
        super()._open_case()

    def answer_key(self, key: str) -> bool:
        """While something is chosen, its reason; nothing else."""
        action = self.keymap.find(Context.ANSWERING, key)
        if self._session.current() is None:
            return action is None or action.id not in WITHOUT_CASE
        if not self.choosing:
            return False
        from annotator.work.review import REASONS

        reason = next((code for code in REASONS if code.key == key), None)
        if reason is not None:
            self._settle(reason)
        elif action is not None and action.id in WHILE_CHOOSING:
            return False
        else:
            again = self.key("reason.drop")
            self.say(f"First the reason, or {again} to choose again.", refused=True)
        return True

    def _settle(self, reason: "Code") -> None:
        shown, note = self._case, self.note
        try:
            self._session.settle(reason.id, note)
        finally:
            # Settled or not: a passage revised underneath has other sides now, or is no case.
            now = self._session.current()
            if now is not shown:
                self._open_case()
                if now is not None and now.disagreement.place == shown.disagreement.place:
                    self.note = note
        where = f"{shown.report.name} ¶{shown.passage.number}"
        self.say(f"Settled {where}: {reason.label.lower()}.")

    def do_case_next(self) -> None:
        """Leave this disagreement for later."""
        if self._session.skip():
            self._open_case()
        else:
            self.say("This is the only disagreement left.", refused=True)

    def do_case_previous(self) -> None:
        """Back to the disagreement before."""
        if self._session.back():
            self._open_case()
        else:
            self.say("There is none before this one.", refused=True)

    def do_review_note(self) -> None:
        """Write a note that is kept with the decision."""
        self.prompt = Prompt(
            "Note", self.note, self._keep_note, left="The note was left as it was."
        )

    def _keep_note(self, text: str) -> None:
        self.note = text.strip()
