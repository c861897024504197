"""The keys of the review screen that look at a case and choose what it is settled with."""

from typing import TYPE_CHECKING

from annotator.tui.review_lines import Folding
from annotator.tui.review_view import ReviewView

if TYPE_CHECKING:
    # Loads numpy; the screen is painted before that is done.
    from annotator.work.side_by_side import Place


class ChoosingKeys(ReviewView):
    """The part of the review screen that looks and chooses."""

    # The side that is taken whole, while its reason is asked for.
    _whole = ""
    # Which of the words behind the part in focus the text was moved to.
    _word: int | None = None

    def _open_case(self) -> None:
        self._whole = ""
        super()._open_case()

    @property
    def _taken(self) -> "dict[tuple[Place, str], str]":
        if self._whole:
            return {part.key: self._whole for part in self.parts if part.differs}
        chosen = self._session.chosen
        taken = dict(chosen)
        for part in self.parts:
            if part.differs and part.key not in taken:
                # A record is taken or left out with all that lies in it.
                around = (part.place[:depth] for depth in range(len(part.place), 0, -1))
                whole = next((chosen[one, ""] for one in around if (one, "") in chosen), "")
                if whole:
                    taken[part.key] = whole
        return taken

    def _go_to_part(self, number: int) -> None:
        self._word = None
        super()._go_to_part(number)

    # --- looking ---------------------------------------------------------------------------------

    def do_part_next(self) -> None:
        """Next part."""
        self._move(1)

    def do_part_previous(self) -> None:
        """Previous part."""
        self._move(-1)

    def _move(self, step: int) -> None:
        most = max(0, len(self._arranged[0]) - 1)
        self._go_to_part(max(0, min(self.at + step, most)))

    def do_agreed_record(self) -> None:
        """Show what is agreed of the record in focus, or fold it again."""
        part = self._part
        self._fold(self.folding.turned(part.place if part is not None else ()))

    def do_agreed_all(self) -> None:
        """Show all that is agreed, or fold it again."""
        self._fold(self.folding.opposite)

    def _fold(self, folding: Folding) -> None:
        before = self._part
        self.folding = folding
        self._arrange(before.key if before is not None else None)

    def why_not_words_next(self) -> str:
        """There must be words behind the part in focus."""
        return "" if self._evidence.words else "No words stand behind this."

    def why_not_words_previous(self) -> str:
        """The same."""
        return self.why_not_words_next()

    def do_words_next(self) -> None:
        """Go to the next words behind the part in focus."""
        self._step_words(1)

    def do_words_previous(self) -> None:
        """Go to the words before."""
        self._step_words(-1)

    def _step_words(self, step: int) -> None:
        words = self._evidence.words
        first = 0 if step > 0 else -1
        self._word = (first if self._word is None else self._word + step) % len(words)
        letter, span = words[self._word]
        self.text.move_to(span.start)
        self.say(f"{letter}: “{span.text}” ({self._word + 1} of {len(words)})", neutral=True)

    def do_text_down(self) -> None:
        """Passage down."""
        self.text.move_lines(3)

    def do_text_up(self) -> None:
        """Passage up."""
        self.text.move_lines(-3)

    # --- choosing --------------------------------------------------------------------------------

    def do_side_take(self) -> None:
        """Choose a side whole."""
        number = int(self.pressed) - 1
        letters = self._letters
        if number >= len(letters):
            self.say(f"There is no side {number + 1}.", refused=True)
            return
        self._session.take(letters[number])
        self._whole = letters[number]
        self.choosing = f"Take {letters[number]}"

    def do_side_unresolved(self) -> None:
        """Choose to say that it cannot be resolved."""
        self._session.cannot_resolve()
        self.choosing = "Cannot be resolved"

    def why_not_reason_drop(self) -> str:
        """There must be something that was chosen."""
        return "" if self.choosing else "Nothing has been chosen yet."

    def do_reason_drop(self) -> None:
        """Go back to choosing."""
        self.choosing = self._whole = ""

    def do_part_take(self) -> None:
        """Take the part in focus from one side; what was taken from it already is open again."""
        letter, part = self.pressed.upper(), self._part
        if letter not in self._letters:
            self.say(f"There is no side {letter}.", refused=True)
            return
        if part is None:
            self.say("There is nothing to choose from here.", refused=True)
            return
        if self._session.chosen.get(part.key) == letter:
            self._session.unchoose(*part.key)
            self.say(f"{part.title}: open again.", neutral=True)
            return
        self._session.choose(*part.key, letter)
        left = self._session.unchosen()
        settle = self.key("part.settle")
        self.say(f"{settle} settles it so." if not left else f"{len(left)} more to choose.")
        waiting = [n for n, one in enumerate(self._arranged[0]) if one.key in left]
        if waiting:
            self._go_to_part(next((n for n in waiting if n > self.at), waiting[0]))

    def do_part_settle(self) -> None:
        """Choose the mixture of parts."""
        self._session.take_parts()
        self.choosing = "Take these parts"
