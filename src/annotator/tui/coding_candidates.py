"""Candidates on the coding screen: lit up in the passage, stepped through, taken with one key."""

from annotator.coding.candidates import Candidate
from annotator.tui.cells import cells
from annotator.tui.coding_answers import AnswerKeys
from annotator.tui.lines import Line, cut
from annotator.tui.passage import Highlight
from annotator.work.refusals import no_candidates

_CURRENT = ">"
"""In front of the candidate that one key takes, for eyes that see no colour."""

_MOST_WORDS = 24
"""Cells that the words of a candidate take on the hint line."""

_LEAST_REST = 14
"""Cells kept on it for the list of keys and the way out."""


class CandidateKeys(AnswerKeys):
    """The part of the coding screen that offers candidates for the question in focus."""

    # Where in the text the coder was when a candidate was shown to them last.
    _looked_from: tuple[int, int | None] | None = None

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
        if self._offered is None or marks:
            super().do_mark_toggle()
        else:
            self._after_answer(self._session.take_candidate())

    def do_mark_drop(self) -> None:
        """Forget the mark; with none, put out the candidate, so that words can be marked here."""
        if self.text.anchor is None:
            self._session.leave_candidate()
            self._looked_from = None
        super().do_mark_drop()

    def hint_text(self, width: int) -> str:
        """First what the key that takes a candidate would answer."""
        offer = self._offer_words()
        if not offer:
            return super().hint_text(width)
        room = max(_LEAST_REST, width - cells(offer) - 2)
        rest = cut(super().hint_text(room), room)
        return f"{cut(offer, width - cells(rest) - 2)}  {rest}"

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _offered(self) -> Candidate | None:
        """The candidate that the next press of the key takes; None while words are marked."""
        session = self._session
        number = session.candidate
        return (
            None if number is None or self.text.anchor is not None else session.candidates[number]
        )

    def _offer_words(self) -> str:
        session = self._session
        offered, found = self._offered, session.candidates
        if not found or self.text.anchor is not None:
            return ""
        step = self.key("candidate.next")
        if offered is None:
            return "" if session.focus.entry else f"{step} {len(found)} offered"
        words = cut(" ".join(session.item.text[offered.start : offered.end].split()), _MOST_WORDS)
        shown = f"“{words}”" if words == offered.shown else f"{offered.shown} “{words}”"
        take, number = self.key("mark.toggle"), (session.candidate or 0) + 1
        return f"{take} takes {shown}  {step} next, {number} of {len(found)}"

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
