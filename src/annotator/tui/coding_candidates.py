"""Candidates on the coding screen: lit up in the passage, stepped through, taken with one key."""

from typing import TYPE_CHECKING

from annotator.tui.cells import cells
from annotator.tui.coding_answers import AnswerKeys
from annotator.tui.lines import Line, cut
from annotator.tui.passage import Highlight
from annotator.work.refusals import no_candidates

if TYPE_CHECKING:
    from annotator.coding.candidates import Candidate

_CURRENT = ">"
"""In front of the candidate that one key takes, for eyes that see no colour."""

_MOST_WORDS = 24
"""Cells that the words of a candidate take on the hint line."""
_FEWEST_WORDS = 8
"""Cells below which they say nothing, and are left to the text, where they are lit."""

_REST = 28
"""Cells kept on it, as far as words can give way, for what comes next, the keys, the way out."""
_LEAST_REST = 14
"""Cells kept on it for the list of keys and the way out, whatever has to give way."""


class CandidateKeys(AnswerKeys):
    """The part of the coding screen that offers candidates for the question in focus."""

    # Where in the text the coder was when a candidate was shown to them last.
    _looked_from: tuple[int, int | None] | None = None
    # Whether the last key took a candidate, and whether the one before this one did.
    _took = False
    _just_took = False

    def take_key(self, key: str) -> None:
        """Do what a key does, knowing whether it follows one that took a candidate."""
        self._just_took, self._took = self._took, False
        super().take_key(key)

    def do_candidate_next(self) -> None:
        """Next candidate."""
        self._step_candidate(1)

    def do_candidate_previous(self) -> None:
        """Previous candidate."""
        self._step_candidate(-1)

    def why_not_candidate_next(self) -> str:
        """There must be candidates to go to."""
        return no_candidates(self._session.candidates)

    def why_not_candidate_previous(self) -> str:
        """The same."""
        return self.why_not_candidate_next()

    def do_mark_toggle(self) -> None:
        """Take the candidate that is current; with none, mark words."""
        # In the text a letter of its own marks words and nothing else.
        marks = self.pressed in self.keymap.text_keys(self.keymap.action("mark.toggle"))
        if self._offered is not None and not marks:
            self._after_answer(self._session.take_candidate())
            self._took = True
        elif self._just_took and not marks:
            # Pressed once too often, it would begin a mark that the next answer gets as evidence.
            take = self.key("mark.toggle")
            self.say(f"Nothing is offered here; {take} again begins to mark words.", neutral=True)
        else:
            super().do_mark_toggle()

    def do_mark_drop(self) -> None:
        """Forget the mark; with none, put out the candidate, so that words can be marked here."""
        if self.text.anchor is None:
            self._session.leave_candidate()
            self._looked_from = None
        super().do_mark_drop()

    def hint_text(self, width: int) -> str:
        """First what the key that takes a candidate would answer."""
        offer = self._offer_words(width - _REST - 2)
        if not offer:
            return super().hint_text(width)
        room = max(_LEAST_REST, width - cells(offer) - 2)
        rest = cut(super().hint_text(room), room)
        return f"{cut(offer, width - cells(rest) - 2)}  {rest}"

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _offered(self) -> "Candidate | None":
        """The candidate that the next press of the key takes; None while words are marked."""
        session = self._session
        number = session.candidate
        return (
            None if number is None or self.text.anchor is not None else session.candidates[number]
        )

    def _offer_words(self, width: int) -> str:
        """What the key that takes a candidate would answer, in so many cells if words give way."""
        session = self._session
        offered, found = self._offered, session.candidates
        if not found or self.text.anchor is not None:
            return ""
        step = self.key("candidate.next")
        if offered is None:
            return "" if session.focus.entry else f"{step} {len(found)} offered"
        words = " ".join(session.item.text[offered.start : offered.end].split())
        take, number = self.key("mark.toggle"), (session.candidate or 0) + 1
        takes, following = f"{take} takes ", f"  {step} next, {number} of {len(found)}"
        label = "" if words == offered.shown else f"{offered.shown} "
        room = min(_MOST_WORDS, width - cells(f"{takes}{label}“”{following}"))
        if label and room < min(_FEWEST_WORDS, cells(words)):
            return f"{takes}{label.rstrip()}{following}"
        return f"{takes}{label}“{cut(words, max(room, _FEWEST_WORDS))}”{following}"

    def _step_candidate(self, step: int) -> None:
        change = self._session.step_candidate(step)
        if not change.refused:
            self.text.drop_mark()
            self.text.move_to(self._session.focus.cursor)
        self._show_move(change)

    def _passage_lines(self, width: int, height: int) -> list[Line]:
        offered = self._offered
        here = self.text.word, self.text.anchor
        # What one key would take has to be seen before it is taken; with the next question the
        # text stays as it is, unless something else is offered or the coder goes on by themselves.
        if offered is not None:
            self.text.look_at, self._looked_from = offered.start, here
        elif here != self._looked_from:
            self.text.look_at = None
        return super()._passage_lines(width, height)

    def _highlights(self) -> list[Highlight]:
        """What stands behind answers, and over it what is offered."""
        session = self._session
        offered = self._offered
        lit = [
            Highlight(one.start, one.end, "candidate")
            for one in session.candidates
            if one is not offered and not session.is_taken(one)
        ]
        if offered is not None:
            style = "candidate current"
            lit.append(Highlight(offered.start, offered.end, style, _CURRENT, style))
        return [*super()._highlights(), *lit]
